"""Whether a case can be assessed: ids that exist, shares that sum, units that fit, numbers in their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.check_exchange import exchange_problems
from ius_lca.case.check_use import nothing_made_up, use_problems
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem, sums_to_one
from ius_lca.case.schema import Case
from ius_lca.errors import Finding, Level, UnitsError, did_you_mean
from ius_lca.library.read import embedded_library
from ius_lca.library.record import COVERABLE, Library
from ius_lca.yaml_document import Document, Place


def check_case(case: Case, library: Library | None = None, document: Document | None = None) -> list[Finding]:
    """Every finding that needs no scores, errors first.

    library: whose factors the case names; the embedded one if not given.
    document: the file it was read from, for lines.

    >>> from ius_lca.case.read_yaml import read_case
    >>> from ius_lca.paths import shipped
    >>> findings = check_case(read_case(shipped("examples") / "helsingborg" / "case.yaml"))
    >>> [finding for finding in findings if finding.level == "error"]
    []
    """
    found = list(_problems(case, library or embedded_library()))
    findings = [
        Finding(
            one.level,
            one.code,
            one.message,
            one.mend,
            document.where(one.place) if document else "",
            ".".join(str(part) for part in one.place),
        )
        for one in found
    ]
    weight = list(Level)
    return sorted(findings, key=lambda finding: weight.index(finding.level))


def _problems(case: Case, library: Library) -> Iterator[Problem]:
    yield from _network(case)
    for key, process in case.processes.items():
        yield from _process(case, library, key)
        if process.by is not None:
            yield from known_id(process.by, case.actors, ("processes", key, "by"), "actor")
    for key, exchange in case.exchanges.items():
        yield from exchange_problems(case, library, exchange, ("exchanges", key))
    yield from _sharing(case)


def _network(case: Case) -> Iterator[Problem]:
    if not case.exchanges:
        yield problem("no-exchange", ("exchanges",), "there is no exchange.", "Add one.")
    for place, rate in (
        (("discount_rate",), case.discount_rate),
        *((("actors", key, "discount_rate"), actor.discount_rate) for key, actor in case.actors.items()),
    ):
        if rate is not None:
            yield from between(rate, (-0.5, 1.0), place, "the discount rate")
    if case.study.public_comparison:
        yield problem(
            "public-comparison",
            ("study", "public_comparison"),
            "a public comparative assertion on the embedded library alone is refused: too few categories (ISO 14044, 5.3).",
            "Set it to false, or use a full background database and a critical review.",
        )
    if len(case.references) == 1:
        yield Problem(
            Level.WARNING,
            "single-reference",
            ("references",),
            "there is one reference; what would happen otherwise is the weakest part of any claim.",
            "Add a conservative and a favourable one.",
        )


def _sharing(case: Case) -> Iterator[Problem]:
    if case.sharing.rule == "weights" and not case.sharing.weights:
        yield problem("weights", ("sharing", "weights"), "rule 'weights' needs weights.", "State them by exchange and actor.")
    for exchange, weights in case.sharing.weights.items():
        place: Place = ("sharing", "weights", exchange)
        yield from known_id(exchange, case.exchanges, place, "exchange")
        for actor, weight in weights.items():
            yield from known_id(actor, case.actors, (*place, actor), "actor")
            yield from between(weight, SHARE, (*place, actor), "a weight")
        yield from sums_to_one(list(weights.values()), place, "weights")
    if case.sharing.weights:
        for exchange in case.exchanges:
            if exchange not in case.sharing.weights:
                yield problem("weights", ("sharing", "weights"), f"no weights for exchange '{exchange}'.", "State them.")


def _process(case: Case, library: Library, key: str) -> Iterator[Problem]:
    process, place = case.processes[key], ("processes", key)
    try:
        units.factor_between(process.unit, process.unit)
    except UnitsError as error:
        yield problem("unit", (*place, "unit"), str(error))
        return
    for index, use in enumerate(process.inputs):
        yield from use_problems(case, library, use, process.unit, (*place, "inputs", index))
        yield from nothing_made_up(case, use, (*place, "inputs", index))
    for index, emission in enumerate(process.emissions):
        here = (*place, "emissions", index)
        flow = library.flows.get(emission.flow)
        if flow is None:
            hint = did_you_mean(emission.flow, library.flows)
            yield problem("unknown-flow", (*here, "flow"), f"no elementary flow '{emission.flow}'.", hint)
        else:
            yield from fits((*here, "amount"), partial(amounts.per_unit, emission.amount, flow.unit, process.unit))
    for indicator in process.covers or ():
        yield from known_id(indicator, COVERABLE, (*place, "covers"), "indicator")
