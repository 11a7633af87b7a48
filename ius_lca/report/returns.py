"""What the money over all years comes to: for every actor, the network and society, and for every exchange."""

from __future__ import annotations

from dataclasses import dataclass

from ius_lca.report.figures import number, readable, shortened, significant
from ius_lca.report.money_rows import BOTH, NETWORK, SOCIETY, Rows, has_capital, money_unit, prices_of_values, summary, worth
from ius_lca.results import Assessment, Row

#: By indicator, its heading.
_HEADINGS = {
    "discount_rate": "discount rate",
    "npv": "net present value",
    "annuity": "as a yearly amount",
    "irr": "internal rate of return",
    "simple_payback": "back after, years",
    "discounted_payback": "with interest, years",
    "benefit_cost_ratio": "benefit-cost ratio",
}


#: What is told of every exchange beside its levelised cost.
_OF_EXCHANGE = ("npv", "annuity")
#: What is told of society, which receives taxes and pays grants and no more.
_OF_SOCIETY = ("discount_rate", "npv", "annuity")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Differences below this part of the unit are rounding.
_NOTICED = 1e6


@dataclass(frozen=True, slots=True)
class Returns:
    """Indicators by party, with the reasons for those that are not known.

    columns: headings.  rows: name, cells, whether it is a total.  notes: in the order of their marks.
    prices: in which money the values stand.
    difference: what the network's value is more than the sum of the actors'; empty if the same rate is used by all.
    """

    columns: list[str]
    rows: list[tuple[str, list[str], bool]]
    notes: list[str]
    prices: str
    difference: str
    abatement: str


@dataclass(frozen=True, slots=True)
class ExchangeReturns:
    """What every exchange is worth to all who take part, and what a unit of it costs."""

    unit: str
    yearly: str
    rows: list[dict[str, str]]
    notes: list[str]


def returns(result: Assessment) -> Returns | None:
    """Indicators under the main reference; nothing where neither a rate nor an investment is stated."""
    parties = {key: str(entry["name"]) for key, entry in result.case["actors"].items()}
    found = {key: summary(result, key) for key in (*parties, NETWORK, SOCIETY, BOTH)}
    if not _says_anything(result, found):
        return None
    names = {**parties, NETWORK: "Network", SOCIETY: "Society (taxes less subsidies)", BOTH: "Network and society"}
    if not any(row["actor"] == SOCIETY for row in result.tables["economics"]):
        names = {**parties, NETWORK: "Network"}
    known = [indicator for indicator in _HEADINGS if any(found[key][indicator]["value"] is not None for key in names)]
    shown = [found[key][indicator] for key in names for indicator in known if _tells(key, indicator)]
    reasons = list(dict.fromkeys(str(row["reason"]) for row in shown if row["value"] is None))
    size, unit = readable([number(found[key]["npv"]["value"]) for key in names], f"{result.case['currency']}/year")
    annual, a_year = readable([number(found[key]["annuity"]["value"]) for key in names], f"{result.case['currency']}/year")
    units = {"npv": unit, "annuity": a_year}
    sizes = {"npv": size, "annuity": annual}

    def cell(party: str, indicator: str) -> str:
        row = found[party][indicator]
        if not _tells(party, indicator):
            return ""
        if row["value"] is None:
            return _mark(reasons, str(row["reason"]))
        value = number(row["value"])
        return (
            f"{shortened(100 * value, 3)}\u00a0%" if row["unit"] == "1/year" else significant(value / sizes.get(indicator, 1.0))
        )

    rows = [(name, [cell(key, one) for one in known], key not in parties) for key, name in names.items()]
    return Returns(
        columns=[f"{_HEADINGS[one]}, {units[one]}" if one in units else _HEADINGS[one] for one in known],
        rows=rows,
        notes=[*_notes(reasons), *_dropped(found[NETWORK], known)],
        prices=prices_of_values(result),
        difference=_difference(found[NETWORK]["npv_difference"], size, unit),
        abatement=_abatement(found[NETWORK]["abatement_cost"]),
    )


