"""The Circular Footprint Formula and module D of every exchange that asks for them, as rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np

from ius_lca.case import amounts
from ius_lca.case.circular_parameters import Basis, Parameter, shares
from ius_lca.case.schema.circular import PER_MJ, CircularFootprint
from ius_lca.circular import cff, module_d
from ius_lca.circular.activities import Activity, activities, usable
from ius_lca.circular.cff import Activities, Parameters
from ius_lca.computed import Computed
from ius_lca.impact.coverage import Coverage
from ius_lca.impact.kernel import DIRECT_FLOWS
from ius_lca.impact.unit_scores import Flags, Floats
from ius_lca.results import Cell
from ius_lca.units import Value, per

Formula: TypeAlias = Callable[[Parameters, Activities], Value]

#: Parts of the Circular Footprint Formula, and of module D.
FOOTPRINT: dict[str, Formula] = {"material": cff.material, "energy": cff.energy, "disposal": cff.disposal}
MODULE_D: dict[str, Formula] = {"material": module_d.material, "energy": module_d.energy}


@dataclass(frozen=True)
class _View:
    """One exchange under one reference, in the terms of the formula."""

    computed: Computed
    exchange: str
    reference: str

    @cached_property
    def asked(self) -> CircularFootprint:
        return self.computed.case.exchanges[self.exchange].circular_footprint or CircularFootprint()

    @cached_property
    def base(self) -> str:
        return amounts.base_unit(self.computed.case.exchanges[self.exchange])

    @cached_property
    def shares(self) -> dict[str, Parameter]:
        return shares(self.computed.case.exchanges[self.exchange], self.asked, self.computed.library, self.computed.read)

    @cached_property
    def parameters(self) -> Parameters:
        heating = amounts.per_unit(self.asked.LHV, "MJ", self.base, self.computed.read) if self.asked.LHV is not None else 0.0
        return Parameters(**{name: one.value for name, one in self.shares.items()}, LHV=float(heating))

    @cached_property
    def activities(self) -> dict[str, Activity]:
        return activities(self.computed, self.exchange, self.reference)

    @cached_property
    def usable(self) -> float:
        """Usable material in a year, in the unit of the exchange."""
        return usable(self.computed, self.exchange)

    def per_unit(self, formula: Formula, *, virgin: bool = False) -> tuple[Floats, Flags, Flags]:
        """A part per unit of the material; where it rests on something not covered, and on nothing else [k].

        virgin: with virgin material alone, so that both can be compared.
        """
        parameters = replace(self.parameters, R1=0.0) if virgin else self.parameters
        by_field = dict(zip((field.name for field in fields(Activities)), self.activities.values(), strict=True))
        values = formula(parameters, Activities(**{name: one.values for name, one in by_field.items()}))
        # The formula is linear in its activities: with one alone it gives that one's weight.
        weighing = [one for name, one in by_field.items() if formula(parameters, Activities(**{name: 1.0})) != 0]
        none = np.zeros(len(self.computed.indicators), dtype=bool)
        gaps = np.any([none, *(one.gaps for one in weighing)], axis=0)
        nothing = np.all([one.gaps & (one.values == 0) for one in weighing], axis=0) if weighing else none
        return np.asarray(values) + np.zeros(len(none)), gaps, nothing


def _views(c: Computed) -> Iterator[_View]:
    for reference in c.case.references:
        for key, exchange in c.case.exchanges.items():
            if exchange.circular_footprint is not None:
                yield _View(c, key, reference)


def footprint_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The Circular Footprint Formula by part; `virgin` is the total of the same life with virgin material alone (R1 = 0)."""
    for view in _views(c):
        yield from _rows(view, {**FOOTPRINT, "total": _total(FOOTPRINT)})
        yield from _rows(view, {"virgin": _total(FOOTPRINT)}, virgin=True)


def module_d_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Module D by part; negative is a benefit beyond the system boundary."""
    for view in _views(c):
        yield from _rows(view, {**MODULE_D, "total": _total(MODULE_D)})


def _total(parts: dict[str, Formula]) -> Formula:
    return lambda p, e: sum((part(p, e) for part in parts.values()), 0.0)


def _rows(view: _View, parts: dict[str, Formula], *, virgin: bool = False) -> Iterator[tuple[Cell, ...]]:
    for part, formula in parts.items():
        values, gaps, nothing = view.per_unit(formula, virgin=virgin)
        for column, one in enumerate(view.computed.indicators):
            if set(one.factors) & set(DIRECT_FLOWS):
                continue  # counts the streams of the exchange itself, which no life cycle of a material has
            level = Coverage.NONE if nothing[column] else Coverage.PARTIAL if gaps[column] else Coverage.FULL
            for basis, unit, times in (("per_unit", per(one.unit, view.base), 1.0), ("in_year", one.unit, view.usable)):
                value = float(values[column]) * times if level is not Coverage.NONE else None
                yield view.reference, view.exchange, one.id, unit, part, basis, value, level.value


def parameter_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Every parameter and activity that is stated or plays a part, with what it comes from; of activities, climate change."""
    climate = [one.id for one in c.indicators].index("climate_change")
    for view in _views(c):
        where = (view.reference, view.exchange)
        burnt = view.parameters.R3 > 0
        for name, share in view.shares.items():
            if name in {"B", "X_heat", "X_elec"} and not burnt and share.basis is Basis.DEFAULT:
                continue
            yield *where, name, share.value, "", share.basis.value, share.evidence.value, share.source
        if (heating := view.asked.LHV) is not None:
            unit = per("MJ", view.base)
            told = heating.source or heating.note
            yield *where, "LHV", view.parameters.LHV, unit, Basis.STATED.value, heating.evidence.value, told
        for name, activity in view.activities.items():
            if activity.basis is Basis.NOT_NEEDED:
                continue
            value = float(activity.values[climate]) if not activity.gaps[climate] else None
            unit = per("kg CO2e", "MJ" if name in PER_MJ else view.base)
            evidence = activity.evidence.value if activity.evidence is not None else None
            yield *where, name, value, unit, activity.basis.value, evidence, activity.source
