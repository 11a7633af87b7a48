"""Yearly money of the exchanges, per actor and item, at the constant prices of the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.cascade import Cascade, evidence_of_quantities
from ius_lca.case.exchange import Exchange
from ius_lca.case.schema import Case
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Reading, Stated, in_years, worst
from ius_lca.units import Value

#: Who is paid by an actor outside the case.
MARKET = "market"


@dataclass(frozen=True, slots=True)
class CashItem:
    """What an actor gains (+) or pays (-) in a year because the exchange runs.

    scenario: the side of the comparison that the payment belongs to: what is avoided was paid in the reference.
    value: of one year, in the currency of the case.
    evidence: the weakest among the price and the amounts behind it.
    """

    reference: str
    actor: str
    exchange: str
    counterparty: str
    item: str
    scenario: Scenario
    value: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Every payment with its value in each year [years], and the prices that are not stated."""

    years: tuple[int, ...]
    items: tuple[CashItem, ...]
    values: tuple[Value, ...]
    not_stated: tuple[NotStated, ...]

    def at(self, year: int) -> list[CashItem]:
        """The payments of one year."""
        here = self.years.index(year)
        values = (np.broadcast_to(value, len(self.years))[here] for value in self.values)
        return [replace(item, value=float(value)) for item, value in zip(self.items, values, strict=True)]


@dataclass(frozen=True, slots=True)
class NotStated:
    """A price that the value would need."""

    reference: str
    exchange: str
    actor: str
    item: str


@dataclass(frozen=True, slots=True)
class _Trade:
    """Something that is paid for: how much of it a year, its price, who pays or gains, and what it rests on."""

    actor: str
    counterparty: str
    item: str
    scenario: Scenario
    amount: Value
    unit: str
    price: Stated | None
    missing: str
    basis: tuple[Stated, ...]


def cash_flow(case: Case, library: Library, system: Cascade) -> CashFlow:
    """Every payment under every reference in the years of the cascade, and the prices that are not stated.

    Prices between actors appear twice with opposite signs, so they cancel in the network. A missing avoided purchase is
    never borrowed from another reference. D does not enter money.
    """
    items: list[CashItem] = []
    values: list[Value] = []
    missing: dict[NotStated, None] = {}
    read = in_years(system.years)
    quantities = system.quantities
    of_quantities = evidence_of_quantities(case, library)
    for reference in case.references:
        for column, (key, exchange) in enumerate(case.exchanges.items()):
            running = _Running(quantities[:, column], system.runs[:, column].astype(float), read)
            for trade in _trades(case, library, exchange, reference, running):
                if trade.price is None:
                    missing[NotStated(reference, key, trade.actor, trade.missing)] = None
                    continue
                value = trade.amount * units.ratio(read(trade.price), trade.price.unit, case.currency, trade.unit)
                evidence = worst([trade.price.evidence, of_quantities[key], *(one.evidence for one in trade.basis)])
                items.append(CashItem(reference, trade.actor, key, trade.counterparty, trade.item, trade.scenario, 0.0, evidence))
                values.append(value)
    return CashFlow(system.years, tuple(items), tuple(values), tuple(missing))


@dataclass(frozen=True, slots=True)
class _Running:
    """How much of an exchange there is in each year, whether it runs (1 or 0), and how its numbers are read."""

    quantity: Value
    runs: Value
    read: Reading


def _trades(case: Case, library: Library, exchange: Exchange, reference: str, running: _Running) -> Iterator[_Trade]:
    """Everything that is paid for in an exchange; amounts are negative where the actor pays."""
    base = amounts.base_unit(exchange)
    quantity, read = running.quantity, running.read
    money, supply = exchange.money, exchange.supply
    donor, receiver = exchange.from_, exchange.to
    before, after = Scenario.REFERENCE, Scenario.SYMBIOSIS
    yield _Trade(donor, receiver, "sale", after, quantity, base, money.price, "price", ())
    yield _Trade(receiver, donor, "purchase", after, -quantity, base, money.price, "price", ())
    if supply is not None and (uses := supply.under(reference)):
        unit = amounts.target_unit(uses[0], case, library)
        # Quality counts where a lesser product replaces less; what the market does with it is not the buyer's money.
        price = money.avoided_purchase.under(reference) if money.avoided_purchase else None
        each = amounts.bought(exchange, supply, uses, case, library, read=read) if price is not None else 0.0
        bought = quantity * each * amounts.plain(supply.quality, read)
        basis = (exchange.usable, exchange.loss, *supply.substitution.basis(), supply.quality)
        yield _Trade(receiver, MARKET, "avoided_purchase", before, bought, unit, price, "avoided_purchase", basis)
    if exchange.disposal is not None:
        fee = money.avoided_disposal.under(reference) if money.avoided_disposal else None
        yield _Trade(donor, MARKET, "avoided_disposal", before, quantity, base, fee, "avoided_disposal", ())
    # What a previous user takes instead and what the donor's process took and takes have no price in a case yet.
    if exchange.previous_use is not None and (uses := exchange.previous_use.under(reference)):
        by, missing = exchange.previous_use.by or donor, ", ".join(use.target for use in uses)
        yield _Trade(by, MARKET, "previous_use", after, 0.0, base, None, f"price of {missing} for the previous use", ())
    if exchange.donor_process is not None:
        yield _Trade(donor, MARKET, "donor_process", after, 0.0, base, None, "cost of the change at the donor", ())
    for need in exchange.needs:
        if need.exchange is not None:
            continue  # paid for in that exchange
        unit = amounts.target_unit(need, case, library)
        taken = -quantity * amounts.use_amount(need, unit, base, library, exchange.material, read=read)
        missing = f"price of {need.target}"
        yield _Trade(need.by, MARKET, "running_cost", after, taken, unit, need.price, missing, (need.amount,))
    for leg in exchange.transport:
        moved, missing = -quantity * amounts.moved(leg, base, library, exchange.material, read=read), f"price of {leg.factor}"
        mass = (leg.wet_mass,) if leg.wet_mass else ()
        yield _Trade(leg.by, MARKET, "transport", after, moved, "tkm", leg.price, missing, (leg.distance, *mass))
    rejected = 1 - amounts.plain(exchange.usable, read)
    if exchange.residue is not None and np.any(rejected):
        residue, unit = exchange.residue, amounts.target_unit(exchange.residue, case, library)
        treated, missing = (
            -quantity * rejected * amounts.use_amount(residue, unit, base, library, exchange.material, read=read),
            f"price of {residue.target}",
        )
        yield _Trade(residue.by or receiver, MARKET, "residue", after, treated, unit, residue.price, missing, (exchange.usable,))
    for backup in exchange.backup:
        unit = amounts.target_unit(backup, case, library)
        yearly = units.convert(read(backup.amount), backup.amount.unit, units.per(unit, "year"))
        taken, missing = -yearly * running.runs, f"price of {backup.target}"
        yield _Trade(backup.by, MARKET, "backup", after, taken, unit, backup.price, missing, (backup.amount,))
