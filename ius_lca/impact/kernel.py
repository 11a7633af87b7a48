"""The numpy kernel: contributions of every edge to every indicator, from unit scores and a small foreground."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ius_lca.errors import SingularError
from ius_lca.impact.methods import Indicator
from ius_lca.impact.unit_scores import LANDFILLED, UnitScores
from ius_lca.inventory.graph import Inventory, ProcessNode
from ius_lca.library.record import SCREENING_FLOW

Floats = NDArray[np.float64]

#: The flows that only the foreground knows: what counts depends on the part that a factor plays in the case.
DIRECT_FLOWS = ("landfill_direct", "virgin_material")


@dataclass(frozen=True, slots=True)
class Contributions:
    """What every edge contributes in a year.

    amounts: per edge, in its target's unit [e].  scores: per edge and indicator [e, k].
    uncovered: climate change from records that do not cover the indicator [e, k].  gaps: whether there is any [e, k].
    """

    indicators: tuple[str, ...]
    amounts: Floats
    scores: Floats
    uncovered: Floats
    gaps: NDArray[np.bool_]


def contributions(inventory: Inventory, units: UnitScores, indicators: tuple[Indicator, ...]) -> Contributions:
    """scores = amount * unit score of the target, plus the two flows that only the foreground knows."""
    everything = with_processes(inventory.processes, units, indicators)
    position = {name: index for index, name in enumerate(everything.ids)}
    targets = np.array([position[edge.target] for edge in inventory.edges], dtype=int)
    amounts = np.array([inventory.yearly(edge) for edge in inventory.edges], dtype=float)
    activity = np.array([inventory.nodes[edge.node].activity for edge in inventory.edges], dtype=float)
    treats = np.array([edge.treats for edge in inventory.edges], dtype=bool)
    virgin = np.array([edge.virgin_kg for edge in inventory.edges], dtype=float) * activity
    direct = dict(zip(DIRECT_FLOWS, (amounts * everything.treated_kg[targets] * treats, virgin), strict=True))
    scores = amounts[:, None] * everything.scores[targets]
    gaps = everything.gaps[targets]
    for column, indicator in enumerate(indicators):
        for flow, values in direct.items():
            scores[:, column] += indicator.factors.get(flow, 0.0) * values
        if indicator.covered_by == "landfill_direct":
            gaps[:, column] &= treats
    return Contributions(
        indicators=everything.indicators,
        amounts=amounts,
        scores=scores,
        uncovered=amounts[:, None] * everything.uncovered[targets] * gaps,
        gaps=gaps,
    )


def with_processes(processes: tuple[ProcessNode, ...], units: UnitScores, indicators: tuple[Indicator, ...]) -> UnitScores:
    """Unit scores of the factors and of the case's own processes: solve((I - A_pp)^T, direct + A_bp^T U).

    The processes must have passed `check_case`; raises SingularError if a loop among them has no solution all the same.
    """
    if not processes:
        return units
    position = {name: index for index, name in enumerate(units.ids)}
    own = {process.id: index for index, process in enumerate(processes)}
    links = np.zeros((len(processes), len(processes)))
    taken = np.zeros((len(processes), len(units.ids)))
    direct = np.zeros((len(processes), len(indicators)))
    landfilled = np.zeros(len(processes))
    missing = np.array([[_falls_short(process, one) for one in indicators] for process in processes])
    treats = np.array([process.treats for process in processes])
    for row, process in enumerate(processes):
        for target, amount in process.inputs:
            if target in own:
                links[row, own[target]] += amount
            else:
                taken[row, position[target]] += amount
        for flow, amount in process.emissions:
            direct[row] += amount * np.array([one.factors.get(flow, 0.0) for one in indicators])
            landfilled[row] += amount * (flow == LANDFILLED)
    climate = np.abs(direct[:, [one.id for one in indicators].index("climate_change")])
    known = np.hstack([direct + taken @ units.scores, climate[:, None] * missing + taken @ units.uncovered])
    landfilled = ((landfilled + taken @ units.treated_kg) * treats)[:, None]
    try:
        solved = np.linalg.solve(np.eye(len(processes)) - links, known)
        treated = np.linalg.solve(np.eye(len(processes)) - links * treats[:, None], landfilled)
    except np.linalg.LinAlgError as error:
        raise SingularError(f"the processes {', '.join(own)} have a loop without solution.") from error
    # What nothing in the chain can cause is zero, not the rounding noise of the solver.
    solved = np.where(_along(links, known != 0), solved, 0.0)
    treated = np.where(_along(links * treats[:, None], landfilled != 0), treated, 0.0)
    k = len(indicators)
    gaps = _along(links, missing | ((taken > 0) @ units.gaps.astype(float) > 0))
    return replace(
        units,
        ids=(*units.ids, *own),
        scores=np.vstack([units.scores, solved[:, :k]]),
        uncovered=np.vstack([units.uncovered, solved[:, k:]]),
        gaps=np.vstack([units.gaps, gaps]),
        treated_kg=np.concatenate([units.treated_kg, treated[:, 0]]),
    )


def _falls_short(process: ProcessNode, indicator: Indicator) -> bool:
    if indicator.excludes_screening and any(flow == SCREENING_FLOW for flow, _ in process.emissions):
        return True
    return indicator.covered_by not in {"always", *process.covers}


def _along(links: Floats, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether something is true of a process or of anything it takes from [p, any]."""
    known = own
    for _ in range(len(links)):
        known = known | ((links != 0) @ known.astype(float) > 0)
    return known
