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
from ius_lca.errors import CaseError, Finding, Level, LibraryError, did_you_mean
from ius_lca.library.check import problems, unsolvable_loop_of
from ius_lca.library.legality import problems_of_legality, read_legality
from ius_lca.library.record import CircularKind, Entry, Flow, Library, Material, Place, Price, Record
from ius_lca.library.search import entries
from ius_lca.library.source import Source
from ius_lca.paths import cache_folder, shipped
from ius_lca.store import read_stored, store
from ius_lca.validation import findings_of
from ius_lca.yaml_document import Document, read_document

Named = TypeVar("Named", Source, Flow, Place, CircularKind)

#: Defaults of the Circular Footprint Formula by kind of material.
_CIRCULAR = "circular_footprint.yaml"
#: Files of the folder that hold something else than records.
_NOT_RECORDS = ("sources.yaml", "places.yaml", "library.yaml", "legality.yaml", _CIRCULAR, "characterisation")
#: Forms of entries by their `kind`; every other kind is a record that can be computed.
_FORMS: dict[str, type[Entry]] = {"property": Material, "price": Price}


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


def read_unchecked(folder: Path) -> Library:
    """Read a library whose entries have the right form, whatever else may be wrong with them: to compare it with another.

    Raises LibraryError with every fault of form.
    """
    findings: list[Finding] = []
    library, _ = _parsed(folder, folder_hash(folder), findings)
    if findings:
        raise LibraryError(findings)
    return library


def folder_hash(folder: Path) -> str:
    """SHA-256 over names and contents of the library's files, line ends normalised."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".csv"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _parsed(folder: Path, digest: str, findings: list[Finding]) -> tuple[Library, dict[str, tuple[Document, int]]]:
    """The library as far as its entries have the right form, and where each stands; what has not is added to the findings."""
    sources = _mapping(folder / "sources.yaml", Source, findings)
    flows = _mapping(folder / "characterisation" / "flows.yaml", Flow, findings)
    places = _mapping(folder / "places.yaml", Place, findings) if (folder / "places.yaml").exists() else {}
    kinds = folder / _CIRCULAR
    known: dict[str, Entry] = {}
    stand: dict[str, tuple[Document, int]] = {}
    for document, index, entry in _entries(folder, findings):
        if entry.id in known:
            findings.append(_error(document, index, "duplicate-id", f"the id '{entry.id}' stands twice.", "Rename one."))
        known[entry.id] = entry
        stand[entry.id] = (document, index)
    release = read_document(folder / "library.yaml").tree
    library = Library(
        version=str(release.get("version", "")) if isinstance(release, dict) else "",
        sha256=digest,
        sources=sources,
        flows=flows,
        places=places,
        records={key: entry for key, entry in known.items() if isinstance(entry, Record)},
        materials={key: entry for key, entry in known.items() if isinstance(entry, Material)},
        prices={key: entry for key, entry in known.items() if isinstance(entry, Price)},
        circular_footprint=_mapping(kinds, CircularKind, findings) if kinds.exists() else {},
        legality=read_legality(folder / "legality.yaml", findings),
    )
    return library, stand


def _read(folder: Path, digest: str) -> Library:
    findings: list[Finding] = []
    library, stand = _parsed(folder, digest, findings)
    for key, entry in entries(library).items():
        findings += [_error(*stand[key], code, f"{key}: {message}", mend) for code, message, mend in problems(entry, library)]
    findings += _unknown_sources(folder, library)
    findings += problems_of_legality(library, folder / "legality.yaml")
    if not findings and (loop := unsolvable_loop_of(library)):
        message = f"the loop {' -> '.join([*loop, loop[0]])} takes as much of its own product as it makes, so it has no solution."
        findings.append(_error(*stand[loop[0]], "loop", message, "Mend an amount in it."))
    if findings:
        raise LibraryError(findings)
    return library


def _unknown_sources(folder: Path, library: Library) -> Iterator[Finding]:
    """Defaults of the Circular Footprint Formula whose source is not listed."""
    for key, kind in library.circular_footprint.items():
        for symbol, default in kind.values.items():
            if default.source not in library.sources:
                where = read_document(folder / _CIRCULAR).where((key, "values", symbol, "source"))
                mend = did_you_mean(default.source, library.sources) or "Add it to sources.yaml."
                yield Finding(Level.ERROR, "unknown-source", f"{key}: no source '{default.source}'.", mend, where)


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
    read: dict[str, Named] = {}
    for key, value in (document.tree if isinstance(document.tree, dict) else {}).items():
        try:
            read[key] = model.model_validate(value)
        except ValidationError as error:
            findings += findings_of(error, model, document, (key,))
    return read


def _error(document: Document, index: int, code: str, message: str, mend: str) -> Finding:
    return Finding(Level.ERROR, code, message, mend, document.where((index,)))
