"""What a case may say of value outside its cash flow: a carbon price, costs of damage, jobs."""

from __future__ import annotations

from pydantic import model_validator

from ius_lca import units
from ius_lca.quantity import Frozen, Reading, Stated, point, with_evidence_beside
from ius_lca.units import Value


class CarbonPrice(Frozen):
    """A price of emissions, for those that are avoided and carry none yet."""

    price: Stated
    """Per tonne of CO2e, such as `80 EUR/t`; may be a path over the years."""
    not_yet_priced: Stated
    """Share of the avoided emissions whose fuel carries no carbon price yet, neither a tax nor an allowance: what the price of
    a fuel holds already is in the cash flow, and would count twice here."""

    def per_kg(self, currency: str, read: Reading = point) -> Value:
        """The price [currency/kg CO2e]; one per tonne is one per tonne of CO2e. Raises UnitsError.

        >>> CarbonPrice(price=Stated.model_validate("80 EUR/t"), not_yet_priced=Stated.model_validate("60 %")).per_kg("EUR")
        0.08
        """
        mass = "kg" if units.same_dimension(self.price.unit, f"{currency}/kg") else "kg CO2e"
        return units.ratio(read(self.price), self.price.unit, currency, mass)


class DamageCost(Frozen):
    """What one unit of an indicator costs somebody, by a source of the user's own; none is shipped.

    `source`, `evidence`, `range` and `note` may stand beside the cost; a cost with a source counts as published.
    """

    indicator: str
    """Id of an indicator, such as `particulate_matter`."""
    cost: Stated
    """Per unit of the indicator, such as `5 EUR/kg Ne`; the same in every year."""

    @model_validator(mode="before")
    @classmethod
    def _published(cls, written: object) -> object:
        if isinstance(written, dict) and written.get("cost") is None:
            raise ValueError("'cost' is missing: state it per unit of the indicator")
        read = with_evidence_beside(written, "cost")
        cost = read.get("cost") if isinstance(read, dict) else None
        if isinstance(read, dict) and isinstance(cost, dict) and cost.get("source") and "evidence" not in cost:
            return {**read, "cost": {**cost, "evidence": "published"}}
        return read

    @model_validator(mode="after")
    def _sourced(self) -> DamageCost:
        if not self.cost.source.strip():
            raise ValueError("a cost of damage needs a 'source': the publication that states it")
        return self


class External(Frozen):
    """What the exchanges are worth to others than the actors of the case. It is shown apart and never added to their money."""

    carbon: CarbonPrice | None = None
    damages: tuple[DamageCost, ...] = ()
    """Costs of damage by indicator."""


class Jobs(Frozen):
    """Full-time jobs, as the case states them; nothing is computed from them."""

    created: Stated | None = None
    """New jobs because of the exchanges."""
    safeguarded: Stated | None = None
    """Jobs that would be lost without them."""
