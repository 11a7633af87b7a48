"""From what was computed to the tidy tables of a result, and to the findings that need scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca import sharing
from ius_lca.case.schema import Case
from ius_lca.economics.cashflow import MARKET, CashItem, NotStated
from ius_lca.errors import Finding, Level, Stage
from ius_lca.impact.coverage import HEADLINE, Coverage, Gap
from ius_lca.impact.kernel import Contributions
from ius_lca.impact.methods import Indicator
from ius_lca.inventory.graph import Inventory, Scenario, Term
from ius_lca.library.record import Library
from ius_lca.quantity import Evidence
from ius_lca.results import COLUMNS, Cell, Row, rows

IN_YEAR, PROJECT = "in_year", "project"
#: Beside the value: indicators whose share on assumptions is stated.
EVIDENCED = ("climate_change", "primary_energy", "landfill_direct")

#: More than this share on assumptions is a warning.
_MOSTLY = 0.5

_SIGN = {Scenario.REFERENCE: 1.0, Scenario.SYMBIOSIS: -1.0}


@dataclass(frozen=True)
class Computed:
    """Everything an assessment computed, before it becomes tables."""

    case: Case
    library: Library
    indicators: tuple[Indicator, ...]
    inventory: Inventory
    scored: Contributions
    levels: dict[tuple[str, str, str | None], Coverage]
    gaps: list[Gap]
    cash: list[CashItem]
    not_stated: list[NotStated]

    def total(
        self,
        indicator: int,
        reference: str,
        scenario: Scenario | None = None,
        exchange: str | None = None,
        term: Term | None = None,
    ) -> float:
        """Sum over the edges chosen; with no scenario, the benefit: reference minus symbiosis."""
        result = 0.0
        for edge, value in zip(self.inventory.edges, self.scored.scores[:, indicator], strict=True):
            node = self.inventory.nodes[edge.node]
            if node.reference != reference or (exchange is not None and node.exchange != exchange):
                continue
            if (scenario is not None and node.scenario is not scenario) or (term is not None and edge.term is not term):
                continue
            result += float(value) * (_SIGN[node.scenario] if scenario is None else 1.0)
        return result


def result_tables(computed: Computed) -> dict[str, tuple[Row, ...]]:
    """Every table of the result, by name."""
    builders = {
        "benefits": _benefits,
        "exchanges": _exchanges,
        "actors": _actors,
        "economics": _economics,
        "economics_summary": _economics_summary,
        "inventory": _inventory,
        "evidence": _evidence,
        "gaps": _gaps,
        "not_stated": _not_stated,
        "indicators": _indicators,
        "sources": _sources,
    }
    return {name: rows(COLUMNS[name], builders[name](computed)) for name in COLUMNS}


def _benefits(c: Computed) -> Iterator[tuple[Cell, ...]]:
    start, years = c.case.period.start, c.case.period.years
    for reference in c.case.references:
        for column, one in enumerate(c.indicators):
            baseline = c.total(column, reference, Scenario.REFERENCE)
            symbiosis = c.total(column, reference, Scenario.SYMBIOSIS)
            level = c.levels[(reference, one.id, None)].value
            yield reference, one.id, one.unit, IN_YEAR, start, baseline, symbiosis, baseline - symbiosis, level
            whole = (baseline * years, symbiosis * years, (baseline - symbiosis) * years)
            yield reference, one.id, one.unit, PROJECT, None, *whole, level
        # Money counts the other way round: what the reference would cost is negative there.
        saved = sum(item.value for item in c.cash if item.reference == reference and item.scenario is Scenario.REFERENCE)
        spent = sum(item.value for item in c.cash if item.reference == reference and item.scenario is Scenario.SYMBIOSIS)
        level = value_coverage(c, reference).value
        yield reference, "value", f"{c.case.currency}/year", IN_YEAR, start, -saved, spent, spent + saved, level


def value_coverage(c: Computed, reference: str) -> Coverage:
    """`partial` if a price that the network's value needs is not stated; prices between actors cancel."""
    missing = [one for one in c.not_stated if one.reference == reference and one.item != "price"]
    if not missing:
        return Coverage.FULL
    return (
        Coverage.PARTIAL if any(item.counterparty == MARKET for item in c.cash if item.reference == reference) else Coverage.NONE
    )


