"""Between which prices of a stream both its donor and its receiver gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from ius_lca import units
from ius_lca.case import amounts
from ius_lca.case.schema import Case
from ius_lca.economics.indicators import Figure, annuity_factor
from ius_lca.economics.items import CashItem, NotStated
from ius_lca.quantity import Stated


@dataclass(frozen=True, slots=True)
class Corridor:
    """Prices per unit handed over, in `unit`, that leave donor (p_min) and receiver (p_max) without gain.

    donor_share: what the price leaves the donor of the surplus p_max - p_min, 0 to 1.
    """

    reference: str
    exchange: str
    unit: str
    p_min: Figure
    p_max: Figure
    price: Figure
    donor_share: Figure


def corridors(
    case: Case, quantities: Mapping[str, float], cash: Sequence[CashItem], not_stated: Sequence[NotStated]
) -> list[Corridor]:
    """The static corridor of every exchange under every reference, in one year.

    p_min = (what the donor pays - what it saves) / q;  p_max = (what the receiver saves - what it pays) / q, a year, without
    the price itself. Each cost sits with the actor who bears it, the cost of equipment as an annuity over its life at that
    actor's discount rate, else the case's. What third actors pay is in neither. A number that is not stated is never taken
    as zero: the figure is then None, with the reason.

    quantities: what each exchange hands over in that year, in its own unit.  cash: its payments.
    not_stated: prices that the payments would need.
    Source: the static form of the corridor of prices in the methods; its idea is Yazan & Fraccascia 2019.
    """
    return [
        _corridor(
            case,
            key,
            reference,
            quantity=quantities[key],
            cash=[item for item in cash if (item.reference, item.exchange) == (reference, key)],
            missing=[one for one in not_stated if (one.reference, one.exchange) == (reference, key)],
        )
        for reference in case.references
        for key in case.exchanges
    ]


def _corridor(
    case: Case, key: str, reference: str, *, quantity: float, cash: list[CashItem], missing: list[NotStated]
) -> Corridor:
    exchange = case.exchanges[key]
    base, price = amounts.base_unit(exchange), exchange.money.price
    unit = price.unit if price else units.per(case.currency, base)
    if not quantity:
        nothing = Figure(None, "nothing is handed over")
        return Corridor(reference, key, unit, nothing, nothing, nothing, nothing)
    # From the case's currency a year to a price per unit handed over, in the unit in which the price is written.
    per_unit = 1 / quantity / (units.ratio(1.0, price.unit, case.currency, base) if price else 1.0)
    donor, receiver = (_gain(case, key, actor, cash, missing) for actor in (exchange.from_, exchange.to))
    low = donor if donor.value is None else Figure((0.0 - donor.value) * per_unit)
    high = receiver if receiver.value is None else Figure(receiver.value * per_unit)
    sales = [item.value for item in cash if item.item == "sale"]
    paid = Figure(sales[0] * per_unit) if sales else Figure(None, "its price is not stated")
    return Corridor(reference, key, unit, low, high, paid, _donor_share(low, high, paid))


def _gain(case: Case, key: str, actor: str, cash: list[CashItem], missing: list[NotStated]) -> Figure:
    """What an actor gains in a year without the price of the stream, its equipment as an annuity [currency/year]."""
    if unknown := [one.item for one in missing if one.actor == actor and one.item != "price"]:
        return Figure(None, f"not stated: {', '.join(unknown)}".replace("avoided_", "avoided "))
    annuities = []
    for item in case.exchanges[key].equipment:
        if item.by != actor:
            continue
        if item.cost is None:
            return Figure(None, f"not stated: cost of {item.target}")
        rate = rate_of(case, actor)
        if rate is None:
            return Figure(None, f"not stated: discount rate of {actor} or of the case, for the cost of {item.target}")
        annuities.append(item.cost.to(case.currency) * annuity_factor(rate.to(""), item.life.to("year")))
    yearly = [one.value for one in cash if one.actor == actor and one.item not in {"sale", "purchase"}]
    return Figure(fsum(yearly) - fsum(annuities))


def rate_of(case: Case, actor: str) -> Stated | None:
    """The discount rate of an actor, else that of the case, else none: it is never taken as zero."""
    return case.actors[actor].discount_rate or case.discount_rate


def _donor_share(low: Figure, high: Figure, paid: Figure) -> Figure:
    if low.value is None or high.value is None or paid.value is None:
        return Figure(None, "; ".join(dict.fromkeys(one.reason for one in (low, high, paid) if one.reason)))
    if high.value <= low.value:
        return Figure(None, "there is no price at which both sides gain")
    share = (paid.value - low.value) / (high.value - low.value)
    if share < 0:
        return Figure(None, "at the stated price the donor loses")
    if share > 1:
        return Figure(None, "at the stated price the receiver loses")
    return Figure(share)
