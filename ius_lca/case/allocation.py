"""Allocation of a process among its products: the share that each carries."""

from __future__ import annotations

from ius_lca import units
from ius_lca.case.schema.case import Process
from ius_lca.case.schema.coproducts import Coproduct, Product
from ius_lca.errors import UnitsError
from ius_lca.quantity import Stated


def allocated(process: Process) -> bool:
    """Whether the process stands alone: it has no co-products, or they are allocated or cut off."""
    return not process.coproducts or process.allocation != "substitution"


def coproduct_amount(process: Process, coproduct: Coproduct) -> tuple[float, str]:
    """Amount of a co-product per unit of the product, and its unit; raises UnitsError."""
    top, slash, _ = coproduct.amount.unit.partition("/")
    unit = top.strip() if slash else process.unit
    return units.ratio(coproduct.amount.value, coproduct.amount.unit, unit, process.unit), unit


def shares(process: Process, currency: str) -> dict[str, float]:
    """The share of inputs and emissions that each product carries, the product of the process first; they sum to one.

    `share_i = n_i*w_i / sum_j n_j*w_j`, n being amounts per unit of the product and w the mass, energy, exergy or price of
    one unit. Source: docs/methods/co_products.md.

    Raises UnitsError naming what an allocation needs and a product does not state.

    >>> process = Process.model_validate({
    ...     "product": "power", "unit": "MWh", "allocation": "exergy",
    ...     "coproducts": {"heat": {"amount": "1.5 MWh/MWh", "temperature": "111.05 degC"}}})
    >>> {name: round(share, 6) for name, share in shares(process, "SEK").items()}  # 1 : 1.5 * (1 - 288.15/384.2)
    {'power': 0.727273, 'heat': 0.272727}
    """
    if process.allocation in {"substitution", "cut_off"} or not process.coproducts:
        return {process.product: 1.0, **dict.fromkeys(process.coproducts, 0.0)}
    weights = {process.product: _weight(process, process, process.product, process.unit, currency)}
    for name, coproduct in process.coproducts.items():
        amount, unit = coproduct_amount(process, coproduct)
        weights[name] = amount * _weight(process, coproduct, name, unit, currency)
    total = sum(weights.values())
    if weights[least := min(weights, key=lambda name: weights[name])] < 0:
        raise UnitsError(f"{least} counts less than nothing: what costs is a waste, and its treatment an input of the process")
    if total == 0:
        raise UnitsError(f"{' and '.join(weights)} count nothing, so there is nothing to share by")
    return {name: weight / total for name, weight in weights.items()}


def main_share(process: Process, currency: str) -> float:
    """The share of its inputs and emissions that the product of a process carries; raises UnitsError."""
    return shares(process, currency)[process.product]


def basis(process: Process) -> tuple[Stated, ...]:
    """The numbers that the shares rest on."""
    if process.allocation in {"substitution", "cut_off"} or not process.coproducts:
        return ()
    products: tuple[Product, ...] = (process, *process.coproducts.values())
    asked = {"economic": "price", "energy": "net_calorific_value", "exergy": "temperature"}.get(process.allocation)
    said = [getattr(one, asked) for one in products] if asked else []
    around = [surroundings_of(process)] if process.allocation == "exergy" else []
    return (*(one.amount for one in process.coproducts.values()), *(one for one in said if one is not None), *around)


def _weight(process: Process, product: Product, name: str, unit: str, currency: str) -> float:
    """What one unit of a product weighs in the allocation; raises UnitsError."""
    match process.allocation:
        case "mass":
            return _converted(unit, "kg", f"allocation by mass needs masses, and {name} is counted in {unit}")
        case "economic":
            if product.price is None:
                raise UnitsError(f"economic allocation needs the price of {name}: add 'price: ... {currency}/{unit}'")
            return units.ratio(product.price.value, product.price.unit, currency, unit)
        case "energy" if product.net_calorific_value is not None:
            return units.ratio(product.net_calorific_value.value, product.net_calorific_value.unit, "MJ", unit)
        case "energy":
            missing = f"allocation by energy needs the calorific value of {name}: add 'net_calorific_value: ... MJ/{unit}'"
            return _converted(unit, "MJ", missing)
        case _:
            energy = _converted(unit, "MJ", f"allocation by exergy shares heat and power, and {name} is counted in {unit}")
            return energy * carnot(product.temperature, surroundings_of(process), name)


def surroundings_of(process: Process) -> Stated:
    """How warm the surroundings are; an assumed 15 °C where the case does not say."""
    return process.surroundings or Stated(value=15, unit="degC")


def carnot(temperature: Stated | None, surroundings: Stated, name: str = "heat") -> float:
    """Exergy per energy: `1 - T0/T` of heat, 1 of power, which has no temperature; raises UnitsError if T is below T0.

    >>> round(carnot(Stated(value=75, unit="degC"), Stated(value=0, unit="degC")), 4)  # 1 - 273.15/348.15
    0.2154
    """
    if temperature is None:
        return 1.0
    hot, cold = temperature.to("K"), surroundings.to("K")
    if hot <= cold:
        raise UnitsError(f"{name} at {hot - 273.15:g} °C is no warmer than its surroundings, {cold - 273.15:g} °C")
    return 1 - cold / hot


def _converted(unit: str, to: str, otherwise: str) -> float:
    if not units.same_dimension(unit, to):
        raise UnitsError(otherwise)
    return units.factor_between(unit, to)
