"""How much every exchange hands over: what is stated, and what follows from the other exchanges.

The links of a case, by exchange and process: how much of the others one unit of it takes along. An exchange takes along
the exchanges that follow it, and what its needs take; a process that runs with the symbiosis takes along its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ius_lca.case import amounts
from ius_lca.case.allocation import main_share
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.schema.target import Target
from ius_lca.case.years import course, headline_year, runs
from ius_lca.errors import UnitsError
from ius_lca.library.record import Library
from ius_lca.loops import passed_on, reached, unsolvable_loop
from ius_lca.quantity import Evidence, Stated, in_years, worst
from ius_lca.units import Value

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

#: A link: from what, to what, how much of that per unit, and the numbers it rests on.
Link = tuple[str, str, Callable[[], Value], tuple[Stated, ...]]


@dataclass(frozen=True)
class Cascade:
    """The exchanges of a case as a linear system, by year.

    years: those that it is about.  ids: exchanges first, then the processes [n].  exchanges: how many of them are exchanges.
    stated: what each exchange hands over by itself [years, n].  runs: whether it runs [years, n].
    links: how much of the second one unit of the first takes along [years, n, n].
    """

    years: tuple[int, ...]
    ids: tuple[str, ...]
    exchanges: int
    stated: NDArray[float64]
    runs: NDArray[bool_]
    links: NDArray[float64]

    @cached_property
    def unsolvable_loop(self) -> list[str]:
        """The ids along a loop that takes as much of its own product as it makes, in any of the years; none without one."""
        for links in self.links.tolist():
            taken = {
                name: {other: amount for other, amount in zip(self.ids, row, strict=True) if amount}
                for name, row in zip(self.ids, links, strict=True)
            }
            if loop := unsolvable_loop(taken):
                return loop
        return []

    @cached_property
    def quantities(self) -> NDArray[float64]:
        """Handed over in each year, in the unit of each exchange [years, exchanges]: q = runs (stated + links^T q)."""
        import numpy as np

        drivers = self.runs[:, :, None] * self.links.transpose(0, 2, 1)
        stated = (self.runs * self.stated)[:, :, None]
        solved = np.linalg.solve(np.eye(len(self.ids)) - drivers, stated)
        # What nothing drives is zero, not the rounding noise of the solver.
        return np.where(passed_on(drivers, stated != 0), solved, 0.0)[:, : self.exchanges, 0]


def cascade(case: Case, library: Library, years: Sequence[int]) -> Cascade:
    """The linear system of a case; its units must have passed `check_case`."""
    import numpy as np

    read = in_years(years)
    ids = (*case.exchanges, *case.processes)
    position = {name: index for index, name in enumerate(ids)}
    links = np.zeros((len(years), len(ids), len(ids)))
    for source, target, amount, _ in links_of(case, library, read):
        links[:, position[source], position[target]] += amount()
    stated = np.zeros((len(years), len(ids)))
    active = np.ones((len(years), len(ids)), dtype=bool)
    for index, exchange in enumerate(case.exchanges.values()):
        stated[:, index] = read(exchange.quantity) * course(case, exchange, years)
        active[:, index] = [year in runs(case, exchange) for year in years]
    return Cascade(tuple(years), ids, len(case.exchanges), stated, active, links)


def links_of(case: Case, library: Library, read: Callable[[Stated], Value]) -> Iterator[Link]:
    """Every link; its amount may raise KeyError or UnitsError where the case has not passed `check_case`."""
    for key, exchange in case.exchanges.items():
        for other in exchange.follows:
            if other.exchange in case.exchanges:
                yield other.exchange, key, _followed(case, key, other.exchange, other.amount, read), (other.amount,)
        for need in exchange.needs:
            if need.exchange in case.exchanges or need.process in case.processes:
                yield key, need.target, _taken(case, library, need, key, read), (need.amount,)
    for key, process in case.processes.items():
        for use in process.inputs:
            if use.exchange in case.exchanges or use.process in case.processes:
                yield key, use.target, _taken(case, library, use, key, read), (use.amount,)


def _followed(case: Case, key: str, other: str, amount: Stated, read: Callable[[Stated], Value]) -> Callable[[], Value]:
    def per_unit() -> Value:
        own, base = (amounts.base_unit(case.exchanges[name]) for name in (key, other))
        return amounts.per_unit(amount, own, base, read)

    return per_unit


def _taken(case: Case, library: Library, use: Target, key: str, read: Callable[[Stated], Value]) -> Callable[[], Value]:
    def per_unit() -> Value:
        exchange = case.exchanges.get(key)
        base = amounts.base_unit(exchange) if exchange else case.processes[key].unit
        material = exchange.material if exchange else ""
        share = 1.0 if exchange else main_share(case.processes[key], case.currency)
        return share * amounts.use_amount(use, amounts.target_unit(use, case, library), base, library, material, read=read)

    return per_unit


def evidence_of_quantities(case: Case, library: Library) -> dict[str, Evidence]:
    """By exchange, the weakest evidence of its quantity in the headline year and of everything that drives it."""
    year = headline_year(case)
    known = {
        key: worst([one.evidence for one in _quantity_rests_on(case, exchange, year)]) for key, exchange in case.exchanges.items()
    }
    known |= dict.fromkeys(case.processes, Evidence.MEASURED)
    links = [
        (source, target, worst([one.evidence for one in stated]))
        for source, target, _, stated in links_of(case, library, in_years(()))
    ]
    for _ in known:
        # Passed on along the links, so that loops cost no more than others.
        for source, target, own in links:
            known[target] = worst([known[target], known[source], own])
    return {key: known[key] for key in case.exchanges}


def _quantity_rests_on(case: Case, exchange: Exchange, year: int) -> tuple[Stated, ...]:
    """The stated quantity, and what says how it went on where the year is not its first."""
    if year <= runs(case, exchange).start:
        return (exchange.quantity,)
    of_course = {"geometric": exchange.persistence.rate, "linear": exchange.life}.get(exchange.persistence.kind)
    return (exchange.quantity, of_course) if of_course is not None else (exchange.quantity,)


def driving(links: Mapping[str, Mapping[str, float]], case: Case) -> set[str]:
    """Processes that take from an exchange, in themselves or through others: they run with the symbiosis alone."""
    return {name for name in case.processes if not case.exchanges.keys().isdisjoint(reached(links, [name]))}


def handed_over(case: Case, library: Library) -> dict[str, float]:
    """Quantity of every exchange in the headline year, in its own unit; empty where the links cannot be read or solved."""
    import numpy as np

    try:
        quantities = cascade(case, library, [headline_year(case)]).quantities[0]
    except (KeyError, UnitsError, np.linalg.LinAlgError):
        return {}
    return dict(zip(case.exchanges, quantities.tolist(), strict=True))
