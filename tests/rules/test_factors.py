"""Every record of the embedded library against its sources, the published flow list and methods, and its cross-checks."""

from __future__ import annotations

import importlib.util
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca import units
from ius_lca.formula import evaluate
from ius_lca.impact.background import compile_background
from ius_lca.impact.methods import indicators
from ius_lca.impact.uncertainty import score_under
from ius_lca.impact.unit_scores import UnitScores, unit_scores
from ius_lca.library.models.landfill import first_order_decay, methane_by_year
from ius_lca.library.read import embedded_library, problems
from ius_lca.library.record import SCREENING_FLOW, Library, Record
from ius_lca.paths import shipped
from tests.tool import tool

#: Global warming potentials over 100 years [kg CO2e/kg].  IPCC AR6, WG I, table 7.15; biogenic CO2 counts zero in EF 3.1.
GWP = {
    "co2_fossil": 1.0,
    "co2_land": 1.0,
    "methane_fossil": 29.8,
    "methane_biogenic": 27.0,
    "nitrous_oxide": 273.0,
    "tetrafluoromethane": 7380.0,
    "hexafluoroethane": 12400.0,
}
#: Carbon dioxide per carbon by molar mass, as the guidelines use it [kg/kg].
CO2_PER_CARBON = 44 / 12
#: Carbon content of fuels [kg C/GJ NCV].  IPCC 2006, vol. 2, table 1.3, default values.
CARBON_CONTENT = {
    "fuel.natural_gas.combustion": 15.3,
    "fuel.natural_gas.combustion.power_plant": 15.3,
    "fuel.light_fuel_oil.combustion": 20.2,
    "fuel.light_fuel_oil.combustion.power_plant": 20.2,
    "fuel.heavy_fuel_oil.combustion": 21.1,
    "fuel.lpg.combustion": 17.2,
    "fuel.petrol.combustion": 18.9,
    "fuel.diesel.combustion": 20.2,
    "fuel.hard_coal.combustion": 25.8,
    "fuel.hard_coal.combustion.power_plant": 25.8,
    "fuel.lignite.combustion": 27.6,
    "fuel.lignite.combustion.power_plant": 27.6,
    "fuel.coke.combustion": 29.2,
    "fuel.petroleum_coke.combustion": 26.6,
    "fuel.peat.combustion": 28.9,
    "fuel.peat.combustion.power_plant": 28.9,
    # no default: 264 kg C per tonne of Copenhagen's waste at 9.9 GJ/t (Bisinella et al. 2021)
    "fuel.municipal_waste.combustion": 264 / 9.9,
    "fuel.municipal_waste.combustion.power_plant": 264 / 9.9,
    "fuel.wood_chips.combustion": 30.5,
    "fuel.wood_chips.combustion.power_plant": 30.5,
    "fuel.wood_pellets.combustion": 30.5,
    "fuel.waste_wood.combustion": 30.5,
    "fuel.straw.combustion": 27.3,
    "fuel.straw.combustion.power_plant": 27.3,
    "fuel.biogas.combustion": 14.9,
    "fuel.oil_shale.combustion": 29.1,
    "fuel.biogas.combustion.power_plant": 14.9,
    "fuel.biomethane.combustion": 14.9,
    "fuel.bioethanol.combustion": 19.3,
    "fuel.hvo.combustion": 19.3,
}

RECORDS = tuple(embedded_library().records)


@cache
def published_flows() -> dict[str, tuple[str, tuple[str, str], str]]:
    """Name, compartment and unit by UUID, from the list of elementary flows that bw2io ships; bw2io is not imported."""
    spec = importlib.util.find_spec("bw2io")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "lci" / "ecoinvent elementary flows 3.9.xml"
    space = "{http://www.EcoInvent.org/EcoSpold02}"
    return {
        entry.attrib["id"]: (
            entry.findtext(f"{space}name", ""),
            (
                entry.findtext(f"{space}compartment/{space}compartment", ""),
                entry.findtext(f"{space}compartment/{space}subcompartment", ""),
            ),
            entry.findtext(f"{space}unitName", ""),
        )
        for entry in ET.parse(path).getroot().iter(f"{space}elementaryExchange")
    }


@cache
def scores() -> UnitScores:
    """Unit scores of the embedded library in every indicator."""
    return unit_scores(embedded_library(), tuple(indicators().values()))


