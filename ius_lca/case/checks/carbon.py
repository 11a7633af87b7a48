"""Checks of CO2 that is handed over: no molecule is credited that is released later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.problems import Problem, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import ByReference, Exchange
from ius_lca.case.schema.target import Target
from ius_lca.errors import FormulaError, Level, UnitsError
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import SCREENING_FLOW, Library
from ius_lca.yaml_document import Place

#: Amounts that should be equal are, to this share.
_EXACT = 1e-6
#: Flows that credit the carbon itself; biogenic CO2 counts 0, so nothing is credited.
_CREDITED = frozenset({"co2_fossil", "co2_land", SCREENING_FLOW})
_CARBON_DIOXIDE = re.compile(r"\bco[2₂]\b|\bcarbon dioxide\b|\bkoldioxid\b|\bkuldioxid\b")


def carbon_problems(case: Case, library: Library, key: str) -> Iterator[Problem]:
    """CO2 that is handed over: what is not emitted by the donor is emitted by whoever uses it, so it earns no credit."""
    exchange = case.exchanges[key]
    if exchange.disposal is None or not _CARBON_DIOXIDE.search(exchange.resource.casefold()):
        return
    try:
        base = amounts.base_unit(exchange)
        if not units.same_dimension(base, "t"):
            return
        credited = max(_emitted(case, library, exchange, uses, base) for uses in _by_reference(exchange.disposal))
        released = _emitted(case, library, exchange, exchange.needs, base)
        if exchange.residue is not None:
            rejected = 1 - float(amounts.plain(exchange.usable))
            released += rejected * _emitted(case, library, exchange, (exchange.residue,), base)
    except (KeyError, UnitsError, FormulaError, ValueError):
        return  # told where it stands
    place: Place = ("exchanges", key, "disposal")
    if credited <= released * (1 + _EXACT):
        return
    what = f"{credited - released:,.6g} kg of CO2 per {base} count as avoided"
    if exchange.carbon_stored:
        message = f"{what}, as it is stored for good: {exchange.carbon_stored}."
        yield Problem(Level.NOTE, "carbon-stored", place, message, "Say so wherever the figure is quoted.")
    else:
        message = f"{what}, and nothing says that they are released again: CO2 that is handed over is not gone."
        mend = "Release it in 'needs' with a process that emits it, or say in 'carbon_stored' why it stays stored."
        yield problem("released-carbon", place, message, mend)


def _by_reference(role: ByReference) -> list[tuple[Target, ...]]:
    return [role.all, *role.by_reference.values()]


def _emitted(case: Case, library: Library, exchange: Exchange, uses: tuple[Target, ...], base: str) -> float:
    """CO2 that what is taken emits itself, without what runs upstream of it [kg/base]."""
    total = 0.0
    for use in uses:
        if use.exchange is not None:
            continue  # what that exchange emits is counted there
        unit = amounts.target_unit(use, case, library)
        if use.target in case.processes:
            emissions = case.processes[use.target].emissions
            own = sum(float(amounts.per_unit(one.amount, "kg", unit)) for one in emissions if one.flow in _CREDITED)
        else:
            record = library.records[use.target]
            _, flows = amounts_of(record, library)
            own = sum(amount for flow, amount in flows if flow in _CREDITED) / record.reference.amount
        total += own * float(amounts.use_amount(use, unit, base, library, exchange.material))
    return total
