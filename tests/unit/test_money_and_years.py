"""Amounts in other currencies, in prices of other years, and prices of the library: at the door of a case."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.currency import Conversion, in_case_money
from ius_lca.case.numbers import numbers, with_numbers
from ius_lca.case.parameters import varied
from ius_lca.case.rates import exchange_rate, index_factor
from ius_lca.case.schema.case import Case
from ius_lca.errors import Finding, Level
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated
from ius_lca.report.context import Context
from ius_lca.report.conversions import conversions_view
from ius_lca.report.to_html import render_html
from ius_lca.results import parse_result, to_json
from tests.broken import assert_told_once
from tests.scoring import HEADER, CaseFrom

FOLDER = Path(__file__).parents[1] / "bad_cases" / "money"

#: File, line of the finding, part of its text.
BAD = [
    ("amount_in_no_currency", 21, "'kg' (mass) does not convert to 'SEK' (money in SEK)."),
    ("each_year_without_a_library", 21, "'each_year' is of a price of the library: name it with 'library'."),
    ("factor_instead_of_a_price", 21, "'waste.landfill.inert' is no price. Name a price or a tax"),
    ("formula_too_long_to_convert", 20, "the formula is too long to be converted. Let it give an amount in SEK."),
    ("library_beside_a_formula", 21, "'formula' stands beside 'library', which says it: keep one of them."),
    ("library_beside_a_path", 21, "'by_year' stands beside 'library'"),
    ("library_beside_a_value", 21, "'value' stands beside 'library'"),
    ("library_for_two_kinds_of_years", 21, "'year' and 'each_year' exclude each other: keep one."),
    ("library_of_a_price_year", 21, "'price_year' stands beside 'library'"),
    (
        "no_index_for_a_year",
        21,
        "no inflation of SEK in 2012, 2013, 2014: the library has inflation.SE of 2015 to 2025. State the",
    ),
    ("no_index_for_many_years", 21, "no inflation of SEK in 1991, 1992, 1993 and 21 more years: the library has inflation.SE of"),
    ("no_index_of_dollars", 21, "no index of consumer prices of USD in the library. State the amount in prices of 2023"),
    (
        "no_rate_of_that_year",
        21,
        "no rate of exchange from EUR to SEK of 1999: the library has exchange_rate.SEK of 2005 to 2025.",
    ),
    ("parameter_from_the_library", 10, "a parameter enters formulas as a bare number, which is not converted."),
    ("parameter_in_prices_of_a_year", 10, "Say 'library' or 'price_year' where the amount of money stands."),
    ("path_before_the_first_year", 21, "tax.energy.DK_coal begins in 2024: there is none of 2023."),
    ("path_of_the_library_where_none_is_read", 18, "this number is the same in every year: no path is read here."),
    (
        "price_before_its_first_year",
        21,
        "tax.landfill.SE begins in 2000: there is none of 1999. State the amount, or a 'year' from",
    ),
    ("price_of_the_library_per_a_wrong_unit", 21, "'kWh' (energy) does not convert to 't' (mass)."),
    ("price_year_of_a_mass", 16, "'price_year' belongs to money, and 't/year' is none."),
    ("price_year_of_another_world", 6, "price_year: '20230': expected at most 2200."),
    ("quantity_from_a_price", 16, "'SEK/t' (money in SEK per mass) is no yearly amount."),
    ("range_in_two_currencies", 21, "an amount as a whole: write all of it in one currency."),
    ("rate_of_exchange_as_a_price", 21, "exchange_rate.SEK is in SEK/EUR, which is no amount of money."),
    ("unknown_price", 21, "the library has no price 'tax.landfil.SE'. Did you mean 'tax.landfill.SE'"),
    ("unknown_price_of_the_place", 21, "the library has no price 'tax.carbon'. There are: tax.carbon.SE, "),
    ("year_without_a_library", 21, "'year' is of a price of the library: name it with 'library'."),
]

SLUDGE = """\
    exchanges:
      sludge:
        from: giver
        to: taker
        resource: sludge
        quantity: 900 t/year
        supply: {{substitution: 4 kg/t, all: [{{factor: fertiliser.nitrogen}}]}}
        disposal: {{all: [{{factor: waste.landfill.inert}}]}}
        money:
          avoided_purchase: 9 SEK/kg
          avoided_disposal: {fee}
