"""What holds for the money of every case, whatever its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from math import fsum
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.case.schema.money import MARKET, SOCIETY
from ius_lca.economics.cashflow import CashFlow
from ius_lca.economics.items import CashItem, Kind
from ius_lca.library.read import embedded_library
from ius_lca.tables import result_tables
from tests.cash import flow_of
from tests.scoring import scored
from tests.strategies import Tree, numbers, paying, scaled, sound_case_of, with_each_exchange

#: Sums in another order differ in the last digits: relative to the sum of absolute payments.
TOLERANCE = 1e-9
FEW = settings(max_examples=40)

Sums = dict[tuple[str, ...], list[float]]


def _flow(tree: Tree) -> CashFlow:
    return flow_of(sound_case_of(tree), embedded_library())


def _totals(flow: CashFlow, key: Callable[[CashItem], tuple[str, ...] | None]) -> Sums:
    """Money by year of the items that have a key, by it; correct to the last digit."""
    found: dict[tuple[str, ...], list[list[float]]] = {}
    for item, values in zip(flow.items, flow.values.tolist(), strict=True):
        if (one := key(item)) is not None:
            found.setdefault(one, []).append(values)
    return {one: [fsum(year) for year in zip(*rows, strict=True)] for one, rows in found.items()}


def _size(flow: CashFlow) -> float:
    return float(np.abs(flow.values).sum())


def _assert_same(one: Mapping[Any, list[float]], other: Mapping[Any, list[float]], size: float) -> None:
    assert one.keys() == other.keys()
    for key, values in one.items():
        assert values == pytest.approx(other[key], rel=TOLERANCE, abs=TOLERANCE * size), key


def _written_money(tree: Any, change: Callable[[str], str]) -> Any:
    """A tree in which every amount of money was changed."""
    if isinstance(tree, dict):
        return {key: one if key == "currency" else _written_money(one, change) for key, one in tree.items()}
    if isinstance(tree, list):
        return [_written_money(one, change) for one in tree]
    return change(tree) if isinstance(tree, str) and " SEK" in tree else tree


@FEW
@given(paying())
def test_transfers_cancel_in_every_year_to_the_last_digit(tree: Tree) -> None:
    flow = _flow(tree)
    everybody = _totals(flow, lambda item: (item.reference,))
    outside = _totals(flow, lambda item: (item.reference,) if item.counterparty == MARKET else None)
    nothing = [0.0] * len(flow.years)
    for reference, values in everybody.items():
        assert values == outside.get(reference, nothing)  # what the network and society together pay the rest of the world
    participants = _totals(flow, lambda item: (item.reference,) if item.is_of_participants else None)
    leaves = _totals(flow, lambda item: (item.reference,) if item.leaves_participants else None)
    for reference, values in participants.items():
        assert values == leaves.get(reference, nothing)
    transfers = _totals(flow, lambda item: (item.reference,) if item.counterparty != MARKET else None)
    assert all(value == 0 for values in transfers.values() for value in values)


@FEW
@given(paying())
def test_what_society_gets_the_participants_pay(tree: Tree) -> None:
    flow = _flow(tree)
    paid = _totals(flow, lambda item: (item.reference, item.item, item.actor) if item.counterparty == SOCIETY else None)
    got = _totals(
        flow,
        lambda item: (
            (item.reference, item.item, item.counterparty) if item.actor == SOCIETY and item.counterparty != MARKET else None
        ),
    )
    assert {key: [-value for value in values] for key, values in got.items()} == paid


@settings(max_examples=20)
@given(paying())
def test_present_values_add_up_at_one_rate_and_differ_at_own_rates(tree: Tree) -> None:
    def values(of: Tree, indicator: str) -> dict[tuple[str, str], float]:
        rows = result_tables(scored(sound_case_of(of)), "economics_summary")["economics_summary"]
        return {(row["reference"], row["actor"]): row["value"] for row in rows if row["indicator"] == indicator}

    same = deepcopy(tree)
    for actor in same["actors"].values():
        actor.pop("discount_rate", None)
    for one, alike in ((same, True), (tree, False)):
        npv, difference = values(one, "npv"), values(one, "npv_difference")
        flow = _flow(one)
        size = _size(flow)
        for reference in one["references"]:
            actors = fsum(npv[reference, actor] for actor in one["actors"])
            network, society = npv[reference, "network"], npv[reference, SOCIETY]
            assert network + society == pytest.approx(npv[reference, "network_and_society"], abs=TOLERANCE * size)
            expected = 0.0 if alike else network - actors
            assert difference[reference, "network"] == pytest.approx(expected, abs=TOLERANCE * size)
            if alike:
                assert actors == pytest.approx(network, abs=TOLERANCE * size)


@FEW
@given(paying(), numbers(-9, 9), st.sampled_from(["none", "one", "own"]))
def test_another_price_moves_money_between_two_actors_alone(tree: Tree, by: float, rates: str) -> None:
    """Without income tax, or at one rate for all, the network as a whole; in any case, all of it with society."""

    def dearer(exchange: Tree) -> None:
        price = exchange["money"]["price"]
        written = price["by_year"] if isinstance(price, dict) else {"": price}
        changed = {year: scaled(one, by) for year, one in written.items()}
        exchange["money"]["price"] = {"by_year": changed} if isinstance(price, dict) else changed[""]

    tree = deepcopy(tree)
    if rates != "own":
        for actor in tree["actors"].values():
            actor.pop("tax_rate", None)
        tree["economics"].pop("tax_rate", None)
    if rates == "one":
        tree["economics"]["tax_rate"] = "25 %"
    first = next(iter(tree["exchanges"]))
    changed = deepcopy(tree)
    dearer(changed["exchanges"][first])
    before, after = _flow(tree), _flow(changed)
    size = _size(before) + _size(after)
    _assert_same(_totals(before, lambda item: (item.reference,)), _totals(after, lambda item: (item.reference,)), size)
    if rates != "own":
        by_reference = [
            _totals(one, lambda item: (item.reference,) if item.is_of_participants else None) for one in (before, after)
        ]
        _assert_same(*by_reference, size)
    pair = {tree["exchanges"][first]["from"], tree["exchanges"][first]["to"]}
    others = [
        _totals(one, lambda item: (item.reference, item.actor, item.item) if item.actor not in {*pair, SOCIETY} else None)
        for one in (before, after)
    ]
    assert others[0] == others[1]


@FEW
@given(paying())
def test_twice_the_prices_and_costs_are_twice_the_money(tree: Tree) -> None:
    once, twice = _flow(tree), _flow(_written_money(tree, lambda one: scaled(one, 2)))
    assert once.items == twice.items
    assert twice.values == pytest.approx(2 * once.values, rel=1e-12, abs=1e-12)


@FEW
@given(paying())
def test_order_in_the_file_and_units_do_not_matter(tree: Tree) -> None:
    turned = {**tree, **{key: dict(reversed(tree[key].items())) for key in ("actors", "references", "exchanges")}}
    turned = _written_money(turned, lambda one: scaled(one, 1e-3).replace(" SEK", " kSEK"))

    def in_months(one: Tree) -> None:
        for item in one:
            item["life"] = scaled(item["life"].replace("years", "month"), 12)
        one.reverse()

    turned = with_each_exchange(turned, lambda exchange: in_months(exchange["money"]["investments"]))
    turned = with_each_exchange(turned, lambda exchange: exchange["money"]["payments"].reverse())
    turned["economics"]["facilitation"].reverse()
    in_months(turned["economics"]["investments"])

    def key(item: CashItem) -> tuple[str, ...]:
        return item.reference, item.actor, str(item.exchange), item.counterparty, item.item, item.kind, item.evidence

    one, other = _flow(tree), _flow(turned)
    _assert_same(_totals(one, key), _totals(other, key), _size(one))


@FEW
@given(paying())
def test_over_all_years_the_income_tax_is_its_rate_times_the_gain(tree: Tree) -> None:
    """What is not written off is sold, and taxed, or worth nothing and written off then: nothing is lost or counted twice."""
    flow = _flow(tree)
    gains = _totals(
        flow, lambda item: (item.reference, item.actor, str(item.exchange)) if item.kind is not Kind.INCOME_TAX else None
    )
    taxes = _totals(flow, lambda item: (item.reference, item.actor, str(item.exchange)) if item.kind is Kind.INCOME_TAX else None)
    for key, values in taxes.items():
        if key[1] != SOCIETY:
            expected = -flow.tax_rates[key[1]] * fsum(gains[key])
            assert fsum(values) == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE * _size(flow)), key


@FEW
@given(paying())
def test_nothing_is_paid_before_year_0_or_in_it_for_running(tree: Tree) -> None:
    case = sound_case_of(tree)
    flow = flow_of(case, embedded_library())
    assert flow.years == range(case.period.start - 1, case.period.start + case.period.years)
    running = np.array([item.kind is Kind.OPERATING for item in flow.items])
    assert not flow.values[running, 0].any()
    assert np.isfinite(flow.values).all()
