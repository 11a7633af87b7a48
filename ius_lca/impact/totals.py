"""Sums of the contributions: over whatever reference, scenario, exchange and term are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ius_lca.impact.kernel import Contributions, Yearly
from ius_lca.impact.unit_scores import Floats
from ius_lca.inventory.graph import Inventory, Scenario, Term


@dataclass(frozen=True, slots=True)
class Totals:
    """Contributions summed once: signed and absolute, by reference, scenario, exchange, term and indicator.

    sums, sizes: [reference, scenario, exchange, term, indicator], in the indicator's unit a year.
    """

    references: tuple[str, ...]
    exchanges: tuple[str, ...]
    indicators: tuple[str, ...]
    sums: Floats
    sizes: Floats

    def burden(self, indicator: str, reference: str, scenario: Scenario) -> float:
        """What a scenario causes in a year."""
        return float(self._of(self.sums, indicator, reference)[_SCENARIOS.index(scenario)].sum())

    def benefit(self, indicator: str, reference: str, exchange: str | None = None, term: Term | None = None) -> float:
        """Reference minus symbiosis, of one exchange or term or of all: positive is better."""
        both = self._of(self.sums, indicator, reference)
        both = both if exchange is None else both[:, [self.exchanges.index(exchange)]]
        both = both if term is None else both[:, :, [_TERMS.index(term)]]
        return float(both[_SCENARIOS.index(Scenario.REFERENCE)].sum() - both[_SCENARIOS.index(Scenario.SYMBIOSIS)].sum())

    def size(self, indicator: str, reference: str, scenario: Scenario) -> float:
        """Sum of the absolute contributions of a scenario."""
        return float(self._of(self.sizes, indicator, reference)[_SCENARIOS.index(scenario)].sum())

    def _of(self, array: Floats, indicator: str, reference: str) -> Floats:
        """One indicator under one reference [scenario, exchange, term]."""
        result: Floats = array[self.references.index(reference), ..., self.indicators.index(indicator)]
        return result


_SCENARIOS, _TERMS = tuple(Scenario), tuple(Term)


def totals(inventory: Inventory, scored: Contributions) -> Totals:
    """Sum the contributions of all edges in one year."""
    sums, sizes = (_summed(inventory, one[None])[0] for one in (scored.scores, np.abs(scored.scores)))
    return Totals(inventory.references, inventory.exchanges, scored.indicators, sums, sizes)


def totals_by_year(inventory: Inventory, scored: Yearly) -> dict[int, Totals]:
    """Sum the contributions of all edges in each year."""
    sums, sizes = _summed(inventory, scored.scores), _summed(inventory, np.abs(scored.scores))
    names = (inventory.references, inventory.exchanges, scored.indicators)
    return {year: Totals(*names, sums[index], sizes[index]) for index, year in enumerate(scored.years)}


def total_over(years: Iterable[int], by_year: Mapping[int, Totals]) -> Totals:
    """Sums over years, which are never discounted."""
    chosen = [by_year[year] for year in years]
    sums, sizes = (np.sum(parts, axis=0) for parts in ([one.sums for one in chosen], [one.sizes for one in chosen]))
    return replace(chosen[0], sums=sums, sizes=sizes)


def _summed(inventory: Inventory, scores: Floats) -> Floats:
    """Scores of edges [years, e, k] by reference, scenario, exchange and term [years, reference, ..., k]."""
    shape = (len(inventory.references), len(_SCENARIOS), len(inventory.exchanges), len(_TERMS))
    nodes = [inventory.nodes[edge.node] for edge in inventory.edges]
    places = tuple(
        np.array(one, dtype=int)
        for one in (
            [inventory.references.index(node.reference) for node in nodes],
            [_SCENARIOS.index(node.scenario) for node in nodes],
            [inventory.exchanges.index(node.exchange) for node in nodes],
            [_TERMS.index(edge.term) for edge in inventory.edges],
        )
    )
    sums = np.zeros((*shape, len(scores), scores.shape[-1]))
    np.add.at(sums, places, scores.swapaxes(0, 1))
    return np.moveaxis(sums, -2, 0)
