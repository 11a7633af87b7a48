"""The cash flow over the years, as the report shows it: the curve of what has come back, and the table by item and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from ius_lca.report import charts
from ius_lca.report.figures import fitting, number, shortened, significant, spoken_years
from ius_lca.report.money_charts import COLOURS, Curve, cumulative
from ius_lca.report.money_rows import NETWORK, SOCIETY, has_capital, summary
from ius_lca.report.words import ITEMS, item_word
from ius_lca.results import Assessment, Row

_NET, _CUMULATIVE, _DISCOUNTED = "net", "cumulative", "cumulative_present_value"
#: So many actors are drawn, those with the most money; so many columns of years stand side by side.
_DRAWN, _COLUMNS = len(COLOURS), 10
#: Amounts are written in full below this, and in larger units above it; below _FEW they have a decimal.
_DIGITS, _FEW = 1e6, 10
#: Decimals of the unit beyond which amounts are the same, and nothing is left where they cancel.
_PLACES = 8
_THIN_SPACE, _MINUS, _BLANK = "\u202f", "\u2212", ""


@dataclass(frozen=True, slots=True)
class CashCurve:
    """The picture, who is left out of it, and why."""

    chart: str
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class CashRow:
    """An item, or the sum, in the columns of a block."""

    name: str
    cells: list[str]
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Some years side by side, for every party."""

    columns: list[str]
    groups: list[tuple[str, list[CashRow]]]


@dataclass(frozen=True, slots=True)
class CashTable:
    """The whole cash flow in blocks of years; the last block ends with the sum over all years."""

    unit: str
    money: str
    blocks: list[Block]
    lacks: list[str]


def rows_of(result: Assessment) -> list[Row]:
    """The rows of the cash flow under the main reference."""
    return [row for row in result.tables["cash_flow"] if row["reference"] == result.main_reference]


def cash_curve(result: Assessment) -> CashCurve | None:
    """What has come back by the end of each year, for the network and each actor; nothing where no sum is ever paid."""
    if not has_capital(result):
        return None
    rows = rows_of(result)
    names = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    reasons = {str(row["actor"]): str(row["reason"]) for row in rows if row["item"] == _CUMULATIVE and row["value"] is None}
    paths = {name: _path(rows, name, _CUMULATIVE) for name in (NETWORK, *names)}
    moved = [name for name in names if any(value for _, value in paths[name])]
    largest = sorted(moved, key=lambda name: -max(abs(value) for _, value in paths[name]))[:_DRAWN]
    drawn = [name for name in moved if name in largest]
    discounted = _path(rows, NETWORK, _DISCOUNTED)
    size, unit = fitting((value for path in paths.values() for _, value in path), f"{result.case['currency']}/year")
    curves = [
        *([_curve("Network", paths[NETWORK], size, charts.TOTAL, strong=True)] if paths[NETWORK] else []),
        *([_curve(f"Network, discounted at {_rate(result)}", discounted, size, charts.TOTAL, dashed=True)] if discounted else []),
        *(_curve(names[name], paths[name], size, colour) for name, colour in zip(drawn, COLOURS, strict=False)),
    ]
    left_out = [f"{names.get(key, 'network')} ({why})" for key, why in reasons.items() if key in names or key == NETWORK]
    if others := len(moved) - len(drawn):
        left_out.append(f"{others} {'actor' if others == 1 else 'actors'} with less money")
    if not curves:
        return None
    chart = charts.draw(
        cumulative(curves, unit, _payback(result, paths[NETWORK])), "Paid and gained so far", _told(curves, unit, result)
    )
    return CashCurve(chart, left_out)


def _path(rows: Iterable[Row], actor: str, item: str) -> list[tuple[int, float]]:
    return [
        (int(number(row["year"])), number(row["value"]))
        for row in rows
        if (row["actor"], row["item"]) == (actor, item) and row["year"] is not None
    ]


def _curve(
    name: str, path: list[tuple[int, float]], size: float, colour: str, *, strong: bool = False, dashed: bool = False
) -> Curve:
    points = [(year, value / size) for year, value in path]
    return Curve(f"{name} {significant(points[-1][1])}", points, colour, strong, dashed)


def _rate(result: Assessment) -> str:
    return f"{shortened(100 * number(summary(result, NETWORK)['discount_rate']['value']), 3)}\u00a0%"


def _payback(result: Assessment, path: list[tuple[int, float]]) -> tuple[float, str] | None:
    """Where the network's curve crosses zero for good, with its words."""
    years = summary(result, NETWORK)["simple_payback"]["value"]
    return (path[0][0] + number(years), f"back after about {spoken_years(number(years))}") if path and years is not None else None


