"""A variant: a small file that is laid over a case, and says only what differs from it."""

from __future__ import annotations

from pathlib import Path

from ius_lca.errors import CaseError, Finding, Level
from ius_lca.yaml_document import Document, Place, Tree, dotted, read_document

KEY = "variant_of"
_MEND = "Name the file of a case in the same folder, such as 'case.yaml'."
#: What a number is written with, as text, beside what is known of it.
_OF_A_NUMBER = ("value", "formula", "library")


def with_its_case(document: Document, folder: Path) -> Document:
    """The document itself, or, of a variant, the case that it names with the variant laid over it.

    folder: where both files are.

    Raises CaseError if the case cannot be read, is a variant itself, or has nothing where the variant removes something.
    """
    own = document.tree
    if not isinstance(own, dict) or KEY not in own:
        return document
    name = own[KEY]
    if not isinstance(name, str) or Path(name).name != name or name == document.name or "\\" in name or "\0" in name:
        found = "nothing" if name is None else repr(name)
        raise _refusal(document, f"expected the name of another file, found {found}.")
    if not _is_there(folder / name):
        raise _refusal(document, f"there is no file '{name}' beside this one.")
    case = read_document(folder / name)
    if not isinstance(case.tree, dict):
        raise _refusal(document, f"'{name}' is not a case.")
    if KEY in case.tree:
        further = case.tree[KEY]
        named = isinstance(further, str) and further not in {name, document.name}
        raise _refusal(document, f"'{name}' is a variant itself.", f"Name the case: '{further}'." if named else _MEND)
    return _laid_over(document, own, case, case.tree)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have so long a name
        return False


def _laid_over(variant: Document, above: dict[str, Tree], case: Document, below: dict[str, Tree]) -> Document:
    """Both as one document: mappings are merged key by key, an empty value removes a key, all else replaces.

    A number that is written with its evidence or as a formula is replaced whole: a new value has its own source.

    Raises CaseError if the case has nothing where the variant removes something.
    """
    replaced: set[Place] = set()
    findings: list[Finding] = []

    def merged(below: dict[str, Tree], above: dict[str, Tree], place: Place) -> dict[str, Tree]:
        result = dict(below)
        for key, value in above.items():
            here, old = (*place, key), below.get(key)
            if isinstance(old, dict) and isinstance(value, dict) and not (_is_number(old) or _is_number(value)):
                result[key] = merged(old, value, here)
                continue
            replaced.add(here)
            result[key] = value
            if value is None:
                del result[key]
                if key not in below:
                    message = f"'{key}' is to be removed, but '{case.name}' has none here."
                    findings.append(_error(variant, here, message, f"Look at {case.where(place)}, or take the key out."))
        return result

    tree = merged(below, above, ())
    if findings:
        raise CaseError(findings)
    kept = {at: line for at, line in case.lines.items() if not any(at[:size] in replaced for size in range(1, len(at) + 1))}
    return Document(variant.name, tree, kept | variant.lines)


def _is_number(written: dict[str, Tree]) -> bool:
    """Whether this is a number with what is known of it, and not a mapping in which one of its words is somebody's id."""
    return "by_year" in written or any(isinstance(written.get(key), str) for key in _OF_A_NUMBER)


def _refusal(variant: Document, message: str, mend: str = _MEND) -> CaseError:
    return CaseError([_error(variant, (KEY,), message, mend)])


def _error(variant: Document, place: Place, message: str, mend: str) -> Finding:
    return Finding(Level.ERROR, "variant", message, mend, variant.where(place), dotted(place))
