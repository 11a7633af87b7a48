"""Payments of a year between the actors and with others, as the report shows them."""

from __future__ import annotations

from typing import Any

from ius_lca.report.figures import number, readable, significant
from ius_lca.report.money_rows import SOCIETY
from ius_lca.report.words import ITEMS, item_word
from ius_lca.results import Assessment, Row


def money_table(result: Assessment) -> dict[str, Any]:
    """What is paid and gained in the running of the headline year under the main reference, by exchange.

    society: its side of it.  apart: what else is paid over the years and is in none of these sums.
    """
    here = [row for row in result.in_year("economics") if row["reference"] == result.main_reference]
    running = [row for row in here if row["kind"] == "operating"]
    own = [row for row in running if row["actor"] != SOCIETY]
    society = [row for row in running if row["actor"] == SOCIETY]
    size, unit = readable((number(row["value"]) for row in own), f"{result.case['currency']}/year")
    names = {key: str(entry["resource"]) for key, entry in result.case["exchanges"].items()}
    by_exchange = {key: [row for row in own if row["exchange"] == key] for key in (*names, None)}
    groups = [
        {"name": names.get(key, "The network as a whole"), "total": _total(rows, size), "rows": _payments(result, rows, size)}
        for key, rows in by_exchange.items()
        if rows or key is not None
    ]
    return {
        "prices": "in the money of that year" if result.case["economics"]["nominal"] else "at the prices that the case states",
        "unit": unit,
        "groups": groups,
        "total": significant(sum(number(row["value"]) for row in own) / size),
        "society": _payments(result, society, size),
        "society_total": _total(society, size),
        "apart": _apart(result),
        "missing": missing_prices(result),
    }


def _total(rows: list[Row], size: float) -> str:
    """The sum of an exchange; a dash where nothing is paid."""
    return significant(sum(number(row["value"]) for row in rows) / size) if rows else "–"


def _payments(result: Assessment, rows: list[Row], size: float) -> list[dict[str, str]]:
    """Payments in words and figures."""
    names = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    names |= {"market": "outside the case", SOCIETY: "society"}
    resources = {key: str(entry["resource"]) for key, entry in result.case["exchanges"].items()}
    return [
        {
            "actor": names[str(row["actor"])],
            "counterparty": names[str(row["counterparty"])],
            "item": item_word(str(row["item"]), number(row["value"])),
            "label": str(row["label"]),
            "exchange": resources.get(str(row["exchange"]), ""),
            "value": significant(number(row["value"]) / size),
        }
        for row in rows
    ]


def _apart(result: Assessment) -> list[str]:
    """What is paid in some year and belongs to the running of none: investments, grants, income tax."""
    others = (row for row in result.tables["economics"] if row["kind"] != "operating")
    return list(dict.fromkeys(ITEMS[str(row["item"])] for row in others if row["reference"] == result.main_reference))


def missing_prices(result: Assessment) -> list[str]:
    """The prices under the main reference that the value would need and the case does not state."""
    missing = dict.fromkeys(
        f"{result.case['exchanges'][row['exchange']]['resource']}: {str(row['item']).replace('avoided_', 'avoided ')}"
        for row in result.tables["not_stated"]
        if row["reference"] == result.main_reference
    )
    return list(missing)
