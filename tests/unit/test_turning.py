"""What would turn a result, as the report says it."""

from __future__ import annotations

import pytest

from ius_lca.assessment import assess
from ius_lca.report.to_html import render_html
from ius_lca.report.turning import BreakEvenRow, SwitchingCell, Turning, turning
from ius_lca.results import Assessment
from tests.scoring import HEADER, THIRD, CaseFrom

ASH = """\
exchanges:
  ash:
    from: giver
    to: taker
    resource: ash <for cement>
    quantity: 1000 t/year
    supply:
      substitution: 0.5 t/t
      quality: 90 %
      displacement: {value: 90 %, range: [0, 100]}
      by_reference: {likely: [{factor: cement}], worse: [{factor: slag}]}
    disposal: {by_reference: {likely: [{factor: nothing}], worse: [{factor: pit}]}}
    transport: [{factor: lorry, distance: 100 km, by: taker}]
factors:
  cement: {product: cement, unit: t, co2e: 520 kg CO2e/t, gwp: AR6, source: made up}
  slag: {product: cement, unit: kg, co2e: 0.01 kg CO2e/kg, gwp: AR6, source: made up}
  nothing: {product: heap, unit: t, co2e: 0 kg CO2e/t, gwp: AR6, source: made up, treats_waste: true}
  pit: {product: pit, unit: t, co2e: 50 kg CO2e/t, gwp: AR6, source: made up, treats_waste: true}
  lorry: {product: lorry, unit: tkm, co2e: 0.1 kg CO2e/tkm, gwp: AR6, source: made up}
"""
REFERENCES = HEADER.replace(THIRD, "").replace("likely: {title: without the exchange}", "likely: {title: a}, worse: {title: b}")


def _assessed(case_from: CaseFrom, body: str = ASH) -> Assessment:
    case, document = case_from(REFERENCES + body)
    return assess(case, document=document)


def _turning(case_from: CaseFrom, body: str = ASH) -> Turning:
    return turning(_assessed(case_from, body))


def test_numbers_of_which_the_same_is_true_share_a_line(case_from: CaseFrom) -> None:
    [exchange] = _turning(case_from).exchanges
    # 1000 x 0.5 x 0.9 x 0.9 = 405 t of cement cause 210 600 kg CO2e; 100 km cause 10 000.
    assert exchange.rows == (
        BreakEvenRow("distance by lorry", "100 km", "up to 2\u202f110 km", "× 21", "", open=False),
        BreakEvenRow("substitution", "0.500 t/t", "down to 0.0237 t/t", "× 0.047", "", open=False),
        BreakEvenRow("quality", "90.0\u00a0%", "down to 4.27\u00a0%", "× 0.047", "", open=False),
        BreakEvenRow("displacement", "90.0\u00a0%", "down to 4.27\u00a0%", "× 0.047", "0\u00a0% to 100\u00a0%", open=True),
        BreakEvenRow("usable share", "100\u00a0%", "down to 4.75\u00a0%", "× 0.047", "", open=False),
    )
    assert exchange.firm == ("A benefit whatever the value: quantity handed over.",)
    [without_range] = _turning(case_from, ASH.replace("{value: 90 %, range: [0, 100]}", "90 %")).exchanges
    assert without_range.rows[2].number == "quality or displacement"


@pytest.mark.parametrize(
    ("cement", "words", "firm"),
    [
        # 405 t x 20 = 8 100 kg CO2e carry 81 km, and 10 000 / 8 100 x 0.5 t/t carry 100 km; no usable share above 1 does.
        (
            "20",
            {"distance by lorry": "only below 81.0 km", "substitution": "only above 0.617 t/t"},
            "No benefit whatever the value",
        ),
        ("0", {}, "No benefit whatever the value"),
    ],
)
def test_words_where_there_is_no_benefit_now(case_from: CaseFrom, cement: str, words: dict[str, str], firm: str) -> None:
    [exchange] = _turning(case_from, ASH.replace("520 kg", f"{cement} kg")).exchanges
    assert {row.number: row.words for row in exchange.rows if row.number in {"distance by lorry", "substitution"}} == words
    assert any(text.startswith(f"{firm}: ") and "quantity handed over" in text for text in exchange.firm)


def test_two_legs_with_the_same_lorry_are_told_apart(case_from: CaseFrom) -> None:
    """21 000 km of the first would use up the benefit, further than any road goes; 1 050 km of the second, 20 times as heavy."""
    legs = "distance: 100 km, by: taker}, {factor: lorry, distance: 10 km, wet_mass: 20 t/t, by: taker}]"
    body = ASH.replace("distance: 100 km, by: taker}]", legs).replace("0.1 kg CO2e/tkm", "0.01 kg CO2e/tkm")
    [exchange] = _turning(case_from, body).exchanges
    assert (exchange.rows[0].number, exchange.rows[0].now) == ("distance by lorry", "10.0 km")
    assert exchange.firm == ("A benefit whatever the value: distance by lorry (now 100 km), quantity handed over.",)


def test_what_nearly_turns_has_digits_enough_to_say_so(case_from: CaseFrom) -> None:
    [exchange] = _turning(case_from, ASH.replace("520 kg", "25 kg")).exchanges
    assert exchange.rows[0].times == "× 1.01"  # 405 t x 25 = 10 125 kg CO2e, and 10 000 of the lorry


def test_switching_values_of_every_reference_with_what_is_displaced_now(case_from: CaseFrom) -> None:
    [row] = _turning(case_from).switching
    # 10 000 kg of transport for 405 t; under the other reference the pit avoids five times as much.
    assert (row.unit, row.cells) == (
        "kg CO₂e/t",
        (SwitchingCell("24.7", "520"), SwitchingCell("any supply", "0.0100 kg CO₂e/kg")),
    )


def test_nothing_displaced_has_no_switching_value(case_from: CaseFrom) -> None:
    body = ASH.replace("displacement: {value: 90 %, range: [0, 100]}", "displacement: 0 %")
    [row] = _turning(case_from, body).switching
    assert row.cells == (SwitchingCell("displaces nothing", ""),) * 2


def test_an_exchange_that_only_avoids_disposal_shows_no_switching_value(case_from: CaseFrom) -> None:
    start, end = ASH.index("    supply:\n"), ASH.index("    disposal:")
    result = _assessed(case_from, ASH[:start] + ASH[end:])
    assert turning(result).switching == ()
    page = render_html(result)
    assert "Switching values" not in page
    assert "What would turn the result" in page


def test_the_page_shows_both_and_escapes_what_was_written(case_from: CaseFrom) -> None:
    page = render_html(_assessed(case_from))
    assert "Switching values" in page
    assert "up to 2\u202f110 km" in page
    assert "0\u00a0% to 100\u00a0%: the sign is open" in page
    assert "ash &lt;for cement&gt;" in page
    assert "<for cement>" not in page
