"""Break-evens of the parameters of a case, where the benefit is not affine."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.sensitivity.break_even import Status, break_evens
from tests.scoring import HEADER, CaseFrom, scored


def test_a_parameter_of_the_case_has_the_zero_of_its_formula(case_from: CaseFrom, library: Library) -> None:
    """Heat at 200 kg CO2e/MWh from a heat pump at 500 kg CO2e/MWh of power: worth it above a coefficient of 500/200 = 2.5."""
    text = HEADER + dedent("""\
        parameters:
          cop: {value: 4, range: [2, 6], evidence: estimated}
          far: {value: 10 km, range: [1 km, 20 km]}
          way: {formula: 2 * far, unit: km}
        exchanges:
          heat:
            from: giver
            to: taker
            resource: warm water
            quantity: 100 MWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: boiler}]}
            needs: [{factor: power, amount: {formula: 1 / cop, unit: MWh/MWh}, by: taker}]
          ash:
            from: giver
            to: taker
            resource: ash
            quantity: 10 t/year
            disposal: {all: [{factor: boiler, amount: 1 MWh/t}]}
            transport: [{factor: lorry, distance: {formula: way, unit: km}, by: giver}]
        factors:
          boiler: {product: heat, unit: MWh, co2e: 200 kg CO2e/MWh, gwp: AR6, source: made up}
          power: {product: power, unit: MWh, co2e: 500 kg CO2e/MWh, gwp: AR6, source: made up}
          lorry: {product: lorry, unit: tkm, co2e: 0.1 kg CO2e/tkm, gwp: AR6, source: made up}
        """)
    case, document = case_from(text)
    assert [one for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    answers = {(one.exchange, one.parameter): one for one in break_evens(scored(case)) if one.place[:1] == ("parameters",)}
    assert set(answers) == {("heat", "cop"), ("ash", "far")}  # each where it matters
    cop, far = answers["heat", "cop"], answers["ash", "far"]
    assert (cop.now, cop.value) == (4, pytest.approx(2.5, rel=1e-12))
    assert (cop.status, cop.above, cop.is_within_its_range) == (Status.BRACKETED, True, True)
    # 200 kg CO2e/t against 0.1 kg CO2e/tkm: nothing within 20 km turns that.
    assert (far.value, far.status) == (None, Status.NONE_FOUND)


def test_a_benefit_that_cancels_but_for_rounding_has_no_zero(case_from: CaseFrom, library: Library) -> None:
    """What is supplied and what it takes are the same power, by two formulas that differ in their last digit."""
    text = HEADER + dedent("""\
        parameters:
          share: {value: 0.7, range: [0.1, 0.9], evidence: estimated}
        exchanges:
          grain:
            from: giver
            to: taker
            resource: grain
            quantity: 600000 t/year
            supply: {substitution: {formula: share * 0.3, unit: kWh/t}, all: [{factor: power}]}
            needs: [{factor: power, amount: {formula: share * 0.1 * 3, unit: kWh/t}, by: taker}]
        factors:
          power: {product: power, unit: kWh, co2e: 0.7 kg CO2e/kWh, gwp: AR6, source: made up}
        """)
    case, _ = case_from(text)
    computed = scored(case)
    assert computed.totals.benefit("climate_change", case.main_reference, "grain") != 0  # rounding
    assert [one for one in break_evens(computed) if one.place[:1] == ("parameters",)] == []


def test_values_that_give_no_result_turn_nothing(case_from: CaseFrom, library: Library) -> None:
    """Heat at 200 kg CO2e/MWh from a loop that takes 0.2 lift of itself: 100/(1 - 0.2 lift) is 200 at a lift of 2.5.

    At 5 the loop takes all it makes, so there it has no solution, and beyond it no meaning.
    """
    text = HEADER + dedent("""\
        parameters:
          lift: {value: 2, range: [1, 9]}
          nitrogen: {value: 5, range: [0, 10]}
        exchanges:
          heat:
            from: giver
            to: taker
            resource: warm water
            quantity: 100 MWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: boiler}]}
            needs: [{process: pump, amount: 1 MWh/MWh, by: taker}]
          sludge:
            from: giver
            to: taker
            resource: sludge
            quantity: 10 t/year
            supply:
              substitution: {equal: nitrogen, stream: 8 kg/t, product: {formula: nitrogen, unit: kg/t}}
              all: [{factor: mineral}]
            needs: [{factor: boiler, amount: 1 MWh/t, by: taker}]
        processes:
          pump:
            product: heat
            unit: MWh
            inputs: [{factor: power, amount: 0.2 MWh/MWh}, {process: cooler, amount: {formula: lift/10, unit: MWh/MWh}}]
          cooler: {product: cold, unit: MWh, inputs: [{process: pump, amount: 2 MWh/MWh}]}
        factors:
          boiler: {product: heat, unit: MWh, co2e: 200 kg CO2e/MWh, gwp: AR6, source: made up}
          power: {product: power, unit: MWh, co2e: 500 kg CO2e/MWh, gwp: AR6, source: made up}
          mineral: {product: fertiliser, unit: t, co2e: 1000 kg CO2e/t, gwp: AR6, source: made up}
        """)
    case, document = case_from(text)
    assert [one for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    found = [(one.exchange, one.value) for one in break_evens(scored(case)) if one.place[:1] == ("parameters",)]
    # 8/nitrogen * 1000 kg CO2e/t against 200 kg CO2e/t: that is 40 kg/t, outside the range; at 0 there is no ratio.
    assert found == [("heat", pytest.approx(2.5, rel=1e-12)), ("sludge", None)]
