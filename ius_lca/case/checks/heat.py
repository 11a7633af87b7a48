"""Checks of a heat exchange: temperatures that can heat, shares, and profiles that agree with the quantity."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case.problems import SHARE, Problem, between, fits, problem
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.schema.heat import Heat
from ius_lca.errors import Level, UnitsError
from ius_lca.yaml_document import Place

#: By how much a stated quantity may differ from the sum of its months: both are printed rounded.
_ROUNDING = 0.005


def heat_problems(exchange: Exchange, place: Place) -> Iterator[Problem]:
    """Everything about the heat of one exchange."""
    heat, here = exchange.heat, (*place, "heat")
    if heat is None:
        return
    yield from _temperatures(exchange, heat, here)
    for key, share in (("availability", heat.availability), ("loss", heat.loss)):
        if share is not None:
            yield from between(share, SHARE, (*here, key), f"the {key}")
    if heat.donor_profile is None:
        message = "no monthly profiles are stated, so all of the heat counts as used, in summer too."
        mend = "State 'donor_profile' and 'receiver_profile', or say why the quantity is what is really taken."
        yield Problem(Level.NOTE, "season-overlap", here, message, mend)
        if heat.availability is not None:
            message = "without profiles the availability is printed, but does not change the quantity."
            yield Problem(Level.NOTE, "without-effect", (*here, "availability"), message, "State the quantity delivered.")
    else:
        yield from _same_quantity(exchange, heat, place)


def _temperatures(exchange: Exchange, heat: Heat, here: Place) -> Iterator[Problem]:
    celsius = {}
    for key, stated in (("supply", heat.supply), ("needed", heat.needed), ("return", heat.return_)):
        if stated is not None:
            yield from fits((*here, key), partial(stated.to, "degC"))
            if units.same_dimension(stated.unit, "degC"):
                celsius[key] = stated.to("degC")
    # A process of the case may be a heat pump; of the factors, the ids say which are.
    lifted = any(need.process is not None or "heat_pump" in need.target for need in exchange.needs)
    if {"supply", "needed"} <= celsius.keys() and celsius["supply"] < celsius["needed"] and not lifted:
        message = f"the heat comes at {celsius['supply']:g} °C and is needed at {celsius['needed']:g} °C."
        yield problem("too-cold", here, message, "Add a heat pump to 'needs'.")
    if {"supply", "return"} <= celsius.keys() and celsius["supply"] <= celsius["return"]:
        message = f"the heat comes at {celsius['supply']:g} °C and flows back at {celsius['return']:g} °C."
        yield problem("return", (*here, "return"), message, "What flows back is colder: mend one of them.")


def _same_quantity(exchange: Exchange, heat: Heat, place: Place) -> Iterator[Problem]:
    try:
        yearly = heat.yearly()
    except UnitsError:
        return  # told where the availability stands
    if yearly is None:
        return
    try:
        stated = exchange.quantity.to(yearly.unit)
    except UnitsError as error:
        yield problem("unit", (*place, "quantity"), f"the profiles are energies: {error}")
        return
    if abs(stated - yearly.value) > _ROUNDING * max(stated, yearly.value):
        message = f"the quantity is {stated:g} {yearly.unit}, but the months give {yearly.value:g} {yearly.unit}."
        yield problem("quantity-and-months", (*place, "quantity"), message, "Leave the quantity out, or mend the profiles.")
