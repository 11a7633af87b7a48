"""Shapley's rule against published games, and against networks of two and three actors by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed
from ius_lca.sharing.game import game
from ius_lca.sharing.shapley import EXACT_PLAYERS, exact, sampled, shapley
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, benefit, scored, unit_score


def _game(players: int, values: dict[str, float]) -> np.ndarray:
    """v of every coalition, in the order of `coalitions`, from coalitions written as '134'."""
    names = ["".join(str(player + 1) for player in range(players) if row >> player & 1) for row in range(2**players)]
    return np.array([[values.get(name, 0.0)] for name in names])


@pytest.mark.parametrize(
    ("players", "values", "expected"),
    [
        # Three passengers of one taxi: documentation of the package coopgt, "calculate the Shapley value".
        (3, {"1": 6, "2": 12, "3": 42, "12": 12, "13": 42, "23": 42, "123": 42}, [2, 5, 35]),
        # The inheritance of Ibn Ezra, as printed in the documentation of the package CoopGame after Aumann 2010.
        (
            4,
            {"1": 120, "2": 60, "3": 40, "4": 30, "12": 120, "13": 120, "14": 120, "23": 60, "24": 60, "34": 40}
            | {"123": 120, "124": 120, "134": 120, "234": 60, "1234": 120},
            [80.83333, 20.83333, 10.83333, 7.5],
        ),
    ],
    ids=["taxi", "inheritance"],
)  # fmt: skip
def test_published_games(players: int, values: dict[str, float], expected: list[float]) -> None:
    found = exact(_game(players, values)).ravel()
    assert found == pytest.approx(expected, abs=5e-6)  # as many digits as are printed


STREAM = "{{from: {}, to: {}, resource: slag, quantity: {} t/year, disposal: {{all: [{{factor: waste.landfill.inert}}]}}{}}}"
OWNED = """\
processes:
  drying: {product: drying, unit: MWh, inputs: [{process: fans, amount: 0.1 MWh/MWh}]}
  fans: {product: air, unit: MWh, inputs: [{process: motors, amount: 1 MWh/MWh}]}
  motors: {product: rotation, unit: MWh, inputs: [{factor: electricity.mix.SE, amount: 1 MWh/MWh}]}
