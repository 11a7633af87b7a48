"""What both scenarios take, line by line: the inventory of a result as a table."""

from __future__ import annotations

from typing import Any

from ius_lca.report.figures import number, pretty_unit, readable, significant
from ius_lca.report.words import TERMS
from ius_lca.results import Assessment


def lines_taken(result: Assessment, reference: str) -> dict[str, Any]:
    """By exchange and scenario, every line under a reference with its factor, amount a year and CO2.

    Lines that stand twice (the same factor for the same reason) are summed.
    """
    rows = [row for row in result.tables["inventory"] if row["reference"] == reference and row["amount"]]
    size, unit = readable((number(row["climate_change"]) for row in rows), "kg CO2e")
    exchanges = result.case["exchanges"]
    groups: dict[tuple[str, str], dict[tuple[str, str, str, str], list[float]]] = {}
    for row in rows:
        group = groups.setdefault((str(row["exchange"]), str(row["scenario"])), {})
        line = group.setdefault((str(row["term"]), str(row["label"]), str(row["target"]), str(row["unit"])), [0.0, 0.0])
        line[0] += number(row["amount"])
        line[1] += number(row["climate_change"])
    return {
        "unit": unit,
        "groups": [
            {
                "name": exchanges[exchange]["resource"],
                "scenario": "without the exchange" if scenario == "reference" else "with the exchange",
                "rows": [
                    {
                        "term": TERMS[term],
                        "label": label,
                        "target": target,
                        "amount": f"{significant(amount)} {pretty_unit(of)}".removesuffix("/year"),
                        "climate": significant(climate / size),
                    }
                    for (term, label, target, of), (amount, climate) in group.items()
                ],
            }
            for (exchange, scenario), group in groups.items()
        ],
    }
