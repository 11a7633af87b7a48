"""Three figures of the register of reproductions, counted by hand from the numbers printed in the records' sources."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ius_lca.case.read_yaml import read_with_lines
from tests.scoring import benefit, scored, unit_score
from tests.tool import REPOSITORY

#: EF v3.1, climate change [kg CO2e/kg].
GWP_METHANE_FOSSIL, GWP_NITROUS_OXIDE = 29.8, 273.0
#: IPCC 2006, volume 2, table 2.3 [kg/GJ]: CO2, CH4, N2O.
GAS_STACK = 56.1 + 0.001 * GWP_METHANE_FOSSIL + 0.0001 * GWP_NITROUS_OXIDE
DIESEL_GJ_PER_LITRE = 0.00085 * 43.0
DIESEL = ("fuel.diesel.combustion", "fuel.diesel.upstream")


def _benefit(case: str, exchange: str) -> float:
    """Benefit of one exchange of a small case of the register [kg CO2e/year]."""
    read = read_with_lines(REPOSITORY / "tests" / "reproductions" / "cases" / f"{case}.yaml")[0]
    return benefit(scored(read), "likely", exchange=exchange)


def test_gas_that_greenhouses_do_without() -> None:
    """115 million m3 of gas are 204 kt CO2 in the stack, as claimed; their supply adds a fifth, the pipe takes little."""
    fuel_gj = 115e6 * 31.65 / 1000
    assert fuel_gj * 56.1 / 1e6 == pytest.approx(205, rel=0.01)
    pipe = 400_000 * 85 * 0.04 * unit_score("electricity.mix.EU27")  # t, km, kWh per tkm
    by_hand = fuel_gj * (GAS_STACK + unit_score("fuel.natural_gas.upstream")) - pipe
    assert _benefit("netherlands_gas", "co2_by_its_gas") == pytest.approx(by_hand, rel=1e-9)


def test_a_tonne_of_steel_from_scrap() -> None:
    """2.57 t CO2e by the ore route less 0.31 t by the arc furnace, of which the furnace itself emits 0.18 t."""
    arc_furnace = 180 + 1779 / 3.6 * unit_score("electricity.mix.EU27") + 0.546 * unit_score("fuel.natural_gas.upstream")
    assert _benefit("metals", "steel") == pytest.approx(1000 * unit_score("metal.steel_bf_bof") - arc_furnace, rel=1e-9)


def test_digestate_for_a_tonne_of_ammonium_nitrate() -> None:
    """335 kg of nitrogen are in 111 t of digestate, whose spreading emits most of what is avoided."""
    total, ammoniacal = 5.5, 3.6  # kg N per tonne of digestate
    deposited = ammoniacal * 0.308 + total * 0.04 * 14 / 46
    nitrous_oxide = (total * 0.006 + deposited * 0.014 + total * 0.24 * 0.011) * 44 / 28
    diesel = 0.8 * DIESEL_GJ_PER_LITRE * sum(unit_score(factor) for factor in DIESEL)
    spread = 111 * (nitrous_oxide * GWP_NITROUS_OXIDE + diesel)
    nitrogen: Mapping[str, float] = {
        factor: unit_score(factor) for factor in ("fertiliser.nitrogen", "agriculture.mineral_nitrogen_spreading")
    }
    assert _benefit("digestate", "digestate") == pytest.approx(335 * sum(nitrogen.values()) - spread, rel=1e-9)
    assert 335 * nitrogen["fertiliser.nitrogen"] == pytest.approx(1268, abs=1)  # far from the 7 t of the claim
