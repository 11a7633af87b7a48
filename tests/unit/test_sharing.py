"""Who gets the benefit: shares by hand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.sharing import rules_of, shared
from tests.scoring import HEADER, CaseFrom

TWO = """\
    exchanges:
      heat:
        {from: giver, to: taker, resource: heat, quantity: 1 GWh/year, disposal: {all: [{factor: treatment.heat_rejection}]}}
      slag:
        {from: taker, to: giver, resource: slag, quantity: 1 t/year, disposal: {all: [{factor: waste.landfill.inert}]}}
"""
WEIGHTS = """\
    sharing:
      rule: weights
      weights:
        heat: {giver: 20 %, taker: 30 %, other: 50 %}
        slag: {giver: 1}
"""
BENEFITS = {"heat": 100.0, "slag": -7.0}


@pytest.mark.parametrize(
    ("rule", "giver", "taker", "other"),
    [
        ("receiver", -7.0, 100.0, 0.0),
        ("donor", 100.0, -7.0, 0.0),
        ("half_half", 0.5 * 100 - 0.5 * 7, 0.5 * 100 - 0.5 * 7, 0.0),
        ("weights", 0.2 * 100 - 1 * 7, 0.3 * 100, 0.5 * 100),
    ],
)
def test_rule_splits_each_exchange(case_from: CaseFrom, rule: str, giver: float, taker: float, other: float) -> None:
    case, _ = case_from(HEADER + dedent(TWO) + dedent(WEIGHTS))
    split = shared(case, rule, BENEFITS)
    assert split == pytest.approx({"giver": giver, "taker": taker, "other": other}, rel=1e-12)
    assert sum(split.values()) == pytest.approx(100 - 7, rel=1e-12)


def test_weights_printed_as_thirds_still_sum_to_the_network(case_from: CaseFrom) -> None:
    # Within what the check lets pass as rounding.
    thirds = "sharing:\n  rule: weights\n  weights:\n    heat: {giver: 33.33333 %, taker: 33.33333 %, other: 33.33333 %}\n"
    case, _ = case_from(HEADER + dedent(TWO) + thirds)
    assert sum(shared(case, "weights", {"heat": 9.0}).values()) == pytest.approx(9.0, rel=1e-12)


def test_weights_are_a_rule_only_where_they_are_stated(case_from: CaseFrom) -> None:
    assert rules_of(case_from(HEADER + dedent(TWO))[0]) == ("receiver", "donor", "half_half")
    assert rules_of(case_from(HEADER + dedent(TWO) + dedent(WEIGHTS))[0]) == ("receiver", "donor", "half_half", "weights")


def test_actor_without_exchange_gets_nothing(case_from: CaseFrom) -> None:
    case, _ = case_from(HEADER + dedent(TWO))
    assert shared(case, "half_half", BENEFITS)["other"] == 0.0
