"""Write docs/reproductions.md: published claims, held against what the examples and small cases give.

Claims with their tolerances stand in tests/reproductions/claims, and how each is computed in tests/reproductions/results.
The tables of claims in the READMEs of examples are written too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ius_lca import units
from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.errors import CaseError
from ius_lca.paths import shipped
from ius_lca.report.figures import pretty_unit, significant
from ius_lca.results import Assessment, Row, parse_result, to_json
from ius_lca.validation import findings_of
from ius_lca.yaml_document import read_document

ROOT = shipped("examples").parent
FOLDER = ROOT / "tests" / "reproductions"
#: Beyond this ratio of ours to the claim nothing is called near.
NEAR = 2.0

#: The headings of the page, by file.
TITLES = {
    "helsingborg": "Helsingborg and Malmö",
    "handelo": "Händelö, Norrköping",
    "sotenas": "Sotenäs",
    "frovi": "Frövi, and tomatoes",
    "aalborg": "Aalborg, and expanded polystyrene",
    "kalundborg": "Kalundborg",
    "literature": "Other networks, and methods",
    "heat": "Heat, gas and electricity",
    "materials": "Materials",
    "waste": "Waste",
}
#: Rows that differ in one of these are no parts of one sum.
APART = ("reference", "scenario", "indicator", "basis", "year", "actor", "unit")
#: Units of columns that are not in the unit of their row.
OWN_UNITS = {("inventory", "climate_change"): "kg CO2e"}
#: Between thousands.
NARROW = "\u202f"

Model = TypeVar("Model", "Claim", "Result")
Status: TypeAlias = Literal["reproduced", "near", "cannot be reproduced"]
_HEAD = """# Published claims, held against what we compute

Figures that others have published of symbioses, and of the heat, materials and waste behind them, each beside what this
calculator gives. Every subject begins with a table; each claim in it leads to its source, its reference, our inputs, and why the
two differ. What comes out against us stays.

What a claim is called follows from a rule:

- **reproduced**: within the tolerance, from independent inputs;
- **near**: within a factor of two, or within the tolerance from inputs that are not independent;
- **cannot be reproduced**: further away, or something that is needed was not published.

Inputs are independent if neither the claim's figure nor a quantity that stands beside it is behind ours, and if the answer had
not been read off the library when the tolerance was set, as far as those who set it say. Where a claim names its own tonnes or
megawatt-hours we take them; agreement then tests our figure per tonne alone, so that the claim is near at best. *Reproduced*
does not mean proven: where a tolerance is wide, or agreement may be chance, the claim says so.

Each claim stood in its file with its tolerance, and the reason for it, before our figure was computed. Tolerances were not set
blind: who set them knew the factor library. None was changed afterwards.

Read `seen` means that the page was read, `abstract` that only the abstract was, `second-hand` that another source quotes it.
Claims are in [tests/reproductions/claims](../tests/reproductions/claims), what is computed for each in
[tests/reproductions/results](../tests/reproductions/results); `python tools/generate_reproductions.py` writes this page.
"""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Claim(_Strict):
    """What is published, and how near ours must come to be called the same."""

    claim: str
    value: float | tuple[float, float] | None = None
    """A figure or a span; none where nothing of ours can be compared."""
    unit: str = ""
    year: str
    place: str
    reference: str
    source: str
    read: Literal["seen", "abstract", "second-hand"]
    tolerance: str = ""
    tolerance_why: str = ""

    @model_validator(mode="after")
    def _comparable(self) -> Claim:
        if self.value is not None and not (self.tolerance.endswith("%") and self.tolerance_why):
            raise ValueError("a figure needs a 'tolerance' in % and the reason for it, 'tolerance_why'")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """The figure as a span, widened by the tolerance."""
        low, high = self.span
        share = float(self.tolerance.removesuffix("%")) / 100
        return low - share * abs(low), high + share * abs(high)

    @property
    def span(self) -> tuple[float, float]:
        """Lower and upper end of the figure."""
        if self.value is None:
            raise TypeError("the claim has no figure")
        return self.value if isinstance(self.value, tuple) else (self.value, self.value)


class Selection(_Strict):
    """A sum over rows of a result: those whose cells have the given value, or one of the given values."""

    table: str
    select: dict[str, str | list[str]]
    column: str


class Result(_Strict):
    """How our figure for a claim is computed, or what is missing for it."""

    inputs: str = ""
    """Ours, in words."""
    case: str = ""
    table: str = ""
    select: dict[str, str | list[str]] = {}
    column: str = ""
    per: Selection | None = None
    """What the sum is divided by."""
    independent: bool = True
    """Whether our inputs come from elsewhere than the claim."""
    difference: str = ""
    missing: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Result:
        if bool(self.missing) == bool(self.case):
            raise ValueError("state either a 'case' or what is 'missing'")
        if self.case and not (self.inputs and self.table and self.column):
            raise ValueError("a computed figure needs 'inputs', 'table' and 'column'")
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with our figure, if there is one, in the unit of the claim."""

    id: str
    claim: Claim
    result: Result
    ours: float | None

    @property
    def within(self) -> bool:
        """Whether ours is within the tolerance of the claim."""
        if self.ours is None or self.claim.value is None:
            return False
        low, high = self.claim.ends
        return low <= self.ours <= high

    @property
    def status(self) -> Status:
        """What the rule of the page says."""
        if self.ours is None or self.claim.value is None:
            return "cannot be reproduced"
        if self.within:
            return "reproduced" if self.result.independent else "near"
        ratios = [self.ours / end if end else math.inf for end in self.claim.span]
        return "near" if any(1 / NEAR <= ratio <= NEAR for ratio in ratios) else "cannot be reproduced"


