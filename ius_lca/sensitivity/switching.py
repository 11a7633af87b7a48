"""Switching values: how much the displaced product must cause for an exchange to be worth nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca.computed import Computed
from ius_lca.impact.coverage import HEADLINE, Coverage
from ius_lca.impact.kernel import DIRECT_FLOWS
from ius_lca.impact.methods import Indicator
from ius_lca.inventory.graph import Scenario, Term
from ius_lca.results import Cell
from ius_lca.units import factor_between, per, same_dimension


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """The intensity of the displaced product at which the benefit of an exchange is zero.

    unit: of the indicator per unit of the displaced product, or per unit handed over where a mix has no common unit.
    now: intensity of the supply of the case, net of what makes up its co-products.  value: none if the exchange displaces
    nothing; if negative, the benefit is positive for any supply.
    """

    reference: str
    exchange: str
    indicator: str
    unit: str
    now: float | None
    value: float | None
    coverage: Coverage


def switching_values(c: Computed) -> Iterator[SwitchingValue]:
    """By reference, exchange and indicator, for what the displaced product causes and the case covers.

    benefit = (now - value) * displaced, so value = -(sum of the other five terms) / displaced; for a supply without
    co-products. Indicators that count the streams themselves (direct landfill, virgin material) have none.
    """
    for reference in c.case.references:
        for key in c.case.exchanges:
            displaced, unit = _displaced(c, c.edges.get((reference, key), []))
            if not unit:
                continue
            for one in c.indicators:
                level = c.levels[(reference, one.id, key)]
                if level in HEADLINE and _is_of_products(one):
                    avoided = c.totals.benefit(one.id, reference, key, Term.AVOIDED_PRODUCTION)
                    others = sum(
                        c.totals.benefit(one.id, reference, key, term) for term in Term if term != Term.AVOIDED_PRODUCTION
                    )
                    now, value = (avoided / displaced, -others / displaced) if displaced else (None, None)
                    yield SwitchingValue(reference, key, one.id, per(one.unit, unit), now, value, level)


def _is_of_products(indicator: Indicator) -> bool:
    return not indicator.part_of and not any(flow in indicator.factors for flow in DIRECT_FLOWS)


def _displaced(c: Computed, edges: list[int]) -> tuple[float, str]:
    """How much of the reference product is displaced in a year, in the unit of the first supply of the mix.

    Products that no unit adds up, such as a fuel in GJ and another in kg, are counted by what is handed over for them.
    """
    taken = [
        (edge, float(amount))
        for edge, amount in ((c.inventory.edges[row], c.scored.amounts[row]) for row in edges)
        if edge.term is Term.AVOIDED_PRODUCTION and c.inventory.nodes[edge.node].scenario is Scenario.REFERENCE
    ]
    if not taken:
        return 0.0, ""
    unit = taken[0][0].unit
    if all(same_dimension(edge.unit, unit) for edge, _ in taken):
        return sum(amount * factor_between(edge.unit, unit) for edge, amount in taken), unit
    node = c.inventory.nodes[taken[0][0].node]
    return float(node.activity), node.unit


def table(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Rows of `switching_values`."""
    for one in switching_values(c):
        yield one.reference, one.exchange, one.indicator, one.unit, one.now, one.value, one.coverage.value
