"""Who gets the benefit: shares by hand, what is claimed twice, and who would rather be alone."""

from __future__ import annotations

from itertools import pairwise
from textwrap import dedent

import pytest

from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed
from ius_lca.errors import Finding
from ius_lca.result_findings.whole import result_findings
from ius_lca.results import Row
from ius_lca.sharing.core import coalitions_tested
from ius_lca.sharing.game import game
from ius_lca.sharing.rules import RULES, rules_of
from ius_lca.sharing.shapley import EXACT_PLAYERS
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, benefit, scored, unit_score

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
#: The second exchange takes more than it avoids.
GOOD_AND_BAD = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 1 GWh/year
        supply: {substitution: 1, all: [{factor: heat.boiler.natural_gas}]}
      slag:
        from: taker
        to: other
        resource: slag
        quantity: 1 t/year
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs: [{factor: electricity.mix.PL, amount: 1 MWh/t, by: other}]
"""
ASH = """\
      ash:
        from: taker
        to: giver
        resource: ash
        quantity: 2 t/year
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs: [{factor: electricity.mix.PL, amount: 1 MWh/t, by: giver}]
"""


def _computed(case_from: CaseFrom, *parts: str) -> Computed:
    return scored(case_from(HEADER + "".join(dedent(part) for part in parts))[0])


def _rows(computed: Computed, table: str, **only: str) -> list[Row]:
    rows = result_tables(computed)[table]
    return [row for row in rows if all(row[key] == value for key, value in {"indicator": "climate_change", **only}.items())]


def _shares(computed: Computed, rule: str) -> dict[object, object]:
    return {row["actor"]: row["value"] for row in _rows(computed, "actors", rule=rule)}


def _split(case: Case, rule: str) -> dict[str, float]:
    """A benefit of 100 of the heat and -7 of the slag, shared by a rule."""
    result = dict.fromkeys(case.actors, 0.0)
    for exchange, value in {"heat": 100.0, "slag": -7.0}.items():
        for actor, share in RULES[rule](case, exchange).items():
            result[actor] += share * value
    return result


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
    assert _split(case, rule) == pytest.approx({"giver": giver, "taker": taker, "other": other}, rel=1e-12)


def test_weights_printed_as_thirds_still_sum_to_the_network(case_from: CaseFrom) -> None:
    # Within what the check lets pass as rounding.
    thirds = "sharing:\n  rule: weights\n  weights:\n    heat: {giver: 33.33333 %, taker: 33.33333 %, other: 33.33333 %}\n"
    case, _ = case_from(HEADER + dedent(TWO) + thirds)
    assert sum(RULES["weights"](case, "heat").values()) == pytest.approx(1, rel=1e-12)


def test_weights_are_a_rule_only_where_they_are_stated(case_from: CaseFrom) -> None:
    without = ("receiver", "donor", "half_half", "surplus", "shapley")
    assert rules_of(case_from(HEADER + dedent(TWO))[0]) == without
    assert set(rules_of(case_from(HEADER + dedent(TWO) + dedent(WEIGHTS))[0])) == {*without, "weights"}


def test_weights_reach_the_table_of_actors(case_from: CaseFrom) -> None:
    computed = _computed(case_from, TWO, WEIGHTS)
    heat, slag = (benefit(computed, "likely", exchange=key) for key in ("heat", "slag"))
    expected = {"giver": 0.2 * heat + slag, "taker": 0.3 * heat, "other": 0.5 * heat}
    assert _shares(computed, "weights") == pytest.approx(expected, rel=1e-12)


def test_every_party_claims_the_whole_exchange_in_parallel(case_from: CaseFrom) -> None:
    computed = _computed(case_from, GOOD_AND_BAD)
    heat, slag = (benefit(computed, "likely", exchange=key) for key in ("heat", "slag"))
    rows = {(row["item"], row["actor"]): row["value"] for row in _rows(computed, "parallel")}
    assert rows == {
        ("claimed", "giver"): pytest.approx(heat, rel=1e-12),
        ("claimed", "taker"): pytest.approx(heat + slag, rel=1e-12),
        ("claimed", "other"): pytest.approx(slag, rel=1e-12),
        ("sum", None): pytest.approx(2 * (heat + slag), rel=1e-12),
        ("network", None): pytest.approx(heat + slag, rel=1e-12),
        ("counted_twice", None): pytest.approx(heat + slag, rel=1e-12),
    }


def test_who_gets_less_than_alone_is_in_the_table_of_the_core(case_from: CaseFrom) -> None:
    computed = _computed(case_from, GOOD_AND_BAD)
    slag = unit_score("waste.landfill.inert") * 1000 - unit_score("electricity.mix.PL") * 1000
    assert slag < 0
    (row,) = _rows(computed, "core", rule="receiver")
    assert (row["coalition"], row["tested"], row["alone"]) == ("other", "all", 0)
    assert row["allocated"] == pytest.approx(slag, rel=1e-9)
    assert row["shortfall"] == pytest.approx(-slag, rel=1e-9)
    # The donor of the slag bears it all, and has nothing else by the rule.
    (row,) = _rows(computed, "core", rule="donor")
    assert (row["coalition"], row["shortfall"]) == ("taker", pytest.approx(-slag, rel=1e-9))


def test_a_pair_that_shares_with_somebody_it_does_not_need_would_rather_be_alone(case_from: CaseFrom) -> None:
    computed = _computed(case_from, TWO, WEIGHTS)
    heat, slag = (benefit(computed, "likely", exchange=key) for key in ("heat", "slag"))
    (row,) = _rows(computed, "core", rule="weights")
    assert row["coalition"] == "giver+taker"
    assert row["allocated"] == pytest.approx(0.5 * heat + slag, rel=1e-12)
    assert row["alone"] == pytest.approx(heat + slag, rel=1e-12)
    assert row["shortfall"] == pytest.approx(0.5 * heat, rel=1e-12)
    # Nobody is needed by two whose exchanges all gain: half to each leaves no group worse off.
    (row,) = _rows(computed, "core", rule="half_half")
    assert row["shortfall"] == 0


def test_single_actors_come_before_the_worst_coalition(case_from: CaseFrom) -> None:
    # Two exchanges that cost more than they avoid, with different receivers: together their receivers lose most.
    text = GOOD_AND_BAD.replace("1 GWh/year", "1 kWh/year") + ASH
    computed = scored(case_from(HEADER + dedent(text))[0])
    rows = _rows(computed, "core", rule="receiver")
    assert [row["coalition"] for row in rows] == ["giver", "other", "giver+other"]
    assert rows[2]["shortfall"] == pytest.approx(float(rows[0]["shortfall"] or 0) + float(rows[1]["shortfall"] or 0), rel=1e-12)


def _findings(computed: Computed, code: str) -> list[Finding]:
    return [finding for finding in result_findings(computed) if finding.code == code]


def test_a_chosen_rule_that_leaves_an_actor_worse_off_is_a_warning(case_from: CaseFrom) -> None:
    (finding,) = _findings(_computed(case_from, GOOD_AND_BAD, "sharing: {rule: receiver}\n"), "worse-off")
    assert finding.level == "warning"
    assert finding.message.startswith("the rule 'receiver' gives Other -0.")
    assert _findings(_computed(case_from, GOOD_AND_BAD, "sharing: {rule: donor}\n"), "worse-off")[0].message.count("Taker")
    assert _findings(_computed(case_from, TWO), "worse-off") == []


def test_a_chosen_rule_that_is_not_defined_is_a_warning_and_nothing_stands_in(case_from: CaseFrom) -> None:
    computed = _computed(case_from, TWO, "sharing: {rule: surplus}\n")
    (finding,) = _findings(computed, "rule-not-defined")
    assert finding.level == "warning"
    assert "'surplus' is not defined under 'likely'" in finding.message
    assert "heat: not stated: avoided disposal; its price is not stated" in finding.message
    assert set(_shares(computed, "surplus").values()) == {None}
    assert _rows(computed, "core", rule="surplus") == []
    # A rule that nobody chose may be undefined without a warning.
    assert _findings(_computed(case_from, TWO), "rule-not-defined") == []


def test_coalitions_come_by_size_and_above_the_limit_only_some(case_from: CaseFrom) -> None:
    played = game(_computed(case_from, TWO, WEIGHTS), "likely")
    assert played.players == ("giver", "other", "taker")
    order = [[0], [1], [2], [0, 1], [0, 2], [1, 2]]
    assert coalitions_tested(played).tolist() == [[player in group for player in range(3)] for group in order]
    actors = [f"a{number}" for number in range(EXACT_PLAYERS + 1)]
    header = HEADER.replace("giver: {name: Giver}", ", ".join(f"{key}: {{name: {key}}}" for key in actors))
    stream = "{{from: {}, to: {}, resource: heat, quantity: 1 t/year, disposal: {{all: [{{factor: waste.landfill.inert}}]}}}}"
    listed = "".join(f"  {one}: {stream.format(one, other)}\n" for one, other in pairwise(actors))
    large = game(scored(case_from(header + "exchanges:\n" + listed)[0]), "likely")
    assert len(coalitions_tested(large)) == 13 + 12 + 13  # single actors, those of one exchange, all but one
