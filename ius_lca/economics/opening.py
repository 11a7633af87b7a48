"""What would open a corridor in which the donor needs more than the receiver can pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np

from ius_lca.case.cascade import Cascade
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.money import SOCIETY, Payment
from ius_lca.case.years import headline_year, period, runs
from ius_lca.economics.capital import paid_once
from ius_lca.economics.cashflow import cash_flow, timeline
from ius_lca.economics.corridor import Corridor, Side, Sides, corridors, sides, unit_of_price
from ius_lca.economics.indicators import Figure, npv
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Stated, in_year
from ius_lca.units import convert


@dataclass(frozen=True, slots=True)
class Opening:
    """Three ways to close the gap, each alone; a way that does not lead there has a reason.

    fee: paid by others per unit handed over, in `unit`.  to_receiver, to_donor: a grant at the end of the year before the
    exchange starts [currency, of the price year].  distance: of all legs together [km].
    """

    reference: str
    exchange: str
    unit: str
    fee: Figure
    to_receiver: Figure
    to_donor: Figure
    distance: Figure


@dataclass(frozen=True)
class _Whole:
    """What all exchanges share: looked up once."""

    case: Case
    library: Library
    system: Cascade

    @cached_property
    def without_transport(self) -> dict[tuple[str, str], Corridor]:
        """The corridors if nothing were transported."""
        near = _without_transport(self.case)
        both = sides(near, self.system, cash_flow(near, self.library, self.system))
        return {(one.reference, one.exchange): one for one in corridors(near, both, dict.fromkeys(near.exchanges, 0.0))}


def openings(case: Case, library: Library, system: Cascade, both: Sides, found: Iterable[Corridor]) -> Iterator[Opening]:
    """What would open each corridor that is closed.

    A payment per unit to either side closes the gap if it is as large: it is taxed as the price is. A grant is larger or
    smaller for each side, as each counts later years at its own rate and pays its own income tax. Shorter transport helps as
    far as donor or receiver pay for it: the ends are affine in the distance.

    found: corridors of that case.
    """
    whole = _Whole(case, library, system)
    for one in found:
        if one.gap:
            donor, receiver = both[one.reference, one.exchange]
            to_receiver, to_donor = _grant(case, one, receiver), _grant(case, one, donor)
            distance = _distance(whole, one)
            yield Opening(one.reference, one.exchange, one.unit, Figure(one.gap), to_receiver, to_donor, distance)


def _grant(case: Case, one: Corridor, side: Side) -> Figure:
    """The sum that is worth as much to one side as the gap in the price."""
    if side.rate.value is None:
        return side.rate
    line, own = timeline(case), runs(case, case.exchanges[one.exchange])
    service = range(own.start, min(own.stop, period(case).stop))
    payment = Payment.model_validate(
        {
            "what": "grant",
            "from": SOCIETY,
            "to": side.actor,
            "amount": Stated(value=1, unit=case.currency, evidence=Evidence.MEASURED),
            "year": max(service.start - 1, line.years.start),
        }
    )
    (lump,) = paid_once(payment, service, line)
    kept = np.stack([lump.booked - (1 - side.keeps) * lump.taxable, side.keeps * side.quantity])
    grant, price = npv(kept, side.rate.value).tolist()
    return Figure(one.gap * unit_of_price(case, one.exchange)[1] * price / grant)


def _distance(whole: _Whole, one: Corridor) -> Figure:
    """The distance at which both ends meet, all legs longer or shorter in proportion."""
    near, legs = whole.without_transport[one.reference, one.exchange], whole.case.exchanges[one.exchange].transport
    if near.p_min.value is None or near.p_max.value is None or one.p_min.value is None or one.p_max.value is None:
        return near.nash
    now, none = one.p_min.value - one.p_max.value, near.p_min.value - near.p_max.value
    if now - none <= one.slack:
        return Figure(None, "neither side pays for transport")
    if none > 0:
        return Figure(None, "it stays closed without any transport")
    year = headline_year(whole.case)
    distance = fsum(convert(in_year(year)(leg.distance), leg.distance.unit, "km") for leg in legs)
    return Figure(distance * -none / (now - none))


def _without_transport(case: Case) -> Case:
    nowhere = Stated(value=0, unit="km", evidence=Evidence.MEASURED)
    near = {
        key: exchange.model_copy(
            update={"transport": tuple(leg.model_copy(update={"distance": nowhere}) for leg in exchange.transport)}
        )
        for key, exchange in case.exchanges.items()
    }
    return case.model_copy(update={"exchanges": near})
