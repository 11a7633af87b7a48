"""The result of an assessment: frozen, tidy, and the same as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ius_lca.errors import CaseError, Finding, Level, Stage
from ius_lca.store import write_whole

if TYPE_CHECKING:
    import pandas as pd

FORMAT_VERSION = 1
#: Numbers in the file carry this many significant digits: enough to compare, few enough to be the same on every machine.
DIGITS = 12

Cell: TypeAlias = "str | int | float | bool | None"
Row: TypeAlias = Mapping[str, Cell]

#: The bases of a row: one year, the years of the period, the first ten of operation, and all in which anything runs.
IN_YEAR, PROJECT, FIRST_10_YEARS, LIFETIME = "in_year", "project", "first_10_years", "lifetime"

#: Columns of the tables that the contract names; further tables carry what reports show.
COLUMNS: dict[str, tuple[str, ...]] = {
    "benefits": ("reference", "indicator", "unit", "basis", "year", "baseline", "symbiosis", "benefit", "coverage"),
    "exchanges": ("reference", "exchange", "indicator", "unit", "basis", "year", "term", "value", "coverage"),
    "sums": ("reference", "exchange", "indicator", "unit", "year", "term", "value"),
    "actors": ("reference", "rule", "actor", "indicator", "unit", "basis", "year", "value", "error"),
    "parallel": ("reference", "indicator", "unit", "basis", "year", "item", "actor", "value"),
    "core": ("reference", "indicator", "unit", "rule", "coalition", "tested", "allocated", "alone", "shortfall"),
    "corridors": ("reference", "exchange", "item", "unit", "value", "reason"),
    "corridor_variations": ("reference", "exchange", "varied", "level", "level_unit", "unit", "item", "value", "reason"),
    "economics": ("reference", "actor", "exchange", "counterparty", "item", "year", "unit", "value", "kind", "label"),
    "funder_figures": ("reference", "measure", "unit", "basis", "value", "reason"),
    "external_value": ("reference", "kind", "indicator", "unit", "basis", "year", "value", "reason"),
    "economics_summary": ("reference", "actor", "indicator", "unit", "basis", "year", "value", "reason"),
    "economics_exchanges": ("reference", "exchange", "actor", "indicator", "unit", "value", "reason"),
    "conversions": (
        "place", "what", "of_year", "from_value", "from_unit", "from_year", "index", "rate", "value", "unit", "year", "records",
    ),
    "cash_flow": ("reference", "actor", "item", "basis", "year", "unit", "value", "reason"),
    "quantities": ("exchange", "year", "unit", "value"),
    "emission_years": ("reference", "indicator", "unit", "year", "baseline", "symbiosis", "benefit", "later"),
    "inventory": (
        "reference", "scenario", "exchange", "actor", "term", "target", "label", "amount", "unit", "basis", "evidence",
        "climate_change",
    ),
    "switching_values": ("reference", "exchange", "indicator", "unit", "now", "switching_value", "coverage"),
    "break_evens": (
        "reference", "exchange", "indicator", "parameter", "item", "unit", "now", "break_even", "low", "high", "status",
        "benefit_above", "stated_low", "stated_high",
    ),
    "evidence": ("reference", "exchange", "indicator", "evidence", "share"),
    "gaps": ("reference", "indicator", "scenario", "target", "climate_share"),
    "shortfalls": ("reference", "indicator", "factor"),
    "screening": ("factor", "gwp"),
    "not_stated": ("reference", "exchange", "actor", "item"),
    "circular_footprint": ("reference", "exchange", "indicator", "unit", "part", "basis", "value", "coverage"),
    "module_d": ("reference", "exchange", "indicator", "unit", "part", "basis", "value", "coverage"),
    "circular_parameters": ("reference", "exchange", "parameter", "value", "unit", "basis", "evidence", "source"),
    "legality": (
        "reference", "exchange", "role", "factor", "country", "treatment", "waste", "legal", "from_year", "since", "ban",
        "condition", "exemption", "act", "article", "source", "read",
    ),
    "indicators": ("id", "name", "unit", "group", "part_of", "method"),
    "stream_classes": ("exchange", "class", "price", "unit"),
    "upstream_shares": ("exchange", "reference", "value", "unit", "value_from", "share"),
    "footprints": ("exchange", "reference", "indicator", "allocation", "value", "unit", "coverage"),
    "heat_months": ("exchange", "month", "donor", "receiver", "used", "unit"),
    "heat_overlap": ("exchange", "measure", "value", "unit"),
    "relative": ("reference", "actor", "measure", "value", "unit", "of", "coverage"),
    "allocations": ("process", "method", "product", "share"),
    "substitutions": ("reference", "exchange", "target", "property", "item", "value", "unit", "source"),
    "sources": ("ref", "title", "publisher", "year", "address", "licence", "cited_for", "where"),
}  # fmt: skip


@dataclass(frozen=True)
class Assessment:
    """Everything a report shows.

    case: the case as it was read.  year: whose figures are headlines.  versions: of this package and the libraries that
    computed.  library: version and hash.
    verification: engine and largest differences.  Tables are tuples of rows; each is also a pandas DataFrame (`benefits`...).
    """

    case: Mapping[str, Any]
    main_reference: str
    year: int
    versions: Mapping[str, str]
    library: Mapping[str, str]
    verification: Mapping[str, Cell]
    findings: tuple[Finding, ...]
    not_assessed: tuple[str, ...]
    tables: Mapping[str, tuple[Row, ...]]

    def table(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame, tidy: one number per row (three in `benefits`, four in `emission_years`).

        `year` is a whole number, `<NA>` where none applies: 2019, not the 2019.0 that a gap would make of it.
        """
        import pandas as pd

        frame = pd.DataFrame(list(self.tables[name]), columns=list(COLUMNS[name]))
        return frame.astype({"year": "Int64"}) if "year" in frame else frame

    def in_year(self, name: str) -> list[Row]:
        """The rows of a table that tell of the headline year."""
        return [row for row in self.tables[name] if row["year"] == self.year]

    @cached_property
    def benefits(self) -> pd.DataFrame:
        """Baseline, symbiosis and benefit by reference and indicator."""
        return self.table("benefits")

    @cached_property
    def exchanges(self) -> pd.DataFrame:
        """The six terms of the benefit by reference, exchange and indicator."""
        return self.table("exchanges")

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The benefit by reference, sharing rule, actor and indicator."""
        return self.table("actors")

    @cached_property
    def economics(self) -> pd.DataFrame:
        """Yearly payments by reference, actor, exchange and item."""
        return self.table("economics")


def to_json(assessment: Assessment) -> str:
    """The whole result as JSON, a row of a table on each line; the same assessment gives the same text.

    Source: the contract of `result.json`, format version 1.
    """
    document: dict[str, object] = {"format_version": FORMAT_VERSION}
    for field in fields(assessment):
        value = getattr(assessment, field.name)
        if field.name == "tables":
            document |= value
        elif field.name == "findings":
            document["findings"] = [_finding_row(finding) for finding in value]
        else:
            document[field.name] = value
    return "{\n" + ",\n".join(f"{_text(key)}: {_lines(_rounded(value))}" for key, value in document.items()) + "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(value: object) -> str:
    """A list with one entry on each line; anything else indented."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_text, value)) + "\n]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a result holds a number that is not finite")
        # -0.0 and 0.0 are one number to a reader.
        return float(f"{value:.{DIGITS}g}") + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(entry) for entry in value]
    return value


