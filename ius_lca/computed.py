"""Everything an assessment computed, before it becomes tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ius_lca.case.schema import Case
from ius_lca.economics.cashflow import CashItem, NotStated
from ius_lca.impact.coverage import Coverage, Gap
from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
from ius_lca.impact.totals import Totals
from ius_lca.inventory.graph import Inventory
from ius_lca.library.record import Library, Record


@dataclass(frozen=True)
class Computed:
    """What every step of an assessment gives; the inventory and its scores are those of one year."""

    case: Case
    library: Library
    indicators: tuple[Indicator, ...]
    inventory: Inventory
    scored: Contributions
    totals: Totals
    levels: dict[tuple[str, str, str | None], Coverage]
    gaps: list[Gap]
    cash: list[CashItem]
    not_stated: list[NotStated]

    @cached_property
    def used(self) -> dict[str, tuple[Record, ...]]:
        """By reference, every record behind the result: those the edges name, and everything upstream of them."""
        found: dict[str, tuple[Record, ...]] = {}
        for reference in self.inventory.references:
            edges = [edge for edge in self.inventory.edges if self.inventory.nodes[edge.node].reference == reference]
            found[reference] = self._behind([edge.target for edge in edges if edge.amount])
        return found

    def _behind(self, targets: list[str]) -> tuple[Record, ...]:
        """The records that factors and processes are, and everything upstream of them."""
        inputs = {process.id: [target for target, _ in process.inputs] for process in self.inventory.processes}
        inputs |= {key: [line.input for line in record.technosphere] for key, record in self.library.records.items()}
        queue, reached = list(targets), set(targets)
        while queue:
            new = [name for name in inputs[queue.pop()] if name not in reached]
            queue += new
            reached.update(new)
        return tuple(self.library.records[name] for name in sorted(reached) if name in self.library.records)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every record behind the result under any reference, once."""
        return tuple({record.id: record for records in self.used.values() for record in records}.values())

    @cached_property
    def cited(self) -> tuple[Record, ...]:
        """The records behind the result and behind the footprints that a donor's upstream is part of."""
        upstream = [one.upstream.target for one in self.case.exchanges.values() if one.upstream is not None]
        return tuple({record.id: record for record in (*self.records, *self._behind(upstream))}.values())
