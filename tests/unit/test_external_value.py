"""External value: avoided impacts at a carbon price or a cost of damage, apart from the money of the case."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca import units
from ius_lca.case.schema.external import CarbonPrice, DamageCost
from ius_lca.computed import Computed
from ius_lca.impact.methods import indicators
from ius_lca.library.indicators import definitions
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence
from ius_lca.results import COLUMNS, Row
from ius_lca.tables import result_tables
from tests.broken import assert_told_once
from tests.scoring import HEADER, CaseFrom, checked, scored

FOLDER = Path(__file__).parents[1] / "bad_cases" / "external"

#: File, line of the finding, part of its text.
BAD = [
    ("carbon_price_below_zero", 16, "external.carbon.price: the carbon price is negative."),
    ("carbon_price_on_what_is_priced", 16, "'not_yet_priced' is missing."),
    ("carbon_price_per_the_wrong_unit", 16, "'MWh' (energy) does not convert to 'kg CO2e' (climate impact)."),
    ("carbon_price_without_a_unit", 16, "a plain number does not say how many SEK go with a kg CO2e."),
    ("damage_below_zero", 16, "damages[0].cost: the cost of damage is negative."),
    ("damage_by_year", 16, "this number is the same in every year: no path is read here."),
    ("damage_counted_twice", 19, "'acidification' has a cost of damage already."),
    ("damage_of_an_indicator_on_request", 16, "no indicator 'climate_change_gwp20'."),
    ("damage_of_an_unknown_indicator", 16, "no indicator 'particulate_mater'. Did you mean 'particulate_matter'?"),
    ("damage_per_the_wrong_unit", 16, "'kg' (mass) does not convert to 'mol H+e' (acidification)."),
    ("damage_without_a_source", 16, "a cost of damage needs a 'source': the publication that states it."),
    ("damage_without_cost", 16, "'cost' is missing: state it per unit of the indicator."),
    ("jobs_below_zero", 16, "jobs.created: the number of jobs is negative."),
    ("jobs_by_year", 16, "this number is the same in every year: no path is read here."),
    ("jobs_in_a_unit", 16, "jobs are counted: 'person' is not needed."),
    ("not_yet_priced_above_one", 16, "the share that is not yet priced is 1.6; it lies between 0 and 1."),
    ("payment_between_others", 16, "no actor of the case pays or is paid by another."),
    ("unknown_key_of_the_jobs", 16, "unknown key 'new'."),
]

HEAT = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1000 MWh/year
    supply: {substitution: 1 MWh/MWh, displacement: 100 %, by_reference: {likely: [{process: boiler}], dirty: [{process: kiln}]}}
    money: {price: 100 SEK/MWh, avoided_purchase: 300 SEK/MWh}
processes:
  boiler:
    product: heat
    unit: MWh
    emissions: [{flow: co2_fossil, amount: 200 kg/MWh}, {flow: sulfur_dioxide, amount: 2 kg/MWh}]
    covers: [climate_change, acidification]
  kiln: {product: heat, unit: MWh, emissions: [{flow: co2_fossil, amount: 500 kg/MWh}]}
"""
EXTERNAL = """\
economics:
  external:
    carbon: {price: PRICE, not_yet_priced: 60 %}
    damages:
      - {indicator: acidification, cost: 7 kSEK/kmol H+e, source: a study of the user}
"""
TWO = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: gas}, dirty: {title: waste oil}}")


def _computed(case_from: CaseFrom, price: str, change: tuple[str, str] = ("", "")) -> Computed:
    return scored(case_from(TWO.replace("years: 10", "years: 3") + (HEAT + EXTERNAL.replace("PRICE", price)).replace(*change))[0])


def _rows(computed: Computed) -> dict[tuple[object, ...], Row]:
    found = result_tables(computed, "external_value")["external_value"]
    keyed = {tuple(row[key] for key in ("reference", "kind", "indicator", "basis", "year")): row for row in found}
    assert len(keyed) == len(found)
    return keyed


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_once_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    assert_told_once(FOLDER / f"{name}.yaml", line, text, library)


def test_every_bad_case_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD}


@pytest.mark.parametrize("unit", ["SEK/t", "SEK/t CO2e", "SEK/(t CO2e)", "SEK/Mg", "kSEK/ktonne CO2e"])
def test_a_carbon_price_is_per_tonne_of_co2e(unit: str) -> None:
    carbon = CarbonPrice.model_validate({"price": f"800 {unit}", "not_yet_priced": "1"})
    assert carbon.per_kg("SEK") == pytest.approx(0.8, rel=1e-12)


def test_the_unit_of_every_indicator_can_be_written() -> None:
    for one in definitions().values():
        assert units.ratio(*units.parse_quantity(f"2 EUR/({one.unit})"), "EUR", one.unit) == pytest.approx(2, rel=1e-12)
        assert units.ratio(*units.parse_quantity(f"2 EUR/{one.unit}"), "EUR", one.unit) == pytest.approx(2, rel=1e-12)


