"""Figures of a cash flow: present value, internal rates of return, payback, annuity, and what a unit or a tonne costs.

A cash flow is `[..., year]`: what comes in (+) or goes out (-) at the end of each year, year 0 first. A figure that does not
exist has a reason instead of a value; it is never taken as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import expm1, log, log1p
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

#: A sum this small beside its absolute terms is rounding, not money [-].
ROUNDING = 1e-12
#: Relative distance of neighbouring floats [-].
EPSILON = 2.0**-52


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or why there is none."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Irr:
    """Every internal rate of a cash flow [1/yr], ascending; `reason` says why none of them is the rate of return."""

    rates: tuple[float, ...]
    reason: str = ""

    @property
    def figure(self) -> Figure:
        """The rate of return, if there is one alone and money goes out before it comes in."""
        return Figure(None if self.reason else self.rates[0], self.reason)


def discount_factors(rate: float, years: int) -> NDArray[float64]:
    """What one unit of money at the end of each year is worth at the end of year 0 [years].

    (1 + r)^-t for t = 0 ... years - 1.
    rate: discount rate [1/yr].  Raises ValueError if it is not above -1.

    >>> discount_factors(0.25, 3).tolist()
    [1.0, 0.8, 0.64]
    """
    if not rate > -1:
        raise ValueError(f"a discount rate must be above -100 %, not {100 * rate:g} %")
    return np.asarray((1 + rate) ** -np.arange(years, dtype=float))


def npv(cash: ArrayLike, rate: float) -> NDArray[float64]:
    """Net present value at the end of year 0 [currency], of cash flows [..., year] of any number of axes.

    NPV = sum over t of cash_t (1 + r)^-t.
    rate: discount rate [1/yr]: real for constant prices, nominal for nominal ones.  Raises ValueError if it is not above -1.
    Source: equals numpy_financial.npv(rate, cash).

    >>> round(float(npv([-1000, 80, 80, 1080], 0.05)), 2)  # a bond that pays 8 % where 5 % is asked
    81.7
    >>> npv([[-100, 125], [-100, 150]], 0.25).tolist()
    [0.0, 20.0]
    """
    flows = np.asarray(cash, dtype=float)
    return np.asarray(flows @ discount_factors(rate, flows.shape[-1]))


def irr(cash: ArrayLike) -> Irr:
    """Every rate above -1 at which the net present value of a cash flow [year] is zero [1/yr].

    0 = sum over t of cash_t (1 + r)^-t, which has at most as many solutions as the cash flow changes its sign.
    Source: Descartes' rule of signs, and its proof by Rolle's theorem, which says between which rates to look (see
    `_zeros`); Brent's method between them. Equals numpy_financial.irr where there is one.

    >>> round(irr([-100, 60, 60]).rates[0], 6)
    0.130662
    >>> two = irr([-100, 230, -132])
    >>> [round(rate, 9) for rate in two.rates], two.figure.reason
    ([0.1, 0.2], 'several: 10 %, 20 %')
    >>> irr([100, 60]).reason, irr([100, -100, 60]).reason
    ('the cash flow never changes its sign', 'the net present value is zero at no rate')
    >>> irr([100, -110]).reason  # at 5 % that is worth 100 - 110 / 1.05, which is less than nothing
    'no return: money comes in first, and 10 % a year is what it costs'
    """
    flows = np.asarray(cash, dtype=float)
    size = np.abs(flows)
    # Rounding at the end of a long series would be a change of sign, with a rate near -100 % of its own.
    flows = np.trim_zeros(np.where(size > ROUNDING * size.max(initial=0.0), flows, 0.0))
    if not flows.size:
        return Irr((), "no money flows")
    if not (np.any(flows > 0) and np.any(flows < 0)):
        return Irr((), "the cash flow never changes its sign")
    # Cauchy's bound on the zeros of a polynomial, doubled: beyond it the first or the last flow outweighs all others.
    low, high = (log(2 + 2 * float(size.max() / abs(flows[end]))) for end in (-1, 0))
    rates = tuple(expm1(at) for at in _zeros(flows, -low, high))
    if not rates:
        return Irr((), "the net present value is zero at no rate")
    listed = ", ".join(f"{100 * round(rate, 9) + 0.0:.4g} %" for rate in rates)
    if len(rates) > 1:
        return Irr(rates, f"several: {listed}")
    # The net present value of such a cash flow rises with the rate: what exceeds the discount rate is too dear, not good.
    return Irr(rates, f"no return: money comes in first, and {listed} a year is what it costs" if flows[0] > 0 else "")


def _zeros(flows: NDArray[float64], low: float, high: float) -> list[float]:
    """Where f(u) = sum over t of flows_t exp(-t u) is zero between low and high, ascending; u = log(1 + r).

    Between two zeros of f lies a zero of the derivative of exp(m u) f(u), for every m (Rolle). Its terms are those of f
    times (m - t): with m between two years where the flows change their sign, it changes sign once less often. A function
    without change of sign has no zero; its zeros, none, part those of the one before, and so on up to f.
    """
    from scipy.optimize import brentq

    paid = np.flatnonzero(flows)
    turns = [(before + after) / 2 for before, after in pairwise(paid) if flows[before] * flows[after] < 0]
    if not turns:
        return []
    derived = flows * (turns[0] - np.arange(flows.size))
    parted = [low, *_zeros(derived / np.abs(derived).max(), low, high), high]
    signs = [_sign(flows, at) for at in parted]
    found = [at for at, sign in zip(parted, signs, strict=True) if not sign]  # touched, not crossed
    for (left, before), (right, after) in pairwise(zip(parted, signs, strict=True)):
        if before * after < 0:
            found.append(float(brentq(lambda at: _terms(flows, at).sum(), left, right, xtol=1e-16, rtol=4 * EPSILON)))
    return sorted(found)


def _terms(flows: NDArray[float64], at: float) -> NDArray[float64]:
    """The terms flows_t exp(-t u), all divided by the largest of the exponentials, so that none overflows [year]."""
    exponents = -at * np.arange(flows.size)
    return np.asarray(flows * np.exp(exponents - exponents.max()))


def _sign(flows: NDArray[float64], at: float) -> int:
    """Sign of the sum; 0 where it is no more than rounding."""
    terms = _terms(flows, at)
    total = float(terms.sum())
    return 0 if abs(total) <= ROUNDING * float(np.abs(terms).sum()) else int(np.sign(total))


def payback(cash: ArrayLike, rate: float = 0.0) -> Figure:
    """Time from the end of year 0 after which a cash flow [year] has paid itself back for good [yr].

    The first t from which the cumulative present value is never below zero again; within a year it is interpolated, as if the
    money of a year came in evenly. Simple at rate 0, else discounted.
    rate: discount rate [1/yr].  Raises ValueError if it is not above -1.

    >>> payback([-100, 40, 40, 40]).value, payback([-100, 50, 50, -40, 80]).value
    (2.5, 3.5)
    >>> payback([-100, 40, 40]).reason, payback([0, 40]).reason
    ('never within 2 years', 'nothing is invested')
    """
    flows = np.asarray(cash, dtype=float)
    present = flows * discount_factors(rate, flows.size)
    balance = np.cumsum(present)
    # Instalments that add up to the investment leave a rest in the last digit: that is paid back.
    below = np.flatnonzero(balance < -ROUNDING * np.cumsum(np.abs(present)))
    if not below.size:
        return Figure(None, "nothing is invested")
    last = int(below[-1])
    if last == flows.size - 1:
        return Figure(None, f"never within {last} years")
    return Figure(last - float(balance[last] / present[last + 1]))


def annuity_factor(rate: float, years: float) -> float:
    """Yearly payment that repays one unit of money [1/yr].

    a = r / (1 - (1 + r)**-n), and 1/n at r = 0.
    rate: discount rate [1/yr], above -1;  years: life [yr], above 0.
    Source: capital recovery factor; equals -numpy_financial.pmt(rate, years, 1).

    >>> round(annuity_factor(0.07, 20), 5), annuity_factor(0, 20)
    (0.09439, 0.05)
    """
    return rate / -expm1(-years * log1p(rate)) if rate else 1 / years


def annuity(present_value: float, rate: float, years: float) -> float:
    """The same amount at the end of each of so many years that is worth a present value [currency/yr].

    rate: discount rate [1/yr], above -1;  years: [yr], above 0.

    >>> annuity(1000, 0, 4), round(annuity(1000, 0.07, 20), 2)
    (250.0, 94.39)
    """
    return present_value * annuity_factor(rate, years)


def benefit_cost_ratio(cash: ArrayLike, rate: float) -> Figure:
    """Present value of the items that bring money over that of those that cost money [-].

    cash: [item, year]; an item counts by the sign of its own present value.
    rate: discount rate [1/yr].  Raises ValueError if it is not above -1.

    >>> benefit_cost_ratio([[-100, 0, 0], [0, 75, 75]], 0).value
    1.5
    >>> benefit_cost_ratio([[0, 75, 75]], 0).reason
    'nothing costs anything'
    """
    present = npv(cash, rate)
    costs = -float(present[present < 0].sum())
    return Figure(float(present[present > 0].sum()) / costs) if costs else Figure(None, "nothing costs anything")


def levelised_cost(costs: ArrayLike, delivered: ArrayLike, rate: float) -> Figure:
    """The constant price per unit that would just pay for what is delivered [currency/unit].

    sum over t of costs_t (1 + r)^-t  /  sum over t of delivered_t (1 + r)^-t.
    costs: what is paid (+) by year [year];  delivered: [unit/yr] by year [year];  rate: [1/yr].
    Raises ValueError if the rate is not above -1.
    Source: that of the levelised cost of electricity, per any unit; it is the price at which the net present value is zero.

    >>> levelised_cost([100, 10, 10], [0, 60, 60], 0).value
    1.0
    >>> levelised_cost([100], [0], 0).reason
    'nothing is delivered'
    """
    unit_years = float(npv(delivered, rate))
    return Figure(float(npv(costs, rate)) / unit_years) if unit_years else Figure(None, "nothing is delivered")


def abatement_cost(value: float, benefit: float) -> Figure:
    """What it costs to avoid a unit of emissions [currency/unit]: only where something is avoided at a cost.

    -value / benefit. A gain divided by what is avoided would make the option that avoids least look best, and what adds
    emissions avoids none: there the word says which of the cases it is.
    Source: no figure can rank what costs less than nothing, Taylor 2012, Energy Policy 48, 430-438 (abstract).
    value: annualised [currency/yr], a gain is positive;  benefit: emissions avoided [unit/yr].

    >>> abatement_cost(-500, 10).value
    50.0
    >>> abatement_cost(500, 10).reason
    'cheaper and cleaner: nothing is paid for what is avoided'
    >>> abatement_cost(500, -10).reason, abatement_cost(-500, -10).reason
    ('cheaper but dirtier: nothing is avoided', 'dearer and dirtier: nothing is avoided')
    """
    if benefit > 0:
        cost = (0.0 - value) / benefit
        return Figure(cost) if value <= 0 else Figure(None, "cheaper and cleaner: nothing is paid for what is avoided")
    if benefit == 0:
        return Figure(None, "nothing is avoided")
    word = "cheaper but dirtier" if value > 0 else "dearer and dirtier" if value < 0 else "dirtier at the same cost"
    return Figure(None, f"{word}: nothing is avoided")
