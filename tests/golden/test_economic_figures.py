"""Figures of a case with investment, replacement, residual value, tax, grant and own rates, by hand."""

from __future__ import annotations

import pytest

from ius_lca.computed import Computed
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored, unit_score

#: 1000 MWh a year for five years; the giver's pipe lives ten years, the taker's pump three.
HEAT = """\
discount_rate: 5 %
economics: {facilitation: [{what: broker, from: other, to: market, amount: 1 kSEK/year}]}
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1 GWh/year
    usable: 90 %
    supply: {substitution: 1 MWh/MWh, quality: 0.8, displacement: 50 %, all: [{factor: heat.boiler.natural_gas}]}
    disposal: {all: [{factor: treatment.heat_rejection}]}
    residue: {factor: treatment.heat_rejection, price: 20 SEK/MWh}
    needs: [{factor: electricity.mix.SE, amount: 15 kWh/MWh, by: taker, price: 0.8 SEK/kWh, tax: 0.4 SEK/kWh}]
    equipment: [{factor: electricity.mix.SE, amount: 1 MWh, life: 10 years, by: giver, cost: 500 kSEK, operation: 2 %/year}]
    money:
      price: 100 SEK/MWh
      avoided_purchase: 500 SEK/MWh
      avoided_disposal: 10 SEK/MWh
      investments: [{what: pump, cost: 90 kSEK, life: 3 years, by: taker, residual_value: 9 kSEK}]
      payments:
        - {what: grant for the pipe, from: society, to: giver, amount: 100 kSEK}
        - {what: service, from: giver, to: other, amount: 3 kSEK/year}
"""

FIVE = range(1, 6)
GIVER_YEARLY = (
    100_000  # price
    + 10_000  # disposal saved
    - 10_000  # 2 % of the pipe
    - 3_000  # service
)
TAKER_YEARLY = (
    0.9 * 0.8 * 1000 * 500  # bought less: y S Q q; D is not the buyer's money
    - 100_000  # price
    - 15 * 1000 * (0.8 + 0.4)  # pumping, and the tax on it
    - 0.1 * 1000 * 20  # residue
)
#: The pump is bought in year 0 and again after three years, when the old one brings 9 000; one year of three is then left.
PUMPS = {0: -90_000, 3: 9_000 - 90_000, 5: 9_000 + 81_000 / 3}
GIVER = [-500_000 + 100_000, *[GIVER_YEARLY] * 4, GIVER_YEARLY + 250_000]  # half of the pipe is left
TAKER = [(TAKER_YEARLY if year else 0) + PUMPS.get(year, 0) for year in range(6)]
OTHER = [0, *[3_000 - 1_000] * 5]
SOCIETY = [-100_000, *[15 * 1000 * 0.4] * 5]


def _value(cash: list[float], rate: float) -> float:
    return sum(money / (1 + rate) ** year for year, money in enumerate(cash))


def _computed(case_from: CaseFrom, text: str = HEAT) -> Computed:
    header = HEADER.replace("years: 10", "years: 5").replace("{name: Taker}", "{name: Taker, discount_rate: 8 %}")
    return scored(case_from(header + text)[0])


def _summary(computed: Computed) -> dict[tuple[object, object], Row]:
    rows = result_tables(computed, "economics_summary")["economics_summary"]
    return {(row["actor"], row["indicator"]): row for row in rows}


def test_net_present_values_of_everybody(case_from: CaseFrom) -> None:
    found = _summary(_computed(case_from))
    network = [sum(year) for year in zip(GIVER, TAKER, OTHER, strict=True)]
    expected = {
        "giver": _value(GIVER, 0.05),
        "taker": _value(TAKER, 0.08),
        "other": _value(OTHER, 0.05),
        "network": _value(network, 0.05),
        "society": _value(SOCIETY, 0.05),
        "network_and_society": _value([one + other for one, other in zip(network, SOCIETY, strict=True)], 0.05),
    }
    assert {actor: found[actor, "npv"]["value"] for actor in expected} == pytest.approx(expected, rel=1e-12)
    assert found["network", "npv_difference"]["value"] == pytest.approx(_value(TAKER, 0.05) - _value(TAKER, 0.08), rel=1e-9)
    assert [found[actor, "discount_rate"]["value"] for actor in ("giver", "taker", "society")] == [0.05, 0.08, 0.05]


