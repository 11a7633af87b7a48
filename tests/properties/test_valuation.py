"""What holds for external value and the figures of funders in every random case."""

from __future__ import annotations

from math import fsum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.results import COLUMNS
from ius_lca.tables import result_tables
from tests.scoring import scored
from tests.strategies import Tree, case_of, numbers, paying, trees

FEW = settings(max_examples=30)
APART = "external_value"


def _tables(tree: Tree, *names: str) -> dict[str, Any]:
    return dict(result_tables(scored(case_of(tree)), *names))


@FEW
@given(trees() | paying())
def test_sales_and_savings_add_up_to_the_yearly_value(tree: Tree) -> None:
    tables = _tables(tree, "funder_figures", "benefits", "not_stated")
    figures = {(row["reference"], row["measure"]): row["value"] for row in tables["funder_figures"]}
    unknown = {row["reference"] for row in tables["not_stated"]}
    yearly = [row for row in tables["benefits"] if row["indicator"] == "value"]
    for reference in {row["reference"] for row in yearly}:
        value = next(row["benefit"] for row in yearly if row["reference"] == reference)  # the headline year stands first
        parts = [figures[reference, measure] for measure in ("additional_sales", "cost_savings")]
        if reference in unknown:
            assert parts[1] is None
        else:
            assert fsum(parts) == pytest.approx(value, rel=1e-9, abs=1e-9 * abs(parts[0]) + 1e-9)


@FEW
@given(trees(), numbers(0, 5000), st.integers(0, 100))
def test_external_value_is_the_benefit_at_the_price_and_changes_nothing_else(tree: Tree, price: float, percent: int) -> None:
    carbon = {"price": f"{price} SEK/t", "not_yet_priced": f"{percent} %"}
    names = [name for name in COLUMNS if name != APART]
    without, priced = _tables(tree), _tables({**tree, "economics": {"external": {"carbon": carbon}}})
    assert {name: priced[name] for name in names} == {name: without[name] for name in names}
    benefits = {
        (row["reference"], row["basis"], row["year"]): row["benefit"]
        for row in without["benefits"]
        if row["indicator"] == "climate_change"
    }
    assert priced[APART]
    for row in priced[APART]:
        benefit = benefits[row["reference"], row["basis"], row["year"]]
        size = max(abs(one) for key, one in benefits.items() if key[0] == row["reference"])
        assert row["value"] == pytest.approx(benefit * price / 1000 * percent / 100, rel=1e-9, abs=1e-9 * size * price)
