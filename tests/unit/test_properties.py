"""Mass, volume and energy of one material: which property turns which into which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca.errors import UnitsError
from ius_lca.library.properties import convert_with
from ius_lca.library.record import Property

CHIPS = {
    "net_calorific_value": Property(value=13.0, unit="GJ/t", source="s"),
    "density": Property(value=250.0, unit="kg/m3", source="s"),
    "dry_matter": Property(value=0.6, unit="kg/kg", source="s"),
}


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (2.0, "t", "GJ", 2 * 13.0),
        (26.0, "GJ", "t", 26 / 13.0),
        (3.6, "MWh", "kg", 3.6 * 3.6 / 13.0 * 1000),
        (4.0, "m3", "kg", 4 * 250.0),
        (1.0, "t", "m3", 1000 / 250.0),
        (1.0, "m3", "GJ", 0.25 * 13.0),
        (1.0, "GJ", "m3", 1 / 13.0 / 0.25),
        (5.0, "t", "kg", 5000.0),
    ],
)
def test_conversions_by_hand(amount: float, unit: str, to: str, expected: float) -> None:
    assert convert_with(amount, unit, to, CHIPS, "chips") == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("lacking", "unit", "to", "told"),
    [
        (
            "net_calorific_value",
            "t",
            "GJ",
            "'t' (mass) converts to 'GJ' (energy) with net_calorific_value alone, which chips does not state.",
        ),
        ("density", "m3", "kg", "'m3' (volume) converts to 'kg' (mass) with density alone, which chips does not state."),
        ("density", "m3", "GJ", "with density and net_calorific_value alone, which chips does not state."),
    ],
)
def test_a_missing_property_is_named(lacking: str, unit: str, to: str, told: str) -> None:
    rest = {name: one for name, one in CHIPS.items() if name != lacking}
    with pytest.raises(UnitsError) as caught:
        convert_with(1, unit, to, rest, "chips")
    assert str(caught.value).endswith(told)


def test_no_property_turns_mass_into_length() -> None:
    with pytest.raises(UnitsError, match=r"'t' \(mass\) does not convert to 'km' \(length\)"):
        convert_with(1, "t", "km", CHIPS, "chips")


@given(st.floats(0.01, 1e6), st.sampled_from([("t", "GJ"), ("m3", "kg"), ("m3", "MWh"), ("kWh", "kg")]))
def test_there_and_back_again_is_the_same(amount: float, pair: tuple[str, str]) -> None:
    there = convert_with(amount, pair[0], pair[1], CHIPS, "chips")
    assert convert_with(there, pair[1], pair[0], CHIPS, "chips") == pytest.approx(amount, rel=1e-12)
