"""Figures over the years, by hand: paths, starts, lives, persistence, and the bases they are summed on."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.cascade import evidence_of_quantities
from ius_lca.computed import Computed
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored, unit_score

HEAT = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: {quantity}
    supply:
      substitution: 1 MWh/MWh
      all: {supply}
{more}"""
GAS = "[{factor: heat.boiler.natural_gas}]"


def _computed(
    case_from: CaseFrom, quantity: str = "100 MWh/year", supply: str = GAS, more: str = "", header: str = HEADER
) -> Computed:
    return scored(case_from(header + dedent(HEAT).format(quantity=quantity, supply=supply, more=more))[0])


def _benefits(computed: Computed, basis: str) -> dict[int | None, float]:
    rows: list[Row] = [
        row
        for row in result_tables(computed)["benefits"]
        if (row["reference"], row["indicator"], row["basis"]) == ("likely", "climate_change", basis)
    ]
    return {row["year"]: float(row["benefit"] or 0) for row in rows}  # type: ignore[misc]


def test_years_that_are_alike_are_told_once(case_from: CaseFrom) -> None:
    gas = unit_score("heat.boiler.natural_gas")
    computed = _computed(case_from)
    assert _benefits(computed, "in_year") == {2023: pytest.approx(100 * gas)}
    assert _benefits(computed, "project") == {None: pytest.approx(10 * 100 * gas)}
    assert _benefits(computed, "first_10_years") == _benefits(computed, "project")
    assert _benefits(computed, "lifetime") == {}


def test_a_path_runs_straight_between_two_years(case_from: CaseFrom) -> None:
    gas = unit_score("heat.boiler.natural_gas")
    computed = _computed(case_from, "{by_year: {2023: 100 MWh/year, 2025: 60 MWh/year, 2032: 60 MWh/year}}")
    quantities = [100, 80, *[60] * 8]
    assert list(_benefits(computed, "in_year").values()) == pytest.approx([quantity * gas for quantity in quantities])
    assert _benefits(computed, "project")[None] == pytest.approx(sum(quantities) * gas)


def test_a_reference_that_changes_by_the_year(case_from: CaseFrom) -> None:
    gas, chips = unit_score("heat.boiler.natural_gas"), unit_score("heat.boiler.wood_chips")
    supply = (
        "[{factor: heat.boiler.natural_gas, share: {by_year: {2023: 90 %, 2032: 0 %}}},"
        " {factor: heat.boiler.wood_chips, share: {by_year: {2023: 10 %, 2032: 100 %}}}]"
    )
    benefits = _benefits(_computed(case_from, supply=supply), "in_year")
    for index, year in enumerate(range(2023, 2033)):
        share = 0.9 - 0.1 * index  # nine steps from 90 % to 0 %
        assert benefits[year] == pytest.approx(100 * (share * gas + (1 - share) * chips), rel=1e-9)


def test_a_process_whose_electricity_changes_by_the_year(case_from: CaseFrom) -> None:
    """A mix of electricity with a path is a process of the case: 1 kWh of it from Poland in 2023, from Sweden in 2032."""
    body = HEAT.format(quantity="100 MWh/year", supply="[{process: pump}]", more="") + dedent("""\
        processes:
          pump: {product: heat, unit: MWh, inputs: [{process: grid, amount: 300 kWh/MWh}]}
          grid:
            product: electricity
            unit: kWh
            inputs:
              - {factor: electricity.mix.PL, amount: {by_year: {2023: 1 kWh/kWh, 2032: 0 kWh/kWh}}}
              - {factor: electricity.mix.SE, amount: {by_year: {2023: 0 kWh/kWh, 2032: 1 kWh/kWh}}}
        """)
    case = case_from(HEADER + body)[0]
    poland, sweden = unit_score("electricity.mix.PL"), unit_score("electricity.mix.SE")
    benefits = _benefits(scored(case), "in_year")
    for index, year in enumerate(range(2023, 2033)):
        own = poland + (sweden - poland) * index / 9
        assert benefits[year] == pytest.approx(100 * 300 * own, rel=1e-9)
    # Both ends of the path agree with Brightway.
    assert float(assess(case).verification["max_relative_difference"] or 0) <= 1e-12


def test_linear_persistence_falls_in_equal_steps(case_from: CaseFrom) -> None:
    gas = unit_score("heat.boiler.natural_gas")
    computed = _computed(case_from, more="    life: 4 years\n    persistence: linear")
    years = [100, 75, 50, 25, *[0] * 6]
    assert list(_benefits(computed, "in_year").values()) == pytest.approx([quantity * gas for quantity in years])
    assert _benefits(computed, "lifetime")[None] == pytest.approx(250 * gas)


def test_geometric_persistence_loses_the_same_share_every_year(case_from: CaseFrom) -> None:
    gas = unit_score("heat.boiler.natural_gas")
    computed = _computed(case_from, more="    persistence: {kind: geometric, rate: 10 %}")
    total = (1 - 0.9**10) / (1 - 0.9)  # 1 + 0.9 + 0.81 + ...
    assert _benefits(computed, "project")[None] == pytest.approx(100 * total * gas)


