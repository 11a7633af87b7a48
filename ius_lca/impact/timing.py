"""When climate change happens: what one year's exchange causes, by the calendar year in which it is emitted.

A result books everything that a year's exchange causes in that year. Where waste goes to a landfill, its methane leaves
over decades; here it stands in the years in which it leaves, weighted by the same warming potentials.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
from ius_lca.inventory.graph import Inventory, Scenario
from ius_lca.library.amounts import amounts_of
from ius_lca.library.models import BY_YEAR
from ius_lca.library.record import Library, Record
from ius_lca.units import factor_between

Floats = NDArray[np.float64]

#: Indicators that are also shown by year of emission.
CLIMATE = ("climate_change", "climate_change_gwp20")
#: As a share of a score: what is left of it when all that is delayed is taken away, and no more than rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class EmissionYear:
    """What one year's exchange causes in one calendar year [unit of the indicator].

    baseline, symbiosis: what the scenarios cause.  benefit: their difference.  later: the benefit of all years after it.
    """

    reference: str
    indicator: str
    unit: str
    year: int
    baseline: float
    symbiosis: float
    benefit: float
    later: float


def emission_years(
    inventory: Inventory, library: Library, scored: Contributions, indicators: tuple[Indicator, ...]
) -> Iterator[EmissionYear]:
    """Climate change of one year's exchange by year of emission, under every reference where a part of it comes later.

    inventory: of that year (`Inventory.at`).  The sum over the years is the in-year figure.
    """
    (start,) = inventory.years
    climate = tuple(one for one in indicators if one.id in CLIMATE)
    by_year = contributions_by_year(inventory, library, scored, climate)
    nodes = [inventory.nodes[edge.node] for edge in inventory.edges]
    for reference in inventory.references:
        baseline, symbiosis = (
            by_year[[(node.reference, node.scenario) == (reference, scenario) for node in nodes]].sum(axis=0)
            for scenario in (Scenario.REFERENCE, Scenario.SYMBIOSIS)
        )
        benefit = baseline - symbiosis
        from_here = benefit[:, ::-1].cumsum(axis=1)[:, ::-1]
        later = np.pad(from_here[:, 1:], ((0, 0), (0, 1)))
        last = int(np.flatnonzero(((baseline != 0) | (symbiosis != 0)).any(axis=0)).max(initial=0))
        for row, one in enumerate(climate if last else ()):
            for year in range(last + 1):
                values = (float(part[row, year]) for part in (baseline, symbiosis, benefit, later))
                yield EmissionYear(reference, one.id, one.unit, start + year, *values)


def contributions_by_year(
    inventory: Inventory, library: Library, scored: Contributions, indicators: tuple[Indicator, ...]
) -> Floats:
    """What every edge contributes in the year of the exchange and in each year after it [e, k, years]."""
    delayed = delayed_per_unit(inventory, library, indicators)
    shape = next(iter(delayed.values())).shape if delayed else (len(indicators), 0)
    later = np.zeros((len(inventory.edges), *shape))
    for row, edge in enumerate(inventory.edges):
        if edge.target in delayed:
            later[row] = scored.amounts[row] * delayed[edge.target]
    whole = scored.scores[:, [scored.indicators.index(one.id) for one in indicators]]
    at_once = whole - later.sum(axis=2)
    at_once[np.abs(at_once) <= _ROUNDING * np.abs(whole)] = 0.0
    return np.concatenate([at_once[:, :, None], later], axis=2)


def delayed_per_unit(inventory: Inventory, library: Library, indicators: tuple[Indicator, ...]) -> dict[str, Floats]:
    """Impact in each year after the exchange's, along the whole chain of one unit of a target [k, years].

    Only the targets in whose chain something is delayed. Source: solve(A^T, own) over these; what a record itself releases
    year by year comes from its model: methane of landfills by IPCC 2006, vol. 5, ch. 3 (`methane_by_year`). Everything else
    is taken to happen at once.
    """
    records = {record.id: record for record in library.records.values()}
    own = {key: found for key, record in records.items() if (found := _released_later(record, library, indicators))}
    processes = {process.id: process.inputs for process in inventory.processes if process.id not in records}
    named = {key: {line.input for line in record.technosphere} for key, record in records.items()}
    named |= {key: {target for target, _ in inputs} for key, inputs in processes.items()}
    chain = _reaching(set(own), named)
    if not chain:
        return {}
    years = max(one.shape[1] for flows in own.values() for one in flows)
    position = {key: index for index, key in enumerate(sorted(chain))}
    technosphere, direct = np.zeros((len(chain), len(chain))), np.zeros((len(chain), len(indicators), years))
    for key, column in position.items():
        record = records.get(key)
        inputs = amounts_of(record, library)[0] if record else processes[key]
        technosphere[column, column] += record.reference.amount if record else 1.0
        for target, amount in inputs:
            if target in position:
                technosphere[position[target], column] -= amount
        for one in own.get(key, ()):
            direct[column, :, : one.shape[1]] += one
    solved = np.linalg.solve(technosphere.T, direct.reshape(len(chain), -1)).reshape(direct.shape)
    return {key: solved[index] for key, index in position.items()}


def _released_later(record: Record, library: Library, indicators: tuple[Indicator, ...]) -> list[Floats]:
    """Impact of each flow that the record itself releases in the years after the exchange's, per reference amount [k, years]."""
    models = BY_YEAR.get(record.model or "", {})
    found = []
    for line in record.biosphere:
        if line.amount in models:
            factors = np.array([one.factors.get(line.flow, 0.0) for one in indicators], dtype=float)
            amounts = np.array(models[line.amount](record.values()), dtype=float)
            found.append(factors[:, None] * amounts * factor_between(line.unit, library.flows[line.flow].unit))
    return found


def _reaching(found: set[str], named: dict[str, set[str]]) -> set[str]:
    """Everything that takes one of these, or takes something that does; spread until nothing changes."""
    while more := {key for key, inputs in named.items() if key not in found and inputs & found}:
        found = found | more
    return found
