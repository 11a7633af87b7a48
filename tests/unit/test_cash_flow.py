"""Every payment of the running years, by hand: 10 GWh of heat in each of the years 2024 to 2027."""

from __future__ import annotations

from typing import Any

from ius_lca.economics.items import Kind
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence
from tests.cash import BARE, case_with, exactly, flow_of, money_of
from tests.scoring import CaseFrom

#: MWh handed over in a year.
Q = 10_000

SLUDGE = """\
sludge:
  from: giver
  to: taker
  resource: sludge as fertiliser
  quantity: 2000 t/year
  usable: 80 %
  supply: {substitution: 5 kg/t, quality: 0.9, all: [{factor: fertiliser.nitrogen}]}
  disposal: {all: [{factor: waste.landfill.food}]}
"""


def each_year(value: float) -> list[float]:
    """Nothing in year 0, then the same in four years."""
    return [0, value, value, value, value]


def test_price_is_paid_by_the_receiver(paid: Any) -> None:
    assert paid("money: {price: 200 SEK/MWh}") == exactly(
        {("giver", "sale"): each_year(200 * Q), ("taker", "purchase"): each_year(-200 * Q)}
    )


def test_negative_price_is_paid_by_the_donor(paid: Any) -> None:
    assert paid("money: {price: -5 SEK/MWh}") == exactly(
        {("giver", "sale"): each_year(-5 * Q), ("taker", "purchase"): each_year(5 * Q)}
    )


def test_price_and_quantity_have_their_course(paid: Any) -> None:
    price = "{by_year: {2024: 100 SEK/MWh, 2027: 400 SEK/MWh}}"
    found = paid(f"persistence: {{kind: geometric, rate: 50 %}}\nmoney: {{price: {price}}}")
    sold = [0, 100 * Q, 200 * Q / 2, 300 * Q / 4, 400 * Q / 8]
    assert found == exactly({("giver", "sale"): sold, ("taker", "purchase"): [-one for one in sold]})


def test_purchase_and_disposal_are_avoided_with_their_taxes(paid: Any) -> None:
    money = """\
money:
  avoided_purchase: 15 SEK/kg
  avoided_purchase_tax: 2 SEK/kg
  avoided_disposal: 600 SEK/t
  avoided_disposal_tax: 634 SEK/t
"""
    fertiliser_kg = 2000 * 0.80 * 5 * 0.9  # q x y x S x Q; what the market does (D) is not the buyer's money
    assert paid(money, bare=SLUDGE) == exactly(
        {
            ("taker", "avoided_purchase"): each_year(15 * fertiliser_kg),
            ("taker", "avoided_purchase_tax"): each_year(2 * fertiliser_kg),
            ("giver", "avoided_disposal"): each_year(600 * 2000),
            ("giver", "avoided_disposal_tax"): each_year(634 * 2000),
            ("society", "avoided_purchase_tax"): each_year(-2 * fertiliser_kg),
            ("society", "avoided_disposal_tax"): each_year(-634 * 2000),
        }
    )


def test_prices_and_taxes_of_another_reference_are_not_borrowed(case_from: CaseFrom, library: Library) -> None:
    two = "references: {likely: {title: a}, strict: {title: b}}"
    money = """\
money:
  avoided_disposal: {by_reference: {strict: 3 SEK/MWh}}
  avoided_disposal_tax: {by_reference: {strict: 1 SEK/MWh}}
"""
    case = case_with(case_from, library, money, old="references: {likely: {title: without the exchange}}", new=two)
    assert money_of(case, library, "likely") == {}
    assert money_of(case, library, "strict") == exactly(
        {
            ("giver", "avoided_disposal"): each_year(3 * Q),
            ("giver", "avoided_disposal_tax"): each_year(1 * Q),
            ("society", "avoided_disposal_tax"): each_year(-1 * Q),
        }
    )
    missing = [(one.reference, one.item) for one in flow_of(case, library).not_stated if one.item != "price"]
    assert missing == [("likely", "avoided_disposal")]


def test_where_nothing_would_be_disposed_of_no_fee_is_saved_or_missing(case_from: CaseFrom, library: Library) -> None:
    two = "references: {likely: {title: a}, sold: {title: somebody else takes it}}"
    bare = BARE.replace(
        "{all: [{factor: treatment.heat_rejection}]}", "{by_reference: {likely: [{factor: treatment.heat_rejection}], sold: []}}"
    )
    header = {"old": "references: {likely: {title: without the exchange}}", "new": two}
    money = "money: {avoided_disposal: 3 SEK/MWh, avoided_disposal_tax: 1 SEK/MWh}"
    case = case_with(case_from, library, money, bare=bare, **header)
    assert money_of(case, library, "sold") == {}
    assert money_of(case, library, "likely")["giver", "avoided_disposal"] == each_year(3 * Q)
    untold = flow_of(case_with(case_from, library, bare=bare, **header), library).not_stated
    assert [(one.reference, one.item) for one in untold if one.item != "price"] == [("likely", "avoided_disposal")]


