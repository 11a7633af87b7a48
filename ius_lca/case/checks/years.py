"""Checks of what runs over the years: when exchanges run, and the paths of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca.case.numbers import numbers
from ius_lca.case.problems import Problem, between, fits, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.years import LONGEST, horizon, period, runs
from ius_lca.quantity import Stated
from ius_lca.units import same_dimension
from ius_lca.yaml_document import Place

#: Keys under which a number is the same in every year: what a thing is, and how the case is set up.
_CONSTANT = frozenset(
    {"with", "heat", "life", "rate", "discount_rate", "weights", "factors", "cost", "parameters"}
    | {"tax_rate", "inflation", "residual_value", "operation", "load"}
    | {
        "coproducts",
        "net_calorific_value",
        "temperature",
        "surroundings",
        "stream",
        "product",
        "products",
        "upstream",
        "operations",
        "created",
        "safeguarded",
    }
)
#: Under these keys a number may be negative.
_SIGNED = frozenset({"price", "money"})

#: And under these a range.
_BELOW_ZERO = _SIGNED | {"discount_rate", "heat", "inflation", "parameters", "rate", "surroundings", "temperature", "with"}


def course_problems(case: Case) -> Iterator[Problem]:
    """Starts and lives of the exchanges: without them neither a path nor a year of payment can be judged."""
    for key, exchange in case.exchanges.items():
        yield from _course(case, exchange, ("exchanges", key))


def path_problems(case: Case) -> Iterator[Problem]:
    """Numbers by year, of a case whose exchanges have their years."""
    for stated, place in numbers(case):
        if stated.by_year:
            yield from _path(case, stated, stated.by_year, place)


def range_problems(case: Case) -> Iterator[Problem]:
    """Ranges that reach below zero, of numbers that cannot."""
    for stated, place in numbers(case):
        if stated.range and stated.range[0] < 0 <= min(stated.values) and not _BELOW_ZERO & _keys(place):
            message = f"the range begins at {stated.range[0]:g} {stated.unit}".rstrip()
            yield problem("out-of-range", place, f"{message}: there is no less than nothing.", "Begin it at 0 or above.")


def _course(case: Case, exchange: Exchange, place: Place) -> Iterator[Problem]:
    if exchange.persistence.rate is not None:
        yield from between(exchange.persistence.rate, (0.0, 1.0), (*place, "persistence", "rate"), "the loss a year")
    if exchange.life is not None:
        yield from fits((*place, "life"), partial(exchange.life.to, "year"))
        if not same_dimension(exchange.life.unit, "year"):
            return
        years = exchange.life.to("year")
        if not 1 <= years <= LONGEST or years != round(years):
            message = f"the life is {years:g} years; it is a whole number of years, from 1 to {LONGEST}."
            yield problem("out-of-range", (*place, "life"), message, "Mend the number.")
            return
    own, whole = runs(case, exchange), period(case)
    if own.start >= whole.stop or own.stop <= whole.start:
        first, last = whole.start, whole.stop - 1
        when = f"from {own.start}" if own.start >= whole.stop else f"to {own.stop - 1}"
        message = f"the exchange runs {when}, outside the period {first} to {last}."
        yield problem("outside-period", (*place, "start"), message, "Mend the year, the life or the period.")


def _path(case: Case, stated: Stated, path: dict[int, float], place: Place) -> Iterator[Problem]:
    here, keys = (*place, "by_year"), _keys(place)
    if _CONSTANT & keys or (place[0] == "processes" and place[-1] == "price"):
        yield problem("no-path", here, "this number is the same in every year: no path is read here.", "State one 'value'.")
        return
    years = horizon(case)
    if outside := [year for year in path if year not in years]:
        message = f"{outside[0]} lies outside the years of the case, {years.start} to {years.stop - 1}."
        yield problem("outside-period", here, message, "Mend the year, or the period.")
        return
    if place[0] == "exchanges":
        own = runs(case, case.exchanges[str(place[1])])
        years = range(max(years.start, own.start), min(years.stop, own.stop))
    first, last = min(path), max(path)
    if first > years.start or last < years.stop - 1:
        message = f"the path says nothing for {_missing(years, first, last)}."
        yield problem("path-gap", here, message, "State its first and its last year; between two years it runs straight.")
    if min(stated.values) < 0 and not _SIGNED & keys:
        yield problem("out-of-range", here, f"the path falls to {min(stated.values):g}.", "Write it positive.")


def _keys(place: Place) -> set[str]:
    """The words of a place without the id, which may be any word."""
    return {str(part) for part in (place[0], *place[2:])}


def _missing(years: range, first: int, last: int) -> str:
    spans = [(years.start, min(first, years.stop) - 1)] * (first > years.start)
    spans += [(max(last, years.start - 1) + 1, years.stop - 1)] * (last < years.stop - 1)
    return " and ".join(f"{start}" if start == end else f"{start} to {end}" for start, end in spans)
