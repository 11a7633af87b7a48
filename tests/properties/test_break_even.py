"""A switching value or break-even put back into the case leaves nothing of the benefit."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed
from ius_lca.inventory.graph import Scenario
from ius_lca.sensitivity.break_even import CLIMATE, VALUE, BreakEven, Status, break_evens
from ius_lca.sensitivity.rerun import with_value
from ius_lca.sensitivity.switching import switching_values
from tests.scoring import scored
from tests.strategies import Tree, case_of, richer, trees

#: Of the sum of the absolute terms.
TOLERANCE = 1e-9
FEW = settings(max_examples=20)
AS_STATED = {"gwp": "AR6", "source": "the switching value"}


def _benefit_and_size(computed: Computed, reference: str, exchange: str, indicator: str = CLIMATE) -> tuple[float, float]:
    """The benefit of an exchange and the sum of its absolute contributions."""
    column, total, size = computed.scored.indicators.index(indicator), 0.0, 0.0
    for edge, score in zip(computed.inventory.edges, computed.scored.scores[:, column], strict=True):
        node = computed.inventory.nodes[edge.node]
        if (node.reference, node.exchange) == (reference, exchange):
            total += float(score) if node.scenario is Scenario.REFERENCE else -float(score)
            size += abs(float(score))
    return total, size


def _with_number(case: Case, one: BreakEven, value: float) -> Computed | None:
    """The case with another value of the number; none where no value that could be stated gives it."""
    if one.parameter == "quantity":
        # What is handed over is affine in what is stated: others may drive it, or it itself.
        none, each = (_handed_over(scored(with_value(case, one.place, stated, one.unit)), one.exchange) for stated in (0, 1))
        # Where others drive nearly all of it, too few digits are left of what is stated to tell the break-even by.
        if each == none or abs(none) > 100 * abs(value):
            return None
        value = (value - none) / (each - none)
    return scored(with_value(case, one.place, value, one.unit))


def _handed_over(computed: Computed, exchange: str) -> float:
    """Quantity in the headline year."""
    row, column = computed.system.years.index(computed.year), list(computed.case.exchanges).index(exchange)
    return float(computed.system.quantities[row, column])


def _with_power(tree: Tree, factor: str, intensity: float) -> Case:
    """The case with an own factor in place of a factor of electricity, wherever the case itself takes it."""
    taken = {key: json.loads(json.dumps(tree[key]).replace(f'"{factor}"', '"power"')) for key in ("exchanges", "processes")}
    power = {"product": "power", "unit": "kWh", "co2e": f"{intensity!r} kg CO2e/kWh", **AS_STATED}
    return case_of({**tree, **taken, "factors": {"power": power}})


@FEW
@given(trees() | richer())
def test_switching_value_put_back_leaves_nothing(tree: Tree) -> None:
    computed = scored(case_of(tree))
    for one in switching_values(computed):
        if one.indicator != CLIMATE or one.value is None:
            continue
        benefit, size = _benefit_and_size(computed, one.reference, one.exchange)
        displaced = sum(
            float(amount)
            for edge, amount in zip(computed.inventory.edges, computed.scored.amounts, strict=True)
            if (node := computed.inventory.nodes[edge.node]).scenario is Scenario.REFERENCE
            and edge.term == "avoided_production"
            and (node.reference, node.exchange) == (one.reference, one.exchange)
        )
        assert one.now is not None
        assert (one.now - one.value) * displaced == pytest.approx(benefit, rel=TOLERANCE, abs=TOLERANCE * size)
        if one.value < 0 or not 1e-12 < one.value < 1e12:
            continue
        changed = deepcopy(tree)
        unit = one.unit.removeprefix("kg CO2e/")
        changed["factors"] = {"supply": {"product": "supply", "unit": unit, "co2e": f"{one.value!r} {one.unit}", **AS_STATED}}
        supply = changed["exchanges"][one.exchange]["supply"]
        supply.pop("by_reference", None)
        supply["all"] = [{"factor": "supply"}]
        left, size = _benefit_and_size(scored(case_of(changed)), one.reference, one.exchange)
        assert abs(left) <= TOLERANCE * size


@FEW
@given(trees() | richer())
def test_break_even_put_back_leaves_nothing(tree: Tree) -> None:
    case = case_of(tree)
    for one in break_evens(scored(case)):
        if one.value is None or one.indicator == VALUE:
            continue  # the ends of the corridor have properties of their own
        if one.parameter == "electricity":
            if one.value < 1e-12:
                continue  # smaller than a case may state
            changed = scored(_with_power(tree, one.item, one.value))
        else:
            again = _with_number(case, one, one.value)
            if again is None:
                continue
            changed = again
        left, size = _benefit_and_size(changed, one.reference, one.exchange)
        assert abs(left) <= TOLERANCE * size, one


@FEW
@given(trees(), st.floats(0.01, 0.99))
def test_sign_beyond_and_between_is_the_sign_that_is_told(tree: Tree, share: float) -> None:
    case = case_of(tree)
    told = {Status.ALWAYS_POSITIVE: 1, Status.ALWAYS_NEGATIVE: -1, Status.ALWAYS_ZERO: 0}
    seen = 0
    for one in break_evens(scored(case)):
        if one.parameter in {"electricity", "price"}:
            continue
        top = one.high if one.high is not None else 10 * (one.now or 1.0)
        at = share * top
        changed = _with_number(case, one, at)
        if changed is None:
            continue
        benefit, size = _benefit_and_size(changed, one.reference, one.exchange)
        expected = told[one.status] if one.value is None else (1 if (at > one.value) is one.above else -1)
        if abs(benefit) > TOLERANCE * size:
            assert (1 if benefit > 0 else -1) == expected, one
        seen += 1
    assume(seen)


@FEW
@given(trees())
def test_a_break_even_lies_inside_its_range_and_only_then_has_a_side(tree: Tree) -> None:
    for one in break_evens(scored(case_of(tree))):
        assert (one.value is None) == (one.above is None) == (one.status not in {Status.EXACT, Status.BRACKETED})
        if one.value is not None:
            assert one.low is None or one.low < one.value
            assert one.high is None or one.value < one.high
