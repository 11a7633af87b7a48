"""Every number that a case states, with its place, and the same case with other numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ius_lca.case.schema.case import Case
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place


def numbers(case: Case) -> Iterator[tuple[Stated, Place]]:
    """Every stated quantity, in the order of the schema."""
    yield from _below(case, ())


def _below(value: object, place: Place) -> Iterator[tuple[Stated, Place]]:
    match value:
        case BaseModel():
            if isinstance(value, Stated):
                yield value, place
            for name, field in type(value).model_fields.items():
                yield from _below(getattr(value, name), (*place, field.alias or name))
        case Mapping():
            for key, entry in value.items():
                yield from _below(entry, (*place, key))
        case tuple():
            for index, entry in enumerate(value):
                yield from _below(entry, (*place, index))
        case _:
            pass


def with_numbers(case: Case, change: Callable[[Stated, Place], Stated]) -> Case:
    """The case with every stated quantity as `change` gives it back; the case itself where all are the same."""
    changed: Case = _changed(case, (), change)
    return changed


def _changed(value: Any, place: Place, change: Callable[[Stated, Place], Stated]) -> Any:  # noqa: ANN401 (any part of a case)
    match value:
        case Stated():
            return change(value, place)
        case BaseModel():
            fields = type(value).model_fields.items()
            parts = {name: (getattr(value, name), (*place, field.alias or name)) for name, field in fields}
            update = {name: _changed(part, here, change) for name, (part, here) in parts.items()}
            same = all(update[name] is part for name, (part, _) in parts.items())
            return value if same else value.model_copy(update=update)
        case Mapping():
            entries = {key: _changed(entry, (*place, key), change) for key, entry in value.items()}
            return value if all(entries[key] is entry for key, entry in value.items()) else entries
        case tuple():
            items = tuple(_changed(entry, (*place, index), change) for index, entry in enumerate(value))
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
        case _:
            return value
