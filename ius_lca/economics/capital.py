"""Sums that are paid once: investments, their replacement and what they are worth at the end, grants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from ius_lca.case.schema.exchange import Equipment
from ius_lca.case.schema.money import MARKET, Investment, Payment
from ius_lca.economics.items import Floats
from ius_lca.economics.trades import Basis, item_of, name_of, sides
from ius_lca.quantity import Evidence, Stated, worst

#: A life that is over this close to the end needs no replacement [lives].
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Lump:
    """Money of one actor in single years, and what the income tax sees of it.

    booked: by year from year 0 [year], in the currency of the case.
    taxable: what counts as income (+) or cost (-) of each year [year]: the depreciation in place of the investment, the gain
    over the book value in place of what is left, and a sum spread evenly over the years in which the exchange still runs.
    """

    actor: str
    counterparty: str
    item: str
    booked: Floats
    taxable: Floats
    evidence: Evidence
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years of the cash flow, from year 0, and the price level of each against the price year [year].

    currency: of every amount.  counts_remaining: whether something whose life is not over at the end is worth its
    undepreciated part.
    """

    years: range
    prices: Floats
    currency: str
    counts_remaining: bool

    def level(self, year: int) -> float:
        """The price level of a year."""
        return float(self.prices[self.years.index(year)])

    def at(self, year: int, value: float) -> Floats:
        """An amount at the prices of the price year, booked in the money of one year; nothing if that lies before year 0."""
        booked = np.zeros(len(self.years))
        if year in self.years:
            booked[self.years.index(year)] = value * self.level(year)
        return booked

    def share(self, start: float, stop: float) -> Floats:
        """Share of each year that lies after `start` and up to `stop`, both counted in years that have ended [year]."""
        ends = np.array(self.years, dtype=float)
        share: Floats = np.clip(np.minimum(ends, stop) - np.maximum(ends - 1, start), 0.0, 1.0)
        return share


def paid_in(year: int | None, service: range) -> int:
    """The year at whose end a sum is paid: the stated one, else the year before the first of `service`."""
    return year if year is not None else service.start - 1


def invested(item: Equipment | Investment, cost: Stated, service: range, line: Timeline) -> Iterator[Lump]:
    """What something costs that lasts for a while and is replaced as long as the exchange runs.

    It is paid at the end of the year before the first of `service`, or of its own `year`, and again whenever its life is over.
    At the end of a life it brings its residual value; what lives longer than the exchange or the period is worth, at the end
    of `service`, the part that straight-line depreciation has left, or it is worth nothing and written off there. A purchase
    before year 0 is sunk: neither it nor what is left of it is counted.

    service: the years of the period in which the exchange runs, the first of them perhaps before it.

    >>> pump = Investment.model_validate({"what": "pump", "cost": "300 SEK", "life": "3 years", "by": "mill"})
    >>> line = Timeline(range(2023, 2028), np.ones(5), "SEK", counts_remaining=True)
    >>> [(one.item, one.booked.tolist()) for one in invested(pump, pump.cost, range(2024, 2028), line)]  # runs for four years
    [('investment', [-300.0, 0.0, 0.0, 0.0, 0.0]), ('replacement', [0.0, 0.0, 0.0, -300.0, 0.0]), \
('residual_value', [0.0, 0.0, 0.0, 0.0, 200.0])]
    """
    price, life = cost.to(line.currency), item.life.to("year")
    scrap = item.residual_value.to(line.currency) if item.residual_value else 0.0
    evidence = worst([one.evidence for one in (cost, item.life, item.residual_value) if one is not None])
    first, end = paid_in(item.year, service), service.stop - 1
    for bought in range(ceil((end - first) / life - _ROUNDING)):
        start, over = first + bought * life, first + (bought + 1) * life
        year, last = floor(start), floor(min(over, end))
        if year < line.years.start:
            continue
        name = "replacement" if bought else "investment"
        written_off = line.share(start, min(over, end)) * (price - scrap) / life * line.level(year)
        left = scrap + (price - scrap) * max(over - end, 0.0) / life
        if over > end and not line.counts_remaining:
            written_off, left = written_off + line.at(last, left * line.level(year) / line.level(last)), 0.0  # scrapped
        yield Lump(item.by, MARKET, name, line.at(year, -price), -written_off, evidence, name_of(item))
        if left:
            gained = line.at(last, left * (1 - line.level(year) / line.level(last)))  # prices have risen since it was bought
            yield Lump(item.by, MARKET, "residual_value", line.at(last, left), gained, evidence, name_of(item))


def paid_once(payment: Payment, service: range, line: Timeline) -> Iterator[Lump]:
    """A sum, from both sides of it; for the income tax it is spread evenly over the years that follow while the exchange runs."""
    year = paid_in(payment.year, service)
    booked = line.at(year, payment.amount.to(line.currency))
    last = max(year, service.stop - 1)
    following = line.share(min(year, last - 1), last)
    spread = booked.sum() * following / following.sum()
    for actor, other, sign in sides(payment):
        yield Lump(
            actor, other, item_of(payment, Basis.ONCE), sign * booked, sign * spread, payment.amount.evidence, payment.what
        )
