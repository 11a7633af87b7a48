"""From a case file to a case."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from ius_lca.case.schema.case import Case
from ius_lca.case.variants import with_its_case
from ius_lca.errors import CaseError, Finding, Level
from ius_lca.validation import findings_of
from ius_lca.yaml_document import Document, read_document


def read_case(path: str | Path) -> Case:
    """Read a case file (YAML) and check its form.

    Whether ids exist and units fit is for `check_case`.

    Raises CaseError with every finding, each with file and line; where the form has errors, also with what else is wrong.

    >>> from ius_lca.paths import shipped
    >>> read_case(shipped("examples") / "helsingborg" / "case.yaml").place
    'SE'
    """
    return read_with_lines(Path(path))[0]


def read_with_lines(path: Path) -> tuple[Case, Document]:
    """The case and the document it was read from, for findings with lines; a variant is laid over its case.

    Raises CaseError with every finding.
    """
    document = with_its_case(read_document(path), path.parent)
    if not isinstance(document.tree, dict):
        found = "the file is empty" if document.tree is None else "this is not a case"
        message = f"{found}: expected keys such as 'ius_lca', 'name', 'actors'."
        raise CaseError([Finding(Level.ERROR, "not-a-case", message, "Start from 'ius-lca new DIR'.", f"{document.name}:1")])
    try:
        return Case.model_validate(document.tree), document
    except ValidationError as error:
        from ius_lca.case.further_errors import further_errors

        raise CaseError([*findings_of(error, Case, document), *further_errors(document, error)]) from error
