"""Amounts of a case as plain numbers: where every unit of the case is converted.

`base` is the unit in which an exchange is handed over (its quantity without the year), such as GWh or t.
`read` says how a stated number is read: as its one value, or as an array over the years.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from ius_lca import units
from ius_lca.case.allocation import allocated, coproduct_amount
from ius_lca.case.functional import Functional, functional
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange, Supply, Transport, Use
from ius_lca.case.schema.target import Target
from ius_lca.library.properties import convert_with, properties_of
from ius_lca.library.record import Library
from ius_lca.quantity import Reading, Stated, point
from ius_lca.units import Value


def base_unit(exchange: Exchange) -> str:
    """The unit that one unit handed over is counted in; raises UnitsError if the quantity is not per year."""
    return units.without_year(exchange.quantity.unit)


def target_unit(use: Target, case: Case, library: Library) -> str:
    """The unit of what a use points at.

    Raises KeyError if there is no such factor, process or exchange.
    """
    return unit_of(use.target, case, library)


def unit_of(target: str, case: Case, library: Library) -> str:
    """The unit of a factor, process or exchange; raises KeyError if there is none of that name."""
    if target in case.processes:
        return case.processes[target].unit
    if target in case.exchanges:
        return base_unit(case.exchanges[target])
    return library.records[target].reference.unit


def name_of(target: str, case: Case, library: Library) -> str:
    """What a factor or process is called; raises KeyError if there is none of that name."""
    return case.processes[target].product if target in case.processes else library.records[target].name


def coproducts(target: str, case: Case, library: Library) -> tuple[str, ...]:
    """What a factor or process yields beside its product and does not allocate: what a use of it makes up."""
    if (process := case.processes.get(target)) is not None:
        return () if allocated(process) else tuple(process.coproducts)
    record = library.records.get(target)
    return tuple(one.product for one in record.coproducts) if record is not None else ()


def coproduct(target: str, product: str, case: Case, library: Library) -> tuple[float, str]:
    """Amount and unit of a co-product per unit of a factor or process; raises KeyError if it yields none, UnitsError."""
    if (process := case.processes.get(target)) is not None:
        return coproduct_amount(process, process.coproducts[product])
    return library.records[target].coproduct(product)


def per_unit(stated: Stated, top: str, base: str, read: Reading = point) -> Value:
    """A stated amount in `top` per `base`; raises UnitsError."""
    return units.ratio(read(stated), stated.unit, top, base)


def plain(stated: Stated, read: Reading = point) -> Value:
    """A share or ratio as a number, `85 %` as 0.85; raises UnitsError if it is not one."""
    return units.convert(read(stated), stated.unit, "")


def use_amount(use: Target, target: str, base: str, library: Library, material: str = "", *, read: Reading = point) -> Value:
    """Amount of the target per unit of what it serves, its share included [target/base].

    material: entry of the library whose properties convert what is handed over; those of the target convert the target.

    Raises UnitsError, which names the property that a conversion lacks.
    """
    if use.amount is None:
        amount = _of_material(1.0, base, target, material or use.target, library)
    else:
        amount = units.ratio(
            read(use.amount),
            use.amount.unit,
            target,
            base,
            above=partial(_of_material, of=use.target, library=library),
            below=partial(_of_material, of=material, library=library),
        )
    return amount * plain(use.share, read) if isinstance(use, Use) else amount


def _of_material(amount: Value, unit: str, to: str, of: str, library: Library) -> Value:
    """An amount of a material in another unit, through the properties of a material or factor if there are any."""
    properties = properties_of(of, library)
    return convert_with(amount, unit, to, properties, of) if properties else units.convert(amount, unit, to)


def supplied(exchange: Exchange, supply: Supply, use: Use, case: Case, library: Library, *, read: Reading = point) -> Value:
    """Reference product that one unit handed over displaces [target/base]: y * S * Q * D, of heat after its loss.

    Source: Eckelman & Chertow 2013, with the market displacement of Zink, Geyer & Startz 2016.
    """
    product = delivered(exchange, supply, use, case, library, read=read)
    return product * plain(supply.quality, read) * plain(supply.displacement, read)


def delivered(exchange: Exchange, supply: Supply, use: Use, case: Case, library: Library, *, read: Reading = point) -> Value:
    """Reference product that one unit handed over stands for, before quality and market [target/base]: (1 - loss) * y * S."""
    arriving = (1 - plain(exchange.loss, read)) * plain(exchange.usable, read)
    return arriving * substituted(exchange, supply, use, case, library, read=read)


def bought(
    exchange: Exchange, supply: Supply, uses: Sequence[Use], case: Case, library: Library, *, read: Reading = point
) -> Value:
    """Products that the receiver need not buy per unit handed over, in the unit of the first of them; raises UnitsError.

    A stated substitution is one number for all of them. One by a property differs, and each counts by its share.
    """
    if supply.substitution.equal is None:
        return delivered(exchange, supply, uses[0], case, library, read=read)
    unit, total = target_unit(uses[0], case, library), cast("Value", 0.0)
    for use in uses:
        part = delivered(exchange, supply, use, case, library, read=read) * plain(use.share, read)
        total = total + units.convert(part, target_unit(use, case, library), unit)
    return total


def substituted(exchange: Exchange, supply: Supply, use: Use, case: Case, library: Library, *, read: Reading = point) -> Value:
    """The substitution ratio of one displaced product [target/base]: S; raises UnitsError."""
    if supply.substitution.equal is not None:
        return plain(supply.substitution, read) * functional_of(exchange, supply, use, case, library).ratio
    return per_unit(supply.substitution, target_unit(use, case, library), base_unit(exchange), read)


def functional_of(exchange: Exchange, supply: Supply, use: Use, case: Case, library: Library) -> Functional:
    """Both properties behind a functional substitution; raises UnitsError naming what is missing."""
    displaced = (use.target, target_unit(use, case, library))
    return functional(supply.substitution, (exchange.material, base_unit(exchange)), displaced, library)


def moved(
    leg: Transport, base: str, library: Library, material: str = "", target: str = "tkm", *, read: Reading = point
) -> Value:
    """Transport performance per unit handed over [target/base]; raises UnitsError.

    Without a wet mass, the quantity itself must be a mass, or the material have a property that gives it.
    """
    mass = _of_material(1.0, base, "t", material, library) if leg.wet_mass is None else per_unit(leg.wet_mass, "t", base, read)
    return units.convert(mass * units.convert(read(leg.distance), leg.distance.unit, "km"), "tkm", target)


def carried(
    leg: Transport, currency: str, base: str, library: Library, material: str, *, read: Reading = point
) -> tuple[Value, str]:
    """What is paid for of a leg per unit handed over, and its unit: tonne-kilometres, or kilometres of a vehicle [unit/base].

    Kilometres are the tonne-kilometres over the load of one vehicle; raises UnitsError.
    """
    performed = moved(leg, base, library, material, read=read)
    if leg.load is None or not per_vehicle(leg, currency):
        return performed, "tkm"
    return performed / units.convert(read(leg.load), leg.load.unit, "t"), "km"


def per_vehicle(leg: Transport, currency: str) -> bool:
    """Whether a leg is paid per kilometre of a vehicle, not per tonne-kilometre."""
    priced = leg.price or leg.tax
    return priced is not None and units.same_dimension(priced.unit, units.per(currency, "km"))