def score_of(name: str, indicator: str) -> float:
    """Impact of the reference amount of a record."""
    solved = scores()
    per_unit = solved.scores[solved.ids.index(name), solved.indicators.index(indicator)]
    return float(per_unit) * embedded_library().records[name].reference.amount


def masses_of(record: Record) -> dict[str, float]:
    """The record's own elementary flows, in the unit of each flow."""
    masses: dict[str, float] = {}
    for line in record.biosphere:
        amount = float(evaluate(line.amount, record.values()))
        flow_unit = embedded_library().flows[line.flow].unit
        masses[line.flow] = masses.get(line.flow, 0.0) + units.convert(amount, line.unit, flow_unit)
    return masses


def sources_of(record: Record) -> Iterator[str]:
    """The source of every number line of a record."""
    for line in (*record.technosphere, *record.biosphere, *record.coproducts):
        yield line.source
    for one in (*record.parameters.values(), *record.properties.values()):
        yield one.source
    for check in record.cross_checks:
        yield check.ref


@pytest.mark.parametrize("name", RECORDS)
def test_every_number_cites_a_source_with_a_licence(library: Library, name: str) -> None:
    record = library.records[name]
    assert record.sources
    assert all(citation.where for citation in record.sources)
    for ref in {*sources_of(record), *(citation.ref for citation in record.sources)}:
        assert library.sources[ref].licence.strip(), ref
        assert library.sources[ref].title.strip(), ref


@pytest.mark.parametrize("name", RECORDS)
def test_no_record_has_a_problem_whether_or_not_it_comes_from_the_cache(library: Library, name: str) -> None:
    assert list(problems(library.records[name], library)) == []


@pytest.mark.parametrize("name", RECORDS)
def test_every_unit_of_a_record_can_be_read(library: Library, name: str) -> None:
    record = library.records[name]
    for line in (*record.parameters.values(), *record.properties.values(), record.reference):
        assert units.dimension(line.unit), line


@pytest.mark.parametrize("name", RECORDS)
def test_no_coproduct_is_credited(library: Library, name: str) -> None:
    record = library.records[name]
    for line in record.technosphere:
        assert float(evaluate(line.amount, record.values())) >= 0, line.input
    for coproduct in record.coproducts:
        assert float(evaluate(coproduct.amount, record.values())) >= 0, coproduct.product


@pytest.mark.parametrize("name", [name for name in RECORDS if embedded_library().records[name].kind == "mix"])
def test_the_shares_of_a_mix_sum_to_one(library: Library, name: str) -> None:
    record = library.records[name]
    assert {line.unit for line in record.technosphere} == {record.reference.unit}
    total = sum(float(evaluate(line.amount, record.values())) for line in record.technosphere)
    assert total == pytest.approx(record.reference.amount, abs=1.5e-5)  # shares are written with five decimals


@pytest.mark.parametrize("key", [key for key, flow in embedded_library().flows.items() if not flow.own])
def test_every_flow_is_the_published_one(library: Library, key: str) -> None:
    flow = library.flows[key]
    assert published_flows()[flow.code] == (flow.name, flow.compartment, flow.unit)


def test_own_flows_are_marked_explained_and_in_no_published_list(library: Library) -> None:
    codes = [flow.code for flow in library.flows.values()]
    assert len(codes) == len(set(codes))
    for flow in library.flows.values():
        assert flow.own == flow.code.startswith("ius_lca:") == (flow.code not in published_flows())
        assert flow.note or not flow.own


def test_characterisation_factors_are_those_that_bw2io_ships() -> None:
    written = (shipped("factors") / "characterisation" / "factors.csv").read_text(encoding="utf-8")
    assert written == tool("generate_characterisation").text()
    assert written.count("\n") > 1


def test_every_method_of_an_indicator_exists_in_bw2io() -> None:
    methods = tool("generate_characterisation").shipped_methods()
    for indicator in indicators().values():
        assert indicator.method in methods if indicator.method else indicator.factors, indicator.id


#: Largest share by which a record and a second figure may differ, by the first word of the category.
WIDEST = {"energy": 0.3, "transport": 0.3}
FACTOR_OF_TWO = 1.0
CHECKS = [(name, index) for name in RECORDS for index in range(len(embedded_library().records[name].cross_checks))]


