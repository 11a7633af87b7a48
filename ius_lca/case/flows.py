"""The flows of exchanges in the measures that operations are counted in: mass first, energy and volume apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema.case import Case
from ius_lca.case.years import headline_year
from ius_lca.errors import UnitsError
from ius_lca.library.properties import convert_with, properties_of
from ius_lca.library.record import Library
from ius_lca.quantity import in_year

MASS, ENERGY, VOLUME = "t/year", "MWh/year", "m3/year"


@dataclass(frozen=True, slots=True)
class Flow:
    """An exchange as a yearly flow.

    amount: handed over [unit].  usable: the share of it that the receiver can use.
    """

    exchange: str
    amount: float
    usable: float
    unit: str


def flow(case: Case, library: Library, quantities: Mapping[str, float], key: str) -> Flow:
    """One exchange as a flow: as a mass where its unit or the properties of its material give one, else as it is counted.

    quantities: what every exchange hands over in the headline year, in its own unit.

    Raises UnitsError if the quantity is not per year.
    """
    exchange, amount = case.exchanges[key], quantities[key]
    base, usable = amounts.base_unit(exchange), float(amounts.plain(exchange.usable, in_year(headline_year(case))))
    properties = properties_of(exchange.material, library) if exchange.material else {}
    for unit in (MASS, ENERGY, VOLUME):
        counted = units.without_year(unit)
        try:
            converted = convert_with(amount, base, counted, properties if unit == MASS else {}, exchange.material)
        except UnitsError:
            continue  # counted in another measure
        return Flow(key, float(converted), usable, unit)
    return Flow(key, amount, usable, units.per(base, "year"))


def incoming(case: Case, library: Library, quantities: Mapping[str, float], actor: str) -> tuple[Flow, ...]:
    """What an actor receives in the headline year."""
    return tuple(flow(case, library, quantities, key) for key, one in case.exchanges.items() if one.to == actor)


def outgoing(case: Case, library: Library, quantities: Mapping[str, float], actor: str) -> tuple[Flow, ...]:
    """What an actor gives in the headline year."""
    return tuple(flow(case, library, quantities, key) for key, one in case.exchanges.items() if one.from_ == actor)


def total(flows: tuple[Flow, ...], unit: str, *, usable: bool = False) -> float:
    """Sum of the flows of one measure, all of them or what of them is usable."""
    return sum(one.amount * (one.usable if usable else 1.0) for one in flows if one.unit == unit)
