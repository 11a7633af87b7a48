"""Every example that ships with `expected.json` still gives those numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.paths import shipped

EXPECTED = sorted(shipped("examples").glob("*/expected.json"))


def test_helsingborg_states_what_it_expects() -> None:
    assert (shipped("examples") / "helsingborg" / "expected.json").is_file()


@pytest.mark.parametrize("path", EXPECTED, ids=[path.parent.name for path in EXPECTED])
def test_example_gives_the_expected_numbers(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    case, document = read_with_lines(path.parent / "case.yaml")
    tables = assess(case, document=document).tables
    benefits: dict[str, dict[str, object]] = {}
    for row in tables["benefits"]:
        if row["basis"] == "in_year":
            benefits.setdefault(str(row["reference"]), {})[str(row["indicator"])] = row["benefit"]
    economics: dict[str, dict[str, object]] = {}
    for row in tables["economics_summary"]:
        if row["indicator"] == "value":
            economics.setdefault(str(row["reference"]), {})[str(row["actor"])] = row["value"]
    for name, found in (("benefits", benefits), ("economics", economics)):
        assert expected[name].keys() == found.keys()
        for reference, values in expected[name].items():
            assert values, f"nothing is expected under '{reference}'"
            now = {key: found[reference].get(key) for key in values}
            assert now == pytest.approx(values, rel=1e-9, abs=0)
