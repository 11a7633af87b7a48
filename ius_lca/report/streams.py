"""What each stream is: its class and footprint, the seasons of heat, and its part in the operations of an actor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ius_lca.report import charts
from ius_lca.report.figures import number, percent, pretty_unit, significant
from ius_lca.report.stated import quantity
from ius_lca.report.words import CLASSES, COMPLETE, MEASURES, coverage_word
from ius_lca.results import Assessment, Row
from ius_lca.units import convert

#: What a class means for whoever states a figure of the stream.
_CONSEQUENCES = {
    "waste": "comes without the donor's upstream",
    "contested": "waste or product: both footprints belong together",
    "by_product": "may carry a part of the donor's upstream",
    "not_stated": "–",
}
_VALUED = {"price": "by its price", "saving": "by what it saves the receiver"}


def streams_view(result: Assessment, reference: str) -> dict[str, Any]:
    """Classes, seasons and relative figures under a reference; each empty where the case says nothing of it."""
    return {
        "classes": _classes(result, reference),
        "seasons": _seasons(result),
        "relative": _relative(result, reference),
    }


def _classes(result: Assessment, reference: str) -> list[dict[str, str]]:
    rows = result.tables["stream_classes"]
    if all(row["class"] == "not_stated" for row in rows):
        return []
    exchanges = result.case["exchanges"]
    footprints = {
        (str(row["exchange"]), str(row["allocation"])): row
        for row in result.tables["footprints"]
        if row["reference"] == reference and row["indicator"] == "climate_change"
    }
    shares = {str(row["exchange"]): row for row in result.tables["upstream_shares"] if row["reference"] == reference}
    return [
        {
            "name": exchanges[key]["resource"],
            "price": quantity(exchanges[key]["money"]["price"]) if row["price"] is not None else "not stated",
            "class": CLASSES[str(row["class"])],
            "consequence": _CONSEQUENCES[str(row["class"])],
            "cut_off": _footprint(footprints.get((key, "cut_off"))),
            "economic": _footprint(footprints.get((key, "economic"))),
            "share": _share(shares.get(key)),
        }
        for key, row in ((str(row["exchange"]), row) for row in rows)
    ]


def _footprint(row: Row | None) -> str:
    """A footprint with its unit, and the word for its coverage unless it is complete."""
    if row is None or row["value"] is None:
        return "–" if row is None else coverage_word("climate_change", str(row["coverage"]))
    value, unit = number(row["value"]), str(row["unit"])
    for large, per in (("/GWh", "/MWh"), ("/Mm3", "/m3")):  # as prices are stated and others compare
        if unit.endswith(large):
            value, unit = convert(value, unit, to := unit.replace(large, per)), to
    text = f"{significant(value)} {pretty_unit(unit)}"
    return text if row["coverage"] == "full" else f"{coverage_word('climate_change', str(row['coverage']))} {text}"


def _share(row: Row | None) -> str:
    return "" if row is None else f"{percent(number(row['share']))} of it, {_VALUED[str(row['value_from'])]}"


def _seasons(result: Assessment) -> list[dict[str, str]]:
    """A chart and a sentence for every exchange whose heat is stated by month."""
    exchanges = result.case["exchanges"]
    shown = []
    for key in dict.fromkeys(str(row["exchange"]) for row in result.tables["heat_months"]):
        months = [row for row in result.tables["heat_months"] if row["exchange"] == key]
        year = {str(row["measure"]): number(row["value"]) for row in result.tables["heat_overlap"] if row["exchange"] == key}
        unit = pretty_unit(str(months[0]["unit"]))
        name, heat = exchanges[key]["resource"], exchanges[key]["heat"]
        told = "; ".join(
            f"{row['month']}: {', '.join(f'{side} {significant(number(row[side]))}' for side in ('donor', 'receiver', 'used'))}"
            for row in months
        )
        parts = [
            f"{percent(year[measure])} of {what}"
            for measure, what in (
                ("share_of_donor", "what the donor has available"),
                ("share_of_receiver", "what the receiver can take"),
            )
            if measure in year
        ]
        overlap = f"; the seasons overlap by {percent(year['overlap'])}" if "overlap" in year else ""
        when = ", in the first year" if exchanges[key]["persistence"]["kind"] != "none" else ""
        shown.append(
            {
                "name": name,
                "chart": charts.draw(_month_chart(months, unit), f"Heat by month: {name}", f"{told} {unit}"),
                "text": f"{significant(year['used'])} {unit} a year are used{when}: {' and '.join(parts) or 'nothing'}{overlap}.",
                "sources": "; ".join(
                    f"{side}: {_basis(heat[f'{side}_profile'])}" for side in ("donor", "receiver")
                ),
            }
        )  # fmt: skip
    return shown


def _basis(profile: Mapping[str, Any]) -> str:
    """What a profile rests on."""
    return ", ".join(str(profile[word]) for word in ("evidence", "source", "note") if profile[word])


def _month_chart(months: list[Row], unit: str) -> dict[str, Any]:
    """What is used by month as bars, below the lines of what the donor has and what the receiver can take."""
    values = [{**row, "month": str(row["month"])[:3]} for row in months]
    month = {"field": "month", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    lines = [
        {
            "mark": {"type": "line", "interpolate": "step", "strokeDash": dash, "strokeWidth": 2},
            "encoding": {"y": {"field": side, "type": "quantitative"}, "color": {"datum": label}},
        }
        for side, label, dash in (("donor", "donor has available", [1, 0]), ("receiver", "receiver can take", [5, 3]))
    ]
    bars = {
        "mark": {"type": "bar", "width": {"band": 0.7}},
        "encoding": {
            "y": {"field": "used", "type": "quantitative", "title": f"{unit} a month"},
            "color": {"datum": "used"},
        },
    }
    scale = {"domain": ["used", "donor has available", "receiver can take"], "range": [charts.GAIN, charts.COST, charts.TOTAL]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 620,
        "height": 170,
        "data": {"values": values},
        "encoding": {"x": month, "color": {"scale": scale, "legend": {"title": None, "orient": "top", "labelFontSize": 12}}},
        "layer": [bars, *lines],
    }


def _relative(result: Assessment, reference: str) -> list[dict[str, Any]]:
    """For every actor that states its totals: its flows, and their shares of the totals."""
    actors = result.case["actors"]
    return [
        {
            "name": entry["name"],
            "rows": [
                {
                    "measure": MEASURES[str(row["measure"])],
                    "value": _measured(row),
                    "of": quantity(entry["operations"][row["of"]]) if row["of"] else "",
                    "evidence": entry["operations"][row["of"]]["evidence"] if row["of"] else "",
                }
                for row in result.tables["relative"]
                if row["actor"] == key and row["reference"] in {None, reference}
            ],
        }
        for key, entry in actors.items()
        if "operations" in entry
    ]


def _measured(row: Row) -> str:
    if row["value"] is None:
        return coverage_word("climate_change", str(row["coverage"]))
    if row["unit"] != "1":
        return f"{significant(number(row['value']))} {pretty_unit(str(row['unit']))}".replace("/year", " a year")
    text = f"{significant(number(row['value']) * 100)}\u00a0%"
    word = "" if row["coverage"] in COMPLETE else f"{coverage_word('climate_change', str(row['coverage']))} "
    return f"{word}{text}"
