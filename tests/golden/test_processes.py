"""Processes with several products, previous uses and changed donors, by hand: inputs times the unit scores of the records."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, checked, scored, terms, unit_score


def _verified(case: Case) -> Computed:
    """What is computed, once Brightway has found the same, and the terms the difference of the scenarios."""
    verification = assess(case).verification
    assert float(verification["max_relative_difference"] or 0) <= 1e-9
    assert float(verification["terms_difference"] or 0) <= 1e-9
    return scored(case)


#: Biodiesel with glycerine and, in the same process, press cake: per t 200 kWh of electricity and 50 kg of fossil CO2.
MILL = """\
    exchanges:
      oil:
        from: giver
        to: taker
        resource: used cooking oil
        quantity: 1000 t/year
        supply: {substitution: 0.8 t/t, all: [{process: mill, MAKES_UP}]}
    processes:
      mill:
        product: oil
        unit: t
        allocation: ALLOCATION
        price: 6000 SEK/t
        net_calorific_value: 37 MJ/kg
        coproducts:
          glycerine: {amount: 100 kg/t, price: 3 SEK/kg, net_calorific_value: 17 GJ/t}
          cake: {amount: 1.5 t/t, price: 2000 SEK/t, net_calorific_value: 20 GJ/t}
        inputs: [{factor: electricity.mix.SE, amount: 200 kWh/t}]
        emissions: [{flow: co2_fossil, amount: 50 kg/t}]
"""


def _mill(allocation: str, makes_up: str = "why: the mill") -> str:
    return MILL.replace("ALLOCATION", allocation).replace("MAKES_UP", makes_up)


@pytest.mark.parametrize(
    ("allocation", "share"),
    [
        ("mass", 1000 / (1000 + 100 + 1500)),  # kg of oil, glycerine and cake
        ("energy", 37_000 / (37_000 + 100 * 17 + 1500 * 20)),  # MJ
        ("economic", 6000 / (6000 + 100 * 3 + 1.5 * 2000)),  # SEK
        ("cut_off", 1.0),
    ],
)
def test_the_product_carries_its_share(case_from: CaseFrom, library: Library, allocation: str, share: float) -> None:
    case = checked(case_from, library, _mill(allocation))
    per_t = 200 * unit_score("electricity.mix.SE") + 50  # kg CO2e per t of all products together
    assert terms(_verified(case)) == {"avoided_production": pytest.approx(1000 * 0.8 * share * per_t, rel=1e-12)}


def test_shares_of_every_product_stand_in_the_result(case_from: CaseFrom, library: Library) -> None:
    rows = result_tables(scored(checked(case_from, library, _mill("mass"))))["allocations"]
    assert [(row["process"], row["method"], row["product"]) for row in rows] == [
        ("mill", "mass", "oil"), ("mill", "mass", "glycerine"), ("mill", "mass", "cake"),
    ]  # fmt: skip
    assert [row["share"] for row in rows] == pytest.approx([1000 / 2600, 100 / 2600, 1500 / 2600], rel=1e-12)


def test_by_exergy_heat_counts_with_its_carnot_factor(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          power:
            from: giver
            to: taker
            resource: power
            quantity: 9 GWh/year
            supply: {substitution: 1 MWh/MWh, all: [{process: plant}]}
        processes:
          plant:
            product: electricity
            unit: MWh
            allocation: exergy
            coproducts: {heat: {amount: 2 MWh/MWh, temperature: 75 degC}, steam: {amount: 1.8 GJ/MWh, temperature: 180 degC}}
            surroundings: 0 degC
            emissions: [{flow: co2_fossil, amount: 600 kg/MWh}]
        """)  # fmt: skip
    heat, steam = 2 * (1 - 273.15 / 348.15), 0.5 * (1 - 273.15 / 453.15)  # MWh of exergy per MWh of electricity
    assert terms(_verified(case)) == {"avoided_production": pytest.approx(9000 * 600 / (1 + heat + steam), rel=1e-12)}
    assert [row["share"] for row in result_tables(scored(case))["allocations"]] == pytest.approx(
        [1 / (1 + heat + steam), heat / (1 + heat + steam), steam / (1 + heat + steam)], rel=1e-12
    )


