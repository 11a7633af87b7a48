"""Checks of exchanges that drive each other, and of the loops among exchanges and processes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca.case import amounts
from ius_lca.case.cascade import driving, links_of
from ius_lca.case.problems import Problem, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Follows
from ius_lca.case.schema.target import Target
from ius_lca.case.targets import targets
from ius_lca.case.years import horizon
from ius_lca.errors import UnitsError
from ius_lca.library.record import Library
from ius_lca.loops import unsolvable_loop
from ius_lca.quantity import in_year, in_years
from ius_lca.yaml_document import Place

#: Where an exchange can be taken: what runs with the symbiosis, in an amount per unit.
_TAKES = frozenset({"needs", "inputs"})


def cascade_problems(case: Case, library: Library, *, all_years: bool = True) -> Iterator[Problem]:
    """Exchanges that follow or take each other, and loops without solution.

    all_years: whether the exchanges have their years, so that each can be looked at; else the first alone.
    """
    for key, exchange in case.exchanges.items():
        for index, follows in enumerate(exchange.follows):
            yield from _follows(case, key, follows, ("exchanges", key, "follows", index))
        for index, need in enumerate(exchange.needs):
            for word, paid in (("price", need.price), ("tax", need.tax)):
                if need.exchange is not None and paid is not None:
                    place: Place = ("exchanges", key, "needs", index, word)
                    message = f"what is paid for '{need.exchange}' is the price of that exchange."
                    yield problem("unknown-key", place, message, "State it there, under 'money'.")
    links = _links(case, library, all_years=all_years)
    inside = driving(links[0] if links else {}, case)
    for name in (one for one in case.processes if one in inside):
        if case.processes[name].allocation not in {"substitution", "cut_off"}:
            message = "what takes from an exchange has all of it handed over, so its burdens are not shared."
            yield problem("allocation", ("processes", name, "allocation"), message, "Write 'substitution' or 'cut_off'.")
    for target, place in targets(case):
        yield from _taken_from_an_exchange(target, place, inside)
    for by_name in links:
        if loop := unsolvable_loop(by_name):
            path = " -> ".join([*loop, loop[0]])
            message = f"the loop {path} takes as much of its own product as it makes, so no amount of it is enough."
            where = "processes" if loop[0] in case.processes else "exchanges"
            yield problem("loop", (where, loop[0]), message, "Mend an amount in it.")
            return


def _follows(case: Case, key: str, follows: Follows, place: Place) -> Iterator[Problem]:
    yield from known_id(follows.exchange, case.exchanges, (*place, "exchange"), "exchange")
    if follows.amount.value < 0:
        yield problem("out-of-range", (*place, "amount"), "the amount is negative.", "Write it positive.")
    if follows.exchange in case.exchanges:
        try:
            own, base = (amounts.base_unit(case.exchanges[name]) for name in (key, follows.exchange))
        except UnitsError:
            return  # told where the quantity stands
        yield from fits((*place, "amount"), partial(amounts.per_unit, follows.amount, own, base))


def _taken_from_an_exchange(target: Target, place: Place, inside: set[str]) -> Iterator[Problem]:
    """What takes an exchange runs with the symbiosis, and where its amount can drive that exchange."""
    part = str(place[2])
    if target.exchange is not None and part not in _TAKES:
        message = "an exchange is taken in 'needs', or in the inputs of a process."
        yield problem("exchange-taken", (*place, "exchange"), message, "Name a factor or process here.")
    named = {target.process, *target.makes_up.values()} & inside
    if named and (part not in _TAKES or target.process not in named):
        name = min(name for name in named if name)
        message = f"the process '{name}' takes from an exchange, so it runs with the symbiosis alone."
        yield problem("exchange-taken", place, message, "Take it in 'needs', or name another process here.")


def _links(case: Case, library: Library, *, all_years: bool) -> list[dict[str, dict[str, float]]]:
    """By name, what one unit takes along of the others; for each year if any of it has a path."""
    years = list(horizon(case)) if all_years and _has_path(case, library) else [case.period.start]
    result: list[dict[str, dict[str, float]]] = []
    for year in years:
        links: dict[str, dict[str, float]] = {key: {} for key in (*case.exchanges, *case.processes)}
        for source, target, amount, _ in links_of(case, library, in_year(year)):
            try:
                value = amount()
            except (KeyError, UnitsError):
                continue  # told where the amount stands
            links[source][target] = links[source].get(target, 0.0) + float(value)
        result.append(links)
    return result


def _has_path(case: Case, library: Library) -> bool:
    return any(one.by_year for *_, stated in links_of(case, library, in_years(())) for one in stated)
