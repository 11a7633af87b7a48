"""8 000 t of tomatoes from ten hectares in Frövi against as many from the Netherlands and Spain, and what one of them costs.

By hand: 80 kg per m2 (Selected Group 2024); per kg 3.32 kWh, 0.146 kg CO2 and fertilisers (Marttila et al. 2021), 1.39 m3
of irrigation per m2 of which 72.5 % rain; 26 m3 of gas at 31.65 MJ for 62.5 kg (Wageningen 2014, RVO). Records of the library
enter by their own score.
"""

from __future__ import annotations

import json

import pytest

from ius_lca.case.read_yaml import read_case
from ius_lca.paths import shipped
from tests.scoring import benefit, scored, unit_score

FOLDER = shipped("examples") / "frovi"
FLOOR_M2, CROP_KG_M2, HEAT_MWH_M2 = 100_000, 80, 0.35
TOMATOES_KG = FLOOR_M2 * CROP_KG_M2
HEAT_MWH = FLOOR_M2 * HEAT_MWH_M2
#: 9.9 kg NH3, 20.4 kg K2O and 5.0 kg P2O5 a tonne, as elements and as the case rounds them [kg/kg].
NITROGEN, POTASSIUM, PHOSPHORUS = 0.00815, 0.0169, 0.00218
#: Pumps of two loops, 0.093 kWh/m3, for water that cools by 17 K [kWh/MWh].
PUMPING = 2 * 0.093 * 3600 / (4.184 * 17)


def _benefit(name: str, reference: str) -> float:
    """Of one year [kg CO2e]."""
    return benefit(scored(read_case(FOLDER / f"{name}.yaml")), reference)


def _nutrients() -> float:
    scores = (unit_score(f"fertiliser.{name}") for name in ("nitrogen", "potassium", "phosphorus"))
    return sum(share * score for share, score in zip((NITROGEN, POTASSIUM, PHOSPHORUS), scores, strict=True))


def _merchant() -> float:
    """A kilogram of carbon dioxide: 123 kWh of power and 6.7 kWh of heat a tonne (Danish Energy Agency), 150 km [kg CO2e]."""
    liquefied = 0.123 * unit_score("electricity.mix.SE") + 0.0067 / 1000 * unit_score("heat.boiler.natural_gas")
    return liquefied + 0.15 * unit_score("transport.lorry_40t")


def _from_frovi() -> float:
    """A kilogram at the wholesaler in Stockholm [kg CO2e]."""
    power = unit_score("electricity.mix.SE")
    carbon_dioxide = 0.146 * _merchant()
    water = 1.39 / CROP_KG_M2 * (0.725 * 1.0 + 0.275 * 0.4) * power  # 1 kWh per m3 of rain, 0.4 of tap water
    heat = HEAT_MWH_M2 / CROP_KG_M2 * (PUMPING * power + 0.05 * unit_score("heat.district.wood_chips"))
    return 3.32 * power + carbon_dioxide + water + _nutrients() + heat + 0.2 * unit_score("transport.lorry_40t_refrigerated")


def _from_the_netherlands() -> float:
    gas_gj = 26 * 31.65 / 62.5 / 1000
    gas = gas_gj * (unit_score("fuel.natural_gas.combustion") + unit_score("fuel.natural_gas.upstream"))
    fertilisers = sum(
        amount * unit_score(f"fertiliser.{name}")
        for name, amount in (("nitrogen", 0.0099 * 14 / 17), ("potassium", 0.0204 * 0.8301), ("phosphorus", 0.005 * 0.4364))
    )
    return gas + fertilisers + 1.45 * unit_score("transport.lorry_40t_refrigerated")


def test_the_benefit_is_what_a_kilogram_causes_elsewhere_less_what_it_causes_in_frovi() -> None:
    cooling = HEAT_MWH * 8.0 * unit_score("electricity.mix.SE")  # 8 kWh per MWh of heat that nobody takes
    spain = 0.22 + 3.6 * unit_score("transport.lorry_40t_refrigerated")
    for reference, elsewhere in (("likely", _from_the_netherlands()), ("conservative", spain)):
        expected = TOMATOES_KG * (elsewhere - _from_frovi()) + cooling
        assert _benefit("case", reference) == pytest.approx(expected, rel=1e-9)
    assert _from_frovi() == pytest.approx(0.178, abs=0.0005)
    assert _from_the_netherlands() == pytest.approx(1.092, abs=0.0005)


def test_carbon_dioxide_counts_by_what_is_done_for_it_and_never_by_the_molecule() -> None:
    dose_kg = 0.146 * TOMATOES_KG
    merchant = _merchant()
    burnt = unit_score("co2.natural_gas_burning")
    fan = 0.040 * unit_score("electricity.mix.SE")
    here = _benefit("case", "likely")
    assert _benefit("co2_natural_gas", "likely") == pytest.approx(here - dose_kg * (burnt - merchant), rel=1e-9)
    assert _benefit("co2_scrubber", "likely") == pytest.approx(here + dose_kg * (merchant - fan), rel=1e-9)


def test_a_kilogram_costs_eighteen_kronor_on_the_assumptions_of_the_case() -> None:
    invested = 320 * FLOOR_M2 * 1.026 * 11.4325  # EUR of 2023, inflation of the Union, SEK of 2024
    annuity = 0.06 / (1 - 1.06**-20)
    costs = {
        "wages": 480 / CROP_KG_M2,
        "plants, growing medium, packaging and upkeep": 4.0,
        "capital": invested * annuity / TOMATOES_KG,
        "electricity": 3.32 * 0.7,
        "water and fertiliser": 0.5,
        "heat": HEAT_MWH_M2 / CROP_KG_M2 * 100,
        "carbon dioxide": 0.146 * 2,
        "lorry": 0.2 * 1.5,
        "reserve": 0.05 * HEAT_MWH_M2 / CROP_KG_M2 * 500,
    }
    assert [round(cost, 1) for cost in costs.values()] == [6.0, 4.0, 4.1, 2.3, 0.5, 0.4, 0.3, 0.3, 0.1]
    price = 16.5 * 1.115894  # of 2022 in money of 2024
    printed = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["npv"]["likely"]
    gain = TOMATOES_KG * (price - sum(costs.values())) / annuity
    assert gain == pytest.approx(printed["greenhouse"], rel=1e-6)
    # At 16.5 SEK in money of 2024 all actors together would lose.
    assert (printed["network"] - TOMATOES_KG * (price - 16.5) / annuity) / 1e6 == pytest.approx(-103, abs=0.5)
