"""The whole calculation on one screen: case -> inventory -> scores -> shares -> assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version

from ius_lca import __version__
from ius_lca.analysis import Analysis
from ius_lca.case.check import check_case
from ius_lca.case.currency import in_case_money
from ius_lca.case.localise import localised
from ius_lca.case.schema.case import Case
from ius_lca.computed import Computed, compute
from ius_lca.errors import CaseError, Finding, Level
from ius_lca.finding_order import by_weight
from ius_lca.impact.methods import NOT_ASSESSED, chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.impact.verify import verify
from ius_lca.inventory.graph import Inventory
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library
from ius_lca.result_findings.whole import result_findings
from ius_lca.results import Assessment
from ius_lca.tables import result_tables
from ius_lca.yaml_document import Document

#: The libraries whose versions a result names.
_COMPUTES = ("bw2calc", "bw_processing", "numpy", "scipy", "pint")


def assess(
    case: Case,
    *,
    library: Library | None = None,
    methods: tuple[str, ...] = (),
    document: Document | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Assessment:
    """The benefit of a symbiosis under every reference, for the network, each exchange and each actor.

    library: factors; the embedded ones if not given.  methods: indicators that are computed on request only.
    document: the file of the case, for findings with lines.  progress: told what is being done.

    Raises CaseError (the case has errors), KeyError (no such method), VerificationError (a fault of ours).

    >>> from ius_lca import read_case
    >>> from ius_lca.paths import shipped
    >>> assessment = assess(read_case(shipped("examples") / "helsingborg" / "case.yaml"))
    >>> float(assessment.verification["max_relative_difference"]) <= 1e-9
    True
    """
    indicators = chosen(methods)
    progress("reading the factor library")
    library = library or embedded_library()
    findings = check_case(case, library, document)
    if any(finding.level is Level.ERROR for finding in findings):
        raise CaseError(findings)
    progress("building the inventories and scoring them")
    in_money, conversions, _ = in_case_money(case, library)
    library, _ = localised(case, library)
    computed = compute(in_money, library, unit_scores(library, indicators), indicators, conversions)
    progress("scoring the whole system again with Brightway")
    checked = verify(_years_to_verify(computed), library, indicators, computed.over_years)
    analysis = Analysis(computed)
    return Assessment(
        case=case.model_dump(mode="json", by_alias=True, exclude_none=True),
        main_reference=case.main_reference,
        year=computed.year,
        versions={"ius_lca": __version__} | {name: version(name) for name in _COMPUTES},
        library={"version": library.version, "sha256": library.sha256},
        verification={
            "engine": checked.engine,
            "max_relative_difference": checked.max_relative_difference,
            "terms_difference": checked.terms_difference,
        },
        findings=tuple(by_weight([*findings, *_with_lines(result_findings(computed, analysis), document)])),
        not_assessed=NOT_ASSESSED,
        tables=result_tables(computed, analysis=analysis),
    )


def _years_to_verify(computed: Computed) -> dict[int, Inventory]:
    """The headline year, and the last one that runs where that is another."""
    last = max(year for year, runs in zip(computed.system.years, computed.system.runs.tolist(), strict=True) if any(runs))
    inventories = {year: computed.all_years.at(year) for year in (computed.year, last)}
    same = replace(inventories[last], years=(computed.year,)) == inventories[computed.year]
    return {computed.year: inventories[computed.year]} if same else inventories


def _with_lines(findings: Iterable[Finding], document: Document | None) -> list[Finding]:
    """Findings of the result with the line of what they speak of, where that stands in the file."""
    return [replace(one, where=document.where_of(one.path)) if document and one.path else one for one in findings]
