"""Rows of what an exchange, an actor, the network and society gain over the years."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema.money import SOCIETY
from ius_lca.case.years import period
from ius_lca.computed import Computed
from ius_lca.economics import indicators
from ius_lca.economics.corridor import unit_of_price
from ius_lca.economics.indicators import Figure
from ius_lca.economics.items import Kind
from ius_lca.quantity import in_years
from ius_lca.results import IN_YEAR, PROJECT, Cell
from ius_lca.valuation.avoided import per_avoided
from ius_lca.valuation.balance import NETWORK, Balance, Party, balance, balance_of, costs_of, parties, unless_missing, words


def summary_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Yearly value of the headline year, and the figures of the period, by reference and party."""
    for reference in c.case.references:
        for actor, value, reason in _yearly(c, reference):
            yield reference, actor, "value", f"{c.case.currency}/year", IN_YEAR, c.year, value, reason
        balances = {party.name: balance(c, reference, party) for party in parties(c)}
        for actor, money in balances.items():
            for indicator, unit, figure in _figures(c, money):
                yield reference, actor, indicator, unit, PROJECT, None, figure.value, figure.reason
        network = balances[NETWORK]
        difference, abated = _difference(c, balances), _abatement(c, reference, network)
        yield reference, NETWORK, "npv_difference", c.case.currency, PROJECT, None, difference.value, difference.reason
        unit = units.per(c.case.currency, "t CO2e")
        yield reference, NETWORK, "abatement_cost", unit, PROJECT, None, abated.value, abated.reason


def _yearly(c: Computed, reference: str) -> Iterator[tuple[str, float, str]]:
    """What is gained in the headline year, as far as it is stated; transfers cancel in the network."""
    here = [item for item in c.cash if item.reference == reference]
    lacks = [one for one in c.not_stated if one.reference == reference]
    for actor in c.case.actors:
        missing = [words(one) for one in lacks if one.actor == actor]
        yield actor, fsum(item.value for item in here if item.actor == actor), _without(missing)
    missing = [words(one) for one in lacks if one.item != "price"]
    yield NETWORK, fsum(item.value for item in here), _without(missing)


def _without(missing: list[str]) -> str:
    return f"without what is not stated: {', '.join(dict.fromkeys(missing))}" if missing else ""


def _figures(c: Computed, money: Balance) -> Iterator[tuple[str, str, Figure]]:
    """Indicators with their units."""
    currency = c.case.currency
    yield "discount_rate", "1/year", money.rate
    yield "npv", currency, money.npv
    yield "irr", "1/year", money.irr
    yield "annuity", f"{currency}/year", money.annuity
    yield "simple_payback", "year", money.simple_payback
    yield "discounted_payback", "year", money.discounted_payback
    yield "benefit_cost_ratio", "1", money.benefit_cost_ratio


def _difference(c: Computed, balances: dict[str, Balance]) -> Figure:
    """What the network's net present value is more than those of the actors, each at its own rate."""
    values = {party: balances[party].npv.value for party in (NETWORK, *c.case.actors)}
    known = {party: value for party, value in values.items() if value is not None}
    if unknown := [party for party in values if party not in known]:
        return Figure(None, f"there is no net present value of {', '.join(unknown)}")
    return Figure(known.pop(NETWORK) - fsum(known.values()))


def _abatement(c: Computed, reference: str, network: Balance) -> Figure:
    """What the network pays to avoid a tonne of CO2e, over the period."""
    annuity, years = network.annuity, len(period(c.case))

    def cost(tonnes: float) -> Figure:
        return annuity if annuity.value is None else indicators.abatement_cost(annuity.value, tonnes / years)

    return per_avoided(c, reference, "climate_change", cost)


def exchange_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """What each exchange is worth to everybody in it, and what a unit of it costs.

    The rows without an exchange are what is paid for the network as a whole.
    """
    shown = list(parties(c))
    for reference in c.case.references:
        for key in (*c.case.exchanges, *_common(c)):
            involved = {NETWORK} | {item.actor for item in c.cash_flow.items if item.exchange == key}
            involved |= {one.actor for one in c.cash_flow.not_stated if one.exchange == key}
            for party in shown:
                if party.name in involved:
                    for indicator, unit, figure in _worth(c, reference, party, key):
                        yield reference, key, party.name, indicator, unit, figure.value, figure.reason


def _common(c: Computed) -> tuple[None, ...]:
    """No exchange, if anything is paid for none in particular."""
    return (None,) if any(item.exchange is None for item in c.cash_flow.items) else ()


def _worth(c: Computed, reference: str, party: Party, key: str | None) -> Iterator[tuple[str, str, Figure]]:
    """Indicators of an exchange with their units."""
    currency, money = c.case.currency, balance_of(c, reference, party, key)
    yield "npv", currency, money.npv
    yield "annuity", f"{currency}/year", money.annuity
    if party.name != SOCIETY:
        yield "value_per_year", f"{currency}/year", _value(c, reference, party, key)
    if party.name == NETWORK:
        yield "irr", "1/year", money.irr
        yield "simple_payback", "year", money.payback_of_its_own
        yield "invested", currency, _invested(c, reference, party, key)
        yield "granted", currency, Figure(_sum(c, reference, party, key, "grant"))
        if key is not None:
            yield "levelised_cost", *_levelised(c, reference, party, key)


def _sum(c: Computed, reference: str, party: Party, key: str | None, name: str) -> float:
    """What a party pays (-) or gains by one item of an exchange in all years [currency]."""
    mine, flow = (reference, key, name), zip(c.cash_flow.items, c.cash_flow.values, strict=True)
    return fsum(
        fsum(values)
        for item, values in flow
        if (item.reference, item.exchange, item.item) == mine and item.actor in party.members
    )


def _invested(c: Computed, reference: str, party: Party, key: str | None) -> Figure:
    """What is bought for an exchange, without what replaces it later [currency]."""
    mine = [one for one in c.cash_flow.not_stated if (one.reference, one.exchange) == (reference, key)]
    return unless_missing(0.0 - _sum(c, reference, party, key, "investment"), [one for one in mine if one.kind is Kind.CAPITAL])


def _value(c: Computed, reference: str, party: Party, key: str | None) -> Figure:
    """What a party gains from an exchange in the headline year."""
    mine = (reference, key)
    lacks = [one for one in c.not_stated if (one.reference, one.exchange) == mine and one.actor in party.members]
    value = fsum(one.value for one in c.cash if (one.reference, one.exchange) == mine and one.actor in party.members)
    return unless_missing(value, [one for one in lacks if party.name != NETWORK or one.item != "price"])


def _levelised(c: Computed, reference: str, network: Party, key: str) -> tuple[str, Figure]:
    """What the exchange costs per usable unit that arrives, in the unit of its prices."""
    exchange, years = c.case.exchanges[key], period(c.case)
    read, (unit, worth) = in_years(years), unit_of_price(c.case, key)
    arrives = amounts.plain(exchange.usable, read) * (1 - amounts.plain(exchange.loss, read))
    column = list(c.case.exchanges).index(key)
    delivered = np.zeros(len(years) + 1)
    delivered[1:] = c.system.quantities[: len(years), column] * arrives * worth
    return unit, costs_of(c, reference, network, key).levelised_cost(delivered)
