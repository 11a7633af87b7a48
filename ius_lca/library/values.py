"""The climate change of every record as written down with the library, for lists that need no calculation."""

from __future__ import annotations

import csv
from functools import cache

from ius_lca.paths import shipped


@cache
def written_values() -> dict[str, str]:
    """Climate change per unit [kg CO2e], with six digits, by id of the record; empty where it is not covered.

    >>> written_values()["fuel.natural_gas.combustion"]
    '56.1571'
    """
    with (shipped("factors") / "values.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["climate_change"] for row in csv.DictReader(file)}
