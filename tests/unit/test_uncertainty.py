"""What the uncertainty of a record rests on, with the arithmetic of each of the three ways."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca.impact.methods import chosen
from ius_lca.impact.uncertainty import of_pedigree, of_spread, uncertainty
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.record import CrossCheck, Figure, Interval, Library, Record


@pytest.fixture
def gas(library: Library) -> Record:
    """A record of 56.1571 kg CO2e, without second figures and ranges; its pedigree is (2, 2, 3, 3, 3)."""
    record = library.records["fuel.natural_gas.combustion"]
    assert record.quality.pedigree == (2, 2, 3, 3, 3)
    bare = tuple(line.model_copy(update={"range": None}) for line in record.biosphere)
    return record.model_copy(update={"cross_checks": (), "other_figures": (), "uncertainty": None, "biosphere": bare})


#: CO2 56.1, CH4 0.001 and N2O 0.0001 kg with AR6.
GAS = 56.1 + 0.001 * 29.8 + 0.0001 * 273
#: Of (2, 2, 3, 3, 3): basic + reliability + completeness + time + place + technology.
PEDIGREE = math.exp(math.sqrt(0.0006 + 0.0006 + 0.0001 + 0.002 + 0.0001 + 0.008))


def _figure(ref: str, times: float, *, independent: bool = True) -> Figure:
    return Figure(ref=ref, indicator="climate_change", value=GAS * times, unit="kg CO2e", note="a test", independent=independent)


def _of(record: Record, library: Library) -> tuple[float, str, int]:
    found = uncertainty(record, library, unit_scores(library, chosen()))
    return found.gsd, found.basis, found.sources


def test_without_second_figures_it_is_the_pedigree(gas: Record, library: Library) -> None:
    assert _of(gas, library) == (pytest.approx(PEDIGREE, rel=1e-12), "pedigree", 1)


@pytest.mark.parametrize(("limits", "basis"), [((54.3, 58.3), "pedigree"), ((30.0, 80.0), "source")])
def test_the_range_of_a_line_adds_its_variance(gas: Record, library: Library, limits: tuple[float, float], basis: str) -> None:
    lines = tuple(line.model_copy(update={"range": limits if line.flow == "co2_fossil" else None}) for line in gas.biosphere)
    deviation = (limits[1] - limits[0]) / (2 * 1.959963984540054) / GAS  # 95 % interval, as a share of the whole
    variance = math.log(PEDIGREE) ** 2 + math.log1p(deviation**2)
    ranged = gas.model_copy(update={"biosphere": lines})
    assert _of(ranged, library) == (pytest.approx(math.exp(math.sqrt(variance)), rel=1e-9), basis, 1)


def test_the_range_of_a_parameter_adds_what_it_changes(library: Library) -> None:
    record = library.records["heat.boiler.electric"]
    assert record.quality.pedigree == (2, 2, 2, 2, 2)
    efficiency = record.parameters["efficiency"].model_copy(update={"range": (0.5, 1.0)})
    bare = record.model_copy(update={"parameters": {"efficiency": efficiency}, "cross_checks": (), "other_figures": ()})
    deviation = (1 / 0.5 - 1 / 1.0) / (1 / 0.99) / (2 * 1.959963984540054)  # of electricity per heat
    pedigree = 0.0006 + 0.0006 + 0.0001 + 0.0002 + 2.5e-5 + 0.0006
    assert _of(bare, library)[:2] == (pytest.approx(math.exp(math.sqrt(pedigree + math.log1p(deviation**2))), rel=1e-9), "source")


def test_the_spread_between_two_sources(gas: Record, library: Library) -> None:
    spread = gas.model_copy(update={"other_figures": (_figure("a", 2.0),)})
    assert _of(spread, library) == (pytest.approx(2 ** (1 / 1.128), rel=1e-9), "spread", 2)


def test_of_three_sources_the_widest_ratio_counts(gas: Record, library: Library) -> None:
    check = CrossCheck(**_figure("b", 0.8).model_dump(by_alias=True), tolerance=0.3)
    spread = gas.model_copy(update={"cross_checks": (check,), "other_figures": (_figure("a", 1.6),)})
    assert _of(spread, library) == (pytest.approx((1.6 / 0.8) ** (1 / 1.693), rel=1e-9), "spread", 3)


def test_figures_that_share_data_or_come_from_one_source_count_once(gas: Record, library: Library) -> None:
    shared = gas.model_copy(update={"other_figures": (_figure("a", 9.0, independent=False),)})
    assert _of(shared, library)[1:] == ("pedigree", 1)
    twice = gas.model_copy(update={"other_figures": (_figure("a", 1.9), _figure("a", 2.0))})  # the one further away
    assert _of(twice, library) == (pytest.approx(2 ** (1 / 1.128), rel=1e-9), "spread", 2)


def test_sources_that_agree_by_chance_do_not_narrow_the_pedigree(gas: Record, library: Library) -> None:
    agreeing = gas.model_copy(update={"other_figures": (_figure("a", 1.001),)})
    assert _of(agreeing, library) == (pytest.approx(PEDIGREE, rel=1e-12), "pedigree", 1)


def test_what_the_source_states_comes_first(gas: Record, library: Library) -> None:
    interval = Interval(low=0.7, high=1.3, source="base_carbone_23_6", printed="±30 %")
    stated = gas.model_copy(update={"uncertainty": interval, "other_figures": (_figure("a", 5.0),)})
    gsd, basis, _ = _of(stated, library)
    assert (gsd, basis) == (pytest.approx(math.exp(math.log(1.3 / 0.7) / (2 * 1.96)), rel=1e-4), "source")
    found = uncertainty(stated, library, unit_scores(library, chosen()))
    low, high = found.interval
    assert high / low == pytest.approx(1.3 / 0.7, rel=1e-12)


def test_every_record_of_the_library_has_one(library: Library) -> None:
    scores = unit_scores(library, chosen())
    for record in library.records.values():
        found = uncertainty(record, library, scores)
        assert 1 < found.gsd < 12, record.id  # wider than an order of magnitude each way would be no information


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=9), st.floats(0.1, 10))
def test_the_spread_does_not_depend_on_the_unit(values: list[float], scale: float) -> None:
    assert of_spread([value * scale for value in values]) == pytest.approx(of_spread(values), rel=1e-9)


@given(st.tuples(*[st.integers(1, 5)] * 5))
def test_a_worse_pedigree_is_never_more_certain(scores: tuple[int, int, int, int, int]) -> None:
    worse = tuple(min(score + 1, 5) for score in scores)
    assert of_pedigree(worse) >= of_pedigree(scores)  # type: ignore[arg-type]
