"""The library as lists of matrix entries."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import Library


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
    records = library.background
    technosphere: list[Entry] = []
    biosphere: list[Entry] = []
    for record in records.values():
        inputs, emissions = amounts_of(record, library)
        technosphere += [Entry(target, record.id, amount) for target, amount in inputs]
        biosphere += [Entry(flow, record.id, amount) for flow, amount in emissions]
    return Background(
        ids=tuple(records),
        production=tuple(record.reference.amount for record in records.values()),
        technosphere=tuple(technosphere),
        biosphere=tuple(biosphere),
        flows=tuple(library.flows),
    )
