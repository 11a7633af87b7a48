"""The library as lists of matrix entries, and what each record covers."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.formula import evaluate
from ius_lca.library.record import SCREENING_FLOW, Library, Record
from ius_lca.units import factor_between


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a matrix: the row's and the column's name, and the amount per unit of the column's activity."""

    row: str
    column: str
    amount: float


@dataclass(frozen=True, slots=True)
class Background:
    """Unit processes with links among them and to nature.

    ids: activities, each with one product of the same name.  production: amount of that product per activity.
    technosphere: what activities take, positive.  biosphere: elementary flows, signed as in the records.
    """

    ids: tuple[str, ...]
    production: tuple[float, ...]
    technosphere: tuple[Entry, ...]
    biosphere: tuple[Entry, ...]
    flows: tuple[str, ...]


def compile_background(library: Library) -> Background:
    """Every formula evaluated, every amount in the unit of what it points at."""
    technosphere: list[Entry] = []
    biosphere: list[Entry] = []
    for record in library.records.values():
        names = record.values()
        for line in record.technosphere:
            scale = factor_between(line.unit, library.records[line.input].reference.unit)
            technosphere.append(Entry(line.input, record.id, float(evaluate(line.amount, names)) * scale))
        for emission in record.biosphere:
            scale = factor_between(emission.unit, library.flows[emission.flow].unit)
            biosphere.append(Entry(emission.flow, record.id, float(evaluate(emission.amount, names)) * scale))
    records = library.records
    return Background(
        ids=tuple(records),
        production=tuple(record.reference.amount for record in records.values()),
        technosphere=tuple(technosphere),
        biosphere=tuple(biosphere),
        flows=tuple(library.flows),
    )


def own_covers(record: Record, covered_by: str, *, excludes_screening: bool) -> bool:
    """Whether the record's own exchanges are complete for an indicator.

    Only treatments can put the case's streams in a landfill, so all other records are complete for that.
    """
    if excludes_screening and any(emission.flow == SCREENING_FLOW for emission in record.biosphere):
        return False
    if covered_by == "always" or (covered_by == "landfill_direct" and not is_treatment(record)):
        return True
    return covered_by in record.covers


def is_treatment(record: Record) -> bool:
    """Whether the record treats waste or waste water."""
    return record.category.startswith(("waste/", "water/treatment"))
