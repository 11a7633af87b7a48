"""Every page of `docs/findings` is test data: its first fragment raises the finding, its second does not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from ius_lca.case.check import check_case
from ius_lca.errors import Finding, Level
from ius_lca.finding_order import CODES
from ius_lca.library.record import Library
from ius_lca.result_findings.whole import result_findings
from tests.scoring import CaseFrom, scored
from tests.tool import REPOSITORY, tool

FOLDER = REPOSITORY / "docs" / "findings"
PACKAGE = REPOSITORY / "ius_lca"
#: A finding with a weaker level than error, where it is made.
_MADE = re.compile(r"(?:Problem|Finding|_finding)\(\s*(?:Level\.(?:WARNING|NOTE)|level),\s*\"([a-z-]+)\"")


class Page(NamedTuple):
    """What a page says of a finding, and the cases that raise it and do not."""

    code: str
    levels: tuple[str, ...]
    stage: str
    raises: dict[str, Any]
    quiet: dict[str, Any]


@cache
def pages() -> dict[str, Page]:
    return {path.stem: _page(path) for path in sorted(FOLDER.glob("*.md")) if path.stem != "README"}


def _page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    head = re.match(r"# `([a-z0-9-]+)`: .+\n\n([a-z, ]+) · found by `(check|run)`\n", text)
    assert head is not None, path.name
    raises, quiet = (yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))
    return Page(head.group(1), tuple(head.group(2).split(", ")), head.group(3), raises, quiet)


def _merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """A tree with the keys of another in place of its own; a key that is null is taken out."""
    result = dict(base)
    for key, value in change.items():
        inside = result.get(key)
        result[key] = _merged(inside, value) if isinstance(value, dict) and isinstance(inside, dict) else value
    return {key: value for key, value in result.items() if value is not None}


def _findings(change: dict[str, Any], page: Page | None, case_from: CaseFrom, library: Library) -> list[Finding]:
    base = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
    case, document = case_from(yaml.safe_dump(_merged(base, change), sort_keys=False, allow_unicode=True))
    found = check_case(case, library, document)
    if page is not None and page.stage == "check":
        return found
    assert [str(one) for one in found if one.level is Level.ERROR] == []
    return [*found, *result_findings(scored(case))]


def test_the_base_case_raises_nothing(case_from: CaseFrom, library: Library) -> None:
    assert [str(one) for one in _findings({}, None, case_from, library)] == []


@pytest.mark.parametrize("code", list(pages()))
def test_a_page_raises_its_finding_and_can_be_mended(code: str, case_from: CaseFrom, library: Library) -> None:
    page = pages()[code]
    assert page.code == code
    raised = [one for one in _findings(page.raises, page, case_from, library) if one.code == code]
    assert raised, "the first fragment raises it"
    assert {one.level.value for one in raised} <= set(page.levels)
    assert all(one.message.endswith((".", "?")) and one.path for one in raised)
    quiet = _findings(page.quiet, page, case_from, library)
    assert [str(one) for one in quiet if one.code == code or one.level is Level.ERROR] == []


def test_every_finding_that_is_no_mistake_of_input_has_a_page_and_a_weight() -> None:
    made = {
        code for path in PACKAGE.rglob("*.py") for code in _MADE.findall(path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert len(made) > 30
    assert made <= set(CODES)
    assert len(CODES) == len(set(CODES))
    assert sorted(CODES) == sorted(pages())


def test_the_list_of_findings_is_that_of_the_pages() -> None:
    written = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert written == tool("generate_finding_list").text(), "run tools/generate_finding_list.py"
