"""Yearly money of the exchanges, per actor and item, at the constant prices of the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.exchange import Exchange
from ius_lca.case.schema import Case
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated, worst

#: Who is paid by an actor outside the case.
MARKET = "market"


@dataclass(frozen=True, slots=True)
class CashItem:
    """What an actor gains (+) or pays (-) in a year because the exchange runs.

    scenario: the side of the comparison that the payment belongs to: what is avoided was paid in the reference.
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
    amount: float
    unit: str
    price: Stated | None
    missing: str
    basis: tuple[Stated, ...]


def cash_flow(case: Case, library: Library) -> tuple[list[CashItem], list[NotStated]]:
    """Every yearly payment under every reference, and the prices that are not stated.

    Prices between actors appear twice with opposite signs, so they cancel in the network. A missing avoided purchase is
    never borrowed from another reference. D does not enter money.
    """
    items: list[CashItem] = []
    missing: dict[NotStated, None] = {}
    for reference in case.references:
        for key, exchange in case.exchanges.items():
            for trade in _trades(case, library, exchange, reference):
                if trade.price is None:
                    missing[NotStated(reference, key, trade.actor, trade.missing)] = None
                    continue
                value = trade.amount * units.ratio(trade.price.value, trade.price.unit, case.currency, trade.unit)
                evidence = worst([trade.price.evidence, exchange.quantity.evidence, *(one.evidence for one in trade.basis)])
                items.append(
                    CashItem(reference, trade.actor, key, trade.counterparty, trade.item, trade.scenario, value, evidence)
                )
    return items, list(missing)


def _trades(case: Case, library: Library, exchange: Exchange, reference: str) -> Iterator[_Trade]:
    """Everything that is paid for in an exchange; amounts are negative where the actor pays."""
    base = amounts.base_unit(exchange)
    quantity, money, supply = exchange.quantity.value, exchange.money, exchange.supply
    donor, receiver = exchange.from_, exchange.to
    before, after = Scenario.REFERENCE, Scenario.SYMBIOSIS
    yield _Trade(donor, receiver, "sale", after, quantity, base, money.price, "price", ())
    yield _Trade(receiver, donor, "purchase", after, -quantity, base, money.price, "price", ())
    if supply is not None and (uses := supply.under(reference)):
        unit = amounts.target_unit(uses[0], case, library)
        # Quality counts where a lesser product replaces less; what the market does with it is not the buyer's money.
        bought = quantity * amounts.delivered(exchange, supply, unit, base) * amounts.plain(supply.quality)
        price = money.avoided_purchase.under(reference) if money.avoided_purchase else None
        basis = (exchange.usable, exchange.loss, supply.substitution, supply.quality)
        yield _Trade(receiver, MARKET, "avoided_purchase", before, bought, unit, price, "avoided_purchase", basis)
    if exchange.disposal is not None:
        fee = money.avoided_disposal.under(reference) if money.avoided_disposal else None
        yield _Trade(donor, MARKET, "avoided_disposal", before, quantity, base, fee, "avoided_disposal", ())
    for need in exchange.needs:
        unit = amounts.target_unit(need, case, library)
        taken = -quantity * amounts.use_amount(need, unit, base, library, exchange.material)
        missing = f"price of {need.target}"
        yield _Trade(need.by, MARKET, "running_cost", after, taken, unit, need.price, missing, (need.amount,))
    for leg in exchange.transport:
        moved, missing = -quantity * amounts.moved(leg, base, library, exchange.material), f"price of {leg.factor}"
        mass = (leg.wet_mass,) if leg.wet_mass else ()
        yield _Trade(leg.by, MARKET, "transport", after, moved, "tkm", leg.price, missing, (leg.distance, *mass))
    rejected = 1 - amounts.plain(exchange.usable)
    if exchange.residue is not None and rejected:
        residue, unit = exchange.residue, amounts.target_unit(exchange.residue, case, library)
        treated, missing = (
            -quantity * rejected * amounts.use_amount(residue, unit, base, library, exchange.material),
            f"price of {residue.target}",
        )
        yield _Trade(residue.by or receiver, MARKET, "residue", after, treated, unit, residue.price, missing, (exchange.usable,))
    for backup in exchange.backup:
        unit = amounts.target_unit(backup, case, library)
        taken, missing = -backup.amount.to(units.per(unit, "year")), f"price of {backup.target}"
        yield _Trade(backup.by, MARKET, "backup", after, taken, unit, backup.price, missing, (backup.amount,))
