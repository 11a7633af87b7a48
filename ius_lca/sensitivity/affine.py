"""The numbers of a case in which a benefit is affine, with its slope in each, from the terms of the headline year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from math import fsum

from ius_lca import units
from ius_lca.case.parameters import varied
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.schema.target import Target
from ius_lca.case.targets import targets
from ius_lca.computed import Computed
from ius_lca.errors import CaseError
from ius_lca.inventory.graph import Term
from ius_lca.quantity import Stated
from ius_lca.sensitivity.electricity import Electricity
from ius_lca.sensitivity.rerun import Rerun, stated_at, value_in, with_value
from ius_lca.yaml_document import Place

CLIMATE = "climate_change"
#: Nowhere on Earth is further away than half its circumference.
FURTHEST_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Number:
    """A number in which a benefit is affine.

    parameter, item: which number, and of what where there are several.  place: where it stands in the case; none for the
    intensity of a factor.  now: as it is.
    low, high: the range that makes sense; none without a limit.  stated: the range stated of it.  All in `unit`.
    at_zero: the benefit where the number is 0.  slope: by how much it rises with one unit.  size: sum of the absolute terms.
    """

    parameter: str
    item: str
    place: Place
    unit: str
    now: float
    low: float | None
    high: float | None
    stated: tuple[float, float] | None
    at_zero: float
    slope: float
    size: float


@dataclass(frozen=True)
class Whole:
    """What all exchanges share: looked up once."""

    c: Computed

    @cached_property
    def rerun(self) -> Rerun:
        return Rerun(self.c)

    @cached_property
    def electricity(self) -> Electricity:
        return Electricity(self.c, self.rerun.units)

    @cached_property
    def changed(self) -> list[tuple[Target, Place]]:
        """Every factor that the case gives other parameters."""
        return [(target, place) for target, place in targets(self.c.case) if target.with_]

    @cached_property
    def parameters(self) -> dict[str, Callable[[float], Mapping[tuple[str, str], float]]]:
        """By parameter of the case that has a range: its value to the benefits by reference and exchange."""
        ranged = [name for name, stated in self.c.case.parameters.items() if stated.range and stated.range[0] < stated.range[1]]
        return {name: cache(partial(self._with_parameter, name)) for name in ranged}

    @cached_property
    def _varied(self) -> Callable[[Mapping[str, float]], Case]:
        return varied(self.c.case)

    def _with_parameter(self, name: str, value: float) -> Mapping[tuple[str, str], float]:
        try:
            return self.rerun.benefits(self._varied({name: value}), CLIMATE)
        except CaseError:
            return {}  # a formula has no value there


@dataclass(frozen=True)
class Part:
    """One exchange under one reference."""

    whole: Whole
    reference: str
    key: str

    @property
    def exchange(self) -> Exchange:
        return self.whole.c.case.exchanges[self.key]

    @property
    def edges(self) -> list[int]:
        return self.whole.c.edges.get((self.reference, self.key), [])

    @cached_property
    def terms(self) -> dict[Term, float]:
        """The six terms of its benefit [kg CO2e a year]."""
        return {term: self.whole.c.totals.benefit(CLIMATE, self.reference, self.key, term) for term in Term}

    @cached_property
    def _benefit(self) -> float:
        return fsum(self.terms.values())

    @cached_property
    def _caused(self) -> dict[int, float]:
        """What each edge causes [kg CO2e a year]."""
        scored = self.whole.c.scored
        column = scored.indicators.index(CLIMATE)
        return {row: float(scored.scores[row, column]) for row in self.edges}

    @cached_property
    def size(self) -> float:
        """What all its edges cause, without their signs [kg CO2e a year]."""
        return fsum(map(abs, self._caused.values()))

    def numbers(self) -> Iterator[Number]:
        """Every number in which its benefit of climate change is affine, each alone."""
        yield from self._distances()
        supply, avoided = self.exchange.supply, self.terms[Term.AVOIDED_PRODUCTION]
        if supply is not None:
            yield self._number("substitution", ("supply", "substitution"), supply.substitution.unit, avoided, high=None)
            yield self._number("quality", ("supply", "quality"), "", avoided)
            yield self._number("displacement", ("supply", "displacement"), "", avoided)
        if supply is not None or self.exchange.residue is not None:
            yield self._usable()
        yield from self._quantity()
        for one in self.whole.electricity.of(self.edges):
            unit = units.per("kg CO2e", one.unit)
            now, high = one.intensity, one.highest
            at_zero = self._benefit - one.net * now
            yield Number("electricity", one.factor, (), unit, now, 0.0, high, None, at_zero, one.net, self.size)

    def _distances(self) -> Iterator[Number]:
        moved = [row for row in self.edges if self.whole.c.inventory.edges[row].term is Term.TRANSPORT]
        for index, (leg, row) in enumerate(zip(self.exchange.transport, moved, strict=True)):
            place = ("transport", index, "distance")
            high = max(FURTHEST_KM, value_in(leg.distance, self.whole.c.year, "km"))
            yield self._number("distance", place, "km", -self._caused[row], high=high, item=leg.factor)

    def _usable(self) -> Number:
        """What is usable displaces, what is not is residue: avoided production / y - residue / (1 - y)."""
        usable, avoided = value_in(self.exchange.usable, self.whole.c.year, ""), self.terms[Term.AVOIDED_PRODUCTION]
        part = avoided if self.exchange.residue is None else None
        if usable < 1:
            part = avoided - self.terms[Term.RESIDUE] * usable / (1 - usable)
        return self._number("usable", ("usable",), "", part)

    def _quantity(self) -> Iterator[Number]:
        """What is handed over, for itself and for others; none where it is nothing, as the terms then do not tell.

        Equipment and backup stay as they are; without them the quantity decides how much, never which sign.
        """
        stated, now = self.exchange.quantity, self.whole.c.handed_over[self.key]
        if now:
            slope = fsum(value for term, value in self.terms.items() if term is not Term.EQUIPMENT_BACKUP) / now
            limits = stated.range if now == stated.value else None
            place = ("exchanges", self.key, "quantity")
            fixed = self.terms[Term.EQUIPMENT_BACKUP]
            yield Number("quantity", "", place, stated.unit, now, 0.0, None, limits, fixed, slope, self.size)

    def _number(
        self, parameter: str, place: Place, unit: str, part: float | None, *, high: float | None = 1.0, item: str = ""
    ) -> Number:
        """A number stated in the case.

        part: what of the benefit is proportional to it, so that the slope is part / number; none if the terms do not tell.
        """
        place = ("exchanges", self.key, *place)
        stated = stated_at(self.whole.c.case, place)
        now = value_in(stated, self.whole.c.year, unit)
        slope = part / now if now and part is not None else self._slope_by_rerun(place, unit, now)
        at_zero = self._benefit - slope * now
        return Number(parameter, item, place, unit, now, 0.0, high, range_in(stated, unit), at_zero, slope, self.size)

    def _slope_by_rerun(self, place: Place, unit: str, now: float) -> float:
        """Where a term is zero as it is, it tells nothing of its slope: the case is computed once more at another value."""
        other = 0.0 if now else 1.0
        changed = self.whole.rerun.terms(with_value(self.whole.c.case, place, other, unit), self.reference, self.key) or {}
        # Term by term, so that a large term which does not change takes no digits from a small one which does.
        return fsum(changed[term] - self.terms[term] for term in changed) / (other - now)


def range_in(stated: Stated, unit: str) -> tuple[float, float] | None:
    """The range of a number in another unit; none for a path over years, whose range is that of its first value."""
    if stated.range is None or stated.by_year:
        return None
    low, high = (float(units.convert(end, stated.unit, unit)) for end in stated.range)
    return low, high
