"""What a group of actors gains without the others: the characteristic function v(S) of cooperative game theory."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ius_lca.case.cascade import Cascade
from ius_lca.computed import Computed
from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.inventory.graph import Scenario
from ius_lca.loops import reached

#: So many sets of exchanges are solved at once: a few megabytes.
_AT_ONCE = 500


@dataclass(frozen=True)
class Game:
    """The exchanges of a case under one reference in the headline year, as a game among those actors on whom they depend.

    system: how much each exchange hands over, given those that run, in that one year.
    players: actors, in alphabetical order, so that no result depends on the order in a file.
    needed: which players an exchange needs [exchange, player]: donor, receiver, and owners of the processes it runs.
    slopes: benefit per unit handed over [exchange, indicator].
    fixed: benefit that does not scale with it: equipment and backup [exchange, indicator].
    """

    system: Cascade
    reference: str
    exchanges: tuple[str, ...]
    indicators: tuple[str, ...]
    players: tuple[str, ...]
    needed: Flags
    slopes: Floats
    fixed: Floats

    def values(self, coalitions: Flags) -> Floats:
        """v(S) of coalitions [coalition, player]: the benefit a year of what they can run alone [coalition, indicator].

        v(S) = sum of q_j(S) * slope_j + fixed_j over the exchanges j whose every needed player is in S; v of nobody is 0.
        Nothing is optimised: an exchange that can run does.
        """
        running = ~(~coalitions @ self.needed.T)
        # Many coalitions run the same exchanges; each set of them is solved once. They are compared by eight exchanges at once.
        packed, which = np.unique(np.packbits(running, axis=1), axis=0, return_inverse=True)
        distinct = np.unpackbits(packed, axis=1, count=running.shape[1]).astype(bool)
        parts = np.array_split(distinct, -(-len(distinct) // _AT_ONCE))
        worth: Floats = np.concatenate([self._gains(part).sum(axis=1) for part in parts])
        return worth[which.reshape(-1)]

    @property
    def benefits(self) -> Floats:
        """Benefit of every exchange a year when all run [exchange, indicator]."""
        gains: Floats = self._gains(np.ones((1, len(self.exchanges)), dtype=bool))[0]
        return gains

    def _gains(self, running: Flags) -> Floats:
        """Benefit of every exchange when only some run [set, exchange, indicator]; those that do not have none."""
        gains: Floats = (handed_over(self.system, running)[:, :, None] * self.slopes + self.fixed) * running[:, :, None]
        return gains


def handed_over(system: Cascade, running: Flags) -> Floats:
    """What each exchange hands over when only some run [set, exchange], in its own unit a year.

    system: of one year.  running: sets of exchanges [set, exchange].
    """
    if not system.links.any():
        return (system.stated * system.runs)[:, : system.exchanges] * running
    # The sets stand where the years do, so that all of them are solved together.
    allowed = np.hstack([running, np.ones((len(running), len(system.ids) - system.exchanges), dtype=bool)])
    sets = replace(
        system,
        years=tuple(range(len(running))),
        stated=np.broadcast_to(system.stated, allowed.shape),
        runs=system.runs & allowed,
        links=np.broadcast_to(system.links, (len(running), *system.links.shape[1:])),
    )
    return sets.quantities


def game(computed: Computed, reference: str) -> Game:
    """The game under one reference, for all indicators at once."""
    case, inventory = computed.case, computed.inventory
    owners = _owners(computed, reference)
    weighted = {actor for weights in case.sharing.weights.values() for actor in weights}
    players = tuple(sorted(weighted.union(*owners.values())))
    here = [computed.system.years.index(computed.year)]
    whole = computed.system
    system = replace(whole, years=(computed.year,), stated=whole.stated[here], runs=whole.runs[here], links=whole.links[here])
    quantities = handed_over(system, np.ones((1, len(case.exchanges)), dtype=bool))[0]
    slopes = np.zeros((len(case.exchanges), len(computed.indicators)))
    fixed = np.zeros_like(slopes)
    rows = {key: row for row, key in enumerate(case.exchanges)}
    for edge, score in zip(inventory.edges, computed.scored.scores, strict=True):
        node = inventory.nodes[edge.node]
        if node.reference != reference:
            continue
        row, benefit = rows[node.exchange], score if node.scenario is Scenario.REFERENCE else -score
        if node.unit == "year":
            fixed[row] += benefit
        elif quantities[row]:
            slopes[row] += benefit / quantities[row]
    return Game(
        system=system,
        reference=reference,
        exchanges=tuple(case.exchanges),
        indicators=tuple(one.id for one in computed.indicators),
        players=players,
        needed=np.array([[player in owners[key] for player in players] for key in case.exchanges], dtype=bool),
        slopes=slopes,
        fixed=fixed,
    )


def _owners(computed: Computed, reference: str) -> dict[str, set[str]]:
    """By exchange, who must take part for it to run under a reference.

    Who owns a process of the reference alone need not: the exchange replaces it.
    """
    case, inventory = computed.case, computed.inventory
    inputs = {process.id: [target for target, amount in process.inputs if amount] for process in inventory.processes}
    taken: dict[str, set[str]] = {key: set() for key in case.exchanges}
    for edge in inventory.edges:
        node = inventory.nodes[edge.node]
        if edge.amount and (node.reference, node.scenario) == (reference, Scenario.SYMBIOSIS):
            taken[node.exchange].add(edge.target)
    return {
        key: {exchange.from_, exchange.to}
        | {owner for name in reached(inputs, taken[key]) if name in case.processes and (owner := case.processes[name].by)}
        for key, exchange in case.exchanges.items()
    }
