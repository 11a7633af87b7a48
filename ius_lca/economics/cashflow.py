"""Money of every actor in every year: from year 0, before the first year of the period, to its last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ius_lca import units
from ius_lca.case.cascade import Cascade, evidence_of_quantities
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.money import SOCIETY, Payment
from ius_lca.case.years import period, runs
from ius_lca.economics.capital import Lump, Timeline, invested, paid_once
from ius_lca.economics.indicators import Figure
from ius_lca.economics.items import CashItem, Floats, Kind, NotStated
from ius_lca.economics.trades import Basis, Running, Trade, basis_of, bought, common_trades, name_of, trades
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated, in_years, worst


@dataclass(frozen=True)
class CashFlow:
    """Every payment in every year, and the prices that are not stated.

    years: year 0, the year before the period, and the years of the period; everything is booked at the end of its year.
    values: as booked [item, year], in the currency of the case.  taxable: what of them is income (+) or cost (-) to the tax.
    prices: price level of each year against the price year [year]; 1 unless the case counts in nominal money.
    tax_rates: income tax by actor.
    """

    years: range
    items: tuple[CashItem, ...]
    values: Floats
    taxable: Floats
    prices: Floats
    tax_rates: Mapping[str, float]
    not_stated: tuple[NotStated, ...]

    def at(self, year: int) -> list[CashItem]:
        """What the participants gain and pay in the running of one year, before income tax."""
        here = self.years.index(year)
        return [
            replace(item, value=float(row[here]))
            for item, row in zip(self.items, self.values, strict=True)
            if item.kind is Kind.OPERATING and item.is_of_participants
        ]

    @cached_property
    def alike(self) -> bool:
        """Whether the running of every year of the period is the same."""
        running = self.values[[item.kind is Kind.OPERATING for item in self.items], 1:]
        return bool((running == running[:, :1]).all())


def cash_flow(case: Case, library: Library, system: Cascade) -> CashFlow:
    """Every payment under every reference, and the prices that are not stated.

    system: of the years from the first of the period.  What one actor pays another, or society, appears twice with opposite
    signs, so that it cancels in their sum. A missing avoided purchase is never borrowed from another reference. D does not
    enter money.
    """
    line = timeline(case)
    found = [one for reference in case.references for one in _found(case, library, system, reference, line)]
    flows = [one for one in found if isinstance(one, _Flow)]
    rates = {key: rate for key, actor in case.actors.items() if (rate := actor.tax_rate or case.economics.tax_rate)}
    flows += _income_tax(flows, rates)
    flows = [side for one in flows for side in _with_society(one)]
    return CashFlow(
        years=line.years,
        items=tuple(one.item for one in flows),
        values=np.array([one.booked for one in flows]).reshape(len(flows), len(line.years)),
        taxable=np.array([one.taxable for one in flows]).reshape(len(flows), len(line.years)),
        prices=line.prices,
        tax_rates={key: rate.to("") for key, rate in rates.items()},
        not_stated=tuple(dict.fromkeys(one for one in found if isinstance(one, NotStated))),
    )


def timeline(case: Case) -> Timeline:
    """The years of the cash flow and the price level in them: (1 + inflation)^(year - price year) in nominal money, else 1."""
    years = range(period(case).start - 1, period(case).stop)
    prices, stated = np.ones(len(years)), case.economics
    if stated.nominal and stated.inflation is not None:
        prices = (1 + stated.inflation.to("")) ** (np.array(years, dtype=float) - case.prices_of)
    return Timeline(years, prices, case.currency, stated.remaining_value == "straight_line")


def rate_of(case: Case, actor: str | None = None) -> Figure:
    """The discount rate of an actor, else that of the case [1/yr], else none: it is never taken as zero.

    actor: nobody for the network and society, which count at the rate of the case.
    """
    stated = (case.actors[actor].discount_rate if actor is not None else None) or case.discount_rate
    whose = f"{actor} or of the case" if actor is not None else "the case"
    return Figure(stated.to("")) if stated else Figure(None, f"not stated: discount rate of {whose}")


@dataclass(frozen=True, slots=True)
class _Flow:
    """A payment with its money by year, and what the income tax sees of it [year]."""

    item: CashItem
    booked: Floats
    taxable: Floats


def _found(case: Case, library: Library, system: Cascade, reference: str, line: Timeline) -> Iterator[_Flow | NotStated]:
    """Payments before income tax, and prices that are missing, under one reference."""
    whole, read = period(case), in_years(line.years[1:])
    years, always, of_quantities = np.array(whole, dtype=float), np.ones(len(whole)), evidence_of_quantities(case, library)
    for column, (key, exchange) in enumerate(case.exchanges.items()):
        own = runs(case, exchange)
        here, service = slice(len(whole)), range(own.start, min(own.stop, whole.stop))
        running = Running(years, system.quantities[here, column], system.runs[here, column].astype(float), read)
        for trade in trades(case, library, exchange, reference, running):
            yield _traded(reference, key, trade, of_quantities[key], line)
        for item, cost in bought(exchange):
            if cost is None:
                yield NotStated(reference, key, item.by, f"cost of {name_of(item)}", Kind.CAPITAL)
            else:
                yield from (_paid(reference, key, lump) for lump in invested(item, cost, service, line))
        yield from (_paid(reference, key, lump) for lump in _sums(exchange.money.payments, service, line))
    for trade in common_trades(case, Running(years, always, always, read)):
        yield _traded(reference, None, trade, Evidence.MEASURED, line)
    for item in case.economics.investments:
        yield from (_paid(reference, None, lump) for lump in invested(item, item.cost, whole, line))
    for lump in _sums(case.economics.facilitation, whole, line):
        yield _paid(reference, None, replace(lump, item="facilitation"))


def _sums(payments: Iterable[Payment], service: range, line: Timeline) -> Iterator[Lump]:
    for payment in payments:
        if basis_of(payment, line.currency) is Basis.ONCE:
            yield from paid_once(payment, service, line)


def _traded(reference: str, exchange: str | None, trade: Trade, of_quantity: Evidence, line: Timeline) -> _Flow | NotStated:
    """What is paid in the running years, at their price level."""
    price = trade.price
    if price is None:
        return NotStated(reference, exchange, trade.actor, trade.missing)
    each = units.ratio(in_years(line.years[1:])(price), price.unit, line.currency, trade.unit)
    booked = np.zeros(len(line.years))
    booked[1:] = trade.amount * each * line.prices[1:]
    evidence = worst([price.evidence, *([of_quantity] if trade.scales else []), *(one.evidence for one in trade.basis)])
    side = (reference, trade.actor, exchange, trade.counterparty, trade.item, trade.scenario)
    return _Flow(CashItem(*side, Kind.OPERATING, trade.scales, evidence, trade.label), booked, booked)


def _paid(reference: str, exchange: str | None, lump: Lump) -> _Flow:
    """What is paid once."""
    side = (reference, lump.actor, exchange, lump.counterparty, lump.item, Scenario.SYMBIOSIS)
    return _Flow(CashItem(*side, Kind.CAPITAL, scales=False, evidence=lump.evidence, label=lump.label), lump.booked, lump.taxable)


def _income_tax(flows: Iterable[_Flow], rates: Mapping[str, Stated]) -> Iterator[_Flow]:
    """Income tax of the actors who have a rate, by exchange; losses are set against other profits of the actor."""
    taxable: dict[tuple[str, str, str | None], list[_Flow]] = {}
    for one in flows:
        taxable.setdefault((one.item.reference, one.item.actor, one.item.exchange), []).append(one)
    for (reference, actor, exchange), parts in taxable.items():
        if (rate := rates.get(actor)) is not None:
            side = (reference, actor, exchange, SOCIETY, "income_tax", Scenario.SYMBIOSIS)
            booked = -rate.to("") * np.sum([one.taxable for one in parts], axis=0)
            evidence = worst([rate.evidence, *(one.item.evidence for one in parts)])
            yield _Flow(CashItem(*side, Kind.INCOME_TAX, scales=False, evidence=evidence), booked, np.zeros_like(booked))


def _with_society(flow: _Flow) -> Iterator[_Flow]:
    """A payment, and the same in the books of society if that is the other side."""
    yield flow
    if flow.item.counterparty == SOCIETY:
        yield _Flow(replace(flow.item, actor=SOCIETY, counterparty=flow.item.actor), -flow.booked, -flow.taxable)
