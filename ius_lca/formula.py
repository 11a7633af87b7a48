"""Formulas of records and cases: numbers, names, + - * / **, min, max, exp, read through an `ast` whitelist.

Nothing is ever handed to `eval`. Values may be floats or numpy arrays of one shape, so a formula works on a whole sample.
"""

from __future__ import annotations

import ast
import math
import operator
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache, reduce
from typing import cast

from ius_lca.errors import FormulaError, did_you_mean
from ius_lca.units import Value

_BINARY: dict[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
#: Longer formulas belong in a model, and a bound keeps hostile input small.
LONGEST = 500


def evaluate(formula: str | float, names: Mapping[str, Value]) -> Value:
    """The value of a formula for the given names.

    formula: a number, or text such as `1/efficiency` or `max(0, a - b)*44/12`.
    names: what the formula may refer to; arrays must share one shape.

    Raises FormulaError for anything outside the whitelist, an unknown name, or a result that is not finite.

    >>> evaluate("1/efficiency * (1 - 0.1)", {"efficiency": 0.9})
    1.0
    >>> evaluate("__import__('os')", {})
    Traceback (most recent call last):
        ...
    ius_lca.errors.FormulaError: '__import__('os')': only numbers, names, + - * / **, min, max and exp are allowed.
    """
    if isinstance(formula, int | float):
        if not abs(formula) <= sys.float_info.max:  # so written, nan is refused too
            raise FormulaError("a formula needs a finite number.")
        return float(formula)
    read = _parsed(formula)
    try:
        with _without_warnings(names):
            result = _value(read, formula, names)
    except (ZeroDivisionError, OverflowError) as error:
        raise FormulaError(f"'{formula}' has no finite value ({error}).") from error
    except RecursionError as error:
        raise FormulaError(f"'{formula}' is nested too deep.") from error
    if not _is_finite(result):
        raise FormulaError(f"'{formula}' has no finite value.")
    return result


def names_in(formula: str) -> tuple[str, ...]:
    """Every name that a formula refers to, once, in their order; none if it cannot be read, which `evaluate` tells.

    >>> names_in("max(0, a - b)*a")
    ('a', 'b')
    """
    try:
        tree = _parsed(formula)
    except FormulaError:
        return ()
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions]
    return tuple(dict.fromkeys(node.id for node in sorted(names, key=lambda node: (node.lineno, node.col_offset))))


@lru_cache(maxsize=10_000)  # a scan of a parameter reads the same formulas for every value
def _parsed(formula: str) -> ast.expr:
    """A formula as a tree of Python's grammar, of which `_value` reads a part; raises FormulaError."""
    if len(formula) > LONGEST:
        raise FormulaError(f"a formula of {len(formula)} characters; at most {LONGEST} are read.")
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # the last two: nested too deep for the parser
        raise FormulaError(f"'{formula}' is not a formula. Write for example '1/efficiency'.") from error


def _without_warnings(names: Mapping[str, Value]) -> AbstractContextManager[object]:
    """numpy warns where floats raise; `evaluate` refuses the result that is not finite."""
    if all(isinstance(value, float | int) for value in names.values()):
        return nullcontext()
    import numpy as np

    return np.errstate(all="ignore")


def _is_finite(value: Value) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    import numpy as np

    return bool(np.isfinite(value).all())


def _value(node: ast.expr, formula: str, names: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in names:
            value = names[name]
            # Whole numbers as floats: a power of them overflows at once instead of filling the memory.
            return float(value) if isinstance(value, int) else value
        case ast.Name(id=name):
            raise FormulaError(f"'{formula}': no parameter '{name}'. {did_you_mean(name, names)}".rstrip())
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, formula, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            result = _BINARY[type(op)](_value(left, formula, names), _value(right, formula, names))
            if isinstance(result, complex):
                raise FormulaError(f"'{formula}' has no real value.")
            return result
        case ast.Call(func=ast.Name(id="exp"), args=[argument], keywords=[]):
            return _call("exp", [_value(argument, formula, names)])
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, *_] as args, keywords=[]):
            return _call(name, [_value(arg, formula, names) for arg in args])
        case _:
            pass
    raise FormulaError(f"'{formula}': only numbers, names, + - * / **, min, max and exp are allowed.")


def _call(name: str, values: list[Value]) -> Value:
    if all(isinstance(value, float) for value in values):
        floats = cast("list[float]", values)
        return math.exp(floats[0]) if name == "exp" else {"min": min, "max": max}[name](floats)
    import numpy as np

    if name == "exp":
        return cast("Value", np.exp(values[0]))
    return reduce(np.minimum if name == "min" else np.maximum, values)
