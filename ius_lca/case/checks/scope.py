"""Checks of what an exchange leaves out: the way, the standby, equipment that lives shorter or longer than it."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.problems import Problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.targets import uses_of
from ius_lca.case.years import runs
from ius_lca.errors import Level, UnitsError
from ius_lca.library.record import Library
from ius_lca.yaml_document import Place


def scope_problems(case: Case, library: Library, key: str) -> Iterator[Problem]:
    """What is not said; an empty list says that there is none."""
    exchange, place = case.exchanges[key], ("exchanges", key)
    if _is_mass(exchange) and "transport" not in exchange.model_fields_set and not _carried(exchange, library):
        message = "nothing says how it gets from the donor to the receiver."
        yield Problem(Level.WARNING, "no-transport", place, message, "State 'transport', or 'transport: []' if there is no way.")
    if "backup" not in exchange.model_fields_set and _is_heat(exchange, library):
        message = "nothing says whether the receiver keeps more standby than without this heat."
        mend = "State 'backup' (only what the exchange adds), or 'backup: []' if it adds none."
        yield Problem(Level.NOTE, "no-backup", place, message, mend)
    yield from _lives(case, exchange, place)


def _lives(case: Case, exchange: Exchange, place: Place) -> Iterator[Problem]:
    for index, item in enumerate(exchange.equipment):
        try:
            life, years = item.life.to("year"), len(runs(case, exchange))
        except UnitsError:
            continue  # told where it stands
        if 0 < life < years:
            message = f"it lives {life:g} years, and the exchange runs for {years}: then it is built and paid for again."
            mend = "Its yearly share stays the same, its cost is counted each time; if nobody would, shorten the exchange."
            yield Problem(Level.NOTE, "outlives-equipment", (*place, "equipment", index, "life"), message, mend)
        elif exchange.life is not None and life > years:
            message = f"it lives {life:g} years, and the exchange {years}: the rest of it burdens whoever uses it then."
            mend = "If nobody does, state the life of the exchange here."
            yield Problem(Level.NOTE, "equipment-left", (*place, "equipment", index, "life"), message, mend)


def _is_mass(exchange: Exchange) -> bool:
    try:
        return units.same_dimension(amounts.base_unit(exchange), "t")
    except UnitsError:
        return False


def _carried(exchange: Exchange, library: Library) -> bool:
    """Whether a need moves it, such as a pipeline or a conveyor."""
    names = [need.target for need in exchange.needs]
    return any(library.records[name].category.startswith("transport/") for name in names if name in library.records)


def _is_heat(exchange: Exchange, library: Library) -> bool:
    """Whether heat is handed over: it says temperatures, or displaces heat and is counted as energy."""
    if exchange.heat is not None:
        return True
    if exchange.supply is None or not units.same_dimension(exchange.quantity.unit, "MWh/year"):
        return False
    names = [use.target for use, _ in uses_of(exchange.supply, ())]
    return any(library.records[name].category == "energy/heat" for name in names if name in library.records)
