"""Read the factor library: every file checked whole, every error told with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ius_lca import __version__
from ius_lca.errors import CaseError, Finding, FormulaError, Level, LibraryError, UnitsError, did_you_mean
from ius_lca.findings import findings_of
from ius_lca.formula import evaluate
from ius_lca.library.models import MODELS
from ius_lca.library.record import (
    COVERABLE,
    SCREENING_FLOW,
    Entry,
    Exchange,
    Flow,
    Library,
    Material,
    Parameter,
    Place,
    Price,
    Property,
    Record,
    Source,
)
from ius_lca.paths import cache_folder, shipped
from ius_lca.store import read_stored, store
from ius_lca.units import convert, dimension
from ius_lca.yaml_document import Document, read_document

Named = TypeVar("Named", Source, Flow, Place)

#: Files of the folder that hold something else than records.
_NOT_RECORDS = ("sources.yaml", "places.yaml", "library.yaml", "characterisation")
_MEND_PLACE = "Add it to places.yaml, or name the region that holds it."
#: Forms of entries by their `kind`; every other kind is a record that can be computed.
_FORMS: dict[str, type[Entry]] = {"property": Material, "price": Price}
#: Shares of a mix are printed with three decimals.
_SHARE_TOLERANCE = 1e-3


@cache
def embedded_library() -> Library:
    """The library that this installation ships, read once per process."""
    return read_library(shipped("factors"))


def read_library(folder: Path) -> Library:
    """Read and check all records of a folder; the checked library is stored by the hash of its files.

    Raises LibraryError with every finding.

    >>> library = read_library(shipped("factors"))
    >>> library.records["transport.lorry_40t"].reference.unit
    'tkm'
    """
    digest = folder_hash(folder)
    kept = cache_folder() / f"library-{__version__}-{digest}.json"
    if (text := read_stored(kept)) is not None:
        with suppress(ValidationError):  # a damaged file of the cache is written anew
            return Library.model_validate_json(text)
    library = _read(folder, digest)
    store(kept, library.model_dump_json(by_alias=True))
    return library


def folder_hash(folder: Path) -> str:
    """SHA-256 over names and contents of the library's files, line ends normalised."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".csv"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _read(folder: Path, digest: str) -> Library:
    findings: list[Finding] = []
    sources = _mapping(folder / "sources.yaml", Source, findings)
    flows = _mapping(folder / "characterisation" / "flows.yaml", Flow, findings)
    places = _mapping(folder / "places.yaml", Place, findings)
    entries: dict[str, Entry] = {}
    stand: dict[str, tuple[Document, int]] = {}
    for document, index, entry in _entries(folder, findings):
        if entry.id in entries:
            findings.append(_error(document, index, "duplicate-id", f"the id '{entry.id}' stands twice.", "Rename one."))
        entries[entry.id] = entry
        stand[entry.id] = (document, index)
    release = read_document(folder / "library.yaml").tree
    library = Library(
        version=str(release.get("version", "")) if isinstance(release, dict) else "",
        sha256=digest,
        sources=sources,
        flows=flows,
        places=places,
        records={key: entry for key, entry in entries.items() if isinstance(entry, Record)},
        materials={key: entry for key, entry in entries.items() if isinstance(entry, Material)},
        prices={key: entry for key, entry in entries.items() if isinstance(entry, Price)},
    )
    for key, entry in entries.items():
        findings += [_error(*stand[key], code, f"{key}: {message}", mend) for code, message, mend in problems(entry, library)]
    if findings:
        raise LibraryError(findings)
    return library


def _entries(folder: Path, findings: list[Finding]) -> Iterator[tuple[Document, int, Entry]]:
    """Every entry that has the form of one, with its file and its place there; what has not is added to the findings."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.relative_to(folder).parts[0] in _NOT_RECORDS:
            continue
        try:
            document = read_document(path)
        except CaseError as error:
            findings += error.findings
            continue
        if not isinstance(document.tree, list):
            message = "expected a list of records here (lines that start with '-')."
            findings.append(Finding(Level.ERROR, "list-type", message, "", f"{document.name}:1"))
            continue
        for index, written in enumerate(document.tree):
            model = _FORMS.get(str(written.get("kind")), Record) if isinstance(written, dict) else Record
            try:
                yield document, index, model.model_validate(written)
            except ValidationError as error:
                findings += findings_of(error, model, document, (index,))


def _mapping(path: Path, model: type[Named], findings: list[Finding]) -> dict[str, Named]:
    document = read_document(path)
    entries: dict[str, Named] = {}
    for key, value in (document.tree if isinstance(document.tree, dict) else {}).items():
        try:
            entries[key] = model.model_validate(value)
        except ValidationError as error:
            findings += findings_of(error, model, document, (key,))
    return entries


def _error(document: Document, index: int, code: str, message: str, mend: str) -> Finding:
    return Finding(Level.ERROR, code, message, mend, document.where((index,)))


def problems(entry: Entry, library: Library) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an entry among its peers: (code, message, mend)."""
    cited = {citation.ref for citation in entry.sources}
    checked = {figure.ref for figure in entry.figures} if isinstance(entry, Record) else set()
    for ref in cited | checked:
        if ref not in library.sources:
            yield "unknown-source", f"no source '{ref}'.", did_you_mean(ref, library.sources) or "Add it to sources.yaml."
    if entry.location not in library.places:
        yield "unknown-place", f"no place '{entry.location}'.", did_you_mean(entry.location, library.places) or _MEND_PLACE
    if not entry.quality.verified:
        yield "unverified", "its numbers were not read in their source.", "Verify it; what is not verified does not ship."
    match entry:
        case Record():
            yield from _problems_of_sources(entry)
            for indicator in {*entry.covers, *(figure.indicator for figure in entry.figures)} - set(COVERABLE):
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
        for name in set(figure.with_) - set(record.parameters):
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