"""


def _case(case_from: CaseFrom, exchanges: list[str], processes: str = "") -> Case:
    listed = "".join(f"  {name}: {text}\n" for name, text in zip("abcdefghijklmnop", exchanges, strict=False))
    return case_from(HEADER + "exchanges:\n" + listed + processes)[0]


def _shapley(computed: Computed) -> dict[object, object]:
    rows = result_tables(computed)["actors"]
    return {row["actor"]: row["value"] for row in rows if (row["rule"], row["indicator"]) == ("shapley", "climate_change")}


def test_two_actors_share_alike(case_from: CaseFrom) -> None:
    computed = scored(_case(case_from, [STREAM.format("giver", "taker", 10, "")]))
    # v({giver}) = v({taker}) = 0 and v(both) = b: giver adds 0 when first and b when second, and so does taker.
    b = 10_000 * unit_score("waste.landfill.inert")
    assert _shapley(computed) == {
        "giver": pytest.approx((0 + b) / 2, rel=1e-12),
        "taker": pytest.approx((b + 0) / 2, rel=1e-12),
        "other": 0,
    }


@pytest.mark.parametrize("owned", ["drying", "fans", "motors"])
def test_three_actors_of_whom_one_owns_a_process(case_from: CaseFrom, owned: str) -> None:
    processes = OWNED.replace(f"{owned}: {{", f"{owned}: {{by: other, ")
    needs = ", needs: [{process: drying, amount: 1 kWh/t, by: taker}]"
    computed = scored(
        _case(case_from, [STREAM.format("giver", "taker", 10, needs), STREAM.format("taker", "giver", 4, "")], processes)
    )
    three = benefit(computed, "likely", exchange="a")  # runs with all three
    two = benefit(computed, "likely", exchange="b")  # runs with giver and taker
    landfill, grid = (unit_score(name) for name in ("waste.landfill.inert", "electricity.mix.SE"))
    assert three == pytest.approx(10_000 * landfill - 10 * 0.1 * grid, rel=1e-9)
    # Additions in the six orders of joining (g, t, o): the second of g and t brings `two`, the last of all `three`.
    added = {
        "giver": [0, 0, two, two + three, 0, two + three],  # gto got tgo tog ogt otg
        "taker": [two, two + three, 0, 0, two + three, 0],
        "other": [three, 0, three, 0, 0, 0],
    }
    assert _shapley(computed) == {actor: pytest.approx(sum(each) / 6, rel=1e-12) for actor, each in added.items()}


def test_an_exchange_that_follows_another_needs_its_actors_too(case_from: CaseFrom) -> None:
    """3 t of b follow each of the 10 t of a, beside 4 t of its own.

    giver and taker have a alone; taker and other have 4 t of b; all three have a, and 34 t of b.
    """
    follows = ", follows: [{exchange: a, amount: 3 t/t}]"
    computed = scored(_case(case_from, [STREAM.format("giver", "taker", 10, ""), STREAM.format("taker", "other", 4, follows)]))
    landfill = unit_score("waste.landfill.inert") * 1000
    first, alone, driven = 10 * landfill, 4 * landfill, 30 * landfill
    played = game(computed, "likely")
    climate = played.indicators.index("climate_change")
    assert played.players == ("giver", "other", "taker")
    groups = [[True, False, True], [False, True, True], [True, True, False], [True, True, True]]
    worth = played.values(np.array(groups))[:, climate]
    assert worth.tolist() == pytest.approx([first, alone, 0, first + alone + driven], rel=1e-12)
    # What a pair needs is halved, what needs all three is split in three.
    expected = {
        "giver": first / 2 + driven / 3,
        "taker": first / 2 + alone / 2 + driven / 3,
        "other": alone / 2 + driven / 3,
    }
    assert _shapley(computed) == pytest.approx(expected, rel=1e-12)


def test_who_owns_what_is_replaced_has_no_say(case_from: CaseFrom) -> None:
    gas = "[{factor: heat.boiler.natural_gas, amount: 1 MWh/MWh}]"
    owned = f"processes: {{old_heat: {{product: heat, unit: MWh, by: other, inputs: {gas}}}}}\n"
    heat = "{from: giver, to: taker, resource: heat, quantity: 1 MWh/year, supply: {substitution: 1, all: [{process: old_heat}]}}"
    found = _shapley(scored(_case(case_from, [heat], owned)))
    assert found["other"] == 0
    assert found["giver"] == found["taker"] == pytest.approx(unit_score("heat.boiler.natural_gas") / 2, rel=1e-12)


def test_equipment_counts_once_the_exchange_runs(case_from: CaseFrom) -> None:
    equipment = ", equipment: [{factor: electricity.mix.SE, amount: 30 MWh, life: 10 years, by: other}]"
    played = game(scored(_case(case_from, [STREAM.format("giver", "taker", 10, equipment)])), "likely")
    climate = played.indicators.index("climate_change")
    worth = played.values(np.array([[False, False], [True, False], [True, True]]))[:, climate]
    assert played.players == ("giver", "taker")  # who pays for the equipment owns no process
    both = 10_000 * unit_score("waste.landfill.inert") - 3_000 * unit_score("electricity.mix.SE")
    assert worth.tolist() == [0, 0, pytest.approx(both, rel=1e-12)]
    # The equipment stands whatever quantity is handed over.
    assert played.fixed[0, climate] == pytest.approx(-3_000 * unit_score("electricity.mix.SE"), rel=1e-12)
    assert played.slopes[0, climate] == pytest.approx(1_000 * unit_score("waste.landfill.inert"), rel=1e-12)


def test_many_actors_are_sampled_with_a_stated_error(case_from: CaseFrom) -> None:
    names = [f"a{number:02d}" for number in range(EXACT_PLAYERS + 2)]
    actors = ", ".join(f"{name}: {{name: {name}}}" for name in names)
    header = HEADER.replace("actors: {", f"actors: {{{actors}, ")
    streams = [STREAM.format(*pair, 10 + 3 * index, "") for index, pair in enumerate(pairwise(names))]
    listed = "".join(f"  s{index}: {text}\n" for index, text in enumerate(streams))
    computed = scored(case_from(header + "exchanges:\n" + listed)[0])
    played = game(computed, "likely")
    shares = shapley(played)
    assert shares.errors is not None
    column = played.indicators.index("climate_change")
    found, errors = shares.values[:, column], shares.errors[:, column]
    # Without cascades every exchange is halved.
    halves = played.needed.T @ played.benefits[:, column] / 2
    assert np.all(errors > 0)
    assert np.all(errors < 0.03 * halves)  # 2000 orders: the standard deviation of a coin over the root of 2000
    assert np.all(np.abs(found - halves) < 4 * errors)
    assert found.sum() == pytest.approx(played.benefits[:, column].sum(), rel=1e-12)
    rows = result_tables(computed)["actors"]
    stated = {row["actor"]: row["error"] for row in rows if (row["rule"], row["indicator"]) == ("shapley", "climate_change")}
    assert stated == {**dict(zip(played.players, errors, strict=True)), "giver": None, "taker": None, "other": None}
    assert {row["error"] for row in rows if row["rule"] != "shapley"} == {None}
    turned = computed.case.model_copy(update={"actors": dict(reversed(computed.case.actors.items()))})
    assert np.array_equal(shapley(game(scored(turned), "likely")).values, shares.values)


def test_the_error_of_sampled_shares_is_that_of_a_coin() -> None:
    """Of two players who gain 1 together, the second to join adds it: a share is the part of heads in so many throws."""
    orders = 50
    together = sampled(lambda groups: groups.all(axis=1)[:, None].astype(float), 2, orders, np.random.default_rng(7))
    heads = float(together.values[0, 0])
    assert 0 < heads < 1 and float(together.values[1, 0]) == pytest.approx(1 - heads)
    assert together.errors is not None
    # Variance of the throws h (1 - h) n / (n - 1), and of their mean a part n of it.
    assert together.errors.ravel().tolist() == pytest.approx([(heads * (1 - heads) / (orders - 1)) ** 0.5] * 2)
