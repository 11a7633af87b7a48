"""Findings on claims that need the result: a figure that it does not show, and what a claim must disclose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ius_lca.case.checks.claims import SEVERAL_YEARS
from ius_lca.case.schema.case import Case
from ius_lca.case.years import horizon
from ius_lca.computed import Computed
from ius_lca.errors import Finding, Level, Stage

#: A claim may be rounded: this much above the result is no finding.
_ROUNDED = 0.05
#: A mass of CO2 in a sentence: number, unit, and that it is CO2. Other figures are not read.
_FIGURE = re.compile(
    r"(\d[\d ,.]*\d|\d)\s*(kg|kt|mt|t|tonnes?|tons?|kilotonnes?|million tonnes?)\s+(?:of\s+)?(?:avoided\s+)?co2", re.IGNORECASE
)
_KILOGRAMS = {"kg": 1.0, "kt": 1e6, "kilotonne": 1e6, "mt": 1e9, "million tonne": 1e9, "t": 1e3, "tonne": 1e3, "ton": 1e3}
#: What ISO 14044 (4.2) and guidance on avoided emissions (WBCSD 2023) want said of a study.
DISCLOSED = ("goal", "decision", "audience", "commissioner", "modelling", "functional_unit", "boundary", "cut_off", "review")


def claim_findings(c: Computed) -> Iterator[Finding]:
    """Claims that say more than the result, and what the study leaves unsaid."""
    for index, claim in enumerate(c.case.study.claims):
        text = claim.replace("₂", "2").replace("\u202f", " ").replace("\u00a0", " ")
        years = list(horizon(c.case)) if SEVERAL_YEARS.search(text) else [c.year]
        benefits = {name: sum(c.over_years[year].benefit("climate_change", name) for year in years) for name in c.case.references}
        meant = _meant(text, c.case)
        for found in _FIGURE.finditer(text):
            stated = _kilograms(found)
            if stated is not None and stated > max(benefits[meant], 0.0) * (1 + _ROUNDED):
                shown = ", ".join(f"{value / 1000:,.0f} t under '{name}'" for name, value in benefits.items())
                period = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"of {years[0]}"
                message = f"it says {found.group().strip()}; the result {period} is {shown}."
                mend = f"Quote the figure under '{meant}', or name the reference and the period of yours."
                path = f"study.claims[{index}]"
                yield Finding(Level.WARNING, "claim-figure", message, mend, "", path, Stage.RESULT)
    missing = [name.replace("_", " ") for name in DISCLOSED if not getattr(c.case.study, name)]
    if missing:
        message = f"a claim must disclose what the case does not state: {', '.join(missing)}."
        yield Finding(Level.NOTE, "not-disclosed", message, "State them under 'study'.", "", "study", Stage.RESULT)


def _meant(text: str, case: Case) -> str:
    """The reference that a sentence names by its id or title; the main one if it names none or several."""
    words = text.casefold()
    named = [name for name, one in case.references.items() if f"'{name}'".casefold() in words or one.title.casefold() in words]
    return named[0] if len(named) == 1 else case.main_reference


def _kilograms(found: re.Match[str]) -> float | None:
    """The mass that is stated [kg]; none if the number can be read in two ways."""
    number, unit = found.group(1).replace(" ", ""), found.group(2).lower().removesuffix("s")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number):
        number = number.replace(",", "")
    return float(number) * _KILOGRAMS[unit] if re.fullmatch(r"\d+(\.\d+)?", number) else None
