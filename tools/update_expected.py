"""Write examples/*/expected.json anew: the benefits and the yearly value that each example gives.

Look at the difference before you commit it, and explain it in CHANGELOG.md under "Results".
"""

from __future__ import annotations

import json
from pathlib import Path

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_case
from ius_lca.paths import shipped
from ius_lca.results import DIGITS


def expected(case: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Benefit by reference and indicator, and yearly value by reference and actor."""
    tables = assess(read_case(case)).tables
    result: dict[str, dict[str, dict[str, float]]] = {"benefits": {}, "economics": {}}
    for row in tables["benefits"]:
        if row["basis"] == "in_year" and row["benefit"] is not None:
            result["benefits"].setdefault(str(row["reference"]), {})[str(row["indicator"])] = _rounded(row["benefit"])
    for row in tables["economics_summary"]:
        if row["indicator"] == "value":
            result["economics"].setdefault(str(row["reference"]), {})[str(row["actor"])] = _rounded(row["value"])
    return result


def _rounded(value: object) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0


if __name__ == "__main__":
    for path in sorted(shipped("examples").glob("*/case.yaml")):
        text = json.dumps(expected(path), indent=1) + "\n"
        path.with_name("expected.json").write_text(text, encoding="utf-8", newline="\n")
