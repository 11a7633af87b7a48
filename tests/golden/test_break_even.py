"""Switching values and break-evens of one exchange whose terms are round numbers."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.sensitivity.break_even import BreakEven, Status, break_evens
from ius_lca.sensitivity.switching import switching_values
from tests.scoring import HEADER, CaseFrom, scored, terms, unit_score

ASH = """\
exchanges:
  ash:
    from: giver
    to: taker
    resource: ash
    quantity: {value: 1000 t/year, range: [150, 1200]}
    usable: 80 %
    supply:
      substitution: 0.5 t/t
      quality: 0.9
      displacement: {value: 75 %, range: [20, 90]}
      all: [{factor: cement}]
    disposal: {all: [{factor: pit}]}
    needs: [{factor: drying, amount: 1 t/t, by: taker}]
    transport: [{factor: lorry, distance: 100 km, by: other}]
    residue: {factor: burning}
    equipment: [{factor: steel, amount: 200 t, life: 20 years, by: taker}]
factors:
  cement: {product: cement, unit: t, co2e: 500 kg CO2e/t, gwp: AR6, source: made up}
  pit: {product: pit, unit: t, co2e: 20 kg CO2e/t, gwp: AR6, source: made up, treats_waste: true}
  drying: {product: drying, unit: t, co2e: 30 kg CO2e/t, gwp: AR6, source: made up}
  lorry: {product: lorry, unit: tkm, co2e: 0.1 kg CO2e/tkm, gwp: AR6, source: made up}
  burning: {product: burning, unit: t, co2e: 50 kg CO2e/t, gwp: AR6, source: made up, treats_waste: true}
  steel: {product: steel, unit: t, co2e: 2000 kg CO2e/t, gwp: AR6, source: made up}
