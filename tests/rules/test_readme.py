"""What the README tells a newcomer to type works as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from ius_lca.paths import shipped
from tests.tool import tool

ROOT = shipped("examples").parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_two_commands_are_what_ci_runs() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv ")]
    main_job, tests = commands
    assert main_job.endswith("ius-lca run examples/helsingborg/case.yaml -o out")
    assert "/pytest " in tests
    assert "--cov" in tests
    assert "grep -E '^python3 -m venv ' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_commands_of_an_own_case_run_in_order(tmp_path: Path) -> None:
    (own,) = (block for block in _blocks("sh") if block.startswith("ius-lca new"))
    for line in own.splitlines():
        words = line.partition("#")[0].split()
        done = subprocess.run(
            [sys.executable, "-m", "ius_lca", *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "out" / "report.html").is_file()
    assert (tmp_path / "again.html").is_file()


def test_the_python_lines_run(tmp_path: Path) -> None:
    (code,) = _blocks("python")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "favourable" in done.stdout
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "result.json").is_file()


def test_the_reference_of_the_case_file_is_as_generated() -> None:
    assert (ROOT / "docs" / "case.md").read_text(encoding="utf-8") == tool("generate_case_reference").text()
