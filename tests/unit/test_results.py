"""The result: frozen, tidy, the same as JSON, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import CaseError, Finding, Level, OutputError, Stage
from ius_lca.results import COLUMNS, Assessment, read_result, to_json, write_result

CASE = Path(__file__).parents[1] / "bad_cases" / "unquoted_norway.yaml"

#: Columns that the contract of `result.json` (format version 1) promises.
CONTRACT = {
    "benefits": {"reference", "indicator", "unit", "basis", "year", "baseline", "symbiosis", "benefit", "coverage"},
    "exchanges": {"reference", "exchange", "indicator", "unit", "basis", "year", "term", "value", "coverage"},
    "actors": {"reference", "rule", "actor", "indicator", "unit", "basis", "year", "value"},
    "economics": {"reference", "actor", "exchange", "counterparty", "item", "year", "unit", "value"},
}

PROGRAM = """
import sys
from pathlib import Path
from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.results import to_json

case, document = read_with_lines(Path(sys.argv[1]))
sys.stdout.buffer.write(to_json(assess(case, document=document)).encode())
"""


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """The result of a small valid case."""
    case, document = read_with_lines(CASE)
    return assess(case, document=document)


def test_result_survives_the_file(assessment: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_result(assessment, path)
    again = read_result(path)
    assert to_json(again) == path.read_text(encoding="utf-8") == to_json(assessment)
    assert again.findings == assessment.findings
    assert again.case == assessment.case
    assert [len(again.tables[name]) for name in COLUMNS] == [len(assessment.tables[name]) for name in COLUMNS]


def test_contract_of_the_file(assessment: Assessment) -> None:
    document = json.loads(to_json(assessment))
    assert document["format_version"] == 1
    assert {"case", "versions", "library", "findings", "verification", "sources"} <= document.keys()
    assert {"version", "sha256"} <= document["library"].keys()
    assert {"engine", "max_relative_difference", "terms_difference"} <= document["verification"].keys()
    for name, columns in CONTRACT.items():
        assert document[name] or name == "economics"
        for row in document[name]:
            assert columns <= row.keys()
    terms = {row["term"] for row in document["exchanges"]}
    assert terms == {"avoided_production", "avoided_disposal", "processing", "transport", "residue", "equipment_backup"}
    assert {row["basis"] for row in document["benefits"]} == {"in_year", "project", "first_10_years"}


def test_tables_are_data_frames_with_their_columns(assessment: Assessment) -> None:
    for name, frame in (
        ("benefits", assessment.benefits),
        ("exchanges", assessment.exchanges),
        ("actors", assessment.actors),
        ("economics", assessment.economics),
    ):
        assert tuple(frame.columns) == COLUMNS[name]
        assert len(frame) == len(assessment.tables[name])
    climate = assessment.benefits.query("indicator == 'climate_change' and basis == 'in_year' and reference == 'likely'")
    terms = assessment.exchanges.query("indicator == 'climate_change' and basis == 'in_year' and reference == 'likely'")
    assert terms["value"].sum() == pytest.approx(climate["benefit"].item(), rel=1e-12)


def test_years_of_a_table_are_whole_numbers_also_where_some_rows_have_none(assessment: Assessment) -> None:
    years = assessment.benefits.groupby("basis")["year"].unique()
    assert [str(year) for year in years["in_year"]] == [str(assessment.year)]  # 2023, not 2023.0
    assert [str(year) for year in years["project"]] == ["<NA>"]
    assert {str(assessment.table(name)["year"].dtype) for name, columns in COLUMNS.items() if "year" in columns} == {"Int64"}


def test_same_input_gives_the_same_bytes_in_two_processes() -> None:
    outputs = []
    for seed in ("1", "2"):  # of the hashes of text, which decides the order in sets
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", PROGRAM, str(CASE)], env=environment, capture_output=True, check=True)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 1000


def test_numbers_carry_twelve_significant_digits(assessment: Assessment) -> None:
    document = json.loads(to_json(assessment))
    values = [float(row["value"]) for row in document["exchanges"] if row["value"]]
    assert values
    assert all(value == float(f"{value:.12g}") for value in values)
    computed = {float(row["value"] or 0) for row in assessment.tables["exchanges"]}
    assert not set(values) <= computed  # rounding did something
    third = replace(assessment, verification={"engine": "none", "max_relative_difference": 1 / 3, "terms_difference": -0.0})
    written = json.loads(to_json(third))["verification"]
    assert written["max_relative_difference"] == 0.333333333333
    assert str(written["terms_difference"]) == "0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_never_written(assessment: Assessment, value: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        to_json(replace(assessment, verification={"engine": "none", "max_relative_difference": value}))


def test_findings_keep_level_and_stage(assessment: Assessment, tmp_path: Path) -> None:
    finding = Finding(Level.WARNING, "code", "å message", "Mend it.", "case.yaml:3", "actors", Stage.RESULT)
    write_result(replace(assessment, findings=(finding,)), tmp_path / "result.json")
    assert read_result(tmp_path / "result.json").findings == (finding,)


def test_result_is_frozen(assessment: Assessment) -> None:
    with pytest.raises(FrozenInstanceError):
        assessment.main_reference = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no json", "this is not a result file"),
        ("[1, 2]", "its format is None; this version reads 1"),
        ("{}", "its format is None; this version reads 1"),
        ('{"format_version": 2}', "its format is 2; this version reads 1"),
        ('{"format_version": 1}', r"it is incomplete \('case'\)"),
    ],
)
def test_what_is_no_result_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=f"result.json  error  {message}"):
        read_result(path)


def test_a_binary_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    with pytest.raises(CaseError, match="there is no such file"):
        read_result(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="this is not a result file"):
        read_result(path)


def test_a_table_that_is_missing_is_told(assessment: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    document = json.loads(to_json(assessment))
    del document["benefits"]
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(CaseError, match=r"it is incomplete \('benefits'\)"):
        read_result(path)


def test_a_level_that_does_not_exist_is_told(assessment: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    document = json.loads(to_json(assessment))
    document["findings"] = [{"level": "fatal", "code": "", "message": "", "stage": "case"}]
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(CaseError, match="it is incomplete"):
        read_result(path)


def test_result_that_cannot_be_written_is_told(assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_result(assessment, tmp_path / "file" / "result.json")
