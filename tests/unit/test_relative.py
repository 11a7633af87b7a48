"""The exchanges as a part of what an actor takes in, puts out and emits."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca import units
from ius_lca.case.check import check_case
from ius_lca.computed import Computed
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, benefit, scored

HEAD = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
#: Straw in energy units has a mass by its properties; heat has none.
BODY = """\
    exchanges:
      ash:
        from: giver
        to: taker
        resource: ash
        quantity: 300 t/year
        usable: 80 %
        disposal: {by_reference: {likely: [{factor: waste.landfill.inert}], conservative: []}}
      straw:
        from: giver
        to: taker
        resource: straw
        quantity: 2 Gg/year
        supply: {substitution: 2 kg/t, all: [{factor: fertiliser.potassium}]}
      heat:
        from: other
        to: taker
        resource: heat
        quantity: 36 TJ/year
        disposal: {all: [{factor: treatment.heat_rejection}]}
      air:
        from: other
        to: giver
        resource: compressed air
        quantity: 5 Mm3/year
        disposal: {all: [{factor: treatment.heat_rejection, amount: 0 kWh/m3}]}
"""


def _computed(case_from: CaseFrom, giver: str = "", taker: str = "") -> Computed:
    head = HEAD.replace("giver: {name: Giver}", f"giver: {{name: Giver{giver}}}")
    head = head.replace("taker: {name: Taker}", f"taker: {{name: Taker{taker}}}")
    return scored(case_from(head + dedent(BODY))[0])


def _measures(computed: Computed, actor: str) -> dict[tuple[object, ...], object]:
    return {
        (row["reference"], row["measure"], row["unit"]): row["value"]
        for row in result_tables(computed)["relative"]
        if row["actor"] == actor
    }


def test_flows_by_unit_stand_for_every_actor(case_from: CaseFrom) -> None:
    computed = _computed(case_from)
    assert _measures(computed, "taker") == {
        (None, "incoming_flow", "t/year"): pytest.approx(300 + 2000),
        (None, "incoming_flow", "MWh/year"): pytest.approx(36e12 / 3.6e9),
    }
    assert _measures(computed, "giver") == {
        (None, "incoming_flow", "m3/year"): pytest.approx(5e6),
        (None, "outgoing_flow", "t/year"): pytest.approx(300 + 2000),
    }


def test_mass_through_the_properties_of_a_material(case_from: CaseFrom) -> None:
    text = (
        dedent(BODY)
        .replace("quantity: 2 Gg/year", "quantity: 29 TJ/year\n    material: property.straw")
        .replace("2 kg/t", "1 kg/GJ")
    )
    computed = scored(case_from(HEAD + text)[0])
    calorific = computed.library.materials["property.straw"].properties["net_calorific_value"]
    straw = 29e6 / units.convert(calorific.value, calorific.unit, "MJ/t")
    assert _measures(computed, "giver")[(None, "outgoing_flow", "t/year")] == pytest.approx(300 + straw)


def test_shares_of_the_stated_totals(case_from: CaseFrom) -> None:
    computed = _computed(
        case_from,
        giver=", operations: {outflow: 10000 t/year, circular_outflow: 500 t/year}",
        taker=", operations: {inflow: 5 Gg/year, circular_inflow: 0 t/year, energy: 50 GWh/year}",
    )
    giver, taker = _measures(computed, "giver"), _measures(computed, "taker")
    usable = 300 * 0.8 + 2000
    assert giver[(None, "outgoing_share", "1")] == pytest.approx((300 + 2000) / 10000)
    assert giver[(None, "circular_outflow_share", "1")] == pytest.approx((500 + usable) / 10000)
    assert taker[(None, "incoming_share", "1")] == pytest.approx((300 + 2000) / 5000)
    assert taker[(None, "circular_inflow_share", "1")] == pytest.approx(usable / 5000)
    assert taker[(None, "incoming_energy_share", "1")] == pytest.approx(10 / 50)


def test_waste_counts_as_diverted_where_the_reference_disposes_of_it(case_from: CaseFrom) -> None:
    giver = _measures(_computed(case_from, giver=", operations: {waste: 760 t/year}"), "giver")
    diverted = 300 * 0.8  # the straw has no disposal, the residue of the ash is still waste
    assert giver[("likely", "waste_diverted_share", "1")] == pytest.approx(diverted / (diverted + 760))
    assert giver[("conservative", "waste_diverted_share", "1")] == 0
    taker = _measures(_computed(case_from, taker=", operations: {waste: 760 t/year}"), "taker")
    assert taker[("likely", "waste_diverted_share", "1")] == 0  # it received the ash, the waste was another's


def test_avoided_emissions_stand_beside_the_stated_ones(case_from: CaseFrom) -> None:
    computed = _computed(case_from, giver=", operations: {emissions: 40 t CO2e/year}")
    # Half of every exchange that the actor gives or takes part in.
    half = sum(benefit(computed, "likely", exchange=key) for key in ("ash", "straw", "air")) / 2
    giver = _measures(computed, "giver")
    assert giver[("likely", "avoided_beside_emissions", "1")] == pytest.approx(half / 40000)
    assert half != 0


def test_totals_of_zero_have_no_shares(case_from: CaseFrom) -> None:
    totals = ", operations: {emissions: 0 t CO2e/year, waste: 0 t/year, inflow: 0 t/year}"
    assert {measure for _, measure, _ in _measures(_computed(case_from, giver=totals), "giver")} == {
        "incoming_flow", "outgoing_flow", "waste_diverted_share",
    }  # fmt: skip


def test_emissions_that_nothing_covers_are_not_compared(case_from: CaseFrom) -> None:
    text = dedent("""\
        exchanges:
          air:
            from: giver
            to: taker
            resource: compressed air
            quantity: 5 m3/year
            disposal: {all: [{factor: compressed}]}
        factors:
          compressed: {product: air, unit: m3, emissions: [{flow: ammonia, amount: 1 g/m3}], covers: [], source: a report}
        """)
    head = HEADER.replace("giver: {name: Giver}", "giver: {name: Giver, operations: {emissions: 4 t CO2e/year}}")
    computed = scored(case_from(head + text)[0])
    (row,) = [row for row in result_tables(computed)["relative"] if row["measure"] == "avoided_beside_emissions"]
    assert (row["coverage"], row["value"]) == ("none", None)


@pytest.mark.parametrize(
    ("actor", "totals", "expected"),
    [
        ("taker", "inflow: 2300 t/year", []),
        ("taker", "inflow: 2290 t/year", []),  # within rounding
        ("taker", "inflow: 2200 t/year", ["actors.taker.operations.inflow"]),
        ("taker", "inflow: 2400 t/year, circular_inflow: 100 t/year", []),
        ("taker", "inflow: 2400 t/year, circular_inflow: 200 t/year", ["actors.taker.operations.inflow"]),
        ("taker", "energy: 9 GWh/year", ["actors.taker.operations.energy"]),
        ("giver", "outflow: 2200 t/year", ["actors.giver.operations.outflow"]),
        ("giver", "outflow: 2400 t/year, circular_outflow: 200 t/year", ["actors.giver.operations.outflow"]),
        ("giver", "circular_outflow: 2 t/year", ["actors.giver.operations.circular_outflow"]),
    ],
)
def test_exchanges_are_a_part_of_the_totals(
    case_from: CaseFrom, library: Library, actor: str, totals: str, expected: list[str]
) -> None:
    head = HEAD.replace(f"{actor}: {{name: {actor.title()}}}", f"{actor}: {{name: A, operations: {{{totals}}}}}")
    findings = check_case(case_from(head + dedent(BODY))[0], library)
    assert [one.path for one in findings if one.code == "part-of-total"] == expected
    assert [one.path for one in findings if one.level is Level.ERROR] == expected


def test_what_follows_another_exchange_is_part_of_the_flows(case_from: CaseFrom) -> None:
    text = dedent(BODY).replace("quantity: 2 Gg/year", "follows: [{exchange: ash, amount: 0.5 t/t}]")
    computed = scored(case_from(HEAD + text)[0])
    assert _measures(computed, "giver")[(None, "outgoing_flow", "t/year")] == pytest.approx(300 + 0.5 * 300)


def test_totals_are_of_one_year(case_from: CaseFrom, library: Library) -> None:
    totals = "operations: {waste: {by_year: {2023: 1 t/year, 2032: 2 t/year}}}"
    head = HEAD.replace("giver: {name: Giver}", f"giver: {{name: Giver, {totals}}}")
    errors = [one.path for one in check_case(case_from(head + dedent(BODY))[0], library) if one.level is Level.ERROR]
    assert errors == ["actors.giver.operations.waste.by_year"]


def test_a_rule_that_is_not_defined_compares_nothing(case_from: CaseFrom) -> None:
    head = HEAD.replace("giver: {name: Giver}", "giver: {name: Giver, operations: {emissions: 40 t CO2e/year}}")
    computed = scored(case_from(head + dedent(BODY) + "sharing: {rule: surplus}\n")[0])  # no price is stated
    assert "avoided_beside_emissions" not in {measure for _, measure, _ in _measures(computed, "giver")}
