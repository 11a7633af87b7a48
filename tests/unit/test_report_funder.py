"""What the report shows to funders and of external value, and that it shows nothing where the case says nothing."""

from __future__ import annotations

import re

import pytest

from ius_lca.assessment import assess
from ius_lca.report.funder import funder_view
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment, parse_result, to_json
from tests.golden.test_funder_figures import CASE
from tests.scoring import HEADER, CaseFrom

EXTERNAL = """\
  external:
    carbon: {price: {value: 900 SEK/t, evidence: estimated, note: what the user expects}, not_yet_priced: 60 %}
    damages:
      - {indicator: particulate_matter, cost: 7 MSEK/disease incidence, source: a study of the user}
"""
UNPRICED = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1000 MWh/year
    disposal: {all: [{factor: treatment.heat_rejection}]}
"""


@pytest.fixture(scope="module")
def result(case_from: CaseFrom) -> Assessment:
    return assess(case_from(HEADER + CASE + EXTERNAL)[0])


def test_nothing_said_nothing_shown(case_from: CaseFrom) -> None:
    plain = assess(case_from(HEADER + UNPRICED)[0])
    assert funder_view(plain) == {"figures": [], "divided": False, "external": []}
    page = render_html(plain)
    assert not [name for name in ("funder", "external") if f'id="{name}"' in page]


def test_a_tonne_kept_from_landfill_is_shown_where_one_was_ever_brought_there(case_from: CaseFrom) -> None:
    text = HEADER + CASE.replace(", {flow: landfill_direct, amount: 1000 kg/t}", "")
    names = [row["name"] for row in funder_view(assess(case_from(text)[0]))["figures"]]
    assert "Public money per tonne of CO₂e avoided" in names
    assert "Public money per tonne kept from landfill" not in names


def test_figures_in_words(result: Assessment) -> None:
    view = funder_view(result)
    figures = {row["name"].partition(":")[0]: (row["value"], row["unit"]) for row in view["figures"]}
    assert figures == {
        "Additional sales": ("200", "kSEK a year"),
        "Cost savings": ("461", "kSEK a year"),
        "Private investment with replacements, less grants": ("2.30", "MSEK"),
        "Public money": ("1.10", "MSEK"),
        "Private investment per public money": ("2.09", ""),
        "Public money per tonne of CO₂e avoided": ("550", "SEK per t CO₂e"),
        "Public money per tonne kept from landfill": ("220", "SEK per t"),
        "Full-time jobs created, as stated": ("2", ""),
        "Full-time jobs safeguarded, as stated": ("7.5", ""),
    }
    assert view["divided"]


def test_external_value_is_a_box_of_its_own(result: Assessment) -> None:
    carbon, damage = funder_view(result)["external"]
    assert carbon["name"] == "Carbon price, on the 60 % that carry none yet"
    assert (carbon["price"], carbon["basis"]) == ("900 SEK/t", "estimated; what the user expects")
    assert (carbon["year"], carbon["period"]) == ("108 kSEK a year", "1.08 MSEK")
    assert damage["name"] == "Cost of damage by particulate matter"
    assert (damage["year"], damage["period"]) == ("–", "–")
    assert damage["reason"] == "coverage of the benefit: none, so no headline"
    page = render_html(result)
    (box,) = re.findall(r'<section aria-labelledby="external" class="apart">.*?</section>', page, re.DOTALL)
    assert "not money of anybody in the case" in box
    assert "108 kSEK" in box
    assert "108 kSEK" not in page.replace(box, "")


def test_the_warning_stands_beside_figures_per_tonne_alone(case_from: CaseFrom, result: Assessment) -> None:
    warning = "They do not add up"
    assert warning in render_html(result)
    without = "\n".join(line for line in CASE.splitlines() if "from: society" not in line and "payments:" not in line)
    page = render_html(assess(case_from(HEADER + without)[0]))
    assert 'id="funder"' in page  # sales and savings
    assert warning not in page
    assert "Public money" not in page


def test_a_stored_result_gives_the_same_page(result: Assessment) -> None:
    assert render_html(parse_result(to_json(result))) == render_html(result)
