"""What holds for every process with several products, every previous use, donor and parameter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ius_lca.assessment import assess
from ius_lca.case.allocation import shares
from ius_lca.case.check import check_case
from ius_lca.case.parameters import with_parameters
from ius_lca.case.schema import Process
from ius_lca.errors import Level
from tests.strategies import Tree, case_of, numbers, trees

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
UNIT = {"MWh": "kWh", "t": "kg", "m3": "l"}


@st.composite
def richer(draw: st.DrawFn) -> Tree:
    """A random case in which every exchange has a previous use and a changed donor, and the processes two more products."""
    tree: dict[str, Any] = draw(trees())
    rule = draw(st.sampled_from(["mass", "economic", "cut_off"]))
    tree["parameters"] = {"dose": f"{draw(numbers(0, 5))}", "more": {"formula": "1 + dose", "unit": "1"}}
    by = draw(numbers(0.1, 4))
    tree["processes"]["fertiliser"] |= {
        "allocation": rule,
        "price": "9 SEK/kg",
        "coproducts": {
            "lime": {"amount": f"{by} kg/kg", "price": "2 SEK/kg"},
            "gypsum": {"amount": "0.5 kg/kg", "price": "0 SEK/kg"},
        },
    }
    tree["processes"]["feed"] = {
        "product": "feed",
        "unit": "kg",
        "coproducts": {"straw": {"amount": "0.3 kg/kg"}},
        "emissions": [{"flow": "co2_fossil", "amount": f"{draw(numbers(0, 9))} kg/kg"}],
    }
    for exchange in tree["exchanges"].values():
        unit = exchange["quantity"].split(" ")[1].removesuffix("/year")
        feed = {"process": "feed", "amount": {"formula": "dose/10", "unit": f"kg/{unit}"}, "makes_up": {"straw": "steam"}}
        power = {"factor": "electricity.mix.PL", "amount": {"formula": "more", "unit": f"kWh/{unit}"}}
        exchange["previous_use"] = {"by": "farm", "all": [{**feed, "share": f"{draw(st.integers(0, 100))} %"}]}
        exchange["donor_changed"] = "true"
        exchange["donor_process"] = {"before": [power, feed], "after": [feed]}
    return tree


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
    assert with_parameters(case, {}) == case
    assert with_parameters(case, {"dose": dose}) == case_of({**tree, "parameters": {**tree["parameters"], "dose": f"{dose!r}"}})


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
