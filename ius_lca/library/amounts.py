"""Amounts of a record as plain floats: every formula evaluated, every unit that of what it points at."""

from __future__ import annotations

from collections.abc import Mapping

from ius_lca.formula import evaluate
from ius_lca.library.record import Library, Record
from ius_lca.units import factor_between

#: (what is taken or released, how much)
Amounts = tuple[tuple[str, float], ...]


def amounts_of(record: Record, library: Library, changed: Mapping[str, float] | None = None) -> tuple[Amounts, Amounts]:
    """Inputs and elementary flows per reference amount of a record.

    changed: values of parameters in place of the record's own.

    Raises FormulaError, UnitsError, ValueError (its model cannot run).

    >>> from ius_lca.library.read import embedded_library
    >>> library = embedded_library()
    >>> inputs, _ = amounts_of(library.records["heat.boiler.electric"], library, {"efficiency": 0.5})
    >>> inputs
    (('electricity.mix.EU27', 2000.0),)
    """
    names = record.values(changed)
    inputs = tuple(
        (line.input, float(evaluate(line.amount, names)) * factor_between(line.unit, library.records[line.input].reference.unit))
        for line in record.technosphere
    )
    emissions = tuple(
        (line.flow, float(evaluate(line.amount, names)) * factor_between(line.unit, library.flows[line.flow].unit))
        for line in record.biosphere
    )
    return inputs, emissions
