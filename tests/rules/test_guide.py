"""The guide is true: its commands run, its outputs are what they print, and its prose says no figure that they do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.figures import figures, numbers
from tests.tool import tool

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
#: An output, or a file that the reader saves; then everything that is fenced, and code within a line.
_SHOWN = re.compile(r"^```(?:console|python|text|yaml)\b[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_TYPED = re.compile(r"^(?:\$|>>>|\.\.\. ).*$", re.MULTILINE)

pages = pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])


def _prose(text: str) -> str:
    return _CODE.sub("", _FENCED.sub("", text))


def _told(text: str) -> list[str]:
    """The figures of a page's prose: those with a unit, and every number of a table."""
    prose = _prose(text)
    cells = "\n".join(line for line in prose.splitlines() if line.startswith("|"))
    return [*figures(prose), *sorted(numbers(cells))]


def _shown(text: str) -> set[str]:
    """The numbers that a page prints, or has the reader save; not those of a command."""
    return numbers("\n".join(_TYPED.sub("", block) for block in _SHOWN.findall(text)))


@pages
def test_a_page_prints_what_it_shows(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == tool("update_guide").updated(page), "run tools/update_guide.py"


@pages
def test_a_figure_in_the_prose_stands_in_an_output_of_its_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = _shown(text)
    assert shown
    assert [figure for figure in _told(text) if figure not in shown] == []


@pages
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", _prose(page.read_text(encoding="utf-8")))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_lists_every_page_with_its_title() -> None:
    listed = re.findall(r"^\| \[(.+)\]\((.+)\) \|", (GUIDE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in PAGES}
    assert sorted((name, title) for title, name in listed) == sorted(
        (name, titles[name]) for name in titles if name != "README.md"
    )


def test_a_figure_from_nowhere_is_found() -> None:
    text = "It saves 20.3 kt, and 9 t more.\n\n```console\n$ ius-lca run 9\n  CO2: 20.3 kt\n```\n"
    assert _told(text) == ["20.3", "9"]
    assert _shown(text) == {"2", "20.3"}


def test_lines_that_are_left_out_stay_away_when_figures_change() -> None:
    aligned: Callable[..., Any] = tool("update_guide").aligned
    shown = ["...", "  CO2 avoided: 20.3 kt a year", "...", "out/report.html"]
    now = ["a note", "  CO2 avoided: 9 t a year", "  Value: 139 MSEK", "out/report.html"]
    assert aligned(shown, now, "") == ["...", "  CO2 avoided: 9 t a year", "...", "out/report.html"]
    assert aligned(["..."], [], "") == []
    assert aligned([], now, "") == now
    with pytest.raises(tool("update_guide").GuideError, match="a page: no line is like 'out/report.html' any more"):
        aligned(["...", "out/report.html"], ["a note"], "a page")
