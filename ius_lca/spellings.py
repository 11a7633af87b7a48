"""Spellings of units and numbers that would be misread, and what to write instead."""

from __future__ import annotations

import re

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
    **dict.fromkeys(
        ("million", "millions", "miljon", "miljoner", "mio", "Mio", "mn"),
        "write millions with an M, such as '1 MSEK' or '1 MEUR'",
    ),
    **dict.fromkeys(("thousand", "tusen", "tusind"), "write thousands with a k, such as '1 kSEK' or '1 kEUR'"),
    **dict.fromkeys(("kwh", "Kwh", "KWh", "KWH"), "write 'kWh'"),
    **dict.fromkeys(("mwh", "Mwh", "MWH"), "write 'MWh'"),
    "mWh": "'mWh' are thousandths of a Wh: write 'MWh'",
    **dict.fromkeys(("gwh", "Gwh", "GWH"), "write 'GWh'"),
    **dict.fromkeys(("twh", "Twh", "TWH"), "write 'TWh'"),
    **dict.fromkeys(("mw", "Mw"), "write 'MW'"),
    "mW": "'mW' are thousandths of a W: write 'MW'",
    **dict.fromkeys(("mj", "Mj"), "write 'MJ'"),
    "mJ": "'mJ' are thousandths of a J: write 'MJ'",
    **dict.fromkeys(("Km", "KM"), "write 'km'"),
    **dict.fromkeys(("Kg", "KG"), "write 'kg'"),
    **dict.fromkeys(("mil", "mils"), "a Scandinavian mil is 10 km: write 'km'"),
    **dict.fromkeys(("år", "Year", "Years", "YEAR", "y"), "write 'year'"),
    **dict.fromkeys(("månad", "måned"), "write 'month'"),
    **dict.fromkeys(("dygn", "døgn"), "write 'day'"),
    **dict.fromkeys(("timme", "timmar", "timer"), "write 'h'"),
    **dict.fromkeys(("st", "stk", "styck"), "write 'piece'"),
    **dict.fromkeys(("procent", "pct"), "write '%'"),
    **dict.fromkeys(("grader", "ºC"), "write 'degC'"),
    "PJ": "1 PJ is 1000 TJ: write the number in 'TJ'",
    "EJ": "1 EJ is a million TJ: write the number in 'TJ'",
    **dict.fromkeys(("toe", "ktoe", "Mtoe", "tce", "BTU", "MMBTU", "kcal", "Mcal", "Gcal"), "write energy in 'GJ' or 'MWh'"),
    **dict.fromkeys(("mile", "miles"), "write distances in 'km'"),
    **dict.fromkeys(("kilo", "Kilo"), "write 'kg'"),
    "FTE": "full-time jobs are a plain number: write it without a unit",
    "CO2": "say what it is: a mass of CO2 is 'kg', a climate impact is 'kg CO2e'",
    "CO2eq": "write 'CO2e'",
    "CO2-eq": "write 'CO2e'",
    **dict.fromkeys(("m³", "M3", "kbm"), "write 'm3'"),
    "m²": "write 'm2'",
    "nm3": "write 'Nm3' for a normal cubic metre",
}


_SPACES = r"\s\u00a0\u202f'’_"
_COMMA = re.compile(rf"\s*[+-]?\d+(?:[.{_SPACES}]\d{{3}})*,\d")
_GROUPED = re.compile(rf"\s*[+-]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?![\d,])")
_UNDERSCORE = re.compile(r"\s*[+-]?\d+_\d")
_TWO_POINTS = re.compile(r"\s*[+-]?\d+\.\d+\.\d")
_POINTS_IN_GROUPS = re.compile(r"\s*[+-]?\d{1,3}(?:\.\d{3}){2,}(?!\.?\d)")
_THOUSANDS = re.compile(rf"(?<=\d)[.{_SPACES}](?=\d{{3}}(?!\d))")
# Beside these a point is that of the decimals.
_SPACED = re.compile(rf"(?<=\d)(?:[{_SPACES}](?=\d{{3}}(?!\d))|_(?=\d))")
# Three decimals that end in a zero: some countries write thousands so, and nobody needs that zero.
_AMBIGUOUS = re.compile(rf"\s*([+-]?[1-9]\d{{0,2}})\.(\d{{2}}0)(?![{_SPACES}]?\d|[eE][+-]?\d)")
# What a word processor makes of a hyphen.
_LONG_MINUS = re.compile(r"\s*[−–—‐‑]\s*(?=[\d.])")
_TWO_NUMBERS = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*(?:[-–—−]|\.\.\.?|…|\bto\b)\s*(\d+(?:\.\d+)?)\s*(?P<unit>.*)\Z", re.DOTALL)
# Money in thousandths or in millions of millions is a slip: 'mSEK' for millions, 'TSEK' for thousands.
_MONEY = re.compile(rf"(?P<prefix>\w*?)(?P<code>{'|'.join(CURRENCIES)})\Z", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"[kM]?(?:CHF|ISK|CZK|HUF|RON|BGN|JPY|CNY|CAD|AUD)\Z")
_CO2 = re.compile(r"\w*co[2₂]", re.IGNORECASE)


