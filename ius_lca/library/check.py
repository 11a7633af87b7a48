"""What may be wrong with an entry of the library, among its peers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ius_lca.errors import FormulaError, UnitsError, did_you_mean
from ius_lca.formula import evaluate
from ius_lca.library.amounts import amounts_of
from ius_lca.library.models import MODELS
from ius_lca.library.record import (
    COVERABLE,
    SCREENING_FLOW,
    Entry,
    Exchange,
    Library,
    Material,
    Parameter,
    Price,
    Property,
    Record,
)
from ius_lca.loops import unsolvable_loop
from ius_lca.units import convert, dimension

#: Shares of a mix are printed with three decimals.
_SHARE_TOLERANCE = 1e-3
_MEND_PLACE = "Add it to places.yaml, or name the region that holds it."


def problems(entry: Entry, library: Library) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an entry among its peers: (code, message, mend)."""
    cited = {citation.ref for citation in entry.sources}
    checked = {figure.ref for figure in entry.figures} if isinstance(entry, Record) else set()
    for ref in sorted(cited | checked):
        if ref not in library.sources:
            yield "unknown-source", f"no source '{ref}'.", did_you_mean(ref, library.sources) or "Add it to sources.yaml."
    if entry.location not in library.places:
        yield "unknown-place", f"no place '{entry.location}'.", did_you_mean(entry.location, library.places) or _MEND_PLACE
    if not entry.quality.verified:
        yield "unverified", "its numbers were not read in their source.", "Verify it; what is not verified does not ship."
    match entry:
        case Record():
            yield from _problems_of_sources(entry)
            for indicator in sorted({*entry.covers, *(figure.indicator for figure in entry.figures)} - set(COVERABLE)):
                yield "unknown-indicator", f"no indicator '{indicator}'.", did_you_mean(indicator, COVERABLE)
            yield from _problems_of_parameters(entry)
            yield from _problems_of_kind(entry)
            yield from _problems_of_links(entry, library)
            yield from _problems_of_amounts(entry, library)
        case Material():
            yield from _uncited(entry, {one.source for one in entry.properties.values()})
            for name, one in entry.properties.items():
                yield from _unreadable(name, one.unit)
        case Price():
            yield from _unreadable("unit", entry.unit)


def _uncited(entry: Entry, used: set[str]) -> Iterator[tuple[str, str, str]]:
    for ref in sorted(used - {citation.ref for citation in entry.sources}):
        yield "uncited-source", f"'{ref}' is used but not listed in its sources.", "List it with 'where'."


def _unreadable(name: str, unit: str) -> Iterator[tuple[str, str, str]]:
    try:
        dimension(unit)
    except UnitsError as error:
        yield "unit", f"{name}: {error}", ""


def _problems_of_sources(record: Record) -> Iterator[tuple[str, str, str]]:
    lines: list[Exchange] = [*record.technosphere, *record.biosphere, *record.coproducts]
    numbers: list[Parameter | Property] = [*record.parameters.values(), *record.properties.values()]
    used = {line.source for line in lines} | {one.source for one in numbers}
    yield from _uncited(record, used | ({record.uncertainty.source} if record.uncertainty else set()))


def _problems_of_links(record: Record, library: Library) -> Iterator[tuple[str, str, str]]:
    for line in record.technosphere:
        if line.input not in library.records:
            yield "unknown-input", f"no record '{line.input}'.", did_you_mean(line.input, library.records)
    for emission in record.biosphere:
        if emission.flow not in library.flows:
            yield "unknown-flow", f"no elementary flow '{emission.flow}'.", did_you_mean(emission.flow, library.flows)


def _problems_of_parameters(record: Record) -> Iterator[tuple[str, str, str]]:
    if record.model is not None and record.model not in MODELS:
        yield "unknown-model", f"no model '{record.model}'.", did_you_mean(record.model, MODELS)
    for name, parameter in record.parameters.items():
        if parameter.range and not parameter.range[0] <= parameter.value <= parameter.range[1]:
            yield "parameter-range", f"'{name}' = {parameter.value:g} lies outside {list(parameter.range)}.", "Mend one of them."
    for figure in record.figures:
        for name in (one for one in figure.with_ if one not in record.parameters):
            yield "unknown-parameter", f"no parameter '{name}'.", did_you_mean(name, record.parameters)


def _problems_of_kind(record: Record) -> Iterator[tuple[str, str, str]]:
    flows = {emission.flow for emission in record.biosphere}
    if record.kind == "screening" and (
        flows != {SCREENING_FLOW} or set(record.covers) != {"climate_change"} or record.technosphere
    ):
        yield "screening", "a screening record has the flow co2e_screening alone and covers climate_change alone.", ""
    if SCREENING_FLOW in flows and record.gwp is None:
        yield "gwp", "a bare CO2e figure needs 'gwp'.", "Write AR4, AR5 or AR6."
    if record.kind == "mix":
        with suppress(FormulaError, KeyError, ValueError):  # what has no value is told by _problems_of_amounts
            total = sum(float(evaluate(line.amount, record.values())) for line in record.technosphere)
            if abs(total - record.reference.amount) > _SHARE_TOLERANCE:
                yield "mix", f"its shares sum to {total:g}.", f"They must sum to {record.reference.amount:g}."


def _problems_of_amounts(record: Record, library: Library) -> Iterator[tuple[str, str, str]]:
    """Every formula has a value, every unit fits what it measures."""
    try:
        names = record.values()
    except (KeyError, ValueError) as error:
        yield "model", f"its model cannot run: {error}.", "State every parameter of the model."
        return
    targets = [
        (line, library.records[line.input].reference.unit) for line in record.technosphere if line.input in library.records
    ]
    targets += [(line, library.flows[line.flow].unit) for line in record.biosphere if line.flow in library.flows]  # type: ignore[misc]
    targets += [(line, line.unit) for line in record.coproducts]  # type: ignore[misc]
    for line, unit in targets:
        try:
            evaluate(line.amount, names)
            convert(1, line.unit, unit)
        except (FormulaError, UnitsError) as error:
            yield "amount", f"{_subject(line)}: {error}", ""


def _subject(line: Exchange) -> str:
    return str(getattr(line, "input", None) or getattr(line, "flow", None) or getattr(line, "product", ""))


def unsolvable_loop_of(library: Library) -> list[str]:
    """The ids along a loop of records that takes all it makes, or more; none if there is no such loop.

    Every record must have passed `problems`.
    """
    links: dict[str, dict[str, float]] = {}
    for record in library.records.values():
        taken, inputs = amounts_of(record, library)[0], links.setdefault(record.id, {})
        for name, amount in taken:
            inputs[name] = inputs.get(name, 0.0) + amount / record.reference.amount
    return unsolvable_loop(links)
