"""What else is wrong with a case whose form has errors, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Finding, Level
from ius_lca.validation import places_of_errors
from ius_lca.yaml_document import Document, Place, Tree, dotted, place_of

#: Stands where a value cannot be read; of a quantity, whatever is counted by the year, so that its exchange is looked at.
_STAND_IN = "1"
_STAND_INS = {"quantity": "1 kg/year"}
#: What an entry says by itself, whatever number stands elsewhere.
_OF_ITS_OWN = frozenset({"unit", "shares", "negative-quantity", "out-of-range", "same-actor", "missing-reference"})
#: Parts of a case whose keys are the ids that others name.
_NAMED = frozenset({"actors", "exchanges", "processes", "factors", "references"})
#: Ids of such parts, and words of the library: what an id means is not asked of the entry that names it.
_IDS = frozenset(
    f"unknown-{what}" for what in ("actor", "exchange", "process", "factor", "reference", "indicator", "flow", "place")
)
#: So often what still does not fit is taken out.
_ROUNDS = 3


def further_errors(document: Document, error: ValidationError) -> list[Finding]:
    """The errors that do not depend on what cannot be read: ids that are none, and entries that are sound in form.

    An empty list where too much is missing to tell.
    """
    tree, broken = document.tree, list[Place]()
    if any(len(place) == 1 and _holds_ids(place[0], document.tree) for place in places_of_errors(error)):
        return []
    for _ in range(_ROUNDS):
        places = places_of_errors(error)
        broken += places
        for place in places:
            tree = _mended(tree, place)
        try:
            case = Case.model_validate(tree)
        except ValidationError as further:
            error = further
            continue
        shaken = _shaken(tree, broken)
        return [found for found in check_case(case, None, document) if _is_certain(found, broken, shaken)]
    return []


def _holds_ids(key: str | int, tree: Tree) -> bool:
    """Whether a part of the case, or what may be one under a mistyped key, holds what others name."""
    return key in _NAMED or (isinstance(tree, dict) and isinstance(tree.get(str(key)), dict))


def _mended(tree: Tree, place: Place) -> Tree:
    """The tree with a stand-in for the value there; without it, if it is a stand-in already or holds further keys."""
    if not place:
        return tree
    key, below = place[0], place[1:]
    if isinstance(tree, dict) and isinstance(key, str) and key in tree:
        if below:
            return {**tree, key: _mended(tree[key], below)}
        kept = {name: value for name, value in tree.items() if name != key}
        stand_in = _STAND_INS.get(key, _STAND_IN)
        return {**kept, key: stand_in} if _is_value(tree[key], stand_in) else kept
    if isinstance(tree, list) and isinstance(key, int) and key < len(tree):
        return [_mended(value, below) if index == key else value for index, value in enumerate(tree)]
    return tree


def _is_value(written: Tree, stand_in: str) -> bool:
    return written != stand_in and (not isinstance(written, dict | list) or (isinstance(written, dict) and "value" in written))


def _shaken(tree: Tree, broken: list[Place]) -> set[Place]:
    """The entries, such as one exchange, in which something cannot be read, and those that name one of them."""
    entries = {place[:2] for place in broken}
    names = {place[1] for place in entries if len(place) > 1}
    if not isinstance(tree, dict):
        return entries
    sections = ((section, entry) for section, entry in tree.items() if isinstance(entry, dict))
    naming = {(section, name) for section, entry in sections for name, value in entry.items() if names & set(_words(value))}
    return entries | naming


def _words(tree: Tree) -> Iterator[str]:
    match tree:
        case dict():
            for key, value in tree.items():
                yield key
                yield from _words(value)
        case list():
            for value in tree:
                yield from _words(value)
        case str():
            yield tree
        case _:
            pass


def _is_certain(found: Finding, broken: list[Place], shaken: set[Place]) -> bool:
    unread = [dotted(one) for one in broken]  # as findings write it: a key may hold points itself
    if found.level is not Level.ERROR or any(f"{found.path}.".startswith((f"{one}.", f"{one}[")) for one in unread):
        return False
    if found.code in _IDS:  # unless what is named may be what cannot be read
        return not any(f"'{name}'" in found.message for one in broken for name in one)
    everywhere = any(one[0] in {"period", "parameters"} or len(one) == 1 for one in broken)
    of_its_own = found.code in _OF_ITS_OWN or found.code.startswith("unknown-")
    return of_its_own and not everywhere and place_of(found.path)[:2] not in shaken
