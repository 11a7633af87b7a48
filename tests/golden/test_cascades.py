"""Exchanges that drive each other, solved by hand."""

from __future__ import annotations

from textwrap import dedent

import numpy as np
import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.computed import Computed
from ius_lca.errors import Level
from ius_lca.sharing.game import game, handed_over
from tests.scoring import HEADER, CaseFrom, scored, unit_score


def _quantities(computed: Computed) -> dict[str, float]:
    handed_over = computed.system.quantities[computed.system.years.index(computed.year)]
    return dict(zip(computed.case.exchanges, handed_over.tolist(), strict=True))


def _exchange(key: str, unit: str, *lines: str, giver: str = "giver", taker: str = "taker") -> str:
    """An exchange whose stream replaces 0.1 MWh of heat per unit."""
    return "\n".join(
        [
            f"{key}:",
            f"  from: {giver}",
            f"  to: {taker}",
            f"  resource: {key}",
            *(f"  {line}" for line in lines),
            "  supply:",
            f"    substitution: 0.1 MWh/{unit}",
            "    all: [{factor: heat.boiler.natural_gas}]",
        ]
    )


def _case(*exchanges: str, processes: str = "") -> str:
    body = "".join("  " + line + "\n" for one in exchanges for line in one.splitlines())
    return HEADER + "exchanges:\n" + body + dedent(processes)


def test_a_chain_follows_its_first_exchange(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: 100 MWh/year"),
        _exchange("stillage", "t", "follows: [{exchange: steam, amount: 2 t/MWh}]"),
        _exchange("biogas", "GJ", "follows: [{exchange: stillage, amount: 0.5 GJ/t}]"),
    )
    computed = scored(case_from(text)[0])
    assert _quantities(computed) == pytest.approx({"steam": 100, "stillage": 200, "biogas": 100})
    gas = unit_score("heat.boiler.natural_gas")
    assert computed.totals.benefit("climate_change", "likely") == pytest.approx(0.1 * (100 + 200 + 100) * gas)


def test_a_loop_of_four_processes_by_hand(case_from: CaseFrom) -> None:
    """Steam -> ethanol -> stillage -> biogas -> steam.

    1 MWh of steam makes 2 t of ethanol, 1 t of ethanol leaves 3 t of stillage, 1 t of stillage gives 0.5 GJ of biogas,
    1 GJ of biogas makes 0.1 MWh of steam: round the loop 2 * 3 * 0.5 * 0.1 = 0.3, so 70 MWh of steam from elsewhere
    become 70 / (1 - 0.3) = 100 MWh.
    """
    text = _case(
        _exchange("steam", "MWh", "quantity: 70 MWh/year", "follows: [{exchange: biogas, amount: 0.1 MWh/GJ}]"),
        _exchange("ethanol", "t", "follows: [{exchange: steam, amount: 2 t/MWh}]", giver="taker", taker="other"),
        _exchange("stillage", "t", "follows: [{exchange: ethanol, amount: 3 t/t}]", giver="other", taker="giver"),
        _exchange("biogas", "GJ", "follows: [{exchange: stillage, amount: 0.5 GJ/t}]"),
    )
    case, document = case_from(text)
    assert [one for one in check_case(case, document=document) if one.level is Level.ERROR] == []
    computed = scored(case)
    assert _quantities(computed) == pytest.approx({"steam": 100, "ethanol": 200, "stillage": 600, "biogas": 300}, rel=1e-12)
    gas = unit_score("heat.boiler.natural_gas")
    assert computed.totals.benefit("climate_change", "likely") == pytest.approx(0.1 * 1200 * gas)
    assert float(assess(case).verification["max_relative_difference"] or 0) <= 1e-12


