"""Between which prices both sides of an exchange gain, as pictures, and what moves these prices."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.report import charts
from ius_lca.report.company import loser, told_of, would_open
from ius_lca.report.figures import number, percent, significant, spoken, spoken_apart
from ius_lca.report.money_charts import Mark, price_corridor
from ius_lca.report.money_rows import Rows, corridor, is_closed, money_unit, name_of, price_noun, sides, states_money
from ius_lca.results import Assessment, Row

#: So many pictures are shown; the others are folded away.
_SHOWN = 6
_VARIED = {
    "disposal_tax": "tax on disposal, of what is stated",
    "carbon_price": "carbon price, all passed on",
    "shortfall": "quantity falls short by",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of what is varied, and the prices between which both gain there."""

    title: str
    prices: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Variation:
    """What is varied, level by level."""

    name: str
    levels: list[Level]


@dataclass(frozen=True, slots=True)
class CorridorView:
    """One exchange: its picture, what is written under it, and what moves its prices."""

    name: str
    unit: str
    chart: str
    note: str
    variations: list[Variation]


@dataclass(frozen=True, slots=True)
class Corridors:
    """Pictures, those that are folded, and the exchanges that have none with the reason."""

    shown: list[CorridorView]
    folded: list[CorridorView]
    unknown: list[str]

    @property
    def varied(self) -> list[CorridorView]:
        """The exchanges of which something is varied."""
        return [view for view in (*self.shown, *self.folded) if view.variations]


def corridors(result: Assessment) -> Corridors:
    """Every exchange whose two ends are known, under the main reference; those that are told in sentences come before others."""
    views: dict[str, CorridorView] = {}
    unknown: list[str] = []
    told = told_of(result)
    for key, exchange in result.case["exchanges"].items():
        rows = corridor(result, key)
        missing = [str(rows[item]["reason"]) for item in ("p_min", "p_max") if rows[item]["value"] is None]
        if not missing:
            views[key] = _view(result, key, rows, told=key in told)
        elif states_money(result, key):
            unknown.append(f"{exchange['resource']} ({'; '.join(dict.fromkeys(missing))})")
    first = sorted(views, key=lambda key: key not in told)[:_SHOWN]
    return Corridors([views[key] for key in views if key in first], [views[key] for key in views if key not in first], unknown)


def _view(result: Assessment, key: str, rows: Rows, *, told: bool) -> CorridorView:
    """told: whether the exchange is told in sentences above."""
    donor, receiver = sides(result, key)
    unit, name = money_unit(str(rows["p_min"]["unit"])), name_of(result, key)
    low, high = number(rows["p_min"]["value"]), number(rows["p_max"]["value"])
    now = _mark(rows, "price", f"{{}} {price_noun(result, key)}")
    middle = _mark(rows, "nash", "midpoint {}")
    ends = Mark(low, f"{donor}: at least {significant(low)}"), Mark(high, f"{receiver}: at most {significant(high)}")
    note = _closed(rows, donor, receiver, told=told) if is_closed(rows) else _shared(result, key, rows)
    labels = "; ".join(one.label for one in (*ends, now, middle) if one is not None)
    title = f"{'No price' if is_closed(rows) else 'Prices'} at which both gain: {name}"
    chart = charts.draw(price_corridor(*ends, now, middle), title, f"{labels} {unit}. {note}")
    return CorridorView(name, unit, chart, note, _variations(result, key))


def _mark(rows: Rows, item: str, words: str) -> Mark | None:
    value = rows[item]["value"]
    return None if value is None else Mark(number(value), words.format(significant(number(value))))


def _closed(rows: Rows, donor: str, receiver: str, *, told: bool) -> str:
    """That there is no price, and what would open a corridor where the sentences above do not say it."""
    ways = "" if told else would_open(rows, donor, receiver)
    return f"There is no price at which both gain. {ways}".strip()


def _shared(result: Assessment, key: str, rows: Rows) -> str:
    """What there is to share, and how the price shares it."""
    if rows["p_min"]["value"] == rows["p_max"]["value"] is not None:
        return "There is nothing to share: at this price both come out even."
    (donor, receiver), noun = sides(result, key), price_noun(result, key)
    share, rest = rows["donor_share"]["value"], rows["receiver_share"]["value"]
    surplus, of_what = rows["surplus"]["value"], "it"
    parts = []
    if surplus:
        parts.append(f"For both to share in {result.year}: about {spoken(number(surplus), result.case['currency'])}.")
    elif surplus is not None:  # it starts later, or has ended
        of_what = "what both gain"
        parts.append(f"Nothing is handed over in {result.year}.")
    if share is not None:
        gives = f"gives {donor} {percent(number(share))} of {of_what} and {receiver} {percent(number(rest))}"
        parts.append(f"The {noun} {gives}.")
    elif rows["price"]["value"] is not None:
        parts.append(f"The {noun} is a loss for {loser(rows, donor, receiver)}.")
    return " ".join(parts)


def _variations(result: Assessment, key: str) -> list[Variation]:
    """Both ends at every level of what is varied."""
    found: dict[str, dict[float, dict[str, Row]]] = {}
    for row in result.tables["corridor_variations"]:
        if (row["reference"], row["exchange"]) == (result.main_reference, key):
            found.setdefault(str(row["varied"]), {}).setdefault(number(row["level"]), {})[str(row["item"])] = row
    return [_variation(varied, levels) for varied, levels in found.items()]


def _variation(varied: str, levels: dict[float, dict[str, Row]]) -> Variation:
    unit = str(next(iter(levels.values()))["p_min"]["level_unit"])
    name, beside = (_VARIED[varied], "\u00a0%") if unit == "%" else (f"{_VARIED[varied]}, {money_unit(unit)}", "")
    if reasons := [str(row["reason"]) for ends in levels.values() for row in ends.values() if row["value"] is None]:
        return Variation(name, [Level("", f"not told: {reasons[0]}", is_open=True)])
    told = [_level(f"{spoken_apart(level)[0]}{beside}", ends) for level, ends in levels.items()]
    if len({level.prices for level in told}) == 1:
        told = [Level(f"{told[0].title} to {told[-1].title}", told[0].prices, told[0].is_open)]
    return Variation(name, told)


def _level(title: str, ends: dict[str, Row]) -> Level:
    low, high = (number(ends[item]["value"]) for item in ("p_min", "p_max"))
    least, most, is_open = significant(low), significant(high), low <= high
    return Level(title, f"{least} to {most}" if is_open else f"none ({least} > {most})", is_open)
