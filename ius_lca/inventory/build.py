"""From a checked case to its inventory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.allocation import basis, main_share
from ius_lca.case.cascade import Cascade, evidence_of_quantities
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange, Use
from ius_lca.case.schema.target import UNUSED, Target
from ius_lca.inventory.graph import Edge, Inventory, Node, ProcessNode, Scenario, Term
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import COVERABLE, Library
from ius_lca.quantity import Evidence, Reading, Stated, in_years, worst
from ius_lca.units import Value

REFERENCE, SYMBIOSIS = Scenario

#: What an edge hangs on: (scenario, whether it scales with the quantity).
Side = tuple[Scenario, bool]


def build_inventory(case: Case, library: Library, system: Cascade) -> Inventory:
    """The reference and the symbiosis under every reference, in the years of the cascade.

    system: how much every exchange hands over.
    The case must have passed `check_case` without error, and the library be that of the case (`localised`).
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    evidence = _evidence_of_own(case)
    read = in_years(system.years)
    quantities, runs = system.quantities, system.runs
    of_quantities = evidence_of_quantities(case, library)
    for reference in case.references:
        for column, (key, exchange) in enumerate(case.exchanges.items()):
            builder = _ExchangeBuilder(case, library, exchange, reference, evidence, of_quantities[key], read)
            index: dict[Side, int] = {}
            for side, edge in builder.edges():
                if side not in index:
                    index[side] = len(nodes)
                    scenario, scales = side
                    activity: Value = quantities[:, column] if scales else runs[:, column].astype(float)
                    nodes.append(Node(reference, scenario, key, activity, builder.base if scales else "year"))
                edges.append(replace(edge, node=index[side]))
    processes = tuple(_processes(case, library, read))
    return Inventory(system.years, tuple(case.references), tuple(case.exchanges), tuple(nodes), tuple(edges), processes)


def _processes(case: Case, library: Library, read: Reading) -> Iterator[ProcessNode]:
    for key, process in case.processes.items():
        share = main_share(process, case.currency)
        inputs = tuple(
            (
                library.id_of(use.target),
                share * amounts.use_amount(use, amounts.target_unit(use, case, library), process.unit, library, read=read),
            )
            for use in process.inputs
            if use.exchange is None  # what it takes of an exchange is more of that exchange, and counted there
        )
        emissions = tuple(
            (emission.flow, share * amounts.per_unit(emission.amount, library.flows[emission.flow].unit, process.unit, read))
            for emission in process.emissions
        )
        stated = process.covers
        covers = stated if stated is not None else ("climate_change",) if emissions else COVERABLE
        yield ProcessNode(key, process.unit, inputs, emissions, covers)
    for record in (library.records[key] for key in library.own):
        taken, released = (
            tuple((name, amount / record.reference.amount) for name, amount in part) for part in amounts_of(record, library)
        )
        covers = (*record.covers, *(() if record.is_treatment else ("landfill_direct",)))
        yield ProcessNode(record.id, record.reference.unit, taken, released, covers, record.is_treatment)


def _evidence_of_own(case: Case) -> dict[str, Evidence]:
    """By process and factor of the case, the weakest evidence of its numbers and of anything upstream among them."""
    known = {key: worst([stated.evidence for stated in factor.amounts()]) for key, factor in case.factors.items()}
    known |= {
        key: worst(
            [one.evidence for use in process.inputs for one in (use.amount, *use.with_.values())]
            + [emission.amount.evidence for emission in process.emissions]
            + [stated.evidence for stated in basis(process)]
        )
        for key, process in case.processes.items()
    }
    named = {key: [name for use in process.inputs for name in _named(use)] for key, process in case.processes.items()}
    while True:
        # Passed on along the links until nothing changes, so that loops and shared processes cost no more than others.
        spread = {key: worst([known[key], *(known[name] for name in named.get(key, ()) if name in known)]) for key in known}
        if spread == known:
            return known
        known = spread


def _named(use: Target) -> tuple[str, ...]:
    """Processes and factors that a use names, in itself and in place of inputs."""
    return (use.process or use.factor or "", *use.instead.values())


