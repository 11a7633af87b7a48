"""From what was computed to the tidy tables of a result, and to the findings that need scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from math import fsum

from ius_lca import units
from ius_lca.analysis import Analysis
from ius_lca.case import allocation, amounts
from ius_lca.case.years import first_ten, period
from ius_lca.circular import rows as circular
from ius_lca.computed import Computed
from ius_lca.economics.items import Kind
from ius_lca.impact.coverage import Coverage
from ius_lca.impact.methods import HEADLINE_INDICATORS
from ius_lca.impact.timing import emission_years
from ius_lca.impact.totals import Totals, total_over
from ius_lca.inventory.graph import Scenario, Term
from ius_lca.quantity import Evidence
from ius_lca.results import COLUMNS, FIRST_10_YEARS, IN_YEAR, LIFETIME, PROJECT, Cell, Row, rows
from ius_lca.sensitivity import break_even, switching
from ius_lca.sharing.rows import actor_rows, core_rows, parallel_rows
from ius_lca.streams.classes import class_rows
from ius_lca.streams.footprints import footprint_rows, upstream_share_rows
from ius_lca.streams.legality import legality_rows
from ius_lca.streams.relative import relative_rows
from ius_lca.streams.seasons import month_rows, overlap_rows
from ius_lca.valuation.cash_table import cash_flow_rows
from ius_lca.valuation.conversions import conversion_rows
from ius_lca.valuation.corridors import corridor_rows, variation_rows
from ius_lca.valuation.external import external_rows
from ius_lca.valuation.funder import funder_rows
from ius_lca.valuation.summary import exchange_rows, summary_rows

#: Coverage by reference, indicator and exchange; exchange None stands for the network.
Levels = dict[tuple[str, str, str | None], Coverage]


def result_tables(computed: Computed, *names: str, analysis: Analysis | None = None) -> dict[str, tuple[Row, ...]]:
    """The tables of the result that are named, or every one of them, by name.

    analysis: of the same case, if it is at hand.
    """
    made = analysis or Analysis(computed)
    builders: dict[str, Callable[[Computed], Iterator[tuple[Cell, ...]]]] = {
        "benefits": _benefits,
        "exchanges": _exchanges,
        "sums": _sums,
        "actors": lambda c: actor_rows(c, shares=made.shares),
        "parallel": lambda c: parallel_rows(c, shares=made.shares),
        "core": lambda c: core_rows(c, shares=made.shares),
        "corridors": corridor_rows,
        "corridor_variations": variation_rows,
        "economics": _economics,
        "funder_figures": funder_rows,
        "external_value": external_rows,
        "economics_summary": summary_rows,
        "economics_exchanges": exchange_rows,
        "conversions": conversion_rows,
        "cash_flow": cash_flow_rows,
        "quantities": _quantities,
        "emission_years": _emission_years,
        "inventory": _inventory,
        "switching_values": switching.table,
        "break_evens": lambda _: break_even.table(made.break_evens),
        "evidence": evidence_shares,
        "gaps": _gaps,
        "shortfalls": _shortfalls,
        "screening": _screening,
        "not_stated": _not_stated,
        "circular_footprint": circular.footprint_rows,
        "module_d": circular.module_d_rows,
        "circular_parameters": circular.parameter_rows,
        "legality": legality_rows,
        "indicators": _indicators,
        "stream_classes": class_rows,
        "upstream_shares": upstream_share_rows,
        "footprints": footprint_rows,
        "heat_months": month_rows,
        "heat_overlap": overlap_rows,
        "relative": lambda c: relative_rows(c, shares=made.shares),
        "allocations": _allocations,
        "substitutions": _substitutions,
        "sources": _sources,
    }
    return {name: rows(COLUMNS[name], builders[name](computed)) for name in names or COLUMNS}


def _benefits(c: Computed) -> Iterator[tuple[Cell, ...]]:
    shown, paid = list(bases(c)), {year: c.cash_flow.at(year) for year in c.years_shown}
    for reference in c.case.references:
        for one in c.indicators:
            for basis, year, totals, levels in shown:
                level = levels[(reference, one.id, None)]
                baseline, symbiosis = (totals.burden(one.id, reference, scenario) for scenario in Scenario)
                values = (baseline, symbiosis, baseline - symbiosis)
                yield reference, one.id, one.unit, basis, year, *_unless_none(level, *values), level.value
        # Money counts the other way round: what the reference would cost is negative there. fsum, so that prices between
        # actors cancel to the last digit, however large they are.
        level = value_coverage(c, reference)
        for year, items in paid.items():
            here = [item for item in items if item.reference == reference]
            saved = fsum(item.value for item in here if item.scenario is Scenario.REFERENCE)
            spent = fsum(item.value for item in here if item.scenario is Scenario.SYMBIOSIS)
            money = _unless_none(level, -saved, spent, spent + saved)
            yield reference, "value", f"{c.case.currency}/year", IN_YEAR, year, *money, level.value


def bases(c: Computed) -> Iterator[tuple[str, int | None, Totals, Levels]]:
    """Totals of single years, of the period, of the first ten years and of the lifetime, each with its word, year, coverage."""
    for year in c.years_shown:
        yield IN_YEAR, year, c.over_years[year], c.levels_over((year,))
    summed: dict[str, Sequence[int]] = {PROJECT: period(c.case)}
    if (funded := first_ten(c.case)) is not None:
        summed[FIRST_10_YEARS] = funded
    if any(exchange.life for exchange in c.case.exchanges.values()):
        summed[LIFETIME] = tuple(c.over_years)
    for basis, years in summed.items():
        yield basis, None, total_over(years, c.over_years), c.levels_over(years)


def _unless_none(level: Coverage, *values: float) -> tuple[float | None, ...]:
    """Numbers of a result, or nothing where it is not covered at all: that is not zero."""
    return values if level is not Coverage.NONE else (None,) * len(values)


def value_coverage(c: Computed, reference: str) -> Coverage:
    """`partial` if a price that the network's value needs is not stated; prices between actors cancel."""
    missing = [one for one in c.not_stated if one.reference == reference and one.item != "price"]
    if not missing:
        return Coverage.FULL
    known = any(item.leaves_participants for item in c.cash if item.reference == reference)
    return Coverage.PARTIAL if known else Coverage.NONE


