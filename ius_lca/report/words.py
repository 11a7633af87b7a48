"""The words of a report for the ids of a result."""

from __future__ import annotations

import re

from ius_lca.impact.coverage import COVERED, Coverage

TERMS = {
    "avoided_production": "Avoided production",
    "avoided_disposal": "Avoided disposal",
    "processing": "Processing",
    "transport": "Transport",
    "residue": "Residue",
    "equipment_backup": "Equipment and backup",
}
#: Coverage that needs no word beside a figure.
COMPLETE = ("full", "full_with_cutoff")
RULES = {
    "receiver": "all to the receiver",
    "donor": "all to the donor",
    "half_half": "half to each",
    "surplus": "as the price splits the gain",
    "weights": "as the actors agreed",
    "shapley": "by what each adds (Shapley)",
}
ITEMS = {
    "sale": "sale of the stream",
    "purchase": "purchase of the stream",
    "avoided_purchase": "purchase avoided",
    "avoided_disposal": "disposal avoided",
    "running_cost": "running cost",
    "transport": "transport",
    "residue": "treatment of the residue",
    "backup": "backup",
    "avoided_purchase_tax": "tax on the purchase avoided",
    "avoided_disposal_tax": "tax on the disposal avoided",
    "previous_use": "what the previous user takes instead",
    "donor_process": "change of the donor's process",
    "operation": "operation and maintenance",
    "payment": "payment by contract",
    "subsidy": "subsidy",
    "tax": "tax",
    "income": "income from outside",
    "facilitation": "facilitation",
    "investment": "investment",
    "replacement": "replacement",
    "residual_value": "remaining value",
    "grant": "grant",
    "income_tax": "income tax",
}
CLASSES = {
    "waste": "waste (the donor pays)",
    "contested": "free, so its class is contested",
    "by_product": "by-product (the receiver pays)",
    "not_stated": "price not stated",
}
MEASURES = {
    "incoming_flow": "received through exchanges",
    "outgoing_flow": "given through exchanges",
    "incoming_share": "received, as a share of all materials taken in",
    "outgoing_share": "given, as a share of all materials put out",
    "incoming_energy_share": "energy received, as a share of all energy taken in",
    "circular_inflow_share": "circular share of the inflow",
    "circular_outflow_share": "circular share of the outflow",
    "waste_diverted_share": "diverted, as a share of what is diverted or still disposed of",
    "avoided_beside_emissions": "its part of the avoided emissions, beside its own emissions",
}


def item_word(item: str, value: float) -> str:
    """The word for a payment; a stream that the donor pays for is not sold."""
    if (item == "sale" and value < 0) or (item == "purchase" and value > 0):
        return "fee for taking the stream"
    return ITEMS[item]


def place_words(place: str) -> str:
    """A place of the case as words.

    >>> place_words("exchanges.heat.money.avoided_purchase.by_reference.likely"), place_words("exchanges.heat.needs[0].price")
    ('heat: avoided purchase, likely', 'heat: needs 1, price')
    """
    kind, _, rest = place.partition(".")
    owner, _, below = rest.partition(".")
    parts = [part for part in below.split(".") if part not in {"money", "by_reference"}]
    told = f"{owner}: {', '.join(parts)}" if kind == "exchanges" else place.replace(".", ", ")
    return re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", told).replace("_", " ")


def coverage_word(indicator: str, level: str) -> str:
    """The word for a coverage level; for money it speaks of prices."""
    if indicator == "value":
        return {"full": "all prices stated", "partial": "prices are missing", "none": "no prices stated"}[level]
    return COVERED[Coverage(level)]
