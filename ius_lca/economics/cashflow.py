"""Yearly money of the exchanges, per actor and item, at the constant prices of the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema import Case, Exchange
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library

#: Who is paid by an actor outside the case.
MARKET = "market"


@dataclass(frozen=True, slots=True)
class CashItem:
    """What an actor gains (+) or pays (-) in a year because the exchange runs.

    scenario: the side of the comparison that the payment belongs to: what is avoided was paid in the reference.
    """

    reference: str
    actor: str
    exchange: str
    counterparty: str
    item: str
    scenario: Scenario
    value: float


@dataclass(frozen=True, slots=True)
class NotStated:
    """A price that the value would need."""

    reference: str
    exchange: str
    item: str


def cash_flow(case: Case, library: Library) -> tuple[list[CashItem], list[NotStated]]:
    """Every yearly payment under every reference, and the prices that are not stated.

    Prices between actors appear twice with opposite signs, so they cancel in the network. A missing avoided purchase is
    never borrowed from another reference. D does not enter money.
    """
    items: list[CashItem] = []
    missing: list[NotStated] = []
    for reference in case.references:
        for key, exchange in case.exchanges.items():
            for entry in _payments(case, library, key, exchange, reference):
                (items if isinstance(entry, CashItem) else missing).append(entry)  # type: ignore[arg-type]
    return items, missing


def _payments(case: Case, library: Library, key: str, exchange: Exchange, reference: str) -> Iterator[CashItem | NotStated]:
    base = amounts.base_unit(exchange)
    quantity = exchange.quantity.value
    money = exchange.money

    def item(actor: str, counterparty: str, name: str, scenario: Scenario, value: float) -> CashItem:
        return CashItem(reference, actor, key, counterparty, name, scenario, value)

    if money.price is not None:
        paid = quantity * units.ratio(money.price.value, money.price.unit, case.currency, base)
        yield item(exchange.from_, exchange.to, "sale", Scenario.SYMBIOSIS, paid)
        yield item(exchange.to, exchange.from_, "purchase", Scenario.SYMBIOSIS, -paid)
    else:
        yield NotStated(reference, key, "price")
    if exchange.supply is not None:
        price = money.avoided_purchase.under(reference) if money.avoided_purchase else None
        uses = exchange.supply.under(reference)
        if price is None:
            yield NotStated(reference, key, "avoided_purchase")
        elif uses:
            unit = amounts.target_unit(uses[0], case, library)
            # Quality counts where a lesser product replaces less; what the market does with it is not the buyer's money.
            bought = quantity * amounts.delivered(exchange, exchange.supply, unit, base) * amounts.plain(exchange.supply.quality)
            saved = bought * units.ratio(price.value, price.unit, case.currency, unit)
            yield item(exchange.to, MARKET, "avoided_purchase", Scenario.REFERENCE, saved)
    if exchange.disposal is not None:
        fee = money.avoided_disposal.under(reference) if money.avoided_disposal else None
        if fee is None:
            yield NotStated(reference, key, "avoided_disposal")
        else:
            saved = quantity * units.ratio(fee.value, fee.unit, case.currency, base)
            yield item(exchange.from_, MARKET, "avoided_disposal", Scenario.REFERENCE, saved)
    for need in exchange.needs:
        if need.price is None:
            yield NotStated(reference, key, f"price of {need.target}")
            continue
        target = amounts.target_unit(need, case, library)
        taken = quantity * amounts.use_amount(need, target, base)
        cost = taken * units.ratio(need.price.value, need.price.unit, case.currency, target)
        yield item(need.by, MARKET, "running_cost", Scenario.SYMBIOSIS, -cost)
    for leg in exchange.transport:
        if leg.price is None:
            yield NotStated(reference, key, f"price of {leg.factor}")
            continue
        cost = quantity * amounts.moved(leg, base) * units.ratio(leg.price.value, leg.price.unit, case.currency, "tkm")
        yield item(leg.by, MARKET, "transport", Scenario.SYMBIOSIS, -cost)