def _finding_row(finding: Finding) -> dict[str, str]:
    return {field.name: str(getattr(finding, field.name)) for field in fields(finding)}


def write_result(assessment: Assessment, path: str | Path) -> None:
    """Write `result.json`, whole or not at all; raises OutputError."""
    write_whole(Path(path), to_json(assessment))


def read_result(path: str | Path) -> Assessment:
    """Read a stored result.

    Raises CaseError if it is missing, not JSON, of another format or incomplete.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise _refusal(path.name, "there is no such file.", "Run 'ius-lca run CASE -o DIR' first.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _refusal(path.name, f"this is not a result file ({error}).", "Name a 'result.json'.") from error
    return parse_result(text, path.name)


def parse_result(text: str, name: str = "result.json") -> Assessment:
    """A result from its JSON; `name` stands for the file in findings.

    Raises CaseError if it is not JSON, of another format or incomplete.
    """
    try:
        document = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _refusal(name, f"this is not a result file ({error}).", "Name a 'result.json'.") from error
    version = document.get("format_version") if isinstance(document, dict) else None
    if version != FORMAT_VERSION:
        raise _refusal(name, f"its format is {version!r}; this version reads {FORMAT_VERSION}.", "Run the case again.")
    try:
        return Assessment(
            case=document["case"],
            main_reference=document["main_reference"],
            year=document["year"],
            versions=document["versions"],
            library=document["library"],
            verification=document["verification"],
            findings=tuple(
                Finding(**{**row, "level": Level(row["level"]), "stage": Stage(row["stage"])}) for row in document["findings"]
            ),
            not_assessed=tuple(document["not_assessed"]),
            tables={name: tuple(document[name]) for name in COLUMNS},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _refusal(name, f"it is incomplete ({error}).", "Run the case again.") from error


def _no_number(word: str) -> float:
    raise ValueError(f"'{word}' is no number")


def _refusal(name: str, message: str, mend: str) -> CaseError:
    return CaseError([Finding(Level.ERROR, "not-a-result", message, mend, name)])


def rows(columns: Sequence[str], values: Iterable[Sequence[Cell]]) -> tuple[Row, ...]:
    """Rows of a table from tuples in the order of its columns."""
    return tuple(dict(zip(columns, entry, strict=True)) for entry in values)