def test_what_is_taken_is_paid_for_with_its_tax(paid: Any) -> None:
    added = """\
usable: 90 %
needs: [{factor: electricity.mix.SE, amount: 10 kWh/MWh, by: taker, price: 600 SEK/MWh, tax: 400 SEK/MWh}]
transport: [{factor: transport.lorry_40t, distance: 40 km, wet_mass: 0.1 t/MWh, by: other, price: 2 SEK/tkm, tax: 0.5 SEK/tkm}]
residue: {factor: treatment.heat_rejection, by: giver, price: 30 SEK/MWh, tax: 7 SEK/MWh}
backup: [{factor: fuel.light_fuel_oil.combustion, amount: 50 GJ/year, by: taker, price: 100 SEK/GJ, tax: 5 SEK/GJ}]
"""
    power_mwh, moved_tkm, rejected_mwh, oil_gj = Q * 0.010, Q * 0.1 * 40, Q * 0.1, 50
    taxes = {"taker": 400 * power_mwh + 5 * oil_gj, "other": 0.5 * moved_tkm, "giver": 7 * rejected_mwh}
    assert paid(added) == exactly(
        {
            ("taker", "running_cost"): each_year(-600 * power_mwh),
            ("other", "transport"): each_year(-2 * moved_tkm),
            ("giver", "residue"): each_year(-30 * rejected_mwh),
            ("taker", "backup"): each_year(-100 * oil_gj),
            **{(actor, "tax"): each_year(-tax) for actor, tax in taxes.items()},
            ("society", "tax"): each_year(sum(taxes.values())),
        }
    )


def test_the_receiver_pays_for_the_residue_if_nobody_is_named(paid: Any) -> None:
    residue = "usable: 75 %\nresidue: {factor: treatment.heat_rejection, price: 30 SEK/MWh}"
    assert paid(residue) == exactly({("taker", "residue"): each_year(-30 * 0.25 * Q)})


def test_a_lorry_is_paid_by_the_kilometre_with_its_load(paid: Any) -> None:
    lorry = "{factor: transport.lorry_40t, distance: 30 km, wet_mass: 1.5 t/t, by: giver"
    leg = f"transport: [{lorry}, price: 20 SEK/km, tax: 1 SEK/km, load: 25 t}}]"
    journeys = 2000 * 1.5 / 25  # wet tonnes over the load
    assert paid(leg, bare=SLUDGE) == exactly(
        {
            ("giver", "transport"): each_year(-20 * 30 * journeys),
            ("giver", "tax"): each_year(-1 * 30 * journeys),
            ("society", "tax"): each_year(30 * journeys),
        }
    )


def test_a_load_changes_nothing_where_tonne_kilometres_are_paid(paid: Any) -> None:
    leg = "transport: [{factor: transport.lorry_40t, distance: 30 km, by: giver, price: 2 SEK/tkm, load: 25 t}]"
    assert paid(leg, bare=SLUDGE) == exactly({("giver", "transport"): each_year(-2 * 30 * 2000)})


def test_what_changes_elsewhere_is_paid_for(paid: Any) -> None:
    added = """\
previous_use: {by: other, all: [{factor: electricity.mix.SE, amount: 1 kWh/MWh}], cost: 5 SEK/MWh}
donor_changed: true
donor_process: {after: [{factor: electricity.mix.SE, amount: 1 kWh/MWh}], cost: -3 SEK/MWh}
"""
    # The donor saves: its cost is negative.
    assert paid(added) == exactly({("other", "previous_use"): each_year(-5 * Q), ("giver", "donor_process"): each_year(3 * Q)})


def test_payments_have_two_sides_and_a_name(paid: Any) -> None:
    payments = """\
money:
  payments:
    - {what: service fee, from: taker, to: giver, amount: 70 kSEK/year}
    - {what: bonus, from: giver, to: other, amount: 1 SEK/MWh}
    - {what: green heat, from: society, to: giver, amount: 5 SEK/MWh}
    - {what: grid fee, from: taker, to: society, amount: 20 kSEK/year}
    - {what: cleaning, from: giver, amount: 30 kSEK/year}
    - {what: guarantees of origin, from: market, to: giver, amount: 2 SEK/MWh}
"""
    assert paid(payments) == exactly(
        {
            ("taker", "payment"): each_year(-70e3),
            ("giver", "payment"): each_year(70e3 - 1 * Q),
            ("other", "payment"): each_year(1 * Q),
            ("giver", "subsidy"): each_year(5 * Q),
            ("society", "subsidy"): each_year(-5 * Q),
            ("taker", "tax"): each_year(-20e3),
            ("society", "tax"): each_year(20e3),
            ("giver", "operation"): each_year(-30e3),
            ("giver", "income"): each_year(2 * Q),
        }
    )


