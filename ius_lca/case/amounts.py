"""Amounts of a case as plain floats: where every unit of the case is converted.

`base` is the unit in which an exchange is handed over (its quantity without the year), such as GWh or t.
"""

from __future__ import annotations

from ius_lca import units
from ius_lca.case.schema import Case, Exchange, Supply, Target, Transport, Use
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


def use_amount(use: Target, target: str, base: str) -> float:
    """Amount of the target per unit of what it serves, its share included [target/base]; raises UnitsError."""
    amount = units.factor_between(base, target) if use.amount is None else per_unit(use.amount, target, base)
    return amount * plain(use.share) if isinstance(use, Use) else amount


def supplied(exchange: Exchange, supply: Supply, target: str, base: str) -> float:
    """Reference product that one unit handed over displaces [target/base]: y * S * Q * D.

    Source: Eckelman & Chertow 2013, with the market displacement of Zink, Geyer & Startz 2016.
    """
    return delivered(exchange, supply, target, base) * plain(supply.quality) * plain(supply.displacement)


def delivered(exchange: Exchange, supply: Supply, target: str, base: str) -> float:
    """Reference product that one unit handed over stands for, before quality and market [target/base]: y * S."""
    return plain(exchange.usable) * per_unit(supply.substitution, target, base)


def moved(leg: Transport, base: str, target: str = "tkm") -> float:
    """Transport performance per unit handed over [target/base]; raises UnitsError.

    Without a wet mass, the quantity itself must be a mass.
    """
    mass = units.factor_between(base, "t") if leg.wet_mass is None else per_unit(leg.wet_mass, "t", base)
    return units.convert(mass * leg.distance.to("km"), "tkm", target)
