"""Where the shipped folders lie: beside the package in a source tree or editable install, inside it in a wheel."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder `factors`, `templates` or `examples` that belongs to this installation.

    A source tree wins over a bundled copy, so that an editable install never reads a stale one.

    Raises FileNotFoundError if the installation is incomplete.

    >>> (shipped("factors") / "sources.yaml").is_file()
    True
    """
    repository = _PACKAGE.parent
    if (repository / "pyproject.toml").is_file() and (repository / name).is_dir():
        return repository / name
    bundled = _PACKAGE / "bundled" / name
    if bundled.is_dir():
        return bundled
    raise FileNotFoundError(f"this installation of ius_lca lacks its folder '{name}': install it again")


def cache_folder() -> Path:
    """Where parsed libraries and unit scores may be kept; it need not exist, nor be writable.

    `IUS_LCA_CACHE` overrides it.
    """
    if chosen := os.environ.get("IUS_LCA_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("ius_lca")
