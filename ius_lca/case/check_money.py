"""Checks of prices: in the case's currency, per the right unit, stated for every reference."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case.check_use import unit_or_none
from ius_lca.case.exchange import Exchange, Prices
from ius_lca.case.problems import Problem, fits, known_id, problem
from ius_lca.case.schema import Case
from ius_lca.case.targets import uses_of
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place


def money_problems(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    """Everything about the prices of one exchange."""
    money, here = exchange.money, (*place, "money")
    if money.price is not None:
        yield from _priced(money.price, case.currency, base, (*here, "price"))
    if money.avoided_disposal is not None:
        yield from _prices(case, money.avoided_disposal, base, (*here, "avoided_disposal"))
    if money.avoided_purchase is not None:
        unit, where = _product_unit(case, library, exchange), (*here, "avoided_purchase")
        if unit is None:
            message = "a purchase is avoided only where 'supply' says what is replaced."
            yield problem("no-supply", where, message, "Add 'supply', or remove it.")
        else:
            yield from _prices(case, money.avoided_purchase, unit, where)
    for index, need in enumerate(exchange.needs):
        yield from _price_of(need.price, unit_or_none(need, case, library), case.currency, (*place, "needs", index))
    for index, leg in enumerate(exchange.transport):
        yield from _price_of(leg.price, "tkm", case.currency, (*place, "transport", index))
    for index, backup in enumerate(exchange.backup):
        yield from _price_of(backup.price, unit_or_none(backup, case, library), case.currency, (*place, "backup", index))
    if exchange.residue is not None:
        unit = unit_or_none(exchange.residue, case, library)
        yield from _price_of(exchange.residue.price, unit, case.currency, (*place, "residue"))


def _price_of(price: Stated | None, unit: str | None, currency: str, place: Place) -> Iterator[Problem]:
    if price is not None and unit is not None:
        yield from _priced(price, currency, unit, (*place, "price"))


def _product_unit(case: Case, library: Library, exchange: Exchange) -> str | None:
    """The unit of the displaced product, from the first use that names one."""
    if exchange.supply is None:
        return None
    return next((unit for use, _ in uses_of(exchange.supply, ()) if (unit := unit_or_none(use, case, library))), None)


def _prices(case: Case, prices: Prices, unit: str, place: Place) -> Iterator[Problem]:
    for keys, price in prices.stated():
        if keys:
            yield from known_id(keys[-1], case.references, (*place, *keys), "reference")
        yield from _priced(price, case.currency, unit, (*place, *keys))
    if prices.all is None:
        for reference in case.references:
            if reference not in prices.by_reference:
                message = f"no price is stated for reference '{reference}': its value is then incomplete."
                yield Problem(Level.WARNING, "not-stated", place, message, "State it; it is never borrowed.")


def _priced(price: Stated, currency: str, unit: str, place: Place) -> Iterator[Problem]:
    yield from fits(place, partial(units.ratio, price.value, price.unit, currency, unit))
