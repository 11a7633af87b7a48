"""What funders ask for, by hand: who sells, who saves, who invests, what society pays, and for how many tonnes."""

from __future__ import annotations

from math import fsum

import pytest

from ius_lca.computed import Computed
from ius_lca.library.record import Library
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, checked, scored

CASE = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1000 MWh/year
    supply: {substitution: 1 MWh/MWh, displacement: 100 %, all: [{process: boiler}]}
    needs: [{process: pumping, amount: 1 MWh/MWh, by: taker, price: 5 SEK/MWh, tax: 1 SEK/MWh}]
    money:
      price: 100 SEK/MWh
      avoided_purchase: 300 SEK/MWh
      avoided_purchase_tax: 40 SEK/MWh
      investments: [{what: pipe, cost: 1.5 MSEK, life: 8 years, by: giver}]
      payments:
        - {what: climate grant, from: society, to: giver, amount: 700 kSEK}
        - {what: support, from: society, to: taker, amount: 20 SEK/MWh}
  sludge:
    from: taker
    to: giver
    resource: sludge
    quantity: 500 t/year
    disposal: {all: [{process: dump}]}
    money: {price: -200 SEK/t, avoided_disposal: 600 SEK/t}
processes:
  boiler:
    {product: heat, unit: MWh, emissions: [{flow: co2_fossil, amount: 200 kg/MWh}], covers: [climate_change, landfill_direct]}
  pumping:
    {product: work, unit: MWh, emissions: [{flow: co2_fossil, amount: 0 kg/MWh}], covers: [climate_change, landfill_direct]}
  dump:
    product: dumping
    unit: t
    emissions: [{flow: co2_fossil, amount: 0 kg/t}, {flow: landfill_direct, amount: 1000 kg/t}]
    covers: [climate_change, landfill_direct]
economics:
  facilitation:
    - {what: finding the partners, from: society, to: market, amount: 100 kSEK}
    - {what: broker, from: society, to: other, amount: 10 kSEK/year}
    - {what: meetings, from: giver, to: market, amount: 3 kSEK/year}
  jobs: {created: 2, safeguarded: 7.5}
