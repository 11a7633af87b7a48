"""What is told beside errors of form: nothing that a reader could not see to be true."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from ius_lca.case.further_errors import further_errors
from ius_lca.case.schema.case import Case
from ius_lca.paths import shipped
from ius_lca.yaml_document import Document, read_document


def _further(example: str, **sections: object) -> list[tuple[str, str]]:
    """Code and path of what is told of an example with other values at some places, written as `section__entry__key`."""
    document = read_document(shipped("examples") / example / "case.yaml")
    tree: Any = deepcopy(document.tree)
    for place, value in sections.items():
        *above, last = place.split("__")
        here = tree
        for key in above:
            here = here[int(key)] if isinstance(here, list) else here[key]
        here[last] = value
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(tree)
    return [(found.code, found.path) for found in further_errors(Document(document.name, tree, document.lines), caught.value)]


@pytest.mark.parametrize(
    ("example", "unreadable"),
    [
        # A key that holds points: what stands there is not the stand-in for it.
        (
            "helsingborg",
            {"exchanges__park_steam__supply__by_reference__conservative__0__instead": {"electricity.mix.EU27": None}},
        ),
        # A part whose keys others name, and a process whose co-products others name.
        ("sotenas", {"factors": "1 MWh"}),
        ("aalborg", {"processes__burning_loose_eps": "1,5 GWh/year"}),
        ("sotenas", {"exchangesx": {"heat": {}}, "exchanges__process_water": "none"}),
    ],
)
def test_what_cannot_be_read_makes_no_further_error(example: str, unreadable: dict[str, object]) -> None:
    assert _further(example, **unreadable) == []


def test_an_error_elsewhere_is_told_beside_it() -> None:
    told = _further("helsingborg", exchanges__digestate__quantity="1,5 t/year", exchanges__excess_heat__to="nobody")
    assert told == [("unknown-actor", "exchanges.excess_heat.to")]
