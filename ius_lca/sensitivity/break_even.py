"""Break-evens: the value of one number at which an exchange is worth nothing, everything else as it is.

The benefit is affine in each number of the equation, so its zero follows from the terms as they are; for parameters of a
parametric factor it is bracketed by computing the case again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import fsum, nan

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.exchange import Exchange
from ius_lca.case.targets import targets
from ius_lca.computed import Computed
from ius_lca.impact.coverage import HEADLINE
from ius_lca.inventory.graph import Term
from ius_lca.quantity import Stated
from ius_lca.sensitivity.electricity import electricity_of, reached
from ius_lca.sensitivity.rerun import Rerun, stated_at, with_value
from ius_lca.sensitivity.roots import roots
from ius_lca.yaml_document import Place

CLIMATE, VALUE = "climate_change", "value"
#: Nowhere on Earth is further away than half its circumference.
FURTHEST_KM = 20_000.0
#: What is smaller than this share of the terms is what is left of numbers that cancel.
_NOISE = 1e-12


class Status(StrEnum):
    """What is known of a break-even; the words of an exact answer hold between `low` and `high`."""

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
    (the factor of a leg, of electricity or of a parameter; who gains from a price).  place: where it stands in the case;
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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in which a benefit is affine.

    benefit: as it is.  slope: by how much it rises with one unit of the number.  size: sum of the absolute terms.
    """

    parameter: str
    item: str
    place: Place
    unit: str
    now: float | None
    low: float | None
    high: float | None
    stated: tuple[float, float] | None
    benefit: float
    slope: float
    size: float


def break_evens(c: Computed) -> Iterator[BreakEven]:
    """Every break-even of climate change by reference and exchange, and of the money of donor, receiver and network in the price.

    An exchange whose climate change is not covered well enough for a headline has none of it. A price has none for an actor
    with payments that are not stated.
    """
    rerun = Rerun(c)
    for reference in c.case.references:
        for key in c.case.exchanges:
            if c.levels[(reference, CLIMATE, key)] in HEADLINE:
                part = _Part(c, rerun, reference, key)
                for number in part.numbers():
                    yield _exact(reference, key, CLIMATE, number)
                yield from part.bracketed()
            for number in _prices(c, reference, key):
                yield _exact(reference, key, VALUE, number)


def table(c: Computed) -> Iterator[tuple[str | float | bool | None, ...]]:
    """Rows of `break_evens`."""
    for one in break_evens(c):
        stated = one.stated or (None, None)
        yield (
            one.reference, one.exchange, one.indicator, one.parameter, one.item, one.unit, one.now, one.value, one.low, one.high,
            one.status.value, one.above, *stated,
        )  # fmt: skip


def _exact(reference: str, exchange: str, indicator: str, of: _Number) -> BreakEven:
    """The zero of an affine benefit, if it lies inside the range; else its sign throughout."""
    value, above = None, None
    status = _sign(of.benefit, _NOISE * of.size)
    at = of.now or 0.0
    if abs(of.slope) * (abs(at) or 1.0) > _NOISE * of.size:
        root = at - of.benefit / of.slope
        # At an end of the range the benefit vanishes but does not change its sign: nothing was to be broken even.
        margin = _NOISE * of.size / abs(of.slope)
        if of.low is not None and root <= of.low + margin:
            status = _sign(of.slope)
        elif of.high is not None and root >= of.high - margin:
            status = _sign(-of.slope)
        else:
            value, status, above = root, Status.EXACT, of.slope > 0
    return BreakEven(
        reference, exchange, indicator, of.parameter, of.item, of.place, of.unit, of.now, value, of.low, of.high, status, above,
        of.stated,
    )  # fmt: skip


def _sign(benefit: float, noise: float = 0.0) -> Status:
    if abs(benefit) <= noise:
        return Status.ALWAYS_ZERO
    return Status.ALWAYS_POSITIVE if benefit > 0 else Status.ALWAYS_NEGATIVE


