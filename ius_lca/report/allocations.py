"""How the processes of a case share their burdens among their products, in words."""

from __future__ import annotations

from ius_lca.report.figures import percent
from ius_lca.results import Assessment

#: How the burdens are shared, as a reader says it.
METHODS = {
    "substitution": "substitution",
    "mass": "by mass",
    "energy": "by energy",
    "exergy": "by exergy",
    "economic": "by economic value",
    "cut_off": "cut-off",
}


def allocations(result: Assessment) -> list[dict[str, str]]:
    """By process and product: the method, and the share of the burdens or what stands in its place."""
    return [
        {
            "process": str(row["process"]),
            "method": METHODS[str(row["method"])],
            "product": str(row["product"]),
            "share": percent(share) if isinstance(share := row["share"], float) else "not allocated",
        }
        for row in result.tables["allocations"]
    ]
