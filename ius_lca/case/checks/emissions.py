"""Checks of what an own process or factor of a case emits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca.case import amounts
from ius_lca.case.problems import Problem, fits, known_id, problem
from ius_lca.case.schema.case import Activity
from ius_lca.errors import did_you_mean
from ius_lca.library.record import COVERABLE, Library
from ius_lca.yaml_document import Place


def activity_problems(activity: Activity, library: Library, place: Place) -> Iterator[Problem]:
    """Flows that exist in units that fit, indicators that exist. The unit of the activity must be a unit."""
    for index, emission in enumerate(activity.emissions):
        here = (*place, "emissions", index)
        flow = library.flows.get(emission.flow)
        if flow is None:
            hint = did_you_mean(emission.flow, library.flows)
            yield problem("unknown-flow", (*here, "flow"), f"no elementary flow '{emission.flow}'.", hint)
        else:
            yield from fits((*here, "amount"), partial(amounts.per_unit, emission.amount, flow.unit, activity.unit))
    for indicator in activity.covers or ():
        yield from known_id(indicator, COVERABLE, (*place, "covers"), "indicator")
