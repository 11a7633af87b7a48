"""A factor as text for a terminal: enough to check it by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ius_lca.formula import evaluate
from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.record import Exchange, Library, Record


def factor_page(record: Record, library: Library) -> str:
    """What a factor is, what goes in and out, what it scores, where its numbers come from."""
    return "\n".join(_lines(record, library))


def _lines(record: Record, library: Library) -> Iterator[str]:
    per = f"{record.reference.amount:g} {record.reference.unit} {record.reference.product}"
    yield f"{record.id}: {record.name}"
    yield f"  {record.kind.replace('_', ' ')}, {record.category}; per {per}; {record.location}, {record.year}"
    yield f"  boundary: {record.boundary.scope}"
    if record.boundary.excludes:
        yield f"  without: {', '.join(record.boundary.excludes)}"
    if record.boundary.allocation:
        yield f"  allocation: {record.boundary.allocation}"
    if record.parameters:
        yield "\nParameters"
        for name, one in record.parameters.items():
            limits = f" [{one.range[0]:g} to {one.range[1]:g}]" if one.range else ""
            unit = "" if one.unit == "1" else f" {one.unit}"
            yield f"  {name} = {one.value:g}{unit}{limits}  {one.what} ({one.source})"
    names = record.values()
    for title, entries in (
        ("Inputs", [(line.input, line) for line in record.technosphere]),
        ("Elementary flows", [(library.flows[line.flow].name, line) for line in record.biosphere]),
        ("Co-products, listed and not credited", [(line.product, line) for line in record.coproducts]),
    ):
        if entries:
            yield f"\n{title}"
            for label, line in entries:
                yield _exchange_line(label, line, float(evaluate(line.amount, names)))
    if record.properties:
        yield "\nProperties of the product"
        for name, own in record.properties.items():
            limits = f" [{own.range[0]:g} to {own.range[1]:g}]" if own.range else ""
            yield f"  {name.replace('_', ' ')}: {own.value:g} {own.unit}{limits} ({own.source})"
    yield from _scores(record, library)
    yield "\nSources"
    for citation in record.sources:
        source = library.sources[citation.ref]
        year = f" {source.year}" if source.year else ""
        printed = f'; printed: "{citation.printed}"' if citation.printed else ""
        copy = f"; read in: {source.read_in}" if source.read_in else ""
        yield f"  {citation.ref}: {source.publisher}{year}, {source.title}; {citation.where}{printed}; {source.licence}{copy}"
    pedigree = ", ".join(map(str, record.quality.pedigree))
    yield f"  pedigree {pedigree} (reliability, completeness, time, place, technology; 1 is best)"
    if record.notes:
        yield "\nNotes"
        yield textwrap.fill(record.notes.strip(), 118, initial_indent="  ", subsequent_indent="  ")


def _exchange_line(label: str, line: Exchange, amount: float) -> str:
    formula = "" if _is_number(line.amount) else f" = {line.amount}"
    limits = f" [{line.range[0]:g} to {line.range[1]:g}]" if line.range else ""
    note = f"  {line.note}" if line.note else ""
    return f"  {label}: {amount:.6g} {line.unit}{limits}{formula} ({line.source}){note}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _scores(record: Record, library: Library) -> Iterator[str]:
    indicators = chosen()
    scores = unit_scores(library, indicators)
    row = scores.ids.index(record.id)
    yield f"\nPer {record.reference.unit}, with everything upstream"
    for column, one in enumerate(indicators):
        if one.covered_by == "always":
            continue
        value = scores.scores[row, column] if one.id != "landfill_direct" else scores.treated_kg[row]
        word = "not covered" if scores.gaps[row, column] and value == 0 else f"{value:.4g} {one.unit}"
        partly = " (partly covered)" if scores.gaps[row, column] and value != 0 else ""
        yield f"  {one.name}: {word}{partly}"
    if record.cross_checks:
        yield "\nCross-checks"
        for check in record.cross_checks:
            own = float(scores.scores[row, scores.indicators.index(check.indicator)])
            ratio = f", ratio {own / check.value:.2f}" if check.value else ""
            note = f"; {check.note}" if check.note else ""
            yield f"  {check.ref}: {check.value:g} {check.unit}{ratio}, accepted within {check.tolerance:.0%}{note}"