@cache
def entries() -> dict[str, list[Entry]]:
    """Every claim with its result, by the name of its file.

    Raises CaseError with what is wrong with the files, and KeyError where a claim has no result or a result no claim.
    """
    found = {}
    for path in sorted((FOLDER / "claims").glob("*.yaml")):
        claims, results = _read(path, Claim), _read(FOLDER / "results" / path.name, Result)
        if alone := claims.keys() ^ results.keys():
            raise KeyError(f"{path.name}: {', '.join(sorted(alone))} must stand among the claims and among the results")
        found[path.stem] = [Entry(key, claim, results[key], _ours(claim, results[key])) for key, claim in claims.items()]
    return found


def _read(path: Path, model: type[Model]) -> dict[str, Model]:
    """The entries of a file by id."""
    document = read_document(path)
    read: dict[str, Model] = {}
    findings = []
    for key, written in (document.tree if isinstance(document.tree, dict) else {}).items():
        try:
            read[key] = model.model_validate(written)
        except ValidationError as error:
            findings += findings_of(error, model, document, (key,))
    if findings:
        raise CaseError(findings)
    return read


def _ours(claim: Claim, result: Result) -> float | None:
    """Our figure in the unit of the claim; none where nothing can be computed."""
    if not result.case:
        return None
    tables = _assessed(result.case).tables
    amount, unit = _sum(tables, Selection(table=result.table, select=result.select, column=result.column))
    if result.per is not None:
        divisor, below = _sum(tables, result.per)
        amount, unit = amount / divisor, f"({unit})/({below})"
    return units.convert(amount, unit, _unit(claim.unit))


def _sum(tables: Mapping[str, Sequence[Row]], selection: Selection) -> tuple[float, str]:
    """The sum over the rows that match, of one year of operation, and their unit.

    Raises KeyError if none does, if one of them has no number or is of the whole period, or if they are no parts of one sum.
    """

    def matches(row: Row) -> bool:
        return all(str(row[key]) in ([value] if isinstance(value, str) else value) for key, value in selection.select.items())

    rows = [row for row in tables[selection.table] if matches(row)]
    values, apart = [row[selection.column] for row in rows], {tuple(row.get(key) for key in APART) for row in rows}
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(apart) != 1 or len(numbers) != len(rows) or rows[0].get("basis", "in_year") != "in_year":
        raise KeyError(f"{selection.table}, {selection.select}: {len(rows)} rows, apart in {APART}: {apart}, values {values}")
    unit = OWN_UNITS.get((selection.table, selection.column), str(rows[0]["unit"]))
    return math.fsum(numbers), _unit(unit)


def _unit(printed: str) -> str:
    """A unit as it is compared: claims speak of tonnes of CO2 a year where a row has kg CO2e in its year."""
    plain = printed.replace(" CO2e", "").removesuffix("/year").replace("CO2e", "").strip()
    return re.sub(r"\b([kM])t\b", r"\1tonne", plain) or "1"


@cache
def _assessed(path: str) -> Assessment:
    case, document = read_with_lines(ROOT / path)
    return parse_result(to_json(assess(case, document=document)))