"""
FEE = "exchanges.sludge.money.avoided_disposal"


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_once_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    assert_told_once(FOLDER / f"{name}.yaml", line, text, library)


def test_every_bad_case_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD}


def _case(case_from: CaseFrom, fee: str, header: str = HEADER) -> Case:
    return case_from(header + dedent(SLUDGE.format(fee=fee)))[0]


def _fee(case: Case) -> Stated:
    prices = case.exchanges["sludge"].money.avoided_disposal
    assert prices is not None
    assert prices.all is not None
    return prices.all


def _converted(case: Case, library: Library) -> tuple[Stated, tuple[Conversion, ...]]:
    """The fee in the money of the case, and what was done."""
    converted, done, problems = in_case_money(case, library)
    assert [one for one in problems if one.level is Level.ERROR] == []
    return _fee(converted), done


def _told(case: Case, library: Library) -> list[Finding]:
    return [one for one in check_case(case, library) if one.code in {"money", "other-year", "wider-region", "vat-included"}]


def test_a_case_of_one_currency_and_year_is_given_back_as_it_is(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{value: 300 SEK/t, price_year: 2023}")
    converted, done, problems = in_case_money(case, library)
    assert converted is case
    assert (done, problems) == ((), [])


def test_the_price_year_is_the_first_of_the_period_unless_stated(case_from: CaseFrom) -> None:
    assert _case(case_from, "300 SEK/t").prices_of == 2023
    assert _case(case_from, "300 SEK/t", HEADER + "price_year: 2020\n").prices_of == 2020


def test_a_price_is_deflated_in_its_own_currency_and_then_converted(case_from: CaseFrom, library: Library) -> None:
    fee, (done,) = _converted(_case(case_from, "{value: 0.04 kEUR/t, range: [0.03, 0.05], price_year: 2021}"), library)
    factor = 1.092 * 1.064 * 11.4788  # inflation of the EU in 2022 and 2023; kronor per euro in 2023
    assert (fee.value, fee.unit) == (pytest.approx(0.04 * factor, rel=1e-12), "kSEK/t")
    assert fee.range == (pytest.approx(0.03 * factor, rel=1e-12), pytest.approx(0.05 * factor, rel=1e-12))
    assert (fee.price_year, fee.evidence) == (None, Evidence.ASSUMED)
    assert (done.place, done.from_value, done.from_unit, done.from_year) == (FEE, 0.04, "kEUR/t", 2021)
    assert (done.index, done.rate) == (pytest.approx(1.092 * 1.064, rel=1e-12), 11.4788)
    assert (done.value, done.unit, done.year) == (fee.value, "kSEK/t", 2023)
    assert done.records == ("inflation.EU27", "exchange_rate.SEK")


def test_prices_of_a_later_year_become_those_of_an_earlier_one(library: Library) -> None:
    factor, _ = index_factor("EUR", 2023, 2021, library)
    assert factor == pytest.approx(1 / (1.092 * 1.064), rel=1e-12)


def test_currencies_are_converted_through_the_euro(library: Library) -> None:
    rate, records = exchange_rate("DKK", "SEK", 2023, library)
    assert rate == pytest.approx(11.4788 / 7.4509, rel=1e-12)  # kronor of both per euro
    assert records == ("exchange_rate.DKK", "exchange_rate.SEK")


def test_every_value_of_a_path_is_converted(case_from: CaseFrom, library: Library) -> None:
    fee, done = _converted(_case(case_from, "{by_year: {2023: 20 EUR/t, 2032: 30 EUR/t}}"), library)
    assert fee.by_year == {2023: pytest.approx(20 * 11.4788, rel=1e-12), 2032: pytest.approx(30 * 11.4788, rel=1e-12)}
    assert fee.value == fee.by_year[2023]
    assert [(one.of_year, one.from_value) for one in done] == [(2023, 20.0), (2032, 30.0)]


def test_a_formula_stays_one_so_that_its_parameters_can_be_varied(case_from: CaseFrom, library: Library) -> None:
    header = HEADER + "parameters: {gate: {value: 40 EUR/t, range: [30, 50]}}\n"
    case = _case(case_from, "{formula: gate*1.5, unit: EUR/t}", header)
    converted, _, _ = in_case_money(case, library)
    assert _fee(converted).value == pytest.approx(40 * 1.5 * 11.4788, rel=1e-12)
    assert converted.parameters == case.parameters  # bare numbers in units of their own
    assert _fee(varied(converted)({"gate": 50})).value == pytest.approx(50 * 1.5 * 11.4788, rel=1e-12)


def test_a_case_with_prices_of_the_library_can_be_read_with_other_parameters(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: tax.landfill.SE, year: 2024}", HEADER + "parameters: {gate: 40 EUR/t}\n")
    assert varied(case)({"gate": 50}).exchanges == case.exchanges
    converted, _, _ = in_case_money(case, library)
    assert _fee(varied(converted)({"gate": 50})) == _fee(converted)


def test_a_tax_of_the_library_stands_with_its_source(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: tax.landfill}")
    fee, (done,) = _converted(case, library)
    assert (fee.value, fee.unit, fee.library) == (634, "SEK/t", None)  # of 2023, in Sweden
    assert fee.evidence is Evidence.PUBLISHED
    assert fee.source == (
        f"{library.sources['skatteverket_avfallsskatt'].publisher}: {library.sources['skatteverket_avfallsskatt'].title}, "
        "Rättslig vägledning, Avfallsskatt, edition 2025.1, rates by year"
    )
    assert (done.what, done.records) == ("Landfill tax, Sweden (avfallsskatt)", ("tax.landfill.SE",))
    assert _told(case, library) == []


def test_a_tax_holds_in_the_money_of_the_year_until_the_next_of_its_list(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: tax.landfill.SE, year: 2017}", HEADER + "price_year: 2018\n")
    fee, (done,) = _converted(case, library)
    assert (done.from_value, done.from_year) == (500, 2017)  # of 2015, until 520 in 2019
    assert fee.value == pytest.approx(500 * 1.0195, rel=1e-12)  # inflation of Sweden in 2018
    assert _told(case, library) == []


def test_another_price_stands_in_at_the_prices_of_its_own_year(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: fee.combustible.FI_stormossen}")
    fee, (done,) = _converted(case, library)
    assert (done.from_value, done.from_year) == (133, 2021)
    assert fee.value == pytest.approx(133 * 1.092 * 1.064 * 11.4788, rel=1e-12)
    ((level, code, path),) = [(one.level, one.code, one.path) for one in _told(case, library)]
    assert (level, code, path) == (Level.NOTE, "other-year", FEE)


def test_a_tax_year_by_year_holds_in_real_terms_after_its_last(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: tax.landfill.SE, each_year: true}")
    fee, done = _converted(case, library)
    last = 744 / (1.028 * 1.007)  # of 2025; inflation of Sweden in 2024 and 2025
    assert fee.by_year is not None
    assert list(fee.by_year) == list(range(2023, 2033))
    assert fee.by_year[2023] == 634
    assert fee.by_year[2024] == pytest.approx(725 / 1.028, rel=1e-12)
    assert [fee.by_year[year] for year in (2025, 2026, 2032)] == [pytest.approx(last, rel=1e-12)] * 3
    assert [one.of_year for one in done] == list(fee.by_year)
    (note,) = _told(case, library)
    assert note.message == "tax.landfill.SE has no figure of 2026 to 2032: that of 2025 stands in, in real terms."


def test_a_path_of_the_library_reaches_as_far_as_the_case_looks(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "{library: tax.landfill.SE, each_year: true}")
    sludge = case.exchanges["sludge"].model_copy(update={"life": Stated.model_validate("15 years")})
    longer = case.model_copy(update={"exchanges": {"sludge": sludge}})
    fee, _ = _converted(longer, library)
    assert max(fee.by_year or ()) == 2023 + 15 - 1
    assert [one for one in check_case(longer, library) if one.level is Level.ERROR] == []


def test_a_wider_region_and_value_added_tax_are_told(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, "300 SEK/t")
    need = "{factor: electricity.mix.SE, amount: 2 kWh/t, by: taker, price: {library: PRICE}}"
    told = {}
    for price in ("price.electricity, year: 2024", "price.district_heat.SE"):
        body = dedent(SLUDGE.format(fee="300 SEK/t")) + f"    needs: [{need.replace('PRICE', price)}]\n"
        case, _ = case_from(HEADER + body)
        told[price] = [(one.level, one.code, one.path) for one in _told(case, library)]
    path = "exchanges.sludge.needs[0].price"
    assert told == {
        "price.electricity, year: 2024": [(Level.NOTE, "wider-region", path)],
        "price.district_heat.SE": [(Level.WARNING, "vat-included", path)],
    }


def test_money_is_converted_wherever_a_case_states_it(case_from: CaseFrom, library: Library) -> None:
    carbon = "economics: {external: {carbon: {price: {library: price.eua}, not_yet_priced: 60 %}}}\n"
    converted, (done,), _ = in_case_money(_case(case_from, "300 SEK/t", HEADER + carbon), library)
    assert done.place == "economics.external.carbon.price"
    external = converted.economics.external
    assert external is not None
    assert external.carbon is not None
    assert external.carbon.price.to("SEK/t") == pytest.approx(83.6 * 11.4788, rel=1e-12)  # of 2023


def test_the_authors_own_evidence_and_source_stay(case_from: CaseFrom, library: Library) -> None:
    fee, _ = _converted(_case(case_from, "{library: tax.landfill.SE, evidence: assumed, source: our lawyer}"), library)
    assert (fee.evidence, fee.source) == (Evidence.ASSUMED, "our lawyer")


def test_numbers_are_changed_in_place_and_nothing_else(case_from: CaseFrom) -> None:
    case = _case(case_from, "300 SEK/t")
    assert with_numbers(case, lambda stated, _: stated) is case
    places = [place for _, place in numbers(case)]
    seen: list[object] = []
    with_numbers(case, lambda stated, place: [stated, seen.append(place)][0])  # type: ignore[func-returns-value, return-value]
    assert seen == places


def test_the_result_lists_every_conversion_and_its_sources(case_from: CaseFrom) -> None:
    case = _case(case_from, "{library: fee.combustible.FI_stormossen}")
    result = assess(case)
    (row,) = result.tables["conversions"]
    assert row["place"] == FEE
    assert row["records"] == "fee.combustible.FI_stormossen, inflation.EU27, exchange_rate.SEK"
    cited = {name for source in result.tables["sources"] for name in str(source["cited_for"]).split(", ")}
    assert {"fee.combustible.FI_stormossen", "inflation.EU27", "exchange_rate.SEK"} <= cited
    assert result.case["exchanges"]["sludge"]["money"]["avoided_disposal"]["all"]["library"] == "fee.combustible.FI_stormossen"
    (read,) = parse_result(to_json(result)).tables["conversions"]
    assert read["value"] == pytest.approx(row["value"], rel=1e-11)


def test_the_report_shows_the_number_as_written_and_what_it_became(case_from: CaseFrom) -> None:
    result = assess(_case(case_from, "{library: fee.combustible.FI_stormossen}"))
    (row,) = (conversions_view(result) or pytest.fail("nothing converted")).rows
    assert row["place"] == "sludge: avoided disposal"
    assert (row["stated"], row["index"], row["rate"]) == ("133 EUR/t of 2021", "1.1619", "11.479")
    assert row["value"] == "1\u202f773.8 SEK/t"  # 133 * 1.161888 * 11.4788
    inputs = {row["path"]: row["value"] for _, rows in Context(result).inputs for row in rows}
    assert inputs["money, avoided disposal"] == "fee.combustible.FI_stormossen"
    assert 'id="conversions"' in render_html(result)


def test_years_of_a_path_that_are_alike_are_one_row(case_from: CaseFrom) -> None:
    view = conversions_view(assess(_case(case_from, "{library: tax.landfill.SE, each_year: true}")))
    assert view is not None
    years = [row["place"].partition(", ")[2] for row in view.rows]
    assert years == ["in 2023", "in 2024", "in 2025 to 2032"]


def test_nothing_is_shown_where_nothing_was_converted(case_from: CaseFrom) -> None:
    result = assess(_case(case_from, "300 SEK/t"))
    assert result.tables["conversions"] == ()
    assert conversions_view(result) is None
    assert 'id="conversions"' not in render_html(result)


def test_prices_of_another_year_are_printed_with_it(case_from: CaseFrom) -> None:
    result = assess(_case(case_from, "{value: 30 EUR/t, price_year: 2021}"))
    inputs = {row["path"]: row["value"] for _, rows in Context(result).inputs for row in rows}
    assert inputs["money, avoided disposal"] == "30 EUR/t of 2021"
