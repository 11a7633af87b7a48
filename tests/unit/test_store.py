"""Files are written whole or not at all, and the cache never gets in the way."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ius_lca.errors import OutputError
from ius_lca.store import is_there, read_stored, require_writable, store, write_together, write_whole


def break_replacement(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let every file fail to take its place, at the last moment."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)


@pytest.mark.parametrize(("content", "expected"), [("Öresund\n", "Öresund\n".encode()), (b"\x00\xff", b"\x00\xff"), ("", b"")])
def test_what_is_written_is_what_is_read(tmp_path: Path, content: str | bytes, expected: bytes) -> None:
    path = tmp_path / "new" / "folder" / "result.json"
    write_whole(path, content)
    assert path.read_bytes() == expected
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert [entry.name for entry in path.parent.iterdir()] == ["result.json"]


def test_a_result_is_as_readable_as_any_file_of_the_user(tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        write_whole(tmp_path / "result.json", "x")
    finally:
        os.umask(previous)
    assert (tmp_path / "result.json").stat().st_mode & 0o777 == 0o644


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.json"
    write_whole(path, "old")
    break_replacement(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)\. Choose a folder you may write to\.$"):
        write_whole(path, "new")
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("result.json", "old")]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.json"
    write_whole(path, "old")
    break_replacement(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "new")
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("result.json", "old")]


def test_content_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "result.json", "\ud800")
    assert list(tmp_path.iterdir()) == []


def test_files_written_together_all_take_their_places(tmp_path: Path) -> None:
    write_together(tmp_path / "out", {"result.json": "{}", "report.html": b"<p>"})
    assert {entry.name: entry.read_bytes() for entry in (tmp_path / "out").iterdir()} == {
        "result.json": b"{}",
        "report.html": b"<p>",
    }


def test_of_files_written_together_none_changes_if_one_cannot_be_prepared(tmp_path: Path) -> None:
    write_whole(tmp_path / "result.json", "old")
    with pytest.raises(OutputError):
        write_together(tmp_path, {"result.json": "new", "no folder/report.html": "new"})
    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("result.json", "old")]


def test_a_path_through_a_file_cannot_be_written(tmp_path: Path) -> None:
    # The tests may run as root, whom no permission stops: a file in the place of a folder stops everybody.
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match=r"'.*file.*' cannot be written \(.+\)\. Choose a folder you may write to\.$"):
        write_whole(tmp_path / "file" / "result.json", "new")
    with pytest.raises(OutputError, match=r"cannot be written"):
        write_whole(tmp_path / "file" / "deeper" / "result.json", "new")
    assert (tmp_path / "file").read_text() == "kept"


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "result.json").mkdir()
    with pytest.raises(OutputError):
        write_whole(tmp_path / "result.json", "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["result.json"]
    assert (tmp_path / "result.json").is_dir()


def test_a_folder_is_known_to_be_writable_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    require_writable(tmp_path)
    require_writable(tmp_path / "not" / "yet" / "there")
    for folder in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError, match=r"cannot be written\. Choose a folder you may write to\.$"):
            require_writable(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_the_cache_gives_back_what_it_keeps_and_nothing_otherwise(tmp_path: Path) -> None:
    store(tmp_path / "cache" / "kept.json", "Öresund")
    assert read_stored(tmp_path / "cache" / "kept.json") == "Öresund"
    assert read_stored(tmp_path / "cache" / "none.json") is None
    assert read_stored(tmp_path / "cache") is None
    (tmp_path / "cache" / "kept.json").write_bytes(b"\xff\xfe")
    assert read_stored(tmp_path / "cache" / "kept.json") is None


def test_a_cache_that_cannot_be_written_is_silent(
    tmp_path: Path, recwarn: pytest.WarningsRecorder, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("kept")
    store(tmp_path / "file" / "kept.json", "x")
    assert read_stored(tmp_path / "file" / "kept.json") is None
    assert (tmp_path / "file").read_text() == "kept"
    assert list(recwarn) == []
    assert capfd.readouterr() == ("", "")


def test_many_writers_and_readers_of_the_cache_see_whole_files_only(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    versions = [str(number) * 200_000 for number in range(8)]

    def write_and_read(content: str) -> str | None:
        for _ in range(5):
            store(path, content)
        return read_stored(path)

    with ThreadPoolExecutor(max_workers=8) as pool:
        read = list(pool.map(write_and_read, versions))
    assert set(read) <= set(versions)
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_a_folder_made_for_files_that_cannot_be_written_goes_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").mkdir()
    break_replacement(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(OutputError):
        write_whole(tmp_path / "old" / "new" / "newer" / "result.json", "x")
    assert list(tmp_path.rglob("*")) == [tmp_path / "old"]


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    for attempt in (lambda path: write_whole(path, "x"), lambda path: require_writable(path.parent), is_there):
        with pytest.raises(OutputError, match=r"cannot be written \(File name too long\)"):
            attempt(tmp_path / ("a" * 300) / "result.json")


def test_a_folder_where_a_file_is_to_be_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    require_writable(tmp_path, ["result.json"])
    with pytest.raises(OutputError, match=r"report.html' is a folder"):
        require_writable(tmp_path, ["result.json", "report.html"])
