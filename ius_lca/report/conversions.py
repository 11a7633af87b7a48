"""The amounts that were brought into the currency and the prices of the case, as the report lists them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from ius_lca.report.figures import number, pretty_unit, significant
from ius_lca.report.stated import quantity
from ius_lca.report.words import place_words
from ius_lca.results import Assessment, Cell, Row

#: A factor is shown with more digits than a result, so that a reader can check the product.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Conversions:
    """Rows of the table, with the money that all amounts became and the year of its prices and rates."""

    money: str
    year: str
    rows: list[dict[str, str]]


def conversions_view(result: Assessment) -> Conversions | None:
    """Every conversion, years of a path that are alike in one row; none if there was nothing to convert."""
    rows = result.tables["conversions"]
    if not rows:
        return None
    alike = [list(group) for _, group in groupby(rows, key=_but_the_year)]
    year = str(rows[0]["year"])
    return Conversions(f"{result.case['currency']} in prices of {year}", year, [_row(group) for group in alike])


def _but_the_year(row: Row) -> dict[str, Cell]:
    return {key: value for key, value in row.items() if key != "of_year"}


def _row(rows: list[Row]) -> dict[str, str]:
    row, last = rows[0], rows[-1]["of_year"]
    until = f" to {last}" if last != row["of_year"] else ""
    return {
        "place": place_words(str(row["place"])) + (f", in {row['of_year']}{until}" if last else ""),
        "what": str(row["what"]),
        "stated": f"{quantity({'value': row['from_value'], 'unit': row['from_unit']})} of {row['from_year']}",
        "index": _factor(row["index"]),
        "rate": _factor(row["rate"]),
        "value": f"{significant(number(row['value']), _DIGITS)} {pretty_unit(str(row['unit']))}",
        "records": str(row["records"]),
    }


def _factor(value: Cell) -> str:
    """A factor; nothing where it changes nothing."""
    return "" if number(value) == 1 else significant(number(value), _DIGITS)
