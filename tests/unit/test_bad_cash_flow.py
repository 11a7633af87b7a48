"""Every error of prices, investments, payments and rates has its broken file: text and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca.case.check import check_case
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import Level
from ius_lca.library.record import Library
from tests.broken import assert_told_once, errors_of

FOLDER = Path(__file__).parents[1] / "bad_cases" / "cash_flow"

#: File, line of the finding, part of its text.
BAD = [
    (
        "common_investment_after_the_period",
        18,
        "economics.investments[0].year: it is paid at the end of 2050, but that can be from 2023 to 2032 here. Mend the",
    ),
    ("common_investment_by_nobody", 18, "economics.investments[0].by: no actor 'city'. Known: mill, town."),
    ("cost_at_the_donor_per_tonne", 18, "donor_process.cost: 't' (mass) does not convert to 'GWh' (energy)."),
    ("cost_below_zero", 17, "money.investments[0].cost: it is negative: -8. Write it positive."),
    (
        "cost_by_year",
        17,
        "money.investments[0].cost.by_year: this number is the same in every year: no path is read here. State one 'value'.",
    ),
    ("cost_of_a_previous_use_per_tonne", 17, "previous_use.cost: 't' (mass) does not convert to 'GWh' (energy)."),
    ("cost_of_another_world", 17, "money.investments[0].cost: 1e+300 SEK is no quantity of this world."),
    (
        "cost_per_unit",
        17,
        "money.investments[0].cost: 'SEK/MWh' (money in SEK per energy) does not convert to 'SEK' (money in SEK).",
    ),
    (
        "cost_that_is_no_number",
        17,
        "money.investments[0].cost: '.nan' is not a number with a unit. Write for example '400 GWh/year' or '85 %'.",
    ),
    ("discount_rate_in_money", 6, "discount_rate: 'SEK' (money in SEK) does not convert to a plain number."),
    ("discount_rate_of_400", 6, "discount_rate: the discount rate is 400; it lies between -0.5 and 1. Mend the number."),
    (
        "discount_rate_of_an_actor_of_400_percent",
        7,
        "actors.mill.discount_rate: the discount rate is 4; it lies between -0.5 and 1. Mend the number.",
    ),
    ("discount_rate_of_minus_1", 6, "discount_rate: the discount rate is -1; it lies between -0.5 and 1. Mend the number."),
    (
        "discount_rate_of_minus_100_percent",
        6,
        "discount_rate: the discount rate is -1; it lies between -0.5 and 1. Mend the number.",
    ),
    (
        "disposal_per_a_wrong_unit",
        17,
        "money.avoided_disposal: 't' (mass) does not convert to 'GWh' (energy). Money is needed here per GWh: write for",
    ),
    (
        "disposal_tax_below_zero",
        17,
        "money.avoided_disposal_tax: the tax is negative: -634. Write it positive, and a subsidy as one of 'payments',",
    ),
    (
        "disposal_tax_for_an_unknown_reference",
        17,
        "money.avoided_disposal_tax.by_reference.likly: no reference 'likly'. Did you mean 'likely'?",
    ),
    ("disposal_tax_per_a_wrong_unit", 17, "money.avoided_disposal_tax: 't' (mass) does not convert to 'GWh' (energy)."),
    (
        "equipment_that_costs_a_share",
        17,
        "equipment[0].operation: a share of the cost is known only with the cost. State 'cost', or money a year.",
    ),
    ("equipment_that_lives_no_year", 17, "equipment[0].life: the life is 0 years; it lies between 1 and 200. Mend the number."),
    ("exchange_since_the_ice_age", 17, "start: '-9999': expected at least 1900."),
    (
        "facilitation_after_the_period",
        18,
        "economics.facilitation[0].year: it is paid at the end of 2034, but that can be from 2023 to 2033 here. Mend the",
    ),
    ("facilitation_below_zero", 18, "economics.facilitation[0].amount: it is negative: -5. Turn 'from' and 'to' around."),
    ("facilitation_by_nobody", 18, "economics.facilitation[0].from: no actor 'city'. Did you mean 'society'?"),
    (
        "facilitation_by_year",
        18,
        "economics.facilitation[0].amount.by_year: a sum is paid once: no path is read here. State one 'value' with its",
    ),
    (
        "facilitation_per_unit",
        18,
        "economics.facilitation[0].amount: 'SEK/MWh' (money in SEK per energy) is neither a sum of money nor money a",
    ),
    (
        "inflation_below_minus_half",
        18,
        "economics.inflation: the inflation a year is -0.6; it lies between -0.5 and 1. Mend the number.",
    ),
    ("inflation_of_2", 18, "economics.inflation: the inflation a year is 2; it lies between -0.5 and 1. Did you mean '2 %'?"),
    (
        "investment_after_the_period",
        17,
        "money.investments[0].year: it is paid at the end of 2033, but that can be from 2023 to 2032 here. Mend the",
    ),
    (
        "investment_before_year_0",
        17,
        "money.investments[0].year: it is paid at the end of 2020, but that can be from 2023 to 2032 here. What was paid",
    ),
    (
        "investment_before_year_0_of_a_later_exchange",
        18,
        "money.investments[0].year: it is paid at the end of 2022, but that can be from 2023 to 2032 here. What was paid",
    ),
    ("investment_by_nobody", 17, "money.investments[0].by: no actor 'mil'. Did you mean 'mill'?"),
    (
        "investment_by_society",
        17,
        "money.investments[0].by: 'society' is a word of the format and cannot be an id: choose another.",
    ),
    ("investment_without_life", 17, "money.investments[0].life: 'life' is missing."),
    ("life_below_zero", 17, "money.investments[0].life: the life is -20 years; it lies between 1 and 200. Mend the number."),
    ("life_in_megawatts", 17, "money.investments[0].life: 'MW' (power) does not convert to 'year' (calendar years)."),
    ("life_of_nothing_at_all", 17, "money.investments[0].life: 1e-20 years is no quantity of this world."),
    ("life_of_zero", 17, "money.investments[0].life: the life is 0 years; it lies between 1 and 200. Mend the number."),
    ("load_below_zero", 17, "transport[0].load: the load is -3. It must be above zero."),
    ("load_in_kilometres", 17, "transport[0].load: 'km' (length) does not convert to 't' (mass)."),
    ("load_of_nothing", 17, "transport[0].load: the load is 0. It must be above zero."),
    (
        "nominal_without_inflation",
        18,
        "economics.nominal: nominal money needs the inflation of its prices. State 'inflation: 2 %', or leave 'nominal' out.",
    ),
    (
        "operation_as_a_share_without_year",
        17,
        "money.investments[0].operation: '%' (a plain ratio) is neither money a year nor a share of the cost a year.",
    ),
    ("operation_below_zero", 17, "money.investments[0].operation: it is negative: -2. Write costs positive."),
    (
        "operation_of_five_times_the_cost",
        17,
        "money.investments[0].operation: a year costs 5 times what it cost to buy. Mend the number.",
    ),
    (
        "operation_per_unit",
        17,
        "money.investments[0].operation: 'SEK/MWh' (money in SEK per energy) is neither money a year nor a share of the",
    ),
    (
        "operation_written_backwards",
        17,
        "money.investments[0].operation: '1' (a plain ratio) does not convert to 'SEK' (money in SEK).",
    ),
    (
        "path_of_payments_with_a_gap",
        17,
        "money.payments[0].amount.by_year: the path says nothing for 2031 to 2033. State its first and its last year;",
    ),
    ("payment_below_zero", 17, "money.payments[0].amount: it is negative: -1. Turn 'from' and 'to' around."),
    ("payment_from_nobody", 17, "money.payments[0].from: no actor 'twon'. Did you mean 'town'?"),
    (
        "payment_in_tonnes",
        17,
        "money.payments[0].amount: 't' (mass) is neither a sum of money, nor money a year, nor money per GWh handed",
    ),
    (
        "payment_per_a_wrong_unit",
        17,
        "money.payments[0].amount: 'SEK/t' (money in SEK per mass) is neither a sum of money, nor money a year, nor",
    ),
    ("grant_to_nobody", 17, "money.payments[0]: who is paid is not said, and nobody of the case would get it. State 'to': an"),
    (
        "payment_in_thousandths",
        17,
        "money.payments[0].amount: 'mSEK' cannot be read: write 'SEK', 'kSEK' for thousands or 'MSEK' for millions.",
    ),
    ("discount_rate_per_year", 6, "does not convert to a plain number. Write it without '/year', such as '4 %'."),
    ("payment_to_nobody", 17, "money.payments[0].to: no actor 'mil'. Did you mean 'mill'?"),
    ("payment_to_oneself", 17, "money.payments[0]: no actor of the case pays or is paid by another. Mend 'from' or 'to'."),
    ("payments_that_are_no_list", 17, "money.payments: expected a list here (lines that start with '-')."),
    ("price_of_a_leg_per_tonne", 17, "transport[0].price: 't' (mass) does not convert to 'tkm' (transport performance)."),
    ("price_of_backup_per_tonne", 16, "backup[0].price: 't' (mass) does not convert to 'GJ' (energy)."),
    ("price_of_residue_per_tonne", 17, "residue.price: 't' (mass) does not convert to 'MWh' (energy)."),
    (
        "price_per_kilometre_without_load",
        17,
        "transport[0]: a price per kilometre needs what one vehicle carries. State 'load: 30 t', with the way back in",
    ),
    ("price_year_of_another_time", 6, "price_year: '202': expected at least 1900."),
    (
        "purchase_avoided_without_supply",
        17,
        "money.avoided_purchase: a purchase is avoided only where 'supply' says what is replaced. Add 'supply', or remove it.",
    ),
    ("purchase_per_the_unit_of_another_reference", 19, "by_reference.other: 't' (mass) does not convert to 'GJ' (energy)."),
    ("purchase_per_a_wrong_unit", 17, "money.avoided_purchase: 't' (mass) does not convert to 'MWh' (energy)."),
    (
        "purchase_tax_below_zero",
        17,
        "money.avoided_purchase_tax: the tax is negative: -5. Write it positive, and a subsidy as one of 'payments',",
    ),
    ("purchase_tax_per_a_wrong_unit", 17, "money.avoided_purchase_tax: 'm3' (volume) does not convert to 'MWh' (energy)."),
    (
        "purchase_tax_without_supply",
        17,
        "money.avoided_purchase_tax: a purchase is avoided only where 'supply' says what is replaced. Add 'supply', or",
    ),
    ("remaining_value_of_another_kind", 18, "economics.remaining_value: 'linear' is not one of 'straight_line' or 'none'."),
    (
        "residual_value_above_the_cost",
        17,
        "money.investments[0].residual_value: it is worth more at the end of its life than it cost. Mend one of them.",
    ),
    (
        "residual_value_as_a_share",
        17,
        "money.investments[0].residual_value: '%' (a plain ratio) does not convert to 'SEK' (money in SEK).",
    ),
    ("residual_value_below_zero", 17, "money.investments[0].residual_value: it is negative: -1. Write it positive."),
    (
        "sum_after_the_period",
        17,
        "money.payments[0].year: it is paid at the end of 2034, but that can be from 2023 to 2033 here. Mend the year,",
    ),
    (
        "sum_before_year_0",
        17,
        "money.payments[0].year: it is paid at the end of 2022, but that can be from 2023 to 2033 here. What was paid",
    ),
    (
        "sum_by_year",
        17,
        "money.payments[0].amount.by_year: a sum is paid once: no path is read here. State one 'value' with its 'year',",
    ),
    (
        "tax_of_a_leg_per_kilometre_beside_a_price_per_tonne_kilometre",
        17,
        "transport[0].tax: 'km' (length) does not convert to 'tkm' (transport performance).",
    ),
    ("tax_of_a_leg_per_tonne", 17, "transport[0].tax: 't' (mass) does not convert to 'tkm' (transport performance)."),
    (
        "tax_of_a_need_below_zero",
        17,
        "needs[0].tax: the tax is negative: -400. Write it positive, and a subsidy as one of 'payments', from society.",
    ),
    ("tax_of_a_need_per_a_wrong_unit", 17, "needs[0].tax: 'kg' (mass) does not convert to 'kWh' (energy)."),
    ("tax_of_backup_per_tonne", 16, "backup[0].tax: 't' (mass) does not convert to 'GJ' (energy)."),
    ("tax_of_residue_per_tonne", 17, "residue.tax: 't' (mass) does not convert to 'MWh' (energy)."),
    (
        "tax_on_an_exchange_that_is_taken",
        17,
        "needs[0].tax: what is paid for 'steam' is the price of that exchange. State it there, under 'money'.",
    ),
    ("tax_rate_in_money", 18, "economics.tax_rate: 'SEK' (money in SEK) does not convert to a plain number."),
    ("tax_rate_of_30", 18, "economics.tax_rate: the income tax is 30; it lies between 0 and 1. Did you mean '30 %'?"),
    (
        "tax_rate_of_an_actor_of_minus_1",
        7,
        "actors.mill.tax_rate: the income tax is -0.01; it lies between 0 and 1. Mend the number.",
    ),
    (
        "year_of_a_payment_per_unit",
        17,
        "money.payments[0].year: a year goes with a sum that is paid once. Remove it, or state a sum.",
    ),
    (
        "year_of_a_yearly_payment",
        17,
        "money.payments[0].year: a year goes with a sum that is paid once. Remove it, or state a sum.",
    ),
    ("year_with_a_fraction", 17, "money.investments[0].year: '2025.5': expected a whole number."),
    (
        "yearly_payment_written_backwards",
        17,
        "money.payments[0].amount: '1' (a plain ratio) does not convert to 'SEK' (money in SEK).",
    ),
]


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_once_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    assert_told_once(FOLDER / f"{name}.yaml", line, text, library)


def test_every_bad_case_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD} | {"many_errors", "prices_missing"}


def test_all_errors_of_money_are_told_at_once(library: Library) -> None:
    """Neither a path with a gap nor a broken line hides what is wrong beside it."""
    found = [(int(one.where.rpartition(":")[2]), one.path, one.code) for one in errors_of(FOLDER / "many_errors.yaml", library)]
    heat = "exchanges.heat.money"
    assert sorted(found) == [
        (6, "discount_rate", "out-of-range"),
        (7, "actors.mill.tax_rate", "out-of-range"),
        (18, f"{heat}.price.by_year", "path-gap"),
        (19, f"{heat}.avoided_purchase", "unit"),
        (21, f"{heat}.investments[0].by", "unknown-actor"),
        (21, f"{heat}.investments[0].cost", "out-of-range"),
        (21, f"{heat}.investments[0].life", "out-of-range"),
        (22, f"{heat}.investments[1].residual_value", "out-of-range"),
        (22, f"{heat}.investments[1].year", "outside-period"),
        (24, f"{heat}.payments[0]", "payment"),
        (26, "economics.nominal", "inflation"),
        (27, "economics.facilitation[0].amount", "out-of-range"),
        (27, "economics.facilitation[0].amount", "unit"),
        (27, "economics.facilitation[0].from", "unknown-actor"),
    ]


def test_prices_that_are_missing_are_told_with_their_line(library: Library) -> None:
    case, document = read_with_lines(FOLDER / "prices_missing.yaml")
    found = [one for one in check_case(case, library, document) if one.code in {"not-stated", "without-effect"}]
    assert {(one.where, one.level, one.message) for one in found} == {
        (
            "prices_missing.yaml:16",
            Level.WARNING,
            "the stream has a price, and what the receiver would pay otherwise is not stated: its gain is not known.",
        ),
        ("prices_missing.yaml:28", Level.WARNING, "no price is stated for reference 'other': its value is then incomplete."),
        ("prices_missing.yaml:29", Level.WARNING, "no price is stated for reference 'likely': its value is then incomplete."),
        # A tax that is said for one reference alone is none under the other: line 30 is complete.
        (
            "prices_missing.yaml:31",
            Level.NOTE,
            "is read and kept, but no figure of this case uses it: prices are constant and rates real.",
        ),
    }


def test_a_purchase_is_priced_in_the_unit_of_its_reference(tmp_path: Path, library: Library) -> None:
    """Pellets by the tonne, and gas by the MWh: each under its own reference."""
    broken = (FOLDER / "purchase_per_the_unit_of_another_reference.yaml").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(broken.replace("other: 1300 SEK/t", "other: 400 SEK/MWh"), encoding="utf-8")
    assert errors_of(path, library) == ()
