"""Indicators: what they count, from which characterization factors, and what makes them complete."""

from __future__ import annotations

import csv
from functools import cache

from ius_lca.library.indicators import Definition, definitions
from ius_lca.paths import shipped

#: Beside the value: indicators that may stand at the top, each where it is covered.
HEADLINE_INDICATORS = ("climate_change", "primary_energy", "landfill_direct")

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


class Indicator(Definition):
    """An impact category or inventory indicator with all its characterization factors, by elementary flow."""

    id: str
    factors: dict[str, float]


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id, with the factors of `factors.csv` and their own.

    >>> indicators()["climate_change"].factors["methane_fossil"]
    29.8
    """
    factors: dict[str, dict[str, float]] = {}
    with (shipped("factors") / "characterisation" / "factors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            factors.setdefault(row["indicator"], {})[row["flow"]] = float(row["factor"])
    return {
        key: Indicator(**definition.model_dump(), id=key, factors={**factors.get(key, {}), **definition.own})
        for key, definition in definitions().items()
    }


def chosen(requested: tuple[str, ...] = ()) -> tuple[Indicator, ...]:
    """The default indicators and those asked for by id; raises KeyError for an id that does not exist."""
    for name in requested:
        indicators()[name]
    return tuple(one for one in indicators().values() if not one.on_request or one.id in requested)
