"""Find entries of the library by words: in ids, names, synonyms, categories and places."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ius_lca.library.record import Entry, Library, Price, Record

#: Shorter words are no help as a hint.
_SHORT = 2


def entries(library: Library) -> dict[str, Entry]:
    """Everything the library holds: records that can be computed, materials with their properties, prices."""
    return {**library.records, **library.materials, **library.prices}


def search(library: Library, words: Iterable[str], *, category: str = "", place: str = "") -> list[Entry]:
    """Entries in which every word occurs, best first: in the id, then the name, then the rest.

    category: how the category begins, such as `energy` or `energy/heat`.  place: a place; entries of regions around it count too.

    >>> from ius_lca.library.read import embedded_library
    >>> [entry.id for entry in search(embedded_library(), ["fjärrvärme", "flis"])][:1]
    ['heat.district.wood_chips']
    """
    wanted = [word.casefold() for word in words]
    around = _around(place, library)
    found = []
    for entry in entries(library).values():
        if not _within(entry.category, category) or (place and entry.location not in around):
            continue
        product = entry.reference.product if isinstance(entry, Record) else ""
        region = library.places[entry.location].name if entry.location in library.places else ""
        texts = [
            _text(entry.id),
            _text(entry.name, *entry.synonyms),
            _text(entry.category, entry.location, region, product),
        ]
        ranks = [next((rank for rank, text in enumerate(texts) if word in text), None) for word in wanted]
        if all(rank is not None for rank in ranks):
            far = around.index(entry.location) if place else 0
            found.append((sum(rank for rank in ranks if rank is not None), far, entry.id, entry))
    return [entry for *_, entry in sorted(found, key=lambda one: one[:3])]


def categories(library: Library) -> list[str]:
    """All categories, and the words they begin with."""
    every = {entry.category for entry in entries(library).values()}
    return sorted(every | {one.partition("/")[0] for one in every})


def near_words(library: Library, words: Iterable[str]) -> list[str]:
    """Words of the library that are spelt much like those given."""
    known = {
        part for entry in entries(library).values() for text in (entry.id, entry.name, *entry.synonyms) for part in _split(text)
    }
    return [near for word in words for near in get_close_matches(word.casefold(), sorted(known), n=3, cutoff=0.7)]


def unit_of(entry: Entry) -> str:
    """What an entry is counted in: the unit of its product or price; nothing for properties."""
    match entry:
        case Record():
            return entry.reference.unit
        case Price():
            return entry.unit
        case _:
            return ""


def _around(place: str, library: Library) -> list[str]:
    """A place and the regions around it, nearest first."""
    found: list[str] = []
    here: str | None = place
    while here is not None and here in library.places:
        found.append(here)
        here = library.places[here].within
    return found


def _within(category: str, wanted: str) -> bool:
    return not wanted or category == wanted or category.startswith(f"{wanted.rstrip('/')}/")


def _text(*parts: str) -> str:
    return " ".join(parts).casefold()


def _split(text: str) -> list[str]:
    return [part for part in text.casefold().replace(".", " ").replace("_", " ").replace(",", " ").split() if len(part) > _SHORT]
