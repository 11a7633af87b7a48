"""The only file that imports Brightway: matrices of the library, and the whole system scored again by `bw2calc`.

Everything lives in datapackages in memory: no project, no SQLite, nothing in the user's Brightway folder. They hold
float64 (bw_processing's `MatrixEntry` would round to float32).
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ius_lca.errors import VerificationError
from ius_lca.impact.background import Background, Entry

if TYPE_CHECKING:
    import bw_processing

Floats = NDArray[np.float64]

#: Relative rounding error of a double.
EPSILON = float(np.finfo(np.float64).eps)


@contextmanager
def _quiet_brightway() -> Iterator[Any]:
    """bw2calc, imported without bw2data: importing that creates folders and databases for the user, and takes longer.

    If bw2data is loaded already, it stays. A later import of it works.
    """
    hidden = "bw2data" not in sys.modules
    if hidden:
        sys.modules["bw2data"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # advice on faster solvers, and on its own dependencies
            import bw2calc

            yield bw2calc
    finally:
        if hidden:
            del sys.modules["bw2data"]


@dataclass(frozen=True)
class Matrices:
    """Technosphere [n, n] and biosphere [flows, n] as `bw2calc` builds them, in the order of the background."""

    technosphere: Floats
    biosphere: Floats

    def adjoint(self, direct: Floats) -> Floats:
        """Impact per unit of each product: solve(A^T, direct) [n, k].

        The transpose is factorised, never A: with hub processes the fill-in is a fraction.
        Raises VerificationError if the background is singular.
        """
        from scipy.sparse import csc_matrix
        from scipy.sparse.linalg import splu

        try:
            solved: Floats = splu(csc_matrix(self.technosphere.T)).solve(direct)
        except RuntimeError as error:
            raise VerificationError(f"the factor library has a loop without solution ({error}).") from error
        if not np.isfinite(solved).all():
            raise VerificationError("the factor library has a unit score that is not finite.")
        return solved


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a whole system, and how far rounding alone can move it away from zero."""

    value: float
    resolution: float


class _Numbers:
    """Whole numbers for names, as Brightway's matrices want them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self._known.setdefault(name, len(self._known) + 1)


def background_matrices(background: Background) -> Matrices:
    """The matrices of the library, built by `bw2calc`."""
    numbers = _Numbers()
    with _quiet_brightway() as bw2calc:
        package = _inventory_package(background, numbers)
        lca = bw2calc.LCA({numbers(_product(background.ids[0])): 1}, data_objs=[package])
        lca.lci(factorize=False)
        columns = [lca.dicts.activity[numbers(name)] for name in background.ids]
        products = [lca.dicts.product[numbers(_product(name))] for name in background.ids]
        technosphere = lca.technosphere_matrix.toarray()[np.ix_(products, columns)]
        biosphere = np.zeros((len(background.flows), len(columns)))
        for position, flow in enumerate(background.flows):
            if (row := lca.dicts.biosphere.get(numbers(_flow(flow)))) is not None:
                biosphere[position] = lca.biosphere_matrix[[row], :].toarray()[0, columns]
    return Matrices(technosphere, biosphere)


def score_whole(
    background: Background,
    foreground: Background,
    factors: Mapping[str, Mapping[str, float]],
    demands: Sequence[str],
) -> dict[tuple[str, str], Score]:
    """Scores of whole systems, foreground and background in one matrix, by (demand, indicator).

    factors: by indicator, characterization factor by flow.  demands: foreground activities, one unit of each.
    """
    numbers = _Numbers()
    with _quiet_brightway() as bw2calc:
        packages = [
            _inventory_package(background, numbers),
            _inventory_package(foreground, numbers),
            *(_method_package(name, values, numbers) for name, values in factors.items()),
        ]
        lca = bw2calc.MultiLCA(
            demands={name: {numbers(_product(name)): 1} for name in demands},
            method_config={"impact_categories": [(name,) for name in factors]},
            data_objs=packages,
        )
        lca.lci()
        lca.lcia()
        # What one unit of every activity could cause at most, over all activities, for the size of rounding errors.
        reach = {name: float(np.abs(lca.characterization_matrices[(name,)] @ lca.biosphere_matrix).sum()) for name in factors}
        largest = {demand: float(np.abs(supply).max()) for demand, supply in lca.supply_arrays.items()}
        return {
            (demand, method[0]): Score(float(score), EPSILON * largest[demand] * reach[method[0]])
            for (method, demand), score in lca.scores.items()
        }


def _product(name: str) -> str:
    return f"product of {name}"


def _flow(name: str) -> str:
    return f"flow {name}"


def _inventory_package(background: Background, numbers: _Numbers) -> object:
    import bw_processing

    package = bw_processing.create_datapackage()
    production = [Entry(_product(name), name, amount) for name, amount in zip(background.ids, background.production, strict=True)]
    inputs = [Entry(_product(entry.row), entry.column, entry.amount) for entry in background.technosphere]
    _add(package, "technosphere_matrix", [*production, *inputs], numbers, flips=[False] * len(production) + [True] * len(inputs))
    emissions = [Entry(_flow(entry.row), entry.column, entry.amount) for entry in background.biosphere]
    if emissions:
        _add(package, "biosphere_matrix", emissions, numbers)
    return package


def _method_package(name: str, factors: Mapping[str, float], numbers: _Numbers) -> object:
    import bw_processing

    package = bw_processing.create_datapackage()
    entries = [Entry(_flow(flow), _flow(flow), factor) for flow, factor in factors.items()]
    # Brightway reads the column of a characterization entry as a location: 0 is anywhere.
    indices = np.array([(numbers(entry.row), 0) for entry in entries], dtype=bw_processing.INDICES_DTYPE)
    package.add_persistent_vector(
        matrix="characterization_matrix",
        name=f"characterization-{name}",
        indices_array=indices,
        data_array=np.array([entry.amount for entry in entries], dtype=np.float64),
        identifier=[name],
    )
    return package


def _add(
    package: bw_processing.Datapackage, matrix: str, entries: list[Entry], numbers: _Numbers, flips: list[bool] | None = None
) -> None:
    import bw_processing

    package.add_persistent_vector(
        matrix=matrix,
        name=matrix,
        indices_array=np.array(
            [(numbers(entry.row), numbers(entry.column)) for entry in entries], dtype=bw_processing.INDICES_DTYPE
        ),
        data_array=np.array([entry.amount for entry in entries], dtype=np.float64),
        flip_array=None if flips is None else np.array(flips),
    )
