"""Charts of money: what has come back by the end of each year, and the prices between which both sides gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ius_lca.report.charts import COST, GAIN, THIN, TOTAL

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_INK = "#1d2733"
#: Of the actors, dark enough for the names at the ends of their lines.
COLOURS = (GAIN, COST, "#8a6d00", "#6b5b95", "#a23b5a", "#4d7d8c")
#: Size of the curves, and the least distance of two names at their ends [px].
_WIDTH, _HEIGHT, _APART = 600, 300, 15
#: Free above and below the curves, as a share of what they span; so many years are written at most.
_ROOM, _TICKS = 0.04, 12
#: With less of the height than this below zero, what marks zero is written above it.
_LOW = 0.1
#: Size of a corridor [px]; half of what lies between its outermost prices is left free on each side.
_BAR_WIDTH, _BAR_HEIGHT = 760, 70
_FREE = 0.5
#: From the top: what is written above the bar, the middle of the bar, and what is written below it [px].
_ABOVE, _MIDDLE, _BELOW = 10, 33, 58
_OPEN: dict[str, Any] = {"color": GAIN, "opacity": 0.75}
_GAP: dict[str, Any] = {"color": COST, "fillOpacity": 0.18, "stroke": COST, "strokeWidth": 1.5, "strokeDash": [5, 3]}
_DIAMOND = {"type": "point", "shape": "diamond", "filled": True, "size": 110, "color": "#fff", "stroke": _INK, "opacity": 1}


@dataclass(frozen=True, slots=True)
class Curve:
    """Money by the end of each year, with its name and last figure as they are written at its end."""

    label: str
    points: Sequence[tuple[int, float]]
    colour: str
    strong: bool = False
    dashed: bool = False

    @property
    def style(self) -> dict[str, Any]:
        """Thick for what matters most, dashed without points for what is derived."""
        if self.dashed:
            return {"strokeWidth": 1.8, "strokeDash": [5, 4]}
        return {"strokeWidth": 3.5 if self.strong else 1.8, "point": {"size": 14, "color": self.colour}}


def cumulative(curves: Sequence[Curve], unit: str, payback: tuple[float, str] | None) -> dict[str, Any]:
    """Curves from year 0, named at their ends.

    payback: the year in which the first of them crosses zero for good, and its words.
    """
    values = [0.0, *(value for curve in curves for _, value in curve.points)]
    room = (max(values) - min(values) or 1.0) * _ROOM
    domain = [min(values) - room, max(values) + room]
    first, last = curves[0].points[0][0], curves[0].points[-1][0]
    place = _place(domain, first, last, unit)
    zero = {"data": {"values": [{}]}, "mark": {"type": "rule", "color": "#333"}, "encoding": {"y": {"datum": 0}}}
    lines = [
        {
            "data": {"values": [{"year": year, "value": value} for year, value in curve.points]},
            "mark": {"type": "line", "color": curve.colour, **curve.style},
            "encoding": place,
        }
        for curve in curves
    ]
    names = {
        "data": {"values": _names(curves, domain)},
        "mark": {"type": "text", "align": "left", "dx": 8},
        "encoding": {**place, "text": {"field": "label"}, "color": {"field": "colour", "type": "nominal", "scale": None}},
    }
    low = -domain[0] < _LOW * (domain[1] - domain[0])  # no room for words below zero
    spot = [] if payback is None else _spot(*payback, place, -13 if low else 15)
    return {"$schema": _SCHEMA, "width": _WIDTH, "height": _HEIGHT, "layer": [zero, *lines, names, *spot]}


def _spot(year: float, words: str, place: dict[str, Any], dy: int) -> list[dict[str, Any]]:
    """A dot on the zero line with its words, on white so that they are read across other lines."""
    common = {"data": {"values": [{"year": year, "value": 0.0, "label": words}]}}
    text = {"type": "text", "align": "left", "dx": 8, "dy": dy, "fontWeight": 700}
    written = {**place, "text": {"field": "label"}}
    return [
        {**common, "mark": {**text, "stroke": "#fff", "strokeWidth": 5, "strokeJoin": "round"}, "encoding": written},
        {**common, "mark": text, "encoding": written},
        {**common, "mark": {"type": "point", "filled": True, "color": TOTAL, "opacity": 1, "size": 90}, "encoding": place},
    ]


def _place(domain: Sequence[float], first: int, last: int, unit: str) -> dict[str, Any]:
    years = {"format": "d", "tickMinStep": 1, "grid": False, "tickCount": min(last - first, _TICKS), "labelFlush": False}
    money = {"tickCount": 6, "labelExpr": THIN}
    return {
        "x": {**_scaled("year", [first, last]), "title": "end of year", "axis": years},
        "y": {**_scaled("value", domain), "title": f"paid and gained so far [{unit}]", "axis": money},
    }


def _scaled(field: str, domain: Sequence[float]) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": {"domain": list(domain), "nice": False, "zero": False}}


def _names(curves: Sequence[Curve], domain: Sequence[float]) -> list[dict[str, Any]]:
    """The names at the ends, far enough from each other to be read."""
    apart = (domain[1] - domain[0]) * _APART / _HEIGHT
    placed: list[dict[str, Any]] = []
    floor = domain[0] - apart
    for curve in sorted(curves, key=lambda one: one.points[-1][1]):
        floor = max(curve.points[-1][1], floor + apart)
        placed.append({"year": curve.points[-1][0], "value": floor, "label": curve.label, "colour": curve.colour})
    # What was pushed beyond the top comes down again, and what lies below it gives way.
    ceiling = domain[1] + apart
    for name in reversed(placed):
        ceiling = name["value"] = min(name["value"], ceiling - apart)
    return placed


@dataclass(frozen=True, slots=True)
class Mark:
    """A price and what is written at it."""

    value: float
    label: str


def price_corridor(donor: Mark, receiver: Mark, now: Mark | None, midpoint: Mark | None) -> dict[str, Any]:
    """A bar from the least that the donor needs to the most that the receiver pays; without a midpoint, the gap between them."""
    low, high = sorted((donor, receiver), key=lambda mark: mark.value)
    values = [mark.value for mark in (low, high, now) if mark is not None]
    free = (max(values) - min(values) or abs(low.value) or 1.0) * _FREE
    domain = [min(values) - free, max(values) + free]
    bar = {"type": "bar", "height": 20, **(_GAP if midpoint is None else _OPEN)}
    ends = {"x": _price("from", domain), "x2": {"field": "to"}, "y": {"value": _MIDDLE}}
    layers: list[dict[str, Any]] = [
        {"data": {"values": [{}]}, "mark": {"type": "rule", "color": "#c5ced8"}, "encoding": {"y": {"value": _MIDDLE}}},
        {"data": {"values": [{"from": low.value, "to": high.value}]}, "mark": bar, "encoding": ends},
        _text(low, domain, _BELOW, "right"),
        _text(high, domain, _BELOW, "left"),
    ]
    # The price and the midpoint are written away from each other.
    left = midpoint is None or now is None or now.value <= midpoint.value
    if midpoint is not None:
        spot = {"x": _price("value", domain), "y": {"value": _MIDDLE}}
        layers.append({"data": {"values": [{"value": midpoint.value}]}, "mark": _DIAMOND, "encoding": spot})
        layers.append(_text(midpoint, domain, _ABOVE, "left" if left else "right"))
    if now is not None:
        across = {"x": _price("value", domain), "y": {"value": _MIDDLE - 14}, "y2": {"value": _MIDDLE + 14}}
        rule = {"type": "rule", "color": _INK, "strokeWidth": 3}
        layers.append({"data": {"values": [{"value": now.value}]}, "mark": rule, "encoding": across})
        layers.append(_text(now, domain, _ABOVE, "right" if left else "left", bold=True))
    return {"$schema": _SCHEMA, "width": _BAR_WIDTH, "height": _BAR_HEIGHT, "layer": layers}


def _price(field: str, domain: Sequence[float]) -> dict[str, Any]:
    return {**_scaled(field, domain), "axis": None}


def _text(mark: Mark, domain: Sequence[float], y: int, align: str, *, bold: bool = False) -> dict[str, Any]:
    style = {"type": "text", "align": align, "dx": 2 if align == "left" else -2, "fontWeight": 700 if bold else 400}
    return {
        "data": {"values": [{"value": mark.value, "label": mark.label}]},
        "mark": style,
        "encoding": {"x": _price("value", domain), "y": {"value": y}, "text": {"field": "label"}},
    }
