"""The numbers at the top of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten

from ius_lca.impact.coverage import HEADLINE
from ius_lca.report.company import over_years
from ius_lca.report.figures import number, percent, significant
from ius_lca.report.money import missing_prices
from ius_lca.report.references import benefits_of, compared, indicators_of, unit_of
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment, Row

#: So many gaps are named on a card, with so many letters of each.
_NAMED, _LETTERS = 3, 48
#: Title and subtitle of each.
_TITLES = {
    "climate_change": ("CO₂ avoided", "climate change, 100 years"),
    "primary_energy": ("Primary resources saved", "primary energy, gross calorific value"),
    "landfill_direct": ("Landfill avoided", "waste of these streams"),
    "value": ("Economic value", "savings minus running costs of all actors, investment not counted"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the numbers at the top; `tone` is gain, loss, or nothing, also where no figure is shown."""

    title: str
    subtitle: str
    figure: str
    unit: str
    word: str
    span: str
    assumed: str
    shown: bool
    tone: str


def headlines(result: Assessment) -> list[Headline]:
    """CO2, primary resources, landfill, value and what the study is about, under the main reference and over all of them."""
    return [_headline(result, *one) for one in compared(result)]


def _headline(result: Assessment, indicator: str, exchange: str) -> Headline:
    rows = benefits_of(result, indicator, exchange)
    main = rows[result.main_reference]
    size, unit = unit_of(result, rows)
    shown = main["coverage"] in HEADLINE
    word = coverage_word(indicator, str(main["coverage"]))
    figure = significant(number(main["benefit"]) / size) if shown else "–"
    span = _span(rows, size, unit) if shown else _reason(result, indicator, exchange)
    if indicator == "value" and shown:
        span = "; ".join(text for text in (over_years(result), span) if text)
    titles = _titles(result, indicator, exchange)
    tone = _tone(number(main["benefit"])) if shown else "nothing"
    return Headline(*titles, figure, f"{unit} a year", word, span, _assumed(result, indicator, exchange), shown, tone)


def _tone(benefit: float) -> str:
    """Whether a benefit is a gain, a loss or nothing: none of something is no gain, nor is "at least 0"."""
    return "gain" if benefit > 0 else "loss" if benefit < 0 else "nothing"


def _titles(result: Assessment, indicator: str, exchange: str) -> tuple[str, str]:
    """Title and subtitle of a card."""
    title, subtitle = _TITLES.get(indicator) or (f"{indicators_of(result)[indicator]['name']}, avoided", "all exchanges")
    return title, f"{result.case['exchanges'][exchange]['resource']} alone" if exchange else subtitle


def _span(rows: Mapping[str, Row], size: float, unit: str) -> str:
    """Lowest and highest figure over the references under which the indicator may be a headline."""
    values = [number(row["benefit"]) for row in rows.values() if row["coverage"] in HEADLINE]
    low, high = significant(min(values) / size), significant(max(values) / size)
    left = [key for key, row in rows.items() if row["coverage"] not in HEADLINE]
    without = f" (without {', '.join(left)}, where it is incomplete)" if left else ""
    span = f"{low} to {high} {unit}" if low != high else "the same"
    turns = ", so the sign depends on the reference" if min(values) < 0 < max(values) else ""
    return f"{span} under the references tested{without}{turns}" if len(values) > 1 else ""


def _reason(result: Assessment, indicator: str, exchange: str) -> str:
    """What keeps an indicator from being a headline: the largest gaps, as the inventory calls them, or the missing prices."""
    if indicator == "value":
        items = dict.fromkeys(missing_prices(result))
    else:
        names = {
            row["target"]: shorten(str(row["label"]), _LETTERS, placeholder="…")
            for row in result.tables["inventory"]
            if row["reference"] == result.main_reference and exchange in ("", row["exchange"])
        }
        gaps = [
            row
            for row in result.tables["gaps"]
            if (row["reference"], row["indicator"]) == (result.main_reference, indicator) and row["target"] in names
        ]
        items = dict.fromkeys(names[row["target"]] for row in sorted(gaps, key=lambda row: -number(row["climate_share"])))
    named = list(items)
    more = f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"because of: {'; '.join(named[:_NAMED])}{more}"


def _assumed(result: Assessment, indicator: str, exchange: str) -> str:
    """The share of a headline that rests on assumed numbers."""
    shares = {
        row["evidence"]: number(row["share"])
        for row in result.tables["evidence"]
        if (row["reference"], row["exchange"], row["indicator"]) == (result.main_reference, exchange, indicator)
    }
    if not any(shares.values()):
        return ""  # there are no terms
    return f"{percent(shares['assumed'])} rests on assumed numbers"
