"""Checks of what a donor hands over: no more than it has, no stream twice, no molecule of CO2 credited that is released later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.exchange import ByReference, Exchange, Target
from ius_lca.case.problems import Problem, fits, problem
from ius_lca.case.schema import Case
from ius_lca.errors import FormulaError, Level, UnitsError
from ius_lca.library.amounts import amounts_of
from ius_lca.library.record import SCREENING_FLOW, Library
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place

#: Conversions of units are exact to this share.
_EXACT = 1e-6
#: Flows that credit the carbon itself; biogenic CO2 counts 0, so nothing is credited.
_CREDITED = frozenset({"co2_fossil", "co2_land", SCREENING_FLOW})
_CARBON_DIOXIDE = re.compile(r"\bco[2₂]\b|\bcarbon dioxide\b|\bkoldioxid\b|\bkuldioxid\b")


def promise_problems(case: Case) -> Iterator[Problem]:
    """Streams of which more is handed over than there is, or may be."""
    streams: dict[tuple[str, str], list[str]] = {}
    for key, exchange in case.exchanges.items():
        streams.setdefault((exchange.from_, (exchange.stream or exchange.resource).casefold()), []).append(key)
    for keys in streams.values():
        yield from _of_stream(case, keys)


def _of_stream(case: Case, keys: list[str]) -> Iterator[Problem]:
    last: Place = ("exchanges", keys[-1], "quantity")
    known = {key: stated for key in keys if (stated := case.exchanges[key].donor_available) is not None}
    if not known:
        if len(keys) > 1:
            message = f"{_named(keys)} take of the same stream, and nothing says how much of it the donor has."
            mend = "State 'donor_available' in one of them, or name different streams with 'stream'."
            yield Problem(Level.WARNING, "promised-twice", last, message, mend)
        return
    first = next(iter(known))
    unit = case.exchanges[first].quantity.unit
    figures: dict[Place, Stated] = {("exchanges", key, "donor_available"): one for key, one in known.items()}
    figures |= {("exchanges", key, "quantity"): case.exchanges[key].quantity for key in keys}
    if misfits := [found for place, one in figures.items() for found in fits(place, partial(one.to, unit))]:
        yield from misfits
        return
    available = known[first].to(unit)
    for key, other in known.items():
        if abs(other.to(unit) - available) > _EXACT * abs(available):
            message = f"'{first}' says that the donor has {available:,.6g} {unit} of this stream."
            mend = "State the same amount, or in one of them only."
            yield problem("more-than-available", ("exchanges", key, "donor_available"), message, mend)
    handed = sum(case.exchanges[key].quantity.to(unit) for key in keys)
    if handed > available * (1 + _EXACT):
        what = f"{handed:,.6g} {unit} are handed over, but the donor has {available:,.6g}"
        if len(keys) > 1:
            yield problem("promised-twice", last, f"{_named(keys)} take of the same stream: {what}.", "Lower a quantity.")
        else:
            yield problem("more-than-available", last, f"{what}.", "Lower the quantity.")


def _named(keys: list[str]) -> str:
    return f"{', '.join(keys[:-1])} and {keys[-1]}"


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
            released += (1 - amounts.plain(exchange.usable)) * _emitted(case, library, exchange, (exchange.residue,), base)
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
        unit = amounts.target_unit(use, case, library)
        if use.target in case.processes:
            emissions = case.processes[use.target].emissions
            own = sum(amounts.per_unit(one.amount, "kg", unit) for one in emissions if one.flow in _CREDITED)
        else:
            record = library.records[use.target]
            _, flows = amounts_of(record, library)
            own = sum(amount for flow, amount in flows if flow in _CREDITED) / record.reference.amount
        total += own * amounts.use_amount(use, unit, base, library, exchange.material)
    return total