"""
#: The six terms in kg CO2e a year: q y S Q D cement + q pit - q drying - q km lorry - q (1 - y) burning - steel / life.
PRODUCTION = 1000 * 0.8 * 0.5 * 0.9 * 0.75 * 500  # 135 000
DISPOSAL, PROCESSING, TRANSPORT, RESIDUE = 1000 * 20, -1000 * 30, -1000 * 100 * 0.1, -1000 * 0.2 * 50
EQUIPMENT = -200 * 2000 / 20
BENEFIT = PRODUCTION + DISPOSAL + PROCESSING + TRANSPORT + RESIDUE + EQUIPMENT  # 85 000
#: By how much the benefit rises with one unit of each number; its zero is now - benefit / rise.
RISE = {
    "distance": TRANSPORT / 100,
    "substitution": PRODUCTION / 0.5,
    "quality": PRODUCTION / 0.9,
    "displacement": PRODUCTION / 0.75,
    "usable": PRODUCTION / 0.8 + 1000 * 50,  # what becomes usable is no residue
    "quantity": (BENEFIT - EQUIPMENT) / 1000,
}
NOW = {"distance": 100, "substitution": 0.5, "quality": 0.9, "displacement": 0.75, "usable": 0.8, "quantity": 1000}
HIGH = {"distance": 20_000, "substitution": None, "quality": 1, "displacement": 1, "usable": 1, "quantity": None}


def found(case_from: CaseFrom, library: Library, body: str, indicator: str = "climate_change") -> dict[str, BreakEven]:
    """Break-evens of a case under its only reference by parameter, with its item where there is one."""
    case, document = case_from(HEADER + dedent(body))
    assert [str(finding) for finding in check_case(case, library, document) if finding.level is Level.ERROR] == []
    listed = [one for one in break_evens(scored(case, library)) if one.indicator == indicator]
    named = {f"{one.parameter} {one.item}".strip(): one for one in listed}
    assert len(named) == len(listed)
    return named


def test_the_terms_are_the_round_numbers(case_from: CaseFrom) -> None:
    assert terms(scored(case_from(HEADER + ASH)[0])) == {
        "avoided_production": pytest.approx(135_000, rel=1e-12),
        "avoided_disposal": pytest.approx(20_000, rel=1e-12),
        "processing": pytest.approx(-30_000, rel=1e-12),
        "transport": pytest.approx(-10_000, rel=1e-12),
        "residue": pytest.approx(-10_000, rel=1e-12),
        "equipment_backup": pytest.approx(-20_000, rel=1e-12),
    }


def test_switching_value_is_what_the_other_terms_cost_per_displaced_unit(case_from: CaseFrom) -> None:
    computed = scored(case_from(HEADER + ASH)[0])
    climate = next(one for one in switching_values(computed) if one.indicator == "climate_change")
    displaced = 1000 * 0.8 * 0.5 * 0.9 * 0.75  # t a year
    assert climate.value == pytest.approx((30_000 + 10_000 + 10_000 + 20_000 - 20_000) / displaced, rel=1e-12)
    assert (climate.now, climate.unit) == (pytest.approx(500, rel=1e-12), "kg CO2e/t")


@pytest.mark.parametrize("parameter", RISE)
def test_break_even_is_where_the_benefit_has_gone(case_from: CaseFrom, library: Library, parameter: str) -> None:
    named = found(case_from, library, ASH)
    one = named["distance lorry" if parameter == "distance" else parameter]
    assert one.value == pytest.approx(NOW[parameter] - BENEFIT / RISE[parameter], rel=1e-12)
    assert (one.now, one.low, one.high) == (pytest.approx(NOW[parameter]), 0, HIGH[parameter])
    assert (one.status, one.above) == (Status.EXACT, RISE[parameter] > 0)


def test_a_break_even_inside_the_range_of_its_number_leaves_the_sign_open(case_from: CaseFrom, library: Library) -> None:
    named = found(case_from, library, ASH)
    # Displacement: 75 % x 50 000 / 135 000 = 28 %, in 20 to 90 %.  Quantity: 20 000 / 105 = 190 t, in 150 to 1200 t.
    open_ones = {name for name, one in named.items() if one.is_within_its_range}
    assert open_ones == {"displacement", "quantity"}
    assert named["displacement"].stated == pytest.approx((0.20, 0.90))


@pytest.mark.parametrize(
    ("change", "parameter", "expected"),
    [
        # Without its residue named, what is not usable is only lost: 135 000 y / 0.8 - 30 000 - 10 000 - 20 000 + 20 000 = 0.
        ("    residue: {factor: burning}\n", "usable", 40_000 / (135_000 / 0.8)),
        # Without equipment every tonne is worth the same, so the quantity turns nothing.
        ("    equipment: [{factor: steel, amount: 200 t, life: 20 years, by: taker}]\n", "quantity", None),
    ],
)
def test_break_even_without_a_term(
    case_from: CaseFrom, library: Library, change: str, parameter: str, expected: float | None
) -> None:
    assert change in ASH
    one = found(case_from, library, ASH.replace(change, ""))[parameter]
    assert one.value == (None if expected is None else pytest.approx(expected, rel=1e-12))
    assert one.status is (Status.ALWAYS_POSITIVE if expected is None else Status.EXACT)


@pytest.mark.parametrize(
    ("stated", "other", "answer"),
    [
        # Where a number is 0 its term is 0 too; the slope is that of the other cases.
        ("distance: 100 km", "distance: 0 km", ("distance lorry", 95_000 / 100)),  # 85 000 + the 10 000 of transport, 100 a km
        ("displacement: {value: 75 %, range: [20, 90]}", "displacement: 0 %", ("displacement", 50_000 / 180_000)),
        ("quality: 0.9", "quality: 0", ("quality", 50_000 / 150_000)),
        ("substitution: 0.5 t/t", "substitution: 0 t/t", ("substitution", 50_000 / 270_000)),
        ("usable: 80 %", "usable: 100 %", ("usable", 90_000 / (168_750 + 50_000))),
        ("usable: 80 %", "usable: 5 %", ("usable", 90_000 / (168_750 + 50_000))),
        ("quantity: {value: 1000 t/year, range: [150, 1200]}", "quantity: 10 t/year", ("quantity", 20_000 / 105)),
    ],
)
def test_break_even_does_not_depend_on_where_one_stands(
    case_from: CaseFrom, library: Library, stated: str, other: str, answer: tuple[str, float]
) -> None:
    assert stated in ASH
    parameter, expected = answer
    one = found(case_from, library, ASH.replace(stated, other))[parameter]
    assert one.value == pytest.approx(expected, rel=1e-9)


def test_none_in_range_says_which_sign_there_is(case_from: CaseFrom, library: Library) -> None:
    # Drying costs 170 000 more, so the benefit is -85 000: even with every tonne displaced 180 000 do not pay for 220 000.
    poor = found(case_from, library, ASH.replace("co2e: 30 kg", "co2e: 200 kg"))
    assert (poor["displacement"].value, poor["displacement"].status) == (None, Status.ALWAYS_NEGATIVE)
    assert (poor["distance lorry"].value, poor["distance lorry"].status) == (None, Status.ALWAYS_NEGATIVE)
    # A substitution has no limit above.
    assert poor["substitution"].value == pytest.approx(0.5 * (50_000 + 170_000) / 135_000, rel=1e-12)
    # Disposal avoids 70 000 more, which pays for all the rest.
    rich = found(case_from, library, ASH.replace("co2e: 20 kg", "co2e: 90 kg"))
    assert (rich["displacement"].value, rich["displacement"].status) == (None, Status.ALWAYS_POSITIVE)


def test_electricity_counts_wherever_the_exchange_takes_it(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          air:
            from: giver
            to: taker
            resource: air
            quantity: 100 m3/year
            supply: {substitution: 1 m3/m3, all: [{process: small}]}
            needs:
              - {factor: electricity.mix.SE, amount: 0.3 kWh/m3, by: giver}
              - {process: drying, amount: 0.1 kg/m3, by: giver}
        processes:
          small:
            product: air
            unit: m3
            inputs: [{process: motor, amount: 0.5 MJ/m3}]
            emissions: [{flow: co2_fossil, amount: 0.2 kg/m3}]
          motor: {product: work, unit: MJ, inputs: [{factor: electricity.mix.SE, amount: 0.4 kWh/MJ}]}
          drying:
            product: drying
            unit: kg
            inputs:
              - {factor: electricity.mix.SE, amount: 5 kWh/kg}
              - {factor: electricity.mix.PL, amount: 0.01 kWh/kg}
        """
    named = found(case_from, library, body)
    net = 100 * (0.5 * 0.4 - 0.3 - 0.1 * 5)  # kWh: what the small compressors took, less what the exchange takes
    pole = 100 * 0.1 * 0.01 * unit_score("electricity.mix.PL")
    one = named["electricity electricity.mix.SE"]
    assert one.value == pytest.approx((100 * 0.2 - pole) / -net, rel=1e-12)  # 0.33 kg CO2e/kWh
    assert (one.above, one.unit) == (False, "kg CO2e/kWh")
    assert one.now == pytest.approx(unit_score("electricity.mix.SE"), rel=1e-12)
    # 0.1 kWh of Polish electricity cannot turn 20 kg, however dirty it is.
    assert named["electricity electricity.mix.PL"].status is Status.ALWAYS_POSITIVE


