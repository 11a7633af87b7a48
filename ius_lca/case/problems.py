"""Problems of a case before their lines are known, and the small checks that find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.errors import Level, UnitsError, did_you_mean
from ius_lca.quantity import Stated, in_year
from ius_lca.yaml_document import Place

#: How far shares may miss 100 %: they are often printed rounded.
SHARE_TOLERANCE = 1e-6
#: So many names fit into a hint.
_FEW = 20
#: What shares and ratios may be.
SHARE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding before its line is known."""

    level: Level
    code: str
    place: Place
    message: str
    mend: str = ""


def problem(code: str, place: Place, message: str, mend: str = "") -> Problem:
    """An error before its line is known."""
    return Problem(Level.ERROR, code, place, message, mend)


def known_id(word: str, known: Iterable[str], place: Place, what: str) -> Iterator[Problem]:
    """The problem, if a word is none of the known ones."""
    names = list(known)
    if word not in names:
        hint = did_you_mean(word, names) or (f"Known: {', '.join(names)}." if 0 < len(names) <= _FEW else "")
        yield problem(f"unknown-{what.replace(' ', '-')}", place, f"no {what} '{word}'.", hint)


def fits(place: Place, read: Callable[[], object], mend: str = "") -> Iterator[Problem]:
    """The error, if a conversion of the case does not work; with a mend, where the error tells none itself."""
    try:
        read()
    except UnitsError as error:
        yield problem("unit", place, str(error), "" if "such as" in str(error) else mend)


def between(stated: Stated, limits: tuple[float, float], place: Place, what: str) -> Iterator[Problem]:
    """The problem, if a share or ratio lies outside its limits."""
    try:
        values, spread = (
            [units.convert(value, stated.unit, "") for value in some] for some in (stated.values, stated.range or ())
        )
    except UnitsError as error:
        yield problem("unit", place, str(error))
        return
    low, high = limits
    for value in values:
        if not low <= value <= high:
            message = f"{what} is {value:.10g}; it lies between {low:g} and {high:g}."
            in_percent = 2 * high <= value <= 100 * high and units.factor_between(stated.unit, "") == 1
            yield problem("out-of-range", place, message, f"Did you mean '{value:g} %'?" if in_percent else "Mend the number.")
            return
    if beyond := [value for value in spread if not low <= value <= high]:
        message = f"the range of {what} reaches {beyond[0]:.10g}; it lies between {low:g} and {high:g}."
        yield problem("out-of-range", place, message, "Mend the range.")


def sums_to_one(shares: Sequence[Stated], place: Place, what: str) -> Iterator[Problem]:
    """The problem, if shares do not sum to the whole, in any year that a path of them states."""
    years = sorted({year for share in shares for year in share.by_year or ()})
    for year in years or [0]:
        read = in_year(year)
        try:
            total = sum(float(amounts.plain(share, read)) for share in shares)
        except UnitsError:
            return  # told where the share stands
        if shares and abs(total - 1) > SHARE_TOLERANCE:
            when = f" in {year}" if years else ""
            message = f"the {what} sum to {total:.6g} of the whole{when}: {total * 100:.6g} %."
            yield problem("shares", place, message, "They must sum to 100 %.")
