"""The ends of a corridor are prices at which a side gains nothing, whatever the numbers of a case."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ius_lca.computed import Computed
from ius_lca.economics.cashflow import rate_of
from ius_lca.economics.corridor import Corridor
from ius_lca.economics.indicators import annuity_factor
from ius_lca.tables import result_tables
from tests.scoring import scored
from tests.strategies import Tree, moneyed, sound_case_of, with_each_exchange

TOLERANCE = 1e-9
FEW = settings(max_examples=20)
#: Beyond these a price is refused when it is written into a case.
SMALLEST, LARGEST = 1e-15, 1e15


def _computed(tree: Tree) -> Computed:
    return scored(sound_case_of(tree))


def _with_price(tree: Tree, key: str, price: float, unit: str) -> Tree:
    changed = deepcopy(tree)
    changed["exchanges"][key]["money"]["price"] = f"{price!r} {unit}"
    return changed


def _net_present_value(c: Computed, reference: str, exchange: str, actor: str) -> tuple[float, float]:
    """Of all items that an actor has in an exchange, and the sum of the absolute present values."""
    rate, flow = rate_of(c.case, actor).value, c.cash_flow
    assert rate is not None
    factors = (1 + rate) ** -np.arange(len(flow.years), dtype=float)
    mine = [(item.reference, item.exchange, item.actor) == (reference, exchange, actor) for item in flow.items]
    present = flow.values[np.array(mine, dtype=bool)] * factors
    return float(present.sum()), float(np.abs(present).sum())


def _known(corridor: Corridor) -> list[tuple[str, float]]:
    ends = (("donor", corridor.p_min.value), ("receiver", corridor.p_max.value))
    return [(who, end) for who, end in ends if end is not None and (not end or SMALLEST < abs(end) < LARGEST)]


@FEW
@given(moneyed(), st.data())
def test_an_end_put_back_as_the_price_leaves_that_side_nothing(tree: Tree, data: st.DataObject) -> None:
    computed = _computed(tree)
    corridor = data.draw(st.sampled_from(computed.corridors))
    assert corridor.p_min.value is not None  # every price and rate is stated
    for who, end in _known(corridor):
        exchange = computed.case.exchanges[corridor.exchange]
        actor = exchange.from_ if who == "donor" else exchange.to
        again = _computed(_with_price(tree, corridor.exchange, end, corridor.unit))
        left, size = _net_present_value(again, corridor.reference, corridor.exchange, actor)
        assert abs(left) <= TOLERANCE * size
        # The ends do not depend on the price, and a price on an end makes nobody of that side lose.
        same = next(one for one in again.corridors if (one.reference, one.exchange) == (corridor.reference, corridor.exchange))
        assert (same.p_min, same.p_max) == (corridor.p_min, corridor.p_max)
        assert who not in same.losers


@FEW
@given(moneyed(), st.data(), st.floats(0, 1))
def test_a_price_inside_gives_both_sides_and_splits_as_it_says(tree: Tree, data: st.DataObject, share: float) -> None:
    computed = _computed(tree)
    wide = [one for one in computed.corridors if not one.gap and (one.surplus.value or 0) > 0]
    assume(wide)
    corridor = data.draw(st.sampled_from(wide))
    low, high = float(corridor.p_min.value or 0), float(corridor.p_max.value or 0)
    price = low + share * (high - low)
    assume(not price or SMALLEST < abs(price) < LARGEST)
    again = _computed(_with_price(tree, corridor.exchange, price, corridor.unit))
    exchange = again.case.exchanges[corridor.exchange]
    for actor in (exchange.from_, exchange.to):
        left, size = _net_present_value(again, corridor.reference, corridor.exchange, actor)
        assert left >= -TOLERANCE * size
    now = next(one for one in again.corridors if (one.reference, one.exchange) == (corridor.reference, corridor.exchange))
    if high - low > now.slack:
        scale = max(1.0, max(abs(low), abs(high)) / (high - low))
        assert now.donor_share.value == pytest.approx(share, abs=TOLERANCE * scale)
        assert now.receiver_share.value == pytest.approx(1 - share, abs=TOLERANCE * scale)


@FEW
@given(moneyed())
def test_levels_that_change_nothing_are_the_corridor(tree: Tree) -> None:
    computed = _computed(tree)
    tables = result_tables(computed, "corridors", "corridor_variations")
    ends = {(row["reference"], row["exchange"], row["item"]): row["value"] for row in tables["corridors"]}
    unchanged = {"disposal_tax": 100, "carbon_price": 0, "shortfall": 0}
    same = [row for row in tables["corridor_variations"] if row["level"] == unchanged[str(row["varied"])] and not row["reason"]]
    known = {key for key, value in ends.items() if value is not None and key[2] in {"p_min", "p_max"}}
    assert {(row["reference"], row["exchange"], row["item"]) for row in same} == known
    assert [row["value"] for row in same] == [ends[row["reference"], row["exchange"], row["item"]] for row in same]


@FEW
@given(moneyed(), st.data())
def test_a_way_to_open_put_back_lets_the_ends_meet(tree: Tree, data: st.DataObject) -> None:
    computed = _computed(tree)
    assume(computed.openings)
    reference, key = data.draw(st.sampled_from(sorted(computed.openings)))
    opening, exchange = computed.openings[reference, key], computed.case.exchanges[key]
    way, paid, unit = data.draw(
        st.sampled_from(
            [
                (opening.fee, exchange.to, opening.unit),
                (opening.to_receiver, exchange.to, "SEK"),
                (opening.to_donor, exchange.from_, "SEK"),
            ]
        )
    )
    assume(way.value is not None and SMALLEST < way.value < LARGEST)
    changed = deepcopy(tree)
    help_ = {"what": "help", "from": "society", "to": paid, "amount": f"{way.value!r} {unit}"}
    if unit == "SEK":
        help_["year"] = str(max((exchange.start or 2023) - 1, 2022))
    changed["exchanges"][key]["money"]["payments"].append(help_)
    again = next(one for one in _computed(changed).corridors if (one.reference, one.exchange) == (reference, key))
    assert again.p_min.value is not None
    assert again.p_max.value is not None
    assert again.p_min.value == pytest.approx(again.p_max.value, rel=TOLERANCE, abs=again.slack)


@FEW
@given(moneyed())
def test_doubled_money_doubles_the_ends(tree: Tree) -> None:
    """In a currency of half the worth, every amount doubles, and with it every end; shares stay."""
    halves = {key: value for key, value in tree.items() if key != "exchanges"}
    doubled = {**halves, "exchanges": _doubled(tree["exchanges"])}
    for one, two in zip(_computed(tree).corridors, _computed(doubled).corridors, strict=True):
        for first, second in ((one.p_min, two.p_min), (one.p_max, two.p_max), (one.price, two.price)):
            if first.value is not None:
                assert second.value == pytest.approx(2 * first.value, rel=TOLERANCE, abs=two.slack)
        assert bool(one.gap) is bool(two.gap)


def _doubled(written: object) -> object:
    """Every amount of money in a tree twice as large."""
    if isinstance(written, dict):
        return {key: _doubled(value) for key, value in written.items()}
    if isinstance(written, list):
        return [_doubled(value) for value in written]
    if isinstance(written, str) and " SEK" in written:
        number, _, unit = written.partition(" ")
        return f"{2 * float(number)!r} {unit}"
    return written


@FEW
@given(moneyed())
def test_years_that_are_all_alike_have_the_static_form(tree: Tree) -> None:
    """(what the donor pays - what it saves) / q, with what is bought for the period as an annuity; the same for the receiver."""

    def alike(exchange: Tree) -> None:
        for key in ("start", "life", "persistence", "follows"):
            exchange.pop(key, None)
        money = exchange["money"]
        for name, written in list(money.items()):
            if isinstance(written, dict) and "by_year" in written:
                money[name] = written["by_year"]["2023"]
        money["payments"] = [one for one in money["payments"] if not one["amount"].endswith("SEK")]
        for item in (*money["investments"], *exchange.get("equipment", [])):
            item["life"] = "10 years"
            item.pop("residual_value", None)

    flat = with_each_exchange(tree, alike)
    flat["economics"].pop("nominal", None)
    flat["economics"].pop("inflation", None)
    flat["economics"].pop("tax_rate", None)
    for actor in flat["actors"].values():
        actor.pop("tax_rate", None)
    c = _computed(flat)
    for corridor in c.corridors:
        exchange = c.case.exchanges[corridor.exchange]
        for actor, end, sign in ((exchange.from_, corridor.p_min, -1), (exchange.to, corridor.p_max, 1)):
            rate = rate_of(c.case, actor).value
            assert rate is not None and end.value is not None
            bought = [(item, item.cost) for item in (*exchange.equipment, *exchange.money.investments) if item.by == actor]
            capital = sum(cost.to("SEK") for _, cost in bought if cost is not None) * annuity_factor(rate, 10)
            items = [
                item.value
                for item in c.cash
                if (item.reference, item.exchange, item.actor) == (corridor.reference, corridor.exchange, actor)
                and item.item not in {"sale", "purchase"}
            ]
            static = sign * (sum(items) - capital) / c.handed_over[corridor.exchange]
            assert end.value == pytest.approx(static, rel=TOLERANCE, abs=2 * corridor.slack)
