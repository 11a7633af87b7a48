"""What the exchanges are worth to others: avoided impacts at a carbon price or a cost of damage; never part of the cash flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

import numpy as np

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.years import period
from ius_lca.computed import Computed
from ius_lca.impact.coverage import HEADLINE, Coverage
from ius_lca.quantity import in_years
from ius_lca.results import IN_YEAR, PROJECT, Cell
from ius_lca.units import Value
from ius_lca.valuation.avoided import no_headline

#: What the word `at least` of a benefit says of what it is worth.
AT_LEAST_THIS = "at least this, as at least so much is avoided"


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit of an avoided impact counts.

    kind: `carbon` or `damage`.  per_unit: by year of the period [currency of the case per unit of the indicator].
    """

    kind: str
    indicator: str
    per_unit: dict[int, float]


def prices(c: Computed) -> Iterator[Price]:
    """The prices of avoided impacts that the case states.

    A carbon price counts for the share of the emissions that carries none yet:  price x not yet priced.
    """
    external, currency, read = c.case.economics.external, c.case.currency, in_years(period(c.case))
    if (carbon := external.carbon) is not None:
        each = carbon.per_kg(currency, read) * amounts.plain(carbon.not_yet_priced, read)
        yield Price("carbon", "climate_change", _by_year(c, each))
    unit_of = {one.id: one.unit for one in c.indicators}
    for damage in external.damages:
        each = units.ratio(read(damage.cost), damage.cost.unit, currency, unit_of[damage.indicator])
        yield Price("damage", damage.indicator, _by_year(c, each))


def _by_year(c: Computed, each: Value) -> dict[int, float]:
    years = period(c.case)
    return dict(zip(years, np.broadcast_to(each, len(years)).tolist(), strict=True))


def external_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """External value in years [currency/year] and over the period [currency], by reference and price.

    value(y) = benefit(y) x price(y);  of the period: their sum, not discounted, at constant prices. None, with the reason,
    where the benefit may be no headline, and with the word where it is `at least` so much. Rows are not to be added up: a
    carbon price and a cost of damage by climate change value the same tonne.
    """
    years, currency = period(c.case), c.case.currency
    for price in prices(c):
        constant = len(set(price.per_unit.values())) == 1
        shown = [(IN_YEAR, year, (year,), f"{currency}/year") for year in (c.years_shown if constant else years)]
        for reference in c.case.references:
            value = {year: c.over_years[year].benefit(price.indicator, reference) * price.per_unit[year] for year in years}
            for basis, year, summed, unit in (*shown, (PROJECT, None, years, currency)):
                level = c.levels_over(summed)[(reference, price.indicator, None)]
                told = level in HEADLINE
                reason = no_headline(level) if not told else AT_LEAST_THIS if level is Coverage.AT_LEAST else ""
                whole = fsum(value[one] for one in summed) if told else None
                yield reference, price.kind, price.indicator, unit, basis, year, whole, reason