def text() -> str:
    """The whole page."""
    found = dict(entries())
    rows = [entry for own in found.values() for entry in own]
    lines = [_HEAD, *_overview(found, rows)]
    for name, title in TITLES.items():
        own = found.pop(name, [])
        lines += [
            f'\n<a id="of-{name}"></a>\n\n## {title}\n',
            *table(own, ""),
            *(line for entry in own for line in _section(entry)),
        ]
    if found:
        raise KeyError(f"files of claims without a title: {', '.join(found)}")
    return "\n".join([*lines, ""])


def _overview(found: Mapping[str, Sequence[Entry]], rows: Sequence[Entry]) -> list[str]:
    """How many claims of each subject are called what."""
    heads = ["| subject | claims | reproduced | near, within the tolerance | near, outside it | further away | not computed |"]
    named = [(f"[{title}](#of-{name})", found[name]) for name, title in TITLES.items() if name in found]
    counted = [(title, _counts(own)) for title, own in [*named, ("all", rows)]]
    return [
        *heads,
        "|---|--:|--:|--:|--:|--:|--:|",
        *(f"| {title} | {' | '.join(map(str, counts))} |" for title, counts in counted),
    ]


def _counts(rows: Sequence[Entry]) -> tuple[int, ...]:
    """All, reproduced, near within and outside the tolerance, further away, and those that lack something."""
    reproduced, near, away = ([entry for entry in rows if entry.status == status] for status in get_args(Status))
    within, missing = sum(entry.within for entry in near), sum(bool(entry.result.missing) for entry in away)
    return len(rows), len(reproduced), within, len(near) - within, len(away) - missing, missing


def table(rows: Sequence[Entry], page: str) -> list[str]:
    """Claims as a table of Markdown; each leads to its section on the page."""
    heads = ["| claim | place | published | ours | status |", "|---|---|--:|--:|---|"]
    return heads + [
        f"| [{entry.claim.claim}]({page}#{entry.id}) | {entry.claim.place}, {entry.claim.year} | {_published(entry.claim)} "
        f"| {_figure(entry)} | {entry.status} |"
        for entry in rows
    ]


def _published(claim: Claim) -> str:
    if claim.value is None:
        return "–"
    low, high = claim.span
    told = f"{low:,.12g}" if low == high else f"{low:,.12g} to {high:,.12g}"
    return f"{told.replace(',', NARROW)} {_printed_unit(claim.unit)}".strip()


def _figure(entry: Entry) -> str:
    return "–" if entry.ours is None else f"{significant(entry.ours)} {_printed_unit(entry.claim.unit)}".strip()


def _printed_unit(unit: str) -> str:
    return pretty_unit(unit.replace("ktonne", "kt").replace("Mtonne", "Mt"))


def _section(entry: Entry) -> Iterator[str]:
    claim, result = entry.claim, entry.result
    yield f'\n<a id="{entry.id}"></a>\n\n### {claim.claim}\n'
    yield f"**{entry.status}** · {claim.place}, {claim.year}\n"
    yield f"- Published: {_published(claim)}. {claim.source} (read: {claim.read})."
    yield f"- Reference: {_sentence(claim.reference)}"
    if claim.tolerance:
        yield f"- Tolerance: {claim.tolerance}. {_sentence(claim.tolerance_why)}"
    if result.case:
        come = "" if result.independent else " These inputs are not independent of the claim."
        yield f"- Ours: {_figure(entry)}, from [{result.case}](../{result.case})."
        yield f"- Inputs: {_sentence(result.inputs)}{come}"
    if result.difference:
        yield f"- Difference: {_sentence(result.difference)}"
    if result.missing:
        yield f"- Missing: {_sentence(result.missing)}"


def _sentence(words: str) -> str:
    """With a capital at its beginning and a stop at its end."""
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith(('.', '?')) else '.'}"


def claims_of(example: str) -> str:
    """The table of claims in the README of an example; nothing if none are about it."""
    rows = entries().get(example, [])
    return "\n".join(table(rows, "../../docs/reproductions.md")) if rows else ""


def with_claims(page: str, block: str) -> str:
    """A README with what stands between the comments `<!-- claims -->` and `<!-- end -->` replaced."""
    written = f"{block}\n" if block else ""
    return re.sub(r"(?<=<!-- claims -->\n).*?(?=<!-- end -->)", lambda _: written, page, count=1, flags=re.DOTALL)


if __name__ == "__main__":
    (ROOT / "docs" / "reproductions.md").write_text(text(), encoding="utf-8", newline="\n")
    for readme in sorted(shipped("examples").glob("*/README.md")):
        page = readme.read_text(encoding="utf-8")
        readme.write_text(with_claims(page, claims_of(readme.parent.name)), encoding="utf-8", newline="\n")
