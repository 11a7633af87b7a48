"""Checks of what stands in for an exchange and of what it takes: factors, shares, amounts, co-products."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.allocation import allocated
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem, sums_to_one
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import ByReference
from ius_lca.case.schema.target import UNUSED, Target
from ius_lca.case.targets import uses_of
from ius_lca.errors import Level, UnitsError, did_you_mean
from ius_lca.library.record import Library
from ius_lca.library.search import places_of
from ius_lca.yaml_document import Place


class Role(Enum):
    """Where something is taken, which decides what its co-products may be."""

    AVOIDED = "supply or disposal: it runs in the reference, so its co-products must be made up in the symbiosis"
    TAKEN = "need or residue: its co-products may be made up in the reference, or handed on by an exchange"
    BESIDE = "previous use or the donor's process: its co-products are made up in the other scenario, and nothing hands them on"
    INSIDE = "equipment, backup or input of a process: no other scenario makes up its co-products"


def by_reference(
    case: Case, library: Library, role: ByReference, base: str | None, place: Place, *, material: str = ""
) -> Iterator[Problem]:
    """References that exist, complete, with shares that sum and factors that fit.

    base: the unit the uses serve, or none where the substitution says it.  material: what is handed over.
    """
    yield from every_reference(case, role, place)
    yield from sums_to_one([use.share for use in role.all], (*place, "all"), "shares")
    for reference, uses in role.by_reference.items():
        yield from sums_to_one([use.share for use in uses], (*place, "by_reference", reference), "shares")
    for use, where in uses_of(role, place):
        yield from between(use.share, SHARE, (*where, "share"), "the share")
        yield from target_problems(case, library, use, base=base, place=where, role=Role.AVOIDED, material=material)


def every_reference(case: Case, role: ByReference, place: Place) -> Iterator[Problem]:
    """References that exist, and something said for each of them."""
    for reference in role.by_reference:
        yield from known_id(reference, case.references, (*place, "by_reference", reference), "reference")
    if role.by_reference:
        for reference in case.references:
            if reference not in role.by_reference:
                message = f"nothing is said for reference '{reference}'."
                mend = "Add it, with an empty list if nothing would happen, or use 'all'."
                yield problem("missing-reference", (*place, "by_reference"), message, mend)


def unit_or_none(use: Target, case: Case, library: Library) -> str | None:
    """The unit of what is taken; none if that does not exist or is not counted by the year, which is told elsewhere."""
    try:
        return amounts.target_unit(use, case, library)
    except (KeyError, UnitsError):
        return None


def target_problems(
    case: Case, library: Library, use: Target, *, base: str | None, place: Place, role: Role, material: str = ""
) -> Iterator[Problem]:
    """Everything about one thing taken: whether it exists, its amount and its co-products."""
    if use.factor is not None:
        yield from known_factor(use.factor, case, library, (*place, "factor"))
    else:
        for kind, name, known in (("process", use.process, case.processes), ("exchange", use.exchange, case.exchanges)):
            if name is not None:
                yield from known_id(name, known, (*place, kind), kind)
        if use.with_ or use.instead:
            message = "'with' and 'instead' change a factor; a process or exchange of the case has no parameters."
            yield problem("unknown-parameter", place, message, "Change the process itself.")
    target = unit_or_none(use, case, library)
    if target is not None and base is not None:
        try:
            if use.amount is not None and not use.amount.unit and use.amount.formula is None:
                expected = f"Expected an amount such as '1 {units.per(target, base)}'."
                message = f"{use.target}: a plain number does not say how many {target} go with a {base}."
                yield problem("unit", (*place, "amount"), message, expected)
            elif amounts.use_amount(use, target, base, library, material) < 0:
                yield problem("out-of-range", (*place, "amount"), "the amount is negative.", "Write burdens positive.")
        except UnitsError as error:
            where = (*place, "amount") if use.amount is not None else place
            mend = "" if use.amount is not None else f"State 'amount: ... {target}/{base}'."
            yield problem("unit", where, f"{use.target}: {error}", mend)
        else:
            yield from _converted(use, target, base, place, material)
    yield from _made_up(case, library, use, place, role)
    if role is not Role.INSIDE:  # a process is where both are put together
        for name in (use.factor or "", *use.makes_up.values()):
            yield from _half_a_fuel(library, name, place)


def known_factor(name: str, case: Case, library: Library, place: Place) -> Iterator[Problem]:
    """The problem, if there is no such factor; with the places there are, if it only lacks one."""
    if name in case.factors or (name in library.records and " with " not in name):
        return  # what is wrong with a factor of the case is told where it stands
    for kind, entries, mend in (
        ("a price", library.prices, f"Write its value, which 'ius-lca factors show {name}' prints, where money is stated."),
        ("a set of properties", library.materials, f"Write 'material: {name}' beside the quantity of an exchange."),
    ):
        if name in entries:
            yield problem("unknown-factor", place, f"'{name}' is {kind}, no factor.", mend)
            return
    if places := places_of(name, library):
        message = f"there is no {name} for {case.place} or a wider region."
        yield problem("unknown-place", place, message, f"There are: {', '.join(f'{name}.{one}' for one in places)}.")
        return
    hint = did_you_mean(name, library.records) or "Search with 'ius-lca factors WORDS'."
    yield problem("unknown-factor", place, f"no factor '{name}'.", hint)


def _converted(use: Target, target: str, base: str, place: Place, material: str) -> Iterator[Problem]:
    """Say so where a property of a material turned one measure into another."""
    halves = [(base, target, material or use.target)]
    if use.amount is not None:
        top, _, bottom = use.amount.unit.partition("/")
        halves = [(top, target, use.target), (bottom.strip("() "), base, material)] if bottom else []
    for unit, to, of in halves:
        if not units.same_dimension(unit, to):
            yield converted(unit, to, of, place)


def converted(unit: str, to: str, of: str, place: Place) -> Problem:
    """Say that a property of a material turned one measure into another."""
    message = f"{unit} of {of} counts in {to} by its properties (net calorific value, density) in the library."
    return Problem(Level.NOTE, "converted", place, message, "State the amount if you know better.")


def _half_a_fuel(library: Library, name: str, place: Place) -> Iterator[Problem]:
    """A fuel is supplied and burnt; the library keeps the two apart, and one alone is rarely what is meant."""
    fuel, _, part = name.rpartition(".")
    other = {"upstream": f"{fuel}.combustion", "combustion": f"{fuel}.upstream"}.get(part)
    if name in library.records and other in library.records:
        message = f"{name} is only {'the supply' if part == 'upstream' else 'the burning'} of the fuel."
        mend = f"If both count, put it and {other} into a process; where the case makes the fuel itself, one is right."
        yield Problem(Level.WARNING, "half-a-fuel", place, message, mend)


def _alone(case: Case, name: str, place: Place) -> Iterator[Problem]:
    """A process whose co-products are substituted may not stand where nothing makes them up."""
    process = case.processes.get(name)
    if process is not None and not allocated(process):
        message = f"{name} also yields {', '.join(process.coproducts)}, which nothing makes up here."
        mend = "State the 'allocation' of the process, or take it in a supply, disposal, need or residue."
        yield problem("co-product", place, message, mend)


def _stands_in(case: Case, library: Library, supplier: str, made: tuple[str, str], place: Place) -> Iterator[Problem]:
    """What makes up a co-product replaces it unit by unit, which is seldom what is meant between different products.

    made: the factor or process, and its co-product.
    """
    target, product = made
    try:
        unit = amounts.coproduct(target, product, case, library)[1]
    except UnitsError:
        return  # told where the process stands
    yield from fits(place, partial(units.factor_between, unit, amounts.unit_of(supplier, case, library)))
    supplied = library.records[supplier].reference.product if supplier in library.records else ""
    if supplied and not {*product.casefold().split()} & {*supplied.casefold().replace(",", " ").split()}:
        message = f"each {unit} of {product} counts as one {unit} of {supplied}."
        mend = "If it stands for another amount, put that amount into a process and name the process here."
        # Energy for energy is as it should be; a mass of one thing for the same mass of another seldom is.
        level = Level.WARNING if units.same_dimension(unit, "kg") else Level.NOTE
        yield Problem(level, "stands-in", place, message, mend)


def _made_up(case: Case, library: Library, use: Target, place: Place, role: Role) -> Iterator[Problem]:
    products = amounts.coproducts(use.target, case, library)
    process = case.processes.get(use.target)
    for product, supplier in use.makes_up.items():
        here = (*place, "makes_up", product)
        if process is not None and product in process.coproducts and product not in products:
            message = f"{use.target} is allocated ({process.allocation}), so its {product} is not made up."
            yield problem("makes-up", here, message, "Remove it, or let the process be allocated by substitution.")
            continue
        yield from known_id(product, products, here, "co-product")
        if supplier == UNUSED or (supplier in case.exchanges and role in {Role.TAKEN, Role.INSIDE}):
            continue
        if role is Role.INSIDE:
            message = f"the {product} is made up only where a supply, disposal, need or residue of an exchange names the factor."
            yield problem("makes-up", here, message, f"Write '{UNUSED}', or name the factor there.")
        elif supplier in case.exchanges:
            what = "what is avoided" if role is Role.AVOIDED else "this"
            message = f"'{supplier}' is an exchange, but {what} hands nothing on."
            yield problem("unknown-factor", here, message, f"Name what supplies the {product}, or '{UNUSED}'.")
        elif supplier in case.factors or supplier in case.processes or supplier in library.records:
            known = supplier in case.processes or supplier in library.records
            if known and product in products:
                yield from _stands_in(case, library, supplier, (use.target, product), here)
            yield from _alone(case, supplier, here)
        elif near := did_you_mean(supplier, case.processes):
            yield problem("unknown-factor", here, f"no factor or process '{supplier}'.", near)
        else:
            yield from known_factor(supplier, case, library, here)
    if role is Role.INSIDE and not set(products) <= use.makes_up.keys():
        yield from _alone(case, use.target, place)
    for product in products:
        if product not in use.makes_up and not (role is Role.INSIDE and process is not None):
            handed_on = ", with an exchange for FACTOR if its supply counts it already" if role is Role.TAKEN else ""
            yield Problem(
                Level.WARNING,
                "co-product",
                place,
                f"{use.target} also yields {product}, which counts for nothing: what supplies it otherwise is not said.",
                f"State 'makes_up: {{{product}: FACTOR}}'{handed_on}, or '{UNUSED}' if nobody takes it.",
            )
