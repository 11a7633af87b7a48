"""Everything a case takes from somewhere, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.case.schema.case import Case
from ius_lca.case.schema.circular import ACTIVITIES
from ius_lca.case.schema.exchange import ByReference, Exchange, Use
from ius_lca.case.schema.target import UNUSED, Target
from ius_lca.yaml_document import Place


def targets(case: Case) -> Iterator[tuple[Target, Place]]:
    """Every use, need, residue, upstream, equipment, backup and input of a process."""
    for key, process in case.processes.items():
        for index, use in enumerate(process.inputs):
            yield use, ("processes", key, "inputs", index)
    for key, exchange in case.exchanges.items():
        yield from _of_exchange(exchange, ("exchanges", key))


def _of_exchange(exchange: Exchange, place: Place) -> Iterator[tuple[Target, Place]]:
    for name, role in (("supply", exchange.supply), ("disposal", exchange.disposal)):
        if role is not None:
            yield from uses_of(role, (*place, name))
    if exchange.previous_use is not None:
        yield from uses_of(exchange.previous_use, (*place, "previous_use"))
    parts: dict[Place, tuple[Target, ...]] = {
        ("needs",): exchange.needs,
        ("equipment",): exchange.equipment,
        ("backup",): exchange.backup,
    }
    if (donor := exchange.donor_process) is not None:
        parts |= {("donor_process", "before"): donor.before, ("donor_process", "after"): donor.after}
    for names, listed in parts.items():
        for index, target in enumerate(listed):
            yield target, (*place, *names, index)
    for name, one in (("residue", exchange.residue), ("upstream", exchange.upstream)):
        if one is not None:
            yield one, (*place, name)
    if exchange.circular_footprint is not None:
        for activity in ACTIVITIES:
            for index, target in enumerate(exchange.circular_footprint.stated(activity) or ()):
                yield target, (*place, "circular_footprint", activity, index)


def uses_of(role: ByReference, place: Place) -> Iterator[tuple[Use, Place]]:
    """Every use of a role."""
    for index, use in enumerate(role.all):
        yield use, (*place, "all", index)
    for reference, uses in role.by_reference.items():
        for index, use in enumerate(uses):
            yield use, (*place, "by_reference", reference, index)


def factor_names(case: Case) -> Iterator[tuple[str, Place]]:
    """Every name where a factor may stand, unchanged: of uses, of legs of transport, of what makes up a co-product."""
    for target, place in targets(case):
        if target.factor is not None:
            yield target.factor, (*place, "factor")
        for name, other in target.instead.items():
            yield other, (*place, "instead", name)
        for product, supplier in target.makes_up.items():
            if supplier != UNUSED and supplier not in case.exchanges and supplier not in case.processes:
                yield supplier, (*place, "makes_up", product)
    for key, exchange in case.exchanges.items():
        for index, leg in enumerate(exchange.transport):
            yield leg.factor, ("exchanges", key, "transport", index, "factor")
