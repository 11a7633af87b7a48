"""Files written whole or not at all, and a cache that never gets in the way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ius_lca.errors import OutputError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises OutputError if the folder cannot be written.
    """
    write_together(path.parent, {path.name: content})


def write_together(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write several files of one folder: all of them are complete before the first takes its place.

    Raises OutputError if the folder cannot be written; then none is changed.
    """
    waiting: list[tuple[Path, Path]] = []
    made_folders: list[Path] = []
    _refuse_folders(folder, files)
    try:
        made_folders = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            handle, made = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
            temporary = Path(made)
            waiting.append((temporary, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            # mkstemp makes private files; results are as readable as any file of the user.
            temporary.chmod(0o666 & ~_umask())
        for temporary, path in waiting:
            temporary.replace(path)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink()
        # A folder that was made for files which could not be written is empty; any other is left alone.
        with suppress(OSError):
            for path in made_folders:
                path.rmdir()


def require_writable(folder: Path, files: Iterable[str] = ()) -> None:
    """Fail before the work rather than after it; nothing is made.

    Raises OutputError if the folder, or the nearest one above it that exists, cannot be written, or a folder stands where a
    file is to be.
    """
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        writable = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    except OSError as error:  # a folder above it may not be looked into, or its name is too long
        raise _unwritable(folder, error.strerror) from error
    if not writable:
        raise _unwritable(folder)
    _refuse_folders(folder, files)


def is_there(path: Path) -> bool:
    """Whether a file or folder exists; raises OutputError if that cannot be told."""
    try:
        return path.exists()
    except OSError as error:
        raise _unwritable(path.parent, error.strerror) from error


def _refuse_folders(folder: Path, files: Iterable[str]) -> None:
    for name in files:
        if is_there(folder / name) and (folder / name).is_dir():
            raise OutputError(f"'{folder / name}' is a folder, so no file of that name can be written. Choose another folder.")


def _unwritable(folder: Path, reason: str | None = None) -> OutputError:
    told = f" ({reason})" if reason else ""
    return OutputError(f"'{folder}' cannot be written{told}. Choose a folder you may write to.")


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
