"""Browsing the library from the command line: lists, one factor whole, and what differs between two libraries."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.record import Library
from ius_lca.library.search import entries
from ius_lca.paths import shipped
from tests.unit.conftest import Run


def test_the_json_list_holds_every_entry_once(ius: Run, library: Library) -> None:
    code, out, _ = ius("factors", "--format", "json")
    assert code == 0
    listed = json.loads(out)
    assert sorted(row["id"] for row in listed) == sorted(entries(library))
    computable = [row for row in listed if row["kind"] in {"unit_process", "mix", "parametric", "screening"}]
    assert len(computable) == len(library.records)
    assert all(row["sources"] for row in listed)


def test_food_waste_in_swedish_and_danish_is_no_food(ius: Run) -> None:
    for word in ("matavfall", "madaffald"):
        listed = [row["id"] for row in json.loads(ius("factors", word, "--format", "json")[1])]
        assert "waste.digestion.food" in listed
        assert not [one for one in listed if one.startswith("food.")]


def test_the_csv_list_is_a_table_with_a_head(ius: Run, library: Library) -> None:
    code, out, _ = ius("factors", "landfill", "--category", "waste", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["id"] for row in rows} >= {"waste.landfill.food", "waste.landfill.inert"}
    assert all(row["category"].startswith("waste/") for row in rows)
    assert {row["unit"] for row in rows if row["id"] == "waste.landfill.food"} == {
        library.records["waste.landfill.food"].reference.unit
    }


def test_a_place_finds_its_own_factors_before_those_of_regions_around_it(ius: Run) -> None:
    code, out, _ = ius("factors", "electricity.mix", "--place", "SE", "--format", "json")
    assert code == 0
    places = [row["place"] for row in json.loads(out)]
    assert places[0] == "SE"
    assert "EU27" in places
    assert "DK" not in places


def test_one_factor_as_json_holds_its_inventory_and_its_scores(ius: Run, library: Library) -> None:
    code, out, _ = ius("factors", "show", "fuel.natural_gas.combustion", "--format", "json")
    assert code == 0
    shown = json.loads(out)
    climate = next(row for row in shown["scores"] if row["indicator"] == "climate_change")
    assert climate == {
        "indicator": "climate_change", "unit": "kg CO2e", "per": "GJ", "coverage": "full",
        "value": pytest.approx(56.1 + 0.001 * 29.8 + 0.0001 * 273, rel=1e-11),  # CO2, CH4, N2O of the IPCC with AR6
    }  # fmt: skip
    assert shown["uncertainty"]["basis"] in {"source", "spread", "pedigree"}
    assert all(source["licence"] for source in shown["sources"])


def test_what_is_not_covered_has_no_value(ius: Run) -> None:
    shown = json.loads(ius("factors", "show", "heat.district.DK", "--format", "json")[1])
    energy = next(row for row in shown["scores"] if row["indicator"] == "raw_materials")
    assert (energy["value"], energy["coverage"]) == (None, "none")


@pytest.mark.parametrize("kind", ["unit_process", "mix", "parametric", "screening", "property", "price"])
def test_every_kind_of_entry_has_a_page_and_a_json(ius: Run, library: Library, kind: str) -> None:
    name = next(name for name, entry in entries(library).items() if entry.kind == kind)
    code, out, _ = ius("factors", "show", name)
    assert code == 0
    assert out.startswith(f"{name}: ")
    for ref in {citation.ref for citation in entries(library)[name].sources}:
        assert f"  {ref}: " in out
        assert library.sources[ref].address.split("?")[0][:40] in out.replace("\n    ", "")
    assert json.loads(ius("factors", "show", name, "--format", "json")[1])["id"] == name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("losseplads", "waste.landfill.inert"),
        ("dampkedel", "heat.boiler.electric"),
        ("elektricitet", "electricity.mix.SE"),
        ("rötrest", "digestate"),
    ],
)
def test_words_of_the_field_are_found_though_no_entry_has_them(ius: Run, typed: str, found: str) -> None:
    code, out, _ = ius("factors", typed)
    assert code == 0
    assert found in out


def test_the_list_shows_the_climate_change_that_the_library_computes(ius: Run, library: Library) -> None:
    rows = {row["id"]: row for row in json.loads(ius("factors", "--format", "json")[1])}
    scores = unit_scores(library, chosen())
    for name in library.records:
        value, _ = scores.covered(scores.ids.index(name), scores.indicators.index("climate_change"))
        assert rows[name]["climate_change"] == (None if value is None else pytest.approx(value, rel=1e-5)), name


@pytest.mark.parametrize(
    "name", ["heat.boiler.natural_gas", "waste.landfill.food", "electricity.mix.SE", "fuel.wood_chips.upstream"]
)
def test_the_lines_of_a_page_add_up_to_its_climate_change(ius: Run, name: str) -> None:
    page = ius("factors", "show", name)[1]
    lines = page.partition("\nPer ")[0].splitlines()
    parts = [float(line.rsplit("  = ", 1)[1].removesuffix(" kg CO2e")) for line in lines if line.endswith(" kg CO2e")]
    total = next(line for line in page.splitlines() if line.startswith("  Climate change: "))
    # Every part and the total are printed with four digits.
    assert sum(parts) == pytest.approx(float(total.split()[2]), rel=1e-3)
    assert parts


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("factors", "--format", "xml"), "no format 'xml'. Choose from: csv, json, text."),
        (("factors", "--place", "SF"), "no place 'SF'. There are: GLO, Europe"),
        (("factors", "--category", "heat"), "no category 'heat'. There are: agriculture"),
        (("factors", "show", "electricity.mix"), "no factor 'electricity.mix'. There are: electricity.mix.DE"),
        (("factors", "show", "electricity.mix.dk"), "Did you mean 'electricity.mix.DK'?"),
        (("factors", "unobtainium", "--category", "energy"), "no factor has all of: unobtainium, category energy"),
        (("factors", "show", "heat.boiler.electric", "--format", "csv"), "one factor is no table: choose text or json."),
        (("factors", "diff"), "name two folders"),
        (("factors", "diff", "embedded", "nowhere"), "'nowhere' is no folder of a factor library"),
    ],
)
def test_wrong_usage_is_told(ius: Run, words: tuple[str, ...], told: str) -> None:
    code, _, err = ius(*words)
    assert code == 2
    assert told in err


def test_a_library_does_not_differ_from_itself(ius: Run) -> None:
    assert ius("factors", "diff", "embedded", str(shipped("factors")))[:2] == (0, "No entry differs.\n")


def test_what_differs_is_told_entry_by_entry(ius: Run, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(shipped("factors"), changed)
    (file,) = [path for path in changed.rglob("*.yaml") if "- id: fertiliser.nitrogen\n" in path.read_text(encoding="utf-8")]
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("amount: 3.37,", "amount: 3.38,", 1).replace("- id: fertiliser.urea\n", "- id: fertiliser.carbamide\n")
    )
    code, out, _ = ius("factors", "diff", "embedded", str(changed))
    assert code == 0
    assert out.splitlines() == [
        "fertiliser.urea  entry: Urea fertiliser, per kg N -> (nothing)",
        "fertiliser.carbamide  entry: (nothing) -> Urea fertiliser, per kg N",
        "fertiliser.nitrogen  biosphere[co2_fossil].amount: 3.37 -> 3.38",
        "3 differences in 3 entries.",
    ]
    rows = json.loads(ius("factors", "diff", "embedded", str(changed), "--format", "json")[1])
    assert rows[-1] == {"entry": "fertiliser.nitrogen", "where": "biosphere[co2_fossil].amount", "old": "3.37", "new": "3.38"}
    assert ius("factors", "diff", "embedded", str(changed), "--format", "csv")[1].count("\n") == 4  # a head and three rows


def test_an_older_library_can_be_compared_although_it_would_not_pass_today(ius: Run, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(shipped("factors"), older)
    (older / "places.yaml").unlink()
    sources = (older / "sources.yaml").read_text(encoding="utf-8")
    (older / "sources.yaml").write_text(sources.replace("year: 2006", "year: 2007", 1), encoding="utf-8")
    (older / "characterisation" / "factors.csv").write_text("indicator,flow,factor\n", encoding="utf-8")
    code, out, _ = ius("factors", "diff", str(older), "embedded")
    assert code == 0
    assert "source ipcc_2006  year: 2007 -> 2006" in out.splitlines()
    assert "place SE  entry: (nothing) -> Sweden" in out.splitlines()


def test_other_files_of_a_library_may_differ_too(ius: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(shipped("factors"), other)
    (other / "characterisation" / "factors.csv").write_text("indicator,flow,factor\n", encoding="utf-8")
    assert ius("factors", "diff", "embedded", str(other))[1] == "No entry differs, though other files do.\n"
