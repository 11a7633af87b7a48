"""Rows of the tables of money under the main reference, as the parts of the report look them up."""

from __future__ import annotations

from collections.abc import Mapping

from ius_lca.report.figures import number, pretty_unit
from ius_lca.results import Assessment, Row

#: Beside the actors: all of them together, society (taxes less subsidies), and both.
NETWORK, SOCIETY, BOTH = "network", "society", "network_and_society"

#: Rows by what they tell: an indicator, or an item of a corridor.
Rows = Mapping[str, Row]


def summary(result: Assessment, party: str) -> Rows:
    """The figures of all years of an actor, of the network, of society or of both, by indicator."""
    return {
        str(row["indicator"]): row
        for row in result.tables["economics_summary"]
        if (row["reference"], row["actor"]) == (result.main_reference, party)
    }


def worth(result: Assessment, exchange: str | None) -> Rows:
    """What an exchange is to all who take part, by indicator; without an exchange, what is paid for none in particular."""
    mine = (result.main_reference, exchange, NETWORK)
    rows = result.tables["economics_exchanges"]
    return {str(row["indicator"]): row for row in rows if (row["reference"], row["exchange"], row["actor"]) == mine}


def corridor(result: Assessment, exchange: str) -> Rows:
    """The prices of an exchange, by item."""
    mine = (result.main_reference, exchange)
    return {str(row["item"]): row for row in result.tables["corridors"] if (row["reference"], row["exchange"]) == mine}


def is_closed(prices: Rows) -> bool:
    """Whether the donor needs more than the receiver can pay."""
    return "gap" in prices


def sides(result: Assessment, exchange: str) -> tuple[str, str]:
    """The names of the donor and the receiver."""
    stated, actors = result.case["exchanges"][exchange], result.case["actors"]
    return str(actors[stated["from"]]["name"]), str(actors[stated["to"]]["name"])


def name_of(result: Assessment, exchange: str) -> str:
    """The stream with its way."""
    donor, receiver = sides(result, exchange)
    return f"{result.case['exchanges'][exchange]['resource']}, from {donor} to {receiver}"


def states_money(result: Assessment, exchange: str) -> bool:
    """Whether the case states any money of an exchange."""
    return any(result.case["exchanges"][exchange]["money"].values())


def price_noun(result: Assessment, exchange: str) -> str:
    """What the price in a corridor is called: where it changes over the years it is their mean, worth the same."""
    price = result.case["exchanges"][exchange]["money"].get("price") or {}
    return "mean price" if price.get("by_year") else "price now"


def has_capital(result: Assessment) -> bool:
    """Whether anything is paid beside the running of the years."""
    return any(row["kind"] == "capital" for row in result.tables["economics"] if row["reference"] == result.main_reference)


def public_money(result: Assessment) -> float:
    """What society pays over the period: grants, subsidies and facilitation; zero where that is not known."""
    rows = result.tables["funder_figures"]
    paid = {row["measure"]: row["value"] for row in rows if row["reference"] == result.main_reference}
    return number(paid["public_money"])


def is_taxed(result: Assessment) -> bool:
    """Whether anybody's income tax is counted."""
    return any(row["item"] == "income_tax" for row in result.tables["economics"] if row["reference"] == result.main_reference)


def prices_of_values(result: Assessment) -> str:
    """In which money net present values and yearly amounts stand."""
    start, economics = int(result.case["period"]["start"]), result.case["economics"]
    of = result.case.get("price_year", start)
    if economics["nominal"]:
        return f"net present values in the money of {start - 1}, yearly amounts in prices of {of}"
    return f"in constant prices of {of}"


def period_words(result: Assessment) -> str:
    """The years of the period."""
    start, years = int(result.case["period"]["start"]), int(result.case["period"]["years"])
    return f"{start} to {start + years - 1}" if years > 1 else str(start)


def money_unit(unit: str) -> str:
    """The unit of a price, as it is said.

    >>> money_unit("SEK/MWh"), money_unit("EUR/(t CO2e)")
    ('SEK per MWh', 'EUR per t CO₂e')
    """
    return pretty_unit(unit).replace("/", " per ", 1).replace("(", "").replace(")", "")
