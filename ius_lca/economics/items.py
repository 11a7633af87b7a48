"""What the payments of a case are called, and who makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from numpy import float64
from numpy.typing import NDArray

from ius_lca.case.schema.money import MARKET, SOCIETY
from ius_lca.inventory.graph import Scenario
from ius_lca.quantity import Evidence

#: An array of money, the last axis by year from year 0.
Floats: TypeAlias = NDArray[float64]


class Kind(StrEnum):
    """What a payment is to a controller: part of the running year, a sum, or the income tax that follows from both."""

    OPERATING = "operating"
    CAPITAL = "capital"
    INCOME_TAX = "income_tax"


@dataclass(frozen=True, slots=True)
class CashItem:
    """What an actor gains (+) or pays (-) because an exchange runs.

    exchange: none for what belongs to no single one.
    scenario: the side of the comparison that the payment belongs to: what is avoided was paid in the reference.
    scales: whether it is in proportion to the quantity handed over.
    label: what is paid for, where the item alone does not tell.
    value: of one year, in the currency of the case.
    evidence: the weakest among the price and the amounts behind it.
    """

    reference: str
    actor: str
    exchange: str | None
    counterparty: str
    item: str
    scenario: Scenario
    kind: Kind
    scales: bool
    evidence: Evidence
    label: str = ""
    value: float = 0.0

    @property
    def is_of_participants(self) -> bool:
        """Whether an actor of the case gains or pays it, not society."""
        return self.actor != SOCIETY

    @property
    def leaves_participants(self) -> bool:
        """Whether it comes from or goes to somebody who is no actor of the case, so that it does not cancel among them."""
        return self.is_of_participants and self.counterparty in {MARKET, SOCIETY}


@dataclass(frozen=True, slots=True)
class NotStated:
    """A price that the value would need; of kind `capital` what only the figures over all years need."""

    reference: str
    exchange: str | None
    actor: str
    item: str
    kind: Kind = Kind.OPERATING
