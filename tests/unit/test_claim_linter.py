"""The claim linter beyond its pages: which words it reads, and which numbers and streams it compares."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.errors import Finding, Level
from ius_lca.finding_order import by_weight
from ius_lca.library.record import Library
from ius_lca.result_findings.whole import result_findings
from tests.scoring import HEADER, CaseFrom, scored

FOOD = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: 1000 t/year
        disposal: {all: [{factor: burning}]}
        transport: []
    factors:
      burning: {product: burning of waste, unit: t, source: an example, emissions: [{flow: co2_fossil, amount: 200 kg/t}]}
"""


def _claiming(claim: str, *, years: int = 10, food: str = FOOD) -> str:
    header = HEADER.replace("years: 10", f"years: {years}")
    return header + f'study: {{claims: ["{claim}"]}}\n' + dedent(food)


def _case_codes(case_from: CaseFrom, library: Library, text: str) -> set[str]:
    case, document = case_from(text)
    found = check_case(case, library, document)
    assert [str(one) for one in found if one.level is Level.ERROR] == []
    return {one.code for one in found if one.code.startswith("claim-")}


def test_a_message_quotes_the_whole_number(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(_claiming("The steam saves 30 000 tonnes of carbon."))
    told = [one.message for one in check_case(case, library, document) if one.code.startswith("claim-")]
    assert any("'30 000 tonnes of carbon' quotes carbon" in one for one in told)
    assert any("the figure at '30 000 tonnes' does not say" in one for one in told)


def test_a_finding_of_the_result_has_its_line(case_from: CaseFrom) -> None:
    text = _claiming("It saves 900 t CO2e a year.")
    line = next(number for number, written in enumerate(text.splitlines(), 1) if written.startswith("study:"))
    case, document = case_from(text)
    found = {one.code: one.where for one in assess(case, document=document).findings}
    assert found["claim-figure"] == f"case.yaml:{line}"
    assert found["coverage"] == ""  # speaks of indicators, which no case holds


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("With the steam we reach net-zero by 2030.", "claim-netting"),
        ("A carbon-neutral plant.", "claim-netting"),
        ("Anläggningen är klimatneutral.", "claim-netting"),
        ("Fabrikken er CO₂-neutral.", "claim-netting"),
        ("En koldioxidneutral fabrik.", "claim-netting"),
        ("Avoided CO₂ is offset against our scope 1.", "claim-netting"),
        ("We deduct it from scope 3.", "claim-netting"),
        ("These emissions were netted in 2023.", "claim-netting"),
        ("200 tonnes carbon a year", "claim-carbon"),
        ("It saves 0.2 kt of avoided carbon a year.", "claim-carbon"),
        ("200 t C a year", "claim-carbon"),
        ("It replaced 12 GWh of gas.", "claim-period"),
        ("It saves 3 million SEK.", "claim-period"),
        ("It saves 3 MSEK.", "claim-period"),
        ("No doubt about it. We are climate neutral.", "claim-netting"),
        ("The network saved 200 t of CO2e.", "claim-period"),
    ],
)
def test_words_that_are_read(case_from: CaseFrom, library: Library, claim: str, code: str) -> None:
    assert _case_codes(case_from, library, _claiming(claim)) == {code}


@pytest.mark.parametrize(
    "claim",
    [
        "Avoided emissions are never netted with scopes 1 to 3.",
        "No offsets were bought.",
        "The electricity for pumping is subtracted.",
        "What is avoided is not to be subtracted from our own emissions.",
        "The exchange avoids 200 t of carbon dioxide a year.",
        "It replaces 9 t of carbon black a year.",
        "It replaced 12 GWh of gas in 2023.",
        "3 km of pipe carry the heat.",
        "It saves 3 MSEK per year.",
        "Sex företag delar på 200 t CO2 per år.",
        "The figures were checked by two of us.",
        "It avoids 2000 t of CO2e over 10 years.",
    ],
)
def test_words_that_are_left_alone(case_from: CaseFrom, library: Library, claim: str) -> None:
    assert _case_codes(case_from, library, _claiming(claim)) == set()


def test_a_lifetime_is_no_finding_where_the_case_has_years(case_from: CaseFrom, library: Library) -> None:
    claim = "It avoids 1000 t of CO2 over its lifetime."
    assert _case_codes(case_from, library, _claiming(claim, years=1)) == {"claim-lifetime"}
    assert _case_codes(case_from, library, _claiming(claim, years=10)) == set()


