"""Round numbers of the report say nothing that the exact ones do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ius_lca.report.figures import spoken_range

_PRICES = st.integers(-10_000_000, 10_000_000).map(lambda thousandths: thousandths / 1000)


def _read(text: str) -> float:
    return float(text.replace("\u202f", "").replace("\u2212", "-"))


@given(ends=st.tuples(_PRICES, _PRICES).map(sorted), now=_PRICES)
def test_a_rounded_range_lies_within_the_exact_one_and_a_price_stands_where_it_stood(ends: list[float], now: float) -> None:
    low, high = ends
    least, most, price = (_read(text) for text in spoken_range(low, high, now))
    assert low <= least + 1e-9
    assert most <= high + 1e-9
    for exact, told in ((low, least), (high, most)):
        assert (now < exact, now > exact) == (price < told, price > told)
