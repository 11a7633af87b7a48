"""What an exchange leaves out, and CO2 that is handed over: where a finding is raised, and where it is not."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.library.record import Library
from tests.scoring import HEADER, CaseFrom


def _codes(case_from: CaseFrom, library: Library, body: str) -> set[str]:
    case, document = case_from(HEADER + dedent(body))
    return {finding.code for finding in check_case(case, library, document)}


STREAM = """\
    exchanges:
      stream:
        from: giver
        to: taker
        resource: a stream
        quantity: 9 QUANTITY/year
        disposal: {all: [{factor: FACTOR}]}
        MORE
"""


def _stream(quantity: str, factor: str, more: str = "usable: 100 %") -> str:
    return STREAM.replace("QUANTITY", quantity).replace("FACTOR", factor).replace("MORE", more)


@pytest.mark.parametrize(
    ("quantity", "factor", "more", "missing"),
    [
        ("t", "waste.landfill.food", "usable: 100 %", True),
        ("t", "waste.landfill.food", "transport: []", False),
        ("t", "waste.landfill.food", "needs: [{factor: electricity.mix.SE, amount: 9 kWh/t, by: taker}]", True),
        ("t", "waste.landfill.food", "needs: [{factor: transport.belt_conveyor, amount: 1 kg/kg, by: taker}]", False),
        ("m3", "water.wastewater_treatment", "usable: 100 %", False),
        ("MWh", "treatment.heat_rejection", "usable: 100 %", False),
    ],
)
def test_a_mass_has_a_way(case_from: CaseFrom, library: Library, quantity: str, factor: str, more: str, *, missing: bool) -> None:
    assert ("no-transport" in _codes(case_from, library, _stream(quantity, factor, more))) is missing


BOILER = "supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}"
GRID = "supply: {substitution: 1 MWh/MWh, all: [{factor: electricity.mix.SE}]}"
TONNE = "supply: {substitution: 3 MWh/t, all: [{factor: heat.boiler.natural_gas}]}"


@pytest.mark.parametrize(
    ("quantity", "more", "missing"),
    [
        ("MWh", BOILER, True),
        ("MWh", GRID, False),
        ("t", TONNE, False),  # a fuel, not heat
        ("MWh", "heat: {supply: 90 degC, needed: 60 degC}", True),
    ],
)
def test_heat_has_its_standby(case_from: CaseFrom, library: Library, quantity: str, more: str, *, missing: bool) -> None:
    body = _stream(quantity, "treatment.heat_rejection", more)
    assert ("no-backup" in _codes(case_from, library, body)) is missing
    assert "no-backup" not in _codes(case_from, library, body + "        backup: []\n")


@pytest.mark.parametrize(
    ("life", "expected"), [("9 years", True), ("10 years", False), ("120 months", False), ("-1 years", False)]
)
def test_equipment_lives_as_long_as_the_case(case_from: CaseFrom, library: Library, life: str, *, expected: bool) -> None:
    equipment = f"equipment: [{{factor: electricity.mix.SE, amount: 1 kWh, life: {life}, by: taker}}]"
    codes = _codes(case_from, library, _stream("MWh", "treatment.heat_rejection", equipment))
    assert ("outlives-equipment" in codes) is expected


def test_equipment_lives_as_long_as_its_exchange(case_from: CaseFrom, library: Library) -> None:
    equipment = "equipment: [{factor: electricity.mix.SE, amount: 1 kWh, life: 12 years, by: taker}]\n        life: LIFE"
    for life, expected in (("12 years", False), ("13 years", True)):
        codes = _codes(case_from, library, _stream("MWh", "treatment.heat_rejection", equipment.replace("LIFE", life)))
        assert ("outlives-equipment" in codes) is expected


GAS = """\
    exchanges:
      gas:
        from: giver
        to: taker
        resource: RESOURCE
        quantity: 50 t/year
        usable: 80 %
        disposal: {by_reference: {likely: [{factor: vented, amount: CREDITED}]}}
        needs: [{factor: vented, by: taker, amount: NEEDED}]
        residue: {factor: vented, amount: 1 t/t}
        transport: []
    factors:
      vented: {product: CO2 in the open air, unit: t, source: by definition, EMISSION}
"""
FLOW = "emissions: [{flow: co2_fossil, amount: 1 t/t}]"
BARE = "co2e: 1 t CO2e/t, gwp: AR6"


@pytest.mark.parametrize(
    ("resource", "credited", "needed", "emission", "expected"),
    [
        ("CO2", "1 t/t", "0.8 t/t", FLOW, False),  # 1 = 0.8 in the needs + 20 % rejected
        ("CO2", "1 t/t", "0.7 t/t", FLOW, True),
        ("carbon dioxide of the kiln", "1 t/t", "0 t/t", FLOW, True),
        ("koldioxid", "1 t/t", "0 t/t", BARE, True),
        ("CO2", "0.2 t/t", "0 t/t", BARE, False),
        ("CO2", "1 t/t", "0 t/t", FLOW.replace("fossil", "biogenic"), False),  # it counts 0, so nothing is credited
        ("food waste", "1 t/t", "0 t/t", FLOW, False),
    ],
)
def test_carbon_that_is_handed_over_is_released(  # noqa: PLR0917
    case_from: CaseFrom, library: Library, resource: str, credited: str, needed: str, emission: str, expected: bool
) -> None:
    body = GAS.replace("RESOURCE", resource).replace("CREDITED", credited).replace("NEEDED", needed).replace("EMISSION", emission)
    assert ("released-carbon" in _codes(case_from, library, body)) is expected


def test_what_is_wrong_elsewhere_is_told_there(case_from: CaseFrom, library: Library) -> None:
    """Neither check of the carbon nor of the scope stumbles over what another check tells."""
    broken = GAS.replace("RESOURCE", "CO2").replace("CREDITED", "1 t/t").replace("NEEDED", "1 t/t").replace("EMISSION", FLOW)
    unknown = broken.replace("{factor: vented, by: taker", "{factor: ventd, by: taker")
    codes = _codes(case_from, library, unknown)
    assert "unknown-factor" in codes
    assert "released-carbon" not in codes
    weird = broken.replace("50 t/year", "50 t")
    assert "unit" in _codes(case_from, library, weird)
    lasting = _stream("MWh", "treatment.heat_rejection", "equipment: [{factor: lorry, amount: 1 kWh, life: 9 km, by: taker}]")
    assert "unit" in _codes(case_from, library, lasting)


def test_what_another_exchange_hands_over_hides_no_carbon(case_from: CaseFrom, library: Library) -> None:
    body = GAS.replace("RESOURCE", "CO2").replace("CREDITED", "1 t/t").replace("NEEDED", "0 t/t").replace("EMISSION", FLOW)
    heat = "quantity: 9 MWh/year, supply: {substitution: 1 MWh/MWh, all: [{factor: heat.boiler.natural_gas}]}}"
    warmed = body.replace("needs: [", "needs: [{exchange: heat, amount: 1 MWh/t, by: taker}, ").replace(
        "processes:", f"  heat: {{from: taker, to: giver, resource: heat, {heat}\n    processes:"
    )
    assert "released-carbon" in _codes(case_from, library, warmed)
