"""What would turn a result, in words: switching values and break-evens of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ius_lca.report.figures import number, pretty_unit, significant
from ius_lca.results import Assessment, Row

_CLIMATE = "climate_change"
_NAMES = {
    "distance": "distance",
    "substitution": "substitution",
    "quality": "quality",
    "displacement": "displacement",
    "usable": "usable share",
    "quantity": "quantity handed over",
    "electricity": "intensity",
}
#: The words before the numbers that no value turns.
_FIRM = {
    "always_positive": "A benefit whatever the value",
    "always_negative": "No benefit whatever the value",
    "always_zero": "Without any effect",
    "none_found": "No change of sign was found over the range",
}


@dataclass(frozen=True, slots=True)
class BreakEvenRow:
    """One line: the number, its value now, until where there is a benefit, and how far that is."""

    number: str
    now: str
    words: str
    times: str
    range: str
    open: bool


@dataclass(frozen=True, slots=True)
class TurningExchange:
    """One exchange: the numbers that turn it, and sentences about those that do not."""

    name: str
    rows: tuple[BreakEvenRow, ...]
    firm: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwitchingCell:
    """The switching value under one reference, and what the supply causes now."""

    value: str
    now: str


@dataclass(frozen=True, slots=True)
class SwitchingRow:
    """The switching values of one exchange by reference."""

    name: str
    unit: str
    cells: tuple[SwitchingCell, ...]


@dataclass(frozen=True, slots=True)
class Turning:
    """Break-evens under the main reference, and switching values under all."""

    exchanges: tuple[TurningExchange, ...]
    switching: tuple[SwitchingRow, ...]


def turning(result: Assessment) -> Turning:
    """Of climate change only; the tables hold more."""
    resources: dict[str, str] = {key: entry["resource"] for key, entry in result.case["exchanges"].items()}
    even = [row for row in result.tables["break_evens"] if row["indicator"] == _CLIMATE]
    here = [row for row in even if row["reference"] == result.main_reference]
    switching = [row for row in result.tables["switching_values"] if row["indicator"] == _CLIMATE]
    return Turning(
        tuple(
            _exchange(name, [row for row in here if row["exchange"] == key])
            for key, name in resources.items()
            if any(row["exchange"] == key for row in here)
        ),
        tuple(
            _switching(name, list(result.case["references"]), rows)
            for key, name in resources.items()
            if (rows := {str(row["reference"]): row for row in switching if row["exchange"] == key})
        ),
    )


def _exchange(name: str, rows: Sequence[Row]) -> TurningExchange:
    """Numbers of which the same is true share a line; of two with one name each is told with what it is now."""
    called = Counter(_named(row) for row in rows)
    lines: dict[tuple[str, str, str, str, bool], list[str]] = {}
    firm: dict[str, list[str]] = {}
    for row in rows:
        if row["break_even"] is None:
            own = f" (now {_text(row['now'], row)})" if called[_named(row)] > 1 else ""
            firm.setdefault(_FIRM[str(row["status"])], []).append(f"{_named(row)}{own}")
        else:
            key = (_text(row["now"], row), _words(row), _times(row), *_range(row))
            lines.setdefault(key, []).append(_named(row))
    return TurningExchange(
        name,
        tuple(BreakEvenRow(_listed(named), *key) for key, named in lines.items()),
        tuple(f"{words}: {', '.join(named)}." for words, named in firm.items()),
    )


def _named(row: Row) -> str:
    name = _NAMES.get(str(row["parameter"]), str(row["parameter"]).replace("_", " "))
    joint = " by " if row["parameter"] == "distance" else " of "
    return f"{name}{joint}{row['item']}" if row["item"] else name


def _listed(names: list[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])


def _words(row: Row) -> str:
    """Until where there is a benefit; `only` where there is none now."""
    value, above = _text(row["break_even"], row), bool(row["benefit_above"])
    if (number(row["now"]) > number(row["break_even"])) is above:
        return f"down to {value}" if above else f"up to {value}"
    return f"only above {value}" if above else f"only below {value}"


def _times(row: Row) -> str:
    """The break-even as a multiple of what the number is now."""
    now = number(row["now"])
    if not now:
        return ""
    times = number(row["break_even"]) / now
    told = significant(times, 2)
    return f"× {told if told != '1.0' else significant(times, 3)}"


def _range(row: Row) -> tuple[str, bool]:
    """The range stated of the number, and whether the break-even lies in it."""
    if row["stated_low"] is None:
        return "", False
    low, high = number(row["stated_low"]), number(row["stated_high"])
    return f"{_text(low, row)} to {_text(high, row)}", low <= number(row["break_even"]) <= high


def _text(value: object, row: Row) -> str:
    """A number with its unit; shares in per cent, but no plain number that may be above one."""
    unit = str(row["unit"])
    if unit in {"", "1"}:
        if number(row["high"]) > 1:
            return significant(number(value))
        return f"{significant(100 * number(value))}\u00a0%"
    return f"{significant(number(value))} {pretty_unit(unit)}"


def _switching(name: str, references: list[str], rows: Mapping[str, Row]) -> SwitchingRow:
    unit = str(next(iter(rows.values()))["unit"])
    return SwitchingRow(name, pretty_unit(unit), tuple(_cell(rows.get(key), unit) for key in references))


def _cell(row: Row | None, unit: str) -> SwitchingCell:
    """References may count the same product in other units; then the unit stands in the cell."""
    if row is None:
        return SwitchingCell("–", "")
    if row["switching_value"] is None:
        return SwitchingCell("displaces nothing", "")
    other = "" if row["unit"] == unit else f" {pretty_unit(str(row['unit']))}"
    value = number(row["switching_value"])
    shown = "any supply" if value < 0 else f"{significant(value)}{other}"
    return SwitchingCell(shown, f"{significant(number(row['now']))}{other}")
