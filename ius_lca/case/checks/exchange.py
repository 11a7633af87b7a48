"""Checks of one exchange: its quantity, what it replaces and avoids, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.checks.carbon import carbon_problems
from ius_lca.case.checks.circular import circular_problems
from ius_lca.case.checks.heat import heat_problems
from ius_lca.case.checks.money import money_problems
from ius_lca.case.checks.processes import beside_problems, functional_problems
from ius_lca.case.checks.scope import scope_problems
from ius_lca.case.checks.stream import stream_problems
from ius_lca.case.checks.use import Role, by_reference, converted, known_factor, target_problems, unit_or_none
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange, Need, Residue, Transport
from ius_lca.case.targets import uses_of
from ius_lca.case.years import headline_year
from ius_lca.errors import Level, UnitsError
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated, in_year
from ius_lca.yaml_document import Place

#: By how much what is handed on may differ from what is made before it is noticed: both are often printed rounded.
_ROUNDING = 0.01
_THREE_DECIMALS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def exchange_problems(case: Case, library: Library, key: str, quantities: Mapping[str, float]) -> Iterator[Problem]:
    """Everything about one exchange.

    quantities: what every exchange hands over in the headline year, in its own unit; empty where that cannot be told.
    """
    exchange, place = case.exchanges[key], ("exchanges", key)
    yield from known_id(exchange.from_, case.actors, (*place, "from"), "actor")
    yield from known_id(exchange.to, case.actors, (*place, "to"), "actor")
    if exchange.from_ == exchange.to:
        yield problem("same-actor", (*place, "to"), "donor and receiver are the same actor.", "Name the other one.")
    if exchange.quantity.value < 0:
        message = f"the quantity is {exchange.quantity.value:g}."
        yield problem("negative-quantity", (*place, "quantity"), message, "Write it positive.")
    yield from _thousands(exchange.quantity, (*place, "quantity"))
    try:
        base = amounts.base_unit(exchange)
    except UnitsError as error:
        yield problem("unit", (*place, "quantity"), str(error))
        return
    yield from between(exchange.usable, SHARE, (*place, "usable"), "the usable share")
    if 0 in exchange.usable.values:
        message = "the usable share is 0: a stream of which nothing can be used is no exchange."
        yield problem("out-of-range", (*place, "usable"), message, "State the share that the receiver can use.")
    if exchange.material:
        entries = [*library.materials, *(key for key, record in library.records.items() if record.properties)]
        yield from known_id(exchange.material, entries, (*place, "material"), "material")
    if exchange.supply is None and exchange.disposal is None:
        message = "neither 'supply' nor 'disposal' is stated, so there is nothing to compare with."
        yield problem("no-reference", place, message, "Say what it replaces or what it avoids.")
    yield from _supply(case, library, exchange, place)
    if exchange.disposal is not None:
        yield from by_reference(case, library, exchange.disposal, base, (*place, "disposal"), material=exchange.material)
    yield from functional_problems(case, library, exchange, place)
    yield from beside_problems(case, library, exchange, base, place)
    yield from _needs(case, library, key, base, quantities)
    yield from _counted_twice(case, library, key)
    yield from _residue(case, library, key, base, quantities)
    yield from _equipment(case, library, exchange, place)
    for index, leg in enumerate(exchange.transport):
        yield from _leg(case, library, exchange, leg, (*place, "transport", index))
    yield from heat_problems(exchange, place)
    yield from money_problems(case, library, exchange, base, place)
    yield from stream_problems(case, library, exchange, base, place)
    yield from circular_problems(case, library, key, base, quantities)
    yield from carbon_problems(case, library, key)
    yield from scope_problems(case, library, key)


def _thousands(quantity: Stated, place: Place) -> Iterator[Problem]:
    """Some countries write 1255 as 1.255: three decimals of a quantity are rare enough to be asked about."""
    written = repr(quantity.value)
    if quantity.formula is None and _THREE_DECIMALS.fullmatch(written):
        meant = f"{written.replace('.', '')} {quantity.unit}"
        message = f"{written} {quantity.unit} has a decimal point and three decimals."
        yield Problem(Level.NOTE, "three-decimals", place, message, f"Write '{meant}' if the point separates thousands.")


def _supply(case: Case, library: Library, exchange: Exchange, place: Place) -> Iterator[Problem]:
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
            if supply.substitution.equal is None:
                example = f"Expected an amount such as '1 {units.per(target, amounts.base_unit(exchange))}'."
                read = partial(amounts.delivered, exchange, supply, use, case, library)
                yield from fits((*here, "substitution"), read, example)
            if use.amount is not None:
                message = "an 'amount' has no meaning here: how much is displaced follows from the substitution."
                yield problem("unknown-key", (*where, "amount"), message, "Use 'substitution'.")


def _needs(case: Case, library: Library, key: str, base: str, quantities: Mapping[str, float]) -> Iterator[Problem]:
    for index, need in enumerate(case.exchanges[key].needs):
        here = ("exchanges", key, "needs", index)
        material = case.exchanges[key].material
        yield from target_problems(case, library, need, base=base, place=here, role=Role.TAKEN, material=material)
        yield from known_id(need.by, case.actors, (*here, "by"), "actor")
        yield from _all_handed_on(case, library, need, here, quantities)


def _all_handed_on(
    case: Case, library: Library, use: Need | Residue, here: Place, quantities: Mapping[str, float]
) -> Iterator[Problem]:
    """Every co-product of a need or residue that an exchange hands on: by the one who has it, and no more than there is."""
    key = str(here[1])
    by = use.by or case.exchanges[key].to
    for product, supplier in use.makes_up.items():
        if supplier in case.exchanges:
            where = (*here, "makes_up", product)
            yield from _handed_on(case, library, use, where, quantities)
            if supplier != key and case.exchanges[supplier].from_ != by:
                message = f"'{by}' has the {product}, but the donor of '{supplier}' is '{case.exchanges[supplier].from_}'."
                yield problem("handed-on", where, message, "Name an exchange of the one who has it.")


def _handed_on(
    case: Case, library: Library, use: Need | Residue, place: Place, quantities: Mapping[str, float]
) -> Iterator[Problem]:
    """No more of a co-product is handed on, or used in the exchange itself, than is made."""
    key, product = str(place[1]), str(place[-1])
    exchange = case.exchanges[key]
    name = use.makes_up[product]
    other = case.exchanges[name]
    try:
        read = in_year(headline_year(case))
        per_unit, unit = amounts.coproduct(use.target, product, case, library)
        target = amounts.target_unit(use, case, library)
        taken = amounts.use_amount(use, target, amounts.base_unit(exchange), library, exchange.material, read=read)
        served = 1 - amounts.plain(exchange.usable, read) if use is exchange.residue else 1.0
        made = quantities[key] * float(served * taken) * per_unit
        if other is exchange:
            if exchange.supply is None:
                message = f"the exchange itself is named for its {product}, but it has no 'supply' that uses it."
                yield problem("handed-on", place, message, "Add 'supply', or name what supplies the co-product.")
                return
            if exchange.supply.substitution.equal is not None:
                return  # how much of the co-product is used is not stated in its own unit
            substituted = amounts.per_unit(exchange.supply.substitution, unit, amounts.base_unit(exchange), read)
            handed = quantities[key] * amounts.plain(exchange.usable, read) * substituted
        else:
            handed = units.convert(quantities[name], amounts.base_unit(other), unit)
    except (KeyError, UnitsError):
        return  # what does not exist or fit is told where it stands; another unit (mass against energy) is not compared
    if handed > made * (1 + _ROUNDING):
        message = f"{handed:,.0f} {unit} of {product} a year are counted as handed on, but {made:,.0f} are made."
        yield problem("handed-on", place, message, "Mend the quantity of one of them.")
    elif handed < made * (1 - _ROUNDING):
        message = f"{made:,.0f} {unit} of {product} are made a year, {handed:,.0f} are handed on; the rest counts for nothing."
        yield Problem(Level.NOTE, "handed-on", place, message)


def _counted_twice(case: Case, library: Library, key: str) -> Iterator[Problem]:
    """What a need yields, made up by the like of what the supply displaces, may be one stream counted twice."""
    exchange = case.exchanges[key]
    uses = uses_of(exchange.supply, ()) if exchange.supply else ()
    displaced = [library.records[use.target] for use, _ in uses if use.target in library.records]
    for index, need in enumerate(exchange.needs):
        for product, supplier in need.makes_up.items():
            record = library.records.get(supplier)
            like = next((one for one in displaced if record and record.category == one.category), None)
            if like is not None:
                here = ("exchanges", key, "needs", index, "makes_up", product)
                message = f"the {product} of {need.target} is made up by {supplier}, and 'supply' displaces {like.id}."
                mend = f"If that is one stream, it counts twice: write 'makes_up: {{{product}: {key}}}'. Else nothing is wrong."
                yield Problem(Level.WARNING, "counted-twice", here, message, mend)


def _residue(case: Case, library: Library, key: str, base: str, quantities: Mapping[str, float]) -> Iterator[Problem]:
    exchange, place = case.exchanges[key], ("exchanges", key)
    if exchange.residue is not None:
        here = (*place, "residue")
        yield from target_problems(
            case, library, exchange.residue, base=base, place=here, role=Role.TAKEN, material=exchange.material
        )
        if exchange.residue.by is not None:
            yield from known_id(exchange.residue.by, case.actors, (*here, "by"), "actor")
        yield from _all_handed_on(case, library, exchange.residue, here, quantities)
    elif units.same_dimension(exchange.usable.unit, "") and amounts.plain(exchange.usable) < 1:
        message = "part of it is not usable, and nothing says where that goes."
        yield Problem(Level.WARNING, "residue", place, message, "State 'residue: {factor: FACTOR, by: ACTOR}'.")


def _equipment(case: Case, library: Library, exchange: Exchange, place: Place) -> Iterator[Problem]:
    for index, item in enumerate(exchange.equipment):
        here = (*place, "equipment", index)
        yield from target_problems(case, library, item, base=None, place=here, role=Role.INSIDE)
        yield from _fixed(item.amount, unit_or_none(item, case, library), (*here, "amount"))
    for index, backup in enumerate(exchange.backup):
        here = (*place, "backup", index)
        yield from target_problems(case, library, backup, base=None, place=here, role=Role.INSIDE)
        yield from known_id(backup.by, case.actors, (*here, "by"), "actor")
        target = unit_or_none(backup, case, library)
        yield from _fixed(backup.amount, target and units.per(target, "year"), (*here, "amount"))


def _fixed(amount: Stated, unit: str | None, place: Place) -> Iterator[Problem]:
    if unit is not None:
        yield from fits(place, partial(amount.to, unit))
    if amount.value < 0:
        yield problem("out-of-range", place, "the amount is negative.", "Write burdens positive.")


def _leg(case: Case, library: Library, exchange: Exchange, leg: Transport, place: Place) -> Iterator[Problem]:
    base, material = amounts.base_unit(exchange), exchange.material
    yield from known_id(leg.by, case.actors, (*place, "by"), "actor")
    if leg.distance.value < 0:
        yield problem("out-of-range", (*place, "distance"), "the distance is negative.", "Mend the number.")
    yield from known_factor(leg.factor, case, library, (*place, "factor"))
    if leg.factor not in library.records:
        return
    target = library.records[leg.factor].reference.unit
    if leg.wet_mass is not None and leg.wet_mass.value < 0:
        yield problem("out-of-range", (*place, "wet_mass"), "the wet mass is negative.", "Mend the number.")
    if leg.wet_mass is None and not units.same_dimension(base, "t") and not material:
        message = f"what is moved is counted in {base}, so its mass is not known."
        yield problem(
            "wet-mass", place, message, f"State 'wet_mass: ... t/{base}', or a 'material' of known density or calorific value."
        )
        return
    if not units.same_dimension(leg.distance.unit, "km"):
        yield from fits((*place, "distance"), partial(units.convert, leg.distance.value, leg.distance.unit, "km"))
        return
    yield from fits(place, partial(amounts.moved, leg, base, library, material, target))
    if leg.wet_mass is None and not units.same_dimension(base, "t"):
        yield converted(base, "t", material, place)
