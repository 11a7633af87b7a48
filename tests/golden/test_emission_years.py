"""Climate change by year of emission: first-order decay of IPCC 2006, volume 5, chapter 3, by hand."""

from __future__ import annotations

from math import exp
from textwrap import dedent
from typing import Any

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.computed import Computed
from ius_lca.errors import Level
from ius_lca.impact.methods import chosen
from ius_lca.impact.timing import EmissionYear, delayed_per_unit, emission_years
from ius_lca.inventory.graph import Inventory
from ius_lca.library.amounts import amounts_of
from ius_lca.library.models import BY_YEAR
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Input, Library
from tests.scoring import HEADER, CaseFrom, scored, unit_score

#: EF v3.1 and IPCC 2021, climate change over 100 and 20 years [kg CO2e/kg].
GWP_METHANE_BIOGENIC, GWP20_METHANE_BIOGENIC = 27.0, 79.7
START = 2023


def methane_kg(year: int, doc: float, docf: float, k: float) -> float:
    """Methane from 1 kg of waste in a year after its deposit, with MCF 1, F 0.5, oxidation 0.1 and no recovery."""
    return doc * docf * (exp(-k * (year - 1)) - exp(-k * year)) * 0.5 * 16 / 12 * (1 - 0.1)


def food(year: int) -> float:
    """Climate change of 1 kg of food waste, as the record has it."""
    return methane_kg(year, 0.15, 0.7, 0.185) * GWP_METHANE_BIOGENIC


def wood(year: int) -> float:
    return methane_kg(year, 0.43, 0.1, 0.03) * GWP_METHANE_BIOGENIC


def _computed(case_from: CaseFrom, body: str) -> Computed:
    case, document = case_from(HEADER + body)
    assert [str(one) for one in check_case(case, embedded_library(), document) if one.level is Level.ERROR] == []
    return scored(case)


def _years(c: Computed) -> dict[int, EmissionYear]:
    found = list(emission_years(c.inventory, c.library, c.scored, c.indicators))
    assert [one.year for one in found] == list(range(START, START + len(found)))
    return {one.year - START: one for one in found}


def _food_to(disposal: str, more: str = "") -> str:
    """A tonne of food waste that is kept from these treatments."""
    exchange = f"""\
        exchanges:
          food:
            from: giver
            to: taker
            resource: food waste
            quantity: 1 t/year
            disposal: {{all: [{disposal}]}}
        """
    return dedent(exchange) + more


def test_avoided_methane_of_a_landfill_stands_in_the_years_in_which_it_leaves(case_from: CaseFrom) -> None:
    years = _years(_computed(case_from, _food_to("{factor: waste.landfill.food, with: {docf: 0.5}}")))
    assert list(years) == list(range(101))  # the year itself and 100 more
    assert years[0].baseline == years[0].benefit == 0.0  # decay starts on 1 January after the deposit
    assert years[1].benefit / GWP_METHANE_BIOGENIC == pytest.approx(7.6003, abs=5e-5)  # kg CH4, printed to four decimals
    assert years[0].later / GWP_METHANE_BIOGENIC == pytest.approx(45.0, abs=5e-3)  # kg CH4 over 100 years
    for year in (1, 2, 20, 100):
        expected = 1000 * methane_kg(year, 0.15, 0.5, 0.185) * GWP_METHANE_BIOGENIC
        assert years[year].baseline == years[year].benefit == pytest.approx(expected, rel=1e-12)
        assert years[year].symbiosis == 0.0
    # What comes later than 20 years: e^(-0.185 x 20) of what decays in the end.
    rest = 1000 * 0.15 * 0.5 * (exp(-0.185 * 20) - exp(-0.185 * 100)) * 0.5 * 16 / 12 * 0.9 * GWP_METHANE_BIOGENIC
    assert years[20].later == pytest.approx(rest, rel=1e-12)
    assert years[100].later == 0.0


