"""A case in one currency and in the prices of one year: every amount of money is converted once, at the door.

Deflated first, in the currency in which it is stated, then converted at the mean rate of the price year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from ius_lca import units
from ius_lca.case.numbers import with_numbers
from ius_lca.case.problems import Problem, problem
from ius_lca.case.rates import exchange_rate, index_factor, listed
from ius_lca.case.schema.case import Case
from ius_lca.case.years import horizon, period
from ius_lca.errors import Level, MoneyError, UnitsError, did_you_mean
from ius_lca.formula import LONGEST
from ius_lca.library.record import Library, Price
from ius_lca.library.search import entries
from ius_lca.quantity import Stated, library_source
from ius_lca.yaml_document import Place, dotted

#: No path of a price of the library is longer [year]; a life beyond is refused where it stands.
_MOST_YEARS = 300


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount that was brought into the currency and the prices of the case, or taken from the library.

    place: where it stands.  what: name of the price of the library, or nothing.  of_year: year of a path; none of one value.
    from_value, from_unit, from_year: as stated, and in whose prices.  index, rate: what it is multiplied by, one after the
    other.  value, unit, year: what it becomes.  records: ids of the prices of the library behind it.
    """

    place: str
    what: str
    of_year: int | None
    from_value: float
    from_unit: str
    from_year: int
    index: float
    rate: float
    value: float
    unit: str
    year: int
    records: tuple[str, ...]


#: A number in the money of the case, what was done to it, and what a reader should know of that.
_Converted: TypeAlias = tuple[Stated, list[Conversion], list[Problem]]


def in_case_money(case: Case, library: Library) -> tuple[Case, tuple[Conversion, ...], list[Problem]]:
    """The case with every amount of money in its currency and in prices of its price year, what was done, and what cannot be.

    What the library says by id stands there as a number with its source. Formulas stay formulas, so that parameters can still
    be varied; parameters are numbers in units of their own and stay as they are. Where an amount cannot be converted, its bare
    number stands in, so that nothing else is told of it. A case of one currency and one price year is given back as it is.

    Source: methods of this project; docs/methods/money_and_years.md.
    """
    conversions: list[Conversion] = []
    problems = list(_problems_of_parameters(case))

    def change(stated: Stated, place: Place) -> Stated:
        if place[0] == "parameters":
            return stated
        here = place[:-1] if place[-1] == "all" else place  # one price for all references is written without that key
        try:
            number, done, notes = (_from_the_library if stated.library else _as_typed)(stated, here, case, library)
        except (MoneyError, UnitsError) as error:
            problems.append(problem("money", here, str(error)))
            return stated.model_copy(update={"unit": units.in_currency(stated.unit, case.currency)})
        conversions.extend(done)
        problems.extend(notes)
        return number

    return with_numbers(case, change), tuple(conversions), problems


def _problems_of_parameters(case: Case) -> Iterator[Problem]:
    """A parameter enters formulas as a bare number, so it is never converted."""
    for name, stated in case.parameters.items():
        if stated.library is not None or stated.price_year is not None:
            message = "a parameter enters formulas as a bare number, which is not converted."
            mend = "Say 'library' or 'price_year' where the amount of money stands."
            yield problem("money", ("parameters", name), message, mend)


def _as_typed(stated: Stated, place: Place, case: Case, library: Library) -> _Converted:
    """A number that the case states; the number itself if it is no money, or in the money of the case already."""
    currency, year = units.currency_of(stated.unit), stated.price_year or case.prices_of
    if currency is None or (currency, year) == (case.currency, case.prices_of):
        return stated, [], []
    values: Iterable[tuple[int | None, float]] = stated.by_year.items() if stated.by_year else [(None, stated.value)]
    rows = [_conversion(value, stated.unit, year, case, library, place=place, of_year=of) for of, value in values]
    factor = rows[0].index * rows[0].rate
    update: dict[str, Any] = {"value": stated.value * factor, "unit": rows[0].unit, "price_year": None}
    if stated.by_year:
        update["by_year"] = {of: value * factor for of, value in stated.by_year.items()}
    if stated.range:
        update["range"] = tuple(limit * factor for limit in stated.range)
    if stated.formula:
        update["formula"] = f"({stated.formula})*{factor!r}"
        if len(update["formula"]) > LONGEST:
            raise MoneyError(f"the formula is too long to be converted. Let it give an amount in {case.currency}.")
    return stated.model_copy(update=update), rows, []


def _from_the_library(stated: Stated, place: Place, case: Case, library: Library) -> _Converted:
    """A price of the library: of one year, or a path over the years that the case looks at."""
    name = stated.library or ""
    record, notes = _record(name, place, case, library)
    asked = _years(case) if stated.each_year else [stated.year or case.prices_of]
    counted = {year: listed(record, year) for year in asked}
    rows = [
        _conversion(
            record.by_year[own], record.unit, prices_of, case, library,
            place=place, of_year=of if stated.each_year else None, record=record,
        )
        for of, (own, prices_of) in counted.items()
    ]  # fmt: skip
    update = {
        "value": rows[0].value,
        "unit": rows[0].unit,
        "by_year": {row.of_year: row.value for row in rows} if stated.each_year else None,
        "source": _cited(record, library) if stated.source == library_source(name) else stated.source,
        **dict.fromkeys(("library", "year", "each_year")),
    }
    return (
        stated.model_copy(update=update),
        rows,
        [*notes, *_notes(record, counted, place), *_unlike(record, place, case, library)],
    )


