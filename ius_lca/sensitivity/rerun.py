"""The benefit of an exchange with one number of the case changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ius_lca.case.cascade import cascade
from ius_lca.case.localise import localised
from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed
from ius_lca.errors import Level, UnitsError
from ius_lca.impact.kernel import contributions
from ius_lca.impact.totals import Totals, totals
from ius_lca.impact.unit_scores import UnitScores, unit_scores
from ius_lca.inventory.build import build_inventory
from ius_lca.inventory.graph import Term
from ius_lca.library.record import Library
from ius_lca.quantity import Stated, in_year
from ius_lca.units import convert
from ius_lca.yaml_document import Place


def with_value(case: Case, place: Place, value: float, unit: str) -> Case:
    """The case with another value in one place, in `unit` and in every year; its evidence and source stay.

    place: names of fields and keys, and positions in lists, down to a stated number.

    >>> from ius_lca import read_case
    >>> from ius_lca.paths import shipped
    >>> case = read_case(shipped("examples") / "helsingborg" / "case.yaml")
    >>> further = with_value(case, ("exchanges", "port_food_waste", "transport", 0, "distance"), 9000, "m")
    >>> further.exchanges["port_food_waste"].transport[0].distance.to("km")
    9.0
    """
    changed: Case = _put(case, place, {"value": value, "unit": unit, "range": None, "by_year": None})
    return changed


def stated_at(case: Case, place: Place) -> Stated:
    """The stated number in one place of a case."""
    here: Any = case
    for part in place:
        here = getattr(here, str(part)) if isinstance(here, BaseModel) else here[part]
    stated: Stated = here
    return stated


def value_in(stated: Stated, year: int, unit: str) -> float:
    """The value of a number in a year."""
    return convert(in_year(year)(stated), stated.unit, unit)


def _put(tree: Any, place: Place, update: dict[str, object]) -> Any:  # noqa: ANN401
    """A frozen tree of models, mappings and lists with the model at a place updated."""
    if not place:
        return tree.model_copy(update=update)
    head, rest = place[0], place[1:]
    if isinstance(tree, BaseModel):
        return tree.model_copy(update={str(head): _put(getattr(tree, str(head)), rest, update)})
    if isinstance(tree, dict):
        return {**tree, head: _put(tree[head], rest, update)}
    position = int(head)
    return (*tree[:position], _put(tree[position], rest, update), *tree[position + 1 :])


@dataclass(frozen=True)
class Rerun:
    """Scores other cases as the computed one was scored, without its second way through Brightway."""

    computed: Computed

    @cached_property
    def _background(self) -> Library:
        """The library without what the case brought along."""
        library = self.computed.library
        records = {key: record for key, record in library.records.items() if key not in library.own}
        return library.model_copy(update={"records": records, "own": ()})

    @cached_property
    def units(self) -> UnitScores:
        """Unit scores of the background."""
        return unit_scores(self._background, self.computed.indicators)

    def terms(self, case: Case, reference: str, exchange: str, indicator: str = "climate_change") -> dict[Term, float] | None:
        """The six terms of an exchange in the headline year; none where there are none with what was changed."""
        alone = case.model_copy(update={"references": {reference: case.references[reference]}})
        summed = self._totals(alone)
        return None if summed is None else {term: summed.benefit(indicator, reference, exchange, term) for term in Term}

    def benefits(self, case: Case, indicator: str = "climate_change") -> dict[tuple[str, str], float]:
        """The benefit by reference and exchange in the headline year; empty where there is none with what was changed."""
        summed = self._totals(case)
        pairs = [(reference, exchange) for reference in case.references for exchange in case.exchanges] if summed else []
        return {(reference, exchange): summed.benefit(indicator, reference, exchange) for reference, exchange in pairs if summed}

    def _totals(self, case: Case) -> Totals | None:
        """None where a factor has no value, a loop no solution, or what stands beside the change does not go with it."""
        library, problems = localised(case, self._background)
        if any(one.level is Level.ERROR for one in problems):
            return None
        year = self.computed.year
        system = cascade(case, library, (year,))
        if system.unsolvable_loop:
            return None
        try:
            inventory = build_inventory(case, library, system)
        except (UnitsError, ZeroDivisionError):  # such as a substitution by a property of zero, or a life of no years
            return None
        scored = contributions(inventory, self.units, self.computed.indicators).at(year)
        return totals(inventory.at(year), scored)
