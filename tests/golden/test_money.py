"""Sums over the years by hand: investments, replacements, what is left, grants, nominal money and income tax.

Every list has a number for 2023, the year before the period, and one for each of its years 2024 to 2027.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ius_lca.economics.items import Kind, NotStated
from ius_lca.library.record import Library
from tests.cash import BARE, case_with, exactly, flow_of, money_of
from tests.scoring import CaseFrom

#: MWh handed over in a year.
Q = 10_000


def press(cost: str = "6 MSEK", **keys: str) -> str:
    """The exchange with one investment."""
    written = {"what": "press", "cost": cost, "by": "giver", **keys}
    return "money: {investments: [{" + ", ".join(f"{key}: {value}" for key, value in written.items()) + "}]}\n"


def of_giver(**items: list[float]) -> Any:
    return exactly({("giver", item): values for item, values in items.items()})


def test_an_investment_is_paid_in_year_0_and_brings_its_residual_value_at_the_end(paid: Any) -> None:
    found = paid(press(life="4 years", residual_value="1 MSEK"))
    assert found == of_giver(investment=[-6e6, 0, 0, 0, 0], residual_value=[0, 0, 0, 0, 1e6])


def test_it_is_replaced_when_its_life_is_over(paid: Any) -> None:
    found = paid(press(life="2 years", residual_value="1 MSEK"))
    assert found == of_giver(
        investment=[-6e6, 0, 0, 0, 0],
        replacement=[0, 0, -6e6, 0, 0],
        residual_value=[0, 0, 1e6, 0, 1e6],
    )


def test_a_life_with_a_fraction_ends_within_a_year(paid: Any) -> None:
    """Lives end at 2024.5, 2026 and 2027.5, counted in years that have ended; the last has half a year of 1.5 left in 2027."""
    found = paid(press(life="18 month", residual_value="1 MSEK"))
    assert found == of_giver(
        investment=[-6e6, 0, 0, 0, 0],
        replacement=[0, -6e6, 0, -6e6, 0],
        residual_value=[0, 1e6, 0, 1e6, 1e6 + (6e6 - 1e6) * 0.5 / 1.5],
    )


@pytest.mark.parametrize(("counted", "left"), [("straight_line", 8e6 * 6 / 10), ("none", 0.0)])
def test_what_outlives_the_period_is_worth_its_undepreciated_part_or_nothing(paid: Any, counted: str, left: float) -> None:
    found = paid(press("8 MSEK", life="10 years"), top=f"economics: {{remaining_value: {counted}}}")
    assert found.pop(("giver", "residual_value"), [0, 0, 0, 0, 0]) == pytest.approx([0, 0, 0, 0, left], rel=1e-12)
    assert found == of_giver(investment=[-8e6, 0, 0, 0, 0])


def test_straight_line_runs_from_the_cost_to_the_residual_value(paid: Any) -> None:
    found = paid(press("8 MSEK", life="10 years", residual_value="1 MSEK"))
    assert found["giver", "residual_value"] == pytest.approx([0, 0, 0, 0, 1e6 + 7e6 * 6 / 10], rel=1e-12)


def test_a_residual_value_at_the_end_of_a_life_is_no_remaining_value(paid: Any) -> None:
    found = paid(press(life="4 years", residual_value="1 MSEK"), top="economics: {remaining_value: none}")
    assert found["giver", "residual_value"] == [0, 0, 0, 0, 1e6]


def test_what_was_bought_before_the_period_is_sunk(paid: Any) -> None:
    """An exchange since 2021: the first press was bought in 2020, its successor in 2025."""
    since = BARE + "  start: 2021\n"
    keys = {"residual_value": "1 MSEK", "operation": "30 kSEK/year"}
    old = paid(press(life="20 years", **keys), bare=since)
    assert old == of_giver(operation=[0, -30e3, -30e3, -30e3, -30e3])
    new = paid(press(life="5 years", **keys), bare=since)
    assert new == of_giver(
        replacement=[0, 0, -6e6, 0, 0],
        residual_value=[0, 0, 0, 0, 1e6 + 5e6 * 3 / 5],  # what the first one brings in 2025 is as sunk as its cost
        operation=[0, -30e3, -30e3, -30e3, -30e3],
    )


def test_an_exchange_that_ends_before_the_period_sells_what_is_left(paid: Any) -> None:
    found = paid(press("8 MSEK", life="8 years", operation="1 %/year"), bare=BARE + "  life: 2 years\n")
    assert found == of_giver(
        investment=[-8e6, 0, 0, 0, 0],
        residual_value=[0, 0, 8e6 * 6 / 8, 0, 0],
        operation=[0, -80e3, -80e3, 0, 0],
    )


def test_an_exchange_that_starts_later_is_paid_for_the_year_before(paid: Any) -> None:
    found = paid(press("8 MSEK", life="8 years", operation="50 kSEK/year"), bare=BARE + "  start: 2026\n")
    assert found == of_giver(
        investment=[0, 0, -8e6, 0, 0],
        residual_value=[0, 0, 0, 0, 8e6 * 6 / 8],
        operation=[0, 0, 0, -50e3, -50e3],
    )


def test_an_investment_may_come_later_than_its_exchange(paid: Any) -> None:
    found = paid(press(life="10 years", year="2025", operation="2 %/year"))
    assert found == of_giver(
        investment=[0, 0, -6e6, 0, 0],
        residual_value=[0, 0, 0, 0, 6e6 * 8 / 10],
        operation=[0, 0, 0, -120e3, -120e3],  # a share of the cost, from the year after it was paid
    )


def test_an_investment_may_come_earlier_than_its_exchange(paid: Any) -> None:
    found = paid(press(life="4 years", year="2023", operation="1 kSEK/year"), bare=BARE + "  start: 2026\n")
    assert found == of_giver(investment=[-6e6, 0, 0, 0, 0], operation=[0, 0, 0, -1e3, -1e3])


def test_equipment_of_the_inventory_is_paid_for_like_an_investment(case_from: CaseFrom, library: Library) -> None:
    item = "factor: electricity.mix.SE, amount: 9 MWh, life: 2 years, by: other"
    priced = case_with(case_from, library, f"equipment: [{{{item}, cost: 300 kSEK, operation: 10 %/year}}]")
    assert money_of(priced, library) == exactly(
        {
            ("other", "investment"): [-300e3, 0, 0, 0, 0],
            ("other", "replacement"): [0, 0, -300e3, 0, 0],
            ("other", "operation"): [0, -30e3, -30e3, -30e3, -30e3],
        }
    )
    untold = flow_of(case_with(case_from, library, f"equipment: [{{{item}}}]"), library).not_stated
    assert untold[-1] == NotStated("likely", "heat", "other", "cost of electricity.mix.SE", Kind.CAPITAL)


def test_a_shared_investment_belongs_to_no_exchange(case_from: CaseFrom, library: Library) -> None:
    hub = "{what: hub, cost: 1 MSEK, life: 3 years, by: taker, operation: 5 %/year}"
    case = case_with(case_from, library, top=f"economics: {{investments: [{hub}]}}\n", bare=BARE + "  start: 2026\n")
    assert money_of(case, library) == exactly(
        {
            ("taker", "investment"): [-1e6, 0, 0, 0, 0],
            ("taker", "replacement"): [0, 0, 0, -1e6, 0],
            ("taker", "residual_value"): [0, 0, 0, 0, 1e6 * 2 / 3],
            ("taker", "operation"): [0, -50e3, -50e3, -50e3, -50e3],
        }
    )
    assert {one.exchange for one in flow_of(case, library).items} == {None}


def test_grants_and_fees_are_paid_once(paid: Any) -> None:
    payments = """\
