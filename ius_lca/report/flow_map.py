"""Who gives what to whom, as a picture: actors in columns, exchanges as numbered bands between them.

The numbers lead to a list, so that no label can fall on another. Bands to the next column go straight; all others
(over several columns, back, or within one) run in lanes below the boxes: down beside their donor, along, and up beside
their receiver, left of where the numbers of straight bands stand.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BOX_WIDTH, _GAP, _ROW_GAP, _MARGIN = 176.0, 130.0, 30.0, 14.0
_SLIM_BOX, _SLIM_GAP, _MANY_COLUMNS = 132.0, 100.0, 4
_THINNEST, _THICKEST = 3.0, 22.0
_LINE, _PORT, _LANE = 16.0, 24.0, 30.0
#: Where a lane goes down beside its donor and up beside its receiver, and how round its corners are.
_DOWN, _UP, _ROUND = 24.0, 56.0, 12.0
#: Radius of a number, with a little space around it; where along a lane it may stand, the best place first.
_CLEAR, _PLACES = 14.0, (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Box:
    """An actor: lines of its name, its top left corner and its size."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """An exchange: its number, path, thickness, whether it gains, where its number stands, and its arrow head."""

    number: int
    path: str
    thickness: float
    gain: bool
    x: float
    y: float
    arrow: str


@dataclass(frozen=True, slots=True)
class FlowMap:
    """A drawing in its own coordinates."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What is drawn as a band: from, to, and the benefit that sets its thickness."""

    donor: str
    receiver: str
    benefit: float


def flow_map(actors: Mapping[str, str], links: Sequence[Link]) -> FlowMap:
    """Lay out actors {id: name} and links; thickness follows the square root of the benefit."""
    columns = _columns(actors, links)
    boxes, bottom = _boxes(actors, links, columns)
    largest = max((abs(link.benefit) for link in links), default=0.0)
    bands = []
    laned = [link for link in links if columns[link.receiver] != columns[link.donor] + 1]
    upright = {id(link): (_right(boxes[link.donor]) + _DOWN, boxes[link.receiver].x - _UP) for link in laned}
    lanes = 0
    for number, link in enumerate(links, start=1):
        share = (abs(link.benefit) / largest) ** 0.5 if largest else 0.0
        thickness = max(_THINNEST, _THICKEST * share)
        start = _port(boxes[link.donor], [other for other in links if other.donor == link.donor], link)
        end = _port(boxes[link.receiver], [other for other in links if other.receiver == link.receiver], link)
        if columns[link.receiver] == columns[link.donor] + 1:
            bands.append(_straight(number, link, boxes, (start, end), thickness))
        else:
            lanes += 1
            others = tuple(x for other in laned if other is not link for x in upright[id(other)])
            bands.append(_in_lane(number, link, boxes, _Lane(start, end, bottom + lanes * _LANE, others), thickness))
    sides = _DOWN + _THICKEST / 2 if lanes else 0.0
    right = max((_right(box) for box in boxes.values()), default=0.0)
    return FlowMap(right + _MARGIN + sides, bottom + 2 * _MARGIN + lanes * _LANE, tuple(boxes.values()), tuple(bands))


def _boxes(actors: Mapping[str, str], links: Sequence[Link], columns: Mapping[str, int]) -> tuple[dict[str, Box], float]:
    """Where every actor stands, and where the lowest box ends; columns are centred on the tallest."""
    slim = max(columns.values(), default=0) >= _MANY_COLUMNS
    width, gap = (_SLIM_BOX, _SLIM_GAP) if slim else (_BOX_WIDTH, _GAP)
    names = {actor: tuple(textwrap.wrap(name, 16 if slim else 22)) for actor, name in actors.items()}
    rows = _rows(actors, links, columns)
    heights = {}
    for actor, lines in names.items():
        ports = max(sum(link.donor == actor for link in links), sum(link.receiver == actor for link in links))
        heights[actor] = max(_LINE * (len(lines) + 1.6), _PORT * (ports + 1))
    stacks = {
        column: sorted((actor for actor in actors if columns[actor] == column), key=rows.__getitem__)
        for column in sorted(set(columns.values()))
    }
    sizes = {column: sum(heights[actor] + _ROW_GAP for actor in stack) - _ROW_GAP for column, stack in stacks.items()}
    tallest = max(sizes.values(), default=0.0)
    # Room for bands that turn at the sides.
    left = _MARGIN + (_UP if any(columns[link.receiver] != columns[link.donor] + 1 for link in links) else 0.0)
    boxes: dict[str, Box] = {}
    for column, stack in stacks.items():
        y = _MARGIN + (tallest - sizes[column]) / 2
        for actor in stack:
            boxes[actor] = Box(names[actor], left + column * (width + gap), y, width, heights[actor])
            y += heights[actor] + _ROW_GAP
    return {actor: boxes[actor] for actor in actors}, _MARGIN + tallest


