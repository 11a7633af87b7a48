"""Numbers as people read them: three digits, a fitting unit, a thin space between thousands."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ius_lca.units import CURRENCIES

#: By unit: larger units with how many of the unit they hold, largest first.
_LARGER: dict[str, tuple[tuple[float, str], ...]] = {
    "kg CO2e": ((1e6, "kt CO₂e"), (1e3, "t CO₂e")),
    "kg": ((1e6, "kt"), (1e3, "t")),
    "MJ": ((1e6, "TJ"), (1e3, "GJ")),
    "m3": ((1e6, "million m³"), (1, "m³")),
    "mol H+e": ((1e3, "kmol H⁺e"), (1, "mol H⁺e")),
    "mol Ne": ((1e3, "kmol Ne"),),
    "kg Pe": ((1e3, "t Pe"),),
    "kg Ne": ((1e3, "t Ne"),),
    "kg NMVOCe": ((1e3, "t NMVOCe"),),
}
_THIN_SPACE, _MINUS = "\u202f", "\u2212"

#: Tables by exchange and actor show nothing coarser, so that the small ones stay readable.
TONNES = (1e3, "t CO₂e")
#: Below this a number is shown with an exponent, a share as under one per cent.
_TINY, _UNDER_ONE_PERCENT = 1e-4, 0.005
#: Below this of the unit a value all but vanishes; units of one kind are this far apart.
_VANISHING, _STEP = 0.1, 1e3


def number(value: object) -> float:
    """A number of a result; what is not covered or not stated has none and counts nothing, and a word stands in its place.

    Raises TypeError if it is no number.

    >>> number(3), number(None)
    (3.0, 0.0)
    """
    if value is None:
        return 0.0
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"expected a number, not {value!r}")


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits and no exponent.

    >>> significant(-7632081)
    '−7\u202f630\u202f000'
    >>> significant(0.012345), significant(0), significant(99.96)
    ('0.0123', '0', '100')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    if rounded and math.floor(math.log10(abs(rounded))) > math.floor(math.log10(abs(value))):
        places -= 1
    if abs(rounded) < _TINY:
        return f"{value:.{digits - 1}e}".replace("-", _MINUS)
    text = f"{rounded:,.{max(places, 0)}f}"
    return text.replace(",", _THIN_SPACE).replace("-", _MINUS)


def fitting(values: Iterable[float], unit: str) -> tuple[float, str]:
    """Divisor and unit in which the largest of the values reads well.

    >>> fitting([7.6e6, 1.5e8], "kg CO2e")
    (1000000.0, 'kt CO₂e')
    >>> fitting([1.4e8], "SEK/year")
    (1000000.0, 'MSEK')
    """
    largest = max((abs(value) for value in values), default=0.0)
    currency = unit.partition("/")[0]
    if currency in CURRENCIES:
        steps: tuple[tuple[float, str], ...] = ((1e6, f"M{currency}"), (1e3, f"k{currency}"), (1, currency))
    else:
        steps = _LARGER.get(unit, ())
    smallest = (1.0, currency if currency in CURRENCIES else pretty_unit(unit))
    return next(((size, name) for size, name in steps if largest >= size), smallest)


def readable(values: Iterable[float], unit: str) -> tuple[float, str]:
    """As `fitting`, but one step finer where the smallest of the values would all but vanish.

    >>> readable([2e6, 90.0], "EUR/year")
    (1000.0, 'kEUR')
    """
    listed = [abs(value) for value in values if value]
    size, name = fitting(listed, unit)
    if listed and min(listed) < _VANISHING * size and size > 1:
        return fitting([size / _STEP], unit)
    return size, name


def pretty_unit(unit: str) -> str:
    """A unit as it is printed.

    >>> pretty_unit("kg CO2e/m3")
    'kg CO₂e/m³'
    """
    return unit.replace("CO2e", "CO₂e").replace("m3", "m³").replace("m2", "m²").replace("degC", "°C")


def percent(share: float) -> str:
    """A share of one as whole per cent, with what is small but not nothing said so.

    >>> percent(0.0004), percent(0.5), percent(0)
    ('under 1\u00a0%', '50\u00a0%', '0\u00a0%')
    """
    if 0 < share < _UNDER_ONE_PERCENT:
        return "under 1\u00a0%"
    return f"{share * 100:.0f}\u00a0%"
