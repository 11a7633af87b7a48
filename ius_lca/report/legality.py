"""What a result knows of the law, in words: of the disposals, and of the streams themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ius_lca.results import Assessment, Row

#: How a ban was read, in words.
_READ = {"primary": "text of the act", "authority": "read with the authority", "secondary": "secondary source"}


def legality_of_disposal(result: Assessment) -> str:
    """Every treatment that is banned or exempt, and the disposals of which nothing is known, which is no permission."""
    rows = result.tables["legality"]
    parts = [*_banned(result, rows), *_not_known(rows)]
    return "; ".join(parts) or "no reference treats waste with a factor of the library"


def _banned(result: Assessment, rows: tuple[Row, ...]) -> Iterator[str]:
    under: dict[str, list[str]] = {}
    for row in rows:
        if row["legal"] != "not known":
            under.setdefault(_ban(result, row), []).append(str(row["reference"] or "the symbiosis"))
    for text, references in under.items():
        yield f"{text} (under {', '.join(dict.fromkeys(references))})"


def _ban(result: Assessment, row: Row) -> str:
    resource = result.case["exchanges"][row["exchange"]]["resource"]
    condition = f", if {row['condition']}" if row["condition"] else ""
    act = f"{row['act']}, {row['article']}" if row["article"] else row["act"]
    since = f"{row['ban']} is banned in {row['country']} since {row['since']}{condition}"
    so = f"exempt by {row['exemption']}" if row["legal"] == "exempt" else f"so {row['factor']} is illegal"
    return f"{resource}: {since} ({act}; {_READ[str(row['read'])]}), {so}"


def _not_known(rows: tuple[Row, ...]) -> Iterator[str]:
    factors = dict.fromkeys(str(row["factor"]) for row in rows if row["role"] == "disposal" and row["legal"] == "not known")
    if factors:
        yield f"not known for {', '.join(factors)}: the library holds no ban for these years, which is no permission"


def legal_statuses(exchanges: Mapping[str, Any]) -> str:
    """The legal status of each stream as the case states it, and for which it does not; nothing if it states none."""
    stated = [_status(one) for one in exchanges.values() if "legal_status" in one]
    silent = [one["resource"] for one in exchanges.values() if "legal_status" not in one]
    return "; ".join([*stated, *([f"not stated for {', '.join(silent)}"] if stated and silent else [])])


def _status(exchange: Mapping[str, Any]) -> str:
    held = exchange["legal_status"]
    why = "; ".join(held[key] for key in ("why", "source") if held[key])
    return f"{exchange['resource']}: {held['status']}{f' ({why})' if why else ''}"
