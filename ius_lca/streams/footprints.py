"""The receiver's footprint of each stream, with and without a part of the donor's upstream.

With the donor's production unchanged its upstream is the same in both scenarios, so neither changes a benefit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema.exchange import Exchange, Upstream
from ius_lca.computed import Computed
from ius_lca.impact.coverage import Coverage
from ius_lca.impact.kernel import DIRECT_FLOWS, contributions
from ius_lca.impact.methods import Indicator
from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.inventory.graph import Edge, Node, Scenario, Term
from ius_lca.results import Cell
from ius_lca.streams.classes import StreamClass, class_of

CUT_OFF, ECONOMIC = "cut_off", "economic"
#: What lies between the donor's gate and the receiver's use.
_BETWEEN = (Term.PROCESSING, Term.TRANSPORT, Term.RESIDUE, Term.EQUIPMENT_BACKUP)


def economic_share(stream: float, main: float) -> float:
    """The stream's part of the donor's upstream, by value: stream / (stream + main).

    stream, main: value of the stream and of the main product made with it, per unit handed over; main above zero.
    A stream without value carries nothing.  Allocation by economic value is one of the ways of ISO 14044 (4.3.4.2).

    >>> economic_share(stream=25, main=75)
    0.25
    """
    value = max(stream, 0.0)
    return value / (value + main)


@dataclass(frozen=True, slots=True)
class UpstreamShare:
    """What a stream is worth per unit handed over under a reference, where that value comes from, and its share of upstream."""

    value: float
    value_from: str
    share: float


def upstream_share(c: Computed, key: str, reference: str) -> UpstreamShare | None:
    """The stream's price if it has a positive one, else what it saves the receiver; none if neither or no upstream is stated."""
    exchange, base = c.case.exchanges[key], amounts.base_unit(c.case.exchanges[key])
    if exchange.upstream is None:
        return None
    price = exchange.money.price
    if price is not None and class_of(c.read(price)) is StreamClass.BY_PRODUCT:
        value, value_from = float(units.ratio(c.read(price), price.unit, c.case.currency, base)), "price"
    elif (saved := _saving(c, exchange, reference)) is not None:
        value, value_from = saved, "saving"
    else:
        return None
    target = amounts.target_unit(exchange.upstream, c.case, c.library)
    of_main = exchange.upstream.price
    main = _made(c, exchange, exchange.upstream) * float(units.ratio(of_main.value, of_main.unit, c.case.currency, target))
    return UpstreamShare(value, value_from, economic_share(value, main)) if main > 0 else None


def _saving(c: Computed, exchange: Exchange, reference: str) -> float | None:
    """What the receiver would have paid for what one unit handed over replaces [currency/base]."""
    prices, supply = exchange.money.avoided_purchase, exchange.supply
    price = prices.under(reference) if prices is not None else None
    uses = supply.under(reference) if supply is not None else ()
    if price is None or supply is None or not uses:
        return None
    unit = amounts.target_unit(uses[0], c.case, c.library)
    bought = amounts.bought(exchange, supply, uses, c.case, c.library, read=c.read) * amounts.plain(supply.quality, c.read)
    return float(bought * units.ratio(c.read(price), price.unit, c.case.currency, unit))


def _made(c: Computed, exchange: Exchange, upstream: Upstream) -> float:
    """Main product made per unit handed over [target/base]."""
    target = amounts.target_unit(upstream, c.case, c.library)
    return float(amounts.use_amount(upstream, target, amounts.base_unit(exchange), c.library, exchange.material))


def upstream_share_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """By exchange and reference: value per unit handed over, where it comes from, and the share of the donor's upstream."""
    for key, exchange in c.case.exchanges.items():
        for reference in c.case.references:
            if (one := upstream_share(c, key, reference)) is not None:
                unit = units.per(c.case.currency, amounts.base_unit(exchange))
                yield key, reference, one.value, unit, one.value_from, one.share


