"""The money of a case in two currencies and in prices of three years, by hand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.economics.items import Kind
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored

#: Sludge from a Danish plant to a Swedish farm: the plant reckons in kroner, the farm in euro and kronor.
BODY = """\
    exchanges:
      sludge:
        from: giver
        to: taker
        resource: sludge
        quantity: 900 t/year
        supply: {substitution: 4 kg/t, all: [{factor: fertiliser.nitrogen}]}
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs:
          - {factor: electricity.mix.SE, amount: 20 kWh/t, by: taker, price: {value: 0.09 EUR/kWh, price_year: 2021}}
        transport:
          - {factor: transport.lorry_40t, distance: 30 km, by: other, price: 1.5 SEK/tkm}
        money:
          price: -50 DKK/t
          avoided_purchase: {value: 1.2 EUR/kg, price_year: 2022}
          avoided_disposal: {library: tax.landfill.DK, year: 2022}
"""
ONCE = """\
          avoided_disposal_tax: {library: tax.landfill.DK, each_year: true}
          investments: [{what: store, cost: {value: 0.2 MEUR, price_year: 2021}, life: 10 years, by: taker}]
          payments: [{what: grant, from: society, to: taker, amount: 50 kEUR}]
"""
# Of the library: kronor and kroner for a euro in 2023; inflation of the European Union in 2022 and 2023, of Denmark in 2023.
SEK, DKK = 11.4788, 7.4509
EU_2022, EU_2023, DK_2023 = 1.092, 1.064, 1.0335

PRICE = -50 * SEK / DKK
ELECTRICITY = 0.09 * EU_2022 * EU_2023 * SEK
FERTILISER = 1.2 * EU_2023 * SEK
TAX = 475 * DK_2023 * SEK / DKK


def test_every_amount_counts_in_kronor_of_the_price_year(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(HEADER + "price_year: 2023\n" + dedent(BODY))
    assert [str(one) for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    computed = scored(case)
    found = {(item.actor, item.item): item.value for item in computed.cash}
    assert found == {
        ("giver", "sale"): pytest.approx(900 * PRICE, rel=1e-12),  # the plant pays
        ("taker", "purchase"): pytest.approx(-900 * PRICE, rel=1e-12),
        ("taker", "avoided_purchase"): pytest.approx(900 * 4 * FERTILISER, rel=1e-12),
        ("giver", "avoided_disposal"): pytest.approx(900 * TAX, rel=1e-12),
        ("taker", "running_cost"): pytest.approx(-900 * 20 * ELECTRICITY, rel=1e-12),
        ("other", "transport"): pytest.approx(-900 * 30 * 1.5, rel=1e-12),
    }
    rows = result_tables(computed, "conversions")["conversions"]
    done = {str(row["place"]).removeprefix("exchanges.sludge."): (row["value"], row["unit"]) for row in rows}
    assert done == {
        "needs[0].price": (pytest.approx(ELECTRICITY, rel=1e-12), "SEK/kWh"),
        "money.price": (pytest.approx(PRICE, rel=1e-12), "SEK/t"),
        "money.avoided_purchase": (pytest.approx(FERTILISER, rel=1e-12), "SEK/kg"),
        "money.avoided_disposal": (pytest.approx(TAX, rel=1e-12), "SEK/t"),
    }


def test_what_is_paid_once_counts_in_kronor_of_the_price_year_too(case_from: CaseFrom, library: Library) -> None:
    body = BODY.replace("avoided_disposal: {library: tax.landfill.DK, year: 2022}", "avoided_disposal: 400 DKK/t") + ONCE
    case, document = case_from(HEADER + dedent(body))
    assert [str(one) for one in check_case(case, library, document) if one.level is Level.ERROR] == []
    flow = scored(case).cash_flow
    at_the_start = zip(flow.items, flow.values[:, 0], strict=True)
    once = {item.item: value for item, value in at_the_start if item.kind is Kind.CAPITAL and item.actor == "taker"}
    assert once == {
        "investment": pytest.approx(-200_000 * EU_2022 * EU_2023 * SEK, rel=1e-12),
        "grant": pytest.approx(50_000 * SEK, rel=1e-12),
    }
    (tax,) = (
        row
        for item, row in zip(flow.items, flow.values, strict=True)
        if (item.actor, item.item) == ("giver", "avoided_disposal_tax")
    )
    assert tax.tolist() == pytest.approx([0.0, *[900 * TAX] * 10], rel=1e-12)  # the rate of 2022 holds in real terms
