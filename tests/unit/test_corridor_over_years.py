"""The corridor of prices by hand where years differ: investments, grants, taxes, paths, money without a rate."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.economics.corridor import Corridor
from ius_lca.economics.indicators import annuity_factor
from ius_lca.economics.opening import Opening
from ius_lca.library.record import Library
from tests.scoring import HEADER, CaseFrom, checked, scored

#: Two years. The donor counts them at 25 % (0.8, 0.64), the receiver at the case's 10 %.
SHORT = HEADER.replace("years: 10", "years: 2").replace("{name: Giver}", "{name: Giver, discount_rate: 25 %, tax_rate: 20 %}")
HEAT = """\
    discount_rate: 10 %
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 1000 MWh/year
        supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
        disposal: {all: [{factor: treatment.heat_rejection}]}
        money:
          price: 61 SEK/MWh
          avoided_purchase: 100 SEK/MWh
          avoided_disposal: 10 SEK/MWh
          avoided_disposal_tax: 5 SEK/MWh
          investments:
            - {what: pump, cost: 100 kSEK, life: 1 year, residual_value: 20 kSEK, by: giver, operation: 4 %/year}
            - {what: pipe, cost: 121 kSEK, life: 4 years, by: taker}
          payments:
            - {what: grant for the pump, from: society, to: giver, amount: 50 kSEK}
"""
#: What is left to the donor in each year after 20 % tax, without the price: investment and grant; what it saves (15 000), pays
#: for operation (4000), gets for the old pump and pays for the next; the same without another pump. The tax sees 15 000 - 4000,
#: depreciation of 80 000 and half of the grant.
TAX = -0.2 * (15_000 - 4_000 - 80_000 + 25_000)
DONOR = (-100_000 + 50_000, 15_000 - 4_000 + 20_000 - 100_000 + TAX, 15_000 - 4_000 + 20_000 + TAX)
P_MIN = -(DONOR[0] + 0.8 * DONOR[1] + 0.64 * DONOR[2]) / (0.8 * 1000 * (0.8 + 0.64))
#: The pipe is half worn in the end.
DELIVERED = 1000 * (1 / 1.1 + 1 / 1.21)
P_MAX = 100 - (121_000 - 60_500 / 1.21) / DELIVERED


def _corridor(case_from: CaseFrom, text: str, header: str = SHORT) -> Corridor:
    (corridor,) = scored(case_from(header + dedent(text))[0]).corridors
    return corridor


def _opening(case_from: CaseFrom, text: str, header: str = SHORT) -> Opening:
    (opening,) = scored(case_from(header + dedent(text))[0]).openings.values()
    return opening


def test_ends_with_investment_replacement_grant_and_tax(case_from: CaseFrom) -> None:
    found = _corridor(case_from, HEAT)
    assert (round(P_MIN, 2), round(P_MAX, 2)) == (63.1, 59.09)
    assert (found.p_min.value, found.p_max.value) == pytest.approx((P_MIN, P_MAX), rel=1e-12)
    assert found.gap == pytest.approx(P_MIN - P_MAX, rel=1e-12)
    assert (found.surplus.value, found.nash.value, found.donor_share.reason) == (
        None, None, "there is no price at which both sides gain",
    )  # fmt: skip


def test_what_opens_a_closed_corridor_by_hand(case_from: CaseFrom) -> None:
    opening, gap = _opening(case_from, HEAT), P_MIN - P_MAX
    assert opening.fee.value == pytest.approx(gap, rel=1e-9)
    assert opening.to_receiver.value == pytest.approx(gap * DELIVERED, rel=1e-9)  # it pays no income tax
    # Of a grant the donor keeps all in year 0 and pays 20 % on half of it in both years.
    assert opening.to_donor.value == pytest.approx(gap * 0.8 * 1000 * 1.44 / (1 - 0.2 * (0.8 + 0.64) / 2), rel=1e-9)
    assert (opening.distance.value, opening.distance.reason) == (None, "neither side pays for transport")


LEGS = "needs: []\n        transport:\n" + "".join(
    f"          - {{factor: transport.lorry_40t, distance: {km} km, wet_mass: 1 t/MWh, by: {by}, "
    "price: 1 SEK/tkm, tax: 0.5 SEK/tkm}\n"
    for km, by in ((20, "giver"), (30, "taker"), (50, "other"))
)


@pytest.mark.parametrize("header", [SHORT, SHORT + "economics: {nominal: true, inflation: 3 %}\nprice_year: 2020\n"])
@pytest.mark.parametrize("way", ["fee", "to_receiver", "to_donor", "distance"])
@pytest.mark.parametrize("start", ["2023", "2024"])
def test_each_way_put_back_lets_both_ends_meet(case_from: CaseFrom, header: str, way: str, start: str) -> None:
    far = HEAT.replace("    supply:", f"    start: {start}\n        {LEGS}        supply:").replace("1 year,", "2 years,")
    header = header.replace("years: 2", "years: 4")
    before, opening = _corridor(case_from, far, header), _opening(case_from, far, header)
    value = getattr(opening, way).value
    assert before.gap > 1
    if way == "distance":
        assert 0 < value < 100
        for km in (20, 30, 50):
            far = far.replace(f"distance: {km} km", f"distance: {km * value / 100!r} km")
    else:
        to, unit = {"fee": ("taker", "SEK/MWh"), "to_receiver": ("taker", "SEK"), "to_donor": ("giver", "SEK")}[way]
        far += f"            - {{what: help, from: society, to: {to}, amount: {value!r} {unit}}}\n"
    after = _corridor(case_from, far, header)
    assert after.gap == 0
    assert after.p_min.value == pytest.approx(float(after.p_max.value or 0), rel=1e-9)


def test_what_shorter_transport_cannot_open_is_said(case_from: CaseFrom) -> None:
    far = HEAT.replace("100 SEK/MWh", "80 SEK/MWh").replace("    supply:", f"    {LEGS}        supply:")
    assert _opening(case_from, far).distance.reason == "it stays closed without any transport"
    dear = HEAT.replace("    supply:", f"    {LEGS}        supply:").replace("by: giver, price", "by: other, price")
    assert _opening(case_from, dear.replace("by: taker, price", "by: other, price")).distance.reason == (
        "neither side pays for transport"
    )


def test_no_grant_without_a_rate_to_count_its_years_by(case_from: CaseFrom) -> None:
    text = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 1000 MWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
            needs: [{factor: electricity.mix.SE, amount: 1 kWh/MWh, by: giver, price: 90 SEK/kWh}]
            money: {avoided_purchase: 80 SEK/MWh}
        """
    opening = _opening(case_from, text, HEADER)
    assert opening.fee.value == pytest.approx(10, rel=1e-12)
    assert opening.to_receiver.reason == "not stated: discount rate of taker or of the case"
    assert opening.to_donor.reason == "not stated: discount rate of giver or of the case"


