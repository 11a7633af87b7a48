"""Checks of the sentences a case means to publish: what figures of avoided emissions cannot carry.

Only words that leave little doubt are read: a claim without finding has not been approved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ius_lca.case.problems import Problem
from ius_lca.case.schema.case import Case
from ius_lca.case.years import horizon
from ius_lca.errors import Level

_NETTING = re.compile(
    r"net[- ]?zero|(carbon|climate|co2|k[ou]ldioxid)[- ]?neutral\w*|klimat?neutral\w*"
    r"|\bnett(ed|ing)\b|\boffset\w*|\b(subtract|deduct)\w*(?=.*\b(scopes?|own|our|footprint)\b)",
    re.IGNORECASE,
)
#: A word of denial at most three words before: "are never subtracted".
_DENIED = re.compile(r"\b(not|never|nor|without|no)([^\w.;]+\w+){0,3}[^\w.;]*$", re.IGNORECASE)
_MASS = r"(mt|kt|t|kg|kilotons?|kilotonnes?|tons?|tonnes?)"
#: A number with its thousands, so that a message quotes all of it.
_NUMBER = r"\d(?:[\d\s,.]*\d)?"
_CARBON = re.compile(
    rf"{_NUMBER}\s*{_MASS}\s+(of\s+)?((avoided|saved|fossil)\s+)?(carbon\b(?!\W*(dioxide|monoxide|black|fib|steel))|c\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"{_NUMBER}\s*({_MASS}|[kmgt]?wh|[mgtp]j|m3|m³)\b|{_NUMBER}\s*(million\s+|billion\s+|[km])?(eur|sek|dkk|nok|pln|gbp|usd)\b",
    re.IGNORECASE,
)
#: Words of a claim that speaks of more than one year.
SEVERAL_YEARS = re.compile(
    r"life[- ]?time|\bin (total|all)\b|\bcumulative\w*|\baltogether\b|\bover (\d+|the next \w+|its|their) (years?|life)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\bye(ar|arly)\w*|\bannual\w*|\bper annum\b|\bmonth\w*|\bday\b|\bdaily\b|\bår\w*|/(a|yr|y|h)\b|\b(19|20)\d\d\b",
    re.IGNORECASE,
)


def claim_problems(case: Case) -> Iterator[Problem]:
    """What is wrong with the claims, sentence by sentence."""
    for index, claim in enumerate(case.study.claims):
        place = ("study", "claims", index)
        text = claim.replace("₂", "2")
        netted = next((found for found in _NETTING.finditer(text) if not _DENIED.search(text[: found.start()])), None)
        if netted is not None:
            message = f"'{netted.group()}' nets what is avoided elsewhere with somebody's own emissions (scopes 1 to 3)."
            mend = "Report avoided emissions apart: say what is avoided, against which reference, and leave the rest out."
            yield Problem(Level.WARNING, "claim-netting", place, message, mend)
        if found := _CARBON.search(text):
            message = f"'{found.group()}' quotes carbon; the figures here are CO2, and a tonne of carbon is 44/12 t of it."
            yield Problem(Level.WARNING, "claim-carbon", place, message, "Write CO2 or CO2e.")
        lifetime = SEVERAL_YEARS.search(text)
        if lifetime is not None and len(horizon(case)) == 1:
            message = f"'{lifetime.group()}' speaks of more than a year, but the case assesses one year."
            yield Problem(Level.WARNING, "claim-lifetime", place, message, "Say 'a year', or assess the years it speaks of.")
        if (figure := _FIGURE.search(text)) and lifetime is None and not _PERIOD.search(text):
            message = f"the figure at '{figure.group()}' does not say for which period it holds."
            yield Problem(Level.WARNING, "claim-period", place, message, "Add 'a year'.")