def _exchanges(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for reference in c.case.references:
        for exchange in c.case.exchanges:
            for column, one in enumerate(c.indicators):
                level = c.levels[(reference, one.id, exchange)].value
                for term in Term:
                    value = c.total(column, reference, exchange=exchange, term=term)
                    yield reference, exchange, one.id, one.unit, IN_YEAR, c.case.period.start, term.value, value, level


def _actors(c: Computed) -> Iterator[tuple[Cell, ...]]:
    start = c.case.period.start
    for reference in c.case.references:
        for column, one in enumerate(c.indicators):
            benefits = {exchange: c.total(column, reference, exchange=exchange) for exchange in c.case.exchanges}
            for rule in sharing.rules_of(c.case):
                for actor, value in sharing.shared(c.case, rule, benefits).items():
                    yield reference, rule, actor, one.id, one.unit, IN_YEAR, start, value
        for actor in c.case.actors:
            # Money follows contracts, whatever the rule for impacts.
            value = sum(item.value for item in c.cash if item.reference == reference and item.actor == actor)
            yield reference, "contracts", actor, "value", f"{c.case.currency}/year", IN_YEAR, start, value


def _economics(c: Computed) -> Iterator[tuple[Cell, ...]]:
    unit = f"{c.case.currency}/year"
    for item in c.cash:
        yield item.reference, item.actor, item.exchange, item.counterparty, item.item, c.case.period.start, unit, item.value


def _economics_summary(c: Computed) -> Iterator[tuple[Cell, ...]]:
    unit, start = f"{c.case.currency}/year", c.case.period.start
    for reference in c.case.references:
        here = [item for item in c.cash if item.reference == reference]
        for actor in c.case.actors:
            yield reference, actor, "value", unit, IN_YEAR, start, sum(item.value for item in here if item.actor == actor)
        yield reference, "network", "value", unit, IN_YEAR, start, sum(item.value for item in here)


def _inventory(c: Computed) -> Iterator[tuple[Cell, ...]]:
    climate = c.scored.indicators.index("climate_change")
    for edge, amount, score in zip(c.inventory.edges, c.scored.amounts, c.scored.scores[:, climate], strict=True):
        node = c.inventory.nodes[edge.node]
        yield (
            node.reference, node.scenario.value, node.exchange, edge.actor, edge.term.value, edge.target, edge.label,
            float(amount), f"{edge.unit}/year", IN_YEAR, edge.evidence.value, float(score),
        )  # fmt: skip


def _evidence(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Share of the absolute terms by the weakest evidence they rest on, for the indicators that may be headlines."""
    for reference in c.case.references:
        for column, one in enumerate(c.indicators):
            if one.id in EVIDENCED:
                terms = [
                    (edge.evidence, float(score))
                    for edge, score in zip(c.inventory.edges, c.scored.scores[:, column], strict=True)
                    if c.inventory.nodes[edge.node].reference == reference
                ]
                yield from ((reference, one.id, *row) for row in _shares(terms))
        # What the actors pay each other cancels in the network's value and weighs nothing here.
        paid = [(item.evidence, item.value) for item in c.cash if item.reference == reference and item.counterparty == MARKET]
        yield from ((reference, "value", *row) for row in _shares(paid))


def _shares(terms: list[tuple[Evidence, float]]) -> Iterator[tuple[str, float]]:
    total = sum(abs(value) for _, value in terms)
    for evidence in Evidence:
        weight = sum(abs(value) for own, value in terms if own is evidence)
        yield evidence.value, weight / total if total else 0.0


def _gaps(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for gap in c.gaps:
        yield gap.reference, gap.indicator, gap.scenario.value, gap.target, gap.climate_share


def _not_stated(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for one in c.not_stated:
        yield one.reference, one.exchange, one.item


def _indicators(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for one in c.indicators:
        method = (
            " / ".join(one.method) if one.method else "own: " + ", ".join(f"{flow} {cf:g}" for flow, cf in one.factors.items())
        )
        yield one.id, one.name, one.unit, one.group, one.part_of, method
    yield "value", "Economic value", f"{c.case.currency}/year", "value", "", "prices of the case, constant, without VAT"


def _sources(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Every source behind the factors that were used, with their inputs, and where in it the numbers stand."""
    used: dict[str, None] = {}
    queue = [edge.target for edge in c.inventory.edges]
    queue += [target for process in c.inventory.processes for target, _ in process.inputs]
    while queue:
        name = queue.pop()
        if name in c.library.records and name not in used:
            used[name] = None
            queue += [line.input for line in c.library.records[name].technosphere]
    cited: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(used):
        for citation in c.library.records[name].sources:
            cited.setdefault(citation.ref, []).append((name, citation.where))
    for ref in sorted(cited):
        source = c.library.sources[ref]
        where = "; ".join(dict.fromkeys(place for _, place in cited[ref]))
        factors = ", ".join(dict.fromkeys(name for name, _ in cited[ref]))
        yield ref, source.title, source.publisher, source.year, source.address, source.licence, factors, where


def result_findings(c: Computed) -> list[Finding]:
    """Findings that need scores."""
    found = [*_order_findings(c), *_coverage_findings(c), *_evidence_findings(c), *_money_findings(c)]
    weight = list(Level)
    return sorted(found, key=lambda finding: weight.index(finding.level))


def _finding(level: Level, code: str, message: str, mend: str = "", path: str = "") -> Finding:
    return Finding(level, code, message, mend, "", path, Stage.RESULT)


def _order_findings(c: Computed) -> Iterator[Finding]:
    column = c.scored.indicators.index("climate_change")
    named = [name for name in ("conservative", "likely", "favourable") if name in c.case.references]
    values = [c.total(column, name) for name in named]
    for (lower, low), (upper, high) in zip(
        zip(named, values, strict=True), list(zip(named, values, strict=True))[1:], strict=False
    ):
        if low > high:
            message = f"the CO2 benefit under '{lower}' ({low:.3g} kg) is larger than under '{upper}' ({high:.3g} kg)."
            yield _finding(Level.WARNING, "reference-order", message, "Check what each reference contains.", "references")
    main = c.total(column, c.case.main_reference)
    for name in c.case.references:
        if c.total(column, name) * main < 0:
            message = f"the sign of the CO2 benefit changes under reference '{name}'."
            yield _finding(Level.WARNING, "sign-change", message, "Say so wherever the figure is quoted.", "references")


def _coverage_findings(c: Computed) -> Iterator[Finding]:
    main = c.case.main_reference
    short = [one for one in c.indicators if not one.part_of and c.levels[(main, one.id, None)] not in HEADLINE]
    if short:
        named = ", ".join(f"{one.name} ({c.levels[(main, one.id, None)].value.replace('_', ' ')})" for one in short)
        message = f"the factors used do not cover these indicators completely: {named}."
        yield _finding(Level.NOTE, "coverage", message, "They are shown with that word and are no headline.", "indicators")


def _evidence_findings(c: Computed) -> Iterator[Finding]:
    for reference, indicator, evidence, share in _evidence(c):
        if indicator == "climate_change" and evidence == Evidence.ASSUMED and isinstance(share, float) and share > _MOSTLY:
            message = f"{share:.0%} of the CO2 terms under '{reference}' rest on an assumed number."
            yield _finding(Level.WARNING, "assumptions", message, "Measure or cite the largest of them.", "exchanges")


def _money_findings(c: Computed) -> Iterator[Finding]:
    for exchange in c.case.exchanges:
        items = sorted({one.item for one in c.not_stated if one.exchange == exchange and one.reference == c.case.main_reference})
        if items:
            message = f"not stated, so the value is incomplete: {', '.join(item.replace('_', ' ') for item in items)}."
            yield _finding(Level.NOTE, "not-stated", message, "", f"exchanges.{exchange}")
