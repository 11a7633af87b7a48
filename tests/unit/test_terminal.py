"""What a terminal, a pipe or a file can show."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ius_lca import terminal
from ius_lca.paths import shipped
from ius_lca.terminal import plain, table
from tests.unit.conftest import Run

HELSINGBORG = str(shipped("examples") / "helsingborg" / "case.yaml")
FULL = Path("/dev/full")
LINES = [("heat.boiler.natural_gas", "22.3", "Heat of a gas boiler"), ("transport.rail", "", "A train")]


def program(*words: str, encoding: str = "utf-8", **streams: object) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, in a terminal of some encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-m", "ius_lca", *words], env=environment, check=False, **streams)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_that_a_terminal_lacks_are_written_plainly(encoding: str) -> None:
    for words in (("factors", "show", "heat.district.wood_chips"), ("factors", "--format", "csv")):
        done = program(*words, encoding=encoding, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"?" not in done.stdout
        assert b"CO2" in done.stdout or b"\\u" not in done.stdout


def test_a_new_case_in_a_folder_with_foreign_letters(tmp_path: Path) -> None:
    done = program("new", "Malmö hamn", encoding="ascii", capture_output=True, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, b"Malmo hamn/case.yaml")
    assert (tmp_path / "Malmö hamn" / "case.yaml").is_file()


def test_what_a_headline_is_written_with_has_a_plain_form() -> None:
    assert plain("−2\u202f480 TJ, CO₂e, 5–10 m³, Åbo, Østfold, “x”…") == '-2 480 TJ, CO2e, 5-10 m3, Abo, Ostfold, "x"...'
    assert plain("鉄") == "?"


def test_a_reader_that_stops_changes_no_exit_code() -> None:
    for words, code in ((("factors",), 0), (("check", HELSINGBORG), 0), (("check", "nowhere.yaml"), 1), (("factors", "xyz"), 2)):
        reading, writing = os.pipe()
        os.close(reading)
        done = program(*words, stdout=writing, stderr=writing)
        os.close(writing)
        assert done.returncode == code


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full here")
def test_a_full_disk_behind_the_output_is_no_fault_of_ours() -> None:
    with FULL.open("wb") as full:
        done = program("factors", stdout=full, stderr=subprocess.PIPE)
        assert (done.returncode, done.stderr) == (
            2,
            b"ius-lca: what is printed cannot be written (No space left on device). Name another file after '>'.\n",
        )
        assert program("check", HELSINGBORG, stderr=full, stdout=subprocess.DEVNULL).returncode == 2
        assert program("check", "nowhere.yaml", stderr=full).returncode == 1


def test_a_closed_stream_is_written_nothing(monkeypatch: pytest.MonkeyPatch, ius: Run) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(terminal, "_PATIENCE", 1e9)
    assert ius("check", HELSINGBORG)[0] == 0


def test_a_table_keeps_ids_and_numbers_whole_however_narrow() -> None:
    titles = ("id", "kg CO2e", "what")
    assert table(titles, LINES, 80).splitlines() == [
        "id                       kg CO2e  what",
        "heat.boiler.natural_gas  22.3     Heat of a gas boiler",
        "transport.rail                    A train",
    ]
    assert table(titles, LINES, 40).splitlines() == [
        "heat.boiler.natural_gas",
        "  kg CO2e 22.3: Heat of a gas boiler",
        "transport.rail",
        "  A train",
    ]


def test_a_terminal_is_as_wide_as_it_is_and_a_pipe_as_wide_as_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert terminal.width() == 200
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert terminal.width() == 40


def test_progress_where_stderr_was_closed_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(terminal, "_PATIENCE", -1.0)
    with terminal.progress_told() as tell:
        tell("solving")
