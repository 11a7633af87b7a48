"""The numbers a user stated, as rows that say what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ius_lca.quantity import BY_DEFINITION
from ius_lca.report.figures import pretty_unit, significant
from ius_lca.results import Assessment, Row

#: Path of what belongs to an exchange, actor or process: its kind, its id, and more.
_OWNED = 3


def inputs_by_owner(result: Assessment) -> list[tuple[str, list[dict[str, str]]]]:
    """Rows of every stated number, by the exchange or process it belongs to.

    With an exchange stands what its substitution by a property followed from under the main reference.
    """
    case = result.case
    groups: dict[str, list[dict[str, str]]] = {}
    for path, stated in _stated(case, ()):
        owner = case[path[0]].get(path[1], {}) if _is_owned(path) else {}
        title = owner.get("resource") or owner.get("product") or owner.get("name")
        name = f"{path[1]}: {title}" if title else "the case"
        groups.setdefault(name, []).append(_input_row(path, stated))
    for row in (one for one in result.tables["substitutions"] if one["reference"] == result.main_reference):
        name = f"{row['exchange']}: {case['exchanges'][row['exchange']]['resource']}"
        group, shown = groups.setdefault(name, []), _computed_row(row)
        group += [shown] if shown not in group else []
    return list(groups.items())


def _is_owned(path: tuple[str, ...]) -> bool:
    return len(path) >= _OWNED and path[0] != "economics"


def _computed_row(row: Row) -> dict[str, str]:
    what = {
        "stream": f"{_words(str(row['property']))} of the stream",
        "product": f"{_words(str(row['property']))} of {row['target']}",
        "substitution": f"substitution of {row['target']}",
    }
    value = quantity({"value": row["value"], "unit": row["unit"]})
    return {"path": what[str(row["item"])], "value": value, "range": "", "evidence": "", "source": str(row["source"])}


def quantity(stated: Mapping[str, Any]) -> str:
    """A stated quantity as it is printed: value and unit, the values of its years, or what a substitution is equal in.

    Of money the year of its prices, if another than the case's is said; of a price of the library its id.
    """
    if stated.get("library"):
        return f"{stated['library']}{', each year' if stated.get('each_year') else _of(stated.get('year'))}"
    unit, path = pretty_unit(stated["unit"]) + _of(stated.get("price_year")), stated.get("by_year")
    years = ", ".join(f"{year}: {_plain(value)}" for year, value in (path or {}).items())
    told = f"{years or _plain(stated['value'])} {unit}".strip()
    if not stated.get("equal"):
        return told
    return f"{'' if told == '1' else f'{told} times '}equal {_words(stated['equal'])}"


def _of(year: int | None) -> str:
    return f" of {year}" if year else ""


def _plain(value: float) -> str:
    """A number that somebody typed, without digits that they did not."""
    text = significant(value, 6)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _stated(tree: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Every stated quantity with its path; what is so by definition, such as a share of 100 %, nobody stated."""
    if isinstance(tree, Mapping):
        if "evidence" in tree and "value" in tree:
            if tree.get("note") != BY_DEFINITION:
                yield path, tree
            for key, value in tree.items():
                yield from _stated(value, (*path, str(key)))
            return
        for key, value in tree.items():
            yield from _stated(value, (*path, str(key)))
    elif isinstance(tree, list | tuple):
        for index, value in enumerate(tree):
            yield from _stated(value, (*path, *_named(value, str(index + 1) if len(tree) > 1 else "")))


def _named(value: object, otherwise: str) -> tuple[str, ...]:
    """What an entry of a list is told by: what it names or is for, else its number among several."""
    named = (
        next((str(value[key]) for key in ("factor", "process", "exchange", "flow", "what", "indicator") if value.get(key)), "")
        if isinstance(value, Mapping)
        else ""
    )
    return (named or otherwise,) if named or otherwise else ()


def _words(part: str) -> str:
    """A key as words; the id of a factor as it is."""
    return part if "." in part else part.replace("_", " ")


def _input_row(path: tuple[str, ...], stated: Mapping[str, Any]) -> dict[str, str]:
    limits = stated.get("range")
    below = path[2:] if _is_owned(path) else path
    return {
        "path": ", ".join(_words(part) for part in below if part not in {"by_reference", "all", "with"}),
        "value": quantity(stated),
        "range": f"{_plain(limits[0])} to {_plain(limits[1])}" if limits else "",
        "evidence": str(stated["evidence"]),
        "source": "; ".join(
            f"{before}{stated[key]}" for key, before in (("formula", "= "), ("source", ""), ("note", "")) if stated.get(key)
        ),
    }