def test_yearly_value_is_without_what_is_paid_once(case_from: CaseFrom) -> None:
    found = _summary(_computed(case_from))
    yearly = {"giver": GIVER_YEARLY, "taker": TAKER_YEARLY, "other": 2_000, "network": GIVER_YEARLY + TAKER_YEARLY + 2_000}
    assert {actor: found[actor, "value"]["value"] for actor in yearly} == pytest.approx(yearly, rel=1e-12)
    assert ("society", "value") not in found


def test_figures_of_an_actor(case_from: CaseFrom) -> None:
    found = {indicator: row for (actor, indicator), row in _summary(_computed(case_from)).items() if actor == "giver"}
    assert found["annuity"]["value"] == pytest.approx(_value(GIVER, 0.05) * 0.05 / (1 - 1.05**-5), rel=1e-12)
    assert _value(GIVER, float(found["irr"]["value"] or 0)) == pytest.approx(0, abs=1e-6)
    # After four years 400 000 - 4 x 97 000 = 12 000 are not yet back; the fifth brings 347 000.
    assert found["simple_payback"]["value"] == pytest.approx(4 + 12_000 / 347_000, rel=1e-12)
    owed = -_value(GIVER[:5], 0.05)
    assert found["discounted_payback"]["value"] == pytest.approx(4 + owed / (347_000 / 1.05**5), rel=1e-12)
    paid = 1 / 0.05 * (1 - 1.05**-5)  # present value of 1 a year
    brings = (100_000 + 10_000) * paid + 100_000 + 250_000 / 1.05**5
    assert found["benefit_cost_ratio"]["value"] == pytest.approx(brings / (500_000 + 13_000 * paid), rel=1e-12)
    assert {key: row["unit"] for key, row in found.items()} == {
        "value": "SEK/year",
        "discount_rate": "1/year",
        "npv": "SEK",
        "irr": "1/year",
        "annuity": "SEK/year",
        "simple_payback": "year",
        "discounted_payback": "year",
        "benefit_cost_ratio": "1",
    }


def test_income_tax_is_in_the_values_but_not_in_the_cost_of_a_unit(case_from: CaseFrom) -> None:
    taxed = _computed(case_from, HEAT.replace("economics: {", "economics: {tax_rate: 20 %, "))
    # What is left of the pipe is its book value: no gain. The grant is spread over the five years.
    yearly = 0.20 * (GIVER_YEARLY - 500_000 / 10 + 100_000 / 5)
    paid = 1 / 0.05 * (1 - 1.05**-5)
    assert _summary(taxed)["giver", "npv"]["value"] == pytest.approx(_value(GIVER, 0.05) - yearly * paid, rel=1e-12)
    both = (taxed, _computed(case_from))
    assert _summary(both[0])["network_and_society", "npv"]["value"] == pytest.approx(
        _summary(both[1])["network_and_society", "npv"]["value"], rel=1e-12
    )
    assert _exchanges(both[0], "levelised_cost") == _exchanges(both[1], "levelised_cost")


def test_ratio_of_the_network_knows_no_transfers(case_from: CaseFrom) -> None:
    paid = 1 / 0.05 * (1 - 1.05**-5)
    brings = (360_000 + 10_000) * paid + 100_000 + (250_000 + 9_000 + 27_000) / 1.05**5 + 9_000 / 1.05**3
    costs = 500_000 + 90_000 + 90_000 / 1.05**3 + (10_000 + 18_000 + 2_000 + 1_000) * paid
    found = _summary(_computed(case_from))["network", "benefit_cost_ratio"]["value"]
    assert found == pytest.approx(brings / costs, rel=1e-12)


def test_levelised_cost_is_what_all_pay_per_usable_unit(case_from: CaseFrom) -> None:
    (row,) = _exchanges(_computed(case_from), "levelised_cost")
    paid = 1 / 0.05 * (1 - 1.05**-5)
    equipment = 500_000 - 250_000 / 1.05**5 + 90_000 + (90_000 - 9_000) / 1.05**3 - 36_000 / 1.05**5
    yearly = 10_000 + 18_000 + 2_000 - 3_000  # maintenance, pumping, residue; the service brings the other actor 3 000 ...
    yearly += 3_000  # ... which the giver pays, so that it costs the network nothing
    expected = (equipment - 100_000 + yearly * paid) / (900 * paid)
    assert (row["actor"], row["unit"]) == ("network", "SEK/MWh")
    assert row["value"] == pytest.approx(expected, rel=1e-12)


def _exchanges(computed: Computed, indicator: str) -> list[Row]:
    rows = result_tables(computed, "economics_exchanges")["economics_exchanges"]
    return [row for row in rows if row["indicator"] == indicator]


