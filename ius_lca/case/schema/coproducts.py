"""What a case may say of a process with several products: what else it yields, and how its burdens are allocated."""

from __future__ import annotations

from typing import Literal

from ius_lca.quantity import Frozen, Stated

#: How the burdens of a process are shared among its products.
Allocation = Literal["substitution", "mass", "energy", "exergy", "economic", "cut_off"]


class Product(Frozen):
    """What an allocation may ask of a product."""

    price: Stated | None = None
    """Per unit of the product; for economic allocation."""
    net_calorific_value: Stated | None = None
    """For allocation by energy, of products that are not counted in energy."""
    temperature: Stated | None = None
    """Mean temperature at which heat is delivered, for allocation by exergy; a product without one counts as power."""


class Coproduct(Product):
    """What a process yields beside its product."""

    amount: Stated
    """Per unit of the product."""


class Yields(Product):
    """What a process yields beside its product, and how its burdens are allocated."""

    coproducts: dict[str, Coproduct] = {}
    """What it yields beside its product, by name."""
    allocation: Allocation = "substitution"
    """How its inputs and emissions are shared among its products: by `substitution` they all stay with it, and every use says
    in `makes_up` what supplies its co-products where it does not run; by `mass`, `energy`, `exergy` or `economic` value the
    product carries its share; with `cut_off` the product carries everything and the co-products come free."""
    surroundings: Stated | None = None
    """Temperature of the surroundings, for allocation by exergy; 15 °C is assumed if not stated."""
