"""Prices, payments and investments of a case. Every amount is without VAT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from ius_lca.quantity import Frozen, Id, Stated, Year, with_evidence_beside

#: Who is paid by an actor outside the case, and who receives taxes and pays subsidies.
MARKET, SOCIETY = "market", "society"


class Prices(Frozen):
    """One price, or one by reference."""

    all: Stated | None = None
    by_reference: dict[str, Stated] = {}

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, written: object) -> object:
        if isinstance(written, dict) and {"all", "by_reference"} & written.keys():
            return written
        return {"all": written}

    @model_validator(mode="after")
    def _one_way(self) -> Prices:
        if self.all is not None and self.by_reference:
            raise ValueError("write either 'all' or 'by_reference'")
        return self

    def under(self, reference: str) -> Stated | None:
        """The price under a reference; none if not stated, and never borrowed from another."""
        return self.all or self.by_reference.get(reference)

    def stated(self) -> Iterator[tuple[tuple[str, ...], Stated]]:
        """Every price with the keys under which it stands."""
        if self.all is not None:
            yield (), self.all
        for reference, price in self.by_reference.items():
            yield ("by_reference", reference), price


class Payment(Frozen):
    """Money that one pays another beside the price of the stream: a service fee, a grant, a subsidy, a tax, maintenance."""

    what: str
    """For what, in a few words."""
    from_: Annotated[str, Field(alias="from")]
    """Who pays: an actor, or `society` for a grant (paid once), a subsidy, or facilitation by somebody outside the case."""
    to: str = MARKET
    """Who is paid: an actor, `society` for a tax, `market` for anybody outside the case."""
    amount: Stated
    """Money per unit handed over, money a year while the exchange runs, or a sum that is paid once."""
    year: Year | None = None
    """Of a sum: the year at whose end it is paid; if not stated, the year before the exchange starts."""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "amount")


class Invested(Frozen):
    """What is paid for something that lasts."""

    life: Stated
    """Years over which it is spread; it is replaced when they are over and the exchange still runs."""
    by: Id
    """Who pays for it."""
    residual_value: Stated | None = None
    """What it brings at the end of its life; nothing if not stated."""
    operation: Stated | None = None
    """What its operation and maintenance costs: money a year, or a share of the cost, such as `2 %/year`."""
    year: Year | None = None
    """At whose end it is paid; if not stated, the year before the exchange starts."""


class Investment(Invested):
    """Something bought for the exchange that is no part of the inventory."""

    what: str
    """In a few words."""
    cost: Stated
    """The investment, at the prices of the price year."""


class Money(Frozen):
    """Prices, payments and investments of the exchange."""

    price: Stated | None = None
    """The receiver pays the donor, per unit handed over; negative if the donor pays."""
    avoided_purchase: Prices | None = None
    """What the receiver would pay per unit of the displaced product, without tax if `avoided_purchase_tax` says it."""
    avoided_purchase_tax: Prices | None = None
    """Tax that the receiver would pay on top, per unit of the displaced product; society goes without it."""
    avoided_disposal: Prices | None = None
    """What the donor would pay per unit handed over: the gate fee, without tax if `avoided_disposal_tax` says it."""
    avoided_disposal_tax: Prices | None = None
    """Tax that the donor would pay on top, per unit handed over, such as a landfill tax; society goes without it."""
    investments: tuple[Investment, ...] = ()
    """What is bought for the exchange beside its `equipment`."""
    payments: tuple[Payment, ...] = ()
    """What else is paid because of the exchange: grants, subsidies, service fees, maintenance."""
