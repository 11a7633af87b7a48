"""The one unit registry: reading quantities, refusing look-alikes, converting, naming dimensions.

The registry is built on first use from `units.txt` and never changed afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from ius_lca.errors import UnitsError, did_you_mean

if TYPE_CHECKING:
    import pint
    from numpy import float64
    from numpy.typing import NDArray

#: A float, or an array of years or draws.
Value: TypeAlias = "float | NDArray[float64]"

CURRENCIES = ("EUR", "SEK", "DKK", "NOK", "PLN", "GBP", "USD")

#: Spellings that mean something else to a computer, or two things to people, and what to write instead.
REFUSED = {
    "ton": "'ton' is the US short ton (907 kg) to some tools: write 't' for tonnes",
    "tons": "'tons' is the US short ton (907 kg) to some tools: write 't' for tonnes",
    "Ton": "write 't' for tonnes",
    "kton": "write 'ktonne', or the number in 't'",
    "kt": "'kt' is knots to some tools: write 'ktonne', or the number in 't'",
    "Mt": "'Mt' is easily misread: write 'Mtonne', or the number in 't'",
    "unit": "'unit' is no unit: say what is counted, for example 'piece'",
    "units": "'units' is no unit: say what is counted, for example 'piece'",
    "C": "'C' is coulomb to some tools: write 'degC' for degrees Celsius",
    "F": "write temperatures in 'degC'",
    "kr": "'kr' is Swedish, Danish or Norwegian: write 'SEK', 'DKK' or 'NOK'",
    "kkr": "write 'kSEK', 'kDKK' or 'kNOK'",
    "tkr": "write 'kSEK', 'kDKK' or 'kNOK'",
    "mkr": "write 'MSEK', 'MDKK' or 'MNOK'",
    "Mkr": "write 'MSEK', 'MDKK' or 'MNOK'",
    "€": "write 'EUR'",
    "$": "write 'USD'",
    "£": "write 'GBP'",
    **dict.fromkeys(("öre", "øre", "ore"), "100 öre are 1 krona: write the price in 'SEK', 'DKK' or 'NOK'"),
    **dict.fromkeys(("cent", "cents", "ct"), "100 cents are 1 euro: write the price in 'EUR'"),
    **dict.fromkeys(("million", "millions", "mio", "Mio", "mn"), "write millions with an M, such as '1 MSEK' or '1 MEUR'"),
    **dict.fromkeys(("thousand", "tusen", "tusind"), "write thousands with a k, such as '1 kSEK' or '1 kEUR'"),
    "kwh": "write 'kWh'",
    "KWh": "write 'kWh'",
    "mwh": "write 'MWh'",
    "Mwh": "write 'MWh'",
    "gwh": "write 'GWh'",
    "Gwh": "write 'GWh'",
    "FTE": "full-time jobs are a plain number: write it without a unit",
    "CO2": "say what it is: a mass of CO2 is 'kg', a climate impact is 'kg CO2e'",
    "CO2eq": "write 'CO2e'",
    "CO2-eq": "write 'CO2e'",
    "m³": "write 'm3'",
    "m²": "write 'm2'",
    "nm3": "write 'Nm3' for a normal cubic metre",
}

_NUMBER = re.compile(r"\s*(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?P<rest>.*)\Z", re.DOTALL)
_COMMA = re.compile(r"\s*[+-]?\d+(?:[.\s\u00a0\u202f']\d{3})*,\d")
_GROUPED = re.compile(r"\s*[+-]?\d{1,3}(?:[\s\u00a0\u202f']\d{3})+(?!\d)")
_TWO_POINTS = re.compile(r"\s*[+-]?\d+\.\d+\.\d")
# Three decimals that end in a zero: some countries write thousands so, and nobody needs that zero.
_AMBIGUOUS = re.compile(r"\s*[+-]?([1-9]\d{0,2})\.(\d{2}0)(?!\d|[eE][+-]?\d)")
_WORD = re.compile(r"[^\W\d_][\w°]*(?:-eq)?|[€$£°]\w*")
# Money in thousandths or in millions of millions is a slip: 'mSEK' for millions, 'TSEK' for thousands.
_MONEY = re.compile(rf"(?P<prefix>\w*?)(?P<code>{'|'.join(CURRENCIES)})\Z", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"[kM]?(?:CHF|ISK|CZK|HUF|RON|BGN|JPY|CNY|CAD|AUD)\Z")
_EXPONENT = re.compile(r"\*\*\s*-?[1-9](?![\d.]|\s*\*\*)")
_LONE_NUMBER = re.compile(r"(?<![\w.])(?!1(?![\w.]))[\d.]")
_LONGEST = 60
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


@cache
def _registry() -> pint.UnitRegistry[float]:
    from pint import UnitRegistry

    # No cache folder, no automatic reduction: the file is small, and what a user wrote stays as written.
    registry: pint.UnitRegistry[float] = UnitRegistry(None, autoconvert_offset_to_baseunit=True)
    # pint's own `prefix` and `dimension` defaults come from its file, which is not loaded.
    registry.load_definitions(str(Path(__file__).with_name("units.txt")))
    return registry


@cache
def _parsed(unit: str) -> pint.Unit:
    for word in _WORD.findall(unit):
        if instead := REFUSED.get(word) or _instead_of_money(word):
            raise UnitsError(f"'{unit}' cannot be read: {instead}.")
    if not _ALLOWED.match(unit):
        raise UnitsError(f"'{unit}' is not a unit. Write for example 'MWh', 't/year' or 'SEK/MWh'.")
    text = unit
    for written, name in _SPELLED.items():
        text = text.replace(written, name)
    text = text.strip()
    # One small exponent after a name is all the arithmetic a unit needs; pint would compute any, however long it takes.
    if len(unit) > _LONGEST or "**" in (rest := _EXPONENT.sub("", text)) or _LONE_NUMBER.search(rest):
        raise UnitsError(f"no unit '{unit[:_LONGEST]}'. Write for example 'MWh', 't/year', 'm**2' or 'SEK/MWh'.")
    try:
        return _registry().Unit("dimensionless" if text in {"", "1"} else text)
    except Exception as error:  # pint raises a family of errors, tokenizer errors and plain TypeErrors here
        hint = did_you_mean(unit, _known())
        raise UnitsError(f"no unit '{unit}'. {hint}".rstrip()) from error


def _instead_of_money(word: str) -> str:
    """What to write instead of a word that looks like money but is none here; empty if it is, or does not.

    >>> _instead_of_money("mSEK"), _instead_of_money("MSEK")
    ("write 'SEK', 'kSEK' for thousands or 'MSEK' for millions", '')
    """
    if _OTHER_CURRENCY.match(word):
        return f"state it in one of {', '.join(CURRENCIES)}"
    found = _MONEY.match(word)
    if not found or (found["code"] in CURRENCIES and found["prefix"] in {"", "k", "M", "G", "kilo", "mega", "giga"}):
        return ""
    code = found["code"].upper()
    return f"write '{code}', 'k{code}' for thousands or 'M{code}' for millions"


@cache
def _known() -> tuple[str, ...]:
    """Spellings to suggest from: the unit names with the prefixes people write."""
    common = ("GJ", "MJ", "TJ", "kWh", "MWh", "GWh", "TWh", "kg", "ktonne", "MW", "kW", "km", "GWh/year", "t/year")
    # The registry yields its units; `°C` and the differences of temperatures are of no use to anybody.
    spelled = (name for name in _registry() if name.isascii() and not name.startswith("delta_"))
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
    if _COMMA.match(text):
        # A single group of three after the comma could be thousands: never guess, only say how to write it.
        suggestion = re.sub(r"(?<=\d)[.\s\u00a0\u202f'](?=\d{3})", "", text).replace(",", ".", 1)
        advice = f"Write '{suggestion.strip()}' (point for decimals, no separator for thousands)."
        if re.match(r"\s*[+-]?\d{1,3},\d{3}(?!\d)", text):
            advice = "Write a point for decimals and no separator for thousands."
        raise UnitsError(f"'{text}' has a decimal comma. {advice}")
    if _GROUPED.match(text) or _TWO_POINTS.match(text):
        raise UnitsError(f"'{text}' has separated thousands. Write the digits together: '1000', not '1 000' or '1.000.000'.")
    if ambiguous := _AMBIGUOUS.match(text):
        whole, decimals = ambiguous.groups()
        short = f"{whole}.{decimals}".rstrip("0").rstrip(".")
        raise UnitsError(f"'{text}' could be {short} or {whole}{decimals}. Write '{short}' or '{whole}{decimals}'.")
    match = _NUMBER.match(text)
    if match is None:
        raise UnitsError(f"'{text}' is not a number with a unit. Write for example '400 GWh/year' or '85 %'.")
    amount, unit = float(match["number"]), match["rest"].strip()
    if not _ALLOWED.match(unit) and not set("€$£") & set(unit):
        raise UnitsError(f"'{text}' is not a number with a unit. Write for example '400 GWh/year' or '85 %'.")
    if not math.isfinite(amount):
        raise UnitsError(f"'{text}' is not a finite number.")
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
        yearly = f"{unit.partition('/')[0].strip()}/year"
        raise UnitsError(f"'{unit}' ({dimension(unit)}) is no yearly amount. Write it as '{yearly}'.")
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