@pytest.mark.parametrize(("name", "position"), CHECKS)
def test_a_record_agrees_with_its_cross_check(library: Library, name: str, position: int) -> None:
    record = library.records[name]
    check = record.cross_checks[position]
    assert check.unit == indicators()[check.indicator].unit
    assert check.ref in library.sources
    assert check.tolerance <= WIDEST.get(record.category.partition("/")[0], FACTOR_OF_TWO)
    own = score_under(record, library, scores(), indicators()[check.indicator], check.with_)
    assert max(own, check.value) / min(own, check.value) <= 1 + check.tolerance, f"{own:g} against {check.value:g}"


@pytest.mark.parametrize("name", RECORDS)
def test_with_its_own_parameters_a_record_scores_what_the_library_says(library: Library, name: str) -> None:
    for indicator in ("climate_change", "primary_energy", "eutrophication_marine"):
        expected = score_of(name, indicator)
        own = score_under(library.records[name], library, scores(), indicators()[indicator], {})
        assert own == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_every_fuel_that_is_burnt_is_checked_for_its_carbon(library: Library) -> None:
    assert {name for name in library.records if ".combustion" in name} == set(CARBON_CONTENT)


@pytest.mark.parametrize("name", sorted(CARBON_CONTENT))
def test_burning_a_fuel_releases_its_carbon(library: Library, name: str) -> None:
    record = library.records[name]
    assert (record.reference.amount, record.reference.unit) == (1, "GJ")
    masses = masses_of(record)
    released = masses.get("co2_fossil", 0.0) + masses.get("co2_biogenic", 0.0)
    # Half a percent: the source rounds the CO2 factor and the carbon content each to three digits (lignite: 101 and 27.6).
    assert released == pytest.approx(CARBON_CONTENT[name] * CO2_PER_CARBON, rel=5e-3)


BY_HAND = {
    # per GJ of natural gas: CO2, fossil methane, nitrous oxide [kg] x warming potential
    "fuel.natural_gas.combustion": 56.1 * 1 + 0.001 * 29.8 + 0.0001 * 273,
    # per GJ of wood: biogenic CO2 counts zero, biogenic methane, nitrous oxide
    "fuel.wood_chips.combustion": 112.0 * 0 + 0.03 * 27 + 0.004 * 273,
    # per GJ of coal
    "fuel.hard_coal.combustion": 94.6 * 1 + 0.01 * 29.8 + 0.0015 * 273,
    # per kg of food: DOC x DOCf x share decomposed in 100 years x CH4 in gas x CH4 per C x not oxidised, then biogenic methane
    "waste.landfill.food": 0.15 * 0.7 * (1 - math.exp(-0.185 * 100)) * 0.5 * 16 / 12 * (1 - 0.1) * 27,
}


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_climate_change_by_hand(name: str) -> None:
    assert score_of(name, "climate_change") == pytest.approx(BY_HAND[name], rel=1e-12)


def test_climate_change_of_every_record_is_its_life_cycle_masses_times_ar6(library: Library) -> None:
    background = compile_background(library)
    index = {name: position for position, name in enumerate(background.ids)}
    technosphere = np.diag(background.production)
    for entry in background.technosphere:
        technosphere[index[entry.row], index[entry.column]] -= entry.amount
    own = np.zeros(len(index))
    for name, position in index.items():
        masses = masses_of(library.records[name])
        own[position] = sum(GWP.get(flow, 0.0) * mass for flow, mass in masses.items()) + masses.get(SCREENING_FLOW, 0.0)
    expected = np.linalg.solve(technosphere.T, own) * np.array(background.production)
    solved = [score_of(name, "climate_change") for name in background.ids]
    assert solved == pytest.approx(list(expected), rel=1e-9)


def test_a_screening_record_is_its_figure_alone(library: Library) -> None:
    screening = [record for record in library.records.values() if record.kind == "screening"]
    assert screening
    for record in screening:
        assert record.gwp is not None
        assert score_of(record.id, "climate_change") == pytest.approx(masses_of(record)[SCREENING_FLOW], rel=1e-12)


#: Food waste in a managed landfill without gas collection, with the IPCC default parameters of 2006.
FOOD = {
    "doc": 0.15,
    "docf": 0.5,
    "mcf": 1.0,
    "methane_fraction": 0.5,
    "k": 0.185,
    "oxidation": 0.1,
    "gas_recovery": 0.0,
    "years": 100.0,
}


