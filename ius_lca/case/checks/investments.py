"""Checks of investments, payments and the rates that count money over the years."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.problems import SHARE, Problem, between, fits, known_id, problem
from ius_lca.case.schema.case import Case
from ius_lca.case.schema.exchange import Equipment, Exchange
from ius_lca.case.schema.money import MARKET, SOCIETY, Investment, Payment
from ius_lca.case.years import LONGEST, period, runs
from ius_lca.errors import Level, UnitsError
from ius_lca.quantity import Stated
from ius_lca.yaml_document import Place


def investment_problems(case: Case) -> Iterator[Problem]:
    """Everything about what is bought and paid for the exchanges beside their streams."""
    for key, exchange in case.exchanges.items():
        try:
            base = amounts.base_unit(exchange)
        except UnitsError:
            continue  # told where the quantity stands
        yield from _of_exchange(case, exchange, base, ("exchanges", key))
    try:
        yield from _grants(case)
    except UnitsError:
        return  # told where the amount stands


def _of_exchange(case: Case, exchange: Exchange, base: str, place: Place) -> Iterator[Problem]:
    own, whole = runs(case, exchange), period(case)
    years = range(min(own.start, whole.start) - 1, min(own.stop, whole.stop))
    for index, item in enumerate(exchange.equipment):
        yield from _bought(case, item, item.cost, years, (*place, "equipment", index))
    for index, investment in enumerate(exchange.money.investments):
        yield from _bought(case, investment, investment.cost, years, (*place, "money", "investments", index))
    for index, payment in enumerate(exchange.money.payments):
        # What it leaves may be removed after it.
        yield from _payment(case, payment, base, range(years.start, whole.stop), (*place, "money", "payments", index))


def _grants(case: Case) -> Iterator[Problem]:
    """Grants above all that is bought, told at the largest: most likely a prefix slipped."""
    currency, exchanges = case.currency, case.exchanges.values()
    bought = [item.cost for one in exchanges for item in one.equipment if item.cost is not None]
    bought += [
        item.cost for items in (*(one.money.investments for one in exchanges), case.economics.investments) for item in items
    ]
    grants: dict[Place, float] = {
        ("exchanges", key, "money", "payments", index): payment.amount.to(currency)
        for key, exchange in case.exchanges.items()
        for index, payment in enumerate(exchange.money.payments)
        if payment.from_ == SOCIETY and payment.to in case.actors and units.same_dimension(payment.amount.unit, currency)
    }
    invested, granted = sum(cost.to(currency) for cost in bought), sum(grants.values())
    if granted > invested > 0:
        message = f"the grants are {granted:,.10g} {currency}, more than all that is bought: {invested:,.10g} {currency}."
        largest = max(grants, key=lambda place: grants[place])
        yield Problem(Level.WARNING, "grants-above", largest, message, "Mend the amounts, or state what else is bought.")


def economics_problems(case: Case) -> Iterator[Problem]:
    """Everything about the rates, and about what is paid for the network as a whole."""
    stated, here = case.economics, ("economics",)
    rates = [((*here, "tax_rate"), stated.tax_rate), *((("actors", k, "tax_rate"), a.tax_rate) for k, a in case.actors.items())]
    for place, rate in rates:
        if rate is not None:
            yield from between(rate, SHARE, place, "the income tax")
    if stated.inflation is not None:
        yield from between(stated.inflation, (-0.5, 1.0), (*here, "inflation"), "the inflation a year")
    if stated.nominal and stated.inflation is None:
        message = "nominal money needs the inflation of its prices."
        yield problem("inflation", (*here, "nominal"), message, "State 'inflation: 2 %', or leave 'nominal' out.")
    if stated.inflation is not None and not stated.nominal:
        message = "is read and kept, but no figure of this case uses it: prices are constant and rates real."
        yield Problem(Level.NOTE, "without-effect", (*here, "inflation"), message, "Write 'nominal: true' if rates contain it.")
    years = range(period(case).start - 1, period(case).stop)
    for index, item in enumerate(stated.investments):
        yield from _bought(case, item, item.cost, years, (*here, "investments", index))
    for index, payment in enumerate(stated.facilitation):
        yield from _payment(case, payment, None, years, (*here, "facilitation", index))


def _bought(case: Case, item: Equipment | Investment, cost: Stated | None, years: range, place: Place) -> Iterator[Problem]:
    """years: from the one before it can serve to the last in which it does."""
    yield from known_id(item.by, case.actors, (*place, "by"), "actor")
    yield from fits((*place, "life"), partial(item.life.to, "year"))
    if units.same_dimension(item.life.unit, "year") and not 1 <= item.life.to("year") <= LONGEST:
        message = f"the life is {item.life.to('year'):g} years; it lies between 1 and {LONGEST}."
        yield problem("out-of-range", (*place, "life"), message, "Mend the number.")
    for key, money in (("cost", cost), ("residual_value", item.residual_value)):
        if money is not None:
            yield from fits((*place, key), partial(money.to, case.currency))
            if money.value < 0:
                yield problem("out-of-range", (*place, key), f"it is negative: {money.value:g}.", "Write it positive.")
    if cost is not None and item.residual_value is not None and _exceeds(item.residual_value, cost, case.currency):
        message = "it is worth more at the end of its life than it cost."
        yield problem("out-of-range", (*place, "residual_value"), message, "Mend one of them.")
    if item.operation is not None:
        yield from _operation(item.operation, cost, case.currency, (*place, "operation"))
    if item.year is not None:
        yield from _in_time(item.year, years[:-1], (*place, "year"))  # it serves for a year at least
    if cost is not None:
        yield from _sunk(case, item.year, years, (*place, "cost"))


def _exceeds(residual_value: Stated, cost: Stated, currency: str) -> bool:
    known = all(units.same_dimension(one.unit, currency) for one in (residual_value, cost))
    return known and residual_value.to(currency) > cost.to(currency)


def _operation(operation: Stated, cost: Stated | None, currency: str, place: Place) -> Iterator[Problem]:
    yearly = units.per(currency, "year")
    if units.same_dimension(operation.unit, yearly):
        yield from fits(place, partial(units.ratio, operation.value, operation.unit, currency, "year"))
    elif not units.same_dimension(operation.unit, "1/year"):
        said = f"'{operation.unit}' ({units.dimension(operation.unit)})"
        message = f"{said} is neither money a year nor a share of the cost a year."
        yield problem("unit", place, message, f"Write for example '100 k{yearly}' or '2 %/year'.")
    elif cost is None:
        yield problem("no-cost", place, "a share of the cost is known only with the cost.", "State 'cost', or money a year.")
    elif (share := operation.to("1/year")) > 1:
        yield problem("out-of-range", place, f"a year costs {share:g} times what it cost to buy.", "Mend the number.")
    if operation.value < 0:
        yield problem("out-of-range", place, f"it is negative: {operation.value:g}.", "Write costs positive.")


def _in_time(year: int, years: range, place: Place) -> Iterator[Problem]:
    if year not in years:
        message = f"it is paid at the end of {year}, but that can be from {years.start} to {years.stop - 1} here."
        sunk = "What was paid before is sunk: leave it out, or let the period start earlier."
        mend = sunk if year < years.start else "Mend the year, or let the period be longer."
        yield problem("outside-period", place, message, mend)


def _sunk(case: Case, year: int | None, years: range, place: Place) -> Iterator[Problem]:
    """What was paid before year 0, stated or because the exchange ran then already."""
    paid, first = years.start if year is None else year, period(case).start - 1
    if year in {None, *years} and paid < first:
        message = f"it was paid in {paid}, before {first}, and is sunk: neither it nor what is left of it is counted."
        yield Problem(Level.NOTE, "sunk", place, message, "Let the period start earlier if it is to count.")


def _payment(case: Case, payment: Payment, base: str | None, years: range, place: Place) -> Iterator[Problem]:
    for key, who in (("from", payment.from_), ("to", payment.to)):
        yield from known_id(who, (*case.actors, SOCIETY, MARKET), (*place, key), "actor")
    if payment.from_ == payment.to or (payment.from_ == MARKET and payment.to == SOCIETY):
        yield problem("payment", place, "no actor of the case pays or is paid by another.", "Mend 'from' or 'to'.")
    if base is not None and payment.from_ == SOCIETY and "to" not in payment.model_fields_set:
        message = "who is paid is not said, and nobody of the case would get it."
        yield problem("payment", place, message, f"State 'to': an actor, or '{MARKET}' for somebody outside the case.")
    amount, where, currency = payment.amount, (*place, "amount"), case.currency
    once = units.same_dimension(amount.unit, currency)
    if not once:
        yield from _running(amount, currency, base, where)
    elif amount.by_year:
        message = "a sum is paid once: no path is read here."
        yield problem("no-path", (*where, "by_year"), message, "State one 'value' with its 'year', or money a year.")
    if min(amount.values) < 0:
        yield problem("out-of-range", where, f"it is negative: {min(amount.values):g}.", "Turn 'from' and 'to' around.")
    if once:
        yield from _sunk(case, payment.year, years, where)
    if payment.year is not None and not once:
        yield problem("payment", (*place, "year"), "a year goes with a sum that is paid once.", "Remove it, or state a sum.")
    elif payment.year is not None:
        yield from _in_time(payment.year, years, (*place, "year"))


def _running(amount: Stated, currency: str, base: str | None, place: Place) -> Iterator[Problem]:
    """Money a year, or per unit handed over; base: none where nothing is handed over."""
    if units.same_dimension(amount.unit, units.per(currency, "year")):
        yield from fits(place, partial(units.ratio, amount.value, amount.unit, currency, "year"))
        return
    said, sums = f"'{amount.unit}' ({units.dimension(amount.unit)})", f"'200 k{currency}' or '50 k{currency}/year'"
    if base is None:
        message = f"{said} is neither a sum of money nor money a year."
        yield problem("unit", place, message, f"Write for example {sums}.")
    elif any(fits(place, partial(units.ratio, amount.value, amount.unit, currency, base))):
        message = f"{said} is neither a sum of money, nor money a year, nor money per {base} handed over."
        yield problem("unit", place, message, f"Write for example {sums}, or '5 {units.per(currency, base)}'.")
