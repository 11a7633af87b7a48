"""The second way to every number: foreground and background together through `bw2calc`, held against the kernel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from ius_lca.errors import VerificationError
from ius_lca.impact.background import Background, Entry, compile_background
from ius_lca.impact.brightway import score_whole
from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
from ius_lca.inventory.graph import Inventory, Scenario, Term
from ius_lca.library.record import Library

#: Largest accepted relative difference between the two ways.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the kernel and Brightway are apart.

    scores: by (reference, scenario, indicator), from Brightway.
    max_relative_difference, terms_difference: |a - b| / max(|a|, |b|, sum |contributions|).
    """

    engine: str
    scores: dict[tuple[str, Scenario, str], float]
    max_relative_difference: float
    terms_difference: float


def verify(inventory: Inventory, library: Library, indicators: tuple[Indicator, ...], kernel: Contributions) -> Verification:
    """Score every scenario whole and compare.

    Raises VerificationError unless every score is finite and agrees within 1e-9.
    """
    from importlib.metadata import version

    sides = [(inventory.nodes[edge.node].reference, inventory.nodes[edge.node].scenario) for edge in inventory.edges]
    references = list(dict.fromkeys(node.reference for node in inventory.nodes))
    demands = {(reference, scenario): f"{reference} {scenario}" for reference in references for scenario in Scenario}
    whole = score_whole(
        compile_background(library),
        _foreground(inventory, kernel, demands),
        {one.id: one.factors for one in indicators},
        list(demands.values()),
    )
    scores: dict[tuple[str, Scenario, str], float] = {}
    difference = terms = 0.0
    for (column, one), reference in product(enumerate(indicators), references):
        benefit = benefit_of_terms = size = rounding = 0.0
        for scenario, sign in ((Scenario.REFERENCE, 1.0), (Scenario.SYMBIOSIS, -1.0)):
            parts = kernel.scores[[side == (reference, scenario) for side in sides], column]
            score = whole[(demands[(reference, scenario)], one.id)]
            if not math.isfinite(score.value) or not np.isfinite(parts).all():
                raise VerificationError(f"the score of {one.id} under '{reference}' is not finite; please report this.")
            scores[(reference, scenario, one.id)] = score.value
            difference = max(difference, relative(float(parts.sum()), score.value, float(np.abs(parts).sum()), score.resolution))
            size, rounding = size + float(np.abs(parts).sum()), rounding + score.resolution
            benefit += sign * score.value
        for term in Term:
            benefit_of_terms += _term(inventory, kernel, column, reference, term)
        terms = max(terms, relative(benefit_of_terms, benefit, size, rounding))
    if max(difference, terms) > TOLERANCE:
        raise VerificationError(
            f"the kernel and Brightway differ by {max(difference, terms):.1e}, more than {TOLERANCE:.0e}; please report this."
        )
    return Verification(f"bw2calc {version('bw2calc')}", scores, difference, terms)


def _term(inventory: Inventory, kernel: Contributions, column: int, reference: str, term: Term) -> float:
    """One term of the benefit, from the edges that carry it."""
    total = 0.0
    for edge, value in zip(inventory.edges, kernel.scores[:, column], strict=True):
        node = inventory.nodes[edge.node]
        if node.reference == reference and edge.term is term:
            total += float(value) if node.scenario is Scenario.REFERENCE else -float(value)
    return total


def relative(a: float, b: float, contributions: float, rounding: float = 0.0) -> float:
    """|a - b| / max(|a|, |b|, sum |contributions|); 0 where they differ by no more than rounding.

    rounding: what solving a whole system leaves of an amount that is zero, either way.

    >>> relative(1.0, 1.5, 2.0)
    0.25
    >>> relative(2e-15, -1e-15, 0.0, rounding=1e-12)
    0.0
    """
    return abs(a - b) / max(abs(a), abs(b), contributions) if abs(a - b) > rounding else 0.0


def _foreground(inventory: Inventory, kernel: Contributions, demands: dict[tuple[str, Scenario], str]) -> Background:
    """Scenarios, nodes and processes as unit processes, one of each scenario being a year of it."""
    nodes = [f"node {index}" for index in range(len(inventory.nodes))]
    links = [
        Entry(name, demands[(node.reference, node.scenario)], node.activity)
        for name, node in zip(nodes, inventory.nodes, strict=True)
    ]
    links += [Entry(edge.target, nodes[edge.node], edge.amount) for edge in inventory.edges]
    links += [Entry(target, process.id, amount) for process in inventory.processes for target, amount in process.inputs]
    flows = [Entry(flow, process.id, amount) for process in inventory.processes for flow, amount in process.emissions]
    for index, edge in enumerate(inventory.edges):
        activity = inventory.nodes[edge.node].activity
        if activity:
            flows.append(Entry("landfill_direct", nodes[edge.node], float(kernel.treated_kg[index]) / activity))
            flows.append(Entry("virgin_material", nodes[edge.node], edge.virgin_kg))
    ids = (*demands.values(), *nodes, *(process.id for process in inventory.processes))
    return Background(ids, (1.0,) * len(ids), tuple(links), tuple(flows), tuple({entry.row for entry in flows}))
