"""Checks of what a case says of the Circular Footprint Formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ius_lca.case import amounts
from ius_lca.case.checks.use import Role, target_problems
from ius_lca.case.circular_parameters import SHARES, Parameter, follows, shares
from ius_lca.case.problems import SHARE, SHARE_TOLERANCE, Problem, between, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.circular import ACTIVITIES, PER_MJ, CircularFootprint
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.years import headline_year
from ius_lca.errors import Level, UnitsError
from ius_lca.library.record import Library
from ius_lca.quantity import in_year
from ius_lca.units import same_dimension
from ius_lca.yaml_document import Place

#: Between these the method keeps A.
_LEAST, _MOST = 0.2, 0.8


def circular_problems(case: Case, library: Library, key: str, base: str, quantities: Mapping[str, float]) -> Iterator[Problem]:
    """Everything about the circular footprint of an exchange; nothing if it asks for none."""
    exchange, here = case.exchanges[key], ("exchanges", key, "circular_footprint")
    asked = exchange.circular_footprint
    if asked is None:
        return
    if not (same_dimension(base, "kg") or same_dimension(base, "m3")):
        message = f"a circular footprint is that of a material, and '{base}' is neither a mass nor a volume."
        yield problem("circular-footprint", here, message, "Leave it out, or state the quantity as a mass.")
        return
    if asked.kind:
        yield from known_id(asked.kind, library.circular_footprint, (*here, "kind"), "kind of material")
    read = in_year(headline_year(case))
    if read(exchange.usable) == 0 or quantities.get(key) == 0:
        message = f"nothing usable is handed over in {headline_year(case)}, so there is no material to take the footprint of."
        yield problem("circular-footprint", here, message, "Leave it out.")
    for name in SHARES:
        if (stated := getattr(asked, name)) is not None:
            yield from between(stated, SHARE, (*here, name), name)
    if asked.LHV is not None:
        yield from fits((*here, "LHV"), partial(amounts.per_unit, asked.LHV, "MJ", base))
        if asked.LHV.value < 0:
            yield problem("out-of-range", (*here, "LHV"), "the heating value is negative.", "Mend the number.")
    for activity in ACTIVITIES:
        for index, target in enumerate(asked.stated(activity) or ()):
            unit, material = ("MJ", "") if activity in PER_MJ else (base, exchange.material)
            where = (*here, activity, index)
            found = target_problems(case, library, target, base=unit, place=where, role=Role.INSIDE, material=material)
            # The heat and electricity of an energy recovery are counted by ESE_heat and ESE_elec.
            yield from (one for one in found if activity != "EER" or one.code != "co-product")
    try:
        values = shares(exchange, asked, library, read)
    except UnitsError:
        return  # told where the share stands
    yield from _together(asked, values, here)
    yield from _missing(exchange, asked, values, here)


def _together(asked: CircularFootprint, values: dict[str, Parameter], place: Place) -> Iterator[Problem]:
    """What two shares may not be together, and what the method calls unusual."""
    for first, second, whole in (("R2", "R3", "all of the material"), ("X_heat", "X_elec", "all of its energy")):
        total = values[first].value + values[second].value
        if total > 1 + SHARE_TOLERANCE:
            message = f"{first} and {second} sum to {total:g}, more than {whole}."
            yield problem("shares", place, message, "Together they are at most 100 %.")
    value = values["A"].value
    if asked.A is not None and not _LEAST <= value <= _MOST:
        message = f"A is {value:g}; the method keeps it between {_LEAST} and {_MOST}."
        yield Problem(Level.WARNING, "allocation-factor", (*place, "A"), message, "Keep it as a test of the extremes only.")


def _missing(exchange: Exchange, asked: CircularFootprint, values: dict[str, Parameter], place: Place) -> Iterator[Problem]:
    """What the formula needs and neither the case states nor the exchange says."""
    burnt = values["R3"].value > 0
    left = 1 - values["R2"].value - values["R3"].value > SHARE_TOLERANCE
    needed = {
        "Ev": True,
        "E*v": True,
        "ED": left,
        "EER": burnt,
        "ESE_heat": burnt and values["X_heat"].value > 0,
        "ESE_elec": burnt and values["X_elec"].value > 0,
    }
    for activity, wanted in needed.items():
        if wanted and asked.stated(activity) is None and not follows(exchange, activity):
            message = f"'{activity}' is needed and does not follow from the exchange."
            yield problem("circular-footprint", place, message, f"State '{activity}', as an empty list if there is none of it.")
    for name in ("LHV", "X_heat", "X_elec"):
        if burnt and getattr(asked, name) is None:
            yield problem("circular-footprint", place, f"'{name}' is needed with R3.", f"State '{name}'.")
