"""What a person runs: the command line on a case, and the scripts of `tools/`, which are no part of the package."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from typer.testing import CliRunner

from ius_lca.cli import app

REPOSITORY = Path(__file__).parents[1]


@cache
def tool(name: str) -> ModuleType:
    """One of the scripts as a module."""
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # as an import would: dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def run_into(folder: Path, case: Path) -> Path:
    """The folder, with what `ius-lca run` writes of a case."""
    ran = CliRunner().invoke(app, ["run", str(case), "-o", str(folder)])
    assert ran.exit_code == 0, ran.output
    return folder


def stored(folder: Path) -> dict[str, Any]:
    """The result in a folder."""
    document: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return document
