"""Finding: a net present value that is above zero only because of what investments are worth at the end."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.computed import Computed
from ius_lca.economics.indicators import npv
from ius_lca.errors import Finding, Level, Stage
from ius_lca.valuation.balance import NETWORK, balance, parties


def remaining_findings(c: Computed) -> Iterator[Finding]:
    """The actors, or the network, who gain over the years only with remaining values, under the main reference."""
    told = []
    for party in parties(c):
        money = balance(c, c.case.main_reference, party)
        value, rate, brought = money.npv.value, money.rate.value, money.by_item.get("residual_value")
        if party.name not in {NETWORK, *c.case.actors} or value is None or rate is None or brought is None:
            continue
        left = float(npv(brought, rate))
        if value > 0 >= value - left:
            name = "the network" if party.name == NETWORK else c.case.actors[party.name].name
            told.append(f"that of {name} is {value:,.0f} {c.case.currency}, and {value - left:,.0f} without")
    if told:
        message = f"net present values are above zero only because of what investments are worth at their end: {'; '.join(told)}."
        mend = "Say who would pay that, or count nothing: 'economics: {remaining_value: none}'."
        yield Finding(Level.WARNING, "remaining-value", message, mend, "", "economics.remaining_value", Stage.RESULT)
