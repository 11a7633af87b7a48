"""Rows of the corridors of prices: as they are, and with the disposal tax, a carbon price or the quantity varied."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ius_lca import units
from ius_lca.case.years import period
from ius_lca.computed import Computed
from ius_lca.economics.corridor import Side, per_unit_of_price, unit_of_price
from ius_lca.economics.indicators import Figure
from ius_lca.economics.items import Floats
from ius_lca.impact.coverage import HEADLINE, Coverage
from ius_lca.inventory.graph import Scenario
from ius_lca.results import Cell
from ius_lca.valuation.avoided import KG_PER_T, no_headline

_CLIMATE, _TAX = "climate_change", "avoided_disposal_tax"
#: Levels of the disposal tax [% of what is stated], and shares of the quantity that are missing [%].
_TAX_LEVELS, _SHORTFALLS = (0, 50, 100, 150, 200), (0, 10, 20, 30, 50)
#: Levels of the carbon price in steps [per t CO2e]: a round amount of the order of 50 EUR, so that three make about 150.
_STEPS = {"EUR": 50, "USD": 50, "GBP": 50, "PLN": 200, "SEK": 500, "NOK": 500, "DKK": 500}
_CARBON_LEVELS = (0, 1, 2, 3)


def corridor_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Per exchange the prices between which both sides gain, how the price splits that, and what would open a closed corridor."""
    for one in c.corridors:
        figures = [
            ("p_min", one.unit, one.p_min),
            ("p_max", one.unit, one.p_max),
            ("price", one.unit, one.price),
            ("surplus", f"{c.case.currency}/year", one.surplus),
            ("nash", one.unit, one.nash),
            ("donor_share", "1", one.donor_share),
            ("receiver_share", "1", one.receiver_share),
        ]
        if (opening := c.openings.get((one.reference, one.exchange))) is not None:
            figures += [
                ("gap", one.unit, Figure(one.gap)),
                ("opening_fee", one.unit, opening.fee),
                ("opening_grant", c.case.currency, opening.to_receiver),
                ("opening_grant_donor", c.case.currency, opening.to_donor),
                ("opening_distance", "km", opening.distance),
            ]
        for item, unit, figure in figures:
            yield one.reference, one.exchange, item, unit, figure.value, figure.reason


def variation_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Both ends of every corridor, as far as they are known, with one thing varied at a time.

    `disposal_tax`: at shares of the tax that the case states.  `carbon_price`: as if all greenhouse gases of the life cycle
    were priced and that passed on to the actor of each term, on top of what the prices already hold.  `shortfall`: less is
    handed over, and what is in proportion to it shrinks; investments and other fixed sums do not.
    """
    carbon, levels = _carbon_by_actor(c), c.levels_over(period(c.case))
    for (reference, key), both in c.sides.items():
        unit, worth = unit_of_price(c.case, key)
        saved = [carbon.get((reference, key, side.actor), np.zeros(len(c.cash_flow.years))) for side in both]
        for varied, level, level_unit, ends in (
            *_taxed(c, reference, key, both),
            *_priced(c.case.currency, levels[reference, _CLIMATE, key], both, saved),
            *_short(both),
        ):
            for item, side, end in zip(("p_min", "p_max"), both, ends, strict=True):
                if side.end().value is not None:
                    figure = per_unit_of_price(end, worth)
                    yield reference, key, varied, level, level_unit, unit, item, figure.value, figure.reason


#: What is varied, its level with the unit, and both ends [currency/unit].
_Varied = tuple[str, int, str, tuple[Figure, ...]]


def _taxed(c: Computed, reference: str, key: str, both: tuple[Side, Side]) -> Iterator[_Varied]:
    """More or less of the tax that the donor saves, if one is stated."""
    tax = c.case.exchanges[key].money.avoided_disposal_tax
    if tax is None or tax.under(reference) is None:
        return
    parts = [side.part(lambda item: item.item == _TAX) for side in both]
    for level in _TAX_LEVELS:
        more = level / 100 - 1
        yield "disposal_tax", level, "%", tuple(side.end(side.net + more * part) for side, part in zip(both, parts, strict=True))


def _priced(currency: str, coverage: Coverage, both: tuple[Side, Side], saved: list[Floats]) -> Iterator[_Varied]:
    """What each side emits less has a price that rises with all others; none where that may be no headline."""
    unit = units.per(currency, "t CO2e")
    for number in _CARBON_LEVELS:
        price = number * _STEPS[currency]
        if coverage in HEADLINE:
            money = (side.keeps * price / KG_PER_T * less for side, less in zip(both, saved, strict=True))
            yield "carbon_price", price, unit, tuple(side.end(side.net + more) for side, more in zip(both, money, strict=True))
        else:
            none = Figure(None, no_headline(coverage))
            yield "carbon_price", price, unit, (none, none)


def _short(both: tuple[Side, Side]) -> Iterator[_Varied]:
    """A share of the quantity is missing in every year, and with it of what is in proportion to it."""
    parts = [side.part(lambda item: item.scales) for side in both]
    for level in _SHORTFALLS:
        less = level / 100
        ends = (side.end(side.net - less * part, (1 - less) * side.quantity) for side, part in zip(both, parts, strict=True))
        yield "shortfall", level, "%", tuple(ends)


def _carbon_by_actor(c: Computed) -> dict[tuple[str, str, str], Floats]:
    """What each actor emits less because of an exchange [kg CO2e, at the price level of the year], by year from year 0.

    Keys: reference, exchange, and the actor who carries the term: avoided production the receiver, avoided disposal the
    donor, everything else who takes it.
    """
    flow, inventory = c.cash_flow, c.all_years
    scores = c.yearly.scores[: len(flow.years) - 1, :, c.yearly.indicators.index(_CLIMATE)] * flow.prices[1:, None]
    found: dict[tuple[str, str, str], Floats] = {}
    for edge, score in zip(inventory.edges, scores.T, strict=True):
        node = inventory.nodes[edge.node]
        saved = found.setdefault((node.reference, node.exchange, edge.actor), np.zeros(len(flow.years)))
        saved[1:] += score if node.scenario is Scenario.REFERENCE else -score
    return found
