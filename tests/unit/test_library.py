"""Reading the factor library: every problem of a record has its broken file, and is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ius_lca.errors import LibraryError
from ius_lca.library.read import embedded_library, folder_hash, read_library
from ius_lca.library.record import Library
from ius_lca.paths import cache_folder, shipped

BROKEN = Path(__file__).parents[1] / "bad_cases" / "library"

#: What is told of each broken library, whole. The first record, on line 1 of heat.yaml, is sound; the second begins on line 16.
TOLD = {
    "ban_that_leads_nowhere": (
        "legality.yaml:4  error  no record 'waste.landfill.cake'. Did you mean 'waste.landfill.bread'?\n"
        "legality.yaml:8  error  no place 'Europa'. Did you mean 'Europe'?\n"
        "legality.yaml:9  error  no treatment 'landfil'. Did you mean 'landfill'?\n"
        "legality.yaml:14  error  no source 'gazete'. Did you mean 'gazette'?\n"
        "legality.yaml:10  error  no kind of waste 'orgnic'. Did you mean 'organic'?"
    ),
    "ban_without_a_date": (
        "legality.yaml:10  error  bans.XX.landfill.since: 'since long' is no date: "
        "write a year or a day, such as 2005 or 2009-07-01."
    ),
    "bad_formula": (
        "heat.yaml:16  error  heat.network: heat.stove: '1/eficiency': no parameter 'eficiency'. Did you mean 'efficiency'?"
    ),
    "bad_formula_in_a_mix": (
        "heat.yaml:16  error  heat.network: heat.stove: '1/(1 - 1)' has no finite value (float division by zero)."
    ),
    "circular_default_above_one": ("circular_footprint.yaml:4  error  glass.values.A.value: '1.2': expected at most 1.0."),
    "circular_default_without_source": ("circular_footprint.yaml:4  error  glass: no source 'handbok'. Did you mean 'handbook'?"),
    "cross_check_without_a_reason": "heat.yaml:29  error  [1].cross_checks[0].note: 'note' must not be empty.",
    "cross_check_with_an_unknown_parameter": "heat.yaml:16  error  heat.network: no parameter 'eta'.",
    "duplicate_id": "heat.yaml:16  error  the id 'heat.stove' stands twice. Rename one.",
    "loop_without_solution": (
        "heat.yaml:16  error  the loop heat.network -> heat.pump -> heat.network takes as much of its own product as it makes, "
        "so it has no solution. Mend an amount in it."
    ),
    "missing_source": "heat.yaml:16  error  heat.network: no source 'handbok'. Did you mean 'handbook'?",
    "mix_of_90_percent": "heat.yaml:16  error  heat.network: its shares sum to 0.9. They must sum to 1.",
    "model_without_its_parameters": (
        "heat.yaml:16  error  heat.network: its model cannot run: 'years'. State every parameter of the model."
    ),
    "no_sources": "heat.yaml:27  error  [1].sources: too few entries.",
    "not_yaml": (
        "heat.yaml:6  error  this is not YAML: did not find expected ',' or '}'. "
        "Check this line and the one before it: indentation (spaces, no tabs), quotes, and colons: a key has one after it, "
        "and text that holds ': ' goes in quotes."
    ),
    "parameter_out_of_range": (
        "heat.yaml:16  error  heat.network: 'efficiency' = 0.99 lies outside [0.8, 0.95]. Mend one of them."
    ),
    "price_in_an_unknown_unit": "heat.yaml:16  error  tax.landfill.nowhere: unit: no unit 'XYZ/t'.",
    "price_without_years": "heat.yaml:24  error  [1].by_year: too few entries.",
    "records_in_a_mapping": "heat.yaml:1  error  expected a list of records here (lines that start with '-').",
    "screening_that_covers_too_much": (
        "heat.yaml:16  error  heat.network: a screening record has the flow co2e_screening alone and covers climate_change alone."
    ),
    "screening_with_inputs": (
        "heat.yaml:16  error  heat.network: a screening record has the flow co2e_screening alone and covers climate_change alone."
    ),
    "screening_without_gwp": "heat.yaml:16  error  heat.network: a bare CO2e figure needs 'gwp'. Write AR4, AR5 or AR6.",
    "source_without_licence": (
        "sources.yaml:1  error  handbook.licence: 'licence' is missing.\n"
        "heat.yaml:1  error  heat.stove: no source 'handbook'. Add it to sources.yaml."
    ),
    "uncited_source": "heat.yaml:16  error  heat.network: 'second' is used but not listed in its sources. List it with 'where'.",
    "uncited_source_of_a_material": (
        "heat.yaml:16  error  property.straw: 'second' is used but not listed in its sources. List it with 'where'."
    ),
    "uncited_source_of_a_property": (
        "heat.yaml:16  error  heat.network: 'second' is used but not listed in its sources. List it with 'where'."
    ),
    "unit_that_does_not_parse": (
        "heat.yaml:16  error  heat.network: co2_fossil: 'ton' cannot be read: "
        "'ton' is the US short ton (907 kg) to some tools: write 't' for tonnes."
    ),
    "unknown_flow": "heat.yaml:16  error  heat.network: no elementary flow 'co2_fosil'. Did you mean 'co2_fossil'?",
    "unknown_indicator": "heat.yaml:16  error  heat.network: no indicator 'primary_enegy'. Did you mean 'primary_energy'?",
    "unknown_input": "heat.yaml:16  error  heat.network: no record 'heat.stov'. Did you mean 'heat.stove' or 'heat.network'?",
    "unknown_key": "heat.yaml:29  error  [1].note: unknown key 'note'. Did you mean 'notes'?",
    "unknown_model": (
        "heat.yaml:16  error  heat.network: no model 'first_order_decy'. Did you mean 'first_order_decay'?\n"
        "heat.yaml:16  error  heat.network: its model cannot run: 'first_order_decy'. State every parameter of the model."
    ),
    "unknown_place": "heat.yaml:16  error  heat.network: no place 'Europa'. Did you mean 'Europe'?",
    "unverified": (
        "heat.yaml:16  error  heat.network: its numbers were not read in their source. "
        "Verify it; what is not verified does not ship."
    ),
    "wrong_dimension": "heat.yaml:16  error  heat.network: heat.stove: 't' (mass) does not convert to 'MWh' (energy).",
}


def broken(name: str, folder: Path) -> Path:
    """A library with one fault: what all have in common, and over it the files that break it."""
    shutil.copytree(BROKEN / "common", folder)
    shutil.copytree(BROKEN / name, folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_broken_record_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        read_library(broken(name, tmp_path / "factors"))
    assert str(caught.value) == TOLD[name]


def test_every_broken_library_is_tested() -> None:
    assert {folder.name for folder in BROKEN.iterdir()} == {*TOLD, "common"}


def test_a_broken_library_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IUS_LCA_CACHE", str(tmp_path / "cache"))
    folder = broken("unknown_flow", tmp_path / "factors")
    for _ in range(2):
        with pytest.raises(LibraryError):
            read_library(folder)
    assert not (tmp_path / "cache").exists()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A folder with one sound record: a broken one, without the record that breaks it."""
    folder = broken("unknown_flow", tmp_path / "factors")
    heat = folder / "heat.yaml"
    heat.write_text(heat.read_text(encoding="utf-8").partition("\n\n")[0] + "\n", encoding="utf-8")
    return folder


