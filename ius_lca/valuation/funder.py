"""The figures that funders of symbiosis ask for, from the cash flow and the benefits of the period.

Sales, costs cut and jobs are what the UK's National Industrial Symbiosis Programme reported; the definitions are ours. Sums over
the period are not discounted and at constant prices.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from ius_lca import units
from ius_lca.case.schema.money import SOCIETY
from ius_lca.computed import Computed
from ius_lca.economics.indicators import Figure
from ius_lca.economics.items import CashItem, Kind
from ius_lca.results import IN_YEAR, PROJECT, Cell
from ius_lca.valuation.avoided import per_avoided
from ius_lca.valuation.balance import unless_missing

#: Items by which society pays.
PUBLIC = frozenset({"grant", "subsidy", "facilitation"})
#: Measure, indicator and name of what public money is divided by, a tonne at a time.
_AVOIDED = (("public_money_per_t_co2e", "climate_change", "t CO2e"), ("public_money_per_t_landfill", "landfill_direct", "t"))


def divided(cost: Figure, by: Figure, nothing: str) -> Figure:
    """One figure per another; none where either is not known, or the other is not above 0 (`nothing` says why).

    >>> divided(Figure(2e6), Figure(8000.0), "nothing is avoided").value
    250.0
    """
    if cost.value is None or by.value is None:
        return Figure(None, cost.reason or by.reason)
    return Figure(cost.value / by.value) if by.value > 0 else Figure(None, nothing)


def funder_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """By reference: sales and savings of the headline year, and over the period who invests, what society pays, and for what."""
    for reference in c.case.references:
        for measure, unit, basis, figure in (*_of_the_year(c, reference), *_of_the_period(c, reference)):
            yield reference, measure, unit, basis, figure.value, figure.reason
    for name in ("created", "safeguarded"):
        if (stated := getattr(c.case.economics.jobs, name)) is not None:
            yield None, f"jobs_{name}", "jobs", None, stated.value, ""


def _of_the_year(c: Computed, reference: str) -> Iterator[tuple[str, str, str, Figure]]:
    """What the actors are paid by each other for streams, and what else the yearly value holds; both add up to it."""
    unit, here = f"{c.case.currency}/year", [item for item in c.cash if item.reference == reference]
    sales = fsum(item.value for item in here if item.item in {"sale", "purchase"} and item.value > 0)
    missing = [one for one in c.not_stated if one.reference == reference]
    for measure, value, wanted in (
        ("additional_sales", sales, [one for one in missing if one.item == "price"]),
        ("cost_savings", fsum(item.value for item in here) - sales, missing),
    ):
        yield measure, unit, IN_YEAR, unless_missing(value, wanted)


def _of_the_period(c: Computed, reference: str) -> Iterator[tuple[str, str, str, Figure]]:
    """Private investment, public money, and the one per the other and per tonne avoided."""
    currency, flow = c.case.currency, c.cash_flow
    sums = (flow.values / flow.prices).sum(axis=1).tolist()
    totals = [(item, value) for item, value in zip(flow.items, sums, strict=True) if item.reference == reference]
    private, public = _private(c, reference, totals), Figure(_public(totals))
    yield "private_investment", currency, PROJECT, private
    yield "public_money", currency, PROJECT, public
    yield "private_per_public", "1", PROJECT, divided(private, public, "society pays nothing")
    for measure, indicator, unit in _AVOIDED:
        each = per_avoided(c, reference, indicator, lambda tonnes: divided(public, Figure(tonnes), "nothing is avoided"))
        each = each if public.value else Figure(None, "society pays nothing")
        yield measure, units.per(currency, unit), PROJECT, each


def _private(c: Computed, reference: str, totals: list[tuple[CashItem, float]]) -> Figure:
    """What the participants invest and replace, less the grants that they are paid."""
    of_participants = [(item.item, value) for item, value in totals if item.is_of_participants]
    invested = fsum(-value for name, value in of_participants if name in {"investment", "replacement"})
    granted = fsum(value for name, value in of_participants if name == "grant")
    missing = [one for one in c.cash_flow.not_stated if one.reference == reference and one.kind is Kind.CAPITAL]
    if granted > invested and not missing:
        return Figure(None, "the grants exceed what is invested")
    return unless_missing(invested - granted, missing)


def _public(totals: list[tuple[CashItem, float]]) -> float:
    """What society pays; taxes that it goes without are no payment."""
    return fsum(-value for item, value in totals if item.actor == SOCIETY and item.item in PUBLIC and value < 0)
