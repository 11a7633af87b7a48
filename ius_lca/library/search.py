"""Find factors by words: in ids, names, synonyms, categories and places."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ius_lca.library.record import Library, Record

#: Shorter words are no help as a hint.
_SHORT = 2


def search(library: Library, words: Iterable[str]) -> list[Record]:
    """Records in which every word occurs, best first: in the id, then the name, then the rest.

    >>> from ius_lca.library.read import embedded_library
    >>> [record.id for record in search(embedded_library(), ["fjärrvärme", "flis"])][:1]
    ['heat.district.wood_chips']
    """
    wanted = [word.casefold() for word in words]
    found = []
    for record in library.records.values():
        texts = [
            _text(record.id),
            _text(record.name, *record.synonyms),
            _text(record.category, record.location, record.reference.product),
        ]
        places = [next((rank for rank, text in enumerate(texts) if word in text), None) for word in wanted]
        if all(place is not None for place in places):
            found.append((sum(place for place in places if place is not None), record.id, record))
    return [record for *_, record in sorted(found, key=lambda entry: entry[:2])]


def near_words(library: Library, words: Iterable[str]) -> list[str]:
    """Words of the library that are spelt much like those given."""
    known = {
        part
        for record in library.records.values()
        for text in (record.id, record.name, *record.synonyms)
        for part in _split(text)
    }
    return [near for word in words for near in get_close_matches(word.casefold(), sorted(known), n=3, cutoff=0.7)]


def _text(*parts: str) -> str:
    return " ".join(parts).casefold()


def _split(text: str) -> list[str]:
    return [part for part in text.casefold().replace(".", " ").replace("_", " ").replace(",", " ").split() if len(part) > _SHORT]
