"""The class of each stream, from the sign of its price."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from ius_lca.computed import Computed
from ius_lca.results import Cell


class StreamClass(StrEnum):
    """What a stream counts as."""

    WASTE = "waste"
    CONTESTED = "contested"
    BY_PRODUCT = "by_product"
    NOT_STATED = "not_stated"


def class_of(price: float | None) -> StreamClass:
    """From the sign of the price: the donor pays for a waste, the receiver for a by-product; a free stream is contested.

    >>> class_of(-600).value
    'waste'
    """
    if price is None:
        return StreamClass.NOT_STATED
    if price == 0:
        return StreamClass.CONTESTED
    return StreamClass.BY_PRODUCT if price > 0 else StreamClass.WASTE


def class_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """By exchange: its class, and its price with the unit as stated."""
    for key, exchange in c.case.exchanges.items():
        price = exchange.money.price
        value = c.read(price) if price is not None else None
        yield key, class_of(value).value, value, price.unit if price is not None else ""
