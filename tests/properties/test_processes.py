"""What holds for every process with several products, every previous use, donor and parameter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ius_lca.assessment import assess
from ius_lca.case.allocation import shares
from ius_lca.case.check import check_case
from ius_lca.case.parameters import varied
from ius_lca.case.schema.case import Process
from ius_lca.errors import Level
from tests.strategies import Tree, case_of, numbers, richer

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])  # each solves the whole system with Brightway
@given(richer())
def test_both_ways_agree_and_the_terms_are_the_difference(tree: Tree) -> None:
    case = case_of(tree)
    assert [one for one in check_case(case) if one.level is Level.ERROR] == []
    verification = assess(case).verification
    assert float(verification["max_relative_difference"] or 0) <= 1e-9
    assert float(verification["terms_difference"] or 0) <= 1e-9


@FEW
@given(richer(), numbers(0, 9))
def test_a_case_with_another_parameter_is_the_case_that_states_it(tree: Tree, dose: float) -> None:
    case = case_of(tree)
    assert varied(case)({}) == case
    assert varied(case)({"dose": dose}) == case_of({**tree, "parameters": {**tree["parameters"], "dose": f"{dose!r}"}})


@given(st.lists(numbers(0.01, 100), min_size=1, max_size=4), numbers(0.01, 100), st.sampled_from(["mass", "energy", "economic"]))
def test_shares_sum_to_one_and_scale_with_what_is_yielded(amounts: list[float], worth: float, allocation: str) -> None:
    def shared(times: float) -> list[float]:
        product = {
            "product": "p",
            "unit": "t",
            "allocation": allocation,
            "price": f"{worth} SEK/t",
            "net_calorific_value": "9 GJ/t",
        }
        beside = {"price": "3 SEK/kg", "net_calorific_value": f"{worth} MJ/kg"}
        coproducts = {f"c{n}": {"amount": f"{amount * times} kg/t", **beside} for n, amount in enumerate(amounts)}
        return list(shares(Process.model_validate({**product, "coproducts": coproducts}), "SEK").values())

    once, twice = shared(1), shared(2)
    assert sum(once) == pytest.approx(1, rel=1e-12)
    assert [two / twice[0] for two in twice[1:]] == pytest.approx([2 * one / once[0] for one in once[1:]], rel=1e-9)
