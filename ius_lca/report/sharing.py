"""Who gets the benefit, as the report shows it: the rules side by side, the core, the parallel view."""

from __future__ import annotations

from typing import Any

from ius_lca.report.figures import TONNES, fitting, number, readable, significant
from ius_lca.report.words import RULES
from ius_lca.results import Assessment, Row

_NONE = "–"
_CLIMATE = "climate_change"
#: For so many exchanges it is told why the prices split no gain.
_NAMED = 3


def sharing_view(result: Assessment) -> dict[str, Any]:
    """Everything under the main reference: CO2 by rule, money by contract, core, and the parallel view."""
    climate = [row for row in _here(result, "actors") if row["indicator"] == _CLIMATE]
    size, unit = min(fitting((abs(number(row["value"])) for row in climate), "kg CO2e"), TONNES)
    chosen = str(result.case["sharing"]["rule"])
    return {
        **_table(result, climate, size),
        "unit": unit,
        "chosen": RULES[chosen],
        "undefined": _undefined(result, climate),
        "core": _core(result, size, unit),
        "sampled": _sampled(climate, size, unit),
        "parallel": _parallel(result, size),
    }


def _table(result: Assessment, climate: list[Row], size: float) -> dict[str, Any]:
    """One row per actor: its share by every rule, and its money by contract."""
    actors, currency = result.case["actors"], result.case["currency"]
    rules = list(dict.fromkeys(str(row["rule"]) for row in climate))
    values = {(str(row["actor"]), str(row["rule"])): row["value"] for row in climate}
    money = {str(row["actor"]): number(row["value"]) for row in _here(result, "actors") if row["rule"] == "contracts"}
    money_size, money_unit = readable(money.values(), f"{currency}/year")
    missing = {row["actor"] for row in _here(result, "not_stated")}

    def text(value: object) -> str:
        return _NONE if value is None else significant(number(value) / size)

    def total(rule: str) -> float | None:
        shares = [values[key, rule] for key in actors]
        return None if None in shares else sum(number(share) for share in shares)

    return {
        "rules": [RULES[rule] for rule in rules],
        "money_unit": money_unit,
        "rows": [
            {
                "name": entry["name"],
                "shares": [text(values[key, rule]) for rule in rules],
                "money": significant(money[key] / money_size),
                "missing": "prices are missing" if key in missing else "",
            }
            for key, entry in actors.items()
        ],
        "total": {
            "shares": [text(total(rule)) for rule in rules],
            "money": significant(sum(money.values()) / money_size),
        },
    }


def _undefined(result: Assessment, climate: list[Row]) -> list[str]:
    """Why the prices split no gain, exchange by exchange; nothing where they do."""
    if all(row["value"] is not None for row in climate if row["rule"] == "surplus"):
        return []
    exchanges = result.case["exchanges"]
    rows = [row for row in _here(result, "corridors") if row["item"] == "donor_share" and row["value"] is None]
    told = [f"{exchanges[row['exchange']]['resource']} ({str(row['reason']).replace('; not stated: ', ', ')})" for row in rows]
    return [*told[:_NAMED], *([f"and {len(told) - _NAMED} more"] if len(told) > _NAMED else [])]


def _core(result: Assessment, size: float, unit: str) -> dict[str, Any]:
    """Rules under which nobody would have more CO2 benefit without the others, and whom the other rules leave worse off."""
    names = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    by_rule: dict[str, list[Row]] = {}
    for row in _here(result, "core"):
        if row["indicator"] == _CLIMATE:
            by_rule.setdefault(RULES[str(row["rule"])], []).append(row)
    short = {rule: [row for row in rows if row["shortfall"]] for rule, rows in by_rule.items()}
    return {
        "fine": [rule for rule, rows in short.items() if not rows],
        "short": {
            rule: [
                f"{' with '.join(names[actor] for actor in str(row['coalition']).split('+'))}: "
                f"{significant(number(row['allocated']) / size)} {unit}, "
                f"and without the others {significant(number(row['alone']) / size)}"
                for row in rows
            ]
            for rule, rows in short.items()
            if rows
        },
        "all_tested": all(row["tested"] == "all" for rows in by_rule.values() for row in rows),
    }


def _sampled(climate: list[Row], size: float, unit: str) -> str:
    """The largest standard error, where a rule was sampled."""
    errors = [number(row["error"]) for row in climate if row["error"] is not None]
    return f"{significant(max(errors) / size)} {unit}" if errors else ""


def _parallel(result: Assessment, size: float) -> dict[str, Any]:
    """What the actors would claim side by side; nothing where the indicator is not covered."""
    rows = [row for row in _here(result, "parallel") if row["indicator"] == _CLIMATE]
    names = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    claims = [(names[str(row["actor"])], significant(number(row["value"]) / size)) for row in rows if row["item"] == "claimed"]
    sums = {str(row["item"]): significant(number(row["value"]) / size) for row in rows if row["item"] != "claimed"}
    return {"claims": claims, **sums}


def _here(result: Assessment, table: str) -> list[Row]:
    """Rows of a table under the main reference."""
    return [row for row in result.tables[table] if row["reference"] == result.main_reference]
