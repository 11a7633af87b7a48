"""How much a finding weighs beside others of its level: what breaks a claim comes before what weakens it."""

from __future__ import annotations

from collections.abc import Iterable

from ius_lca.errors import Finding, Level

#: Codes from the heaviest to the lightest; `docs/findings` has a page for each. A code may have several levels.
CODES = (
    # What makes a claim false: counted twice, credited for nothing, or not comparable.
    "public-comparison",
    "promised-twice",
    "more-than-available",
    "counted-twice",
    "credit-in-factor",
    "released-carbon",
    "illegal-reference",
    "illegal-treatment",
    "handed-on",
    "too-cold",
    "shares",
    "claim-netting",
    "claim-carbon",
    "claim-figure",
    "claim-lifetime",
    "claim-period",
    # What decides whether there is a benefit at all.
    "sign-change",
    "open-sign",
    "reference-order",
    "same-references",
    "single-reference",
    "assumptions",
    "donor-changed",
    "worse-off",
    "rule-not-defined",
    "no-corridor",
    "price-outside",
    "others-lose",
    "open-price",
    "grants-above",
    "remaining-value",
    "full-displacement",
    # What is left out, so that the benefit looks larger or smaller than it is.
    "co-product",
    "residue",
    "no-transport",
    "half-a-fuel",
    "outlives-equipment",
    "equipment-left",
    "sunk",
    "used-and-disposed",
    "no-backup",
    "season-overlap",
    "carbon-stored",
    "not-stated",
    "coverage",
    # What stands in for what is not known better.
    "place-not-known",
    "own-factor",
    "old-factors",
    "other-region",
    "other-electricity",
    "wider-region",
    "other-year",
    "vat-included",
    "foreign-tax",
    "no-landfill",
    "mixed-gwp",
    "unlike-input",
    "stands-in",
    "parameter-range",
    "allocation-factor",
    "surroundings",
    "counts-as-power",
    "converted",
    # What a reader should know of the case.
    "not-disclosed",
    "contested",
    "main-reference",
    "three-decimals",
    "unused",
    "without-effect",
)


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, notes; within a level heaviest first, and mistakes of input, which have no weight, last.

    Findings of one code stay in the order in which they were found.

    >>> light, heavy = Finding(Level.NOTE, "unused", "a"), Finding(Level.NOTE, "coverage", "b")
    >>> [finding.message for finding in by_weight([light, heavy])]
    ['b', 'a']
    """
    place = {code: index for index, code in enumerate(CODES)}
    levels = list(Level)
    return sorted(findings, key=lambda finding: (levels.index(finding.level), place.get(finding.code, len(CODES))))
