"""Checks of one exchange: its quantity, what it replaces and avoids, what it takes, its heat and its money."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.check_use import by_reference, nothing_made_up, unit_or_none, use_problems, uses_of
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem
from ius_lca.case.schema import Case, Exchange, Prices, Transport
from ius_lca.errors import Level, UnitsError, did_you_mean
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated
from ius_lca.yaml_document import Place


def exchange_problems(case: Case, library: Library, exchange: Exchange, place: Place) -> Iterator[Problem]:
    """Everything about one exchange."""
    yield from known_id(exchange.from_, case.actors, (*place, "from"), "actor")
    yield from known_id(exchange.to, case.actors, (*place, "to"), "actor")
    if exchange.from_ == exchange.to:
        yield problem("same-actor", (*place, "to"), "donor and receiver are the same actor.", "Name the other one.")
    if exchange.quantity.value < 0:
        yield problem(
            "negative-quantity", (*place, "quantity"), f"the quantity is {exchange.quantity.value:g}.", "Write it positive."
        )
    try:
        base = amounts.base_unit(exchange)
    except UnitsError as error:
        yield problem("unit", (*place, "quantity"), str(error))
        return
    yield from between(exchange.usable, SHARE, (*place, "usable"), "the usable share")
    if exchange.supply is None and exchange.disposal is None:
        message = "neither 'supply' nor 'disposal' is stated, so there is nothing to compare with."
        yield problem("no-reference", place, message, "Say what it replaces or what it avoids.")
    yield from _supply(case, library, exchange, base, place)
    if exchange.disposal is not None:
        yield from by_reference(case, library, exchange.disposal, base, (*place, "disposal"))
    yield from _own_burdens(case, library, exchange, base, place)
    yield from _heat(exchange, place)
    yield from _money(case, library, exchange, base, place)


def _supply(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    supply = exchange.supply
    if supply is None:
        return
    here = (*place, "supply")
    yield from between(supply.quality, SHARE, (*here, "quality"), "the quality factor")
    yield from between(supply.displacement, SHARE, (*here, "displacement"), "the displacement")
    if supply.substitution.value < 0:
        yield problem("out-of-range", (*here, "substitution"), "the substitution ratio is negative.", "Mend the number.")
    full = units.same_dimension(supply.displacement.unit, "") and amounts.plain(supply.displacement) == 1
    if full and supply.displacement.evidence is Evidence.ASSUMED:
        yield Problem(
            Level.NOTE,
            "full-displacement",
            (*here, "displacement"),
            "that all of it displaces production on the market (100 %) is an assumption, not an observation.",
            "State evidence, or test a lower share.",
        )
    yield from by_reference(case, library, supply, None, here)
    for use, where in uses_of(supply, here):
        target = unit_or_none(use, case, library)
        if target is not None:
            yield from fits((*here, "substitution"), partial(amounts.supplied, exchange, supply, target, base))
            if use.amount is not None:
                message = "an 'amount' has no meaning here: how much is displaced follows from the substitution."
                yield problem("unknown-key", (*where, "amount"), message, "Use 'substitution'.")


def _own_burdens(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    for index, need in enumerate(exchange.needs):
        here = (*place, "needs", index)
        yield from use_problems(case, library, need, base, here)
        yield from known_id(need.by, case.actors, (*here, "by"), "actor")
    for index, leg in enumerate(exchange.transport):
        yield from _leg(case, library, leg, base, (*place, "transport", index))
    if exchange.residue is not None:
        here = (*place, "residue")
        yield from use_problems(case, library, exchange.residue, base, here)
        if exchange.residue.by is not None:
            yield from known_id(exchange.residue.by, case.actors, (*here, "by"), "actor")
    elif units.same_dimension(exchange.usable.unit, "") and amounts.plain(exchange.usable) < 1:
        message = "part of it is not usable, and nothing says where that goes."
        yield Problem(Level.WARNING, "residue", place, message, "State 'residue'.")
    for index, item in enumerate(exchange.equipment):
        here = (*place, "equipment", index)
        yield from use_problems(case, library, item, None, here)
        yield from nothing_made_up(case, item, here)
        yield from known_id(item.by, case.actors, (*here, "by"), "actor")
        yield from _fixed(item.amount, unit_or_none(item, case, library), (*here, "amount"))
        yield from fits((*here, "life"), partial(item.life.to, "year"))
        if item.life.value <= 0:
            yield problem("out-of-range", (*here, "life"), f"the life is {item.life.value:g}.", "It must be above zero.")
        if item.cost is not None:
            message = "the investment is listed, but not yet part of the yearly value."
            yield Problem(Level.NOTE, "investment", (*here, "cost"), message)
    for index, backup in enumerate(exchange.backup):
        here = (*place, "backup", index)
        yield from use_problems(case, library, backup, None, here)
        yield from nothing_made_up(case, backup, here)
        yield from known_id(backup.by, case.actors, (*here, "by"), "actor")
        target = unit_or_none(backup, case, library)
        yield from _fixed(backup.amount, target and units.per(target, "year"), (*here, "amount"))


def _fixed(amount: Stated, unit: str | None, place: Place) -> Iterator[Problem]:
    if unit is not None:
        yield from fits(place, partial(amount.to, unit))
    if amount.value < 0:
        yield problem("out-of-range", place, "the amount is negative.", "Write burdens positive.")


def _leg(case: Case, library: Library, leg: Transport, base: str, place: Place) -> Iterator[Problem]:
    yield from known_id(leg.by, case.actors, (*place, "by"), "actor")
    if leg.distance.value < 0:
        yield problem("out-of-range", (*place, "distance"), "the distance is negative.", "Mend the number.")
    if leg.factor not in library.records:
        hint = did_you_mean(leg.factor, library.records) or "Search with 'ius-lca factors transport'."
        yield problem("unknown-factor", (*place, "factor"), f"no factor '{leg.factor}'.", hint)
        return
    target = library.records[leg.factor].reference.unit
    if leg.wet_mass is None and not units.same_dimension(base, "t"):
        message = f"what is moved is counted in {base}, so its mass is not known."
        yield problem("wet-mass", place, message, f"State 'wet_mass: ... t/{base}'.")
        return
    yield from fits(place, partial(amounts.moved, leg, base, target))


def _heat(exchange: Exchange, place: Place) -> Iterator[Problem]:
    heat = exchange.heat
    if heat is None:
        return
    here = (*place, "heat")
    temperatures = []
    for key, stated in (("supply", heat.supply), ("needed", heat.needed), ("return", heat.return_)):
        if stated is None:
            continue
        try:
            temperatures.append((key, stated.to("degC")))
        except UnitsError as error:
            yield problem("unit", (*here, key), str(error))
    known = dict(temperatures)
    lifted = any("heat_pump" in need.target for need in exchange.needs)
    if {"supply", "needed"} <= known.keys() and known["supply"] < known["needed"] and not lifted:
        message = f"the heat comes at {known['supply']:g} °C and is needed at {known['needed']:g} °C."
        yield problem("too-cold", here, message, "Add a heat pump to 'needs'.")
    if heat.availability is not None:
        yield from between(heat.availability, SHARE, (*here, "availability"), "the availability")


def _money(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    money, here = exchange.money, (*place, "money")
    if money.price is not None:
        yield from _priced(money.price, case.currency, base, (*here, "price"))
    for key, prices, unit in (
        ("avoided_purchase", money.avoided_purchase, _product_unit(case, library, exchange)),
        ("avoided_disposal", money.avoided_disposal, base),
    ):
        if prices is None:
            continue
        if unit is None:
            message = "a purchase is avoided only where 'supply' says what is replaced."
            yield problem("no-supply", (*here, key), message, "Add 'supply', or remove it.")
            continue
        yield from _prices(case, prices, unit, (*here, key))
    for index, need in enumerate(exchange.needs):
        target = unit_or_none(need, case, library)
        if need.price is not None and target is not None:
            yield from _priced(need.price, case.currency, target, (*place, "needs", index, "price"))
    for index, leg in enumerate(exchange.transport):
        if leg.price is not None:
            yield from _priced(leg.price, case.currency, "tkm", (*place, "transport", index, "price"))


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
