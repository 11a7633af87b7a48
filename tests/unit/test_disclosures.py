"""The disclosure statement: every topic that a claim must disclose, filled from the result alone."""

from __future__ import annotations

import json
from dataclasses import replace
from textwrap import dedent

import pytest

import ius_lca as ius
from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.report.disclosures import NOT_STATED
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment, parse_result, to_json
from tests.scoring import HEADER, CaseFrom

#: What guidance on avoided emissions and ISO 14044 want said, by topic.
TOPICS = (
    "Goal", "Decision", "Audience", "Commissioner", "Practitioner", "Modelling", "Functional unit", "Boundary", "Cut-off",
    "Actors", "Main reference", "Other references tested", "Displaced product", "Substitution, quality, displacement",
    "Legality of the reference disposal", "Class of each stream", "Legal status of each stream", "Warming potentials",
    "Biogenic carbon", "Electricity", "Transport", "Equipment", "Backup", "Rejects", "Categories", "Sharing of the benefit",
    "Who may claim it", "Own emissions", "In-year and lifetime", "Measured or expected", "Age and place of the factors",
    "Interval and sensitivity", "Claims", "Public comparison", "Software", "Review",
)  # fmt: skip

STUDY = """\
    study:
      goal: to know
      decision: whether to build the pipe
      audience: company
      commissioner: the giver
      practitioner: the taker
      modelling: consequential
      functional_unit: a year
      boundary: cradle to gate
      cut_off: nothing
      electricity: {kind: marginal, mix: consumption, path: gas until 2030}
      review: by a colleague
      claims: [It avoids 2 t of CO2e a year., "A second, longer claim for 2023."]
"""
BODY = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: {value: 10 t/year, evidence: measured}
        supply: {substitution: 4 kg/t, displacement: 90 %, all: [{factor: fertiliser}]}
        transport: []
    factors:
      fertiliser:
        {product: mineral fertiliser, unit: kg, source: one, year: 2005, place: DK, co2e: 4 kg CO2e/kg, gwp: AR6}
"""


@pytest.fixture(scope="module")
def stated(case_from: CaseFrom) -> dict[str, str]:
    """The statement of a case that states its study."""
    header = HEADER.replace("without the exchange}", "without the exchange, kind: hypothetical, date: 2023}")
    return dict(Context(ius.assess(case_from(header + dedent(STUDY + BODY))[0])).disclosures)


def test_every_topic_is_there_in_order(stated: dict[str, str]) -> None:
    assert tuple(stated) == TOPICS


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("Goal", "to know"),
        ("Decision", "whether to build the pipe"),
        ("Commissioner", "the giver"),
        ("Practitioner", "the taker"),
        ("Modelling", "consequential"),
        ("Cut-off", "nothing"),
        ("Actors", "Giver; Taker; Other"),
        ("Main reference", "without the exchange (likely; hypothetical; 2023)"),
        ("Other references tested", "none"),
        ("Displaced product", "food waste: mineral fertiliser"),
        ("Substitution, quality, displacement", "food waste: 4 kg/t (assumed), 1 (assumed), 90 % (assumed)"),
        ("Class of each stream", "food waste: price not stated"),
        ("Legal status of each stream", NOT_STATED),
        (
            "In-year and lifetime",
            (
                "10 years from 2023, all years alike; headlines are of 2023; beside them, never mixed with them: "
                "the period, the first ten years of operation"
            ),
        ),
        ("Claims", "“It avoids 2 t of CO2e a year.”; “A second, longer claim for 2023.”"),
        ("Public comparison", "none: the categories of the embedded library are too few"),
        ("Review", "by a colleague"),
    ],
)
def test_what_the_case_says_is_stated(stated: dict[str, str], topic: str, text: str) -> None:
    assert stated[topic].replace("\u00a0", " ") == text


def test_years_that_differ_are_not_called_alike(case_from: CaseFrom) -> None:
    fading = dedent(BODY).replace("transport: []", "transport: []\n    start: 2024\n    persistence: linear")
    said = dict(Context(ius.assess(case_from(HEADER + fading)[0])).disclosures)
    assert said["In-year and lifetime"].startswith("10 years from 2023; headlines are of 2024; ")
    assert said["Categories"].count("Climate change") == 1


def test_what_the_result_shows_is_stated(stated: dict[str, str]) -> None:
    assert stated["Electricity"].startswith("the study: marginal, consumption mix, gas until 2030; inside factors")
    assert stated["Measured or expected"].startswith("assumed 100\u00a0% of the CO2 terms")
    assert stated["Age and place of the factors"] == (
        "one factor describes a year more than 10 before 2023; by their share of the CO2 terms: fertiliser (2005, 100 %). "
        "the case lies in SE, and one factor describes another region; by their share of the CO2 terms: fertiliser (DK, 100 %)"
    )
    # the only factor covers climate change alone, and no indicator but the shares of others
    assert stated["Categories"].startswith("complete: Climate change; ")
    assert "not covered: Primary energy; " in stated["Categories"]
    assert "Economic value" not in stated["Categories"]
    assert stated["Categories"].endswith(". There is no single score")
    assert stated["Software"].startswith(f"ius_lca {ius.__version__}; factor library ")


def test_the_statement_comes_from_the_result_alone(case_from: CaseFrom) -> None:
    assessment = ius.assess(case_from(HEADER + dedent(BODY))[0])
    stored = parse_result(to_json(assessment))
    assert Context(stored).disclosures == Context(assessment).disclosures
    study = dict(Context(stored).disclosures)
    assert [study[topic] for topic in ("Goal", "Decision", "Commissioner", "Cut-off", "Review")] == [NOT_STATED] * 5
    assert study["Main reference"] == "without the exchange (likely; type not stated; date not stated)"
    assert study["Claims"] == "none stated"


def test_a_result_from_before_a_key_was_there_still_has_a_report(case_from: CaseFrom) -> None:
    assessment = ius.assess(case_from(HEADER + dedent(BODY))[0])
    case = json.loads(json.dumps(assessment.case))
    case["study"] = {
        key: case["study"][key] for key in case["study"].keys() - {"decision", "practitioner", "cut_off", "electricity", "claims"}
    }
    older: Assessment = replace(assessment, case=case)
    assert dict(Context(older).disclosures)["Decision"] == NOT_STATED
    assert "Disclosures" in render_html(older)


def test_a_finding_stands_in_the_report_with_the_name_of_its_page() -> None:
    page = render_html(ius.assess(ius.read_case(shipped("examples") / "helsingborg" / "case.yaml")))
    assert "<small>[full-displacement]</small>" in page
