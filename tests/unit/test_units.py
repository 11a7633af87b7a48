"""Quantities at the door: what is read, what is refused and with which hint, and conversion."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca import spellings, units
from ius_lca.errors import UnitsError

KILOWATT_HOUR_IN_MJ = 3.6
#: Molar volume is proportional to temperature: 15 degC against 0 degC at one pressure (ISO 13443).
NORMAL_PER_STANDARD = 273.15 / 288.15


#: What a conversion of money says besides.
NO_RATE = " A rate of exchange is applied to an amount as a whole: write all of it in one currency."


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("400 GWh/year", 400.0, "GWh/year"),
        ("85 %", 85.0, "%"),
        ("85%", 85.0, "%"),
        ("5 ‰", 5.0, "‰"),
        ("-3.5 degC", -3.5, "degC"),
        ("+2 t", 2.0, "t"),
        (".5 kg", 0.5, "kg"),
        ("1. kg", 1.0, "kg"),
        ("1e6", 1e6, ""),
        ("2.5e-3 kg CO2e/kWh", 0.0025, "kg CO2e/kWh"),
        ("  7   t/(GWh/year) ", 7.0, "t/(GWh/year)"),
        ("400 kSEK", 400.0, "kSEK"),
        ("120 MSEK/year", 120.0, "MSEK/year"),
        ("1 MDKK", 1.0, "MDKK"),
        ("2 kEUR/t", 2.0, "kEUR/t"),
        ("10 Nm3/h", 10.0, "Nm3/h"),
        ("10 Sm3", 10.0, "Sm3"),
        ("3 ktkm", 3.0, "ktkm"),
        ("1 person_year", 1.0, "person_year"),
        ("3 m^2", 3.0, "m^2"),
    ],
)
def test_a_number_with_a_unit_is_read_as_written(text: str, amount: float, unit: str) -> None:
    assert units.parse_quantity(text) == (amount, unit)


@pytest.mark.parametrize("spelling", sorted(spellings.REFUSED))
@pytest.mark.parametrize("place", ["5 {}", "5 {}/year", "5 kg/{}"])
def test_every_refused_spelling_tells_what_to_write(spelling: str, place: str) -> None:
    with pytest.raises(UnitsError, match=re.escape(spellings.REFUSED[spelling]) + r"\.$"):
        units.parse_quantity(place.format(spelling))


@pytest.mark.parametrize("text", ["900 kr/ton/år", "1 500 kr/ton/år", "0,9 kr/ton/år"])
def test_all_words_of_a_unit_that_are_refused_are_told_at_once(text: str) -> None:
    with pytest.raises(UnitsError, match=r"'SEK', 'DKK' or 'NOK'; .*write 't' for tonnes; for 'år' write 'year'\.$"):
        units.parse_quantity(text)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("38 mSEK", "'MSEK' for millions"),
        ("38 TSEK", "'kSEK' for thousands"),
        ("38 meur", "'MEUR' for millions"),
        ("20 sek/MWh", "write 'SEK'"),
        ("20 CHF/MWh", "state it in one of EUR, SEK,"),
    ],
)
def test_money_that_is_a_slip_is_no_amount(written: str, advice: str) -> None:
    """38 mSEK would be four hundredths of a krona, and 38 TSEK more than there are."""
    with pytest.raises(UnitsError, match=advice):
        units.parse_quantity(written)


def test_each_refused_spelling_is_no_unit_of_ours_and_each_advised_one_is() -> None:
    for advice in spellings.REFUSED.values():
        for advised in re.findall(r"write (?:temperatures in )?'(\w+)'", advice):
            assert units.parse_quantity(f"1 {advised}") == (1.0, advised)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1,5 GWh", "Write '1.5 GWh'"),
        ("1,5", "Write '1.5'"),
        ("0,5 %", "Write '0.5 %'"),
        ("-0,5 %", "Write '-0.5 %'"),
        ("1 234,56 SEK", "Write '1234.56 SEK'"),
        ("1.234,56 DKK", "Write '1234.56 DKK'"),
        ("1.234.567,8 DKK", "Write '1234567.8 DKK'"),
        ("1\u00a0234,5 SEK", "Write '1234.5 SEK'"),
        ("1\u202f234,5 SEK", "Write '1234.5 SEK'"),
        ("1'234,5 SEK", "Write '1234.5 SEK'"),
    ],
)
def test_a_decimal_comma_is_refused_with_the_number_in_points(text: str, suggestion: str) -> None:
    with pytest.raises(UnitsError, match="has a decimal comma") as caught:
        units.parse_quantity(text)
    assert suggestion in str(caught.value)


@pytest.mark.parametrize("text", ["1,000 t", "12,500 SEK", "1,000,000 t", "-1,000 t"])
def test_a_comma_before_three_digits_is_refused_without_a_guess(text: str) -> None:
    with pytest.raises(UnitsError, match="has a decimal comma") as caught:
        units.parse_quantity(text)
    assert "Write a point for decimals and no separator for thousands." in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "1 000 t",
        "1\u00a0000 t",
        "1\u202f000 t",
        "1\u2009000 t",
        "1'000 t",
        "1’000 t",
        "1_000 t",
        "1.000.000 t",
        "12 345 678 SEK",
        "-1 000",
        "1 000.5 t",
    ],
)
def test_separated_thousands_are_refused(text: str) -> None:
    with pytest.raises(UnitsError, match="has separated thousands. Write .*the digits together"):
        units.parse_quantity(text)


@given(
    st.integers(1, 999),
    st.lists(st.integers(0, 999), min_size=1, max_size=3),
    st.sampled_from([" ", "\u00a0", "\u202f", "'", ".", ","]),
    st.sampled_from(["", ",5", ",25", ",125"]),
    st.sampled_from(["", " SEK", " GWh/year", " %"]),
)
def test_no_nordic_way_of_writing_thousands_gives_a_number(
    first: int, groups: list[int], separator: str, decimals: str, unit: str
) -> None:
    text = f"{first}{''.join(f'{separator}{group:03d}' for group in groups)}{decimals}{unit}"
    if separator == "." and len(groups) == 1 and not decimals and groups[0] % 10:
        # A lone point is the decimal point, unless a zero ends three decimals: nobody needs that zero.
        assert units.parse_quantity(text)[0] == float(f"{first}.{groups[0]:03d}")
    else:
        with pytest.raises(UnitsError):
            units.parse_quantity(text)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "kg", "nan kg", "inf kg", "-inf", "12:30", "½ t", "€5", "5 kg + 3", "5 kg; 3", "five kg", "__import__"],
)
def test_what_is_no_number_with_a_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitsError, match="is not a number with a unit. Write for example '400 GWh/year'"):
        units.parse_quantity(text)


def test_a_number_beyond_floats_is_refused() -> None:
    with pytest.raises(UnitsError, match="'1e400 kg' is not a finite number"):
        units.parse_quantity("1e400 kg")


@pytest.mark.parametrize("text", ["5 2/3 kg", "5 kg*2", "1 5 kg", "0x10 kg", "5 kg//t", "5 (kg", "5 kg/", "5 eV"])
def test_a_second_number_or_an_unknown_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitsError, match="^no unit '"):
        units.parse_quantity(text)


def test_an_unknown_unit_is_answered_with_what_is_near() -> None:
    with pytest.raises(UnitsError, match=r"^no unit 'GHW'\. Did you mean 'GWh'\?$"):
        units.parse_quantity("5 GHW")


@pytest.mark.parametrize("text", ["5 __clas__", "5 get_nam", "5 Quantitty", "5 delta_degC"])
def test_only_units_are_suggested_and_no_names_of_the_program(text: str) -> None:
    with pytest.raises(UnitsError) as caught:
        units.parse_quantity(text)
    for suggested in re.findall(r"'(\w+)'", str(caught.value).partition("Did you mean")[2]):
        assert units.parse_quantity(f"1 {suggested}") == (1.0, suggested)


@pytest.mark.parametrize("unit", ["kg;", "kg, t", "kg+t", "import os;", 'kg"', "1/0", "kg[0]"])
def test_what_is_no_unit_is_refused_wherever_a_unit_is_named(unit: str) -> None:
    for refuse in (lambda: units.convert(1, unit, "kg"), lambda: units.convert(1, "kg", unit), lambda: units.dimension(unit)):
        with pytest.raises(UnitsError, match=r"is not a unit\. Write for example 'MWh'|^no unit '"):
            refuse()


@pytest.mark.parametrize(
    "unit", ["m**9**9**9", "m**99999999", "kg**400", "m**-10", "m**0.5", "1e9 kg", "9**9*kg", "kg/2", "m" * 61, "2**kg"]
)
def test_a_unit_is_no_place_for_arithmetic(unit: str) -> None:
    with pytest.raises(UnitsError, match="^no unit '"):
        units.parse_quantity(f"1 {unit}")


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (1, "MSEK", "SEK", 1e6),
        (3, "kEUR", "EUR", 3e3),
        (250, "SEK/MWh", "kSEK/GWh", 250 * 1000 / 1000),  # per MWh, 1000 MWh in a GWh, 1000 SEK in a kSEK
        (85, "%", "", 0.85),
        (5, "‰", "%", 0.5),
        (1, "kWh", "MJ", KILOWATT_HOUR_IN_MJ),
        (1, "Sm3", "Nm3", NORMAL_PER_STANDARD),
        (1, "tkm", "kg*km", 1000),
        (1, "ktkm", "tkm", 1000),
        (12, "GWh/month", "GWh/year", 12 * 12),
        (1, "ha", "m2", 1e4),
        (1, "lb", "kg", 0.45359237),
        (20, "degC", "K", 20 + 273.15),
        (20, "°C", "K", 20 + 273.15),
        (0, "K", "degC", -273.15),
        (1, "degC", "°C", 1),
        (4.2, "kJ/(kg*degC)", "kJ/(kg*K)", 4.2),  # a difference of temperatures has no offset
        (2, "person_year", "person*month", 24),
    ],
)
def test_converted_amounts(amount: float, unit: str, to: str, expected: float) -> None:
    assert units.convert(amount, unit, to) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "to", "message"),
    [
        ("t", "MWh", "'t' (mass) does not convert to 'MWh' (energy)."),
        (
            "SEK",
            "EUR",
            "'SEK' (money in SEK) does not convert to 'EUR' (money in EUR)." + NO_RATE,
        ),
        ("Nm3", "m3", "'Nm3' (gas volume at normal conditions) does not convert to 'm3' (volume)."),
        ("GWh/year", "MW", "'GWh/year' (energy per calendar years) does not convert to 'MW' (power)."),
        ("h", "year", "'h' (time) does not convert to 'year' (calendar years)."),
        ("kg", "kg CO2e", "'kg' (mass) does not convert to 'kg CO2e' (climate impact)."),
        ("tkm", "t", "'tkm' (transport performance) does not convert to 't' (mass)."),
        ("person_year", "year", "'person_year' (labour) does not convert to 'year' (calendar years)."),
        ("MSEK/year", "SEK", "'MSEK/year' (money in SEK per calendar years) does not convert to 'SEK' (money in SEK)."),
        ("", "degC", "a plain number does not convert to 'degC' (temperature). Write it with its unit, degC."),
        ("piece", "%", "'piece' (pieces) does not convert to '%' (a plain ratio)."),
        (
            "SEK/MWh",
            "EUR/MWh",
            "'SEK/MWh' (money in SEK per energy) does not convert to 'EUR/MWh' (money in EUR per energy)." + NO_RATE,
        ),
    ],
)
def test_a_wrong_dimension_names_both_units_and_what_they_measure(unit: str, to: str, message: str) -> None:
    with pytest.raises(UnitsError) as caught:
        units.convert(1, unit, to)
    assert str(caught.value) == message


SAME_DIMENSION = [
    ("kg", "t"),
    ("MJ", "kWh"),
    ("GWh/year", "TJ/month"),
    ("SEK/MWh", "MSEK/GJ"),
    ("degC", "K"),
    ("Sm3", "Nm3"),
    ("%", "‰"),
    ("tkm", "kgkm"),
]


@given(st.floats(-1e12, 1e12), st.sampled_from(SAME_DIMENSION))
def test_conversion_there_and_back_gives_the_amount(amount: float, pair: tuple[str, str]) -> None:
    there, back = pair
    # Temperatures pass through an offset of 273.15 K, which costs the digits below 1e-13 of that.
    assert units.convert(units.convert(amount, there, back), back, there) == pytest.approx(amount, rel=1e-12, abs=1e-9)


@given(st.floats(-1e9, 1e9), st.sampled_from([pair for pair in SAME_DIMENSION if pair[0] != "degC"]))
def test_conversion_is_a_multiplication(amount: float, pair: tuple[str, str]) -> None:
    assert units.convert(amount, *pair) == pytest.approx(amount * units.factor_between(*pair), rel=1e-12)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["", "kg", "GWh/year", "SEK/MWh", "kg CO2e", "°C", "%"]))
def test_every_number_as_python_writes_it_is_read_back(amount: float, unit: str) -> None:
    assert units.parse_quantity(f"{amount!r} {unit}") == (amount, unit)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_never_more(text: str) -> None:
    try:
        amount, unit = units.parse_quantity(text)
    except UnitsError as error:
        assert str(error)
    else:
        assert math.isfinite(amount)
        assert units.dimension(unit)


@pytest.mark.parametrize(
    ("amount", "unit", "top", "bottom", "expected"),
    [
        (15, "kWh/MWh", "kWh", "GWh", 15 * 1000),
        (15, "kWh/MWh", "MWh", "MWh", 15 / 1000),
        (1, "kg/(GWh/year)", "kg", "MWh/year", 1 / 1000),
        (50, "%", "MWh", "MWh", 0.5),
        (50, "%", "kg", "t", 0.5 * 1000),  # half of each tonne, in kg
        (1, "", "t", "kg", 1 / 1000),
        (2, "kg CO2e/kWh", "t CO2e", "MWh", 2.0),
    ],
)
def test_ratio_in_the_units_asked_for(amount: float, unit: str, top: str, bottom: str, expected: float) -> None:
    assert units.ratio(amount, unit, top, bottom) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "top", "bottom", "message"),
    [
        ("MWh/MWh", "kg", "t", "'MWh' (energy) does not convert to 'kg' (mass)."),
        ("kg/MWh", "kg", "t", "'MWh' (energy) does not convert to 't' (mass)."),
        ("kg/kWh/year", "kg", "kWh", "'kWh/year' (energy per calendar years) does not convert to 'kWh' (energy)."),
        ("%", "MWh", "kg", "'%' does not say how many MWh go with a kg. Expected an amount such as '1 MWh/kg'."),
        ("", "MWh", "kg", "a plain number does not say how many MWh go with a kg. Expected an amount such as '1 MWh/kg'."),
        ("kg", "kg", "t", "'kg' (mass) does not say per what. Expected an amount such as '1 kg/t'."),
    ],
)
def test_both_halves_of_a_ratio_are_compared(unit: str, top: str, bottom: str, message: str) -> None:
    with pytest.raises(UnitsError) as caught:
        units.ratio(1, unit, top, bottom)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("yearly", "counted"),
    [("GWh/year", "GWh"), ("t/yr", "t"), ("MSEK/a", "MSEK"), ("tkm/year", "tkm"), ("1/year", ""), ("h/year", "h")],
)
def test_what_a_yearly_amount_counts(yearly: str, counted: str) -> None:
    assert units.without_year(yearly) == counted


@pytest.mark.parametrize("yearly", ["GWh/year", "GWh/month", "kg CO2e/year", "t/(year)"])
def test_the_counted_unit_is_the_yearly_one_times_a_year(yearly: str) -> None:
    assert units.convert(1, units.without_year(yearly), f"({yearly})*year") == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "named", "mend"),
    [
        ("t", "mass", "Write it as 't/year'."),
        ("%", "a plain ratio", "Write for example '400 GWh/year'."),
        ("MW", "power", "Write the energy of a year, which is the power times its hours"),
        ("MWh/h", "power", "Write the energy of a year, which is the power times its hours"),
    ],
)
def test_what_is_not_per_year_is_refused(unit: str, named: str, mend: str) -> None:
    with pytest.raises(UnitsError, match=rf"^'{unit}' \({named}\) is no yearly amount\. {re.escape(mend)}"):
        units.without_year(unit)


def test_each_currency_is_money_of_its_own() -> None:
    assert spellings.CURRENCIES == ("EUR", "SEK", "DKK", "NOK", "PLN", "GBP", "USD")
    for currency in spellings.CURRENCIES:
        assert {units.dimension(prefix + currency) for prefix in ("", "k", "M")} == {f"money in {currency}"}
        assert [other for other in spellings.CURRENCIES if units.same_dimension(currency, other)] == [currency]


def test_units_joined_by_per_stay_one_unit_below_the_bar() -> None:
    assert units.per("kg", "t") == "kg/t"
    assert units.per("kg", "GWh/year") == "kg/(GWh/year)"
    assert units.per("kg", "kg CO2e") == "kg/(kg CO2e)"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [("1.200 SEK/MWh", "1.2", "1200"), ("20.000 MWh/year", "20", "20000"), ("-3.590 t", "-3.59", "-3590")],
)
def test_three_decimals_that_end_in_a_zero_could_be_thousands(text: str, short: str, long: str) -> None:
    with pytest.raises(UnitsError, match=rf"^'{text}' could be {short} or {long}\. Write '{short}' or '{long}'\.$"):
        units.parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "amount"), [("0.120 kWh/m3", 0.12), ("1.25 t", 1.25), ("1234.500 t", 1234.5), ("1.125 t", 1.125)]
)
def test_other_decimals_are_read(text: str, amount: float) -> None:
    assert units.parse_quantity(text)[0] == amount