def test_the_claim_stands_where_it_is_written(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(_claiming("We are climate neutral."))
    (finding,) = [one for one in check_case(case, library, document) if one.code == "claim-netting"]
    assert (finding.where, finding.path) == ("case.yaml:8", "study.claims[0]")


#: 1000 t of waste a year, whose burning emits 200 kg of CO2 per t.
BENEFIT = "200 t"


@pytest.mark.parametrize(
    ("claim", "larger"),
    [
        (f"It avoids {BENEFIT} of CO2 a year.", False),
        ("It avoids 209 t CO2 a year.", False),  # within the 5 % of rounding
        ("It avoids 211 t CO2 a year.", True),
        ("It avoids 0.25 kt of CO2e a year.", True),
        ("It avoids 250,000 kg of CO2 a year.", True),
        ("It avoids 1,500 tonnes of CO2 a year.", True),
        ("It avoids 1 500 tonnes of CO2 a year.", True),
        ("It avoids 1,5 t of CO2 a year.", False),  # a decimal comma or a misprint: it is not read
        ("It avoids 2000 t of CO2 over 10 years.", False),
        ("It avoids 2200 t of CO2 over 10 years.", True),
        ("It avoids 2000 t of CO2 a year.", True),  # ten years sold as one
        ("It avoids 250 t of waste a year.", False),
    ],
)
def test_a_figure_larger_than_the_result(case_from: CaseFrom, claim: str, larger: bool) -> None:
    found = [one for one in result_findings(scored(case_from(_claiming(claim))[0])) if one.code == "claim-figure"]
    assert bool(found) is larger
    assert all("under 'likely'" in one.message and one.path == "study.claims[0]" for one in found)


def test_a_claim_where_nothing_is_avoided_is_larger(case_from: CaseFrom) -> None:
    worse = FOOD.replace("transport: []", "needs: [{factor: burning, amount: 2 t/t, by: taker}]")  # 200 - 400 kg/t
    found = result_findings(scored(case_from(_claiming("It avoids 1 t of CO2 a year.", food=worse))[0]))
    assert [one.message for one in found if one.code == "claim-figure"] == [
        "it says 1 t of CO2; the result of 2023 is -200 t under 'likely'."
    ]


def _promises(case_from: CaseFrom, library: Library, text: str) -> list[tuple[Level, str]]:
    case, document = case_from(HEADER + dedent(text))
    codes = {"promised-twice", "more-than-available"}
    return [(one.level, one.path) for one in check_case(case, library, document) if one.code in codes]


def test_a_figure_is_compared_with_the_reference_that_the_claim_names(case_from: CaseFrom) -> None:
    claim = "It avoids 390 t of CO2 a year{against}."
    other = FOOD.replace("{all: [{factor: burning}]}", "{by_reference: {likely: [{factor: burning}], OLD}}").replace(
        "OLD", "old: [{factor: burning, amount: 2 t/t}]"
    )
    found = {}
    for against in ("", " against 'old'", " against a lawless land", " against 'old', not 'likely'"):
        text = _claiming(claim.format(against=against), food=other)
        text = text.replace("without the exchange}", "without the exchange}, old: {title: a lawless land}")
        codes = [one.code for one in result_findings(scored(case_from(text)[0]))]
        found[against] = "claim-figure" in codes
    # 1000 t x 200 kg/t = 200 t under the main reference, 400 t under the old one
    assert list(found.values()) == [True, False, False, True]


SECOND = """\
      second:
        from: {giver}
        to: other
        resource: {resource}
        quantity: 0.4 t/year
        disposal: {{all: [{{factor: waste.landfill.food}}]}}
        transport: []
"""
FIRST = """\
    exchanges:
      first:
        from: giver
        to: taker
        resource: food waste
        quantity: 600 kg/year
        disposal: {all: [{factor: waste.landfill.food}]}
        transport: []
"""


@pytest.mark.parametrize(
    ("added", "second", "expected"),
    [
        ("", ("giver", "food waste"), [(Level.WARNING, "exchanges.second.quantity")]),
        ("", ("giver", "Food Waste"), [(Level.WARNING, "exchanges.second.quantity")]),
        ("", ("taker", "food waste"), []),
        ("", ("giver", "bread"), []),
        ("        stream: bread\n", ("giver", "bread"), [(Level.WARNING, "exchanges.second.quantity")]),
        ("        donor_available: 1 t/year\n", ("giver", "food waste"), []),  # 600 kg + 400 kg = 1 t
        ("        donor_available: 0.99 t/year\n", ("giver", "food waste"), [(Level.ERROR, "exchanges.second.quantity")]),
        ("        donor_available: 0.5 t/year\n", ("giver", "bread"), [(Level.ERROR, "exchanges.first.quantity")]),
    ],
)
def test_a_stream_is_promised_once(
    case_from: CaseFrom, library: Library, added: str, second: tuple[str, str], expected: list[tuple[Level, str]]
) -> None:
    giver, resource = second
    assert _promises(case_from, library, FIRST + added + SECOND.format(giver=giver, resource=resource)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # 2023 to 2027 and 2028 to 2032: never both in one year
        ("        life: 5 years\n", "        start: 2028\n", []),
        ("        life: 6 years\n", "        start: 2028\n", [(Level.WARNING, "exchanges.second.quantity")]),
        ("        donor_available: 0.6 t/year\n        life: 5 years\n", "        start: 2028\n", []),
        # 600 + 400 kg in 2028, where there are 900
        (
            "        donor_available: {by_year: {2023: 1 t/year, 2032: 0.82 t/year}}\n",
            "        start: 2028\n",
            [(Level.ERROR, "exchanges.second.quantity")],
        ),
        ("        donor_available: {by_year: {2023: 1 t/year, 2032: 0.82 t/year}}\n", "        life: 1 years\n", []),
        # 600 kg + 0.4 t for each t that follows: 0.6 + 0.4 + 0.24 t
        (
            "        donor_available: 1 t/year\n",
            "        follows: [{exchange: first, amount: 0.4 t/t}]\n",
            [(Level.ERROR, "exchanges.second.quantity")],
        ),
    ],
)
def test_a_stream_is_promised_once_in_every_year(
    case_from: CaseFrom, library: Library, first: str, second: str, expected: list[tuple[Level, str]]
) -> None:
    text = FIRST + first + SECOND.format(giver="giver", resource="food waste") + second
    assert _promises(case_from, library, text) == expected


