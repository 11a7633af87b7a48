"""Numbers as people read them: three digits, a fitting unit, a thin space between thousands."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context
from itertools import combinations

from ius_lca.results import DIGITS
from ius_lca.spellings import CURRENCIES

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
#: Amounts that are said in words, largest first; times from this on are said in whole years [yr].
_SPOKEN = ((1e9, "billion\u00a0"), (1e6, "million\u00a0"))
_WHOLE_YEARS, _MONTHS = 3, 12
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
    >>> fitting([0], "kg")
    (1000.0, 't')
    """
    largest = max((abs(value) for value in values), default=0.0)
    currency = unit.partition("/")[0]
    if currency in CURRENCIES:
        steps: tuple[tuple[float, str], ...] = ((1e6, f"M{currency}"), (1e3, f"k{currency}"), (1, currency))
    else:
        steps = _LARGER.get(unit, ())
    smallest = (1.0, currency if currency in CURRENCIES else pretty_unit(unit))
    if not largest and unit == "kg":
        return steps[-1]  # goods and waste are counted in tonnes, so none of them is no tonnes
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

    >>> pretty_unit("kg CO2e/m3"), pretty_unit("Mm3/year")
    ('kg CO₂e/m³', 'million m³/year')
    """
    return unit.replace("Mm3", "million m3").replace("CO2e", "CO₂e").replace("m3", "m³").replace("m2", "m²").replace("degC", "°C")


def spoken(value: float, currency: str) -> str:
    """Money as a person would say it: two digits, and words for what is large.

    >>> spoken(2_370_000, "SEK"), spoken(848_000, "SEK"), spoken(-999_600, "EUR")
    ('2.4\u00a0million\u00a0SEK', '850\u202f000\u00a0SEK', '−1\u00a0million\u00a0EUR')
    """
    rounded = float(f"{value:.1e}")
    size, word = next((one for one in _SPOKEN if abs(rounded) >= one[0]), (1.0, ""))
    return f"{shortened(rounded / size)}\u00a0{word}{currency}"


def spoken_years(years: float) -> str:
    """A time as a person would say it: whole years from three on, months below one.

    >>> spoken_years(4.6), spoken_years(1.62), spoken_years(0.97), spoken_years(0.2)
    ('5\u00a0years', '1.6\u00a0years', '1\u00a0year', '2\u00a0months')
    """
    months = max(round(years * _MONTHS), 1)
    if months < _MONTHS:
        return f"{months}\u00a0month{'' if months == 1 else 's'}"
    text = f"{years:.1f}".removesuffix(".0") if years < _WHOLE_YEARS else f"{years:.0f}"
    return f"{text}\u00a0year{'' if text == '1' else 's'}"


def spoken_apart(*values: float) -> list[str]:
    """Numbers with two digits each, and with more where different ones would read the same.

    >>> spoken_apart(148.2, 292), spoken_apart(148.2, 151.9, 151.9)
    (['150', '290'], ['148', '152', '152'])
    """
    for digits in range(2, DIGITS):
        told = [shortened(value, digits) for value in values]
        if len(set(told)) == len(set(values)):
            break
    return told


def spoken_range(low: float, high: float, *others: float) -> list[str]:
    """A range with two digits, rounded inwards so that all of it lies within, and other numbers beside it.

    More digits where different ones would read the same or stand in another order.

    >>> spoken_range(164.7, 345.0, 229.4), spoken_range(-1034, 80), spoken_range(148.2, 151.9, 150)
    (['170', '340', '230'], ['−1\u202f000', '80'], ['149', '151', '150'])
    """
    values = (low, high, *others)
    for digits in range(2, DIGITS):
        ends = [_rounded(low, digits, ROUND_CEILING), _rounded(high, digits, ROUND_FLOOR)]
        rounded = [*ends, *(_rounded(one, digits, ROUND_HALF_EVEN) for one in others)]
        pairs = list(combinations(zip(values, rounded, strict=True), 2))
        if all((a < b) == (x < y) and (a > b) == (x > y) for (a, x), (b, y) in pairs):
            break
    return [shortened(value, digits) for value in rounded]


def enough(value: float, *, up: bool) -> float:
    """A number with two digits, rounded to where it is enough: up for a sum, down for a distance.

    >>> enough(115_200, up=True), enough(34.9, up=False)
    (120000.0, 34.0)
    """
    return _rounded(value, 2, ROUND_CEILING if up else ROUND_FLOOR)


def _rounded(value: float, digits: int, way: str) -> float:
    """A number with so many digits; what differs from a round one only beyond the digits of a result is that."""
    return float(Context(prec=digits, rounding=way).create_decimal(f"{value:.{DIGITS}g}"))


def shortened(value: float, digits: int = 2) -> str:
    """A number with so many significant digits, without zeros at its end.

    >>> shortened(8.0), shortened(8.28, 3), shortened(1800.4, 3)
    ('8', '8.28', '1\u202f800')
    """
    text = significant(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def percent(share: float) -> str:
    """A share of one as whole per cent, with what is small but not nothing said so.

    >>> percent(0.0004), percent(0.5), percent(0)
    ('under 1\u00a0%', '50\u00a0%', '0\u00a0%')
    """
    if 0 < share < _UNDER_ONE_PERCENT:
        return "under 1\u00a0%"
    return f"{share * 100:.0f}\u00a0%"
