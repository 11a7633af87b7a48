"""The benefit of every actor, by every rule: the shares of one rule sum to the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ius_lca.computed import Computed
from ius_lca.sharing.game import Game, game
from ius_lca.sharing.rules import RULES, rules_of, surplus
from ius_lca.sharing.shapley import Shares, shapley


@dataclass(frozen=True)
class Allocation:
    """What one rule gives under one reference, or why it is not defined there."""

    rule: str
    shares: Shares | None
    reason: str = ""


#: By reference, the game and what every rule gives in it.
SharedOut = Mapping[str, tuple[Game, list[Allocation]]]


def shared_out(computed: Computed) -> SharedOut:
    """Every rule under every reference."""
    games = {reference: game(computed, reference) for reference in computed.case.references}
    return {reference: (played, allocations(computed, played)) for reference, played in games.items()}


def allocations(computed: Computed, played: Game) -> list[Allocation]:
    """Every rule side by side under the reference of a game."""
    return [_allocation(computed, played, rule) for rule in rules_of(computed.case)]


def _allocation(computed: Computed, played: Game, rule: str) -> Allocation:
    """One rule; nothing stands in for it where it is not defined."""
    case = computed.case
    if rule == "shapley":
        return Allocation(rule, shapley(played))
    if rule == "surplus":
        return _by_surplus(computed, played)
    return Allocation(rule, split(played, {key: RULES[rule](case, key) for key in case.exchanges}))


def _by_surplus(computed: Computed, played: Game) -> Allocation:
    # An exchange without any benefit, as before it starts, needs no share of it.
    gaining = {key for key, benefits in zip(played.exchanges, played.benefits, strict=True) if benefits.any()}
    priced = [one for one in computed.corridors if one.reference == played.reference and one.exchange in gaining]
    without = [f"{one.exchange}: {one.donor_share.reason}" for one in priced if one.donor_share.value is None]
    if without:
        return Allocation("surplus", None, "; ".join(without))
    return Allocation("surplus", split(played, surplus(computed.case, priced)))


def split(played: Game, shares: Mapping[str, Mapping[str, float]]) -> Shares:
    """The benefit of every exchange in the shares of its actors.

    shares: by exchange with a benefit, and actor; those of an exchange sum to 1, and its actors are players.
    """
    matrix = np.zeros((len(played.players), len(played.exchanges)))
    for column, key in enumerate(played.exchanges):
        for actor, share in shares.get(key, {}).items():
            matrix[played.players.index(actor), column] = share
    return Shares(matrix @ played.benefits, None)
