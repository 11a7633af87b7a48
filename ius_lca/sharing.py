"""Who gets the benefit of an exchange: one function per rule, all side by side, each summing to the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ius_lca.case import amounts
from ius_lca.case.schema import Case

#: From an exchange of the case to the share of each actor; the shares sum to 1.
RuleFunction = Callable[[Case, str], dict[str, float]]


def receiver(case: Case, exchange: str) -> dict[str, float]:
    """All to the receiver (cut-off: the surplus comes free of burdens and of benefits for its donor)."""
    return {case.exchanges[exchange].to: 1.0}


def donor(case: Case, exchange: str) -> dict[str, float]:
    """All to the donor."""
    return {case.exchanges[exchange].from_: 1.0}


def half_half(case: Case, exchange: str) -> dict[str, float]:
    """Half to each (after Martin, Svensson & Eklund 2015)."""
    return {case.exchanges[exchange].from_: 0.5, case.exchanges[exchange].to: 0.5}


def weights(case: Case, exchange: str) -> dict[str, float]:
    """As the case states."""
    stated = case.sharing.weights[exchange]
    values = {actor: float(amounts.plain(weight)) for actor, weight in stated.items()}
    total = sum(values.values())
    return {actor: value / total for actor, value in values.items()}


RULES: dict[str, RuleFunction] = {"receiver": receiver, "donor": donor, "half_half": half_half, "weights": weights}


def rules_of(case: Case) -> tuple[str, ...]:
    """The rules that a case allows: `weights` only if it states them."""
    return tuple(name for name in RULES if name != "weights" or case.sharing.weights)


def shared(case: Case, rule: str, benefits: Mapping[str, float]) -> dict[str, float]:
    """Benefit per actor from the benefit per exchange; the sum is the network's.

    benefits: by exchange, in the indicator's unit.
    """
    result = dict.fromkeys(case.actors, 0.0)
    for exchange, benefit in benefits.items():
        for actor, share in RULES[rule](case, exchange).items():
            result[actor] += share * benefit
    return result
