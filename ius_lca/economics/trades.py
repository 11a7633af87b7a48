"""What is paid for in an exchange in every year that it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeAlias

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Backup, Equipment, Exchange, Need, Residue, Transport
from ius_lca.case.schema.money import MARKET, SOCIETY, Investment, Payment
from ius_lca.economics.items import Floats
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library
from ius_lca.quantity import Reading, Stated, worst
from ius_lca.units import Value


@dataclass(frozen=True, slots=True)
class Trade:
    """Something that is paid for: how much of it a year, its price, who pays or gains, and what it rests on.

    amount: negative where the actor pays.  missing: what to call the price where it is not stated.
    scales: whether the amount is in proportion to the quantity handed over.  label: what is paid for, in words.
    """

    actor: str
    counterparty: str
    item: str
    scenario: Scenario
    amount: Value
    unit: str
    price: Stated | None
    missing: str
    basis: tuple[Stated, ...] = ()
    scales: bool = True
    label: str = ""


#: What an exchange takes for a price.
_Taken: TypeAlias = Need | Transport | Residue | Backup


@dataclass(frozen=True, slots=True)
class Running:
    """The years, how much of an exchange there is in each, whether it runs (1 or 0), and how its numbers are read."""

    years: Floats
    quantity: Value
    runs: Floats
    read: Reading


class Basis(StrEnum):
    """What an amount of money is per."""

    ONCE = "once"
    YEARLY = "yearly"
    PER_UNIT = "per_unit"


def basis_of(payment: Payment, currency: str) -> Basis:
    """Whether a payment is a sum, money a year, or money per unit handed over.

    >>> pipe = Payment.model_validate({"what": "grant for the pipe", "from": "society", "to": "mill", "amount": "2 MSEK"})
    >>> basis_of(pipe, "SEK").value
    'once'
    """
    if units.same_dimension(payment.amount.unit, currency):
        return Basis.ONCE
    yearly = units.same_dimension(payment.amount.unit, units.per(currency, "year"))
    return Basis.YEARLY if yearly else Basis.PER_UNIT


def trades(case: Case, library: Library, exchange: Exchange, reference: str, running: Running) -> Iterator[Trade]:
    """Everything that is paid for in an exchange under a reference, in proportion to its quantity or in every year."""
    yield from _handed_over(case, library, exchange, reference, running)
    yield from _changed_elsewhere(exchange, amounts.base_unit(exchange), reference, running)
    yield from _taken(case, library, exchange, running)
    yield from _payments(case, exchange, running)
    yield from _operation(case, exchange, running)


def _handed_over(case: Case, library: Library, exchange: Exchange, reference: str, running: Running) -> Iterator[Trade]:
    """The stream itself, what it replaces and what it avoids."""
    base = amounts.base_unit(exchange)
    quantity, read = running.quantity, running.read
    money, supply = exchange.money, exchange.supply
    donor, receiver = exchange.from_, exchange.to
    before, after = Scenario.REFERENCE, Scenario.SYMBIOSIS
    yield Trade(donor, receiver, "sale", after, quantity, base, money.price, "price")
    yield Trade(receiver, donor, "purchase", after, -quantity, base, money.price, "price")
    if supply is not None and (uses := supply.under(reference)):
        unit = amounts.target_unit(uses[0], case, library)
        price = money.avoided_purchase.under(reference) if money.avoided_purchase else None
        tax = money.avoided_purchase_tax.under(reference) if money.avoided_purchase_tax else None
        # Quality counts where a lesser product replaces less; what the market does with it is not the buyer's money.
        needed = price is not None or tax is not None
        each = amounts.bought(exchange, supply, uses, case, library, read=read) if needed else 0.0
        bought = quantity * each * amounts.plain(supply.quality, read)
        basis = (exchange.usable, exchange.loss, *supply.substitution.basis(), supply.quality)
        yield Trade(receiver, MARKET, "avoided_purchase", before, bought, unit, price, "avoided_purchase", basis)
        if tax is not None:
            yield Trade(receiver, SOCIETY, "avoided_purchase_tax", before, bought, unit, tax, "", basis)
    if exchange.disposal is not None and not exchange.disposal.under(reference):
        return  # nothing would be disposed of
    if exchange.disposal is not None or money.avoided_disposal is not None:
        fee = money.avoided_disposal.under(reference) if money.avoided_disposal else None
        yield Trade(donor, MARKET, "avoided_disposal", before, quantity, base, fee, "avoided_disposal")
    if money.avoided_disposal_tax is not None and (tax := money.avoided_disposal_tax.under(reference)) is not None:
        yield Trade(donor, SOCIETY, "avoided_disposal_tax", before, quantity, base, tax, "")


def _changed_elsewhere(exchange: Exchange, base: str, reference: str, running: Running) -> Iterator[Trade]:
    """What a previous user takes instead, and what the donor's process takes more."""
    after, quantity = Scenario.SYMBIOSIS, running.quantity
    if exchange.previous_use is not None and (uses := exchange.previous_use.under(reference)):
        by, cost = exchange.previous_use.by or exchange.from_, exchange.previous_use.cost
        missing = f"cost of {', '.join(use.target for use in uses)} for the previous use"
        yield Trade(by, MARKET, "previous_use", after, -quantity, base, cost.under(reference) if cost else None, missing)
    if exchange.donor_process is not None:
        missing = "cost of the change at the donor"
        yield Trade(exchange.from_, MARKET, "donor_process", after, -quantity, base, exchange.donor_process.cost, missing)


