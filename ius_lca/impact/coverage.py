"""How complete a result is: not covered is not zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
from ius_lca.impact.unit_scores import Flags
from ius_lca.inventory.graph import Inventory, Scenario

#: Uncovered factors may jointly carry this share of the absolute climate terms and still be cut off.
CUTOFF = 0.01


class Coverage(StrEnum):
    """What may be said of a result; the first three may be a headline, with the word shown."""

    FULL = "full"
    FULL_WITH_CUTOFF = "full_with_cutoff"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PARTIAL = "partial"
    NONE = "none"


#: The words that people read.
COVERED = {
    Coverage.FULL: "complete",
    Coverage.FULL_WITH_CUTOFF: "complete, cut-off 1 %",
    Coverage.AT_LEAST: "at least",
    Coverage.AT_MOST: "at most",
    Coverage.PARTIAL: "partly covered",
    Coverage.NONE: "not covered",
}
#: What may be shown as a headline.
HEADLINE = frozenset({Coverage.FULL, Coverage.FULL_WITH_CUTOFF, Coverage.AT_LEAST})


@dataclass(frozen=True, slots=True)
class Gap:
    """A factor that is not complete for an indicator, and the share of the absolute climate terms behind it."""

    reference: str
    indicator: str
    scenario: Scenario
    target: str
    climate_share: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """What coverage asks of every edge: where it belongs, what it scores, where it falls short [e] or [e, k]."""

    reference: NDArray[np.str_]
    exchange: NDArray[np.str_]
    added: Flags
    active: Flags
    climate: NDArray[np.float64]
    kernel: Contributions


def coverage(
    inventory: Inventory, kernel: Contributions, indicators: tuple[Indicator, ...]
) -> tuple[dict[tuple[str, str, str | None], Coverage], list[Gap]]:
    """Coverage by (reference, indicator, exchange), with exchange None for the network; and every gap.

    Gaps are cut off if what they leave uncovered is at most 1 % of the sum of absolute climate terms (a proxy for the
    indicator's own terms, which are not known where they are not covered).
    """
    nodes = [inventory.nodes[edge.node] for edge in inventory.edges]
    edges = _Edges(
        reference=np.array([node.reference for node in nodes], dtype=str),
        exchange=np.array([node.exchange for node in nodes], dtype=str),
        added=np.array([node.scenario is Scenario.SYMBIOSIS for node in nodes], dtype=bool),
        active=kernel.amounts != 0,
        climate=np.abs(kernel.scores[:, kernel.indicators.index("climate_change")]),
        kernel=kernel,
    )
    levels: dict[tuple[str, str, str | None], Coverage] = {}
    gaps: list[Gap] = []
    for reference in inventory.references:
        here = edges.reference == reference
        for exchange in (None, *inventory.exchanges):
            part = here if exchange is None else here & (edges.exchange == exchange)
            for column, indicator in enumerate(indicators):
                levels[(reference, indicator.id, exchange)] = _level(edges, part, column, non_negative=indicator.non_negative)
        gaps += _gaps(inventory, edges, here)
    return levels, gaps


def _level(edges: _Edges, part: Flags, column: int, *, non_negative: bool) -> Coverage:
    used = part & edges.active
    gaps = used & edges.kernel.gaps[:, column]
    if not gaps.any():
        return Coverage.FULL
    known = edges.kernel.scores[used, column].any()
    if np.array_equal(gaps, used) and not known:
        return Coverage.NONE
    # The proxy says nothing where climate change itself is not covered, or where there is none of it.
    unknown = (gaps & edges.kernel.gaps[:, edges.kernel.indicators.index("climate_change")]).any()
    missing, total = float(edges.kernel.uncovered[gaps, column].sum()), float(edges.climate[part].sum())
    if not unknown and total > 0 and missing <= CUTOFF * total:
        return Coverage.FULL_WITH_CUTOFF
    if non_negative and not (gaps & edges.added).any():
        return Coverage.AT_LEAST
    if non_negative and (gaps & edges.added).any() and not (gaps & ~edges.added).any():
        return Coverage.AT_MOST
    # Gaps on both sides and no known number between them: a zero would be a guess.
    return Coverage.PARTIAL if known else Coverage.NONE


def _gaps(inventory: Inventory, edges: _Edges, here: Flags) -> Iterator[Gap]:
    total = float(edges.climate[here].sum())
    found: dict[tuple[str, str, Scenario, str], float] = {}
    for row in np.flatnonzero(here & edges.active):
        edge = inventory.edges[row]
        node = inventory.nodes[edge.node]
        for column in np.flatnonzero(edges.kernel.gaps[row]):
            key = (node.reference, edges.kernel.indicators[column], node.scenario, edge.target)
            found[key] = found.get(key, 0.0) + float(edges.kernel.uncovered[row, column])
    for (reference, indicator, scenario, target), value in found.items():
        yield Gap(reference, indicator, scenario, target, value / total if total else 0.0)
