"""Run the walk-throughs of `docs/guide` and write what they print anew, in all pages or in those that are named.

A page is one sitting, run from top to bottom in an empty folder that sees `examples`:

- ```` ```console ````: `$ ius-lca ...` is run, and the lines after it are what it prints; `$ echo $?` tells the exit code;
- ```` ```python ````: lines that begin with `>>>` or `...` are run in one session, the lines after each are what it shows;
- ```` ```yaml ```` whose first line is `# FOLDER/NAME.yaml` is saved as that file;
- ```` ```text FOLDER/report.html: HEADING, table 1 ````: a table of a report, as text; with `sentences`, what is written there.

A line `...` in an output stands for lines that are not shown. They stay away when a page is written anew: the lines that are
shown are found again by their words, whatever their figures have become.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ius_lca import cli, terminal
from ius_lca.paths import shipped

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
LEFT_OUT = "..."
#: Parts the cells of a row.
_BETWEEN = "\x1f"
#: How alike two lines must be, figures apart, to be the same line of a newer output.
_ALIKE = 0.6
_FENCED = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class GuideError(Exception):
    """A page that cannot be written anew without a person."""


def updated(page: Path) -> str:
    """The text of a page with every output as it is now."""
    text = page.read_text(encoding="utf-8")
    with _sitting() as run:
        return _FENCED.sub(lambda found: run.block(page.name, found), text)


@contextlib.contextmanager
def _sitting() -> Iterator[_Sitting]:
    """An empty folder that sees the examples, as the current one."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        Path("examples").symlink_to(shipped("examples"), target_is_directory=True)
        # Wide enough that nothing is wrapped, and patient enough that no line tells of progress.
        with patch.dict(os.environ, {"COLUMNS": "200"}), patch.object(terminal, "_PATIENCE", float("inf")):
            yield _Sitting()