def _tells(party: str, indicator: str) -> bool:
    """Taxes less subsidies are no investment of society, so it has no return on them, and a ratio would read as a verdict."""
    return party != SOCIETY or indicator in _OF_SOCIETY


def _mark(reasons: list[str], reason: str) -> str:
    """A dash with the number of the note that says why."""
    return f"–\u2009{_raised(reasons.index(reason) + 1)}"


def _notes(reasons: list[str]) -> list[str]:
    return [f"{_raised(at)}\u00a0{reason}" for at, reason in enumerate(reasons, 1)]


def _raised(at: int) -> str:
    """A small raised number.

    >>> _raised(12)
    '¹²'
    """
    return str(at).translate(_RAISED)


def _says_anything(result: Assessment, found: dict[str, Rows]) -> bool:
    """Whether a rate is stated or anything is paid beside the running of the years."""
    return has_capital(result) or any(rows["discount_rate"]["value"] is not None for rows in found.values())


def _dropped(network: Rows, known: list[str]) -> list[str]:
    """Why an indicator is shown for nobody."""
    left = [one for one in _HEADINGS if one not in known]
    by_reason: dict[str, list[str]] = {}
    for one in left:
        by_reason.setdefault(str(network[one]["reason"]), []).append(_HEADINGS[one])
    return [f"Not shown: {'; '.join(names)} ({reason})" for reason, names in by_reason.items()]


def _difference(row: Row, size: float, unit: str) -> str:
    """What the network's present value is more, or less, than the sum of the actors' own."""
    value = number(row["value"])
    if abs(value) < size / _NOTICED:
        return ""
    return f"{significant(abs(value) / size)} {unit} {'more' if value > 0 else 'less'}"


def _abatement(row: Row) -> str:
    """What it costs to avoid a tonne of CO2e, or why there is no such figure."""
    reason = str(row["reason"])
    if row["value"] is None:
        return f"No cost of avoiding a tonne of CO₂e is given ({reason})."
    told = f"{significant(number(row['value']))} {money_unit(str(row['unit']))}"
    return f"To avoid CO₂ costs all who take part {told}{f' ({reason})' if reason else ''}."


def _is_anything(rows: Rows) -> bool:
    """Whether what belongs to no exchange is money of those who take part: facilitation that others pay is not."""
    return any(row["value"] != 0 for indicator, row in rows.items() if indicator in {"value_per_year", *_OF_EXCHANGE})


def exchange_returns(result: Assessment) -> ExchangeReturns | None:
    """What each exchange is worth, and costs per unit, under the main reference."""
    keys: list[str | None] = list(result.case["exchanges"])
    rows = {key: found for key in (*keys, None) if (found := worth(result, key)) and (key or _is_anything(found))}
    if not any(row["value"] is not None for found in rows.values() for row in found.values() if row["indicator"] in _OF_EXCHANGE):
        return None
    names = {key: str(entry["resource"]) for key, entry in result.case["exchanges"].items()}
    columns = ("value_per_year", "annuity", "npv", "levelised_cost")
    shown = [found[one] for found in rows.values() for one in columns if one in found]
    reasons = list(dict.fromkeys(str(row["reason"]) for row in shown if row["value"] is None))
    currency = result.case["currency"]
    size, unit = readable([number(found["npv"]["value"]) for found in rows.values()], f"{currency}/year")
    yearly = [number(found[one]["value"]) for found in rows.values() for one in ("value_per_year", "annuity")]
    annual, a_year = readable(yearly, f"{currency}/year")

    def cell(row: Row, by: float) -> str:
        return _mark(reasons, str(row["reason"])) if row["value"] is None else significant(number(row["value"]) / by)

    told = [
        {
            "name": "for the network as a whole" if key is None else names[key],
            "value": cell(found["value_per_year"], annual),
            "annuity": cell(found["annuity"], annual),
            "npv": cell(found["npv"], size),
            "cost": cell(found["levelised_cost"], 1.0) if key is not None else "",
            "unit": money_unit(str(found["levelised_cost"]["unit"])) if key is not None else "",
        }
        for key, found in rows.items()
    ]
    return ExchangeReturns(unit, a_year, told, _notes(reasons))