def test_electricity_inside_a_changed_factor_counts_and_what_electricity_is_made_of_does_not(
    case_from: CaseFrom, library: Library
) -> None:
    body = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 10 MWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
            needs:
              - factor: heat.boiler.electric
                amount: 1 MWh/MWh
                by: taker
                with: {efficiency: 80 %}
                instead: {electricity.mix.EU27: electricity.mix.SE}
        """
    named = found(case_from, library, body)
    one = named["electricity electricity.mix.SE"]
    assert one.value == pytest.approx(unit_score("heat.boiler.natural_gas") / (1000 / 0.80), rel=1e-9)  # 1250 kWh per MWh
    assert {name for name in named if name.startswith("electricity")} == {"electricity electricity.mix.SE"}


PRICED = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 2 GWh/year
    usable: 90 %
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
    disposal: {all: [{factor: treatment.heat_rejection}]}
    needs:
      - {factor: electricity.mix.SE, amount: 10 kWh/MWh, by: giver, price: 0.5 SEK/kWh}
      - {factor: electricity.mix.SE, amount: 20 kWh/MWh, by: taker, price: 0.5 SEK/kWh}
    money:
      price: {value: 100 SEK/MWh, range: [50, 400]}
      avoided_purchase: 300 SEK/MWh
      avoided_disposal: 2 SEK/MWh
"""


def test_price_at_which_donor_and_receiver_gain_nothing(case_from: CaseFrom, library: Library) -> None:
    named = found(case_from, library, PRICED, "value")
    donor, receiver = (named[f"price {who}"] for who in ("donor", "receiver"))
    assert len(named) == 2  # what one pays the other gains, so the network has none
    assert donor.value == pytest.approx(10 * 0.5 - 2, rel=1e-12)  # its electricity per MWh less the disposal it avoids
    assert receiver.value == pytest.approx(0.90 * 300 - 20 * 0.5, rel=1e-12)  # what it need not buy, less its electricity
    assert (donor.above, receiver.above, donor.unit, donor.now) == (True, False, "SEK/MWh", 100)
    assert (donor.is_within_its_range, receiver.is_within_its_range) == (False, True)


