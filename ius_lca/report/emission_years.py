"""When the CO2 benefit of a year's exchange happens: in that year, or later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ius_lca.report import charts
from ius_lca.report.figures import number, percent, readable, significant
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment, Row

#: A reader asks what is still to come after so many years.
_SPANS = (1, 20)


@dataclass(frozen=True, slots=True)
class Split:
    """The benefit under one reference: figures and shares of the whole, of its own year, and later than the spans."""

    reference: str
    word: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EmissionYears:
    """References under which a part of the benefit of a year's exchange comes later, and a chart of one of them."""

    year: int
    unit: str
    spans: tuple[str, ...]
    splits: tuple[Split, ...]
    at_once: tuple[str, ...]
    drawn: str
    chart: str


def emission_years(result: Assessment, references: Mapping[str, str]) -> EmissionYears | None:
    """The view of table `emission_years`; none if everything happens in the year itself.

    The chart shows the main reference or, if it has nothing that comes later, the one where most does.
    """
    by_reference: dict[str, list[Row]] = {}
    for row in result.tables["emission_years"]:
        if row["indicator"] == "climate_change":
            by_reference.setdefault(str(row["reference"]), []).append(row)
    if not by_reference:
        return None
    year = next(iter(by_reference.values()))[0]["year"]
    booked = {
        str(row["reference"]): row
        for row in result.tables["benefits"]
        if (row["indicator"], row["basis"], row["year"]) == ("climate_change", "in_year", year)
    }
    figures = {key: (number(booked[key]["benefit"]), *_split(years)) for key, years in by_reference.items()}
    size, unit = readable((value for values in figures.values() for value in values), "kg CO2e")
    drawn = max(figures, key=lambda key: (key == result.main_reference, abs(figures[key][2])))
    return EmissionYears(
        year=int(number(by_reference[drawn][0]["year"])),
        unit=unit,
        spans=tuple(f"later than {span} year{'s' if span > 1 else ''}" for span in _SPANS),
        splits=tuple(
            Split(
                reference=f"{key}: {references[key]}",
                word=coverage_word("climate_change", str(booked[key]["coverage"])),
                cells=tuple((significant(value / size), _share(value, values[0])) for value in values),
            )
            for key, values in figures.items()
        ),
        at_once=tuple(key for key in references if key not in by_reference),
        drawn=references[drawn],
        chart=_chart(by_reference[drawn], references[drawn]),
    )


def _split(years: list[Row]) -> tuple[float, ...]:
    """Benefit of the year itself, and of all years later than each span."""
    return number(years[0]["benefit"]), *(number(years[span]["later"]) if span < len(years) else 0.0 for span in _SPANS)


def _share(value: float, whole: float) -> str:
    """A part as a share of the whole, where it is one."""
    return percent(value / whole) if whole and 0 <= value / whole <= 1 else ""


def _chart(years: list[Row], title: str) -> str:
    """The years after the exchange's own, which would hide them."""
    later = years[1:]
    size, unit = readable([max((number(row["benefit"]) for row in later), key=abs)], "kg CO2e")
    bars = [(int(number(row["year"])), number(row["benefit"]) / size) for row in later]
    shown = (bars[0], bars[-1])
    told = ", ".join(f"{year}: {significant(value)} {unit}" for year, value in shown)
    return charts.draw(charts.bars_by_year(bars, unit), f"Benefit of later years under {title}", f"first and last year, {told}")
