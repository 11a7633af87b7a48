"""Factors that a case brings along, each against arithmetic on the records of the library."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Level
from ius_lca.impact.coverage import Coverage
from ius_lca.library.record import Library
from tests.scoring import HEADER, CaseFrom, scored, terms, unit_score

#: An exchange of 100 t a year whose disposal the test names.
STREAM = """\
exchanges:
  stream:
    from: giver
    to: taker
    resource: a by-product
    quantity: 100 t/year
"""


def _case(case_from: CaseFrom, library: Library, *parts: str) -> tuple[Case, list[tuple[Level, str, str]]]:
    """A case without errors, and the code and message of its findings."""
    case, document = case_from(HEADER + "".join(dedent(part) for part in parts))
    findings = check_case(case, library, document)
    assert [str(one) for one in findings if one.level is Level.ERROR] == []
    return case, [(one.level, one.code, one.message) for one in findings]


def _disposal(written: str) -> str:
    return f"{STREAM}    disposal: {{all: [{written}]}}\n"


def test_a_bare_figure_of_the_case_counts_as_it_stands_and_covers_climate_change_alone(
    case_from: CaseFrom, library: Library
) -> None:
    case, _ = _case(case_from, library, _disposal("{factor: kiln}"), """\
        factors:
          kiln: {product: treatment in the kiln, unit: t, co2e: 250 kg CO2e/t, gwp: AR5, source: "kiln report 2023, table 2"}
        """)  # fmt: skip
    computed = scored(case)
    assert terms(computed) == {"avoided_disposal": pytest.approx(100 * 250, rel=1e-12)}
    assert terms(computed, indicator="primary_energy") == {}
    assert computed.levels[("likely", "climate_change", None)] is Coverage.FULL
    assert computed.levels[("likely", "primary_energy", None)] is Coverage.NONE


def test_elementary_flows_of_an_own_factor_are_characterised(case_from: CaseFrom, library: Library) -> None:
    case, _ = _case(case_from, library, _disposal("{factor: pit}"), """\
        factors:
          pit:
            product: landfill of our kind
            unit: t
            treats_waste: true
            covers: [climate_change, landfill_direct]
            emissions: [{flow: methane_biogenic, amount: 12 kg/t}, {flow: waste_to_landfill, amount: 1 t/t}]
            source: "measurements at the pit, 2022"
        """)  # fmt: skip
    computed = scored(case)
    assert terms(computed) == {"avoided_disposal": pytest.approx(100 * 12 * 27.0, rel=1e-12)}  # biogenic methane: 27 kg CO2e/kg
    assert terms(computed, indicator="landfill_direct") == {"avoided_disposal": pytest.approx(100_000, rel=1e-12)}  # 100 t
    assert computed.levels[("likely", "landfill_direct", None)] is Coverage.FULL


def test_what_a_factor_that_treats_no_waste_puts_in_a_landfill_is_not_the_case_s(case_from: CaseFrom, library: Library) -> None:
    case, _ = _case(case_from, library, _disposal("{factor: plant}"), """\
        factors:
          plant:
            product: a service
            unit: t
            emissions: [{flow: waste_to_landfill, amount: 1 t/t}]
            source: a publication
        """)  # fmt: skip
    computed = scored(case)
    assert terms(computed, indicator="landfill_direct") == {}
    assert terms(computed, indicator="landfill_life_cycle") == {"avoided_disposal": pytest.approx(100_000, rel=1e-12)}


def test_a_changed_parameter_changes_this_use_alone(case_from: CaseFrom, library: Library) -> None:
    halves = "{factor: waste.landfill.food, share: 50 %}, {factor: waste.landfill.food, share: 50 %, with: {gas_recovery: 60 %}}"
    case, _ = _case(case_from, library, _disposal(halves))
    # 40 % of the methane is left, and what is recovered burns to biogenic CO2, which counts nothing.
    full = unit_score("waste.landfill.food")
    expected = 100_000 * (0.5 * full + 0.5 * full * 0.4)
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}
    landfilled = terms(scored(case), indicator="landfill_direct")
    assert landfilled == {"avoided_disposal": pytest.approx(100_000, rel=1e-12)}  # a treatment still


def test_another_input_takes_the_place_of_one(case_from: CaseFrom, library: Library) -> None:
    boiler = "{factor: heat.boiler.electric, amount: 1 MWh/t, instead: {electricity.mix.EU27: electricity.mix.SE}}"
    case, _ = _case(case_from, library, _disposal(boiler))
    expected = 100 * 1000 / 0.99 * unit_score("electricity.mix.SE")  # 100 MWh of heat, 99 % efficiency, per kWh
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


def test_an_own_factor_of_the_same_product_takes_the_place_of_an_input_without_a_word(
    case_from: CaseFrom, library: Library
) -> None:
    boiler = "{factor: heat.boiler.electric, amount: 1 MWh/t, instead: {electricity.mix.EU27: turbine}}"
    own = "factors: {turbine: {product: PRODUCT, unit: kWh, source: s, co2e: 9 g CO2e/kWh, gwp: AR6}}\n"
    for product, expected in (("electricity", set()), ("steam", {"unlike-input"})):
        case, findings = _case(case_from, library, _disposal(boiler) + own.replace("PRODUCT", product))
        assert {code for _, code, _ in findings} & {"unlike-input"} == expected
        assert terms(scored(case)) == {"avoided_disposal": pytest.approx(100 * 1000 / 0.99 * 0.009, rel=1e-12)}


def test_a_factor_without_its_place_is_that_of_the_case(case_from: CaseFrom, library: Library) -> None:
    case, findings = _case(case_from, library, _disposal("{factor: electricity.mix, amount: 2 kWh/t}"))
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(200 * unit_score("electricity.mix.SE"), rel=1e-12)}
    assert "wider-region" not in {code for _, code, _ in findings}


def test_a_wider_region_stands_in_and_says_so(case_from: CaseFrom, library: Library) -> None:
    text = _disposal("{factor: electricity.mix, amount: 2 kWh/t}")
    case, document = case_from(HEADER.replace("place: SE", "place: AT") + text)
    notes = [one.message for one in check_case(case, library, document) if one.code == "wider-region"]
    assert notes == ["there is no electricity.mix of AT; electricity.mix.EU27 (European Union (27)) stands in."]
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(200 * unit_score("electricity.mix.EU27"), rel=1e-12)}


def test_properties_turn_mass_into_energy_and_the_report_is_told(case_from: CaseFrom, library: Library) -> None:
    ncv = library.records["fuel.wood_chips.upstream"].properties["net_calorific_value"]
    assert ncv.unit == "GJ/t"
    case, findings = _case(case_from, library, _disposal("{factor: fuel.wood_chips.upstream}"))
    expected = 100 * ncv.value * unit_score("fuel.wood_chips.upstream")  # 100 t, in GJ
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}
    assert "converted" in {code for _, code, _ in findings}


def test_an_amount_of_a_factor_converts_with_the_properties_of_that_factor(case_from: CaseFrom, library: Library) -> None:
    ncv = library.records["fuel.diesel.upstream"].properties["net_calorific_value"].value
    case, _ = _case(case_from, library, _disposal("{factor: fuel.diesel.upstream, amount: 3 kg/t}"))
    expected = 100 * 0.003 * ncv * unit_score("fuel.diesel.upstream")  # 100 t x 3 kg/t x GJ/t
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


def test_a_material_gives_the_mass_that_is_moved(case_from: CaseFrom, library: Library) -> None:
    ncv = library.records["fuel.wood_chips.upstream"].properties["net_calorific_value"].value
    case, _ = _case(case_from, library, """\
        exchanges:
          chips:
            from: giver
            to: taker
            resource: wood chips, counted in energy
            quantity: 500 GJ/year
            material: fuel.wood_chips.upstream
            supply: {substitution: 1 GJ/GJ, all: [{factor: heat.boiler.natural_gas}]}
            transport: [{factor: transport.lorry_40t, distance: 30 km, by: giver}]
        """)  # fmt: skip
    moved = 500 / ncv * 30  # t x km
    assert terms(scored(case))["transport"] == pytest.approx(-moved * unit_score("transport.lorry_40t"), rel=1e-12)


def test_brightway_finds_the_same_for_every_kind_of_own_factor(case_from: CaseFrom, library: Library) -> None:
    case, _ = _case(case_from, library, _disposal(
        "{factor: pit, share: 40 %}, {factor: waste.incineration.food, share: 30 %, with: {ash_landfilled: 50 %}, "
        "makes_up: {electricity: electricity.mix, heat: heat.district.wood_chips}}, "
        "{factor: waste.landfill.paper, share: 30 %, with: {gas_recovery: 20 %}}"
    ), """\
        factors:
          pit: {product: pit, unit: t, treats_waste: true, emissions: [{flow: waste_to_landfill, amount: 1 t/t}], source: a book}
        """)  # fmt: skip
    assessment = assess(case, library=library)
    assert assessment.verification["max_relative_difference"] <= 1e-9
    cited = {row["ref"]: row["title"] for row in assessment.tables["sources"]}
    assert cited["case:pit"] == "a book"
    taken = {row["target"] for row in assessment.tables["inventory"]}
    assert {"pit", "electricity.mix.SE", "waste.landfill.paper with gas_recovery = 20 %"} <= taken


def _evidence(case: Case) -> set[str]:
    return {edge.evidence.value for edge in scored(case).inventory.edges}


MEASURED = "    quantity: {value: 100 t/year, evidence: measured}\n"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("co2e: 250 kg CO2e/t", "published"),  # by its source, if nothing else is said
        ("co2e: {value: 250 kg CO2e/t, evidence: assumed}", "assumed"),
        ("co2e: {value: 250 kg CO2e/t, evidence: measured}", "measured"),
    ],
)
def test_a_use_is_as_certain_as_the_own_factor_behind_it(
    case_from: CaseFrom, library: Library, figure: str, expected: str
) -> None:
    own = f"factors: {{kiln: {{product: kiln, unit: t, {figure}, gwp: AR5, source: a report}}}}\n"
    stream = STREAM.replace("    quantity: 100 t/year\n", MEASURED)
    case, _ = _case(case_from, library, f"{stream}    disposal: {{all: [{{factor: kiln}}]}}\n", own)
    assert _evidence(case) == {expected}
    behind, _ = _case(
        case_from, library, f"{stream}    disposal: {{all: [{{process: pit}}]}}\n", own,
        "processes: {pit: {product: pit, unit: t, inputs: [{factor: kiln, amount: {value: 1 t/t, evidence: measured}}]}}\n",
    )  # fmt: skip
    assert _evidence(behind) == {expected}


def test_a_stated_parameter_is_part_of_the_evidence(case_from: CaseFrom, library: Library) -> None:
    stream = STREAM.replace("    quantity: 100 t/year\n", MEASURED)
    recovery = "{value: 60 %, evidence: assumed}"
    disposal = f"    disposal: {{all: [{{factor: waste.landfill.food, with: {{gas_recovery: {recovery}}}}}]}}\n"
    case, _ = _case(case_from, library, stream + disposal)
    assert _evidence(case) == {"assumed"}
    taken = f"{{factor: waste.landfill.food, amount: {{value: 1 t/t, evidence: measured}}, with: {{gas_recovery: {recovery}}}}}"
    process = f"processes: {{pit: {{product: pit, unit: t, inputs: [{taken}]}}}}\n"
    behind, _ = _case(case_from, library, f"{stream}    disposal: {{all: [{{process: pit}}]}}\n", process)
    assert _evidence(behind) == {"assumed"}


def test_a_material_of_the_case_counts_as_virgin_material(case_from: CaseFrom, library: Library) -> None:
    supply = "    supply: {substitution: 1 t/t, all: [{factor: ore}]}\n"
    case, _ = _case(case_from, library, STREAM + supply, """\
        factors:
          ore: {product: ore, unit: t, co2e: 10 kg CO2e/t, gwp: AR5, material: true, source: a report}
        """)  # fmt: skip
    assert terms(scored(case), indicator="virgin_material") == {"avoided_production": pytest.approx(100_000, rel=1e-12)}


def test_own_factors_carry_goods_and_stand_in_for_co_products(case_from: CaseFrom, library: Library) -> None:
    burning = "{factor: waste.incineration.food, makes_up: {electricity: wind, heat: unused}}"
    leg = "    transport: [{factor: barge, distance: 50 km, by: giver}]\n"
    case, _ = _case(case_from, library, _disposal(burning) + leg, """\
        factors:
          barge: {product: freight, unit: tkm, co2e: 0.02 kg CO2e/tkm, gwp: AR5, source: a report}
          wind: {product: electricity, unit: kWh, co2e: 0.007 kg CO2e/kWh, gwp: AR5, source: a report}
        """)  # fmt: skip
    computed = scored(case)
    per_kg, unit = library.records["waste.incineration.food"].coproduct("electricity")
    assert unit == "kWh"
    avoided = 100_000 * unit_score("waste.incineration.food") - 100_000 * per_kg * 0.007
    assert terms(computed) == {
        "avoided_disposal": pytest.approx(avoided, rel=1e-12),
        "transport": pytest.approx(-100 * 50 * 0.02, rel=1e-12),
    }


def test_legs_and_inputs_without_their_place_are_those_of_the_case(case_from: CaseFrom, library: Library) -> None:
    boiler = "{factor: heat.boiler.electric, amount: 1 MWh/t, instead: {electricity.mix.EU27: electricity.mix}}"
    case, _ = _case(
        case_from, library, f"{_disposal(boiler)}    transport: [{{factor: transport.rail, distance: 9 km, by: giver}}]\n"
    )
    assert terms(scored(case))["avoided_disposal"] == pytest.approx(100_000 / 0.99 * unit_score("electricity.mix.SE"), rel=1e-12)
    inside, document = case_from(
        HEADER.replace("place: SE", "place: SE-M") + _disposal("{factor: electricity.mix, amount: 2 kWh/t}")
    )
    assert [one.code for one in check_case(inside, library, document) if one.code == "wider-region"] == ["wider-region"]
    assert terms(scored(inside)) == {"avoided_disposal": pytest.approx(200 * unit_score("electricity.mix.SE"), rel=1e-12)}


def test_the_calorific_value_of_a_changed_waste_is_its_own(case_from: CaseFrom, library: Library) -> None:
    stream = STREAM.replace("100 t/year", "100 GJ/year")
    wet = "{factor: waste.incineration.food, with: {dry_matter: 29 %}, makes_up: {electricity: unused, heat: unused}}"
    case, _ = _case(case_from, library, f"{stream}    disposal: {{all: [{wet}]}}\n")
    # 18.68 MJ per kg of dry matter, less 2.443 MJ per kg of water
    calorific = 18.68 * 0.29 - 2.443 * (1 - 0.29)
    (edge,) = scored(case).inventory.edges
    assert edge.amount == pytest.approx(1000 / calorific, rel=1e-12)  # kg per GJ


def test_the_model_gives_the_calorific_values_that_the_library_states(library: Library) -> None:
    checked = 0
    for record in library.records.values():
        names = record.values()
        if "net_calorific_value" in names and "net_calorific_value" in record.properties:
            stated = record.properties["net_calorific_value"]
            assert stated.unit == "MJ/kg"
            assert stated.value == pytest.approx(float(names["net_calorific_value"]), rel=0.01), record.id
            checked += 1
    assert checked > 10


def test_a_coproduct_that_would_turn_negative_is_an_error(case_from: CaseFrom, library: Library) -> None:
    digestion = "{factor: waste.digestion.food, with: {carbon_to_biogas: 9900 %}, makes_up: {biogas: unused, digestate: unused}}"
    case, document = case_from(HEADER + _disposal(digestion))
    told = [str(one) for one in check_case(case, library, document) if one.level is Level.ERROR]
    assert len(told) == 1
    assert "with these values the amount of" in told[0]


def test_a_forgotten_percent_is_noticed(case_from: CaseFrom, library: Library) -> None:
    boiler = "{factor: heat.boiler.natural_gas, amount: 1 MWh/t, with: {efficiency: 85}}"
    _, findings = _case(case_from, library, _disposal(boiler))
    assert [message for _, code, message in findings if code == "parameter-range"] == [
        "efficiency = 85 lies far away; the record has 0.92."
    ]


def test_what_stands_in_for_another_product_unit_by_unit_is_told(case_from: CaseFrom, library: Library) -> None:
    digestion = "{factor: waste.digestion.food, makes_up: {biogas: unused, digestate: fertiliser.nitrogen}}"
    _, findings = _case(case_from, library, _disposal(digestion))
    assert "each kg of digestate counts as one kg of nitrogen in mineral fertiliser." in {message for _, _, message in findings}
