"""The circular footprint of an exchange: what follows from it, what is a default, what is refused, and what a report shows."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import ius_lca as ius
from ius_lca.case.check import check_case
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.report.to_html import render_html
from ius_lca.results import Row, to_json
from ius_lca.tables import result_tables
from ius_lca.units import convert
from tests.broken import errors_of
from tests.scoring import HEADER, CaseFrom, scored, unit_score

FOLDER = Path(__file__).parents[1] / "bad_cases" / "circular"

#: File, line of the finding, part of its text.
BAD = [
    ("a_above_one", 18, "A is 1.2; it lies between 0 and 1."),
    ("activity_in_a_wrong_unit", 18, "electricity.mix.SE: 'kg' (mass) does not convert to 'kWh' (energy)."),
    ("disposal_net_of_its_heat", 17, "'ED' is needed and does not follow from the exchange. State 'ED', as an empty list"),
    ("energy_recovery_without_its_burning", 17, "'EER' is needed and does not follow from the exchange."),
    ("energy_recovery_without_its_heating_value", 17, "'LHV' is needed with R3. State 'LHV'."),
    ("heating_value_in_a_wrong_unit", 18, "'kg' (mass) does not convert to 'MJ' (energy)."),
    ("more_energy_than_there_is", 17, "X_heat and X_elec sum to 1.2, more than all of its energy."),
    ("negative_heating_value", 18, "the heating value is negative."),
    ("no_disposal_stated", 16, "'ED' is needed and does not follow from the exchange."),
    ("no_virgin_material_stated", 16, "'Ev' is needed and does not follow from the exchange."),
    ("nothing_usable", 17, "nothing usable is handed over in 2023, so there is no material to take the footprint of."),
    ("of_heat", 17, "a circular footprint is that of a material, and 'MWh' is neither a mass nor a volume."),
    ("recycled_and_burnt_above_one", 17, "R2 and R3 sum to 1.2, more than all of the material."),
    ("share_in_a_unit", 18, "'kg' (mass) does not convert to a plain number."),
    ("substituted_heat_per_tonne", 18, "heat.district.wood_chips: 't' (mass) does not convert to 'MJ' (energy)."),
    ("unknown_factor_of_an_activity", 18, "no factor 'waste.landfil.inert'. Did you mean 'waste.landfill.inert'"),
    ("unknown_key_of_the_formula", 18, "unknown key 'R4'."),
    ("unknown_kind", 18, "no kind of material 'hpde'. Did you mean 'hdpe'?"),
]

REGRIND = """\
exchanges:
  regrind:
    from: giver
    to: taker
    resource: cuttings of polyethylene
    quantity: 500 t/year
    usable: 80 %
    supply:
      substitution: 0.95 kg/kg
      quality: QUALITY
      displacement: 50 %
      all: [{factor: plastic.hdpe}]
    disposal: {all: [{factor: waste.landfill.inert}]}
    needs: [{factor: electricity.mix.SE, amount: 600 kWh/t, by: taker}]
    transport: [{factor: transport.lorry_40t, distance: 50 km, by: taker}]
    residue: {factor: waste.landfill.inert}
    circular_footprint: CIRCULAR
