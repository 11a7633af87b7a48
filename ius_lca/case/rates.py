"""Rates of exchange, indices of consumer prices and prices of the library, by year."""

from __future__ import annotations

from math import prod

from ius_lca.errors import MoneyError
from ius_lca.library.record import Library, Price
from ius_lca.units import convert

#: Rates are per euro, so that one currency becomes another through it.
PIVOT = "EUR"
#: Whose consumer prices a currency is deflated with.
INDEX_OF = {"EUR": "EU27", "SEK": "SE", "DKK": "DK", "NOK": "NO", "PLN": "PL", "GBP": "GB", "USD": "US"}
#: Where rates stand that a law sets: each holds until the next. Of other prices nothing is known between two years.
_OF_LAW = "economics/taxes"
#: So many years that are missing are named; the others are counted.
_NAMED = 3


def index_factor(currency: str, year: int, to: int, library: Library) -> tuple[float, tuple[str, ...]]:
    """By what an amount in prices of one year is multiplied to be in prices of another, and the record behind it.

    The product of (1 + inflation of y) for y = year+1 ... to; where `to` lies before, one over it the other way round.

    Raises MoneyError if the library has no inflation of a year that is needed.

    >>> from ius_lca.library.read import embedded_library
    >>> index, records = index_factor("EUR", 2021, 2023, embedded_library())
    >>> round(index, 9), records  # 1.092 * 1.064
    (1.161888, ('inflation.EU27',))
    """
    if year == to:
        return 1.0, ()
    name = f"inflation.{INDEX_OF[currency]}"
    mend = f"State the amount in prices of {to}"
    record = library.prices.get(name)
    if record is None:
        missing_index = f"from {year} to {to} there is no index of consumer prices of {currency} in the library"
        raise MoneyError(f"{missing_index}. {mend}, or in another currency.")
    needed = range(min(year, to) + 1, max(year, to) + 1)
    if missing := [one for one in needed if one not in record.by_year]:
        has = f"the library has {name} of {_span(record)}"
        more = len(missing) - _NAMED
        years = ", ".join(map(str, missing[:_NAMED])) + (f" and {more} more years" if more > 0 else "")
        none = f"there is no inflation of {currency} in {years}"
        raise MoneyError(f"{none}: {has}. {mend}, or choose another 'price_year' of the case.")
    growth = prod(1 + convert(record.by_year[one], record.unit, "") for one in needed)
    return growth if to > year else 1 / growth, (name,)


def exchange_rate(currency: str, to: str, year: int, library: Library) -> tuple[float, tuple[str, ...]]:
    """Units of one currency for one of another, mean of a year, through the euro, and the records behind it.

    Raises MoneyError if the library has no rate of that year.

    >>> from ius_lca.library.read import embedded_library
    >>> exchange_rate("EUR", "SEK", 2023, embedded_library())
    (11.4788, ('exchange_rate.SEK',))
    """
    if currency == to:
        return 1.0, ()
    names = tuple(f"exchange_rate.{one}" for one in (currency, to) if one != PIVOT)
    for name in names:
        record = library.prices.get(name)
        if record is None or year not in record.by_year:
            has = f"the library has {name} of {_span(record)}" if record else f"the library has no {name}"
            mend = f"State the amount in {to}, or choose another 'price_year' of the case."
            raise MoneyError(f"there is no rate of exchange from {currency} to {to} of {year}: {has}. {mend}")
    per_euro = {one: 1.0 if one == PIVOT else library.prices[f"exchange_rate.{one}"].by_year[year] for one in (currency, to)}
    return per_euro[to] / per_euro[currency], names


def listed(record: Price, year: int) -> tuple[int, int]:
    """The year of the list whose price counts in a year, and the year in whose prices that is.

    A tax holds in the money of each year until the next in its list. Any other price, and a tax after its last year, stands
    in for later years at the prices of its own.

    Raises MoneyError if the list begins later.
    """
    earlier = [one for one in record.by_year if one <= year]
    if not earlier:
        first = min(record.by_year)
        raise MoneyError(
            f"{record.id} begins in {first}: there is none of {year}. State the amount, or a 'year' from {first} on."
        )
    own = max(earlier)
    holds = record.category == _OF_LAW and year <= max(record.by_year)
    return own, year if holds else own


def _span(record: Price) -> str:
    return f"{min(record.by_year)} to {max(record.by_year)}"