def test_what_exergy_assumes_is_told(case_from: CaseFrom, library: Library) -> None:
    def told(heat: str, plant: str = "") -> list[str]:
        body = """\
            exchanges:
              power:
                from: giver
                to: taker
                resource: power
                quantity: 9 GWh/year
                supply: {substitution: 1 MWh/MWh, all: [{process: plant}]}
            processes:
              plant: {product: power, unit: MWh, allocation: exergy, coproducts: {heat: {amount: 2 MWh/MWhHEAT}}PLANT}
            """
        case, document = case_from(HEADER + dedent(body).replace("HEAT", heat).replace("PLANT", plant))
        codes = {"counts-as-power", "surroundings"}
        return [f"{one.level} {one.message}" for one in check_case(case, library, document) if one.code in codes]

    power = "note power states no temperature, so it counts as power: all of its energy is exergy."
    around = "note the surroundings are taken as 15 °C, an assumption."
    assert told(", temperature: 90 degC", ", surroundings: 5 degC") == [power]
    assert told(", temperature: 90 degC") == [around, power]
    assert told("") == [around, power, power.replace("power states", "heat states")]


def test_by_substitution_each_of_two_coproducts_is_made_up_in_the_other_scenario(case_from: CaseFrom, library: Library) -> None:
    makes_up = "makes_up: {glycerine: unused, cake: cake_elsewhere}"
    more = "  cake_elsewhere: {product: cake, unit: kg, emissions: [{flow: co2_fossil, amount: 0.4 kg/kg}]}\n"
    case = checked(case_from, library, dedent(_mill("substitution", makes_up)) + more)
    displaced_t = 1000 * 0.8
    per_t = 200 * unit_score("electricity.mix.SE") + 50 - 1500 * 0.4  # the mill no longer runs, its cake is made elsewhere
    computed = _verified(case)
    assert terms(computed) == {"avoided_production": pytest.approx(displaced_t * per_t, rel=1e-12)}
    rows = result_tables(computed)["allocations"]
    assert [(row["product"], row["share"]) for row in rows] == [("oil", 1.0), ("glycerine", None), ("cake", None)]


def test_a_coproduct_of_a_need_is_handed_on_to_an_exchange(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          sludge:
            from: giver
            to: taker
            resource: sludge
            quantity: 100 t/year
            disposal: {all: [{factor: waste.landfill.inert}]}
            needs: [{process: digester, amount: 1 t/t, by: taker, makes_up: {biogas: gas}}]
          gas:
            from: taker
            to: other
            resource: biogas
            quantity: QUANTITY GJ/year
            supply: {substitution: 1 GJ/GJ, all: [{factor: fuel.natural_gas.combustion}]}
        processes:
          digester:
            product: digestion
            unit: t
            coproducts: {biogas: {amount: 2.5 GJ/t}}
            inputs: [{factor: electricity.mix.SE, amount: 30 kWh/t}]
        """
    case = checked(case_from, library, body.replace("QUANTITY", "250"))  # 100 t x 2.5 GJ/t
    found = terms(_verified(case))
    assert found["processing"] == pytest.approx(-100 * 30 * unit_score("electricity.mix.SE"), rel=1e-12)
    assert found["avoided_production"] == pytest.approx(250 * unit_score("fuel.natural_gas.combustion"), rel=1e-12)
    more, document = case_from(HEADER + dedent(body.replace("QUANTITY", "300")))
    errors = [str(finding) for finding in check_case(more, library, document) if finding.level is Level.ERROR]
    assert len(errors) == 1
    assert "300 GJ of biogas a year are counted as handed on, but 250 are made." in errors[0]


def test_an_allocated_process_feeds_another_in_a_loop(case_from: CaseFrom, library: Library) -> None:
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
            allocation: mass
            coproducts: {by: {amount: 1 t/t}}
            inputs: [{process: b, amount: 1.5 t/t}]
            emissions: [{flow: co2_fossil, amount: 100 kg/t}]
          b: {product: b, unit: t, inputs: [{process: a, amount: 0.8 t/t}], emissions: [{flow: co2_fossil, amount: 20 kg/t}]}
        """)  # fmt: skip
    # With half of a's burdens, a = (100 + 1.5 b)/2 and b = 20 + 0.8 a; with all of them the loop had no solution (1.5 x 0.8 > 1).
    per_t = (50 + 0.75 * 20) / (1 - 0.75 * 0.8)
    assert terms(_verified(case)) == {"avoided_production": pytest.approx(10 * per_t, rel=1e-12)}


