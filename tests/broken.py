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
