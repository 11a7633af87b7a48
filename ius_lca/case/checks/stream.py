"""Checks of a stream's class and of the upstream that its footprint may carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case.checks.use import Role, target_problems, unit_or_none
from ius_lca.case.problems import Problem, fits, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.yaml_document import Place


def stream_problems(case: Case, library: Library, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    """Everything about what a stream is, beside what it replaces and avoids."""
    upstream, here = exchange.upstream, (*place, "upstream")
    if upstream is not None:
        yield from target_problems(case, library, upstream, base=base, place=here, role=Role.INSIDE, material=exchange.material)
        unit = unit_or_none(upstream, case, library)
        if unit is not None:
            price = upstream.price
            yield from fits((*here, "price"), partial(units.ratio, price.value, price.unit, case.currency, unit))
        if upstream.price.value <= 0:
            mend = "A main product has a price: name what the donor sells."
            yield problem("out-of-range", (*here, "price"), f"the price of the main product is {upstream.price.value:g}.", mend)
    elif exchange.money.price is not None and not any(exchange.money.price.values):
        message = "a free stream may count as waste or as product; its footprint is shown without the donor's upstream alone."
        mend = "State 'upstream: {factor: MAIN_PRODUCT, amount: ..., price: ...}' to show it with an allocated part as well."
        yield Problem(Level.NOTE, "contested", (*place, "money", "price"), message, mend)
