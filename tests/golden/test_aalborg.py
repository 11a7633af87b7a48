"""A kilogramme of expanded polystyrene, a pallet, and what each exchange around Aalborg is worth.

By hand from the numbers printed in the records' sources: the formula of polystyrene, the Danish Energy Agency (waste-fired
plant), IPCC 2006 and Base Carbone (coal), and the American inventory of polystyrene, with GWP100 of EF v3.1.
Published: 81 t CO2 a year for 9.12 t of EPS in just over six months, and 4,000 to 6,500 EUR a year for an exchange.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from ius_lca.paths import shipped
from ius_lca.report.figures import significant
from ius_lca.results import Assessment
from tests.figures import section
from tests.scoring import unit_score
from tests.tool import tool

FOLDER = shipped("examples") / "aalborg"
#: EF v3.1, climate change [kg CO2e/kg].
GWP_METHANE_FOSSIL, GWP_NITROUS_OXIDE = 29.8, 273.0
#: New granulate, American inventory [kg/kg]: CO2, CH4, N2O.
NEW_POLYSTYRENE = 2.75 + (0.0175 + 0.00066) * GWP_METHANE_FOSSIL + 4.06e-5 * GWP_NITROUS_OXIDE
#: C8H8 with 99.8 % dry matter, burnt [kg CO2/kg]; net calorific value [MJ/kg].
BURNT_POLYSTYRENE, POLYSTYRENE_MJ = 0.998 * 0.9226 * 44 / 12, 41.911
#: Danish Energy Agency: what a waste-fired plant delivers of the calorific value.
HEAT, POWER = 0.763, 0.202
#: Coal to a power plant, stack and supply [kg CO2e/MWh]; the 200 % method gives heat half a unit of fuel.
COAL = (94.6 + 0.01 * GWP_METHANE_FOSSIL + 0.0015 * GWP_NITROUS_OXIDE + 3.3 + 5.16 / 27.9 * GWP_METHANE_FOSSIL) * 3.6
TONNES = 2 * 9.12
PUBLISHED_T = 81


@cache
def _results() -> dict[str, Assessment]:
    found: dict[str, Assessment] = tool("update_examples").assessed(FOLDER)
    return found


def _terms(exchange: str, reference: str) -> dict[str, float]:
    """CO2 benefit of an exchange by term [kg/year]."""
    rows = [row for row in _results()["case"].in_year("exchanges") if row["indicator"] == "climate_change"]
    return {
        str(row["term"]): float(str(row["value"])) for row in rows if (row["exchange"], row["reference"]) == (exchange, reference)
    }


def _lost(megajoules: float, heat: float) -> float:
    """CO2 of what makes up the heat and power of burning so much [kg], with heat at so many kg CO2e/MWh."""
    return megajoules / 3600 * HEAT * heat + megajoules / 3.6 * POWER * unit_score("electricity.mix.DK")


@pytest.mark.parametrize("reference", ["likely", "favourable"])
def test_foam_saves_new_granulate_and_the_carbon_of_its_burning(reference: str) -> None:
    heat = COAL / 2 if reference == "likely" else unit_score("heat.district.wood_chips")
    terms = _terms("eps_blocks", reference)
    granulate = 0.97 * 0.9 * NEW_POLYSTYRENE
    carting = 2.2 * unit_score("transport.lorry_rigid_17t")
    burning = BURNT_POLYSTYRENE - _lost(POLYSTYRENE_MJ, heat) + carting
    # The plant's nitrous oxide, diesel and ammonia are 0.02 kg per kg.
    assert terms["avoided_production"] == pytest.approx(1000 * TONNES * granulate, rel=1e-3)
    assert terms["avoided_disposal"] == pytest.approx(1000 * TONNES * burning, abs=1000 * TONNES * 0.03)


def test_the_published_saving_lies_between_coal_heat_and_wood_heat() -> None:
    found = {one: sum(_terms("eps_blocks", one).values()) / 1000 for one in ("conservative", "likely", "favourable")}
    assert found["conservative"] < PUBLISHED_T < found["favourable"]
    assert found["likely"] == pytest.approx(PUBLISHED_T, rel=0.05)


def test_a_used_pallet_is_worth_more_as_fuel_than_a_new_one_costs_while_coal_makes_up_the_heat() -> None:
    wood = 16.6  # net calorific value, MJ/kg
    burnt = unit_score("waste.incineration.wood") - 0.841 * 0.00773 * 44 / 12  # less the carbon of paint and glue
    for reference, heat in (("likely", COAL / 2), ("favourable", unit_score("heat.district.wood_chips"))):
        lost = _lost(25 * wood, heat) - 25 * burnt
        assert _terms("pallets", reference)["avoided_disposal"] == pytest.approx(-1000 * lost, rel=2e-3)
        new = 0.7 * 5.0  # kg CO2e, at quality 0.7
        assert new < lost
        # With wood chips it is about even.
        assert (lost < new + 0.5) is (reference == "favourable")


def test_the_table_of_values_in_the_readme_is_that_of_the_result() -> None:
    told = section((FOLDER / "README.md").read_text(encoding="utf-8"), "Published figures held against the result")
    rows = re.findall(r"^\| [^|]+ \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| [^|]+ \|$", told, re.MULTILINE)
    exchanges = _results()["with_offcuts"].case["exchanges"]
    found = {
        (row["exchange"], row["actor"]): significant(float(str(row["value"]))).replace("\u202f", ",")
        for row in _results()["with_offcuts"].tables["economics_exchanges"]
        if row["indicator"] == "annuity" and row["reference"] == "likely"
    }
    assert rows == [(found[key, "network"], found[key, one["from"]], found[key, one["to"]]) for key, one in exchanges.items()]
