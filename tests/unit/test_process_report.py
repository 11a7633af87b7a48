"""What a report says of allocations and of substitution by a property; nothing where a case says nothing of them."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.report.context import Context
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment, to_json
from tests.scoring import HEADER, CaseFrom


@pytest.fixture(scope="module")
def assessment(case_from: CaseFrom) -> Assessment:
    return assess(case_from(HEADER + dedent("""\
        exchanges:
          bran:
            from: giver
            to: taker
            resource: bran
            quantity: 900 t/year
            material: property.straw
            supply:
              substitution: {equal: net_calorific_value, products: {press: {value: 20 GJ/t, note: measured once}}}
              all:
                - {factor: plastic.pp, share: 75 %}
                - {process: press, share: 25 %, makes_up: {cake: unused}}
            needs: [{process: crusher, amount: 1 t/t, by: taker}]
        processes:
          crusher:
            product: crushing
            unit: t
            allocation: economic
            price: 3000 SEK/t
            coproducts: {flour: {amount: 0.25 t/t, price: 4 SEK/kg}}
          press: {product: pellets, unit: t, coproducts: {cake: {amount: 1 t/t}}}
        """))[0])  # fmt: skip


def test_allocations_are_shown_with_their_method(assessment: Assessment) -> None:
    assert [tuple(row.values()) for row in Context(assessment).allocations] == [
        ("crusher", "by economic value", "crushing", "75\u00a0%"),  # 3000 of 3000 + 0.25 x 4000
        ("crusher", "by economic value", "flour", "25\u00a0%"),
        ("press", "substitution", "pellets", "100\u00a0%"),
        ("press", "substitution", "cake", "not allocated"),
    ]
    assert "Processes with several products" in render_html(assessment)


def test_what_a_substitution_follows_from_stands_with_the_numbers_of_the_case(assessment: Assessment) -> None:
    rows = dict(Context(assessment).inputs)["bran: bran"]
    shown = {row["path"]: row["value"] for row in rows}
    assert shown["supply, substitution"] == "equal net calorific value"
    assert shown["supply, substitution, products, press"] == "20 GJ/t"
    assert shown["net calorific value of the stream"] == "14.5 MJ/kg"
    assert shown["net calorific value of plastic.pp"] == "42.01 MJ/kg"
    assert shown["substitution of plastic.pp"] == "345.156 kg/t"  # 14.5/42.01
    assert shown["substitution of press"] == "0.725 t/t"  # 14.5/20
    assert len([row for row in rows if row["path"] == "net calorific value of the stream"]) == 1
    disclosed = dict(Context(assessment).disclosures)["Substitution, quality, displacement"]
    assert disclosed.startswith("bran: equal net calorific value (assumed)")  # the 20 GJ/t rest on nothing


def test_every_share_and_ratio_that_is_shown_stands_in_the_result(assessment: Assessment) -> None:
    stored = json.loads(to_json(assessment))
    assert [row["share"] for row in stored["allocations"]] == [0.75, 0.25, 1.0, None]
    ratios = [row["value"] for row in stored["substitutions"] if row["item"] == "substitution"]
    assert ratios == pytest.approx([1000 * 14.5 / 42.01, 14.5 / 20], rel=1e-11)


def test_nothing_is_shown_where_the_case_says_nothing(case_from: CaseFrom) -> None:
    plain = assess(case_from(HEADER + dedent("""\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 1 GWh/year
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
        """))[0])  # fmt: skip
    assert plain.tables["allocations"] == plain.tables["substitutions"] == ()
    assert "Processes with several products" not in render_html(plain)
