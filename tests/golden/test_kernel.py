"""Arithmetic of matrices on backgrounds of two or three unit processes, each solved by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ius_lca.errors import VerificationError
from ius_lca.impact.background import Background, Entry, compile_background
from ius_lca.impact.brightway import background_matrices, score_whole
from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.record import Library

CLIMATE = {"climate": {"co2": 1.0, "methane": 29.8}}


def _background(
    production: dict[str, float], inputs: list[tuple[str, str, float]], emissions: list[tuple[str, str, float]]
) -> Background:
    """production: by process.  inputs: (taken, by, amount).  emissions: (flow, of, amount)."""
    flows = tuple(dict.fromkeys(flow for flow, _, _ in emissions))
    return Background(
        tuple(production),
        tuple(production.values()),
        tuple(Entry(*entry) for entry in inputs),
        tuple(Entry(*entry) for entry in emissions),
        flows,
    )


def _score(background: Background, product: str) -> float:
    """Climate score of one unit of a product, both ways, which must agree."""
    matrices = background_matrices(background)
    direct = np.array([[CLIMATE["climate"].get(flow, 0.0)] for flow in background.flows])
    adjoint = float(matrices.adjoint(matrices.biosphere.T @ direct)[background.ids.index(product), 0])
    foreground = _background({"demand": 1.0}, [(product, "demand", 1.0)], [])
    whole = score_whole(background, foreground, CLIMATE, ["demand"])[("demand", "climate")].value
    assert adjoint == pytest.approx(whole, rel=1e-12)
    return adjoint


def test_process_that_makes_five_units_per_run_is_charged_a_fifth_per_unit() -> None:
    background = _background(
        {"brick": 5.0, "power": 1.0},
        [("power", "brick", 3.0)],
        [("co2", "brick", 2.0), ("co2", "power", 0.4)],
    )
    run = 2.0 + 3.0 * 0.4  # own emission + power of one run
    assert _score(background, "brick") == pytest.approx(run / 5, rel=1e-12)


def test_waste_treatment_is_a_service_that_is_taken() -> None:
    background = _background(
        {"factory": 1.0, "landfill": 1.0},
        [("landfill", "factory", 0.25)],  # the factory has 0.25 kg treated per unit
        [("co2", "factory", 7.0), ("methane", "landfill", 0.1)],
    )
    assert _score(background, "factory") == pytest.approx(7.0 + 0.25 * 0.1 * 29.8, rel=1e-12)
    assert _score(background, "landfill") == pytest.approx(0.1 * 29.8, rel=1e-12)


def test_coproduct_entered_as_displaced_product_reduces_the_score() -> None:
    background = _background(
        {"cogeneration": 1.0, "boiler": 1.0},
        [("boiler", "cogeneration", -1.5)],  # its heat stands in the boiler's row: 1.5 units less are fired
        [("co2", "cogeneration", 9.0), ("co2", "boiler", 4.0)],
    )
    assert _score(background, "cogeneration") == pytest.approx(9.0 - 1.5 * 4.0, rel=1e-12)


def test_loop_of_two_processes_is_solved() -> None:
    background = _background(
        {"coal": 1.0, "power": 1.0},
        [("power", "coal", 0.1), ("coal", "power", 0.5)],
        [("co2", "coal", 2.0), ("co2", "power", 3.0)],
    )
    # coal = 2 + 0.1 power and power = 3 + 0.5 coal
    coal = (2.0 + 0.1 * 3.0) / (1 - 0.1 * 0.5)
    assert _score(background, "coal") == pytest.approx(coal, rel=1e-12)
    assert _score(background, "power") == pytest.approx(3.0 + 0.5 * coal, rel=1e-12)


def test_process_that_takes_its_own_product_is_solved() -> None:
    background = _background({"power": 1.0}, [("power", "power", 0.2)], [("co2", "power", 1.0)])
    assert _score(background, "power") == pytest.approx(1.0 / (1 - 0.2), rel=1e-12)


def test_the_same_input_listed_twice_counts_twice() -> None:
    background = _background(
        {"factory": 1.0, "power": 1.0},
        [("power", "factory", 1.0), ("power", "factory", 2.0)],
        [("co2", "power", 0.5), ("co2", "factory", 0.25), ("co2", "factory", 0.25)],
    )
    assert _score(background, "factory") == pytest.approx((1.0 + 2.0) * 0.5 + 0.25 + 0.25, rel=1e-12)


def test_adjoint_equals_forward_for_every_product_of_a_random_background() -> None:
    rng = np.random.default_rng(7)
    names = [f"p{index}" for index in range(12)]
    inputs = [(taken, by, float(rng.uniform(0, 0.1))) for taken in names for by in names if taken != by and rng.random() < 0.5]
    background = _background(
        {name: float(rng.uniform(0.5, 5)) for name in names}, inputs, [("co2", name, float(rng.uniform(0, 9))) for name in names]
    )
    matrices = background_matrices(background)
    direct = matrices.biosphere.T @ np.array([[1.0]])
    forward = direct[:, 0] @ np.linalg.solve(matrices.technosphere, np.eye(len(names)))
    assert matrices.adjoint(direct)[:, 0] == pytest.approx(forward, rel=1e-12)


def test_amounts_stay_double_precision() -> None:
    background = _background({"a": 0.6, "b": 1.0}, [("b", "a", 0.1)], [("co2", "a", 0.7)])
    matrices = background_matrices(background)
    assert matrices.technosphere[0, 0] == 0.6  # 0.6000000238 as float32
    assert matrices.technosphere[1, 0] == -0.1
    assert matrices.biosphere[0, 0] == 0.7


def test_rows_and_columns_follow_the_order_of_the_background() -> None:
    background = _background({"z": 2.0, "a": 3.0}, [("a", "z", 5.0)], [("methane", "a", 7.0), ("co2", "z", 11.0)])
    matrices = background_matrices(background)
    assert matrices.technosphere.tolist() == [[2.0, 0.0], [-5.0, 3.0]]
    assert matrices.biosphere.tolist() == [[0.0, 7.0], [11.0, 0.0]]


def test_a_flow_that_nothing_emits_is_a_row_of_zeros() -> None:
    background = Background(("a",), (1.0,), (), (Entry("co2", "a", 2.0),), ("methane", "co2"))
    assert background_matrices(background).biosphere.tolist() == [[0.0], [2.0]]


def test_singular_background_is_an_error() -> None:
    background = _background({"a": 1.0, "b": 1.0}, [("b", "a", 1.0), ("a", "b", 1.0)], [("co2", "a", 1.0)])
    matrices = background_matrices(background)
    with pytest.raises(VerificationError, match="loop without solution"):
        matrices.adjoint(matrices.biosphere.T @ np.array([[1.0]]))


LIBRARY_OF_THREE = """
{
  "version": "0", "sha256": "three records of the tests",
  "sources": {"s": {"title": "t", "publisher": "p", "year": 2020, "address": "a", "licence": "l"}},
  "flows": {
    "co2_fossil": {"name": "CO2", "compartment": ["air"], "unit": "kg", "code": "1"},
    "waste_to_landfill": {"name": "W", "compartment": ["waste"], "unit": "kg", "code": "2"}
  },
  "records": {
    "power.plant": {"id": "power.plant", "kind": "unit_process", "name": "n", "category": "energy/electricity",
      "reference": {"product": "power", "amount": 5, "unit": "kWh"}, "location": "SE", "year": 2020,
      "parameters": {"per_mj": {"value": 0.1, "unit": "kg/MJ", "what": "CO2", "source": "s"}},
      "biosphere": [{"flow": "co2_fossil", "amount": "per_mj*18000", "unit": "g", "source": "s"},
                    {"flow": "waste_to_landfill", "amount": "10", "unit": "kg", "source": "s"}],
      "boundary": {"scope": "x"}, "covers": ["climate_change"],
      "sources": [{"ref": "s", "where": "w"}], "quality": {"pedigree": [1, 1, 1, 1, 1], "verified": true}},
    "waste.burn": {"id": "waste.burn", "kind": "unit_process", "name": "n", "category": "waste/incineration",
      "reference": {"product": "treatment", "amount": 1, "unit": "kg"}, "location": "SE", "year": 2020,
      "technosphere": [{"input": "power.plant", "amount": "0.36", "unit": "MJ", "source": "s"},
                       {"input": "waste.tip", "amount": "200", "unit": "g", "source": "s"}],
      "boundary": {"scope": "x"}, "covers": ["climate_change", "landfill_direct"],
      "sources": [{"ref": "s", "where": "w"}], "quality": {"pedigree": [1, 1, 1, 1, 1], "verified": true}},
    "waste.tip": {"id": "waste.tip", "kind": "unit_process", "name": "n", "category": "waste/landfill",
      "reference": {"product": "treatment", "amount": 1, "unit": "t"}, "location": "SE", "year": 2020,
      "biosphere": [{"flow": "waste_to_landfill", "amount": "1", "unit": "t", "source": "s"}],
      "boundary": {"scope": "x"}, "covers": ["landfill_direct"],
      "sources": [{"ref": "s", "where": "w"}], "quality": {"pedigree": [1, 1, 1, 1, 1], "verified": true}}
  }
}
"""


@pytest.fixture
def three_records() -> Library:
    """A power plant, an incinerator that takes power and a tip, and the tip."""
    return Library.model_validate_json(LIBRARY_OF_THREE)


def test_compiled_amounts_are_in_the_units_of_what_they_point_at(three_records: Library) -> None:
    background = compile_background(three_records)
    assert background.production == (5.0, 1.0, 1.0)
    assert background.technosphere == (
        Entry("power.plant", "waste.burn", pytest.approx(0.36 / 3.6, rel=1e-12)),  # MJ to kWh
        Entry("waste.tip", "waste.burn", pytest.approx(0.0002, rel=1e-12)),  # g to t
    )
    assert background.biosphere[0] == Entry("co2_fossil", "power.plant", pytest.approx(0.1 * 18000 / 1000, rel=1e-12))
    assert background.biosphere[2] == Entry("waste_to_landfill", "waste.tip", pytest.approx(1000.0, rel=1e-12))


def test_unit_scores_of_a_library_built_by_hand(three_records: Library) -> None:
    units = unit_scores(three_records, chosen())
    row = {name: index for index, name in enumerate(units.ids)}
    climate = units.scores[:, units.indicators.index("climate_change")]
    per_kwh = 0.1 * 18 / 5  # kg CO2 per run over the 5 kWh of a run
    assert climate[row["power.plant"]] == pytest.approx(per_kwh, rel=1e-12)
    assert climate[row["waste.burn"]] == pytest.approx(0.1 * per_kwh, rel=1e-12)  # 0.36 MJ of power
    life_cycle = units.scores[:, units.indicators.index("landfill_life_cycle")]
    assert life_cycle[row["waste.burn"]] == pytest.approx(0.2 + 0.1 * 10 / 5, rel=1e-12)  # ash + ash of its power
    assert units.treated_kg == pytest.approx([0.0, 0.2, 1000.0], rel=1e-12)  # the power plant's ash is not of the stream


def test_waste_of_what_is_no_treatment_never_counts_as_direct_landfill() -> None:
    tipped = (
        '"technosphere": [{"input": "waste.tip", "amount": "3", "unit": "kg", "source": "s"}],\n      "parameters": {"per_mj"'
    )
    library = Library.model_validate_json(LIBRARY_OF_THREE.replace('"parameters": {"per_mj"', tipped).replace("three", "tipped"))
    units = unit_scores(library, chosen())
    life_cycle = units.scores[:, units.indicators.index("landfill_life_cycle")]
    assert life_cycle[0] == pytest.approx((10 + 3) / 5, rel=1e-12)  # its own ash and what it brings to the tip, of 5 kWh a run
    assert units.treated_kg == pytest.approx([0.0, 0.2, 1000.0], rel=1e-12)  # the tip of the power plant is not of the stream


def test_gaps_and_what_is_uncovered_follow_the_chain(three_records: Library) -> None:
    units = unit_scores(three_records, chosen())
    row = {name: index for index, name in enumerate(units.ids)}
    raw = units.indicators.index("raw_materials")
    climate = units.indicators.index("climate_change")
    assert units.gaps[:, raw].all()
    assert units.uncovered[row["waste.burn"], raw] == pytest.approx(0.1 * 0.1 * 18 / 5, rel=1e-12)
    assert units.gaps[:, climate].tolist() == [False, True, True]  # the tip says nothing of climate change
    assert units.gaps[:, units.indicators.index("landfill_direct")].tolist() == [False, False, False]


def test_kept_unit_scores_are_those_that_were_solved(three_records: Library) -> None:
    first, again = unit_scores(three_records, chosen()), unit_scores(three_records, chosen())
    assert again.ids == first.ids and again.indicators == first.indicators
    for name in ("scores", "uncovered", "gaps", "treated_kg"):
        assert np.array_equal(getattr(first, name), getattr(again, name))


@pytest.mark.parametrize("kept", [b"", b"PK", "half"])
def test_kept_unit_scores_that_were_damaged_are_solved_again(
    three_records: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bytes | str
) -> None:
    monkeypatch.setenv("IUS_LCA_CACHE", str(tmp_path))
    first = unit_scores(three_records, chosen())
    (path,) = tmp_path.glob("unit-scores-*")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if isinstance(kept, str) else kept)
    assert np.array_equal(unit_scores(three_records, chosen()).scores, first.scores)
    assert path.read_bytes() == whole
