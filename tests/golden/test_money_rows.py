"""Rows of money in the tables of a result, each number by hand: what is complete, what it rests on, and who gets it."""

from __future__ import annotations

import pytest

from ius_lca.library.record import Library
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.cash import SOLD_HEAT, case_with, exactly, money_of
from tests.scoring import HEADER, CaseFrom, benefit, scored


def _rows(case_from: CaseFrom, table: str, *changes: tuple[str, str]) -> list[Row]:
    """A table of the sale of 10 GWh of heat at 300 SEK/MWh that saves 500 SEK/MWh, with parts of the case changed."""
    text = HEADER + SOLD_HEAT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return list(result_tables(scored(case_from(text)[0]), table)[table])


@pytest.mark.parametrize(
    ("old", "new", "value", "coverage"),
    [
        ("", "", 5e6, "full"),  # 10 000 MWh x 500 SEK
        ("      price: 300 SEK/MWh\n", "", 5e6, "full"),  # what the one pays the other cancels in the network
        ("      avoided_purchase: 500 SEK/MWh\n", "", None, "none"),  # nothing else comes into the network
    ],
)
def test_a_price_between_actors_is_not_missed_in_the_value_of_the_network(
    case_from: CaseFrom, old: str, new: str, value: float | None, coverage: str
) -> None:
    (row,) = [one for one in _rows(case_from, "benefits", (old, new)) if one["indicator"] == "value"]
    assert (row["benefit"], row["coverage"]) == (value, coverage)


def test_a_payment_of_nothing_stands_in_every_year_of_the_period(case_from: CaseFrom) -> None:
    rows = _rows(case_from, "economics", ("price: 300 SEK/MWh", "price: 0 SEK/MWh"))
    sold = [(row["year"], row["value"]) for row in rows if row["item"] == "sale"]
    assert sold == [(year, 0.0) for year in range(2023, 2033)]


def test_what_a_value_rests_on_is_counted_by_the_size_of_gains_and_costs(case_from: CaseFrom) -> None:
    need = "    needs: [{factor: electricity.mix.SE, amount: 0.1 MWh/MWh, by: taker, price: 1000 SEK/MWh}]\n    money:\n"
    rows = _rows(
        case_from, "evidence", ("    money:\n", need),
        ("quantity: 10 GWh/year", "quantity: {value: 10 GWh/year, evidence: measured}"),
        ("substitution: 1 MWh/MWh", "quality: {value: 1, evidence: measured}, substitution: {value: 1, evidence: measured}"),
        ("avoided_purchase: 500 SEK/MWh", "avoided_purchase: {value: 500 SEK/MWh, evidence: published, source: a contract}"),
    )  # fmt: skip
    shares = {row["evidence"]: row["share"] for row in rows if row["indicator"] == "value"}
    saved, power = 10_000 * 500, 10_000 * 0.1 * 1000  # SEK: published, and on an amount and a price that are assumed
    assert shares == {"measured": 0, "published": pytest.approx(saved / (saved + power)), "estimated": 0,
                      "assumed": pytest.approx(power / (saved + power))}  # fmt: skip


def test_the_rule_of_the_surplus_gives_the_donor_what_its_price_does(case_from: CaseFrom, library: Library) -> None:
    text = (HEADER + SOLD_HEAT).replace("      investments: [{what: pipe, cost: 20 MSEK, life: 10 years, by: giver}]\n", "")
    computed = scored(case_from(text.replace("price: 300", "price: 125"))[0])
    rows = [row for row in result_tables(computed, "actors")["actors"] if row["rule"] == "surplus"]
    shared = {row["actor"]: row["value"] for row in rows if row["indicator"] == "climate_change"}
    whole = benefit(computed, "likely")
    donor = (125 - 0) / (500 - 0)  # the heat costs its donor nothing; the receiver would pay 500 SEK/MWh at most
    assert shared == {"giver": pytest.approx(donor * whole), "taker": pytest.approx((1 - donor) * whole), "other": 0}


def test_standby_is_paid_for_only_while_the_exchange_runs(case_from: CaseFrom, library: Library) -> None:
    added = "start: 2026\nbackup: [{factor: fuel.light_fuel_oil.combustion, amount: 40 GJ/year, by: taker, price: 250 SEK/GJ}]\n"
    money = money_of(case_with(case_from, library, added), library)
    assert money == exactly({("taker", "backup"): [0, 0, 0, -40 * 250, -40 * 250]})  # 2023 to 2027


def test_two_prices_are_one_within_a_billionth_of_what_moves_in_the_unit_of_the_price(case_from: CaseFrom) -> None:
    (corridor,) = scored(case_from(HEADER + SOLD_HEAT)[0]).corridors
    # The receiver saves 500 SEK/MWh and nothing else moves at its side; the donor's pipe of 20 MSEK is 200 SEK/MWh.
    assert corridor.unit == "SEK/MWh"
    assert corridor.slack == pytest.approx(1e-9 * 500)
    assert (corridor.p_min.value, corridor.p_max.value) == (pytest.approx(200), pytest.approx(500))


def test_what_outlives_the_period_is_worth_its_rest_at_the_end_of_the_period(case_from: CaseFrom, library: Library) -> None:
    added = "life: 10 years\nmoney: {investments: [{what: pump, cost: 80 kSEK, life: 8 years, by: giver}]}\n"
    top = "economics: {remaining_value: straight_line}\n"
    money = money_of(case_with(case_from, library, added, top=top), library)  # runs to 2033, is counted to 2027
    left = 80_000 * (8 - 4) / 8
    assert money == exactly({("giver", "investment"): [-80_000, 0, 0, 0, 0], ("giver", "residual_value"): [0, 0, 0, 0, left]})


def test_nothing_is_bought_again_at_the_very_end(case_from: CaseFrom, library: Library) -> None:
    """21 years are 15 lives of 1.4 years, although 21 / 1.4 is a little more than 15 to a computer."""
    added = "money: {investments: [{what: filter, cost: 100 SEK, life: 1.4 years, by: giver}]}\n"
    money = money_of(case_with(case_from, library, added, old="years: 4", new="years: 21"), library)
    assert sum(money["giver", "investment"]) == -100
    assert sum(money["giver", "replacement"]) == -14 * 100
