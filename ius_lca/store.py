"""Files written whole or not at all, and a cache that never gets in the way."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from ius_lca.errors import OutputError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises OutputError if the folder cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # mkstemp makes private files; results are as readable as any file of the user.
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise OutputError(f"'{path}' cannot be written ({error.strerror}). Choose a folder you may write to.") from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def read_stored(path: Path) -> str | None:
    """What the cache holds under this name; nothing if it does not, or cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def store(path: Path, content: str | bytes) -> None:
    """Keep something in the cache; a read-only home is no reason to stop."""
    with suppress(OutputError):
        write_whole(path, content)
