"""Every number that a case states, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ius_lca.case.schema import Case
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
