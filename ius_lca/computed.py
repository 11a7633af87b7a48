"""Everything an assessment computed, before it becomes tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np

from ius_lca.case.cascade import Cascade, cascade
from ius_lca.case.currency import Conversion
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.circular import ACTIVITIES
from ius_lca.case.years import headline_year, horizon, period
from ius_lca.economics.cashflow import CashFlow, cash_flow
from ius_lca.economics.corridor import Corridor, Sides, corridors, sides
from ius_lca.economics.items import CashItem, Kind, NotStated
from ius_lca.economics.opening import Opening, openings
from ius_lca.impact.coverage import Coverage, Gap, coverage
from ius_lca.impact.kernel import Contributions, Yearly, contributions
from ius_lca.impact.methods import Indicator
from ius_lca.impact.totals import Totals, totals, totals_by_year
from ius_lca.impact.unit_scores import UnitScores, unit_scores
from ius_lca.inventory.build import build_inventory
from ius_lca.inventory.graph import Inventory, edges_of
from ius_lca.library.record import Entry, Library, Record
from ius_lca.loops import reached
from ius_lca.quantity import Stated, in_year


@dataclass(frozen=True)
class Computed:
    """What every step of an assessment gives; inventory, scores and money are those of the headline year.

    year: the headline year.  all_years: the inventory of every year that the case looks at; yearly, over_years: its scores
    and totals.
    cash_flow: payments of every year.  conversions: what brought the money of the case into its currency and prices.
    """

    case: Case
    library: Library
    indicators: tuple[Indicator, ...]
    inventory: Inventory
    scored: Contributions
    totals: Totals
    levels: dict[tuple[str, str, str | None], Coverage]
    gaps: list[Gap]
    year: int
    system: Cascade
    all_years: Inventory
    yearly: Yearly
    over_years: Mapping[int, Totals]
    cash_flow: CashFlow
    conversions: tuple[Conversion, ...]

    @cached_property
    def cash(self) -> list[CashItem]:
        """What the participants gain and pay in the headline year: the yearly value, without investment and income tax."""
        return self.cash_flow.at(self.year)

    @property
    def not_stated(self) -> tuple[NotStated, ...]:
        """Prices that the yearly value would need."""
        return tuple(one for one in self.cash_flow.not_stated if one.kind is Kind.OPERATING)

    @cached_property
    def handed_over(self) -> dict[str, float]:
        """Quantity of every exchange in the headline year, in its own unit."""
        quantities = self.system.quantities[self.system.years.index(self.year)]
        return dict(zip(self.case.exchanges, quantities.tolist(), strict=True))

    @cached_property
    def levels_over(self) -> Callable[[Sequence[int]], dict[tuple[str, str, str | None], Coverage]]:
        """Coverage of the sum over years: what runs in any of them counts, also if it does not in the headline year."""
        # Several tables ask for the same years, and every answer goes through all edges.
        return cache(lambda years: coverage(self.inventory, self.yearly.sizes(years), self.indicators)[0])

    @cached_property
    def read(self) -> Callable[[Stated], float]:
        """Reads a stated number as that of the headline year, in its own unit."""
        return in_year(self.year)

    @cached_property
    def corridors(self) -> list[Corridor]:
        """The corridor of prices of every exchange under every reference."""
        return corridors(self.case, self.sides, self.handed_over)

    @cached_property
    def sides(self) -> Sides:
        """What every exchange brings its donor and its receiver apart from its price."""
        return sides(self.case, self.system, self.cash_flow)

    @cached_property
    def openings(self) -> dict[tuple[str, str], Opening]:
        """By reference and exchange, what would open a corridor that is closed."""
        found = openings(self.case, self.library, self.system, self.sides, self.corridors)
        return {(one.reference, one.exchange): one for one in found}

    @cached_property
    def edges(self) -> dict[tuple[str, str], list[int]]:
        """Positions of the edges by reference and exchange."""
        return edges_of(self.inventory)

    @cached_property
    def alike(self) -> bool:
        """Whether all years of the period are the same."""
        first = self.all_years.at(self.year)
        return self.cash_flow.alike and all(
            replace(self.all_years.at(year), years=first.years) == first for year in period(self.case)
        )

    @cached_property
    def years_shown(self) -> tuple[int, ...]:
        """The headline year, and after it every other year of the period where not all are alike."""
        return (self.year, *(year for year in period(self.case) if year != self.year and not self.alike))

    @cached_property
    def unit_scores(self) -> UnitScores:
        """Unit scores of every factor of the library, for figures that no edge of the inventory gives."""
        return unit_scores(self.library, self.indicators)

    @cached_property
    def used(self) -> dict[str, tuple[Record, ...]]:
        """By reference, every record behind the result: those the edges name, and everything upstream of them."""
        found: dict[str, tuple[Record, ...]] = {}
        whole = self.all_years  # what a path brings in later has its sources too
        for reference in whole.references:
            edges = [edge for edge in whole.edges if whole.nodes[edge.node].reference == reference]
            found[reference] = self._upstream([edge.target for edge in edges if np.any(edge.amount)])
        return found

    def _upstream(self, names: list[str]) -> tuple[Record, ...]:
        """The records of these names and of everything that they take."""
        inputs = {process.id: [target for target, _ in process.inputs] for process in self.inventory.processes}
        inputs |= {key: [line.input for line in record.technosphere] for key, record in self.library.records.items()}
        return tuple(self.library.records[name] for name in sorted(reached(inputs, names)) if name in self.library.records)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every record behind the result under any reference, or behind a circular footprint, once."""
        asked = [exchange.circular_footprint for exchange in self.case.exchanges.values() if exchange.circular_footprint]
        named = [self.library.id_of(target.target) for one in asked for name in ACTIVITIES for target in one.stated(name) or ()]
        records = [*(record for records in self.used.values() for record in records), *self._upstream(named)]
        return tuple({record.id: record for record in records}.values())

    @cached_property
    def cited(self) -> tuple[Entry, ...]:
        """Every entry of the library behind the result, the footprints that a donor's upstream is part of, and the money."""
        upstream = [one.upstream.target for one in self.case.exchanges.values() if one.upstream is not None]
        prices = [self.library.prices[name] for one in self.conversions for name in one.records]
        entries: tuple[Entry, ...] = (*self.records, *self._upstream(upstream), *prices)
        return tuple({entry.id: entry for entry in entries}.values())


def compute(
    case: Case,
    library: Library,
    units: UnitScores,
    indicators: tuple[Indicator, ...],
    conversions: tuple[Conversion, ...] = (),
) -> Computed:
    """Inventories, scores and money of a case.

    case, conversions: in its currency and price year (`in_case_money`), and what brought it there.  library: that of the case
    (`localised`).  The case must have passed `check_case` without error.
    """
    years, year = horizon(case), headline_year(case)
    system = cascade(case, library, years)
    all_years = build_inventory(case, library, system)
    yearly = contributions(all_years, units, indicators)
    inventory, scored = all_years.at(year), yearly.at(year)
    levels, gaps = coverage(inventory, scored, indicators)
    return Computed(
        case=case,
        library=library,
        indicators=indicators,
        inventory=inventory,
        scored=scored,
        totals=totals(inventory, scored),
        levels=levels,
        gaps=gaps,
        year=year,
        system=system,
        all_years=all_years,
        yearly=yearly,
        over_years=totals_by_year(all_years, yearly),
        cash_flow=cash_flow(case, library, system),
        conversions=conversions,
    )
