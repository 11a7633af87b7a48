"""A number as its author stated it: value, unit, range, evidence and source."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ius_lca import units
from ius_lca.errors import UnitsError
from ius_lca.units import Value

#: Quantities outside these bounds are slips of the pen, and would only overflow later.
_SMALLEST, _LARGEST = 1e-15, 1e15
#: The note of numbers that nobody had to state.
BY_DEFINITION = "by definition"
#: Units of ratios that enter and leave a formula as plain numbers: 8 % as 0.08.
PERCENT = frozenset({"%", "‰", "percent", "permille"})
#: Keys that say what a price of the library says itself.
_SAID_BY_THE_LIBRARY = ("formula", "by_year", "value", "unit", "range", "distribution", "pedigree", "price_year")

#: A year of this and the centuries beside it.
Year: TypeAlias = Annotated[int, Field(ge=1900, le=2200)]


class Evidence(StrEnum):
    """What a number rests on, from best to worst."""

    MEASURED = "measured"
    PUBLISHED = "published"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"


#: Best first, so that the worst of several is `max(..., key=EVIDENCE_ORDER.index)`.
EVIDENCE_ORDER = tuple(Evidence)


def worst(evidence: list[Evidence]) -> Evidence:
    """The weakest evidence among the inputs of a figure; a figure without inputs is measured by definition.

    >>> worst([Evidence.PUBLISHED, Evidence.ASSUMED, Evidence.MEASURED]).value
    'assumed'
    """
    return max(evidence, key=EVIDENCE_ORDER.index, default=Evidence.MEASURED)


class Frozen(BaseModel):
    """What a person may write: unknown keys and later changes are refused; attribute docstrings describe the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A formula with what the parameters of its case make of it; stands in place of its text when a case is read.

    value: ratios in percent count as plain numbers; none if it has no value.  names: the parameters it refers to.
    evidence: the weakest of theirs.  fault: why there is no value; empty where a parameter is at fault, which is told there.
    """

    text: str
    value: float | None
    names: tuple[str, ...]
    evidence: Evidence
    fault: str = ""

    def stated(self, written: dict[str, object]) -> dict[str, object]:
        """What stands beside the formula, with its value and evidence; raises ValueError if they do not go together."""
        if self.fault:
            raise ValueError(self.fault)
        if written.get("unit") is None:
            raise ValueError("a formula needs a 'unit'; write 'unit: 1' for a plain number")
        # What is known and empty was not said; what is unknown is told, empty or not.
        said = {key: one for key, one in written.items() if one is not None or key not in Stated.model_fields}
        if spread := sorted(said.keys() & {"by_year", "range", "distribution", "pedigree"}):
            raise ValueError(f"'{spread[0]}' stands beside a formula: state it with the parameters, from which it follows")
        unit = str(written["unit"])
        value = 1.0 if self.value is None else self.value  # a stand-in: the case is refused for the parameter at fault
        value = units.convert(value, "", unit) if unit in PERCENT else value
        if (own := said.get("value")) is not None and self.value is not None:
            typed, _ = units.parse_quantity(f"{own} {unit}".strip())
            if not math.isclose(typed, value, rel_tol=1e-9):
                raise ValueError(f"the formula gives {value:g}, the value beside it is {typed:g}: keep one of them")
        found = f"parameter{'' if len(self.names) == 1 else 's'} {', '.join(self.names)}" if self.names else ""
        return {"evidence": self.evidence, "source": found, **said, "value": value, "formula": self.text}


class Stated(Frozen):
    """A quantity with what its author says about it."""

    value: float
    """The number, in `unit`."""
    unit: str
    """Unit as written."""
    by_year: dict[int, float] | None = None
    """The number by year, in `unit`, instead of one `value`; between two years it runs straight from one to the other."""
    range: tuple[float, float] | None = None
    """5th and 95th percentile, in `unit`."""
    distribution: Literal["lognormal", "normal", "triangular", "uniform"] | None = None
    pedigree: tuple[int, int, int, int, int] | None = None
    """Reliability, completeness, temporal, geographical and technological correlation, 1 (best) to 5."""
    evidence: Evidence = Evidence.ASSUMED
    """What it rests on; a number without a word about it counts as assumed."""
    source: str = ""
    note: str = ""
    formula: str | None = None
    """In place of the value: a formula of the case's parameters, such as `1/cop*(1 + loss)`. It rests on the weakest of them
    unless `evidence` says otherwise."""
    price_year: Year | None = None
    """Of money alone: the year in whose prices it is stated; that of the case if not stated."""
    library: Annotated[str, Field(min_length=1)] | None = None
    """In place of the value, for money: the id of a price or tax of the library, such as `tax.landfill.SE`; without a country
    at its end, that of the case's place."""
    year: Year | None = None
    """Of a price of the library: which of its years; that of the case's prices if not stated. A tax holds until its next year."""
    each_year: bool | None = None
    """Whether a price of the library is taken year by year, as a path; after its last year that one holds, in real terms."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, written: object) -> object:
        if isinstance(written, bool) or written is None:
            raise ValueError("expected a quantity such as '400 GWh/year'")
        if isinstance(written, str | int | float):
            written = {"value": written}
        if not isinstance(written, dict):
            return written
        try:
            if written.get("library") is not None:
                written = _of_the_library(written)
            elif isinstance(formula := written.get("formula"), Evaluated):
                written = formula.stated(written)
            elif written.get("by_year"):
                written = _with_path(written)
            if "value" not in written:
                raise ValueError("a quantity written with keys needs 'value'")
            value, unit = units.parse_quantity(f"{written['value']} {written.get('unit', '')}".strip())
            parsed = {**written, "value": value, "unit": unit}
            if isinstance(limits := written.get("range"), list | tuple):
                parsed["range"] = tuple(_limit(limit, unit) for limit in limits)
        except UnitsError as error:
            raise ValueError(str(error)) from error
        return parsed

    @model_validator(mode="after")
    def _consistent(self) -> Stated:
        for value in self.values:
            if value and not _SMALLEST <= abs(value) <= _LARGEST:
                raise ValueError(f"{value:g} {self.unit} is no quantity of this world")
        if self.range is not None and not self.range[0] <= self.value <= self.range[1]:
            low, high = self.range
            if low > high:
                raise ValueError(f"the range [{low:g}, {high:g}] is the wrong way round: write [{high:g}, {low:g}]")
            raise ValueError(f"the value {self.value:g} lies outside its range [{low:g}, {high:g}]")
        if self.evidence is Evidence.PUBLISHED and not self.source:
            raise ValueError("evidence 'published' needs a 'source'")
        if self.library is None and (self.year is not None or self.each_year):
            key = "each_year" if self.each_year else "year"
            raise ValueError(f"'{key}' is of a price of the library: name it with 'library'")
        if self.year is not None and self.each_year:
            raise ValueError("'year' and 'each_year' exclude each other: keep one")
        if self.price_year is not None and units.currency_of(self.unit) is None:
            raise ValueError(f"'price_year' belongs to money, and '{self.unit}' is none")
        return self

    @property
    def values(self) -> tuple[float, ...]:
        """Every number of it: the one value, or those of the years."""
        return (self.value, *(self.by_year or {}).values())

    def to(self, unit: str) -> float:
        """The value in another unit; raises UnitsError if the dimensions differ."""
        return units.convert(self.value, self.unit, unit)


#: How a stated number is read: as the value, or as an array over years or draws; in its own unit.
Reading: TypeAlias = Callable[[Stated], Value]


def point(stated: Stated) -> Value:
    """The one value; of a path the first."""
    return stated.value


def in_years(years: Sequence[int]) -> Reading:
    """Reads a path as its values in those years [year], straight between two that are stated; all else as the one value.

    >>> in_years(range(2023, 2026))(Stated.model_validate({"by_year": {2023: "80 %", 2025: "40 %"}})).tolist()
    [80.0, 60.0, 40.0]
    """

    def read(stated: Stated) -> Value:
        if not stated.by_year:
            return stated.value
        import numpy as np

        return np.interp(years, list(stated.by_year), list(stated.by_year.values()))

    return read


def in_year(year: int) -> Callable[[Stated], float]:
    """Reads a path as its value in that year, all else as the one value."""
    read = in_years((year,))
    return lambda stated: float(read(stated)[0]) if stated.by_year else stated.value  # type: ignore[index]


def _with_path(written: dict[str, object]) -> dict[str, object]:
    """A quantity by year, in order, all in the unit of the first; its value is that of the first."""
    path = written["by_year"]
    if "value" in written:
        raise ValueError("'value' and 'by_year' exclude each other: the path says every value")
    if not isinstance(path, dict):
        raise ValueError("'by_year' holds years with their quantities, such as {2025: 80 %, 2035: 40 %}")  # noqa: TRY004 (pydantic reads it)
    if wrong := [str(year) for year in path if not re.fullmatch(r"\d{4}", str(year))]:
        raise ValueError(f"'{wrong[0]}' is no year")
    try:
        read = {
            int(year): units.parse_quantity(f"{path[year]} {written.get('unit', '')}".strip()) for year in sorted(path, key=int)
        }
        first = next(iter(read.values()))
        by_year = {year: units.convert(value, unit, first[1]) for year, (value, unit) in read.items()}
    except UnitsError as error:
        raise ValueError(str(error)) from error
    return {**written, "value": first[0], "unit": first[1], "by_year": by_year}


def _of_the_library(written: dict[str, object]) -> dict[str, object]:
    """A price of the library: nothing stands in for it until the library is at hand."""
    if beside := [key for key in _SAID_BY_THE_LIBRARY if written.get(key) is not None]:
        raise ValueError(f"'{beside[0]}' stands beside 'library', which says it: keep one of them")
    return {"evidence": Evidence.PUBLISHED, "source": library_source(written["library"]), **written, "value": 0}


def library_source(record: object) -> str:
    """What stands as the source of a price of the library until its own is known."""
    return f"{record} of the factor library"


def _limit(written: object, unit: str) -> float:
    """One end of a range: a bare number is in the unit of the value."""
    amount, own = units.parse_quantity(str(written))
    return units.convert(amount, own, unit) if own else amount


def certain(value: float, unit: str) -> Stated:
    """A number that is so by definition, such as a share of 100 %: it rests on no evidence and weakens none.

    >>> certain(1, "kWh/kWh").evidence.value
    'measured'
    """
    return Stated(value=value, unit=unit, evidence=Evidence.MEASURED, note=BY_DEFINITION)


def with_evidence_beside(written: object, *fields: str, otherwise: str = "") -> object:
    """An entry whose `evidence`, `source`, `range` or `note` stand beside its amount instead of inside it.

    fields: the amount they belong to: the first of these that is written.  otherwise: what the last of them is, unwritten.

    >>> with_evidence_beside({"amount": "15 kWh/MWh", "evidence": "assumed"}, "amount")
    {'amount': {'value': '15 kWh/MWh', 'evidence': 'assumed'}}
    """
    if not isinstance(written, dict):
        return written
    beside = {key: written[key] for key in ("range", "evidence", "source", "note") if key in written}
    field = next((name for name in fields if written.get(name) is not None), fields[-1])
    amount = written.get(field, otherwise)
    if not beside or not amount:
        return written
    own = amount if isinstance(amount, dict) else {"value": amount}
    if twice := sorted(own.keys() & beside.keys()):
        raise ValueError(f"'{twice[0]}' stands both beside '{field}' and inside it: keep one")
    return {**{key: value for key, value in written.items() if key not in beside}, field: {**own, **beside}}


#: Words that mean something of their own where ids stand.
RESERVED = frozenset({"all", "formula", "market", "network", "network_and_society", "society", "unused"})
_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*\Z")


def _valid_id(written: object) -> object:
    if isinstance(written, str) and not _ID.match(written):
        raise ValueError(f"'{written}' is no id: use letters from a to z, digits and underscores, starting with a letter")
    if isinstance(written, str) and written in RESERVED:
        raise ValueError(f"'{written}' is a word of the format and cannot be an id: choose another")
    return written


#: How a case names its actors, references, exchanges and processes.
Id: TypeAlias = Annotated[str, BeforeValidator(_valid_id)]