def test_no_price_breaks_even_on_payments_that_are_not_stated(case_from: CaseFrom, library: Library) -> None:
    without = PRICED.replace("      avoided_disposal: 2 SEK/MWh\n", "")
    assert set(found(case_from, library, without, "value")) == {"price receiver"}
    free = PRICED.replace("      price: {value: 100 SEK/MWh, range: [50, 400]}\n", "")
    receiver = found(case_from, library, free, "value")["price receiver"]
    assert (receiver.now, receiver.unit, receiver.value) == (None, "SEK/MWh", pytest.approx(0.90 * 300 - 20 * 0.5))


def test_the_price_breaks_even_at_the_ends_of_its_corridor(case_from: CaseFrom) -> None:
    pipe = "      investments: [{what: pipe, cost: 1 MSEK, life: 20 years, by: giver}]\n"
    computed = scored(case_from("discount_rate: 6 %\n" + HEADER + PRICED + pipe)[0])
    (corridor,) = computed.corridors
    found = {one.item: one for one in break_evens(computed) if one.indicator == "value"}
    assert (found["donor"].value, found["receiver"].value) == (corridor.p_min.value, corridor.p_max.value)
    assert {one.status for one in found.values()} == {Status.EXACT}


RECOVERY = """\
exchanges:
  food:
    from: giver
    to: taker
    resource: food waste
    quantity: 1000 t/year
    disposal: {all: [{factor: waste.landfill.food, with: {gas_recovery: GIVEN}}]}
    needs: [{factor: treatment, amount: 1 t/t, by: taker}]
factors:
  treatment: {product: treatment, unit: t, co2e: 600 kg CO2e/t, gwp: AR6, source: made up}
"""


def test_a_parameter_of_a_factor_is_bracketed_over_its_range(case_from: CaseFrom, library: Library) -> None:
    def per_tonne(recovery: float) -> float:
        body = RECOVERY.replace("GIVEN", f"{recovery!r}").split("    needs")[0]
        return sum(terms(scored(case_from(HEADER + body)[0])).values()) / 1000

    # Methane is emitted in proportion to what is not recovered, so the zero lies on the line through two points.
    low, high = per_tonne(0.1), per_tonne(0.9)
    one = found(case_from, library, RECOVERY.replace("GIVEN", "{value: 20 %, range: [0, 95]}"))[
        "gas_recovery waste.landfill.food"
    ]
    assert one.value == pytest.approx(0.1 + (low - 600) / (low - high) * 0.8, rel=1e-9)
    assert (one.status, one.above, one.low, one.high) == (Status.BRACKETED, False, 0, pytest.approx(0.95))
    assert one.is_within_its_range
    # Put back, nothing is left of the benefit.
    left = terms(scored(case_from(HEADER + RECOVERY.replace("GIVEN", repr(one.value)))[0]))
    assert sum(left.values()) == pytest.approx(0, abs=1e-9 * sum(map(abs, left.values())))


def test_a_parameter_without_a_change_of_sign_in_its_range_has_none(case_from: CaseFrom, library: Library) -> None:
    one = found(case_from, library, RECOVERY.replace("GIVEN", "{value: 5 %, range: [0, 10]}"))["gas_recovery waste.landfill.food"]
    assert (one.value, one.status, one.above) == (None, Status.NONE_FOUND, None)


def test_a_parameter_of_a_factor_that_a_process_takes_is_found_too(case_from: CaseFrom, library: Library) -> None:
    through = RECOVERY.replace("factor: waste.landfill.food, with: {gas_recovery: GIVEN}", "process: tip") + (
        "processes:\n  tip: {product: tip, unit: t, inputs: [{factor: waste.landfill.food, amount: 1 t/t,"
        " with: {gas_recovery: {value: 20 %, range: [0, 95]}}}]}\n"
    )
    direct = found(case_from, library, RECOVERY.replace("GIVEN", "{value: 20 %, range: [0, 95]}"))
    name = "gas_recovery waste.landfill.food"
    assert found(case_from, library, through)[name].value == pytest.approx(direct[name].value, rel=1e-9)


def test_every_leg_has_a_break_even_of_its_own(case_from: CaseFrom) -> None:
    two = ASH.replace("by: other}]", "by: other}, {factor: lorry, distance: 30 km, by: other}]")
    legs = [one for one in break_evens(scored(case_from(HEADER + two)[0])) if one.parameter == "distance"]
    left = 85_000 - 3_000  # what the second leg costs: 1000 t x 30 km x 0.1 kg/tkm
    assert [one.place[-2:] for one in legs] == [(0, "distance"), (1, "distance")]
    assert [one.value for one in legs] == pytest.approx([100 + left / 100, 30 + left / 100], rel=1e-12)


