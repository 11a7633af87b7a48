"""What holds for every pair of profiles and for every random case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ius_lca.case.schema.heat import Heat
from ius_lca.tables import result_tables
from tests.scoring import scored
from tests.strategies import case_of, trees, with_each_exchange

MONTHLY = st.lists(st.floats(0, 1e4).map(lambda value: round(value, 3)), min_size=12, max_size=12)


def _heat(donor: list[float], receiver: list[float], availability: float = 1) -> Heat:
    profiles = {"donor_profile": {"unit": "MWh", "months": donor}, "receiver_profile": {"unit": "MWh", "months": receiver}}
    return Heat.model_validate({"supply": "95 degC", "needed": "85 degC", "availability": str(availability), **profiles})


def _yearly(heat: Heat) -> float:
    quantity = heat.yearly()
    assert quantity is not None
    return quantity.value


@given(MONTHLY, MONTHLY)
def test_no_more_is_used_than_either_side_has(donor: list[float], receiver: list[float]) -> None:
    heat = _heat(donor, receiver)
    assert all(month.used <= min(month.donor, month.receiver) for month in heat.months())
    assert _yearly(heat) <= min(sum(donor), sum(receiver)) * (1 + 1e-12)
    assert _yearly(heat) == pytest.approx(_yearly(_heat(receiver, donor)))


@given(MONTHLY, MONTHLY, st.integers(0, 100))
def test_the_same_heat_in_two_exchanges_is_the_same_heat(donor: list[float], receiver: list[float], percent: int) -> None:
    def part(share: float) -> float:
        return _yearly(_heat([share * amount for amount in donor], [share * amount for amount in receiver]))

    split = part(percent / 100) + part(1 - percent / 100)
    assert split == pytest.approx(_yearly(_heat(donor, receiver)), rel=1e-9, abs=1e-9)


@given(MONTHLY, MONTHLY, st.integers(0, 100))
def test_availability_acts_as_a_smaller_donor(donor: list[float], receiver: list[float], percent: int) -> None:
    smaller = [percent / 100 * amount for amount in donor]
    assert _yearly(_heat(donor, receiver, percent / 100)) == pytest.approx(_yearly(_heat(smaller, receiver)), rel=1e-12)


FEW = settings(max_examples=30)


def _tables(tree: Any, *names: str) -> dict[str, Any]:
    return dict(result_tables(scored(case_of(tree)), *names))


@FEW
@given(trees())
def test_a_loss_of_nothing_changes_nothing(tree: Any) -> None:
    heat = {"supply": "95 degC", "needed": "85 degC", "loss": "0 %"}
    without = {key: value for key, value in heat.items() if key != "loss"}
    lossless = with_each_exchange(tree, lambda exchange: exchange.update(heat=heat))
    plain = with_each_exchange(tree, lambda exchange: exchange.update(heat=without))
    assert _tables(lossless, "exchanges") == _tables(plain, "exchanges")


@FEW
@given(trees())
def test_an_allocated_upstream_adds_to_the_footprint_and_to_no_benefit(tree: Any) -> None:
    def add(exchange: Any) -> None:
        unit = exchange["quantity"].rpartition(" ")[2].removesuffix("/year")
        exchange["upstream"] = {"factor": "electricity.mix.PL", "amount": f"7 kWh/{unit}", "price": "2 SEK/kWh"}

    asked = ("benefits", "exchanges", "footprints")
    plain, allocated = _tables(tree, *asked), _tables(with_each_exchange(tree, add), *asked)
    assert plain["benefits"] == allocated["benefits"]
    assert plain["exchanges"] == allocated["exchanges"]
    climate = {
        (row["exchange"], row["reference"], row["allocation"]): row["value"]
        for row in allocated["footprints"]
        if row["indicator"] == "climate_change"
    }
    pairs = [(key, value) for key, value in climate.items() if key[2] == "economic"]
    assert all(value >= climate[(exchange, reference, "cut_off")] for (exchange, reference, _), value in pairs)
