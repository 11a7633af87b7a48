"""Telling people something through a terminal, a pipe or a file: in letters it knows, lines it has room for, and in time."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO, TextIOWrapper
from typing import TextIO

from ius_lca.errors import OutputError

#: Signs without a plain form of their own.
_PLAIN = {"−": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "·": "*", "×": "x", "→": "->", "ł": "l", "Ł": "L"}
_PLAIN |= {"°": "deg", "±": "+-", "§": "par.", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "≤": "<=", "≥": ">=", "≈": "~"}
#: Work shorter than this shows no progress [s].
_PATIENCE = 1.0
#: A table whose last column would have less room is written as two lines for each row.
_ROOM = 30


def plain(text: str) -> str:
    """The text in the letters that every terminal has.

    >>> plain("2\u202f480 kt CO₂e, Öresund")
    '2 480 kt CO2e, Oresund'
    """
    apart = unicodedata.normalize("NFKD", "".join(_PLAIN.get(sign, sign) for sign in text))
    return "".join(sign if sign.isascii() else "?" for sign in apart if not unicodedata.combining(sign))


def never_fail_on_letters() -> None:
    """From now on, what stdout and stderr cannot write is written plainly: a terminal or file may have another encoding."""
    codecs.register_error("plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="plain")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def write(text: str, stream: TextIO | None) -> None:
    """Print; whoever reads it through a pipe may stop early, or have closed the stream, which changes nothing.

    Raises OutputError if it cannot be written, as on a full disk.
    """
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # Python flushes the stream once more when it ends, and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"what is printed cannot be written ({error.strerror}). Name another file after '>'.") from error


@contextmanager
def progress_told() -> Iterator[Callable[[str], None]]:
    """Tell on stderr what is being done, once it takes longer than a second; on a terminal, in one line that goes away."""
    begun = time.monotonic()
    terminal = sys.stderr is not None and sys.stderr.isatty()  # none where it was closed
    start, end = ("\r\033[K", "") if terminal else ("", "\n")
    shown = False

    def tell(step: str) -> None:
        nonlocal shown
        if time.monotonic() - begun > _PATIENCE:
            shown = True
            write(f"{start}{step} ..." + end, sys.stderr)

    try:
        yield tell
    finally:
        if shown and terminal:
            write(start, sys.stderr)


def width() -> int:
    """Letters in a line of stdout: as many as the terminal has, and enough for whole rows in a file or pipe."""
    return shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else 200


def table(titles: Sequence[str], lines: Sequence[Sequence[str]], width: int) -> str:
    """A table whose last column is wrapped; where that has too little room, two lines for each row.

    width: letters in a line.  Nothing is cut off: an id is to be copied, and a number to be read.

    >>> print(table(("id", "per", "what"), [("heat.boiler.oil", "MWh", "Heat of an oil boiler")], 40))
    heat.boiler.oil
      per MWh: Heat of an oil boiler
    """
    room = width - sum(max(len(row[column]) for row in (titles, *lines)) + 2 for column in range(len(titles) - 1))
    if room < min(_ROOM, max(len(row[-1]) for row in lines)):
        return "\n".join(_in_two(titles, line) for line in lines)
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        shown.add_column(title, no_wrap=title != titles[-1])
    for line in lines:
        shown.add_row(*map(Text, line))
    page = StringIO()
    Console(file=page, width=width).print(shown)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def _in_two(titles: Sequence[str], line: Sequence[str]) -> str:
    told = ", ".join(f"{title} {part}" for title, part in list(zip(titles, line, strict=True))[1:-1] if part)
    return f"{line[0]}\n  {told}{': ' if told else ''}{line[-1]}"
