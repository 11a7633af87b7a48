"""The table of what is known of the legality of every treatment of waste in a result."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.case.checks.legality import Standing, standings
from ius_lca.computed import Computed
from ius_lca.library.record import Library
from ius_lca.results import Cell


def legality_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Rows of the table `legality`; `reference` is none for what the symbiosis itself takes.

    `since` of a row that is `not known` is that of a ban which starts after the years of the case; a cell is none where no
    ban is held.
    """
    for one in standings(c.case, c.library):
        for reference in one.references or (None,):
            yield reference, one.exchange, one.role, one.record.id, *_facts(one, c.case.place, c.library)


def _facts(one: Standing, place: str, library: Library) -> tuple[Cell, ...]:
    waste = ", ".join(one.wastes)
    if one.ban is None:
        return place, one.record.treatment, waste, one.legal, *(None,) * 4, one.exemption or None, *(None,) * 4
    ban, source = one.ban, library.legality.sources[one.ban.source]
    cited = f"{source.publisher}: {source.title}, {source.address}"
    rule = (ban.name, ban.condition or None, one.exemption or None, ban.act, ban.article or None, cited, ban.read)
    return ban.place, one.record.treatment, waste, one.legal, one.year, ban.since, *rule
