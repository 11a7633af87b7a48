"""Not covered is not zero: the six words, on arrays made by hand and on small cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import dedent

import numpy as np
import pytest

from ius_lca.impact.coverage import Coverage, coverage
from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator, indicators
from ius_lca.inventory.graph import Edge, Inventory, Node, Scenario, Term
from ius_lca.quantity import Evidence
from tests.scoring import HEADER, CaseFrom, scored, unit_score


@dataclass(frozen=True)
class Taken:
    """An edge made by hand: its side, its climate terms, what of them is not covered, and its score in the indicator."""

    scenario: Scenario
    climate: float
    uncovered: float | None = None
    score: float = 1.0
    amount: float = 1.0
    climate_gap: bool = False


AVOIDED, ADDED = Scenario.REFERENCE, Scenario.SYMBIOSIS


def _level(indicator: str, *edges: Taken) -> Coverage:
    """Coverage of one indicator over these edges."""
    chosen: tuple[Indicator, ...] = (indicators()["climate_change"], indicators()[indicator])
    inventory, contributed = _by_hand(chosen, edges)
    return coverage(inventory, contributed, chosen)[0][("likely", indicator, None)]


def _by_hand(chosen: tuple[Indicator, ...], edges: tuple[Taken, ...]) -> tuple[Inventory, Contributions]:
    nodes = tuple(Node("likely", scenario, "stream", 1.0, "t") for scenario in Scenario)
    taken = tuple(
        Edge(list(Scenario).index(edge.scenario), "actor", Term.PROCESSING, f"f{index}", "kg", 1.0, Evidence.MEASURED, "")
        for index, edge in enumerate(edges)
    )
    contributed = Contributions(
        indicators=tuple(one.id for one in chosen),
        amounts=np.array([edge.amount for edge in edges]),
        scores=np.array([[edge.climate, edge.score] for edge in edges]),
        uncovered=np.array([[0.0, edge.uncovered or 0.0] for edge in edges]),
        gaps=np.array([[edge.climate_gap, edge.uncovered is not None] for edge in edges]),
    )
    return Inventory((2023,), ("likely",), ("stream",), nodes, taken, ()), contributed


def test_full_without_a_gap() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90), Taken(ADDED, 10)) is Coverage.FULL


@pytest.mark.parametrize("side", [AVOIDED, ADDED])
def test_full_with_cutoff_up_to_one_per_cent_of_the_climate_terms(side: Scenario) -> None:
    assert _level("raw_materials", Taken(AVOIDED, 99), Taken(side, 1, uncovered=1)) is Coverage.FULL_WITH_CUTOFF
    assert _level("raw_materials", Taken(AVOIDED, 98.99), Taken(side, 1.01, uncovered=1.01)) is not Coverage.FULL_WITH_CUTOFF


def test_cutoff_counts_all_uncovered_factors_jointly() -> None:
    gaps = [Taken(side, 0.6, uncovered=0.6) for side in (AVOIDED, ADDED)]
    assert _level("raw_materials", Taken(AVOIDED, 98.8), *gaps) is Coverage.PARTIAL


def test_cutoff_counts_burdens_and_credits_by_their_size() -> None:
    # A negative climate term of -60 adds 60 to the sum of absolute terms, so 1 of 101 is under one per cent.
    gap = Taken(ADDED, 1, uncovered=1)
    assert _level("raw_materials", Taken(AVOIDED, 40), Taken(ADDED, -60), gap) is Coverage.FULL_WITH_CUTOFF


def test_at_least_with_gaps_on_avoided_terms_only() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90, uncovered=90), Taken(ADDED, 10)) is Coverage.AT_LEAST


def test_at_most_with_gaps_on_added_terms_only() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90), Taken(ADDED, 10, uncovered=10)) is Coverage.AT_MOST


def test_partial_with_gaps_on_both_sides() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90, uncovered=90), Taken(ADDED, 10, uncovered=10)) is Coverage.PARTIAL


@pytest.mark.parametrize("side", [AVOIDED, ADDED])
def test_partial_where_the_indicator_can_be_negative(side: Scenario) -> None:
    other = ADDED if side is AVOIDED else AVOIDED
    assert _level("fresh_water", Taken(side, 50, uncovered=50), Taken(other, 50)) is Coverage.PARTIAL


def test_none_if_nothing_is_covered_and_nothing_is_counted() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90, uncovered=90, score=0)) is Coverage.NONE
    assert _level("raw_materials", Taken(AVOIDED, 90, uncovered=90, score=5)) is Coverage.AT_LEAST


def test_none_if_nothing_is_counted_and_both_sides_have_gaps() -> None:
    """A known zero beside what nobody knows on both sides says nothing of the sum: it is told as not covered."""
    gaps = (Taken(AVOIDED, 90, uncovered=90, score=0), Taken(ADDED, 10, uncovered=10, score=0))
    assert _level("raw_materials", Taken(AVOIDED, 50, score=0), *gaps) is Coverage.NONE
    assert _level("raw_materials", Taken(AVOIDED, 50, score=5), *gaps) is Coverage.PARTIAL
    # With gaps on one side alone "at least 0" is true, but not of what may be negative.
    assert _level("raw_materials", Taken(ADDED, 50, score=0), gaps[0]) is Coverage.AT_LEAST
    assert _level("fresh_water", Taken(ADDED, 50, score=0), gaps[0]) is Coverage.NONE


def test_what_is_not_used_leaves_no_gap() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 90), Taken(ADDED, 0, uncovered=0, score=0, amount=0)) is Coverage.FULL


def test_no_cutoff_where_climate_change_is_not_covered_either() -> None:
    gap = Taken(ADDED, 0, uncovered=0, climate_gap=True)
    assert _level("raw_materials", Taken(AVOIDED, 99), gap) is Coverage.AT_MOST
    assert _level("raw_materials", Taken(AVOIDED, 99), replace(gap, climate_gap=False)) is Coverage.FULL_WITH_CUTOFF


def test_no_cutoff_without_any_climate_term() -> None:
    assert _level("raw_materials", Taken(AVOIDED, 0), Taken(ADDED, 0, uncovered=0)) is Coverage.AT_MOST


def test_gaps_name_the_factor_and_its_share_of_the_climate_terms() -> None:
    chosen = (indicators()["climate_change"], indicators()["raw_materials"])
    inventory, contributed = _by_hand(chosen, (Taken(AVOIDED, 75), Taken(ADDED, 25, uncovered=20)))
    (gap,) = coverage(inventory, contributed, chosen)[1]
    assert (gap.reference, gap.indicator, gap.scenario, gap.target) == ("likely", "raw_materials", ADDED, "f1")
    assert gap.climate_share == pytest.approx(20 / 100, rel=1e-12)


def test_a_gap_behind_a_process_of_the_case_counts_by_its_own_share(case_from: CaseFrom) -> None:
    computed = scored(
        case_from(
            HEADER
            + dedent("""\
        exchanges:
          slag:
            from: giver
            to: taker
            resource: slag
            quantity: 100 t/year
            disposal: {all: [{process: yard}]}
        processes:
          yard:
            product: slag stored
            unit: t
            inputs: [{factor: waste.landfill.inert, amount: 1 t/t}, {factor: treatment.heat_rejection, amount: 2 MWh/t}]
        """)
        )[0]
    )
    without = 1000 * unit_score("waste.landfill.inert")  # kg of a record that does not cover primary energy
    whole = without + 2 * unit_score("treatment.heat_rejection")  # MWh of one that does
    (gap,) = [gap for gap in computed.gaps if gap.indicator == "primary_energy"]
    assert (gap.target, gap.climate_share) == ("yard", pytest.approx(without / whole, rel=1e-12))


SLAG = """\
    exchanges:
      slag:
        from: giver
        to: taker
        resource: slag
        quantity: 100 t/year
        disposal: {all: [{factor: waste.landfill.inert}]}
