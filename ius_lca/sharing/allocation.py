"""The benefit of every actor, by every rule: the shares of one rule sum to the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ius_lca.computed import Computed
from ius_lca.economics.corridor import corridors
from ius_lca.sharing.game import Game
from ius_lca.sharing.rules import RULES, rules_of, surplus
from ius_lca.sharing.shapley import Shares, shapley


@dataclass(frozen=True)
class Allocation:
    """What one rule gives under one reference, or why it is not defined there."""

    rule: str
    shares: Shares | None
    reason: str = ""


def allocations(computed: Computed, game: Game) -> list[Allocation]:
    """Every rule side by side under the reference of a game."""
    return [_allocation(computed, game, rule) for rule in rules_of(computed.case)]


def chosen_allocation(computed: Computed, game: Game) -> Allocation:
    """What the rule gives that the case chooses."""
    return _allocation(computed, game, computed.case.sharing.rule)


def _allocation(computed: Computed, game: Game, rule: str) -> Allocation:
    """One rule; nothing stands in for it where it is not defined."""
    case = computed.case
    if rule == "shapley":
        return Allocation(rule, shapley(game))
    if rule == "surplus":
        return _by_surplus(computed, game)
    return Allocation(rule, split(game, {key: RULES[rule](case, key) for key in case.exchanges}))


def _by_surplus(computed: Computed, game: Game) -> Allocation:
    everywhere = corridors(computed.case, computed.cash, computed.not_stated)
    priced = [one for one in everywhere if one.reference == game.reference]
    without = [f"{one.exchange}: {one.donor_share.reason}" for one in priced if one.donor_share.value is None]
    if without:
        return Allocation("surplus", None, "; ".join(without))
    return Allocation("surplus", split(game, surplus(computed.case, priced)))


def split(game: Game, shares: Mapping[str, Mapping[str, float]]) -> Shares:
    """The benefit of every exchange in the shares of its actors.

    shares: by exchange and actor; those of an exchange sum to 1, and its actors are players.
    """
    matrix = np.zeros((len(game.players), len(game.exchanges)))
    for column, key in enumerate(game.exchanges):
        for actor, share in shares[key].items():
            matrix[game.players.index(actor), column] = share
    return Shares(matrix @ game.benefits, None)
