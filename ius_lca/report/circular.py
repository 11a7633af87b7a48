"""The Circular Footprint Formula and module D as a report shows them, from the tables of a result."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.report.figures import number, pretty_unit, readable, significant
from ius_lca.report.stated import quantity
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment, Row

#: The figures of a card: (table, part, what it is).
_LINES = (
    ("circular_footprint", "material", "Material: virgin and recycled input, recycling at the end of life"),
    ("circular_footprint", "energy", "Energy recovery at the end of life"),
    ("circular_footprint", "disposal", "Disposal at the end of life"),
    ("circular_footprint", "total", "Circular footprint"),
    ("circular_footprint", "virgin", "the same with virgin material alone"),
    ("module_d", "total", "Module D (net flows beyond the system boundary)"),
)
_STRONG = ("total",)


@dataclass(frozen=True, slots=True)
class CircularView:
    """One exchange: its figures (what, per unit, a year, word if incomplete, whether strong) and its parameters."""

    name: str
    unit: str
    yearly: str
    lines: list[dict[str, str]]
    parameters: list[dict[str, str]]


def circular_views(result: Assessment) -> list[CircularView]:
    """Climate change of every exchange that asks for a circular footprint, under the main reference."""
    exchanges = result.case["exchanges"]
    asked = [key for key, entry in exchanges.items() if "circular_footprint" in entry]
    return [_view(result, key, str(exchanges[key]["resource"])) for key in asked]


def _view(result: Assessment, exchange: str, name: str) -> CircularView:
    rows = {
        (table, str(row["part"]), str(row["basis"])): row
        for table in ("circular_footprint", "module_d")
        for row in result.tables[table]
        if (row["reference"], row["exchange"], row["indicator"]) == (result.main_reference, exchange, "climate_change")
    }
    size, yearly = readable((number(row["value"]) for (_, _, basis), row in rows.items() if basis == "in_year"), "kg CO2e")
    lines = []
    for table, part, what in _LINES:
        one, year = rows[table, part, "per_unit"], rows[table, part, "in_year"]
        word = "" if one["coverage"] == "full" else coverage_word(str(one["indicator"]), str(one["coverage"]))
        figures = {"one": significant(number(one["value"])), "year": significant(number(year["value"]) / size)}
        shown = figures if one["value"] is not None else dict.fromkeys(figures, "–")
        lines.append({"what": what, **shown, "word": word, "strong": "strong" if part in _STRONG else ""})
    unit = pretty_unit(str(rows["circular_footprint", "total", "per_unit"]["unit"]))
    parameters = [
        {
            "name": str(row["parameter"]),
            "value": _shown(row),
            "basis": f"{row['basis']}, {row['evidence']}" if row["basis"] == "stated" and row["evidence"] else str(row["basis"]),
            "source": str(row["source"]),
        }
        for row in result.tables["circular_parameters"]
        if (row["reference"], row["exchange"]) == (result.main_reference, exchange)
    ]
    return CircularView(name, unit, f"{yearly} a year", lines, parameters)


def _shown(row: Row) -> str:
    """A share as it was typed, a burden in three digits."""
    if row["value"] is None:
        return "–"
    return f"{significant(number(row['value']))} {pretty_unit(str(row['unit']))}" if row["unit"] else quantity(row)