def test_with_the_docf_of_the_record_it_is_63_kg_per_tonne(case_from: CaseFrom) -> None:
    years = _years(_computed(case_from, _food_to("{factor: waste.landfill.food}")))
    assert sum(one.benefit for one in years.values()) / GWP_METHANE_BIOGENIC == pytest.approx(63.0, abs=5e-3)


def test_what_the_symbiosis_puts_in_a_landfill_is_a_burden_of_later_years(case_from: CaseFrom) -> None:
    more = "    usable: 75 %\n    residue: {factor: waste.landfill.wood}\n"
    years = _years(_computed(case_from, _food_to("{factor: waste.landfill.food}", more)))
    for year in (1, 30, 100):
        assert years[year].baseline == pytest.approx(1000 * food(year), rel=1e-12)
        assert years[year].symbiosis == pytest.approx(250 * wood(year), rel=1e-12)
        assert years[year].benefit == pytest.approx(1000 * food(year) - 250 * wood(year), rel=1e-12)
    assert years[1].benefit > 0 > years[30].benefit  # wood decays slowly


def test_delay_passes_through_processes_that_need_each_other(case_from: CaseFrom) -> None:
    more = dedent("""\
        processes:
          sorting:
            product: sorting
            unit: kg
            inputs:
              - {factor: waste.landfill.food, amount: 0.4 kg/kg}
              - {factor: electricity.mix.SE, amount: 0.05 kWh/kg}
              - {process: pressing, amount: 0.5 kg/kg}
          pressing:
            product: pressing
            unit: kg
            inputs: [{process: sorting, amount: 0.2 kg/kg}]
        """)
    years = _years(_computed(case_from, _food_to("{process: sorting}", more)))
    runs_kg = 1000 / (1 - 0.5 * 0.2)  # of sorting, for 1 t
    assert years[0].baseline == pytest.approx(runs_kg * 0.05 * unit_score("electricity.mix.SE"), rel=1e-12)
    for year in (1, 50):
        assert years[year].baseline == pytest.approx(runs_kg * 0.4 * food(year), rel=1e-12)


def test_delay_passes_through_a_changed_factor(case_from: CaseFrom, library: Library) -> None:
    instead = "instead: {waste.landfill.inert: waste.landfill.wood}"
    years = _years(
        _computed(
            case_from,
            _food_to(f"{{factor: waste.incineration.food, {instead}, makes_up: {{heat: unused, electricity: unused}}}}"),
        )
    )
    inputs, _ = amounts_of(library.records["waste.incineration.food"], library)
    ash = dict(inputs)["waste.landfill.inert"]  # kg per kg
    for year in (1, 50):
        assert years[year].baseline == pytest.approx(1000 * ash * wood(year), rel=1e-12)
    at_once = unit_score("waste.incineration.food") - ash * unit_score("waste.landfill.inert")
    assert years[0].baseline == pytest.approx(1000 * at_once, rel=1e-12)


def _delayed(library: Library) -> dict[str, Any]:
    """Delayed climate change by target, without a case [years]."""
    climate = tuple(one for one in chosen() if one.id == "climate_change")
    return {key: one[0] for key, one in delayed_per_unit(Inventory((START,), (), (), (), (), ()), library, climate).items()}


def test_an_emission_is_counted_in_its_own_unit(library: Library) -> None:
    record = library.records["waste.landfill.food"]
    grams = tuple(line.model_copy(update={"unit": "g"}) if line.flow == "methane_biogenic" else line for line in record.biosphere)
    changed = {**library.records, record.id: record.model_copy(update={"biosphere": grams})}
    delayed = _delayed(library.model_copy(update={"records": changed}))
    assert delayed[record.id][0] == pytest.approx(food(1) / 1000, rel=1e-12)


