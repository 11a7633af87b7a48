"""Figures of a cash flow by hand, and as numpy-financial gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy_financial
import pytest

from ius_lca.economics.indicators import (
    Figure,
    abatement_cost,
    annuity,
    annuity_factor,
    benefit_cost_ratio,
    discount_factors,
    irr,
    levelised_cost,
    npv,
    payback,
)

#: A loan of 1000 that pays 8 % for three years, and is paid back with the last.
BOND = [-1000, 80, 80, 1080]
#: A pump of 100 that lasts three years, bought anew for 90 at the end of year 3, saves 45 in each of five years; a third of
#: the second pump's 90 is left at the end.
PUMP = [-100, 45, 45, 45 - 90, 45, 45 + 90 / 3]


def test_bond_is_worth_its_price_at_its_own_rate() -> None:
    assert npv(BOND, 0.05) == pytest.approx(-1000 + 80 / 1.05 + 80 / 1.05**2 + 1080 / 1.05**3, rel=1e-12)
    assert npv(BOND, 0.08) == pytest.approx(0, abs=1e-9)
    assert irr(BOND).figure == Figure(pytest.approx(0.08, rel=1e-12))
    assert payback(BOND) == Figure(2 + (1000 - 160) / 1080)
    assert payback(BOND, 0.081).reason == "never within 3 years"


def test_equipment_with_replacement_and_residual_value() -> None:
    by_hand = -100 + 45 / 1.1 + 45 / 1.1**2 - 45 / 1.1**3 + 45 / 1.1**4 + 75 / 1.1**5
    assert npv(PUMP, 0.1) == pytest.approx(by_hand, rel=1e-12)
    # Balance at the end of each year: -100, -55, -10, -55, -10, 65.
    assert payback(PUMP) == Figure(4 + 10 / 75)
    # At 10 % the 75 of the last year are worth 46.57, against -38.49 before it.
    before = by_hand - 75 / 1.1**5
    assert payback(PUMP, 0.1).value == pytest.approx(4 - before / (75 / 1.1**5), rel=1e-12)
    assert annuity(float(npv(PUMP, 0.1)), 0.1, 5) == pytest.approx(by_hand * 0.1 / (1 - 1.1**-5), rel=1e-12)
    assert len(irr(PUMP).rates) == 1  # although the cash flow changes its sign three times


def test_present_value_keeps_the_other_axes() -> None:
    draws = np.array([[BOND, BOND], [[0, 0, 0, 0], [10, 0, 0, 0]]], dtype=float)
    assert npv(draws, 0.08) == pytest.approx(np.array([[0, 0], [0, 10]]), abs=1e-9)


@pytest.mark.parametrize("rate", [-1, -1.5, float("nan")])
def test_a_rate_of_minus_100_percent_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="a discount rate must be above -100 %"):
        discount_factors(rate, 3)


@pytest.mark.parametrize(
    ("cash", "rates", "reason"),
    [
        ([-100, 110], [0.1], ""),
        ([100, -110], [0.1], "no return: money comes in first, and 10 % a year is what it costs"),  # a loan taken
        ([-100, 50], [-0.5], ""),  # half is lost
        ([0, 0, -100, 0, 121, 0], [0.1], ""),  # nothing before the investment
        ([-100, 230, -132], [0.1, 0.2], "several: 10 %, 20 %"),  # -100 (x - 1.1)(x - 1.2)
        ([-1000, 6000, -11000, 6000], [0, 1, 2], "several: 0 %, 100 %, 200 %"),  # (x - 1)(x - 2)(x - 3)
        ([-1, 3 - 1e-12, -2 + 2e-12], [-1e-12, 1], "several: 0 %, 100 %"),  # no 'minus nothing' for a rest of rounding
        ([-100, 220, -121], [0.1], ""),  # -100 (x - 1.1)^2: touched
        ([100, -200, 101], [], "the net present value is zero at no rate"),
        ([100, 10], [], "the cash flow never changes its sign"),
        ([0, 0], [], "no money flows"),
        ([], [], "no money flows"),
        ([-100, 110, 1e-13], [0.1], ""),  # a rest of rounding is no money
        ([-100, 110, -1e-13], [0.1], ""),
    ],
)
def test_every_internal_rate_is_found(cash: list[float], rates: list[float], reason: str) -> None:
    found = irr(cash)
    assert found.rates == pytest.approx(rates, rel=1e-7, abs=1e-9)  # a touched zero is found to the root of the rounding
    assert found.reason == reason
    assert found.figure.value == (None if reason else found.rates[0])


@pytest.mark.parametrize("rate", np.linspace(-0.3, 0.9, 25).tolist())
def test_a_rate_at_which_the_value_only_touches_zero_is_found(rate: float) -> None:
    growth = 1 + rate
    for flows in ([-1, 2 * growth, -(growth**2)], np.convolve([-1, 2 * growth, -(growth**2)], [1, 1, 1])):
        assert irr(flows).rates == pytest.approx([rate], abs=1e-6)  # half of the digits: the value hardly changes there


def test_internal_rates_of_long_and_extreme_series() -> None:
    forever = np.full(201, 7.0)
    forever[0] = -100
    assert irr(forever).figure.value == pytest.approx(0.07, abs=1e-6)  # 7 / 100, less what comes after 200 years
    assert irr([-1e-4, 1e6]).figure.value == pytest.approx(1e10 - 1, rel=1e-9)
    assert irr([-1e6, 1e-3]).figure.value == pytest.approx(1e-9 - 1, rel=1e-12)
    back_and_forth = np.array([-1.0, 2.5] * 50)  # -(1 - 2.5 / x)(1 + x^-2 + x^-4 ...): the second factor has no zero
    assert irr(back_and_forth).figure.value == pytest.approx(1.5, rel=1e-12)


@pytest.mark.parametrize("cash", [BOND, PUMP, [-5, 1, 1, 1, 1, 1, 1], [-100, 39, 59, 55, 20], [-100, 0, 0, 74]])
def test_as_numpy_financial(cash: list[float]) -> None:
    for rate in (-0.5, 0.0, 0.03, 0.08, 2.0):
        assert npv(cash, rate) == pytest.approx(numpy_financial.npv(rate, cash), rel=1e-12, abs=1e-12)
    assert irr(cash).rates == pytest.approx([numpy_financial.irr(cash)], rel=1e-9)


@pytest.mark.parametrize(
    ("cash", "rate", "expected"),
    [
        ([-100, 40, 40, 40], 0, Figure(2.5)),
        ([-100, 50, 50], 0, Figure(2)),
        ([-100, 60, 60, -50, 40], 0, Figure(3 + 30 / 40)),  # paid back after 1.7 years, then no longer
        ([-100, 150, -100, 150], 0, Figure(2 + 50 / 150)),
        ([0, -100, 0, 200], 0, Figure(2.5)),
        ([-1, *[0.1] * 10], 0, Figure(pytest.approx(10, rel=1e-12))),  # whose sum is not quite 0 in floats
        ([-100, 110], 0.1, Figure(pytest.approx(1, rel=1e-12))),
        ([-100, 60, 40], 0.1, Figure(None, "never within 2 years")),
        ([-100, 120, -30], 0, Figure(None, "never within 2 years")),
        ([0, -5, -5], 0, Figure(None, "never within 2 years")),
        ([0, 40], 0, Figure(None, "nothing is invested")),
        ([10, -10], 0, Figure(None, "nothing is invested")),
        ([0, 0], 0, Figure(None, "nothing is invested")),
    ],
)
def test_payback_is_when_the_balance_stays(cash: list[float], rate: float, expected: Figure) -> None:
    assert payback(cash, rate) == expected


def test_annuity_repays_with_interest() -> None:
    def owed(rate: float, years: int) -> Iterator[float]:
        debt = 1.0
        for _ in range(years):
            debt = debt * (1 + rate) - annuity_factor(rate, years)
            yield debt

    for rate, years in ((0.07, 20), (0.5, 3), (-0.02, 10), (0.0, 4)):
        assert list(owed(rate, years))[-1] == pytest.approx(0, abs=1e-12)
        assert annuity_factor(rate, years) == pytest.approx(-numpy_financial.pmt(rate, years, 1), rel=1e-12)


def test_benefit_cost_ratio_takes_each_item_by_its_own_sign() -> None:
    # An item that costs first and brings more later is a benefit of what is left of it.
    cash = [[-100, 0, 0], [0, 60, 60], [-10, 0, 24.2], [0, -11, 0]]
    assert benefit_cost_ratio(cash, 0.1) == Figure(pytest.approx((60 / 1.1 + 60 / 1.21 + (20 - 10)) / (100 + 10), rel=1e-12))
    assert benefit_cost_ratio([[-1, -1]], 0) == Figure(0)
    assert benefit_cost_ratio(np.empty((0, 3)), 0) == Figure(None, "nothing costs anything")


def test_levelised_cost_is_the_price_that_just_pays() -> None:
    costs, delivered = [100, 10, 10], [0, 50, 60]
    price = (100 + 10 / 1.1 + 10 / 1.21) / (50 / 1.1 + 60 / 1.21)
    assert levelised_cost(costs, delivered, 0.1) == Figure(pytest.approx(price, rel=1e-12))
    assert npv(price * np.array(delivered) - np.array(costs), 0.1) == pytest.approx(0, abs=1e-12)
    assert levelised_cost(costs, [0, 0, 0], 0.1) == Figure(None, "nothing is delivered")


@pytest.mark.parametrize(
    ("value", "benefit", "expected"),
    [
        (-500, 10, Figure(50)),
        (0, 10, Figure(0)),
        (500, 10, Figure(None, "cheaper and cleaner: nothing is paid for what is avoided")),
        (500, -10, Figure(None, "cheaper but dirtier: nothing is avoided")),
        (-500, -10, Figure(None, "dearer and dirtier: nothing is avoided")),
        (0, -10, Figure(None, "dirtier at the same cost: nothing is avoided")),
        (-500, 0, Figure(None, "nothing is avoided")),
        (500, 0, Figure(None, "nothing is avoided")),
    ],
)
def test_abatement_cost_has_a_word_for_every_sign(value: float, benefit: float, expected: Figure) -> None:
    assert abatement_cost(value, benefit) == expected


@pytest.mark.parametrize("figure", [npv, payback])
def test_nominal_flows_at_a_nominal_rate_give_the_real_figure(figure: Callable[[object, float], object]) -> None:
    real, inflation = 0.04, 0.02
    prices = (1 + inflation) ** np.arange(len(PUMP))
    nominal = (1 + real) * (1 + inflation) - 1
    found, expected = figure(np.array(PUMP) * prices, nominal), figure(PUMP, real)
    if isinstance(found, Figure) and isinstance(expected, Figure):
        found, expected = found.value, expected.value
    assert found == pytest.approx(expected, rel=1e-12)