"""
YEARS = 10
PUBLIC = 700_000 + 100_000 + YEARS * (1000 * 20 + 10_000)


def _figures(computed: Computed) -> dict[str, Row]:
    return {str(row["measure"]): row for row in result_tables(computed, "funder_figures")["funder_figures"]}


def _changed(case_from: CaseFrom, *changes: tuple[str, str]) -> dict[str, Row]:
    text = HEADER + CASE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return _figures(scored(case_from(text)[0]))


def test_the_case_passes_its_check(case_from: CaseFrom, library: Library) -> None:
    assert checked(case_from, library, CASE).economics.facilitation[0].to == "market"


def test_sales_and_savings_add_up_to_the_yearly_value(case_from: CaseFrom) -> None:
    computed = scored(case_from(HEADER + CASE)[0])
    found = _figures(computed)
    sales = 1000 * 100 + 500 * 200  # the giver is paid for the heat, and for taking the sludge
    saved = 1000 * (300 + 40 - 5 - 1) + 500 * 600
    from_society, to_market = 1000 * 20 + 10_000, 3000
    assert found["additional_sales"]["value"] == pytest.approx(sales, rel=1e-12)
    assert found["cost_savings"]["value"] == pytest.approx(saved + from_society - to_market - sales, rel=1e-12)
    yearly = fsum(item.value for item in computed.cash)
    assert fsum(found[name]["value"] for name in ("additional_sales", "cost_savings")) == pytest.approx(yearly, rel=1e-12)
    assert {found[name]["unit"] for name in ("additional_sales", "cost_savings")} == {"SEK/year"}


def test_investment_public_money_and_tonnes_of_the_period(case_from: CaseFrom) -> None:
    found = {name: row["value"] for name, row in _changed(case_from).items()}
    pipes = 2  # the second in 2030, when the first is eight years old
    private = pipes * 1_500_000 - 700_000
    co2_t, landfill_t = YEARS * 1000 * 0.2, YEARS * 500
    assert found["private_investment"] == pytest.approx(private, rel=1e-12)
    assert found["public_money"] == pytest.approx(PUBLIC, rel=1e-12)
    assert found["private_per_public"] == pytest.approx(private / PUBLIC, rel=1e-12)
    assert found["public_money_per_t_co2e"] == pytest.approx(PUBLIC / co2_t, rel=1e-12)
    assert found["public_money_per_t_landfill"] == pytest.approx(PUBLIC / landfill_t, rel=1e-12)
    assert (found["jobs_created"], found["jobs_safeguarded"]) == (2, 7.5)


def test_units_and_bases(case_from: CaseFrom) -> None:
    found = {name: (row["reference"], row["unit"], row["basis"]) for name, row in _changed(case_from).items()}
    assert found == {
        "additional_sales": ("likely", "SEK/year", "in_year"),
        "cost_savings": ("likely", "SEK/year", "in_year"),
        "private_investment": ("likely", "SEK", "project"),
        "public_money": ("likely", "SEK", "project"),
        "private_per_public": ("likely", "1", "project"),
        "public_money_per_t_co2e": ("likely", "SEK/(t CO2e)", "project"),
        "public_money_per_t_landfill": ("likely", "SEK/t", "project"),
        "jobs_created": (None, "jobs", None),
        "jobs_safeguarded": (None, "jobs", None),
    }


def test_a_tax_that_society_goes_without_is_no_payment(case_from: CaseFrom) -> None:
    found = _changed(case_from, ("avoided_purchase_tax: 40 SEK/MWh", "avoided_purchase_tax: 99 SEK/MWh"))
    assert found["public_money"]["value"] == pytest.approx(PUBLIC, rel=1e-12)


def test_nominal_money_is_told_at_constant_prices(case_from: CaseFrom) -> None:
    nominal = ("economics:\n", "economics:\n  nominal: true\n  inflation: 3 %\n")
    found, constant = _changed(case_from, nominal), _changed(case_from)
    for measure in ("private_investment", "public_money", "private_per_public", "public_money_per_t_co2e"):
        assert found[measure]["value"] == pytest.approx(constant[measure]["value"], rel=1e-12)


@pytest.mark.parametrize(
    ("change", "measure", "reason"),
    [
        (("price: 100 SEK/MWh", "price: null"), "additional_sales", "not stated: price (heat)"),
        (("price: 100 SEK/MWh", "price: null"), "cost_savings", "not stated: price (heat)"),
        (("avoided_purchase: 300", "avoided_purchase: null #"), "cost_savings", "not stated: avoided purchase (heat)"),
        (("amount: 700 kSEK", "amount: 9 MSEK"), "private_investment", "the grants exceed what is invested"),
        (("amount: 700 kSEK", "amount: 9 MSEK"), "private_per_public", "the grants exceed what is invested"),
        (("amount: 200 kg/MWh", "amount: 0 kg/MWh"), "public_money_per_t_co2e", "nothing is avoided"),
        (
            ("amount: 0 kg/MWh}], covers: [climate_change, landfill_direct]", "amount: 9 kg/MWh}], covers: [climate_change]"),
            "public_money_per_t_landfill",
            "coverage of the benefit: at most, so no headline",
        ),
        (
            ("    needs:", "    equipment: [{process: pumping, amount: 1 MWh, life: 5 years, by: taker}]\n    needs:"),
            "private_investment",
            "not stated: cost of pumping (heat)",
        ),
    ],
)
def test_what_is_not_known_has_a_reason(case_from: CaseFrom, change: tuple[str, str], measure: str, reason: str) -> None:
    row = _changed(case_from, change)[measure]
    assert (row["value"], row["reason"]) == (None, reason)


def test_money_per_tonne_is_at_most_the_figure_where_at_least_so_much_is_avoided(case_from: CaseFrom) -> None:
    covered = "amount: 200 kg/MWh}], covers: [climate_change, landfill_direct]"
    found = _changed(case_from, (covered, covered.replace("climate_change, ", "")))["public_money_per_t_co2e"]
    assert found["value"] == pytest.approx(PUBLIC / (YEARS * 1000 * 0.2), rel=1e-12)
    assert found["reason"] == "at most this, as at least so much is avoided"


def test_without_public_money_nothing_is_divided(case_from: CaseFrom) -> None:
    lines = [line for line in (HEADER + CASE).splitlines() if "from: society" not in line and "payments:" not in line]
    found = _figures(scored(case_from("\n".join(lines))[0]))
    assert found["public_money"]["value"] == 0
    for measure in ("private_per_public", "public_money_per_t_co2e", "public_money_per_t_landfill"):
        assert (found[measure]["value"], found[measure]["reason"]) == (None, "society pays nothing")
