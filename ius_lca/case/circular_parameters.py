"""Parameters of the Circular Footprint Formula: what is stated, what follows from the exchange, and what is a default."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ius_lca.case.amounts import plain
from ius_lca.case.schema.circular import CircularFootprint
from ius_lca.case.schema.exchange import ByReference, Exchange
from ius_lca.case.schema.target import UNUSED
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence, Reading, Stated

#: The shares and ratios of the formula: numbers between 0 and 1.
SHARES = ("A", "B", "R1", "R2", "R3", "quality_in", "quality_out", "X_heat", "X_elec")
#: Where nothing is said: (value, why).
_OTHERWISE = {
    "A": (0.5, "default of the method for a material of no listed kind"),
    "B": (0.0, "default of the method"),
    "R2": (0.0, "nothing is said of recycling at the end of life"),
    "R3": (0.0, "nothing is said of energy recovery at the end of life"),
    "X_heat": (0.0, "no energy recovery"),
    "X_elec": (0.0, "no energy recovery"),
}


class Basis(StrEnum):
    """Where a parameter or activity comes from."""

    STATED = "stated"
    EXCHANGE = "from the exchange"
    DEFAULT = "default"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the formula.  evidence: what it rests on.  source: of a stated number or default; else what it follows from."""

    value: float
    basis: Basis
    evidence: Evidence
    source: str


def shares(exchange: Exchange, asked: CircularFootprint, library: Library, read: Reading) -> dict[str, Parameter]:
    """Every share and ratio of the formula by its symbol; raises UnitsError if a stated one is not a plain ratio."""
    found: dict[str, Parameter] = {}
    for name in SHARES:
        stated: Stated | None = getattr(asked, name)
        if stated is not None:
            found[name] = Parameter(float(plain(stated, read)), Basis.STATED, stated.evidence, stated.source or stated.note)
        else:
            found[name] = _own(name, exchange, read) or _of_kind(name, asked.kind, library) or _otherwise(name, found)
    return found


def _own(name: str, exchange: Exchange, read: Reading) -> Parameter | None:
    """What the exchange itself says: that its material is secondary, and its quality if somebody stated it."""
    if name == "R1":
        return Parameter(1.0, Basis.EXCHANGE, Evidence.MEASURED, "all that is handed over is secondary material")
    if name == "quality_in" and exchange.supply is not None and "quality" in exchange.supply.model_fields_set:
        quality = exchange.supply.quality
        return Parameter(float(plain(quality, read)), Basis.EXCHANGE, quality.evidence, "quality of the supply")
    return None


def _of_kind(name: str, kind: str, library: Library) -> Parameter | None:
    """The published default of a kind of material."""
    row = library.circular_footprint.get(kind)
    default = next((one for symbol, one in row.values.items() if symbol == name), None) if row is not None else None
    if row is None or default is None:
        return None
    cited = library.sources[default.source]
    source = f"{row.name}: {cited.title}, {default.where}; read in {cited.read_in or cited.title}"
    return Parameter(default.value, Basis.DEFAULT, Evidence.PUBLISHED, source)


def _otherwise(name: str, found: dict[str, Parameter]) -> Parameter:
    if name == "quality_in":
        return Parameter(1.0, Basis.DEFAULT, Evidence.ASSUMED, "no loss of quality")
    if name == "quality_out":
        return Parameter(found["quality_in"].value, Basis.DEFAULT, Evidence.ASSUMED, "as quality_in")
    value, why = _OTHERWISE[name]
    return Parameter(value, Basis.DEFAULT, Evidence.ASSUMED, why)


def follows(exchange: Exchange, activity: str) -> bool:
    """Whether an activity that is not stated can follow from the exchange with the same meaning.

    Where a co-product is made up, the figure of the exchange is net of it, which no activity of the formula is.
    """
    match activity:
        case "Ev" | "E*v":
            return exchange.supply is not None and _yields_nothing_else(exchange.supply)
        case "Erec" | "ErecEoL":
            return True
        case "ED":
            return exchange.disposal is not None and _yields_nothing_else(exchange.disposal)
        case _:
            return False


def _yields_nothing_else(role: ByReference) -> bool:
    uses = (*role.all, *(use for listed in role.by_reference.values() for use in listed))
    return all(supplier == UNUSED for use in uses for supplier in use.makes_up.values())
