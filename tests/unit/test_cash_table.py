"""The table of the cash flow: items by party and year, their sums, and what has come back by the end of each year."""

from __future__ import annotations

from itertools import accumulate
from math import fsum

import pytest

from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored

#: Two exchanges between the same actors in both directions, a subsidy, a purchase before the period and one replacement.
CASE = """\
discount_rate: 5 %
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1 GWh/year
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
    money:
      price: 100 SEK/MWh
      avoided_purchase: 300 SEK/MWh
      investments: [{what: pipe, cost: 1 MSEK, life: 6 years, by: giver}]
      payments: [{what: support, from: society, to: taker, amount: 20 SEK/MWh}]
  ash:
    from: taker
    to: giver
    resource: ash
    quantity: 1000 t/year
    disposal: {all: [{factor: waste.landfill.inert}]}
    money: {price: -40 SEK/t, avoided_disposal: 50 SEK/t, avoided_disposal_tax: 60 SEK/t}
"""
SUMS = ("net", "cumulative", "cumulative_present_value")
YEARS = range(2022, 2033)


def _tables(case_from: CaseFrom, *changes: tuple[str, str]) -> dict[str, tuple[Row, ...]]:
    text = HEADER + CASE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return result_tables(scored(case_from(text)[0]), "cash_flow", "economics", "economics_summary")


def _path(rows: tuple[Row, ...], actor: str, item: str) -> list[float]:
    return [float(row["value"] or 0) for row in rows if (row["actor"], row["item"], row["basis"]) == (actor, item, "in_year")]


def test_items_sums_and_what_has_come_back(case_from: CaseFrom) -> None:
    rows = _tables(case_from)["cash_flow"]
    # The giver sells heat for 100 kSEK and is paid 40 kSEK for the ash; of the second pipe two sixths are left.
    paid = [-1_000_000, *[140_000] * 5, 140_000 - 1_000_000, *[140_000] * 3, 140_000 + 1_000_000 * 2 / 6]
    assert _path(rows, "giver", "sale") == [0, *[100_000] * 10]
    assert _path(rows, "giver", "purchase") == [0, *[40_000] * 10]
    assert _path(rows, "giver", "net") == pytest.approx(paid, rel=1e-12)
    assert _path(rows, "giver", "cumulative") == pytest.approx(list(accumulate(paid)), rel=1e-12)
    discounted = [value / 1.05**at for at, value in enumerate(paid)]
    assert _path(rows, "giver", "cumulative_present_value") == pytest.approx(list(accumulate(discounted)), rel=1e-12)
    # What the two pay each other is nothing to the network.
    assert {row["item"] for row in rows if row["actor"] == "network"} == {
        "avoided_purchase", "avoided_disposal", "avoided_disposal_tax", "subsidy", "investment", "replacement", "residual_value",
        *SUMS,
    }  # fmt: skip
    assert _path(rows, "society", "net") == [0, *[-20_000 - 60_000] * 10]
    assert _path(rows, "network_and_society", "subsidy") == []


def test_every_sum_is_that_of_the_payments(case_from: CaseFrom) -> None:
    tables = _tables(case_from)
    actors = {"giver", "taker", "other"}
    parties = {**{actor: {actor} for actor in actors}, "network": actors, "society": {"society"}}
    parties["network_and_society"] = actors | {"society"}
    for party, members in parties.items():
        crossing = [row for row in tables["economics"] if row["actor"] in members and row["counterparty"] not in members]
        by_year = [fsum(float(row["value"] or 0) for row in crossing if row["year"] == year) for year in YEARS]
        assert _path(tables["cash_flow"], party, "net") == pytest.approx(by_year, rel=1e-12, abs=1e-6)
        items = {str(row["item"]) for row in tables["cash_flow"] if row["actor"] == party} - set(SUMS)
        for item in {*items, "net"}:
            [whole] = [
                row for row in tables["cash_flow"] if (row["actor"], row["item"], row["basis"]) == (party, item, "project")
            ]
            assert whole["value"] == pytest.approx(fsum(_path(tables["cash_flow"], party, item)), rel=1e-12, abs=1e-6)
        [npv] = [row for row in tables["economics_summary"] if (row["actor"], row["indicator"]) == (party, "npv")]
        assert _path(tables["cash_flow"], party, "cumulative_present_value")[-1] == pytest.approx(
            npv["value"], rel=1e-12, abs=1e-6
        )


def test_what_is_not_known_has_one_row_with_the_reason(case_from: CaseFrom) -> None:
    rows = _tables(case_from, ("avoided_disposal: 50 SEK/t, ", ""), ("discount_rate: 5 %\n", ""))["cash_flow"]
    unknown = {(row["actor"], row["item"]): (row["year"], row["reason"]) for row in rows if row["value"] is None}
    lacks, rate = "not stated: avoided disposal (ash)", "not stated: discount rate of the case"
    assert unknown["taker", "cumulative"] == (None, lacks)
    assert unknown["network", "cumulative_present_value"] == (None, f"{lacks}; {rate}")
    assert unknown["society", "cumulative_present_value"] == (None, rate)
    assert ("giver", "cumulative") not in unknown
    [net] = [row for row in rows if (row["actor"], row["item"], row["basis"]) == ("network", "net", "project")]
    assert net["reason"] == f"without what is {lacks}"
