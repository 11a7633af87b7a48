"""Findings: no price at which both sides gain, or a price at which one of them loses."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.computed import Computed
from ius_lca.economics.corridor import Corridor
from ius_lca.errors import Finding, Level, Stage


def corridor_findings(c: Computed) -> Iterator[Finding]:
    """At most one per exchange and side, under the main reference."""
    for one in c.corridors:
        if one.reference != c.case.main_reference:
            continue
        if one.gap:
            yield _no_corridor(c, one)
        else:
            yield from _price_outside(c, one)


def _no_corridor(c: Computed, one: Corridor) -> Finding:
    donor, receiver = _limit("donor", one), _limit("receiver", one)
    message = (
        f"there is no price at which both sides of '{one.exchange}' gain over the years: the donor {donor}, "
        f"the receiver {receiver}."
    )
    opening, currency = c.openings[one.reference, one.exchange], c.case.currency
    grants = ((opening.to_receiver, "receiver"), (opening.to_donor, "donor"))
    ways = [f"{_said(opening.fee.value, one.unit)} paid by others"]
    ways += [f"a grant of {_said(grant.value, currency)} to the {who}" for grant, who in grants if grant.value is not None]
    ways += [f"transport over {_said(far, 'km')} in all"] if (far := opening.distance.value) is not None else []
    mend = f"Any of these would open one: {', '.join(ways)}."
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
        yield Finding(Level.WARNING, "price-outside", message, mend, "", f"exchanges.{one.exchange}.money.price", Stage.RESULT)


def _limit(who: str, one: Corridor) -> str:
    """How far a side goes: below zero it is the donor who pays."""
    end = (one.p_min if who == "donor" else one.p_max).value or 0.0
    needs = (end >= 0) == (who == "donor")
    return f"{'needs at least' if needs else 'pays at most'} {_said(abs(end), one.unit)}"


def _said(value: float | None, unit: str) -> str:
    """Three digits, without an exponent."""
    return f"{float(f'{0.0 if value is None else value:.3g}'):,.10g} {unit}"