@dataclass(frozen=True)
class _Part:
    """One exchange under one reference."""

    c: Computed
    rerun: Rerun
    reference: str
    key: str

    @property
    def exchange(self) -> Exchange:
        return self.c.case.exchanges[self.key]

    def term(self, term: Term | None = None) -> float:
        """Its benefit, or one term of it [kg CO2e a year]."""
        return self.c.totals.benefit(CLIMATE, self.reference, self.key, term)

    def edges(self) -> Iterator[int]:
        """Positions of its edges."""
        for position, edge in enumerate(self.c.inventory.edges):
            node = self.c.inventory.nodes[edge.node]
            if (node.reference, node.exchange) == (self.reference, self.key):
                yield position

    def numbers(self) -> Iterator[_Number]:
        """Every number in which the benefit is affine."""
        yield from self._distances()
        supply, avoided = self.exchange.supply, self.term(Term.AVOIDED_PRODUCTION)
        if supply is not None:
            yield self._number("substitution", ("supply", "substitution"), supply.substitution.unit, avoided, high=None)
            yield self._number("quality", ("supply", "quality"), "", avoided)
            yield self._number("displacement", ("supply", "displacement"), "", avoided)
        if supply is not None or self.exchange.residue is not None:
            yield self._usable()
        # Equipment and backup stay as they are; without them the quantity decides how much, never which sign.
        scaling = self.term() - self.term(Term.EQUIPMENT_BACKUP)
        yield self._number("quantity", ("quantity",), self.exchange.quantity.unit, scaling, high=None)
        yield from self._electricity()

    def _distances(self) -> Iterator[_Number]:
        climate = self.c.scored.indicators.index(CLIMATE)
        moved = [row for row in self.edges() if self.c.inventory.edges[row].term is Term.TRANSPORT]
        for index, (leg, row) in enumerate(zip(self.exchange.transport, moved, strict=True)):
            caused = float(self.c.scored.scores[row, climate])
            high = max(FURTHEST_KM, leg.distance.to("km"))
            yield self._number("distance", ("transport", index, "distance"), "km", -caused, high=high, item=leg.factor)

    def _usable(self) -> _Number:
        """What is usable displaces, what is not is residue."""
        usable = amounts.plain(self.exchange.usable)
        avoided, residue = self.term(Term.AVOIDED_PRODUCTION), self.term(Term.RESIDUE)
        part = avoided if self.exchange.residue is None else None
        if usable < 1:
            part = avoided - residue * usable / (1 - usable)
        return self._number("usable", ("usable",), "", part)

    def _electricity(self) -> Iterator[_Number]:
        for one in electricity_of(self.c, self.rerun.units, list(self.edges())):
            unit = units.per("kg CO2e", one.unit)
            yield _Number(
                "electricity", one.factor, (), unit, one.intensity, 0.0, one.highest, None, self.term(), one.net, self._size
            )  # fmt: skip

    def _number(
        self, parameter: str, place: Place, unit: str, part: float | None, *, high: float | None = 1.0, item: str = ""
    ) -> _Number:
        """A number stated in the case.

        part: what of the benefit is proportional to it, so that the slope is part / number; none if the terms do not tell.
        """
        place = ("exchanges", self.key, *place)
        stated = stated_at(self.c.case, place)
        now = stated.to(unit)
        slope = part / now if now and part is not None else self._slope_by_rerun(place, unit, now)
        return _Number(parameter, item, place, unit, now, 0.0, high, _range(stated, unit), self.term(), slope, self._size)

    def _slope_by_rerun(self, place: Place, unit: str, now: float) -> float:
        """Where a term is zero as it is, it tells nothing of its slope: the case is computed once more at another value."""
        other = 0.0 if now else 1.0
        changed = self.rerun.terms(with_value(self.c.case, place, other, unit), self.reference, self.key) or {}
        # Term by term, so that a large term which does not change takes no digits from a small one which does.
        return fsum(changed[term] - self.term(term) for term in changed) / (other - now)

    @property
    def _size(self) -> float:
        climate = self.c.scored.indicators.index(CLIMATE)
        return fsum(abs(float(self.c.scored.scores[row, climate])) for row in self.edges())

    def bracketed(self) -> Iterator[BreakEven]:
        """The parameters of factors that the case changes, over the range that the case or the record gives."""
        names = reached(self.c, {self.c.inventory.edges[row].target for row in self.edges()})
        for target, place in targets(self.c.case):
            if not self._is_here(place, names):
                continue
            for name, stated in target.with_.items():
                own = self.c.library.records[target.factor or ""].parameters[name]
                limits = _range(stated, own.unit) or own.range
                if limits is not None and limits[0] < limits[1]:
                    yield from self._of_parameter((*place, "with_", name), target.factor or "", own.unit, limits)

    def _is_here(self, place: Place, names: set[str]) -> bool:
        if place[0] == "processes":
            return place[1] in names
        return place[1] == self.key and ("by_reference" not in place or self.reference in place)

    def _of_parameter(self, place: Place, factor: str, unit: str, limits: tuple[float, float]) -> Iterator[BreakEven]:
        def benefit(value: float) -> float:
            terms = self.rerun.terms(with_value(self.c.case, place, value, unit), self.reference, self.key)
            return nan if terms is None else sum(terms.values())

        def answer(value: float | None, status: Status, *, above: bool | None = None) -> BreakEven:
            name, now = str(place[-1]), stated_at(self.c.case, place).to(unit)
            return BreakEven(
                self.reference, self.key, CLIMATE, name, factor, place, unit, now, value, *limits, status, above, limits
            )  # fmt: skip

        found = [value for value in roots(benefit, *limits) if limits[0] < value < limits[1]]
        for value, following in pairwise((*found, limits[1])):
            yield answer(value, Status.BRACKETED, above=benefit((value + following) / 2) > 0)
        if not found:
            yield answer(None, Status.NONE_FOUND)


def _prices(c: Computed, reference: str, key: str) -> Iterator[_Number]:
    """The yearly value of the exchange for donor, receiver and network, in the price that the receiver pays the donor."""
    exchange, base = c.case.exchanges[key], amounts.base_unit(c.case.exchanges[key])
    price = exchange.money.price or Stated(value=0, unit=units.per(c.case.currency, base))
    now = price.value if exchange.money.price else None
    paid = exchange.quantity.value * units.ratio(1, price.unit, c.case.currency, base)
    here = [item for item in c.cash if (item.reference, item.exchange) == (reference, key)]
    missing = [one.actor for one in c.not_stated if (one.reference, one.exchange) == (reference, key) and one.item != "price"]
    place = ("exchanges", key, "money", "price")
    for who, actors, slope in (
        ("donor", {exchange.from_}, paid),
        ("receiver", {exchange.to}, -paid),
        ("network", set(c.case.actors), 0.0),
    ):
        if actors.isdisjoint(missing):
            values = [item.value for item in here if item.actor in actors]
            size = fsum(map(abs, values))
            yield _Number("price", who, place, price.unit, now, None, None, price.range, fsum(values), slope, size)


def _range(stated: Stated, unit: str) -> tuple[float, float] | None:
    if stated.range is None:
        return None
    low, high = (units.convert(end, stated.unit, unit) for end in stated.range)
    return low, high