YEARLY = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 1000 MWh/year
        supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
        backup: [{factor: fuel.light_fuel_oil.combustion, amount: 50 GJ/year, by: taker, price: 100 SEK/GJ}]
        disposal: {all: [{factor: treatment.heat_rejection}]}
        money: {price: 200 SEK/MWh, avoided_purchase: 500 SEK/MWh, avoided_disposal: 10 SEK/MWh}
"""


def test_without_a_rate_the_price_is_told_that_holds_at_any(case_from: CaseFrom) -> None:
    static = (-10, 500 - 5)  # the backup is 5000 SEK of 1000 MWh
    found = _corridor(case_from, YEARLY, HEADER)
    assert (found.p_min.value, found.p_max.value) == pytest.approx(static, rel=1e-12)
    for rate in ("0 %", "7 %"):
        same = _corridor(case_from, f"    discount_rate: {rate}\n" + YEARLY, HEADER)
        assert (same.p_min.value, same.p_max.value) == pytest.approx(static, rel=1e-12)


def test_a_rate_is_never_taken_as_zero(case_from: CaseFrom) -> None:
    fading = YEARLY.replace("1000 MWh/year", "1000 MWh/year\n        persistence: {kind: geometric, rate: 10 %}")
    found = _corridor(case_from, fading, HEADER)
    # The disposal avoided fades with the heat; the backup does not, so what it costs a MWh depends on the rate.
    assert found.p_min.value == pytest.approx(-10, rel=1e-12)
    assert (found.p_max.value, found.p_max.reason) == (None, "not stated: discount rate of taker or of the case")
    left = [0.9**n for n in range(10)]
    now = _corridor(case_from, "    discount_rate: 0 %\n" + fading, HEADER)
    assert now.p_max.value == pytest.approx(500 - 5 * 10 / sum(left), rel=1e-12)
    assert now.surplus.value == pytest.approx(1000 * (float(now.p_max.value or 0) + 10), rel=1e-12)  # of the first year


def test_a_price_that_moves_is_one_that_is_worth_the_same_to_the_donor(case_from: CaseFrom) -> None:
    path = YEARLY.replace("price: 200 SEK/MWh", "price: {by_year: {2023: 100 SEK/MWh, 2032: 1000 SEK/MWh}}")
    rated = _corridor(case_from, "    discount_rate: 5 %\n" + path, HEADER)
    weights = [1.05 ** -(n + 1) for n in range(10)]
    expected = sum((100 + 100 * n) * weight for n, weight in enumerate(weights)) / sum(weights)
    assert rated.price.value == pytest.approx(expected, rel=1e-12)
    assert (rated.p_min.value, rated.p_max.value) == pytest.approx((-10, 495), rel=1e-12)  # for constant ones in its place
    assert rated.donor_share.reason == "at the stated price the receiver loses"
    unrated = _corridor(case_from, path, HEADER)
    assert (unrated.price.value, unrated.price.reason) == (None, "not stated: discount rate of giver or of the case")
    level = path.replace("1000 SEK", "100 SEK")
    assert _corridor(case_from, level, HEADER).price.value == pytest.approx(100, rel=1e-12)


def test_static_form_where_equipment_lasts_for_the_period(case_from: CaseFrom) -> None:
    pipe = "money: {investments: [{what: pipe, cost: 600 kSEK, life: 10 years, by: giver}], price"
    found = _corridor(case_from, "    discount_rate: 7 %\n" + YEARLY.replace("money: {price", pipe), HEADER)
    assert found.p_min.value == pytest.approx(600_000 * annuity_factor(0.07, 10) / 1000 - 10, rel=1e-12)
    assert found.p_max.value == pytest.approx(495, rel=1e-12)


def test_nominal_money_at_the_rate_that_contains_inflation_has_the_same_corridor(case_from: CaseFrom) -> None:
    pipe = "money: {investments: [{what: pipe, cost: 600 kSEK, life: 7 years, by: giver}], price"
    real = _corridor(case_from, "    discount_rate: 5 %\n" + YEARLY.replace("money: {price", pipe), HEADER)
    rate = 100 * (1.05 * 1.02 - 1)
    header = HEADER + "economics: {nominal: true, inflation: 2 %}\nprice_year: 2015\n"
    nominal = _corridor(case_from, f"    discount_rate: {rate!r} %\n" + YEARLY.replace("money: {price", pipe), header)
    assert (nominal.p_min.value, nominal.p_max.value) == pytest.approx((real.p_min.value, real.p_max.value), rel=1e-12)


def test_a_third_actor_is_in_neither_end(case_from: CaseFrom) -> None:
    third = HEAT + "            - {what: help, from: other, to: market, amount: 7 kSEK/year}\n"
    assert _corridor(case_from, third) == _corridor(case_from, HEAT)


def test_a_cost_that_is_not_stated_is_named(case_from: CaseFrom, library: Library) -> None:
    item = "equipment: [{factor: electricity.mix.SE, amount: 1 MWh, life: 9 years, by: giver}]\n        money:"
    case = checked(case_from, library, YEARLY.replace("money:", item))
    (found,) = scored(case).corridors
    assert (found.p_min.value, found.p_min.reason) == (None, "not stated: cost of electricity.mix.SE")
    assert found.p_max.value == pytest.approx(495, rel=1e-12)


def test_income_tax_that_takes_everything_leaves_no_price(case_from: CaseFrom) -> None:
    found = _corridor(case_from, HEAT, SHORT.replace("tax_rate: 20 %", "tax_rate: 100 %"))
    assert (found.p_min.value, found.p_min.reason) == (None, "the income tax takes all of a price from giver")


def test_a_price_on_an_end_gives_all_to_the_other_side(case_from: CaseFrom) -> None:
    open_ = HEAT.replace("100 SEK/MWh", "150 SEK/MWh")
    both = _corridor(case_from, open_)
    for end, share in ((both.p_min, 0), (both.p_max, 1)):
        on_it = _corridor(case_from, open_.replace("price: 61 SEK", f"price: {end.value!r} SEK"))
        assert (on_it.donor_share.value, on_it.receiver_share.value) == pytest.approx((share, 1 - share), abs=1e-9)
        assert on_it.losers == ()
