"""Read the file of banned disposals, and tell what in it leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from ius_lca.errors import Finding, Level, did_you_mean
from ius_lca.library.bans import Legality
from ius_lca.library.record import Library
from ius_lca.validation import findings_of
from ius_lca.yaml_document import Place, read_document


def read_legality(path: Path, findings: list[Finding]) -> Legality:
    """The file of bans as far as it has the right form; what has not is added to the findings."""
    if not path.exists():
        return Legality()
    document = read_document(path)
    try:
        return Legality.model_validate(document.tree)
    except ValidationError as error:
        findings += findings_of(error, Legality, document)
        return Legality()


def problems_of_legality(library: Library, path: Path) -> Iterator[Finding]:
    """Names in the file of bans that lead nowhere, with their lines."""
    if not path.exists():
        return
    document, held = read_document(path), library.legality
    kinds = {kind for listed in held.wastes.values() for kind in listed}
    treatments = {record.treatment for record in library.records.values() if record.is_treatment}
    named: list[tuple[Place, str, str, list[str]]] = [
        (("wastes", key), "record", key, list(library.records)) for key in held.wastes
    ]
    for key, ban in held.bans.items():
        named += [
            (("bans", key, "place"), "place", ban.place, list(library.places)),
            (("bans", key, "treatment"), "treatment", ban.treatment, sorted(treatments)),
            (("bans", key, "source"), "source", ban.source, list(held.sources)),
            *((("bans", key, "waste"), "kind of waste", kind, sorted(kinds)) for kind in (ban.waste, *ban.excludes)),
        ]
    for place, what, word, known in named:
        if word not in known:
            mend = did_you_mean(word, known) or "Add it, or name another."
            yield Finding(Level.ERROR, f"unknown-{what.replace(' ', '-')}", f"no {what} '{word}'.", mend, document.where(place))
