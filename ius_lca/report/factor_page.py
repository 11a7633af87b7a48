"""An entry of the library as text for a terminal: enough to check it by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ius_lca.formula import evaluate
from ius_lca.impact.methods import chosen, indicators
from ius_lca.impact.uncertainty import Uncertainty, score_under, uncertainty
from ius_lca.impact.unit_scores import UnitScores, unit_scores
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import Entry, Exchange, Figure, Library, Material, Price, Property, Record
from ius_lca.units import currency_of

#: What the uncertainty of a record rests on, in words.
_BASIS = {
    "source": "from the ranges that its sources state",
    "spread": "from the spread between {sources} independent sources",
    "pedigree": "from its pedigree, with the ranges printed above",
}


def factor_page(entry: Entry, library: Library) -> str:
    """What an entry is, what goes in and out, what it scores, where its numbers come from."""
    return "\n".join(_lines(entry, library))


def _lines(entry: Entry, library: Library) -> Iterator[str]:
    region = library.places[entry.location].name if entry.location in library.places else entry.location
    match entry:
        case Record():
            product = f"; per {entry.reference.amount:g} {entry.reference.unit} {entry.reference.product}"
        case Price():
            vat = {"included": ", VAT included", "excluded": ", without VAT", "none": ""}[entry.vat]
            product = f"; {entry.unit}{vat}"
        case _:
            product = ""
    yield f"{entry.id}: {entry.name}"
    yield f"  {entry.kind_in_words}, {entry.category}{product}; {region}, {entry.year}"
    if entry.synonyms:
        yield _wrapped(f"also: {', '.join(entry.synonyms)}")
    match entry:
        case Record():
            yield from _record(entry, library)
        case Material():
            yield from _properties(entry.properties, "Properties")
            yield f"\nIn a case: 'material: {entry.id}' beside the quantity of an exchange converts mass, volume and energy."
        case Price():
            yield "\nBy year"
            yield from (f"  {year}: {value:g} {entry.unit}" for year, value in sorted(entry.by_year.items()))
            if currency_of(entry.unit) is not None:
                yield f"\nIn a case: '{{library: {entry.id}}}' in place of a value where money is stated."
            elif entry.category in {"economics/exchange_rates", "economics/inflation"}:
                yield "\nIn a case: amounts in other currencies or in prices of other years are converted with it."
    yield from _bans(entry, library)
    yield "\nSources"
    for citation in entry.sources:
        source = library.sources[citation.ref]
        year = f" {source.year}" if source.year else ""
        printed = f'; printed: "{citation.printed}"' if citation.printed else ""
        copy = f"; read in: {source.read_in}" if source.read_in else ""
        address = f"; {source.address}" if source.address else ""
        cited = f"{citation.ref}: {source.publisher}{year}, {source.title}; {citation.where}{printed}"
        yield _wrapped(f"{cited}; {source.licence}{address}{copy}")
    pedigree = ", ".join(map(str, entry.quality.pedigree))
    yield f"  pedigree {pedigree} (reliability, completeness, time, place, technology; 1 is best)"
    if entry.notes:
        yield "\nNotes"
        yield textwrap.fill(entry.notes.strip(), 118, initial_indent="  ", subsequent_indent="  ")


def _bans(entry: Entry, library: Library) -> Iterator[str]:
    """Where the law bans it, the unconditional bans first; that nothing is printed permits nothing."""
    treatment = entry.treatment if isinstance(entry, Record) else ""
    bans = library.legality.bans_of(entry.id, treatment, tuple(library.places))
    if bans:
        yield "\nBanned (what is not listed is not known to be legal)"
    for ban in bans:
        source = library.legality.sources[ban.source]
        exempt = f"; exempt {'; '.join(ban.exemptions)}" if ban.exemptions else ""
        yield _wrapped(
            f"{ban.told(library.places[ban.place].name)}{exempt}; read: {ban.read}, {source.publisher}, {source.address}"
        )


def _record(record: Record, library: Library) -> Iterator[str]:
    yield _wrapped(f"boundary: {record.boundary.scope}")
    if record.boundary.includes:
        yield _wrapped(f"with: {', '.join(record.boundary.includes)}")
    if record.boundary.excludes:
        yield _wrapped(f"without: {', '.join(record.boundary.excludes)}")
    if record.boundary.allocation:
        yield f"  allocation: {record.boundary.allocation}"
    yield _wrapped(f"its own exchanges are complete for: {', '.join(record.covers)}")
    if record.gwp is not None:
        yield f"  warming potentials of the bare figure: {record.gwp}"
    if record.parameters:
        yield "\nParameters (a case changes them with 'with: {NAME: VALUE}')"
        for name, one in record.parameters.items():
            unit = "" if one.unit == "1" else f" {one.unit}"
            yield f"  {name} = {one.value:g}{unit}{_limits(one.range)}  {one.what} ({one.source})"
    scores = unit_scores(library, chosen())
    yield from _inventory(record, library, scores)
    yield from _properties(record.properties, "Properties of the product")
    yield from _scores(record, scores)
    yield from _uncertainty(uncertainty(record, library, scores))
    for title, figures in (("Cross-checks", record.cross_checks), ("Other figures, further away", record.other_figures)):
        if figures:
            yield f"\n{title}"
            yield from (_figure(figure, record, library, scores) for figure in figures)


def _inventory(record: Record, library: Library, scores: UnitScores) -> Iterator[str]:
    """Every line with the climate change it stands for, so that the sum can be done by hand."""
    climate = indicators()["climate_change"]
    inputs, emissions = amounts_of(record, library)
    per_input = scores.scores[:, scores.indicators.index(climate.id)]
    shares = [amount * float(per_input[scores.ids.index(name)]) for name, amount in inputs]
    direct = [amount * climate.factors.get(flow, 0.0) for flow, amount in emissions]
    names = record.values()
    for title, entries in (
        ("Inputs", [(line.input, line, share) for line, share in zip(record.technosphere, shares, strict=True)]),
        (
            "Elementary flows",
            [(library.flows[line.flow].name, line, share) for line, share in zip(record.biosphere, direct, strict=True)],
        ),
        ("Co-products, listed and not credited", [(line.product, line, 0.0) for line in record.coproducts]),
    ):
        if entries:
            yield f"\n{title}"
            for label, line, share in entries:
                stands = f"  = {share:.4g} {climate.unit}" if share else ""
                yield f"{_exchange_line(label, line, float(evaluate(line.amount, names)))}{stands}"


def _exchange_line(label: str, line: Exchange, amount: float) -> str:
    formula = "" if _is_number(line.amount) else f" = {line.amount}"
    note = f"  {line.note}" if line.note else ""
    return f"  {label}: {amount:.6g} {line.unit}{_limits(line.range)}{formula} ({line.source}){note}"


def _limits(limits: tuple[float, float] | None) -> str:
    return f" [{limits[0]:g} to {limits[1]:g}]" if limits else ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _properties(properties: dict[str, Property], title: str) -> Iterator[str]:
    if properties:
        yield f"\n{title}"
        for name, own in properties.items():
            yield f"  {name.replace('_', ' ')}: {own.value:g} {own.unit}{_limits(own.range)} ({own.source})"


def _scores(record: Record, scores: UnitScores) -> Iterator[str]:
    row = scores.ids.index(record.id)
    yield f"\nPer {record.reference.unit}, with everything upstream"
    for column, one in enumerate(chosen()):
        if one.covered_by == "always":
            continue
        value, word = scores.covered(row, column)
        shown = "not covered" if value is None else f"{value:.4g} {one.unit}"
        yield f"  {one.name}: {shown}{' (partly covered)' if word == 'partial' else ''}"


def _uncertainty(one: Uncertainty) -> Iterator[str]:
    low, high = one.interval
    yield f"\nUncertainty, {_BASIS[one.basis].format(sources=one.sources)}"
    yield f"  geometric standard deviation {one.gsd:.3f}; 95 % between {low:.2f} and {high:.2f} times the value"


def _figure(figure: Figure, record: Record, library: Library, scores: UnitScores) -> str:
    own = score_under(record, library, scores, indicators()[figure.indicator], figure.with_)
    changed = ", ".join(f"{name} = {value:g}" for name, value in figure.with_.items())
    under = f" with {changed}" if changed else ""
    accepted = f", accepted within {tolerance:.0%}" if (tolerance := getattr(figure, "tolerance", None)) else ""
    shared = "" if figure.independent else "; not counted for the spread"
    compared = f"{figure.ref}: {figure.value:g} {figure.unit}; here {own:.4g}{under}, ratio {own / figure.value:.2f}"
    return _wrapped(f"{compared}{accepted}{shared}; {figure.note}")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 118, initial_indent="  ", subsequent_indent="    ")
