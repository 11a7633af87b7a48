"""The second way to every number: foreground and background together through `bw2calc`, held against the kernel."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from ius_lca.errors import VerificationError
from ius_lca.impact.background import Background, Entry, compile_background
from ius_lca.impact.brightway import score_whole
from ius_lca.impact.methods import Indicator
from ius_lca.impact.totals import Totals
from ius_lca.impact.unit_scores import LANDFILLED
from ius_lca.inventory.graph import Inventory, ProcessNode, Scenario, Term
from ius_lca.library.record import Library

#: Largest accepted relative difference between the two ways.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the kernel and Brightway are apart.

    max_relative_difference, terms_difference: |a - b| / max(|a|, |b|, sum |contributions|).
    """

    engine: str
    max_relative_difference: float
    terms_difference: float


def verify(
    inventories: Mapping[int, Inventory], library: Library, indicators: tuple[Indicator, ...], kernel: Mapping[int, Totals]
) -> Verification:
    """Score every scenario whole and compare.

    inventories: of single years, in plain numbers.  kernel: the totals of these years.

    Raises VerificationError unless every score is finite and agrees within 1e-9.
    """
    from importlib.metadata import version

    background = compile_background(library)
    found = [_differences(inventory, library, background, indicators, kernel[year]) for year, inventory in inventories.items()]
    difference, terms = (max(values) for values in zip(*found, strict=True))
    if max(difference, terms) > TOLERANCE:
        raise VerificationError(
            f"the kernel and Brightway differ by {max(difference, terms):.1e}, more than {TOLERANCE:.0e}; please report this."
        )
    return Verification(f"bw2calc {version('bw2calc')}", difference, terms)


def _differences(
    inventory: Inventory, library: Library, background: Background, indicators: tuple[Indicator, ...], kernel: Totals
) -> tuple[float, float]:
    """The largest differences of one year: of scenarios, and of the six terms from the difference of the scenarios."""
    demands = {(reference, scenario): f"{reference} {scenario}" for reference in inventory.references for scenario in Scenario}
    whole = score_whole(
        background,
        _foreground(inventory, library, background, demands),
        {one.id: one.factors for one in indicators},
        list(demands.values()),
    )
    if not np.isfinite(kernel.sums).all() or not all(math.isfinite(score.value) for score in whole.values()):
        raise VerificationError("a score is not finite; please report this with the case.")
    difference = terms = 0.0
    for one, reference in product(indicators, inventory.references):
        scores = {scenario: whole[(demands[(reference, scenario)], one.id)] for scenario in Scenario}
        sizes = {scenario: kernel.size(one.id, reference, scenario) for scenario in Scenario}
        for scenario, score in scores.items():
            own = kernel.burden(one.id, reference, scenario)
            difference = max(difference, relative(own, score.value, sizes[scenario], score.resolution))
        benefit = scores[Scenario.REFERENCE].value - scores[Scenario.SYMBIOSIS].value
        of_terms = sum(kernel.benefit(one.id, reference, term=term) for term in Term)
        rounding = sum(score.resolution for score in scores.values())
        terms = max(terms, relative(of_terms, benefit, sum(sizes.values()), rounding))
    return difference, terms


def relative(a: float, b: float, contributions: float, rounding: float = 0.0) -> float:
    """|a - b| / max(|a|, |b|, sum |contributions|), and 0 where all are 0.

    rounding: how far rounding alone can move a score of the whole system. A difference that is no larger, in an indicator
    that all but vanishes beside the system that was solved, is a zero seen twice: it counts as none.

    >>> relative(1.0, 1.5, 2.0)
    0.25
    >>> relative(2e-15, -1e-15, 0.0, rounding=1e-12)
    0.0
    """
    size = max(abs(a), abs(b), contributions)
    difference = abs(a - b) / size if size else 0.0
    return 0.0 if difference > TOLERANCE and abs(a - b) <= rounding else difference


def _foreground(
    inventory: Inventory, library: Library, background: Background, demands: dict[tuple[str, Scenario], str]
) -> Background:
    """Scenarios, nodes and processes as unit processes, one of each scenario being a year of it."""
    nodes = [f"node {index}" for index in range(len(inventory.nodes))]
    links = [
        Entry(name, demands[(node.reference, node.scenario)], float(node.activity))
        for name, node in zip(nodes, inventory.nodes, strict=True)
    ]
    links += [Entry(edge.target, nodes[edge.node], float(edge.amount)) for edge in inventory.edges]
    links += [Entry(target, process.id, float(amount)) for process in inventory.processes for target, amount in process.inputs]
    flows = [Entry(flow, process.id, float(amount)) for process in inventory.processes for flow, amount in process.emissions]
    flows += [Entry("virgin_material", nodes[edge.node], float(edge.virgin_kg)) for edge in inventory.edges if edge.virgin_kg]
    treatments = {name for name in background.ids if library.records[name].is_treatment}
    links += [Entry(_treating(edge.target), nodes[edge.node], float(edge.amount)) for edge in inventory.edges if edge.treats]
    links += _treating_links(inventory, background, treatments)
    flows += _treating_flows(inventory, background, treatments)
    processes = [process.id for process in inventory.processes]
    ids = (*demands.values(), *nodes, *processes, *map(_treating, (*background.ids, *processes)))
    return Background(ids, (1.0,) * len(ids), tuple(links), tuple(flows), tuple({entry.row for entry in flows}))


def _treating(target: str) -> str:
    """The shadow of a target that carries nothing but the waste of the case's streams along its chain of treatments.

    So that Brightway finds the direct landfill by itself, and not from the kernel's number.
    """
    return f"treating by {target}"


def _treating_processes(inventory: Inventory) -> list[ProcessNode]:
    """Those whose landfilled waste can be the case's."""
    return [process for process in inventory.processes if process.treats]


def _treating_links(inventory: Inventory, background: Background, treatments: set[str]) -> Iterator[Entry]:
    for entry in background.technosphere:
        if {entry.row, entry.column} <= treatments:
            yield Entry(_treating(entry.row), _treating(entry.column), entry.amount)
    for process in _treating_processes(inventory):
        for target, amount in process.inputs:
            yield Entry(_treating(target), _treating(process.id), float(amount))


def _treating_flows(inventory: Inventory, background: Background, treatments: set[str]) -> Iterator[Entry]:
    for entry in background.biosphere:
        if entry.row == LANDFILLED and entry.column in treatments:
            yield Entry("landfill_direct", _treating(entry.column), entry.amount)
    for process in _treating_processes(inventory):
        for flow, amount in process.emissions:
            if flow == LANDFILLED:
                yield Entry("landfill_direct", _treating(process.id), float(amount))
