"""Which disposals are banned where and since when, each with the legal act and where it was read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ius_lca.library.source import Source
from ius_lca.quantity import Frozen

_YEAR = 4


def _day(written: str) -> str:
    try:
        date.fromisoformat(f"{written}-01-01" if len(written) == _YEAR else written)
    except ValueError as error:
        raise ValueError(f"'{written}' is no date: write a year or a day, such as 2005 or 2009-07-01") from error
    return written


#: A year, or a day of it: as precise as the source prints it.
Day = Annotated[str, AfterValidator(_day)]


class Ban(Frozen):
    """A rule that bans a treatment of a kind of waste in a country or region."""

    name: str
    """What is banned, in a few words."""
    place: str
    """Key in `places.yaml`; a ban of a wider region holds within it."""
    treatment: str
    """As the category of records says it: `landfill`."""
    waste: str
    """Kind of waste, one of those that `wastes` gives a record."""
    excludes: tuple[str, ...] = ()
    """Kinds that the rule itself leaves out."""
    since: Day
    until: Day | None = None
    """The last day or year of it; none while it holds."""
    condition: str = ""
    """What the waste must be for the rule to hold, if its kind does not say it."""
    exemptions: tuple[str, ...] = ()
    """By rule, or by whom and when they are granted."""
    act: str
    article: str
    source: str
    """Key in `sources` of the same file."""
    where: str
    printed: str
    """As the source prints it."""
    read: Literal["primary", "authority", "secondary"]
    """The text of the act, what the competent authority says of it, or what others say of it."""
    note: str = ""

    @property
    def first_year(self) -> int:
        return int(self.since[:_YEAR])

    @property
    def last_year(self) -> int | None:
        return int(self.until[:_YEAR]) if self.until else None

    def told(self, place: str) -> str:
        """The ban in a sentence without its end; `place` is the name of where it holds."""
        condition = f", if {self.condition}," if self.condition else ""
        act = f"{self.act}, {self.article}" if self.article else self.act
        return f"{self.name}{condition} is banned in {place} since {self.since} ({act})"

    def within(self, start: int, end: int) -> int | None:
        """The first year from `start` to `end` in which it holds, wholly or in part; none if there is no such year."""
        year = max(start, self.first_year)
        return year if year <= end and (self.last_year is None or year <= self.last_year) else None


class Legality(Frozen):
    """What is known of the legality of disposals. What stands nowhere here is not known, which permits nothing."""

    wastes: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    """Kinds of waste that a record treats, by its id."""
    bans: dict[str, Ban] = {}
    sources: dict[str, Source] = {}

    def bans_of(self, record: str, treatment: str, places: tuple[str, ...]) -> list[Ban]:
        """Bans of a treatment in any of some places: those without a condition first, then the older ones.

        >>> from ius_lca.library.read import embedded_library
        >>> legality = embedded_library().legality
        >>> [ban.since for ban in legality.bans_of("waste.landfill.paper", "landfill", ("SE", "EU27"))]
        ['2005', '2002']
        >>> legality.bans_of("waste.landfill.soil", "landfill", ("SE", "EU27"))
        []
        """
        kinds = set(self.wastes.get(record, ()))
        found = [
            ban
            for ban in self.bans.values()
            if ban.place in places and ban.treatment == treatment and ban.waste in kinds and not kinds & set(ban.excludes)
        ]
        return sorted(found, key=lambda ban: (bool(ban.condition), ban.since))