"""


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    found = [(finding.where, str(finding)) for finding in errors_of(FOLDER / f"{name}.yaml", library)]
    assert [place for place, message in found if text in message] == [f"{name}.yaml:{line}"], found


def test_the_code_of_an_unknown_kind_is_one_word(library: Library) -> None:
    assert {finding.code for finding in errors_of(FOLDER / "unknown_kind.yaml", library)} == {"unknown-kind-of-material"}


def test_every_bad_case_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD}


def _case(case_from: CaseFrom, circular: str, quality: str = "0.9") -> Any:
    return case_from(HEADER + REGRIND.replace("QUALITY", quality).replace("CIRCULAR", circular))[0]


def _tables(case_from: CaseFrom, circular: str, quality: str = "0.9") -> dict[str, tuple[Row, ...]]:
    case = _case(case_from, circular, quality)
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    return result_tables(scored(case))


def _parameters(tables: dict[str, tuple[Row, ...]]) -> dict[str, Row]:
    return {str(row["parameter"]): row for row in tables["circular_parameters"]}


def _values(tables: dict[str, tuple[Row, ...]], table: str, indicator: str = "climate_change") -> dict[tuple[str, str], Any]:
    return {(str(row["part"]), str(row["basis"])): row["value"] for row in tables[table] if row["indicator"] == indicator}


def test_what_is_not_stated_follows_from_the_exchange_or_is_a_default(case_from: CaseFrom) -> None:
    found = _parameters(_tables(case_from, "{}"))
    told = {name: (row["value"], row["basis"]) for name, row in found.items() if not row["unit"]}
    assert told == {
        "A": (0.5, "default"),
        "R1": (1.0, "from the exchange"),
        "R2": (0.0, "default"),
        "R3": (0.0, "default"),
        "quality_in": (0.9, "from the exchange"),
        "quality_out": (0.9, "default"),
    }
    landfill = 1000 * unit_score("waste.landfill.inert")  # kg CO2e per t
    # Per usable tonne, of which 1/0.8 t are handed over; 0.2 t of each is residue.
    recycling = (600 * unit_score("electricity.mix.SE") + 50 * unit_score("transport.lorry_40t") + 0.2 * landfill) / 0.8
    # Neither the usable share nor quality and market: they are no part of making virgin material.
    virgin = 0.95 * 1000 * unit_score("plastic.hdpe")
    burdens = {name: (row["value"], row["basis"]) for name, row in found.items() if row["unit"]}
    assert burdens == {
        "Ev": (pytest.approx(virgin, rel=1e-12), "from the exchange"),
        "Erec": (pytest.approx(recycling, rel=1e-12), "from the exchange"),
        "ErecEoL": (pytest.approx(recycling, rel=1e-12), "default"),
        "E*v": (pytest.approx(virgin, rel=1e-12), "default"),
        "ED": (pytest.approx(landfill, rel=1e-12), "from the exchange"),
    }
    assert {row["unit"] for row in found.values() if row["unit"]} == {"kg CO2e/t"}


def test_recycling_is_net_of_what_its_co_products_make_up_and_supply_is_weighed_by_its_shares(
    case_from: CaseFrom, library: Library
) -> None:
    body = REGRIND.replace("QUALITY", "0.9").replace("CIRCULAR", "{}")
    body = body.replace("[{factor: plastic.hdpe}]", "[{factor: plastic.hdpe, share: 70 %}, {factor: plastic.ldpe, share: 30 %}]")
    burnt = "{factor: waste.incineration.polyethylene, amount: 100 kg/t, by: taker, MADE}"
    made = burnt.replace("MADE", "makes_up: {heat: heat.district.wood_chips, electricity: unused}")
    body = body.replace("by: taker}]\n    transport", f"by: taker}}, {made}]\n    transport")
    case = case_from(HEADER + body)[0]
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    found = _parameters(result_tables(scored(case)))
    heat, unit = library.records["waste.incineration.polyethylene"].coproduct("heat")
    saved = 100 * convert(heat, unit, "MWh") * unit_score("heat.district.wood_chips")
    taken = 100 * unit_score("waste.incineration.polyethylene") - saved
    before = _parameters(_tables(case_from, "{}"))
    assert float(str(found["Erec"]["value"])) - float(str(before["Erec"]["value"])) == pytest.approx(taken / 0.8, rel=1e-9)
    virgin = 0.95 * 1000 * (0.7 * unit_score("plastic.hdpe") + 0.3 * unit_score("plastic.ldpe"))
    assert found["Ev"]["value"] == pytest.approx(virgin, rel=1e-12)


def test_factors_of_an_activity_are_those_of_the_place_and_may_be_changed(case_from: CaseFrom) -> None:
    circular = "{Erec: [{factor: electricity.mix, amount: 2 MWh/t}], ED: [{factor: waste.landfill.inert}]}"
    assert _parameters(_tables(case_from, circular))["Erec"]["value"] == pytest.approx(
        2000 * unit_score("electricity.mix.SE"), rel=1e-12
    )
    changed = "{ED: [{factor: waste.incineration.polyethylene, with: {fossil_carbon: 0.82 kg/kg}}]}"
    less_carbon = 1000 * 0.998 * (0.861 - 0.82) * 44 / 12  # kg CO2 per t, of the carbon in its dry matter
    burnt = 1000 * unit_score("waste.incineration.polyethylene") - less_carbon
    assert _parameters(_tables(case_from, changed))["ED"]["value"] == pytest.approx(burnt, rel=1e-9)


def test_defaults_of_the_kind_stand_with_their_source_and_stated_numbers_win(case_from: CaseFrom) -> None:
    found = _parameters(_tables(case_from, "{kind: paper, A: {value: 0.3, evidence: estimated, source: a study}}", "1"))
    assert (found["A"]["value"], found["A"]["basis"], found["A"]["source"]) == (0.3, "stated", "a study")
    assert (found["quality_in"]["value"], found["quality_in"]["basis"]) == (1.0, "from the exchange")  # stated as 1
    assert (found["quality_out"]["value"], found["quality_out"]["basis"]) == (0.85, "default")
    assert "Annex C to the PEF method" in str(found["quality_out"]["source"])
    assert found["quality_out"]["evidence"] == "published"


def test_a_stated_activity_says_what_it_is_made_of(case_from: CaseFrom) -> None:
    circular = "{Erec: [{factor: electricity.mix.SE, amount: {value: 2 kWh/kg, evidence: measured}}], ED: []}"
    found = _parameters(_tables(case_from, circular))
    assert found["Erec"]["value"] == pytest.approx(2000 * unit_score("electricity.mix.SE"), rel=1e-12)
    assert (found["Erec"]["basis"], found["Erec"]["evidence"]) == ("stated", "measured")
    assert found["Erec"]["source"] == "2000 kWh of electricity.mix.SE per t"
    assert (found["ED"]["value"], found["ED"]["source"]) == (0.0, "none")


def test_a_year_is_what_is_usable_times_a_unit(case_from: CaseFrom) -> None:
    tables = _tables(case_from, "{R2: 40 %}")
    for table in ("circular_footprint", "module_d"):
        values = _values(tables, table)
        for part in {part for part, _ in values}:
            assert values[part, "in_year"] == pytest.approx(500 * 0.8 * values[part, "per_unit"], rel=1e-12)


def test_a_reference_without_supply_and_disposal_has_the_same_quantity(case_from: CaseFrom) -> None:
    header = HEADER.replace("exchange}}", "exchange}, conservative: {title: nobody would make it}}")
    body = """\
    exchanges:
      regrind:
        from: giver
        to: taker
        resource: cuttings
        quantity: 500 t/year
        usable: 80 %
        supply: {substitution: 1 kg/kg, by_reference: {likely: [{factor: plastic.hdpe}], conservative: []}}
        backup: [{factor: electricity.mix.SE, amount: 10 MWh/year, by: taker}]
        circular_footprint: {ED: [{factor: waste.landfill.inert}]}
    """
    case = case_from(header + dedent(body))[0]
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    rows = [row for row in result_tables(scored(case))["circular_footprint"] if row["reference"] == "conservative"]
    values = {(row["part"], row["basis"]): row["value"] for row in rows if row["indicator"] == "climate_change"}
    landfill = 1000 * unit_score("waste.landfill.inert")
    assert values["total", "per_unit"] == pytest.approx(landfill, rel=1e-12)  # there is no virgin material to share
    assert values["total", "in_year"] == pytest.approx(500 * 0.8 * landfill, rel=1e-12)


def test_numbers_by_year_are_those_of_the_headline_year(case_from: CaseFrom) -> None:
    body = REGRIND.replace("QUALITY", "{by_year: {2023: 1, 2025: 0.8, 2032: 0.8}}").replace(
        "usable: 80 %", "usable: 80 %\n    start: 2025"
    )
    path = (
        "{R2: {by_year: {2023: 0 %, 2027: 40 %, 2032: 40 %}}, ED: [{factor: waste.landfill.inert, amount: {by_year: AMOUNTS}}]}"
    )
    body = body.replace("CIRCULAR", path.replace("AMOUNTS", "{2023: 1 kg/kg, 2025: 0.5 kg/kg, 2032: 0.5 kg/kg}"))
    case = case_from(HEADER + body)[0]
    assert [str(one) for one in check_case(case) if one.level is Level.ERROR] == []
    found = _parameters(result_tables(scored(case)))
    assert found["R2"]["value"] == pytest.approx(0.2, rel=1e-12)  # half way from 2023 to 2027
    assert found["quality_in"]["value"] == pytest.approx(0.8, rel=1e-12)
    assert found["ED"]["value"] == pytest.approx(500 * unit_score("waste.landfill.inert"), rel=1e-12)


def test_what_is_not_covered_is_not_zero(case_from: CaseFrom, library: Library) -> None:
    record = library.records["waste.landfill.inert"]
    assert "primary_energy" not in record.covers
    rows = [
        row
        for row in _tables(case_from, "{}")["circular_footprint"]
        if row["indicator"] == "primary_energy" and row["basis"] == "per_unit"
    ]
    told = {str(row["part"]): (row["value"] is None, row["coverage"]) for row in rows}
    assert told["disposal"] == (True, "none")
    assert told["total"] == (False, "partial")
    assert told["energy"] == (False, "full")  # nothing is burnt, and that is known
    # The residue of the exchange goes to the same landfill, so its recycling is not covered either.
    alone = _tables(case_from, "{Ev: []}")["circular_footprint"]
    assert {row["coverage"] for row in alone if (row["indicator"], row["part"]) == ("primary_energy", "material")} == {"partial"}


def test_what_counts_the_streams_themselves_has_no_part_in_it(case_from: CaseFrom) -> None:
    indicators = {row["indicator"] for row in _tables(case_from, "{}")["circular_footprint"]}
    assert {"climate_change", "landfill_life_cycle"} <= indicators
    assert not indicators & {"landfill_direct", "virgin_material"}


def test_the_benefit_knows_nothing_of_it(case_from: CaseFrom) -> None:
    with_it = _tables(case_from, "{R2: 40 %, kind: hdpe}")
    without = result_tables(scored(case_from(HEADER + REGRIND.replace("QUALITY", "0.9").partition("    circular")[0])[0]))
    own = {"circular_footprint", "module_d", "circular_parameters"}
    for name in with_it.keys() - own:
        assert with_it[name] == without[name]
    assert all(without[name] == () for name in own)


def test_a_factor_that_only_the_formula_takes_is_cited(case_from: CaseFrom) -> None:
    sources = _tables(case_from, "{Erec: [{factor: heat.district.wood_pellets, amount: 1 MWh/t}]}")["sources"]
    assert any("heat.district.wood_pellets" in str(row["cited_for"]) for row in sources)


def test_energy_recovery_counts_its_heat_once(case_from: CaseFrom) -> None:
    circular = (
        "{R3: 1, LHV: 43 MJ/kg, X_heat: 0.6, X_elec: 0, EER: [{factor: waste.incineration.polyethylene}], "
        "ESE_heat: [{factor: heat.district.wood_chips}]}"
    )
    case = _case(case_from, circular)
    assert [one.path for one in check_case(case) if one.code == "co-product"] == []
    values = _values(_tables(case_from, circular), "circular_footprint")
    burning = 1000 * unit_score("waste.incineration.polyethylene")
    heat = 43_000 * 0.6 / 3600 * unit_score("heat.district.wood_chips")  # MJ/t to MWh/t
    assert values["energy", "per_unit"] == pytest.approx(burning - heat, rel=1e-12)
    assert values["disposal", "per_unit"] == 0
    assert _values(_tables(case_from, circular), "module_d")["energy", "per_unit"] == pytest.approx(-heat, rel=1e-12)


@pytest.mark.parametrize(("a", "told"), [("0.1", True), ("0.2", False), ("0.8", False), ("1", True)])
def test_an_unusual_a_is_a_warning(case_from: CaseFrom, a: str, told: bool) -> None:
    found = [one for one in check_case(_case(case_from, f"{{A: {a}}}")) if one.code == "allocation-factor"]
    assert [one.level for one in found] == [Level.WARNING] * told


def test_the_report_shows_it_and_says_that_it_is_another_view(case_from: CaseFrom) -> None:
    assessment = ius.assess(_case(case_from, "{kind: hdpe, R2: {value: 40 %, evidence: estimated}}"))
    page = render_html(assessment)
    assert "never part of the benefit, never added to it or to each other" in page
    for text in (
        "Circular footprint",
        "Module D",
        "0.4</td><td>stated, estimated",
        "needs, transport and residue of the exchange",
    ):
        assert text in page
    values = _values(dict(assessment.tables), "circular_footprint")
    assert f"{values['total', 'per_unit']:,.0f}".replace(",", "\u202f")[:3] in page
    assert '"circular_footprint"' in to_json(assessment)


def test_a_report_without_it_is_silent() -> None:
    case, document = read_with_lines(FOLDER.parent / "unquoted_norway.yaml")
    assert "Circular Footprint" not in render_html(ius.assess(case, document=document))


def test_the_key_and_its_exchange_are_read_as_written(case_from: CaseFrom) -> None:
    text = dedent("{'E*v': [{factor: plastic.ldpe, amount: 1 kg/kg}]}")
    found = _parameters(_tables(case_from, text))
    assert found["E*v"]["value"] == pytest.approx(1000 * unit_score("plastic.ldpe"), rel=1e-12)
    assert found["E*v"]["basis"] == "stated"
