"""The corridor of prices with the tax, the carbon price or the quantity varied, by hand; and what a reader is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

import pytest

from ius_lca.errors import Level
from ius_lca.result_findings.whole import result_findings
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored

#: 1000 t of ash a year: 0.5 t/t of cement (500 kg CO2e/t) at 600 SEK/t, a pit (20 kg/t) saved, drying (30 kg/t) by the receiver,
#: a lorry (0.1 kg/tkm) over 100 km by a third; the receiver's silo of 4 t of steel (2000 kg/t) lasts as long as the period.
ASH = """\
discount_rate: 25 %
exchanges:
  ash:
    from: giver
    to: taker
    resource: ash
    quantity: 1000 t/year
    supply: {substitution: 0.5 t/t, displacement: 80 %, all: [{factor: cement}]}
    disposal: {all: [{factor: pit}]}
    needs: [{factor: drying, amount: 1 t/t, by: taker, price: 40 SEK/t}]
    transport: [{factor: lorry, distance: 100 km, by: other, price: 1 SEK/tkm}]
    equipment: [{factor: steel, amount: 4 t, life: 2 years, by: taker, cost: 72 kSEK}]
    money: {price: 50 SEK/t, avoided_purchase: 600 SEK/t, avoided_disposal: 100 SEK/t, avoided_disposal_tax: 60 SEK/t}
factors:
  cement: {product: cement, unit: t, co2e: 500 kg CO2e/t, gwp: AR6, source: made up}
  pit: {product: pit, unit: t, co2e: 20 kg CO2e/t, gwp: AR6, source: made up, treats_waste: true}
  drying: {product: drying, unit: t, co2e: 30 kg CO2e/t, gwp: AR6, source: made up}
  lorry: {product: lorry, unit: tkm, co2e: 0.1 kg CO2e/tkm, gwp: AR6, source: made up}
  steel: {product: steel, unit: t, co2e: 2000 kg CO2e/t, gwp: AR6, source: made up}
