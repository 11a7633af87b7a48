"""What the CO2 terms under the main reference rest on."""

from __future__ import annotations

from ius_lca.report import charts
from ius_lca.report.figures import number, percent
from ius_lca.results import Assessment


def evidence_shares(result: Assessment) -> list[tuple[str, float]]:
    """Share of the absolute terms by the weakest number each uses."""
    return [
        (str(row["evidence"]), number(row["share"]))
        for row in result.tables["evidence"]
        if (row["reference"], row["exchange"], row["indicator"]) == (result.main_reference, "", "climate_change")
    ]


def evidence_words(result: Assessment) -> list[tuple[str, str]]:
    """The same, as it is printed."""
    return [(name, percent(share)) for name, share in evidence_shares(result)]


def evidence_chart(result: Assessment) -> str:
    """The same as a bar."""
    told = "; ".join(f"{name}: {share}" for name, share in evidence_words(result))
    return charts.draw(charts.evidence_bar(evidence_shares(result)), "What the CO2 terms rest on", told)
