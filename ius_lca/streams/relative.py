"""The exchanges as a part of everything that an actor takes in, puts out and emits."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.case.flows import ENERGY, MASS, Flow, flow, incoming, outgoing, total
from ius_lca.case.schema.operations import Operations
from ius_lca.computed import Computed
from ius_lca.impact.coverage import Coverage
from ius_lca.quantity import Stated
from ius_lca.results import Cell
from ius_lca.sharing.allocation import SharedOut


def relative_rows(c: Computed, shares: SharedOut) -> Iterator[tuple[Cell, ...]]:
    """Flows of every actor by unit, which depend on no reference, and shares of the totals that it states.

    shares: the benefits by every rule.
    """
    for key, actor in c.case.actors.items():
        into, out_of = (flows(c.case, c.library, c.handed_over, key) for flows in (incoming, outgoing))
        for measure, flows in (("incoming_flow", into), ("outgoing_flow", out_of)):
            for unit in dict.fromkeys(one.unit for one in flows):
                yield None, key, measure, total(flows, unit), unit, "", Coverage.FULL.value
        if actor.operations is not None:
            yield from _shares(key, actor.operations, into, out_of)
            yield from _waste(c, key, actor.operations)
            yield from _emissions(c, shares, key, actor.operations)


def _shares(actor: str, totals: Operations, into: tuple[Flow, ...], out_of: tuple[Flow, ...]) -> Iterator[tuple[Cell, ...]]:
    """Shares of the flows, and the circular shares: what is circular anyway and what of the exchanges is usable."""
    parts: list[tuple[str, float, str, Stated | None, str]] = [
        ("incoming_share", total(into, MASS), MASS, totals.inflow, "inflow"),
        ("outgoing_share", total(out_of, MASS), MASS, totals.outflow, "outflow"),
        ("incoming_energy_share", total(into, ENERGY), ENERGY, totals.energy, "energy"),
    ]
    for name, circular, flows, whole in (
        ("inflow", totals.circular_inflow, into, totals.inflow),
        ("outflow", totals.circular_outflow, out_of, totals.outflow),
    ):
        if circular is not None:
            usable = total(flows, MASS, usable=True)
            parts.append((f"circular_{name}_share", circular.to(MASS) + usable, MASS, whole, name))
    for measure, part, unit, stated, of in parts:
        if stated is not None and (whole_amount := stated.to(unit)):
            yield None, actor, measure, part / whole_amount, "1", of, Coverage.FULL.value


def _waste(c: Computed, actor: str, totals: Operations) -> Iterator[tuple[Cell, ...]]:
    """Diverted over diverted plus still disposed of: usable mass of what the actor gives and would dispose of otherwise."""
    if totals.waste is None:
        return
    for reference in c.case.references:
        diverted = sum(
            total((flow(c.case, c.library, c.handed_over, key),), MASS, usable=True)
            for key, exchange in c.case.exchanges.items()
            if exchange.from_ == actor and exchange.disposal is not None and exchange.disposal.under(reference)
        )
        if whole := diverted + totals.waste.to(MASS):
            yield reference, actor, "waste_diverted_share", diverted / whole, "1", "waste", Coverage.FULL.value


def _emissions(c: Computed, shares: SharedOut, actor: str, totals: Operations) -> Iterator[tuple[Cell, ...]]:
    """The actor's part of the avoided emissions, by the case's rule, beside its stated emissions and never netted with them."""
    stated = totals.emissions.to("kg CO2e/year") if totals.emissions is not None else 0.0
    if not stated:
        return
    column = [one.id for one in c.indicators].index("climate_change")
    for reference, (played, allocations) in shares.items():
        chosen = next(one.shares for one in allocations if one.rule == c.case.sharing.rule)
        if chosen is None:
            continue  # the rule is not defined here, which is told where the shares are
        avoided = float(chosen.values[played.players.index(actor), column]) if actor in played.players else 0.0
        level = c.levels[(reference, "climate_change", None)]
        value = avoided / stated if level is not Coverage.NONE else None
        yield reference, actor, "avoided_beside_emissions", value, "1", "emissions", level.value
