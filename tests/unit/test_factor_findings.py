"""Factors that are old or of another region: named heaviest first, with the CO2 they stand behind."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.library.record import Library
from ius_lca.result_findings.factors import factor_findings
from tests.scoring import HEADER, CaseFrom, scored

#: 10 t a year: 10 x 200 kg from burning, 10 x 700 kg from a process that takes rotting, 10 x 100 kg from sorting.
BODY = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: 10 t/year
        disposal: {all: [{factor: burning, share: 50 %, amount: 2 t/t}, {process: heap, share: 50 %, amount: 2 t/t}]}
        needs: [{factor: sorting, by: taker, amount: 1 t/t}]
        transport: []
    processes:
      heap: {product: a heap, unit: t, inputs: [{factor: rotting, amount: 1 t/t}]}
    factors:
      burning: {product: burning, unit: t, source: one, year: 2005, emissions: [{flow: co2_fossil, amount: 200 kg/t}]}
      rotting: {product: rotting, unit: t, source: two, year: 2012, emissions: [{flow: co2_fossil, amount: 700 kg/t}]}
      sorting: {product: sorting, unit: t, source: three, year: 2013, emissions: [{flow: co2_fossil, amount: 100 kg/t}]}
"""


def test_old_factors_are_named_heaviest_first(case_from: CaseFrom) -> None:
    (finding,) = factor_findings(scored(case_from(HEADER + dedent(BODY))[0]))
    # 2000 + 7000 + 1000 kg: rotting stands behind 70 %, through the process that takes it; ten years (2013) are not old yet
    named = "by their share of the CO2 terms: rotting (2012, 70 %), burning (2005, 20 %)"
    assert finding.message == f"2 factors describe a year more than 10 before 2023; {named}."
    assert (finding.code, finding.path, finding.where) == ("old-factors", "period.start", "")


@pytest.mark.parametrize(
    ("place", "of_factor", "far"),
    [
        ("SE", "SE", False),
        ("SE", "EU27", False),
        ("SE", "Europe", False),
        ("SE", "GLO", False),
        ("SE", "SE3", False),  # inside the case's place
        ("SE", "DK", True),
        ("SE", "DK1", True),
        ("SE-M", "SE", False),  # a county that the library does not know lies in its country
        ("GB", "EU27", True),
        ("ZA", "GLO", False),
        ("ZA", "Europe", True),
    ],
)
def test_a_factor_fits_a_case_inside_or_around_its_place(case_from: CaseFrom, place: str, of_factor: str, *, far: bool) -> None:
    text = (HEADER + dedent(BODY)).replace("place: SE", f"place: {place}").replace("year: 20", f"place: {of_factor}, year: 20")
    codes = {finding.code for finding in factor_findings(scored(case_from(text)[0]))}
    assert ("other-region" in codes) is far


def test_many_factors_are_counted(case_from: CaseFrom) -> None:
    line = (
        "      burning: {product: burning, unit: t, source: one, year: 2005, emissions: [{flow: co2_fossil, amount: 200 kg/t}]}\n"
    )
    uses = ", ".join(f"{{factor: burning{index}, share: 12.5 %}}" for index in range(8))
    body = BODY[: BODY.index("        disposal")] + f"        disposal: {{all: [{uses}]}}\n    factors:\n"
    lines = "".join(line.replace("burning:", f"burning{index}:").replace("200 kg", f"{200 + index} kg") for index in range(8))
    (finding,) = factor_findings(scored(case_from(HEADER + dedent(body + lines))[0]))
    assert finding.message.startswith("8 factors describe a year more than 10 before 2023; ")
    assert ": burning7 (2005, 13 %), burning6 (2005, 13 %), " in finding.message
    assert finding.message.endswith(" and 3 more.")


def test_a_factor_that_hardly_counts_says_so(case_from: CaseFrom) -> None:
    body = BODY.replace("200 kg/t", "2 g/t")
    (finding,) = factor_findings(scored(case_from(HEADER + dedent(body))[0]))
    assert "burning (2005, under 1 %)" in finding.message


@pytest.mark.parametrize(
    ("unit", "said", "expected"),
    [
        ("t", "", True),
        ("t", "material: true, ", False),
        ("t", "material: false, ", False),
        ("t", "treats_waste: true, ", False),
        ("MWh", "", False),  # energy is no material
    ],
)
def test_what_is_displaced_says_whether_it_is_a_material(
    case_from: CaseFrom, library: Library, unit: str, said: str, *, expected: bool
) -> None:
    """Unsaid, it would count as no virgin material, completely; what is not displaced needs no such word."""
    supply = f"supply: {{substitution: 1 {unit}/t, all: [{{factor: rock}}]}}\n        transport: []"
    figure = f"source: four, co2e: 9 kg CO2e/{unit}, gwp: AR6"
    rock = f"      rock: {{product: rock, unit: {unit}, {said}year: 2020, place: SE, {figure}}}\n"
    case, document = case_from(HEADER + dedent(BODY.replace("transport: []", supply) + rock))
    told = [one for one in check_case(case, library, document) if one.code == "own-factor" and "material" in one.message]
    assert [one.path for one in told] == ["factors.rock"] * expected
