"""Unit scores: what one unit of every factor causes, in every indicator, solved once and kept by fingerprint."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ius_lca import __version__
from ius_lca.impact.background import Background, compile_background
from ius_lca.impact.methods import Indicator
from ius_lca.library.record import Library
from ius_lca.paths import cache_folder
from ius_lca.store import store

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: The flow that says how much of a waste ends in a landfill.
LANDFILLED = "waste_to_landfill"
#: Raised when the layout or meaning of kept unit scores changes.
_LAYOUT = 3


@dataclass(frozen=True, slots=True)
class UnitScores:
    """Per unit of each target, for each indicator.

    ids: targets [n].  indicators: ids [k].  scores: impact per unit [n, k].
    uncovered: absolute climate change per unit that comes from records which do not cover the indicator [n, k].
    gaps: whether any record in the chain does not cover it [n, k].
    treated_kg: waste that one unit of a treatment puts in a landfill, along its chain of treatments [n].
    """

    ids: tuple[str, ...]
    indicators: tuple[str, ...]
    scores: Floats
    uncovered: Floats
    gaps: Flags
    treated_kg: Floats

    def covered(self, row: int, column: int) -> tuple[float | None, Literal["full", "partial", "none"]]:
        """The score of one target in one indicator, or nothing where it is not covered at all, and the word for it."""
        direct = self.indicators[column] == "landfill_direct"
        value = float(f"{self.treated_kg[row] if direct else self.scores[row, column]:.12g}")
        if not self.gaps[row, column]:
            return value, "full"
        return (value, "partial") if value else (None, "none")


def unit_scores(library: Library, indicators: tuple[Indicator, ...]) -> UnitScores:
    """Unit scores of all records, from the cache or by `bw2calc` and one adjoint solve."""
    key = "\n".join([str(_LAYOUT), __version__, library.sha256, *(repr(one) for one in indicators)])
    path = cache_folder() / f"unit-scores-{hashlib.sha256(key.encode()).hexdigest()}.npz"
    kept = _read(path, tuple(library.background), tuple(one.id for one in indicators))
    if kept is not None:
        return kept
    solved = _solve(library, indicators)
    buffer = io.BytesIO()
    np.savez(buffer, scores=solved.scores, uncovered=solved.uncovered, gaps=solved.gaps, treated_kg=solved.treated_kg)
    store(path, buffer.getvalue())
    return solved


def _read(path: Path, ids: tuple[str, ...], indicators: tuple[str, ...]) -> UnitScores | None:
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            return UnitScores(ids, indicators, kept["scores"], kept["uncovered"], kept["gaps"], kept["treated_kg"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):  # cut off, or of something else
        return None


def _solve(library: Library, indicators: tuple[Indicator, ...]) -> UnitScores:
    from ius_lca.impact.brightway import background_matrices

    background = compile_background(library)
    matrices = background_matrices(background)
    direct = np.array([[one.factors.get(flow, 0.0) for one in indicators] for flow in background.flows])
    own = matrices.biosphere.T @ direct  # impact of each record's own flows [n, k]
    climate = np.abs(own[:, [one.id for one in indicators].index("climate_change")])
    records = [library.records[name] for name in background.ids]
    missing = np.array(
        [
            [not record.own_covers(one.covered_by, excludes_screening=one.excludes_screening) for one in indicators]
            for record in records
        ]
    )
    treatment = np.array([record.is_treatment for record in records])
    landfilled = matrices.biosphere[background.flows.index(LANDFILLED)] * treatment
    solved = matrices.adjoint(np.hstack([own, climate[:, None] * missing]))
    k = len(indicators)
    # Between treatments only: what a power plant or a mine puts in a landfill is not waste of the case's streams.
    chain = np.where(treatment[:, None] & treatment[None, :], matrices.technosphere, np.diag(matrices.technosphere.diagonal()))
    treated = np.linalg.solve(chain.T, landfilled)
    return UnitScores(
        ids=background.ids,
        indicators=tuple(one.id for one in indicators),
        # What nothing in the chain can cause is zero, not the rounding noise of the solver.
        scores=np.where(_reachable(background, own != 0), solved[:, :k], 0.0),
        uncovered=np.where(_reachable(background, (climate[:, None] * missing) != 0), solved[:, k:], 0.0),
        gaps=_reachable(background, missing),
        treated_kg=treated,
    )


def _reachable(background: Background, own: Flags) -> Flags:
    """Whether something is anywhere in the chain of each record: spread along the links until nothing changes."""
    index = {name: position for position, name in enumerate(background.ids)}
    known = own.copy()
    while True:
        spread = known.copy()
        for entry in background.technosphere:
            if entry.amount:
                spread[index[entry.column]] |= spread[index[entry.row]]
        if np.array_equal(spread, known):
            return known
        known = spread
