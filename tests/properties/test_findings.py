"""What holds of findings in every case: each has its page and weight, and a stream can be divided but not multiplied."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.case.check import check_case
from ius_lca.case.checks.promises import promise_problems
from ius_lca.case.schema.case import Case
from ius_lca.errors import Finding, Level
from ius_lca.finding_order import CODES, by_weight
from ius_lca.library.read import embedded_library
from ius_lca.result_findings.whole import result_findings
from tests.scoring import scored
from tests.strategies import Tree, case_of, trees


@given(trees())
@settings(max_examples=25)
def test_every_warning_and_note_of_a_case_has_a_page(tree: Tree) -> None:
    case = case_of(tree)
    findings = by_weight([*check_case(case), *result_findings(scored(case))])
    weak = [finding for finding in findings if finding.level is not Level.ERROR]
    assert weak == findings
    assert {finding.code for finding in weak} <= set(CODES)


FINDINGS = st.builds(Finding, st.sampled_from(Level), st.sampled_from([*CODES, "unit", "unknown-actor"]), st.text(max_size=3))


@given(st.lists(FINDINGS))
def test_the_order_of_weight_keeps_all_and_is_stable(findings: list[Finding]) -> None:
    ordered = by_weight(findings)
    assert sorted(map(repr, ordered)) == sorted(map(repr, findings))
    assert by_weight(ordered) == ordered
    assert [finding.level for finding in ordered] == sorted((one.level for one in findings), key=list(Level).index)
    for code in {finding.code for finding in findings}:
        for level in Level:
            alike = [one for one in findings if (one.code, one.level) == (code, level)]
            assert [one for one in ordered if (one.code, one.level) == (code, level)] == alike


def _divided(parts: list[int], available: float) -> Case:
    """One stream of a donor, handed over in parts [kg/year]."""
    exchanges = {
        f"part_{index}": {
            "from": "giver",
            "to": "taker",
            "resource": "food waste",
            "quantity": f"{part / 1000!r} t/year",
            "disposal": {"all": [{"factor": "waste.landfill.food"}]},
        }
        for index, part in enumerate(parts)
    }
    exchanges["part_0"]["donor_available"] = f"{available!r} kg/year"
    return case_of(
        {
            "ius_lca": "1",
            "name": "a divided stream",
            "place": "SE",
            "period": {"start": "2023"},
            "currency": "SEK",
            "actors": {"giver": {"name": "Giver"}, "taker": {"name": "Taker"}},
            "references": {"likely": {"title": "landfill"}},
            "exchanges": exchanges,
        }
    )


@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=6))
def test_a_stream_can_be_divided_but_not_multiplied(parts: list[int]) -> None:
    whole = sum(parts)
    assert list(promise_problems(_divided(parts, float(whole)), embedded_library())) == []
    (found,) = promise_problems(_divided(parts, whole * 0.999), embedded_library())
    assert (found.level, found.code) == (Level.ERROR, "promised-twice" if len(parts) > 1 else "more-than-available")
