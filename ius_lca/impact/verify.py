"""The second way to every number: foreground and background together through `bw2calc`, held against the kernel."""

from __future__ import annotations

import math
from dataclasses import dataclass

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

    references = list(dict.fromkeys(node.reference for node in inventory.nodes))
    demands = {(reference, scenario): f"{reference} {scenario}" for reference in references for scenario in Scenario}
    whole = score_whole(
        compile_background(library),
        _foreground(inventory, kernel, demands),
        {one.id: one.factors for one in indicators},
        list(demands.values()),
    )
    scores = {(*key, one.id): whole[(name, one.id)] for key, name in demands.items() for one in indicators}
    if not all(map(math.isfinite, scores.values())) or not np.isfinite(kernel.scores).all():
        raise VerificationError("a score is not finite; please report this with the case.")
    difference = terms = 0.0
    side = [(inventory.nodes[edge.node].reference, inventory.nodes[edge.node].scenario) for edge in inventory.edges]
    for column, one in enumerate(indicators):
        values = kernel.scores[:, column]
        for reference in references:
            benefit_of_terms = 0.0
            size = 0.0
            for scenario in Scenario:
                chosen = values[[place == (reference, scenario) for place in side]]
                total, here = float(chosen.sum()), float(np.abs(chosen).sum())
                difference = max(difference, relative(total, scores[(reference, scenario, one.id)], here))
                size += here
            for term in Term:
                sign = {Scenario.REFERENCE: 1.0, Scenario.SYMBIOSIS: -1.0}
                benefit_of_terms += sum(
                    sign[place[1]] * value
                    for place, value, edge in zip(side, values, inventory.edges, strict=True)
                    if place[0] == reference and edge.term is term
                )
            benefit = scores[(reference, Scenario.REFERENCE, one.id)] - scores[(reference, Scenario.SYMBIOSIS, one.id)]
            terms = max(terms, relative(benefit_of_terms, benefit, size))
    if max(difference, terms) > TOLERANCE:
        raise VerificationError(
            f"the kernel and Brightway differ by {max(difference, terms):.1e}, more than {TOLERANCE:.0e}; please report this."
        )
    return Verification(f"bw2calc {version('bw2calc')}", scores, float(difference), float(terms))


def relative(a: float, b: float, contributions: float) -> float:
    """|a - b| / max(|a|, |b|, sum |contributions|), and 0 where all are 0.

    >>> relative(1.0, 1.5, 2.0)
    0.25
    """
    size = max(abs(a), abs(b), contributions)
    return abs(a - b) / size if size else 0.0


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
