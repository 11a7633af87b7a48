"""The corridor of prices by hand, and every reason why there is none."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from ius_lca.case.check import check_case
from ius_lca.economics.corridor import Corridor
from ius_lca.errors import Level
from ius_lca.impact.coverage import Coverage
from ius_lca.library.record import Library
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, benefit, scored

HEAT = """\
    discount_rate: 5 %
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 10 GWh/year
        usable: 90 %
        supply: {substitution: 1 MWh/MWh, quality: 0.8, displacement: 50 %, all: [{factor: heat.boiler.natural_gas}]}
        disposal: {all: [{factor: treatment.heat_rejection}]}
        residue: {factor: treatment.heat_rejection, price: 20 SEK/MWh}
        needs: [{factor: electricity.mix.SE, amount: 15 kWh/MWh, by: taker, price: 0.8 SEK/kWh}]
        transport: [{factor: transport.lorry_40t, distance: 1 km, wet_mass: 1 t/MWh, by: other, price: 2 SEK/tkm}]
        equipment:
          - {factor: electricity.mix.SE, amount: 1 MWh, life: 20 years, by: giver, cost: 12 MSEK}
          - {factor: electricity.mix.SE, amount: 1 MWh, life: 10 years, by: taker, cost: 3 MSEK}
        backup: [{factor: fuel.light_fuel_oil.combustion, amount: 50 GJ/year, by: taker, price: 100 SEK/GJ}]
        money: {price: 200 SEK/MWh, avoided_purchase: 500 SEK/MWh, avoided_disposal: 10 SEK/MWh}
"""


def _corridor(case_from: CaseFrom, library: Library, text: str) -> Corridor:
    case, _ = case_from(HEADER.replace("{name: Taker}", "{name: Taker, discount_rate: 8 %}") + dedent(text))
    assert [finding for finding in check_case(case, library) if finding.level is Level.ERROR] == []
    (corridor,) = scored(case).corridors
    return corridor


def test_corridor_by_hand(case_from: CaseFrom, library: Library) -> None:
    found = _corridor(case_from, library, HEAT)
    q, years = 10_000, (1 - 1.05**-10) / 0.05  # MWh a year, for ten years at the case's rate
    p_min = -10 + (12e6 - 6e6 * 1.05**-10) / years / q  # disposal saved; half of the equipment is left in the end
    p_max = (
        0.9 * 1 * 0.8 * 500  # y x S x Q x price of what is not bought; D is not the buyer's money
        - 0.1 * 20  # residue
        - 15 * 0.8  # pumping
        - 50 * 100 / q  # backup, which does not grow with the heat
        - 3e6 * 0.08 / (1 - 1.08**-10) / q  # equipment that lasts for the period, at the receiver's own rate
    )
    assert found.unit == "SEK/MWh"
    assert (found.p_min.value, found.p_max.value) == pytest.approx((p_min, p_max), rel=1e-12)
    assert found.price.value == 200
    share = (200 - p_min) / (p_max - p_min)
    assert (found.donor_share.value, found.receiver_share.value) == pytest.approx((share, 1 - share), rel=1e-12)
    assert found.nash.value == pytest.approx((p_min + p_max) / 2, rel=1e-12)
    assert found.surplus.value == pytest.approx((p_max - p_min) * q, rel=1e-12)
    assert (found.gap, found.losers) == (0, ())


def test_surplus_rule_shares_the_carbon_as_the_price_shares_the_money(case_from: CaseFrom) -> None:
    computed = scored(case_from(HEADER + dedent(HEAT))[0])
    tables = result_tables(computed)
    (share,) = (row["value"] for row in tables["corridors"] if row["item"] == "donor_share")
    found = {
        row["actor"]: row["value"]
        for row in tables["actors"]
        if (row["rule"], row["indicator"]) == ("surplus", "climate_change")
    }  # fmt: skip
    whole = benefit(computed, "likely")
    assert 0 < float(share or 0) < 1
    assert found == {
        "giver": pytest.approx(float(share or 0) * whole, rel=1e-12),
        "taker": pytest.approx((1 - float(share or 0)) * whole, rel=1e-12),
        "other": 0,  # pays for the transport, which is in neither bound
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("price: 200 SEK/MWh, ", "", "its price is not stated"),
        (", avoided_purchase: 500 SEK/MWh", "", "not stated: avoided purchase"),
        (", avoided_disposal: 10 SEK/MWh", "", "not stated: avoided disposal"),
        (", price: 0.8 SEK/kWh", "", "not stated: price of electricity.mix.SE"),
        (", cost: 3 MSEK", "", "not stated: cost of electricity.mix.SE"),
        (
            "discount_rate: 5 %\n",
            "",
            "not stated: discount rate of giver or of the case",
        ),
        ("avoided_purchase: 500 SEK/MWh", "avoided_purchase: 50 SEK/MWh", "there is no price at which both sides gain"),
        ("price: 200 SEK/MWh", "price: 2 SEK/MWh", "at the stated price the donor loses"),
        ("price: 200 SEK/MWh", "price: 400 SEK/MWh", "at the stated price the receiver loses"),
        ("10 GWh/year", "0 GWh/year", "nothing is handed over"),
    ],
)
def test_share_that_is_not_defined_says_why(case_from: CaseFrom, library: Library, old: str, new: str, reason: str) -> None:
    text = dedent(HEAT)
    assert old in text
    share = _corridor(case_from, library, text.replace(old, new)).donor_share
    assert (share.value, share.reason) == (None, reason)


def test_bounds_stand_without_a_price_in_the_unit_of_trade(case_from: CaseFrom, library: Library) -> None:
    priced = _corridor(case_from, library, HEAT)
    free = _corridor(case_from, library, HEAT.replace("price: 200 SEK/MWh, ", ""))
    assert free.unit == "SEK/MWh"
    for with_price, without in ((priced.p_min, free.p_min), (priced.p_max, free.p_max)):
        assert without.value == pytest.approx(with_price.value, rel=1e-12)


def test_what_only_a_third_actor_does_not_state_leaves_the_corridor(case_from: CaseFrom, library: Library) -> None:
    untold = HEAT.replace(", price: 2 SEK/tkm", "")
    assert _corridor(case_from, library, untold) == _corridor(case_from, library, HEAT)


def test_an_exchange_that_has_not_begun_needs_no_share(case_from: CaseFrom) -> None:
    later = """\
          slag:
            {from: taker, to: giver, resource: slag, quantity: 1 t/year, start: 2023, life: 1 year,
             disposal: {all: [{factor: waste.landfill.inert}]}}
          more:
            {from: taker, to: giver, resource: more, quantity: 1 t/year, start: 2024,
             disposal: {all: [{factor: waste.landfill.inert}]}, money: {price: -1 SEK/t, avoided_disposal: 9 SEK/t}}
    """
    text = HEADER + dedent(HEAT).replace("quantity: 10 GWh/year", "quantity: 10 GWh/year\n    start: 2024")
    computed = scored(case_from(text + indent(dedent(later), "  "))[0])
    assert computed.year == 2024
    rows = [row for row in result_tables(computed)["actors"] if (row["rule"], row["actor"]) == ("surplus", "giver")]
    covered = {one.id for one in computed.indicators if computed.levels["likely", one.id, None] is not Coverage.NONE}
    assert {row["indicator"] for row in rows if row["value"] is not None} == covered >= {"climate_change", "landfill_direct"}
    reasons = {one.exchange: one.donor_share.reason for one in computed.corridors}
    assert reasons == {"heat": "", "slag": "not stated: avoided disposal; its price is not stated", "more": ""}
