"""The amounts that were brought into the currency and the prices of the case, as the report lists them."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.report.figures import number, pretty_unit, significant
from ius_lca.report.words import place_words
from ius_lca.results import Assessment, Row

#: A factor is shown with more digits than a result, so that a reader can check the product.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Conversions:
    """Rows of the table, with the unit of money that all amounts became."""

    money: str
    rows: list[dict[str, str]]


def conversions_view(result: Assessment) -> Conversions | None:
    """Every conversion; none if there was nothing to convert."""
    rows = result.tables["conversions"]
    if not rows:
        return None
    return Conversions(f"{result.case['currency']} in prices of {rows[0]['year']}", [_row(row) for row in rows])


def _row(row: Row) -> dict[str, str]:
    year = f", in {row['of_year']}" if row["of_year"] else ""
    return {
        "place": f"{place_words(str(row['place']))}{year}",
        "what": str(row["what"]),
        "stated": f"{_amount(row, 'from_value', 'from_unit')} of {row['from_year']}",
        "index": _factor(row["index"]),
        "rate": _factor(row["rate"]),
        "value": _amount(row, "value", "unit"),
        "records": str(row["records"]),
    }


def _amount(row: Row, value: str, unit: str) -> str:
    return f"{significant(number(row[value]), _DIGITS)} {pretty_unit(str(row[unit]))}"


def _factor(value: object) -> str:
    """A factor; nothing where it changes nothing."""
    return "" if number(value) == 1 else significant(number(value), _DIGITS)