def test_previous_use_is_netted_in_avoided_disposal(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          whey:
            from: giver
            to: taker
            resource: whey, of which farmers had 40 %
            quantity: 500 t/year
            disposal: {all: [{factor: waste.landfill.food, amount: 0.6 t/t}]}
            previous_use:
              by: other
              all: [{process: feed, amount: 0.2 t/t, share: 40 %, makes_up: {straw: straw_elsewhere}}]
        processes:
          feed: {product: feed, unit: t, emissions: [{flow: co2_fossil, amount: 700 kg/t}], coproducts: {straw: {amount: 2 t/t}}}
          straw_elsewhere: {product: straw, unit: t, emissions: [{flow: co2_fossil, amount: 90 kg/t}]}
        """
    computed = _verified(checked(case_from, library, body))
    feed_t = 500 * 0.40 * 0.2
    expected = 500_000 * 0.60 * unit_score("waste.landfill.food") - feed_t * 700 + feed_t * 2 * 90
    assert terms(computed) == {"avoided_disposal": pytest.approx(expected, rel=1e-12)}
    (row,) = [row for row in result_tables(computed)["inventory"] if row["target"] == "feed"]
    assert (row["scenario"], row["actor"], row["term"]) == ("symbiosis", "other", "avoided_disposal")
    assert row["label"] == "feed: in place of the stream, for its previous user"
    assert row["amount"] == pytest.approx(feed_t, rel=1e-12)


def test_previous_use_without_an_actor_is_the_donors_and_puts_nothing_of_the_stream_in_a_landfill(
    case_from: CaseFrom, library: Library
) -> None:
    case = checked(case_from, library, """\
        exchanges:
          ash:
            from: giver
            to: taker
            resource: ash
            quantity: 70 t/year
            supply: {substitution: 1 t/t, all: [{factor: building.concrete}]}
            previous_use: {all: [{factor: waste.landfill.inert, amount: 0.5 t/t}]}
        """)  # fmt: skip
    computed = scored(case)
    assert "avoided_disposal" not in terms(computed, indicator="landfill_direct")  # not the ash itself
    (edge,) = [edge for edge in computed.inventory.edges if edge.target == "waste.landfill.inert"]
    assert (edge.actor, edge.treats) == ("giver", False)


def test_a_changed_donor_is_in_both_scenarios(case_from: CaseFrom, library: Library) -> None:
    case = checked(case_from, library, """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 2 GWh/year
            donor_changed: true
            donor_process:
              before: [{factor: electricity.mix.SE, amount: 5 kWh/MWh}]
              after:
                - {factor: electricity.mix.SE, amount: 20 kWh/MWh, evidence: measured}
                - {process: plant, amount: 0.1 MWh/MWh, makes_up: {ash: unused}}
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
        processes:
          plant:
            product: heat
            unit: MWh
            emissions: [{flow: co2_fossil, amount: 3 kg/MWh}]
            coproducts: {ash: {amount: 1 kg/MWh}}
        """)  # fmt: skip
    computed = _verified(case)
    assert terms(computed) == {
        "avoided_production": pytest.approx(2000 * unit_score("heat.boiler.natural_gas"), rel=1e-12),
        "processing": pytest.approx(2000 * ((5 - 20) * unit_score("electricity.mix.SE") - 0.1 * 3), rel=1e-12),
    }
    rows = [row for row in result_tables(computed)["inventory"] if row["term"] == "processing"]
    assert [(row["scenario"], row["actor"]) for row in rows] == [
        ("reference", "giver"),
        ("symbiosis", "giver"),
        ("symbiosis", "giver"),
    ]
    assert str(rows[0]["label"]).endswith(": the donor's process before its change")


def test_the_numbers_of_an_allocation_are_evidence(case_from: CaseFrom, library: Library) -> None:
    measured = _mill("economic").replace("{amount: 100 kg/t", "{amount: {value: 100 kg/t, evidence: measured}")
    measured = measured.replace("amount: 1.5 t/t", "amount: {value: 1.5 t/t, evidence: measured}")
    for part in ("quantity: 1000 t/year", "substitution: 0.8 t/t", "amount: 200 kWh/t", "amount: 50 kg/t", "price: 6000 SEK/t"):
        key, _, value = part.partition(": ")
        measured = measured.replace(part, f"{key}: {{value: {value}, evidence: measured}}")
    measured = measured.replace(
        "0.8 t/t, evidence: measured},",
        "0.8 t/t, evidence: measured}, displacement: {value: 1, evidence: measured}, quality: {value: 1, evidence: measured},",
    )

    def weakest(body: str) -> set[Evidence]:
        return {edge.evidence for edge in scored(checked(case_from, library, body)).inventory.edges}

    assert weakest(measured) == {Evidence.ASSUMED}  # the prices of the co-products
    assert weakest(measured.replace("economic", "mass")) == {Evidence.MEASURED}
