"""What holds of conversions, whatever the case: they can be undone, done twice, and decide nothing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ius_lca.case.currency import in_case_money
from ius_lca.case.numbers import numbers
from ius_lca.case.rates import INDEX_OF, exchange_rate, index_factor
from ius_lca.case.schema.case import Case
from ius_lca.economics.cashflow import CashFlow
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


@given(st.sampled_from(["EUR", "SEK", "DKK", "NOK", "PLN", "GBP"]), *[st.integers(2015, 2023)] * 3)
def test_deflating_in_steps_is_deflating_at_once(currency: str, first: int, between: int, last: int) -> None:
    factors = [index_factor(currency, *years, embedded_library())[0] for years in ((first, between), (between, last))]
    assert factors[0] * factors[1] == pytest.approx(index_factor(currency, first, last, embedded_library())[0], rel=1e-12)


def _in(tree: Tree, currency: str) -> Case:
    return case_of({**tree, "currency": currency, "price_year": "2023"})


def _npv(flow: CashFlow, rate: float) -> NDArray[np.float64]:
    """The present value of every payment."""
    discounted: NDArray[np.float64] = (flow.values / (1 + rate) ** np.arange(len(flow.years))).sum(axis=1)
    return discounted


@FEW
@given(trees(), CURRENCIES, st.floats(-0.1, 0.3))
def test_the_currency_of_the_case_decides_nothing(tree: Tree, currency: str, discount: float) -> None:
    own, other = (scored(_in(tree, one)).cash_flow for one in ("SEK", currency))
    rate, _ = exchange_rate("SEK", currency, 2023, embedded_library())
    assert own.items == other.items
    assert other.values == pytest.approx(own.values * rate, rel=1e-9)
    assert (np.sign(_npv(other, discount)) == np.sign(_npv(own, discount))).all()
    for reference in tree["references"]:
        of = [item.reference == reference and item.is_of_participants for item in own.items]
        size = abs(_npv(own, discount)[of]).sum()
        network = [_npv(flow, discount)[of].sum() for flow in (own, other)]
        assert network[1] / rate == pytest.approx(network[0], abs=1e-9 * size)


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
