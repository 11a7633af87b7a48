"""Units and numbers that people write another way: what they are told to write instead."""

from __future__ import annotations

import re

import pytest

from ius_lca import units
from ius_lca.errors import UnitsError


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("20 KWh/kwH", "write 'kWh'"),
        ("20 MWH/year", "write 'MWh'"),
        ("20 MWh/år", "write 'year'"),
        ("20 MWhth/year", "Did you mean 'MWh/year'?"),
        ("20 gJ/Years", "write 'year'"),
        ("20 gJ/yeer", "Did you mean 'GJ/year' or 'GJ/yr'?"),
        ("20 mWh/year", "thousandths of a Wh: write 'MWh'"),
        ("5 tCO2e/GWh", "write a climate impact as 'kg CO2e'"),
        ("5 kg CO₂e/GWh", "write a climate impact as 'kg CO2e'"),
        ("5 kg co2e/GWh", "write a climate impact as 'kg CO2e'"),
        ("90 ºC", "write 'degC'"),
        ("12 mil", "a Scandinavian mil is 10 km"),
        ("5 xyzzy/year", "no unit 'xyzzy/year'."),
        ("5 Tonnes/year", "Did you mean 'tonne/year'?"),
        ("5 PJ/year", "1 PJ is 1000 TJ: write the number in 'TJ'"),
        ("5 ktoe/year", "write energy in 'GJ' or 'MWh'"),
    ],
)
def test_the_hint_is_of_the_word_that_is_wrong_and_never_of_another_size(written: str, hint: str) -> None:
    with pytest.raises(UnitsError, match=re.escape(hint)):
        units.parse_quantity(written)


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("−600 SEK/t", "begins with a dash that is no minus sign. Write '-600 SEK/t'."),
        ("18-22 GWh/year", "is a range. State one value, and the range beside it: {value: ... GWh/year, range: [18, 22]}."),
        ("18–22 GWh/year", "range: [18, 22]}."),
        ("1 500 MWh/year", "has separated thousands. Write '1500 MWh/year', the digits together."),
        ("1.500.000 kr", "has separated thousands. Write '1500000 kr', the digits together."),
        ("−1,5 t", "begins with a dash that is no minus sign, and has a decimal comma. Write '-1.5 t' (point"),
        ("1 000-2 000 t", "has separated thousands, and is a range. State one value, and the range beside it: {value: ... t, "),
        ("1,5-2,5 t", "range: [1.5, 2.5]}."),
        ("5...8 t", "range: [5, 8]}."),
        ("-1.500 t", "could be -1.5 or -1500. Write '-1.5' or '-1500'."),
        ("1 500.250 t", "Write '1500.250 t', the digits together."),
        ("1.50.000 t", "has separated thousands. Write the digits together."),
        ("1e-400 t", "is too small to be told from 0."),
    ],
)
def test_a_number_that_would_be_misread_is_told_with_its_mend(written: str, mend: str) -> None:
    with pytest.raises(UnitsError, match=re.escape(mend)):
        units.parse_quantity(written)


@pytest.mark.parametrize("sign", ["", "-", "−", "+"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [("1,5", 1.5), ("1 500", 1500), ("1 500,25", 1500.25), ("1 500.25", 1500.25), ("1.500,25", 1500.25), ("1.500.000", 1.5e6),
     ("1'500'000.5", 1500000.5), ("1_500.5", 1500.5), ("12 345.678", 12345.678)],
)  # fmt: skip
def test_what_a_number_is_mended_to_is_read_and_of_the_same_size(sign: str, written: str, meant: float) -> None:
    with pytest.raises(UnitsError) as caught:
        units.parse_quantity(f"{sign}{written} t")
    (mended,) = re.findall(r"Write '([^']*)'", str(caught.value))
    assert units.parse_quantity(mended) == (-meant if sign in {"-", "−"} else meant, "t")


def test_a_hint_is_read_itself_and_does_not_depend_on_what_was_read_before() -> None:
    units.parse_quantity("1 kiloEUR")
    units._known.cache_clear()  # as in a run of Python in which nothing was asked before
    assert "kiloEUR" not in units._known()
    with pytest.raises(UnitsError, match=r"^no unit 'MWh-el'\.$"):  # '-l', which resembles '-el', is no unit beside it
        units.parse_quantity("5 MWh-el")


def test_per_in_words_is_a_slash() -> None:
    assert units.parse_quantity("58 kg CO2e per MWh") == (58.0, "kg CO2e/MWh")
    assert units.parse_quantity("0 t") == (0.0, "t")
    assert units.parse_quantity("1e-3 t") == (0.001, "t")
