"""What is told of a broken case file."""

from __future__ import annotations

from pathlib import Path

from ius_lca.case.check import check_case
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import CaseError, Finding, Level
from ius_lca.library.record import Library


def errors_of(path: Path, library: Library) -> tuple[Finding, ...]:
    """The errors of a file, whether reading or checking finds them."""
    try:
        case, document = read_with_lines(path)
    except CaseError as error:
        return error.findings
    return tuple(finding for finding in check_case(case, library, document) if finding.level is Level.ERROR)


def assert_told_once(path: Path, line: int, text: str, library: Library) -> None:
    """Nothing but one error is told of a file, with its line and, in it, a text."""
    found = [(finding.where, str(finding)) for finding in errors_of(path, library)]
    assert [where for where, _ in found] == [f"{path.name}:{line}"], found
    assert text in found[0][1]
