"""Rows of the table of conversions: every amount that was not stated in the currency and the prices of the case."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.computed import Computed
from ius_lca.results import Cell


def conversion_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """One row per amount, and per year of a path; the same under every reference."""
    for one in c.conversions:
        yield (
            one.place, one.what, one.of_year, one.from_value, one.from_unit, one.from_year, one.index, one.rate, one.value,
            one.unit, one.year, ", ".join(one.records),
        )  # fmt: skip
