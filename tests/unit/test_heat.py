"""Heat by month: what is used, what the quantity follows from, and what is lost on the way."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored, terms, unit_score

HEAT = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        QUANTITY
        heat:
          supply: 95 degC
          needed: 85 degC
          MORE
        supply:
          substitution: {value: 1 MWh/MWh, evidence: measured}
          quality: {value: 1, evidence: measured}
          displacement: {value: 100 %, evidence: measured}
          all: [{factor: heat.district.wood_chips}]
        money: {avoided_purchase: {value: 300 SEK/MWh, evidence: measured}, price: {value: 0 SEK/MWh, evidence: measured}}
"""
#: The donor runs evenly and stops in July; the receiver needs heat in winter.
DONOR = "donor_profile: {unit: GWh, months: [4, 4, 4, 4, 4, 4, 0, 4, 4, 4, 4, 4], evidence: measured}"
RECEIVER = (
    "receiver_profile: {unit: MWh, months: [9000, 8000, 6000, 4000, 2000, 1000, 1000, 1000, 2000, 5000, 7000, 8000], "
    "evidence: estimated}"
)
PROFILES = f"{DONOR}\n          {RECEIVER}"


def _case(case_from: CaseFrom, more: str, quantity: str = "") -> Case:
    return case_from(HEADER + dedent(HEAT.replace("QUANTITY", quantity).replace("MORE", more)))[0]


def test_the_quantity_is_the_sum_of_the_smaller_of_both(case_from: CaseFrom) -> None:
    quantity = _case(case_from, PROFILES).exchanges["heat"].quantity
    # January to April 4, May 2, June 1, July 0, August 1, September 2, October to December 4 [GWh]
    assert quantity.value == 4 * 4 + 2 + 1 + 0 + 1 + 2 + 3 * 4
    assert quantity.unit == "GWh/year"
    assert quantity.evidence.value == "estimated"  # the weaker of measured and estimated
    assert "sum over the months" in quantity.note


def test_availability_is_of_the_donor_alone(case_from: CaseFrom) -> None:
    case = _case(case_from, f"{PROFILES}\n          availability: {{value: 50 %, evidence: assumed}}")
    # The donor has 2 a month: all of it in ten months but June, July and August with 1, 0 and 1.
    assert case.exchanges["heat"].quantity.value == 9 * 2 + 1 + 0 + 1
    assert case.exchanges["heat"].quantity.evidence.value == "assumed"


def test_a_stated_quantity_that_agrees_is_kept(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, PROFILES, "quantity: 34100 MWh/year")  # 34 GWh within 0.5 %
    assert (case.exchanges["heat"].quantity.value, case.exchanges["heat"].quantity.unit) == (34100, "MWh/year")
    assert not [one for one in check_case(case, library) if one.level is Level.ERROR]


@pytest.mark.parametrize(("quantity", "told"), [("34300 MWh/year", "34 GWh/year"), ("34 t/year", "the profiles are energies")])
def test_a_quantity_that_does_not_agree_is_an_error(case_from: CaseFrom, library: Library, quantity: str, told: str) -> None:
    case = _case(case_from, PROFILES, f"quantity: {quantity}")
    errors = [one.message for one in check_case(case, library) if one.level is Level.ERROR and one.path.endswith("quantity")]
    assert len(errors) == 1
    assert told in errors[0]


def test_a_case_read_again_from_its_result_is_the_same(case_from: CaseFrom) -> None:
    case = _case(case_from, PROFILES)
    assert Case.model_validate(case.model_dump(mode="json", by_alias=True, exclude_none=True)) == case


def test_without_profiles_it_is_said_that_all_counts_as_used(case_from: CaseFrom, library: Library) -> None:
    plain = _case(case_from, "availability: 95 %", "quantity: 34 GWh/year")
    found = {(one.level, one.code) for one in check_case(plain, library) if one.path.startswith("exchanges.heat.heat")}
    assert found == {(Level.NOTE, "season-overlap"), (Level.NOTE, "without-effect")}
    by_month = _case(case_from, f"{PROFILES}\n          availability: 95 %")
    assert [one for one in check_case(by_month, library) if one.path.startswith("exchanges.heat.heat")] == []


def test_what_is_lost_replaces_and_saves_nothing(case_from: CaseFrom) -> None:
    computed = scored(
        _case(case_from, "loss: {value: 10 %, evidence: assumed}", "quantity: {value: 3 GWh/year, evidence: measured}")
    )
    delivered_mwh = 3000 * (1 - 0.10)
    assert terms(computed) == {
        "avoided_production": pytest.approx(delivered_mwh * unit_score("heat.district.wood_chips"), rel=1e-12)
    }
    saved = {item.item: item.value for item in computed.cash}
    assert saved["avoided_purchase"] == pytest.approx(delivered_mwh * 300, rel=1e-12)
    # The loss is an assumption, so everything that rests on it is one.
    assert {edge.evidence.value for edge in computed.inventory.edges} == {"assumed"}
    assert {item.evidence.value for item in computed.cash if item.item == "avoided_purchase"} == {"assumed"}


def test_what_is_taken_scales_with_what_is_handed_over_not_with_what_arrives(case_from: CaseFrom) -> None:
    text = HEAT + "        needs: [{factor: electricity.mix.SE, amount: 10 kWh/MWh, by: taker}]\n"
    text = text.replace("QUANTITY", "quantity: 3 GWh/year").replace("MORE", "loss: 10 %")
    computed = scored(case_from(HEADER + dedent(text))[0])
    assert terms(computed)["processing"] == pytest.approx(-3000 * 10 * unit_score("electricity.mix.SE"), rel=1e-12)


def test_tables_of_months_and_of_their_overlap(case_from: CaseFrom) -> None:
    tables = result_tables(scored(_case(case_from, PROFILES)))
    months = tables["heat_months"]
    assert len(months) == 12
    may = {"exchange": "heat", "month": "May", "donor": 4, "receiver": pytest.approx(2), "used": pytest.approx(2), "unit": "GWh"}
    assert months[4] == may
    year = {row["measure"]: row["value"] for row in tables["heat_overlap"]}
    assert year == {
        "donor": 44,
        "receiver": pytest.approx(54),
        "used": pytest.approx(34),
        "share_of_donor": pytest.approx(34 / 44),
        "share_of_receiver": pytest.approx(34 / 54),
        "overlap": pytest.approx(34 / 44),  # of the 44 that could pass if the seasons agreed
    }


def test_no_months_no_rows(case_from: CaseFrom) -> None:
    tables = result_tables(scored(_case(case_from, "loss: 1 %", "quantity: 1 GWh/year")))
    assert tables["heat_months"] == tables["heat_overlap"] == ()
