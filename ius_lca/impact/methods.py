"""Indicators: what they count, from which characterization factors, and what makes them complete."""

from __future__ import annotations

import csv
from functools import cache

from ius_lca.paths import shipped
from ius_lca.quantity import Frozen
from ius_lca.yaml_document import read_document

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


class Definition(Frozen):
    """What `indicators.yaml` says of an indicator."""

    name: str
    unit: str
    group: str
    covered_by: str
    """The word in a record's `covers` that makes it complete, or `always`."""
    non_negative: bool
    method: tuple[str, ...] = ()
    """Name of the method as bw2io ships it."""
    own: dict[str, float] = {}
    """Own characterization factors by flow."""
    part_of: str = ""
    on_request: bool = False
    excludes_screening: bool = False


class Indicator(Definition):
    """An impact category or inventory indicator with all its characterization factors, by elementary flow."""

    id: str
    factors: dict[str, float]


def definitions() -> dict[str, Definition]:
    """The shipped definitions by id, in the order reports show them."""
    tree = read_document(shipped("factors") / "characterisation" / "indicators.yaml").tree
    return {key: Definition.model_validate(entry) for key, entry in tree.items()} if isinstance(tree, dict) else {}


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
