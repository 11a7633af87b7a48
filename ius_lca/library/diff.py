"""What differs between two libraries, entry by entry and number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca.library.record import Library
from ius_lca.library.search import entries
from ius_lca.quantity import Frozen


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of what, where in it, from what to what; empty where it is not there."""

    entry: str
    where: str
    old: str
    new: str


def differences(old: Library, new: Library) -> list[Change]:
    """What was added and removed, and every value that differs in what stands in both: entries and what they refer to.

    >>> from ius_lca.library.read import embedded_library
    >>> library = embedded_library()
    >>> differences(library, library)
    []
    """
    before, after = _everything(old), _everything(new)
    changes = [Change(key, "entry", _name(before[key]), "") for key in before if key not in after]
    changes += [Change(key, "entry", "", _name(after[key])) for key in after if key not in before]
    for key in before:
        if key in after and before[key] != after[key]:
            first, second = dict(_leaves(_plain(before[key]))), dict(_leaves(_plain(after[key])))
            for where in dict.fromkeys([*first, *second]):
                if first.get(where) != second.get(where):
                    changes.append(Change(key, where, first.get(where, ""), second.get(where, "")))
    return changes


def in_words(changes: list[Change]) -> list[str]:
    """Differences, a line for each, and how many there are.

    >>> in_words([Change("transport.rail", "year", "2020", "2023")])
    ['transport.rail  year: 2020 -> 2023', '1 difference in 1 entry.']
    """
    lines = [f"{one.entry}  {one.where}: {one.old or '(nothing)'} -> {one.new or '(nothing)'}" for one in changes]
    changed = len({change.entry for change in changes})
    told = f"{len(changes)} difference{'s' * (len(changes) != 1)} in {changed} entr{'ies' if changed != 1 else 'y'}."
    return [*lines, told]


def _everything(library: Library) -> dict[str, Frozen]:
    """Entries by id, and what they refer to by kind and key."""
    return {
        **entries(library),
        **{f"source {key}": one for key, one in library.sources.items()},
        **{f"flow {key}": one for key, one in library.flows.items()},
        **{f"place {key}": one for key, one in library.places.items()},
        **{f"ban {key}": one for key, one in library.legality.bans.items()},
    }


def _name(one: Frozen) -> str:
    return str(getattr(one, "name", getattr(one, "title", "")))


def _plain(one: Frozen) -> object:
    return one.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _leaves(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a tree with its path; lines of a record by what they point at, so that their order does not count."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, list):
        seen: dict[str, int] = {}
        for index, value in enumerate(tree):
            label = _label(value) or str(index)
            seen[label] = seen.get(label, 0) + 1
            yield from _leaves(value, f"{path}[{label}{f' {seen[label]}' if seen[label] > 1 else ''}]")
    else:
        yield path, str(tree)


def _label(value: object) -> str:
    """What a line of a record points at."""
    named = (str(value[key]) for key in ("input", "flow", "product", "ref") if key in value) if isinstance(value, dict) else ()
    return next(iter(named), "")
