"""The picture of who gives what to whom: actors in columns, no number on a box or on a band that goes up or down."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot

import pytest

from ius_lca.report.flow_map import Link, flow_map


def test_receivers_stand_to_the_right_of_donors() -> None:
    actors = {"mill": "Mill", "town": "Town", "farm": "Farm"}
    drawn = flow_map(actors, [Link("mill", "town", 4.0), Link("town", "farm", -1.0)])
    mill, town, farm = drawn.boxes
    assert mill.x < town.x < farm.x
    assert [(band.number, band.gain) for band in drawn.bands] == [(1, True), (2, False)]
    # Square root of 1/4 of the benefit: half as thick.
    assert drawn.bands[1].thickness == pytest.approx(drawn.bands[0].thickness / 2)


NETWORKS = {
    "star": [(f"d{index}", "r") for index in range(5)],
    "pair": [("a", "b")] * 5,
    "chain": [(f"c{index}", f"c{index + 1}") for index in range(6)],
    "loop": [("a", "b"), ("b", "c"), ("c", "a"), ("b", "d"), ("d", "b")],
    "skips": [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d"), ("d", "a")],
    "nothing": [],
    # Lanes that go up beside receivers of straight bands, and lanes below one another.
    "lanes": [("mill", "town"), ("plant", "town"), ("mill", "plant"), ("mill", "board"), ("town", "plant"), ("farm", "mill"),
              ("mill", "farm"), ("plant", "gas"), ("gas", "mill"), ("town", "farm")],
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_boxes_and_numbers_of_a_network_never_overlap(name: str) -> None:
    pairs = NETWORKS[name]
    actors = {actor: f"The {actor} company with a long name, and a daughter" for pair in pairs for actor in pair} | {
        "lonely": "x"
    }
    drawn = flow_map(actors, [Link(donor, receiver, 1.0) for donor, receiver in pairs])
    assert len(drawn.boxes) == len(actors)
    assert [band.number for band in drawn.bands] == list(range(1, len(pairs) + 1))
    for index, one in enumerate(drawn.boxes):
        assert 0 <= one.x <= drawn.width - one.width
        assert 0 <= one.y <= drawn.height - one.height
        for other in drawn.boxes[index + 1 :]:
            assert (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or (other.y + other.height <= one.y)
            )
    radius = 11
    lowest = max((box.y + box.height for box in drawn.boxes), default=0.0)
    for index, band in enumerate(drawn.bands):
        assert not any(
            box.x - radius < band.x < box.x + box.width + radius and box.y - radius < band.y < box.y + box.height + radius
            for box in drawn.boxes
        )
        assert all((band.x - later.x) ** 2 + (band.y - later.y) ** 2 > radius**2 for later in drawn.bands[index + 1 :])
        # Nor does a number stand on a band that runs through a lane.
        assert all(
            hypot(band.x - x, band.y - y) >= radius + other.thickness / 2
            for other in drawn.bands
            if other is not band and other.y > lowest
            for x, y in _points(other.path)
        )


def _points(path: str) -> list[tuple[float, float]]:
    """Points along a path of lines and curves, close to one another."""
    points = [(0.0, 0.0)]
    for command, rest in re.findall(r"([MLHVCQ])([^MLHVCQ]*)", path):
        numbers = [float(one) for one in re.findall(r"-?[0-9.]+", rest)]
        x, y = points[-1]
        if command in "HV":
            corners = [(numbers[0], y) if command == "H" else (x, numbers[0])]
        else:
            corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += corners if command == "M" else [_curve([(x, y), *corners], step / 50) for step in range(1, 51)]
    return points[2:]


def _curve(corners: list[tuple[float, float]], share: float) -> tuple[float, float]:
    """The point of a Bezier curve, or of a line, at a share of its way."""
    while len(corners) > 1:
        corners = [(a + share * (c - a), b + share * (d - b)) for (a, b), (c, d) in pairwise(corners)]
    return corners[0]
