"""Checks of what stands in for an exchange and of what it takes: factors, shares, amounts, co-products."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem, sums_to_one
from ius_lca.case.schema import UNUSED, ByReference, Case, Use
from ius_lca.errors import Level, UnitsError, did_you_mean
from ius_lca.library.record import Library
from ius_lca.yaml_document import Place


def by_reference(case: Case, library: Library, role: ByReference, base: str | None, place: Place) -> Iterator[Problem]:
    """References that exist, complete, with shares that sum and factors that fit.

    base: the unit the uses serve, or none where the substitution says it.
    """
    for reference in role.by_reference:
        yield from known_id(reference, case.references, (*place, "by_reference", reference), "reference")
    if role.by_reference:
        for reference in case.references:
            if reference not in role.by_reference:
                message = f"nothing is said for reference '{reference}'."
                yield problem("missing-reference", (*place, "by_reference"), message, "Add it, or use 'all'.")
    for key, uses in (("all", role.all), *((reference, uses) for reference, uses in role.by_reference.items())):
        where = (*place, "all") if key == "all" else (*place, "by_reference", key)
        yield from sums_to_one([use.share for use in uses], where, "shares")
    for use, where in uses_of(role, place):
        yield from use_problems(case, library, use, base, where)


def uses_of(role: ByReference, place: Place) -> Iterator[tuple[Use, Place]]:
    """Every use of a role with its place."""
    for index, use in enumerate(role.all):
        yield use, (*place, "all", index)
    for reference, uses in role.by_reference.items():
        for index, use in enumerate(uses):
            yield use, (*place, "by_reference", reference, index)


def unit_or_none(use: Use, case: Case, library: Library) -> str | None:
    """The unit of what a use points at; none if that does not exist, which is told elsewhere."""
    try:
        return amounts.target_unit(use, case, library)
    except KeyError:
        return None


def use_problems(case: Case, library: Library, use: Use, base: str | None, place: Place) -> Iterator[Problem]:
    """Everything about one use: its target, share, amount and co-products."""
    if use.process is not None:
        yield from known_id(use.process, case.processes, (*place, "process"), "process")
    elif use.factor not in library.records:
        hint = did_you_mean(use.target, library.records) or "Search with 'ius-lca factors WORDS'."
        yield problem("unknown-factor", (*place, "factor"), f"no factor '{use.factor}'.", hint)
    yield from between(use.share, SHARE, (*place, "share"), "the share")
    target = unit_or_none(use, case, library)
    if target is not None and base is not None:
        try:
            if amounts.use_amount(use, target, base) < 0:
                yield problem("out-of-range", (*place, "amount"), "the amount is negative.", "Write burdens positive.")
        except UnitsError as error:
            where = (*place, "amount") if use.amount is not None else place
            mend = "" if use.amount is not None else f"State 'amount: ... {target}/{base}'."
            yield problem("unit", where, f"{use.target}: {error}", mend)
    yield from _made_up(case, library, use, place)


def _made_up(case: Case, library: Library, use: Use, place: Place) -> Iterator[Problem]:
    record = library.records.get(use.target)
    products = [coproduct.product for coproduct in record.coproducts] if record else []
    for product, supplier in use.makes_up.items():
        here = (*place, "makes_up", product)
        yield from known_id(product, products, here, "co-product")
        if supplier in case.exchanges or supplier == UNUSED:
            continue
        if supplier not in library.records and supplier not in case.processes:
            hint = did_you_mean(supplier, [*library.records, *case.processes, *case.exchanges])
            yield problem("unknown-factor", here, f"no factor, process or exchange '{supplier}'.", hint)
        elif record and product in products:
            _, unit = record.coproduct(product)
            yield from fits(here, partial(units.factor_between, unit, amounts.unit_of(supplier, case, library)))
    for product in products:
        if product not in use.makes_up:
            yield Problem(
                Level.WARNING,
                "co-product",
                place,
                f"{use.target} also yields {product}, which counts for nothing: what supplies it otherwise is not said.",
                f"State 'makes_up: {{{product}: FACTOR}}', or '{UNUSED}' if nobody takes it.",
            )


def nothing_made_up(case: Case, use: Use, place: Place) -> Iterator[Problem]:
    """Where a use has no other scenario to make its co-products up in, saying so must not pass unheard."""
    for product, supplier in use.makes_up.items():
        if supplier not in case.exchanges and supplier != UNUSED:
            message = f"the {product} is made up only where a supply, disposal, need or residue of an exchange names the factor."
            yield problem("makes-up", (*place, "makes_up", product), message, f"Write '{UNUSED}', or name the factor there.")
