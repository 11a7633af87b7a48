"""What differs between two libraries, entry by entry and number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca.library.record import Library
from ius_lca.library.search import entries


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what is changed, where in the entry, from what to what; empty where it is not there."""

    entry: str
    where: str
    old: str
    new: str


def differences(old: Library, new: Library) -> list[Change]:
    """Entries added and removed, and every value that differs in those that stand in both.

    >>> from ius_lca.library.read import embedded_library
    >>> library = embedded_library()
    >>> differences(library, library)
    []
    """
    before, after = entries(old), entries(new)
    changes = [Change(key, "entry", before[key].name, "") for key in before if key not in after]
    changes += [Change(key, "entry", "", after[key].name) for key in after if key not in before]
    for key in before:
        if key in after and before[key] != after[key]:
            first = dict(_leaves(before[key].model_dump(mode="json", by_alias=True, exclude_defaults=True)))
            second = dict(_leaves(after[key].model_dump(mode="json", by_alias=True, exclude_defaults=True)))
            for where in dict.fromkeys([*first, *second]):
                if first.get(where) != second.get(where):
                    changes.append(Change(key, where, first.get(where, ""), second.get(where, "")))
    return changes


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
