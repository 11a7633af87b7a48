"""Money in the report: sentences in round numbers, pictures with words, and tables that add up."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import pairwise

import pytest

from ius_lca.report.cash_flow import CashRow, CashTable, cash_curve, cash_table
from ius_lca.report.company import company
from ius_lca.report.corridors import corridors
from ius_lca.report.headlines import headlines
from ius_lca.report.money import money_table
from ius_lca.report.money_charts import Curve, Mark, cumulative, price_corridor
from ius_lca.report.returns import exchange_returns, returns
from ius_lca.report.to_html import render_html, render_stored
from ius_lca.report.years import handed_over
from ius_lca.results import Assessment, parse_result, to_json
from tests.cash import SOLD_HEAT, Assessed, assessed_heat, page_text
from tests.scoring import CaseFrom

ASH = """\
  ash{n}:
    from: taker
    to: other
    resource: ash {n}
    quantity: 1000 t/year
    disposal: {{all: [{{factor: waste.landfill.inert}}]}}
    money: {{price: -{n} SEK/t, avoided_disposal: {n}00 SEK/t}}
"""
COSTLY = ("cost: 20 MSEK", "cost: 60 MSEK")
NO_RATE = ("discount_rate: 0 %\n", "")
GRANT = ("      investments", "      payments: [{what: state aid, from: society, to: giver, amount: 5 MSEK}]\n      investments")
UNKNOWN = ("      avoided_purchase: 500 SEK/MWh\n", "")
BELOW_ZERO = ("      avoided_purchase: 500 SEK/MWh\n", "      avoided_disposal: 300 SEK/MWh\n")  # 200 - 300 = -100
NO_INVESTMENT = ("      investments: [{what: pipe, cost: 20 MSEK, life: 10 years, by: giver}]\n", "")
ONE_YEAR = ("years: 10", "years: 1")


@pytest.fixture
def assessed(case_from: CaseFrom) -> Assessed:
    return partial(assessed_heat, case_from)


def _told(result: Assessment) -> list[str]:
    """The sentences of the first exchange, with plain spaces."""
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in company(result).told[0].sentences]


def test_three_sentences_in_round_numbers(assessed: Assessed) -> None:
    assert _told(assessed()) == [
        "It brings all who take part about 3 million SEK a year, with what is invested paid for.",  # 5 - 20 / 10
        # 20 MSEK / (10 years x 10 000 MWh) = 200;  (300 - 200) / (500 - 200) = 1/3
        "Both gain at any price between 200 and 500 SEK per MWh; the price now, 300, gives Giver 33 % of what the two gain.",
        (
            "The investment of about 20 million SEK is back after about 4 years for all who take part together, "
            "at a rate of return of about 21 % a year."
        ),
    ]


def test_a_price_that_changes_is_told_by_its_mean(assessed: Assessed) -> None:
    path = ("price: 300 SEK/MWh", "price: {by_year: {2023: 200 SEK/MWh, 2032: 400 SEK/MWh}}")
    assert "the mean price, 300, gives Giver 33 % of what the two gain" in _told(assessed(path))[1]
    [view] = corridors(assessed(path)).shown
    assert "300 mean price" in view.chart
    assert "The mean price gives Giver" in view.note


def test_an_exchange_that_begins_later_hands_over_nothing_yet(assessed: Assessed) -> None:
    ends = ASH.format(n=1).replace("1000 t/year", "1000 t/year\n    life: 2 years")
    begins = ASH.format(n=2).replace("1000 t/year", "1000 t/year\n    start: 2030")
    result = assessed(more=ends + begins)
    told = handed_over(result)
    assert (told["ash1"], told["ash2"]) == ("1\u202f000 t/year", "nothing in 2023")


def test_no_corridor_is_said_with_what_would_open_it(assessed: Assessed) -> None:
    worth, prices, back = _told(assessed(COSTLY))
    assert worth == "It costs all who take part about 1 million SEK a year more than it saves, what is invested included."
    assert prices == (
        "There is no price at which both gain: Giver must have at least 600, and Taker can pay at most 500 SEK per MWh. "
        "One of these would open a corridor: 100 SEK per MWh from others, a grant of 10 million SEK to Taker, "
        "a grant of 10 million SEK to Giver."
    )
    # -60 + 10 x 5
    assert back.startswith("The investment of about 60 million SEK is not back within 10 years, at a rate of return of about −")


@pytest.mark.parametrize(
    ("change", "at", "sentence"),
    [
        (("price: 300", "price: 100"), 1, "the price now, 100, is a loss for Giver."),
        (("price: 300", "price: 700"), 1, "the price now, 700, is a loss for Taker."),
        (("      price: 300 SEK/MWh\n", ""), 1, "between 200 and 500 SEK per MWh; the case states no price."),
        (("price: 300", "price: 201"), 1, "the price now, 201, gives Giver under 1 % of what the two gain."),
        (NO_RATE, 0, "about 5 million SEK a year, before what is invested (not stated: discount rate of the case)."),
        (NO_RATE, 1, "Taker can pay at most 500 SEK per MWh; what Giver must have is open (not stated: discount rate"),
        (NO_RATE, 2, "The investment of about 20 million SEK is back after about 4 years"),
        (UNKNOWN, 0, "What it is worth a year cannot be said (not stated: avoided purchase)."),
        (UNKNOWN, 1, "Giver must have at least 200 SEK per MWh; what Taker can pay is open"),
        (BELOW_ZERO, 1, "Giver must have at least −100 SEK per MWh (below zero Giver would pay); what Taker can pay is open"),
        (UNKNOWN, 2, "When an investment is back cannot be said (not stated: avoided"),
        (GRANT, 2, "about 20 million SEK, 5 million SEK of it granted, is back after about 3 years"),
        (("amount: 5 MSEK", "amount: 25 MSEK"), 2, "The investment of about 20 million SEK, with grants of 25 million SEK, is"),
        (NO_INVESTMENT, 0, "It brings all who take part about 5 million SEK a year."),
        (NO_INVESTMENT, 2, "The case states no investment in it."),
        (("price: 300", "price: -50"), 1, "the price now, −50, is a loss for Giver."),
    ],
)  # fmt: skip
def test_what_is_said_and_what_cannot_be_said(assessed: Assessed, change: tuple[str, str], at: int, sentence: str) -> None:
    given = [GRANT, change] if change[0].startswith("amount") else [change]
    assert sentence in _told(assessed(*given))[at]


def test_prices_that_would_read_the_same_get_more_digits(assessed: Assessed) -> None:
    near = assessed(("avoided_purchase: 500", "avoided_purchase: 202"), ("price: 300", "price: 200"))
    assert "between 200 and 202 SEK per MWh; the price now, 200, gives Giver 0 % of what the two gain" in _told(near)[1]


def test_only_the_largest_exchanges_are_told_and_all_together(assessed: Assessed) -> None:
    view = company(assessed(more="".join(ASH.format(n=n) for n in (1, 2, 3))))
    aided = company(assessed(GRANT, more=ASH.format(n=2)))
    assert "about 5 million SEK of public money" in aided.told[-1].sentences[-1].replace("\u00a0", " ")
    names = ["heat, from Giver to Taker", "ash 2, from Taker to Other", "ash 3, from Taker to Other"]
    assert [one.name for one in view.told] == [*names, "All exchanges together"]
    assert (view.others, view.period) == (1, "2023 to 2032")
    # 3 MSEK of the heat, and 100, 200 and 300 kSEK of the ash; 20 / 5.6 years
    assert [text.replace("\u00a0", " ") for text in view.told[-1].sentences] == [
        (
            "They are worth about 3.6 million SEK a year, with what is invested paid for; "
            "net present value about 36 million SEK over 10 years at 0 %."
        ),
        "All that is invested is back after about 4 years, at a rate of return of about 25 % a year.",
    ]


def test_an_exchange_for_which_something_is_bought_is_told_before_larger_ones(assessed: Assessed) -> None:
    cheap = ("avoided_purchase: 500", "avoided_purchase: 301"), ("cost: 20 MSEK", "cost: 20 kSEK")  # 8 kSEK a year
    names = [one.name for one in company(assessed(*cheap, more="".join(ASH.format(n=n) for n in (1, 2, 3)))).told]
    assert names[:-1] == ["heat, from Giver to Taker", "ash 2, from Taker to Other", "ash 3, from Taker to Other"]


def test_nothing_is_shown_of_money_that_the_case_does_not_speak_of(assessed: Assessed) -> None:
    silent = assessed(NO_RATE, (SOLD_HEAT[SOLD_HEAT.index("    money") :], ""))
    assert company(silent).told == []
    assert "What it is worth in money" not in page_text(silent)
    assert (cash_curve(silent), cash_table(silent), returns(silent), exchange_returns(silent)) == (None,) * 4


def test_without_rate_and_investment_there_are_no_figures_of_years(assessed: Assessed) -> None:
    yearly = assessed(NO_RATE, NO_INVESTMENT)
    assert (cash_curve(yearly), cash_table(yearly), returns(yearly), exchange_returns(yearly)) == (None,) * 4
    assert len(corridors(yearly).shown) == 1  # which needs no rate, as all years are alike


def test_years_that_are_alike_share_a_column(assessed: Assessed) -> None:
    table = cash_table(assessed())
    assert table is not None
    [block] = table.blocks
    assert (table.unit, table.money, table.lacks) == ("kSEK", "at constant prices of 2023", [])
    assert block.columns == ["2022", "2023–2032, each", "sum"]
    assert _cells(table) == {
        ("Giver", "sale of the stream"): ["", "3 000", "30 000"],
        ("Giver", "investment"): ["−20 000", "", "−20 000"],
        ("Giver", "sum"): ["−20 000", "3 000", "10 000"],
        ("Taker", "purchase of the stream"): ["", "−3 000", "−30 000"],
        ("Taker", "purchase avoided"): ["", "5 000", "50 000"],
        ("Taker", "sum"): ["", "2 000", "20 000"],
        ("Network", "purchase avoided"): ["", "5 000", "50 000"],
        ("Network", "investment"): ["−20 000", "", "−20 000"],
        ("Network", "sum"): ["−20 000", "5 000", "30 000"],
    }


def _cells(table: CashTable) -> dict[tuple[str, str], list[str]]:
    return {
        (name, row.name): [*(cell.replace("\u202f", " ") for block in table.blocks for cell in _in(block.groups, name, row.name))]
        for name, rows in table.blocks[-1].groups
        for row in rows
    }


def _in(groups: list[tuple[str, list[CashRow]]], party: str, item: str) -> list[str]:
    rows = [row for name, found in groups if name == party for row in found if row.name == item]
    return rows[0].cells if rows else []


def test_many_years_that_differ_stand_in_blocks(assessed: Assessed) -> None:
    rising = assessed(("years: 10", "years: 24"), ("discount_rate", "economics: {nominal: true, inflation: 2 %}\ndiscount_rate"))
    table = cash_table(rising)
    assert table is not None
    assert [len(block.columns) for block in table.blocks] == [9, 9, 8]  # 2022 to 2046 and the sum
    assert table.blocks[0].columns[0] == "2022"
    assert table.blocks[-1].columns[-1] == "sum"
    assert table.money == "in the money of each year, from prices of 2023 with inflation of 2 %"
    # An item without money in a block is no row of it.
    assert "replacement" not in [row.name for row in table.blocks[0].groups[0][1]]
    assert "replacement" in [row.name for row in table.blocks[1].groups[0][1]]


def test_the_curve_names_its_lines_and_marks_when_the_money_is_back(assessed: Assessed) -> None:
    curve = cash_curve(assessed(("discount_rate: 0 %", "discount_rate: 5 %")))
    assert curve is not None
    assert curve.left_out == []
    words = unescape(curve.chart).replace("\u00a0", " ")
    for text in ("Network 30.0", "Giver 10.0", "Taker 20.0", "Network, discounted at 5 % 18.6", "back after about 4 years"):
        assert f">{text}</text>" in words  # 5 x 7.7217 - 20 = 18.6
    assert "Network 30.0 MSEK at the end of 2032, lowest at the end of 2022 with −20.0 MSEK" in words


def test_whose_money_is_not_known_is_not_drawn(assessed: Assessed) -> None:
    curve = cash_curve(assessed(UNKNOWN))
    assert curve is not None
    assert curve.left_out == ["Taker (not stated: avoided purchase (heat))", "network (not stated: avoided purchase (heat))"]
    assert "Giver 10.0" in curve.chart
    assert "Network" not in curve.chart


def test_names_at_the_ends_of_lines_stand_apart() -> None:
    ends = (30.0, 29.9, 30.1, -10.0, -10.0)
    curves = [Curve(str(at), [(2022, -10.0), (2032, end)], "#000") for at, end in enumerate(ends)]
    spec = cumulative(curves, "MSEK", None)
    [names] = [layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    low, high = spec["layer"][1]["encoding"]["y"]["scale"]["domain"]
    pixels = sorted(spec["height"] * (name["value"] - low) / (high - low) for name in names)
    assert all(upper - lower > 14.9 for lower, upper in pairwise(pixels))
    assert pixels[-1] <= spec["height"] + 1e-9
    assert [name["label"] for name in sorted(names, key=lambda name: name["value"])] == ["3", "4", "1", "0", "2"]


def test_a_corridor_is_a_bar_and_none_is_a_gap() -> None:
    donor, receiver = Mark(100, "least"), Mark(300, "most")
    is_open = price_corridor(donor, receiver, Mark(150, "now"), Mark(200, "midpoint"))
    closed = price_corridor(receiver, donor, None, None)
    bars = [layer for spec in (is_open, closed) for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert [bar["data"]["values"] for bar in bars] == [[{"from": 100, "to": 300}]] * 2
    assert bars[0]["mark"]["color"] != bars[1]["mark"]["color"]
    texts = [layer for layer in is_open["layer"] if layer["mark"]["type"] == "text"]
    assert {layer["data"]["values"][0]["label"]: layer["mark"]["align"] for layer in texts} == {
        "least": "right", "most": "left", "now": "right", "midpoint": "left",
    }  # fmt: skip


def _with_surplus(result: Assessment, value: float) -> Assessment:
    rows = ({**row, "value": value} if row["item"] == "surplus" else row for row in result.tables["corridors"])
    return replace(result, tables={**result.tables, "corridors": tuple(rows)})


def test_pictures_of_corridors_have_notes_and_variations(assessed: Assessed) -> None:
    [view] = corridors(assessed()).shown
    assert view.note.replace("\u00a0", " ") == (
        "For both to share in 2023: about 3 million SEK. The price now gives Giver 33 % of it and Taker 67 %."
    )
    later = replace(assessed(), year=2020)
    [without] = corridors(_with_surplus(later, 0.0)).shown
    assert (
        without.note
        == "Nothing is handed over in 2020. The price now gives Giver 33\u00a0% of what both gain and Taker 67\u00a0%."
    )
    short = next(row for row in view.variations if row.name == "quantity falls short by")
    # Half of the heat pays for the same pipe: 20 MSEK / (10 x 5000 MWh).
    assert [level.prices for level in short.levels if level.title.startswith(("0", "50"))] == ["200 to 500", "400 to 500"]
    [gap] = corridors(assessed(COSTLY)).shown
    assert gap.note == "There is no price at which both gain."
    assert "none (600 > 500)" in [level.prices for row in gap.variations for level in row.levels]
    assert {level.is_open for row in gap.variations if row.name == "quantity falls short by" for level in row.levels} == {False}


def test_many_pictures_are_folded_and_the_largest_shown(assessed: Assessed) -> None:
    many = "".join(ASH.format(n=n) for n in range(1, 9))
    view = corridors(assessed(more=many))
    assert [one.name.split(",")[0] for one in view.shown] == ["heat", "ash 1", "ash 2", "ash 3", "ash 7", "ash 8"]
    assert [one.name.split(",")[0] for one in view.folded] == ["ash 4", "ash 5", "ash 6"]


def test_an_exchange_without_both_ends_is_named_with_the_reason(assessed: Assessed) -> None:
    view = corridors(assessed(NO_RATE))
    assert (view.shown, view.unknown) == ([], ["heat (not stated: discount rate of giver or of the case)"])


def test_returns_by_actor_with_the_reasons_of_what_is_missing(assessed: Assessed) -> None:
    view = returns(assessed())
    assert view is not None
    assert view.columns == [
        "discount rate", "net present value, MSEK", "as a yearly amount, MSEK", "internal rate of return",
        "back after, years", "with interest, years", "benefit-cost ratio",
    ]  # fmt: skip
    rows = {name: [cell.replace("\u00a0", " ") for cell in cells] for name, cells, _ in view.rows}
    # Giver: -20 + 10 x 3, back after 20 / 3 years;  Taker: 10 x (5 - 3), of which 50 come in and 30 go out
    assert [rows["Giver"][at] for at in (0, 1, 2, 4, 5, 6)] == ["0 %", "10.0", "1.00", "6.67", "6.67", "1.50"]
    assert rows["Taker"][:3] == ["0 %", "20.0", "2.00"]
    assert rows["Taker"][3:] == ["–\u2009¹", "–\u2009²", "–\u2009²", "1.67"]
    assert view.notes[:2] == ["¹\u00a0the cash flow never changes its sign", "²\u00a0nothing is invested"]
    assert view.difference == ""  # all at one rate
    assert view.abatement.startswith("No cost of avoiding a tonne of CO₂e is given (cheaper and cleaner")


def test_own_rates_do_not_add_up(assessed: Assessed) -> None:
    view = returns(assessed(("giver: {name: Giver}", "giver: {name: Giver, discount_rate: 10 %}")))
    assert view is not None
    # The network has 30 MSEK, the taker 20, the giver -20 + 3 x 6.1446 = -1.57
    assert view.difference == "11.6 MSEK more"


def test_society_is_shown_where_it_takes_part(assessed: Assessed) -> None:
    plain, aided = returns(assessed()), returns(assessed(GRANT))
    assert plain is not None
    assert aided is not None
    assert [name for name, _, total in plain.rows if total] == ["Network"]
    assert [name for name, _, total in aided.rows if total] == [
        "Network",
        "Society (taxes less subsidies)",
        "Network and society",
    ]
    # -5 MSEK in year 0, over ten years at 0 %; taxes less subsidies have no return
    society = next(cells for name, cells, _ in aided.rows if name.startswith("Society"))
    assert society == ["0\u00a0%", "−5.00", "−0.500", "", "", "", ""]


def test_abatement_has_a_cost_where_money_is_lost(assessed: Assessed) -> None:
    view = returns(assessed(COSTLY))
    assert view is not None
    assert re.fullmatch("To avoid CO₂ costs all who take part .* SEK per t CO₂e.*", view.abatement)


def test_what_each_exchange_is_worth_and_costs(assessed: Assessed) -> None:
    view = exchange_returns(assessed(more=ASH.format(n=2)))
    assert view is not None
    heat, ash = view.rows
    # 20 MSEK / 100 000 MWh
    assert heat == {
        "name": "heat",
        "value": "5.00",
        "annuity": "3.00",
        "npv": "30.0",
        "cost": "200",
        "unit": "SEK per MWh",
    }
    assert (view.unit, view.yearly) == ("MSEK", "MSEK")
    assert (ash["value"], ash["npv"], ash["cost"], ash["unit"]) == ("0.200", "2.00", "0", "SEK per t")


def test_every_dash_has_its_note_where_a_year_lacks_less_than_all_years(assessed: Assessed) -> None:
    """Two tax rates make the price count over the years, and one year of the network lacks the purchase alone."""
    taxed = ("name: Giver}", "name: Giver, tax_rate: 20 %}")
    view = exchange_returns(assessed(taxed, UNKNOWN, ("      price: 300 SEK/MWh\n", ""), more=ASH.format(n=2)))
    assert view is not None
    assert (view.rows[0]["value"], view.rows[0]["npv"]) == ("–\u2009¹", "–\u2009²")
    assert view.notes == [
        "¹\u00a0not stated: avoided purchase (heat)",
        "²\u00a0not stated: price (heat), avoided purchase (heat)",
    ]


def test_the_headline_says_what_it_comes_to_over_the_years(assessed: Assessed) -> None:
    *_, value = headlines(assessed())
    assert (
        value.span.replace("\u00a0", " ")
        == "net present value about 30 million SEK over 10 years at 0 %, back after about 4 years"
    )
    *_, value = headlines(assessed(NO_RATE, NO_INVESTMENT))
    assert value.span == ""


def test_money_of_a_year_keeps_sums_and_society_apart(assessed: Assessed) -> None:
    subsidy = ("amount: 5 MSEK", "amount: 10 SEK/MWh")
    table = money_table(assessed(GRANT, subsidy))
    assert table["apart"] == ["investment"]
    assert [(row["actor"], row["item"], row["label"], row["value"]) for row in table["society"]] == [
        ("society", "subsidy", "state aid", "−0.100")
    ]
    assert ([row["exchange"] for row in table["society"]], table["society_total"]) == (["heat"], "−0.100")
    assert (table["unit"], table["total"]) == ("MSEK", "5.10")
    together = "economics: {facilitation: [{what: coordinator, from: giver, amount: 100 kSEK/year}]}\ndiscount_rate"
    groups = money_table(assessed(("discount_rate", together)))["groups"]
    assert [(group["name"], group["total"]) for group in groups] == [("heat", "5.00"), ("The network as a whole", "−0.100")]


def test_a_single_year_is_told_and_drawn(assessed: Assessed) -> None:
    short = assessed(ONE_YEAR)
    assert company(short).period == "2023"
    # Nine tenths of the pipe are left at the end of the year.
    assert _told(short)[2].startswith("The investment of about 20 million SEK is back after about 10 months")
    assert cash_curve(short) is not None
    assert "What it is worth in money" in page_text(short)


@pytest.mark.parametrize("changes", [(), (NO_RATE,), (COSTLY,), (ONE_YEAR,), (GRANT,)])
def test_the_page_from_the_stored_result_is_the_same(assessed: Assessed, changes: tuple[tuple[str, str], ...]) -> None:
    result = assessed(*changes, more=ASH.format(n=2))
    stored = parse_result(to_json(result))
    assert render_stored(stored) == render_html(result) == render_html(stored)