def _port(box: Box, links: Sequence[Link], link: Link) -> float:
    """Where on a box's side a link stands: links share the side evenly, also those that look the same."""
    place = next(index for index, other in enumerate(links, start=1) if other is link)
    return box.y + box.height * place / (len(links) + 1)


def _straight(number: int, link: Link, boxes: Mapping[str, Box], ends: tuple[float, float], thickness: float) -> Band:
    start, end = ends
    tip = 9 + thickness / 3
    x0, x1 = _right(boxes[link.donor]), boxes[link.receiver].x - tip
    bend = (x1 - x0) * 0.5
    path = f"M {x0:.1f} {start:.1f} C {x0 + bend:.1f} {start:.1f}, {x1 - bend:.1f} {end:.1f}, {x1:.1f} {end:.1f}"
    # Near the receiver, where bands have parted and ports keep the numbers apart.
    return Band(number, path, thickness, link.benefit >= 0, x1 - 16, end, _head(x1, end, tip))


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where a band leaves, arrives and runs along below, and where other bands go up or down."""

    start: float
    end: float
    y: float
    others: tuple[float, ...]


def _in_lane(number: int, link: Link, boxes: Mapping[str, Box], way: _Lane, thickness: float) -> Band:
    """A band through a lane; its number stands where no other band goes up or down."""
    start, end, lane = way.start, way.end, way.y
    tip = 9 + thickness / 3
    x0, x1 = _right(boxes[link.donor]), boxes[link.receiver].x - tip
    down, up = x0 + _DOWN, boxes[link.receiver].x - _UP
    turn = _ROUND if up > down else -_ROUND
    path = (
        f"M {x0:.1f} {start:.1f} H {down - _ROUND:.1f} Q {down:.1f} {start:.1f} {down:.1f} {start + _ROUND:.1f} "
        f"V {lane - _ROUND:.1f} Q {down:.1f} {lane:.1f} {down + turn:.1f} {lane:.1f} "
        f"H {up - turn:.1f} Q {up:.1f} {lane:.1f} {up:.1f} {lane - _ROUND:.1f} "
        f"V {end + _ROUND:.1f} Q {up:.1f} {end:.1f} {up + _ROUND:.1f} {end:.1f} H {x1:.1f}"
    )
    places = [down + share * (up - down) for share in _PLACES]
    room = _CLEAR + _THICKEST / 2
    x = next((place for place in places if all(abs(place - other) > room for other in way.others)), places[0])
    return Band(number, path, thickness, link.benefit >= 0, x, lane, _head(x1, end, tip))


def _right(box: Box) -> float:
    return box.x + box.width


def _head(x: float, y: float, tip: float) -> str:
    return f"{x:.1f},{y - tip:.1f} {x + tip:.1f},{y:.1f} {x:.1f},{y + tip:.1f}"


def _columns(actors: Mapping[str, object], links: Sequence[Link]) -> dict[str, int]:
    """Receivers stand to the right of their donors; a link that closes a loop is drawn back and moves nobody."""
    forward: list[Link] = []
    for link in links:
        if link.donor != link.receiver and not _leads_to(link.receiver, link.donor, forward):
            forward.append(link)
    columns = dict.fromkeys(actors, 0)
    for _ in actors:
        for link in forward:
            columns[link.receiver] = max(columns[link.receiver], columns[link.donor] + 1)
    return columns


def _leads_to(start: str, goal: str, links: Sequence[Link]) -> bool:
    reached, queue = {start}, [start]
    while queue:
        here = queue.pop()
        for link in links:
            if link.donor == here and link.receiver not in reached:
                reached.add(link.receiver)
                queue.append(link.receiver)
    return goal in reached


def _rows(actors: Mapping[str, object], links: Sequence[Link], columns: Mapping[str, int]) -> dict[str, int]:
    """Order within each column: as the donors to the left stand, so that bands cross little."""
    rows: dict[str, int] = {}
    names = list(actors)
    for column in range(max(columns.values(), default=0) + 1):
        places = {}
        for actor in (name for name in names if columns[name] == column):
            donors = [rows[link.donor] for link in links if link.receiver == actor and link.donor in rows]
            places[actor] = (sum(donors) / len(donors) if donors else float(names.index(actor)), names.index(actor))
        rows |= {actor: row for row, actor in enumerate(sorted(places, key=places.__getitem__))}
    return rows
