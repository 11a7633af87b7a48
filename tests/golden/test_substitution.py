"""Substitution by a property, by hand, with the properties that the library and the case state."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence
from ius_lca.tables import result_tables
from tests.scoring import CaseFrom, checked, scored, terms, unit_score


def _body(supply: str, *more: str) -> str:
    lines = ["from: giver", "to: taker", "resource: a stream", "quantity: 500 t/year", *more, "supply:"]
    lines += [f"  {line}" for line in dedent(supply).splitlines()]
    return "exchanges:\n  stream:\n" + "".join(f"    {line}\n" for line in lines)


def test_a_fuel_displaces_each_fuel_of_a_mix_by_its_own_calorific_value(case_from: CaseFrom, library: Library) -> None:
    supply = """\
        substitution: {equal: net_calorific_value, products: {pellets: 17 MJ/kg}}
        all:
          - {factor: fuel.hard_coal.upstream, share: 75 %}
          - {process: pellets, share: 25 %}"""
    body = _body(supply, "material: fuel.wood_chips.upstream", "usable: 90 %")
    body += "processes:\n  pellets: {product: pellets, unit: kg, emissions: [{flow: co2_fossil, amount: 0.1 kg/kg}]}\n"
    case = checked(case_from, library, body)
    energy_gj = 500 * 0.90 * 15.6  # chips: 15.6 GJ/t
    expected = energy_gj * 0.75 * unit_score("fuel.hard_coal.upstream") + energy_gj * 0.25 / 0.017 * 0.1  # GJ; kg of 0.017 GJ
    assert terms(scored(case)) == {"avoided_production": pytest.approx(expected, rel=1e-12)}
    assert float(assess(case).verification["max_relative_difference"] or 0) <= 1e-9


def test_what_was_computed_stands_in_the_result_with_its_sources(case_from: CaseFrom, library: Library) -> None:
    supply = (
        "substitution: {equal: net_calorific_value, product: {value: 42 GJ/t, evidence: measured}}\nall: [{factor: plastic.pp}]"
    )
    case = checked(case_from, library, _body(supply, "material: property.straw"))
    computed = scored(case)
    rows = result_tables(computed)["substitutions"]
    straw = library.materials["property.straw"].properties["net_calorific_value"]
    assert [(row["item"], row["value"], row["unit"]) for row in rows] == [
        ("stream", straw.value, straw.unit),
        ("product", 42.0, "GJ/t"),
        ("substitution", pytest.approx(1000 * straw.value / 42, rel=1e-12), "kg/t"),  # both per mass: GJ/t is MJ/kg
    ]
    assert str(rows[0]["source"]).startswith(f"property.straw: {library.sources[straw.source].publisher}")
    assert rows[1]["source"] == "stated (measured)"
    assert {row["property"] for row in rows} == {"net_calorific_value"}


def test_nitrogen_displaces_fertiliser_that_is_counted_by_it(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, _body(
        "substitution: {equal: nitrogen}\nquality: 70 %\nall: [{factor: fertiliser.nitrogen}]", "material: property.digestate"
    ))  # fmt: skip
    nitrogen_kg = 500_000 * 0.0055  # kg N per kg of digestate
    assert terms(scored(case)) == {
        "avoided_production": pytest.approx(nitrogen_kg * 0.70 * unit_score("fertiliser.nitrogen"), rel=1e-12)
    }


def test_equal_volumes_go_by_the_densities(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, _body(
        "substitution: {equal: volume, stream: 600 kg/m3, product: 0.2 t/m3}\nall: [{process: peat}]"
    ) + "processes:\n  peat: {product: peat, unit: kg, emissions: [{flow: co2_fossil, amount: 1 kg/kg}]}\n")  # fmt: skip
    assert terms(scored(case)) == {"avoided_production": pytest.approx(500_000 * 200 / 600, rel=1e-12)}  # kg CO2 = kg of peat


def test_a_property_of_no_library_is_stated_on_both_sides(case_from: CaseFrom, library: Library) -> None:
    supply = "substitution: {equal: clinker_equivalent, stream: 60 %, product: 1 kg/kg}\nall: [{process: clinker}]"
    body = (
        _body(supply)
        + "processes:\n  clinker: {product: clinker, unit: kg, emissions: [{flow: co2_fossil, amount: 0.8 kg/kg}]}\n"
    )
    assert terms(scored(checked(case_from, library, body))) == {
        "avoided_production": pytest.approx(500_000 * 0.60 * 0.8, rel=1e-12)
    }


def test_a_value_beside_the_property_multiplies_the_ratio(case_from: CaseFrom, library: Library) -> None:
    supply = "substitution: {equal: nitrogen, value: 60 %}\nall: [{factor: fertiliser.nitrogen}]"
    computed = scored(checked(case_from, library, _body(supply, "material: property.digestate")))
    expected = 500_000 * 0.0055 * 0.60 * unit_score("fertiliser.nitrogen")
    assert terms(computed) == {"avoided_production": pytest.approx(expected, rel=1e-12)}
    assert {edge.evidence for edge in computed.inventory.edges} == {Evidence.ASSUMED}  # the value is nobody's
    ratio = result_tables(computed)["substitutions"][-1]
    assert (ratio["value"], ratio["unit"]) == (pytest.approx(5.5 * 0.60, rel=1e-12), "kg/t")


def test_a_number_of_the_same_ratio_gives_the_same(case_from: CaseFrom, library: Library) -> None:
    by_property = _body(
        "substitution: {equal: net_calorific_value}\nall: [{factor: fuel.hard_coal.upstream}]",
        "material: fuel.wood_chips.upstream",
    )
    by_hand = _body("substitution: 15.6 GJ/t\nall: [{factor: fuel.hard_coal.upstream}]")
    one, other = (terms(scored(checked(case_from, library, body))) for body in (by_property, by_hand))
    assert one == pytest.approx(other, rel=1e-12)


def test_money_counts_what_is_bought_of_every_product_of_a_mix(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, _body(
        "substitution: {equal: net_calorific_value}\n"
        "all: [{factor: plastic.pp, share: 50 %}, {factor: plastic.pet, share: 50 %}]",
        "material: property.straw", "money: {avoided_purchase: 3 SEK/kg}",
    ))  # fmt: skip
    straw = library.materials["property.straw"].properties["net_calorific_value"].value  # MJ/kg
    (item,) = [item for item in scored(case).cash if item.item == "avoided_purchase"]
    assert item.value == pytest.approx(500_000 * straw * (0.5 / 42.01 + 0.5 / 28.24) * 3, rel=1e-12)  # MJ/kg of both plastics


def test_library_properties_count_as_published_and_stated_ones_as_stated(case_from: CaseFrom, library: Library) -> None:
    def weakest(substitution: str) -> Evidence:
        full = "{value: 1, evidence: measured}"
        supply = f"substitution: {substitution}\ndisplacement: {full}\nquality: {full}\nall: [{{factor: plastic.pp}}]"
        body = _body(supply, "material: property.straw").replace("500 t/year", "{value: 500 t/year, evidence: measured}")
        (edge,) = scored(checked(case_from, library, body)).inventory.edges
        return edge.evidence

    assert weakest("{equal: net_calorific_value}") is Evidence.PUBLISHED
    assert weakest("{equal: net_calorific_value, product: 42 GJ/t}") is Evidence.ASSUMED
    assert weakest("{equal: net_calorific_value, evidence: estimated}") is Evidence.ESTIMATED