def footprint_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The receiver's footprint per unit that reaches its use, by exchange, reference, indicator and allocation."""
    shown = [column for column, one in enumerate(c.indicators) if not set(one.factors) & set(DIRECT_FLOWS)]
    upstream = _upstream(c)
    for reference in c.case.references:
        for key, exchange in c.case.exchanges.items():
            reaching = _reaching(c, exchange)
            if not c.handed_over[key] * reaching:
                continue  # nothing reaches the receiver, so there is nothing to state it of
            base = amounts.base_unit(exchange)
            between, gaps = _between(c, key, reference)
            footprints = {CUT_OFF: (between, gaps)}
            one = upstream_share(c, key, reference)
            if one is not None:
                main, missing = upstream[key]
                footprints[ECONOMIC] = (between + one.share * main, gaps | (missing & (one.share > 0)))
            for method, (burden, uncovered) in footprints.items():
                for column in shown:
                    indicator = c.indicators[column]
                    level = _level(indicator, missing=bool(uncovered[column]), value=float(burden[column]))
                    value = float(burden[column]) / reaching if level is not Coverage.NONE else None
                    unit = units.per(indicator.unit, base)
                    yield key, reference, indicator.id, method, value, unit, level.value


def _reaching(c: Computed, exchange: Exchange) -> float:
    """Share of what is handed over that reaches its use: (1 - loss) * y."""
    return float((1 - amounts.plain(exchange.loss)) * amounts.plain(exchange.usable, c.read))


def _between(c: Computed, key: str, reference: str) -> tuple[Floats, Flags]:
    """What the exchange takes between both gates, per unit handed over, and where it is not covered [k].

    Only what the symbiosis runs: what a co-product avoids elsewhere is a benefit and no part of a footprint. The donor's own
    process, which treats no stream, lies before its gate.
    """
    nodes, listed = c.inventory.nodes, c.inventory.edges
    edges = [
        row
        for row in c.edges.get((reference, key), ())
        if nodes[listed[row].node].scenario is Scenario.SYMBIOSIS
        and listed[row].term in _BETWEEN
        and (listed[row].treats or listed[row].term is not Term.PROCESSING)
    ]
    active = [row for row in edges if c.scored.amounts[row]]
    burden: Floats = c.scored.scores[edges].sum(axis=0) / c.handed_over[key]
    missing: Flags = np.any(c.scored.gaps[active], axis=0)
    return burden, missing


def _level(indicator: Indicator, *, missing: bool, value: float) -> Coverage:
    """Burdens with a gap are at least what is covered, where the indicator cannot be negative."""
    if not missing:
        return Coverage.FULL
    if not value:
        return Coverage.NONE
    return Coverage.AT_LEAST if indicator.non_negative else Coverage.PARTIAL


def _upstream(c: Computed) -> dict[str, tuple[Floats, Flags]]:
    """What the main product made with one unit handed over causes, and where that is not covered [k], by exchange."""
    listed = [(key, one, one.upstream) for key, one in c.case.exchanges.items() if one.upstream is not None]
    nodes = [Node(c.case.main_reference, Scenario.SYMBIOSIS, key, 1.0, amounts.base_unit(one)) for key, one, _ in listed]
    edges = [
        Edge(
            node=row,
            actor=one.from_,
            term=Term.PROCESSING,
            target=c.library.id_of(upstream.target),
            unit=amounts.target_unit(upstream, c.case, c.library),
            amount=_made(c, one, upstream),
            evidence=upstream.amount.evidence,
            label=upstream.why,
        )
        for row, (_, one, upstream) in enumerate(listed)
    ]
    apart = replace(c.inventory, nodes=tuple(nodes), edges=tuple(edges))
    scored = contributions(apart, c.unit_scores, c.indicators).at(c.year)
    return {key: (scored.scores[row], scored.gaps[row]) for row, (key, _, _) in enumerate(listed)}
