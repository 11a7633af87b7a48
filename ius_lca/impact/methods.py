"""Indicators: what they count, from which characterization factors, and what makes them complete."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from ius_lca.paths import shipped
from ius_lca.yaml_document import read_document

#: Categories of EF 3.1 that no record of the library covers; every report says so.
NOT_ASSESSED = (
    "ozone depletion",
    "ionising radiation",
    "human toxicity, cancer and non-cancer",
    "ecotoxicity, freshwater",
    "land use",
    "water use (deprivation)",
    "resource use, minerals and metals (ADP)",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An impact category or inventory indicator.

    factors: characterization factor by elementary flow [unit per unit of the flow].
    covered_by: the word in a record's `covers` that makes it complete, or `always`.
    """

    id: str
    name: str
    unit: str
    group: str
    method: tuple[str, ...]
    factors: dict[str, float]
    covered_by: str
    non_negative: bool
    part_of: str
    on_request: bool
    excludes_screening: bool


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id, in the order reports show them.

    >>> indicators()["climate_change"].factors["methane_fossil"]
    29.8
    """
    folder = shipped("factors") / "characterisation"
    factors: dict[str, dict[str, float]] = {}
    with (folder / "factors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            factors.setdefault(row["indicator"], {})[row["flow"]] = float(row["factor"])
    definitions = read_document(folder / "indicators.yaml").tree
    assert isinstance(definitions, dict)
    result = {}
    for key, entry in definitions.items():
        assert isinstance(entry, dict)
        own = entry.get("own") or {}
        assert isinstance(own, dict)
        result[key] = Indicator(
            id=key,
            name=str(entry["name"]),
            unit=str(entry["unit"]),
            group=str(entry["group"]),
            method=tuple(str(part) for part in entry.get("method") or ()),
            factors={**factors.get(key, {}), **{flow: float(str(value)) for flow, value in own.items()}},
            covered_by=str(entry["covered_by"]),
            non_negative=entry.get("non_negative") == "true",
            part_of=str(entry.get("part_of", "")),
            on_request=entry.get("on_request") == "true",
            excludes_screening=entry.get("excludes_screening") == "true",
        )
    return result


def chosen(requested: tuple[str, ...] = ()) -> tuple[Indicator, ...]:
    """The default indicators and those asked for by id; raises KeyError for an id that does not exist."""
    for name in requested:
        indicators()[name]
    return tuple(one for one in indicators().values() if not one.on_request or one.id in requested)
