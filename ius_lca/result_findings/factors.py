"""Findings on the factors that a case takes: too old for it, or of a place that it does not lie in."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.computed import Computed
from ius_lca.errors import Finding, Level, Stage
from ius_lca.library.record import Record
from ius_lca.loops import reached

#: A factor may be this much older than the case [years].
_AGE = 10
#: The region around all others, also of a place that the library does not know.
_WORLD = "GLO"
#: Shares are printed in whole percent.
_WHOLE_PERCENT = 0.01
#: So many factors are named, heaviest first.
_NAMED = 5


def factor_findings(c: Computed) -> Iterator[Finding]:
    """One finding on age and one on place, each naming the heaviest factors first."""
    weights = _weights(c)
    start, place = c.case.period.start, c.case.place
    records = [c.library.records[name] for name in weights]
    if old := [one for one in records if start - one.year > _AGE]:
        named = _listed([(one, str(one.year), weights[one.id]) for one in old])
        message = f"{_number(old)} a year more than {_AGE} before {start}{named}."
        mend = "Look for newer ones, or say why the technology has not changed."
        yield Finding(Level.NOTE, "old-factors", message, mend, "", "period.start", Stage.RESULT)
    around = (*c.library.around(place), _WORLD)
    if far := [one for one in records if one.location not in around and around[0] not in c.library.around(one.location)]:
        named = _listed([(one, one.location, weights[one.id]) for one in far])
        message = f"the case lies in {place}, and {_number(far)} another region{named}."
        mend = "Look for ones of the place or a wider region, or say why they fit."
        yield Finding(Level.NOTE, "other-region", message, mend, "", "place", Stage.RESULT)


def _number(records: list[Record]) -> str:
    return "one factor describes" if len(records) == 1 else f"{len(records)} factors describe"


def _listed(records: list[tuple[Record, str, float]]) -> str:
    """The heaviest of them: what they describe, and how much of the CO2 terms they stand behind."""
    named = [f"{record.id} ({what}, {_share(share)})" for record, what, share in records[:_NAMED]]
    return (
        "; by their share of the CO2 terms: "
        + ", ".join(named)
        + (f" and {len(records) - _NAMED} more" if len(records) > _NAMED else "")
    )


def _share(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= _WHOLE_PERCENT else "under 1 %"


def _weights(c: Computed) -> dict[str, float]:
    """Under the main reference, share of the absolute CO2 terms that each factor stands behind, heaviest first.

    A factor that the case's own processes take stands behind the whole term of the process; what runs upstream of a factor
    belongs to that factor.
    """
    inputs = {node.id: [name for name, _ in node.inputs] for node in c.inventory.processes if node.id in c.case.processes}
    scores = c.scored.scores[:, c.scored.indicators.index("climate_change")]
    behind: dict[str, float] = {}
    total = 0.0
    for edge, score in zip(c.inventory.edges, scores, strict=True):
        if c.inventory.nodes[edge.node].reference == c.case.main_reference and edge.amount:
            total += abs(float(score))
            for name in reached(inputs, [edge.target]) & c.library.records.keys():
                behind[name] = behind.get(name, 0.0) + abs(float(score))
    heaviest = sorted(behind, key=lambda name: (-behind[name], name))
    return {name: behind[name] / total if total else 0.0 for name in heaviest}
