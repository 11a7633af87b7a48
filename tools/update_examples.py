"""Write what the examples state of their results anew, or those of the examples that are named.

Of each: `expected.json`, the picture `network.svg`, and the tables between the comments `<!-- result -->` and `<!-- end -->`
of its README. Look at the difference before you commit it, and explain it in CHANGELOG.md under "Results".
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from ius_lca.assessment import assess
from ius_lca.case.read_yaml import read_with_lines
from ius_lca.impact.coverage import HEADLINE
from ius_lca.paths import shipped
from ius_lca.report.figures import TONNES, fitting, number, readable, significant
from ius_lca.report.money_rows import BOTH, NETWORK, SOCIETY, summary, worth
from ius_lca.report.references import HEADLINES, benefits_of, comparison, indicators_of
from ius_lca.report.to_html import render_network
from ius_lca.report.years import handed_over
from ius_lca.results import DIGITS, Assessment, Cell, parse_result, to_json

#: By file, without its ending: `case` and the variants beside it.
Assessed: TypeAlias = Mapping[str, Assessment]

#: Shown in reports beside CO2, and no benefit of its own.
_APART = ("biogenic_co2",)


def assessed(folder: Path) -> dict[str, Assessment]:
    """The case of an example and its variants, as they would be stored."""
    results = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != "case", path.stem)):
        case, document = read_with_lines(path)
        results[path.stem] = parse_result(to_json(assess(case, document=document)))
    return results


def expected(results: Assessed) -> dict[str, Any]:
    """What `expected.json` states: benefits and yearly values, and net present values where a rate is given."""
    own = {name: _expected(result) for name, result in results.items()}
    case = own.pop("case")
    return case | ({"variants": own} if own else {})


def _expected(result: Assessment) -> dict[str, Any]:
    """Benefits by reference and indicator, CO2 by reference and exchange, values by reference and actor."""
    found: dict[str, dict[str, dict[str, float]]] = {"benefits": {}, "exchanges": {}, "economics": {}, "npv": {}}
    for row in result.in_year("benefits"):
        if row["benefit"] is not None:
            found["benefits"].setdefault(str(row["reference"]), {})[str(row["indicator"])] = number(row["benefit"])
    for key in result.case["exchanges"]:
        for reference, row in benefits_of(result, "climate_change", key).items():
            found["exchanges"].setdefault(reference, {})[key] = number(row["benefit"])
    for row in result.tables["economics_summary"]:
        name = {"value": "economics", "npv": "npv"}.get(str(row["indicator"]))
        if name and row["value"] is not None:
            found[name].setdefault(str(row["reference"]), {})[str(row["actor"])] = number(row["value"])
    return {
        name: {reference: {key: _rounded(value) for key, value in own.items()} for reference, own in parts.items()}
        for name, parts in found.items()
        if parts
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0


def tables(results: Assessed) -> str:
    """What the README of an example shows of its result."""
    case = results["case"]
    parts = [_by_reference(case), _by_exchange(case), _by_actor(case), *([_by_variant(results)] if len(results) > 1 else [])]
    return "\n\n".join("\n".join(part) for part in parts)


def _by_reference(result: Assessment) -> list[str]:
    """The headline indicators and every other that may be one, under each reference, with the word for its coverage."""
    others = [
        key
        for key, row in indicators_of(result).items()
        if key not in (*HEADLINES, *_APART)
        and not row["part_of"]
        and benefits_of(result, key)[result.main_reference]["coverage"] in HEADLINE
    ]
    rows = [
        [f"{entry['name']}, {entry['unit']}", *(_cell(cell) for cell in entry["cells"])]
        for entry in comparison(result, (*HEADLINES, *others))["entries"]
    ]
    return _table([f"Benefit in {result.year}, against", *result.case["references"]], rows)


def _cell(cell: Mapping[str, Any]) -> str:
    return "–" if cell["nothing"] else cell["text"] + ("" if cell["complete"] else f" ({cell['word']})")


def _by_exchange(result: Assessment) -> list[str]:
    """What is handed over, its CO2 benefit under each reference, and its value under the main one."""
    references, exchanges = list(result.case["references"]), result.case["exchanges"]
    found = {key: benefits_of(result, "climate_change", key) for key in exchanges}
    climate = {(one, key): number(found[key][one]["benefit"]) for one in references for key in exchanges}
    value = {key: number(worth(result, key)["value_per_year"]["value"]) for key in exchanges}
    size, unit = min(fitting(climate.values(), "kg CO2e"), TONNES)
    money, currency = readable(value.values(), f"{result.case['currency']}/year")
    quantities = handed_over(result)
    rows = [
        [
            f"{count}. {entry['resource']}",
            quantities[key],
            *(significant(climate[one, key] / size) for one in references),
            significant(value[key] / money),
        ]
        for count, (key, entry) in enumerate(exchanges.items(), start=1)
    ]
    heads = [f"CO₂ avoided, {unit} a year, {one}" for one in references]
    return _table(["Exchange", "handed over", *heads, f"value, {currency} a year, {result.main_reference}"], rows)


def _by_actor(result: Assessment) -> list[str]:
    """What the running of a year and of the period is worth to each actor under the main reference."""
    parties = {key: str(entry["name"]) for key, entry in result.case["actors"].items()} | {NETWORK: "All actors"}
    if any(row["actor"] == SOCIETY for row in result.tables["economics"]):
        parties |= {SOCIETY: "Society (taxes less subsidies)", BOTH: "All actors and society"}
    found = {key: summary(result, key) for key in parties}
    columns = []
    for indicator, title in (("value", "a year's running"), ("npv", "net present value")):
        values = [found[key][indicator]["value"] if indicator in found[key] else None for key in parties]
        if any(value is not None for value in values):
            size, unit = readable([number(value) for value in values], f"{result.case['currency']}/year")
            texts = ["–" if value is None else significant(number(value) / size) for value in values]
            columns.append((f"{title}, {unit}", texts))
    rows = [[name, *(texts[index] for _, texts in columns)] for index, name in enumerate(parties.values())]
    rows = [row for row in rows if set(row[1:]) != {"–"}]
    return _table([f"Worth to, {result.main_reference}", *(title for title, _ in columns)], rows)


def _by_variant(results: Assessed) -> list[str]:
    """CO2 and money of the case and its variants under the main reference."""
    climate = {name: benefits_of(one, "climate_change")[one.main_reference] for name, one in results.items()}
    size, unit = min(fitting((number(row["benefit"]) for row in climate.values()), "kg CO2e"), TONNES)
    case = results["case"]
    parties = {key: str(entry["name"]) for one in results.values() for key, entry in one.case["actors"].items()}
    parties[NETWORK] = "all actors"
    discounted = summary(case, NETWORK)["npv"]["value"] is not None
    indicator, title = ("npv", "net present value") if discounted else ("value", "value a year")
    parties = {key: party for key, party in parties.items() if key == NETWORK or _has_money(results, key, indicator)}
    money = {name: [_money_of(one, key, indicator) for key in parties] for name, one in results.items()}
    scale, currency = readable([number(value) for own in money.values() for value in own], f"{case.case['currency']}/year")
    heads = ["Variant", f"CO₂ avoided, {unit} a year", *(f"{title}, {currency}, {party}" for party in parties.values())]
    rows = [
        [
            f"`{name}.yaml`: {one.case['name']}",
            significant(number(climate[name]["benefit"]) / size),
            *("–" if value is None else significant(number(value) / scale) for value in money[name]),
        ]
        for name, one in results.items()
    ]
    if len(parties) > len(results):  # many actors read better below each other
        return _table(*_turned(heads, rows))
    return _table(heads, rows)


def _money_of(result: Assessment, party: str, indicator: str) -> Cell:
    """A figure of all years of an actor; nothing of one who takes no part."""
    return summary(result, party)[indicator]["value"] if party in (*result.case["actors"], NETWORK) else None


def _has_money(results: Assessed, party: str, indicator: str) -> bool:
    """Whether any of the results knows what an actor gains."""
    return any(_money_of(one, party, indicator) is not None for one in results.values())


def _turned(heads: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """A table with its rows as columns."""
    first, *others = (list(column) for column in zip(heads, *rows, strict=True))
    return first, others


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table of Markdown: the first column is text, the others are numbers."""
    heads = list(head)
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def page(text: str, name: str, block: str) -> str:
    """A page with what stands between the comments `<!-- name -->` and `<!-- end -->` replaced."""
    written = f"{block}\n" if block else ""
    return re.sub(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", lambda _: written, text, count=1, flags=re.DOTALL)


def main(names: list[str]) -> None:
    """Bring the named examples, or all, up to date."""
    for folder in sorted(path.parent for path in shipped("examples").glob("*/case.yaml")):
        if names and folder.name not in names:
            continue
        results = assessed(folder)
        readme = folder / "README.md"
        written = {
            folder / "expected.json": json.dumps(expected(results), indent=1) + "\n",
            folder / "network.svg": render_network(results["case"]),
            readme: page(readme.read_text(encoding="utf-8"), "result", tables(results)),
        }
        for path, text in written.items():
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
