"""Formulas: arithmetic that is allowed, everything else refused, floats and arrays alike."""

from __future__ import annotations

import inspect
import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ius_lca.errors import FormulaError
from ius_lca.formula import evaluate

NAMES = {"a": 2.0, "b": 0.5, "zero": 0.0}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1 + 2*3", 7.0),
        ("(1 + 2)*3", 9.0),
        ("2**3**2", 512.0),  # to the right, as in mathematics
        ("-2**2", -4.0),
        ("a/b - 1", 2.0 / 0.5 - 1),
        ("min(a, b, 1)", 0.5),
        ("max(a, b, 1)", 2.0),
        ("min(a)", 2.0),
        ("exp(-a*b)", math.exp(-1.0)),
        ("max(0, b - a)*44/12", 0.0),
        (" 1e-3 ", 0.001),
        (5, 5.0),
        (0.25, 0.25),
    ],
)
def test_value(formula: str | float, expected: float) -> None:
    value = evaluate(formula, NAMES)
    assert isinstance(value, float)
    assert value == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "formula",
    [
        "a.real", "a.__class__", "a[0]", "abs(a)", "open('x')", "__import__('os')", "exp(a)(b)", "max.__call__(1, 2)",
        "a < b", "a == b", "not a", "a and b", "a if b else 1", "'a'", "b'a'", "f'{a}'", "True", "None", "...", "1j",
        "lambda: 1", "lambda x: x", "[x for x in a]", "(x for x in a)", "{a: b}", "{a}", "[a]", "(a, b)", "(c := 1)",
        "a // b", "a % b", "a @ b", "a & b", "a | b", "a << b", "~a", "+a",
        "min()", "max()", "exp()", "exp(1, 2)", "min(*a)", "exp(x=1)", "max(1, 2, key=a)",
    ],
)  # fmt: skip
def test_what_is_not_on_the_whitelist_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError, match="only numbers, names, .*, min, max and exp are allowed"):
        evaluate(formula, NAMES)


@pytest.mark.parametrize(
    "formula", ["", "  ", "1 +", "a b", "a = 1", "1; 2", "1\n+2", "import os", "a\x00", "1,5 x", "(" * 250 + "1" + ")" * 249]
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError, match="is not a formula. Write for example '1/efficiency'"):
        evaluate(formula, NAMES)


@pytest.mark.parametrize(
    "formula",
    ["1/zero", "a/0", "0**-1", "exp(1000)", "9**9**9", "9**9**9**9", "1e308*10", "1e400", "1e308*10 - 1e308*10", "-1e308*10"],
)
def test_what_has_no_finite_value_is_refused_at_once(formula: str) -> None:
    with pytest.raises(FormulaError, match="has no finite value"):
        evaluate(formula, NAMES)


def test_a_root_of_a_negative_number_is_refused() -> None:
    with pytest.raises(FormulaError, match="has no real value"):
        evaluate("(-a)**0.5", NAMES)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_a_bare_number_must_be_finite(number: float) -> None:
    with pytest.raises(FormulaError, match="finite"):
        evaluate(number, {})


def test_a_power_of_whole_numbers_handed_in_overflows_instead_of_filling_the_memory() -> None:
    with pytest.raises(FormulaError, match="has no finite value"):
        evaluate("a**b", {"a": 1000, "b": 1000})


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 300 + "1" + ")" * 300,
        "-" * 5000 + "1",
        "1" + "+1" * 5000,
        "exp(" * 5000 + "0" + ")" * 5000,
        "1" * 501,
    ],
)
def test_a_long_formula_is_refused_before_it_is_parsed(formula: str) -> None:
    with pytest.raises(FormulaError, match=r"a formula of \d+ characters; at most 500 are read"):
        evaluate(formula, {})


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 240 + "1" + ")" * 240,
        "[" * 400,
        "exp(" * 98 + "0" + ")" * 98,
        "not " * 100 + "1",
        "a." * 200 + "a",
        "{" * 499,
        "lambda:" * 60 + "1",
    ],
)
def test_deep_nesting_within_the_length_is_refused_without_a_crash(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, NAMES)


def test_a_chain_of_signs_is_read_or_refused_wherever_the_call_stands() -> None:
    def deeper(levels: int) -> float:
        if levels > 0:
            return deeper(levels - 1)
        try:
            return float(evaluate("-" * 499 + "1", {}))
        except FormulaError as error:
            assert "nested too deep" in str(error) or "is not a formula" in str(error)
            return -1.0

    # 499 signs: -1 at the usual depth; with 300 levels left to Python's limit they are too many.
    left = sys.getrecursionlimit() - len(inspect.stack(0))
    assert deeper(0) == deeper(left - 300) == -1.0


def test_an_unknown_name_is_answered_with_what_is_near() -> None:
    with pytest.raises(FormulaError, match=r"^'1/eficiency': no parameter 'eficiency'\. Did you mean 'efficiency'\?$"):
        evaluate("1/eficiency", {"efficiency": 0.9})


finite = st.floats(-1e3, 1e3).filter(lambda number: abs(number) > 1e-3)


@given(
    st.lists(st.tuples(finite, finite), min_size=1, max_size=5),
    st.sampled_from(["a + b*2", "a - b/3", "a/b", "min(a, b)", "max(a, 0, b)", "exp(a/1000)*b", "-a", "a**2 - b", "2", "a"]),
)
def test_an_array_gives_element_by_element_what_floats_give(pairs: list[tuple[float, float]], formula: str) -> None:
    first, second = np.array(pairs).T
    together = np.broadcast_to(evaluate(formula, {"a": first, "b": second}), first.shape)
    alone = [evaluate(formula, {"a": a, "b": b}) for a, b in pairs]
    assert together == pytest.approx(alone, rel=1e-14)


@pytest.mark.parametrize("formula", ["1/a", "a**0.5", "exp(1000*a)", "a*1e308*10", "1/(a - a)"])
def test_an_array_with_one_value_that_is_not_finite_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError, match="has no finite value"):
        evaluate(formula, {"a": np.array([1.0, 0.0, -2.0])})


@given(st.text(alphabet="ab019.+-*/() ,minexp[]{}:'\"\\_=<", max_size=60))
@pytest.mark.filterwarnings(
    "ignore:invalid:SyntaxWarning", "ignore:invalid:DeprecationWarning"
)  # of Python's parser, on '1or' or '\d'
def test_any_text_gives_a_finite_number_or_a_formula_error(text: str) -> None:
    try:
        value = evaluate(text, {"a": 2.0, "b": 0.5})
    except FormulaError as error:
        assert str(error)
    else:
        assert math.isfinite(float(value))
