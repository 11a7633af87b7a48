"""What the report says of money beside the figures: who loses, after which taxes, and in the money of which year."""

from __future__ import annotations

from functools import partial

import pytest

from ius_lca.report.company import company
from ius_lca.report.money import money_table
from ius_lca.report.returns import exchange_returns
from tests.cash import Assessed, assessed_heat, page_text
from tests.scoring import CaseFrom


@pytest.fixture
def assessed(case_from: CaseFrom) -> Assessed:
    return partial(assessed_heat, case_from)


def test_who_does_not_gain_is_named(assessed: Assessed) -> None:
    """A third party that pays for what others gain from stands in no corridor."""
    assert [one.name for one in company(assessed()).told] == ["heat, from Giver to Taker"]
    third = company(assessed(("by: giver", "by: other")))
    assert [(one.name, one.sentences) for one in third.told[1:]] == [
        ("Who pays more than they gain", ["For Other the net present value is about −20\u00a0million\u00a0SEK at 0\u00a0%."])
    ]


def test_the_money_of_the_values_is_told(assessed: Assessed) -> None:
    nominal = "economics: {nominal: true, inflation: 2 %, tax_rate: 20 %}\n"
    real, other = (assessed(("discount_rate", f"{line}discount_rate")) for line in ("", nominal))
    assert "own discount rate; in constant prices of 2023" in page_text(real)
    assert "after income tax" not in page_text(real)
    assert "net present values in the money of 2022, yearly amounts in prices of 2023, after income tax" in page_text(other)
    assert money_table(real)["prices"] == "at the prices that the case states"
    assert money_table(other)["prices"] == "in the money of that year"


def test_facilitation_that_others_pay_is_no_row_of_zeros(assessed: Assessed) -> None:
    paid = "economics: {{facilitation: [{{what: coordinator, from: {by}, amount: 100 kSEK/year}}]}}\ndiscount_rate"
    by_region, own = (exchange_returns(assessed(("discount_rate", paid.format(by=by)))) for by in ("society", "giver"))
    assert by_region is not None
    assert own is not None
    assert [row["name"] for row in by_region.rows] == ["heat"]
    assert [row["name"] for row in own.rows] == ["heat", "for the network as a whole"]


def test_a_corridor_without_width_leaves_nobody_a_gain_and_nobody_a_loss(assessed: Assessed) -> None:
    """Heat that saves nothing and costs nothing: 0 SEK/MWh is the one price at which nobody loses."""
    pipe = "investments: [{what: pipe, cost: 20 MSEK, life: 10 years, by: giver}]"
    text = page_text(
        assessed(("price: 300", "price: 0"), ("avoided_purchase: 500", "avoided_purchase: 0"), (pipe, "payments: []"))
    )
    assert "Neither gains anything: at 0 SEK per MWh both come out even, and at any other price one loses." in text
    assert "There is nothing to share: at this price both come out even." in text
    assert "is a loss for" not in text
