"""Write docs/case.md: every key a case file may hold, from the schema that reads it.

Run it after a change in ius_lca/case/schema:  python tools/generate_case_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ius_lca.case.schema.case import Case
from ius_lca.paths import shipped

INTRODUCTION = """# The case file

Every key that a case may hold. `ius-lca new DIR` writes a commented case to start from, and
`examples/helsingborg/case.yaml` uses most of it. Keys in **bold** are required. Unknown keys are errors.

A *quantity* is text such as `400 GWh/year`, `85 %` or `15 kWh/MWh`, or holds keys:
`{value: 400 GWh/year, range: [360, 440], evidence: measured, source: "meter, 2023"}`. In a use, need or leg of transport,
`evidence`, `source`, `range` and `note` may stand beside the amount (or share, or distance) that they belong to.
`evidence` is `measured`, `published` (then `source` is required), `estimated` or `assumed`; a number without a word about
it counts as assumed.

In place of its value a quantity may hold a formula of the case's `parameters`: `{formula: "1/cop*(1 + loss)", unit: MWh/MWh}`,
with numbers, names, `+ - * / **`, `min`, `max` and `exp`.

Money may be stated in any of the currencies and in prices of any year, `{value: 30 EUR/MWh, price_year: 2019}`, or be taken
from the library, `{library: tax.landfill.SE}`: it is converted once, and the result lists every conversion.

A *variant* is a small file beside a case that says only what differs from it, such as who invests:

```yaml
variant_of: case.yaml
name: The receiver invests
exchanges:
  heat:
    money:
      price: 12 EUR/MWh
      investments: [{what: pipe, cost: 2 MEUR, life: 30 years, by: utility}]
```

It is checked and run like a case: `ius-lca run mycase/receiver_invests.yaml -o out`.
"""

_PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def text() -> str:
    """The whole file."""
    schema = Case.model_json_schema(by_alias=True)
    models = {"Case": schema, **{name: entry for name, entry in schema["$defs"].items() if "properties" in entry}}
    return "\n".join([INTRODUCTION, *(line for name, model in models.items() for line in _section(name, model))])


def _section(name: str, model: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{_line(model.get('description', ''))}\n"
    yield "| key | holds | meaning |"
    yield "|---|---|---|"
    for key, entry in model["properties"].items():
        shown = f"**{key}**" if key in model.get("required", []) else key
        yield f"| {shown} | {_holds(entry)} | {_line(entry.get('description', ''))} |"
    yield ""


def _holds(entry: dict[str, Any]) -> str:
    """What a key holds, in words."""
    match entry:
        case {"$ref": str(ref)}:
            name = ref.rpartition("/")[2]
            held = {"Stated": "quantity", "Evidence": "evidence"}.get(name, f"[{name}](#{name.lower()})")
        case {"anyOf": list(choices)}:
            held = " or ".join(dict.fromkeys(_holds(one) for one in choices if one.get("type") != "null"))
        case {"enum": list(words)}:
            held = ", ".join(f"`{word}`" for word in words if word)
        case {"const": word}:
            held = f"`{word}`"
        case {"type": "array", "items": items}:
            held = f"list of {_holds(items)}"
        case {"type": "object", "additionalProperties": dict(values)}:
            held = f"by id: {_holds(values)}"
        case _:
            held = _PLAIN.get(entry.get("type", ""), "")
    return held


def _line(description: str) -> str:
    return " ".join(description.split())


if __name__ == "__main__":
    (shipped("examples").parent / "docs" / "case.md").write_text(text(), encoding="utf-8", newline="\n")