def test_delay_passes_through_a_record_of_the_background(library: Library) -> None:
    name, taken = "waste.composting.food", Input(input="waste.landfill.food", amount="30", unit="g", source="ipcc_2006")
    record = library.records[name]
    changed = record.model_copy(update={"technosphere": (*record.technosphere, taken)})
    other = library.model_copy(update={"records": {**library.records, name: changed}})
    delayed = _delayed(other)
    assert delayed[name][0] == pytest.approx(0.030 * food(1), rel=1e-12)  # kg per kg
    assert delayed[name].sum() == pytest.approx(0.030 * unit_score("waste.landfill.food"), rel=1e-12)
    assert "waste.composting.garden" not in delayed


def test_a_longer_period_of_one_landfill_leaves_the_others_as_they_are(case_from: CaseFrom) -> None:
    disposal = "{factor: waste.landfill.wood, with: {years: 150 years}, share: 50 %}, {factor: waste.landfill.food, share: 50 %}"
    years = _years(_computed(case_from, _food_to(disposal)))
    assert list(years) == list(range(151))
    assert years[100].benefit == pytest.approx(500 * (wood(100) + food(100)), rel=1e-12)
    assert years[101].benefit == pytest.approx(500 * wood(101), rel=1e-12)


@pytest.mark.parametrize(
    "disposal", ["{factor: waste.landfill.inert}", "{factor: waste.landfill.food, with: {gas_recovery: 100 %}}"]
)
def test_nothing_is_told_where_everything_happens_in_the_year_itself(case_from: CaseFrom, disposal: str) -> None:
    assert _years(_computed(case_from, _food_to(disposal))) == {}


def test_the_headline_year_is_told_and_no_other(case_from: CaseFrom) -> None:
    body = _food_to("{factor: waste.landfill.food}", "    start: 2026\n    life: 5 years\n")
    path = "quantity: {by_year: {2023: 4 t/year, 2027: 0 t/year, 2032: 0 t/year}}"
    computed = _computed(case_from, body.replace("quantity: 1 t/year", path))
    rows = list(emission_years(computed.inventory, computed.library, computed.scored, computed.indicators))
    assert [row.year for row in rows] == list(range(2026, 2127))
    assert rows[1].benefit == pytest.approx(1000 * food(1), rel=1e-12)  # 4 t in 2023, a tonne less every year


def test_nothing_is_delayed_in_a_library_without_landfills(case_from: CaseFrom, library: Library) -> None:
    records = {key: record for key, record in library.records.items() if record.model not in BY_YEAR}
    other = library.model_copy(update={"records": records})
    computed = _computed(case_from, _food_to("{factor: waste.landfill.inert}"))
    assert _delayed(other) == {}
    assert list(emission_years(computed.inventory, other, computed.scored, computed.indicators)) == []


def test_twenty_year_potentials_are_told_on_request(case_from: CaseFrom) -> None:
    case, _ = case_from(HEADER + _food_to("{factor: waste.landfill.food}"))
    rows = {
        (row["indicator"], row["year"]): row["benefit"]
        for row in assess(case, methods=("climate_change_gwp20",)).tables["emission_years"]
    }
    assert len(rows) == 2 * 101
    methane = 1000 * methane_kg(3, 0.15, 0.7, 0.185)
    assert rows[("climate_change", START + 3)] == pytest.approx(methane * GWP_METHANE_BIOGENIC, rel=1e-12)
    assert rows[("climate_change_gwp20", START + 3)] == pytest.approx(methane * GWP20_METHANE_BIOGENIC, rel=1e-12)


def test_years_of_every_record_sum_to_the_flow_that_it_states(library: Library) -> None:
    records = [record for record in library.records.values() if record.model in BY_YEAR]
    assert len(records) > 10
    for record in records:
        _, flows = amounts_of(record, library)
        for name, yearly in BY_YEAR[str(record.model)].items():
            (stated,) = [
                amount for line, (_, amount) in zip(record.biosphere, flows, strict=True) if line.amount == name
            ]  # one flow of each, so that nothing delayed is missed
            assert sum(yearly(record.values())) == pytest.approx(stated, rel=1e-12), record.id
