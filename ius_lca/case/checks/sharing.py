"""Checks of how the benefit is split."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.case.problems import SHARE, Problem, between, known_id, problem, sums_to_one
from ius_lca.case.schema.case import Case
from ius_lca.yaml_document import Place


def sharing_problems(case: Case) -> Iterator[Problem]:
    """Everything about the weights of the actors."""
    if case.sharing.rule == "weights" and not case.sharing.weights:
        yield problem(
            "weights", ("sharing", "weights"), "rule 'weights' needs weights.", "Write 'weights: {EXCHANGE: {ACTOR: 60 %, ...}}'."
        )
    for exchange, weights in case.sharing.weights.items():
        place: Place = ("sharing", "weights", exchange)
        yield from known_id(exchange, case.exchanges, place, "exchange")
        for actor, weight in weights.items():
            yield from known_id(actor, case.actors, (*place, actor), "actor")
            yield from between(weight, SHARE, (*place, actor), "a weight")
        yield from sums_to_one(list(weights.values()), place, "weights")
    if case.sharing.weights:
        for exchange in case.exchanges:
            if exchange not in case.sharing.weights:
                yield problem("weights", ("sharing", "weights"), f"no weights for exchange '{exchange}'.", "State them.")