class _Sitting:
    """What a reader has done so far: files in the current folder, names in a Python session, the last exit code."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.code = 0

    def block(self, page: str, found: re.Match[str]) -> str:
        """A fenced block as it has to stand."""
        language, words, body = found[1], found[2] or "", found[3]
        match language:
            case "console":
                body = self._console(page, body)
            case "python":
                body = self._python(page, body)
            case "yaml":
                _save(body)
            case "text" if ".html: " in words:
                body = "".join(f"{line}\n" for line in _padded(aligned(body.splitlines(), _excerpt(words), f"{page}: {words}")))
            case _:
                pass
        return f"```{language}{' ' * bool(words)}{words}\n{body}```"

    def _console(self, page: str, body: str) -> str:
        lines: list[str] = []
        for command, shown in _commands(body.splitlines()):
            lines += [f"$ {command}", *aligned(shown, self._ran(command), f"{page}: {command}")]
        return "".join(f"{line}\n" for line in lines)

    def _ran(self, command: str) -> list[str]:
        """What a command prints, first what it tells a person, then its output."""
        if command == "echo $?":
            return [str(self.code)]
        program, *words = shlex.split(command, comments=True)
        if program != "ius-lca":
            raise GuideError(f"'{command}' cannot be run: only ius-lca and 'echo $?' can.")
        out, told = io.StringIO(), io.StringIO()
        self.code = 0
        with patch.object(sys, "argv", ["ius-lca", *words]), contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            try:
                cli.main()
            except SystemExit as stop:
                self.code = int(stop.code or 0)
        return [line.rstrip() for line in (told.getvalue() + out.getvalue()).splitlines()]

    def _python(self, page: str, body: str) -> str:
        lines = body.splitlines()
        written: list[str] = []
        for example in doctest.DocTestParser().get_examples(body):
            source = lines[example.lineno : example.lineno + example.source.count("\n")]
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(example.source, page, "single"), self.names)  # noqa: S102 - the guide's own lines
            got = [line.rstrip() or "<BLANKLINE>" for line in out.getvalue().splitlines()]
            written += [*source, *aligned(example.want.splitlines(), got, f"{page}: {source[0]}")]
        return "".join(f"{line}\n" for line in written)


def _commands(lines: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Each command of a console with the lines after it."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        elif found:
            found[-1][1].append(line)
    return found


def aligned(shown: Sequence[str], now: Sequence[str], where: str) -> list[str]:
    """The lines of an output that are shown, as they are now.

    >>> aligned(["  CO2: 20.3 kt", "..."], ["Against pellets:", "  CO2: 20.4 kt", "  Value: 139 MSEK"], "a page")
    ['...', '  CO2: 20.4 kt', '...']
    >>> aligned(["..."], ["Against pellets:"], "a page")
    ['...']

    Without a line `...` the whole output is shown.
    """
    if LEFT_OUT not in shown:
        return list(now)
    at: list[int] = []
    for line in shown:
        if line != LEFT_OUT:
            start = at[-1] + 1 if at else 0
            likeness = [(_alike(line, one), -index) for index, one in enumerate(now[start:], start)]
            best, index = max(likeness, default=(0.0, 0))
            if best < _ALIKE:
                raise GuideError(f"{where}: no line is like '{line}' any more. Take it out, or show another.")
            at.append(-index)
    return _with_gaps(at, now)


def _with_gaps(at: Sequence[int], now: Sequence[str]) -> list[str]:
    """The lines at these places, and a mark wherever others stand between them."""
    lines: list[str] = []
    for before, place in zip([-1, *at], [*at, len(now)], strict=True):
        lines += [LEFT_OUT] if place > before + 1 else []
        lines += [now[place]] if place < len(now) else []
    return lines


def _alike(one: str, other: str) -> float:
    """How alike two lines are, from 0 to 1, or 2 if they are the same, whatever their figures and gaps; a beginning will do."""
    words = [" ".join(line.replace(_BETWEEN, " ").split()) for line in (one, other)]
    plain = [re.sub(r"[−-]?\d[\d.,\u202f]*", "0", line) for line in words]
    if words[0] == words[1]:
        return 2.0
    return 1.0 if plain[1].startswith(plain[0]) else SequenceMatcher(None, plain[0], plain[1]).ratio()


def _save(body: str) -> None:
    """Save a block under the name in its first line, if it has one."""
    if named := re.match(r"# (\S+/\S+\.yaml)\n", body):
        path = Path(named[1])
        if path.is_relative_to("examples"):
            raise GuideError(f"'{path}' would change an example. Take a copy: ius-lca new FOLDER --from EXAMPLE")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


def _excerpt(words: str) -> list[str]:
    """What a report shows: `out/report.html: The reference decides, table 1`, or `..., sentences`."""
    asked = re.fullmatch(r"(\S+\.html): (.+), (?:table (\d+)|sentences)", words)
    if asked is None:
        raise GuideError(f"'{words}' names no part of a report. Write: out/report.html: HEADING, table 1")
    reader = _Report()
    reader.feed(Path(asked[1]).read_text(encoding="utf-8"))
    if asked[2] not in reader.sentences:
        raise GuideError(f"{asked[1]} has no heading '{asked[2]}'. There are: {', '.join(reader.sentences)}")
    if asked[3] is None:
        return reader.sentences[asked[2]]
    tables = reader.tables[asked[2]]
    if len(tables) < int(asked[3]):
        raise GuideError(f"{asked[1]} has {len(tables)} tables under '{asked[2]}'.")
    return [_BETWEEN.join(row) for row in tables[int(asked[3]) - 1]]


def _padded(lines: Iterable[str]) -> list[str]:
    """Rows of cells, one below the other."""
    rows = [line.split(_BETWEEN) for line in lines]
    widths = [max(map(len, column)) for column in zip_longest(*(row for row in rows if len(row) > 1), fillvalue="")]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=False)).rstrip() for row in rows]


class _Report(HTMLParser):
    """The tables of a report under each heading, as rows of cells, and the sentences."""

    #: What holds text that is read, and what stands within a word.
    _READ = frozenset({"h2", "h3", "td", "th", "p", "li", "figcaption", "dt", "dd"})
    _INLINE = frozenset({"strong", "em", "span", "a", "code", "sub", "sup"})

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[list[str]]]] = {"": []}
        self.sentences: dict[str, list[str]] = {"": []}
        self._heading = ""
        self._reads = ""
        self._text = ""
        self._term = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class's
        tables = self.tables[self._heading]
        if tag == "table":
            tables.append([])
        elif tag == "tr" and tables:
            tables[-1].append([])
        elif tag in self._READ and not self._reads:
            self._reads, self._text = tag, ""
        self._text += "" if tag in self._INLINE else " "

    def handle_endtag(self, tag: str) -> None:
        if tag != self._reads:
            self._text += "" if tag in self._INLINE else " "
            return
        text, self._reads = re.sub(r"[ \n\t]+", " ", self._text).strip(), ""  # narrow spaces within a number stay
        match tag:
            case "h2" | "h3":
                self._heading = text
                self.tables.setdefault(text, [])
                self.sentences.setdefault(text, [])
            case "td" | "th":
                self.tables[self._heading][-1][-1].append(text)
            case "dt":
                self._term = text
            case _:
                self.sentences[self._heading].append(f"{self._term}: {text}" if tag == "dd" else text)

    def handle_data(self, data: str) -> None:
        self._text += data


def main(names: Sequence[str]) -> None:
    """Bring the named pages, or all, up to date."""
    for page in sorted(GUIDE.glob("*.md")):
        if not names or page.stem in names:
            page.write_text(updated(page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