def test_the_lifetime_reaches_beyond_the_period(case_from: CaseFrom) -> None:
    gas = unit_score("heat.boiler.natural_gas")
    header = HEADER.replace("years: 10", "years: 3")
    computed = _computed(case_from, more="    start: 2024\n    life: 20 years", header=header)
    assert computed.year == 2024  # nothing runs in 2023
    assert _benefits(computed, "in_year")[2023] == 0
    assert _benefits(computed, "project")[None] == pytest.approx(2 * 100 * gas)  # 2024 and 2025
    assert _benefits(computed, "first_10_years")[None] == pytest.approx(10 * 100 * gas)  # 2024 to 2033
    assert _benefits(computed, "lifetime")[None] == pytest.approx(20 * 100 * gas)


def test_equipment_counts_in_the_years_in_which_the_exchange_runs(case_from: CaseFrom) -> None:
    more = "    start: 2025\n    equipment: [{factor: electricity.mix.SE, amount: 60 MWh, life: 30 years, by: taker}]"
    computed = _computed(case_from, "0 MWh/year", more=more)
    a_year = 60_000 / 30 * unit_score("electricity.mix.SE")
    benefits = _benefits(computed, "in_year")
    assert [benefits[year] for year in range(2023, 2027)] == pytest.approx([0, 0, -a_year, -a_year])


def test_money_follows_the_years(case_from: CaseFrom) -> None:
    money = "    money: {price: {by_year: {2023: 200 SEK/MWh, 2032: 290 SEK/MWh}}}"
    rows = result_tables(_computed(case_from, more=money))["economics"]
    sales = {row["year"]: row["value"] for row in rows if row["item"] == "sale"}
    assert sales == {year: pytest.approx(100 * (200 + 10 * index)) for index, year in enumerate(range(2023, 2033))}


def test_no_first_ten_years_where_the_case_looks_at_fewer(case_from: CaseFrom) -> None:
    header = HEADER.replace("years: 10", "years: 9")
    assert _benefits(_computed(case_from, header=header), "first_10_years") == {}


@pytest.mark.parametrize(("start", "evidence"), [(2023, "measured"), (2020, "assumed")])
def test_a_quantity_rests_on_its_persistence_after_its_first_year(case_from: CaseFrom, start: int, evidence: str) -> None:
    more = """\
    start: START
    persistence: {kind: geometric, rate: {value: 3 %, evidence: assumed}}
""".replace("START", str(start))
    computed = _computed(case_from, quantity="{value: 100 MWh/year, evidence: measured}", more=more)
    assert evidence_of_quantities(computed.case, computed.library)["heat"].value == evidence


EARLY = """\
exchanges:
  first: {from: giver, to: taker, resource: a, quantity: 100 t/year, start: 2026, disposal: {all: [{process: burning}]}}
  second: {from: giver, to: taker, resource: b, quantity: 100 t/year, start: 2026, disposal: {all: [{process: burning}]}}
  early:
    {from: giver, to: taker, resource: c, quantity: 100 t/year, life: 2 years, needs: [{by: taker, factor: bare, amount: 1 t/t}]}
processes:
  burning:
    product: burning
    unit: t
    covers: [climate_change, raw_materials]
    emissions: [{flow: co2_fossil, amount: 10 kg/t}]
factors:
  bare: {product: treatment, unit: t, co2e: 5 kg CO2e/t, gwp: AR6, source: a study}
"""


def test_what_runs_in_other_years_alone_counts_for_their_coverage(case_from: CaseFrom) -> None:
    """A figure of climate alone, taken in 2023 and 2024; the headline year is 2026, with two exchanges that are covered."""
    computed = scored(case_from(HEADER + EARLY)[0])
    tables = result_tables(computed)
    rows = [row for row in tables["benefits"] if row["indicator"] == "raw_materials" and row["reference"] == "likely"]
    assert computed.year == 2026
    assert {row["year"]: row["coverage"] for row in rows if row["basis"] == "in_year"} == {
        2023: "none", 2024: "none", **dict.fromkeys(range(2025, 2033), "full")
    }  # fmt: skip
    # Under one per cent of the climate terms could be cut off: 2 * 100 * 5 of 7 * 2 * 100 * 10 + 2 * 100 * 5 are 7 %.
    sums = {row["basis"]: row["coverage"] for row in rows if row["basis"] != "in_year"}
    assert sums == dict.fromkeys(("project", "first_10_years", "lifetime"), "at_most")
    early = [row for row in tables["exchanges"] if (row["exchange"], row["indicator"]) == ("early", "raw_materials")]
    assert {row["value"] for row in early if row["basis"] == "lifetime"} == {None}


def test_a_factor_that_a_path_brings_in_later_is_cited(case_from: CaseFrom) -> None:
    mix = """[
      {factor: heat.boiler.natural_gas, share: {by_year: {2023: 100 %, 2032: 0 %}}},
      {factor: heat.boiler.wood_chips, share: {by_year: {2023: 0 %, 2032: 100 %}}}]"""
    computed = _computed(case_from, supply=mix)
    assert computed.year == 2023
    assert {"heat.boiler.natural_gas", "heat.boiler.wood_chips"} <= {record.id for record in computed.records}
