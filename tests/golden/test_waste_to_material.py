"""The teaching case by hand: 1,000 t of a waste, times what the records print per tonne [kg CO2e]."""

from __future__ import annotations

from functools import cache

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_case
from ius_lca.paths import shipped

TONNES = 1000
#: UK Government GHG Conversion Factors 2025, per tonne; CO2e as printed, or by its gases for lorries.
CRUSHED_ROCK, GLASS_TO_LANDFILL, METAL_TO_LANDFILL = 7.7931, 8.98311, 8.98311
LORRY_RIGID, LORRY_40T = 0.211475, 0.0949249  # per tonne-kilometre
ELECTRICITY = 0.21321  # per kWh, production mix of the United Kingdom 2023
METHANE = 27  # GWP100 of biogenic methane, IPCC AR6


@cache
def _terms() -> dict[tuple[str, str, str], float]:
    tables = assess(read_case(shipped("examples") / "waste_to_material" / "case.yaml")).tables
    return {
        (str(row["reference"]), str(row["exchange"]), str(row["term"])): float(row["value"])
        for row in tables["exchanges"]
        if row["indicator"] == "climate_change" and row["basis"] == "in_year"
    }


def _benefit(reference: str, exchange: str) -> float:
    return sum(value for (one, other, _), value in _terms().items() if (one, other) == (reference, exchange))


def test_crushed_glass_saves_rock_and_a_way_to_the_landfill() -> None:
    by_hand = CRUSHED_ROCK + GLASS_TO_LANDFILL - 5 * ELECTRICITY - 30 * LORRY_RIGID
    assert _benefit("likely", "glass") == pytest.approx(TONNES * by_hand, rel=1e-4)


def test_scrap_that_would_be_sold_anyway_costs_its_way() -> None:
    # The ingots that it replaces are made of scrap too, so production and processing cancel.
    by_hand = -200 * LORRY_40T - 0.05 * METAL_TO_LANDFILL
    assert _benefit("conservative", "aluminium") == pytest.approx(TONNES * by_hand, rel=1e-4)


def test_food_in_a_landfill_by_first_order_decay() -> None:
    # 15 % degradable carbon, 70 % of it decays, half of that to methane; 70 % of the gas is caught, a tenth of the rest oxidised.
    methane = 0.15 * 0.7 * 0.5 * 16 / 12 * (1 - 0.7) * (1 - 0.1)
    avoided = _terms()["likely", "food", "avoided_disposal"]
    assert avoided == pytest.approx(TONNES * 1000 * methane * METHANE, rel=1e-4)  # over 100 years practically all of it
