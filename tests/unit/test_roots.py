"""The zeros of a function over a range."""

from __future__ import annotations

import math

import pytest

from ius_lca.sensitivity.roots import roots


def test_every_change_of_sign_is_found_in_order() -> None:
    assert roots(math.sin, 1, 10) == pytest.approx((math.pi, 2 * math.pi, 3 * math.pi), rel=1e-14)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda x: x - 0.5, (0.5,)),  # on a point of the scan
        (lambda x: x, (0.0,)),  # at the lower end
        (lambda x: x - 1, (1.0,)),  # at the upper end
        (lambda x: (x - 0.5) ** 2, (0.5,)),  # touched on a point of the scan
        (lambda x: max(0.0, x - 0.5), (0.5,)),  # where it stops being zero
        (lambda _: 0.0, ()),  # zero throughout turns nowhere
        (lambda _: 1.0, ()),
    ],
)
def test_zeros_at_points_of_the_scan_count_once(function: object, expected: tuple[float, ...]) -> None:
    assert roots(function, 0, 1) == expected  # type: ignore[arg-type]


def test_where_there_is_no_number_nothing_is_looked_for() -> None:
    assert roots(lambda x: math.nan if x < 0 else x - 0.7, -1, 1) == pytest.approx((0.7,), rel=1e-14)
    assert roots(lambda _: math.nan, -1, 1) == ()


def test_a_pair_of_zeros_between_two_points_is_not_seen() -> None:
    # The scan is no proof; the answer that follows says "none found", not "none".
    assert roots(lambda x: (x - 0.51) * (x - 0.52), 0, 1, points=3) == ()
    assert roots(lambda x: (x - 0.51) * (x - 0.52), 0, 1, points=1000) == pytest.approx((0.51, 0.52), rel=1e-12)


def test_a_jump_from_one_sign_to_the_other_is_no_zero() -> None:
    assert roots(lambda x: 1 / (x - 0.3), 0, 1) == ()
    assert roots(lambda x: -1.0 if x < 0.3 else 1.0, 0, 1) == ()
    assert roots(lambda x: -1.0 if x < 0.3 else 1000.0, 0, 1) == ()
    assert roots(lambda x: 1 / (x - 0.3) + 10, 0, 1) == pytest.approx((0.2,), rel=1e-12)


def test_what_is_no_number_between_two_points_has_no_zero_there() -> None:
    assert roots(lambda x: math.nan if 0.45 < x < 0.55 else x - 0.5, 0, 1, points=2) == ()
