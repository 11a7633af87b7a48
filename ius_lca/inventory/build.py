"""From a checked case to its inventory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema import UNUSED, Case, Exchange, Use
from ius_lca.inventory.graph import Edge, Inventory, Node, ProcessNode, Scenario, Term
from ius_lca.library.record import COVERABLE, Library
from ius_lca.quantity import Evidence, Stated, worst

REFERENCE, SYMBIOSIS = Scenario

#: What an edge hangs on: (scenario, whether it scales with the quantity).
Side = tuple[Scenario, bool]


def build_inventory(case: Case, library: Library) -> Inventory:
    """The reference and the symbiosis under every reference.

    The case must have passed `check_case` without error.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    for reference in case.references:
        for key, exchange in case.exchanges.items():
            builder = _ExchangeBuilder(case, library, exchange, reference)
            index: dict[Side, int] = {}
            for side, edge in builder.edges():
                if side not in index:
                    index[side] = len(nodes)
                    scenario, scales = side
                    activity, unit = (exchange.quantity.value, builder.base) if scales else (1.0, "year")
                    nodes.append(Node(reference, scenario, key, activity, unit))
                edges.append(replace(edge, node=index[side]))
    return Inventory(tuple(nodes), tuple(edges), tuple(_processes(case, library)))


def _processes(case: Case, library: Library) -> Iterator[ProcessNode]:
    for key, process in case.processes.items():
        inputs = tuple(
            (use.target, amounts.use_amount(use, amounts.target_unit(use, case, library), process.unit)) for use in process.inputs
        )
        emissions = tuple(
            (emission.flow, amounts.per_unit(emission.amount, library.flows[emission.flow].unit, process.unit))
            for emission in process.emissions
        )
        stated = process.covers
        covers = stated if stated is not None else ("climate_change",) if emissions else COVERABLE
        yield ProcessNode(key, process.unit, inputs, emissions, covers)


def _process_evidence(case: Case, key: str, seen: frozenset[str] = frozenset()) -> Evidence:
    """The weakest evidence anywhere upstream among the case's own processes."""
    process = case.processes[key]
    own = [use.amount.evidence for use in process.inputs] + [emission.amount.evidence for emission in process.emissions]
    upstream = [
        _process_evidence(case, use.process, seen | {key})
        for use in process.inputs
        if use.process is not None and use.process not in seen | {key}
    ]
    return worst(own + upstream)