def _told(curves: Iterable[Curve], unit: str, result: Assessment) -> str:
    told = []
    for curve in curves:
        low, at = min((value, year) for year, value in curve.points)
        last = curve.points[-1][0]
        depth = f", lowest at the end of {at} with {significant(low)} {unit}" if low < 0 else ""
        told.append(f"{curve.label} {unit} at the end of {last}{depth}")
    payback = summary(result, NETWORK)["simple_payback"]["value"]
    return "; ".join(told) + (f". Paid back after about {spoken_years(number(payback))}." if payback is not None else ".")


def cash_table(result: Assessment) -> CashTable | None:
    """Items of every party by year; years that are alike share a column. Nothing where all years are alike and all there is."""
    rows = [row for row in rows_of(result) if row["item"] not in {_CUMULATIVE, _DISCOUNTED}]
    years = list(dict.fromkeys(int(number(row["year"])) for row in rows if row["year"] is not None))
    if not has_capital(result) and not _differs(rows, years):
        return None
    names = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    names |= {SOCIETY: "Society (taxes less subsidies)", NETWORK: "Network"}
    size, unit = _unit((number(row["value"]) for row in rows), str(result.case["currency"]))
    values = {(str(row["actor"]), str(row["item"]), row["year"]): number(row["value"]) / size for row in rows}
    parties = [party for party in names if any(who == party and item != _NET for who, item, _ in values)]
    lines = [(party, item) for party in parties for item in (*ITEMS, _NET) if (party, item, None) in values]

    def of_year(year: int | None) -> tuple[float, ...]:
        return tuple(round(values.get((*line, year), 0.0), _PLACES) for line in lines)

    alike = groupby(years, of_year)
    columns = [(_span(list(own)), [_cell(value) for value in column]) for column, own in alike]
    columns.append(("sum", [_cell(value) for value in of_year(None)]))
    words = [(names[party], "sum" if item == _NET else item_word(item, values[party, item, None])) for party, item in lines]
    width = ceil(len(columns) / ceil(len(columns) / _COLUMNS))  # blocks of about the same width
    blocks = [_block(parties, lines, words, columns[start : start + width]) for start in range(0, len(columns), width)]
    lacks = [f"{names[str(row['actor'])]} ({row['reason']})" for row in rows if row["reason"] and row["actor"] in names]
    return CashTable(unit, _prices(result), blocks, lacks)


def _block(
    parties: list[str], lines: list[tuple[str, str]], words: list[tuple[str, str]], columns: list[tuple[str, list[str]]]
) -> Block:
    """Some columns; an item without money in them is left out."""
    groups = []
    for party in parties:
        own = [at for at, (who, _) in enumerate(lines) if who == party]
        rows = [_row(words[at][1], [texts[at] for _, texts in columns], is_sum=lines[at][1] == _NET) for at in own]
        shown = [row for row in rows if row.is_sum or any(row.cells)]
        groups.append((words[own[0]][0], shown))
    return Block([title for title, _ in columns], groups)


def _row(name: str, cells: list[str], *, is_sum: bool) -> CashRow:
    """A row; a sum of which every year is blank is a sum of nothing, and says so."""
    return CashRow(name, ["0"] * len(cells) if is_sum and not any(cells) else cells, is_sum)


def _differs(rows: Iterable[Row], years: list[int]) -> bool:
    """Whether the years of the period are not all alike."""
    sums = {row["year"]: row["value"] for row in rows if (row["actor"], row["item"]) == (NETWORK, _NET)}
    return len({sums[year] for year in years[1:]}) > 1


def _unit(values: Iterable[float], currency: str) -> tuple[float, str]:
    """Divisor and unit in which the largest amount has at most six digits before the point."""
    largest = max((abs(value) for value in values), default=0.0)
    steps = ((1.0, currency), (1e3, f"k{currency}"), (1e6, f"M{currency}"))
    return next((one for one in steps if largest / one[0] < _DIGITS), steps[-1])


def _cell(value: float) -> str:
    """A whole number, two digits of a small one; nothing for nothing."""
    if abs(value) < _FEW:
        return significant(value, 2) if value else _BLANK
    return f"{value:,.0f}".replace(",", _THIN_SPACE).replace("-", _MINUS)


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}, each"


def _prices(result: Assessment) -> str:
    """In which money the amounts stand."""
    economics, of = result.case["economics"], result.case.get("price_year", result.case["period"]["start"])
    if economics["nominal"]:
        inflation = economics["inflation"]
        return f"in the money of each year, from prices of {of} with inflation of {inflation['value']:g} {inflation['unit']}"
    return f"at constant prices of {of}"
