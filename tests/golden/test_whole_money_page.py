"""The whole case of money as a person runs it: its tables and its page say what was counted by hand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html import unescape
from math import fsum
from pathlib import Path
from typing import Any

import pytest

from ius_lca.report.to_html import render_html
from ius_lca.results import parse_result
from tests.golden.test_whole_money import CASE, PARTIES, YEARS
from tests.tool import run_into, stored


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_into(tmp_path_factory.mktemp("money"), CASE)


@pytest.fixture(scope="module")
def result(out: Path) -> dict[str, Any]:
    return stored(out)


@pytest.fixture(scope="module")
def page(out: Path) -> str:
    return (out / "report.html").read_text(encoding="utf-8")


def _plain(text: str) -> str:
    """With plain spaces, whichever keep the parts of a number together on the page."""
    return " ".join(unescape(text).split())


def _described(page: str, start: str) -> list[str]:
    """Text alternatives of the pictures that begin so."""
    return [one for one in map(_plain, re.findall(r'aria-label="([^"]*)"', page)) if one.startswith(start)]


def test_the_table_of_the_cash_flow_adds_up_to_the_sums_by_hand(result: dict[str, Any]) -> None:
    rows = result["cash_flow"]
    items: dict[tuple[str, int], list[float]] = defaultdict(list)
    for row in rows:
        if row["basis"] == "in_year" and row["item"] not in {"net", "cumulative", "cumulative_present_value"}:
            items[row["actor"], row["year"]].append(row["value"])
    shown = {(row["actor"], row["item"], row["year"]): row["value"] for row in rows}
    for party, (rate, by_hand) in PARTIES.items():
        so_far = discounted = 0.0
        for year, value in zip(YEARS, by_hand, strict=True):
            so_far, discounted = so_far + value, discounted + value / (1 + rate) ** (year - 2023)
            here = fsum(items[party, year]), shown[party, "net", year], shown[party, "cumulative", year]
            assert here == pytest.approx((value, value, so_far), rel=1e-9, abs=1e-3), (party, year)
            assert shown[party, "cumulative_present_value", year] == pytest.approx(discounted, rel=1e-9, abs=1e-3)


def test_a_company_reads_what_was_counted_by_hand(page: str) -> None:
    """A corridor from 164.9 to 340 with 228.65 in it, and 0.436 of 2.435 MSEK of 2026 to go at the end of 2025."""
    (heat,) = _described(page, "Prices at which both gain: heat")
    assert "Mill: at least 165; Town: at most 340; 229 price now; midpoint 252 SEK per MWh" in heat
    (gypsum,) = _described(page, "Prices at which both gain: gypsum")
    assert "Town: at least −1 120; Mill: at most 76.0; −50.0 price now" in gypsum
    (curve,) = _described(page, "Paid and gained so far")
    assert "Network 18.2 MSEK at the end of 2027, lowest at the end of 2023 with −9.99 MSEK" in curve
    assert "Paid back after about 2.2 years" in curve
    assert "net present value about 15 million SEK over 4 years at 4 %" in _plain(re.sub(r"<[^>]+>", " ", page))


def test_the_page_comes_from_the_result_alone(page: str, result: dict[str, Any]) -> None:
    assert render_html(parse_result(json.dumps(result))) == page
