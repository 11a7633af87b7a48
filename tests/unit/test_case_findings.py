"""What a case is told that is no error: warnings and notes."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.errors import Level
from ius_lca.library.record import Library
from tests.scoring import HEADER, THIRD, CaseFrom

PAIR = HEADER.replace(THIRD, "")
QUIET = PAIR.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
FOOD = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: 9 t/year
        disposal: {all: [{factor: waste.landfill.food, legality: {exemption: "a dispensation"}}]}
        transport: []
"""
SUPPLY = """\
        supply: {substitution: 4 kg/t, all: [{factor: fertiliser.nitrogen}]}
"""


def _findings(case_from: CaseFrom, library: Library, text: str) -> list[tuple[Level, str, str]]:
    case, document = case_from(text)
    return [(finding.level, finding.code, finding.where) for finding in check_case(case, library, document)]


def test_a_plain_case_has_no_finding(case_from: CaseFrom, library: Library) -> None:
    assert _findings(case_from, library, QUIET + dedent(FOOD)) == []


COMPOSTING = """\
        needs: [{factor: waste.composting.food, amount: 1 kg/kg, by: taker}]
"""


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (SUPPLY, (Level.NOTE, "full-displacement", "case.yaml:16")),
        ("        usable: 90 %\n", (Level.WARNING, "residue", "case.yaml:9")),
        ("        money: {avoided_disposal: {by_reference: {likely: 5 SEK/t}}}\n", (Level.WARNING, "not-stated", "case.yaml:16")),
        (COMPOSTING, (Level.WARNING, "co-product", "case.yaml:16")),
    ],
)
def test_finding_that_is_no_error(case_from: CaseFrom, library: Library, added: str, expected: tuple[Level, str, str]) -> None:
    assert _findings(case_from, library, QUIET + dedent(FOOD + added)) == [expected]


def test_one_reference_is_a_warning(case_from: CaseFrom, library: Library) -> None:
    assert _findings(case_from, library, PAIR + dedent(FOOD)) == [(Level.WARNING, "single-reference", "case.yaml:7")]


@pytest.mark.parametrize(
    "displacement", ["{value: 100 %, evidence: estimated}", "{value: 99 %, evidence: assumed}", "{value: 0.5, evidence: assumed}"]
)
def test_displacement_with_evidence_or_below_one_is_no_finding(case_from: CaseFrom, library: Library, displacement: str) -> None:
    supply = SUPPLY.replace("4 kg/t,", f"4 kg/t, displacement: {displacement},")
    assert _findings(case_from, library, QUIET + dedent(FOOD + supply)) == []


@pytest.mark.parametrize("unit", ["kg", "t", "Gg", "ktonne"])
def test_any_mass_may_be_handed_over(case_from: CaseFrom, library: Library, unit: str) -> None:
    assert _findings(case_from, library, QUIET + dedent(FOOD).replace("9 t/year", f"9 {unit}/year")) == []
    moved = FOOD.replace("transport: []", "transport: [{factor: transport.rail, distance: 9 km, by: taker}]")
    assert _findings(case_from, library, QUIET + dedent(moved).replace("9 t/year", f"9 {unit}/year")) == []


def test_heat_pump_lifts_heat_that_is_too_cold(case_from: CaseFrom, library: Library) -> None:
    body = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 9 GWh/year
            heat: {supply: 40 degC, needed: 60 degC, return: 30 degC}
            disposal: {all: [{factor: treatment.heat_rejection}]}
            needs: [{factor: heat.heat_pump.excess_heat, amount: 1.3 MWh/MWh, by: taker}]
            backup: []
        """
    assert _findings(case_from, library, QUIET + dedent(body)) == [(Level.NOTE, "season-overlap", "case.yaml:14")]


def test_half_a_fuel_is_a_warning_and_both_in_a_process_are_none(case_from: CaseFrom, library: Library) -> None:
    half = SUPPLY.replace("4 kg/t", "{value: 1 GJ/t, evidence: assumed}").replace(
        "fertiliser.nitrogen", "fuel.natural_gas.upstream"
    )
    assert (Level.WARNING, "half-a-fuel", "case.yaml:16") in _findings(case_from, library, QUIET + dedent(FOOD + half))
    whole = half.replace("factor: fuel.natural_gas.upstream", "process: burnt")
    process = """
        processes:
          burnt:
            product: gas burnt
            unit: GJ
            inputs: [{factor: fuel.natural_gas.upstream, amount: 1 GJ/GJ}, {factor: fuel.natural_gas.combustion, amount: 1 GJ/GJ}]
    """
    codes = [code for _, code, _ in _findings(case_from, library, QUIET + dedent(FOOD + whole) + dedent(process))]
    assert "half-a-fuel" not in codes


def test_findings_of_one_code_stand_in_the_order_of_the_file(case_from: CaseFrom, library: Library) -> None:
    """Whatever order a set of names has in a run of Python."""
    keys = ["peeler", "cutter", "boiler", "dryer", "mixer", "mill"]
    needs = ", ".join(f"{{process: {key}, amount: 1 t/t, by: taker}}" for key in keys)
    inputs = "allocation: mass, coproducts: {c: {amount: 1 t/t}}, inputs: [{exchange: food, amount: 0.01 t/t}]"
    processes = "".join(f"  {key}: {{product: p, unit: t, {inputs}}}\n" for key in keys)
    case, document = case_from(f"{QUIET}{dedent(FOOD)}    needs: [{needs}]\nprocesses:\n{processes}")
    found = [one.path for one in check_case(case, library, document) if one.code == "allocation"]
    assert found == [f"processes.{key}.allocation" for key in keys]
