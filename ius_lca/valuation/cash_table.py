"""Rows of the cash flow as a controller reads it: by party, item and year, with sums and what has come back so far."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

import numpy as np

from ius_lca.computed import Computed
from ius_lca.economics.indicators import discount_factors
from ius_lca.economics.items import Floats
from ius_lca.results import IN_YEAR, PROJECT, Cell
from ius_lca.valuation.balance import Balance, balance, parties

#: Beside the items of the cash flow: their sum, what it adds up to since year 0, and the same discounted.
NET, CUMULATIVE, DISCOUNTED = "net", "cumulative", "cumulative_present_value"


def cash_flow_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Money of every party by item and year, from year 0, and over the period, in the currency of the case as booked.

    What the members of a party pay each other cancels and is no row. `net` is the sum of the items, as far as prices are
    stated; `cumulative` adds it up since year 0, and `cumulative_present_value` does so at the rate of the party. These two
    are one row without a value, with the reason, where a price or the rate is not stated.
    """
    for reference in c.case.references:
        for party in parties(c):
            money = balance(c, reference, party)
            for item, values in (*money.by_item.items(), (NET, money.total)):
                for year, value in zip(c.cash_flow.years, values.tolist(), strict=True):
                    yield reference, party.name, item, IN_YEAR, year, c.case.currency, value, ""
                lacks = f"without what is {money.unknown}" if item == NET and money.missing else ""
                yield reference, party.name, item, PROJECT, None, c.case.currency, fsum(values), lacks
            for item, sums, reason in _sums(money):
                if sums is None:
                    yield reference, party.name, item, PROJECT, None, c.case.currency, None, reason
                else:
                    for year, value in zip(c.cash_flow.years, sums.tolist(), strict=True):
                        yield reference, party.name, item, IN_YEAR, year, c.case.currency, value, ""


def _sums(money: Balance) -> Iterator[tuple[str, Floats | None, str]]:
    """What has come back by the end of each year [year], without and with interest, or why it is not known."""
    yield CUMULATIVE, None if money.missing else np.cumsum(money.total), money.unknown
    rate = money.rate.value
    if money.missing or rate is None:
        yield DISCOUNTED, None, money.npv.reason
    else:
        yield DISCOUNTED, np.cumsum(money.total * discount_factors(rate, len(money.total))), ""