@dataclass(frozen=True)
class _ExchangeBuilder:
    """The edges of one exchange under one reference; each comes with the side it hangs on."""

    case: Case
    library: Library
    exchange: Exchange
    reference: str

    @cached_property
    def base(self) -> str:
        return amounts.base_unit(self.exchange)

    def edges(self) -> Iterator[tuple[Side, Edge]]:
        yield from self._supply()
        yield from self._disposal()
        yield from self._needs()
        yield from self._transport()
        yield from self._residue()
        yield from self._equipment()

    def _supply(self) -> Iterator[tuple[Side, Edge]]:
        supply = self.exchange.supply
        if supply is None:
            return
        stated = [self.exchange.quantity, self.exchange.usable, supply.substitution, supply.quality, supply.displacement]
        for use in supply.under(self.reference):
            target = amounts.target_unit(use, self.case, self.library)
            amount = amounts.supplied(self.exchange, supply, target, self.base) * amounts.plain(use.share)
            edge = self._edge(use, self.exchange.to, Term.AVOIDED_PRODUCTION, amount, [*stated, use.share])
            yield (REFERENCE, True), replace(edge, virgin_kg=amount * _virgin_kg(use.target, self.case, self.library))
            yield from self._made_up(use, edge, SYMBIOSIS)

    def _disposal(self) -> Iterator[tuple[Side, Edge]]:
        if self.exchange.disposal is None:
            return
        for use in self.exchange.disposal.under(self.reference):
            yield from self._used(use, self.exchange.from_, Term.AVOIDED_DISPOSAL, REFERENCE)

    def _needs(self) -> Iterator[tuple[Side, Edge]]:
        for need in self.exchange.needs:
            yield from self._used(need, need.by, Term.PROCESSING, SYMBIOSIS)

    def _transport(self) -> Iterator[tuple[Side, Edge]]:
        for leg in self.exchange.transport:
            unit = self.library.records[leg.factor].reference.unit
            stated = [self.exchange.quantity, leg.distance, *([leg.wet_mass] if leg.wet_mass else [])]
            amount = amounts.moved(leg, self.base, unit)
            evidence = worst([one.evidence for one in stated])
            label = leg.why or self.library.records[leg.factor].name
            yield (SYMBIOSIS, True), Edge(0, leg.by, Term.TRANSPORT, leg.factor, unit, amount, evidence, label)

    def _residue(self) -> Iterator[tuple[Side, Edge]]:
        residue = self.exchange.residue
        rejected = 1 - amounts.plain(self.exchange.usable)
        if residue is None or rejected == 0:
            return
        by = residue.by or self.exchange.to
        for side, edge in self._used(residue, by, Term.RESIDUE, SYMBIOSIS, [self.exchange.usable]):
            yield side, replace(edge, amount=edge.amount * rejected)

    def _equipment(self) -> Iterator[tuple[Side, Edge]]:
        for item in self.exchange.equipment:
            unit = amounts.target_unit(item, self.case, self.library)
            amount = item.amount.to(unit) * amounts.plain(item.share) / item.life.to("year")
            stated = [item.amount, item.share, item.life]
            yield (SYMBIOSIS, False), self._edge(item, item.by, Term.EQUIPMENT_BACKUP, amount, stated)
        for backup in self.exchange.backup:
            unit = amounts.target_unit(backup, self.case, self.library)
            amount = backup.amount.to(units.per(unit, "year")) * amounts.plain(backup.share)
            yield (SYMBIOSIS, False), self._edge(backup, backup.by, Term.EQUIPMENT_BACKUP, amount, [backup.amount, backup.share])

    def _used(
        self, use: Use, actor: str, term: Term, scenario: Scenario, more: list[Stated] | None = None
    ) -> Iterator[tuple[Side, Edge]]:
        """A use that scales with the quantity, and what makes up its co-products in the other scenario."""
        target = amounts.target_unit(use, self.case, self.library)
        amount = amounts.use_amount(use, target, self.base)
        stated = [self.exchange.quantity, use.share, *([use.amount] if use.amount else []), *(more or [])]
        edge = self._edge(use, actor, term, amount, stated)
        yield (scenario, True), edge
        yield from self._made_up(use, edge, SYMBIOSIS if scenario is REFERENCE else REFERENCE)

    def _made_up(self, use: Use, edge: Edge, scenario: Scenario) -> Iterator[tuple[Side, Edge]]:
        for product, supplier in use.makes_up.items():
            if supplier in self.case.exchanges or supplier == UNUSED:
                continue  # counted in the exchange that hands it on, or nowhere
            per_target, unit = self.library.records[use.target].coproduct(product)
            own = amounts.unit_of(supplier, self.case, self.library)
            amount = edge.amount * units.convert(per_target, unit, own)
            label = f"{_name(supplier, self.case, self.library)}, in place of the {product}"
            evidence = edge.evidence
            if supplier in self.case.processes:
                evidence = worst([evidence, _process_evidence(self.case, supplier)])
            yield (
                (scenario, True),
                replace(edge, target=supplier, unit=own, amount=amount, label=label, evidence=evidence, virgin_kg=0.0),
            )

    def _edge(self, use: Use, actor: str, term: Term, amount: float, stated: list[Stated]) -> Edge:
        evidence = worst([one.evidence for one in stated])
        if use.process is not None:
            evidence = worst([evidence, _process_evidence(self.case, use.process)])
        unit = amounts.target_unit(use, self.case, self.library)
        label = use.why or _name(use.target, self.case, self.library)
        return Edge(0, actor, term, use.target, unit, amount, evidence, label)


def _name(target: str, case: Case, library: Library) -> str:
    return case.processes[target].product if target in case.processes else library.records[target].name


def _virgin_kg(target: str, case: Case, library: Library, seen: frozenset[str] = frozenset()) -> float:
    """Mass of material products in one unit of a factor, or among the inputs of a process [kg/unit]."""
    if target in library.records:
        record = library.records[target]
        material = record.category.startswith("materials/") and units.same_dimension(record.reference.unit, "kg")
        return units.factor_between(record.reference.unit, "kg") if material else 0.0
    process = case.processes[target]
    return sum(
        amounts.use_amount(use, amounts.target_unit(use, case, library), process.unit)
        * _virgin_kg(use.target, case, library, seen | {target})
        for use in process.inputs
        if use.target not in seen | {target}
    )