def instead_of(word: str) -> str:
    """What to write instead of a word of a unit; empty if nothing is wrong with it, or nothing is known of it.

    >>> instead_of("kt")
    "'kt' is knots to some tools: write 'ktonne', or the number in 't'"
    >>> instead_of("mSEK"), instead_of("MSEK")
    ("write 'SEK', 'kSEK' for thousands or 'MSEK' for millions", '')
    """
    if word in REFUSED:
        return REFUSED[word]
    if word != "CO2e" and _CO2.match(word):
        return "write a climate impact as 'kg CO2e' or 't CO2e', a mass of CO2 as 'kg' or 't'"
    if _OTHER_CURRENCY.match(word):
        return f"state it in one of {', '.join(CURRENCIES)}"
    found = _MONEY.match(word)
    if not found or (found["code"] in CURRENCIES and found["prefix"] in {"", "k", "M", "G", "kilo", "mega", "giga"}):
        return ""
    code = found["code"].upper()
    return f"write '{code}', 'k{code}' for thousands or 'M{code}' for millions"


def misread_number(text: str) -> str:
    """What is wrong with how a number is written, and what to write instead; empty if nothing is.

    >>> misread_number("1 500 MWh")
    "has separated thousands. Write '1500 MWh', the digits together."
    >>> misread_number("1500 MWh")
    ''
    """
    if _LONG_MINUS.match(text):
        return _mended("begins with a dash that is no minus sign", _LONG_MINUS.sub("-", text, count=1))
    if _COMMA.match(text):
        return _decimal_comma(text)
    if thousands := _thousands(text):
        return thousands
    if ambiguous := _AMBIGUOUS.match(text):
        whole, decimals = ambiguous.groups()
        short = f"{whole}.{decimals}".rstrip("0").rstrip(".")
        return f"could be {short} or {whole}{decimals}. Write '{short}' or '{whole}{decimals}'."
    if between := _TWO_NUMBERS.match(text):
        low, high = between.group(1, 2)
        unit = f" {between['unit']}" if between["unit"] else ""
        return f"is a range. State one value, and the range beside it: {{value: ...{unit}, range: [{low}, {high}]}}."
    return ""


def _decimal_comma(text: str) -> str:
    # A single group of three after the comma could be thousands: never guess, only say how to write it.
    if re.match(r"\s*[+-]?\d{1,3},\d{3}(?!\d)", text):
        return "has a decimal comma. Write a point for decimals and no separator for thousands."
    mended = re.sub(r"(?<=\d),(?=\d)", ".", _THOUSANDS.sub("", text))
    return _mended("has a decimal comma", mended, " (point for decimals, no separator for thousands)")


def _thousands(text: str) -> str:
    if _GROUPED.match(text) or _UNDERSCORE.match(text):
        return _mended("has separated thousands", _SPACED.sub("", text), ", the digits together")
    if _POINTS_IN_GROUPS.match(text):
        return _mended("has separated thousands", _THOUSANDS.sub("", text), ", the digits together")
    return "has separated thousands. Write the digits together." if _TWO_POINTS.match(text) else ""


def _mended(wrong: str, mended: str, how: str = "") -> str:
    """What is wrong, and the mended number to write; if that would be misread too, what is wrong with it as well."""
    further = misread_number(mended)
    return f"{wrong}, and {further}" if further else f"{wrong}. Write '{mended.strip()}'{how}."
