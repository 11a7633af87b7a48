"""Rules of the repository that no linter knows: size of files, what they may mention, who imports Brightway."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import ius_lca

REPOSITORY = Path(__file__).parents[2]
BRIGHTWAY = re.compile(r"(bw2\w*|bw_processing|bw_\w+)(\.|\Z)")
#: The one file that may import Brightway.
DOOR = Path("ius_lca/impact/brightway.py")
MOST_LINES = 400
#: Folders and files of the workshop that no reader of the repository has; written in parts, so that this file may name them.
ELSEWHERE = (".." + "/shared", "/" + "work/", "factor-sources" + ".csv")


@cache
def files_of_the_repository() -> tuple[Path, ...]:
    """What git tracks or would track, relative to the repository; without git, as in an unpacked release, nothing."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):  # an unpacked sdist: its folders hold nothing but the repository's files
        folders = ("ius_lca", "factors", "templates", "examples", "tests", "tools", "docs")
        return tuple(
            path.relative_to(REPOSITORY) for name in folders for path in (REPOSITORY / name).rglob("*.*") if path.is_file()
        )
    return tuple(Path(line) for line in listed if (REPOSITORY / line).is_file())


def python_files(*folders: str) -> list[Path]:
    """Python files of some folders, relative to the repository."""
    return sorted(path.relative_to(REPOSITORY) for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))


@pytest.mark.parametrize("path", python_files("ius_lca", "tests", "tools", "benchmarks"), ids=str)
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    lines = (REPOSITORY / path).read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


def test_no_file_points_outside_the_repository() -> None:
    files = files_of_the_repository()
    assert files
    pointing = [
        f"{path}: {word}"
        for path in files
        for word in ELSEWHERE
        if word.encode() in (REPOSITORY / path).read_bytes()
    ]  # fmt: skip
    assert pointing == []


def test_every_link_of_a_page_leads_somewhere() -> None:
    pages = [REPOSITORY / path for path in files_of_the_repository() if path.suffix == ".md"]
    prose = {page: re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8")) for page in pages}
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose[page])]
    assert len(links) > len(pages)
    broken = []
    for page, link in links:
        name, _, place = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (place and place not in places_in(prose[target])):
            broken.append(f"{page.relative_to(REPOSITORY)}: {link}")
    assert broken == []


def places_in(page: str) -> set[str]:
    """What a link may lead to inside a page: its headings, as they are turned into anchors, and anchors of its own."""
    headings = re.findall(r"(?m)^#+ (.+)$", page)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings} | set(
        re.findall(r'<a id="([^"]+)"', page)
    )


def imports_in(tree: ast.AST) -> list[str]:
    """Every module that is imported anywhere under a node, by statement or by import_module with a literal."""
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [alias.name for alias in names]
            case ast.ImportFrom(module=str() as module, level=0):
                found.append(module)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str() as module), *_]) if (
                name in {"import_module", "__import__"}
            ):
                found.append(module)
            case _:
                pass
    return found


def run_at_import(tree: ast.Module) -> list[ast.stmt]:
    """Statements that run when a module is imported: all but functions and what only type checkers read."""

    def is_for_type_checkers(statement: ast.stmt) -> bool:
        return isinstance(statement, ast.If) and ast.unparse(statement.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}

    return [
        statement
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and not is_for_type_checkers(statement)
    ]


@pytest.mark.parametrize("path", python_files("ius_lca"), ids=str)
def test_brightway_is_imported_in_one_file_and_only_inside_its_functions(path: Path) -> None:
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    imported = [module for module in imports_in(tree) if BRIGHTWAY.match(module)]
    if path == DOOR:
        assert {"bw2calc", "bw_processing"} <= set(imported)
        at_once = [module for statement in run_at_import(tree) for module in imports_in(statement)]
        assert [module for module in at_once if BRIGHTWAY.match(module)] == []
    else:
        assert imported == []


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import bw2data", ["bw2data"]),
        ("def f():\n    from bw2io.importers import x", ["bw2io.importers"]),
        ("import_module('bw_processing')", ["bw_processing"]),
        ("importlib.import_module('bw2calc')", ["bw2calc"]),
        ("from . import bw2calc", []),
        ("import numpy", []),
    ],
)
def test_the_rule_itself_sees_every_way_to_import(source: str, imported: list[str]) -> None:
    assert [module for module in imports_in(ast.parse(source)) if BRIGHTWAY.match(module)] == imported


@pytest.mark.parametrize(
    "module", ["ius_lca", "ius_lca.cli", "ius_lca.case.check", "ius_lca.report.to_html", "ius_lca.impact.brightway"]
)
def test_importing_loads_no_brightway(module: str) -> None:
    program = f"import sys, {module}; print(*sorted(name for name in sys.modules if '.' not in name))"
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    loaded = run.stdout.split()
    assert "ius_lca" in loaded
    assert [name for name in loaded if BRIGHTWAY.match(name)] == []


def test_importing_the_package_alone_loads_nothing_heavy() -> None:
    program = "import sys, ius_lca; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"numpy", "pandas", "pint", "scipy", "pydantic", "yaml", "typer"}


def test_the_version_is_stated_once() -> None:
    text = {path: (REPOSITORY / path).read_text(encoding="utf-8") for path in python_files("ius_lca", "tools", "tests")}
    stated = [path for path in text if re.search(r"(?m)^\s*__version__\s*[:=]", text[path])]
    assert stated == [Path("ius_lca/__init__.py")]
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in project
    assert not re.search(r"(?m)^version\s*=", project)
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc|\.dev)\d+)?", ius_lca.__version__)
    repeated = [path for path in text if f'"{ius_lca.__version__}"' in text[path]]
    assert repeated == [Path("ius_lca/__init__.py")]


@pytest.mark.parametrize("name", ius_lca.__all__)
def test_every_public_name_can_be_used(name: str) -> None:
    assert getattr(ius_lca, name) is not None
    assert name in dir(ius_lca)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'ius_lca' has no attribute 'asess'"):
        _ = ius_lca.asess


def test_importing_reads_no_unit() -> None:
    """The registry takes a quarter of a second to build: it is built when the first quantity is read."""
    modules = [".".join(path.with_suffix("").parts) for path in python_files("ius_lca") if path.name != "__main__.py"]
    program = f"import importlib\nfor name in {modules!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
    program += "from ius_lca import units\nprint(units._registry.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