def test_supply_with_co_products_counts_net_of_what_makes_them_up(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          gas:
            from: giver
            to: taker
            resource: gas
            quantity: 10 GJ/year
            supply:
              substitution: 2 GJ/GJ
              all: [{factor: biogas.upgrading, makes_up: {carbon dioxide: carbonic}}]
            needs: [{factor: carbonic, amount: 3 kg/GJ, by: taker}]
        factors:
          carbonic: {product: carbon dioxide, unit: kg, co2e: 0.7 kg CO2e/kg, gwp: AR6, source: made up}
        """
    case, _ = case_from(HEADER + dedent(body))
    one = next(one for one in switching_values(scored(case)) if one.indicator == "climate_change")
    made_up = library.records["biogas.upgrading"].coproduct("carbon dioxide")[0] * 0.7
    assert one.now == pytest.approx(unit_score("biogas.upgrading") - made_up, rel=1e-9)
    assert one.value == pytest.approx(10 * 3 * 0.7 / (10 * 2), rel=1e-12)


def test_an_exchange_that_is_not_covered_has_no_break_even_of_co2(case_from: CaseFrom, library: Library) -> None:
    pump = "{product: pump, unit: t, covers: [primary_energy], emissions: [{flow: co2_fossil, amount: 1 kg/t}]}"
    need = "{process: pumping, amount: 1 t/t, by: taker}"
    body = ASH.replace("needs: [", f"needs: [{need}, ") + f"processes:\n  pumping: {pump}\n"
    assert found(case_from, library, body) == {}
    computed = scored(case_from(HEADER + body)[0])
    assert "climate_change" not in {one.indicator for one in switching_values(computed)}


def test_numbers_and_quantities_are_those_of_the_headline_year(case_from: CaseFrom, library: Library) -> None:
    quantity, displacement = "quantity: {value: 1000 t/year, range: [150, 1200]}", "displacement: {value: 75 %, range: [20, 90]}"
    older = ASH.replace(quantity, f"{quantity}\n    start: 2021\n    persistence: {{kind: geometric, rate: 10 %}}")
    falling = older.replace(displacement, "displacement: {by_year: {2023: 75 %, 2032: 40 %}}")
    named = found(case_from, library, falling)
    # Two years on 810 t are left; every tonne is worth the same 105 kg CO2e before equipment, which is 20 000.
    assert named["quantity"].now == pytest.approx(810, rel=1e-12)
    assert named["quantity"].value == pytest.approx(20_000 / 105, rel=1e-12)
    assert named["quantity"].stated is None  # that is of the 1000 t
    # 810 t: 0.81 x (20 000 - 30 000 - 10 000 - 10 000) - 20 000 = -44 300, against 0.81 x 135 000 / 75 % of displacement.
    assert named["displacement"].now == pytest.approx(0.75)
    assert named["displacement"].value == pytest.approx(44_300 / (0.81 * 180_000), rel=1e-12)


def test_an_exchange_that_follows_another_counts_all_that_it_hands_over(case_from: CaseFrom, library: Library) -> None:
    source = """\
  mill:
    from: taker
    to: giver
    resource: grit
    quantity: 500 t/year
    disposal: {all: [{factor: pit}]}
"""
    followed = ASH.replace(
        "    quantity: {value: 1000 t/year, range: [150, 1200]}\n",
        "    quantity: 400 t/year\n    follows: [{exchange: mill, amount: 1.2 t/t}]\n",
    ).replace("factors:\n", source + "factors:\n")
    case, _ = case_from(HEADER + followed)
    ash = next(one for one in break_evens(scored(case)) if (one.exchange, one.parameter) == ("ash", "quantity"))
    assert (ash.now, ash.value) == (pytest.approx(400 + 1.2 * 500), pytest.approx(20_000 / 105, rel=1e-12))


def test_what_hands_over_nothing_has_no_break_even_of_its_quantity(case_from: CaseFrom, library: Library) -> None:
    named = found(case_from, library, ASH.replace("value: 1000 t/year, range: [150, 1200]", "value: 0 t/year"))
    assert "quantity" not in named
    assert named["distance lorry"].status is Status.ALWAYS_NEGATIVE  # the equipment stands