def _taken(case: Case, library: Library, exchange: Exchange, running: Running) -> Iterator[Trade]:
    """What the exchange takes: needs, transport, treatment of what is rejected, standby."""
    base, material = amounts.base_unit(exchange), exchange.material
    quantity, read = running.quantity, running.read
    named = partial(amounts.name_of, case=case, library=library)
    for need in exchange.needs:
        if need.exchange is not None:
            continue  # paid for in that exchange
        unit = amounts.target_unit(need, case, library)
        taken = -quantity * amounts.use_amount(need, unit, base, library, material, read=read)
        yield from _with_tax(
            need.by, need, named(need.target), item="running_cost", amount=taken, unit=unit, basis=(need.amount,)
        )
    for leg in exchange.transport:
        moved, unit = amounts.carried(leg, case.currency, base, library, material, read=read)
        basis = (leg.distance, *(one for one in (leg.wet_mass, leg.load) if one is not None))
        yield from _with_tax(leg.by, leg, named(leg.factor), item="transport", amount=-quantity * moved, unit=unit, basis=basis)
    rejected = 1 - amounts.plain(exchange.usable, read)
    if exchange.residue is not None and np.any(rejected):
        residue, unit = exchange.residue, amounts.target_unit(exchange.residue, case, library)
        treated = -quantity * rejected * amounts.use_amount(residue, unit, base, library, material, read=read)
        by = residue.by or exchange.to
        yield from _with_tax(
            by, residue, named(residue.target), item="residue", amount=treated, unit=unit, basis=(exchange.usable,)
        )
    for backup in exchange.backup:
        unit = amounts.target_unit(backup, case, library)
        yearly = -units.convert(read(backup.amount), backup.amount.unit, units.per(unit, "year"))
        standby = yearly * running.runs
        yield from _with_tax(
            backup.by, backup, named(backup.target), item="backup", amount=standby, unit=unit, basis=(backup.amount,)
        )


def _with_tax(
    by: str, of: _Taken, name: str, *, item: str, amount: Value, unit: str, basis: tuple[Stated, ...]
) -> Iterator[Trade]:
    """Something that is taken, and the tax on it.

    name: what the factor or process is called, where the case does not say what it is for.
    """
    target = of.factor if isinstance(of, Transport) else of.target
    scales, after, label = not isinstance(of, Backup), Scenario.SYMBIOSIS, of.why or name
    yield Trade(by, MARKET, item, after, amount, unit, of.price, f"price of {target}", basis, scales, label)
    if of.tax is not None:
        yield Trade(by, SOCIETY, "tax", after, amount, unit, of.tax, "", basis, scales, label)


