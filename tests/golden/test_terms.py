"""The six terms of a benefit, one small case each: inputs times the unit scores of the library's records."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.errors import CaseError, Level
from ius_lca.library.record import Library
from tests.scoring import HEADER, THIRD, CaseFrom, checked, scored, terms, unit_score


def test_avoided_production_is_q_y_s_q_d_times_the_displaced_product(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          ash:
            from: giver
            to: taker
            resource: ash that replaces fertiliser
            quantity: 200 t/year
            usable: 90 %
            supply:
              substitution: 40 kg/t
              quality: 0.8
              displacement: 75 %
              all:
                - {factor: fertiliser.phosphorus, share: 60 %}
                - {factor: fertiliser.potassium, share: 40 %}
        """)  # fmt: skip
    displaced_kg = 200 * 0.90 * 40 * 0.8 * 0.75  # q [t] x y x S [kg/t] x Q x D
    expected = displaced_kg * (0.60 * unit_score("fertiliser.phosphorus") + 0.40 * unit_score("fertiliser.potassium"))
    assert terms(scored(case)) == {"avoided_production": pytest.approx(expected, rel=1e-12)}


def test_avoided_disposal_loses_the_energy_that_the_incinerator_recovered(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          food:
            from: giver
            to: taker
            resource: food waste
            quantity: 1000 t/year
            disposal:
              all:
                - factor: waste.incineration.food
                  makes_up: {heat: heat.district.wood_chips, electricity: electricity.mix.SE}
        """)  # fmt: skip
    heat_kwh = library.records["waste.incineration.food"].coproduct("heat")[0]  # per kg of waste
    electricity_kwh = library.records["waste.incineration.food"].coproduct("electricity")[0]  # per kg of waste
    waste_kg = 1000 * 1000
    expected = (
        waste_kg * unit_score("waste.incineration.food")  # treatment that is no longer needed
        - waste_kg * heat_kwh / 1000 * unit_score("heat.district.wood_chips")  # its heat, made up per MWh
        - waste_kg * electricity_kwh * unit_score("electricity.mix.SE")  # its electricity, made up per kWh
    )
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


def test_processing_is_a_burden_of_the_symbiosis(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 3 GWh/year
            disposal: {all: [{factor: treatment.heat_rejection}]}
            needs:
              - {factor: electricity.mix.DK, amount: 15 kWh/MWh, by: taker}
              - {factor: electricity.mix.SE, amount: 1 kWh/MWh, by: giver}
        """)  # fmt: skip
    handed_over_mwh = 3000
    expected = -handed_over_mwh * (15 * unit_score("electricity.mix.DK") + 0.5 * 2 * unit_score("electricity.mix.SE"))
    assert terms(scored(case)) == {
        "avoided_disposal": pytest.approx(handed_over_mwh * unit_score("treatment.heat_rejection"), rel=1e-12),
        "processing": pytest.approx(expected, rel=1e-12),
    }


def test_processing_that_yields_a_coproduct_makes_it_up_in_the_reference(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          food:
            from: giver
            to: taker
            resource: food waste
            quantity: 10 t/year
            disposal: {all: [{factor: waste.landfill.food}]}
            needs:
              - factor: waste.incineration.food
                amount: 1 kg/kg
                by: taker
                makes_up: {heat: heat.boiler.heavy_fuel_oil, electricity: unused}
        """)  # fmt: skip
    heat_mwh = library.records["waste.incineration.food"].coproduct("heat")[0] / 1000  # per kg of waste
    expected = 10_000 * (
        heat_mwh * unit_score("heat.boiler.heavy_fuel_oil")  # the reference burns oil for it
        - unit_score("waste.incineration.food")  # the symbiosis incinerates
    )
    assert terms(scored(case))["processing"] == pytest.approx(expected, rel=1e-12)


def test_transport_moves_the_wet_mass_of_what_is_handed_over(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          biogas:
            from: giver
            to: taker
            resource: sludge counted by its energy
            quantity: 20 GWh/year
            disposal: {all: [{factor: treatment.heat_rejection}]}
            transport:
              - {factor: transport.lorry_40t, distance: 35 km, wet_mass: 0.4 t/MWh, by: taker}
              - {factor: transport.rail_electric, distance: 120000 m, wet_mass: 400 kg/MWh, by: taker}
        """)  # fmt: skip
    wet_t = 20_000 * 0.4  # q [MWh] x wet mass [t/MWh]
    expected = -wet_t * (35 * unit_score("transport.lorry_40t") + 120 * unit_score("transport.rail_electric"))
    assert terms(scored(case))["transport"] == pytest.approx(expected, rel=1e-12)


