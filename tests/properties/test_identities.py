"""What holds for every case, whatever its numbers."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ius_lca.assessment import assess
from ius_lca.case.cascade import cascade
from ius_lca.computed import Computed
from ius_lca.impact.kernel import contributions
from ius_lca.impact.totals import totals
from ius_lca.inventory.build import build_inventory
from ius_lca.inventory.graph import Scenario, Term
from ius_lca.results import Row
from ius_lca.sharing.rules import rules_of
from ius_lca.tables import result_tables
from tests.scoring import embedded_unit_scores, scored
from tests.strategies import Tree, case_of, numbers, richer, scaled, sound_case_of, trees, with_each_exchange

#: Sums in another order differ in the last digits: relative to the sum of absolute contributions.
TOLERANCE = 1e-9

Key = tuple[Any, ...]

FEW = settings(max_examples=40)


def _computed(tree: Tree) -> Computed:
    return scored(sound_case_of(tree))


def _sizes(computed: Computed) -> dict[tuple[str, str], float]:
    """Sum of absolute contributions by reference and indicator."""
    sizes: dict[tuple[str, str], float] = {}
    for column, one in enumerate(computed.indicators):
        for edge, value in zip(computed.inventory.edges, computed.scored.scores[:, column], strict=True):
            key = (computed.inventory.nodes[edge.node].reference, one.id)
            sizes[key] = sizes.get(key, 0.0) + abs(float(value))
    return sizes


def _benefits(computed: Computed) -> dict[tuple[str, str], float]:
    return {
        (reference, one.id): computed.totals.benefit(one.id, reference)
        for reference in computed.case.references
        for one in computed.indicators
    }


def _sums(rows: tuple[Row, ...], keys: tuple[str, ...], value: str = "value") -> dict[Key, float]:
    """Sums of a table by some of its columns."""
    result: dict[Key, float] = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        result[key] = result.get(key, 0.0) + float(row[value] or 0)
    return result


def _assert_same(one: dict[Any, float], other: dict[Any, float], sizes: dict[Any, float]) -> None:
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert value == pytest.approx(other[key], rel=TOLERANCE, abs=TOLERANCE * sizes.get(key, 0.0)), key


def _quantities_times(tree: Tree, by: float) -> Tree:
    return with_each_exchange(tree, lambda exchange: exchange.update(quantity=scaled(exchange["quantity"], by)))


@FEW
@given(trees())
def test_benefit_is_affine_in_the_quantity(tree: Tree) -> None:
    none, once, twice = (_computed(_quantities_times(tree, by)) for by in (0, 1, 2))
    at_none, at_once, at_twice = _benefits(none), _benefits(once), _benefits(twice)
    rise = {key: at_twice[key] - at_none[key] for key in at_none}
    expected = {key: 2 * (at_once[key] - at_none[key]) for key in at_none}
    _assert_same(rise, expected, _sizes(twice))


@FEW
@given(trees())
def test_without_quantity_only_equipment_and_backup_remain(tree: Tree) -> None:
    computed = _computed(_quantities_times(tree, 0))
    for reference in computed.case.references:
        for one in computed.indicators:
            for term in set(Term) - {Term.EQUIPMENT_BACKUP}:
                assert computed.totals.benefit(one.id, reference, term=term) == 0.0
            assert computed.totals.benefit(one.id, reference, term=Term.EQUIPMENT_BACKUP) <= 0.0


@FEW
@given(trees() | richer())
def test_six_terms_sum_to_the_difference_of_the_scenarios(tree: Tree) -> None:
    computed = _computed(tree)
    tables = result_tables(computed, "exchanges", "benefits")
    of_one_year = tuple(row for row in tables["exchanges"] if row["basis"] == "in_year")
    of_terms = _sums(of_one_year, ("reference", "indicator"))
    in_year = [row for row in tables["benefits"] if row["year"] == computed.year and row["indicator"] != "value"]
    difference = {
        (row["reference"], row["indicator"]): float(row["baseline"] or 0) - float(row["symbiosis"] or 0) for row in in_year
    }
    stated = {(row["reference"], row["indicator"]): float(row["benefit"] or 0) for row in in_year}
    _assert_same(of_terms, difference, _sizes(computed))
    _assert_same(stated, difference, _sizes(computed))


@FEW
@given(trees())
def test_contributions_sum_to_the_totals(tree: Tree) -> None:
    computed = _computed(tree)
    tables = result_tables(computed, "inventory", "benefits")
    contributed = _sums(tables["inventory"], ("reference", "scenario"), "climate_change")
    sizes = _sizes(computed)
    for row in tables["benefits"]:
        if row["indicator"] == "climate_change" and row["year"] == computed.year:
            for scenario, column in ((Scenario.REFERENCE, "baseline"), (Scenario.SYMBIOSIS, "symbiosis")):
                total = contributed.get((row["reference"], scenario.value), 0.0)
                size = sizes[(str(row["reference"]), "climate_change")]
                assert total == pytest.approx(row[column], rel=TOLERANCE, abs=TOLERANCE * size)


@FEW
@given(trees())
def test_project_basis_is_the_sum_of_the_years(tree: Tree) -> None:
    computed = _computed(tree)
    rows = [row for row in result_tables(computed, "benefits")["benefits"] if row["indicator"] != "value"]
    years: dict[Key, list[float]] = {}
    for row in rows:
        if row["basis"] == "in_year":
            years.setdefault((row["reference"], row["indicator"]), []).append(float(row["benefit"] or 0))
    for row in rows:
        if row["basis"] == "project":
            of_years = years[(row["reference"], row["indicator"])]
            assert len(of_years) == (1 if computed.alike else 10)
            size = sum(abs(value) for value in of_years)
            expected = sum(of_years) * (10 if computed.alike else 1)
            assert float(row["benefit"] or 0) == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE * size)


@FEW
@given(trees())
def test_two_halves_of_every_exchange_are_the_whole(tree: Tree) -> None:
    halves: Tree = {}
    for key, exchange in tree["exchanges"].items():
        half = deepcopy(exchange)
        half["quantity"] = scaled(half["quantity"], 0.5)
        for part in (*half.get("equipment", ()), *half.get("backup", ())):
            part["amount"] = scaled(part["amount"], 0.5)
        if "follows" in half:
            half["follows"] = [
                {"exchange": f"{one['exchange']}_{side}", "amount": scaled(one["amount"], 0.5)}
                for one in half["follows"]
                for side in "ab"
            ]
        halves |= {f"{key}_a": half, f"{key}_b": deepcopy(half)}
    sharing = {"rule": "weights", "weights": {key: {"plant": "30 %", "farm": "70 %"} for key in halves}}
    whole, split = _computed({**tree, "sharing": {}}), _computed({**tree, "exchanges": halves, "sharing": sharing})
    _assert_same(_benefits(whole), _benefits(split), _sizes(whole))
    assert _money(whole) == pytest.approx(_money(split), rel=TOLERANCE, abs=1e-6)


@FEW
@given(trees())
def test_without_displacement_and_disposal_only_burdens_remain(tree: Tree) -> None:
    def nothing_avoided(exchange: Tree) -> None:
        exchange["supply"]["displacement"] = "0 %"
        exchange.pop("disposal", None)
        exchange["money"].pop("avoided_disposal", None)

    computed = _computed(with_each_exchange(tree, nothing_avoided))
    for reference in computed.case.references:
        for term in Term:
            for one in computed.indicators:
                benefit = computed.totals.benefit(one.id, reference, term=term)
                assert benefit <= 0 or not one.non_negative
                if term in {Term.AVOIDED_PRODUCTION, Term.AVOIDED_DISPOSAL}:
                    assert benefit == 0


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(trees())
def test_every_year_is_the_case_of_that_year_alone(tree: Tree) -> None:
    """Solving all years at once gives what solving each by itself gives."""
    computed = _computed(tree)
    year = computed.system.years[-1]
    alone = cascade(computed.case, computed.library, [year])
    inventory = build_inventory(computed.case, computed.library, alone)
    scored_alone = contributions(inventory, embedded_unit_scores(), computed.indicators).at(year)
    summed = totals(inventory.at(year), scored_alone)
    for reference in computed.case.references:
        for one in computed.indicators:
            size = sum(summed.size(one.id, reference, scenario) for scenario in Scenario)
            both = (summed.benefit(one.id, reference), computed.over_years[year].benefit(one.id, reference))
            assert both[0] == pytest.approx(both[1], rel=TOLERANCE, abs=TOLERANCE * size)


#: The same amount in other units: factor and unit, by unit.
OTHER_UNITS = {
    "MWh": [(1e-3, "GWh"), (3.6e-3, "TJ"), (3.6, "GJ"), (1e3, "kWh")],
    "t": [(1e3, "kg"), (1e-3, "Gg"), (1e6, "g")],
    "m3": [(1e3, "l"), (1e-6, "Mm3")],
}


@FEW
@given(trees(), st.data())
def test_result_is_the_same_in_other_units(tree: Tree, data: st.DataObject) -> None:
    def in_another_unit(exchange: Tree) -> None:
        amount, unit = exchange["quantity"].removesuffix("/year").split(" ")
        by, other = data.draw(st.sampled_from(OTHER_UNITS[unit]))
        exchange["quantity"] = f"{float(amount) * by!r} {other}/year"

    one, other = _computed(tree), _computed(with_each_exchange(tree, in_another_unit))
    _assert_same(_benefits(one), _benefits(other), _sizes(one))
    assert _money(one) == pytest.approx(_money(other), rel=TOLERANCE)


@FEW
@given(trees() | richer())
def test_order_in_the_file_does_not_matter(tree: Tree) -> None:
    turned = {**tree, **{key: dict(reversed(tree[key].items())) for key in ("actors", "references", "exchanges", "processes")}}
    one, other = _computed(tree), _computed(turned)
    _assert_same(_benefits(one), _benefits(other), _sizes(one))
    assert _money(one) == pytest.approx(_money(other), rel=TOLERANCE)


@FEW
@given(trees() | richer())
def test_every_sharing_rule_sums_to_the_network(tree: Tree) -> None:
    computed = _computed(tree)
    every = tuple(row for row in result_tables(computed, "actors")["actors"] if row["rule"] != "contracts")
    rows = tuple(row for row in every if row["value"] is not None)
    benefits, sizes = _benefits(computed), _sizes(computed)
    for (rule, *key), total in _sums(rows, ("rule", "reference", "indicator")).items():
        place = (key[0], key[1])
        assert total == pytest.approx(benefits[place], rel=TOLERANCE, abs=TOLERANCE * sizes[place]), rule
    assert {row["rule"] for row in every} == set(rules_of(computed.case))


def _money(computed: Computed) -> dict[Key, float]:
    """Yearly value by reference and actor; the network is one of them."""
    rows = result_tables(computed, "economics_summary")["economics_summary"]
    return {(row["reference"], row["actor"]): float(row["value"] or 0) for row in rows if row["indicator"] == "value"}


@FEW
@given(trees())
def test_actors_sum_to_the_network_and_transfers_cancel(tree: Tree) -> None:
    computed = _computed(tree)
    money = _money(computed)
    size = sum(abs(item.value) for item in computed.cash)
    for reference in computed.case.references:
        network = money.pop((reference, "network"))
        actors = sum(value for (place, _), value in money.items() if place == reference)
        assert actors == pytest.approx(network, rel=TOLERANCE, abs=TOLERANCE * size)
        transfers = [one.value for one in computed.cash if one.reference == reference and one.item in {"sale", "purchase"}]
        assert sum(transfers) == pytest.approx(0, abs=TOLERANCE * size)


@FEW
@given(trees(), numbers(-10, 10))
def test_price_between_actors_changes_no_total_of_the_network(tree: Tree, by: float) -> None:
    def at_another_price(exchange: Tree) -> None:
        exchange["money"]["price"] = scaled(exchange["money"]["price"], by)

    one, other = _computed(tree), _computed(with_each_exchange(tree, at_another_price))
    size = sum(abs(item.value) for item in (*one.cash, *other.cash))
    for reference in one.case.references:
        key = (reference, "network")
        assert _money(one)[key] == pytest.approx(_money(other)[key], rel=TOLERANCE, abs=TOLERANCE * size)
    assert _benefits(one) == _benefits(other)


@FEW
@given(trees())
def test_twice_the_prices_are_twice_the_money(tree: Tree) -> None:
    def twice(exchange: Tree) -> None:
        money = exchange["money"]
        for key in ("price", "avoided_disposal"):
            if key in money:
                money[key] = scaled(money[key], 2)
        prices = money["avoided_purchase"]["by_reference"]
        prices.update({reference: scaled(price, 2) for reference, price in prices.items()})
        for paid in (*exchange.get("needs", ()), *exchange.get("transport", ())):
            paid["price"] = scaled(paid["price"], 2)

    once, doubled = _computed(tree), _computed(with_each_exchange(tree, twice))
    assert [2 * item.value for item in once.cash] == pytest.approx([item.value for item in doubled.cash], rel=TOLERANCE)


@FEW
@given(trees(), st.integers(0, 100))
def test_displacement_changes_no_money(tree: Tree, percent: int) -> None:
    changed = with_each_exchange(tree, lambda exchange: exchange["supply"].update(displacement=f"{percent} %"))
    assert _computed(tree).cash == _computed(changed).cash


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])  # each solves the whole system with Brightway
@given(trees())
def test_kernel_equals_brightway(tree: Tree) -> None:
    verification = assess(case_of(tree)).verification
    assert float(verification["max_relative_difference"] or 0) <= TOLERANCE
    assert float(verification["terms_difference"] or 0) <= TOLERANCE
