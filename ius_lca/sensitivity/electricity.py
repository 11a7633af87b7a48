"""How much electricity an exchange takes, by itself and through what the case brings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ius_lca.computed import Computed
from ius_lca.impact.kernel import with_processes
from ius_lca.impact.unit_scores import UnitScores
from ius_lca.inventory.graph import Inventory, ProcessNode, Scenario

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


def electricity_of(c: Computed, background: UnitScores, edges: Sequence[int]) -> list[Taken]:
    """Every factor of electricity behind some edges: named by them, or by processes and changed factors of the case.

    What records of the library take themselves is theirs, and not counted.
    """
    scores = with_processes(c.inventory.processes, background, c.indicators)
    climate = scores.scores[:, scores.indicators.index("climate_change")]
    by_factor = dict(zip(scores.ids, climate.tolist(), strict=True))
    worst = max(value for name, value in by_factor.items() if name.startswith(_ELECTRICITY))
    found = []
    for factor in sorted(
        name for name in reached(c, {c.inventory.edges[row].target for row in edges}) if name.startswith(_ELECTRICITY)
    ):
        per_unit = _of_each_process(c.inventory, factor)
        amounts = []
        for row in edges:
            edge = c.inventory.edges[row]
            sign = 1.0 if c.inventory.nodes[edge.node].scenario is Scenario.REFERENCE else -1.0
            each = 1.0 if edge.target == factor else per_unit.get(edge.target, 0.0)
            amounts.append(sign * float(c.scored.amounts[row]) * each)
        if any(amounts):
            intensity, unit = by_factor[factor], c.library.records[factor].reference.unit
            found.append(Taken(factor, unit, sum(amounts), intensity, max(worst, intensity)))
    return found


def reached(c: Computed, names: set[str]) -> set[str]:
    """Names with those that the case's processes and changed factors among them take, however far; electricity ends the way."""
    inputs = {process.id: {target for target, _ in process.inputs} for process in _own(c.inventory)}
    known: set[str] = set()
    queue = list(names)
    while queue:
        name = queue.pop()
        if name not in known:
            known.add(name)
            queue += inputs.get(name, ())
    return known


def _of_each_process(inventory: Inventory, factor: str) -> dict[str, float]:
    """Of a factor, how much one unit of each process takes, itself and through other processes: solve(I - A, a)."""
    own = _own(inventory)
    position = {process.id: row for row, process in enumerate(own)}
    links, direct = np.zeros((len(own), len(own))), np.zeros(len(own))
    for row, process in enumerate(own):
        for target, amount in process.inputs:
            if target == factor:
                direct[row] += amount
            elif target in position:
                links[row, position[target]] += amount
    solved = np.linalg.solve(np.eye(len(links)) - links, direct)
    return {name: float(solved[row]) for name, row in position.items()}


def _own(inventory: Inventory) -> list[ProcessNode]:
    """What is solved with the case, without electricity: that is an end here, whatever it is made of."""
    return [process for process in inventory.processes if not process.id.startswith(_ELECTRICITY)]
