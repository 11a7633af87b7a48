"""Where a function of one number is zero."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import isnan

import numpy as np

#: The range is looked at in so many places before the roots between them are closed in on.
POINTS = 33
#: A zero brings the function down to this share of its values around; a jump does not.
_NEAR_ZERO = 1e-6


class _NoNumberError(Exception):
    """The function has no value somewhere between two points of opposite sign."""


def roots(function: Callable[[float], float], low: float, high: float, points: int = POINTS) -> tuple[float, ...]:
    """Every zero that a scan of the range brackets, in ascending order.

    A function that is zero throughout has none; where it is not a number, nothing is looked for, and where it jumps from one
    sign to the other, as at a pole, it is not zero. Two zeros between neighbouring points of the scan cancel and are not seen,
    so an empty answer is no proof.

    Source: Brent's method (`scipy.optimize.brentq`) between points of opposite sign.

    >>> roots(lambda x: (x - 1) * (x - 4), 0, 10, points=11)
    (1.0, 4.0)
    >>> roots(lambda x: x * x + 1, -1, 1)
    ()
    """
    at = [float(x) for x in np.linspace(low, high, points)]
    found: dict[float, None] = {}
    for (left, before), (right, after) in pairwise([(x, function(x)) for x in at]):
        if before * after < 0:
            root = _between(function, left, right, 1e-15 * (high - low))
            if root is not None and abs(function(root)) <= _NEAR_ZERO * max(abs(before), abs(after)):
                found[root] = None
        elif before == 0 != after:
            found[left] = None
        elif after == 0 != before:
            found[right] = None
    return tuple(found)


def _between(function: Callable[[float], float], left: float, right: float, tolerance: float) -> float | None:
    """Where the sign changes between two points; none if the function is not a number on the way there."""
    from scipy.optimize import brentq

    def known(x: float) -> float:
        value = function(x)
        if isnan(value):
            raise _NoNumberError
        return value

    try:
        # As close as floats can tell: a root put back must give zero.
        return float(brentq(known, left, right, xtol=tolerance, rtol=4 * np.finfo(float).eps))
    except _NoNumberError:
        return None
