"""Material properties and changed factors in every place where an exchange takes something, by arithmetic on the records."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Level
from ius_lca.impact.coverage import Coverage
from ius_lca.library.record import Library
from tests.scoring import HEADER, CaseFrom, scored, terms, unit_score

#: Wood chips counted in energy; what the test adds follows.
CHIPS = """\
exchanges:
  chips:
    from: giver
    to: taker
    resource: wood chips, counted in energy
    quantity: 500 GJ/year
    material: fuel.wood_chips.upstream
"""


def _case(case_from: CaseFrom, library: Library, body: str, more: str = "") -> Case:
    """The chips with what the test says of them, and further keys of the case; it must be without errors."""
    case, document = case_from(HEADER + CHIPS + indent(dedent(body), "    ") + more)
    assert [str(one) for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    return case


@pytest.fixture
def kg(library: Library) -> float:
    """Mass of the 500 GJ of chips [kg]."""
    ncv = library.records["fuel.wood_chips.upstream"].properties["net_calorific_value"]
    assert ncv.unit == "GJ/t"
    return 500 / ncv.value * 1000


def test_disposal_of_a_mass_that_is_counted_in_energy(case_from: CaseFrom, library: Library, kg: float) -> None:
    case = _case(case_from, library, "disposal: {all: [{factor: waste.landfill.wood}]}\n")
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(kg * unit_score("waste.landfill.wood"), rel=1e-12)}


def test_needs_per_mass_of_what_is_counted_in_energy(case_from: CaseFrom, library: Library, kg: float) -> None:
    case = _case(case_from, library, """\
        disposal: {by_reference: {likely: []}}
        needs: [{factor: electricity.mix.SE, amount: 20 kWh/t, by: taker, price: 2 SEK/kWh}]
        """)  # fmt: skip
    taken = kg / 1000 * 20
    assert terms(scored(case)) == {"processing": pytest.approx(-taken * unit_score("electricity.mix.SE"), rel=1e-12)}
    paid = [item.value for item in scored(case).cash if item.item == "running_cost"]
    assert paid == [pytest.approx(-2 * taken, rel=1e-12)]


def test_a_changed_treatment_of_the_residue_and_its_price(case_from: CaseFrom, library: Library, kg: float) -> None:
    case = _case(case_from, library, """\
        usable: 75 %
        disposal: {by_reference: {likely: []}}
        residue: {factor: waste.landfill.wood, with: {gas_recovery: 50 %}, by: taker, price: 3 SEK/kg}
        """)  # fmt: skip
    # Half of the methane is left; what is recovered burns to biogenic CO2, which counts nothing.
    expected = -kg * 0.25 * unit_score("waste.landfill.wood") * 0.5
    computed = scored(case)
    assert terms(computed) == {"residue": pytest.approx(expected, rel=1e-12)}
    assert [item.value for item in computed.cash if item.item == "residue"] == [pytest.approx(-kg * 0.25 * 3, rel=1e-12)]
    assert terms(computed, indicator="landfill_direct") == {"residue": pytest.approx(-kg * 0.25, rel=1e-12)}


def test_a_changed_factor_that_treats_no_waste_leaves_the_direct_landfill_complete(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, library, """\
        disposal: {all: [{factor: waste.landfill.wood}]}
        needs: [{factor: heat.boiler.electric, with: {efficiency: 95 %}, amount: 1 kWh/GJ, by: taker}]
        """)  # fmt: skip
    assert scored(case).levels[("likely", "landfill_direct", None)] is Coverage.FULL


def test_the_ash_of_a_stream_is_direct_landfill_through_another_pit(case_from: CaseFrom, library: Library, kg: float) -> None:
    pit = "factors: {pit: {product: pit, unit: kg, treats_waste: true, covers: [landfill_direct], source: a book, "
    pit += "emissions: [{flow: waste_to_landfill, amount: 1 kg/kg}]}}\n"
    case = _case(case_from, library, """\
        disposal:
          all:
            - factor: waste.incineration.food
              instead: {waste.landfill.inert: pit}
              makes_up: {electricity: unused, heat: unused}
        """, pit)  # fmt: skip
    assert (
        assess(case, library=library).verification["max_relative_difference"] <= 1e-9
    )  # Brightway finds the same by its own way
    incineration = library.records["waste.incineration.food"].parameters
    ash = kg * incineration["dry_matter"].value * incineration["ash"].value * incineration["ash_landfilled"].value
    assert terms(scored(case), indicator="landfill_direct") == {"avoided_disposal": pytest.approx(ash, rel=1e-12)}


def test_a_record_that_makes_several_units_is_charged_per_unit_when_it_is_changed(case_from: CaseFrom, library: Library) -> None:
    boiler = library.records["heat.boiler.electric"]
    doubled = boiler.model_copy(
        update={
            "reference": boiler.reference.model_copy(update={"amount": 2.0}),
            "technosphere": tuple(line.model_copy(update={"amount": f"2*({line.amount})"}) for line in boiler.technosphere),
        }
    )
    other = library.model_copy(update={"records": {**library.records, boiler.id: doubled}, "sha256": "a doubled boiler"})
    need = "needs: [{factor: heat.boiler.electric, with: {efficiency: 50 %}, amount: 1 MWh/GJ, by: taker}]\n"
    need += "disposal: {by_reference: {likely: []}}\n"
    case = _case(case_from, library, need)
    expected = -500 * 1000 / 0.5 * unit_score("electricity.mix.EU27")
    assert terms(scored(case, other)) == {"processing": pytest.approx(expected, rel=1e-9)}
