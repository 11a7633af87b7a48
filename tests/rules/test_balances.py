"""Energy, water and carbon of every record: nothing comes from nowhere."""

from __future__ import annotations

import pytest

from ius_lca.formula import evaluate
from ius_lca.library.amounts import amounts_of
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library, Record
from ius_lca.units import convert, same_dimension

LIBRARY = embedded_library()
#: Flue-gas condensation gives more than the net calorific value: at most the ratio of gross to net of wet wood chips.
CONDENSATION = 1.2
#: Water to and from nature [m3], with its sign: what is taken, what is given back or evaporates.
WATER = {
    "water_river": 1,
    "water_well": 1,
    "water_unspecified": 1,
    "water_sea": 1,
    "water_to_river": -1,
    "water_to_sea": -1,
    "water_to_air": -1,
}
#: Energy that stations without fuel take from nature [MJ].
FROM_NATURE = ("energy_hydro", "energy_wind", "energy_solar", "energy_geothermal")


def _burns(record: Record) -> bool:
    """Whether a record turns fuel or energy of nature into energy, and does not share it between two products."""
    fuels = any(".combustion" in line.input for line in record.technosphere)
    nature = any(line.flow in FROM_NATURE for line in record.biosphere)
    return same_dimension(record.reference.unit, "MJ") and (fuels or nature) and not record.boundary.allocation


CONVERTERS = [record.id for record in LIBRARY.records.values() if _burns(record) and ".combustion" not in record.id]


def _energy(amount: float, unit: str) -> float:
    return convert(amount, unit, "MJ") if same_dimension(unit, "MJ") else 0.0


@pytest.mark.parametrize("name", CONVERTERS)
def test_a_converter_gives_no_more_energy_than_it_takes(library: Library, name: str) -> None:
    record = library.records[name]
    inputs, emissions = amounts_of(record, library)
    # The supply of a fuel is the same energy once more.
    taken = sum(_energy(amount, library.records[key].reference.unit) for key, amount in inputs if ".upstream" not in key)
    taken += sum(amount for flow, amount in emissions if flow in FROM_NATURE)
    given = _energy(record.reference.amount, record.reference.unit)
    given += sum(_energy(float(evaluate(one.amount, record.values())), one.unit) for one in record.coproducts)
    assert given <= CONDENSATION * taken
    assert given >= 0.1 * taken  # a slip by a factor of 3.6 or 1000 would not pass


def _takes_water(record: Record) -> bool:
    return "fresh_water" in record.covers and any(line.flow in WATER for line in record.biosphere)


@pytest.mark.parametrize("name", [record.id for record in LIBRARY.records.values() if _takes_water(record)])
def test_water_that_is_taken_goes_somewhere(library: Library, name: str) -> None:
    record = library.records[name]
    _, emissions = amounts_of(record, library)
    volumes = [WATER[flow] * amount for flow, amount in emissions if flow in WATER]
    kept = sum(volumes)
    product = record.reference.amount if record.reference.unit == "m3" and record.category == "water/supply" else 0.0
    assert kept == pytest.approx(product, abs=0.02 * sum(map(abs, volumes)))


@pytest.mark.parametrize("name", list(LIBRARY.records))
def test_elementary_flows_are_never_negative(library: Library, name: str) -> None:
    _, emissions = amounts_of(library.records[name], library)
    assert [flow for flow, amount in emissions if amount < 0] == []


@pytest.mark.parametrize(
    "name", [record.id for record in LIBRARY.records.values() if record.boundary.allocation and record.coproducts]
)
def test_an_allocated_record_lists_no_coproduct_that_a_case_could_count_again(library: Library, name: str) -> None:
    allocation = library.records[name].boundary.allocation
    assert allocation.startswith("none"), allocation
