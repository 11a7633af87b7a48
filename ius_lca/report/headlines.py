"""The numbers at the top of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ius_lca.impact.coverage import HEADLINE
from ius_lca.report.company import over_years
from ius_lca.report.figures import number, percent, significant
from ius_lca.report.money import missing_prices
from ius_lca.report.references import benefits_of, compared, indicators_of, unit_of
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment, Row

#: So many factors are named on a card.
_NAMED = 3
#: Title and subtitle of each.
_TITLES = {
    "climate_change": ("CO₂ avoided", "climate change, 100 years"),
    "primary_energy": ("Primary resources saved", "primary energy, gross calorific value"),
    "landfill_direct": ("Landfill avoided", "waste of these streams"),
    "value": ("Economic value", "savings minus running costs of all actors, investment not counted"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the numbers at the top."""

    title: str
    subtitle: str
    figure: str
    unit: str
    word: str
    span: str
    assumed: str
    shown: bool


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
    return Headline(*titles, figure, f"{unit} a year", word, span, _assumed(result, indicator, exchange), shown)


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
    return f"{span} under the references tested{without}" if len(values) > 1 else ""


def _reason(result: Assessment, indicator: str, exchange: str) -> str:
    """What keeps an indicator from being a headline: the factors and processes behind the largest gaps, or the missing prices."""
    if indicator == "value":
        items = dict.fromkeys(missing_prices(result))
    else:
        here = [row for row in result.tables["inventory"] if row["reference"] == result.main_reference]
        taken = {row["target"] for row in here if exchange in ("", row["exchange"])}
        gaps = [
            row
            for row in result.tables["gaps"]
            if (row["reference"], row["indicator"]) == (result.main_reference, indicator) and row["target"] in taken
        ]
        products = {key: str(entry["product"]) for key, entry in result.case["processes"].items()}
        targets = (str(row["target"]) for row in sorted(gaps, key=lambda row: -number(row["climate_share"])))
        items = dict.fromkeys(products.get(target, target.partition(" with ")[0]) for target in targets)
    named = list(items)
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"because of: {', '.join(named[:_NAMED])}{more}"


def _assumed(result: Assessment, indicator: str, exchange: str) -> str:
    """The share of a headline that rests on assumed numbers."""
    shares = {
        row["evidence"]: number(row["share"])
        for row in result.tables["evidence"]
        if (row["reference"], row["exchange"], row["indicator"]) == (result.main_reference, exchange, indicator)
    }
    if not any(shares.values()):
        return ""  # there are no terms
    return f"{percent(shares['assumed'])} of its terms rest on assumed numbers"
