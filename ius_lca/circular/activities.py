"""Burdens of the activities of an exchange of material: stated, or as the exchange itself has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ius_lca.case import amounts
from ius_lca.case.circular import ACTIVITIES, PER_MJ, CircularFootprint
from ius_lca.case.circular_parameters import Basis
from ius_lca.case.exchange import Exchange
from ius_lca.case.target import Target
from ius_lca.computed import Computed
from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.inventory.graph import Scenario, Term
from ius_lca.quantity import Evidence, worst

#: What the exchange itself takes to make the material usable.
_RECYCLING = (Term.PROCESSING, Term.TRANSPORT, Term.RESIDUE)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the formula.

    values: burden per unit of the material, or per MJ of energy, for every indicator [k].  gaps: where it is not covered [k].
    evidence: of its stated amounts, if there are any.  source: what it is made of.
    """

    values: Floats
    gaps: Flags
    basis: Basis
    evidence: Evidence | None
    source: str


def activities(c: Computed, key: str, reference: str) -> dict[str, Activity]:
    """Every activity of an exchange by its symbol; those that the formula does not need, and nobody states, are nothing."""
    exchange = c.case.exchanges[key]
    asked = exchange.circular_footprint or CircularFootprint()
    base = amounts.base_unit(exchange)
    found: dict[str, Activity] = {}
    for name in ACTIVITIES:
        targets = asked.stated(name)
        if targets is not None:
            found[name] = _stated(c, targets, "MJ" if name in PER_MJ else base, "" if name in PER_MJ else exchange.material)
        elif name == "Erec":
            found[name] = _own_recycling(c, key, reference)
        elif name in {"ErecEoL", "E*v"}:
            alike = "Erec" if name == "ErecEoL" else "Ev"
            found[name] = Activity(found[alike].values, found[alike].gaps, Basis.DEFAULT, None, f"as {alike}")
        else:
            found[name] = _of_role(c, exchange, name, reference, base)
    return found


def _stated(c: Computed, targets: tuple[Target, ...], base: str, material: str) -> Activity:
    lines = [
        (one.target, amounts.use_amount(one, amounts.target_unit(one, c.case, c.library), base, c.library, material))
        for one in targets
    ]
    values, gaps = _sum(c, lines)
    stated = [one.amount.evidence for one in targets if one.amount is not None]
    source = ", ".join(f"{amount:.4g} {amounts.unit_of(name, c.case, c.library)} of {name}" for name, amount in lines)
    return Activity(values, gaps, Basis.STATED, worst(stated) if stated else None, f"{source} per {base}" if source else "none")


def _of_role(c: Computed, exchange: Exchange, name: str, reference: str, base: str) -> Activity:
    """Ev is the supply, before quality and market; ED the disposal; the others have no counterpart in the exchange."""
    if name == "Ev" and exchange.supply is not None:
        role = exchange.supply
        lines = [
            (
                use.target,
                amounts.per_unit(role.substitution, amounts.target_unit(use, c.case, c.library), base) * amounts.plain(use.share),
            )
            for use in role.under(reference)
        ]
        source = "supply under the reference"
    elif name == "ED" and exchange.disposal is not None:
        uses = exchange.disposal.under(reference)
        units = [amounts.target_unit(use, c.case, c.library) for use in uses]
        lines = [
            (use.target, amounts.use_amount(use, unit, base, c.library, exchange.material))
            for use, unit in zip(uses, units, strict=True)
        ]
        source = "disposal under the reference"
    else:
        values, gaps = _sum(c, ())
        return Activity(values, gaps, Basis.NOT_NEEDED, None, "")
    values, gaps = _sum(c, lines)
    return Activity(values, gaps, Basis.EXCHANGE, None, source)


def _sum(c: Computed, lines: Iterable[tuple[str, float]]) -> tuple[Floats, Flags]:
    """Burdens of amounts of factors and processes, and where one of them is not covered [k]."""
    units = c.unit_scores
    values, gaps = np.zeros(len(units.indicators)), np.zeros(len(units.indicators), dtype=bool)
    for name, amount in lines:
        row = units.ids.index(c.library.records[name].id if name in c.library.records else name)
        values = values + amount * units.scores[row]
        gaps = gaps | (units.gaps[row] & (amount != 0))
    return values, gaps


def _own_recycling(c: Computed, key: str, reference: str) -> Activity:
    """What the exchange takes per usable unit: needs, transport and the treatment of what is not usable."""
    values, gaps = _sum(c, ())
    usable = handed_over(c, key, reference) * amounts.plain(c.case.exchanges[key].usable)
    for row, edge in enumerate(c.inventory.edges):
        node = c.inventory.nodes[edge.node]
        if (node.reference, node.exchange) == (reference, key) and edge.term in _RECYCLING:
            sign = 1.0 if node.scenario is Scenario.SYMBIOSIS else -1.0
            values = values + sign * c.scored.scores[row] / usable
            gaps = gaps | (c.scored.gaps[row] & (c.scored.amounts[row] != 0))
    return Activity(values, gaps, Basis.EXCHANGE, None, "needs, transport and residue of the exchange")


def handed_over(c: Computed, key: str, reference: str) -> float:
    """How much is handed over in a year under a reference, in the unit of the exchange."""
    nodes = (node for node in c.inventory.nodes if (node.reference, node.exchange) == (reference, key) and node.unit != "year")
    return next((node.activity for node in nodes), c.case.exchanges[key].quantity.value)
