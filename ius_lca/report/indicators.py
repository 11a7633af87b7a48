"""All indicators under the main reference, and what does not cover them."""

from __future__ import annotations

from ius_lca.report.figures import number, significant
from ius_lca.report.references import benefits_of, indicators_of, unit_with
from ius_lca.report.words import coverage_word
from ius_lca.results import Assessment


def indicator_table(result: Assessment) -> list[dict[str, str]]:
    """All indicators under the main reference, with the word for their coverage."""
    rows = []
    indicators = indicators_of(result)
    for row in result.in_year("benefits"):
        if row["reference"] != result.main_reference:
            continue
        values = [number(row[key]) for key in ("baseline", "symbiosis", "benefit")]
        entry = indicators[str(row["indicator"])]
        of = str(entry["part_of"] or row["indicator"])
        whole = benefits_of(result, of)[result.main_reference]
        size, unit = unit_with(result, of, [number(whole[key]) for key in ("baseline", "symbiosis", "benefit")])
        word = str(row["coverage"])
        texts = [significant(value / size) if word != "none" else "–" for value in values]
        rows.append(
            {"name": str(entry["name"]), "part": "yes" if entry["part_of"] else "", "unit": unit, "baseline": texts[0],
             "symbiosis": texts[1], "benefit": texts[2],
             "word": coverage_word(str(row["indicator"]), word)}
        )  # fmt: skip
    return rows


def shortfalls(result: Assessment) -> list[tuple[str, str]]:
    """By indicator, the factors that fall short under the main reference."""
    indicators = indicators_of(result)
    named: dict[str, list[str]] = {}
    for row in result.tables["shortfalls"]:
        if row["reference"] == result.main_reference and not indicators[str(row["indicator"])]["part_of"]:
            named.setdefault(str(indicators[str(row["indicator"])]["name"]), []).append(str(row["factor"]))
    return [(name, ", ".join(factors)) for name, factors in named.items()]
