"""Steam, heat of wastewater and landfill gas in Helsingborg, by hand.

Records used: gas boiler (Danish Energy Agency: efficiency 92 %, auxiliary power 0.14 %), natural gas (IPCC 2006; supply:
DESNZ 2025), boiler of a network on wood pellets, flare, Swedish electricity. The case states the rest: 30 GWh of steam for
which the turbine makes 0.12 MWh less per MWh, 42.1 GWh of heat from wastewater with a coefficient of performance of 3.7, and
21.5 GWh of landfill gas, which fall by 6 % a year.
"""

from __future__ import annotations

import math

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_case
from ius_lca.paths import shipped
from ius_lca.results import Assessment
from tests.scoring import unit_score

POWER = "electricity.mix.SE"
PELLETS = "heat.district.wood_pellets"
#: kWh of pumped sea water per MWh that nobody takes.
SEA_COOLING = 8.0


@pytest.fixture(scope="module")
def helsingborg() -> Assessment:
    return assess(read_case(shipped("examples") / "helsingborg" / "case.yaml"))


def _benefit(helsingborg: Assessment, exchange: str, year: int = 2019) -> float:
    """Of an exchange in a year, against the likely reference [kg CO2e]."""
    rows = helsingborg.tables["exchanges"]
    keys = {"reference": "likely", "exchange": exchange, "indicator": "climate_change", "basis": "in_year", "year": year}
    return math.fsum(float(row["value"] or 0) for row in rows if all(row[key] == value for key, value in keys.items()))


def test_steam_replaces_a_gas_boiler_and_costs_power(helsingborg: Assessment) -> None:
    fuel = unit_score("fuel.natural_gas.combustion") + unit_score("fuel.natural_gas.upstream")  # kg CO2e/GJ
    boiler = 3.6 / 0.92 * fuel + 1.4 * unit_score(POWER)  # kg CO2e per MWh of steam
    lost = 0.12 * 1000 * unit_score(POWER)
    cooling = (1 - 0.12) * SEA_COOLING * unit_score(POWER)
    assert _benefit(helsingborg, "park_steam") == pytest.approx(30_000 * (boiler + cooling - lost), rel=1e-9)


def test_heat_pumps_add_their_power_to_what_the_water_gives(helsingborg: Assessment) -> None:
    # Of 3.7 MWh at the network 2.7 are from the water, so 42.1 GWh of it become 57.7.
    heat = 42_100 * 1.37
    assert heat == pytest.approx(42_100 * 3.7 / 2.7, rel=1e-3)
    power = heat * 270  # kWh
    assert power == pytest.approx(heat / 3.7 * 1000, rel=2e-3)
    expected = heat * unit_score(PELLETS) - power * unit_score(POWER)
    assert _benefit(helsingborg, "wastewater_heat") == pytest.approx(expected, rel=1e-9)


def test_months_of_the_wastewater_sum_to_its_quantity() -> None:
    heat = read_case(shipped("examples") / "helsingborg" / "case.yaml").exchanges["wastewater_heat"].heat
    assert heat is not None
    # Malmö: 200 GWh at 1500 l/s, 2.7/3.7 of it from the water; here 55 000 m3 a day.
    month = 200 * (55_000 / (1.5 * 86_400)) * 2.7 / 3.7 / 12
    assert [round(one.donor, 2) for one in heat.months()] == [round(month, 2)] * 12
    # Seven months as much as there is, May and September 3 GWh, and nothing in summer.
    assert math.fsum(one.used for one in heat.months()) == pytest.approx(7 * month + 2 * 3, rel=1e-3)


def test_landfill_gas_falls_and_its_methane_is_no_saving(helsingborg: Assessment) -> None:
    gas = 21_500  # MWh
    assert gas == pytest.approx(37_500 * 0.94**9, rel=1e-3)  # nine years after the published 35 to 40 GWh
    stack = 3.6 * unit_score("fuel.biogas.combustion")  # kg CO2e/MWh
    flare = 3.6 * unit_score("biogas.flare")
    per_mwh = 0.9 * unit_score(PELLETS) + flare - stack - 10 * unit_score(POWER)
    assert _benefit(helsingborg, "landfill_gas") == pytest.approx(gas * per_mwh, rel=1e-9)
    # What is avoided of the flare is its unburnt thousandth: under a twentieth of the benefit.
    assert 0 < flare / per_mwh < 0.05
    handed = {row["year"]: row["value"] for row in helsingborg.tables["quantities"] if row["exchange"] == "landfill_gas"}
    assert handed[2033] == pytest.approx(21.5 * 0.94**14, rel=1e-9)