def test_a_process_takes_from_an_exchange(case_from: CaseFrom) -> None:
    """Drying 1 t of feed takes 0.4 MWh of steam, half of it through the dryer's own evaporator."""
    text = _case(
        _exchange("steam", "MWh", "quantity: 10 MWh/year"),
        _exchange("feed", "t", "quantity: 50 t/year", "needs: [{process: dryer, amount: 1 t/t, by: taker}]"),
        processes="""\
            processes:
              dryer:
                product: drying
                unit: t
                inputs: [{exchange: steam, amount: 0.2 MWh/t}, {process: evaporator, amount: 0.5 t/t}]
              evaporator:
                product: evaporation
                unit: t
                inputs: [{exchange: steam, amount: 0.4 MWh/t}, {factor: electricity.mix.SE, amount: 20 kWh/t}]
            """,
    )
    computed = scored(case_from(text)[0])
    assert _quantities(computed) == pytest.approx({"steam": 10 + 50 * (0.2 + 0.5 * 0.4), "feed": 50})
    processing = computed.totals.benefit("climate_change", "likely", exchange="feed") - 50 * 0.1 * unit_score(
        "heat.boiler.natural_gas"
    )
    assert processing == pytest.approx(-50 * 0.5 * 20 * unit_score("electricity.mix.SE"))


def test_a_need_takes_from_an_exchange(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: 10 MWh/year"),
        _exchange("feed", "t", "quantity: 50 t/year", "needs: [{exchange: steam, amount: 300 kWh/t, by: taker}]"),
    )
    assert _quantities(scored(case_from(text)[0])) == pytest.approx({"steam": 10 + 50 * 0.3, "feed": 50})


def test_what_follows_starts_when_both_run(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: 100 MWh/year", "persistence: linear"),
        _exchange("stillage", "t", "follows: [{exchange: steam, amount: 2 t/MWh}]", "start: 2025"),
    )
    computed = scored(case_from(text)[0])
    steam, stillage = computed.system.quantities.T
    assert steam.tolist() == pytest.approx([100 - 10 * year for year in range(10)])
    assert stillage.tolist() == pytest.approx([0, 0, *(2 * (100 - 10 * year) for year in range(2, 10))])


def test_without_the_exchange_it_follows_nothing_is_handed_over(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: 100 MWh/year"),
        _exchange("stillage", "t", "quantity: 5 t/year", "follows: [{exchange: steam, amount: 2 t/MWh}]"),
    )
    system = game(scored(case_from(text)[0]), "likely").system
    alone, both = handed_over(system, np.array([[False, True], [True, True]])).tolist()
    assert alone == [0, 5]
    assert both == pytest.approx([100, 205])


def test_a_quantity_is_as_weak_as_what_it_follows(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: {value: 100 MWh/year, evidence: estimated}"),
        _exchange("stillage", "t", "follows: [{exchange: steam, amount: 2 t/MWh, evidence: measured}]"),
    )
    for part, weakest in (("evidence: measured", "estimated"), ("evidence: assumed", "assumed")):
        text_now = text.replace("evidence: measured", part).replace(
            "substitution: 0.1 MWh/t", "substitution: {value: 0.1 MWh/t, evidence: measured}"
        )
        text_now = text_now.replace(
            "    supply:\n",
            "    supply:\n      quality: {value: 1, evidence: measured}\n      displacement: {value: 1, evidence: measured}\n",
        )
        edges = scored(case_from(text_now)[0]).inventory.edges
        assert edges[-1].evidence.value == weakest


def test_what_follows_by_a_path_or_formula_needs_no_quantity_either(case_from: CaseFrom) -> None:
    text = _case(
        _exchange("steam", "MWh", "quantity: 100 MWh/year"),
        _exchange("stillage", "t", "follows: [{exchange: steam, amount: {by_year: {2023: 2 t/MWh, 2032: 1 t/MWh}}}]"),
        _exchange("feed", "t", "follows: [{exchange: stillage, amount: {formula: wet / 2, unit: t/t}}]"),
    ).replace("exchanges:\n", "parameters: {wet: 0.5}\nexchanges:\n", 1)
    first, last = scored(case_from(text)[0]).system.quantities[[0, -1]].tolist()
    assert first == pytest.approx([100, 200, 50])
    assert last == pytest.approx([100, 100, 25])
