"""Checks of prices: in the case's currency, per the right unit, stated for every reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ius_lca import units
from ius_lca.case.amounts import per_vehicle
from ius_lca.case.checks.use import unit_or_none
from ius_lca.case.problems import Problem, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Backup, Exchange, Need, Residue, Transport
from ius_lca.case.schema.money import Prices
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place


def money_problems(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    """Everything about the prices of one exchange."""
    money, here, per_base = exchange.money, (*place, "money"), dict.fromkeys(case.references, base)
    if money.price is not None:
        yield from _priced(money.price, case.currency, base, (*here, "price"))
    if money.avoided_disposal is not None:
        yield from _prices(case, money.avoided_disposal, per_base, (*here, "avoided_disposal"))
    if money.avoided_disposal_tax is not None:
        yield from _prices(case, money.avoided_disposal_tax, per_base, (*here, "avoided_disposal_tax"), complete=False)
    yield from _purchase(case, library, exchange, here)
    for index, need in enumerate(exchange.needs):
        yield from _price_of(need, unit_or_none(need, case, library), case.currency, (*place, "needs", index))
    for index, leg in enumerate(exchange.transport):
        yield from _leg(leg, case.currency, (*place, "transport", index))
    for index, backup in enumerate(exchange.backup):
        yield from _price_of(backup, unit_or_none(backup, case, library), case.currency, (*place, "backup", index))
    if exchange.residue is not None:
        yield from _price_of(exchange.residue, unit_or_none(exchange.residue, case, library), case.currency, (*place, "residue"))
    if exchange.previous_use is not None and exchange.previous_use.cost is not None:
        yield from _prices(case, exchange.previous_use.cost, per_base, (*place, "previous_use", "cost"))
    if exchange.donor_process is not None and exchange.donor_process.cost is not None:
        yield from _priced(exchange.donor_process.cost, case.currency, base, (*place, "donor_process", "cost"))


def _purchase(case: Case, library: Library, exchange: Exchange, here: Place) -> Iterator[Problem]:
    """The avoided purchase and its tax."""
    money, units_of = exchange.money, {one: _product_unit(case, library, exchange, one) for one in case.references}
    stated = {"avoided_purchase": money.avoided_purchase, "avoided_purchase_tax": money.avoided_purchase_tax}
    for key, prices in stated.items():
        if prices is not None and exchange.supply is None:
            message = "a purchase is avoided only where 'supply' says what is replaced."
            yield problem("no-supply", (*here, key), message, "Add 'supply', or remove it.")
        elif prices is not None:
            yield from _prices(case, prices, units_of, (*here, key), complete=key == "avoided_purchase")
    if money.price is not None and exchange.supply is not None and money.avoided_purchase is None:
        message = "the stream has a price, and what the receiver would pay otherwise is not stated: its gain is not known."
        yield Problem(Level.WARNING, "not-stated", here, message, "State 'avoided_purchase', per unit of what is replaced.")


def _leg(leg: Transport, currency: str, place: Place) -> Iterator[Problem]:
    """A leg is paid per tonne-kilometre, or per kilometre of a vehicle with its load."""
    unit = "km" if per_vehicle(leg, currency) else "tkm"
    yield from _price_of(leg, unit, currency, place)
    if unit == "km" and leg.load is None:
        message = "a price per kilometre needs what one vehicle carries."
        yield problem("no-load", place, message, "State 'load: 30 t', with the way back in the price, or a price per tkm.")
    if leg.load is not None:
        yield from fits((*place, "load"), partial(leg.load.to, "t"))
        if not leg.load.value > 0:
            yield problem("out-of-range", (*place, "load"), f"the load is {leg.load.value:g}.", "It must be above zero.")


def _price_of(of: Need | Transport | Backup | Residue, unit: str | None, currency: str, place: Place) -> Iterator[Problem]:
    for key, price in (("price", of.price), ("tax", of.tax)):
        if price is not None and unit is not None:
            yield from _priced(price, currency, unit, (*place, key))
    if of.tax is not None:
        yield from _taxed(of.tax, (*place, "tax"))


def _taxed(tax: Stated, place: Place) -> Iterator[Problem]:
    """A tax below zero would be a slip in its sign, or a subsidy under another name."""
    if min(tax.values) < 0:
        message = f"the tax is negative: {min(tax.values):g}."
        yield problem("out-of-range", place, message, "Write it positive, and a subsidy as one of 'payments', from society.")


def _product_unit(case: Case, library: Library, exchange: Exchange, reference: str) -> str | None:
    """The unit in which the displaced product is bought under a reference, that of its first use."""
    uses = exchange.supply.under(reference) if exchange.supply is not None else ()
    return unit_or_none(uses[0], case, library) if uses else None


def _prices(
    case: Case, prices: Prices, units_of: Mapping[str, str | None], place: Place, *, complete: bool = True
) -> Iterator[Problem]:
    """units_of: what a price is per, by reference; none where nothing is bought.

    complete: whether a price is due under every reference; a tax may be none.
    """
    for keys, price in prices.stated():
        if keys:
            yield from known_id(keys[-1], case.references, (*place, *keys), "reference")
        for unit in dict.fromkeys(units_of.get(one) for one in (keys[-1:] or case.references)):
            if unit is not None:
                yield from _priced(price, case.currency, unit, (*place, *keys))
        if not complete:
            yield from _taxed(price, (*place, *keys))
    if prices.all is None and complete:
        for reference in case.references:
            if reference not in prices.by_reference:
                message = f"no price is stated for reference '{reference}': its value is then incomplete."
                yield Problem(Level.WARNING, "not-stated", place, message, "State it; it is never borrowed.")


def _priced(price: Stated, currency: str, unit: str, place: Place) -> Iterator[Problem]:
    yield from fits(place, partial(units.ratio, price.value, price.unit, currency, unit))
