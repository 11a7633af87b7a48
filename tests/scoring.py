"""What tests need to score a case without the second way through Brightway, which takes most of the time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from textwrap import dedent

from ius_lca.case.check import check_case
from ius_lca.case.currency import in_case_money
from ius_lca.case.localise import localised
from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed, compute
from ius_lca.errors import Level
from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import UnitScores, unit_scores
from ius_lca.inventory.graph import Term
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library
from ius_lca.yaml_document import Document

#: From the text of a case file to the case and its document: the fixture `case_from`.
CaseFrom = Callable[[str], tuple[Case, Document]]
#: An actor whom most cases do not need.
THIRD = ", other: {name: Other}"
#: What every case of the tests starts with; the keys `exchanges` and `processes` follow in each test.
HEADER = """\
ius_lca: 1
name: A case of the tests
place: SE
period: {start: 2023, years: 10}
currency: SEK
actors: {giver: {name: Giver}, taker: {name: Taker}, other: {name: Other}}
references: {likely: {title: without the exchange}}
"""


@cache
def embedded_unit_scores() -> UnitScores:
    """Unit scores of the embedded library for the default indicators."""
    return unit_scores(embedded_library(), chosen())


def unit_score(factor: str, indicator: str = "climate_change") -> float:
    """What one unit of a factor of the embedded library causes."""
    units = embedded_unit_scores()
    return float(units.scores[units.ids.index(factor), units.indicators.index(indicator)])


def scored(case: Case, library: Library | None = None) -> Computed:
    """Everything that `assess` computes before it makes tables, except the verification."""
    background = library or embedded_library()
    indicators = chosen()
    units = embedded_unit_scores() if background is embedded_library() else unit_scores(background, indicators)
    case, conversions, _ = in_case_money(case, background)
    library, _ = localised(case, background)
    return compute(case, library, units, indicators, conversions)


def benefit(computed: Computed, reference: str, indicator: str = "climate_change", **part: str) -> float:
    """Benefit of the network, or of one exchange, under a reference."""
    return computed.totals.benefit(indicator, reference, exchange=part.get("exchange"))


def terms(computed: Computed, reference: str = "likely", indicator: str = "climate_change") -> dict[str, float]:
    """The six terms of the network's benefit; those that are 0 are left out."""
    values = {term.value: computed.totals.benefit(indicator, reference, term=term) for term in Term}
    return {term: value for term, value in values.items() if value}


def checked(case_from: CaseFrom, library: Library, body: str) -> Case:
    """The case of a body under the header, which has passed its check."""
    case, document = case_from(HEADER + dedent(body))
    errors = [str(finding) for finding in check_case(case, library, document) if finding.level is Level.ERROR]
    assert errors == []
    return case
