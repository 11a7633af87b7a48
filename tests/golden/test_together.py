"""One exchange that uses what is otherwise tested apart, by hand: persistence, loss, a previous use, a changed donor."""

from __future__ import annotations

import pytest

from ius_lca.inventory.graph import Term
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored

CASE = """\
exchanges:
  heat:
    from: giver
    to: taker
    resource: heat
    quantity: 1000 MWh/year
    start: 2021
    persistence: {kind: geometric, rate: 10 %}
    usable: 90 %
    heat: {supply: 95 degC, needed: 85 degC, loss: 10 %}
    supply: {substitution: 1 MWh/MWh, quality: 80 %, displacement: 50 %, all: [{process: boiler}]}
    previous_use: {by: other, all: [{process: feed, amount: 0.2 t/MWh, share: 50 %, makes_up: {straw: bedding}}]}
    donor_changed: true
    donor_process: {before: [{process: slow}], after: [{process: fast}]}
    equipment: [{process: steel, amount: 5 t, life: 10 years, by: taker}]
processes:
  boiler: {product: heat, unit: MWh, emissions: [{flow: co2_fossil, amount: 2000 kg/MWh}]}
  feed:
    {product: feed, unit: t, coproducts: {straw: {amount: 0.3 t/t}}, emissions: [{flow: co2_fossil, amount: 300 kg/t}]}
  bedding: {product: bedding, unit: t, emissions: [{flow: co2_fossil, amount: 100 kg/t}]}
  slow: {product: cooling, unit: MWh, emissions: [{flow: co2_fossil, amount: 3 kg/MWh}]}
  fast: {product: cooling, unit: MWh, emissions: [{flow: co2_fossil, amount: 8 kg/MWh}]}
  steel: {product: steel, unit: t, emissions: [{flow: co2_fossil, amount: 1000 kg/t}]}
"""


def test_terms_switching_value_break_even_and_shares(case_from: CaseFrom) -> None:
    computed = scored(case_from(HEADER + CASE)[0])
    handed_over = 1000 * 0.9**2  # in 2023, two years after the start
    displaced = handed_over * (1 - 0.1) * 0.9 * 0.8 * 0.5
    expected = {
        Term.AVOIDED_PRODUCTION: displaced * 2000,
        Term.AVOIDED_DISPOSAL: -handed_over * 0.5 * 0.2 * (300 - 0.3 * 100),  # the feed, less the bedding that its straw saves
        Term.PROCESSING: handed_over * (3 - 8),
        Term.TRANSPORT: 0.0,
        Term.RESIDUE: 0.0,
        Term.EQUIPMENT_BACKUP: -5 * 1000 / 10,  # does not fall with the quantity
    }
    found = {term: computed.totals.benefit("climate_change", "likely", "heat", term) for term in Term}
    assert found == pytest.approx(expected, rel=1e-12)

    tables = result_tables(computed)
    others = sum(value for term, value in expected.items() if term is not Term.AVOIDED_PRODUCTION)
    (switching,) = (row for row in tables["switching_values"] if row["indicator"] == "climate_change")
    assert switching["switching_value"] == pytest.approx(-others / displaced, rel=1e-12)

    breaks = {row["parameter"]: row["break_even"] for row in tables["break_evens"] if row["indicator"] == "climate_change"}
    benefit = sum(expected.values())
    assert breaks["displacement"] == pytest.approx(0.5 * -others / expected[Term.AVOIDED_PRODUCTION], rel=1e-12)
    assert breaks["quantity"] == pytest.approx(500 / ((benefit + 500) / handed_over), rel=1e-12)

    # The previous user takes part in nothing that the exchange needs, so the two who do share alike.
    shares = [row for row in tables["actors"] if (row["rule"], row["indicator"]) == ("shapley", "climate_change")]
    assert {row["actor"]: row["value"] for row in shares} == pytest.approx(
        {"giver": benefit / 2, "taker": benefit / 2, "other": 0.0}, rel=1e-12
    )
