"""Findings: a number whose own range contains its break-even decides the sign of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ius_lca.errors import Finding, Level, Stage
from ius_lca.sensitivity.break_even import VALUE, BreakEven
from ius_lca.yaml_document import dotted


def open_signs(found: Iterable[BreakEven], reference: str) -> Iterator[Finding]:
    """One finding per break-even under a reference that lies within the range stated of its number."""
    for one in found:
        if one.reference == reference and one.is_within_its_range:
            yield _finding(one)


def _finding(one: BreakEven) -> Finding:
    value, low, high = (_said(number, one) for number in (one.value, *(one.stated or ())))
    named = f"{one.parameter.replace('_', ' ')}{f' ({one.item})' if one.item else ''}"
    path = dotted("with" if part == "with_" else part for part in one.place)
    inside = f"inside the range {low} to {high}"
    if one.indicator == VALUE:
        message = (
            f"the {one.item} gains nothing from '{one.exchange}' over the years at a price of {value}, {inside} stated for it."
        )
        return Finding(Level.NOTE, "open-price", message, "See the table corridors.", "", path, Stage.RESULT)
    at = f"where {named} is {value}" if _is_plain(one) else f"at {value} of {named}"
    message = f"the CO2 benefit of '{one.exchange}' changes its sign {at}, {inside} stated for it."
    mend = "Find a better number, or say that the sign is open."
    return Finding(Level.WARNING, "open-sign", message, mend, "", path, Stage.RESULT)


def _is_plain(one: BreakEven) -> bool:
    """Whether it is a plain number that may be above one, such as a coefficient of performance, and so no share."""
    return one.unit in {"", "1"} and one.high is not None and one.high > 1


def _said(value: float | None, of: BreakEven) -> str:
    """A number as a finding prints it; shares as per cent."""
    number, unit = 0.0 if value is None else value, of.unit
    if unit in {"", "1"}:
        number, unit = (number, "") if _is_plain(of) else (100 * number, "%")
    return f"{float(f'{number:.3g}'):.10g} {unit}".rstrip()  # three digits, without an exponent