"""


HEAT = """\
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 50 GWh/year
        disposal: {all: [{factor: treatment.heat_rejection}]}
"""


def test_a_landfill_alone_covers_climate_and_landfill_but_no_energy(case_from: CaseFrom) -> None:
    levels = scored(case_from(HEADER + dedent(SLAG))[0]).levels
    assert levels[("likely", "climate_change", None)] is Coverage.FULL
    assert levels[("likely", "landfill_direct", None)] is Coverage.FULL
    assert levels[("likely", "primary_energy", None)] is Coverage.NONE


def test_each_exchange_has_its_own_coverage(case_from: CaseFrom) -> None:
    levels = scored(case_from(HEADER + dedent(SLAG + HEAT))[0]).levels
    assert levels[("likely", "primary_energy", "slag")] is Coverage.NONE
    assert levels[("likely", "primary_energy", "heat")] is Coverage.FULL
    # 126 kg CO2e of slag stand beside over a hundred tonnes from 50 GWh.
    assert levels[("likely", "primary_energy", None)] is Coverage.FULL_WITH_CUTOFF


def test_process_with_emissions_covers_climate_change_alone_unless_it_says_more(case_from: CaseFrom) -> None:
    text = HEADER + dedent("""\
        exchanges:
          feed:
            from: giver
            to: taker
            resource: feed
            quantity: 100 t/year
            supply: {substitution: 1 t/t, all: [{process: meal}]}
        processes:
          meal: {product: meal, unit: t, emissions: [{flow: co2_fossil, amount: 30 kg/t}]COVERS}
        """)
    levels = scored(case_from(text.replace("COVERS", ""))[0]).levels
    assert levels[("likely", "climate_change", None)] is Coverage.FULL
    assert levels[("likely", "acidification", None)] is Coverage.NONE
    levels = scored(case_from(text.replace("COVERS", ", covers: [acidification]"))[0]).levels
    assert levels[("likely", "acidification", None)] is Coverage.FULL
    assert levels[("likely", "climate_change", None)] is Coverage.AT_LEAST
