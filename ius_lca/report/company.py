"""What a company wants to know first, in three sentences an exchange: its worth, the prices, and when the money is back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ius_lca.report.figures import enough, number, percent, spoken, spoken_apart, spoken_range, spoken_years
from ius_lca.report.money_rows import (
    NETWORK,
    Rows,
    corridor,
    has_capital,
    is_closed,
    is_taxed,
    money_unit,
    name_of,
    period_words,
    price_noun,
    public_money,
    sides,
    states_money,
    summary,
    worth,
)
from ius_lca.results import Assessment

#: For so many exchanges it is said in sentences; the others stand in the tables.
_TOLD = 3
#: What is less than one unit of the currency is rounding.
_NOTICED = 1.0
#: What the reason of a figure that is not known begins with, and one of money that never comes back.
_NOT_STATED, _NEVER = "not stated", "never"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one exchange, or of all together."""

    name: str
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Company:
    """Sentences for the largest exchanges; `others` counts those that are not told, `taxed` is whether income tax is counted."""

    told: list[Told]
    others: int
    period: str
    taxed: bool


def company(result: Assessment) -> Company:
    """The company part of the report, under the main reference; exchanges of whose money the case says nothing are left out."""
    priced, largest = _priced(result), told_of(result)
    told = [Told(name_of(result, key), list(_sentences(result, key, worth(result, key)))) for key in largest]
    if len(priced) > 1 and (together := list(_together(result))):
        told.append(Told("All exchanges together", together))
    if told and (losers := list(_losers(result))):
        told.append(Told("Who pays more than they gain", losers))
    return Company(told, len(priced) - len(largest), period_words(result), is_taxed(result))


def told_of(result: Assessment) -> list[str]:
    """The exchanges that are told in sentences: those for which something is bought, then those with the most money a year."""
    priced = _priced(result)
    largest = sorted(priced, key=lambda key: _rank(worth(result, key)))[:_TOLD]
    return [key for key in priced if key in largest]


def _priced(result: Assessment) -> list[str]:
    """The exchanges of whose money the case says anything."""
    return [
        key
        for key in result.case["exchanges"]
        if states_money(result, key) or worth(result, key)["value_per_year"]["value"] is not None
    ]


def _rank(rows: Rows) -> tuple[bool, float]:
    """The order in which exchanges are told: whether nothing is bought for it, and how little money a year it moves."""
    return not rows["invested"]["value"], -abs(number(rows["annuity"]["value"]) or number(rows["value_per_year"]["value"]))


def _sentences(result: Assessment, key: str, rows: Rows) -> Iterator[str]:
    prices, own = corridor(result, key), f" ({key})"  # the exchange is named already
    yield _worth(result, rows).replace(own, "")
    yield _prices(prices, price_noun(result, key), *sides(result, key))
    if told := _payback(result, rows).replace(own, ""):
        yield told


def _worth(result: Assessment, rows: Rows) -> str:
    """What the surplus is worth a year, to all who take part."""
    currency, net, running = result.case["currency"], rows["annuity"], rows["value_per_year"]
    invested = bool(rows["invested"]["value"])
    if net["value"] is not None:
        value = number(net["value"])
        told = f"about {spoken(abs(value), currency)} a year"
        if value < 0:
            return f"It costs all who take part {told} more than it saves{', what is invested included' if invested else ''}."
        return f"It brings all who take part {told}{', with what is invested paid for' if invested else ''}."
    if running["value"] is not None:
        value = number(running["value"])
        told = f"It {'brings' if value >= 0 else 'costs'} all who take part about {spoken(abs(value), currency)} a year"
        return f"{told}, before what is invested ({net['reason']})." if invested else f"{told}."
    return f"What it is worth a year cannot be said ({running['reason']})."


def _prices(rows: Rows, noun: str, donor: str, receiver: str) -> str:
    """Between which prices both gain, and where the price stands; or that there is no such price, and what would open it."""
    low, high, unit = rows["p_min"], rows["p_max"], money_unit(str(rows["p_min"]["unit"]))
    ends = [number(one["value"]) for one in (low, high) if one["value"] is not None]
    if low["value"] is None and high["value"] is None:
        reasons = dict.fromkeys((str(low["reason"]), str(high["reason"])))
        return f"Between which prices both gain cannot be said ({'; '.join(reasons)})."
    if high["value"] is None:
        pays = f" (below zero {donor} would pay)" if ends[0] < 0 else ""
        least = f"{spoken_apart(*ends)[0]} {unit}{pays}"
        return f"{donor} must have at least {least}; what {receiver} can pay is open ({high['reason']})."
    if low["value"] is None:
        return f"{receiver} can pay at most {spoken_apart(*ends)[0]} {unit}; what {donor} must have is open ({low['reason']})."
    if is_closed(rows):
        least, most = spoken_apart(*ends)
        told = f"{donor} must have at least {least}, and {receiver} can pay at most {most} {unit}"
        return f"There is no price at which both gain: {told}. {would_open(rows, donor, receiver)}".strip()
    now = rows["price"]["value"]
    least, most, *price = spoken_range(ends[0], ends[1], *([] if now is None else [number(now)]))
    meaning = f" (below zero {donor} would pay)" if ends[0] < 0 else ""
    if ends[0] == ends[1]:
        return f"Neither gains anything: at {least} {unit}{meaning} both come out even, and at any other price one loses."
    place = _place(rows, f"the {noun}, {price[0]},", donor, receiver) if price else "the case states no price"
    return f"Both gain at any price between {least} and {most} {unit}{meaning}; {place}."


