"""The benefit under every reference: the reference decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Any

from ius_lca.impact.methods import HEADLINE_INDICATORS
from ius_lca.report import charts
from ius_lca.report.figures import fitting, number, significant
from ius_lca.report.words import COMPLETE, coverage_word
from ius_lca.results import Assessment, Row

#: What stands at the top and is compared.
HEADLINES = (*HEADLINE_INDICATORS, "value")
#: From so many of a unit on a larger one reads better.
_TOO_LARGE = 1e5


def titles(result: Assessment) -> dict[str, str]:
    """The title of every reference."""
    return {key: str(entry["title"]) for key, entry in result.case["references"].items()}


def indicators_of(result: Assessment) -> dict[str, Row]:
    """What every indicator is, by its id."""
    return {str(row["id"]): row for row in result.tables["indicators"]}


def compared(result: Assessment, indicators: Iterable[str] = HEADLINES) -> list[tuple[str, str]]:
    """These indicators, of all exchanges, and what the study is about, each with the exchange whose figure alone it is."""
    further = ((str(one["indicator"]), str(one.get("exchange", ""))) for one in result.case["study"].get("headlines", ()))
    return list(dict.fromkeys([*((one, "") for one in indicators), *further]))


def benefits_of(result: Assessment, indicator: str, exchange: str = "") -> dict[str, Row]:
    """The benefit of the headline year by reference, of all exchanges or of one alone."""
    if not exchange:
        return {str(row["reference"]): row for row in result.in_year("benefits") if row["indicator"] == indicator}
    terms = [row for row in result.in_year("exchanges") if (row["indicator"], row["exchange"]) == (indicator, exchange)]
    return {
        str(first["reference"]): {
            **first,
            "benefit": fsum(number(row["value"]) for row in terms if row["reference"] == first["reference"]),
        }
        for first in terms
    }


def unit_of(result: Assessment, rows: Mapping[str, Row]) -> tuple[float, str]:
    """Divisor and unit for an indicator under all references: what suits the main one, unless another is too large for it."""
    values, own = [number(row["benefit"]) for row in rows.values()], rows[result.main_reference]
    size, unit = fitting([number(own["benefit"])], str(own["unit"]))
    suits = own["benefit"] and max(abs(value) for value in values) < _TOO_LARGE * size
    return (size, unit) if suits else fitting(values, str(own["unit"]))


def unit_with(result: Assessment, indicator: str, values: Iterable[float]) -> tuple[float, str]:
    """Divisor and unit for further values of an indicator: those of its headline, unless one of them is too large for it."""
    rows, listed = benefits_of(result, indicator), list(values)
    size, unit = unit_of(result, rows)
    suits = max((abs(value) for value in listed), default=0.0) < _TOO_LARGE * size
    return (size, unit) if suits else fitting(listed, str(rows[result.main_reference]["unit"]))


def name_of(result: Assessment, indicator: str, exchange: str = "") -> str:
    """The name of an indicator, and of the exchange whose figure alone it is."""
    name = str(indicators_of(result)[indicator]["name"])
    return f"{name}, of {result.case['exchanges'][exchange]['resource']} alone" if exchange else name


def comparison(result: Assessment, indicators: Iterable[str] = HEADLINES) -> dict[str, Any]:
    """Benefit under every reference, for the headline indicators or others, and for what the study is about."""
    entries = []
    references = titles(result)
    for indicator, exchange in compared(result, indicators):
        rows = benefits_of(result, indicator, exchange)
        size, unit = unit_of(result, rows)
        cells = [
            {
                "text": significant(number(row["benefit"]) / size),
                "word": coverage_word(indicator, str(row["coverage"])),
                "complete": row["coverage"] in COMPLETE,
                "nothing": row["coverage"] == "none",
            }
            for row in (rows[key] for key in references)
        ]
        entries.append({"name": name_of(result, indicator, exchange), "unit": f"{unit} a year", "cells": cells})
    return {"entries": entries, "references": references}


def reference_chart(result: Assessment) -> str:
    """The CO2 benefit under every reference as bars."""
    rows = benefits_of(result, "climate_change")
    size, unit = unit_of(result, rows)
    names = titles(result)
    bars = [(f"{key}: {names[key]}", number(row["benefit"]) / size, _labelled(row, size)) for key, row in rows.items()]
    told = "; ".join(f"{title}: {label} {unit}" for title, _, label in bars)
    return charts.draw(charts.bars_by_reference(bars, unit), "CO2 benefit under each reference", told)


def _labelled(row: Row, size: float) -> str:
    """A figure with the word for its coverage, unless it is complete."""
    text = significant(number(row["benefit"]) / size)
    return text if row["coverage"] in COMPLETE else f"{text} ({coverage_word(str(row['indicator']), str(row['coverage']))})"
