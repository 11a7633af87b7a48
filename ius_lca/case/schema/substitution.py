"""What a case may say of the substitution ratio: a number, or the property in which both products are equal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ius_lca.quantity import Evidence, Stated, worst

#: Equal in this property means unit for unit of volume, through the densities.
VOLUME = "volume"


class Substitution(Stated):
    """How much of the displaced product a usable unit stands for: `0.9 t/t`, or `{equal: net_calorific_value}`.

    With `equal`, the ratio of each displaced product follows from the property of what is handed over and its own.
    """

    equal: Annotated[str, Field(min_length=1)] | None = None
    """The property in which one stands for the other: `net_calorific_value`, `nitrogen`, `phosphorus`, `potassium`, any other
    that the library states, or `volume`. A `value` beside it multiplies it; 1 if not stated."""
    stream: Stated | None = None
    """That property of what is handed over (for `volume`: its density); that of the exchange's `material` if not stated."""
    product: Stated | None = None
    """That property of every displaced product; that of its factor if not stated."""
    products: dict[str, Stated] = {}
    """The same for one of several displaced products, by the id of its factor or process."""

    @model_validator(mode="before")
    @classmethod
    def _by_property(cls, written: object) -> object:
        if not isinstance(written, dict):
            return written
        if written.get("equal") is not None:
            if "value" in written or "formula" in written:
                return written
            return {"value": "1", "evidence": _evidence(written), "source": "properties of both products", **written}
        if beside := [key for key in ("stream", "product", "products") if written.get(key)]:
            raise ValueError(f"'{beside[0]}' is a property of something: say with 'equal' which, such as net_calorific_value")
        return written

    def basis(self) -> tuple[Stated, ...]:
        """Every number that the ratio rests on."""
        stated = [one for one in (self.stream, self.product) if one is not None]
        return (self, *stated, *self.products.values())


def _evidence(written: dict[str, object]) -> Evidence:
    """A ratio of properties is as weak as the weakest that the case states itself; those of the library are published."""
    products = written.get("products")
    parts = [written.get("stream"), written.get("product"), *(products.values() if isinstance(products, dict) else ())]
    named = [part.get("evidence") if isinstance(part, dict) else None for part in parts if part is not None]
    known = [Evidence(word) if word in list(Evidence) else Evidence.ASSUMED for word in named]
    return worst([Evidence.PUBLISHED, *known])
