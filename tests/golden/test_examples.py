"""Every example still gives what its folder states: numbers, picture, and the tables, figures and warnings of its README."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ius_lca.errors import Level
from ius_lca.paths import shipped
from ius_lca.report.to_html import render_network
from ius_lca.results import Assessment
from tests.figures import block, figures, numbers, section
from tests.tool import tool

EXAMPLES = sorted(path.parent for path in shipped("examples").glob("*/case.yaml"))
SYSTEMS = {"aalborg", "frovi", "handelo", "helsingborg", "kalundborg", "sotenas", "waste_to_material"}
#: Headings of a README in their order; the fifth only where something is published that the result can be held against.
HEADINGS = [
    "What is published, and what is assumed",
    "References",
    "What the result says",
    "What the result does not say",
    "Published figures held against the result",
    "Warnings that stay",
]

pages = pytest.mark.parametrize("folder", EXAMPLES, ids=[folder.name for folder in EXAMPLES])


@cache
def results(folder: Path) -> dict[str, Assessment]:
    found: dict[str, Assessment] = tool("update_examples").assessed(folder)
    return found


def readme(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def test_every_system_has_its_example() -> None:
    assert {folder.name for folder in EXAMPLES} >= SYSTEMS


@pages
def test_an_example_gives_the_expected_numbers(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = tool("update_examples").expected(results(folder))
    assert _leaves(expected).keys() == _leaves(found).keys()
    assert _leaves(found) == pytest.approx(_leaves(expected), rel=1e-9, abs=0)


def _leaves(tree: Mapping[str, Any], path: str = "") -> dict[str, float]:
    """Every number of nested mappings by its place."""
    found: dict[str, float] = {}
    for key, value in tree.items():
        found |= _leaves(value, f"{path}/{key}") if isinstance(value, dict) else {f"{path}/{key}": value}
    assert found, f"nothing is expected at {path}"
    return found


@pages
def test_its_readme_shows_its_result(folder: Path) -> None:
    page = readme(folder)
    assert block(page, "result").strip() == tool("update_examples").tables(results(folder)), "run tools/update_examples.py"
    headings = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert headings == [heading for heading in HEADINGS if heading != HEADINGS[4] or "<!-- claims -->" in page]
    assert f"ius-lca run examples/{folder.name}/case.yaml -o out" in page


@pages
def test_a_figure_of_its_readme_stands_in_a_table_of_the_result(folder: Path) -> None:
    told = section(readme(folder), "What the result says")
    shown = block(told, "result")
    prose = told.replace(shown, "")
    assert shown
    assert [figure for figure in figures(prose) if figure not in numbers(shown)] == []


@pages
def test_its_picture_is_as_drawn(folder: Path) -> None:
    picture = (folder / "network.svg").read_text(encoding="utf-8")
    assert picture == render_network(results(folder)["case"]), "run tools/update_examples.py"
    assert "![" in readme(folder)
    assert "(network.svg)" in readme(folder)


@pages
def test_its_readme_quotes_the_warnings_that_stay_and_no_other(folder: Path) -> None:
    found = [finding for result in results(folder).values() for finding in result.findings]
    assert [finding for finding in found if finding.level is Level.ERROR] == []
    raised = {" ".join(finding.message.split()) for finding in found if finding.level is Level.WARNING}
    told = section(readme(folder), "Warnings that stay")
    quotes = re.findall(r"(?:^> .*\n?)+", told, re.MULTILINE)
    assert {" ".join(quote.replace("> ", " ").split()) for quote in quotes} == raised
    # After each quotation stands its reason.
    assert all(re.search(rf"{re.escape(quote)}\n[^>#\n]", told) for quote in quotes)
