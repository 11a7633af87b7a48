"""What a report shows, from a result alone. The only place that rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ius_lca.report import charts
from ius_lca.report.figures import fitting, percent, significant
from ius_lca.report.flow_map import FlowMap, Link, flow_map
from ius_lca.report.stated import inputs_by_owner, quantity
from ius_lca.report.words import ITEMS, RULES, TERMS, coverage_word
from ius_lca.results import Assessment, Row

#: Tables by exchange and actor show nothing coarser, so that the small ones stay readable.
_TONNES = (1e3, "t CO₂e")
_HEADLINE = ("full", "full_with_cutoff", "at_least")
_HEADLINES = (
    ("climate_change", "CO₂ avoided", "climate change, 100 years"),
    ("primary_energy", "Primary resources saved", "primary energy, gross calorific value"),
    ("landfill_direct", "Landfill avoided", "waste of these streams"),
    ("value", "Economic value", "for all actors together"),
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

    def _benefits(self, indicator: str, basis: str = "in_year") -> dict[str, Row]:
        return {
            str(row["reference"]): row
            for row in self.result.tables["benefits"]
            if row["indicator"] == indicator and row["basis"] == basis
        }

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
        values = {key: _number(row["benefit"]) for key, row in rows.items()}
        size, unit = fitting(values.values(), str(main["unit"]))
        # The unit suits the headline, unless that would make it unreadably small.
        main_size, main_unit = fitting([values[self.main]], str(main["unit"]))
        shown = main["coverage"] in _HEADLINE
        low, high = min(values.values()), max(values.values())
        span = f"{significant(low / size)} to {significant(high / size)} {unit} under the references tested"
        word = coverage_word(indicator, str(main["coverage"]))
        figure = significant(values[self.main] / main_size)
        return Headline(
            title,
            subtitle,
            figure if shown else "–",
            f"{main_unit} a year",
            word,
            span if shown else "",
            self._assumed(indicator),
            shown,
        )

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
                    "text": significant(_number(rows[key]["benefit"]) / size),
                    "word": coverage_word(indicator, str(rows[key]["coverage"])),
                }
                for key in self.references
            ]
            entries.append({"name": self.indicators[indicator]["name"], "unit": f"{unit} a year", "cells": cells})
        return {"entries": entries, "references": self.references}

    @cached_property
    def reference_chart(self) -> str:
        rows = self._benefits("climate_change")
        size, unit = fitting((_number(row["benefit"]) for row in rows.values()), "kg CO2e")
        bars = [
            (f"{key}: {self.references[key]}", _number(row["benefit"]) / size, significant(_number(row["benefit"]) / size))
            for key, row in rows.items()
        ]
        told = "; ".join(f"{title}: {label} {unit}" for title, _, label in bars)
        return charts.draw(charts.bars_by_reference(bars, unit), "CO2 benefit under each reference", told)

    @cached_property
    def terms(self) -> list[tuple[str, float]]:
        """The six terms of the CO2 benefit under the main reference, whole network [kg CO2e]."""
        sums = dict.fromkeys(TERMS, 0.0)
        for row in self.result.tables["exchanges"]:
            if row["reference"] == self.main and row["indicator"] == "climate_change":
                sums[str(row["term"])] += _number(row["value"])
        return [(TERMS[term], value) for term, value in sums.items()]

    @cached_property
    def waterfall_chart(self) -> str:
        total = sum(value for _, value in self.terms)
        size, unit = fitting([total, *(value for _, value in self.terms)], "kg CO2e")
        rows = [(name, value / size, significant(value / size)) for name, value in [*self.terms, ("Benefit", total)]]
        told = "; ".join(f"{name}: {label} {unit}" for name, _, label in rows)
        return charts.draw(charts.waterfall(rows, unit, "CO₂e avoided"), "The six terms of the CO2 benefit", told)

    @cached_property
    def network(self) -> FlowMap:
        actors = {key: (str(entry["name"]), str(entry.get("kind", ""))) for key, entry in self.case["actors"].items()}
        links = [
            Link(entry["from"], entry["to"], f"{quantity(entry['quantity'])} {entry['resource']}", self._climate(key))
            for key, entry in self.case["exchanges"].items()
        ]
        return flow_map(actors, links)

    @cached_property
    def network_words(self) -> list[str]:
        """The flow picture as sentences."""
        names = {key: entry["name"] for key, entry in self.case["actors"].items()}
        return [
            f"{names[entry['from']]} gives {names[entry['to']]} {quantity(entry['quantity'])} of {entry['resource']}."
            for entry in self.case["exchanges"].values()
        ]

    def _climate(self, exchange: str) -> float:
        return sum(
            _number(row["value"])
            for row in self.result.tables["exchanges"]
            if (row["reference"], row["exchange"], row["indicator"]) == (self.main, exchange, "climate_change")
        )

    @cached_property
    def exchange_table(self) -> dict[str, Any]:
        """CO2 terms per exchange under the main reference."""
        keys = list(self.case["exchanges"])
        values = {key: dict.fromkeys(TERMS, 0.0) for key in keys}
        for row in self.result.tables["exchanges"]:
            if row["reference"] == self.main and row["indicator"] == "climate_change":
                values[str(row["exchange"])][str(row["term"])] += _number(row["value"])
        size, unit = fitting((sum(terms.values()) for terms in values.values()), "kg CO2e")
        size, unit = min((size, unit), _TONNES)
        names = {key: entry["name"] for key, entry in self.case["actors"].items()}
        rows = [
            {
                "name": self.case["exchanges"][key]["resource"],
                "way": f"{names[self.case['exchanges'][key]['from']]} → {names[self.case['exchanges'][key]['to']]}",
                "quantity": quantity(self.case["exchanges"][key]["quantity"]),
                "terms": [significant(value / size) for value in values[key].values()],
                "total": significant(sum(values[key].values()) / size),
            }
            for key in keys
        ]
        network = [sum(values[key][term] for key in keys) for term in TERMS]
        total = {"terms": [significant(value / size) for value in network], "total": significant(sum(network) / size)}
        return {"unit": unit, "terms": list(TERMS.values()), "rows": rows, "total": total}

    @cached_property
    def actor_table(self) -> dict[str, Any]:
        """CO2 benefit per actor under every sharing rule, and money by contract."""
        rules = list(dict.fromkeys(str(row["rule"]) for row in self.result.tables["actors"] if row["rule"] != "contracts"))
        climate: dict[str, dict[str, float]] = {key: {} for key in self.case["actors"]}
        money: dict[str, float] = {}
        for row in self.result.tables["actors"]:
            if row["reference"] != self.main:
                continue
            if row["indicator"] == "climate_change":
                climate[str(row["actor"])][str(row["rule"])] = _number(row["value"])
            if row["indicator"] == "value":
                money[str(row["actor"])] = _number(row["value"])
        size, unit = fitting((abs(value) for values in climate.values() for value in values.values()), "kg CO2e")
        size, unit = min((size, unit), _TONNES)
        money_size, money_unit = fitting(money.values(), f"{self.case['currency']}/year")
        rows = [
            {
                "name": self.case["actors"][key]["name"],
                "shares": [significant(climate[key][rule] / size) for rule in rules],
                "money": significant(money[key] / money_size),
            }
            for key in self.case["actors"]
        ]
        total = {
            "shares": [significant(sum(climate[key][rule] for key in climate) / size) for rule in rules],
            "money": significant(sum(money.values()) / money_size),
        }
        return {
            "unit": unit,
            "money_unit": money_unit,
            "rules": [RULES[rule] for rule in rules],
            "chosen": RULES[self.case["sharing"]["rule"]],
            "rows": rows,
            "total": total,
        }

    @cached_property
    def money_table(self) -> dict[str, Any]:
        """Every payment of a year under the main reference."""
        names = {key: entry["name"] for key, entry in self.case["actors"].items()} | {"market": "outside the case"}
        here = [row for row in self.result.tables["economics"] if row["reference"] == self.main]
        size, unit = fitting((_number(row["value"]) for row in here), f"{self.case['currency']}/year")
        groups = [
            {
                "name": entry["resource"],
                "total": significant(sum(_number(row["value"]) for row in here if row["exchange"] == key) / size),
                "rows": [
                    {
                        "actor": names[str(row["actor"])],
                        "counterparty": names[str(row["counterparty"])],
                        "item": ITEMS[str(row["item"])],
                        "value": significant(_number(row["value"]) / size),
                    }
                    for row in here
                    if row["exchange"] == key
                ],
            }
            for key, entry in self.case["exchanges"].items()
        ]
        total = significant(sum(_number(row["value"]) for row in here) / size)
        missing = [
            f"{self.case['exchanges'][row['exchange']]['resource']}: {str(row['item']).replace('_', ' ')}"
            for row in self.result.tables["not_stated"]
            if row["reference"] == self.main
        ]
        return {"unit": unit, "groups": groups, "total": total, "missing": missing}

    @cached_property
    def indicator_table(self) -> list[dict[str, str]]:
        """All indicators under the main reference, with the word for their coverage."""
        rows = []
        for row in self.result.tables["benefits"]:
            if row["reference"] != self.main or row["basis"] != "in_year":
                continue
            values = [_number(row[key]) for key in ("baseline", "symbiosis", "benefit")]
            size, unit = fitting(values, str(row["unit"]))
            word = str(row["coverage"])
            texts = [significant(value / size) if word != "none" else "–" for value in values]
            entry = self.indicators[str(row["indicator"])]
            rows.append(
                {"name": str(entry["name"]), "part": "yes" if entry["part_of"] else "", "unit": unit, "baseline": texts[0],
                 "symbiosis": texts[1], "benefit": texts[2],
                 "word": coverage_word(str(row["indicator"]), word)}
            )  # fmt: skip
        return rows

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
        return inputs_by_owner(self.case)

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        return [
            {
                "level": finding.level.value,
                "where": finding.where,
                "path": finding.path,
                "text": f"{finding.message} {finding.mend}".strip(),
            }
            for finding in self.result.findings
        ]

    @cached_property
    def disclosures(self) -> list[tuple[str, str]]:
        """What a claim of avoided emissions must disclose, filled or marked 'not stated'."""
        study = self.case["study"]
        period = self.case["period"]
        stated = {
            "Goal": study["goal"],
            "Audience": study["audience"],
            "Commissioner": study["commissioner"],
            "Modelling": study["modelling"],
            "Functional unit": study["functional_unit"],
            "Boundary": study["boundary"],
            "Reference": f"{self.main_title} ({self.main})",
            "Other references tested": "; ".join(title for key, title in self.references.items() if key != self.main),
            "Period": f"{period['years']} years from {period['start']}; the figures are for one year of it, all years alike",
            "Warming potentials": "EF 3.1, IPCC AR6, 100 years; biogenic CO2 counts 0 and is shown apart; no credit for storage",
            "Displacement": "; ".join(self._displacements()),
            "Sharing of the benefit": f"{RULES[self.case['sharing']['rule']]}; the other rules are shown beside it",
            "Measured or expected": "by the word 'evidence' of each number, listed above",
            "Review": study["review"],
        }
        return [(topic, str(text) if text else "not stated") for topic, text in stated.items()]

    def _displacements(self) -> Iterator[str]:
        for entry in self.case["exchanges"].values():
            if "supply" in entry:
                share = entry["supply"]["displacement"]
                yield f"{entry['resource']}: {quantity(share)} ({share['evidence']})"

    @cached_property
    def verification(self) -> str:
        difference = _number(self.result.verification["max_relative_difference"])
        return f"{difference:.0e}" if difference else "0"


def _number(value: object) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"expected a number, not {value!r}")
