"""What holds for the Circular Footprint Formula and for module D, whatever their numbers."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca.circular import cff, module_d
from ius_lca.circular.cff import Activities, Parameters

NAMES = [field.name for field in fields(Activities)]
PARTS = (cff.material, cff.energy, cff.disposal, module_d.material, module_d.energy)

shares = st.floats(0, 1)
burdens = st.floats(-100, 1000)
activities = st.builds(Activities, **dict.fromkeys(NAMES, burdens))


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    """Shares that may stand together."""
    end, split, efficiency, heat = (draw(shares) for _ in range(4))
    return Parameters(
        A=draw(shares),
        B=draw(shares),
        R1=draw(shares),
        R2=end * split,
        R3=end * (1 - split),
        quality_in=draw(shares),
        quality_out=draw(shares),
        LHV=draw(st.floats(0, 50)),
        X_heat=efficiency * heat,
        X_elec=efficiency * (1 - heat),
    )


def _total(p: Parameters, e: Activities) -> float:
    return float(cff.material(p, e) + cff.energy(p, e) + cff.disposal(p, e))


@given(parameters(), activities)
def test_virgin_material_that_is_thrown_away_bears_all_of_itself(p: Parameters, e: Activities) -> None:
    linear = replace(p, R1=0.0, R2=0.0, R3=0.0)
    assert _total(linear, e) == pytest.approx(float(e.Ev) + float(e.ED), rel=1e-9, abs=1e-9)


@given(parameters(), activities)
def test_at_the_limits_of_a_the_user_bears_recycling_or_virgin_material(p: Parameters, e: Activities) -> None:
    recycled = replace(p, R1=1.0, R2=0.0)
    assert cff.material(replace(recycled, A=1.0), e) == pytest.approx(e.Erec, rel=1e-9, abs=1e-9)
    expected = float(e.Ev) * p.quality_in
    assert cff.material(replace(recycled, A=0.0), e) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(parameters(), burdens, burdens)
def test_giver_and_taker_share_one_recycling_whatever_a(p: Parameters, virgin: float, recycling: float) -> None:
    """Virgin material that is recycled, and the product made of it: together one virgin production and one recycling."""
    e = Activities(Ev=virgin, Erec=recycling, ErecEoL=recycling, E_star_v=virgin)
    alike = replace(p, quality_out=p.quality_in, R3=0.0)
    giver, taker = replace(alike, R1=0.0, R2=1.0), replace(alike, R1=1.0, R2=0.0)
    assert cff.material(giver, e) + cff.material(taker, e) == pytest.approx(virgin + recycling, rel=1e-9, abs=1e-6)


@given(parameters(), activities, activities, st.floats(-3, 3))
def test_every_part_is_linear_in_its_activities(p: Parameters, one: Activities, other: Activities, times: float) -> None:
    both = Activities(**{name: getattr(one, name) + times * getattr(other, name) for name in NAMES})
    for part in PARTS:
        assert part(p, both) == pytest.approx(part(p, one) + times * part(p, other), rel=1e-9, abs=1e-6)


@given(parameters(), activities)
def test_the_footprint_is_affine_in_recycled_content(p: Parameters, e: Activities) -> None:
    none, whole = _total(replace(p, R1=0.0), e), _total(replace(p, R1=1.0), e)
    assert _total(p, e) == pytest.approx((1 - p.R1) * none + p.R1 * whole, rel=1e-9, abs=1e-6)


@given(parameters(), activities)
def test_equal_flows_in_and_out_have_no_module_d(p: Parameters, e: Activities) -> None:
    closed = replace(p, R2=p.R1)
    assert module_d.material(closed, e) == 0
    assert module_d.material(replace(p, R1=p.R2, R2=p.R1), e) == pytest.approx(-module_d.material(p, e), rel=1e-9, abs=1e-9)


@given(parameters(), activities, activities)
def test_arrays_give_what_their_numbers_give(p: Parameters, one: Activities, other: Activities) -> None:
    both = Activities(**{name: np.array([getattr(one, name), getattr(other, name)]) for name in NAMES})
    for part in PARTS:
        assert np.asarray(part(p, both)) == pytest.approx([part(p, one), part(p, other)], rel=1e-12, abs=1e-12)
