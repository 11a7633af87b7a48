"""Where a function of one number is zero."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

#: The range is looked at in so many places before the roots between them are closed in on.
POINTS = 33


def roots(function: Callable[[float], float], low: float, high: float, points: int = POINTS) -> tuple[float, ...]:
    """Every zero that a scan of the range brackets, in ascending order.

    A function that is zero throughout has none; where it is not a number, nothing is looked for. Two zeros between
    neighbouring points of the scan cancel and are not seen, so an empty answer is no proof.

    Source: Brent's method (`scipy.optimize.brentq`) between points of opposite sign.

    >>> roots(lambda x: (x - 1) * (x - 4), 0, 10, points=11)
    (1.0, 4.0)
    >>> roots(lambda x: x * x + 1, -1, 1)
    ()
    """
    from scipy.optimize import brentq

    at = [float(x) for x in np.linspace(low, high, points)]
    found: dict[float, None] = {}
    for (left, before), (right, after) in pairwise([(x, function(x)) for x in at]):
        if before * after < 0:
            # As close as floats can tell: a root put back must give zero.
            found[float(brentq(function, left, right, xtol=1e-15 * (high - low), rtol=4 * np.finfo(float).eps))] = None
        elif before == 0 != after:
            found[left] = None
        elif after == 0 != before:
            found[right] = None
    return tuple(found)
