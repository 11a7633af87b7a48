"""Tables and findings of a result that need scores."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.impact.coverage import Coverage
from ius_lca.result_findings.whole import result_findings
from ius_lca.tables import Computed, result_tables, value_coverage
from tests.scoring import HEADER, CaseFrom, benefit, scored, unit_score

THREE = "references: {likely: {title: a}, conservative: {title: b}, favourable: {title: c}}"

HEAT = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: {value: 10 GWh/year, evidence: measured}
        supply:
          substitution: {value: 1 MWh/MWh, evidence: measured}
          quality: {value: 1, evidence: measured}
          displacement: {value: 100 %, evidence: estimated}
          by_reference:
            likely: [{factor: LIKELY}]
            conservative: [{factor: heat.district.heat_pump}]
            favourable: [{factor: heat.district.heavy_fuel_oil}]
        needs:
          - {factor: electricity.mix.PL, amount: {value: 20 kWh/MWh, evidence: EVIDENCE}, by: taker, price: 1 SEK/kWh}
        money:
          price: 100 SEK/MWh
"""


def _heat(case_from: CaseFrom, likely: str = "heat.district.natural_gas", evidence: str = "measured") -> Computed:
    body = dedent(HEAT).replace("LIKELY", likely).replace("EVIDENCE", evidence)
    return scored(case_from(HEADER.replace("references: {likely: {title: without the exchange}}", THREE) + body)[0])


def _codes(computed: Computed) -> dict[str, str]:
    return {finding.code: finding.message for finding in result_findings(computed)}


def test_references_out_of_order_are_told(case_from: CaseFrom) -> None:
    assert "reference-order" not in _codes(_heat(case_from))
    # Coal for the likely reference emits more than the oil of the favourable one.
    computed = _heat(case_from, likely="heat.boiler.hard_coal")
    message = _codes(computed)["reference-order"]
    assert "under 'likely'" in message and "larger than under 'favourable'" in message


def test_change_of_sign_is_told(case_from: CaseFrom) -> None:
    computed = _heat(case_from)
    pumping = 20 * unit_score("electricity.mix.PL")  # kg CO2e per MWh
    assert unit_score("heat.district.heat_pump") < pumping < unit_score("heat.district.natural_gas")
    assert benefit(computed, "conservative") < 0 < benefit(computed, "likely")
    assert _codes(computed)["sign-change"] == "the sign of the CO2 benefit changes under reference 'conservative'."


def test_what_is_not_stated_is_told_and_the_value_is_partial(case_from: CaseFrom) -> None:
    computed = _heat(case_from)
    assert _codes(computed)["not-stated"] == "not stated, so the value is incomplete: avoided purchase."
    assert value_coverage(computed, "likely") is Coverage.PARTIAL
    rows = {row["reference"]: row for row in result_tables(computed)["benefits"] if row["indicator"] == "value"}
    assert rows["likely"]["benefit"] == pytest.approx(-10_000 * 20 * 1, rel=1e-12)  # MWh x kWh/MWh x SEK/kWh
    assert rows["likely"]["coverage"] == "partial"


def test_share_of_the_terms_by_evidence(case_from: CaseFrom) -> None:
    computed = _heat(case_from, evidence="assumed")
    heat = unit_score("heat.district.natural_gas")  # rests on an estimate, its displacement
    pumping = 20 * unit_score("electricity.mix.PL")  # rests on an assumption
    rows = result_tables(computed)["evidence"]
    shares = {
        row["evidence"]: row["share"] for row in rows if row["reference"] == "likely" and row["indicator"] == "climate_change"
    }
    assert shares == {
        "measured": 0.0,
        "published": 0.0,
        "estimated": pytest.approx(heat / (heat + pumping), rel=1e-12),
        "assumed": pytest.approx(pumping / (heat + pumping), rel=1e-12),
    }
    # Under the conservative reference more than half of the terms are the assumed pumping, which is worth a warning.
    share = pumping / (pumping + unit_score("heat.district.heat_pump"))
    assert share > 0.5
    assert "rest on an assumed number" in _codes(computed)["assumptions"]
    assert "under 'conservative'" in _codes(computed)["assumptions"]


def test_sources_are_those_of_the_factors_and_of_their_inputs(case_from: CaseFrom) -> None:
    cited = {str(row["ref"]): str(row["cited_for"]) for row in result_tables(_heat(case_from))["sources"]}
    assert "heat.district.heavy_fuel_oil" in cited["dea_iph"]  # the boiler
    assert "fuel.heavy_fuel_oil.combustion" in cited["ipcc_2006"]  # its fuel
    assert not any("transport" in factors or "waste." in factors for factors in cited.values())


def test_inventory_lists_every_amount_with_its_climate_change(case_from: CaseFrom) -> None:
    rows = [row for row in result_tables(_heat(case_from))["inventory"] if row["reference"] == "likely"]
    assert [(row["scenario"], row["term"], row["target"], row["unit"]) for row in rows] == [
        ("reference", "avoided_production", "heat.district.natural_gas", "MWh/year"),
        ("symbiosis", "processing", "electricity.mix.PL", "kWh/year"),
    ]
    assert [row["amount"] for row in rows] == [pytest.approx(10_000, rel=1e-12), pytest.approx(200_000, rel=1e-12)]
    assert rows[1]["climate_change"] == pytest.approx(200_000 * unit_score("electricity.mix.PL"), rel=1e-12)


def test_money_of_actors_follows_contracts(case_from: CaseFrom) -> None:
    rows = result_tables(_heat(case_from))["actors"]
    of_contracts = [row for row in rows if row["rule"] == "contracts" and row["reference"] == "likely"]
    assert {row["actor"]: row["value"] for row in of_contracts} == {
        "giver": pytest.approx(100 * 10_000, rel=1e-12),  # the sale
        "taker": pytest.approx(-100 * 10_000 - 200_000 * 1, rel=1e-12),  # the purchase and the pumping
        "other": 0,
    }


def test_value_counts_what_the_reference_would_have_paid(case_from: CaseFrom) -> None:
    body = dedent(HEAT).replace("LIKELY", "heat.district.natural_gas").replace("EVIDENCE", "measured")
    body = body.rstrip() + "\n      avoided_purchase: 300 SEK/MWh\n"
    header = HEADER.replace("references: {likely: {title: without the exchange}}", THREE)
    rows = result_tables(scored(case_from(header + body)[0]))["benefits"]
    (row,) = (row for row in rows if row["indicator"] == "value" and row["reference"] == "likely")
    assert row["baseline"] == pytest.approx(-300 * 10_000, rel=1e-12)  # the gas heat that would be bought
    assert row["symbiosis"] == pytest.approx(-200_000 * 1, rel=1e-12)  # the pumping
    assert row["benefit"] == pytest.approx(300 * 10_000 - 200_000 * 1, rel=1e-12)
    assert row["coverage"] == "full"
