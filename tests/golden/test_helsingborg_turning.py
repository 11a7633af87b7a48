"""What would turn Helsingborg, by hand."""

from __future__ import annotations

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_case
from ius_lca.paths import shipped
from ius_lca.results import Assessment, Row
from tests.scoring import unit_score


@pytest.fixture(scope="module")
def helsingborg() -> Assessment:
    return assess(read_case(shipped("examples") / "helsingborg" / "case.yaml"))


def _row(assessment: Assessment, table: str, **keys: str) -> Row:
    """The only row with these values, of climate change under the main reference."""
    keys = {"reference": "likely", "indicator": "climate_change", **keys}
    [row] = [row for row in assessment.tables[table] if all(row[key] == value for key, value in keys.items())]
    return row


def test_heat_is_worth_it_unless_it_displaces_almost_nothing(helsingborg: Assessment) -> None:
    # 10 kWh of pumping per MWh, less the 8 kWh of sea cooling that it avoids.
    for reference in ("likely", "conservative", "favourable"):
        row = _row(helsingborg, "switching_values", exchange="excess_heat", reference=reference)
        assert row["switching_value"] == pytest.approx((10 - 8) * unit_score("electricity.mix.SE"), rel=1e-9)


def test_shared_air_is_worth_it_while_it_replaces_as_much_power(helsingborg: Assessment) -> None:
    row = _row(helsingborg, "break_evens", exchange="compressed_air", parameter="displacement")
    assert row["break_even"] == pytest.approx(0.10 / 0.12, rel=1e-9)  # kWh/m3 of central and of small compressors
    # Both sides run on the same electricity, so its intensity decides how much and never which sign.
    power = _row(helsingborg, "break_evens", exchange="compressed_air", parameter="electricity")
    assert (power["break_even"], power["status"]) == (None, "always_positive")


def test_the_sign_of_the_digestate_is_open_and_said_so(helsingborg: Assessment) -> None:
    row = _row(helsingborg, "break_evens", exchange="digestate", parameter="substitution")
    spread = 1000 * unit_score("agriculture.digestate_spreading") + 1 * unit_score("electricity.mix.SE")  # per t
    mineral = (
        unit_score("fertiliser.nitrogen")
        + 0.193 * unit_score("fertiliser.phosphorus")
        + 0.633 * unit_score("fertiliser.potassium")
        + unit_score("agriculture.mineral_nitrogen_spreading")
    )  # per kg of nitrogen
    assert row["break_even"] == pytest.approx(spread / mineral, rel=1e-9)
    assert (row["unit"], row["stated_low"], row["stated_high"]) == ("kg/t", 0.8, 3.5)
    [told] = [one for one in helsingborg.findings if one.code == "open-sign"]
    assert told.path == "exchanges.digestate.supply.substitution"


def test_the_gate_fee_leaves_the_port_and_the_plant_a_gain(helsingborg: Assessment) -> None:
    port, plant = (
        _row(helsingborg, "break_evens", exchange="port_food_waste", indicator="value", item=who) for who in ("donor", "receiver")
    )
    fee = 975 / 1.005  # printed in the money of 2020; prices in Sweden rose by 0.5 % from 2019
    assert port["break_even"] == pytest.approx(-(fee - 7 * 5), rel=1e-9)  # the fee it no longer pays, less 7 tkm of 5 SEK
    # 3.59 GJ of gas for the buses at 150 SEK, less digestion at 600 SEK/t and upgrading at 20 SEK/GJ.
    assert plant["break_even"] == pytest.approx(3.59 * 150 - 600 - 3.59 * 20, rel=1e-9)
