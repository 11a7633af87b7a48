"""Who gives what to whom, as a picture: actors in columns, exchanges as numbered bands between them.

The numbers lead to a list, so that no label can fall on another. Bands to the next column go straight; all others
(over several columns, back, or within one) run in lanes below the boxes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BOX_WIDTH, _GAP, _ROW_GAP, _MARGIN = 176.0, 130.0, 30.0, 14.0
_SLIM_BOX, _SLIM_GAP, _MANY_COLUMNS = 132.0, 84.0, 4
_THINNEST, _THICKEST = 3.0, 22.0
_LINE, _PORT, _LANE, _TURN = 16.0, 24.0, 30.0, 46.0


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
            bands.append(_in_lane(number, link, boxes, (start, end, bottom + lanes * _LANE), thickness))
    sides = _TURN + _MARGIN if lanes else 0.0
    right = max((box.x + box.width for box in boxes.values()), default=0.0)
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
    left = _MARGIN + (_TURN if any(columns[link.receiver] != columns[link.donor] + 1 for link in links) else 0.0)
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
    x0, x1 = boxes[link.donor].x + boxes[link.donor].width, boxes[link.receiver].x - tip
    bend = (x1 - x0) * 0.5
    path = f"M {x0:.1f} {start:.1f} C {x0 + bend:.1f} {start:.1f}, {x1 - bend:.1f} {end:.1f}, {x1:.1f} {end:.1f}"
    # Near the receiver, where bands have parted and ports keep the numbers apart.
    return Band(number, path, thickness, link.benefit >= 0, x1 - 16, end, _head(x1, end, tip))


def _in_lane(number: int, link: Link, boxes: Mapping[str, Box], ends: tuple[float, float, float], thickness: float) -> Band:
    start, end, lane = ends
    tip = 9 + thickness / 3
    x0, x1 = boxes[link.donor].x + boxes[link.donor].width, boxes[link.receiver].x - tip
    out, back = x0 + _TURN, x1 - _TURN + tip
    path = (
        f"M {x0:.1f} {start:.1f} C {out:.1f} {start:.1f}, {out:.1f} {lane:.1f}, {x0:.1f} {lane:.1f} "
        f"L {x1:.1f} {lane:.1f} C {back:.1f} {lane:.1f}, {back:.1f} {end:.1f}, {x1:.1f} {end:.1f}"
        if x0 > x1
        else f"M {x0:.1f} {start:.1f} C {out:.1f} {start:.1f}, {x0:.1f} {lane:.1f}, {out:.1f} {lane:.1f} "
        f"L {back:.1f} {lane:.1f} C {x1:.1f} {lane:.1f}, {back:.1f} {end:.1f}, {x1:.1f} {end:.1f}"
    )
    return Band(number, path, thickness, link.benefit >= 0, (x0 + x1) / 2, lane, _head(x1, end, tip))


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