def _payments(case: Case, exchange: Exchange, running: Running) -> Iterator[Trade]:
    """Payments per unit handed over and per year, each from both sides of it."""
    base = amounts.base_unit(exchange)
    for payment in exchange.money.payments:
        basis = basis_of(payment, case.currency)
        if basis is Basis.ONCE:
            continue
        scales = basis is Basis.PER_UNIT
        amount, unit = (running.quantity, base) if scales else (running.runs, "year")
        for actor, other, sign in sides(payment):
            what = (actor, other, item_of(payment, basis), Scenario.SYMBIOSIS)
            yield Trade(*what, sign * amount, unit, payment.amount, "", (), scales, payment.what)


def _operation(case: Case, exchange: Exchange, running: Running) -> Iterator[Trade]:
    """Operation and maintenance of what was bought for the exchange, in every year from the one after it was paid for."""
    for item, cost in bought(exchange):
        yield from _operated(item, cost, case.currency, running)


def bought(exchange: Exchange) -> Iterator[tuple[Equipment | Investment, Stated | None]]:
    """What is bought for an exchange, and what it costs if that is stated."""
    yield from ((item, item.cost) for item in exchange.equipment)
    yield from ((item, item.cost) for item in exchange.money.investments)


def name_of(item: Equipment | Investment) -> str:
    """What is bought, in the user's words."""
    return item.what if isinstance(item, Investment) else item.target


def common_trades(case: Case, always: Running) -> Iterator[Trade]:
    """What is paid every year of the period for the network as a whole."""
    for payment in case.economics.facilitation:
        if basis_of(payment, case.currency) is Basis.YEARLY:
            for actor, other, sign in sides(payment):
                scenario, amount = Scenario.SYMBIOSIS, sign * always.runs
                yield Trade(
                    actor, other, "facilitation", scenario, amount, "year", payment.amount, "", scales=False, label=payment.what
                )
    for item in case.economics.investments:
        yield from _operated(item, item.cost, case.currency, always)


def _operated(item: Equipment | Investment, cost: Stated | None, currency: str, running: Running) -> Iterator[Trade]:
    """What the operation and maintenance of something bought costs a year: a sum, or a share of what it cost."""
    price = item.operation
    if price is None:
        return
    if not units.same_dimension(price.unit, units.per(currency, "year")):
        if cost is None:
            return  # told where the share stands
        yearly = price.to("1/year") * cost.to(currency)
        # Nobody wrote this number: what a written one must keep to does not hold for it.
        known = {"value": yearly, "unit": units.per(currency, "year"), "evidence": worst([price.evidence, cost.evidence])}
        price = price.model_copy(update=known)
    years = running.runs if item.year is None else running.runs * np.where(running.years > item.year, 1.0, 0.0)
    yield Trade(item.by, MARKET, "operation", Scenario.SYMBIOSIS, -years, "year", price, "", scales=False, label=name_of(item))


def sides(payment: Payment) -> Iterator[tuple[str, str, int]]:
    """Who pays or is paid, by or to whom, with the sign.

    Nobody keeps the books of the market. Here society has only what it pays the market; its side of all else follows from the
    actors' books.

    >>> fee = Payment.model_validate({"what": "service", "from": "town", "to": "mill", "amount": "9 SEK/year"})
    >>> list(sides(fee)), list(sides(fee.model_copy(update={"to": "market"})))
    ([('town', 'mill', -1), ('mill', 'town', 1)], [('town', 'market', -1)])
    """
    for actor, other, sign in ((payment.from_, payment.to, -1), (payment.to, payment.from_, 1)):
        if actor not in {MARKET, SOCIETY} or (actor, other) == (SOCIETY, MARKET):
            yield actor, other, sign


def item_of(payment: Payment, basis: Basis) -> str:
    """What a payment is called.

    >>> item_of(Payment.model_validate({"what": "pipe", "from": "society", "to": "mill", "amount": "2 MSEK"}), Basis.ONCE)
    'grant'
    """
    if payment.from_ == SOCIETY:
        return "grant" if basis is Basis.ONCE else "subsidy"
    if payment.to == SOCIETY:
        return "tax"
    return {MARKET: "income"}.get(payment.from_, "operation" if payment.to == MARKET else "payment")