def test_a_sound_folder_is_read(sound: Path) -> None:
    read = read_library(sound)
    assert (read.version, list(read.records), list(read.sources)) == ("1", ["heat.stove"], ["handbook", "second"])
    assert read.records["heat.stove"].biosphere[0].amount == "200"
    assert read.sha256 == folder_hash(sound)


def test_the_shipped_library_is_sound_and_read_alike_without_with_and_beside_the_cache(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IUS_LCA_CACHE", str(tmp_path))
    cold = read_library(shipped("factors"))
    warm = read_library(shipped("factors"))
    assert cold == warm == library
    assert embedded_library() is embedded_library()


def test_findings_of_several_records_come_together(sound: Path) -> None:
    heat = sound / "heat.yaml"
    record = heat.read_text(encoding="utf-8")
    second = record.replace("heat.stove", "heat.second").replace("verified: true", "verified: false")
    third = record.replace("heat.stove", "heat.third").replace("flow: co2_fossil", "flow: co2")
    heat.write_text(record + second + third, encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(sound)
    assert [(finding.code, finding.where) for finding in caught.value.findings] == [
        ("unverified", "heat.yaml:15"),
        ("unknown-flow", "heat.yaml:29"),
    ]


def test_the_hash_ignores_line_ends_and_sees_every_other_change(sound: Path) -> None:
    unix = folder_hash(sound)
    for path in sound.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert folder_hash(sound) == unix
    (sound / "notes.txt").write_text("no part of the library")
    assert folder_hash(sound) == unix
    (sound / "heat.yaml").write_bytes((sound / "heat.yaml").read_bytes().replace(b"200", b"201"))
    changed = folder_hash(sound)
    assert changed != unix
    (sound / "heat.yaml").rename(sound / "heating.yaml")  # the order of the files stays
    assert folder_hash(sound) not in {unix, changed}


def test_a_change_of_a_file_is_seen_despite_the_cache(sound: Path) -> None:
    before = read_library(sound)
    heat = sound / "heat.yaml"
    heat.write_text(heat.read_text(encoding="utf-8").replace("amount: 200", "amount: 201"), encoding="utf-8")
    after = read_library(sound)
    assert before.records["heat.stove"].biosphere[0].amount == "200"
    assert after.records["heat.stove"].biosphere[0].amount == "201"


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b"\xff\xfe", b'{"version": "1"}'])
def test_a_damaged_library_of_the_cache_is_built_anew(sound: Path, damage: bytes) -> None:
    read = read_library(sound)
    (kept,) = cache_folder().glob(f"library-*{read.sha256}.json")
    kept.write_bytes(damage)
    assert read_library(sound) == read
    assert Library.model_validate_json(kept.read_text(encoding="utf-8")) == read


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("IUS_LCA_CACHE", str(tmp_path / "file" / "cache"))
    assert list(read_library(sound).records) == ["heat.stove"]


def test_a_coproduct_is_per_unit_of_the_product(library: Library) -> None:
    record = next(record for record in library.records.values() if record.coproducts)
    first = record.coproducts[0]
    doubled = record.model_copy(update={"reference": record.reference.model_copy(update={"amount": 2 * record.reference.amount})})
    amount, unit = record.coproduct(first.product)
    assert unit == first.unit
    assert doubled.coproduct(first.product) == (amount / 2, unit)
    with pytest.raises(KeyError):
        record.coproduct("no such product")
