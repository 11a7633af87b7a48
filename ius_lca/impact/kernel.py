"""The numpy kernel: contributions of every edge to every indicator, from unit scores and a small foreground."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ius_lca.errors import SingularError
from ius_lca.impact.methods import Indicator
from ius_lca.impact.unit_scores import UnitScores
from ius_lca.inventory.graph import Inventory, ProcessNode

Floats = NDArray[np.float64]

#: A loop that gives back less than this share of itself has no meaningful solution.
_SINGULAR = 1e-12


@dataclass(frozen=True, slots=True)
class Contributions:
    """What every edge contributes in a year.

    amounts: per edge, in its target's unit [e].  scores: per edge and indicator [e, k].
    treated_kg: waste of the case's streams in a landfill, per edge [e].  virgin_kg: virgin material, per edge [e].
    uncovered: climate change from records that do not cover the indicator [e, k].  gaps: whether there is any [e, k].
    """

    indicators: tuple[str, ...]
    amounts: Floats
    scores: Floats
    treated_kg: Floats
    virgin_kg: Floats
    uncovered: Floats
    gaps: NDArray[np.bool_]


def contributions(inventory: Inventory, units: UnitScores, indicators: tuple[Indicator, ...]) -> Contributions:
    """scores = amount * unit score of the target, plus the two flows that only the foreground knows.

    Raises SingularError if the processes of the case have a loop without solution.
    """
    everything = with_processes(inventory.processes, units, indicators)
    position = {name: index for index, name in enumerate(everything.ids)}
    targets = np.array([position[edge.target] for edge in inventory.edges], dtype=int)
    amounts = np.array([inventory.yearly(edge) for edge in inventory.edges], dtype=float)
    activity = np.array([inventory.nodes[edge.node].activity for edge in inventory.edges], dtype=float)
    virgin = np.array([edge.virgin_kg for edge in inventory.edges], dtype=float) * activity
    treated = amounts * everything.treated_kg[targets]
    own = {"landfill_direct": treated, "virgin_material": virgin}
    scores = amounts[:, None] * everything.scores[targets]
    for column, indicator in enumerate(indicators):
        for flow, values in own.items():
            scores[:, column] += indicator.factors.get(flow, 0.0) * values
    return Contributions(
        indicators=everything.indicators,
        amounts=amounts,
        scores=scores,
        treated_kg=treated,
        virgin_kg=virgin,
        uncovered=amounts[:, None] * everything.uncovered[targets],
        gaps=everything.gaps[targets],
    )


def with_processes(processes: tuple[ProcessNode, ...], units: UnitScores, indicators: tuple[Indicator, ...]) -> UnitScores:
    """Unit scores of the factors and of the case's own processes: solve((I - A_pp)^T, direct + A_bp^T U).

    Raises SingularError naming the cycle.
    """
    if not processes:
        return units
    position = {name: index for index, name in enumerate(units.ids)}
    own = {process.id: index for index, process in enumerate(processes)}
    links = np.zeros((len(processes), len(processes)))
    taken = np.zeros((len(processes), len(units.ids)))
    direct = np.zeros((len(processes), len(indicators)))
    missing = np.array([[not _covers(process, one) for one in indicators] for process in processes])
    for process, row in zip(processes, range(len(processes)), strict=True):
        for target, amount in process.inputs:
            if target in own:
                links[row, own[target]] += amount
            else:
                taken[row, position[target]] += amount
        for flow, amount in process.emissions:
            direct[row] += amount * np.array([one.factors.get(flow, 0.0) for one in indicators])
    climate = np.abs(direct[:, [one.id for one in indicators].index("climate_change")])
    _refuse_singular(links, processes)
    system = np.eye(len(processes)) - links
    solved = np.linalg.solve(
        system,
        np.hstack(
            [
                direct + taken @ units.scores,
                climate[:, None] * missing + taken @ units.uncovered,
                (taken @ units.treated_kg)[:, None],
            ]
        ),
    )
    k = len(indicators)
    gaps = missing | ((taken > 0) @ units.gaps.astype(float) > 0)
    for _ in processes:
        gaps = gaps | ((links > 0) @ gaps.astype(float) > 0)
    return replace(
        units,
        ids=(*units.ids, *own),
        scores=np.vstack([units.scores, solved[:, :k]]),
        uncovered=np.vstack([units.uncovered, solved[:, k : 2 * k]]),
        gaps=np.vstack([units.gaps, gaps]),
        treated_kg=np.concatenate([units.treated_kg, solved[:, -1]]),
    )


def _covers(process: ProcessNode, indicator: Indicator) -> bool:
    if indicator.covered_by in {"always", "landfill_direct"}:
        return True
    return indicator.covered_by in process.covers


def _refuse_singular(links: Floats, processes: tuple[ProcessNode, ...]) -> None:
    """A loop has no solution if it takes as much of a product as it makes, or more."""
    from scipy.sparse.csgraph import connected_components

    _, loop_of = connected_components(links != 0, directed=True, connection="strong")
    for loop in np.unique(loop_of):
        members = np.flatnonzero(loop_of == loop)
        # Gains do not depend on the units of the products; the condition of the matrix does, and a chain may span 1e9.
        gains = np.abs(np.linalg.eigvals(links[np.ix_(members, members)]))
        if gains.max() < 1 - _SINGULAR:
            continue
        inside = {processes[member].id for member in members}
        cycle = find_cycle(
            {one.id: [name for name, amount in one.inputs if amount and name in inside] for one in processes if one.id in inside}
        )
        path = " -> ".join([*cycle, cycle[0]])
        raise SingularError(f"the loop {path} takes as much of its own product as it makes, so no amount of it is enough.")


def find_cycle(links: dict[str, list[str]]) -> list[str]:
    """Some cycle among named things, or an empty list.

    >>> find_cycle({"a": ["b"], "b": ["c", "x"], "c": ["b"]})
    ['b', 'c']
    """
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name in done or name not in links:
            return []
        for following in links[name]:
            if found := walk(following, [*path, name]):
                return found
        done.add(name)
        return []

    return next((found for name in links if (found := walk(name, []))), [])