@dataclass(frozen=True)
class _ExchangeBuilder:
    """The edges of one exchange under one reference; each comes with the side it hangs on."""

    case: Case
    library: Library
    exchange: Exchange
    reference: str
    own_evidence: dict[str, Evidence]
    of_quantity: Evidence
    read: Reading

    @cached_property
    def base(self) -> str:
        return amounts.base_unit(self.exchange)

    def edges(self) -> Iterator[tuple[Side, Edge]]:
        yield from self._supply()
        yield from self._disposal()
        yield from self._previous_use()
        yield from self._needs()
        yield from self._donor_process()
        yield from self._transport()
        yield from self._residue()
        yield from self._equipment()

    def _supply(self) -> Iterator[tuple[Side, Edge]]:
        supply = self.exchange.supply
        if supply is None:
            return
        stated = [self.exchange.usable, self.exchange.loss, *supply.substitution.basis(), supply.quality, supply.displacement]
        for use in supply.under(self.reference):
            displaced = amounts.supplied(self.exchange, supply, use, self.case, self.library, read=self.read)
            amount = displaced * amounts.plain(use.share, self.read)
            edge = self._edge(use, self.exchange.to, Term.AVOIDED_PRODUCTION, amount, [*stated, use.share])
            yield (REFERENCE, True), replace(edge, virgin_kg=amount * _material_kg(use.target, self.case, self.library))
            yield from self._made_up(use, edge, SYMBIOSIS)

    def _disposal(self) -> Iterator[tuple[Side, Edge]]:
        if self.exchange.disposal is None:
            return
        for use in self.exchange.disposal.under(self.reference):
            yield from self._used(use, self.exchange.from_, Term.AVOIDED_DISPOSAL, REFERENCE)

    def _previous_use(self) -> Iterator[tuple[Side, Edge]]:
        """What takes the place of the stream where it was used before: netted in avoided disposal."""
        if self.exchange.previous_use is None:
            return
        for use in self.exchange.previous_use.under(self.reference):
            by = self.exchange.previous_use.by or self.exchange.from_
            yield from self._beside(use, by, Term.AVOIDED_DISPOSAL, SYMBIOSIS, "in place of the stream, for its previous user")

    def _donor_process(self) -> Iterator[tuple[Side, Edge]]:
        donor = self.exchange.donor_process
        if donor is None:
            return
        for scenario, taken, when in ((REFERENCE, donor.before, "before"), (SYMBIOSIS, donor.after, "after")):
            for target in taken:
                label = f"the donor's process {when} its change"
                yield from self._beside(target, self.exchange.from_, Term.PROCESSING, scenario, label)

    def _needs(self) -> Iterator[tuple[Side, Edge]]:
        for need in self.exchange.needs:
            if need.exchange is not None:
                continue  # more of that exchange, and counted there
            yield from self._used(need, need.by, Term.PROCESSING, SYMBIOSIS)

    def _transport(self) -> Iterator[tuple[Side, Edge]]:
        for leg in self.exchange.transport:
            unit = self.library.records[leg.factor].reference.unit
            stated = [leg.distance, *([leg.wet_mass] if leg.wet_mass else [])]
            amount = amounts.moved(leg, self.base, self.library, self.exchange.material, unit, read=self.read)
            evidence = self._worst(stated, leg.factor)
            record = self.library.records[leg.factor]
            yield (SYMBIOSIS, True), Edge(0, leg.by, Term.TRANSPORT, record.id, unit, amount, evidence, leg.why or record.name)

    def _residue(self) -> Iterator[tuple[Side, Edge]]:
        residue = self.exchange.residue
        rejected = 1 - amounts.plain(self.exchange.usable, self.read)
        if residue is None or not np.any(rejected):
            return
        by = residue.by or self.exchange.to
        for side, edge in self._used(residue, by, Term.RESIDUE, SYMBIOSIS, [self.exchange.usable]):
            yield side, replace(edge, amount=edge.amount * rejected)

    def _equipment(self) -> Iterator[tuple[Side, Edge]]:
        for item in self.exchange.equipment:
            unit = amounts.target_unit(item, self.case, self.library)
            amount = units.convert(self.read(item.amount), item.amount.unit, unit) / item.life.to("year")
            yield (SYMBIOSIS, False), self._edge(item, item.by, Term.EQUIPMENT_BACKUP, amount, [item.amount, item.life])
        for backup in self.exchange.backup:
            unit = amounts.target_unit(backup, self.case, self.library)
            amount = units.convert(self.read(backup.amount), backup.amount.unit, units.per(unit, "year"))
            yield (SYMBIOSIS, False), self._edge(backup, backup.by, Term.EQUIPMENT_BACKUP, amount, [backup.amount])

    def _used(
        self, use: Target, actor: str, term: Term, scenario: Scenario, more: list[Stated] | None = None
    ) -> Iterator[tuple[Side, Edge]]:
        """What the stream itself goes through, in proportion to it, and what makes up the co-products in the other scenario."""
        target = amounts.target_unit(use, self.case, self.library)
        amount = amounts.use_amount(use, target, self.base, self.library, self.exchange.material, read=self.read)
        stated = [*([use.amount] if use.amount else []), *(more or [])]
        stated += [use.share] if isinstance(use, Use) else []
        edge = self._edge(use, actor, term, amount, stated)
        yield (scenario, True), replace(edge, treats=True)
        yield from self._made_up(use, edge, SYMBIOSIS if scenario is REFERENCE else REFERENCE)

    def _beside(self, use: Target, actor: str, term: Term, scenario: Scenario, label: str) -> Iterator[tuple[Side, Edge]]:
        """What somebody takes in proportion to the stream, without the stream itself going through it."""
        for side, edge in self._used(use, actor, term, scenario):
            own = side[0] is scenario and not use.why
            yield side, replace(edge, treats=False, label=f"{edge.label}: {label}" if own else edge.label)

    def _made_up(self, use: Target, edge: Edge, scenario: Scenario) -> Iterator[tuple[Side, Edge]]:
        for product, supplier in use.makes_up.items():
            if supplier in self.case.exchanges or supplier == UNUSED:
                continue  # counted in the exchange that hands it on, or nowhere
            per_target, unit = amounts.coproduct(use.target, product, self.case, self.library)
            own = amounts.unit_of(supplier, self.case, self.library)
            amount = edge.amount * units.convert(per_target, unit, own)
            label = f"{amounts.name_of(supplier, self.case, self.library)}, in place of the {product}"
            evidence = worst([edge.evidence, *self._own_evidence(supplier), *self._evidence_of(use.target, product)])
            made_up = replace(edge, target=self.library.id_of(supplier), unit=own, amount=amount, label=label)
            yield (scenario, True), replace(made_up, evidence=evidence, virgin_kg=0.0)

    def _edge(self, use: Target, actor: str, term: Term, amount: Value, stated: list[Stated]) -> Edge:
        evidence = self._worst([*stated, *use.with_.values()], *_named(use), scales=term is not Term.EQUIPMENT_BACKUP)
        unit = amounts.target_unit(use, self.case, self.library)
        label = use.why or amounts.name_of(use.target, self.case, self.library)
        return Edge(0, actor, term, self.library.id_of(use.target), unit, amount, evidence, label)

    def _worst(self, stated: list[Stated], *names: str, scales: bool = True) -> Evidence:
        """The weakest evidence of stated numbers, of the quantity, and of the case's own processes and factors."""
        own = [one for name in names for one in self._own_evidence(name)]
        return worst([one.evidence for one in stated] + own + [self.of_quantity] * scales)

    def _evidence_of(self, target: str, product: str) -> list[Evidence]:
        """Of the amount of a co-product, if it is one of the case's own processes."""
        process = self.case.processes.get(target)
        return [process.coproducts[product].amount.evidence] if process is not None else []

    def _own_evidence(self, name: str) -> list[Evidence]:
        return [self.own_evidence[name]] if name in self.own_evidence else []


def _material_kg(target: str, case: Case, library: Library) -> float:
    """Mass of one unit of a product, if it is a virgin material; else nothing [kg/unit]."""
    if target in case.processes:
        unit, material = case.processes[target].unit, case.processes[target].material
    else:
        record = library.records[target]
        unit, material = record.reference.unit, record.is_virgin_material
    return units.factor_between(unit, "kg") if material and units.same_dimension(unit, "kg") else 0.0
