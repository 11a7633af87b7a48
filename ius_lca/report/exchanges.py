"""Exchange by exchange: where the CO2 benefit comes from, and who gives what to whom."""

from __future__ import annotations

from typing import Any, TypeAlias

from ius_lca.report import charts
from ius_lca.report.figures import TONNES, fitting, number, significant
from ius_lca.report.flow_map import FlowMap, Link, flow_map
from ius_lca.report.words import TERMS
from ius_lca.report.years import handed_over
from ius_lca.results import Assessment

#: By exchange, its six terms [kg CO2e].
Terms: TypeAlias = dict[str, dict[str, float]]


def climate_terms(result: Assessment) -> Terms:
    """The six terms by exchange under the main reference [kg CO2e]."""
    values = {key: dict.fromkeys(TERMS, 0.0) for key in result.case["exchanges"]}
    for row in result.in_year("exchanges"):
        if row["reference"] == result.main_reference and row["indicator"] == "climate_change":
            values[str(row["exchange"])][str(row["term"])] += number(row["value"])
    return values


def waterfall_chart(values: Terms) -> str:
    """The six terms of the CO2 benefit, whole network, as steps."""
    terms = [(name, sum(own[term] for own in values.values())) for term, name in TERMS.items()]
    total = sum(value for _, value in terms)
    size, unit = fitting([total, *(value for _, value in terms)], "kg CO2e")
    rows = [(name, value / size, significant(value / size)) for name, value in [*terms, ("Benefit", total)]]
    told = "; ".join(f"{name}: {label} {unit}" for name, _, label in rows)
    return charts.draw(charts.waterfall(rows, unit, "CO₂e avoided"), "The six terms of the CO2 benefit", told)


def network(result: Assessment, values: Terms) -> FlowMap:
    """Actors and exchanges as a picture."""
    actors = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    links = [
        Link(entry["from"], entry["to"], sum(terms.values()))
        for terms, entry in zip(values.values(), result.case["exchanges"].values(), strict=True)
    ]
    return flow_map(actors, links)


def network_words(result: Assessment) -> list[str]:
    """The flow picture as sentences."""
    quantities = handed_over(result)
    names = {key: entry["name"] for key, entry in result.case["actors"].items()}
    return [
        f"From {names[entry['from']]} to {names[entry['to']]}: {quantities[key]} of {entry['resource']}."
        for key, entry in result.case["exchanges"].items()
    ]


def exchange_table(result: Assessment, values: Terms) -> dict[str, Any]:
    """CO2 terms per exchange under the main reference."""
    size, unit = min(fitting((sum(terms.values()) for terms in values.values()), "kg CO2e"), TONNES)
    quantities = handed_over(result)
    names = {key: entry["name"] for key, entry in result.case["actors"].items()}
    rows = [
        {
            "name": entry["resource"],
            "way": f"{names[entry['from']]} → {names[entry['to']]}",
            "quantity": quantities[key],
            "terms": [significant(value / size) for value in values[key].values()],
            "total": significant(sum(values[key].values()) / size),
        }
        for key, entry in result.case["exchanges"].items()
    ]
    sums = [sum(terms[term] for terms in values.values()) for term in TERMS]
    total = {"terms": [significant(value / size) for value in sums], "total": significant(sum(sums) / size)}
    return {"unit": unit, "terms": list(TERMS.values()), "rows": rows, "total": total}
