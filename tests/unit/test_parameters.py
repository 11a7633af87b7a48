"""Parameters and formulas of a case: values at the door, evidence, and the same case with other values."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.parameters import varied
from ius_lca.case.schema.case import Case
from ius_lca.errors import CaseError, FormulaError
from ius_lca.formula import names_in
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated
from ius_lca.report.context import Context
from ius_lca.report.to_html import render_html
from tests.scoring import HEADER, CaseFrom, scored, terms, unit_score

PARAMETERS = """\
parameters:
  twice: {formula: lift*2, unit: kWh/MWh}
  lift: {formula: "1/cop*(1 + loss)", unit: MWh/MWh}
  cop: {value: 3.2, evidence: measured}
  loss: {value: 8 %, range: [5, 12], evidence: estimated}
"""
EXCHANGE = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: {value: 1 GWh/year, evidence: measured}
    disposal: {all: [{factor: electricity.mix.SE, amount: AMOUNT}]}
"""


def _case(case_from: CaseFrom, amount: str, parameters: str = PARAMETERS) -> Case:
    return case_from(HEADER + parameters + EXCHANGE.replace("AMOUNT", amount))[0]


def _amount(case: Case) -> Stated:
    disposal = case.exchanges["heat"].disposal
    assert disposal is not None
    amount = disposal.all[0].amount
    assert amount is not None
    return amount


def test_a_formula_of_formulas_is_a_value(case_from: CaseFrom) -> None:
    case = _case(case_from, '{formula: "min(lift, 5) + 2*twice", unit: MWh/MWh}')
    lift = 1 / 3.2 * (1 + 0.08)  # a percentage counts as a plain number
    assert case.parameters["lift"].value == pytest.approx(lift, rel=1e-12)
    assert case.parameters["twice"].value == pytest.approx(2 * lift, rel=1e-12)  # in the unit beside the formula
    assert _amount(case).value == pytest.approx(lift + 4 * lift, rel=1e-12)
    assert _amount(case).formula == "min(lift, 5) + 2*twice"
    handed_over_kwh = 1e6
    expected = handed_over_kwh * 5 * lift * unit_score("electricity.mix.SE")
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


@pytest.mark.parametrize(("unit", "value"), [("%", 8.0), ("1", 0.08), ("‰", 80.0), ("kWh/MWh", 0.08)])
def test_percentages_enter_and_leave_a_formula_as_plain_numbers(case_from: CaseFrom, unit: str, value: float) -> None:
    assert _amount(_case(case_from, f'{{formula: loss, unit: "{unit}"}}')).value == pytest.approx(value, rel=1e-12)


def test_a_formula_rests_on_the_weakest_of_its_parameters_unless_it_says_otherwise(case_from: CaseFrom) -> None:
    def amount(written: str) -> Stated:
        return _amount(_case(case_from, written))

    assert amount("{formula: 2*cop, unit: MWh/MWh}").evidence is Evidence.MEASURED
    assert amount("{formula: cop*loss, unit: MWh/MWh}").evidence is Evidence.ESTIMATED
    assert amount("{formula: lift*cop, unit: MWh/MWh}").evidence is Evidence.ESTIMATED  # by what lift rests on
    assert amount("{formula: cop*loss, unit: MWh/MWh, evidence: measured}").evidence is Evidence.MEASURED
    assert amount("{formula: 2*3, unit: MWh/MWh}").evidence is Evidence.ASSUMED  # on nobody's word
    assert amount("{formula: cop*loss, unit: MWh/MWh}, evidence: assumed").evidence is Evidence.ASSUMED  # beside the amount
    assert amount("{formula: cop*loss, unit: MWh/MWh}").source == "parameters cop, loss"


def test_published_parameters_give_a_published_figure_without_a_source_of_its_own(case_from: CaseFrom) -> None:
    parameters = "parameters: {cop: {value: 3, evidence: published, source: a table}}\n"
    assert _amount(_case(case_from, "{formula: cop, unit: MWh/MWh}", parameters)).evidence is Evidence.PUBLISHED


def test_other_parameters_give_the_case_that_states_them(case_from: CaseFrom) -> None:
    case = _case(case_from, "{formula: 3*lift, unit: MWh/MWh}")
    changed = varied(case)({"cop": 4, "loss": 20})  # in the units of the case: 20 %
    assert _amount(changed).value == pytest.approx(3 * (1 + 0.2) / 4, rel=1e-12)
    assert changed.parameters["loss"].range is None
    assert changed.parameters["cop"].evidence is Evidence.MEASURED
    written = PARAMETERS.replace("value: 3.2", "value: 4").replace("8 %, range: [5, 12]", "20 %")
    assert changed == _case(case_from, "{formula: 3*lift, unit: MWh/MWh}", written)