def test_transport_of_a_mass_needs_no_wet_mass(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          slag:
            from: giver
            to: taker
            resource: slag
            quantity: 5000 t/year
            disposal: {all: [{factor: waste.landfill.inert}]}
            transport: [{factor: transport.rail, distance: 12 km, by: taker}]
        """)  # fmt: skip
    assert terms(scored(case))["transport"] == pytest.approx(-5000 * 12 * unit_score("transport.rail"), rel=1e-12)


def test_residue_is_the_share_that_is_not_usable(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          paper:
            from: giver
            to: taker
            resource: paper
            quantity: 80 t/year
            usable: 93 %
            disposal: {all: [{factor: waste.landfill.paper}]}
            residue: {factor: waste.landfill.inert}
        """)  # fmt: skip
    expected = -80_000 * (1 - 0.93) * unit_score("waste.landfill.inert")
    assert terms(scored(case))["residue"] == pytest.approx(expected, rel=1e-12)


def test_equipment_is_divided_by_its_life_and_backup_is_per_year(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: QUANTITY
            disposal: {all: [{factor: treatment.heat_rejection}]}
            equipment: [{factor: electricity.mix.PL, amount: 90 MWh, life: 30 years, by: taker}]
            backup: [{factor: fuel.light_fuel_oil.combustion, amount: 4 GJ/year, by: taker}]
        """
    expected = -(
        90_000 / 30 * unit_score("electricity.mix.PL")  # kWh per year of life
        + 4 * unit_score("fuel.light_fuel_oil.combustion")  # GJ per year
    )
    for quantity in ("1 GWh/year", "50 GWh/year", "0 GWh/year"):  # it does not scale with the quantity
        case = checked(case_from, library, body.replace("QUANTITY", quantity))
        assert terms(scored(case))["equipment_backup"] == pytest.approx(expected, rel=1e-12)


def test_process_of_the_case_adds_its_inputs_and_its_emissions(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          feed:
            from: giver
            to: taker
            resource: feed
            quantity: 700 t/year
            supply: {substitution: 0.5 t/t, all: [{process: meal}]}
        processes:
          meal:
            product: meal
            unit: t
            inputs: [{factor: electricity.mix.SE, amount: 120 kWh/t}]
            emissions:
              - {flow: co2_fossil, amount: 30 kg/t}
              - {flow: methane_fossil, amount: 200 g/t}
        """)  # fmt: skip
    per_t = (
        120 * unit_score("electricity.mix.SE")
        + 30 * 1  # CO2, GWP100 1
        + 0.200 * 29.8  # fossil CH4 [kg] x GWP100 of EF 3.1
    )
    assert terms(scored(case)) == {"avoided_production": pytest.approx(700 * 0.5 * per_t, rel=1e-12)}


def test_processes_in_a_loop_are_solved(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          steam:
            from: giver
            to: taker
            resource: steam
            quantity: 10 t/year
            supply: {substitution: 1 t/t, all: [{process: a}]}
        processes:
          a:
            product: a
            unit: t
            inputs: [{process: b, amount: 0.4 t/t}]
            emissions: [{flow: co2_fossil, amount: 100 kg/t}]
          b:
            product: b
            unit: kg
            inputs: [{process: a, amount: 0.5 kg/kg}]
            emissions: [{flow: co2_fossil, amount: 0.02 kg/kg}]
        """)  # fmt: skip
    # a = 100 + 400 b and b = 0.02 + 0.0005 a, in kg CO2e per t of a and per kg of b, so a = (100 + 8) / (1 - 0.2).
    per_t = (100 + 400 * 0.02) / (1 - 400 * 0.0005)
    assert terms(scored(case)) == {"avoided_production": pytest.approx(10 * per_t, rel=1e-12)}
    assert float(assess(case).verification["max_relative_difference"] or 0) <= 1e-9


def test_a_chain_with_very_large_amounts_is_no_loop(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 1 GWh/year
            disposal: {all: [{factor: treatment.heat_rejection}]}
            equipment: [{process: plant, amount: 2 piece, life: 20 years, by: taker}]
        processes:
          plant: {product: a plant, unit: piece, inputs: [{process: steel, amount: 5e7 kg/piece}]}
          steel: {product: steel, unit: kg, emissions: [{flow: co2_fossil, amount: 2 kg/kg}]}
        """)  # fmt: skip
    assert terms(scored(case))["equipment_backup"] == pytest.approx(-2 / 20 * 5e7 * 2, rel=1e-12)


