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
from ius_lca.findings import findings_of
from ius_lca.paths import shipped
from ius_lca.report.figures import pretty_unit, significant
from ius_lca.results import Assessment, Row, parse_result, to_json
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
#: Between thousands.
NARROW = "\u202f"

Model = TypeVar("Model", "Claim", "Result")
Status: TypeAlias = Literal["reproduced", "near", "cannot be reproduced"]
_HEAD = """# Published claims, held against what we compute

A calculator earns trust where it meets numbers that others have published. Each claim below stood in its file with its
tolerance, and the reason for it, before our figure was computed; where the figure was known already, the claim says so.
Tolerances were not set blind: who set them knew the factor library. Nothing was tuned afterwards, and what comes out against
us stays.

- **reproduced**: within the tolerance, from inputs that do not come from the claim;
- **near**: within a factor of two, or within the tolerance from inputs that are not independent; the difference is explained;
- **cannot be reproduced**: further away, or something that is needed was not published.

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
    def status(self) -> Status:
        """What the rule of the page says."""
        if self.ours is None or self.claim.value is None:
            return "cannot be reproduced"
        low, high = self.claim.ends
        if low <= self.ours <= high:
            return "reproduced" if self.result.independent else "near"
        ratios = [self.ours / end if end else math.inf for end in self.claim.span]
        return "near" if any(1 / NEAR <= ratio <= NEAR for ratio in ratios) else "cannot be reproduced"


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
    """The sum over the rows that match, and their unit.

    Raises KeyError if none does, if one of them has no number, or if their units differ.
    """

    def matches(row: Row) -> bool:
        return all(str(row[key]) in ([value] if isinstance(value, str) else value) for key, value in selection.select.items())

    rows = [row for row in tables[selection.table] if matches(row)]
    values, found = [row[selection.column] for row in rows], {_unit(str(row["unit"])) for row in rows}
    if len(found) != 1 or any(not isinstance(value, int | float) for value in values):
        raise KeyError(f"{selection.table}, {selection.select}: {len(rows)} rows, units {sorted(found)}, values {values}")
    return math.fsum(float(value) for value in values if isinstance(value, int | float)), found.pop()


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
    found = entries()
    rows = [entry for own in found.values() for entry in own]
    counts = {status: sum(entry.status == status for entry in rows) for status in get_args(Status)}
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    lines = [_HEAD, f"{len(rows)} claims: {told}."]
    for name, title in TITLES.items():
        own = found.pop(name, [])
        lines += [f"\n## {title}\n", *table(own, ""), *(line for entry in own for line in _section(entry))]
    if found:
        raise KeyError(f"files of claims without a title: {', '.join(found)}")
    return "\n".join([*lines, ""])


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
    yield f"- Reference: {_ended(claim.reference)}"
    if claim.tolerance:
        yield f"- Tolerance: {claim.tolerance}: {_ended(claim.tolerance_why)}"
    if result.case:
        come = "" if result.independent else " These inputs are not independent of the claim."
        yield f"- Ours: {_figure(entry)}, from {_ended(result.inputs)}{come} [{result.case}](../{result.case})"
    if result.difference:
        yield f"- Difference: {_ended(result.difference)}"
    if result.missing:
        yield f"- Missing: {_ended(result.missing)}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


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
