"""Break-evens: the value of one number at which an exchange is worth nothing, everything else as it is.

The benefit is affine in each number of the equation, so its zero follows from the terms as they are; for parameters of the
case and of a parametric factor it is bracketed by computing the case again. Those of the price are the ends of its corridor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise
from math import isnan, nan

from ius_lca.computed import Computed
from ius_lca.economics.corridor import Corridor
from ius_lca.impact.coverage import HEADLINE
from ius_lca.results import Cell
from ius_lca.sensitivity.affine import CLIMATE, Number, Part, Whole, range_in
from ius_lca.sensitivity.rerun import stated_at, with_value
from ius_lca.sensitivity.roots import roots
from ius_lca.yaml_document import Place

VALUE = "value"
#: What is smaller than this share of the terms is what is left of numbers that cancel.
_NOISE = 1e-12


class Status(StrEnum):
    """What is known of a break-even; `always_...` holds between `low` and `high`."""

    EXACT = "exact"
    BRACKETED = "bracketed"
    ALWAYS_POSITIVE = "always_positive"
    ALWAYS_NEGATIVE = "always_negative"
    ALWAYS_ZERO = "always_zero"
    NONE_FOUND = "none_found"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """One number of one exchange under one reference.

    indicator: `climate_change`, or `value` for the price.  parameter: which number; item: of what, where there are several
    (the factor of a leg, of electricity or of its parameter; who gains from a price).  place: where it stands in the case;
    none for the intensity of a factor.  now, value, low, high: in `unit`; value is none where there is no break-even, an end
    is none where there is no limit.  above: whether the benefit is positive above it.  stated: range that the case gives, or
    for a parameter of a factor its source.
    """

    reference: str
    exchange: str
    indicator: str
    parameter: str
    item: str
    place: Place
    unit: str
    now: float | None
    value: float | None
    low: float | None
    high: float | None
    status: Status
    above: bool | None
    stated: tuple[float, float] | None

    @property
    def is_within_its_range(self) -> bool:
        """Whether the break-even lies in the range stated of the number, so that the sign of the result is open."""
        return self.value is not None and self.stated is not None and self.stated[0] <= self.value <= self.stated[1]


def break_evens(c: Computed) -> Iterator[BreakEven]:
    """Break-evens of climate change by reference and exchange, and of the money of donor and receiver in the price.

    An exchange whose climate change is not covered well enough for a headline has none of it.

    Source: docs/methods/break_even.md.
    """
    whole = Whole(c)
    for reference in c.case.references:
        for key in c.case.exchanges:
            part = Part(whole, reference, key)
            if c.levels[(reference, CLIMATE, key)] in HEADLINE:
                for number in part.numbers():
                    yield _exact(part, number)
                yield from _bracketed(part)
    for corridor in c.corridors:
        yield from _of_price(c, corridor)


def table(found: Iterable[BreakEven]) -> Iterator[tuple[Cell, ...]]:
    """Rows of `break_evens`."""
    for one in found:
        stated = one.stated or (None, None)
        yield (
            one.reference, one.exchange, one.indicator, one.parameter, one.item, one.unit, one.now, one.value, one.low, one.high,
            one.status.value, one.above, *stated,
        )  # fmt: skip


def _exact(part: Part, of: Number) -> BreakEven:
    """The zero of an affine benefit, if it lies inside the range; else its sign throughout."""
    value, above = None, None
    status = _sign(of.at_zero, _NOISE * of.size)
    if abs(of.slope) * (abs(of.now) or 1.0) > _NOISE * of.size:
        root = -of.at_zero / of.slope
        # At an end of the range the benefit vanishes but does not change its sign.
        margin = _NOISE * of.size / abs(of.slope)
        if of.low is not None and root <= of.low + margin:
            status = _sign(of.slope)
        elif of.high is not None and root >= of.high - margin:
            status = _sign(-of.slope)
        else:
            value, status, above = root, Status.EXACT, of.slope > 0
    return BreakEven(
        part.reference, part.key, CLIMATE, of.parameter, of.item, of.place, of.unit, of.now, value, of.low, of.high, status,
        above, of.stated,
    )  # fmt: skip


def _of_price(c: Computed, corridor: Corridor) -> Iterator[BreakEven]:
    """The ends of the corridor of prices: there the net present value of donor and receiver is zero."""
    price = c.case.exchanges[corridor.exchange].money.price
    stated = range_in(price, price.unit) if price is not None else None
    for who, end, above in (("donor", corridor.p_min, True), ("receiver", corridor.p_max, False)):
        if end.value is not None:
            yield BreakEven(
                corridor.reference, corridor.exchange, VALUE, "price", who,
                ("exchanges", corridor.exchange, "money", "price"), corridor.unit, corridor.price.value, end.value, None, None,
                Status.EXACT, above, stated,
            )  # fmt: skip


def _sign(benefit: float, noise: float = 0.0) -> Status:
    if abs(benefit) <= noise:
        return Status.ALWAYS_ZERO
    return Status.ALWAYS_POSITIVE if benefit > 0 else Status.ALWAYS_NEGATIVE


def _bracketed(part: Part) -> Iterator[BreakEven]:
    """Parameters of the case, and of factors that it changes, over the range that the case or the record gives."""
    c, electricity = part.whole.c, part.whole.electricity
    for name, benefits in part.whole.parameters.items():
        stated, benefit = c.case.parameters[name], partial(_of_parameter, part, benefits)
        low, high = stated.range or (stated.value, stated.value)
        tried = [found for value in (low, stated.value, high) if not isnan(found := benefit(value))]
        # Where all are alike, but for rounding, the exchange has nothing to do with it.
        if not tried[1:] or max(tried) - min(tried) > _NOISE * part.size:
            yield from _scanned(part, ("parameters", name), stated.unit, (low, high), item="", benefit=benefit)
    names = electricity.reached({c.inventory.edges[row].target for row in part.edges}) if part.whole.changed else set()
    for target, place in part.whole.changed:
        if _is_of(part, place, names):
            for name, stated in target.with_.items():
                own = c.library.records[target.factor or ""].parameters[name]
                limits = range_in(stated, own.unit) or own.range
                if limits is not None and limits[0] < limits[1]:
                    where = (*place, "with_", name)
                    benefit = partial(_with_value, part, where, own.unit)
                    yield from _scanned(part, where, own.unit, limits, item=target.factor or "", benefit=benefit)


def _is_of(part: Part, place: Place, names: set[str]) -> bool:
    """Whether what stands at a place counts in the exchange, itself or as an input of processes that it takes."""
    if place[0] == "processes":
        return place[1] in names
    return place[1] == part.key and ("by_reference" not in place or part.reference in place)


def _of_parameter(part: Part, benefits: Callable[[float], Mapping[tuple[str, str], float]], value: float) -> float:
    return benefits(value).get((part.reference, part.key), nan)


def _with_value(part: Part, place: Place, unit: str, value: float) -> float:
    terms = part.whole.rerun.terms(with_value(part.whole.c.case, place, value, unit), part.reference, part.key)
    return nan if terms is None else sum(terms.values())


def _scanned(
    part: Part, place: Place, unit: str, limits: tuple[float, float], *, item: str, benefit: Callable[[float], float]
) -> Iterator[BreakEven]:
    """Every zero of the benefit that a scan of the range finds, or that it finds none."""

    def answer(value: float | None, status: Status, *, above: bool | None = None) -> BreakEven:
        name, now = str(place[-1]), stated_at(part.whole.c.case, place).to(unit)
        return BreakEven(
            part.reference, part.key, CLIMATE, name, item, place, unit, now, value, *limits, status, above, limits
        )  # fmt: skip

    found = [value for value in roots(benefit, *limits) if limits[0] < value < limits[1]]
    for value, following in pairwise((*found, limits[1])):
        yield answer(value, Status.BRACKETED, above=benefit((value + following) / 2) > 0)
    if not found:
        yield answer(None, Status.NONE_FOUND)
