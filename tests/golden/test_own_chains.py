"""What the case's own processes, shares and residues pass on, each against arithmetic on the records of the library."""

from __future__ import annotations

import pytest

from ius_lca.library.record import Library
from tests.scoring import CaseFrom, checked, scored, terms, unit_score


def test_of_a_mix_of_materials_only_the_share_of_virgin_ones_saves_virgin_material(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          scrap:
            from: giver
            to: taker
            resource: scrap
            quantity: 10 t/year
            supply:
              substitution: 0.9 t/t
              all:
                - {factor: metal.steel_bf_bof, share: 70 %}   # from ore
                - {factor: metal.steel_eaf, share: 30 %}      # from scrap
        """)  # fmt: skip
    expected = 10_000 * 0.9 * 0.70  # kg handed over x S x share from ore
    assert terms(scored(case), indicator="virgin_material") == {"avoided_production": pytest.approx(expected, rel=1e-12)}


@pytest.mark.parametrize(("by", "actor"), [("", "taker"), (", by: giver", "giver"), (", by: other", "other")])
def test_the_residue_is_treated_by_the_receiver_unless_somebody_else_is_named(
    case_from: CaseFrom, library: Library, by: str, actor: str
) -> None:
    case = checked(case_from, library, f"""\
        exchanges:
          paper:
            from: giver
            to: taker
            resource: paper
            quantity: 80 t/year
            usable: 93 %
            disposal: {{all: [{{factor: waste.landfill.paper}}]}}
            residue: {{factor: waste.landfill.inert{by}}}
        """)  # fmt: skip
    edges = {edge.term.value: edge.actor for edge in scored(case).inventory.edges}
    assert edges == {"avoided_disposal": "giver", "residue": actor}


def test_a_process_that_takes_another_twice_takes_the_sum(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          sludge:
            from: giver
            to: taker
            resource: sludge
            quantity: 50 t/year
            disposal: {all: [{process: drying}]}
        processes:
          drying:
            product: sludge dried
            unit: t
            inputs:
              - {process: air, amount: 20 m3/t, why: fluidised bed}
              - {process: air, amount: 5 m3/t, why: conveyor}
          air: {product: compressed air, unit: m3, inputs: [{factor: electricity.mix.SE, amount: 0.12 kWh/m3}]}
        """)  # fmt: skip
    expected = 50 * (20 + 5) * 0.12 * unit_score("electricity.mix.SE")  # t x m3/t x kWh/m3
    assert terms(scored(case)) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}


def test_what_a_power_station_puts_in_a_landfill_is_not_waste_of_the_stream(case_from: CaseFrom, library: Library) -> None:
    """A stream goes through treatments; what it drives is none, even where its input was changed to a pit of the case."""
    case = checked(case_from, library, """\
        exchanges:
          sludge:
            from: giver
            to: taker
            resource: sludge
            quantity: 50 t/year
            disposal: {all: [{factor: pit}]}
            needs:
              - {factor: electricity.technology.waste, instead: {waste.incineration.municipal: pit}, amount: 30 kWh/t, by: taker}
        factors:
          pit: {product: pit, unit: kg, treats_waste: true, source: book, emissions: [{flow: waste_to_landfill, amount: 1 kg/kg}]}
        """)  # fmt: skip
    computed = scored(case)
    assert terms(computed, indicator="landfill_direct") == {"avoided_disposal": pytest.approx(50_000, rel=1e-12)}
    burnt = -terms(computed, indicator="landfill_life_cycle")["processing"]  # kg of waste per year that the power takes
    record = library.records["electricity.technology.waste"]
    per_kwh = 1 / record.parameters["electricity_output"].value
    assert burnt == pytest.approx(50 * 30 * per_kwh, rel=1e-12)
