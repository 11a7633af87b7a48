"""One value replaced by another that may be wrong: findings or a result, never an accident."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Level, SingularError
from tests.scoring import scored
from tests.strategies import Tree, paying, trees

PLAIN = ["", "x", "0", "-1", "1", "5 %", "100 %", "1e300 kg/t", "2 years", "1 degC", "1 m3/m3/m3"]
WITH_UNITS = ["1 t", "1 kg/t", "1 t/year", "1 MWh/year", "3 piece/year", "9 ktonne/year", "1 degC/year", "1 1/year", "1 /year"]
PRICES = ["1 SEK/kg", "1 SEK", "1 EUR/MWh", "1 kg/(t/year)"]
NAMES = ["electricity.mix.SE", "fertiliser", "steam", "plant", "likely", "unused", "all"]
WRITTEN = st.sampled_from([*PLAIN, *WITH_UNITS, *PRICES, *NAMES])
#: Money that is converted, or taken from the library.
CONVERTED = st.sampled_from(
    [
        {"library": "tax.landfill"},
        {"library": "tax.landfill.SE", "each_year": "true"},
        {"library": "price.electricity", "year": "2024"},
        {"library": "electricity.mix.SE"},
        {"value": "9 EUR/t", "price_year": "2019"},
        {"value": "9 EUR/MWh", "price_year": "2001"},
        {"formula": "2*3", "unit": "EUR/t"},
    ]
)
#: Whole values that may stand for another.
VALUES = st.one_of(
    WRITTEN,
    st.none(),
    st.just([]),
    st.just({}),
    st.builds(lambda value: {"value": value, "evidence": "estimated"}, WRITTEN),
    st.builds(lambda value: [{"factor": value}], WRITTEN),
    CONVERTED,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree but its top."""
    here = [path] if path else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return here + [place for key, entry in entries for place in _places(entry, (*path, key))]


def _replaced(tree: Tree, place: tuple[Any, ...], value: Any) -> Tree:
    copy = deepcopy(tree)
    inner: Any = copy
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return copy


@settings(max_examples=100)
@given(trees() | paying(), st.data())
def test_a_case_with_one_value_replaced_is_refused_or_scored(tree: Tree, data: st.DataObject) -> None:
    broken = _replaced(tree, data.draw(st.sampled_from(_places(tree))), data.draw(VALUES))
    try:
        case = Case.model_validate(broken)
    except ValidationError:
        return
    if any(finding.level is Level.ERROR for finding in check_case(case)):
        return
    try:
        computed = scored(case)
    except SingularError as error:
        assert "the loop fertiliser -> steam -> fertiliser" in str(error)
        return
    assert len(computed.scored.amounts) == len(computed.inventory.edges)
