"""Who gets the benefit, as the report shows it."""

from __future__ import annotations

import re
from html import unescape
from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.report.sharing import sharing_view
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment
from tests.scoring import HEADER, CaseFrom

PRICED = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 10 GWh/year
        supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}
        money: {price: 200 SEK/MWh, avoided_purchase: 500 SEK/MWh}
"""
SLAG = """\
      slag:
        from: taker
        to: other
        resource: slag
        quantity: 1 Gg/year
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs: [{factor: electricity.mix.PL, amount: 1 MWh/t, by: other}]
"""


@pytest.fixture(scope="module")
def priced(case_from: CaseFrom) -> Assessment:
    return assess(case_from(HEADER + dedent(PRICED))[0])


@pytest.fixture(scope="module")
def worse(case_from: CaseFrom) -> Assessment:
    return assess(case_from(HEADER + dedent(PRICED + SLAG) + "sharing: {rule: surplus}\n")[0])


def _page(assessment: Assessment) -> str:
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", render_html(assessment))))


def test_rules_stand_side_by_side(priced: Assessment) -> None:
    view = sharing_view(priced)
    assert view["rules"] == [
        "all to the receiver", "all to the donor", "half to each", "as the price splits the gain", "by what each adds (Shapley)",
    ]  # fmt: skip
    giver, taker, other = (row["shares"] for row in view["rows"])
    whole = giver[1]  # all to the donor
    assert (giver[0], taker[0], taker[1]) == ("0", whole, "0")
    assert giver[2] == giver[4] == taker[2] == taker[4]
    assert view["total"]["shares"] == [whole] * 5
    assert set(other) == {"0"}
    assert view["core"] == {"fine": view["rules"], "short": {}, "all_tested": True}


def test_parallel_claims_come_with_their_warning(priced: Assessment) -> None:
    page, whole = _page(priced), sharing_view(priced)["total"]["shares"][0]
    assert "Never add up what actors claim side by side." in page
    assert f"(Giver {whole}; Taker {whole}; Other 0)" in page
    assert f"The network has {whole}: {whole} t CO₂e would be counted more than once." in page
    assert "No actor and no group with these rules: all to the receiver; all to the donor;" in page


def test_rule_without_figures_is_a_dash_with_its_reason(worse: Assessment) -> None:
    view, page = sharing_view(worse), _page(worse)
    assert {row["shares"][3] for row in view["rows"]} == {"–"} == {view["total"]["shares"][3]}
    assert view["undefined"] == ["slag (not stated: avoided disposal, price of electricity.mix.PL; its price is not stated)"]
    assert f"– not defined, because of {view['undefined'][0]}." in page
    assert "the rule 'surplus' is not defined under 'likely'" in page


def test_who_is_worse_off_is_named(worse: Assessment) -> None:
    core = sharing_view(worse)["core"]
    assert list(core["short"]) == ["all to the receiver", "all to the donor", "half to each", "by what each adds (Shapley)"]
    assert [text.partition(":")[0] for text in core["short"]["all to the receiver"]] == ["Other"]
    assert re.search("Yes with the rule “half to each”: Other: −[^;.]+ t CO₂e, and without the others 0[.;]", _page(worse))


def test_without_prices_it_is_said_what_is_missing(case_from: CaseFrom) -> None:
    unpriced = dedent(PRICED).replace("    money: {price: 200 SEK/MWh, avoided_purchase: 500 SEK/MWh}\n", "")
    page = _page(assess(case_from(HEADER + unpriced)[0]))
    assert "– not defined, because of heat (not stated: avoided purchase; its price is not stated)." in page
