"""What is generated from the library is as it would be generated now, and a changed value has its line in the changelog."""

from __future__ import annotations

from ius_lca.paths import shipped
from tests.tool import REPOSITORY, tool

TABLES = tool("generate_library_tables")


def test_the_values_of_the_library_are_those_written_down() -> None:
    written = (shipped("factors") / "values.csv").read_text(encoding="utf-8")
    assert written == TABLES.values(), "run tools/generate_library_tables.py and look at what changed"


def test_the_coverage_matrix_is_that_of_the_library() -> None:
    written = (shipped("factors") / "README.md").read_text(encoding="utf-8")
    assert written == TABLES.readme(), "run tools/generate_library_tables.py"


def test_a_changed_value_has_a_line_in_the_changelog() -> None:
    results = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8").partition("### Results")[2]
    wanted = f"values `{TABLES.fingerprint()}`"
    assert wanted in results, f"say under Results what changed in the library, with: {wanted}"
