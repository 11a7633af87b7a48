"""The inventory of a case: what every scenario takes from the background, each amount with its exchange, actor and term.

Amounts are arrays over the years of the inventory where they change with them, and plain numbers where they do not.

One sign rule, here and nowhere else: an edge is something a scenario *takes*, its amount is never negative, and burdens
count positive. What the symbiosis avoids stands in the reference, what a co-product avoids stands in the other scenario.
So `benefit = reference - symbiosis` for burdens (and symbiosis - reference for money): positive is better, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ius_lca.quantity import Evidence
from ius_lca.units import Value


class Scenario(StrEnum):
    """The two sides of every comparison."""

    REFERENCE = "reference"
    SYMBIOSIS = "symbiosis"


class Term(StrEnum):
    """The six parts of a benefit (Eckelman & Chertow 2013, extended)."""

    AVOIDED_PRODUCTION = "avoided_production"
    AVOIDED_DISPOSAL = "avoided_disposal"
    PROCESSING = "processing"
    TRANSPORT = "transport"
    RESIDUE = "residue"
    EQUIPMENT_BACKUP = "equipment_backup"


@dataclass(frozen=True, slots=True)
class Node:
    """A foreground activity: one exchange in one scenario under one reference.

    activity: how much of it runs in a year: the quantity handed over [unit/year], or 1 for what does not scale with it.
    """

    reference: str
    scenario: Scenario
    exchange: str
    activity: Value
    unit: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What a node takes from a factor or process.

    node: index into `Inventory.nodes`.  target: id of the factor or process.  amount: per unit of the node, in the
    target's unit.  treats: whether it treats the stream itself, so that what it puts in a landfill counts as direct.
    virgin_kg: virgin material that it is, per unit of the node [kg].
    """

    node: int
    actor: str
    term: Term
    target: str
    unit: str
    amount: Value
    evidence: Evidence
    label: str
    treats: bool = False
    virgin_kg: Value = 0.0


@dataclass(frozen=True, slots=True)
class ProcessNode:
    """A unit process that is solved with the case, per unit of its product: its own, or a record that it brought along.

    inputs: (target, amount in the target's unit).  emissions: (flow, amount in the flow's unit).
    treats: whether waste that it puts in a landfill can be the case's, so that it counts as direct.
    """

    id: str
    unit: str
    inputs: tuple[tuple[str, Value], ...]
    emissions: tuple[tuple[str, Value], ...]
    covers: tuple[str, ...]
    treats: bool = True


@dataclass(frozen=True, slots=True)
class Inventory:
    """Both scenarios under every reference; references and exchanges as the case orders them.

    years: those that arrays are over.
    The function vector is the same in both: the quantity handled, and y*S*Q*D*q of the displaced product delivered.
    """

    years: tuple[int, ...]
    references: tuple[str, ...]
    exchanges: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    processes: tuple[ProcessNode, ...]

    def at(self, year: int) -> Inventory:
        """The inventory of one of its years, in plain numbers."""
        here = self.years.index(year)

        def one(value: Value) -> float:
            return float(value if isinstance(value, int | float) else value[here])

        def each(lines: tuple[tuple[str, Value], ...]) -> tuple[tuple[str, Value], ...]:
            return tuple((name, one(amount)) for name, amount in lines)

        return replace(
            self,
            years=(year,),
            nodes=tuple(replace(node, activity=one(node.activity)) for node in self.nodes),
            edges=tuple(replace(edge, amount=one(edge.amount), virgin_kg=one(edge.virgin_kg)) for edge in self.edges),
            processes=tuple(
                replace(process, inputs=each(process.inputs), emissions=each(process.emissions)) for process in self.processes
            ),
        )


def edges_of(inventory: Inventory) -> dict[tuple[str, str], list[int]]:
    """Positions of the edges by (reference, exchange)."""
    found: dict[tuple[str, str], list[int]] = {}
    for position, edge in enumerate(inventory.edges):
        node = inventory.nodes[edge.node]
        found.setdefault((node.reference, node.exchange), []).append(position)
    return found