def test_a_carbon_price_counts_for_what_carries_none_yet(case_from: CaseFrom) -> None:
    rows = _rows(_computed(case_from, "900 SEK/t"))
    avoided_t = 1000 * 0.200
    in_year, project = (rows["likely", "carbon", "climate_change", *one] for one in (("in_year", 2023), ("project", None)))
    assert (in_year["value"], in_year["unit"]) == (pytest.approx(avoided_t * 900 * 0.60, rel=1e-12), "SEK/year")
    assert (project["value"], project["unit"]) == (pytest.approx(3 * avoided_t * 900 * 0.60, rel=1e-12), "SEK")
    dirty = rows["dirty", "carbon", "climate_change", "in_year", 2023]
    assert dirty["value"] == pytest.approx(1000 * 0.500 * 900 * 0.60, rel=1e-12)
    assert {key[-1] for key in rows} == {2023, None}  # all years are alike


def test_a_price_by_year_counts_in_its_year(case_from: CaseFrom) -> None:
    rows = _rows(_computed(case_from, "{by_year: {2023: 900 SEK/t, 2025: 1300 SEK/t}}"))
    values = {year: rows["likely", "carbon", "climate_change", "in_year", year]["value"] for year in (2023, 2024, 2025)}
    priced_t = 1000 * 0.200 * 0.60
    assert values == pytest.approx({2023: priced_t * 900, 2024: priced_t * 1100, 2025: priced_t * 1300}, rel=1e-12)
    whole = rows["likely", "carbon", "climate_change", "project", None]["value"]
    assert whole == pytest.approx(priced_t * (900 + 1100 + 1300), rel=1e-12)  # not discounted


def test_a_cost_of_damage_is_per_unit_of_its_indicator(case_from: CaseFrom) -> None:
    rows = _rows(_computed(case_from, "900 SEK/t"))
    avoided = 1000 * 2 * indicators()["acidification"].factors["sulfur_dioxide"]  # mol H+e
    value = rows["likely", "damage", "acidification", "in_year", 2023]["value"]
    assert value == pytest.approx(avoided * 7, rel=1e-12)  # 7 kSEK per 1000 mol


def test_what_is_no_headline_has_no_value_but_a_reason(case_from: CaseFrom) -> None:
    row = _rows(_computed(case_from, "900 SEK/t"))["dirty", "damage", "acidification", "in_year", 2023]
    assert row["value"] is None  # nothing is known of what the kiln emits besides CO2
    assert row["reason"] == "coverage of the benefit: none, so no headline"


def test_what_is_at_least_so_much_says_so(case_from: CaseFrom) -> None:
    rows = _rows(_computed(case_from, "900 SEK/t", ("covers: [climate_change, acidification]", "covers: [acidification]")))
    for basis, year, years in (("in_year", 2023, 1), ("project", None, 3)):
        row = rows["likely", "carbon", "climate_change", basis, year]
        assert row["value"] == pytest.approx(years * 1000 * 0.200 * 900 * 0.60, rel=1e-12)
        assert row["reason"] == "at least this, as at least so much is avoided"
    assert rows["likely", "damage", "acidification", "in_year", 2023]["reason"] == ""


def test_what_causes_more_emissions_costs(case_from: CaseFrom) -> None:
    needs = "    needs: [{process: boiler, amount: 3 MWh/MWh, by: taker, price: 1 SEK/MWh}]\n    supply:"
    row = _rows(_computed(case_from, "900 SEK/t", ("    supply:", needs)))["likely", "carbon", "climate_change", "in_year", 2023]
    assert row["value"] == pytest.approx(1000 * 0.200 * (1 - 3) * 900 * 0.60, rel=1e-12)


def test_external_value_is_in_no_other_table(case_from: CaseFrom) -> None:
    names = [name for name in COLUMNS if name != "external_value"]
    without = scored(case_from(TWO.replace("years: 10", "years: 3") + HEAT)[0])
    assert result_tables(_computed(case_from, "900 SEK/t"), *names) == result_tables(without, *names)
    assert result_tables(without, "external_value") == {"external_value": ()}


def test_a_good_case_passes_its_check(case_from: CaseFrom, library: Library) -> None:
    body = (HEAT + EXTERNAL.replace("PRICE", "900 SEK/t") + "  jobs: {created: 3, safeguarded: 12.5}\n").replace(
        "by_reference: {likely: [{process: boiler}], dirty: [{process: kiln}]}", "all: [{process: boiler}]"
    )
    case = checked(case_from, library, body)
    assert case.economics.jobs.safeguarded is not None
    assert case.economics.jobs.safeguarded.value == 12.5


def test_a_cost_with_a_source_counts_as_published() -> None:
    beside = DamageCost.model_validate({"indicator": "acidification", "cost": "7 EUR/mol H+e", "source": "a study"})
    inside = DamageCost.model_validate({"indicator": "acidification", "cost": {"value": "7 EUR/mol H+e", "source": "a study"}})
    own = DamageCost.model_validate(
        {"indicator": "acidification", "cost": "7 EUR/mol H+e", "source": "own survey", "evidence": "measured"}
    )
    assert beside == inside
    assert (beside.cost.evidence, own.cost.evidence) == (Evidence.PUBLISHED, Evidence.MEASURED)
