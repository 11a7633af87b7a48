"""Checks of what a donor hands over: in no year more than it has, and no stream twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ius_lca import units
from ius_lca.case.cascade import cascade
from ius_lca.case.problems import Problem, fits, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.years import horizon
from ius_lca.errors import Level, UnitsError
from ius_lca.library.record import Library
from ius_lca.quantity import Stated, in_years
from ius_lca.yaml_document import Place

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

#: Conversions of units are exact to this share.
_EXACT = 1e-6


def promise_problems(case: Case, library: Library) -> Iterator[Problem]:
    """Streams of which more is handed over in a year than there is, or may be.

    The course of the exchanges over the years must have passed its checks.
    """
    import numpy as np

    years = horizon(case)
    try:
        handed = cascade(case, library, years).quantities
    except (KeyError, UnitsError, np.linalg.LinAlgError):
        return  # told where it stands
    streams: dict[tuple[str, str], dict[str, NDArray[float64]]] = {}
    for (key, exchange), quantity in zip(case.exchanges.items(), handed.T, strict=True):
        streams.setdefault((exchange.from_, (exchange.stream or exchange.resource).casefold()), {})[key] = quantity
    for quantities in streams.values():
        yield from _of_stream(case, quantities, years)


def _of_stream(case: Case, quantities: dict[str, NDArray[float64]], years: range) -> Iterator[Problem]:
    """quantities: what each exchange hands over of the stream in each year, in its own unit [years]."""
    import numpy as np

    keys = list(quantities)
    last: Place = ("exchanges", keys[-1], "quantity")
    known = {key: stated for key in keys if (stated := case.exchanges[key].donor_available) is not None}
    if not known:
        if (np.sum([quantity > 0 for quantity in quantities.values()], axis=0) > 1).any():
            message = f"{_named(keys)} take of the same stream, and nothing says how much of it the donor has."
            mend = "State 'donor_available' in one of them, or name different streams with 'stream'."
            yield Problem(Level.WARNING, "promised-twice", last, message, mend)
        return
    first = next(iter(known))
    unit = case.exchanges[first].quantity.unit
    figures: dict[Place, Stated] = {("exchanges", key, "donor_available"): one for key, one in known.items()}
    figures |= {("exchanges", key, "quantity"): case.exchanges[key].quantity for key in keys}
    if misfits := [found for place, one in figures.items() for found in fits(place, partial(one.to, unit))]:
        yield from misfits
        return
    available = _in_unit(known[first], unit, years)
    for key, other in known.items():
        if (abs(_in_unit(other, unit, years) - available) > _EXACT * abs(available)).any():
            message = f"'{first}' says that the donor has {available[0]:,.6g} {unit} of this stream in {years.start}."
            mend = "State the same amount, or in one of them only."
            yield problem("more-than-available", ("exchanges", key, "donor_available"), message, mend)
    total = np.sum(
        [amount * units.factor_between(case.exchanges[key].quantity.unit, unit) for key, amount in quantities.items()], axis=0
    )
    worst = int((total - available).argmax())
    if total[worst] > available[worst] * (1 + _EXACT):
        what = f"{total[worst]:,.6g} {unit} are handed over in {years[worst]}, but the donor has {available[worst]:,.6g}"
        if len(keys) > 1:
            yield problem("promised-twice", last, f"{_named(keys)} take of the same stream: {what}.", "Lower a quantity.")
        else:
            yield problem("more-than-available", last, f"{what}.", "Lower the quantity.")


def _in_unit(stated: Stated, unit: str, years: range) -> NDArray[float64]:
    """A quantity in each year, in another unit [years]."""
    import numpy as np

    return np.broadcast_to(np.asarray(in_years(years)(stated)) * units.factor_between(stated.unit, unit), len(years))


def _named(keys: list[str]) -> str:
    return f"{', '.join(keys[:-1])} and {keys[-1]}"
