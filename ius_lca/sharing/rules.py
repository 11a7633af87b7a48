"""The rules that split every exchange by itself: its benefit goes to its actors in shares that sum to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ius_lca.case import amounts
from ius_lca.case.schema.case import Case
from ius_lca.economics.corridor import Corridor

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


#: Rules that need nothing but the case.
RULES: dict[str, RuleFunction] = {"receiver": receiver, "donor": donor, "half_half": half_half, "weights": weights}


def surplus(case: Case, corridors: Iterable[Corridor]) -> dict[str, dict[str, float]]:
    """By exchange, the shares in which its price splits the corridor: the donor's is (p - p_min) / (p_max - p_min).

    corridors: of one reference, each with a donor's share.
    """
    shares = {}
    for corridor in corridors:
        exchange, own = case.exchanges[corridor.exchange], corridor.donor_share.value
        if own is None:
            raise ValueError(f"the price of {corridor.exchange} splits nothing: {corridor.donor_share.reason}")
        shares[corridor.exchange] = {exchange.from_: own, exchange.to: 1 - own}
    return shares


def rules_of(case: Case) -> tuple[str, ...]:
    """The rules that are computed side by side: `weights` only if the case states them."""
    stated = ("weights",) if case.sharing.weights else ()
    return "receiver", "donor", "half_half", "surplus", *stated, "shapley"
