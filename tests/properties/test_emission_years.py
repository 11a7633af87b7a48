"""Whatever the case: the years of emission sum to the in-year figure, and the year itself holds what no landfill delays."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from ius_lca.computed import Computed
from ius_lca.impact.timing import EmissionYear, emission_years
from ius_lca.inventory.graph import Scenario
from tests.scoring import scored
from tests.strategies import Tree, case_of, trees


def _rows(c: Computed) -> dict[str, list[EmissionYear]]:
    found: dict[str, list[EmissionYear]] = {}
    for row in emission_years(c.inventory, c.library, c.scored, c.indicators):
        found.setdefault(row.reference, []).append(row)
    return found


def _without_methane(part: Any) -> Any:
    """The tree with every landfill of food waste catching all its gas."""
    if isinstance(part, list):
        return [_without_methane(one) for one in part]
    if not isinstance(part, dict):
        return part
    changed = {key: _without_methane(value) for key, value in part.items()}
    return changed | ({"with": {"gas_recovery": "100 %"}} if part.get("factor") == "waste.landfill.food" else {})


@settings(max_examples=60)
@given(trees())
def test_years_sum_to_the_in_year_figure(tree: Tree) -> None:
    computed, caught = scored(case_of(tree)), scored(case_of(_without_methane(deepcopy(tree))))
    by_reference = _rows(computed)
    assert _rows(caught) == {}
    for reference in computed.case.references:
        size = max(computed.totals.size("climate_change", reference, scenario) for scenario in Scenario)
        same = {"rel": 1e-12, "abs": 1e-12 * size}
        booked = [computed.totals.burden("climate_change", reference, scenario) for scenario in Scenario]
        at_once = [caught.totals.burden("climate_change", reference, scenario) for scenario in Scenario]
        years = by_reference.get(reference)
        if years is None:
            assert booked == pytest.approx(at_once, **same)
            continue
        assert [sum(one.baseline for one in years), sum(one.symbiosis for one in years)] == pytest.approx(booked, **same)
        assert [years[0].baseline, years[0].symbiosis] == pytest.approx(at_once, **same)
        for one in years:
            assert one.benefit == one.baseline - one.symbiosis
            assert one.later == pytest.approx(sum(other.benefit for other in years if other.year > one.year), **same)
