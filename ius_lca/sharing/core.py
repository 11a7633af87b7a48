"""The core: whether any group of actors would gain more without the others than a rule gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.sharing.game import Game
from ius_lca.sharing.shapley import EXACT_PLAYERS, coalitions

#: A shortfall below this share of the absolute benefits is rounding.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Coalition:
    """What a group is given and what it gains alone, in the indicator's unit a year; shortfall: how much less it is given."""

    actors: tuple[str, ...]
    allocated: float
    alone: float
    shortfall: float


def every_coalition_is_tested(game: Game) -> bool:
    """Whether `coalitions_tested` are all there are."""
    return len(game.players) <= EXACT_PLAYERS


def coalitions_tested(game: Game) -> Flags:
    """Coalitions other than nobody and all, the smallest first [coalition, player].

    Above 12 players: single actors, those whom one exchange needs, and all but one.
    """
    players = len(game.players)
    one = np.eye(players, dtype=bool)
    groups = coalitions(players) if every_coalition_is_tested(game) else np.vstack([one, game.needed, ~one])
    sizes = groups.sum(axis=1)
    # Among groups of one size those of the first players come first, so that ties are told alike everywhere.
    order = np.lexsort((*(~groups.T)[::-1], sizes))
    ordered: Flags = groups[order[(sizes[order] > 0) & (sizes[order] < players)]]
    return ordered


def objections(game: Game, allocated: Floats) -> list[list[Coalition]]:
    """By indicator: every single actor who is given less than it gains alone, then the worst coalition.

    A rule is in the core if sum of x_i over S >= v(S) for every coalition S. The worst coalition is the one with the
    largest v(S) - sum x_i; where none falls short it is the one that comes closest, with a shortfall of 0.
    allocated: what a rule gives [player, indicator].
    Source: the condition as in Rehberger & Hiete 2020.
    """
    groups = coalitions_tested(game)
    alone, given = game.values(groups), groups @ allocated
    rounding = _TOLERANCE * np.abs(game.benefits).sum(axis=0)
    return [list(_objections(game, groups, given[:, k], alone[:, k], float(rounding[k]))) for k in range(len(game.indicators))]


def worse_off(game: Game, allocated: Floats, indicator: str) -> list[Coalition]:
    """Single actors to whom a rule gives less of an indicator's benefit than they have alone."""
    found = objections(game, allocated)[game.indicators.index(indicator)]
    return [group for group in found if len(group.actors) == 1 and group.shortfall]


def _objections(game: Game, groups: Flags, given: Floats, alone: Floats, rounding: float) -> Iterator[Coalition]:
    short = alone - given
    worst = int(np.flatnonzero(short >= short.max() - rounding)[0])
    single = np.flatnonzero((groups.sum(axis=1) == 1) & (short > rounding))
    for row in [*single[single != worst], worst]:
        actors = tuple(player for player, member in zip(game.players, groups[row], strict=True) if member)
        missing = float(short[row]) if short[row] > rounding else 0.0
        yield Coalition(actors, float(given[row]), float(alone[row]), missing)
