"""What is avoided over the period, and money per tonne of it, where that may be a headline."""

from __future__ import annotations

from collections.abc import Callable

from ius_lca.case.years import period
from ius_lca.computed import Computed
from ius_lca.economics.indicators import Figure
from ius_lca.impact.coverage import HEADLINE, Coverage
from ius_lca.impact.totals import total_over

#: Of an indicator in kg, in a tonne.
KG_PER_T = 1000.0


def avoided_t(c: Computed, reference: str, indicator: str) -> Figure:
    """What all exchanges avoid over the period [t], not discounted; none where that may be no headline.

    indicator: one in kg, such as `climate_change`.  It is the benefit of the period in the table `benefits`.
    """
    years = period(c.case)
    level = c.levels_over(years)[reference, indicator, None]
    if level not in HEADLINE:
        return Figure(None, no_headline(level))
    return Figure(total_over(years, c.over_years).benefit(indicator, reference) / KG_PER_T)


def per_avoided(c: Computed, reference: str, indicator: str, money: Callable[[float], Figure]) -> Figure:
    """Money per tonne avoided over the period, with the word that the coverage of what is avoided asks for.

    money: that figure, from the tonnes.
    """
    avoided = avoided_t(c, reference, indicator)
    if avoided.value is None:
        return avoided
    found = money(avoided.value)
    if c.levels_over(period(c.case))[reference, indicator, None] is not Coverage.AT_LEAST:
        return found
    if avoided.value <= 0:
        return Figure(None, "what is avoided is not fully covered: it may be more than nothing")
    return Figure(found.value, found.reason or "at most this, as at least so much is avoided")


def no_headline(level: Coverage) -> str:
    """Why a benefit that is covered so gives no figure.

    >>> no_headline(Coverage.AT_MOST)
    'coverage of the benefit: at most, so no headline'
    """
    return f"coverage of the benefit: {level.value.replace('_', ' ')}, so no headline"
