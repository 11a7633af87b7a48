"""Entries of the library as data: a list as JSON or CSV, one entry whole as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from ius_lca.impact.methods import chosen
from ius_lca.impact.uncertainty import uncertainty
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.record import Entry, Library, Record
from ius_lca.library.search import unit_of
from ius_lca.library.values import written_values

COLUMNS = (
    "id", "kind", "name", "category", "product", "unit", "climate_change", "place", "year", "covers", "sources", "synonyms",
)  # fmt: skip


def listed(found: Iterable[Entry]) -> list[dict[str, Any]]:
    """A row for every entry, with COLUMNS as keys; climate change in kg CO2e per unit."""
    values = written_values()
    return [
        {
            "id": entry.id,
            "kind": entry.kind,
            "name": entry.name,
            "category": entry.category,
            "product": entry.reference.product if isinstance(entry, Record) else "",
            "unit": unit_of(entry),
            "climate_change": float(values[entry.id]) if values.get(entry.id) else None,
            "place": entry.location,
            "year": entry.year,
            "covers": list(entry.covers) if isinstance(entry, Record) else [],
            "sources": [citation.ref for citation in entry.sources],
            "synonyms": list(entry.synonyms),
        }
        for entry in found
    ]


def as_json(data: object) -> str:
    """Data as indented JSON."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def as_csv(rows: list[dict[str, Any]], columns: tuple[str, ...] = COLUMNS) -> str:
    """Rows as CSV with a head; lists are joined by semicolons."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "; ".join(value) if isinstance(value, list) else value for key, value in row.items()})
    return buffer.getvalue().rstrip("\n")


def described(entry: Entry, library: Library) -> dict[str, Any]:
    """An entry whole; a record with its value, coverage and uncertainty, everything upstream included."""
    data = entry.model_dump(mode="json", by_alias=True)
    data["sources"] = [{**cited, **library.sources[cited["ref"]].model_dump(mode="json")} for cited in data["sources"]]
    if not isinstance(entry, Record):
        return data
    scores = unit_scores(library, chosen())
    row = scores.ids.index(entry.id)
    data["scores"] = [
        {"indicator": one.id, "unit": one.unit, "per": entry.reference.unit, "value": value, "coverage": word}
        for column, one in enumerate(chosen())
        if one.covered_by != "always"
        for value, word in [scores.covered(row, column)]
    ]
    stated = uncertainty(entry, library, scores)
    data["uncertainty"] = {"gsd": float(f"{stated.gsd:.12g}"), "basis": stated.basis, "sources": stated.sources}
    return data
