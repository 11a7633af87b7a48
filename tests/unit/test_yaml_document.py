"""YAML as plain text with lines; hostile and careless files are refused with a message."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from ius_lca.errors import CaseError
from ius_lca.yaml_document import DEEPEST, LARGEST_BYTES, MOST_ALIASES, MOST_VALUES, read_document, read_text

#: A refusal that takes longer than this has built what it should refuse [s]; it takes tenths, more on a busy machine.
QUICK = 20.0


def refusal_of(text: str) -> list[str]:
    """What the findings of a text say, one line each."""
    with pytest.raises(CaseError) as caught:
        read_text(text, "case.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    "written", ["NO", "yes", "off", "12:30", "1e6", "0x10", "1_000", "007", "2023-01-01", "400 GWh/year", ".nan", "1:2:3"]
)
def test_a_plain_value_stays_the_text_that_was_written(written: str) -> None:
    assert read_text(f"place: {written}", "case.yaml").tree == {"place": written}


def test_nothing_is_nothing_and_quoted_nothing_is_text() -> None:
    document = read_text("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: '~'", "case.yaml")
    assert document.tree == {"a": None, "b": None, "c": None, "d": "", "e": "null", "f": "~"}
    assert read_text("", "case.yaml").tree is None
    assert read_text("# a comment alone\n", "case.yaml").tree is None


def test_keys_stay_text_too() -> None:
    assert read_text("NO: 1\n2023: 2\nnull: 3", "case.yaml").tree == {"NO": "1", "2023": "2", "null": "3"}


def test_a_tag_is_text_and_runs_nothing() -> None:
    assert read_text("a: !!python/object/apply:os.system ['exit 1']", "case.yaml").tree == {"a": ["exit 1"]}


def test_every_value_knows_its_line() -> None:
    text = "name: x\n\nactors:\n  mill: {name: Mill}\nflows:\n  - a: 1\n  # between\n  - b: 2\n    c: |\n      long\n      text\n"
    document = read_text(text, "case.yaml")
    assert document.where(("name",)) == "case.yaml:1"
    assert document.where(("actors", "mill", "name")) == "case.yaml:4"
    assert document.where(("flows", 0, "a")) == "case.yaml:6"
    assert document.where(("flows", 1)) == "case.yaml:8"
    assert document.where(("flows", 1, "c")) == "case.yaml:9"


def test_what_is_not_in_the_file_is_told_at_the_nearest_thing_above() -> None:
    document = read_text("name: x\nactors:\n  mill: {name: Mill}\n", "case.yaml")
    assert document.where(("actors", "mill", "kind")) == "case.yaml:3"
    assert document.where(("study", "goal")) == "case.yaml:1"
    assert read_text("", "case.yaml").where(("name",)) == "case.yaml:1"


def test_all_duplicate_keys_are_told_at_once() -> None:
    assert refusal_of("a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  - e: 1\n    e: 2\n") == [
        "case.yaml:2  error  the key 'c' stands twice. Remove one of them.",
        "case.yaml:3  error  the key 'a' stands twice. Remove one of them.",
        "case.yaml:6  error  the key 'e' stands twice. Remove one of them.",
    ]


def test_a_key_in_brackets_is_refused() -> None:
    assert refusal_of("a: 1\n[b, c]: 2") == ["case.yaml:2  error  a key must be plain text. Check brackets."]


def test_an_alias_repeats_its_value() -> None:
    assert read_text("a: &one {x: 1}\nb: *one", "case.yaml").tree == {"a": {"x": "1"}, "b": {"x": "1"}}


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 10)]
    begun = time.perf_counter()
    told = f"it holds more than {MOST_VALUES} values, its aliases written out. Take out what is no part of a case."
    assert refusal_of("\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x]", *levels])) == [f"case.yaml:1  error  {told}"]
    assert time.perf_counter() - begun < QUICK


def test_more_aliases_than_anybody_needs_are_refused() -> None:
    text = "a: &a 1\n" + "".join(f"b{index}: *a\n" for index in range(MOST_ALIASES + 1))
    assert refusal_of(text) == [f"case.yaml:{MOST_ALIASES + 2}  error  more than {MOST_ALIASES} aliases. Write the values out."]


@pytest.mark.parametrize("text", ["&a [*a]", "a: &a {b: *a}", "a: &a [x, [*a]]"])
def test_an_alias_of_what_it_stands_in_is_refused(text: str) -> None:
    assert refusal_of(text) == [f"case.yaml:1  error  nested deeper than {DEEPEST} levels. Flatten it."]


def test_aliases_cannot_stack_what_is_nested_just_deep_enough() -> None:
    deep = DEEPEST - 2
    lines = [f"a{n}: &a{n} {'[' * deep}{f'*a{n - 1}' if n else 'x'}{']' * deep}" for n in range(60)]
    assert [line.partition(": ")[0] for line in refusal_of("\n".join(lines))] == [
        "case.yaml:1  error  nested deeper than 50 levels. Flatten it."
    ]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_million_levels_are_refused_quickly(opening: str) -> None:
    begun = time.perf_counter()
    assert refusal_of(opening * 1_000_000) == [f"case.yaml:1  error  nested deeper than {DEEPEST} levels. Flatten it."]
    assert time.perf_counter() - begun < QUICK


def test_the_deepest_level_is_still_read() -> None:
    read_text("[" * DEEPEST + "]" * DEEPEST, "case.yaml")
    assert refusal_of("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a:\n\tb: 1", "case.yaml:2  error  this is not YAML: found character that cannot start any token: a tab."),
        ("a: 1\n\tb: 2", "case.yaml:2  error  this is not YAML: found a tab character that violates indentation."),
        ("a: b: c", "case.yaml:1  error  this is not YAML: mapping values are not allowed in this context."),
        ("a: 1\nb: 'x", "case.yaml:2  error  this is not YAML: found unexpected end of stream."),
        ("a: 1\n---\nb: 2", "case.yaml:2  error  this is not YAML: but found another document."),
        ("a: *b", "case.yaml:1  error  this is not YAML: found undefined alias."),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line(text: str, told: str) -> None:
    mend = "Check this line and the one before it: indentation (spaces, no tabs), quotes, and colons: a key has one after it, "
    assert refusal_of(text) == [f"{told} {mend}and text that holds ': ' goes in quotes."]


def test_control_characters_are_refused() -> None:
    assert refusal_of("place: Malmö\nname: a\x01b") == [
        "case.yaml:2  error  this is not YAML: it holds the control character U+0001. Take it out."
    ]
    assert refusal_of("PK\x03\x04\x00\x00") == ["case.yaml:1  error  the file is binary, not YAML. Write it as text."]


def test_a_file_is_read_with_or_without_byte_order_mark_and_with_any_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: \xc3\x96resund\r\nplace: SE\r\n")
    document = read_document(path)
    assert document.tree == {"name": "Öresund", "place": "SE"}
    assert document.where(("place",)) == "case.yaml:2"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"place: SE\nname: \xd6resund",
            ":2  error  the file is not UTF-8 text: byte 0xd6 means nothing in it. Save it as UTF-8.",
        ),
        ("name: x".encode("utf-16"), ":1  error  the file is not UTF-8 text: it is UTF-16, or no text at all. Save it as UTF-8."),
        (b"\x7fELF\x02\x01\x01\x00\x00", ":1  error  the file is binary, not YAML. Write it as text."),
        (b"#" * (LARGEST_BYTES + 50_001), "  error  the file has more than 5 MB. Take out what is no part of a case."),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        read_document(path)
    assert str(caught.value).endswith(f"case.yaml{told}")


def test_a_file_of_just_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"#" * LARGEST_BYTES)
    assert read_document(path).tree is None


def test_a_folder_a_missing_file_and_a_path_through_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path, told in [
        (tmp_path, "this is a folder, not a file. Name the case file, for example 'case.yaml'."),
        (tmp_path / "none.yaml", "there is no such file. Check the path."),
        (
            tmp_path / "file" / "case.yaml",
            "the file cannot be read (Not a directory). Check the path, and whether you may read it.",
        ),
        (
            tmp_path / ("a" * 300),
            "the file cannot be read (File name too long). Check the path, and whether you may read it.",
        ),
    ]:
        with pytest.raises(CaseError) as caught:
            read_document(path)
        assert str(caught.value) == f"{path}  error  {told}"


def test_the_case_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("ius_lca: 1")
    with pytest.raises(CaseError, match=re.escape(f"Name the case file, for example '{tmp_path / 'case.yaml'}'.")):
        read_document(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no file without an end here")
def test_no_more_is_read_than_shows_that_it_is_too_much() -> None:
    with pytest.raises(CaseError, match="more than 5 MB"):
        read_document(Path("/dev/zero"))
