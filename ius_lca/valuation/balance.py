"""Money of one or several together over all years, and the figures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np

from ius_lca.case.schema.money import SOCIETY
from ius_lca.computed import Computed
from ius_lca.economics import indicators
from ius_lca.economics.cashflow import rate_of
from ius_lca.economics.indicators import Figure
from ius_lca.economics.items import CashItem, Floats, Kind, NotStated
from ius_lca.inventory.graph import Scenario

#: All actors of the case together, and with society.
NETWORK, NETWORK_AND_SOCIETY = "network", "network_and_society"


@dataclass(frozen=True, slots=True)
class Party:
    """Whose money is counted together, and the discount rate it is counted at [1/yr]."""

    name: str
    members: frozenset[str]
    rate: Figure


def parties(c: Computed) -> Iterator[Party]:
    """Every actor at its own rate, else the case's; the network, society, and both at the case's."""
    case = c.case
    for actor in case.actors:
        yield Party(actor, frozenset({actor}), rate_of(case, actor))
    everybody, rate = frozenset(case.actors), rate_of(case)
    yield Party(NETWORK, everybody, rate)
    yield Party(SOCIETY, frozenset({SOCIETY}), rate)
    yield Party(NETWORK_AND_SOCIETY, everybody | {SOCIETY}, rate)


@dataclass(frozen=True)
class Balance:
    """What a party pays and gains, what that lacks, and the figures that follow; a figure that lacks something is None.

    items: payments across the border of the party [item, year], from year 0: what its members pay each other cancels.
    names: what each of them is called.
    prices: price level of each year against the price year [year].
    missing: prices that are not stated, in words.
    """

    items: Floats
    names: tuple[str, ...]
    prices: Floats
    rate: Figure
    missing: tuple[str, ...]

    @cached_property
    def total(self) -> Floats:
        """All payments of each year [year], exact to the last digit."""
        return np.array([fsum(column) for column in self.items.T])

    @property
    def by_item(self) -> dict[str, Floats]:
        """The same by what it is called [year], without what is zero in every year."""
        rows: dict[str, list[Floats]] = {}
        for name, values in zip(self.names, self.items, strict=True):
            if values.any():
                rows.setdefault(name, []).append(values)
        return {name: np.array([fsum(column) for column in np.array(parts).T]) for name, parts in rows.items()}

    @property
    def unknown(self) -> str:
        """Why no figure can be told; empty if one can."""
        return f"not stated: {', '.join(self.missing)}" if self.missing else ""

    @cached_property
    def npv(self) -> Figure:
        """Net present value at the end of year 0, in the money of that year [currency]."""
        return self._discounted(lambda rate: Figure(float(indicators.npv(self.total, rate))))

    @cached_property
    def annuity(self) -> Figure:
        """The net present value as the same amount in every year of the period, at the prices of the price year [currency/yr].

        Where money is nominal, the amount rises with prices; so it is spread at the real rate (1 + n) / (1 + i) - 1.
        """
        if self.npv.value is None:
            return self.npv
        present = self.npv.value / float(self.prices[0])
        inflation = float(self.prices[1] / self.prices[0]) - 1
        return self._discounted(
            lambda rate: Figure(indicators.annuity(present, (1 + rate) / (1 + inflation) - 1, len(self.prices) - 1))
        )

    @property
    def irr(self) -> Figure:
        """The internal rate of return, if there is one alone [1/yr]."""
        return Figure(None, self.unknown) if self.missing else indicators.irr(self.total).figure

    @property
    def simple_payback(self) -> Figure:
        """Time after which the money is back, without interest [yr]."""
        return Figure(None, self.unknown) if self.missing else indicators.payback(self.total)

    @property
    def payback_of_its_own(self) -> Figure:
        """The same, from the end of the year in which the first money flows, not from that of year 0 [yr]."""
        return Figure(None, self.unknown) if self.missing else indicators.payback(np.trim_zeros(self.total, "f"))

    @property
    def discounted_payback(self) -> Figure:
        """Time after which the money is back with interest [yr]."""
        return self._discounted(lambda rate: indicators.payback(self.total, rate))

    @property
    def benefit_cost_ratio(self) -> Figure:
        """Present value of the items that bring money over that of those that cost some [-]."""
        return self._discounted(lambda rate: indicators.benefit_cost_ratio(self.items, rate))

    def levelised_cost(self, delivered: Floats) -> Figure:
        """What the payments come to per unit delivered, at the prices of the price year [currency/unit].

        delivered: [unit/yr], by year from year 0 [year].
        """
        worth = delivered * self.prices  # a price that rises with all others
        return self._discounted(lambda rate: indicators.levelised_cost(0.0 - self.total, worth, rate))

    def _discounted(self, figure: Callable[[float], Figure]) -> Figure:
        if self.missing or self.rate.value is None:
            return Figure(None, "; ".join(reason for reason in (self.unknown, self.rate.reason) if reason))
        return figure(self.rate.value)


def balance(c: Computed, reference: str, party: Party) -> Balance:
    """The money of a party under a reference."""
    return _balance(c, party, lambda item: item.reference == reference)


def balance_of(c: Computed, reference: str, party: Party, exchange: str | None) -> Balance:
    """The money of a party in one exchange, or in none, under a reference."""
    return _balance(c, party, lambda item: (item.reference, item.exchange) == (reference, exchange))


def costs_of(c: Computed, reference: str, network: Party, exchange: str) -> Balance:
    """What an exchange costs the network under a reference, net of grants: without what is avoided, before income tax."""
    left_out = {"price", "avoided_purchase", "avoided_disposal"}

    def counts(one: CashItem | NotStated) -> bool:
        if (one.reference, one.exchange) != (reference, exchange) or one.kind is Kind.INCOME_TAX:
            return False
        return one.item not in left_out if isinstance(one, NotStated) else one.scenario is Scenario.SYMBIOSIS

    return _balance(c, network, counts)


def _balance(c: Computed, party: Party, counts: Callable[[CashItem | NotStated], bool]) -> Balance:
    flow, inside = c.cash_flow, party.members
    crossing = [counts(one) and one.actor in inside and one.counterparty not in inside for one in flow.items]
    missing = [words(one) for one in flow.not_stated if counts(one) and _needs(c, party, one)]
    names = tuple(one.item for one, counted in zip(flow.items, crossing, strict=True) if counted)
    values = flow.values[np.array(crossing, dtype=bool)]
    return Balance(values, names, flow.prices, party.rate, tuple(dict.fromkeys(missing)))


def _needs(c: Computed, party: Party, one: NotStated) -> bool:
    """Whether the money of a party depends on a price that is not stated.

    The price between two actors is nothing to the network, and what is not taxed nothing to society; but where two actors
    pay different income tax, the price between them decides how much of it is paid.
    """
    taxed = c.cash_flow.tax_rates
    if party.name in c.case.actors:
        return one.actor == party.name
    if one.item != "price" or one.exchange is None:
        return party.name != SOCIETY or one.actor in taxed
    exchange = c.case.exchanges[one.exchange]
    return party.name != NETWORK_AND_SOCIETY and taxed.get(exchange.from_, 0.0) != taxed.get(exchange.to, 0.0)


def unless_missing(value: float, missing: Iterable[NotStated]) -> Figure:
    """A value, or none where a price that it needs is not stated."""
    named = ", ".join(dict.fromkeys(map(words, missing)))
    return Figure(None, f"not stated: {named}") if named else Figure(value)


def words(one: NotStated) -> str:
    """What is not stated, with its exchange.

    >>> words(NotStated("likely", "heat", "mill", "avoided_disposal"))
    'avoided disposal (heat)'
    """
    name = one.item.replace("avoided_", "avoided ")
    return name if one.exchange is None else f"{name} ({one.exchange})"
