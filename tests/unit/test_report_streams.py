"""What the report shows of streams, seasons and totals, and that it shows nothing where the case says nothing."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.report.streams import streams_view
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment, parse_result, to_json
from tests.scoring import HEADER, CaseFrom

PLAIN = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat of the ovens
        quantity: 9 GWh/year
        disposal: {all: [{factor: treatment.heat_rejection}]}
"""
STATED = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat of the ovens
        heat:
          supply: 95 degC
          needed: 85 degC
          donor_profile: {unit: GWh, months: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], evidence: measured, source: meter}
          receiver_profile: {unit: GWh, months: [3, 3, 2, 2, 1, 0, 0, 0, 1, 2, 3, 3]}
        supply: {substitution: 1 MWh/MWh, all: [{factor: heat.district.wood_chips}]}
        needs: [{factor: electricity.mix.SE, amount: 10 kWh/MWh, by: taker}]
        upstream: {factor: electricity.mix.DK, amount: 100 kWh/MWh, price: 1 SEK/kWh}
        money: {price: 0 SEK/MWh, avoided_purchase: 300 SEK/MWh}
"""
OPERATIONS = ", operations: {energy: 100 GWh/year, emissions: {value: 5000 t CO2e/year, evidence: measured}}"


@pytest.fixture(scope="module")
def stated(case_from: CaseFrom) -> Assessment:
    head = HEADER.replace("taker: {name: Taker}", f"taker: {{name: Taker{OPERATIONS}}}")
    return assess(case_from(head + dedent(STATED))[0])


def test_nothing_said_nothing_shown(case_from: CaseFrom) -> None:
    result = assess(case_from(HEADER + dedent(PLAIN))[0])
    assert streams_view(result, "likely") == {"classes": [], "seasons": [], "relative": []}
    page = render_html(result)
    assert not [name for name in ("seasons", "streams", "relative") if f'id="{name}"' in page]


def test_sections_stand_in_the_page(stated: Assessment) -> None:
    page = render_html(stated)
    assert all(f'id="{name}"' in page for name in ("seasons", "streams", "relative"))
    assert "January: donor 2.00, receiver 3.00, used 2.00" in page  # the text alternative of the chart


def test_season_in_words(stated: Assessment) -> None:
    (season,) = streams_view(stated, "likely")["seasons"]
    used = 2 + 2 + 2 + 2 + 1 + 0 + 0 + 0 + 1 + 2 + 2 + 2
    assert season["text"].startswith(f"{used}.0 GWh a year are used: {used / 24 * 100:.0f}\u00a0% of what the donor has")
    assert season["text"].endswith(f"; the seasons overlap by {used / 20 * 100:.0f}\u00a0%.")  # the receiver takes 20 in all
    assert season["sources"] == "donor: measured, meter; receiver: assumed"


def test_class_and_both_footprints(stated: Assessment) -> None:
    (row,) = streams_view(stated, "likely")["classes"]
    assert row["class"] == "free, so its class is contested"
    assert row["cut_off"].endswith("kg CO₂e/MWh")
    assert row["share"] == "75\u00a0% of it, by what it saves the receiver"  # 300 over 300 + 100 kWh x 1 SEK


def test_relative_figures_name_their_total(stated: Assessment) -> None:
    (actor,) = streams_view(stated, "likely")["relative"]
    rows = {row["measure"]: (row["value"], row["of"], row["evidence"]) for row in actor["rows"]}
    assert rows["energy received, as a share of all energy taken in"] == ("16.0\u00a0%", "100 GWh/year", "assumed")
    assert rows["received through exchanges"] == ("16\u202f000 MWh a year", "", "")
    measure = "its part of the avoided emissions, beside its own emissions"
    assert rows[measure][1:] == ("5\u202f000 t CO₂e/year", "measured")


def test_the_view_is_the_same_from_a_stored_result(stated: Assessment) -> None:
    assert streams_view(parse_result(to_json(stated)), "likely") == streams_view(stated, "likely")


def test_disclosure_names_the_class(stated: Assessment) -> None:
    assert "heat of the ovens: free, so its class is contested" in render_html(stated)
