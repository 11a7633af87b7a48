"""What the figures of all years lack where a case does not say it: never a zero, always the reason."""

from __future__ import annotations

import pytest

from ius_lca.results import Row
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored

HEAT = """\
discount_rate: 5 %
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1 GWh/year
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
    equipment: [{factor: electricity.mix.SE, amount: 1 MWh, life: 10 years, by: giver, cost: 500 kSEK}]
    money: {price: 100 SEK/MWh, avoided_purchase: 500 SEK/MWh}
"""
PARTIES = ("giver", "taker", "other", "network", "society", "network_and_society")
NO_PRICE = ("price: 100 SEK/MWh, ", "")


def _rows(case_from: CaseFrom, table: str, *changes: tuple[str, str]) -> tuple[Row, ...]:
    text = HEADER + HEAT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return result_tables(scored(case_from(text)[0]), table)[table]


def _reasons(case_from: CaseFrom, indicator: str, *changes: tuple[str, str]) -> dict[object, object]:
    """Why each party has no such figure; those who have it are left out."""
    rows = [row for row in _rows(case_from, "economics_summary", *changes) if row["indicator"] == indicator]
    assert all((row["value"] is None) == bool(row["reason"]) for row in rows)
    return {row["actor"]: row["reason"] for row in rows if row["value"] is None}


def test_everything_stated_gives_every_present_value(case_from: CaseFrom) -> None:
    assert _reasons(case_from, "npv") == {}


@pytest.mark.parametrize("indicator", ["npv", "irr", "annuity", "simple_payback", "discounted_payback", "benefit_cost_ratio"])
def test_a_cost_that_is_not_stated_leaves_its_payer_and_the_network_without_figures(case_from: CaseFrom, indicator: str) -> None:
    found = _reasons(case_from, indicator, (", cost: 500 kSEK", ""))
    why = "not stated: cost of electricity.mix.SE (heat)"
    assert {actor: reason for actor, reason in found.items() if "not stated" in str(reason)} == {
        "giver": why,
        "network": why,
        "network_and_society": why,
    }


def test_a_price_that_is_not_stated_is_nothing_to_the_network(case_from: CaseFrom) -> None:
    why = "not stated: price (heat)"
    assert _reasons(case_from, "npv", NO_PRICE) == {"giver": why, "taker": why}


@pytest.mark.parametrize(
    ("giver", "taker", "without"),
    [
        ("20 %", "20 %", {"giver", "taker"}),
        ("20 %", "0 %", {"giver", "taker", "network", "society"}),
    ],
)
def test_but_it_decides_who_pays_which_income_tax(case_from: CaseFrom, giver: str, taker: str, without: set[str]) -> None:
    taxed = (
        ("{name: Giver}", f"{{name: Giver, tax_rate: {giver}}}"),
        ("{name: Taker}", f"{{name: Taker, tax_rate: {taker}}}"),
    )
    assert set(_reasons(case_from, "npv", NO_PRICE, *taxed)) == without


def test_what_society_taxes_must_be_stated_for_society(case_from: CaseFrom) -> None:
    untold = (", avoided_purchase: 500 SEK/MWh", "")
    assert set(_reasons(case_from, "npv", untold)) == {"taker", "network", "network_and_society"}
    taxed = ("{name: Taker}", "{name: Taker, tax_rate: 20 %}")
    assert set(_reasons(case_from, "npv", untold, taxed)) == {"taker", "network", "society", "network_and_society"}


def test_no_rate_is_never_a_rate_of_zero(case_from: CaseFrom) -> None:
    no_rate = ("discount_rate: 5 %\n", "")
    own = ("{name: Giver}", "{name: Giver, discount_rate: 8 %}")
    of_all = "not stated: discount rate of the case"
    assert _reasons(case_from, "npv", no_rate, own) == {
        "taker": "not stated: discount rate of taker or of the case",
        "other": "not stated: discount rate of other or of the case",
        "network": of_all,
        "society": of_all,
        "network_and_society": of_all,
    }
    assert _reasons(case_from, "npv_difference", no_rate, own) == {
        "network": "there is no net present value of network, taker, other"
    }
    assert _reasons(case_from, "abatement_cost", no_rate, own) == {"network": of_all}
    assert "giver" not in _reasons(case_from, "simple_payback", no_rate)  # needs none


def test_the_yearly_value_says_what_it_is_without(case_from: CaseFrom) -> None:
    found = {
        row["actor"]: (row["value"], row["reason"])
        for row in _rows(case_from, "economics_summary", NO_PRICE)
        if row["indicator"] == "value"
    }
    assert found == {
        "giver": (0, "without what is not stated: price (heat)"),
        "taker": (500_000, "without what is not stated: price (heat)"),
        "other": (0, ""),
        "network": (500_000, ""),
    }


def test_figures_of_an_exchange_lack_what_is_not_stated(case_from: CaseFrom) -> None:
    rows = _rows(case_from, "economics_exchanges", NO_PRICE, (", cost: 500 kSEK", ""))
    found = {(row["actor"], row["indicator"]): row["reason"] for row in rows if row["value"] is None}
    price, cost = "price (heat)", "cost of electricity.mix.SE (heat)"
    both = f"not stated: {price}, {cost}"
    assert found == {
        ("giver", "npv"): both,
        ("giver", "annuity"): both,
        ("giver", "value_per_year"): f"not stated: {price}",
        ("taker", "npv"): f"not stated: {price}",
        ("taker", "annuity"): f"not stated: {price}",
        ("taker", "value_per_year"): f"not stated: {price}",
        ("network", "npv"): f"not stated: {cost}",
        ("network", "annuity"): f"not stated: {cost}",
        ("network", "irr"): f"not stated: {cost}",
        ("network", "simple_payback"): f"not stated: {cost}",
        ("network", "invested"): f"not stated: {cost}",
        ("network", "levelised_cost"): f"not stated: {cost}",
    }


