"""Incineration by composition: arithmetic a reader can check, balances, and the records that use it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca.formula import evaluate
from ius_lca.library.models.incineration import incineration
from ius_lca.library.read import embedded_library

#: Half water; of the dry half 40 % is biogenic and 10 % fossil carbon, 20 % ash.
WASTE = {
    "dry_matter": 0.5,
    "biogenic_carbon": 0.4,
    "fossil_carbon": 0.1,
    "ash": 0.2,
    "heating_value_dry": 20.0,
    "evaporation": 2.4,
    "electricity_efficiency": 0.18,
    "heat_efficiency": 0.72,
}
BURNT = sorted(name for name, record in embedded_library().records.items() if record.model == "incineration")


def test_by_hand() -> None:
    yields = incineration(WASTE)
    assert yields["net_calorific_value"] == pytest.approx(8.8)  # 20 x 0.5 - 2.4 x 0.5
    assert yields["co2_biogenic"] == pytest.approx(0.5 * 0.4 * 44 / 12)
    assert yields["co2_fossil"] == pytest.approx(0.5 * 0.1 * 44 / 12)
    assert yields["electricity"] == pytest.approx(0.44)  # 8.8 x 0.18 / 3.6
    assert yields["heat"] == pytest.approx(1.76)  # 8.8 x 0.72 / 3.6
    assert yields["residue"] == pytest.approx(0.1)


def test_water_alone_takes_its_heat_of_evaporation() -> None:
    yields = incineration(WASTE | {"dry_matter": 0.0})
    assert yields["net_calorific_value"] == -2.4
    assert yields["heat"] == pytest.approx(-0.48)
    assert (yields["co2_fossil"], yields["co2_biogenic"], yields["residue"]) == (0, 0, 0)


def test_a_sample_is_the_result_of_each_draw() -> None:
    drawn = np.array([0.3, 0.5, 0.9])
    together = incineration(WASTE | {"dry_matter": drawn})
    for position, dry_matter in enumerate(drawn):
        alone = incineration(WASTE | {"dry_matter": float(dry_matter)})
        assert {name: float(values[position]) for name, values in together.items()} == pytest.approx(alone)  # type: ignore[index]


share = st.floats(0, 1)
wastes = st.fixed_dictionaries(
    {
        "dry_matter": share,
        "biogenic_carbon": share,
        "fossil_carbon": share,
        "heating_value_dry": st.floats(0, 50),
        "electricity_efficiency": share,
    }
)


@given(wastes, share)
def test_all_carbon_and_no_more_energy_than_there_is(waste: dict[str, float], rest_to_heat: float) -> None:
    heat_efficiency = (1 - waste["electricity_efficiency"]) * rest_to_heat
    yields = incineration(WASTE | waste | {"heat_efficiency": heat_efficiency})
    carbon = (yields["co2_fossil"] + yields["co2_biogenic"]) * 12 / 44
    expected = waste["dry_matter"] * (waste["biogenic_carbon"] + waste["fossil_carbon"])
    assert carbon == pytest.approx(expected, rel=1e-12, abs=1e-15)
    energy = (yields["electricity"] + yields["heat"]) * 3.6
    assert abs(energy) <= abs(yields["net_calorific_value"]) * (1 + 1e-12)


@pytest.mark.parametrize("name", BURNT)
def test_a_record_releases_all_carbon_of_the_waste(name: str) -> None:
    record = embedded_library().records[name]
    values = record.values()
    released = sum(
        float(evaluate(line.amount, values)) for line in record.biosphere if line.flow in {"co2_fossil", "co2_biogenic"}
    )
    carbon = record.parameters["fossil_carbon"].value + record.parameters["biogenic_carbon"].value
    assert released * 12 / 44 == pytest.approx(record.parameters["dry_matter"].value * carbon, rel=1e-12)


@pytest.mark.parametrize("name", BURNT)
def test_a_record_states_the_calorific_value_that_it_computes(name: str) -> None:
    record = embedded_library().records[name]
    stated = record.properties["net_calorific_value"]
    assert stated.unit == "MJ/kg"
    assert stated.value == pytest.approx(float(record.values()["net_calorific_value"]), rel=1e-3)


@pytest.mark.parametrize("name", BURNT)
def test_carbon_and_ash_of_a_record_fit_into_its_dry_matter(name: str) -> None:
    parameters = embedded_library().records[name].parameters
    assert parameters["fossil_carbon"].value + parameters["biogenic_carbon"].value + parameters["ash"].value <= 1
