"""Charts of a report: Vega-Lite specifications as plain values, drawn as SVG that needs no script."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

#: Colours that differ in lightness too, so that they survive a black-and-white printer and colour blindness.
GAIN, COST, TOTAL = "#2a7f62", "#c8642b", "#1f4e79"

#: Thousands are set apart as everywhere else in a report.
THIN = "replace(datum.label, /,/g, '\u202f')"

_CONFIG: dict[str, Any] = {
    "background": None,
    "font": "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": "#333", "titleColor": "#333",
             "gridColor": "#e3e7ec", "domainColor": "#9aa5b1", "tickColor": "#9aa5b1", "labelLimit": 320},
    "text": {"fontSize": 12, "color": "#222"},
}  # fmt: skip


def draw(spec: dict[str, Any], title: str, description: str) -> str:
    """A specification as an SVG element with its text alternative."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG})
    label = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    # One group of attributes and the alternative go in right after the opening tag.
    opening = re.compile(r"<svg ([^>]*)>")
    return opening.sub(
        lambda match: f'<svg role="img" aria-label={quoteattr(f"{title}. {description}")} {match[1]}>{label}', svg, count=1
    )


def bars_by_reference(rows: Sequence[tuple[str, float, str]], unit: str) -> dict[str, Any]:
    """Benefit under every reference: (title, value, label)."""
    values = [{"reference": "|".join(textwrap.wrap(title, 44)), "value": value, "label": label} for title, value, label in rows]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520,
        "height": {"step": 50},
        "data": {"values": values},
        "encoding": {"y": {"field": "reference", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 300, "labelExpr": "split(datum.label, '|')"}}},
        "layer": [
            {
                "mark": {"type": "bar", "height": 22},
                "encoding": {
                    "x": {"field": "value", "type": "quantitative", "title": f"benefit [{unit} a year]", "axis": {"tickCount": 5, "labelExpr": THIN}},
                    "color": {"condition": {"test": "datum.value < 0", "value": COST}, "value": GAIN},
                },
            },
            {
                # Beside a bar that goes to the left the number stands at its root, where nothing is.
                "transform": [{"calculate": "max(datum.value, 0)", "as": "end"}],
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "label"}},
            },
        ],
    }  # fmt: skip


def waterfall(rows: Sequence[tuple[str, float, str]], unit: str, total_name: str) -> dict[str, Any]:
    """Terms that add up to the benefit: (term, value, label)."""
    values: list[dict[str, Any]] = []
    reached = 0.0
    for term, value, label in rows[:-1]:
        values.append(
            {"term": term, "from": reached, "to": reached + value, "label": label, "kind": "gain" if value >= 0 else "cost"}
        )
        reached += value
    total, value, label = rows[-1]
    values.append({"term": total, "from": 0.0, "to": value, "label": label, "kind": "total"})
    for entry in values:
        entry["top"] = max(entry["from"], entry["to"])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": {"step": 106},
        "height": 180,
        "data": {"values": values},
        "encoding": {"x": {"field": "term", "type": "nominal", "sort": None, "title": None,
                           "axis": {"labelAngle": 0, "labelLimit": 104, "labelExpr": "split(datum.label, ' ')", "domain": False, "ticks": False}}},
        "layer": [
            {
                "mark": {"type": "bar", "width": 46},
                "encoding": {
                    "y": {"field": "from", "type": "quantitative", "title": f"{total_name} [{unit} a year]", "axis": {"labelExpr": THIN}},
                    "y2": {"field": "to"},
                    "color": {"field": "kind", "type": "nominal", "legend": None,
                              "scale": {"domain": ["gain", "cost", "total"], "range": [GAIN, COST, TOTAL]}},
                },
            },
            {
                "mark": {"type": "text", "dy": -8},
                "encoding": {"y": {"field": "top", "type": "quantitative"}, "text": {"field": "label"}},
            },
            {"mark": {"type": "rule", "color": "#333"}, "encoding": {"y": {"datum": 0}, "x": {"value": 0}, "x2": {"value": "width"}}},
        ],
    }  # fmt: skip


def lines_by_year(points: Sequence[tuple[str, int, float]], unit: str, references: Sequence[str]) -> dict[str, Any]:
    """Benefit of each year under every reference: (reference, year, value)."""
    values = [{"reference": reference, "year": str(year), "value": value} for reference, year, value in points]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 760,
        "height": 220,
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 28}},
                "encoding": {
                    "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
                    "y": {"field": "value", "type": "quantitative", "title": f"benefit [{unit} a year]", "axis": {"tickCount": 5, "labelExpr": THIN}},
                    "color": {"field": "reference", "type": "nominal", "sort": None, "legend": {"title": None, "orient": "top", "labelFontSize": 12, "symbolType": "stroke", "symbolSize": 400},
                              "scale": {"domain": list(references), "range": [TOTAL, GAIN, COST, "#e0b84c", "#6b5b95"]}},
                    "strokeDash": {"field": "reference", "type": "nominal", "sort": None, "legend": None, "scale": {"domain": list(references)}},
                },
            },
            {"mark": {"type": "rule", "color": "#333"}, "encoding": {"y": {"datum": 0}, "x": {"value": 0}, "x2": {"value": "width"}}},
        ],
    }  # fmt: skip


def bars_by_year(rows: Sequence[tuple[int, float]], unit: str) -> dict[str, Any]:
    """Benefit by calendar year of emission: (year, value)."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 800,
        "height": 180,
        "data": {"values": [{"year": year, "value": value} for year, value in rows]},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": "emitted in",
                  "axis": {"labelAngle": 0, "ticks": False, "labelPadding": 9, "labelOverlap": False, "labelExpr": "datum.value % 10 == 0 ? datum.label : ''"}},
            "y": {"field": "value", "type": "quantitative", "title": f"benefit [{unit}]", "axis": {"tickCount": 5, "labelExpr": THIN}},
            "color": {"condition": {"test": "datum.value < 0", "value": COST}, "value": GAIN},
        },
    }  # fmt: skip


def evidence_bar(rows: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """Share of the result by what it rests on: (evidence, share)."""
    colours = {"measured": "#1f4e79", "published": "#2a7f62", "estimated": "#e0b84c", "assumed": "#c8642b"}
    values = [{"evidence": name, "share": share, "order": index} for index, (name, share) in enumerate(rows)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 800,
        "height": 30,
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "share", "type": "quantitative", "stack": "normalize", "title": None, "axis": {"format": "%", "tickCount": 5}},
            "order": {"field": "order"},
            "color": {
                "field": "evidence", "type": "nominal", "sort": None, "legend": {"title": None, "orient": "top", "labelFontSize": 12},
                "scale": {"domain": list(colours), "range": list(colours.values())},
            },
        },
    }  # fmt: skip
