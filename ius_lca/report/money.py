"""Payments of a year between the actors and with others, as the report shows them."""

from __future__ import annotations

from typing import Any

from ius_lca.report.figures import number, readable, significant
from ius_lca.report.words import item_word
from ius_lca.results import Assessment


def money_table(result: Assessment) -> dict[str, Any]:
    """Every payment of a year under the main reference."""
    names = {key: entry["name"] for key, entry in result.case["actors"].items()}
    names |= {"market": "outside the case", "society": "society"}
    running = [row for row in result.in_year("economics") if row["kind"] == "operating" and row["actor"] != "society"]
    here = [row for row in running if row["reference"] == result.main_reference]
    size, unit = readable((number(row["value"]) for row in here), f"{result.case['currency']}/year")
    groups = [
        {
            "name": entry["resource"],
            "total": significant(sum(number(row["value"]) for row in here if row["exchange"] == key) / size)
            if any(row["exchange"] == key for row in here)
            else "–",
            "rows": [
                {
                    "actor": names[str(row["actor"])],
                    "counterparty": names[str(row["counterparty"])],
                    "item": item_word(str(row["item"]), number(row["value"])),
                    "value": significant(number(row["value"]) / size),
                }
                for row in here
                if row["exchange"] == key
            ],
        }
        for key, entry in result.case["exchanges"].items()
    ]
    total = significant(sum(number(row["value"]) for row in here) / size)
    return {"unit": unit, "groups": groups, "total": total, "missing": missing_prices(result)}


def missing_prices(result: Assessment) -> list[str]:
    """The prices under the main reference that the value would need and the case does not state."""
    missing = dict.fromkeys(
        f"{result.case['exchanges'][row['exchange']]['resource']}: {str(row['item']).replace('avoided_', 'avoided ')}"
        for row in result.tables["not_stated"]
        if row["reference"] == result.main_reference
    )
    return list(missing)
