"""Händelö by hand: the loop through grain, and what the carbon dioxide and the feed save, from printed numbers.

Published: 600,000 t of grain make 230,000 m3 of ethanol (Cleantech Östergötland); 1.4 million m3 of gas and 17,000 t of
digestate a year (Svensk Biogas 2007); 0.85 kg of feed per litre (European Bioenergy Day); 120,000 t of carbon dioxide
(Svebio 2022).
"""

from __future__ import annotations

from functools import cache

import pytest

from ius_lca.case.read_yaml import read_with_lines
from ius_lca.computed import Computed
from ius_lca.paths import shipped
from tests.scoring import benefit, scored, unit_score

GRAIN_T = 600_000
#: Round the loop: t of stillage per t of grain, t of digestate per t of stillage, t of grain per t of digestate
#: (5.5 kg N x 0.55 over 19.12 kg N per t of wheat).
STILLAGE, DIGESTATE, FED = 0.0327, 0.867, 3.025 / 19.12


@cache
def _handelo() -> Computed:
    return scored(read_with_lines(shipped("examples") / "handelo" / "case.yaml")[0])


def _quantities(computed: Computed) -> dict[str, float]:
    return dict(zip(computed.case.exchanges, computed.system.quantities[0].tolist(), strict=True))


def test_the_loop_through_grain_closes() -> None:
    """Grain from elsewhere, stated, becomes all of it divided by what goes round: s / (1 - g) with g of 0.45 %."""
    around = STILLAGE * DIGESTATE * FED
    assert around == pytest.approx(0.00449, abs=0.00001)
    elsewhere = GRAIN_T * (1 - around)  # so that all of it is what the plant grinds
    found = _quantities(_handelo())
    assert found["grain"] == pytest.approx(elsewhere / (1 - around), rel=1e-12)
    assert found["stillage"] == pytest.approx(GRAIN_T * STILLAGE, rel=1e-12)
    assert found["digestate"] == pytest.approx(GRAIN_T * STILLAGE * DIGESTATE, rel=1e-12)
    # The digestate feeds exactly the grain that does not come from elsewhere: 2,700 t.
    assert found["digestate"] * FED == pytest.approx(GRAIN_T * around, rel=1e-12)
    assert GRAIN_T * around == pytest.approx(2_700, rel=0.01)


def test_a_loop_without_its_digestate_is_as_long_as_what_comes_from_elsewhere() -> None:
    """Solved again with digestate that feeds twice as much grain, and with none: the grain from elsewhere stays."""
    around = STILLAGE * DIGESTATE * FED
    elsewhere = GRAIN_T * (1 - around)
    case = read_with_lines(shipped("examples") / "handelo" / "case.yaml")[0]
    grain = case.exchanges["grain"]
    fixed = grain.quantity.model_copy(update={"formula": None, "value": elsewhere, "unit": "t/year"}) if grain.quantity else None
    for follows, solved in ((grain.follows * 2, elsewhere / (1 - 2 * around)), (grain.follows * 0, elsewhere)):
        changed = grain.model_copy(update={"quantity": fixed, "follows": follows})
        found = _quantities(scored(case.model_copy(update={"exchanges": {**case.exchanges, "grain": changed}})))
        assert found["grain"] == pytest.approx(solved, rel=1e-12)
        assert found["stillage"] == pytest.approx(solved * STILLAGE, rel=1e-12)


def test_carbon_dioxide_is_worth_what_it_displaces() -> None:
    """By-product from afar, by-product from near by, gas burnt for it: the same 120,000 t save 10, 0 and 143 kt."""
    liquefied = {
        mix: 123 * unit_score(f"electricity.mix.{mix}") + 0.0067 * unit_score("heat.boiler.natural_gas") for mix in ("SE", "EU27")
    }
    tonnes = GRAIN_T * 0.2
    afar = liquefied["EU27"] + 600 * unit_score("transport.lorry_40t")
    burnt = 1000 / 56.1 * (unit_score("fuel.natural_gas.combustion") + unit_score("fuel.natural_gas.upstream"))
    for reference, displaced in (("likely", afar), ("conservative", liquefied["SE"]), ("favourable", burnt)):
        assert benefit(_handelo(), reference, exchange="carbon_dioxide") == pytest.approx(
            tonnes * (displaced - liquefied["SE"]), rel=1e-9, abs=1e-3
        )


def test_feed_is_soya_by_its_protein_less_drying_and_carriage() -> None:
    """38.9 % protein in dry matter of 91.8 % against 46 % in soya meal, a tenth off for harmed lysine."""
    protein = round(0.389 * 0.918 / 0.46, 3)  # as the case rounds it
    tonnes = GRAIN_T * 0.3258
    drying_mwh = 0.38333 * 2.198 * 0.5 * GRAIN_T
    soya = tonnes * 1000 * protein * 0.9 * unit_score("feed.soybean_meal_attributional")
    drying = drying_mwh * unit_score("heat.chp.wood_chips.energy") + tonnes * 90 * unit_score("electricity.mix.SE")
    carriage = tonnes * 120 * unit_score("transport.lorry_40t")
    assert benefit(_handelo(), "likely", exchange="feed") == pytest.approx(soya - drying - carriage, rel=1e-9)


def test_without_feed_all_of_the_steam_is_exchanged_and_little_is_left_against_wood() -> None:
    """The variant: feed gone, twice the steam; against gas nine tenths of the case remain, against wood a sixteenth."""
    variant = scored(read_with_lines(shipped("examples") / "handelo" / "feed_anyway.yaml")[0])
    steam_mwh = GRAIN_T * 0.38333 * 2.198
    of_plant = unit_score("heat.chp.wood_chips.energy")
    for reference, boiler, left in (("likely", "natural_gas", 0.91), ("conservative", "wood_chips", 0.062)):
        displaced = unit_score(f"heat.boiler.{boiler}")
        assert benefit(variant, reference, exchange="steam") == pytest.approx(steam_mwh * (displaced - of_plant), rel=1e-9)
        assert benefit(variant, reference) / benefit(_handelo(), reference) == pytest.approx(left, abs=0.005)
