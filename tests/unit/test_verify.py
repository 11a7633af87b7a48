"""The second way through Brightway: it lets rounding pass and nothing else."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from ius_lca.case.schema.case import Case
from ius_lca.errors import VerificationError
from ius_lca.impact.methods import chosen
from ius_lca.impact.verify import verify
from ius_lca.inventory.graph import Scenario
from tests.scoring import HEADER, CaseFrom, scored

#: Under `conservative` nothing takes any energy, but solving both references at once leaves 4e-13 MJ there.
FOOD = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: 5 t/year
        usable: 0 %
        supply: {substitution: 0 kg/t, all: [{factor: fertiliser.nitrogen}]}
        residue: {factor: waste.landfill.inert}
        disposal:
          by_reference:
            likely:
              - {factor: waste.landfill.food, share: 37 %}
              - {factor: waste.composting.food, share: 63 %, makes_up: {compost: unused}}
            conservative: [{factor: waste.landfill.food}]
"""


def _food(case_from: CaseFrom) -> Case:
    two = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
    return case_from(two + dedent(FOOD))[0]


def test_rounding_of_an_indicator_that_is_zero_is_no_difference(case_from: CaseFrom) -> None:
    computed = scored(_food(case_from))
    assert computed.totals.size("primary_energy", "conservative", Scenario.REFERENCE) == 0.0
    checked = verify({2023: computed.inventory}, computed.library, computed.indicators, {2023: computed.totals})
    assert checked.max_relative_difference < 1e-12
    assert checked.terms_difference < 1e-12


@pytest.mark.parametrize("indicator", ["climate_change", "landfill_life_cycle", "biogenic_co2"])
def test_a_difference_of_a_millionth_is_a_fault(case_from: CaseFrom, indicator: str) -> None:
    computed = scored(_food(case_from))
    sums = computed.totals.sums.copy()
    sums[..., [one.id for one in chosen()].index(indicator)] *= 1 + 1e-6
    with pytest.raises(VerificationError, match="the kernel and Brightway differ by 1.0e-06"):
        verify({2023: computed.inventory}, computed.library, computed.indicators, {2023: replace(computed.totals, sums=sums)})


def test_a_score_that_is_not_finite_is_a_fault(case_from: CaseFrom) -> None:
    computed = scored(_food(case_from))
    sums = computed.totals.sums.copy()
    sums[0, 0, 0, 0, 0] = float("nan")
    with pytest.raises(VerificationError, match="not finite"):
        verify({2023: computed.inventory}, computed.library, computed.indicators, {2023: replace(computed.totals, sums=sums)})
