"""The figures that a funder asks for and, apart from them, what the exchanges are worth to others, as the report shows them."""

from __future__ import annotations

from typing import Any

from ius_lca.report.figures import number, readable, significant
from ius_lca.report.money_rows import money_unit
from ius_lca.report.stated import quantity
from ius_lca.results import IN_YEAR, PROJECT, Assessment, Row

_FIGURES = {
    "additional_sales": "Additional sales: what the actors are paid by each other for streams",
    "cost_savings": "Cost savings: the rest of the yearly value",
    "private_investment": "Private investment with replacements, less grants",
    "public_money": "Public money: grants, subsidies, facilitation",
    "private_per_public": "Private investment per public money",
    "public_money_per_t_co2e": "Public money per tonne of CO₂e avoided",
    "public_money_per_t_landfill": "Public money per tonne kept from landfill",
    "jobs_created": "Full-time jobs created, as stated",
    "jobs_safeguarded": "Full-time jobs safeguarded, as stated",
}
#: One cost divided by one metric after the other.
_LANDFILL = "public_money_per_t_landfill"
_DIVIDED = ("public_money_per_t_co2e", _LANDFILL)
#: What says something only where there is public money.
_PUBLIC = ("public_money", "private_per_public", *_DIVIDED)
_NONE = "–"


def funder_view(result: Assessment) -> dict[str, Any]:
    """Figures and external value under the main reference; each empty where the case says nothing of it.

    divided: whether the warning on costs per metric is due.
    """
    shown = _shown(result)
    return {
        "figures": [{"name": _FIGURES[name], **_figure(row, result.case["currency"])} for name, row in shown.items()],
        "divided": any(name in shown for name in _DIVIDED),
        "external": _external(result),
    }


def _shown(result: Assessment) -> dict[str, Row]:
    """Rows with a value, or with the reason why there is none; of public money only where there is some."""
    here = {None, result.main_reference}
    rows = {str(row["measure"]): row for row in result.tables["funder_figures"] if row["reference"] in here}
    told = {name: row for name in _FIGURES if (row := rows.get(name)) and (row["value"] or row["reason"])}
    if told.get(_LANDFILL, {}).get("reason") == "nothing is avoided":
        del told[_LANDFILL]  # nobody asks what a tonne costs where none was ever brought there
    if not rows["public_money"]["value"]:
        told = {name: row for name, row in told.items() if name not in _PUBLIC}
    return told if any(row["value"] for row in told.values()) else {}


def _figure(row: Row, currency: str) -> dict[str, str]:
    """A value in its unit with what is to be said of it, or the reason why there is none."""
    if row["value"] is None:
        return {"value": _NONE, "unit": "", "reason": str(row["reason"])}
    value, unit = number(row["value"]), str(row["unit"])
    if unit == "jobs":  # as they were typed
        return {"value": quantity({"value": value, "unit": ""}), "unit": "", "reason": ""}
    if unit.partition("/year")[0] == currency:
        size, name = readable([value], unit)
        told = f"{name} a year" if unit.endswith("/year") else name
        return {"value": significant(value / size), "unit": told, "reason": str(row["reason"])}
    return {"value": significant(value), "unit": "" if unit == "1" else money_unit(unit), "reason": str(row["reason"])}


def _external(result: Assessment) -> list[dict[str, str]]:
    """Each price of avoided impacts with its value in the headline year and over the period."""
    external, names = result.case["economics"]["external"], {row["id"]: str(row["name"]) for row in result.tables["indicators"]}
    rows = {
        (row["kind"], row["indicator"], row["basis"]): row
        for row in result.tables["external_value"]
        if row["reference"] == result.main_reference and row["year"] in {None, result.year}
    }
    priced = [("carbon", "climate_change", external["carbon"]["price"])] if "carbon" in external else []
    priced += [("damage", one["indicator"], one["cost"]) for one in external["damages"]]
    told = []
    for kind, indicator, price in priced:
        name = f"Cost of damage by {names[indicator].lower()}"
        if kind == "carbon":
            share = external["carbon"]["not_yet_priced"]
            name = f"Carbon price, on the {quantity(share)} that carry none yet"
        year, period = (_figure(rows[kind, indicator, basis], result.case["currency"]) for basis in (IN_YEAR, PROJECT))
        told.append(
            {
                "name": name,
                "price": quantity(price),
                "basis": "; ".join(str(price[key]) for key in ("evidence", "source", "note") if price.get(key)),
                "year": f"{year['value']} {year['unit']}".strip(),
                "period": f"{period['value']} {period['unit']}".strip(),
                "reason": year["reason"] or period["reason"],
            }
        )
    return told
