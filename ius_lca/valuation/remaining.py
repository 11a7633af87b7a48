"""Finding: a net present value that is above zero only because of what investments are worth at the end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ius_lca.computed import Computed
from ius_lca.economics.indicators import npv
from ius_lca.errors import Finding, Level, Stage
from ius_lca.valuation.balance import NETWORK, balance, parties


def remaining_findings(c: Computed) -> Iterator[Finding]:
    """The actors, or the network, who gain over the years only with remaining values, under the main reference."""
    flow, main = c.cash_flow, c.case.main_reference
    told = []
    for party in parties(c):
        value = balance(c, main, party).npv.value
        if party.name not in {NETWORK, *c.case.actors} or value is None or party.rate.value is None:
            continue
        rows = [item.item == "residual_value" and item.reference == main and item.actor in party.members for item in flow.items]
        left = float(npv(flow.values[np.array(rows, dtype=bool)].sum(axis=0), party.rate.value))
        if value > 0 >= value - left:
            name = "the network" if party.name == NETWORK else c.case.actors[party.name].name
            told.append(f"that of {name} is {value:,.0f} {c.case.currency}, and {value - left:,.0f} without")
    if told:
        message = f"net present values are above zero only because of what investments are worth at their end: {'; '.join(told)}."
        mend = "Say who would pay that, or count nothing: 'economics: {remaining_value: none}'."
        yield Finding(Level.WARNING, "remaining-value", message, mend, "", "economics.remaining_value", Stage.RESULT)
