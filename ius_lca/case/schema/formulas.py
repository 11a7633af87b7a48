"""Formulas of a case: evaluated where it is read, so that everything after it sees values."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, ValidationError

from ius_lca import units
from ius_lca.errors import FormulaError
from ius_lca.formula import evaluate, names_in
from ius_lca.quantity import PERCENT, Evaluated, Evidence, Id, Stated, worst


def _usable_in_formulas(name: str) -> str:
    if keyword.iskeyword(name):
        raise ValueError(f"'{name}' is a word of the grammar of formulas: choose another, such as '{name}_1'")
    return name


#: How a case names its parameters.
ParameterId: TypeAlias = Annotated[Id, AfterValidator(_usable_in_formulas)]
#: By name, what a formula may refer to; none where it is at fault, which is told where it stands.
Known: TypeAlias = "dict[str, Stated | None]"


def with_formulas(tree: object) -> object:
    """The tree of a case in which every formula is evaluated, or knows why it cannot be.

    A parameter enters a formula as its number in its own unit, a ratio in percent or permille as a plain number; the result
    is in the unit beside the formula. Parameters may have formulas of each other.

    >>> tree = with_formulas({"parameters": {"cop": "4", "loss": "8 %"}, "amount": {"formula": "(1 + loss)/cop", "unit": "1"}})
    >>> tree["amount"]["formula"].value
    0.27
    """
    if not isinstance(tree, dict):
        return tree
    written = tree.get("parameters")
    parameters, known = _parameters(written) if isinstance(written, dict) else (written, {})
    rest = {key: _evaluated(value, known) for key, value in tree.items() if key != "parameters"}
    return {**rest, "parameters": parameters} if "parameters" in tree else rest


def number_of(stated: Stated) -> float:
    """The number that a formula sees.

    >>> number_of(Stated(value=8, unit="%")), number_of(Stated(value=8, unit="kWh/MWh"))
    (0.08, 8.0)
    """
    return units.convert(stated.value, stated.unit, "") if stated.unit in PERCENT else stated.value


def _parameters(written: Mapping[str, object]) -> tuple[dict[str, object], Known]:
    """The parameters with their formulas evaluated, and what every other formula may refer to."""
    links = {name: {other for other in names_in(_text(entry) or "") if other in written} for name, entry in written.items()}
    circles: dict[str, str] = {}
    while True:
        try:
            order = list(TopologicalSorter(links).static_order())
            break
        except CycleError as error:
            circle = list(reversed(error.args[1]))  # each one refers to the next
            circles |= dict.fromkeys(circle, "")
            circles[circle[0]] = f"the formula refers to itself: {' -> '.join(circle)}. State one of them as a value"
            links |= {name: set() for name in circle}
    entries = dict(written)
    known: Known = dict.fromkeys(circles)
    for name in order:
        entry = written[name]
        if (text := _text(entry)) is not None and isinstance(entry, dict):
            formula = Evaluated(text, None, (), Evidence.ASSUMED, circles[name]) if name in circles else _formula(text, known)
            entry = {**entry, "formula": formula}
        entries[name] = entry
        known[name] = _stated(entry)
    return entries, known


def _stated(entry: object) -> Stated | None:
    """A parameter, unless it is at fault or rests on one that is."""
    if isinstance(entry, dict) and isinstance(formula := entry.get("formula"), Evaluated) and formula.value is None:
        return None
    try:
        return Stated.model_validate(entry)
    except ValidationError:
        return None


def _text(entry: object) -> str | None:
    """The text of a formula, if the entry has one."""
    text = entry.get("formula") if isinstance(entry, dict) else None
    return text if isinstance(text, str) else None


def _evaluated(tree: object, known: Known) -> object:
    """A part of a case with every formula in it evaluated."""
    if isinstance(tree, dict):
        return {
            key: _formula(value, known) if key == "formula" and isinstance(value, str) else _evaluated(value, known)
            for key, value in tree.items()
        }
    return [_evaluated(entry, known) for entry in tree] if isinstance(tree, list | tuple) else tree


def _formula(text: str, known: Known) -> Evaluated:
    names = names_in(text)
    found = [known[name] for name in names if name in known]
    sound = [one for one in found if one is not None]
    if len(sound) < len(found):
        return Evaluated(text, None, names, Evidence.ASSUMED)
    # Where a name is missing, all names are given, so that the nearest can be told.
    given = names if len(found) == len(names) else tuple(known)
    numbers = {name: number_of(one) for name in given if (one := known[name]) is not None}
    try:
        value = float(evaluate(text, numbers))
    except FormulaError as error:
        return Evaluated(text, None, names, Evidence.ASSUMED, str(error))
    return Evaluated(text, value, names, worst([one.evidence for one in sound]) if sound else Evidence.ASSUMED)
