"""Yearly money of an exchange, by hand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.cascade import cascade
from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.money import MARKET
from ius_lca.case.years import horizon
from ius_lca.economics.cashflow import cash_flow
from ius_lca.economics.items import CashItem, NotStated
from ius_lca.errors import Level
from ius_lca.inventory.graph import Scenario
from ius_lca.library.record import Library
from tests.scoring import HEADER, CaseFrom

TWO_REFERENCES = "references: {likely: {title: without the exchange}, conservative: {title: less}}"

SLUDGE = """\
    exchanges:
      sludge:
        from: giver
        to: taker
        resource: sludge as fertiliser
        quantity: 2 Gg/year
        usable: 80 %
        supply:
          substitution: 5 kg/t
          quality: 0.9
          displacement: 50 %
          all: [{factor: fertiliser.nitrogen}]
        disposal: {all: [{factor: waste.landfill.food}]}
        residue: {factor: waste.landfill.inert}
        needs:
          - {factor: electricity.mix.SE, amount: 12 kWh/t, by: other, price: 900 SEK/MWh}
        transport:
          - {factor: transport.lorry_40t, distance: 40 km, wet_mass: 1.1 t/t, by: taker, price: 2 SEK/tkm}
        money:
          price: -30 SEK/t
          avoided_purchase: {by_reference: {likely: 15 SEK/kg}}
          avoided_disposal: 0.6 SEK/kg
"""


def _case(case_from: CaseFrom, body: str) -> Case:
    header = HEADER.replace("references: {likely: {title: without the exchange}}", TWO_REFERENCES)
    return case_from(header + dedent(body))[0]


def _cash(case: Case, library: Library) -> tuple[list[CashItem], list[NotStated]]:
    """Payments of the first year, and the prices that are not stated."""
    flow = cash_flow(case, library, cascade(case, library, horizon(case)))
    return flow.at(case.period.start), list(flow.not_stated)


def test_cash_flow_of_an_exchange(case_from: CaseFrom, library: Library) -> None:
    case = _case(case_from, SLUDGE)
    assert [finding for finding in check_case(case, library) if finding.level is Level.ERROR] == []
    items, _ = _cash(case, library)
    found = {(item.actor, item.counterparty, item.item): item.value for item in items if item.reference == "likely"}
    handed_over_t = 2000
    fertiliser_kg = handed_over_t * 0.80 * 5 * 0.9  # q x y x S x Q; what the market does (D) is not the buyer's money
    assert found == {
        ("giver", "taker", "sale"): pytest.approx(-30 * handed_over_t, rel=1e-12),
        ("taker", "giver", "purchase"): pytest.approx(30 * handed_over_t, rel=1e-12),
        ("taker", MARKET, "avoided_purchase"): pytest.approx(fertiliser_kg * 15, rel=1e-12),
        ("giver", MARKET, "avoided_disposal"): pytest.approx(handed_over_t * 600, rel=1e-12),
        ("other", MARKET, "running_cost"): pytest.approx(-handed_over_t * 12 * 0.9, rel=1e-12),  # 900 SEK/MWh = 0.9 SEK/kWh
        ("taker", MARKET, "transport"): pytest.approx(-handed_over_t * 1.1 * 40 * 2, rel=1e-12),
    }


def test_what_is_avoided_was_paid_in_the_reference(case_from: CaseFrom, library: Library) -> None:
    items, _ = _cash(_case(case_from, SLUDGE), library)
    in_reference = {item.item for item in items if item.scenario is Scenario.REFERENCE}
    assert in_reference == {"avoided_purchase", "avoided_disposal"}


def test_a_missing_price_is_not_borrowed_from_another_reference(case_from: CaseFrom, library: Library) -> None:
    items, missing = _cash(_case(case_from, SLUDGE), library)
    assert [item.reference for item in items if item.item == "avoided_purchase"] == ["likely"]
    assert [(one.reference, one.exchange, one.item) for one in missing] == [
        ("likely", "sludge", "price of waste.landfill.inert"),
        ("conservative", "sludge", "avoided_purchase"),
        ("conservative", "sludge", "price of waste.landfill.inert"),
    ]


def test_every_missing_price_is_listed(case_from: CaseFrom, library: Library) -> None:
    text = SLUDGE[: SLUDGE.index("        money:")].replace(", price: 900 SEK/MWh", "").replace(", price: 2 SEK/tkm", "")
    items, missing = _cash(_case(case_from, text), library)
    assert items == []
    assert [(one.actor, one.item) for one in missing if one.reference == "likely"] == [
        ("giver", "price"),
        ("taker", "price"),
        ("taker", "avoided_purchase"),
        ("giver", "avoided_disposal"),
        ("other", "price of electricity.mix.SE"),
        ("taker", "price of transport.lorry_40t"),
        ("taker", "price of waste.landfill.inert"),
    ]


def test_price_is_converted_to_the_unit_handed_over(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 3.6 TJ/year
            disposal: {all: [{factor: treatment.heat_rejection}]}
            money: {price: 0.2 kSEK/MWh, avoided_disposal: 0 SEK/MWh}
        """
    items, _ = _cash(_case(case_from, body), library)
    (sale,) = (item.value for item in items if item.item == "sale" and item.reference == "likely")
    assert sale == pytest.approx(1000 * 200, rel=1e-12)  # 3.6 TJ = 1000 MWh at 200 SEK
