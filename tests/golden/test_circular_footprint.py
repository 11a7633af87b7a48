"""Published examples of the Circular Footprint Formula and of module D, and whole cases counted by hand."""

from __future__ import annotations

import pytest

from ius_lca.case.check import check_case
from ius_lca.circular import cff, module_d
from ius_lca.circular.cff import Activities, Parameters
from ius_lca.errors import Level
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored, unit_score

#: Ecobalyse, documentation of the material: 0.207 * [0.8*0.5 + (1 - 0.8)*0.5*80.3] = 1.75 kg CO2e.
WOOL = """\
factors:
  virgin_wool: {product: wool, unit: kg, co2e: 80.3 kg CO2e/kg, gwp: AR5, source: "Ecobalyse, Base Impacts", material: true}
  recycling: {product: recycling of wool, unit: kg, co2e: 0.5 kg CO2e/kg, gwp: AR5, source: "Ecobalyse, Base Impacts"}
exchanges:
  wool:
    from: giver
    to: taker
    resource: used wool
    quantity: 0.207 kg/year
    supply: {substitution: 1 kg/kg, all: [{factor: virgin_wool}]}
    needs: [{factor: recycling, amount: 1 kg/kg, by: taker}]
    circular_footprint: {kind: textile_natural, ED: []}
"""


def test_recycled_wool_of_ecobalyse(case_from: CaseFrom) -> None:
    case = case_from(HEADER + WOOL)[0]
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    tables = result_tables(scored(case))
    values = {
        (row["part"], row["basis"]): row["value"] for row in tables["circular_footprint"] if row["indicator"] == "climate_change"
    }
    assert values["total", "in_year"] == pytest.approx(0.207 * (0.8 * 0.5 + (1 - 0.8) * 0.5 * 80.3), rel=1e-12)
    assert round(float(values["total", "in_year"] or 0), 2) == 1.75  # as printed
    assert values["virgin", "per_unit"] == pytest.approx(80.3, rel=1e-12)
    benefit = next(row for row in tables["benefits"] if row["indicator"] == "climate_change" and row["basis"] == "in_year")
    assert benefit["benefit"] == pytest.approx(0.207 * (80.3 - 0.5), rel=1e-12)  # another question, another figure


CHIPS = """\
exchanges:
  chips:
    from: giver
    to: taker
    resource: waste wood
    quantity: 100 t/year
    material: fuel.wood_chips.upstream
    supply:
      substitution: {equal: net_calorific_value}
      all: [{factor: fuel.hard_coal.upstream}]
    circular_footprint: {A: 0.2, ED: []}
"""


def test_virgin_material_by_a_property(case_from: CaseFrom) -> None:
    """15.6 GJ of chips stand for 15.6 GJ of coal: (1 - A)*Ev, without any recycling."""
    case = case_from(HEADER + CHIPS)[0]
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    rows = [row for row in result_tables(scored(case))["circular_footprint"] if row["indicator"] == "climate_change"]
    total = next(row["value"] for row in rows if (row["part"], row["basis"]) == ("total", "per_unit"))
    assert total == pytest.approx((1 - 0.2) * 15.6 * unit_score("fuel.hard_coal.upstream"), rel=1e-12)


def test_cotton_wipers_of_ecobalyse() -> None:
    """M3 = (1 - 0.8) * 5 % * (0.44 - 1.82 * 0.3) = -0.001 mPt, as printed."""
    p = Parameters(A=0.8, B=0, R1=0, R2=0.05, R3=0, quality_in=1, quality_out=0.3)
    recycled = cff.material(p, Activities(ErecEoL=0.44, E_star_v=1.82))
    assert recycled == pytest.approx(0.2 * 0.05 * (0.44 - 0.546), rel=1e-12)
    assert round(float(recycled), 3) == -0.001


def test_net_flow_of_metals_for_buildings_and_etool() -> None:
    """40 % recycled content and 90 % recycled at the end of life: 50 % net. eTool: primary 10 and secondary 2 units."""
    p = Parameters(A=0, B=0, R1=0.4, R2=0.9, R3=0, quality_in=1, quality_out=1)
    assert module_d.material(p, Activities(E_star_v=1)) == pytest.approx(-0.5, rel=1e-12)
    assert module_d.material(p, Activities(ErecEoL=2, E_star_v=10)) == pytest.approx(0.5 * (2 - 10), rel=1e-12)
    # A1-A3 of the same example, printed as 6.8, is the formula with A = 1: the user bears all of the recycling.
    made = cff.material(Parameters(A=1, B=0, R1=0.4, R2=0.9, R3=0, quality_in=1, quality_out=1), Activities(Ev=10, Erec=2))
    assert made == pytest.approx(6.8, rel=1e-12)


def test_more_recycled_content_than_recycling_is_a_load() -> None:
    """eTool: reinforcement with 95 % recycled content of which 80 % is recycled bears 15 %."""
    p = Parameters(A=0, B=0, R1=0.95, R2=0.8, R3=0, quality_in=1, quality_out=1)
    assert module_d.material(p, Activities(E_star_v=1)) == pytest.approx(0.15, rel=1e-12)


def test_all_three_parts_by_hand() -> None:
    p = Parameters(
        A=0.5, B=0.1, R1=0.3, R2=0.4, R3=0.2, quality_in=0.9, quality_out=0.8, LHV=30.0, X_heat=0.5, X_elec=0.2
    )  # fmt: skip
    e = Activities(Ev=2.0, Erec=0.6, ErecEoL=0.7, E_star_v=1.9, EER=3.0, ESE_heat=0.02, ESE_elec=0.05, ED=0.4)
    assert cff.material(p, e) == pytest.approx(0.7 * 2.0 + 0.3 * (0.5 * 0.6 + 0.5 * 2.0 * 0.9) + 0.5 * 0.4 * (0.7 - 1.9 * 0.8))
    assert cff.energy(p, e) == pytest.approx(0.9 * 0.2 * (3.0 - 30 * 0.5 * 0.02 - 30 * 0.2 * 0.05))
    assert cff.disposal(p, e) == pytest.approx(0.4 * 0.4)
    assert module_d.energy(p, e) == pytest.approx(-0.2 * 30 * (0.5 * 0.02 + 0.2 * 0.05))
