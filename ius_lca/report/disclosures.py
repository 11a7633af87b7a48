"""What a claim of avoided emissions must disclose (WBCSD 2023; ISO 14044): filled, or marked 'not stated'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ius_lca.report.figures import number, percent
from ius_lca.report.legality import legal_statuses, legality_of_disposal
from ius_lca.report.stated import quantity
from ius_lca.report.words import CLASSES, RULES, coverage_word
from ius_lca.results import Assessment

NOT_STATED = "not stated"
_SUM = "the shares of a rule sum to the network, or it is not defined"


def disclosures(result: Assessment, references: Mapping[str, str]) -> list[tuple[str, str]]:
    """Topics with what the case and the result say of them, in the order of the guidance.

    references: title of each reference.
    """
    case = result.case
    study, exchanges = case["study"], case["exchanges"]
    stated = {
        "Goal": study["goal"],
        "Decision": study.get("decision"),
        "Audience": study["audience"],
        "Commissioner": study["commissioner"],
        "Practitioner": study.get("practitioner"),
        "Modelling": study["modelling"],
        "Functional unit": study["functional_unit"],
        "Boundary": study["boundary"],
        "Cut-off": study.get("cut_off"),
        "Actors": "; ".join(_actors(case["actors"])),
        "Main reference": _reference(case, result.main_reference),
        "Other references tested": "; ".join(title for key, title in references.items() if key != result.main_reference)
        or "none",
        "Displaced product": "; ".join(_displaced(result)) or "none",
        "Substitution, quality, displacement": "; ".join(_substitutions(exchanges)),
        "Legality of the reference disposal": legality_of_disposal(result),
        "Class of each stream": "; ".join(_classes(result)),
        "Legal status of each stream": legal_statuses(exchanges),
        "Warming potentials": _potentials(result),
        "Biogenic carbon": "biogenic CO2 counts 0 and its release is shown apart; biogenic methane counts; no credit for storage",
        "Electricity": _electricity(result),
        "Transport": "; ".join(_transport(exchanges)) or "none",
        "Equipment": "; ".join(_listed(exchanges, "equipment")) or "none stated; construction is excluded from the factors",
        "Backup": "; ".join(_listed(exchanges, "backup")) or _no_backup(result),
        "Rejects": "; ".join(_rejects(exchanges)) or "none: all of every stream is usable",
        "Categories": _categories(result),
        "Sharing of the benefit": f"{RULES[case['sharing']['rule']]}; the other rules stand beside it; {_SUM}",
        "Who may claim it": "each actor its own share alone, with the rule and the reference named; nobody the whole",
        "Own emissions": "what is avoided is reported apart from scopes 1 to 3 and never netted with them",
        "In-year and lifetime": _period(result),
        "Measured or expected": _evidence(result),
        "Age and place of the factors": _told(result, "old-factors", "other-region"),
        "Interval and sensitivity": "no interval; shown instead: the span over the references, switching values, break-evens",
        "Claims": "; ".join(f"“{claim}”" for claim in study.get("claims", ())) or "none stated",
        "Public comparison": "yes" if study["public_comparison"] else "none: the categories of the embedded library are too few",
        "Software": _software(result),
        "Review": study["review"],
    }
    return [(topic, str(text) if text else NOT_STATED) for topic, text in stated.items()]


def _actors(actors: Mapping[str, Any]) -> Iterator[str]:
    for entry in actors.values():
        yield f"{entry['name']} ({entry['kind']})" if entry.get("kind") else str(entry["name"])


def _reference(case: Mapping[str, Any], main: str) -> str:
    """Title, type and date of the main reference."""
    entry = case["references"][main]
    return f"{entry['title']} ({main}; {entry.get('kind') or 'type not stated'}; {entry.get('date') or 'date not stated'})"


def _displaced(result: Assessment) -> Iterator[str]:
    """What the streams stand in for under the main reference."""
    named: dict[str, list[str]] = {}
    for row in result.tables["inventory"]:
        if row["reference"] == result.main_reference and row["scenario"] == "reference" and row["term"] == "avoided_production":
            named.setdefault(str(row["exchange"]), []).append(str(row["label"]))
    exchanges = result.case["exchanges"]
    for key, labels in named.items():
        yield f"{exchanges[key]['resource']}: {', '.join(dict.fromkeys(labels))}"


def _categories(result: Assessment) -> str:
    """Every category under the main reference by its coverage, and what no factor covers."""
    names = {
        str(row["id"]): str(row["name"]) for row in result.tables["indicators"] if not row["part_of"] and row["id"] != "value"
    }
    by_word: dict[str, list[str]] = {}
    for row in result.in_year("benefits"):
        if row["reference"] == result.main_reference and str(row["indicator"]) in names:
            word = coverage_word(str(row["indicator"]), str(row["coverage"]))
            by_word.setdefault(word, []).append(names[str(row["indicator"])])
    by_word["not assessed"] = list(result.not_assessed)
    return ". ".join([*(f"{word}: {'; '.join(named)}" for word, named in by_word.items()), "There is no single score"])


def _period(result: Assessment) -> str:
    """The year of the headlines, whether the others are like it, and which sums over years stand beside it."""
    period = result.case["period"]
    rows = [row for row in result.tables["benefits"] if row["indicator"] == "climate_change"]
    years = list(dict.fromkeys(row["year"] for row in rows if row["basis"] == "in_year"))
    alike = "" if len(years) > 1 else ", all years alike"
    named = {"project": "the period", "first_10_years": "the first ten years of operation", "lifetime": "the lifetime"}
    sums = ", ".join(word for basis, word in named.items() if any(row["basis"] == basis for row in rows))
    length = f"{period['years']} years" if period["years"] != 1 else "one year"
    return f"{length} from {period['start']}{alike}; headlines are of {result.year}; beside them, never mixed with them: {sums}"


def _evidence(result: Assessment) -> str:
    """How the CO2 terms under the main reference divide by the weakest number each uses."""
    shares = [
        f"{row['evidence']} {percent(number(row['share']))}"
        for row in result.tables["evidence"]
        if (row["reference"], row["exchange"], row["indicator"]) == (result.main_reference, "", "climate_change") and row["share"]
    ]
    return f"{', '.join(shares) or 'nothing'} of the CO2 terms, each by the weakest number it uses; every number is listed above"


def _told(result: Assessment, *codes: str) -> str:
    """What the findings say of a subject."""
    found = [finding.message.rstrip(".") for finding in result.findings if finding.code in codes]
    return ". ".join(found) or "none is more than ten years older than the case; all are of its place or a region around it"


def _no_backup(result: Assessment) -> str:
    return "none stated" if any(finding.code == "no-backup" for finding in result.findings) else "none"


def _software(result: Assessment) -> str:
    library = f"factor library {result.library['version']}, SHA-256 {result.library['sha256'][:16]}…"
    return f"ius_lca {result.versions['ius_lca']}; {library}; every version stands at the end"


def _potentials(result: Assessment) -> str:
    older = [row for row in result.tables["screening"] if row["gwp"] != "AR6"]
    text = "EF 3.1: IPCC AR6, 100 years"
    if older:
        sets = ", ".join(sorted({str(row["gwp"]) for row in older}))
        text += f"; except the bare CO2e figures of {len(older)} factors, published with {sets}: "
        text += ", ".join(str(row["factor"]) for row in older)
    return text


def _electricity(result: Assessment) -> str:
    """What the study says of its electricity, and what the exchanges take themselves; factors tell of theirs."""
    study = result.case["study"]
    said = study.get("electricity", {})
    words = [said.get("kind"), f"{said['mix']} mix" if said.get("mix") else "", said.get("path")]
    stated = ", ".join(word for word in words if word)
    taken = sorted({str(row["target"]) for row in result.tables["inventory"] if str(row["target"]).startswith("electricity.")})
    return "; ".join(
        [
            f"the study: {stated}" if stated else "average or marginal, production or consumption mix: not stated by the study",
            *([f"taken by the exchanges: {', '.join(taken)}"] if taken else []),
            "inside factors average production mixes of 2023 where nothing else is said, the same in every year",
        ]
    )


def _classes(result: Assessment) -> Iterator[str]:
    exchanges = result.case["exchanges"]
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
