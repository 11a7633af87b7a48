"""How money is counted over the years, and what is paid for the network as a whole."""

from __future__ import annotations

from typing import Literal

from ius_lca.case.schema.external import External, Jobs
from ius_lca.case.schema.money import Investment, Payment
from ius_lca.quantity import Frozen, Stated


class Economics(Frozen):
    """Prices over the years, income tax, and what belongs to no single exchange."""

    nominal: bool = False
    """Whether discount rates contain inflation, so that every flow is counted in the money of its year."""
    inflation: Stated | None = None
    """A year, of all prices of the case; needed where `nominal` is true."""
    tax_rate: Stated | None = None
    """Income tax of the actors who state none; none is counted if nothing is said. Losses are set against other profits."""
    remaining_value: Literal["straight_line", "none"] = "straight_line"
    """What something is worth whose life is not over at the end: its undepreciated part, or nothing."""
    facilitation: tuple[Payment, ...] = ()
    """What finding, planning and running the network costs: a sum, or money a year of the period."""
    investments: tuple[Investment, ...] = ()
    """What is bought for several exchanges together."""
    external: External = External()
    """Value outside the cash flow: a carbon price, costs of damage."""
    jobs: Jobs = Jobs()
    """Full-time jobs created or safeguarded."""
