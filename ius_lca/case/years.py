"""The years of a case: which it looks at, and how much of its quantity each exchange hands over in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

#: Years that the Innovation Fund counts.
FUNDED = 10
#: Nothing is looked at for longer [year].
LONGEST = 200


def period(case: Case) -> range:
    """The years of the period."""
    return range(case.period.start, case.period.start + case.period.years)


def runs(case: Case, exchange: Exchange) -> range:
    """The years in which an exchange runs, some of which may lie before the period."""
    start = exchange.start if exchange.start is not None else case.period.start
    return range(start, start + round(exchange.life.to("year"))) if exchange.life else range(start, period(case).stop)


def horizon(case: Case) -> range:
    """From the first year of the period to the last in which anything is counted."""
    return range(case.period.start, max([period(case).stop, *(runs(case, one).stop for one in case.exchanges.values())]))


def headline_year(case: Case) -> int:
    """The year whose figures are headlines: the first in which as many exchanges run as ever do."""
    spans = [runs(case, one) for one in case.exchanges.values()]
    return max(period(case), key=lambda year: (sum(year in span for span in spans), -year))


def first_ten(case: Case) -> range | None:
    """Ten years from the first in which an exchange runs; none where the case does not look so far."""
    years = horizon(case)
    started = min((max(runs(case, one).start, years.start) for one in case.exchanges.values()), default=years.start)
    return range(started, started + FUNDED) if started + FUNDED <= years.stop else None


def course(case: Case, exchange: Exchange, years: Sequence[int]) -> NDArray[float64]:
    """Share of its stated quantity that an exchange hands over in each year [years]: 0 where it does not run.

    none: 1;  linear: 1 - n/L in year n = 0 ... L-1 of a life of L years;  geometric: (1 - rate)^n.

    >>> from ius_lca.case.schema.exchange import Persistence
    >>> from ius_lca.paths import shipped
    >>> from ius_lca.case.read_yaml import read_case
    >>> case = read_case(shipped("examples") / "helsingborg" / "case.yaml")  # the years from 2019
    >>> heat = case.exchanges["excess_heat"].model_copy(update={"start": 2020, "persistence": Persistence(kind="linear")})
    >>> course(case, heat, [2019, 2020, 2027]).tolist()
    [0.0, 1.0, 0.5]
    """
    import numpy as np

    own = runs(case, exchange)
    since = np.array(years, dtype=float) - own.start
    match exchange.persistence.kind:
        case "linear":
            share = 1 - since / len(own)
        case "geometric":
            rate = exchange.persistence.rate.to("") if exchange.persistence.rate else 0.0
            share = (1 - rate) ** since
        case _:
            share = np.ones_like(since)
    return np.where((since >= 0) & (since < len(own)), share, 0.0)
