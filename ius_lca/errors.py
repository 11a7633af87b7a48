"""What can go wrong, and how it is told: findings with a place, errors that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Stage(StrEnum):
    """When a finding is made: from the case alone, or from its result."""

    CASE = "case"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reader must know: where it is, what it is, and how to mend it.

    >>> print(Finding(Level.ERROR, "unit", "no such unit 'kwh'.", "Write 'kWh'.", "case.yaml:4", "quantity"))
    case.yaml:4  error  quantity: no such unit 'kwh'. Write 'kWh'.
    """

    level: Level
    code: str
    message: str
    mend: str = ""
    where: str = ""
    path: str = ""
    stage: Stage = Stage.CASE

    def __str__(self) -> str:
        place = f"{self.where}  " if self.where else ""
        subject = f"{self.path}: " if self.path else ""
        return f"{place}{self.level}  {subject}{self.message} {self.mend}".rstrip()


class IusError(Exception):
    """Base of every error this package raises on purpose."""


class FindingsError(IusError):
    """The input has errors; all of them are in `findings`."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class CaseError(FindingsError):
    """The case file cannot be assessed as it stands (exit code 1)."""


class LibraryError(FindingsError):
    """A record of the factor library is not sound."""


class UnitsError(IusError):
    """A quantity cannot be read, or two units do not belong together."""


class MoneyError(IusError):
    """An amount cannot be brought into the currency and the prices of the case; the message says how to mend it."""


class FormulaError(IusError):
    """A formula uses something outside numbers, names, + - * / **, min, max and exp."""


class SingularError(IusError):
    """The foreground has a loop without solution; the message names the cycle."""


class VerificationError(IusError):
    """The kernel and Brightway disagree, or a score is not finite (exit code 3)."""


class OutputError(IusError):
    """The output cannot be written (exit code 2)."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names what is near, or nothing.

    >>> did_you_mean("heat.boiler.gas", ["heat.boiler.natural_gas", "transport.rail"])
    "Did you mean 'heat.boiler.natural_gas'?"
    """
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return "Did you mean " + " or ".join(f"'{name}'" for name in near) + "?" if near else ""
