"""What a result says over the years: a year, the period and the lifetime kept apart, and the years one by one."""

from __future__ import annotations

from typing import Any

from ius_lca import units
from ius_lca.impact.coverage import HEADLINE
from ius_lca.impact.methods import HEADLINE_INDICATORS
from ius_lca.report import charts
from ius_lca.report.figures import fitting, number, pretty_unit, shortened, significant
from ius_lca.report.references import unit_with
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment, Row

_WORDS = {"first_10_years": "first ten years of operation", "project": "whole period", "lifetime": "lifetime"}


def handed_over(result: Assessment) -> dict[str, str]:
    """What every exchange hands over in the headline year, as it is printed."""
    return {str(row["exchange"]): _amount(row, result.year) for row in result.in_year("quantities")}


def _amount(row: Row, year: int) -> str:
    """An amount a year; an exchange may begin later or have ended."""
    unit = str(row["unit"]).replace("piece/", "pieces/")
    return f"{significant(number(row['value']))} {pretty_unit(unit)}" if row["value"] else f"nothing in {year}"


def over_years(result: Assessment) -> dict[str, Any]:
    """The sums over years under the main reference, and the CO2 benefit of each year under every reference.

    bases: titles; funded: whether the first ten years are among them.  rows: indicator, unit and one figure for the year
    and for each basis.  chart: SVG, where years differ.
    """
    names = {str(row["id"]): str(row["name"]) for row in result.tables["indicators"]}
    main = [row for row in result.tables["benefits"] if row["reference"] == result.main_reference]
    period = result.case["period"]
    start, years = int(period["start"]), int(period["years"])
    shown = [basis for basis in _WORDS if any(row["basis"] == basis for row in main) and (years > 1 or basis != "project")]
    rows = []
    # Money is not summed, as its figures of several years are discounted.
    for indicator in HEADLINE_INDICATORS:
        own = [row for row in main if row["indicator"] == indicator]
        year = next(row for row in own if row["year"] == result.year)
        if year["coverage"] not in HEADLINE:
            continue
        told = [year, *(row for basis in shown for row in own if row["basis"] == basis)]
        size, unit = unit_with(result, indicator, [number(row["benefit"]) for row in told])
        rows.append({"name": names[indicator], "unit": unit, "values": [_cell(row, size) for row in told]})
    titles = {**_WORDS, "project": f"{_WORDS['project']} ({years} years)"}
    return {
        "period": f"{start} to {start + years - 1}" if years > 1 else str(start),
        "late": result.year != start,
        "year": result.year,
        "years": years,
        "bases": [titles[basis] for basis in shown],
        "funded": "first_10_years" in shown,
        "rows": rows,
        "chart": _chart(result),
        "courses": _courses(result),
    }


def _cell(row: Row, size: float) -> str:
    """A figure with the word for its coverage, unless it is complete; none where it may be no headline."""
    figure = significant(number(row["benefit"]) / size) if row["coverage"] in HEADLINE else "–"
    word = coverage_word(str(row["indicator"]), str(row["coverage"]))
    return figure if row["coverage"] in {"full", "full_with_cutoff"} else f"{figure} ({word})"


def _chart(result: Assessment) -> str:
    rows = [
        row
        for row in result.tables["benefits"]
        if row["indicator"] == "climate_change" and row["basis"] == "in_year" and row["coverage"] != "none"
    ]
    years = sorted({int(row["year"] or 0) for row in rows})
    if len(years) <= 1:
        return ""
    size, unit = fitting((number(row["benefit"]) for row in rows), "kg CO2e")
    points = sorted((str(row["reference"]), int(row["year"] or 0), number(row["benefit"]) / size) for row in rows)
    told = "; ".join(
        f"{reference}: {significant(value)} {unit} in {year}"
        for reference, year, value in points
        if year in {years[0], years[-1]}
    )
    order = list(dict.fromkeys(str(row["reference"]) for row in rows))
    return charts.draw(charts.lines_by_year(points, unit, order), "CO2 benefit in each year", told)


def _courses(result: Assessment) -> list[str]:
    """When exchanges start, how long they run and how they go on, in words, where the case says so."""
    exchanges = result.case["exchanges"]
    sentences = []
    for entry in exchanges.values():
        parts = []
        if "start" in entry:
            parts.append(f"runs from {entry['start']}")
        if "life" in entry:
            years = shortened(units.convert(entry["life"]["value"], entry["life"]["unit"], "year"), 3)
            parts.append(f"runs for {years} {'year' if years == '1' else 'years'}")
        kind = entry["persistence"]["kind"]
        if kind == "linear":
            parts.append("falls in equal steps to nothing at the end of its life")
        elif kind == "geometric":
            rate = entry["persistence"]["rate"]
            parts.append(f"loses {shortened(units.convert(rate['value'], rate['unit'], '%'), 3)} % from each year to the next")
        for other in entry["follows"]:
            amount = f"{significant(other['amount']['value'])} {pretty_unit(other['amount']['unit'])}"
            parts.append(f"follows “{exchanges[other['exchange']]['resource']}” with {amount}")
        if parts:
            sentences.append(f"{entry['resource']}: {'; '.join(parts)}")
    return sentences