def test_what_it_costs_to_deliver_needs_no_price_of_what_is_avoided(case_from: CaseFrom) -> None:
    rows = _rows(case_from, "economics_exchanges", NO_PRICE, ("avoided_purchase: 500 SEK/MWh", "payments: []"))
    (found,) = (row for row in rows if row["indicator"] == "levelised_cost")
    paid = 1 / 0.05 * (1 - 1.05**-10)
    assert found["unit"] == "SEK/MWh"  # as its corridor, where there is no price
    assert found["value"] == pytest.approx(500_000 / paid / 1000, rel=1e-12)


def test_heat_that_is_lost_on_the_way_is_paid_for_but_not_delivered(case_from: CaseFrom) -> None:
    lossy = ("resource: heat\n", "resource: heat\n    heat: {supply: 95 degC, needed: 60 degC, loss: 20 %}\n")
    once, lost = (
        next(row for row in _rows(case_from, "economics_exchanges", *changes) if row["indicator"] == "levelised_cost")
        for changes in ((), (lossy,))
    )
    assert lost["value"] == pytest.approx(float(once["value"] or 0) / 0.8, rel=1e-12)


def test_nothing_is_delivered_by_an_exchange_that_hands_nothing_over(case_from: CaseFrom) -> None:
    rows = _rows(case_from, "economics_exchanges", ("1 GWh/year", "0 GWh/year"))
    (found,) = (row for row in rows if row["indicator"] == "levelised_cost")
    assert (found["value"], found["reason"]) == (None, "nothing is delivered")


LATE = """\
discount_rate: 5 %
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1 GWh/year
    start: START
    supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
    money:
      price: 10 SEK/MWh
      avoided_purchase: 40 SEK/MWh
      investments: [{what: pipe, cost: 100 kSEK, life: 6 years, by: taker}]
"""


@pytest.mark.parametrize(("start", "idle"), [(2023, 0), (2027, 4)])
def test_an_exchange_that_starts_later_is_paid_back_as_fast(case_from: CaseFrom, start: int, idle: int) -> None:
    computed = scored(case_from(HEADER + LATE.replace("START", str(start)))[0])
    tables = result_tables(computed, "economics_exchanges", "economics_summary")
    found = {name: [row for row in rows if row["actor"] == "network"] for name, rows in tables.items()}
    back = {name: row["value"] for name, rows in found.items() for row in rows if row["indicator"] == "simple_payback"}
    own = 100_000 / (1000 * 40)
    assert back == pytest.approx({"economics_exchanges": own, "economics_summary": idle + own}, rel=1e-12)


FEED = """\
discount_rate: 5 %
exchanges:
  feed:
    from: giver
    to: taker
    resource: feed
    quantity: 100 t/year
    supply: {substitution: 1 t/t, all: [{process: AVOIDED}]}
    needs: [{process: ADDED, amount: 1 t/t, by: taker, price: 200 SEK/t}]
    money: {price: 0 SEK/t, avoided_purchase: 100 SEK/t}
processes:
  known: {product: meal, unit: t, emissions: [{flow: co2_fossil, amount: 30 kg/t}]}
  worse: {product: meal, unit: t, emissions: [{flow: co2_fossil, amount: 70 kg/t}]}
  unknown: {product: meal, unit: t, emissions: [{flow: co2_fossil, amount: 50 kg/t}], covers: [acidification]}
"""


@pytest.mark.parametrize(
    ("avoided", "added", "value", "reason"),
    [
        # 100 t at 100 SEK more each avoid 100 t of 20 kg, as far as is known; 2 t cost 10 000.
        ("unknown", "known", 5_000, "at most this, as at least so much is avoided"),
        ("unknown", "worse", None, "what is avoided is not fully covered: it may be more than nothing"),
        ("known", "unknown", None, "coverage of the benefit: at most, so no headline"),
        ("known", "known", None, "nothing is avoided"),
    ],
)
def test_abatement_cost_needs_a_benefit_that_may_be_a_headline(
    case_from: CaseFrom, avoided: str, added: str, value: float | None, reason: str
) -> None:
    case, _ = case_from(HEADER + FEED.replace("AVOIDED", avoided).replace("ADDED", added))
    rows = result_tables(scored(case), "economics_summary")["economics_summary"]
    (found,) = (row for row in rows if row["indicator"] == "abatement_cost")
    assert (found["value"], found["reason"]) == (value if value is None else pytest.approx(value, rel=1e-9), reason)


def test_what_a_unit_costs_and_its_prices_are_told_per_the_same_unit(case_from: CaseFrom) -> None:
    tables = {name: _rows(case_from, name, NO_PRICE) for name in ("corridors", "economics_exchanges")}
    (cost,) = (row for row in tables["economics_exchanges"] if row["indicator"] == "levelised_cost")
    assert {row["unit"] for row in tables["corridors"] if row["item"] in {"p_min", "p_max"}} == {cost["unit"]}
