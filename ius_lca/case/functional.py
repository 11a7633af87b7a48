"""Functional substitution: how much of a product does the same as a unit of what is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ius_lca import units
from ius_lca.case.schema.substitution import VOLUME, Substitution
from ius_lca.errors import UnitsError
from ius_lca.library.properties import convert_with, properties_of
from ius_lca.library.record import Library, Property
from ius_lca.quantity import Stated


@dataclass(frozen=True, slots=True)
class Functional:
    """The property of both products, each with its source in words, and what follows.

    ratio: displaced product per unit handed over that has as much of it, both in the units they were asked for in.
    """

    stream: Property
    product: Property
    ratio: float


def functional(
    substitution: Substitution, handed_over: tuple[str, str], displaced: tuple[str, str], library: Library
) -> Functional:
    """The ratio in which the same amount of a property is in both products.

    handed_over: the id of its material (or none) and its unit.  displaced: the id of factor or process, and its unit.

    `ratio = p_stream / p_product`, p being the property per unit of each; for `volume`, the volume of one unit.

    Raises UnitsError naming the property that is missing, or what does not convert.

    >>> from ius_lca.library.read import embedded_library
    >>> equal = Substitution.model_validate({"equal": "net_calorific_value"})
    >>> library = embedded_library()
    >>> found = functional(equal, ("fuel.wood_chips.upstream", "t"), ("fuel.hard_coal.upstream", "t"), library)
    >>> round(found.ratio, 9)  # 15.6 GJ/t over 25.8 GJ/t
    0.604651163
    """
    material, base = handed_over
    target, unit = displaced
    stream = _stated(substitution.stream) or _of_library(substitution, material, library)
    if stream is None:
        whose = f"'{material}' states none" if material else "the exchange names no 'material'"
        raise UnitsError(f"the {_words(substitution)} of what is handed over is not known: {whose}. Add 'stream: ...'.")
    product = _stated(substitution.products.get(target.partition(" with ")[0]) or substitution.product) or _of_library(
        substitution, target, library
    )
    if product is None:
        raise UnitsError(f"the {_words(substitution)} of {target} is not known. Add 'product: ...'.")
    measure = VOLUME if substitution.equal == VOLUME else _measure(stream, product)
    per_base = _amount(stream, measure, base, properties_of(material, library), material or "the stream")
    per_unit = _amount(product, measure, unit, properties_of(target, library), target)
    if per_base < 0 or per_unit <= 0:
        wrong = f"that of what is handed over is {stream.value:g}" if per_base < 0 else f"that of {target} is {product.value:g}"
        raise UnitsError(f"the {_words(substitution)} must be above zero; {wrong}.")
    return Functional(stream, product, per_base / per_unit)


def _measure(stream: Property, product: Property) -> str:
    """What both properties count, such as GJ of GJ/t; plain shares count the mass."""
    counted = (one.unit.partition("/") for one in (product, stream))
    return next((top.strip() for top, slash, _ in counted if slash), "kg")


def _amount(own: Property, measure: str, unit: str, properties: Mapping[str, Property], of: str) -> float:
    """How much of the measure is in one unit of a product."""
    if measure == VOLUME:
        return float(convert_with(1.0, unit, "m3", {**properties, "density": own}, of))
    return float(units.ratio(own.value, own.unit, measure, unit, below=partial(convert_with, properties=properties, of=of)))


def _stated(stated: Stated | None) -> Property | None:
    if stated is None:
        return None
    return Property(value=stated.value, unit=stated.unit, source=f"stated ({stated.evidence}) {stated.source}".rstrip())


def _of_library(substitution: Substitution, name: str, library: Library) -> Property | None:
    """The property of an entry of the library, its source in words."""
    own = properties_of(name, library).get(_property(substitution))
    record = library.records.get(name)
    if own is None and record is not None and record.reference.product.startswith(f"{substitution.equal} in "):
        # Such as a fertiliser that is counted by the nitrogen in it: a kilogram of it has a kilogram.
        return Property(value=1, unit="kg/kg", source=f"{name} is counted by it: {record.reference.product}")
    if own is None:
        return None
    source = library.sources[own.source]
    year = f" {source.year}" if source.year else ""
    return own.model_copy(update={"source": f"{name}: {source.publisher}{year}, {source.title}"})


def _property(substitution: Substitution) -> str:
    return "density" if substitution.equal == VOLUME else substitution.equal or ""


def _words(substitution: Substitution) -> str:
    return _property(substitution).replace("_", " ")


def known_properties(library: Library) -> tuple[str, ...]:
    """Every property that an entry of the library states, and `volume`."""
    names = {name for record in library.records.values() for name in record.properties}
    names |= {name for material in library.materials.values() for name in material.properties}
    return (*sorted(names), VOLUME)
