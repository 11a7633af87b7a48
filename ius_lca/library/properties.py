"""Mass, volume and energy of one material: conversions that need one of its properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from ius_lca.errors import UnitsError
from ius_lca.library.record import Library, Property
from ius_lca.units import Value, convert, dimension, same_dimension

#: The properties that turn one measure of a material into another.
BRIDGES = ("net_calorific_value", "density")
#: What a conversion between two dimensions needs.
_NEEDED = {
    frozenset({"mass", "energy"}): "net_calorific_value",
    frozenset({"mass", "volume"}): "density",
    frozenset({"volume", "energy"}): "density and net_calorific_value",
}


def properties_of(name: str, library: Library) -> Mapping[str, Property]:
    """Properties of a material or of a record's product; none if there is no such entry."""
    entry = library.materials.get(name) or library.records.get(name)
    return entry.properties if entry is not None else {}


def convert_with(amount: Value, unit: str, to: str, properties: Mapping[str, Property], of: str) -> Value:
    """An amount of a material in another unit, through its properties where the dimensions differ.

    properties: of the material; only its net calorific value and density are used.  of: its name, for the error.

    Raises UnitsError naming the property that is missing.

    >>> straw = {"net_calorific_value": Property(value=14.5, unit="GJ/t", source="a table")}
    >>> convert_with(2, "t", "GJ", straw, "straw")
    29.0
    >>> convert_with(2, "m3", "kg", straw, "straw")
    Traceback (most recent call last):
        ...
    ius_lca.errors.UnitsError: 'm3' (volume) converts to 'kg' (mass) with density alone, which straw does not state.
    """
    if same_dimension(unit, to):
        return convert(amount, unit, to)
    for value, own in _ways(unit, properties):
        if same_dimension(own, to):
            return convert(amount * value, own, to)
    missing = _NEEDED.get(frozenset({dimension(unit), dimension(to)}))
    if missing is None:
        return convert(amount, unit, to)  # which says why not
    raise UnitsError(
        f"'{unit}' ({dimension(unit)}) converts to '{to}' ({dimension(to)}) with {missing} alone, which {of} does not state."
    )


def _ways(unit: str, properties: Mapping[str, Property]) -> Iterator[tuple[float, str]]:
    """What one unit becomes by one or two of the properties, times or divided: (value, unit)."""
    known = [(one.value, f"({one.unit})") for name in BRIDGES if (one := properties.get(name)) is not None]
    steps = [(value, f"*{own}") for value, own in known] + [(1 / value, f"/{own}") for value, own in known]
    for value, own in steps:
        yield value, f"({unit}){own}"
    for (first, before), (second, after) in combinations(steps, 2):
        yield first * second, f"({unit}){before}{after}"
