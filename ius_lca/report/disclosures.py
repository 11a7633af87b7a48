"""What a claim of avoided emissions must disclose (WBCSD 2023; ISO 14044): filled, or marked 'not stated'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ius_lca.report.legality import legal_statuses, legality_of_disposal
from ius_lca.report.stated import quantity
from ius_lca.report.words import CLASSES, RULES
from ius_lca.results import Assessment

NOT_STATED = "not stated"
_SUM = "the shares of a rule sum to the network, or it is not defined"


def disclosures(result: Assessment, references: Mapping[str, str]) -> list[tuple[str, str]]:
    """Topics with what the case and the result say of them."""
    case: Mapping[str, Any] = result.case
    study, period, exchanges = case["study"], case["period"], case["exchanges"]
    main = result.main_reference
    years = f"{period['years']} years" if period["years"] != 1 else "one year"
    stated = {
        "Goal": study["goal"],
        "Audience": study["audience"],
        "Commissioner": study["commissioner"],
        "Modelling": study["modelling"],
        "Functional unit": study["functional_unit"],
        "Boundary": study["boundary"],
        "Main reference": f"{references[main]} ({main}; {case['references'][main].get('kind') or 'type not stated'})",
        "Other references tested": "; ".join(title for key, title in references.items() if key != main) or "none",
        "Legality of the reference disposal": legality_of_disposal(result),
        "Class of each stream": "; ".join(_classes(result)),
        "Legal status of each stream": legal_statuses(exchanges),
        "Substitution, quality, displacement": "; ".join(_substitutions(exchanges)),
        "Period": f"{years} from {period['start']}; the figures are for one year of it, all years alike",
        "Warming potentials": _potentials(result),
        "Biogenic carbon": "biogenic CO2 counts 0 and its release is shown apart; biogenic methane counts; no credit for storage",
        "Electricity": _electricity(result),
        "Transport": "; ".join(_transport(exchanges)) or "none",
        "Equipment": "; ".join(_listed(exchanges, "equipment")) or "none stated; construction is excluded from the factors",
        "Backup": "; ".join(_listed(exchanges, "backup")) or "none stated",
        "Rejects": "; ".join(_rejects(exchanges)) or "none: all of every stream is usable",
        "Sharing of the benefit": f"{RULES[case['sharing']['rule']]}; the other rules stand beside it; {_SUM}",
        "Measured or expected": "by the evidence of each number, listed above",
        "Interval and sensitivity": "not computed by this version; the span over the references is shown instead",
        "Review": study["review"],
    }
    return [(topic, str(text) if text else NOT_STATED) for topic, text in stated.items()]


def _potentials(result: Assessment) -> str:
    older = [row for row in result.tables["screening"] if row["gwp"] != "AR6"]
    text = "EF 3.1: IPCC AR6, 100 years"
    if older:
        sets = ", ".join(sorted({str(row["gwp"]) for row in older}))
        text += f"; except the bare CO2e figures of {len(older)} factors, published with {sets}: "
        text += ", ".join(str(row["factor"]) for row in older)
    return text


def _electricity(result: Assessment) -> str:
    """The electricity that the exchanges take themselves; what runs inside factors is told of each factor."""
    taken = sorted({str(row["target"]) for row in result.tables["inventory"] if str(row["target"]).startswith("electricity.")})
    own = f"taken by the exchanges: {', '.join(taken)}; " if taken else ""
    return (
        f"{own}inside factors average production mixes of 2023 where nothing else is said; averages, no margins, without a path"
    )


def _classes(result: Assessment) -> Iterator[str]:
    exchanges: Mapping[str, Any] = result.case["exchanges"]  # type: ignore[assignment]
    for row in result.tables["stream_classes"]:
        yield f"{exchanges[str(row['exchange'])]['resource']}: {CLASSES[str(row['class'])]}"


def _substitutions(exchanges: Mapping[str, Any]) -> Iterator[str]:
    for entry in exchanges.values():
        if "supply" in entry:
            supply = entry["supply"]
            parts = (_with_evidence(supply[key]) for key in ("substitution", "quality", "displacement"))
            yield f"{entry['resource']}: {', '.join(parts)}"


def _with_evidence(stated: Mapping[str, Any]) -> str:
    return f"{quantity(stated)} ({stated['evidence']})"


def _transport(exchanges: Mapping[str, Any]) -> Iterator[str]:
    for entry in exchanges.values():
        for leg in entry["transport"]:
            yield f"{entry['resource']}: {quantity(leg['distance'])} by {leg['factor']}"


def _listed(exchanges: Mapping[str, Any], key: str) -> Iterator[str]:
    for entry in exchanges.values():
        for item in entry[key]:
            yield f"{entry['resource']}: {quantity(item['amount'])} of {_target(item)}"


def _rejects(exchanges: Mapping[str, Any]) -> Iterator[str]:
    for entry in exchanges.values():
        if "residue" in entry:
            yield f"{entry['resource']}: {quantity(entry['usable'])} usable, the rest to {_target(entry['residue'])}"


def _target(entry: Mapping[str, Any]) -> str:
    """What an entry of the case takes, with what it changes there."""
    changes = [f"{name} = {quantity(stated)}" for name, stated in entry.get("with", {}).items()]
    changes += [f"{other} for {name}" for name, other in entry.get("instead", {}).items()]
    return f"{entry.get('factor') or entry.get('process')}{' with ' if changes else ''}{', '.join(changes)}"
