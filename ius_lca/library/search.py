"""Find entries of the library by words: in ids, names, synonyms, categories and places."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ius_lca.errors import did_you_mean
from ius_lca.library.record import Entry, Library, Price, Record
from ius_lca.library.words import ENGLISH

#: Shorter words are no help as a hint.
_SHORT = 2


def entries(library: Library) -> dict[str, Entry]:
    """Everything the library holds: records that can be computed, materials with their properties, prices."""
    return {**library.records, **library.materials, **library.prices}


def search(library: Library, words: Iterable[str], *, category: str = "", place: str = "") -> list[Entry]:
    """Entries in which every word occurs, best first: in the id, then the name, then the rest.

    Records come before prices and properties. Swedish and Danish words of the field are looked up in English too.

    category: how the category begins, such as `energy` or `energy/heat`.  place: a place; entries of regions around it count too.

    >>> from ius_lca.library.read import embedded_library
    >>> [entry.id for entry in search(embedded_library(), ["fjärrvärme", "flis"])][:1]
    ['heat.district.wood_chips']
    """
    wanted = [word.casefold() for word in words]
    around = library.around(place)
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
        ranks = [_rank(word, texts) for word in wanted]
        if all(rank is not None for rank in ranks):
            far = around.index(entry.location) if place else 0
            found.append((sum(rank for rank in ranks if rank is not None), not isinstance(entry, Record), far, entry.id, entry))
    return [entry for *_, entry in sorted(found, key=lambda one: one[:4])]


def _rank(word: str, texts: list[str]) -> int | None:
    """In which of the texts a word occurs first, itself or in English; none if in none."""
    return next((rank for rank, text in enumerate(texts) if any(one in text for one in (word, *_english(word)))), None)


def _english(word: str) -> tuple[str, ...]:
    return (ENGLISH[word],) if word in ENGLISH else ()


def place_of(written: str, library: Library) -> str:
    """The key of a place by its key or name in any case; what was written, if there is none.

    >>> from ius_lca.library.read import embedded_library
    >>> place_of("denmark", embedded_library()), place_of("se", embedded_library())
    ('DK', 'SE')
    """
    wanted = written.casefold()
    return next((key for key, one in library.places.items() if wanted in {key.casefold(), one.name.casefold()}), written)


def places_of(name: str, library: Library) -> list[str]:
    """The places for which there is a record of that name: what may stand at its end."""
    ends = [key.removeprefix(f"{name}.") for key in library.records if key.startswith(f"{name}.")]
    return sorted(end for end in ends if end in library.places)


def hint_for(name: str, library: Library) -> str:
    """What may be meant by a name that no entry has."""
    if places := places_of(name, library):
        return f"There are: {', '.join(f'{name}.{place}' for place in places)}."
    known = entries(library)
    same = [key for key in known if key.casefold() == name.casefold()]
    return f"Did you mean '{same[0]}'?" if same else did_you_mean(name, known)


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


def _within(category: str, wanted: str) -> bool:
    return not wanted or category == wanted or category.startswith(f"{wanted.rstrip('/')}/")


def _text(*parts: str) -> str:
    return " ".join(parts).casefold()


def _split(text: str) -> list[str]:
    return [part for part in text.casefold().replace(".", " ").replace("_", " ").replace(",", " ").split() if len(part) > _SHORT]
