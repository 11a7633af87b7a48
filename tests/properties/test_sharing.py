"""What holds for the sharing of every case, whatever its numbers."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ius_lca.computed import Computed
from ius_lca.economics.corridor import Corridor
from ius_lca.sharing.allocation import allocations
from ius_lca.sharing.core import objections
from ius_lca.sharing.game import game
from ius_lca.sharing.shapley import coalitions
from ius_lca.tables import result_tables
from tests.scoring import scored
from tests.strategies import Tree, case_of, numbers, trees, with_each_exchange

#: Sums in another order differ in the last digits.
TOLERANCE = 1e-9
FEW = settings(max_examples=30)


@st.composite
def owned_trees(draw: st.DrawFn) -> Tree:
    """Cases whose own processes may belong to an actor."""
    tree = deepcopy(draw(trees()))
    for process in tree["processes"].values():
        if draw(st.booleans()):
            process["by"] = draw(st.sampled_from(["plant", "city", "farm"]))
    # A need of the symbiosis, as processes that are only replaced have no say.
    for exchange in tree["exchanges"].values():
        unit = exchange["quantity"].partition(" ")[2].removesuffix("/year")
        exchange.setdefault("needs", []).append({"process": "steam", "amount": f"0.1 t/{unit}", "by": "city", "price": "1 SEK/t"})
    return tree


def without_cascades(tree: Tree) -> Tree:
    """A case whose exchanges do not follow each other."""
    return with_each_exchange(tree, lambda exchange: exchange.pop("follows", None))


def _size(benefits: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(benefits).sum(axis=0))


@FEW
@given(owned_trees())
def test_every_rule_that_is_defined_sums_to_the_network(tree: Tree) -> None:
    computed = scored(case_of(tree))
    for reference in computed.case.references:
        played = game(computed, reference)
        network = np.array([computed.totals.benefit(one.id, reference) for one in computed.indicators])
        sizes = np.abs(computed.scored.scores).sum(axis=0)
        assert np.all(np.abs(played.benefits.sum(axis=0) - network) <= TOLERANCE * sizes)
        for allocation in allocations(computed, played):
            if allocation.shares is None:
                assert allocation.reason
            else:
                total = allocation.shares.values.sum(axis=0)
                assert np.all(np.abs(total - network) <= TOLERANCE * sizes), allocation.rule


@FEW
@given(trees())
def test_shapley_halves_every_exchange_without_cascades_and_third_parties(tree: Tree) -> None:
    computed = scored(case_of(without_cascades(tree)))
    for reference in computed.case.references:
        played = game(computed, reference)
        shared = {one.rule: one.shares for one in allocations(computed, played)}
        shapley, half = shared["shapley"], shared["half_half"]
        assert shapley is not None
        assert half is not None
        assert shapley.errors is None
        assert np.all(np.abs(shapley.values - half.values) <= TOLERANCE * _size(played.benefits))


@FEW
@given(owned_trees())
def test_order_of_actors_never_matters(tree: Tree) -> None:
    turned = {**tree, "actors": dict(reversed(tree["actors"].items()))}
    first, second = (result_tables(scored(case_of(one)), "actors", "core") for one in (tree, turned))
    for table, keys in (("actors", ("reference", "rule", "actor", "indicator")), ("core", ("reference", "rule", "coalition"))):
        values = [
            {
                tuple(row[key] for key in (*keys, "indicator")): [row[name] for name in row if name not in keys]
                for row in rows[table]
            }
            for rows in (first, second)
        ]
        assert values[0] == values[1]


@FEW
@given(owned_trees())
def test_a_coalition_of_all_has_everything_and_nobody_nothing(tree: Tree) -> None:
    computed = scored(case_of(tree))
    played = game(computed, computed.case.main_reference)
    worth = played.values(coalitions(len(played.players)))
    assert not worth[0].any()
    assert np.all(np.abs(worth[-1] - played.benefits.sum(axis=0)) <= TOLERANCE * _size(played.benefits))


@FEW
@given(owned_trees())
def test_where_every_exchange_gains_no_group_would_rather_be_alone(tree: Tree) -> None:
    computed = scored(case_of(without_cascades(tree)))
    for reference in computed.case.references:
        played = game(computed, reference)
        shared = next(one.shares for one in allocations(computed, played) if one.rule == "shapley")
        assert shared is not None
        for groups, benefits in zip(objections(played, shared.values), played.benefits.T, strict=True):
            # Sums of gains that need several actors are convex games, whose Shapley value lies in the core.
            if np.all(benefits >= 0):
                assert [group.shortfall for group in groups] == [0]


@FEW
@given(trees(), st.integers(0, 100), st.data())
def test_a_price_within_the_corridor_splits_it_as_stated(tree: Tree, percent: int, data: st.DataObject) -> None:
    def whole_and_priced(exchange: Tree) -> None:
        exchange["usable"] = "100 %"
        for key in ("backup", "equipment"):
            exchange.pop(key, None)
        if data.draw(st.booleans()):
            cost, payer = data.draw(numbers(0, 1000)), data.draw(st.sampled_from([exchange["from"], exchange["to"]]))
            item = {"factor": "electricity.mix.SE", "amount": "1 MWh", "life": "15 years", "by": payer, "cost": f"{cost} SEK"}
            exchange["equipment"] = [item]

    tree = {**with_each_exchange(tree, whole_and_priced), "discount_rate": "4 %"}
    reference = "likely"
    bounds = {one.exchange: (one.p_min.value, one.p_max.value) for one in _corridors(scored(case_of(tree)), reference)}
    assume(all(low is not None and high is not None and low < high for low, high in bounds.values()))
    for key, (low, high) in bounds.items():
        money = tree["exchanges"][key]["money"]
        unit = money["price"].partition(" ")[2]
        money["price"] = f"{float(low or 0) + percent / 100 * (float(high or 0) - float(low or 0))!r} {unit}"
    computed = scored(case_of(tree))
    for corridor in _corridors(computed, reference):
        # At an end of the corridor the last digit decides whether a side still gains.
        edge = percent in {0, 100} and corridor.donor_share.value is None
        assert edge or corridor.donor_share.value == pytest.approx(percent / 100, abs=TOLERANCE * _scale(corridor))


def _corridors(computed: Computed, reference: str) -> list[Corridor]:
    return [one for one in computed.corridors if one.reference == reference]


def _scale(corridor: Corridor) -> float:
    """How many times larger than its width the prices of a corridor are: their rounding counts so much more."""
    low, high = float(corridor.p_min.value or 0), float(corridor.p_max.value or 0)
    return max(1.0, max(abs(low), abs(high)) / (high - low))
