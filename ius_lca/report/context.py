"""What a report shows, from a result alone. The only place that rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ius_lca.impact.coverage import HEADLINE
from ius_lca.report import charts
from ius_lca.report.allocations import allocations
from ius_lca.report.circular import CircularView, circular_views
from ius_lca.report.disclosures import disclosures
from ius_lca.report.emission_years import EmissionYears, emission_years
from ius_lca.report.figures import TONNES, fitting, percent, readable, significant
from ius_lca.report.flow_map import FlowMap, Link, flow_map
from ius_lca.report.sharing import sharing_view
from ius_lca.report.stated import inputs_by_owner
from ius_lca.report.streams import streams_view
from ius_lca.report.taken import lines_taken
from ius_lca.report.turning import Turning, turning
from ius_lca.report.words import TERMS, coverage_word, item_word
from ius_lca.report.years import handed_over, over_years
from ius_lca.results import Assessment, Row

#: So many factors are named on a card.
_NAMED = 3
_HEADLINES = (
    ("climate_change", "CO₂ avoided", "climate change, 100 years"),
    ("primary_energy", "Primary resources saved", "primary energy, gross calorific value"),
    ("landfill_direct", "Landfill avoided", "waste of these streams"),
    ("value", "Economic value", "savings minus running costs of all actors, investment not counted"),
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the four numbers at the top."""

    title: str
    subtitle: str
    figure: str
    unit: str
    word: str
    span: str
    assumed: str
    shown: bool