def test_a_promise_is_not_judged_where_the_years_are_wrong(case_from: CaseFrom, library: Library) -> None:
    text = FIRST + "        life: 0 years\n" + SECOND.format(giver="giver", resource="food waste")
    assert _promises(case_from, library, text) == []
    wrong = FIRST + "        needs: [{process: heap, amount: 1 km/t, by: taker}]\n"
    process = "    processes: {heap: {product: a heap, unit: t}}\n"
    assert _promises(case_from, library, wrong + SECOND.format(giver="giver", resource="food waste") + process) == []


def test_a_lifetime_counts_what_fades(case_from: CaseFrom) -> None:
    fading = FOOD.replace("transport: []", "transport: []\n        life: 10 years\n        persistence: linear")
    claim = "It avoids 1200 t of CO2 over its lifetime."
    found = result_findings(scored(case_from(_claiming(claim, food=fading))[0]))
    # 200 t x (1 + 0.9 + ... + 0.1) = 200 x 5.5 = 1100 t, which is 9 % less than it says
    assert [one.message for one in found if one.code == "claim-figure"] == [
        "it says 1200 t of CO2; the result from 2023 to 2032 is 1,100 t under 'likely'."
    ]


def test_a_factor_that_speaks_of_credits_is_a_warning_and_still_counts(case_from: CaseFrom, library: Library) -> None:
    credited = FOOD.replace("source: an example", "source: a study with avoided burden")
    case, document = case_from(HEADER + dedent(credited))
    found = [one for one in check_case(case, library, document) if one.code == "credit-in-factor"]
    assert [(one.level, one.path) for one in found] == [(Level.WARNING, "factors.burning")]
    assert scored(case).totals.benefit("climate_change", "likely") == pytest.approx(1000 * 200)


def test_findings_come_by_level_then_weight_then_as_they_were_found() -> None:
    given = [
        Finding(Level.NOTE, "unused", "1"),
        Finding(Level.WARNING, "residue", "2"),
        Finding(Level.ERROR, "unknown-actor", "3"),
        Finding(Level.WARNING, "claim-netting", "4"),
        Finding(Level.ERROR, "public-comparison", "5"),
        Finding(Level.WARNING, "residue", "6"),
        Finding(Level.NOTE, "coverage", "7"),
    ]
    assert [one.message for one in by_weight(given)] == ["5", "3", "4", "2", "6", "7", "1"]
