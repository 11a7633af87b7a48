"""Models that turn the parameters of a record into the amounts its formulas use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ius_lca.library.models import incineration, landfill
from ius_lca.units import Value

#: Name in a record's `model:`, and the function from parameter values to further names for its formulas.
MODELS: dict[str, Callable[[Mapping[str, Value]], dict[str, Value]]] = {
    "first_order_decay": landfill.first_order_decay,
    "incineration": incineration.incineration,
}

#: By model: what it sums over years after the one in question, by its name in the formulas, and its amounts year by year.
BY_YEAR: dict[str, dict[str, Callable[[Mapping[str, Value]], list[Value]]]] = {
    "first_order_decay": {"methane_emitted": landfill.methane_by_year},
}
