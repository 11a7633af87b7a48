"""Tables of what the case's own processes and properties decide: allocations, and substitutions by a property."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.allocation import allocated, shares
from ius_lca.computed import Computed
from ius_lca.results import Cell


def allocation_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The share that each product of a process carries; none where its co-products are made up instead."""
    for key, process in c.case.processes.items():
        if process.coproducts:
            for product, share in shares(process, c.case.currency).items():
                made_up = not allocated(process) and product in process.coproducts
                yield key, process.allocation, product, None if made_up else share


def substitution_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The property of both products behind every substitution by a property, each with its source, and the ratio."""
    for reference in c.case.references:
        for key, exchange in c.case.exchanges.items():
            supply = exchange.supply
            if supply is None or supply.substitution.equal is None:
                continue
            for use in supply.under(reference):
                found = amounts.functional_of(exchange, supply, use, c.case, c.library)
                place = (reference, key, use.target, supply.substitution.equal)
                yield *place, "stream", found.stream.value, found.stream.unit, found.stream.source
                yield *place, "product", found.product.value, found.product.unit, found.product.source
                unit = units.per(amounts.target_unit(use, c.case, c.library), amounts.base_unit(exchange))
                ratio = supply.substitution.to("") * found.ratio
                yield *place, "substitution", ratio, unit, "from both"
