"""Checks of what a case says of value outside its cash flow, and of jobs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.external import CarbonPrice, DamageCost
from ius_lca.library.indicators import definitions
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place


def external_problems(case: Case) -> Iterator[Problem]:
    """Everything about the carbon price, the costs of damage and the jobs."""
    external, here = case.economics.external, ("economics", "external")
    if external.carbon is not None:
        yield from _carbon(external.carbon, case.currency, (*here, "carbon"))
    valued: set[str] = set()
    for index, damage in enumerate(external.damages):
        place = (*here, "damages", index)
        if damage.indicator in valued:
            message = f"'{damage.indicator}' has a cost of damage already."
            yield problem("valued-twice", (*place, "indicator"), message, "Keep one, with its range.")
        valued.add(damage.indicator)
        yield from _damage(damage, case.currency, place)
    for name in ("created", "safeguarded"):
        if (stated := getattr(case.economics.jobs, name)) is not None:
            yield from _jobs(stated, ("economics", "jobs", name))


def _carbon(carbon: CarbonPrice, currency: str, place: Place) -> Iterator[Problem]:
    yield from fits((*place, "price"), partial(carbon.per_kg, currency))
    yield from _not_negative(carbon.price, (*place, "price"), "the carbon price")
    yield from between(carbon.not_yet_priced, SHARE, (*place, "not_yet_priced"), "the share that is not yet priced")


def _damage(damage: DamageCost, currency: str, place: Place) -> Iterator[Problem]:
    computed = {key: one for key, one in definitions().items() if not one.on_request}
    yield from known_id(damage.indicator, computed, (*place, "indicator"), "indicator")
    if (indicator := computed.get(damage.indicator)) is not None:
        cost = damage.cost
        yield from fits((*place, "cost"), partial(units.ratio, cost.value, cost.unit, currency, indicator.unit))
    yield from _not_negative(damage.cost, (*place, "cost"), "the cost of damage")


def _jobs(stated: Stated, place: Place) -> Iterator[Problem]:
    if stated.unit not in {"", "1"}:
        message = f"jobs are counted: '{stated.unit}' is not needed."
        yield problem("unit", place, message, "Write a plain number of full-time jobs, such as 3.")
    yield from _not_negative(stated, place, "the number of jobs")


def _not_negative(stated: Stated, place: Place, what: str) -> Iterator[Problem]:
    if min(stated.values) < 0:
        yield problem("out-of-range", place, f"{what} is negative.", "Mend the number.")