def test_a_parameter_with_a_formula_takes_a_value_in_its_place(case_from: CaseFrom) -> None:
    changed = varied(_case(case_from, "{formula: twice, unit: MWh/MWh}"))({"lift": 7})
    assert _amount(changed).value == 14
    assert changed.parameters["lift"].formula is None


def test_the_same_values_give_the_same_case(case_from: CaseFrom) -> None:
    case = _case(case_from, "{formula: 3*lift, unit: MWh/MWh}")
    assert varied(case)({}) == case
    assert Case.model_validate(case.model_dump(by_alias=True)) == case


def test_a_quantity_by_months_follows_the_availability_that_a_formula_gives(case_from: CaseFrom) -> None:
    months = "{unit: MWh, months: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]}"
    heat = (
        "    heat: {supply: 95 degC, needed: 85 degC, availability: {formula: up, unit: 1},"
        f" donor_profile: {months}, receiver_profile: {months}}}\n"
    )
    exchange = EXCHANGE.replace("    quantity: {value: 1 GWh/year, evidence: measured}\n", heat).replace("AMOUNT", "1 MWh/MWh")
    case = case_from(HEADER + "parameters: {up: 90 %}\n" + exchange)[0]
    assert case.exchanges["heat"].quantity.value == pytest.approx(0.9 * 12 * 100, rel=1e-12)
    assert varied(case)({"up": 50}).exchanges["heat"].quantity.value == pytest.approx(0.5 * 12 * 100, rel=1e-12)
    assert varied(case)({}) == case


def test_other_parameters_that_cannot_be_are_told(case_from: CaseFrom) -> None:
    case = _case(case_from, "{formula: 3*lift, unit: MWh/MWh}")
    with pytest.raises(FormulaError, match="no parameter 'cops'. Did you mean 'cop'"):
        varied(case)({"cops": 2})
    with pytest.raises(CaseError, match=r"parameters\.lift: '1/cop\*\(1 \+ loss\)' has no finite value"):
        varied(case)({"cop": 0})


def test_two_circles_are_told_at_once_and_what_rests_on_them_is_not(case_from: CaseFrom) -> None:
    circles = """\
parameters:
  a: {formula: b + 1, unit: "1"}
  b: {formula: a - 1, unit: "1"}
  c: {formula: c, unit: "1"}
  d: {formula: a*c, unit: "1"}
"""
    with pytest.raises(ValidationError) as raised:
        _case(case_from, "{formula: d, unit: MWh/MWh}", circles)
    assert [error["msg"] for error in raised.value.errors()] == [
        "Value error, the formula refers to itself: a -> b -> a. State one of them as a value",
        "Value error, the formula refers to itself: c -> c. State one of them as a value",
    ]


def test_a_long_chain_of_parameters_is_read(case_from: CaseFrom) -> None:
    chain = "parameters:\n" + "".join(f"  p{n}: {{formula: p{n + 1} + 1, unit: '1'}}\n" for n in range(1500)) + "  p1500: 1\n"
    assert _amount(_case(case_from, "{formula: p0, unit: MWh/MWh}", chain)).value == 1501


def test_a_formula_outside_a_case_has_no_value() -> None:
    with pytest.raises(ValidationError, match="needs 'value'"):
        Stated.model_validate({"formula": "1 + 1", "unit": "MWh"})


def test_names_are_those_a_formula_refers_to() -> None:
    assert names_in("exp(a) + max(b, a)*min") == ("a", "b", "min")
    assert names_in("(a") == ()
    assert names_in("a*" * 400 + "a") == ()  # longer than a formula may be


def test_a_parameter_that_nothing_refers_to_is_a_note(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(HEADER + PARAMETERS + EXCHANGE.replace("AMOUNT", "{formula: lift, unit: MWh/MWh}"))
    told = [str(one) for one in check_case(case, library, document) if "no formula refers" in one.message]
    assert told == ["case.yaml:9  note  parameters.twice: no formula refers to this parameter."]


def test_formulas_stand_in_the_report_with_their_values(case_from: CaseFrom) -> None:
    assessment = assess(_case(case_from, "{formula: 3*lift, unit: MWh/MWh}"))
    rows = {row["path"]: row for _, group in Context(assessment).inputs for row in group}
    assert rows["disposal, electricity.mix.SE, amount"]["source"] == ("= 3*lift; parameter lift")
    assert rows["parameters, lift"]["value"] == "0.3375 MWh/MWh"
    assert "1/cop*(1 + loss)" in render_html(assessment)
