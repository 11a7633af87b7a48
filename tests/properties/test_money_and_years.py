"""What holds of conversions, whatever the case: they can be undone, done twice, and decide nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.case.currency import in_case_money
from ius_lca.case.numbers import numbers
from ius_lca.case.rates import INDEX_OF, exchange_rate, index_factor
from ius_lca.case.schema import Case
from ius_lca.economics.cashflow import CashItem
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library
from ius_lca.units import currency_of
from tests.scoring import scored
from tests.strategies import Tree, case_of, trees

CURRENCIES = st.sampled_from(sorted(INDEX_OF))
FEW = settings(max_examples=30)


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(INDEX_OF), 2)))
def test_a_rate_and_back_is_one(one: str, other: str, library: Library) -> None:
    for year in (2005, 2019, 2025):
        there, back = exchange_rate(one, other, year, library)[0], exchange_rate(other, one, year, library)[0]
        assert there * back == pytest.approx(1, rel=1e-12)


@given(st.sampled_from(["EUR", "SEK", "DKK", "NOK", "PLN", "GBP"]), *[st.integers(2014, 2023)] * 3)
def test_deflating_in_steps_is_deflating_at_once(currency: str, first: int, between: int, last: int) -> None:
    factors = [index_factor(currency, *years, embedded_library())[0] for years in ((first, between), (between, last))]
    assert factors[0] * factors[1] == pytest.approx(index_factor(currency, first, last, embedded_library())[0], rel=1e-12)


def _in(tree: Tree, currency: str) -> Case:
    return case_of({**tree, "currency": currency, "price_year": "2023"})


def _cash(case: Case) -> list[CashItem]:
    return scored(case).cash


@FEW
@given(trees(), CURRENCIES)
def test_the_currency_of_the_case_decides_nothing(tree: Tree, currency: str) -> None:
    own, other = _cash(_in(tree, "SEK")), _cash(_in(tree, currency))
    rate, _ = exchange_rate("SEK", currency, 2023, embedded_library())
    assert [(item.actor, item.exchange, item.item) for item in own] == [(item.actor, item.exchange, item.item) for item in other]
    for mine, theirs in zip(own, other, strict=True):
        assert theirs.value == pytest.approx(mine.value * rate, rel=1e-9)
        assert (theirs.value > 0) == (mine.value > 0)


@FEW
@given(trees(), CURRENCIES)
def test_what_is_converted_is_in_the_money_of_the_case_and_stays_as_it_is(tree: Tree, currency: str) -> None:
    case, done, problems = in_case_money(_in(tree, currency), embedded_library())
    assert problems == []
    assert {found for stated, _ in numbers(case) if (found := currency_of(stated.unit))} <= {currency}
    assert (done == ()) == (currency == "SEK" or not any(currency_of(stated.unit) for stated, _ in numbers(case)))
    again, nothing, _ = in_case_money(case, embedded_library())
    assert again is case
    assert nothing == ()
