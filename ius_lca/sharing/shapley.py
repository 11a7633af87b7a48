"""The Shapley value: every actor gets the mean of what it adds, over all orders in which actors may join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial

import numpy as np

from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.sharing.game import Game

#: So many players are shared exactly, over all their coalitions; above, orders are sampled.
EXACT_PLAYERS = 12
#: How many random orders are drawn, and from which seed, so that the same case gives the same shares.
ORDERS, SEED = 2000, 1953


@dataclass(frozen=True)
class Shares:
    """What every player gets [player, indicator], and its standard error where it was sampled."""

    values: Floats
    errors: Floats | None


def shapley(game: Game) -> Shares:
    """The Shapley value of a game: exact up to 12 players, above the mean over random orders with its standard error.

    Either way the shares sum to v of all players.
    """
    players = len(game.players)
    if players <= EXACT_PLAYERS:
        return Shares(exact(game.values(coalitions(players))), None)
    return sampled(game.values, players, ORDERS, np.random.default_rng(SEED))


def coalitions(players: int) -> Flags:
    """Every coalition, the empty one first [2**n, player]; the player p stands for the bit p of its row.

    >>> coalitions(2).tolist()
    [[False, False], [True, False], [False, True], [True, True]]
    """
    return (np.arange(2**players)[:, None] >> np.arange(players) & 1).astype(bool)


def exact(worth: Floats) -> Floats:
    """phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! * (v(S with i) - v(S)) [player, indicator].

    worth: v of every coalition in the order of `coalitions` [2**n, indicator]; v of nobody is 0.
    Source: the definition and the three passengers of one taxi as in the documentation of the package coopgt.

    >>> fares = [0, 6, 12, 12, 42, 42, 42, 42]  # nobody, 1, 2, 1+2, 3, 1+3, 2+3, all
    >>> exact(np.array(fares, dtype=float)[:, None]).round(12).ravel().tolist()
    [2.0, 5.0, 35.0]
    """
    players = len(worth).bit_length() - 1
    groups = coalitions(players)
    sizes = groups.sum(axis=1)
    weights = np.array([factorial(size) * factorial(players - size - 1) / factorial(players) for size in range(players)])
    result = np.zeros((players, worth.shape[1]))
    for player in range(players):
        without = np.flatnonzero(~groups[:, player])
        added = worth[without | (1 << player)] - worth[without]
        result[player] = weights[sizes[without]] @ added
    return result


def sampled(values: Callable[[Flags], Floats], players: int, orders: int, rng: np.random.Generator) -> Shares:
    """The mean of what each player adds over random orders of joining, and the standard error of that mean.

    In every order the additions sum to v of all players, so the means do too.
    values: v of coalitions [coalition, player], as `Game.values`.
    """
    # place[order, player]: who joins when; prefixes: who is there before and after each joining.
    place = rng.permuted(np.tile(np.arange(players), (orders, 1)), axis=1)
    prefixes = place[:, None, :] < np.arange(players + 1)[None, :, None]
    worth = values(prefixes.reshape(-1, players)).reshape(orders, players + 1, -1)
    added = np.take_along_axis(np.diff(worth, axis=1), place[:, :, None], axis=1)
    return Shares(added.mean(axis=0), added.std(axis=0, ddof=1) / np.sqrt(orders))
