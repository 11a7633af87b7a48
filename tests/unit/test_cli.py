"""The command line: what each verb prints and writes, and the code it leaves with."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ius_lca import __version__, cli, terminal
from ius_lca.errors import VerificationError
from ius_lca.finding_order import CODES
from ius_lca.paths import shipped
from tests.unit.conftest import Run

HELSINGBORG = str(shipped("examples") / "helsingborg" / "case.yaml")
BAD_CASES = Path(__file__).parent.parent / "bad_cases"


def test_help_teaches_the_first_steps(ius: Run) -> None:
    code, out, _ = ius("--help")
    assert code == 0
    for words in ("ius-lca new mycase", "ius-lca check", "ius-lca run", "report.html", "factors"):
        assert words in out


def test_whoever_calls_the_command_keeps_its_search_for_garbage(ius: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    during = []
    monkeypatch.setattr(cli, "app", lambda: during.append(gc.isenabled()))
    ius()
    assert (during, gc.isenabled()) == ([False], True)


def test_version_is_the_package_version(ius: Run) -> None:
    assert ius("--version") == (0, f"ius-lca {__version__}\n", "")


def test_new_makes_a_case_that_checks_and_runs(ius: Run, tmp_path: Path) -> None:
    code, out, _ = ius("new", "mine")
    assert code == 0
    assert "mine/case.yaml" in out
    assert ius("check", "mine/case.yaml")[0] == 0
    code, out, _ = ius("run", "mine/case.yaml", "-o", "results")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == ["report.html", "result.json"]
    assert out.split() == ["results/report.html", "results/result.json"]


def test_new_never_overwrites(ius: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("mine", encoding="utf-8")
    code, _, err = ius("new", ".")
    assert code == 2
    assert "is there already" in err
    assert (tmp_path / "case.yaml").read_text(encoding="utf-8") == "mine"


def test_new_from_an_example(ius: Run, tmp_path: Path) -> None:
    assert ius("new", "copy", "--from", "helsingborg")[0] == 0
    assert (tmp_path / "copy" / "case.yaml").read_text(encoding="utf-8") == Path(HELSINGBORG).read_text(encoding="utf-8")
    code, _, err = ius("new", "other", "--from", "helsingbrg")
    assert code == 2
    assert "Did you mean 'helsingborg'?" in err


def test_new_from_an_example_brings_its_variants_or_nothing(ius: Run, tmp_path: Path) -> None:
    code, out, _ = ius("new", "copy", "--from", "handelo")
    assert (code, out.splitlines()[:2]) == (0, ["copy/case.yaml", "copy/feed_anyway.yaml"])
    assert ius("check", "copy/feed_anyway.yaml")[0] == 0
    (tmp_path / "copy" / "case.yaml").unlink()
    code, _, err = ius("new", "copy", "--from", "handelo")
    assert code == 2
    assert "'copy/feed_anyway.yaml' is there already" in err
    assert not (tmp_path / "copy" / "case.yaml").exists()


def test_check_of_a_sound_case_counts_what_it_noticed(ius: Run) -> None:
    code, out, err = ius("check", HELSINGBORG)
    assert code == 0
    assert "no error" in out
    assert "note  exchanges.digestate.supply.displacement" in err


def test_check_tells_every_error_with_its_line(ius: Run) -> None:
    code, out, err = ius("check", str(BAD_CASES / "several_errors.yaml"))
    assert code == 1
    assert out == ""
    lines = err.splitlines()
    assert len([line for line in lines if "  error  " in line]) >= 3
    assert all(line.startswith("several_errors.yaml:") for line in lines[:-1])
    assert lines[-1].endswith("errors.")


def test_a_missing_case_is_told_without_a_traceback(ius: Run) -> None:
    code, _, err = ius("check", "nowhere.yaml")
    assert code == 1
    assert "nowhere.yaml  error  there is no such file." in err
    assert "Traceback" not in err


def test_run_of_a_broken_case_writes_nothing(ius: Run, tmp_path: Path) -> None:
    code, _, err = ius("run", str(BAD_CASES / "unknown_factor.yaml"), "-o", "results")
    assert code == 1
    assert "no factor" in err
    assert not (tmp_path / "results").exists()


def test_run_writes_json_alone_on_request(ius: Run, tmp_path: Path) -> None:
    assert ius("run", HELSINGBORG, "-o", "results", "--format", "json")[0] == 0
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["result.json"]


def test_an_indicator_on_request_joins_the_result(ius: Run, tmp_path: Path) -> None:
    assert ius("run", HELSINGBORG, "-o", "results", "--format", "json", "--method", "climate_change_gwp20")[0] == 0
    rows = json.loads((tmp_path / "results" / "result.json").read_text(encoding="utf-8"))["benefits"]
    assert any(row["indicator"] == "climate_change_gwp20" for row in rows)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", HELSINGBORG), "Missing option '-o'"),
        (("run", HELSINGBORG, "-o", "out", "--format", "pdf"), "format 'pdf' is not written yet. Choose from: html, json."),
        (("run", HELSINGBORG, "-o", "out", "--format", "word"), "format 'word' is not known"),
        (("run", HELSINGBORG, "-o", "out", "--method", "nonsense"), "no indicator 'nonsense'. There are: climate_change"),
        (("report", "result.json", "-o", "report.pdf"), "only .html is written"),
        (("factors", "show", "heat.boiler.natural_gaz"), "Did you mean 'heat.boiler.natural_gas'"),
        (("factors", "show"), "name one factor"),
        (("factors", "unobtainium"), "no factor has all of: unobtainium"),
        (("factors", "biogass"), "Near: biogas"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_wrong_usage_is_code_2_and_says_what_is_right(ius: Run, words: tuple[str, ...], told: str) -> None:
    code, _, err = ius(*words)
    assert code == 2
    assert told in err
    assert "Traceback" not in err


def test_an_output_folder_that_cannot_be_is_told_before_the_work(ius: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    code, _, err = ius("run", HELSINGBORG, "-o", "taken/results")
    assert code == 2
    assert "cannot be written" in err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


def test_report_from_a_stored_result_is_the_same_page(ius: Run, tmp_path: Path) -> None:
    assert ius("run", HELSINGBORG, "-o", "results")[0] == 0
    assert ius("report", "results/result.json", "-o", "again.html")[0] == 0
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "results" / "report.html").read_bytes()


@pytest.mark.parametrize("content", ["not json", "[]", '{"format_version": 99}', '{"format_version": 1}'])
def test_report_refuses_what_is_no_result(ius: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "result.json").write_text(content, encoding="utf-8")
    code, _, err = ius("report", "result.json", "-o", "report.html")
    assert code == 1
    assert err.startswith("result.json  error  ")
    assert not (tmp_path / "report.html").exists()


def test_factors_are_found_by_swedish_and_danish_words(ius: Run) -> None:
    for word in ("fjärrvärme", "FJÄRRVÄRME", "fjernvarme"):
        code, out, _ = ius("factors", word)
        assert code == 0
        assert "heat.district.wood_chips" in out


def test_factors_without_words_lists_them_all(ius: Run) -> None:
    from ius_lca.library.read import embedded_library
    from ius_lca.library.search import entries

    count = len(entries(embedded_library()))
    assert f"{count} of {count} factors" in ius("factors")[1]


def test_a_factor_shows_what_a_hand_check_needs(ius: Run) -> None:
    code, out, _ = ius("factors", "show", "heat.district.wood_chips")
    assert code == 0
    assert "efficiency = 1.15" in out
    assert "fuel.wood_chips.combustion: 0.869565 MWh" in out  # 1 / 1.15
    assert "Climate change:" in out
    assert "not covered" in out
    assert "desnz_2025" in out
    assert "Danish Energy Agency" in out


def test_a_fault_of_ours_is_code_3(ius: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def disagree(*_: object, **__: object) -> None:
        raise VerificationError("the kernel and Brightway differ")

    monkeypatch.setattr("ius_lca.assessment.verify", disagree)
    code, _, err = ius("run", HELSINGBORG, "-o", "results")
    assert (code, err) == (3, "ius-lca: the kernel and Brightway differ\n")
    assert not (tmp_path / "results").exists()


def test_an_unexpected_fault_is_code_3_without_a_traceback(ius: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("ius_lca.assessment.verify", fail)
    code, _, err = ius("run", HELSINGBORG, "-o", "results")
    assert code == 3
    assert "a fault of ius-lca: ZeroDivisionError" in err
    assert "Traceback" not in err


def test_progress_appears_on_long_work(ius: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", -1.0)
    code, _, err = ius("run", HELSINGBORG, "-o", "results")
    assert code == 0
    for step in ("reading the factor library ...", "building the inventories and scoring them ...", "drawing the report ..."):
        assert step in err


def test_as_a_module_it_is_the_same_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ius_lca", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == f"ius-lca {__version__}\n"


def test_run_leaves_the_brightway_folder_alone_and_stdout_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "brightway"
    folder.mkdir()
    monkeypatch.setenv("BRIGHTWAY2_DIR", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    command = [sys.executable, "-W", "error", "-m", "ius_lca", "run", HELSINGBORG, "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(tmp_path / "out" / "report.html"), str(tmp_path / "out" / "result.json")]
    assert list(folder.iterdir()) == []


def test_findings_are_printed_with_the_name_of_their_page_and_heaviest_first(ius: Run) -> None:
    ius("new", "here", "--from", "helsingborg")
    _, _, checked = ius("check", "here/case.yaml")
    _, _, run = ius("run", "here/case.yaml", "-o", "out")
    findings, _, headlines = run.partition("In one year, compared with")
    assert set(checked.splitlines()) < set(findings.splitlines())  # those of the case, and those that need scores
    assert "CO₂ avoided" in headlines
    for told in (checked, findings):
        printed = [re.fullmatch(r"(?:\S+  )?(warning|note)  .*\[([a-z-]+)\]", line) for line in told.splitlines()]
        order = [(found.group(1) == "note", CODES.index(found.group(2))) for found in printed if found]
        assert len(order) == len(told.splitlines()) > 0
        assert order == sorted(order)