def _conversion(
    value: float,
    unit: str,
    year: int,
    case: Case,
    library: Library,
    *,
    place: Place,
    of_year: int | None,
    record: Price | None = None,
) -> Conversion:
    """One amount in prices of a year, in the money of the case; raises MoneyError if it is none, or has no index or rate."""
    currency, what = units.currency_of(unit), record.name if record else ""
    if currency is None:
        raise MoneyError(f"{record.id if record else what} is in {unit}, which is no amount of money. Name a price or a tax.")
    index, indices = index_factor(currency, year, case.prices_of, library)
    rate, rates = exchange_rate(currency, case.currency, case.prices_of, library)
    return Conversion(
        dotted(place), what, of_year, value, unit, year, index, rate, value * (index * rate),
        units.in_currency(unit, case.currency), case.prices_of, (*([record.id] if record else []), *indices, *rates),
    )  # fmt: skip


def _record(name: str, place: Place, case: Case, library: Library) -> tuple[Price, list[Problem]]:
    """The price of that name, or of that kind for the case's place; with a note where that of a wider region stands in."""
    prices = library.prices
    if name in prices:
        return prices[name], list(_elsewhere(prices[name], place, case, library))
    near = next((one for region in library.around(case.place) if (one := f"{name}.{region}") in prices), None)
    if near is None:
        if name in entries(library):
            raise MoneyError(f"'{name}' is no price. Name a price or a tax, such as tax.landfill.SE.")
        kinds = [one for one in prices if one.startswith(f"{name}.")]
        hint = f"There are: {', '.join(kinds)}." if kinds else did_you_mean(name, prices)
        raise MoneyError(f"the library has no price '{name}'. {hint or 'Look for it with: ius-lca factors --category economics'}")
    message = f"there is no {name} of {case.place}; {near} stands in."
    note = Problem(Level.NOTE, "wider-region", place, message, "Name another price if you know better.")
    return prices[near], [note] if near != f"{name}.{library.around(case.place)[0]}" else []


def _elsewhere(record: Price, place: Place, case: Case, library: Library) -> Iterator[Problem]:
    """A tax is due where the law that sets it holds."""
    if record.category == "economics/taxes" and record.location not in library.around(case.place):
        where, here = (library.places[one].name if one in library.places else one for one in (record.location, case.place))
        message = f"{record.id} is a tax of {where}, and the case lies in {here}."
        yield Problem(Level.WARNING, "foreign-tax", place, message, "Name the tax of the case's place, or say who pays it there.")


def _unlike(record: Price, place: Place, case: Case, library: Library) -> Iterator[Problem]:
    """A landfill tax is saved only where waste would go to landfill; of processes and factors of the case that is not known."""
    if not record.id.startswith("tax.landfill.") or "avoided_disposal_tax" not in place:
        return
    disposal = case.exchanges[str(place[1])].disposal
    for reference in [str(place[-1])] if "by_reference" in place else case.references:
        named = [use.factor for use in disposal.under(reference)] if disposal is not None else []
        records = [library.records[name] for name in named if name in library.records and name not in case.factors]
        if named and len(records) == len(named) and all(one.category != "waste/landfill" for one in records):
            message = f"{record.id} is saved, but under '{reference}' nothing goes to landfill."
            mend = "State the tax 'by_reference', where it would be due, or the disposal that it is due for."
            yield Problem(Level.WARNING, "no-landfill", place, message, mend)


def _notes(record: Price, counted: dict[int, tuple[int, int]], place: Place) -> Iterator[Problem]:
    """What a reader should know of a price of the library: value added tax in it, and years that it stands in for.

    counted: by year, that of the list and that of its prices.
    """
    if record.vat == "included":
        message = f"{record.id} includes value added tax, and a case counts without it."
        yield Problem(Level.WARNING, "vat-included", place, message, "State the amount without it.")
    if lent := [of for of, (own, prices_of) in counted.items() if of != own == prices_of]:
        when = f"{lent[0]}" if len(lent) == 1 else f"{lent[0]} to {lent[-1]}"
        owns = ", ".join(dict.fromkeys(str(counted[of][0]) for of in lent))
        message = f"{record.id} has no figure of {when}: that of {owns} stands in, in real terms."
        yield Problem(Level.NOTE, "other-year", place, message, "State the amount if you know better.")


def _cited(record: Price, library: Library) -> str:
    """The sources of a price as a reader looks them up."""
    cited = ((library.sources[one.ref], one.where) for one in record.sources)
    return "; ".join(f"{source.publisher}: {source.title}, {where}" for source, where in cited)


def _years(case: Case) -> range:
    """The years that a path has to tell of: all that the case looks at."""
    try:
        years = horizon(case)
    except (UnitsError, OverflowError, ValueError):  # told where the life stands
        return period(case)
    return years if len(years) <= _MOST_YEARS else period(case)
