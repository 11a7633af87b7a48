"""Money of small cases: by year for tests that state it by hand, and as the report tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from textwrap import indent
from typing import Any

import pytest

from ius_lca.assessment import assess
from ius_lca.case.cascade import cascade
from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.case.years import horizon
from ius_lca.economics.cashflow import CashFlow, cash_flow
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment
from tests.scoring import HEADER as TEN_YEARS
from tests.scoring import CaseFrom

#: Money by actor and item, a number for 2023 (year 0) and one for each year of the period.
Money = dict[tuple[str, str], list[float]]

HEADER = """\
ius_lca: 1
name: Four years of money
place: SE
period: {start: 2024, years: 4}
currency: SEK
actors: {giver: {name: Giver}, taker: {name: Taker}, other: {name: Other}}
references: {likely: {title: without the exchange}}
"""
#: A stream of which nothing but what is added is paid for.
BARE = """\
heat:
  from: giver
  to: taker
  resource: heat
  quantity: 10 GWh/year
  disposal: {all: [{factor: treatment.heat_rejection}]}
"""


def case_with(
    case_from: CaseFrom, library: Library, added: str = "", *, bare: str = BARE, top: str = "", old: str = "", new: str = ""
) -> Case:
    """A case of one exchange, which has passed its check.

    added: keys of the exchange.  top: keys of the case.  old, new: a part of the header and what stands there instead.
    """
    assert old in HEADER
    text = HEADER.replace(old, new) + "exchanges:\n" + indent(bare + indent(added, "  "), "  ") + "\n" + top
    case, document = case_from(text)
    assert [str(one) for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    return case


def flow_of(case: Case, library: Library) -> CashFlow:
    """Every payment of a case."""
    return cash_flow(case, library, cascade(case, library, horizon(case)))


def money_of(case: Case, library: Library, reference: str = "likely") -> Money:
    """Money by actor and item; several of one kind are summed, and what is zero in every year is left out."""
    flow, found = flow_of(case, library), dict[tuple[str, str], list[float]]()
    for item, values in zip(flow.items, flow.values.tolist(), strict=True):
        if item.reference == reference and any(values):
            before = found.get((item.actor, item.item), [0.0] * len(values))
            found[item.actor, item.item] = [one + other for one, other in zip(before, values, strict=True)]
    return found


def exactly(expected: Money) -> Any:
    """Numbers that differ in their last digits alone."""
    return {key: pytest.approx(values, rel=1e-12, abs=1e-6) for key, values in expected.items()}


#: 10 000 MWh a year save 500 SEK/MWh: 5 MSEK a year for 10 years, for 20 MSEK; without interest 3 MSEK a year are left.
SOLD_HEAT = """\
discount_rate: 0 %
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 10 GWh/year
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
    money:
      price: 300 SEK/MWh
      avoided_purchase: 500 SEK/MWh
      investments: [{what: pipe, cost: 20 MSEK, life: 10 years, by: giver}]
"""
#: From changes of the text of that case, and more exchanges, to the result.
Assessed = Callable[..., Assessment]


def assessed_heat(case_from: CaseFrom, *changes: tuple[str, str], more: str = "") -> Assessment:
    """The result of the sale of heat with parts of its text changed, and more exchanges."""
    text = TEN_YEARS + SOLD_HEAT + more
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return assess(case_from(text)[0])


def page_text(result: Assessment) -> str:
    """The words of a report, with single spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", render_html(result))))
