"""What holds for the figures of every cash flow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ius_lca.economics.indicators import (
    annuity,
    annuity_factor,
    benefit_cost_ratio,
    discount_factors,
    irr,
    levelised_cost,
    npv,
    payback,
)
from tests.strategies import numbers

FLOWS = st.lists(numbers(-1000, 1000), min_size=1, max_size=31)
RATES = numbers(-0.5, 1.0)


def _size(cash: list[float], rate: float) -> float:
    """Sum of the absolute present values."""
    return float(npv(np.abs(cash), rate))


@given(FLOWS)
def test_present_value_at_an_internal_rate_is_zero(cash: list[float]) -> None:
    for rate in irr(cash).rates:
        # Far below zero a rate has few digits left above -100 %: what is lost is that of the rate.
        lost = len(cash) * np.finfo(float).eps / (1 + rate)
        assert npv(cash, rate) == pytest.approx(0, abs=(1e-9 + lost) * _size(cash, rate))


@given(FLOWS)
def test_internal_rates_are_those_at_which_the_sign_changes(cash: list[float]) -> None:
    signs = np.sign([flow for flow in cash if flow])
    turns = int(np.count_nonzero(signs[1:] != signs[:-1]))
    rates = irr(cash).rates
    assert list(rates) == sorted(rates)
    assert len(rates) <= turns
    if turns % 2:  # the first and the last flow are of opposite sign, so at some rate the balance turns
        assert rates
    scan = np.linspace(-0.5, 1, 301)
    values = np.array([float(npv(cash, rate)) for rate in scan])
    for left, right, before, after in zip(scan, scan[1:], values, values[1:], strict=False):
        if min(abs(before), abs(after)) > 1e-9 * _size(cash, left) and before * after < 0:
            assert any(left <= rate <= right for rate in rates)


@given(st.lists(numbers(-0.5, 1.0), min_size=1, max_size=4, unique=True))
def test_rates_of_a_product_are_found(expected: list[float]) -> None:
    assume(all(abs(one - other) > 0.02 for one in expected for other in expected if one != other))
    found = irr(np.poly([1 + rate for rate in expected])).rates
    assert found == pytest.approx(sorted(expected), abs=1e-6)


@given(FLOWS, RATES)
def test_doubling_the_flows_doubles_the_value_and_leaves_the_times(cash: list[float], rate: float) -> None:
    twice = [2 * flow for flow in cash]
    assert npv(twice, rate) == 2 * npv(cash, rate)
    assert irr(twice) == irr(cash)
    assert payback(twice, rate) == payback(cash, rate)


@given(FLOWS, RATES)
def test_after_the_payback_the_balance_is_never_below_zero(cash: list[float], rate: float) -> None:
    found = payback(cash, rate)
    balance = np.cumsum(np.array(cash) * discount_factors(rate, len(cash)))
    rest = 1e-11 * _size(cash, rate)
    if found.value is not None:
        assert (balance[int(np.ceil(found.value)) :] >= -rest).all()
        assert balance[int(np.ceil(found.value)) - 1] < 0
        assert np.interp(found.value, np.arange(len(cash)), balance) == pytest.approx(0, abs=rest)
    elif found.reason == "nothing is invested":
        assert (balance >= -rest).all()
    else:
        assert balance[-1] < 0


@given(numbers(-1e6, 1e6), RATES, st.integers(1, 60))
def test_the_annuity_is_worth_its_present_value(value: float, rate: float, years: int) -> None:
    yearly = annuity(value, rate, years)
    assert npv([0, *[yearly] * years], rate) == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert annuity_factor(rate, years) > 0


@given(st.lists(st.tuples(numbers(0, 1000), numbers(0.1, 100)), min_size=1, max_size=31), RATES)
def test_at_the_levelised_cost_nothing_is_gained(years: list[tuple[float, float]], rate: float) -> None:
    costs, delivered = (np.array(column) for column in zip(*years, strict=True))
    price = levelised_cost(costs, delivered, rate).value
    assert price is not None
    assert npv(price * delivered - costs, rate) == pytest.approx(0, abs=1e-9 * float(npv(costs, rate)))


@given(st.lists(st.tuples(numbers(-1000, 1000), numbers(-1000, 1000)), min_size=1, max_size=9), RATES)
def test_the_ratio_is_over_one_where_the_value_is_over_zero(items: list[tuple[float, float]], rate: float) -> None:
    found, value = benefit_cost_ratio(items, rate).value, float(npv(np.sum(items, axis=0), rate))
    if found is not None and abs(value) > 1e-9 * sum(_size(list(item), rate) for item in items):
        assert (found > 1) == (value > 0)
