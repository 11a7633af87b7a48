"""A variant says only what differs from its case, and a mistake in either is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_case, read_with_lines
from ius_lca.library.record import Library
from tests.broken import assert_told_once, errors_of

FOLDER = Path(__file__).parents[1] / "bad_cases" / "variants"
BAD = [
    ("nothing_removed", 4, "'avoided_disposal' is to be removed, but 'good.yaml' has none here. Look at good.yaml:21"),
    ("another_folder", 2, "expected the name of another file, found '../good.yaml'. Name the file of a case in the same folder"),
    ("no_such_case", 1, "there is no file 'godo.yaml' beside this one."),
    ("of_a_variant", 1, "'many_words.yaml' is a variant itself. Name the case: 'good.yaml'."),
    ("of_no_case", 1, "'a_list.yaml' is not a case."),
    ("two_cases", 1, "expected the name of another file, found ['good.yaml']."),
    ("itself", 1, "expected the name of another file, found 'itself.yaml'."),
    ("no_name", 1, "expected the name of another file, found nothing."),
    ("long_name", 1, "beside this one. Name the file of a case in the same folder"),
    ("required_key_removed", 5, "'to' is missing."),
    ("wrong_unit", 6, "exchanges.heat.money.price"),
    ("unknown_key", 4, "Did you mean 'money'?"),
]


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_variant_is_told_once_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    assert_told_once(FOLDER / f"{name}.yaml", line, text, library)


def test_every_bad_variant_is_tested() -> None:
    good = {"good", "many_words", "a_list"}
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD} | good


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder with the case."""
    (tmp_path / "good.yaml").write_text((FOLDER / "good.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_a_variant_inherits_what_it_does_not_say(beside: Path) -> None:
    variant = beside / "dear.yaml"
    variant.write_text("variant_of: good.yaml\nname: Dear\nexchanges: {heat: {money: {price: 25 EUR/MWh}}}\n", encoding="utf-8")
    case, dear = read_case(beside / "good.yaml"), read_case(variant)
    assert (dear.name, dear.variant_of, case.variant_of) == ("Dear", "good.yaml", None)
    assert dear.exchanges["heat"].quantity == case.exchanges["heat"].quantity
    sold = {
        row["value"]
        for row in assess(dear).tables["economics"]
        if (row["item"], row["year"], row["actor"]) == ("sale", 2025, "mill")
    }
    assert sold == {2000 * 25.0}  # 2 GWh at 25 EUR/MWh
    assert assess(dear).case["variant_of"] == "good.yaml"


def test_a_new_number_inherits_no_evidence(beside: Path) -> None:
    variant = beside / "more.yaml"
    variant.write_text("variant_of: good.yaml\nexchanges: {heat: {quantity: {value: 3 GWh/year}}}\n", encoding="utf-8")
    quantity = read_case(variant).exchanges["heat"].quantity
    assert quantity is not None
    assert (quantity.value, str(quantity.evidence), quantity.source) == (3, "assumed", "")


def test_what_is_known_of_a_number_that_is_replaced_has_no_line_any_more(beside: Path) -> None:
    case, variant = beside / "cited.yaml", beside / "more.yaml"
    cited = "quantity:\n      value: 2 GWh/year\n      evidence: measured\n      source: meter"
    text = (beside / "good.yaml").read_text(encoding="utf-8")
    case.write_text(
        text.replace('quantity: {value: 2 GWh/year, evidence: measured, source: "meter, 2024"}', cited), encoding="utf-8"
    )
    variant.write_text("variant_of: cited.yaml\nexchanges: {heat: {quantity: 3 GWh/year}}\n", encoding="utf-8")
    place = ("exchanges", "heat", "quantity", "source")
    assert read_with_lines(case)[1].where(place) == "cited.yaml:19"
    assert read_with_lines(variant)[1].where(place) == "more.yaml:2"


def test_somebody_may_be_called_as_a_part_of_a_number_is(beside: Path) -> None:
    variant = beside / "third.yaml"
    variant.write_text("variant_of: good.yaml\nactors: {library: {name: City library}}\n", encoding="utf-8")
    assert list(read_case(variant).actors) == ["mill", "town", "library"]


def test_two_variants_of_each_other_are_told_to_name_a_case(beside: Path, library: Library) -> None:
    (beside / "one.yaml").write_text("variant_of: other.yaml\n", encoding="utf-8")
    (beside / "other.yaml").write_text("variant_of: one.yaml\n", encoding="utf-8")
    text = "'other.yaml' is a variant itself. Name the file of a case in the same folder"
    assert_told_once(beside / "one.yaml", 1, text, library)


def test_an_empty_value_removes_a_key(beside: Path) -> None:
    variant = beside / "free.yaml"
    variant.write_text("variant_of: good.yaml\nexchanges: {heat: {money: ~}}\n", encoding="utf-8")
    assert read_case(variant).exchanges["heat"].money.price is None


def test_an_error_in_the_case_is_told_with_the_file_of_the_case(beside: Path, library: Library) -> None:
    variant = beside / "alone.yaml"
    variant.write_text("variant_of: good.yaml\nactors:\n  town: ~\n  city: {name: City}\n", encoding="utf-8")
    assert [finding.where for finding in errors_of(variant, library)] == ["good.yaml:14"]  # its `to: town`
    _, document = read_with_lines(variant)
    assert document.where(("actors", "city", "name")) == "alone.yaml:4"
    assert document.where(("place",)) == "good.yaml:3"
