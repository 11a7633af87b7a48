"""What a reader is told where the range of a number contains its break-even."""

from __future__ import annotations

import pytest

from ius_lca.assessment import assess
from ius_lca.errors import Level
from ius_lca.report.turning import turning
from ius_lca.result_findings.whole import result_findings
from tests.scoring import HEADER, CaseFrom, scored

#: Heat worth 100 kg CO2e/MWh that takes pumps of 40: the benefit is zero at a displacement of 40 %.
HEAT = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 5 GWh/year
    supply:
      substitution: 1 MWh/MWh
      displacement: {value: 90 %, range: [LOW, 100]}
      all: [{factor: boiler}]
    needs: [{factor: pump, amount: 1 MWh/MWh, by: taker, price: 30 SEK/MWh}]
    money:
      price: {value: 60 SEK/MWh, range: [50, HIGH]}
      avoided_purchase: 200 SEK/MWh
factors:
  boiler: {product: heat, unit: MWh, co2e: 100 kg CO2e/MWh, gwp: AR6, source: made up}
  pump: {product: pumping, unit: MWh, co2e: 40 kg CO2e/MWh, gwp: AR6, source: made up}
"""


def _told(case_from: CaseFrom, low: float, high: float, header: str = HEADER) -> dict[str, tuple[Level, str, str]]:
    case, _ = case_from(header + HEAT.replace("LOW", str(low)).replace("HIGH", str(high)))
    findings = result_findings(scored(case))
    return {one.code: (one.level, one.path, one.message) for one in findings if one.code.startswith("open-")}


def test_a_range_that_contains_the_break_even_is_a_warning(case_from: CaseFrom) -> None:
    assert _told(case_from, 30, 150) == {
        "open-sign": (
            Level.WARNING,
            "exchanges.heat.supply.displacement",
            "the CO2 benefit of 'heat' changes its sign at 40 % of displacement, inside the range 30 % to 100 % stated for it.",
        )
    }


def test_a_price_at_which_somebody_gains_nothing_is_a_note(case_from: CaseFrom) -> None:
    # The receiver need not buy for 200 SEK/MWh and pumps for 30.
    assert _told(case_from, 50, 180) == {
        "open-price": (
            Level.NOTE,
            "exchanges.heat.money.price",
            (
                "the receiver gains nothing from 'heat' over the years at a price of 170 SEK/MWh, "
                "inside the range 50 SEK/MWh to 180 SEK/MWh stated for it."
            ),
        )
    }


@pytest.mark.parametrize(("low", "high"), [(41, 169)])
def test_ranges_that_end_before_the_break_even_are_quiet(case_from: CaseFrom, low: float, high: float) -> None:
    assert _told(case_from, low, high) == {}


def test_only_the_main_reference_is_told(case_from: CaseFrom) -> None:
    two = HEADER.replace("{likely: {title: without the exchange}}", "{other: {title: a}, likely: {title: b}}")
    assert len(_told(case_from, 30, 150, two)) == 1


def test_a_parameter_of_a_factor_is_told_with_its_factor(case_from: CaseFrom) -> None:
    landfill = """\
exchanges:
  food:
    from: giver
    to: taker
    resource: food waste
    quantity: 1000 t/year
    disposal: {all: [{factor: waste.landfill.food, with: {gas_recovery: {value: 20 %, range: [0, 95]}}}]}
    needs: [{factor: treatment, amount: 1 t/t, by: taker}]
factors:
  treatment: {product: treatment, unit: t, co2e: 600 kg CO2e/t, gwp: AR6, source: made up}
"""
    [told] = [one for one in result_findings(scored(case_from(HEADER + landfill)[0])) if one.code == "open-sign"]
    assert told.path == "exchanges.food.disposal.all[0].with.gas_recovery"
    assert "of gas recovery (waste.landfill.food), inside the range 0 % to 95 %" in told.message


#: Heat worth 200 kg CO2e/MWh from a heat pump with power of 500: nothing is left at a coefficient of 2.5.
PUMPED = (
    HEADER
    + """\
parameters: {cop: {value: 4, range: [2, 6]}}
exchanges:
  heat:
    from: giver
    to: taker
    resource: warm water
    quantity: 100 MWh/year
    supply: {substitution: 1 MWh/MWh, all: [{factor: boiler}]}
    needs: [{factor: power, amount: {formula: 1 / cop, unit: MWh/MWh}, by: taker}]
factors:
  boiler: {product: heat, unit: MWh, co2e: 200 kg CO2e/MWh, gwp: AR6, source: made up}
  power: {product: power, unit: MWh, co2e: 500 kg CO2e/MWh, gwp: AR6, source: made up}
"""
)


def test_a_plain_number_above_one_is_no_percentage(case_from: CaseFrom) -> None:
    result = assess(case_from(PUMPED)[0])
    [told] = [one.message for one in result.findings if one.code == "open-sign"]
    assert told == "the CO2 benefit of 'heat' changes its sign where cop is 2.5, inside the range 2 to 6 stated for it."
    [exchange] = turning(result).exchanges
    [row] = [one for one in exchange.rows if one.number == "cop"]
    assert (row.now, row.words, row.range) == ("4.00", "down to 2.50", "2.00 to 6.00")


@pytest.mark.parametrize(
    ("share", "formula", "told"),
    [
        ("{value: 90 %, range: [30, 100]}", "share", "at 40 % of share, inside the range 30 % to 100 %"),
        ("{value: 0.9, range: [0.3, 1]}", "share", "at 40 % of share, inside the range 30 % to 100 %"),
        ("{value: 9 1/year, range: [3, 10]}", "share / 10", "at 4 1/year of share, inside the range 3 1/year to 10 1/year"),
    ],
)
def test_a_parameter_is_told_in_its_unit(case_from: CaseFrom, share: str, formula: str, told: str) -> None:
    body = HEAT.replace("{value: 90 %, range: [LOW, 100]}", f"{{formula: {formula}, unit: '1'}}").replace(
        ", range: [50, HIGH]", ""
    )
    findings = result_findings(scored(case_from(f"{HEADER}parameters: {{share: {share}}}\n{body}")[0]))
    assert [told in one.message for one in findings if one.code == "open-sign"] == [True]