@dataclass(frozen=True)
class Context:
    """Everything the template asks for, already in words and rounded figures."""

    result: Assessment

    @cached_property
    def case(self) -> Mapping[str, Any]:
        return self.result.case

    @property
    def main(self) -> str:
        return self.result.main_reference

    @property
    def main_title(self) -> str:
        return str(self.case["references"][self.main]["title"])

    @cached_property
    def references(self) -> dict[str, str]:
        return {key: str(entry["title"]) for key, entry in self.case["references"].items()}

    def _benefits(self, indicator: str) -> dict[str, Row]:
        """The headline year by reference."""
        return {str(row["reference"]): row for row in self.result.in_year("benefits") if row["indicator"] == indicator}

    @cached_property
    def indicators(self) -> dict[str, Row]:
        return {str(row["id"]): row for row in self.result.tables["indicators"]}

    @cached_property
    def headlines(self) -> list[Headline]:
        """CO2, primary resources, landfill and value under the main reference, with the span over all references."""
        return [self._headline(*entry) for entry in _HEADLINES]

    def _headline(self, indicator: str, title: str, subtitle: str) -> Headline:
        rows = self._benefits(indicator)
        main = rows[self.main]
        own = _number(main["benefit"])
        size, unit = fitting([own], str(main["unit"]))
        shown = main["coverage"] in HEADLINE
        word = coverage_word(indicator, str(main["coverage"]))
        figure = significant(own / size) if shown else "–"
        span = self._span(indicator, size, unit) if shown else self._reason(indicator)
        return Headline(title, subtitle, figure, f"{unit} a year", word, span, self._assumed(indicator), shown)

    def _span(self, indicator: str, size: float, unit: str) -> str:
        """Lowest and highest figure over the references under which the indicator may be a headline."""
        rows = self._benefits(indicator)
        values = [_number(row["benefit"]) for row in rows.values() if row["coverage"] in HEADLINE]
        low, high = significant(min(values) / size), significant(max(values) / size)
        left = [key for key, row in rows.items() if row["coverage"] not in HEADLINE]
        without = f" (without {', '.join(left)}, where it is incomplete)" if left else ""
        span = f"{low} to {high} {unit}" if low != high else "the same"
        return f"{span} under the references tested{without}" if len(values) > 1 else ""

    def _reason(self, indicator: str) -> str:
        """What keeps an indicator from being a headline: the factors behind the largest gaps, or the missing prices."""
        if indicator == "value":
            items = dict.fromkeys(self.money_table["missing"])
        else:
            gaps = [row for row in self.result.tables["gaps"] if (row["reference"], row["indicator"]) == (self.main, indicator)]
            items = dict.fromkeys(str(row["target"]) for row in sorted(gaps, key=lambda row: -_number(row["climate_share"])))
        named = list(items)
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        return f"because of: {', '.join(named[:_NAMED])}{more}"

    def _assumed(self, indicator: str) -> str:
        """The share of a headline that rests on assumed numbers."""
        share = next(
            _number(row["share"])
            for row in self.result.tables["evidence"]
            if (row["reference"], row["indicator"], row["evidence"]) == (self.main, indicator, "assumed")
        )
        return f"{percent(share)} of its terms rest on assumed numbers"

    @cached_property
    def comparison(self) -> dict[str, Any]:
        """Benefit under every reference, for the headline indicators that may be shown."""
        entries = []
        for indicator, *_ in _HEADLINES:
            rows = self._benefits(indicator)
            size, unit = fitting((_number(row["benefit"]) for row in rows.values()), str(rows[self.main]["unit"]))
            cells = [
                {
                    "text": significant(_number(row["benefit"]) / size),
                    "word": coverage_word(indicator, str(row["coverage"])),
                    "complete": row["coverage"] in {"full", "full_with_cutoff"},
                    "nothing": row["coverage"] == "none",
                }
                for row in (rows[key] for key in self.references)
            ]
            entries.append({"name": self.indicators[indicator]["name"], "unit": f"{unit} a year", "cells": cells})
        return {"entries": entries, "references": self.references}

    @cached_property
    def reference_chart(self) -> str:
        rows = self._benefits("climate_change")
        size, unit = fitting((_number(row["benefit"]) for row in rows.values()), "kg CO2e")
        bars = [
            (f"{key}: {self.references[key]}", _number(row["benefit"]) / size, self._labelled(row, size))
            for key, row in rows.items()
        ]
        told = "; ".join(f"{title}: {label} {unit}" for title, _, label in bars)
        return charts.draw(charts.bars_by_reference(bars, unit), "CO2 benefit under each reference", told)

    def _labelled(self, row: Row, size: float) -> str:
        """A figure with the word for its coverage, unless it is complete."""
        text = significant(_number(row["benefit"]) / size)
        complete = row["coverage"] in {"full", "full_with_cutoff"}
        return text if complete else f"{text} ({coverage_word(str(row['indicator']), str(row['coverage']))})"

    @cached_property
    def terms(self) -> list[tuple[str, float]]:
        """The six terms of the CO2 benefit under the main reference, whole network [kg CO2e]."""
        return [(name, sum(terms[term] for terms in self._climate_terms.values())) for term, name in TERMS.items()]

    @cached_property
    def _climate_terms(self) -> dict[str, dict[str, float]]:
        """The six terms by exchange under the main reference [kg CO2e]."""
        values = {key: dict.fromkeys(TERMS, 0.0) for key in self.case["exchanges"]}
        for row in self.result.in_year("exchanges"):
            if row["reference"] == self.main and row["indicator"] == "climate_change":
                values[str(row["exchange"])][str(row["term"])] += _number(row["value"])
        return values

    @cached_property
    def waterfall_chart(self) -> str:
        total = sum(value for _, value in self.terms)
        size, unit = fitting([total, *(value for _, value in self.terms)], "kg CO2e")
        rows = [(name, value / size, significant(value / size)) for name, value in [*self.terms, ("Benefit", total)]]
        told = "; ".join(f"{name}: {label} {unit}" for name, _, label in rows)
        return charts.draw(charts.waterfall(rows, unit, "CO₂e avoided"), "The six terms of the CO2 benefit", told)

    @cached_property
    def network(self) -> FlowMap:
        actors = {key: str(entry["name"]) for key, entry in self.case["actors"].items()}
        links = [
            Link(entry["from"], entry["to"], sum(terms.values()))
            for terms, entry in zip(self._climate_terms.values(), self.case["exchanges"].values(), strict=True)
        ]
        return flow_map(actors, links)

    @cached_property
    def emission_years(self) -> EmissionYears | None:
        """When the CO2 benefit happens, if a part of it comes later."""
        return emission_years(self.result, self.references)

    @cached_property
    def network_words(self) -> list[str]:
        """The flow picture as sentences."""
        names = {key: entry["name"] for key, entry in self.case["actors"].items()}
        return [
            f"{names[entry['from']]} gives {names[entry['to']]} {self.handed_over[key]} of {entry['resource']}."
            for key, entry in self.case["exchanges"].items()
        ]

    @cached_property
    def handed_over(self) -> dict[str, str]:
        """By exchange, what is handed over in the headline year."""
        return handed_over(self.result)

    @cached_property
    def years(self) -> dict[str, Any]:
        """A year, the period and the lifetime apart; the years one by one."""
        return over_years(self.result)

    @cached_property
    def exchange_table(self) -> dict[str, Any]:
        """CO2 terms per exchange under the main reference."""
        keys = list(self.case["exchanges"])
        values = self._climate_terms
        size, unit = fitting((sum(terms.values()) for terms in values.values()), "kg CO2e")
        size, unit = min((size, unit), TONNES)
        names = {key: entry["name"] for key, entry in self.case["actors"].items()}
        rows = [
            {
                "name": self.case["exchanges"][key]["resource"],
                "way": f"{names[self.case['exchanges'][key]['from']]} → {names[self.case['exchanges'][key]['to']]}",
                "quantity": self.handed_over[key],
                "terms": [significant(value / size) for value in values[key].values()],
                "total": significant(sum(values[key].values()) / size),
            }
            for key in keys
        ]
        network = [sum(values[key][term] for key in keys) for term in TERMS]
        total = {"terms": [significant(value / size) for value in network], "total": significant(sum(network) / size)}
        return {"unit": unit, "terms": list(TERMS.values()), "rows": rows, "total": total}

    @cached_property
    def sharing(self) -> dict[str, Any]:
        """Who gets the CO2 benefit by every rule, whom a rule leaves worse off, and what is counted twice in parallel."""
        return sharing_view(self.result)

    @cached_property
    def money_table(self) -> dict[str, Any]:
        """Every payment of a year under the main reference."""
        names = {key: entry["name"] for key, entry in self.case["actors"].items()} | {"market": "outside the case"}
        here = [row for row in self.result.in_year("economics") if row["reference"] == self.main]
        size, unit = readable((_number(row["value"]) for row in here), f"{self.case['currency']}/year")
        groups = [
            {
                "name": entry["resource"],
                "total": significant(sum(_number(row["value"]) for row in here if row["exchange"] == key) / size)
                if any(row["exchange"] == key for row in here)
                else "–",
                "rows": [
                    {
                        "actor": names[str(row["actor"])],
                        "counterparty": names[str(row["counterparty"])],
                        "item": item_word(str(row["item"]), _number(row["value"])),
                        "value": significant(_number(row["value"]) / size),
                    }
                    for row in here
                    if row["exchange"] == key
                ],
            }
            for key, entry in self.case["exchanges"].items()
        ]
        total = significant(sum(_number(row["value"]) for row in here) / size)
        missing = dict.fromkeys(
            f"{self.case['exchanges'][row['exchange']]['resource']}: {str(row['item']).replace('avoided_', 'avoided ')}"
            for row in self.result.tables["not_stated"]
            if row["reference"] == self.main
        )
        return {"unit": unit, "groups": groups, "total": total, "missing": list(missing)}

    @cached_property
    def indicator_table(self) -> list[dict[str, str]]:
        """All indicators under the main reference, with the word for their coverage."""
        rows = []
        for row in self.result.in_year("benefits"):
            if row["reference"] != self.main:
                continue
            values = [_number(row[key]) for key in ("baseline", "symbiosis", "benefit")]
            entry = self.indicators[str(row["indicator"])]
            whole = self._benefits(str(entry["part_of"] or row["indicator"]))[self.main]
            size, unit = fitting([_number(whole[key]) for key in ("baseline", "symbiosis", "benefit")], str(row["unit"]))
            word = str(row["coverage"])
            texts = [significant(value / size) if word != "none" else "–" for value in values]
            rows.append(
                {"name": str(entry["name"]), "part": "yes" if entry["part_of"] else "", "unit": unit, "baseline": texts[0],
                 "symbiosis": texts[1], "benefit": texts[2],
                 "word": coverage_word(str(row["indicator"]), word)}
            )  # fmt: skip
        return rows

    @cached_property
    def shortfalls(self) -> list[tuple[str, str]]:
        """By indicator, the factors that fall short under the main reference."""
        named: dict[str, list[str]] = {}
        for row in self.result.tables["shortfalls"]:
            if row["reference"] == self.main and not self.indicators[str(row["indicator"])]["part_of"]:
                named.setdefault(str(self.indicators[str(row["indicator"])]["name"]), []).append(str(row["factor"]))
        return [(name, ", ".join(factors)) for name, factors in named.items()]

    @cached_property
    def evidence(self) -> list[tuple[str, str]]:
        return [
            (str(row["evidence"]), percent(_number(row["share"])))
            for row in self.result.tables["evidence"]
            if row["reference"] == self.main and row["indicator"] == "climate_change"
        ]

    @cached_property
    def evidence_chart(self) -> str:
        shares = [
            (str(row["evidence"]), _number(row["share"]))
            for row in self.result.tables["evidence"]
            if row["reference"] == self.main and row["indicator"] == "climate_change"
        ]
        told = "; ".join(f"{name}: {share}" for name, share in self.evidence)
        return charts.draw(charts.evidence_bar(shares), "What the CO2 terms rest on", told)

    @cached_property
    def inputs(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Every number the user stated, with what it rests on, by exchange or process."""
        return inputs_by_owner(self.result)

    @cached_property
    def allocations(self) -> list[dict[str, str]]:
        """The share of its burdens that each product of a process carries."""
        return allocations(self.result)

    @cached_property
    def taken(self) -> dict[str, Any]:
        """What both scenarios take under the main reference, factor by factor."""
        return lines_taken(self.result, self.main)

    @cached_property
    def streams(self) -> dict[str, Any]:
        """Class, seasons and relative weight of the streams."""
        return streams_view(self.result, self.main)

    @cached_property
    def circular(self) -> list[CircularView]:
        """The Circular Footprint Formula and module D of the exchanges that ask for them."""
        return circular_views(self.result)

    @cached_property
    def turning(self) -> Turning:
        """What would turn the CO2 benefit of each exchange."""
        return turning(self.result)

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        return [
            {
                "level": finding.level.value,
                "where": finding.where,
                "path": finding.path,
                "text": f"{finding.message} {finding.mend}".strip(),
                "code": finding.code,
            }
            for finding in self.result.findings
        ]

    @cached_property
    def disclosures(self) -> list[tuple[str, str]]:
        """What a claim of avoided emissions must disclose, filled or marked 'not stated'."""
        return disclosures(self.result, self.references)

    @cached_property
    def verification(self) -> str:
        difference = _number(self.result.verification["max_relative_difference"])
        return f"{difference:.0e}" if difference else "0"


def _number(value: object) -> float:
    """A number of the result; what is not covered has none, and its word stands where it would be shown."""
    if value is None:
        return 0.0
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"expected a number, not {value!r}")
