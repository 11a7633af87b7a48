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
        ("1e-400 t", "is too small to be told from 0."),
    ],
)
def test_a_number_that_would_be_misread_is_told_with_its_mend(written: str, mend: str) -> None:
    with pytest.raises(UnitsError, match=re.escape(mend)):
        units.parse_quantity(written)


def test_per_in_words_is_a_slash() -> None:
    assert units.parse_quantity("58 kg CO2e per MWh") == (58.0, "kg CO2e/MWh")
    assert units.parse_quantity("0 t") == (0.0, "t")
    assert units.parse_quantity("1e-3 t") == (0.001, "t")
