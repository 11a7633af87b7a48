"""What records claim of themselves: what they cover, how they are allocated, and how many there are."""

from __future__ import annotations

from collections import Counter

import pytest

from ius_lca.impact.methods import indicators
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library, Record
from ius_lca.library.search import entries

LIBRARY = embedded_library()
#: Flows by the word of `covers` that they drive.
DRIVERS: dict[str, set[str]] = {}
for indicator in indicators().values():
    DRIVERS.setdefault(indicator.covered_by, set()).update(indicator.factors)
#: Pollutants of everything that burns, by the word of `covers` that needs them.
OF_BURNING = {
    "acidification": "nitrogen_oxides",
    "eutrophication_marine": "nitrogen_oxides",
    "eutrophication_terrestrial": "nitrogen_oxides",
    "particulate_matter": "pm2_5",
    "photochemical_ozone": "nitrogen_oxides",
}


def _says_zero(record: Record) -> bool:
    return "zero" in f"{record.notes} {record.boundary}".casefold()


@pytest.mark.parametrize("name", list(LIBRARY.records))
def test_what_is_covered_is_in_the_record_or_said_to_be_zero(library: Library, name: str) -> None:
    record = library.records[name]
    own = {emission.flow for emission in record.biosphere}
    for word in set(record.covers) - {"landfill_direct"}:
        assert own & DRIVERS[word] or record.technosphere or _says_zero(record), word


@pytest.mark.parametrize("name", [record.id for record in LIBRARY.records.values() if record.kind != "screening"])
def test_what_burns_and_covers_air_pollution_lists_its_pollutants(library: Library, name: str) -> None:
    record = library.records[name]
    own = {emission.flow for emission in record.biosphere}
    if not own & {"co2_fossil", "co2_biogenic"} or any(".combustion" in line.input for line in record.technosphere):
        return
    for word, pollutant in OF_BURNING.items():
        assert word not in record.covers or pollutant in own or _says_zero(record), word


@pytest.mark.parametrize("name", list(LIBRARY.records))
def test_an_allocation_of_our_choice_stands_in_the_name(library: Library, name: str) -> None:
    record = library.records[name]
    chosen = "attributional" in record.boundary.allocation.casefold()
    assert chosen == ("attributional" in record.name.casefold())
    if ".chp." in name:
        assert chosen


@pytest.mark.parametrize("name", list(entries(LIBRARY)))
def test_an_entry_can_be_found_and_judged(library: Library, name: str) -> None:
    entry = entries(library)[name]
    assert entry.synonyms, "other words people search for, also in Swedish and Danish"
    assert all(1 <= score <= 5 for score in entry.quality.pedigree)
    assert entry.category.partition("/")[0] in {
        "agriculture", "economics", "energy", "materials", "properties", "transport", "waste", "water",
    }  # fmt: skip


def test_the_library_is_as_large_as_it_says(library: Library) -> None:
    kinds = Counter(record.kind for record in library.records.values())
    assert sum(kinds.values()) >= 250
    assert kinds["unit_process"] > kinds["screening"]  # most have an inventory
    checks = [check for record in library.records.values() for check in record.cross_checks if check.independent]
    assert len(checks) >= 120


def test_every_source_is_cited(library: Library) -> None:
    cited = {citation.ref for entry in entries(library).values() for citation in entry.sources}
    cited |= {figure.ref for record in library.records.values() for figure in record.figures}
    cited |= {default.source for kind in library.circular_footprint.values() for default in kind.values.values()}
    assert sorted(set(library.sources) - cited) == []
