"""A variant: a small file that is laid over a case, and says only what differs from it."""

from __future__ import annotations

from pathlib import Path

from ius_lca.errors import CaseError, Finding, Level
from ius_lca.yaml_document import Document, Place, Tree, read_document

KEY = "variant_of"
#: A mapping with one of these is a number with what is known of it, and is replaced whole: a new value has its own source.
_OF_A_NUMBER = frozenset({"value", "formula", "by_year", "library"})


def with_its_case(document: Document, folder: Path) -> Document:
    """The document itself, or, of a variant, the case that it names with the variant laid over it.

    folder: where both files are.

    Raises CaseError if the case cannot be read, is a variant itself, or has nothing where the variant removes something.
    """
    own = document.tree
    if not isinstance(own, dict) or KEY not in own:
        return document
    name = own[KEY]
    mend = "Name the file of a case in the same folder, such as 'case.yaml'."
    if not isinstance(name, str) or Path(name).name != name or name == document.name or "\\" in name or "\0" in name:
        raise CaseError([_error(document, (KEY,), f"expected the name of another file, found {name!r}.", mend)])
    if not (folder / name).is_file():
        raise CaseError([_error(document, (KEY,), f"there is no file '{name}' beside this one.", mend)])
    case = read_document(folder / name)
    if not isinstance(case.tree, dict):
        raise CaseError([_error(document, (KEY,), f"'{name}' is not a case.", mend)])
    if KEY in case.tree:
        raise CaseError([_error(document, (KEY,), f"'{name}' is a variant itself.", f"Name the case: '{case.tree[KEY]}'.")])
    return _laid_over(document, own, case, case.tree)


def _laid_over(variant: Document, above: dict[str, Tree], case: Document, below: dict[str, Tree]) -> Document:
    """Both as one document: mappings are merged key by key, an empty value removes a key, all else replaces.

    A number that is written with its evidence or as a formula is replaced whole.

    Raises CaseError if the case has nothing where the variant removes something.
    """
    lines: dict[Place, str] = dict(case.lines)
    findings: list[Finding] = []

    def merged(below: dict[str, Tree], above: dict[str, Tree], place: Place) -> dict[str, Tree]:
        result = dict(below)
        for key, value in above.items():
            here, old = (*place, key), below.get(key)
            if value is None:
                if key not in below:
                    message = f"'{key}' is to be removed, but '{case.name}' has none here."
                    findings.append(_error(variant, here, message, f"Look at {case.where(place)}, or take the key out."))
                result.pop(key, None)
            elif isinstance(old, dict) and isinstance(value, dict) and not _OF_A_NUMBER & (old.keys() | value.keys()):
                lines[here] = variant.lines[here]
                result[key] = merged(old, value, here)
            else:
                lines.update({at: line for at, line in variant.lines.items() if at[: len(here)] == here})
                result[key] = value
        return result

    tree = merged(below, above, ())
    if findings:
        raise CaseError(findings)
    return Document(variant.name, tree, lines)


def _error(document: Document, place: Place, message: str, mend: str) -> Finding:
    return Finding(Level.ERROR, "variant", message, mend, document.where(place), ".".join(str(part) for part in place))
