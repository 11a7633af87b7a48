"""What a case may look like: evidence inside or beside an amount, text with commas."""

from __future__ import annotations

from textwrap import dedent

import pytest
from pydantic import ValidationError

from ius_lca.case.schema.case import Case
from ius_lca.case.schema.money import Prices
from ius_lca.quantity import Evidence
from ius_lca.validation import findings_of
from ius_lca.yaml_document import read_text
from tests.scoring import HEADER, CaseFrom

HEAT = """\
    exchanges:
      heat:
        from: giver
        to: taker
        resource: heat
        quantity: 3 GWh/year
        supply:
          substitution: 1 MWh/MWh
          all: [{factor: heat.district.wood_chips, evidence: published, source: a page}]
        needs:
          - {factor: electricity.mix.SE, amount: 15 kWh/MWh, range: [10, 20], by: taker, evidence: estimated, note: pumping}
        transport: [{factor: transport.rail, distance: 9 km, wet_mass: 1 t/MWh, by: giver, evidence: measured}]
"""


def test_evidence_beside_an_amount_is_of_the_amount(case_from: CaseFrom) -> None:
    exchange = case_from(HEADER + dedent(HEAT))[0].exchanges["heat"]
    need, leg = exchange.needs[0], exchange.transport[0]
    assert (need.amount.value, need.amount.evidence, need.amount.range, need.amount.note) == (
        15.0,
        Evidence.ESTIMATED,
        (10.0, 20.0),
        "pumping",
    )
    assert (leg.distance.evidence, leg.wet_mass and leg.wet_mass.evidence) == (Evidence.MEASURED, Evidence.ASSUMED)
    assert exchange.supply is not None
    share = exchange.supply.all[0].share
    assert (share.value, share.unit, share.evidence, share.source) == (100.0, "%", Evidence.PUBLISHED, "a page")


def test_evidence_in_both_places_is_refused(case_from: CaseFrom) -> None:
    both = HEAT.replace("amount: 15 kWh/MWh", "amount: {value: 15 kWh/MWh, evidence: assumed}")
    with pytest.raises(ValidationError, match="'evidence' stands both beside 'amount' and inside it: keep one"):
        case_from(HEADER + dedent(both))


def test_a_comma_in_braces_is_told_as_what_it_is() -> None:
    document = read_text(HEADER.replace("without the exchange", "as before, and worse"), "case.yaml")
    with pytest.raises(ValidationError) as raised:
        Case.model_validate(document.tree)
    told = [str(finding) for finding in findings_of(raised.value, Case, document)]
    expected = "unknown key 'and worse'. A comma between { } starts a new key: put text that has one in quotes"
    assert any(expected in one for one in told)


def test_a_price_for_all_references_may_say_so() -> None:
    assert Prices.model_validate({"all": "500 SEK/MWh"}) == Prices.model_validate("500 SEK/MWh")
