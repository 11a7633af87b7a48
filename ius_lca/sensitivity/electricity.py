"""How much electricity an exchange takes, by itself and through what the case brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ius_lca.computed import Computed
from ius_lca.impact.kernel import contributions
from ius_lca.impact.unit_scores import UnitScores
from ius_lca.inventory.graph import Edge, Node, ProcessNode, Scenario, Term
from ius_lca.loops import reached
from ius_lca.quantity import Evidence

_ELECTRICITY = "electricity."


@dataclass(frozen=True, slots=True)
class Taken:
    """One factor of electricity in an exchange.

    net: taken in the reference minus in the symbiosis [unit a year].  intensity: kg CO2e per unit now.  highest: intensity of
    the worst electricity of the library, or its own if that is worse.
    """

    factor: str
    unit: str
    net: float
    intensity: float
    highest: float


@dataclass(frozen=True)
class Electricity:
    """The electricity of a case: what edges name, and what processes and changed factors of the case take for them.

    What records of the library take themselves is theirs and is not counted; nor is what electricity is made of.
    """

    c: Computed
    background: UnitScores

    def of(self, edges: Sequence[int]) -> Iterator[Taken]:
        """Every factor of electricity behind some edges, by name."""
        named = self.reached({self.c.inventory.edges[row].target for row in edges})
        for factor in sorted(name for name in named if name.startswith(_ELECTRICITY)):
            amounts = [self._sign(row) * self._per_unit(factor, row) * float(self.c.scored.amounts[row]) for row in edges]
            if any(amounts):
                unit, intensity = self.c.library.records[factor].reference.unit, self._intensity[factor]
                yield Taken(factor, unit, sum(amounts), intensity, max(self._intensity.values()))

    def reached(self, names: set[str]) -> set[str]:
        """Names with those that processes and changed factors of the case among them take, however far; electricity is an end."""
        return reached(self._inputs, names)

    def _sign(self, row: int) -> float:
        node = self.c.inventory.nodes[self.c.inventory.edges[row].node]
        return 1.0 if node.scenario is Scenario.REFERENCE else -1.0

    def _per_unit(self, factor: str, row: int) -> float:
        target = self.c.inventory.edges[row].target
        return 1.0 if target == factor else self._taken.get(target, {}).get(factor, 0.0)

    @cached_property
    def _own(self) -> list[ProcessNode]:
        """What is solved with the case, without electricity."""
        return [process for process in self.c.inventory.processes if not process.id.startswith(_ELECTRICITY)]

    @cached_property
    def _inputs(self) -> dict[str, list[str]]:
        return {process.id: [target for target, _ in process.inputs] for process in self._own}

    @cached_property
    def _intensity(self) -> dict[str, float]:
        """Climate change of one unit of every electricity of the library and of the case [kg CO2e]."""
        own = [process.id for process in self.c.inventory.processes]
        factors = [name for name in (*self.background.ids, *own) if name.startswith(_ELECTRICITY)]
        node = Node(self.c.case.main_reference, Scenario.REFERENCE, "", 1.0, "year")
        edges = [
            Edge(0, "", Term.PROCESSING, name, self.c.library.records[name].reference.unit, 1.0, Evidence.MEASURED, name)
            for name in factors
        ]
        inventory = replace(self.c.inventory, nodes=(node,), edges=tuple(edges))
        scored = contributions(inventory, self.background, self.c.indicators).at(self.c.year)
        return dict(zip(factors, scored.scores[:, scored.indicators.index("climate_change")].tolist(), strict=True))

    @cached_property
    def _taken(self) -> dict[str, dict[str, float]]:
        """By process, how much of every electricity one unit takes, itself and through other processes: solve(I - A, a)."""
        rows = {process.id: row for row, process in enumerate(self._own)}
        factors = sorted({name for names in self._inputs.values() for name in names if name.startswith(_ELECTRICITY)})
        links, direct = np.zeros((len(rows), len(rows))), np.zeros((len(rows), len(factors)))
        for row, process in enumerate(self._own):
            for target, amount in process.inputs:
                if target in rows:
                    links[row, rows[target]] += amount
                elif target in factors:
                    direct[row, factors.index(target)] += amount
        solved = np.linalg.solve(np.eye(len(rows)) - links, direct)
        return {name: dict(zip(factors, solved[row].tolist(), strict=True)) for name, row in rows.items()}