@pytest.mark.parametrize("share_of_a", ["2 t/t", "3 t/t"])
def test_loop_without_solution_names_the_cycle_and_its_line(case_from: CaseFrom, library: Library, share_of_a: str) -> None:
    body = """\
        exchanges:
          steam:
            from: giver
            to: taker
            resource: steam
            quantity: 10 t/year
            supply: {substitution: 1 t/t, all: [{process: a}]}
        processes:
          a: {product: a, unit: t, inputs: [{process: b, amount: 0.5 t/t}]}
          b: {product: b, unit: t, inputs: [{process: a, amount: SHARE}]}
        """
    text = HEADER.replace(THIRD, "") + dedent(body).replace("SHARE", share_of_a)
    case, document = case_from(text)
    with pytest.raises(CaseError, match="the loop a -> b -> a takes as much of its own product as it makes") as raised:
        assess(case, document=document)
    line = text.splitlines().index("processes:") + 2  # of process a
    errors = [finding for finding in raised.value.findings if finding.level is Level.ERROR]
    assert [finding.where for finding in errors] == [f"case.yaml:{line}"]


def test_the_loop_without_solution_is_named_and_not_a_sound_one(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(HEADER + dedent("""\
        exchanges:
          steam:
            from: giver
            to: taker
            resource: steam
            quantity: 10 t/year
            supply: {substitution: 1 t/t, all: [{process: sound}]}
        processes:
          sound: {product: s, unit: t, inputs: [{process: sound, amount: 0.1 t/t}, {process: c, amount: 1 t/t}]}
          c: {product: c, unit: t, inputs: [{process: d, amount: 1 t/t}]}
          d: {product: d, unit: t, inputs: [{process: c, amount: 1 t/t}]}
        """))  # fmt: skip
    with pytest.raises(CaseError, match="the loop c -> d -> c takes"):
        assess(case, document=document)


def test_landfill_direct_follows_a_stream_through_incineration_to_the_ash(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          food:
            from: giver
            to: taker
            resource: food waste
            quantity: 500 t/year
            disposal:
              all:
                - {factor: waste.incineration.food, share: 80 %, makes_up: {heat: unused, electricity: electricity.mix.PL}}
                - {factor: waste.landfill.food, share: 20 %}
        """)  # fmt: skip
    ash = 0.2324 * 0.0517 * 1  # dry matter x ash in dry matter x share landfilled, as the record states
    expected = 500_000 * (0.80 * ash + 0.20)  # kg; the landfill of the Polish power stations is not of the stream
    assert terms(scored(case), indicator="landfill_direct") == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


def test_virgin_material_is_the_displaced_mass_of_material_products_only(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          digestate:
            from: giver
            to: taker
            resource: digestate
            quantity: 900 t/year
            usable: 95 %
            supply:
              substitution: 3 kg/t
              quality: 0.9
              displacement: 50 %
              all: [{process: fertiliser}]
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 9 GWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
          ash:
            from: giver
            to: taker
            resource: ash
            quantity: 10 t/year
            supply: {substitution: 0.2 kg/kg, all: [{factor: fertiliser.phosphorus}]}
        processes:
          fertiliser:
            product: fertiliser
            unit: kg
            material: true
            inputs:
              - {factor: fertiliser.nitrogen, amount: 1 kg/kg}
              - {factor: fertiliser.phosphorus, amount: 0.2 kg/kg}
              - {factor: electricity.mix.SE, amount: 3 kWh/kg}
        """)  # fmt: skip
    expected = 900 * 0.95 * 3 * 0.9 * 0.5 + 10_000 * 0.2  # q x y x S x Q x D, of the process and of the factor
    assert terms(scored(case), indicator="virgin_material") == {"avoided_production": pytest.approx(expected, rel=1e-12)}


@pytest.mark.parametrize(
    ("factor", "virgin"), [("metal.steel_bf_bof", 1.0), ("metal.steel_eaf", 0.0), ("byproduct.fly_ash", 0.0)]
)
def test_displacing_recycled_material_or_a_by_product_saves_no_virgin_material(
    case_from: CaseFrom, library: Library, factor: str, virgin: float
) -> None:
    case = checked(case_from, library, f"""\
        exchanges:
          scrap:
            from: giver
            to: taker
            resource: scrap
            quantity: 7 t/year
            supply: {{substitution: 1 t/t, all: [{{factor: {factor}}}]}}
        """)  # fmt: skip
    saved = terms(scored(case), indicator="virgin_material").get("avoided_production", 0.0)
    assert saved == pytest.approx(7000 * virgin, rel=1e-12)
