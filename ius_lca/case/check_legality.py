"""Whether the disposals of a case are legal where it lies, in its years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ius_lca.case.exchange import Target
from ius_lca.case.problems import Problem
from ius_lca.case.schema import Case
from ius_lca.case.targets import targets, uses_of
from ius_lca.errors import Level
from ius_lca.library.bans import Ban
from ius_lca.library.record import Library, Record
from ius_lca.yaml_document import Place

_MEND = "Name another disposal, or say what permits it here: 'legality: {exemption: \"dispensation of the county board, 2021\"}'."


@dataclass(frozen=True, slots=True)
class Standing:
    """How one treatment that a case takes stands to the law.

    references: under which it happens; none if in the symbiosis.  role: the key of the exchange that takes it.
    legal: `no`, `exempt` (banned, but the case states what permits it) or `not known`; a missing ban permits nothing.
    ban: the one in force, else one that starts after the years of the case.  year: the first of the case in which it holds.
    """

    place: Place
    references: tuple[str, ...]
    exchange: str
    role: str
    record: Record
    wastes: tuple[str, ...]
    legal: Literal["no", "exempt", "not known"]
    ban: Ban | None
    year: int | None
    exemption: str
    permit: Place | None

    @property
    def treatment(self) -> str:
        return treatment_of(self.record)


def treatment_of(record: Record) -> str:
    """What a record does with waste, as its category says it: landfill, incineration."""
    return record.category.rpartition("/")[2]


def standings(case: Case, library: Library) -> Iterator[Standing]:
    """Every treatment of waste that the disposals, needs and residues of a case take, also through its own processes.

    library: as the case sees it, with its own factors.
    """
    for key, exchange in case.exchanges.items():
        here: Place = ("exchanges", key)
        taken: list[tuple[Target, Place, tuple[str, ...]]] = []
        if exchange.disposal is not None:
            for use, place in uses_of(exchange.disposal, (*here, "disposal")):
                under = tuple(case.references) if place[3] == "all" else (str(place[4]),)
                taken.append((use, place, under))
        taken += [(need, (*here, "needs", index), ()) for index, need in enumerate(exchange.needs)]
        if exchange.residue is not None:
            taken.append((exchange.residue, (*here, "residue"), ()))
        for target, place, references in taken:
            found = {record.id: (record, exempt, at) for record, exempt, at in _treatments(case, library, target, place)}
            for record, exempt, at in found.values():
                yield _standing(case, library, record, (place, references, key, str(place[2])), (exempt, at))


def _standing(
    case: Case,
    library: Library,
    record: Record,
    role: tuple[Place, tuple[str, ...], str, str],
    permit: tuple[str, Place | None],
) -> Standing:
    start = case.period.start
    bans = library.legality.bans_of(record.id, treatment_of(record), library.around(case.place))
    held = [(ban, year) for ban in bans if (year := ban.within(start, start + case.period.years - 1)) is not None]
    ban, year = held[0] if held else (next((ban for ban in bans if ban.first_year > start), None), None)
    legal: Literal["no", "exempt", "not known"] = "not known" if not held else "exempt" if permit[0] else "no"
    return Standing(*role, record, library.legality.wastes.get(record.id, ()), legal, ban, year, *permit)


def _treatments(
    case: Case,
    library: Library,
    target: Target,
    place: Place,
    *,
    permit: tuple[str, Place | None] = ("", None),
    above: tuple[str, ...] = (),
) -> Iterator[tuple[Record, str, Place | None]]:
    """Records that treat waste, with what permits them and where that is said; the innermost word counts."""
    if target.legality is not None:
        permit = (target.legality.words, (*place, "legality"))
    if target.process in case.processes and target.process not in above:
        for index, line in enumerate(case.processes[target.process].inputs):
            inside: Place = ("processes", target.process, "inputs", index)
            yield from _treatments(case, library, line, inside, permit=permit, above=(*above, target.process))
    record = library.records.get(target.factor or "")
    if record is not None and record.is_treatment:
        yield record, *permit


def legality_problems(case: Case, library: Library) -> Iterator[Problem]:
    """A warning for every treatment that is banned, a note for every exemption that nothing needs."""
    found = list(standings(case, library))
    for one in found:
        if one.legal == "no" and one.ban is not None:
            code = "illegal-reference" if one.references else "illegal-treatment"
            message = f"{one.record.id}: {_ban_words(one.ban, library)}{_from(one, case)}; {_so(one, case)}"
            yield Problem(Level.WARNING, code, one.place, message, _MEND)
    needed = {one.permit for one in found if one.legal == "exempt"}
    for target, place in targets(case):
        if target.legality is not None and (*place, "legality") not in needed:
            message = "no ban is known here that would need this exemption, so it changes nothing."
            yield Problem(Level.NOTE, "without-effect", (*place, "legality"), message, "Leave it out, or check the years.")


def _ban_words(ban: Ban, library: Library) -> str:
    condition = f", if {ban.condition}," if ban.condition else ""
    act = f"{ban.act}, {ban.article}" if ban.article else ban.act
    return f"{ban.name}{condition} is banned in {library.places[ban.place].name} since {ban.since} ({act})"


def _from(one: Standing, case: Case) -> str:
    return f", in this case from {one.year} on" if one.year != case.period.start else ""


def _so(one: Standing, case: Case) -> str:
    if not one.references:
        return "the exchange cannot run without an exemption."
    if case.main_reference in one.references:
        return f"the main reference '{case.main_reference}' is no legal alternative, and no claim can rest on it."
    return f"reference '{one.references[0]}' is no legal alternative, and its benefit no claim of today."
