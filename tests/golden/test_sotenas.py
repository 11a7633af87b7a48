"""Nitrogen that stays out of the sea in Sotenäs, and what the gas of its fish waste saves, at home and abroad.

By hand from the numbers printed in the records' sources: a table of fish processing (nitrogen and COD), IPCC 2019 (removal),
ADEME Base IMPACTS (nitrogen of Swedish electricity), IPCC 2006 and Base Carbone (LPG), and an abstract on methane of fish waste.
Published: nutrients to the sea down by up to 98 %, nearly 6,000 t CO2e a year, about 20 GWh of biogas.
"""

from __future__ import annotations

import pytest

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.results import Assessment
from tests.scoring import unit_score

#: EF v3.1, climate change [kg CO2e/kg].
GWP_METHANE_FOSSIL, GWP_METHANE_BIOGENIC, GWP_NITROUS_OXIDE = 29.8, 27.0, 273.0
#: Process water: 200,000 m3 with the fish waste, less 15,000 t of it; per m3 2.5 kg of nitrogen in 6.5 m3, 13.1 kg of COD.
WATER_M3, NITROGEN, COD = 200_000 - 15_000, 0.385, 13.1
#: Electricity per kg of COD [kWh], and nitrogen that making it lets out [kg N/kWh].
PER_COD, NITROGEN_OF_ELECTRICITY = 1.9, 4.28489e-5
#: Fish waste [t], its volatile solids, the methane of a kilogramme of them [m3 x kg/m3 x MJ/kg], what escapes.
WASTE_T, SOLIDS, METHANE_MJ, LOSS = 15_000, 0.20, 0.4645 * 0.7158 * 50, 0.009
#: LPG, stack and supply [kg CO2e/GJ], and biogas burnt in its place.
LPG = 63.1 + 0.001 * GWP_METHANE_FOSSIL + 0.0001 * GWP_NITROUS_OXIDE + 7.7 + 0.1 * GWP_METHANE_FOSSIL
BIOGAS = 0.001 * GWP_METHANE_BIOGENIC + 0.0001 * GWP_NITROUS_OXIDE
PUBLISHED_T, PUBLISHED_GWH = 6_000, 20


@pytest.fixture(scope="module")
def result() -> Assessment:
    case, document = read_with_lines(shipped("examples") / "sotenas" / "case.yaml")
    return assess(case, document=document)


def _terms(result: Assessment, exchange: str, reference: str = "likely", indicator: str = "climate_change") -> dict[str, float]:
    """Benefit of an exchange by term [kg/year]; what is 0 is left out."""
    return {
        str(row["term"]): float(str(row["value"]))
        for row in result.in_year("exchanges")
        if (row["exchange"], row["reference"], row["indicator"]) == (exchange, reference, indicator) and row["value"]
    }


@pytest.mark.parametrize(("reference", "left_before"), [("likely", 1.0), ("conservative", 0.55), ("favourable", 1.0)])
def test_nitrogen_kept_from_the_sea_is_complete_and_a_headline(result: Assessment, reference: str, left_before: float) -> None:
    electricity = COD * PER_COD * NITROGEN_OF_ELECTRICITY
    after = NITROGEN * (1 - 0.80) + electricity  # IPCC: 80 % are removed
    before = NITROGEN * left_before + (electricity if left_before < 1 else 0)  # works of their own: 45 %
    terms = _terms(result, "process_water", reference, "eutrophication_marine")
    assert terms == {
        "avoided_disposal": pytest.approx(WATER_M3 * before, rel=1e-9),
        "processing": pytest.approx(-WATER_M3 * after, rel=1e-9),
    }
    of_water = [
        row
        for row in result.in_year("exchanges")
        if (row["exchange"], row["reference"], row["indicator"]) == ("process_water", reference, "eutrophication_marine")
    ]
    assert {row["coverage"] for row in of_water} == {"full"}
    if reference == "likely":
        # The electricity is a third of a per cent: leaving it out would change nothing but the word.
        assert sum(terms.values()) / (WATER_M3 * NITROGEN) == pytest.approx(0.80, abs=0.003)
        card = Context(result).headlines[-1]
        assert (card.figure, card.unit, card.word) == ("56.8", "t Ne a year", "complete")


def test_gas_at_home_replaces_lpg_and_is_lost_abroad(result: Assessment) -> None:
    made = WASTE_T * SOLIDS * METHANE_MJ * (1 - LOSS)  # GJ
    handed_over = WASTE_T * SOLIDS * 4.322 * 3.6  # less what heats the digester
    heat = WASTE_T * SOLIDS * 0.0505 * METHANE_MJ / 0.92
    assert made - heat == pytest.approx(handed_over, rel=1e-3)
    assert _terms(result, "gas") == {
        "avoided_production": pytest.approx(handed_over * LPG, rel=1e-9),
        "processing": pytest.approx(-handed_over * BIOGAS, rel=1e-9),
    }
    # Abroad the same gas would have stood in for natural gas or for wood: that and nothing else parts the two references.
    natural_gas = unit_score("fuel.natural_gas.upstream") + unit_score("fuel.natural_gas.combustion")
    wood = unit_score("fuel.wood_chips.upstream") + unit_score("fuel.wood_chips.combustion")
    lost = {reference: _terms(result, "trimmings", reference)["avoided_disposal"] for reference in ("likely", "favourable")}
    assert lost["favourable"] - lost["likely"] == pytest.approx(WASTE_T * SOLIDS * 16.47 * (natural_gas - wood), rel=1e-9)
    assert lost["likely"] < 0 < lost["favourable"]


def test_the_published_tonnes_and_gigawatt_hours_need_more_than_the_known_fish_waste() -> None:
    gwh = WASTE_T * 4.322 / 1000
    assert gwh * SOLIDS < 0.7 * PUBLISHED_GWH
    assert gwh * 0.295 == pytest.approx(PUBLISHED_GWH, rel=0.05)  # if all of it were as rich as herring
    assert gwh * SOLIDS * 3600 * LPG / 1000 < 0.6 * PUBLISHED_T
    tonnes = PUBLISHED_GWH * 3600 * LPG / 1000
    assert tonnes == pytest.approx(5_300, abs=50)
