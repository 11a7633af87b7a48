"""Findings: no price at which both sides gain, or a price at which one of them loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor, log10

import numpy as np

from ius_lca.computed import Computed
from ius_lca.economics.corridor import ZERO, Corridor
from ius_lca.errors import Finding, Level, Stage
from ius_lca.valuation.balance import balance_of, parties


def corridor_findings(c: Computed) -> Iterator[Finding]:
    """At most one per exchange and actor, under the main reference."""
    for one in c.corridors:
        if one.reference != c.case.main_reference:
            continue
        if one.gap:
            yield _no_corridor(c, one)
            continue
        yield from _price_outside(c, one)
        if one.p_min.value is not None and one.p_max.value is not None:
            yield from _others_lose(c, one)


def _no_corridor(c: Computed, one: Corridor) -> Finding:
    donor, receiver = _limit("donor", one), _limit("receiver", one)
    message = (
        f"there is no price at which both sides of '{one.exchange}' gain over the years: the donor {donor}, "
        f"the receiver {receiver}."
    )
    opening, currency = c.openings[one.reference, one.exchange], c.case.currency
    grants = ((opening.to_receiver, "receiver"), (opening.to_donor, "donor"))
    # Rounded so that each still opens it: money upwards, the distance downwards.
    ways = [f"{_said(one.gap, one.unit, ceil)} paid by others"]
    ways += [f"a grant of {_said(grant.value, currency, ceil)} to the {who}" for grant, who in grants if grant.value is not None]
    ways += [f"transport over {_said(far, 'km', floor)} in all"] if (far := opening.distance.value) is not None else []
    mend = f"Any of these would open one: {', '.join(ways)}.{_counted_elsewhere(c, one)}"
    return Finding(Level.WARNING, "no-corridor", message, mend, "", f"exchanges.{one.exchange}.money", Stage.RESULT)


def _price_outside(c: Computed, one: Corridor) -> Iterator[Finding]:
    """Who loses at the price, unless the range stated of the price reaches to where that side gains: that is told with it."""
    price = c.case.exchanges[one.exchange].money.price
    low, high = price.range if price is not None and price.range is not None else (0.0, 0.0)
    for who, end in (("donor", one.p_min), ("receiver", one.p_max)):
        if who not in one.losers or end.value is None or low < end.value < high:
            continue
        message = (
            f"at the price of {_said(one.price.value, one.unit)} the {who} of '{one.exchange}' loses over the years: "
            f"it {_limit(who, one)}."
        )
        mend = f"Check the price and what the {who} pays and saves, or say why it takes part."
        mend += _counted_elsewhere(c, one) if who == "receiver" else ""
        yield Finding(Level.WARNING, "price-outside", message, mend, "", f"exchanges.{one.exchange}.money.price", Stage.RESULT)


def _others_lose(c: Computed, one: Corridor) -> Iterator[Finding]:
    """Who is neither donor nor receiver and pays for the exchange: the corridor may be open at their cost."""
    exchange = c.case.exchanges[one.exchange]
    for party in parties(c):
        if party.name not in c.case.actors or party.name in {exchange.from_, exchange.to}:
            continue
        money = balance_of(c, one.reference, party, one.exchange)
        if money.missing:
            continue
        # Without a rate only if there is no doubt: no year brings anything.
        worth = money.total.max(initial=0.0) or money.total.sum() if money.npv.value is None else money.npv.value
        if worth < -ZERO * np.abs(money.items).sum():
            who = c.case.actors[party.name].name
            message = f"{who} loses by '{one.exchange}' over the years, and neither end of its corridor of prices holds that."
            mend = "Let the donor or the receiver pay for it ('payments', or their name in 'by'), or say why it takes part."
            yield Finding(Level.WARNING, "others-lose", message, mend, "", f"exchanges.{one.exchange}.money", Stage.RESULT)


def _counted_elsewhere(c: Computed, one: Corridor) -> str:
    """Where the receiver earns by what it takes, if that is another exchange: neither end of this corridor holds it."""
    case = c.case
    takers = [key for key, exchange in case.exchanges.items() if any(need.exchange == one.exchange for need in exchange.needs)]
    takers += [key for key, process in case.processes.items() if any(use.exchange == one.exchange for use in process.inputs)]
    if not takers:
        return ""
    return f" '{one.exchange}' goes on into {', '.join(takers)}: what that earns is counted there, so judge the whole of both."


def _limit(who: str, one: Corridor) -> str:
    """How far a side goes: below zero it is the donor who pays."""
    end = (one.p_min if who == "donor" else one.p_max).value or 0.0
    needs = (end >= 0) == (who == "donor")
    return f"{'needs at least' if needs else 'pays at most'} {_said(abs(end), one.unit)}"


def _said(value: float | None, unit: str, rounded: Callable[[float], float] = round) -> str:
    """Three digits, without an exponent; rounding leaves what is only the noise of the last digits.

    >>> _said(115_200.0, "SEK"), _said(115_200.0, "SEK", ceil), _said(80 + 1e-12, "SEK/t", ceil)
    ('115,000 SEK', '116,000 SEK', '80 SEK/t')
    """
    if not value:
        return f"0 {unit}"
    digits = 2 - floor(log10(abs(value)))
    return f"{rounded(round(value * 10.0**digits, 6)) / 10.0**digits:,.10g} {unit}"
