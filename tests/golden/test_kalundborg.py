"""Steam, gypsum and a heat pump in Kalundborg, by hand, and the tables of its README that no tool writes.

Printed by `ius-lca factors show`, in kg CO2e: hard coal 95.3075 at the stack and 8.81002 for its supply per GJ, natural gas
56.1571 and 10.7708 per GJ. Danish Energy Agency: gas boiler 92 %. Published: 129 MW of steam and heat, 80 GWh of the heat pump,
65 million DKK, 800,000 t of CO2 from coal.
"""

from __future__ import annotations

import re

import pytest

from ius_lca.paths import shipped
from ius_lca.results import Assessment
from tests.golden.test_examples import results
from tests.scoring import unit_score

FOLDER = shipped("examples") / "kalundborg"
COAL, GAS = 95.3075 + 8.81002, 56.1571 + 10.7708
GJ_PER_MWH = 3.6
#: GWh a year: 129 MW for 5500 hours, less what the town takes beyond the heat pump.
TOWN = 260 - 80
STEAM = 129 * 5500 / 1000 - TOWN


def climate(result: Assessment, reference: str, *exchanges: str) -> float:
    """Benefit in the headline year, of all exchanges or of some [kt CO2e]."""
    rows = [row for row in result.in_year("exchanges") if (row["reference"], row["indicator"]) == (reference, "climate_change")]
    return sum(float(row["value"]) for row in rows if not exchanges or row["exchange"] in exchanges) / 1e6


def test_steam_of_a_coal_fired_turbine_is_hardly_better_than_gas() -> None:
    lost = 0.27 * GJ_PER_MWH / 0.40 * COAL  # power lost to the steam, made with coal at 40 %
    gas = GJ_PER_MWH / 0.92 * GAS + 1.4 * unit_score("electricity.mix.DK")  # with 1.4 kWh of Danish electricity
    assert climate(results(FOLDER)["case"], "likely", "steam") == pytest.approx(STEAM * (gas - lost) / 1000, rel=1e-3)
    assert gas == pytest.approx(262, abs=0.5)
    assert lost == pytest.approx(253, abs=0.5)


def test_gypsum_and_ash_follow_from_the_carbon_of_the_coal() -> None:
    coal = 800_000 / (0.0946 * 24.4)  # t, at 94.6 kg CO2/GJ and 24.4 GJ/t
    rows = results(FOLDER)["case"].tables["benefits"]
    [row] = [
        row
        for row in rows
        if (row["reference"], row["indicator"], row["basis"], row["year"]) == ("likely", "virgin_material", "in_year", 2018)
    ]
    gypsum, ash = coal * 0.007 * 0.95 * 172 / 32, coal * 0.12 * 0.85
    assert row["benefit"] / 1000 == pytest.approx(gypsum + ash, rel=1e-9)
    assert (gypsum, ash) == (pytest.approx(12_400, abs=50), pytest.approx(35_400, abs=50))


def present_value(result: Assessment, actor: str) -> float:
    """Of the heat pump's exchange to an actor [MDKK]; nothing if it has no part in it."""
    rows = result.tables["economics_exchanges"]
    wanted = ("likely", "wastewater_heat", actor, "npv")
    return sum(
        row["value"] for row in rows if (row["reference"], row["exchange"], row["actor"], row["indicator"]) == wanted
    ) / 1e6  # fmt: skip


def test_the_heat_pump_is_worth_the_same_whoever_pays_for_it() -> None:
    def annuity(rate: float) -> float:
        return (1 - (1 + rate) ** -20) / rate

    price, kept, source, electricity, upkeep = 350, 35, 20, 133, 0.02 * 65  # DKK/MWh, and MDKK a year
    found = results(FOLDER)
    everybody = 80e3 * (price - electricity) / 1e6 - upkeep
    for name in ("case", "donor_invests", "third_party"):
        assert present_value(found[name], "network") == pytest.approx(everybody * annuity(0.04) - 65, rel=1e-9)
    utility = 80e3 * (price - source - electricity) / 1e6 - upkeep
    assert present_value(found["case"], "utility") == pytest.approx(utility * annuity(0.04) - 65, rel=1e-9)
    factories = 80e3 * (price - kept - electricity) / 1e6 - upkeep
    assert present_value(found["donor_invests"], "biotech") == pytest.approx(factories * annuity(0.10) - 65, rel=1e-9)
    company = 23.6 - 80e3 * electricity / 1e6 - upkeep
    assert present_value(found["third_party"], "service_company") == pytest.approx(company * annuity(0.08) - 65, rel=1e-9)


def rows_of(page: str, head: str) -> dict[str, list[int]]:
    """The numbers of a table of the README by the file that its rows name."""
    table = page.split(head, 1)[1].split("\n\n", 1)[0]
    found = re.findall(r"^\|.*`(\w+)\.yaml`\)? \|(.*)\|$", table, re.MULTILINE)
    return {name: [int(cell.replace("−", "-")) for cell in cells.split("|")] for name, cells in found}


def test_the_tables_of_networks_and_of_investors_hold() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    found = results(FOLDER)
    networks = rows_of(page, "| network |")
    assert networks == {
        name: [round(climate(found[name], one)) for one in ("favourable", "likely", "conservative")]
        for name in ("year_2002", "case", "year_2021")
    }
    investors = rows_of(page, "| who invests |")
    assert investors == {
        name: [round(present_value(found[name], one)) for one in ("biotech", "utility", "service_company", "network")]
        for name in ("case", "donor_invests", "third_party")
    }


def test_the_two_sums_beside_the_tables_hold() -> None:
    rows = results(FOLDER)["case"].in_year("exchanges")
    wanted = ("favourable", "climate_change", "avoided_production")
    free = [row for row in rows if (row["reference"], row["indicator"], row["term"]) == wanted]
    # Oil boilers for the steam and the town's heat, had both been free.
    assert sum(float(row["value"]) for row in free if row["exchange"] in {"steam", "town_heat"}) / 1e6 == pytest.approx(
        255, abs=0.5
    )
    # Lost power made up with the Danish mix of 2023 in place of coal.
    between = unit_score("electricity.technology.hard_coal") - unit_score("electricity.mix.DK")
    assert (STEAM * 0.27 + TOWN * 0.15) * between == pytest.approx(140, abs=5)
