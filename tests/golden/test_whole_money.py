"""A whole case counted by hand: two exchanges, two currencies, a replacement, a grant, taxes and rates of their own.

Lists have a number for 2023, the year before the period, and one for each of its years 2024 to 2027. Gypsum runs from 2025.
Present values and internal rates are those of numpy-financial, whose first year counts in full as ours.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy_financial
import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import Level
from ius_lca.results import to_json

CASE = Path(__file__).parents[1] / "cases" / "heat_and_gypsum.yaml"

# Of the library: kronor for a euro in 2024, inflation of the European Union in 2024, the Swedish landfill tax of 2024.
EUR, EU_2024, LANDFILL_TAX = 11.4325, 1.026, 725
#: MWh of heat and tonnes of gypsum in a year, MWh of electricity to pump the heat, kilometres of lorries with 25 t each.
HEAT, GYPSUM, POWER, DRIVEN = 10_000, 2_000, 10_000 * 0.010, 30 * 2_000 / 25

# The heat exchanger lives from 2023 to 2026 and again from then: a third of its second life lies within the period.
COST, SCRAP = 0.4e6 * EU_2024 * EUR, 0.1e6 * EU_2024 * EUR
LEFT = SCRAP + (COST - SCRAP) * 2 / 3
SALE = 20 * EUR * HEAT
UPKEEP = 0.02 * COST
WRITTEN_OFF = (COST - SCRAP) / 3  # a year
TAX_HEAT = 0.20 * (SALE - UPKEEP - WRITTEN_OFF)
TAX_GYPSUM = 0.20 * (50 * GYPSUM + 100 * GYPSUM - 20 * DRIVEN)

Flows = dict[str, list[float]]


def each_year(value: float) -> list[float]:
    return [0, value, value, value, value]


def from_2025(value: float) -> list[float]:
    return [0, 0, value, value, value]


MILL_HEAT: Flows = {
    "sale": each_year(SALE),
    "investment": [-COST, 0, 0, 0, 0],
    "replacement": [0, 0, 0, -COST, 0],
    "residual_value": [0, 0, 0, SCRAP, LEFT],
    "operation": each_year(-UPKEEP),
    "income_tax": each_year(-TAX_HEAT),
}
MILL_GYPSUM: Flows = {
    "purchase": from_2025(50 * GYPSUM),  # the town pays for being rid of it
    "avoided_purchase": from_2025(100 * GYPSUM),
    "transport": from_2025(-20 * DRIVEN),
    "income_tax": from_2025(-TAX_GYPSUM),
}
TOWN_HEAT: Flows = {
    "purchase": each_year(-SALE),
    "avoided_purchase": each_year(400 * HEAT),
    "running_cost": each_year(-600 * POWER),
    "tax": each_year(-400 * POWER),
    "payment": each_year(-500e3),
}
TOWN_GYPSUM: Flows = {
    "sale": from_2025(-50 * GYPSUM),
    "avoided_disposal": from_2025(400 * GYPSUM),
    "avoided_disposal_tax": from_2025(LANDFILL_TAX * GYPSUM),
}
TOWN: Flows = {"facilitation": [-300e3, 0, 0, 0, 0]}
ESCO: Flows = {
    "investment": [-8e6, 0, 0, 0, 0],
    "residual_value": [0, 0, 0, 0, 8e6 * 21 / 25],
    "grant": [3e6, 0, 0, 0, 0],
    "payment": each_year(500e3),
}
SOCIETY_HEAT: Flows = {
    "grant": [-3e6, 0, 0, 0, 0],
    "tax": each_year(400 * POWER),
    "income_tax": each_year(TAX_HEAT),
}
SOCIETY_GYPSUM: Flows = {
    "avoided_disposal_tax": from_2025(-LANDFILL_TAX * GYPSUM),
    "income_tax": from_2025(TAX_GYPSUM),
}
SOCIETY: Flows = {"facilitation": each_year(-100e3)}

BY_HAND: dict[tuple[str, str | None], Flows] = {
    ("mill", "heat"): MILL_HEAT,
    ("mill", "gypsum"): MILL_GYPSUM,
    ("town", "heat"): TOWN_HEAT,
    ("town", "gypsum"): TOWN_GYPSUM,
    ("town", None): TOWN,
    ("esco", "heat"): ESCO,
    ("society", "heat"): SOCIETY_HEAT,
    ("society", "gypsum"): SOCIETY_GYPSUM,
    ("society", None): SOCIETY,
}
YEARS = range(2023, 2028)


def total(*flows: Flows) -> list[float]:
    """Of each year."""
    return [sum(year) for year in zip(*(values for flow in flows for values in flow.values()), strict=True)]


PARTIES = {
    "mill": (0.08, total(MILL_HEAT, MILL_GYPSUM)),
    "town": (0.04, total(TOWN_HEAT, TOWN_GYPSUM, TOWN)),
    "esco": (0.06, total(ESCO)),
    "network": (0.04, total(*(flow for (actor, _), flow in BY_HAND.items() if actor != "society"))),
    "society": (0.04, total(*(flow for (actor, _), flow in BY_HAND.items() if actor == "society"))),
    "network_and_society": (0.04, total(*BY_HAND.values())),
}


@cache
def result() -> Any:
    """The tables of `result.json`, its numbers as they are printed there."""
    case, document = read_with_lines(CASE)
    assessment = assess(case, document=document)
    assert [one for one in assessment.findings if one.level is Level.ERROR] == []
    return json.loads(to_json(assessment), parse_float=Decimal, parse_int=Decimal)


def figures(table: str, *keys: str) -> dict[Any, Any]:
    """Values of a table by some of its columns; numbers as floats."""
    return {tuple(row[key] for key in keys): None if row["value"] is None else float(row["value"]) for row in result()[table]}


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def test_cash_flow_is_that_by_hand() -> None:
    found: dict[tuple[str, str | None], dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0] * 5))
    for row in result()["economics"]:
        found[row["actor"], row["exchange"]][row["item"]][YEARS.index(int(row["year"]))] += float(row["value"])
    running = {key: {item: values for item, values in flow.items() if any(values)} for key, flow in found.items()}
    assert {key: set(flow) for key, flow in running.items()} == {key: set(flow) for key, flow in BY_HAND.items()}
    for key, flow in BY_HAND.items():
        for item, values in flow.items():
            assert running[key][item] == pytest.approx(values, rel=1e-9, abs=1e-9), (key, item)


def test_the_network_is_what_it_pays_the_rest_of_the_world() -> None:
    """Another way to the same sum: what is bought and no longer bought, whoever pays for it."""
    no_longer_bought = 400 * HEAT, 100 * GYPSUM + 400 * GYPSUM
    bought = 600 * POWER + UPKEEP + 100e3, 20 * DRIVEN
    heat = no_longer_bought[0] - bought[0]
    gypsum = no_longer_bought[1] - bought[1]
    sums = [-COST - 8e6 - 300e3, 0, 0, SCRAP - COST, LEFT + 8e6 * 21 / 25]
    whole = [one + other + more for one, other, more in zip(sums, each_year(heat), from_2025(gypsum), strict=True)]
    assert PARTIES["network_and_society"][1] == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("party", PARTIES)
def test_indicators_are_those_of_a_spreadsheet(party: str) -> None:
    rate, flow = PARTIES[party]
    found = figures("economics_summary", "actor", "indicator")
    npv = float(numpy_financial.npv(rate, flow))
    assert found[party, "discount_rate"] == rate
    assert found[party, "npv"] == close(npv)
    assert found[party, "annuity"] == close(float(-numpy_financial.pmt(rate, 4, npv)))
    irr = float(numpy_financial.irr(flow))
    assert found[party, "irr"] == (None if irr != irr else pytest.approx(irr, rel=1e-9))  # noqa: PLR0124 (not a number)


def test_present_values_of_actors_do_not_add_up_and_the_difference_is_printed() -> None:
    found = figures("economics_summary", "actor", "indicator")
    npv = {party: float(numpy_financial.npv(rate, flow)) for party, (rate, flow) in PARTIES.items()}
    difference = npv["network"] - npv["mill"] - npv["town"] - npv["esco"]
    assert found["network", "npv_difference"] == close(difference)
    assert difference > 1e6
    assert npv["network"] + npv["society"] == pytest.approx(npv["network_and_society"], rel=1e-12)


def test_corridors_by_hand() -> None:
    found = figures("corridors", "exchange", "item")

    def worth(rate: float, flow: list[float]) -> float:
        return float(numpy_financial.npv(rate, flow))

    sums = [-COST, 0, 0, SCRAP - COST, LEFT]
    running = each_year(-0.80 * UPKEEP + 0.20 * WRITTEN_OFF)  # what is written off lowers the tax, also without a sale
    without_price = worth(0.08, sums) + worth(0.08, running)
    p_min = -without_price / (0.80 * worth(0.08, each_year(HEAT)))
    p_max = (400 * HEAT - 600 * POWER - 400 * POWER - 500e3) / HEAT  # the same every year: no rate matters
    assert found["heat", "p_min"] == close(p_min)
    assert found["heat", "p_max"] == close(p_max)
    assert found["heat", "price"] == close(20 * EUR)
    assert found["heat", "surplus"] == close((p_max - p_min) * HEAT)
    assert found["heat", "nash"] == close((p_min + p_max) / 2)
    assert found["heat", "donor_share"] == close((20 * EUR - p_min) / (p_max - p_min))
    low, high = -(400 + LANDFILL_TAX), 100 - 20 * DRIVEN / GYPSUM
    assert (found["gypsum", "p_min"], found["gypsum", "p_max"]) == (close(low), close(high))
    assert found["gypsum", "receiver_share"] == close((high - -50) / (high - low))


def test_levelised_costs_by_hand() -> None:
    """What the participants pay per unit, without the price between them, net of the grant and of what is left."""
    sums = [COST + 8e6 - 3e6, 0, 0, COST - SCRAP, -LEFT - 8e6 * 21 / 25]
    running = each_year(UPKEEP + (600 + 400) * POWER)
    paid = [one + other for one, other in zip(sums, running, strict=True)]
    found = figures("economics_exchanges", "exchange", "actor", "indicator")
    heat = numpy_financial.npv(0.04, paid) / numpy_financial.npv(0.04, each_year(HEAT))
    assert found["heat", "network", "levelised_cost"] == close(float(heat))
    assert found["gypsum", "network", "levelised_cost"] == close(20 * DRIVEN / GYPSUM)


def test_conversions_are_listed() -> None:
    rows = {row["place"]: row for row in result()["conversions"]}
    shown = {place: (float(row["from_value"]), row["from_unit"], float(row["value"])) for place, row in rows.items()}
    heat = "exchanges.heat.money"
    assert shown == {
        f"{heat}.price": (20, "EUR/MWh", close(20 * EUR)),
        f"{heat}.investments[0].cost": (0.4, "MEUR", close(COST / 1e6)),
        f"{heat}.investments[0].residual_value": (0.1, "MEUR", close(SCRAP / 1e6)),
        "exchanges.gypsum.money.avoided_disposal_tax": (LANDFILL_TAX, "SEK/t", LANDFILL_TAX),
        "economics.external.carbon.price": (80, "EUR/t", close(80 * EUR)),
    }


def test_external_value_stands_apart() -> None:
    rows = result()["benefits"]
    (avoided_kg,) = (float(row["benefit"]) for row in rows if (row["indicator"], row["basis"]) == ("climate_change", "project"))
    found = figures("external_value", "indicator", "basis")
    assert found["climate_change", "project"] == close(80 * EUR * 0.60 * avoided_kg / 1000)


def test_figures_of_funders_by_hand() -> None:
    found = figures("funder_figures", "measure")
    public = 3e6 + 4 * 100e3
    assert found["additional_sales",] == close(SALE + 50 * GYPSUM)
    value = PARTIES["network"][1][3] - (SCRAP - COST) + TAX_HEAT + TAX_GYPSUM  # of 2026, without sums and income tax
    assert found["cost_savings",] == close(value - SALE - 50 * GYPSUM)
    assert found["private_investment",] == close(2 * COST + 8e6 - 3e6)
    assert found["public_money",] == close(public)
    assert found["public_money_per_t_landfill",] == close(public / (3 * GYPSUM))


# A spreadsheet of the same figures: rows and nothing else, added in decimals.


def _pivot(rows: Iterable[dict[str, Any]], *keys: str, counts: Callable[[dict[str, Any]], bool] = bool) -> dict[Any, Decimal]:
    """Sums of rows by some of their columns, exact."""
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for row in rows:
        if counts(row):
            sums[tuple(row[key] for key in keys)] += Decimal(row["value"])
    return sums


@pytest.fixture
def sheet(tmp_path: Path) -> list[dict[str, str]]:
    """The rows of the cash flow as they come back from a file that any spreadsheet opens."""
    rows, path = result()["economics"], tmp_path / "economics.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        written = csv.DictWriter(file, list(rows[0]))
        written.writeheader()
        written.writerows(rows)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_spreadsheet_balances_to_the_last_unit(sheet: list[dict[str, str]]) -> None:
    whole = _pivot(sheet, "year")
    assert sorted(whole) == [(str(year),) for year in YEARS]
    for column in ("actor", "item", "exchange", "kind", "counterparty", "label"):
        parts: dict[Any, Decimal] = defaultdict(Decimal)
        for (year, _), value in _pivot(sheet, "year", column).items():
            parts[year,] += value
        assert parts == whole, column
    # What one pays another, or society, is in the books of both: only what the market is paid is left.
    assert _pivot(sheet, "year", counts=lambda row: row["counterparty"] == "market") == whole
    between = _pivot(sheet, "year", "exchange", counts=lambda row: row["counterparty"] != "market")
    assert between
    assert set(between.values()) == {Decimal(0)}
    pairs = _pivot(sheet, "year", "exchange", "actor", "counterparty")
    for (year, exchange, actor, other), value in pairs.items():
        if other != "market":
            assert pairs[year, exchange, other, actor] == -value


def test_a_spreadsheet_gives_the_printed_present_values(sheet: list[dict[str, str]]) -> None:
    printed = {
        (row["actor"], row["indicator"]): row["value"] for row in result()["economics_summary"] if row["basis"] == "project"
    }
    by_actor = _pivot(sheet, "actor", "year")
    members = {"network": ("mill", "town", "esco"), "network_and_society": ("mill", "town", "esco", "society")}
    for party in PARTIES:
        growth = 1 + Decimal(printed[party, "discount_rate"])
        npv = sum(by_actor[one, str(year)] / growth ** (year - 2023) for one in members.get(party, (party,)) for year in YEARS)
        assert abs(npv - printed[party, "npv"]) < Decimal("0.01"), party  # an öre
    of_exchanges = {(row["exchange"], row["actor"], row["indicator"]): row["value"] for row in result()["economics_exchanges"]}
    for party in ("mill", "town", "esco", "society", "network"):
        parts = [of_exchanges.get((key, party, "npv"), Decimal(0)) for key in ("heat", "gypsum", None)]
        assert abs(sum(parts) - printed[party, "npv"]) < Decimal("0.01"), party


def test_a_spreadsheet_gives_the_yearly_value(sheet: list[dict[str, str]]) -> None:
    rows = result()["economics_summary"]
    printed = {row["actor"]: row["value"] for row in rows if (row["indicator"], row["year"]) == ("value", 2025)}
    running = _pivot(sheet, "actor", counts=lambda row: (row["kind"], row["year"]) == ("operating", "2025"))
    assert {actor: running[actor,] for actor in ("mill", "town", "esco")} == {
        actor: printed[actor] for actor in ("mill", "town", "esco")
    }
    assert sum(running[actor,] for actor in ("mill", "town", "esco")) == printed["network"]
