"""Amounts of a case as plain floats: where every unit of the case is converted.

`base` is the unit in which an exchange is handed over (its quantity without the year), such as GWh or t.
"""

from __future__ import annotations

from functools import partial

from ius_lca import units
from ius_lca.case.exchange import Exchange, Supply, Target, Transport, Use
from ius_lca.case.schema import Case
from ius_lca.library.properties import convert_with, properties_of
from ius_lca.library.record import Library
from ius_lca.quantity import Stated


def base_unit(exchange: Exchange) -> str:
    """The unit that one unit handed over is counted in; raises UnitsError if the quantity is not per year."""
    return units.without_year(exchange.quantity.unit)


def target_unit(use: Target, case: Case, library: Library) -> str:
    """The unit of what a use points at.

    Raises KeyError if there is no such factor or process.
    """
    return unit_of(use.target, case, library)


def unit_of(target: str, case: Case, library: Library) -> str:
    """The unit of a factor or process; raises KeyError if there is neither."""
    if target in case.processes:
        return case.processes[target].unit
    return library.records[target].reference.unit


def per_unit(stated: Stated, top: str, base: str) -> float:
    """A stated amount in `top` per `base`; raises UnitsError."""
    return units.ratio(stated.value, stated.unit, top, base)


def plain(stated: Stated) -> float:
    """A share or ratio as a number, `85 %` as 0.85; raises UnitsError if it is not one."""
    return stated.to("")


def use_amount(use: Target, target: str, base: str, library: Library, material: str = "") -> float:
    """Amount of the target per unit of what it serves, its share included [target/base].

    material: entry of the library whose properties convert what is handed over; those of the target convert the target.

    Raises UnitsError, which names the property that a conversion lacks.
    """
    if use.amount is None:
        amount = _of_material(1.0, base, target, material or use.target, library)
    else:
        amount = units.ratio(
            use.amount.value,
            use.amount.unit,
            target,
            base,
            above=partial(_of_material, of=use.target, library=library),
            below=partial(_of_material, of=material, library=library),
        )
    return amount * plain(use.share) if isinstance(use, Use) else amount


def _of_material(amount: float, unit: str, to: str, of: str, library: Library) -> float:
    """An amount of a material in another unit, through the properties of a material or factor if there are any."""
    properties = properties_of(of, library)
    return convert_with(amount, unit, to, properties, of) if properties else units.convert(amount, unit, to)


def supplied(exchange: Exchange, supply: Supply, target: str, base: str) -> float:
    """Reference product that one unit handed over displaces [target/base]: y * S * Q * D, of heat after its loss.

    Source: Eckelman & Chertow 2013, with the market displacement of Zink, Geyer & Startz 2016.
    """
    return delivered(exchange, supply, target, base) * plain(supply.quality) * plain(supply.displacement)


def delivered(exchange: Exchange, supply: Supply, target: str, base: str) -> float:
    """Reference product that one unit handed over stands for, before quality and market [target/base]: (1 - loss) * y * S."""
    return (1 - plain(exchange.loss)) * plain(exchange.usable) * per_unit(supply.substitution, target, base)


def moved(leg: Transport, base: str, library: Library, material: str = "", target: str = "tkm") -> float:
    """Transport performance per unit handed over [target/base]; raises UnitsError.

    Without a wet mass, the quantity itself must be a mass, or the material have a property that gives it.
    """
    mass = _of_material(1.0, base, "t", material, library) if leg.wet_mass is None else per_unit(leg.wet_mass, "t", base)
    return units.convert(mass * leg.distance.to("km"), "tkm", target)