def _place(rows: Rows, price: str, donor: str, receiver: str) -> str:
    """Where the price of the case stands."""
    if (share := rows["donor_share"]["value"]) is not None:
        return f"{price} gives {donor} {percent(number(share))} of what the two gain"
    return f"{price} is a loss for {loser(rows, donor, receiver)}"


def loser(rows: Rows, donor: str, receiver: str) -> str:
    """Who loses at a price outside the corridor."""
    return donor if number(rows["price"]["value"]) < number(rows["p_min"]["value"]) else receiver


def would_open(rows: Rows, donor: str, receiver: str) -> str:
    """What would open a corridor that is closed, each alone."""
    ways = []
    for item, text in (
        ("opening_fee", "{} from others"),
        ("opening_grant", f"a grant of {{}} to {receiver}"),
        ("opening_grant_donor", f"a grant of {{}} to {donor}"),
        ("opening_distance", "transport over {} in all"),
    ):
        if rows[item]["value"] is not None:
            unit = money_unit(str(rows[item]["unit"]))
            value = enough(number(rows[item]["value"]), up=item != "opening_distance")
            ways.append(text.format(spoken(value, unit) if "grant" in item else f"{spoken_apart(value)[0]} {unit}"))
    return f"One of these would open a corridor: {', '.join(ways)}."


def _payback(result: Assessment, rows: Rows) -> str:
    """When the investment is back, and at what rate of return; nothing where that is as unknown as its worth."""
    invested, granted = number(rows["invested"]["value"]), number(rows["granted"]["value"])
    back, currency, reason = rows["simple_payback"], result.case["currency"], str(rows["simple_payback"]["reason"])
    told = "{} of it granted" if granted <= invested else "with grants of {}"
    grant = f", {told.format(spoken(granted, currency))}," if granted else ""
    what = f"The investment of about {spoken(invested, currency)}{grant}"
    if reason.startswith(_NOT_STATED):
        known = rows["value_per_year"]["value"] is not None
        return f"When an investment is back cannot be said ({reason})." if known or invested else ""
    if not invested:
        return "The case states no investment in it."
    if back["value"] is not None:
        years = spoken_years(number(back["value"]))
        return f"{what} is back after about {years} for all who take part together{_returned(rows)}."
    if reason.startswith(_NEVER):
        return f"{what} is not back{reason.removeprefix(_NEVER)}{_returned(rows)}."
    return f"{what} is covered from the start."


def _returned(rows: Rows) -> str:
    """At what rate of return, where there is one."""
    rate = rows["irr"]["value"]
    return "" if rate is None else f", at a rate of return of {rate_told(number(rate))} a year"


def rate_told(rate: float) -> str:
    r"""A rate as a person would say it.

    >>> rate_told(0.1534), rate_told(0.0412), rate_told(-0.02)
    ('about 15\xa0%', 'about 4.1\xa0%', 'about −2\xa0%')
    """
    return f"about {spoken_apart(100 * rate)[0]}\u00a0%"


def _together(result: Assessment) -> Iterator[str]:
    """The whole network in a sentence or two."""
    rows, currency = summary(result, NETWORK), result.case["currency"]
    if rows["annuity"]["value"] is not None:
        paid = ", with what is invested paid for" if has_capital(result) else ""
        worth_of = spoken(number(rows["annuity"]["value"]), currency)
        yield f"They are worth about {worth_of} a year{paid}; {net_present_value(result)}."
    elif not rows["value"]["reason"]:
        before = ", before what is invested" if has_capital(result) else ""
        yield f"They are worth about {spoken(number(rows['value']['value']), currency)} a year{before}."
    if (back := rows["simple_payback"]["value"]) is not None:
        yield f"All that is invested is back after about {spoken_years(number(back))}{_returned(rows)}."
    if public := public_money(result):
        yield f"Behind it stand about {spoken(public, currency)} of public money over the period."


def _losers(result: Assessment) -> Iterator[str]:
    """The actors who pay more than they gain over the years, each at its own rate: no corridor shows what a third one pays."""
    for key, entry in result.case["actors"].items():
        rows = summary(result, key)
        if rows["npv"]["value"] is not None and (value := number(rows["npv"]["value"])) <= -_NOTICED:
            rate = spoken_apart(100 * number(rows["discount_rate"]["value"]))[0]
            yield f"For {entry['name']} the net present value is about {spoken(value, result.case['currency'])} at {rate}\u00a0%."


def net_present_value(result: Assessment) -> str:
    """The net present value of the network, with the years and the rate; nothing where it is not known."""
    rows, years = summary(result, NETWORK), int(result.case["period"]["years"])
    if rows["npv"]["value"] is None:
        return ""
    value, rate = spoken(number(rows["npv"]["value"]), result.case["currency"]), 100 * number(rows["discount_rate"]["value"])
    return f"net present value about {value} over {years} year{'' if years == 1 else 's'} at {spoken_apart(rate)[0]}\u00a0%"


def over_years(result: Assessment) -> str:
    """What the money comes to over the years, in a few words: net present value and payback, as far as they are known."""
    back = summary(result, NETWORK)["simple_payback"]["value"]
    returned = f"back after about {spoken_years(number(back))}" if back is not None else ""
    return ", ".join(text for text in (net_present_value(result), returned) if text)
