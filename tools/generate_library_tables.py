"""Write factors/values.csv and the coverage matrix in factors/README.md, from the library as it is.

Run it after a change of the library:  python tools/generate_library_tables.py
A changed value then shows in values.csv; say what changed in CHANGELOG.md under *Results*, with the fingerprint it prints.
"""

from __future__ import annotations

import hashlib

from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.read import embedded_library
from ius_lca.paths import shipped
from ius_lca.store import write_whole

#: What stands before and after the matrix in factors/README.md.
BEGIN, END = "<!-- coverage: generated -->\n", "<!-- end of coverage -->\n"
#: Columns of the matrix: the indicators whose completeness a record declares, under short names.
SHORT = {
    "climate_change": "climate",
    "primary_energy": "energy",
    "raw_materials": "materials",
    "fresh_water": "water",
    "landfill_direct": "landfill, direct",
    "landfill_life_cycle": "landfill, life cycle",
    "acidification": "acid.",
    "eutrophication_freshwater": "eutr. fresh",
    "eutrophication_marine": "eutr. marine",
    "eutrophication_terrestrial": "eutr. land",
    "particulate_matter": "PM",
    "photochemical_ozone": "ozone",
}
_SIGNS = {"full": "●", "partial": "○", "none": ""}


def coverage_matrix() -> str:
    """What every record covers with everything upstream, as a Markdown table."""
    library = embedded_library()
    scores = unit_scores(library, chosen())
    columns = [scores.indicators.index(name) for name in SHORT]
    lines = [f"{record.reference.amount!r} {record.reference.unit}"]
    lines += sorted(f"{name} {amount:.10e}" for name, amount in (*inputs, *emissions))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def fingerprint() -> str:
    """Eight digits that change with any value of the library."""
    return hashlib.sha256(values().encode()).hexdigest()[:8]


def main() -> None:
    """Write both files, and print the fingerprint for the changelog."""
    write_whole(shipped("factors") / "values.csv", values())
    write_whole(shipped("factors") / "README.md", readme())
    print(f"values {fingerprint()}")  # noqa: T201


if __name__ == "__main__":
    main()
