"""Write factors/values.csv and the coverage matrix in factors/README.md, from the library as it is.

Run it after a change of the library:  python tools/generate_library_tables.py
A changed value then shows in values.csv; say what changed in CHANGELOG.md under *Results*, with the fingerprint it prints.
"""

from __future__ import annotations

import csv
import hashlib
import io

from ius_lca.formula import evaluate
from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.amounts import amounts_of
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library, Record
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
    lines = [
        f"| record | {' | '.join(SHORT.values())} |",
        f"|---|{'|'.join([':-:'] * len(SHORT))}|",
    ]
    for row, name in sorted(enumerate(scores.ids), key=lambda one: one[1]):
        signs = [_SIGNS[scores.covered(row, column)[1]] for column in columns]
        lines.append(f"| {name} | {' | '.join(signs)} |")
    return "\n".join(lines) + "\n"


def readme() -> str:
    """factors/README.md with the matrix made anew."""
    written = (shipped("factors") / "README.md").read_text(encoding="utf-8")
    before, _, rest = written.partition(BEGIN)
    _, _, after = rest.partition(END)
    kinds = {
        "records that can be computed": len(embedded_library().records),
        "materials with properties": len(embedded_library().materials),
        "prices": len(embedded_library().prices),
    }
    counts = ", ".join(f"{count} {what}" for what, count in kinds.items())
    return f"{before}{BEGIN}\n{counts}.\n\n{coverage_matrix()}\n{END}{after}"


def values() -> str:
    """Climate change and primary energy of every record, and a checksum of all that is its own, as CSV."""
    library = embedded_library()
    scores = unit_scores(library, chosen())
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["id", "unit", "climate_change", "primary_energy", "inventory"])
    for row, name in sorted(enumerate(scores.ids), key=lambda one: one[1]):
        record = library.records[name]
        shown = []
        for indicator in ("climate_change", "primary_energy"):
            value, _ = scores.covered(row, scores.indicators.index(indicator))
            shown.append("" if value is None else f"{value:.6g}")
        writer.writerow([name, record.reference.unit, *shown, checksum(record, library)])
    for price in sorted(library.prices.values(), key=lambda one: one.id):
        digest = hashlib.sha256("\n".join(f"{year} {value!r}" for year, value in sorted(price.by_year.items())).encode())
        writer.writerow([price.id, price.unit, "", "", digest.hexdigest()[:12]])
    for material in sorted(library.materials.values(), key=lambda one: one.id):
        lines = [f"{name} {one.value!r} {one.unit}" for name, one in sorted(material.properties.items())]
        writer.writerow([material.id, "", "", "", hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]])
    return buffer.getvalue()


def checksum(record: Record, library: Library) -> str:
    """A hash over all of a record that changes a result; it does not change with wording or order."""
    inputs, emissions = amounts_of(record, library)
    names = record.values()
    coproducts = [(f"{one.product} {one.unit}", float(evaluate(one.amount, names))) for one in record.coproducts]
    properties = [(f"{name} {one.unit}", one.value) for name, one in record.properties.items()]
    lines = [f"{record.reference.amount!r} {record.reference.unit} {record.is_virgin_material} {sorted(record.covers)}"]
    lines += sorted(f"{name} {amount:.10e}" for name, amount in (*inputs, *emissions, *coproducts, *properties))
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
