"""One case with a loop, three references, three actors, a path of ten years and every rule of sharing, as a person runs it."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ius_lca.report.to_html import render_html
from ius_lca.results import parse_result
from tests.tool import run_into, stored

CASE = Path(__file__).parents[1] / "cases" / "ethanol_loop.yaml"
RULES = {"receiver", "donor", "half_half", "weights", "surplus", "shapley"}

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_into(tmp_path_factory.mktemp("loop"), CASE)


@pytest.fixture(scope="module")
def result(out: Path) -> dict[str, Any]:
    return stored(out)


def test_the_loop_is_solved_as_by_hand(result: dict[str, Any]) -> None:
    steam_per_ethanol = 2.2 * (1 - 0.10)
    # One tonne of ethanol leaves 3 t of stillage, whose digestion takes 3 * 0.02 MWh of steam; its digestate, 3 * 0.9 t,
    # grows 0.02 t of wheat a tonne, each of which makes 0.35 t of ethanol again.
    back = 3 * 0.02 / steam_per_ethanol + 3 * 0.9 * 0.02 * 0.35
    ethanol = (500 + 180_000 / steam_per_ethanol) / (1 - back)
    expected = {
        "steam": (180_000 + 3 * 0.02 * ethanol) / 1000,  # GWh
        "ethanol": ethanol,
        "stillage": 3 * ethanol,
        "digestate": 0.9 * 3 * ethanol,
        "wheat": 0.02 * 0.9 * 3 * ethanol,
    }
    handed_over = {row["exchange"]: row["value"] for row in result["quantities"] if row["year"] == result["year"]}
    assert result["year"] == 2026  # the first with all of them
    assert handed_over == pytest.approx(expected, rel=1e-11)


def test_every_rule_sums_to_the_network(result: dict[str, Any]) -> None:
    network = {
        (row["reference"], row["indicator"]): row["benefit"] for row in result["benefits"] if row["year"] == result["year"]
    }
    sums: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    for row in result["actors"]:
        if row["rule"] != "contracts" and row["value"] is not None:
            sums[row["rule"], row["reference"], row["indicator"]] += row["value"]
    assert {rule for rule, *_ in sums} == RULES
    for (rule, *key), total in sums.items():
        size = max(abs(row["value"] or 0) for row in result["actors"] if row["indicator"] == key[1])
        assert total == pytest.approx(network[key[0], key[1]], rel=1e-9, abs=1e-9 * size), rule


def test_terms_sum_to_the_benefit_on_every_basis(result: dict[str, Any]) -> None:
    sums: defaultdict[tuple[Any, ...], float] = defaultdict(float)
    for row in result["exchanges"]:
        sums[row["reference"], row["indicator"], row["basis"], row["year"]] += row["value"] or 0
    bases = {basis for _, _, basis, _ in sums}
    assert bases == {"in_year", "first_10_years", "project"}
    for row in result["benefits"]:
        key = (row["reference"], row["indicator"], row["basis"], row["year"])
        if key in sums:
            assert sums[key] == pytest.approx(row["benefit"] or 0, rel=1e-9, abs=1e-9 * abs(row["baseline"] or 0))


def test_ten_years_stand_one_by_one_and_the_mix_moves_them(result: dict[str, Any]) -> None:
    rows = [row for row in result["benefits"] if (row["indicator"], row["basis"]) == ("climate_change", "in_year")]
    for reference in ("likely", "conservative", "favourable"):
        years = {row["year"]: row["benefit"] for row in rows if row["reference"] == reference}
        assert sorted(years) == list(range(2025, 2035))
        assert len(set(years.values())) == 10
    likely, favourable = (
        {row["year"]: row["benefit"] for row in rows if row["reference"] == one} for one in ("likely", "favourable")
    )
    assert likely[2034] < likely[2026]  # gas gives way to chips, so less is avoided
    assert favourable[2034] > favourable[2026]  # the same oil, and cleaner electricity for what is lost


def test_two_ways_agree_in_the_first_and_the_last_year(result: dict[str, Any]) -> None:
    assert result["verification"]["max_relative_difference"] <= 1e-9
    assert result["verification"]["terms_difference"] <= 1e-9


def test_the_report_comes_from_the_result_alone(out: Path, result: dict[str, Any]) -> None:
    """So every figure of it stands in the result, or is a sum, share or rounding of what stands there."""
    stored = parse_result(json.dumps(result))
    assert render_html(stored) == (out / "report.html").read_text(encoding="utf-8")
    for table in ("switching_values", "break_evens", "corridors", "core", "parallel", "footprints", "allocations", "quantities"):
        assert result[table], table
