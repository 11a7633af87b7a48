"""Energy, water and carbon of every record: nothing comes from nowhere."""

from __future__ import annotations

import pytest

from ius_lca.formula import evaluate
from ius_lca.library.amounts import amounts_of
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library, Record
from ius_lca.units import convert, same_dimension

LIBRARY = embedded_library()
#: Flue-gas condensation gives more than the net calorific value; by how much at most is a bound of ours, against slips.
CONDENSATION = 1.2
#: Water that is taken from nature, and that is given back or evaporates [m3].
TAKEN = ("water_river", "water_well", "water_unspecified", "water_sea")
GIVEN = ("water_to_river", "water_to_sea", "water_to_air")
#: Water that the product itself is: supplied by one, brought along by the waste water of the other.
WATER_IN_PRODUCT = {"water/supply": 1.0, "water/treatment": -1.0}
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


def _moves_water(record: Record) -> bool:
    return "fresh_water" in record.covers and any(line.flow in (*TAKEN, *GIVEN) for line in record.biosphere)


@pytest.mark.parametrize("name", [record.id for record in LIBRARY.records.values() if _moves_water(record)])
def test_water_that_is_taken_goes_somewhere(library: Library, name: str) -> None:
    record = library.records[name]
    _, emissions = amounts_of(record, library)
    taken = sum(amount for flow, amount in emissions if flow in TAKEN)
    given = sum(amount for flow, amount in emissions if flow in GIVEN)
    product = WATER_IN_PRODUCT.get(record.category, 0.0) * record.reference.amount if record.reference.unit == "m3" else 0.0
    assert taken - given == pytest.approx(product, abs=0.02 * (taken + given))


@pytest.mark.parametrize("name", list(LIBRARY.records))
def test_elementary_flows_are_never_negative(library: Library, name: str) -> None:
    _, emissions = amounts_of(library.records[name], library)
    assert [flow for flow, amount in emissions if amount < 0] == []


#: Carbon in what leaves a treatment to the air [kg C/kg], by molar mass as the guidelines use it.
CARBON = {"co2_fossil": 12 / 44, "co2_biogenic": 12 / 44, "methane_fossil": 12 / 16, "methane_biogenic": 12 / 16}


def _carbon_to_air(record: Record) -> float:
    _, emissions = amounts_of(record, LIBRARY)
    return sum(CARBON.get(flow, 0.0) * amount for flow, amount in emissions)


@pytest.mark.parametrize("name", [record.id for record in LIBRARY.records.values() if record.model == "incineration"])
def test_incineration_releases_all_the_carbon_of_the_waste(library: Library, name: str) -> None:
    record = library.records[name]
    stated = {key: one.value for key, one in record.parameters.items()}
    carbon = stated["dry_matter"] * (stated["biogenic_carbon"] + stated["fossil_carbon"])
    # Traces of methane beside come from a factor per energy, and its carbon is counted in the carbon dioxide too.
    assert _carbon_to_air(record) == pytest.approx(carbon, rel=1e-4)


WET = [record.id for record in LIBRARY.records.values() if record.is_treatment and "dry_matter" in record.parameters]


@pytest.mark.parametrize("name", WET)
def test_no_more_carbon_leaves_a_treatment_than_its_waste_holds(library: Library, name: str) -> None:
    record = library.records[name]
    stated = {key: one.value for key, one in record.parameters.items()}
    # Where the carbon of the dry matter is not stated, all of it could be carbon at most.
    held = stated["dry_matter"] * stated.get("carbon", stated.get("biogenic_carbon", 1.0) + stated.get("fossil_carbon", 0.0))
    assert _carbon_to_air(record) <= held * (1 + 1e-4)
