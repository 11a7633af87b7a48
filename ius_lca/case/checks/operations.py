"""Checks of an actor's totals: their units, and that the exchanges are a part of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ius_lca.case.flows import ENERGY, MASS, incoming, outgoing, total
from ius_lca.case.problems import Problem, fits, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.operations import UNITS, Operations
from ius_lca.errors import UnitsError
from ius_lca.library.record import Library
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place

#: Totals are printed rounded; so much more may be part of them.
_ROUNDING = 1.005


def operations_problems(case: Case, library: Library, quantities: Mapping[str, float]) -> Iterator[Problem]:
    """Everything about the totals of all actors."""
    for key, actor in case.actors.items():
        if actor.operations is not None:
            place: Place = ("actors", key, "operations")
            found = list(_units(actor.operations, place))
            yield from found or (_parts(case, library, quantities, key, place) if quantities else ())


def _units(operations: Operations, place: Place) -> Iterator[Problem]:
    for name, unit in UNITS.items():
        stated: Stated | None = getattr(operations, name)
        if stated is not None:
            yield from fits((*place, name), partial(stated.to, unit))
            if stated.value < 0:
                yield problem("out-of-range", (*place, name), "a total is negative.", "Mend the number.")


def _parts(case: Case, library: Library, quantities: Mapping[str, float], actor: str, place: Place) -> Iterator[Problem]:
    """What is part of a total does not exceed it."""
    operations = case.actors[actor].operations or Operations()
    try:
        into, out_of = (flows(case, library, quantities, actor) for flows in (incoming, outgoing))
    except UnitsError:
        return  # told where the usable share stands
    for name, circular, flows, unit in (
        ("inflow", operations.circular_inflow, into, MASS),
        ("outflow", operations.circular_outflow, out_of, MASS),
        ("energy", None, into, ENERGY),
    ):
        stated: Stated | None = getattr(operations, name)
        part = total(flows, unit) + (circular.to(unit) if circular is not None else 0.0)
        if stated is not None and part > stated.to(unit) * _ROUNDING:
            also = f" and 'circular_{name}'" if circular is not None else ""
            message = f"the exchanges{also} make {part:,.0f} {unit}, more than the whole of {stated.to(unit):,.0f} {unit}."
            yield problem("part-of-total", (*place, name), message, "State the total with the exchanges of the case in it.")
        if circular is not None and stated is None:
            message = f"'circular_{name}' is a part of '{name}', which is not stated."
            yield problem("part-of-total", (*place, f"circular_{name}"), message, f"State '{name}'.")
