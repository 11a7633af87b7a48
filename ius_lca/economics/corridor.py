"""Between which prices of a stream both its donor and its receiver gain over the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.cascade import Cascade
from ius_lca.case.schema.case import Case
from ius_lca.case.years import period
from ius_lca.economics.cashflow import CashFlow, rate_of
from ius_lca.economics.indicators import ROUNDING, Figure, levelised_cost, npv
from ius_lca.economics.items import CashItem, Floats, Kind
from ius_lca.quantity import in_years

#: A net present value counts as zero up to this share of the absolute present values behind it.
ZERO = 1e-9
#: Why there is nothing to split.
CLOSED = "there is no price at which both sides gain"
#: The two sides of the price.
_PRICE = {"sale", "purchase"}


@dataclass(frozen=True, eq=False)
class Side:
    """What an exchange brings its donor or its receiver apart from the price; by year from year 0, in the case's currency.

    sign: 1 for the donor, who is paid the price; -1 for the receiver, who pays it.  rate: the discount rate [1/yr].
    keeps: what the income tax leaves of a payment [-].  items, values: payments before income tax [item, year].
    tax: income tax on them [year].  quantity: handed over, at the price level of the year [unit/yr].
    missing: prices of these payments that are not stated.
    """

    actor: str
    sign: int
    rate: Figure
    keeps: float
    items: tuple[CashItem, ...]
    values: Floats
    tax: Floats
    quantity: Floats
    missing: tuple[str, ...]

    @cached_property
    def net(self) -> Floats:
        """What is left after income tax [year]."""
        return np.asarray(self.values.sum(axis=0) + self.tax)

    def part(self, counts: Callable[[CashItem], bool]) -> Floats:
        """What is left after income tax of the running payments that count [year]."""
        rows = [item.kind is Kind.OPERATING and counts(item) for item in self.items]
        return np.asarray(self.keeps * self.values[np.array(rows, dtype=bool)].sum(axis=0))

    def end(self, net: Floats | None = None, quantity: Floats | None = None) -> Figure:
        """The constant price per unit handed over at which the net present value is zero [currency/unit].

        It is affine in a price p:  NPV(p) = NPV(net) + sign (1 - tax rate) p PV(quantity).
        net, quantity: by year, in place of its own.
        """
        net, quantity = self.net if net is None else net, self.quantity if quantity is None else quantity
        if not quantity.any():
            return Figure(None, "nothing is handed over")
        if self.missing:
            return Figure(None, f"not stated: {', '.join(self.missing)}".replace("avoided_", "avoided "))
        if not self.keeps:
            return Figure(None, f"the income tax takes all of a price from {self.actor}")
        return self.per_unit((0.0 - net) * (self.sign / self.keeps), quantity)

    def per_unit(self, money: Floats, quantity: Floats) -> Figure:
        """The constant price that is worth as much as money by year; without a discount rate only if it is one in every year."""
        if self.rate.value is not None:
            return levelised_cost(money, quantity, self.rate.value)
        each, size = float(money.sum() / quantity.sum()), np.abs(self.values).sum(axis=0) + np.abs(money)
        same = bool((np.abs(money - each * quantity) <= ROUNDING * size.max()).all())
        return Figure(each) if same else self.rate

    @cached_property
    def slack(self) -> float:
        """How far a price may lie from an end and still count as on it [currency/unit]."""
        sizes = np.stack([np.abs(self.values).sum(axis=0), self.quantity])
        money, quantity = sizes.sum(axis=1) if self.rate.value is None else npv(sizes, self.rate.value)
        return float(ZERO * money / quantity) if quantity else 0.0


#: The donor and the receiver of every exchange under every reference.
Sides = Mapping[tuple[str, str], tuple[Side, Side]]


def sides(case: Case, system: Cascade, flow: CashFlow) -> Sides:
    """What every exchange brings its donor and its receiver under every reference, apart from its price.

    Each cost sits with the actor who bears it; what third actors pay, and what belongs to no single exchange, is in neither.
    """
    rows: dict[tuple[str, str | None, str], list[int]] = {}
    for index, item in enumerate(flow.items):
        rows.setdefault((item.reference, item.exchange, item.actor), []).append(index)
    found = {}
    quantities = np.zeros((len(case.exchanges), len(flow.years)))
    quantities[:, 1:] = system.quantities[: len(flow.years) - 1].T * flow.prices[1:]
    for reference in case.references:
        for (key, exchange), quantity in zip(case.exchanges.items(), quantities, strict=True):
            donor, receiver = (
                _side(case, flow, rows.get((reference, key, actor), []), (reference, key, actor), sign=sign, quantity=quantity)
                for actor, sign in ((exchange.from_, 1), (exchange.to, -1))
            )
            found[reference, key] = donor, receiver
    return found


def _side(case: Case, flow: CashFlow, rows: list[int], who: tuple[str, str, str], *, sign: int, quantity: Floats) -> Side:
    """who: reference, exchange, actor.  rows: of the cash flow that are its."""
    items, values = [flow.items[row] for row in rows], flow.values[rows]
    others = np.array([item.item not in _PRICE and item.kind is not Kind.INCOME_TAX for item in items], dtype=bool)
    share = flow.tax_rates.get(who[2], 0.0)
    missing = [one.item for one in flow.not_stated if (one.reference, one.exchange, one.actor) == who and one.item != "price"]
    return Side(
        actor=who[2],
        sign=sign,
        rate=rate_of(case, who[2]),
        keeps=1 - share,
        items=tuple(item for item, counts in zip(items, others, strict=True) if counts),
        values=values[others],
        tax=-share * flow.taxable[rows][others].sum(axis=0),
        quantity=quantity,
        missing=tuple(missing),
    )


@dataclass(frozen=True, slots=True)
class Corridor:
    """Constant prices per unit handed over, in `unit`, at which donor (p_min) and receiver (p_max) have no gain.

    price: the one of the case; of a path the constant price that is worth the same to the donor.
    yearly: what one unit of price moves in the headline year [currency/year].  slack: up to where two prices are one.
    """

    reference: str
    exchange: str
    unit: str
    p_min: Figure
    p_max: Figure
    price: Figure
    yearly: float
    slack: float

    @property
    def gap(self) -> float:
        """By how much the donor needs more than the receiver pays; 0 where there is a corridor, or an end is not known."""
        if self.p_min.value is None or self.p_max.value is None or self.p_min.value - self.p_max.value <= self.slack:
            return 0.0
        return self.p_min.value - self.p_max.value

    @property
    def surplus(self) -> Figure:
        """What both gain together in the headline year, as a yearly payment: q (p_max - p_min) [currency/year]."""
        return self._between(lambda low, high: self.yearly * max(high - low, 0.0))

    @property
    def nash(self) -> Figure:
        """The price that gives each half of the surplus."""
        return self._between(lambda low, high: (low + high) / 2)

    @property
    def donor_share(self) -> Figure:
        """What the price leaves the donor of the surplus, 0 to 1: (p - p_min) / (p_max - p_min)."""
        low, high, paid = self.p_min.value, self.p_max.value, self.price.value
        if low is None or high is None or paid is None:
            return Figure(
                None, "; ".join(dict.fromkeys(one.reason for one in (self.p_min, self.p_max, self.price) if one.reason))
            )
        if high - low <= self.slack:
            return Figure(None, CLOSED)
        if losers := self.losers:
            return Figure(None, f"at the stated price the {losers[0]} loses")
        return Figure(min(max((paid - low) / (high - low), 0.0), 1.0))

    @property
    def receiver_share(self) -> Figure:
        """The rest."""
        own = self.donor_share
        return own if own.value is None else Figure(1 - own.value)

    @property
    def losers(self) -> tuple[str, ...]:
        """Who loses at the price: `donor`, `receiver`, both or neither, as far as it is known."""
        if self.price.value is None:
            return ()
        below = self.p_min.value is not None and self.price.value < self.p_min.value - self.slack
        above = self.p_max.value is not None and self.price.value > self.p_max.value + self.slack
        return ("donor",) * below + ("receiver",) * above

    def _between(self, figure: Callable[[float, float], float]) -> Figure:
        low, high = self.p_min.value, self.p_max.value
        if low is None or high is None:
            return Figure(None, "; ".join(dict.fromkeys(one.reason for one in (self.p_min, self.p_max) if one.reason)))
        return Figure(None, CLOSED) if self.gap else Figure(figure(low, high))


def corridors(case: Case, both: Sides, handed_over: Mapping[str, float]) -> list[Corridor]:
    """The corridor of prices of every exchange under every reference.

    p_min and p_max are the constant prices, of the price year, at which the net present value of the exchange is zero for its
    donor and for its receiver, each at its own discount rate, else the case's. A number that is not stated is never taken as
    zero, nor is a rate: the figure is then None, with the reason.

    handed_over: in the headline year, in the unit of each exchange.
    Source: the definition of the corridor in the methods; its idea is Yazan & Fraccascia 2019.
    """
    return [_corridor(case, reference, key, pair, handed_over[key]) for (reference, key), pair in both.items()]


def _corridor(case: Case, reference: str, key: str, pair: tuple[Side, Side], handed_over: float) -> Corridor:
    unit, worth = unit_of_price(case, key)
    low, high = (per_unit_of_price(side.end(), worth) for side in pair)
    slack = max(side.slack for side in pair) / worth
    return Corridor(reference, key, unit, low, high, _price(case, key, pair[0]), handed_over * worth, slack)


def _price(case: Case, key: str, donor: Side) -> Figure:
    """The price as stated; of a path the constant one that is worth the same to the donor."""
    price = case.exchanges[key].money.price
    if not donor.quantity.any():
        return Figure(None, "nothing is handed over")
    if price is None:
        return Figure(None, "its price is not stated")
    if price.by_year is None:
        return Figure(price.value)
    paid = donor.quantity.copy()
    paid[1:] *= in_years(period(case))(price)
    return donor.per_unit(paid, donor.quantity)


def unit_of_price(case: Case, key: str) -> tuple[str, float]:
    """The unit of the prices of an exchange, and what one of it is worth in the case's currency per unit handed over.

    Without a price it is that of trade: per MWh of energy, per tonne of mass, else per unit in which the exchange is counted.
    """
    exchange = case.exchanges[key]
    base, price = amounts.base_unit(exchange), exchange.money.price
    traded = next((unit for unit in ("MWh", "t") if units.same_dimension(unit, base)), base)
    unit = units.per(case.currency, traded) if price is None else price.unit
    return unit, units.ratio(1.0, unit, case.currency, base)


def per_unit_of_price(figure: Figure, worth: float) -> Figure:
    """A figure in the case's currency per unit handed over, in the unit of the price."""
    return figure if figure.value is None else Figure(figure.value / worth)
