"""Everything an assessment computed, before it becomes tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ius_lca.case.circular import ACTIVITIES
from ius_lca.case.schema import Case
from ius_lca.economics.cashflow import CashItem, NotStated
from ius_lca.impact.coverage import Coverage, Gap
from ius_lca.impact.kernel import Contributions, with_processes
from ius_lca.impact.methods import Indicator
from ius_lca.impact.totals import Totals
from ius_lca.impact.unit_scores import UnitScores, unit_scores
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
    def unit_scores(self) -> UnitScores:
        """Unit scores of every factor of the library and of the case's own processes and factors."""
        return with_processes(self.inventory.processes, unit_scores(self.library, self.indicators), self.indicators)

    @cached_property
    def used(self) -> dict[str, tuple[Record, ...]]:
        """By reference, every record behind the result: those the edges name, and everything upstream of them."""
        found: dict[str, tuple[Record, ...]] = {}
        for reference in self.inventory.references:
            edges = [edge for edge in self.inventory.edges if self.inventory.nodes[edge.node].reference == reference]
            found[reference] = self._upstream([edge.target for edge in edges if edge.amount])
        return found

    def _upstream(self, names: list[str]) -> tuple[Record, ...]:
        """The records of these names and of everything that they take."""
        inputs = {process.id: [target for target, _ in process.inputs] for process in self.inventory.processes}
        inputs |= {key: [line.input for line in record.technosphere] for key, record in self.library.records.items()}
        queue = list(names)
        reached = set(queue)
        while queue:
            new = [name for name in inputs[queue.pop()] if name not in reached]
            queue += new
            reached.update(new)
        return tuple(self.library.records[name] for name in sorted(reached) if name in self.library.records)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every record behind the result under any reference, or behind a circular footprint, once."""
        asked = [exchange.circular_footprint for exchange in self.case.exchanges.values() if exchange.circular_footprint]
        stated = [target.target for one in asked for name in ACTIVITIES for target in one.stated(name) or ()]
        named = [self.library.records[name].id if name in self.library.records else name for name in stated]
        records = [*(record for records in self.used.values() for record in records), *self._upstream(named)]
        return tuple({record.id: record for record in records}.values())