"""
SHORT = HEADER.replace("years: 10", "years: 2")
#: The silo over two years at 25 %: 72 000 / (0.8 + 0.64) = 50 000 SEK a year, 50 SEK/t.
P_MIN, P_MAX = -100 - 60, 0.5 * 600 - 40 - 50


def _rows(case_from: CaseFrom, text: str, varied: str, header: str = SHORT) -> list[Row]:
    rows = result_tables(scored(case_from(header + dedent(text))[0]), "corridor_variations")["corridor_variations"]
    return [row for row in rows if row["varied"] == varied]


def _ends(rows: list[Row]) -> Iterator[tuple[object, float | None, float | None]]:
    for low, high in zip(rows[::2], rows[1::2], strict=True):
        assert (low["item"], high["item"], low["level"]) == ("p_min", "p_max", high["level"])
        yield low["level"], low["value"], high["value"]  # type: ignore[misc]


def _approx(expected: list[tuple[float, float, float]]) -> list[object]:
    return [(level, pytest.approx(low, rel=1e-12), pytest.approx(high, rel=1e-12)) for level, low, high in expected]


def test_tax_that_the_donor_saves(case_from: CaseFrom) -> None:
    rows = _rows(case_from, ASH, "disposal_tax")
    assert {(row["level_unit"], row["unit"]) for row in rows} == {("%", "SEK/t")}
    assert list(_ends(rows)) == _approx([(level, -100 - 0.6 * level, P_MAX) for level in (0, 50, 100, 150, 200)])


def test_no_tax_is_varied_that_is_not_stated(case_from: CaseFrom) -> None:
    assert _rows(case_from, ASH.replace(", avoided_disposal_tax: 60 SEK/t", ""), "disposal_tax") == []


def test_carbon_price_falls_on_who_carries_the_term(case_from: CaseFrom) -> None:
    rows = _rows(case_from, ASH, "carbon_price")
    assert {row["level_unit"] for row in rows} == {"SEK/(t CO2e)"}
    saved = 0.5 * 0.80 * 500 - 30 - 4 * 2000 / 2 / 1000  # kg CO2e/t: cement, with its displacement, drying and silo
    levels = (0, 500, 1000, 1500)
    expected = [(level, P_MIN - level * 20 / 1000, P_MAX + level * saved / 1000) for level in levels]
    assert list(_ends(rows)) == _approx(expected)


@pytest.mark.parametrize(("currency", "step"), [("EUR", 50), ("USD", 50), ("GBP", 50), ("PLN", 200), ("NOK", 500), ("DKK", 500)])
def test_carbon_prices_are_round_in_every_currency(case_from: CaseFrom, currency: str, step: int) -> None:
    rows = _rows(case_from, ASH.replace("SEK", currency), "carbon_price", SHORT.replace("SEK", currency))
    assert [row["level"] for row in rows[::2]] == [0, step, 2 * step, 3 * step]
    assert rows[0]["level_unit"] == f"{currency}/(t CO2e)"


def test_carbon_price_is_a_cost_like_others_to_the_tax(case_from: CaseFrom) -> None:
    taxed = SHORT.replace("{name: Giver}", "{name: Giver, tax_rate: 30 %}")
    assert list(_ends(_rows(case_from, ASH, "carbon_price", taxed))) == _approx(
        [(level, low, high) for level, low, high in _ends(_rows(case_from, ASH, "carbon_price"))]  # type: ignore[misc]
    )


def test_no_carbon_price_on_what_may_be_no_headline(case_from: CaseFrom) -> None:
    pump = "{product: pump, unit: t, covers: [primary_energy], emissions: [{flow: co2_fossil, amount: 1 kg/t}]}"
    body = ASH.replace("needs: [", "needs: [{process: pumping, amount: 1 t/t, by: taker, price: 0 SEK/t}, ")
    rows = _rows(case_from, body + f"processes:\n  pumping: {pump}\n", "carbon_price")
    assert {(row["value"], row["reason"]) for row in rows} == {(None, "coverage of the benefit: at most, so no headline")}


def test_shortfall_leaves_what_was_invested(case_from: CaseFrom) -> None:
    rows = _rows(case_from, ASH, "shortfall")
    expected = [(level, P_MIN, 0.5 * 600 - 40 - 50 / (1 - level / 100)) for level in (0, 10, 20, 30, 50)]
    assert list(_ends(rows)) == _approx(expected)


def test_an_end_that_is_not_known_is_not_varied(case_from: CaseFrom) -> None:
    rows = _rows(case_from, ASH.replace(", price: 40 SEK/t", ""), "shortfall")
    assert [row["item"] for row in rows] == ["p_min"] * 5


def _told(case_from: CaseFrom, text: str, header: str = SHORT) -> dict[str, str]:
    found = result_findings(scored(case_from(header + text)[0]))
    codes = {"no-corridor", "price-outside", "open-price"}
    told = [one for one in found if one.code in codes]
    assert {one.level for one in told if one.code != "open-price"} <= {Level.WARNING}
    assert len({one.code for one in told}) == len(told)
    return {one.code: f"{one.path}: {one.message} {one.mend}" for one in told}


def test_a_closed_corridor_is_told_with_what_would_open_it(case_from: CaseFrom) -> None:
    dear = ASH.replace("avoided_purchase: 600 SEK/t", "avoided_purchase: 100 SEK/t").replace("by: other", "by: giver")
    dear = dear.replace("distance: 100 km", "distance: 200 km")
    # The donor pays 200 SEK/t of transport and saves 160; to the receiver half a tonne of cement is worth 50 - 40 - 50.
    assert _told(case_from, dear) == {
        # The grant is 80 SEK/t of 1000 t in two years, worth 1.44 times as much: 115 200 SEK, of which 115 000 would not do.
        "no-corridor": (
            "exchanges.ash.money: there is no price at which both sides of 'ash' gain over the years: "
            "the donor needs at least 40 SEK/t, the receiver needs at least 40 SEK/t. "
            "Any of these would open one: 80 SEK/t paid by others, a grant of 116,000 SEK to the receiver, "
            "a grant of 116,000 SEK to the donor, transport over 120 km in all."
        )
    }
    rows = result_tables(scored(case_from(SHORT + dear)[0]), "corridors")["corridors"]
    found = {str(row["item"]): (row["value"], row["unit"]) for row in rows}
    assert found["gap"] == found["opening_fee"] == (pytest.approx(80, rel=1e-9), "SEK/t")
    assert found["opening_grant"] == found["opening_grant_donor"] == (pytest.approx(80 * 1000 * 1.44, rel=1e-9), "SEK")
    assert found["opening_distance"] == (pytest.approx(200 - 80, rel=1e-9), "km")


def test_an_open_corridor_has_nothing_to_open(case_from: CaseFrom) -> None:
    rows = result_tables(scored(case_from(SHORT + ASH)[0]), "corridors")["corridors"]
    found = {str(row["item"]): (row["value"], row["unit"]) for row in rows}
    assert list(found) == ["p_min", "p_max", "price", "surplus", "nash", "donor_share", "receiver_share"]
    assert found["surplus"] == (pytest.approx(1000 * (P_MAX - P_MIN), rel=1e-12), "SEK/year")
    assert _told(case_from, ASH) == {}


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("211 SEK/t", "at the price of 211 SEK/t the receiver of 'ash' loses over the years: it pays at most 210 SEK/t."),
        ("-161 SEK/t", "at the price of -161 SEK/t the donor of 'ash' loses over the years: it pays at most 160 SEK/t."),
    ],
)
def test_a_price_beyond_an_end_is_told(case_from: CaseFrom, price: str, told: str) -> None:
    found = _told(case_from, ASH.replace("price: 50 SEK/t", f"price: {price}"))
    assert found.keys() == {"price-outside"}
    assert found["price-outside"].startswith(f"exchanges.ash.money.price: {told}")
    # Also where the other end is not known.
    unknown = ASH.replace(", price: 40 SEK/t", "") if "donor" in told else ASH.replace("avoided_disposal: 100 SEK/t, ", "")
    assert _told(case_from, unknown.replace("price: 50 SEK/t", f"price: {price}")).keys() == {"price-outside"}


def test_a_price_whose_range_contains_the_end_is_told_once(case_from: CaseFrom) -> None:
    ranged = ASH.replace("price: 50 SEK/t", "price: {value: 220 SEK/t, range: [200, 240]}")
    assert _told(case_from, ranged).keys() == {"open-price"}


CASCADE = """\
discount_rate: 5 %
exchanges:
  steam:
    from: giver
    to: taker
    resource: steam
    quantity: 0 MWh/year
    disposal: {all: [{factor: treatment.heat_rejection}]}
    money: {price: 100 SEK/MWh, avoided_disposal: 0 SEK/MWh}
  heat:
    from: taker
    to: other
    resource: heat
    quantity: 10 GWh/year
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.district.wood_chips}]}
    needs: [{exchange: steam, amount: 1.2 MWh/MWh, by: taker}]
    money: {price: 200 SEK/MWh, avoided_purchase: 400 SEK/MWh}
