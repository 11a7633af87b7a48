"""How complete a result is: not covered is not zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
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


def coverage(
    inventory: Inventory, kernel: Contributions, indicators: tuple[Indicator, ...]
) -> tuple[dict[tuple[str, str, str | None], Coverage], list[Gap]]:
    """Coverage by (reference, indicator, exchange), with exchange None for the network; and every gap.

    A side is cut off if what it leaves uncovered is at most 1 % of the sum of absolute climate terms (a proxy for the
    indicator's own terms, which are not known where they are not covered).
    """
    levels: dict[tuple[str, str, str | None], Coverage] = {}
    gaps: list[Gap] = []
    nodes = [inventory.nodes[edge.node] for edge in inventory.edges]
    references = list(dict.fromkeys(node.reference for node in inventory.nodes))
    exchanges = list(dict.fromkeys(node.exchange for node in inventory.nodes))
    reference_of = np.array([node.reference for node in nodes])
    exchange_of = np.array([node.exchange for node in nodes])
    added = np.array([node.scenario is Scenario.SYMBIOSIS for node in nodes], dtype=bool)
    climate = np.abs(kernel.scores[:, kernel.indicators.index("climate_change")])
    for reference in references:
        here = reference_of == reference
        for exchange in (None, *exchanges):
            part = here if exchange is None else here & (exchange_of == exchange)
            for column, indicator in enumerate(indicators):
                levels[(reference, indicator.id, exchange)] = _level(kernel, indicator, column, part, added, climate)
        gaps += _gaps(inventory, kernel, indicators, here, reference, climate)
    return levels, gaps


def _level(
    kernel: Contributions,
    indicator: Indicator,
    column: int,
    part: NDArray[np.bool_],
    added: NDArray[np.bool_],
    climate: NDArray[np.float64],
) -> Coverage:
    gaps = part & kernel.gaps[:, column] & (kernel.amounts != 0)
    if not gaps.any():
        return Coverage.FULL
    total = float(climate[part].sum())
    if gaps[part & (kernel.amounts != 0)].all() and not kernel.scores[part, column].any():
        return Coverage.NONE
    missing = kernel.uncovered[:, column]
    avoided_share = float(missing[gaps & ~added].sum()) / total if total else 1.0
    added_share = float(missing[gaps & added].sum()) / total if total else 1.0
    if avoided_share + added_share <= CUTOFF:
        return Coverage.FULL_WITH_CUTOFF
    if indicator.non_negative and not (gaps & added).any():
        return Coverage.AT_LEAST
    if indicator.non_negative and not (gaps & ~added).any():
        return Coverage.AT_MOST
    return Coverage.PARTIAL


def _gaps(
    inventory: Inventory,
    kernel: Contributions,
    indicators: tuple[Indicator, ...],
    here: NDArray[np.bool_],
    reference: str,
    climate: NDArray[np.float64],
) -> list[Gap]:
    total = float(climate[here].sum())
    found: dict[tuple[str, Scenario, str], float] = {}
    for row in np.flatnonzero(here & (kernel.amounts != 0)):
        edge = inventory.edges[row]
        scenario = inventory.nodes[edge.node].scenario
        for column in np.flatnonzero(kernel.gaps[row]):
            key = (indicators[column].id, scenario, edge.target)
            found[key] = found.get(key, 0.0) + float(kernel.uncovered[row, column])
    return [
        Gap(reference, indicator, scenario, target, value / total if total else 0.0)
        for (indicator, scenario, target), value in found.items()
    ]
