"""From the shares of the actors to rows of the result's tables; the columns stand with the tables."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from ius_lca.computed import Computed
from ius_lca.impact.coverage import Coverage
from ius_lca.impact.methods import HEADLINE_INDICATORS
from ius_lca.results import IN_YEAR, Cell
from ius_lca.sharing.allocation import Allocation, SharedOut
from ius_lca.sharing.core import every_coalition_is_tested, objections


def actor_rows(c: Computed, shares: SharedOut) -> Iterator[tuple[Cell, ...]]:
    """The benefit of every actor by every rule and indicator, with the standard error where it was sampled."""
    for reference, (played, shared) in shares.items():
        for column, one in enumerate(c.indicators):
            covered = c.levels[(reference, one.id, None)] is not Coverage.NONE
            for allocation in shared:
                for actor in c.case.actors:
                    value, error = _of_actor(allocation, played.players, actor, column) if covered else (None, None)
                    yield reference, allocation.rule, actor, one.id, one.unit, IN_YEAR, c.year, value, error
        for actor in c.case.actors:
            # Money follows contracts, whatever the rule for impacts.
            paid = fsum(item.value for item in c.cash if item.reference == reference and item.actor == actor)
            yield reference, "contracts", actor, "value", f"{c.case.currency}/year", IN_YEAR, c.year, paid, None


def _of_actor(allocation: Allocation, players: tuple[str, ...], actor: str, column: int) -> tuple[float | None, float | None]:
    """Share and standard error; who has no part in any exchange gets nothing."""
    if allocation.shares is None:
        return None, None
    if actor not in players:
        return 0.0, None
    row, errors = players.index(actor), allocation.shares.errors
    return float(allocation.shares.values[row, column]), None if errors is None else float(errors[row, column])


def parallel_rows(c: Computed, shares: SharedOut) -> Iterator[tuple[Cell, ...]]:
    """What the actors would claim if each counted all that changes for it, and how much of the sum is counted twice."""
    for reference, (played, _) in shares.items():
        claimed, network = played.needed.T @ played.benefits, played.benefits.sum(axis=0)
        for column, one in enumerate(c.indicators):
            if c.levels[(reference, one.id, None)] is Coverage.NONE:
                continue
            by_actor = {
                actor: float(claimed[played.players.index(actor), column]) if actor in played.players else 0.0
                for actor in c.case.actors
            }
            total, once = fsum(by_actor.values()), float(network[column])
            start = (reference, one.id, one.unit, IN_YEAR, c.year)
            yield from ((*start, "claimed", actor, value) for actor, value in by_actor.items())
            yield *start, "sum", None, total
            yield *start, "network", None, once
            yield *start, "counted_twice", None, total - once


def core_rows(c: Computed, shares: SharedOut) -> Iterator[tuple[Cell, ...]]:
    """By rule, single actors and the worst coalition: what they are given, what they gain alone, and what is missing."""
    for reference, (played, shared) in shares.items():
        tested = "all" if every_coalition_is_tested(played) else "some"
        for allocation in shared:
            if allocation.shares is None:
                continue
            found = objections(played, allocation.shares.values)
            for column, one in enumerate(c.indicators):
                if one.id not in HEADLINE_INDICATORS or c.levels[(reference, one.id, None)] is Coverage.NONE:
                    continue
                for group in found[column]:
                    yield (
                        reference, one.id, one.unit, allocation.rule, "+".join(group.actors), tested,
                        group.allocated, group.alone, group.shortfall,
                    )  # fmt: skip
