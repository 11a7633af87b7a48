"""Money of all years adds up, whatever the numbers of a case."""

from __future__ import annotations

from copy import deepcopy
from math import fsum
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.computed import Computed
from ius_lca.economics.indicators import npv
from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import scored
from tests.strategies import ACTORS, Tree, numbers, sound_case_of, trees

FEW = settings(max_examples=30)
TOLERANCE = 1e-9


@st.composite
def valued(draw: st.DrawFn) -> Tree:
    """A case with investments, payments, a discount rate and income tax."""
    tree = draw(trees())
    tree["discount_rate"] = f"{draw(numbers(0, 20))} %"
    tree["economics"] = {"tax_rate": f"{draw(numbers(0, 40))} %"}
    for exchange in tree["exchanges"].values():
        cost, life = draw(numbers(0, 1e6)), draw(st.integers(1, 15))
        paid, at_once = draw(numbers(0, 1e5)), draw(numbers(0, 1e6))
        exchange["money"]["investments"] = [
            {"what": "a pump", "cost": f"{cost} SEK", "life": f"{life} years", "by": draw(st.sampled_from(ACTORS))}
        ]
        first, second = draw(st.permutations(ACTORS))[:2]
        exchange["money"]["payments"] = [
            {"what": "a service", "from": first, "to": second, "amount": f"{paid} SEK/year"},
            {"what": "a grant", "from": "society", "to": first, "amount": f"{at_once} SEK"},
        ]
        for item in exchange.get("equipment", []):
            item["cost"] = "1000 SEK"
        for item in exchange.get("backup", []):
            item["price"] = "3 SEK/GJ"
        exchange.get("residue", {})["price"] = f"1 SEK/{exchange['quantity'].split()[1].split('/')[0]}"
    return tree


def _computed(tree: Tree) -> Computed:
    return scored(sound_case_of(tree))


def _found(rows: tuple[Row, ...], indicator: str, *keys: str) -> dict[Any, float]:
    return {
        tuple(row[key] for key in keys): float(row["value"])
        for row in rows
        if row["indicator"] == indicator and row["value"] is not None
    }


def _size(computed: Computed, rate: float) -> float:
    """Sum of the absolute present values of all payments."""
    return float(npv(np.abs(computed.cash_flow.values), rate).sum())


@FEW
@given(valued())
def test_present_values_add_up_at_one_rate(tree: Tree) -> None:
    computed = _computed(tree)
    tables = result_tables(computed, "economics_summary", "economics_exchanges")
    whole = _found(tables["economics_summary"], "npv", "reference", "actor")
    parts = _found(tables["economics_exchanges"], "npv", "reference", "actor", "exchange")
    rest = TOLERANCE * _size(computed, 0)
    difference = _found(tables["economics_summary"], "npv_difference", "reference")
    for reference in computed.case.references:
        if (reference, "network") not in whole:
            continue
        actors = fsum(whole[reference, actor] for actor in computed.case.actors)
        assert actors == pytest.approx(whole[reference, "network"], abs=rest)
        assert difference[reference,] == pytest.approx(0, abs=rest)
        both = whole[reference, "network"] + whole[reference, "society"]
        assert both == pytest.approx(whole[reference, "network_and_society"], abs=rest)
        for party in (*computed.case.actors, "network"):
            of_exchanges = fsum(value for (place, actor, _), value in parts.items() if (place, actor) == (reference, party))
            assert of_exchanges == pytest.approx(whole[reference, party], abs=rest)


@FEW
@given(valued(), numbers(-1e3, 1e3))
def test_a_price_moves_money_between_two_and_changes_no_total(tree: Tree, by: float) -> None:
    dearer = deepcopy(tree)
    for exchange in dearer["exchanges"].values():
        amount, unit = exchange["money"]["price"].split()
        exchange["money"]["price"] = f"{float(amount) + by} {unit}"
    one, other = _computed(tree), _computed(dearer)
    rest = TOLERANCE * (_size(one, 0) + _size(other, 0))
    before, after = (
        _found(result_tables(c, "economics_summary")["economics_summary"], "npv", "reference", "actor") for c in (one, other)
    )
    for reference in one.case.references:
        for party in ("network", "society", "network_and_society"):
            if (reference, party) in before:
                assert after[reference, party] == pytest.approx(before[reference, party], abs=rest)


@FEW
@given(valued())
def test_doubling_all_money_doubles_every_value_and_leaves_the_times(tree: Tree) -> None:
    once = _computed(tree)
    flow = once.cash_flow
    twice = _with_money(once, 2 * flow.values)
    for indicator, factor in (("npv", 2), ("annuity", 2), ("irr", 1), ("simple_payback", 1), ("benefit_cost_ratio", 1)):
        before, after = (
            _found(result_tables(c, "economics_summary")["economics_summary"], indicator, "reference", "actor")
            for c in (once, twice)
        )
        assert after == pytest.approx({key: factor * value for key, value in before.items()}, rel=1e-12)


def _with_money(computed: Computed, values: np.ndarray[Any, np.dtype[np.float64]]) -> Computed:
    from dataclasses import replace

    return replace(computed, cash_flow=replace(computed.cash_flow, values=values))


@FEW
@given(valued())
def test_at_the_internal_rate_nothing_is_gained(tree: Tree) -> None:
    computed = _computed(tree)
    rows = result_tables(computed, "economics_summary")["economics_summary"]
    for (reference, actor), rate in _found(rows, "irr", "reference", "actor").items():
        at_it = deepcopy(tree)
        if not 0 <= rate < 0.3:
            continue
        at_it["discount_rate"] = f"{100 * rate!r} %"
        for one in at_it["actors"].values():
            one.pop("discount_rate", None)
        again = result_tables(_computed(at_it), "economics_summary")["economics_summary"]
        found = _found(again, "npv", "reference", "actor")[reference, actor]
        assert found == pytest.approx(0, abs=TOLERANCE * _size(computed, 0))
