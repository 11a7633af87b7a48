"""The one unit registry: reading quantities, refusing look-alikes, converting, naming dimensions.

The registry is built on first use from `units.txt` and never changed afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from ius_lca.errors import UnitsError
from ius_lca.spellings import CURRENCIES, instead_of, misread_number

if TYPE_CHECKING:
    import pint
    from numpy import float64
    from numpy.typing import NDArray

#: A float, or an array of years or draws.
Value: TypeAlias = "float | NDArray[float64]"

_NUMBER = re.compile(r"\s*(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?P<rest>.*)\Z", re.DOTALL)
_WORD = re.compile(r"[^\W\d_][\w°]*(?:-eq)?|[€$£°]\w*")
_EXPONENT = re.compile(r"\*\*\s*-?[1-9](?![\d.]|\s*\*\*)")
_LONE_NUMBER = re.compile(r"(?<![\w.])(?!1(?![\w.]))[\d.]")
_LONGEST = 60
_PER = re.compile(r"\s+per\s+")
_PER_YEAR = re.compile(r"\s*/\s*(?:years?|yr|a|annum)\s*\Z")
_ALLOWED = re.compile(r"(?:[\w\s/*()^.°%‰-]|H\+e)*\Z")
#: Spellings of units that are no names to pint, and the names it has for them.
_SPELLED = {
    "°C": "degC",
    "%": " percent ",
    "‰": " permille ",
    "^": "**",
    "H+e": "H_plus_e",
    "disease incidence": "disease_incidence",
}


def _loaded() -> pint.UnitRegistry[float]:
    from pint import UnitRegistry

    # No cache folder, no automatic reduction: the file is small, and what a user wrote stays as written.
    registry: pint.UnitRegistry[float] = UnitRegistry(None, autoconvert_offset_to_baseunit=True)
    # pint's own `prefix` and `dimension` defaults come from its file, which is not loaded.
    registry.load_definitions(str(Path(__file__).with_name("units.txt")))
    return registry


@cache
def _registry() -> pint.UnitRegistry[float]:
    return _loaded()


@cache
def _parsed(unit: str) -> pint.Unit:
    if refused := _refused(unit):
        raise UnitsError(f"'{unit}' cannot be read: {refused}.")
    if not _ALLOWED.match(unit):
        raise UnitsError(f"'{unit}' is not a unit. Write for example 'MWh', 't/year' or 'SEK/MWh'.")
    text = unit
    for written, name in _SPELLED.items():
        text = text.replace(written, name)
    text = text.strip()
    # One small exponent after a name is all the arithmetic a unit needs; pint would compute any, however long it takes.
    if len(unit) > _LONGEST or "//" in unit or "**" in (rest := _EXPONENT.sub("", text)) or _LONE_NUMBER.search(rest):
        raise UnitsError(f"no unit '{unit[:_LONGEST]}'. Write for example 'MWh', 't/year', 'm**2' or 'SEK/MWh'.")
    try:
        return _registry().Unit("dimensionless" if text in {"", "1"} else text)
    except Exception as error:  # pint raises a family of errors, tokenizer errors and plain TypeErrors here
        raise UnitsError(f"no unit '{unit}'. {_near(unit)}".rstrip()) from error


def _refused(text: str) -> str:
    """What to write instead of all words of a unit that are refused; empty if there are none."""
    words = {word: said for word in _WORD.findall(text) if (said := instead_of(word))}
    alone = len(words) == 1
    return "; ".join(said if alone or f"'{word}'" in said else f"for '{word}' {said}" for word, said in words.items())


def _near(unit: str) -> str:
    """A hint that names the unit with each word that is none mended; nothing if one of them resembles none."""
    mended = [unit]
    for word in _WORD.findall(unit):
        if _registry().parse_unit_name(word):
            continue
        same = [known for known in _known() if known.casefold() == word.casefold()]
        near = same or get_close_matches(word, _known(), n=5, cutoff=0.6)
        # The first letter is mostly the prefix: another one would be another size.
        near = _of_one_size([known for known in near if known[0] == word[0]] or near)[:3]
        mended = [re.sub(rf"(?<![\w°]){re.escape(word)}(?![\w°])", known, before) for known in near for before in mended[:1]]
        if not mended:
            return ""
    mended = [one for one in mended if one != unit and _is_read(one)]
    return f"Did you mean {' or '.join(repr(one) for one in mended)}?" if mended else ""


def _of_one_size(near: list[str]) -> list[str]:
    """The spellings without those that measure the same as an earlier one in another size."""
    kept: list[str] = []
    for known in near:
        if not any(same_dimension(known, one) and _factor(known, one) != 1 for one in kept):
            kept.append(known)
    return kept


def _is_read(unit: str) -> bool:
    try:
        _parsed(unit)
    except UnitsError:
        return False
    return True


@cache
def _known() -> tuple[str, ...]:
    """Spellings to suggest from: the unit names with the prefixes people write."""
    common = ("GJ", "MJ", "TJ", "kWh", "MWh", "GWh", "TWh", "kg", "ktonne", "MW", "kW", "km")
    # The registry yields its units; `°C` and the differences of temperatures are of no use to anybody.
    # A fresh one: pint adds the spellings it has read, and a hint does not depend on what was read before.
    spelled = (name for name in _loaded() if name.isascii() and not name.startswith("delta_"))
    return tuple(sorted({*common, *spelled, *(f"M{name}" for name in CURRENCIES)}))


def parse_quantity(text: str) -> tuple[float, str]:
    """Read a number with its unit: (amount, unit as written).

    Raises UnitsError for a decimal comma, digits in groups, a refused spelling or an unknown unit, each with what to
    write instead.

    >>> parse_quantity("400 GWh/year")
    (400.0, 'GWh/year')
    >>> parse_quantity("85 %")
    (85.0, '%')
    >>> parse_quantity("1,5 GWh")
    Traceback (most recent call last):
        ...
    ius_lca.errors.UnitsError: '1,5 GWh' has a decimal comma. Write '1.5 GWh' (point for decimals, no separator for thousands).
    """
    if instead := misread_number(text):
        refused = _refused(text)
        raise UnitsError(f"'{text}' {instead}{f' Of its unit: {refused}.' if refused else ''}")
    match = _NUMBER.match(text)
    if match is None:
        raise UnitsError(f"'{text}' is not a number with a unit. Write for example '400 GWh/year' or '85 %'.")
    amount, unit = float(match["number"]), _PER.sub("/", match["rest"].strip())
    if not _ALLOWED.match(unit) and not set("€$£") & set(unit):
        raise UnitsError(f"'{text}' is not a number with a unit. Write for example '400 GWh/year' or '85 %'.")
    if not math.isfinite(amount):
        raise UnitsError(f"'{text}' is not a finite number.")
    if amount == 0 and re.search("[1-9]", match["number"].lower().partition("e")[0]):
        raise UnitsError(f"'{text}' is too small to be told from 0.")
    _parsed(unit)
    return amount, unit


@overload
def convert(amount: float, unit: str, to: str) -> float: ...
@overload
def convert(amount: Value, unit: str, to: str) -> Value: ...
def convert(amount: Value, unit: str, to: str) -> Value:
    """The amount in another unit of the same dimension.

    Raises UnitsError naming both units and both dimensions.

    >>> convert(1, "GJ", "MWh")
    0.2777777777777778
    >>> convert(1, "t", "MWh")
    Traceback (most recent call last):
        ...
    ius_lca.errors.UnitsError: 't' (mass) does not convert to 'MWh' (energy).
    """
    factor = _factor(unit, to)
    converted = _registry().Quantity(amount, _parsed(unit)).to(_parsed(to)).magnitude if factor is None else amount * factor
    return float(converted) if isinstance(amount, int | float) else converted


@cache
def _factor(unit: str, to: str) -> float | None:
    """By what amounts in a unit are multiplied to be in another; none for temperatures, whose zeros differ.

    Raises UnitsError if the dimensions differ.
    """
    source, target = _parsed(unit), _parsed(to)
    if source.dimensionality != target.dimensionality:
        named = (f"'{one}' ({dimension(one)})" if one else "a plain number" for one in (unit, to))
        paid, priced = ({code for code in CURRENCIES if code in one} for one in (unit, to))
        hint = (
            " A rate of exchange is applied to an amount as a whole: write all of it in one currency."
            if paid and priced and paid != priced
            else ""
        )
        if not unit:
            hint = f" Write it with its unit, {to}."
        elif not to and same_dimension(unit, "1/year"):
            hint = " Write it without '/year', such as '4 %'."
        raise UnitsError(f"{' does not convert to '.join(named)}.{hint}")
    zero, one = (float(_registry().Quantity(amount, source).to(target).magnitude) for amount in (0.0, 1.0))
    return one if zero == 0 else None


@cache
def currency_of(unit: str) -> str | None:
    """The currency of an amount of money or a price; none of what is neither.

    >>> currency_of("MEUR"), currency_of("SEK/(t/year)"), currency_of("t"), currency_of("SEK/EUR")
    ('EUR', 'SEK', None, None)
    """
    dimensions = _parsed(unit).dimensionality
    paid = [code for code in CURRENCIES if f"[currency_{code}]" in dimensions]
    return paid[0] if len(paid) == 1 and dimensions[f"[currency_{paid[0]}]"] == 1 else None


def in_currency(unit: str, currency: str) -> str:
    """The unit of money as it is written, with another currency in place of its own; prefixes stay.

    >>> in_currency("kEUR/MWh", "SEK")
    'kSEK/MWh'
    """
    own = currency_of(unit)
    return unit if own is None else unit.replace(own, currency)


def factor_between(unit: str, to: str) -> float:
    """By what an amount in `unit` is multiplied to be in `to` (not for temperatures)."""
    return convert(1.0, unit, to)


def same_dimension(unit: str, other: str) -> bool:
    """Whether two units measure the same thing.

    >>> same_dimension("kWh", "GJ"), same_dimension("SEK", "EUR")
    (True, False)
    """
    return bool(_parsed(unit).dimensionality == _parsed(other).dimensionality)


#: Dimensions that have a name people use; others are shown as products.
_NAMES = {
    "kilogram": "mass",
    "joule": "energy",
    "watt": "power",
    "metre": "length",
    "m2": "area",
    "m3": "volume",
    "Nm3": "gas volume at normal conditions",
    "tkm": "transport performance",
    "year": "calendar years",
    "second": "time",
    "kelvin": "temperature",
    "percent": "a plain ratio",
    "piece": "pieces",
    "person_year": "labour",
    "kilogram * CO2e": "climate impact",
    "mole * H_plus_e": "acidification",
    "kilogram * Pe": "eutrophication of fresh water",
    "kilogram * Ne": "eutrophication of the sea",
    "mole * Ne": "eutrophication of land",
    "kilogram * NMVOCe": "ozone formation",
    "disease_incidence": "disease incidence",
    **{currency: f"money in {currency}" for currency in CURRENCIES},
}


@cache
def _named_dimensions() -> dict[str, str]:
    return {str(_parsed(unit).dimensionality): name for unit, name in _NAMES.items()}


@cache
def dimension(unit: str) -> str:
    """What a unit measures, in words.

    >>> dimension("GWh/year"), dimension("SEK/MWh"), dimension("%")
    ('energy per calendar years', 'money in SEK per energy', 'a plain ratio')
    """
    names = _named_dimensions()
    dims = _parsed(unit).dimensionality
    if (whole := names.get(str(dims))) is not None:
        return whole
    above, _, below = unit.partition("/")
    if below and "/" not in below:
        return f"{dimension(above.strip())} per {dimension(below.strip())}"
    return str(dims)


def per(unit: str, base: str) -> str:
    """The unit `unit/base`, safe for compound units.

    >>> per("kg", "GWh/year")
    'kg/(GWh/year)'
    """
    return f"{unit}/({base})" if re.search(r"[/* ]", base) else f"{unit}/{base}"


@cache
def without_year(unit: str) -> str:
    """The unit of what is counted, from a yearly amount of it.

    Raises UnitsError if the unit is not per year.

    >>> without_year("GWh/year")
    'GWh'
    """
    counted = _parsed(unit) * _parsed("year")
    if counted.dimensionality.get("[calendar_year]", 0) != 0:
        if not unit:
            raise UnitsError("a number without unit is no yearly amount. Write for example '400 GWh/year'.")
        mend = f"Write it as '{unit.partition('/')[0].strip()}/year'."
        if same_dimension(unit, "W"):
            mend = "Write the energy of a year, which is the power times its hours, such as '8 GWh/year' for 1 MW in 8000 h."
        elif same_dimension(unit, ""):
            mend = "Write for example '400 GWh/year'."
        raise UnitsError(f"'{unit}' ({dimension(unit)}) is no yearly amount. {mend}")
    # As the user wrote it, where that can be told; pint's own spelling (a refused 'kt' for 'ktonne') only elsewhere.
    written = _PER_YEAR.sub("", unit)
    return {unit: str(counted), "1": ""}.get(written, written)


Convert = Callable[[Value, str, str], Value]


@overload
def ratio(amount: float, unit: str, top: str, bottom: str) -> float: ...
@overload
def ratio(amount: Value, unit: str, top: str, bottom: str, *, above: Convert = convert, below: Convert = convert) -> Value: ...
def ratio(amount: Value, unit: str, top: str, bottom: str, *, above: Convert = convert, below: Convert = convert) -> Value:
    """An amount of one thing per another, in `top` per `bottom`.

    Both halves are compared, so that MWh/MWh never passes for kg/t, although both are plain numbers. A plain number or
    percentage is accepted where both halves measure the same thing.

    above, below: how each half is converted, for materials whose properties turn mass into energy.

    Raises UnitsError naming both units of the half that does not fit.

    >>> ratio(15, "kWh/MWh", "kWh", "GWh")
    15000.0
    >>> ratio(1, "MWh/MWh", "kg", "t")
    Traceback (most recent call last):
        ...
    ius_lca.errors.UnitsError: 'MWh' (energy) does not convert to 'kg' (mass).
    """
    numerator, slash, denominator = unit.partition("/")
    if slash:
        denominator = denominator.strip()
        denominator = denominator[1:-1] if denominator.startswith("(") and denominator.endswith(")") else denominator
        counted = above(amount, numerator.strip(), top)
        try:
            return counted / below(1.0, denominator, bottom)
        except UnitsError as error:
            if currency_of(top) is None:
                raise
            raise UnitsError(f"{error} Money is needed here per {bottom}: write for example '1 {per(top, bottom)}'.") from error
    if not same_dimension(unit, ""):
        raise UnitsError(f"'{unit}' ({dimension(unit)}) does not say per what. Expected an amount such as '1 {top}/{bottom}'.")
    if not same_dimension(top, bottom):
        expected = f"Expected an amount such as '1 {top}/{bottom}'."
        said = f"'{unit}'" if unit else "a plain number"
        raise UnitsError(f"{said} does not say how many {top} go with a {bottom}. {expected}")
    return convert(amount, unit, "") * factor_between(bottom, top)
