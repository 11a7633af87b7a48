"""Burdens of the activities of an exchange of material: stated, or as the exchange itself has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ius_lca.case import amounts
from ius_lca.case.circular_parameters import Basis
from ius_lca.case.schema.circular import ACTIVITIES, PER_MJ, CircularFootprint
from ius_lca.case.schema.exchange import Exchange, Supply
from ius_lca.case.schema.target import Target
from ius_lca.computed import Computed
from ius_lca.impact.kernel import contributions
from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.inventory.graph import Edge, Node, Scenario, Term
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
    lines = _lines(c, targets, base, material)
    values, gaps = _sum(c, lines)
    evidence = [one.amount.evidence for one in targets if one.amount is not None]
    source = ", ".join(f"{amount:.4g} {amounts.unit_of(name, c.case, c.library)} of {name}" for name, amount in lines)
    told = f"{source} per {base}" if source else "none"
    return Activity(values, gaps, Basis.STATED, worst(evidence) if evidence else None, told)


def _of_role(c: Computed, exchange: Exchange, name: str, reference: str, base: str) -> Activity:
    """Ev is the supply, before quality and market; ED the disposal; the others have no counterpart in the exchange."""
    if name == "Ev" and exchange.supply is not None:
        values, gaps = _sum(c, _supplied(c, exchange, exchange.supply, reference))
        return Activity(values, gaps, Basis.EXCHANGE, None, "supply under the reference")
    if name == "ED" and exchange.disposal is not None:
        values, gaps = _sum(c, _lines(c, exchange.disposal.under(reference), base, exchange.material))
        return Activity(values, gaps, Basis.EXCHANGE, None, "disposal under the reference")
    values, gaps = _sum(c, ())
    return Activity(values, gaps, Basis.NOT_NEEDED, None, "")


def _supplied(c: Computed, exchange: Exchange, supply: Supply, reference: str) -> Iterator[tuple[str, float]]:
    """Products that one usable unit stands for, each in its own unit."""
    for use in supply.under(reference):
        ratio = amounts.substituted(exchange, supply, use, c.case, c.library, read=c.read)
        yield use.target, float(ratio * amounts.plain(use.share, c.read))


def _lines(c: Computed, targets: Iterable[Target], base: str, material: str) -> list[tuple[str, float]]:
    """What is taken per unit of the material, each in its own unit."""
    units = ((one, amounts.target_unit(one, c.case, c.library)) for one in targets)
    return [(one.target, float(amounts.use_amount(one, unit, base, c.library, material, read=c.read))) for one, unit in units]


def _sum(c: Computed, lines: Iterable[tuple[str, float]]) -> tuple[Floats, Flags]:
    """Burdens of amounts of factors and processes, and where one of them is not covered [k]: scored as any edge is."""
    node = Node("", Scenario.SYMBIOSIS, "", 1.0, "")
    edges = tuple(
        Edge(0, "", Term.PROCESSING, c.library.id_of(name), "", amount, Evidence.MEASURED, name) for name, amount in lines
    )
    scored = contributions(replace(c.inventory, nodes=(node,), edges=edges), c.unit_scores, c.indicators).at(c.year)
    return scored.scores.sum(axis=0), (scored.gaps & (scored.amounts != 0)[:, None]).any(axis=0)


def _own_recycling(c: Computed, key: str, reference: str) -> Activity:
    """What the exchange takes per usable unit: needs, transport and the treatment of what is not usable."""
    values, gaps = _sum(c, ())
    for row in c.edges.get((reference, key), ()):
        edge = c.inventory.edges[row]
        if edge.term in _RECYCLING:
            sign = 1.0 if c.inventory.nodes[edge.node].scenario is Scenario.SYMBIOSIS else -1.0
            values = values + sign * c.scored.scores[row] / usable(c, key)
            gaps = gaps | (c.scored.gaps[row] & (c.scored.amounts[row] != 0))
    return Activity(values, gaps, Basis.EXCHANGE, None, "needs, transport and residue of the exchange")


def usable(c: Computed, key: str) -> float:
    """Usable material in the headline year, in the unit of the exchange."""
    return c.handed_over[key] * float(amounts.plain(c.case.exchanges[key].usable, c.read))