def test_first_order_decay_of_the_example_year_by_year() -> None:
    emitted = methane_by_year(FOOD)
    assert len(emitted) == 100
    for year, methane in enumerate(emitted, start=1):
        decayed = math.exp(-0.185 * (year - 1)) - math.exp(-0.185 * year)
        expected = 0.15 * 0.5 * decayed * 0.5 * 16 / 12 * 0.9  # DOC x DOCf x decayed x F x CH4 per C x (1 - OX)
        assert methane == pytest.approx(expected, rel=1e-12)


def test_first_order_decay_of_the_example_in_the_figures_printed() -> None:
    assert 1000 * methane_by_year(FOOD)[0] == pytest.approx(7.6003, abs=0.00005)  # [kg/t], printed with four decimals
    assert 1000 * sum(methane_by_year(FOOD)) == pytest.approx(45.0, abs=0.05)  # printed with one decimal
    assert 1000 * sum(methane_by_year(FOOD | {"docf": 0.7})) == pytest.approx(63.0, abs=0.05)


share = st.floats(0.01, 1)
from_nothing_to_all = st.floats(0, 1)
landfills = st.fixed_dictionaries(
    {
        "doc": share,
        "docf": share,
        "mcf": share,
        "methane_fraction": share,
        "k": st.floats(0.001, 2),
        "oxidation": from_nothing_to_all,
        "gas_recovery": from_nothing_to_all,
        "years": st.integers(1, 200).map(float),
    }
)


@given(landfills)
def test_the_years_sum_to_the_closed_form(p: dict[str, float]) -> None:
    decomposed = p["doc"] * p["docf"] * p["mcf"] * (1 - math.exp(-p["k"] * p["years"]))
    emitted = decomposed * p["methane_fraction"] * 16 / 12 * (1 - p["gas_recovery"]) * (1 - p["oxidation"])
    # The absolute part is for nearly complete recovery or oxidation: 1 - R of the sums is a difference of close numbers.
    assert sum(methane_by_year(p)) == pytest.approx(emitted, rel=1e-9, abs=1e-15)
    sums = first_order_decay(p)
    assert sums["methane_emitted"] == pytest.approx(emitted, rel=1e-9, abs=1e-15)
    parts = sums["methane_recovered"] + sums["methane_oxidised"] + sums["methane_emitted"]
    assert parts == pytest.approx(sums["methane_generated"], rel=1e-12)
    assert sums["carbon_decomposed"] == pytest.approx(decomposed, rel=1e-9)
    assert sums["carbon_decomposed"] + sums["carbon_stored"] == pytest.approx(p["doc"], rel=1e-12)


@pytest.mark.parametrize("years", [0.0, -1.0, 1.5])
def test_decay_runs_over_whole_years(years: float) -> None:
    with pytest.raises(ValueError, match="'years' must be a whole number of years, at least 1"):
        methane_by_year(FOOD | {"years": years})


def test_decay_of_a_sample_is_the_decay_of_each_draw() -> None:
    drawn = np.array([0.1, 0.185, 0.2])
    together = methane_by_year(FOOD | {"k": drawn})
    for position, k in enumerate(drawn):
        alone = methane_by_year(FOOD | {"k": float(k)})
        assert [year[position] for year in together] == pytest.approx(alone, rel=1e-12)


DECAYING = [name for name in RECORDS if embedded_library().records[name].model == "first_order_decay"]


@pytest.mark.parametrize("name", DECAYING)
def test_a_landfill_record_carries_the_sum_of_its_model_and_all_its_carbon(library: Library, name: str) -> None:
    record = library.records[name]
    masses = masses_of(record)
    assert masses["methane_biogenic"] == pytest.approx(sum(methane_by_year(record.values())), rel=1e-12)
    carbon_out = masses["methane_biogenic"] * 12 / 16 + masses["co2_biogenic"] / CO2_PER_CARBON
    assert carbon_out + masses["organic_carbon_in_landfill"] == pytest.approx(record.parameters["doc"].value, rel=1e-12)


def test_landfilled_food_is_the_example_with_the_share_that_decomposes_of_2019(library: Library) -> None:
    record = library.records["waste.landfill.food"]
    assert {name: parameter.value for name, parameter in record.parameters.items()} == FOOD | {"docf": 0.7}
    assert masses_of(record)["methane_biogenic"] == pytest.approx(sum(methane_by_year(FOOD | {"docf": 0.7})), rel=1e-12)
