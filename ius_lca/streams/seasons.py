"""Heat by month: how far the seasons of the donor and of the receiver overlap."""

from __future__ import annotations

from collections.abc import Iterator

from ius_lca.case.schema.heat import Month
from ius_lca.computed import Computed
from ius_lca.results import Cell


def month_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """By exchange and month: available at the donor, taken by the receiver, and used."""
    for key, months, unit in _profiles(c):
        for month in months:
            yield key, month.name, month.donor, month.receiver, month.used, unit


def overlap_rows(c: Computed) -> Iterator[tuple[Cell, ...]]:
    """By exchange: the sums of the year, and what is used of each side and of what the smaller side has in a year."""
    for key, months, unit in _profiles(c):
        donor, receiver = sum(month.donor for month in months), sum(month.receiver for month in months)
        used = sum(month.used for month in months)
        for measure, amount in (("donor", donor), ("receiver", receiver), ("used", used)):
            yield key, measure, amount, f"{unit}/year"
        for measure, whole in (("share_of_donor", donor), ("share_of_receiver", receiver), ("overlap", min(donor, receiver))):
            if whole:
                yield key, measure, used / whole, "1"


def _profiles(c: Computed) -> Iterator[tuple[str, tuple[Month, ...], str]]:
    for key, exchange in c.case.exchanges.items():
        if exchange.heat is not None and exchange.heat.donor_profile is not None:
            yield key, exchange.heat.months(), exchange.heat.donor_profile.unit
