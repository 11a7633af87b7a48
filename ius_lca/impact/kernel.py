"""The numpy kernel: contributions of every edge to every indicator, from unit scores and a small foreground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ius_lca.errors import SingularError
from ius_lca.impact.methods import Indicator
from ius_lca.impact.unit_scores import LANDFILLED, Flags, Floats, UnitScores
from ius_lca.inventory.graph import Inventory, ProcessNode
from ius_lca.library.record import SCREENING_FLOW
from ius_lca.loops import passed_on
from ius_lca.units import Value

T = TypeVar("T", bound=np.generic)

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
    gaps: Flags


@dataclass(frozen=True, slots=True)
class Yearly:
    """What every edge contributes in each year: as `Contributions`, with the years in front [years, e, k]."""

    years: tuple[int, ...]
    indicators: tuple[str, ...]
    amounts: Floats
    scores: Floats
    uncovered: Floats
    gaps: Flags

    def at(self, year: int) -> Contributions:
        """The contributions of one year."""
        here = self.years.index(year)
        return Contributions(self.indicators, self.amounts[here], self.scores[here], self.uncovered[here], self.gaps)

    def sizes(self, years: Iterable[int]) -> Contributions:
        """Absolute contributions summed over years: what counts for the coverage of a sum."""
        here = [self.years.index(year) for year in years]
        scores = np.abs(self.scores[here]).sum(axis=0)
        return Contributions(self.indicators, self.amounts[here].sum(axis=0), scores, self.uncovered[here].sum(axis=0), self.gaps)


@dataclass(frozen=True, slots=True)
class _PerUnit:
    """Per unit of every process, by year, or once where no year differs from another [years or 1, p, k]."""

    scores: Floats
    uncovered: Floats
    gaps: Flags
    treated_kg: Floats


def contributions(inventory: Inventory, units: UnitScores, indicators: tuple[Indicator, ...]) -> Yearly:
    """scores = amount * unit score of the target, plus the two flows that only the foreground knows.

    Raises SingularError if a loop of the case's processes has no solution, which `check_case` tells before.
    """
    years = len(inventory.years)
    own = _processes(inventory.processes, units, indicators)
    targets = _Gathered([edge.target for edge in inventory.edges], units, inventory.processes)
    activity = _by_year([inventory.nodes[edge.node].activity for edge in inventory.edges], years)
    amounts = _by_year([edge.amount for edge in inventory.edges], years) * activity
    treats = np.array([edge.treats for edge in inventory.edges], dtype=bool)
    treated_kg = targets.gather(units.treated_kg, own.treated_kg)
    virgin = _by_year([edge.virgin_kg for edge in inventory.edges], years) * activity
    direct = dict(zip(DIRECT_FLOWS, (amounts * treated_kg * treats, virgin), strict=True))
    scores = amounts[:, :, None] * targets.gather(units.scores, own.scores)
    gaps = targets.gather(units.gaps, own.gaps)[0]
    for column, indicator in enumerate(indicators):
        for flow, values in direct.items():
            scores[:, :, column] += indicator.factors.get(flow, 0.0) * values
        if indicator.covered_by == "landfill_direct":
            gaps[:, column] &= treats
    uncovered = amounts[:, :, None] * targets.gather(units.uncovered, own.uncovered) * gaps
    return Yearly(inventory.years, tuple(one.id for one in indicators), amounts, scores, uncovered, gaps)


def _by_year(values: list[Value], years: int) -> Floats:
    """Numbers and arrays over the years as one table [years, number]."""
    table = np.empty((years, len(values)))
    for column, value in enumerate(values):
        table[:, column] = value
    return table


class _Gathered:
    """Rows of the targets of edges, from the background and from the processes of the case."""

    def __init__(self, names: list[str], units: UnitScores, processes: tuple[ProcessNode, ...]) -> None:
        own = {process.id: index for index, process in enumerate(processes)}
        position = {name: index for index, name in enumerate(units.ids)}
        self._inside = np.array([name in own for name in names], dtype=bool)
        self._rows = np.array([own[name] if name in own else position[name] for name in names], dtype=int)

    def gather(self, background: NDArray[T], own: NDArray[T]) -> NDArray[T]:
        """One row for every edge [years or 1, e, ...]."""
        rows = np.empty((len(own), len(self._rows), *own.shape[2:]), dtype=own.dtype)
        rows[:, ~self._inside] = background[self._rows[~self._inside]]
        rows[:, self._inside] = own[:, self._rows[self._inside]]
        return rows


def _processes(processes: tuple[ProcessNode, ...], units: UnitScores, indicators: tuple[Indicator, ...]) -> _PerUnit:
    """What one unit of every process of the case causes: solve(I - A_pp, direct + A_pb U)."""
    amounts = [amount for process in processes for lines in (process.inputs, process.emissions) for _, amount in lines]
    years = max((len(amount) for amount in amounts if isinstance(amount, np.ndarray)), default=1)
    position = {name: index for index, name in enumerate(units.ids)}
    own = {process.id: index for index, process in enumerate(processes)}
    k = len(indicators)
    links = np.zeros((years, len(processes), len(processes)))
    taken = np.zeros((years, len(processes), len(units.ids)))
    direct = np.zeros((years, len(processes), k))
    landfilled = np.zeros((years, len(processes), 1))
    missing = np.array([[_falls_short(process, one) for one in indicators] for process in processes], dtype=bool).reshape(-1, k)
    treats = np.array([process.treats for process in processes], dtype=bool)[:, None]
    for row, process in enumerate(processes):
        for target, amount in process.inputs:
            if target in own:
                links[:, row, own[target]] += amount
            else:
                taken[:, row, position[target]] += amount
        for flow, amount in process.emissions:
            direct[:, row] += np.multiply.outer(amount, np.array([one.factors.get(flow, 0.0) for one in indicators]))
            landfilled[:, row, 0] += amount * (flow == LANDFILLED)
    climate = np.abs(direct[:, :, [one.id for one in indicators].index("climate_change")])
    known = np.concatenate([direct + taken @ units.scores, climate[:, :, None] * missing + taken @ units.uncovered], axis=2)
    landfilled = (landfilled + (taken @ units.treated_kg)[:, :, None]) * treats
    between = links * treats
    try:
        solved = np.linalg.solve(np.eye(len(processes)) - links, known)
        treated = np.linalg.solve(np.eye(len(processes)) - between, landfilled)
    except np.linalg.LinAlgError as error:
        raise SingularError(f"the processes {', '.join(own)} have a loop without solution.") from error
    # What nothing in the chain can cause is zero, not the rounding noise of the solver.
    solved = np.where(passed_on(links, known != 0), solved, 0.0)
    treated = np.where(passed_on(between, landfilled != 0), treated, 0.0)
    gaps = passed_on(links, missing | ((taken > 0) @ units.gaps.astype(float) > 0))
    return _PerUnit(solved[:, :, :k], solved[:, :, k:], np.asarray(gaps.any(axis=0, keepdims=True)), treated[:, :, 0])


def _falls_short(process: ProcessNode, indicator: Indicator) -> bool:
    if indicator.excludes_screening and any(flow == SCREENING_FLOW for flow, _ in process.emissions):
        return True
    return indicator.covered_by not in {"always", *process.covers}