def _exchanges(c: Computed) -> Iterator[tuple[Cell, ...]]:
    shown = [one for one in bases(c) if one[1] in {c.year, None}]
    for reference in c.case.references:
        for exchange in c.case.exchanges:
            for one in c.indicators:
                for basis, year, totals, levels in shown:
                    level = levels[(reference, one.id, exchange)]
                    for term in Term:
                        (value,) = _unless_none(level, totals.benefit(one.id, reference, exchange, term))
                        yield reference, exchange, one.id, one.unit, basis, year, term.value, value, level.value


def _sums(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """What reports add up of climate change and money in the headline year: terms of the network, and every exchange."""
    climate, totals = next(one for one in c.indicators if one.id == "climate_change"), c.over_years[c.year]
    for reference in c.case.references:
        terms = {key: [totals.benefit(climate.id, reference, key, term) for term in Term] for key in c.case.exchanges}
        for index, term in enumerate(Term):
            of_all = fsum(values[index] for values in terms.values())
            yield reference, "network", climate.id, climate.unit, c.year, term.value, of_all
        for key, values in terms.items():
            yield reference, key, climate.id, climate.unit, c.year, "benefit", fsum(values)
            paid = [item.value for item in c.cash if (item.reference, item.exchange) == (reference, key)]
            yield reference, key, "value", f"{c.case.currency}/year", c.year, "benefit", fsum(paid) if paid else None


def _economics(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Every payment in every year in which there is one, and those of the running in every year of the period."""
    flow, currency = c.cash_flow, c.case.currency
    for item, values in zip(flow.items, flow.values.tolist(), strict=True):
        for year, value in zip(flow.years, values, strict=True):
            if value or (item.kind is Kind.OPERATING and year >= c.case.period.start):
                side = (item.reference, item.actor, item.exchange, item.counterparty, item.item)
                yield *side, year, currency, value, item.kind.value, item.label


def _quantities(c: Computed) -> Iterator[tuple[Cell, ...]]:
    handed_over = c.system.quantities
    for column, (key, exchange) in enumerate(c.case.exchanges.items()):
        for year in c.years_shown:
            yield key, year, exchange.quantity.unit, float(handed_over[c.system.years.index(year), column])


def _emission_years(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for one in emission_years(c.inventory, c.library, c.scored, c.indicators):
        yield astuple(one)


def _inventory(c: Computed) -> Iterator[tuple[Cell, ...]]:
    climate = c.scored.indicators.index("climate_change")
    for edge, amount, score in zip(c.inventory.edges, c.scored.amounts, c.scored.scores[:, climate], strict=True):
        node = c.inventory.nodes[edge.node]
        yield (
            node.reference, node.scenario.value, node.exchange, edge.actor, edge.term.value, edge.target, edge.label,
            float(amount), f"{edge.unit}/year", IN_YEAR, edge.evidence.value, float(score),
        )  # fmt: skip


def evidence_shares(c: Computed) -> Iterator[tuple[str, str, str, str, float]]:
    """Share of the absolute terms by the weakest evidence they rest on, for what may be a headline of this case.

    The exchange is empty where all of them are meant.
    """
    wanted = dict.fromkeys(("", one) for one in HEADLINE_INDICATORS)
    wanted |= dict.fromkeys((one.exchange, one.indicator) for one in c.case.study.headlines)
    for reference in c.case.references:
        for exchange, indicator in wanted:
            column = c.scored.indicators.index(indicator)
            terms = [
                (edge.evidence, float(score))
                for edge, score in zip(c.inventory.edges, c.scored.scores[:, column], strict=True)
                if (node := c.inventory.nodes[edge.node]).reference == reference and exchange in ("", node.exchange)
            ]
            yield from ((reference, exchange, indicator, *row) for row in _shares(terms))
        # What the actors pay each other cancels in the network's value and weighs nothing here.
        paid = [(item.evidence, item.value) for item in c.cash if item.reference == reference and item.leaves_participants]
        yield from ((reference, "", "value", *row) for row in _shares(paid))


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
        yield one.reference, one.exchange, one.actor, one.item


def _shortfalls(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Records behind the result whose own exchanges do not cover an indicator."""
    for reference, records in c.used.items():
        for one in c.indicators:
            for record in records:
                if not record.own_covers(one.covered_by, excludes_screening=one.excludes_screening):
                    yield reference, one.id, record.id


def _screening(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Records behind the result that carry a bare CO2e figure, and the warming potentials behind it."""
    for record in c.records:
        if record.gwp is not None:
            yield record.id, record.gwp


def _indicators(c: Computed) -> Iterator[tuple[Cell, ...]]:
    for one in c.indicators:
        method = (
            " / ".join(one.method) if one.method else "own: " + ", ".join(f"{flow} {cf:g}" for flow, cf in one.factors.items())
        )
        yield one.id, one.name, one.unit, one.group, one.part_of, method
    level = "in the money of each year" if c.case.economics.nominal else f"constant, of {c.case.prices_of}"
    yield "value", "Economic value", f"{c.case.currency}/year", "value", "", f"prices of the case, {level}, without VAT"


def _allocations(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The share that each product of a process carries; none where its co-products are made up instead."""
    for key, process in c.case.processes.items():
        if process.coproducts:
            for product, share in allocation.shares(process, c.case.currency).items():
                made_up = not allocation.allocated(process) and product in process.coproducts
                yield key, process.allocation, product, None if made_up else share


def _substitutions(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """The property of both products behind every substitution by a property, each with its source, and the ratio."""
    for reference in c.case.references:
        for key, exchange in c.case.exchanges.items():
            supply = exchange.supply
            if supply is None or supply.substitution.equal is None:
                continue
            for use in supply.under(reference):
                found = amounts.functional_of(exchange, supply, use, c.case, c.library)
                place = (reference, key, use.target, supply.substitution.equal)
                yield *place, "stream", found.stream.value, found.stream.unit, found.stream.source
                yield *place, "product", found.product.value, found.product.unit, found.product.source
                unit = units.per(amounts.target_unit(use, c.case, c.library), amounts.base_unit(exchange))
                ratio = supply.substitution.to("") * found.ratio
                yield *place, "substitution", ratio, unit, "from both"


def _sources(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """Every source behind the factors and prices that were used, and where in it the numbers stand."""
    cited: dict[str, list[tuple[str, str]]] = {}
    for entry in c.cited:
        for citation in entry.sources:
            cited.setdefault(citation.ref, []).append((entry.id, citation.where))
    for ref in sorted(cited):
        source = c.library.sources[ref]
        where = "; ".join(dict.fromkeys(place for _, place in cited[ref]))
        factors = ", ".join(dict.fromkeys(name for name, _ in cited[ref]))
        yield ref, source.title, source.publisher, source.year, source.address, source.licence, factors, where
