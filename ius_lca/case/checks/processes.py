"""Checks of processes with several products, of functional substitution, of previous uses and of changed donors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca.case import amounts
from ius_lca.case.allocation import coproduct_amount, shares
from ius_lca.case.checks.use import Role, every_reference, target_problems
from ius_lca.case.functional import known_properties
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem
from ius_lca.case.schema.case import Case, Process
from ius_lca.case.schema.exchange import Exchange, PreviousUse
from ius_lca.case.targets import uses_of
from ius_lca.errors import Level, UnitsError
from ius_lca.library.record import Library
from ius_lca.yaml_document import Place


def product_problems(process: Process, currency: str, place: Place) -> Iterator[Problem]:
    """What a process yields, and whether its allocation has the numbers that it needs."""
    if process.product in process.coproducts:
        message = f"'{process.product}' is the product itself."
        yield problem("co-product", (*place, "coproducts", process.product), message, "Name the co-product otherwise.")
        return
    sound = True
    for name, coproduct in process.coproducts.items():
        here = (*place, "coproducts", name, "amount")
        found = list(fits(here, lambda coproduct=coproduct: coproduct_amount(process, coproduct)[0]))  # type: ignore[misc]
        if coproduct.amount.value < 0:
            found.append(problem("out-of-range", here, "the amount is negative.", "Write what is yielded positive."))
        yield from found
        sound = sound and not found
    if not sound:
        return
    try:
        shares(process, currency)
    except UnitsError as error:
        yield problem("allocation", (*place, "allocation"), f"{str(error).rstrip('.')}.")
    if process.allocation != "substitution" and not process.coproducts:
        message = f"there is nothing to allocate by {process.allocation}: the process has one product."
        yield problem("allocation", (*place, "allocation"), message, "State its 'coproducts', or leave the allocation out.")
    if process.allocation == "exergy":
        if process.surroundings is None:
            message = "the surroundings are taken as 15 °C, an assumption."
            yield Problem(Level.NOTE, "surroundings", (*place, "allocation"), message, "State 'surroundings' if you know better.")
        every = {process.product: process.temperature, **{name: one.temperature for name, one in process.coproducts.items()}}
        for name in (name for name, temperature in every.items() if temperature is None):
            message = f"{name} states no temperature, so it counts as power: all of its energy is exergy."
            yield Problem(
                Level.NOTE, "counts-as-power", (*place, "allocation"), message, "If it is heat, state its 'temperature'."
            )


def functional_problems(case: Case, library: Library, exchange: Exchange, place: Place) -> Iterator[Problem]:
    """A substitution by a property: that there is such a property, and products that are displaced."""
    supply = exchange.supply
    if supply is None or supply.substitution.equal is None:
        return
    substitution, equal, here = supply.substitution, supply.substitution.equal, (*place, "supply", "substitution")
    if equal == "density":
        yield problem("unknown-property", (*here, "equal"), "equal densities displace nothing.", "Write 'equal: volume'.")
        return
    stated = substitution.stream and (substitution.product or substitution.products)
    if not stated and equal not in known_properties(library):
        yield from known_id(equal, known_properties(library), (*here, "equal"), "property")
        return
    for use, _ in uses_of(supply, ()):
        if use.target in library.records or use.target in case.processes:
            yield from fits(here, partial(amounts.delivered, exchange, supply, use, case, library))
    displaced = list(dict.fromkeys(use.factor or use.process or "" for use, _ in uses_of(supply, ())))
    for name in substitution.products:
        yield from known_id(name, displaced, (*here, "products", name), "displaced product")
    if exchange.money.avoided_purchase is not None:
        for uses in (supply.all, *supply.by_reference.values()):
            known = all(use.target in library.records or use.target in case.processes for use in uses)
            if uses and known:
                where = (*place, "money", "avoided_purchase")
                yield from fits(where, partial(amounts.bought, exchange, supply, uses, case, library))


def beside_problems(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    """What others take instead of the stream, and what the donor's own process takes."""
    if exchange.previous_use is not None:
        here = (*place, "previous_use")
        yield from _previous_use(case, library, exchange.previous_use, base, here, material=exchange.material)
        if exchange.disposal is not None:
            message = "part of the stream was used before and part of it disposed of; nothing checks that both make one whole."
            mend = "State an 'amount' per unit handed over in both, so that together they treat what is handed over."
            yield Problem(Level.NOTE, "used-and-disposed", here, message, mend)
    donor = exchange.donor_process
    if exchange.donor_changed and donor is None:
        message = "a donor that changed its process for the exchange must be modelled in both scenarios."
        mend = "State 'donor_process: {before: [...], after: [...]}', per unit handed over."
        yield problem("donor-changed", (*place, "donor_changed"), message, mend)
    if donor is None:
        return
    here = (*place, "donor_process")
    if not exchange.donor_changed:
        message = "it says what the donor changed, but not that it did so for the exchange."
        yield problem("donor-changed", here, message, "Write 'donor_changed: true'.")
    if not donor.before and not donor.after:
        yield problem("donor-changed", here, "neither 'before' nor 'after' says anything.", "State what the process takes.")
    for side, taken in (("before", donor.before), ("after", donor.after)):
        for index, target in enumerate(taken):
            where = (*here, side, index)
            yield from target_problems(
                case, library, target, base=base, place=where, role=Role.BESIDE, material=exchange.material
            )


def _previous_use(
    case: Case, library: Library, previous: PreviousUse, base: str, place: Place, *, material: str
) -> Iterator[Problem]:
    yield from every_reference(case, previous, place)
    if previous.by is not None:
        yield from known_id(previous.by, case.actors, (*place, "by"), "actor")
    for use, where in uses_of(previous, place):
        yield from between(use.share, SHARE, (*where, "share"), "the share")
        yield from target_problems(case, library, use, base=base, place=where, role=Role.BESIDE, material=material)
