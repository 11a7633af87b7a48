"""Loops of processes: those that converge, those that do not, and very many processes."""

from __future__ import annotations

import pytest

from ius_lca.loops import unsolvable_loop


@pytest.mark.parametrize("gain", [0.0, 0.5, 0.999])
def test_a_loop_that_gives_back_less_than_it_takes_is_solvable(gain: float) -> None:
    assert unsolvable_loop({"a": {"b": 4.0}, "b": {"a": gain / 4}}) == []


@pytest.mark.parametrize("gain", [1.0, 3.0])
def test_the_loop_that_takes_all_it_makes_is_named(gain: float) -> None:
    links = {"x": {"a": 1.0, "y": 0.1}, "y": {"x": 0.1}, "a": {"b": 4.0}, "b": {"c": 1.0}, "c": {"a": gain / 4}}
    assert unsolvable_loop(links) == ["a", "b", "c"]


def test_large_amounts_along_a_chain_are_no_loop() -> None:
    assert unsolvable_loop({"a": {"b": 1e9}, "b": {"c": 1e9}, "c": {}}) == []


def test_a_long_chain_and_many_paths_take_no_time() -> None:
    chain = {f"p{index}": {f"p{index + 1}": 1.0} for index in range(1500)} | {"p1500": {}}
    assert unsolvable_loop(chain) == []
    # Each takes the two after it: as many paths as Fibonacci numbers, and no loop.
    diamond = {f"d{index}": {f"d{index + 1}": 1.0, f"d{index + 2}": 1.0} for index in range(60)} | {"d60": {}, "d61": {}}
    assert unsolvable_loop(diamond) == []