money:
  payments:
    - {what: grant, from: society, to: giver, amount: 3 MSEK}
    - {what: permit, from: giver, to: society, amount: 40 kSEK, year: 2024}
    - {what: connection, from: taker, to: giver, amount: 500 kSEK, year: 2025}
    - {what: removal, from: taker, amount: 90 kSEK, year: 2027}
"""
    assert paid(payments) == exactly(
        {
            ("giver", "grant"): [3e6, 0, 0, 0, 0],
            ("society", "grant"): [-3e6, 0, 0, 0, 0],
            ("giver", "tax"): [0, -40e3, 0, 0, 0],
            ("society", "tax"): [0, 40e3, 0, 0, 0],
            ("taker", "payment"): [0, 0, -500e3, 0, 0],
            ("giver", "payment"): [0, 0, 500e3, 0, 0],
            ("taker", "operation"): [0, 0, 0, 0, -90e3],
        }
    )


def test_a_grant_before_year_0_is_sunk_and_one_of_a_later_exchange_is_not(paid: Any) -> None:
    grant = "money: {payments: [{what: grant, from: society, to: giver, amount: 3 MSEK}]}"
    assert paid(grant, bare=BARE + "  start: 2021\n") == {}
    assert paid(grant, bare=BARE + "  start: 2027\n")["giver", "grant"] == [0, 0, 0, 3e6, 0]


def test_a_hundred_years_of_things_that_last_one(case_from: CaseFrom, library: Library) -> None:
    case = case_with(case_from, library, press("1 kSEK", life="1 year"), old="years: 4", new="years: 100")
    found = money_of(case, library)
    assert found == of_giver(investment=[-1e3] + [0] * 100, replacement=[0] + [-1e3] * 99 + [0])


# Nominal money: prices of 2022, which rise by 2 % a year; a sum of year y counts 1.02^(y - 2022).


NOMINAL = "price_year: 2022\neconomics: {nominal: true, inflation: 2 %}\n"
LEVEL = [1.02, 1.02**2, 1.02**3, 1.02**4, 1.02**5]


def nominal(*values: float) -> list[float]:
    return [level * value for level, value in zip(LEVEL, values, strict=True)]


def test_nominal_money_is_that_of_its_year(paid: Any) -> None:
    payments = "payments: [{what: grant, from: society, to: giver, amount: 3 MSEK}]"
    added = press(life="3 years", residual_value="1 MSEK", operation="1 %/year").replace(
        "]}\n", f"], {payments}, price: 200 SEK/MWh}}"
    )
    assert paid(added, top=NOMINAL) == exactly(
        {
            ("giver", "sale"): nominal(0, 200 * Q, 200 * Q, 200 * Q, 200 * Q),
            ("taker", "purchase"): nominal(0, -200 * Q, -200 * Q, -200 * Q, -200 * Q),
            ("giver", "operation"): nominal(0, -60e3, -60e3, -60e3, -60e3),
            ("giver", "investment"): nominal(-6e6, 0, 0, 0, 0),
            ("giver", "replacement"): nominal(0, 0, 0, -6e6, 0),
            ("giver", "residual_value"): nominal(0, 0, 0, 1e6, 1e6 + 5e6 * 2 / 3),
            ("giver", "grant"): nominal(3e6, 0, 0, 0, 0),
            ("society", "grant"): nominal(-3e6, 0, 0, 0, 0),
        }
    )


def test_nominal_money_at_the_nominal_rate_is_worth_what_real_money_is_at_the_real_rate(
    case_from: CaseFrom, library: Library
) -> None:
    """Fisher: (1 + n) = (1 + r) (1 + i)."""
    added = press(life="3 years", residual_value="1 MSEK").replace("]}\n", "], price: 200 SEK/MWh}")
    real, in_money = (flow_of(case_with(case_from, library, added, top=top), library) for top in ("", NOMINAL))
    t, r, i = np.arange(5), 0.05, 0.02
    n = (1 + r) * (1 + i) - 1
    of_real = (real.values / (1 + r) ** t).sum(axis=1)
    of_nominal = (in_money.values / (1 + n) ** t).sum(axis=1)
    assert of_nominal == pytest.approx(of_real * 1.02, rel=1e-12)  # year 0 is 2023, a year after the prices


# Income tax: 20 % of what comes in less what goes out and the straight-line depreciation.


TAXED = "economics: {tax_rate: 20 %}\n"


def test_depreciation_and_not_the_investment_lowers_the_income_tax(paid: Any) -> None:
    added = press(life="4 years", residual_value="1 MSEK", operation="100 kSEK/year").replace("]}\n", "], price: 300 SEK/MWh}")
    found = paid(added, top=TAXED)
    profit = 300 * Q - 100e3 - (6e6 - 1e6) / 4  # a year
    assert found["giver", "income_tax"] == pytest.approx([0] + [-0.20 * profit] * 4, rel=1e-12)
    assert found["taker", "income_tax"] == pytest.approx([0] + [0.20 * 300 * Q] * 4, rel=1e-12)  # a loss is set against others
    both = [-0.0] + [0.20 * profit - 0.20 * 300 * Q] * 4
    assert found["society", "income_tax"] == pytest.approx(both, rel=1e-12)


def test_a_remaining_value_at_its_book_value_is_no_gain(paid: Any) -> None:
    found = paid(press("8 MSEK", life="10 years"), top=TAXED)
    assert found["giver", "income_tax"] == pytest.approx([0] + [0.20 * 8e6 / 10] * 4, rel=1e-12)
    # All of the cost is either written off or sold.
    assert sum(found["giver", "income_tax"]) == pytest.approx(0.20 * (8e6 - found["giver", "residual_value"][-1]), rel=1e-12)


@pytest.mark.parametrize(("header", "level"), [(TAXED, 1.0), (NOMINAL.replace("2 %}", "2 %, tax_rate: 20 %}"), 1.02)])
def test_what_is_worth_nothing_at_the_end_is_written_off_there(paid: Any, header: str, level: float) -> None:
    found = paid(press("8 MSEK", life="10 years"), top=header.replace("economics: {", "economics: {remaining_value: none, "))
    cost = 8e6 * level  # nominal: paid in 2023, in prices of 2022
    last = cost / 10 + cost * 6 / 10
    assert found["giver", "income_tax"] == pytest.approx([0] + [0.20 * cost / 10] * 3 + [0.20 * last], rel=1e-12)


def test_replacements_are_written_off_in_their_own_years(paid: Any) -> None:
    """Lives from 2023 to 2024.5, to 2026 and to 2027.5: each year writes off 6 MSEK over 1.5 years, whichever of them it is."""
    found = paid(press(life="1.5 years"), top=TAXED)
    assert found["giver", "income_tax"] == pytest.approx([0] + [0.20 * 6e6 / 1.5] * 4, rel=1e-12)


def test_in_nominal_money_the_cost_of_its_year_is_written_off_and_the_rise_is_a_gain(paid: Any) -> None:
    found = paid(press("8 MSEK", life="10 years"), top=NOMINAL.replace("2 %}", "2 %, tax_rate: 20 %}"))
    cost = 8e6 * 1.02  # paid in 2023, in prices of 2022
    sold, book = 8e6 * 6 / 10 * 1.02**5, cost * 6 / 10
    saved = 0.20 * cost / 10
    assert found["giver", "residual_value"][-1] == pytest.approx(sold, rel=1e-12)
    assert found["giver", "income_tax"] == pytest.approx([0, saved, saved, saved, saved - 0.20 * (sold - book)], rel=1e-12)
    assert sum(found["giver", "income_tax"]) == pytest.approx(0.20 * (cost - sold), rel=1e-9)


def test_a_sum_is_taxed_evenly_over_the_years_that_follow_it(paid: Any) -> None:
    def tax_of(year: int, bare: str = BARE) -> Any:
        grant = f"money: {{payments: [{{what: grant, from: society, to: giver, amount: 3 MSEK, year: {year}}}]}}"
        return pytest.approx(paid(grant, top=TAXED, bare=bare)["giver", "income_tax"], rel=1e-12)

    assert tax_of(2023) == [0] + [-0.20 * 3e6 / 4] * 4
    assert tax_of(2025) == [0, 0, 0, -0.20 * 3e6 / 2, -0.20 * 3e6 / 2]
    assert tax_of(2027) == [0, 0, 0, 0, -0.20 * 3e6]  # no year follows
    ends_in_2025 = BARE + "  life: 2 years\n"
    assert tax_of(2023, ends_in_2025) == [0, -0.20 * 3e6 / 2, -0.20 * 3e6 / 2, 0, 0]
    assert tax_of(2026, ends_in_2025) == [0, 0, 0, -0.20 * 3e6, 0]  # after the last year of the exchange: in its own


def test_every_actor_has_its_own_tax_rate(paid: Any) -> None:
    actors = "actors: {giver: {name: Giver, tax_rate: 30 %}, taker: {name: Taker, tax_rate: 0 %}, other: {name: Other}}"
    old = "actors: {giver: {name: Giver}, taker: {name: Taker}, other: {name: Other}}"
    leg = "transport: [{factor: transport.lorry_40t, distance: 1 km, wet_mass: 1 t/MWh, by: other, price: 1 SEK/tkm}]\n"
    price = leg + "money: {price: 10 SEK/MWh}"
    found = paid(price, old=old, new=actors, top=TAXED)
    assert found["giver", "income_tax"] == pytest.approx([0] + [-0.30 * 10 * Q] * 4, rel=1e-12)
    assert ("taker", "income_tax") not in found  # none is counted
    assert found["other", "income_tax"] == pytest.approx([0] + [0.20 * 1 * Q] * 4, rel=1e-12)
    without = paid(price, old=old, new=actors)
    assert {actor for actor, item in without if item == "income_tax"} == {"giver", "society"}


def test_other_taxes_lower_the_income_tax_and_society_gets_both(paid: Any) -> None:
    need = "needs: [{factor: electricity.mix.SE, amount: 10 kWh/MWh, by: taker, price: 600 SEK/MWh, tax: 400 SEK/MWh}]"
    found = paid(need, top=TAXED)
    assert found["taker", "income_tax"] == pytest.approx([0] + [0.20 * 1000 * Q / 100] * 4, rel=1e-12)
    assert found["society", "tax"] == pytest.approx([0] + [400 * Q / 100] * 4, rel=1e-12)
    assert found["society", "income_tax"] == pytest.approx([0] + [-0.20 * 1000 * Q / 100] * 4, rel=1e-12)


def test_income_tax_stands_by_exchange(case_from: CaseFrom, library: Library) -> None:
    top = "economics: {tax_rate: 20 %, facilitation: [{what: coordinator, from: giver, amount: 50 kSEK/year}]}\n"
    case = case_with(case_from, library, "money: {price: 10 SEK/MWh}", top=top)
    flow = flow_of(case, library)
    taxes = {
        (item.actor, item.exchange): values.tolist()
        for item, values in zip(flow.items, flow.values, strict=True)
        if item.kind is Kind.INCOME_TAX and item.is_of_participants
    }
    assert taxes == {
        ("giver", "heat"): pytest.approx([0] + [-0.20 * 10 * Q] * 4, rel=1e-12),
        ("giver", None): pytest.approx([0] + [0.20 * 50e3] * 4, rel=1e-12),
        ("taker", "heat"): pytest.approx([0] + [0.20 * 10 * Q] * 4, rel=1e-12),
    }
