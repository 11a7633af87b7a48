"""Who gives what to whom, as a picture: actors in columns, exchanges as bands between them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDTH, _BOX_WIDTH, _BOX_HEIGHT, _ROW, _MARGIN = 940.0, 176.0, 58.0, 112.0, 12.0
_THINNEST, _THICKEST, _LINE = 3.0, 22.0, 15.0


@dataclass(frozen=True, slots=True)
class Box:
    """An actor: lines of its name, and its top left corner."""

    lines: tuple[str, ...]
    kind: str
    x: float
    y: float
    width: float = _BOX_WIDTH
    height: float = _BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Band:
    """An exchange: its path, how thick it is drawn, whether it gains, and its label."""

    path: str
    thickness: float
    gain: bool
    lines: tuple[str, ...]
    label_x: float
    label_y: float
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
    """What is drawn as a band: from, to, label and the benefit that sets its thickness."""

    donor: str
    receiver: str
    label: str
    benefit: float


def flow_map(actors: Mapping[str, tuple[str, str]], links: Sequence[Link]) -> FlowMap:
    """Lay out actors {id: (name, kind)} and links; thickness follows the square root of the benefit."""
    columns = _columns(actors, links)
    count = max(columns.values(), default=0) + 1
    step = (_WIDTH - 2 * _MARGIN - _BOX_WIDTH) / max(count - 1, 1)
    rows = _rows(actors, links, columns)
    tallest = max((sum(1 for column in columns.values() if column == index) for index in range(count)), default=1)
    height = 2 * _MARGIN + tallest * _ROW + 2 * _LINE
    boxes = {}
    for actor, (name, kind) in actors.items():
        here = sum(1 for column in columns.values() if column == columns[actor])
        slot = (height - 2 * _LINE) / here
        x = _MARGIN + columns[actor] * step
        y = slot * rows[actor] + slot / 2 - _BOX_HEIGHT / 2
        boxes[actor] = Box(tuple(textwrap.wrap(name, 24)[:3]), kind, x, y)
    largest = max((abs(link.benefit) for link in links), default=0.0)
    bands = []
    leaving = {actor: [link for link in links if link.donor == actor] for actor in actors}
    arriving = {actor: [link for link in links if link.receiver == actor] for actor in actors}
    for link in links:
        share = (abs(link.benefit) / largest) ** 0.5 if largest else 0.0
        start = _port(boxes[link.donor], leaving[link.donor], link)
        end = _port(boxes[link.receiver], arriving[link.receiver], link)
        bands.append(_band(link, boxes, start, end, max(_THINNEST, _THICKEST * share)))
    return FlowMap(_WIDTH, height, tuple(boxes.values()), tuple(bands))


def _port(box: Box, links: Sequence[Link], link: Link) -> float:
    """Where on a box's side a link stands: links share the side evenly."""
    return box.y + box.height * (links.index(link) + 1) / (len(links) + 1)


def _band(link: Link, boxes: Mapping[str, Box], start: float, end: float, thickness: float) -> Band:
    donor, receiver = boxes[link.donor], boxes[link.receiver]
    lines = tuple(textwrap.wrap(link.label, 25)[:3])
    tip = 9 + thickness / 3
    if receiver.x > donor.x:
        x0, x1 = donor.x + donor.width, receiver.x - tip
        bend = (x1 - x0) * 0.45
        path = f"M {x0:.1f} {start:.1f} C {x0 + bend:.1f} {start:.1f}, {x1 - bend:.1f} {end:.1f}, {x1:.1f} {end:.1f}"
        arrow = f"{x1:.1f},{end - tip:.1f} {x1 + tip:.1f},{end:.1f} {x1:.1f},{end + tip:.1f}"
        # Beside the level end of the band, on the side that the band does not come from.
        above = end - thickness / 2 - 8
        below = end + thickness / 2 + 16 + _LINE * (len(lines) - 1)
        return Band(path, thickness, link.benefit >= 0, lines, (x0 + x1) / 2, below if start < end - _LINE else above, arrow)
    # A loop back, or to the same column: round below both boxes.
    x0, x1 = donor.x + donor.width / 2, receiver.x + receiver.width / 2
    low = max(donor.y, receiver.y) + _BOX_HEIGHT + 26
    bottom, turn = receiver.y + receiver.height, low + 18
    path = f"M {x0:.1f} {donor.y + donor.height:.1f} C {x0:.1f} {turn:.1f}, {x1:.1f} {turn:.1f}, {x1:.1f} {bottom + tip:.1f}"
    arrow = f"{x1 - tip:.1f},{bottom + tip:.1f} {x1:.1f},{bottom:.1f} {x1 + tip:.1f},{bottom + tip:.1f}"
    return Band(path, thickness, link.benefit >= 0, lines, (x0 + x1) / 2, low + 8, arrow)


def _columns(actors: Mapping[str, object], links: Sequence[Link]) -> dict[str, int]:
    """Receivers stand to the right of their donors; in a loop, the first link seen decides."""
    columns = dict.fromkeys(actors, 0)
    for _ in actors:
        for link in links:
            if columns[link.receiver] <= columns[link.donor] and not _leads_to(link.receiver, link.donor, links):
                columns[link.receiver] = columns[link.donor] + 1
    if links and max(columns.values()) == 0:  # a pure loop
        columns[links[0].receiver] = 1
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
