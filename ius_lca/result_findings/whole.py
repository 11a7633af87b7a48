"""Everything that a result shows by itself: what its references, coverage and evidence say, and what the modules beside find."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ius_lca.analysis import Analysis
from ius_lca.case.numbers import numbers
from ius_lca.computed import Computed
from ius_lca.errors import Finding, Level, Stage
from ius_lca.finding_order import by_weight
from ius_lca.impact.coverage import COVERED, HEADLINE
from ius_lca.quantity import Evidence
from ius_lca.result_findings.claims import claim_findings
from ius_lca.result_findings.corridors import corridor_findings
from ius_lca.result_findings.factors import factor_findings
from ius_lca.result_findings.open_signs import open_signs
from ius_lca.result_findings.remaining import remaining_findings
from ius_lca.sharing.core import worse_off
from ius_lca.tables import evidence_shares
from ius_lca.yaml_document import dotted

#: More than this share on assumptions is a warning.
_MOSTLY = 0.5
#: So many assumed numbers are named; those of money are no part of CO2.
_NAMED, _PRICED = 5, {"money", "price", "tax", "cost", "residual_value", "operation", "economics"}
#: References whose climate benefits agree this closely are one reference under several names.
_SAME = 1e-9


def result_findings(computed: Computed, analysis: Analysis | None = None) -> list[Finding]:
    """Everything that the result itself shows, heaviest first.

    analysis: of the same case, if it is at hand.
    """
    made = analysis or Analysis(computed)
    here = (_references, _coverage, _screening, _electricity, _assumptions, _money)
    own = (*here, corridor_findings, remaining_findings, claim_findings, factor_findings)
    found = [finding for part in own for finding in part(computed)]
    return by_weight([*found, *_sharing(made), *open_signs(made.break_evens, computed.case.main_reference)])


def _finding(level: Level, code: str, message: str, mend: str = "", path: str = "") -> Finding:
    return Finding(level, code, message, mend, "", path, Stage.RESULT)


def _references(c: Computed) -> Iterator[Finding]:
    values = {name: c.totals.benefit("climate_change", name) for name in c.case.references}
    order = [name for name in ("conservative", "likely", "favourable") if name in values]
    for lower, upper in pairwise(order):
        if values[lower] > values[upper]:
            low, high = (f"{values[name] / 1000:,.0f} t" for name in (lower, upper))
            message = f"the CO2 benefit under '{lower}' ({low}) is larger than under '{upper}' ({high})."
            yield _finding(Level.WARNING, "reference-order", message, "Check what each reference contains.", "references")
    main = values[c.case.main_reference]
    for name, value in values.items():
        if value * main < 0:
            message = f"the sign of the CO2 benefit changes under reference '{name}'."
            yield _finding(Level.WARNING, "sign-change", message, "Say so wherever the figure is quoted.", "references")
    largest = max(abs(value) for value in values.values())
    if len(values) > 1 and max(values.values()) - min(values.values()) <= _SAME * largest:
        message = "the CO2 benefit is the same under every reference, so they test nothing."
        yield _finding(Level.WARNING, "same-references", message, "Let them differ in supply or disposal.", "references")


def _coverage(c: Computed) -> Iterator[Finding]:
    main = c.case.main_reference
    short = [one for one in c.indicators if not one.part_of and c.levels[(main, one.id, None)] not in HEADLINE]
    if short:
        named = ", ".join(f"{one.name} ({COVERED[c.levels[(main, one.id, None)]]})" for one in short)
        message = f"the factors used do not cover these indicators completely: {named}."
        yield _finding(Level.NOTE, "coverage", message, "They are shown with that word and are no headline.", "indicators")


def _screening(c: Computed) -> Iterator[Finding]:
    older: dict[str, list[str]] = {}
    for record in c.records:
        if record.gwp not in {None, "AR6"}:
            older.setdefault(str(record.gwp), []).append(record.id)
    for gwp, factors in older.items():
        message = f"{len(factors)} factors are bare CO2e figures published with {gwp} potentials; all gases count by AR6."
        mend = "They are listed in the result (table screening), and in the report under Disclosures."
        yield _finding(Level.NOTE, "mixed-gwp", message, mend, "climate_change")


def _electricity(c: Computed) -> Iterator[Finding]:
    """Factors carry the electricity of where they were measured, or of EU27; elsewhere that can decide a result."""
    own = f"electricity.mix.{c.case.place.partition('-')[0]}"
    found: dict[str, list[str]] = {}
    for record in c.used[c.case.main_reference]:
        if record.id in c.library.own:
            continue  # changed by the case, so its electricity was looked at
        for line in record.technosphere:
            if line.input.startswith("electricity.mix.") and line.input != own and record.category != "energy/electricity":
                found.setdefault(line.input, []).append(record.id)
    for mix, factors in found.items():
        message = f"the case lies in {c.case.place}, but these factors run on {mix}: {', '.join(factors)}."
        mend = f"Where one of them weighs much, name it with 'instead: {{{mix}: {own}}}'."
        yield _finding(Level.NOTE, "other-electricity", message, mend, "climate_change")


def _assumptions(c: Computed) -> Iterator[Finding]:
    told = [
        f"{share:.0%} under '{reference}'".replace("%", " %")
        for reference, exchange, indicator, evidence, share in evidence_shares(c)
        if (exchange, indicator) == ("", "climate_change") and evidence == Evidence.ASSUMED.value and share > _MOSTLY
    ]
    if told:
        message = f"most of the CO2 terms rest on an assumed number: {', '.join(told)}."
        yield _finding(Level.WARNING, "assumptions", message, _largest_assumed(c), "exchanges")


def _largest_assumed(c: Computed) -> str:
    """The assumed numbers of the exchange behind the largest term that rests on one, under any reference."""
    climate = np.abs(c.scored.scores[:, c.scored.indicators.index("climate_change")])
    nodes = c.inventory.nodes
    _, key = max(
        (float(climate[row]), nodes[edge.node].exchange)
        for row, edge in enumerate(c.inventory.edges)
        if edge.evidence is Evidence.ASSUMED
    )
    assumed = [
        dotted(place[2:])
        for stated, place in numbers(c.case)
        if place[:2] == ("exchanges", key) and stated.evidence is Evidence.ASSUMED and not _PRICED & {*place}
    ]
    more = f" and {len(assumed) - _NAMED} more" if len(assumed) > _NAMED else ""
    named = f"{', '.join(assumed[:_NAMED])}{more}" if assumed else "in the processes that it takes"
    return f"Measure or cite those behind the largest term first, in '{key}': {named}."


def _money(c: Computed) -> Iterator[Finding]:
    for exchange in c.case.exchanges:
        missing = [one for one in c.not_stated if (one.exchange, one.reference) == (exchange, c.case.main_reference)]
        if missing:
            named = ", ".join(sorted({one.item.replace("avoided_", "avoided ") for one in missing}))
            message = f"not stated, so the value is incomplete: {named}."
            yield _finding(Level.NOTE, "not-stated", message, "", f"exchanges.{exchange}")


def _sharing(analysis: Analysis) -> Iterator[Finding]:
    """Where the chosen rule gives nothing, and whom it gives less than what that actor has alone."""
    c = analysis.computed
    rule, path = c.case.sharing.rule, "sharing.rule"
    for reference, (played, allocations) in analysis.shares.items():
        allocation = next(one for one in allocations if one.rule == rule)
        if allocation.shares is None:
            message = f"the rule '{rule}' is not defined under '{reference}', so no actor has a share there: {allocation.reason}."
            yield _finding(Level.WARNING, "rule-not-defined", message, "State what it needs, or choose another rule.", path)
            continue
        if reference == c.case.main_reference:
            for group in worse_off(played, allocation.shares.values, "climate_change"):
                name = c.case.actors[group.actors[0]].name
                given, alone = (f"{value / 1000:,.4g} t" for value in (group.allocated, group.alone))
                message = (
                    f"the rule '{rule}' gives {name} {given} of the CO2 benefit under '{reference}', and alone it has {alone}."
                )
                mend = "It has no incentive to take part as far as CO2 goes; look at the other rules."
                yield _finding(Level.WARNING, "worse-off", message, mend, path)
