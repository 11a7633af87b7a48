"""Whether the disposals of a case are legal where it lies, in its years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ius_lca.case.problems import Problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.schema.target import Target
from ius_lca.case.targets import targets, uses_of
from ius_lca.case.years import period, runs
from ius_lca.errors import Level, UnitsError
from ius_lca.library.bans import Ban
from ius_lca.library.record import Library, Record
from ius_lca.yaml_document import Place

_MEND = "Name another disposal, or say what permits it here: 'legality: {exemption: \"dispensation of the county board, 2021\"}'."


@dataclass(frozen=True, slots=True)
class Standing:
    """How one treatment that a case takes stands to the law.

    references: under which it happens; none if in the symbiosis.  role: the key of the exchange that takes it.
    legal: `no`, `exempt` (banned, but the case states what permits it) or `not known`; a missing ban permits nothing.
    years: in which the exchange runs and is counted.
    ban: the one in force, else one that starts after these years.  year: the first of them in which it holds.
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
    years: range
    exemption: str
    permit: Place | None


def standings(case: Case, library: Library) -> Iterator[Standing]:
    """Every treatment of waste that a case takes, also through its own processes.

    It may stand in disposals, needs, residues, previous uses and the process of a donor that changed.

    library: as the case sees it, with its own factors.
    """
    for target, place, references in _taken(case):
        found = {(record.id, permit): (record, words) for record, words, permit in _treatments(case, library, target, place)}
        for (factor, permit), (record, exemption) in found.items():
            years = _years(case, case.exchanges[str(place[1])])
            ban, year = _ban_of(library, record, library.around(case.place), years)
            yield Standing(
                place=place,
                references=references,
                exchange=str(place[1]),
                role=str(place[2]),
                record=record,
                wastes=library.legality.wastes.get(factor, ()),
                legal="not known" if year is None else "exempt" if permit else "no",
                ban=ban,
                year=year,
                years=years,
                exemption=exemption,
                permit=permit,
            )


def _taken(case: Case) -> Iterator[tuple[Target, Place, tuple[str, ...]]]:
    """What may treat waste, its place, and the references under which it runs: none in the symbiosis."""
    for key, exchange in case.exchanges.items():
        here: Place = ("exchanges", key)
        if exchange.disposal is not None:
            for use, place in uses_of(exchange.disposal, (*here, "disposal")):
                yield use, place, tuple(case.references) if place[3] == "all" else (str(place[4]),)
        if exchange.previous_use is not None:
            for use, place in uses_of(exchange.previous_use, (*here, "previous_use")):
                yield use, place, ()
        for index, need in enumerate(exchange.needs):
            yield need, (*here, "needs", index), ()
        if (donor := exchange.donor_process) is not None:
            for when, taken, references in (("before", donor.before, tuple(case.references)), ("after", donor.after, ())):
                for index, target in enumerate(taken):
                    yield target, (*here, "donor_process", when, index), references
        if exchange.residue is not None:
            yield exchange.residue, (*here, "residue"), ()


def _years(case: Case, exchange: Exchange) -> range:
    """The years of an exchange that count; the period, if its life is no time, which is told elsewhere."""
    try:
        own = runs(case, exchange)
    except UnitsError:
        return period(case)
    return range(max(own.start, case.period.start), own.stop)


def _ban_of(library: Library, record: Record, places: tuple[str, ...], years: range) -> tuple[Ban | None, int | None]:
    """The ban in force in some years and the first of them; else one that starts after them, and no year."""
    bans = library.legality.bans_of(record.id, record.treatment, places)
    for ban in bans:
        if (year := ban.within(years.start, years.stop - 1)) is not None:
            return ban, year
    return next((ban for ban in bans if ban.first_year >= years.stop), None), None


def _treatments(case: Case, library: Library, target: Target, place: Place) -> Iterator[tuple[Record, str, Place | None]]:
    """Records that treat waste, with what permits them and where that is said; the innermost word counts."""
    waiting: list[tuple[Target, Place, tuple[str, Place | None]]] = [(target, place, ("", None))]
    entered: set[tuple[str, Place | None]] = set()
    while waiting:
        taken, here, permit = waiting.pop()
        if taken.legality is not None:
            permit = (taken.legality.words, (*here, "legality"))
        # Once for each permit, so that loops and shared processes cost no more than others.
        if taken.process in case.processes and (taken.process, permit[1]) not in entered:
            entered.add((taken.process, permit[1]))
            inputs = case.processes[taken.process].inputs
            inside = [(line, ("processes", taken.process, "inputs", index), permit) for index, line in enumerate(inputs)]
            waiting += reversed(inside)
        record = library.records.get(taken.factor or "")
        if record is not None and record.is_treatment:
            yield record, *permit


def legality_problems(case: Case, library: Library) -> Iterator[Problem]:
    """A warning for every treatment that is banned, a note for every exemption that nothing needs."""
    found = list(standings(case, library))
    for one in found:
        if one.legal == "no" and one.ban is not None:
            code = "illegal-reference" if one.references else "illegal-treatment"
            later = f", in this case from {one.year} on" if one.year != one.years.start else ""
            message = f"{one.record.id}: {one.ban.told(library.places[one.ban.place].name)}{later}; {_so(one, case)}"
            yield Problem(Level.WARNING, code, one.place, message, _MEND)
    needed = {one.permit for one in found if one.legal == "exempt"}
    for target, place in targets(case):
        if target.legality is not None and (*place, "legality") not in needed:
            message = "no ban is known here that would need this exemption, so it changes nothing."
            yield Problem(Level.NOTE, "without-effect", (*place, "legality"), message, "Leave it out, or check the years.")


def _so(one: Standing, case: Case) -> str:
    if not one.references:
        return "the exchange cannot run without an exemption."
    if case.main_reference in one.references:
        return f"the main reference '{case.main_reference}' is no legal alternative, and no claim can rest on it."
    return f"reference '{one.references[0]}' is no legal alternative, and its benefit no claim of today."