def test_exchanges_and_what_is_paid_for_none_of_them_sum_to_the_whole(case_from: CaseFrom) -> None:
    computed = _computed(case_from)
    found = {(row["exchange"], row["actor"]): row["value"] for row in _exchanges(computed, "npv")}
    paid = 1 / 0.05 * (1 - 1.05**-5)
    network = _value([sum(year) for year in zip(GIVER, TAKER, OTHER, strict=True)], 0.05)
    assert found == {
        ("heat", "giver"): pytest.approx(_value(GIVER, 0.05), rel=1e-12),
        ("heat", "taker"): pytest.approx(_value(TAKER, 0.08), rel=1e-12),
        ("heat", "other"): pytest.approx(3_000 * paid, rel=1e-12),
        ("heat", "society"): pytest.approx(_value(SOCIETY, 0.05), rel=1e-12),
        ("heat", "network"): pytest.approx(network + 1_000 * paid, rel=1e-12),
        (None, "other"): pytest.approx(-1_000 * paid, rel=1e-12),
        (None, "network"): pytest.approx(-1_000 * paid, rel=1e-12),
    }
    yearly = {(row["exchange"], row["actor"]): row["value"] for row in _exchanges(computed, "value_per_year")}
    assert yearly == {
        ("heat", "giver"): pytest.approx(GIVER_YEARLY, rel=1e-12),
        ("heat", "taker"): pytest.approx(TAKER_YEARLY, rel=1e-12),
        ("heat", "other"): pytest.approx(3_000, rel=1e-12),
        ("heat", "network"): pytest.approx(GIVER_YEARLY + TAKER_YEARLY + 3_000, rel=1e-12),
        (None, "other"): pytest.approx(-1_000, rel=1e-12),
        (None, "network"): pytest.approx(-1_000, rel=1e-12),
    }


def test_abatement_cost_of_a_network_that_pays_for_it(case_from: CaseFrom) -> None:
    dear = HEAT.replace("cost: 500 kSEK", "cost: 5 MSEK")
    computed = _computed(case_from, dear)
    found = _summary(computed)["network", "abatement_cost"]
    annuity = float(_summary(computed)["network", "annuity"]["value"] or 0)
    yearly_t = (
        0.9 * 0.8 * 0.5 * 1000 * unit_score("heat.boiler.natural_gas")  # per MWh
        + (1 - 0.1) * 1000 * unit_score("treatment.heat_rejection")  # of what is not rejected any more
        - 15 * 1000 * unit_score("electricity.mix.SE")  # per kWh
        - 1000 * unit_score("electricity.mix.SE") / 10  # the pipe's MWh over its life
    ) / 1000
    assert annuity < 0 < yearly_t
    assert found["unit"] == "SEK/(t CO2e)"
    assert found["value"] == pytest.approx(-annuity / yearly_t, rel=1e-9)
    assert _summary(_computed(case_from))["network", "abatement_cost"]["reason"] == (
        "cheaper and cleaner: nothing is paid for what is avoided"
    )


def test_nominal_money_at_nominal_rates_tells_the_same(case_from: CaseFrom) -> None:
    real = _computed(case_from)
    nominal = HEAT.replace("economics: {", "economics: {nominal: true, inflation: 2 %, ")
    nominal = nominal.replace("discount_rate: 5 %", f"discount_rate: {100 * (1.05 * 1.02 - 1):.12g} %")
    header = HEADER.replace("years: 10", "years: 5")
    header = header.replace("{name: Taker}", f"{{name: Taker, discount_rate: {100 * (1.08 * 1.02 - 1):.12g} %}}")
    found, expected = _summary(scored(case_from(header + nominal)[0])), _summary(real)
    for key, row in expected.items():
        value = found[key]["value"]
        match key[1]:
            case "npv" | "npv_difference":  # in the money of year 0, a year before the price year
                assert value == pytest.approx(float(row["value"] or 0) / 1.02, rel=1e-9), key
            case "irr" if row["value"] is not None:
                assert value == pytest.approx((1 + float(row["value"])) * 1.02 - 1, rel=1e-9), key
            case "annuity" | "discounted_payback" | "benefit_cost_ratio" | "value":
                assert value == (pytest.approx(row["value"], rel=1e-9) if row["value"] is not None else None), key
    (cost,), (as_before) = (
        _exchanges(scored(case_from(header + nominal)[0]), "levelised_cost"),
        _exchanges(real, "levelised_cost"),
    )
    assert cost["value"] == pytest.approx(as_before[0]["value"], rel=1e-9)
