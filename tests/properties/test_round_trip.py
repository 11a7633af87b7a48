"""A result that was written and read is the same result, whatever the case."""

from __future__ import annotations

from hypothesis import given, settings

from ius_lca.assessment import assess
from ius_lca.results import parse_result, to_json
from tests.strategies import Tree, case_of, paying, trees


@settings(max_examples=15)
@given(trees() | paying())
def test_what_is_read_is_what_was_written(tree: Tree) -> None:
    written = to_json(assess(case_of(tree)))
    again = parse_result(written)
    assert to_json(again) == written
    assert again.benefits.shape[0] > 0