def test_yearly_payments_are_paid_while_the_exchange_runs(paid: Any) -> None:
    payments = """\
money:
  payments:
    - {what: fee, from: taker, to: giver, amount: 70 kSEK/year}
    - {what: bonus, from: giver, amount: 1 SEK/MWh}
"""
    assert paid(payments, bare=BARE + "  start: 2025\n  life: 2 years\n") == exactly(
        {
            ("taker", "payment"): [0, 0, -70e3, -70e3, 0],
            ("giver", "payment"): [0, 0, 70e3, 70e3, 0],
            ("giver", "operation"): [0, 0, -Q, -Q, 0],
        }
    )


def test_a_payment_may_have_a_path(paid: Any) -> None:
    payments = "money: {payments: [{what: fee, from: taker, amount: {by_year: {2024: 10 SEK/year, 2027: 40 SEK/year}}}]}"
    assert paid(payments) == exactly({("taker", "operation"): [0, -10, -20, -30, -40]})


def test_facilitation_is_paid_once_or_every_year_and_belongs_to_no_exchange(case_from: CaseFrom, library: Library) -> None:
    top = """\
economics:
  facilitation:
    - {what: study, from: taker, amount: 300 kSEK}
    - {what: workshop, from: other, to: taker, amount: 20 kSEK, year: 2026}
    - {what: coordinator, from: society, to: taker, amount: 100 kSEK/year}
"""
    case = case_with(case_from, library, top=top)
    assert money_of(case, library) == exactly(
        {
            ("taker", "facilitation"): [-300e3, 100e3, 100e3, 20e3 + 100e3, 100e3],
            ("other", "facilitation"): [0, 0, 0, -20e3, 0],
            ("society", "facilitation"): [0, -100e3, -100e3, -100e3, -100e3],
        }
    )
    items = flow_of(case, library).items
    assert {one.exchange for one in items} == {None}
    assert {(one.actor, one.kind) for one in items} == {
        ("taker", Kind.CAPITAL),
        ("taker", Kind.OPERATING),
        ("other", Kind.CAPITAL),
        ("society", Kind.OPERATING),
    }


def test_the_weakest_number_behind_a_payment_is_its_evidence(case_from: CaseFrom, library: Library) -> None:
    measured = "evidence: measured"
    added = f"""\
needs:
  - factor: electricity.mix.SE
    amount: {{value: 10 kWh/MWh, evidence: estimated}}
    by: taker
    price: {{value: 600 SEK/MWh, {measured}}}
money:
  price: {{value: 200 SEK/MWh, {measured}}}
  investments: [{{what: pipe, cost: {{value: 8 MSEK, {measured}}}, life: {{value: 9 years, evidence: estimated}}, by: giver}}]
  payments: [{{what: fee, from: taker, amount: {{value: 1 SEK/year, {measured}}}}}]
"""
    bare = BARE.replace("10 GWh/year", f"{{value: 10 GWh/year, {measured}}}")
    top = "economics: {tax_rate: {value: 20 %, evidence: measured}}"
    flow = flow_of(case_with(case_from, library, added, bare=bare, top=top), library)
    found = {(one.actor, one.item): one.evidence for one in flow.items if one.actor != "society"}
    assert found == {
        ("giver", "sale"): Evidence.MEASURED,
        ("taker", "purchase"): Evidence.MEASURED,
        ("taker", "running_cost"): Evidence.ESTIMATED,
        ("taker", "operation"): Evidence.MEASURED,
        ("giver", "investment"): Evidence.ESTIMATED,
        ("giver", "residual_value"): Evidence.ESTIMATED,
        ("giver", "income_tax"): Evidence.ESTIMATED,  # as uncertain as the life over which it is written off
        ("taker", "income_tax"): Evidence.ESTIMATED,
    }


def test_what_scales_with_the_quantity_is_said(case_from: CaseFrom, library: Library) -> None:
    added = """\
backup: [{factor: fuel.light_fuel_oil.combustion, amount: 50 GJ/year, by: taker, price: 100 SEK/GJ}]
money:
  price: 200 SEK/MWh
  investments: [{what: pipe, cost: 8 MSEK, life: 9 years, by: giver, operation: 1 %/year}]
  payments: [{what: fee, from: taker, amount: 1 SEK/year}, {what: bonus, from: giver, to: other, amount: 1 SEK/MWh}]
"""
    twice = BARE.replace("10 GWh", "20 GWh")
    one, two = (flow_of(case_with(case_from, library, added, bare=bare), library) for bare in (BARE, twice))
    for item, before, after in zip(one.items, one.values, two.values, strict=True):
        assert after.tolist() == (before * (2 if item.scales else 1)).tolist(), item.item
    assert {item.item for item in one.items if item.scales} == {"sale", "purchase", "payment"}
