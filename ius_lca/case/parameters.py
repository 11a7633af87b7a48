"""The parameters of a case: the same case with other values of them, and those that nothing refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from ius_lca.case.numbers import numbers
from ius_lca.case.problems import Problem
from ius_lca.case.schema.case import Case
from ius_lca.errors import CaseError, FormulaError, Level, did_you_mean
from ius_lca.formula import names_in
from ius_lca.validation import findings_of
from ius_lca.yaml_document import Document


def varied(case: Case) -> Callable[[Mapping[str, float]], Case]:
    """From other values of its parameters to the case, every formula evaluated anew; the case is written down once for all.

    values: by parameter, its value in the unit in which the case states it. It loses its range, and its formula if it had one.

    What it returns raises FormulaError (no such parameter) and CaseError (a formula has no value then).
    """
    dump = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    written: dict[str, Any] = {key: _without_values(value) for key, value in dump.items()}
    for key, exchange in case.exchanges.items():
        if exchange.heat is not None and exchange.quantity == exchange.heat.yearly():
            del written["exchanges"][key]["quantity"]  # follows from the months again, whose availability may have a formula

    def read(values: Mapping[str, float]) -> Case:
        parameters = dict(written["parameters"])
        for name, value in values.items():
            if name not in case.parameters:
                raise FormulaError(f"no parameter '{name}'. {did_you_mean(name, case.parameters)}".rstrip())
            own = case.parameters[name]
            kept = {"unit": own.unit, "evidence": own.evidence, "source": own.source, "note": own.note}
            parameters[name] = {"value": value, **kept}
        try:
            return Case.model_validate({**written, "parameters": parameters})
        except ValidationError as error:
            raise CaseError(findings_of(error, Case, Document("parameters", None, {}))) from error

    return read


def _without_values(tree: object) -> object:
    """A dumped case in which what has a formula, a path or a price of the library has no value."""
    if isinstance(tree, dict):
        left_out = {"value"} if tree.get("formula") or tree.get("by_year") else set()
        left_out |= {"value", "unit"} if tree.get("library") else set()
        return {key: _without_values(value) for key, value in tree.items() if key not in left_out}
    return [_without_values(entry) for entry in tree] if isinstance(tree, list | tuple) else tree


def parameter_problems(case: Case) -> Iterator[Problem]:
    """Parameters that no formula refers to."""
    named = {name for stated, _ in numbers(case) if stated.formula for name in names_in(stated.formula)}
    for name in case.parameters:
        if name not in named:
            yield Problem(Level.NOTE, "unused", ("parameters", name), "no formula refers to this parameter.")
