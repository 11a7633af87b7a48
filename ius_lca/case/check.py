"""Whether a case can be assessed: ids that exist, shares that sum, units that fit, numbers in their meaning."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca import units
from ius_lca.case.cascade import handed_over
from ius_lca.case.checks.cascade import cascade_problems
from ius_lca.case.checks.claims import claim_problems
from ius_lca.case.checks.emissions import activity_problems
from ius_lca.case.checks.exchange import exchange_problems
from ius_lca.case.checks.external import external_problems
from ius_lca.case.checks.investments import economics_problems, investment_problems
from ius_lca.case.checks.legality import legality_problems
from ius_lca.case.checks.operations import operations_problems
from ius_lca.case.checks.processes import product_problems
from ius_lca.case.checks.promises import promise_problems
from ius_lca.case.checks.sharing import sharing_problems
from ius_lca.case.checks.use import Role, target_problems
from ius_lca.case.checks.years import course_problems, path_problems, range_problems
from ius_lca.case.currency import in_case_money
from ius_lca.case.localise import localised
from ius_lca.case.parameters import parameter_problems
from ius_lca.case.problems import Problem, between, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Backup, Equipment, Need, Transport
from ius_lca.case.targets import targets
from ius_lca.errors import Finding, Level, UnitsError, did_you_mean
from ius_lca.finding_order import by_weight
from ius_lca.library.indicators import definitions
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library
from ius_lca.yaml_document import Document, dotted


def check_case(case: Case, library: Library | None = None, document: Document | None = None) -> list[Finding]:
    """Every finding that needs no scores, heaviest first.

    library: whose factors the case names; the embedded one if not given.
    document: the file it was read from, for lines.

    >>> from ius_lca.case.read_yaml import read_case
    >>> from ius_lca.paths import shipped
    >>> findings = check_case(read_case(shipped("examples") / "helsingborg" / "case.yaml"))
    >>> [finding for finding in findings if finding.level == "error"]
    []
    """
    # The same thing wrong in several uses of one number is one problem.
    found = dict.fromkeys(_problems(case, library or embedded_library()))
    findings = [
        Finding(
            one.level,
            one.code,
            one.message,
            one.mend,
            document.where(one.place) if document else "",
            dotted(one.place),
        )
        for one in found
    ]
    return by_weight(findings)


def _problems(case: Case, embedded: Library) -> Iterator[Problem]:
    case, _, found = in_case_money(case, embedded)
    yield from found
    # Nothing stands in for a price that the library does not have: that it has no unit either is not told.
    missing = {one.place for one in found if one.level is Level.ERROR}
    yield from (one for one in _problems_of_converted(case, embedded) if one.place not in missing)


def _problems_of_converted(case: Case, embedded: Library) -> Iterator[Problem]:
    """Everything about a case whose money is in its currency and in prices of its price year."""
    yield from _network(case)
    yield from _place(case, embedded)
    library, problems = localised(case, embedded)
    yield from problems
    for key, process in case.processes.items():
        yield from _process(case, library, key)
        if process.by is not None:
            yield from known_id(process.by, case.actors, ("processes", key, "by"), "actor")
    quantities = handed_over(case, library)
    for key in case.exchanges:
        yield from exchange_problems(case, library, key, quantities)
    yield from operations_problems(case, library, quantities)
    yield from range_problems(case)
    course = [*course_problems(case)]
    has_years = not course
    if has_years:
        yield from investment_problems(case)
        course = [*path_problems(case)]
    course += cascade_problems(case, library, all_years=has_years)
    yield from course
    if not any(one.level is Level.ERROR for one in course):
        yield from promise_problems(case, library)
    yield from economics_problems(case)
    yield from external_problems(case)
    yield from claim_problems(case)
    yield from sharing_problems(case)
    yield from legality_problems(case, library)
    yield from _same_ids(case)
    yield from _unused(case)
    yield from parameter_problems(case)


def _place(case: Case, library: Library) -> Iterator[Problem]:
    if library.around(case.place)[0] not in library.places:
        message = f"the library knows no place '{case.place}', so no mix, price or law is found by it."
        mend = did_you_mean(case.place, library.places) or "Nothing is wrong if it is a country of which the library has nothing."
        yield Problem(Level.NOTE, "place-not-known", ("place",), message, mend)


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
    yield from _headlines(case)
    if "likely" not in case.references and len(case.references) > 1:
        message = f"none of them is called 'likely', so '{case.main_reference}' is the main one."
        yield Problem(Level.NOTE, "main-reference", ("references",), message, "Name the most probable one 'likely'.")
    if len(case.references) == 1:
        yield Problem(
            Level.WARNING,
            "single-reference",
            ("references",),
            "there is one reference; what would happen otherwise is the weakest part of any claim.",
            "Add a conservative and a favourable one.",
        )


def _unused(case: Case) -> Iterator[Problem]:
    """What stands in the case and plays no part in its result."""
    active = _active(case)
    for key in case.actors:
        if key not in active:
            yield Problem(Level.NOTE, "unused", ("actors", key), "this actor has no part in any exchange.")
    taken = {
        name for use, _ in targets(case) for name in (use.process, use.factor, *use.makes_up.values(), *use.instead.values())
    }
    taken |= {leg.factor for exchange in case.exchanges.values() for leg in exchange.transport}
    for key in case.factors:
        if key not in taken:
            yield Problem(Level.NOTE, "unused", ("factors", key), "nothing takes this factor.")
    for key in case.processes:
        if key not in taken:
            yield Problem(Level.NOTE, "unused", ("processes", key), "nothing takes from this process.")


def _same_ids(case: Case) -> Iterator[Problem]:
    """Exchanges, processes and factors share one set of ids, as makes_up may name any of them."""
    for key in case.processes:
        if key in case.exchanges:
            yield problem("duplicate-id", ("processes", key), "an exchange has the same id.", "Rename one of them.")
    for key in case.factors:
        if key in case.exchanges or key in case.processes:
            yield problem("duplicate-id", ("factors", key), "an exchange or process has the same id.", "Rename one of them.")


def _active(case: Case) -> set[str]:
    """Actors who give, take, carry or pay."""
    active = {process.by for process in case.processes.values() if process.by}
    payments = [*case.economics.facilitation, *(one for entry in case.exchanges.values() for one in entry.money.payments)]
    bought = [*case.economics.investments, *(one for entry in case.exchanges.values() for one in entry.money.investments)]
    active |= {one.from_ for one in payments} | {one.to for one in payments} | {one.by for one in bought}
    for exchange in case.exchanges.values():
        parts: tuple[Need | Transport | Equipment | Backup, ...] = (
            *exchange.needs,
            *exchange.transport,
            *exchange.equipment,
            *exchange.backup,
        )
        active |= {exchange.from_, exchange.to, *(part.by for part in parts)}
        active |= {exchange.previous_use.by} if exchange.previous_use and exchange.previous_use.by else set()
        active |= {exchange.residue.by} if exchange.residue and exchange.residue.by else set()
    return active


def _headlines(case: Case) -> Iterator[Problem]:
    computed = [key for key, one in definitions().items() if not one.on_request]
    for index, headline in enumerate(case.study.headlines):
        place = ("study", "headlines", index)
        yield from known_id(headline.indicator, computed, (*place, "indicator"), "indicator")
        if headline.exchange:
            yield from known_id(headline.exchange, case.exchanges, (*place, "exchange"), "exchange")


def _process(case: Case, library: Library, key: str) -> Iterator[Problem]:
    process, place = case.processes[key], ("processes", key)
    try:
        units.factor_between(process.unit, process.unit)
    except UnitsError as error:
        yield problem("unit", (*place, "unit"), str(error))
        return
    for index, use in enumerate(process.inputs):
        yield from target_problems(case, library, use, base=process.unit, place=(*place, "inputs", index), role=Role.INSIDE)
    yield from activity_problems(process, library, place)
    yield from product_problems(process, case.currency, place)
    for index, emission in enumerate(process.emissions):
        if emission.amount.value < 0:
            message = f"the amount of {emission.flow} is negative: a credit has no place in a process."
            mend = "Say what is avoided in 'supply', 'disposal' or 'makes_up'."
            yield problem("credit-in-factor", (*place, "emissions", index, "amount"), message, mend)
