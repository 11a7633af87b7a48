"""What a group of actors gains without the others: the characteristic function v(S) of cooperative game theory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ius_lca.case.schema import Case
from ius_lca.computed import Computed
from ius_lca.inventory.graph import Scenario

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def quantities(case: Case, running: frozenset[str]) -> Mapping[str, float]:
    """What each running exchange hands over, in the unit of its quantity a year, when only these run."""
    return {key: case.exchanges[key].quantity.value for key in running}


@dataclass(frozen=True)
class Game:
    """The exchanges of a case under one reference, as a game among those actors on whom they depend.

    players: actors, in alphabetical order, so that no result depends on the order in a file.
    needed: which players an exchange needs [exchange, player]: donor, receiver, and owners of the processes it runs.
    slopes: benefit per unit handed over [exchange, indicator].
    fixed: benefit that does not scale with it: equipment and backup [exchange, indicator].
    """

    case: Case
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
        # Many coalitions run the same exchanges; each set of them is solved once.
        distinct, which = np.unique(running, axis=0, return_inverse=True)
        gains = np.array([self._gains(row).sum(axis=0) for row in distinct])
        return gains[which.reshape(-1)]

    @property
    def benefits(self) -> Floats:
        """Benefit of every exchange a year when all run [exchange, indicator]."""
        return self._gains(np.ones(len(self.exchanges), dtype=bool))

    def _gains(self, running: Flags) -> Floats:
        """Benefit of every exchange when only some run; those that do not have none."""
        names = frozenset(key for key, runs in zip(self.exchanges, running, strict=True) if runs)
        handed_over = quantities(self.case, names)
        amounts = np.array([handed_over.get(key, 0.0) for key in self.exchanges])
        return (amounts[:, None] * self.slopes + self.fixed) * running[:, None]


def game(computed: Computed, reference: str) -> Game:
    """The game under one reference, for all indicators at once."""
    case, inventory = computed.case, computed.inventory
    owners = _owners(computed, reference)
    weighted = {actor for weights in case.sharing.weights.values() for actor in weights}
    players = tuple(sorted(weighted.union(*owners.values())))
    handed_over = quantities(case, frozenset(case.exchanges))
    slopes = np.zeros((len(case.exchanges), len(computed.indicators)))
    fixed = np.zeros_like(slopes)
    rows = {key: row for row, key in enumerate(case.exchanges)}
    for edge, score in zip(inventory.edges, computed.scored.scores, strict=True):
        node = inventory.nodes[edge.node]
        if node.reference != reference:
            continue
        benefit = score if node.scenario is Scenario.REFERENCE else -score
        if node.unit == "year":
            fixed[rows[node.exchange]] += benefit
        elif handed_over[node.exchange]:
            slopes[rows[node.exchange]] += benefit / handed_over[node.exchange]
    return Game(
        case=case,
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
    reached: dict[str, set[str]] = {key: set() for key in case.exchanges}
    for edge in inventory.edges:
        node = inventory.nodes[edge.node]
        if edge.amount and (node.reference, node.scenario) == (reference, Scenario.SYMBIOSIS):
            reached[node.exchange].add(edge.target)
    for names in reached.values():
        queue = list(names)
        while queue:
            new = [name for name in inputs.get(queue.pop(), ()) if name not in names]
            queue += new
            names.update(new)
    return {
        key: {exchange.from_, exchange.to}
        | {owner for name in reached[key] if name in case.processes and (owner := case.processes[name].by)}
        for key, exchange in case.exchanges.items()
    }