"""


def test_what_is_taken_on_into_another_exchange_is_told_to_earn_there(case_from: CaseFrom) -> None:
    """The taker pays 120 SEK for the steam in a MWh of heat that it sells for 200: it loses by the steam alone."""
    told = "'steam' goes on into heat: what that earns is counted there, so judge the whole of both."
    assert _told(case_from, CASCADE)["price-outside"].endswith(told)
    closed = CASCADE.replace("avoided_disposal: 0 SEK/MWh", "avoided_disposal: 0 SEK/MWh, payments: [FEE]")
    closed = closed.replace("FEE", "{what: boiler, from: giver, amount: 9 SEK/MWh}")
    assert _told(case_from, closed)["no-corridor"].endswith(told)
    assert "goes on" not in str(_told(case_from, ASH.replace("price: 50 SEK/t", "price: 211 SEK/t")))


def _who_loses(case_from: CaseFrom, text: str) -> list[str]:
    found = result_findings(scored(case_from(SHORT + text)[0]))
    return [one.message for one in found if one.code == "others-lose"]


def test_who_pays_for_the_gain_of_both_sides_is_told(case_from: CaseFrom) -> None:
    """The lorry costs 100 SEK/t; a fee of as much is enough, to the last digit."""
    told = ["Other loses by 'ash' over the years, and neither end of its corridor of prices holds that."]
    assert _who_loses(case_from, ASH) == told
    for fee, expected in ((99, told), (100, [])):
        payment = f"payments: [{{what: haulage, from: giver, to: other, amount: {fee} SEK/t}}]"
        assert _who_loses(case_from, ASH.replace("money: {", f"money: {{{payment}, ")) == expected
    silo = "    equipment: [{factor: steel, amount: 4 t, life: 2 years, by: taker, cost: 72 kSEK}]\n"
    assert _who_loses(case_from, ASH.replace(silo, "").replace("discount_rate: 25 %\n", "")) == told  # no year brings anything


def test_only_the_main_reference_is_told(case_from: CaseFrom) -> None:
    two = SHORT.replace("{likely: {title: without the exchange}}", "{other: {title: a}, likely: {title: b}}")
    text = ASH.replace("avoided_purchase: 600 SEK/t", "avoided_purchase: {by_reference: {other: 1 SEK/t, likely: 600 SEK/t}}")
    assert _told(case_from, text, two) == {}
