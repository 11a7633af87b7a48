"""What a case may say of everything an actor does, so that the exchanges can be seen as a part of it."""

from __future__ import annotations

from ius_lca.quantity import Frozen, Stated


class Operations(Frozen):
    """Yearly totals of an actor, with the exchanges of the case running."""

    inflow: Stated | None = None
    """All materials taken in, what the exchanges bring included; a mass, such as `120000 t/year`."""
    circular_inflow: Stated | None = None
    """Of the inflow, what is reused, recycled or renewable without the exchanges of this case; 0 if nothing."""
    outflow: Stated | None = None
    """All materials put out, products and wastes, what the exchanges take included; a mass."""
    circular_outflow: Stated | None = None
    """Of the outflow, what is reused, recycled or recirculated without the exchanges of this case; 0 if nothing."""
    waste: Stated | None = None
    """Waste that is still disposed of; a mass."""
    energy: Stated | None = None
    """All energy taken in, what the exchanges bring included."""
    emissions: Stated | None = None
    """Scopes 1 and 2 as the actor reports them, such as `50000 t CO2e/year`. Avoided emissions are set beside them, never
    subtracted."""


#: The unit in which each total is counted.
UNITS = {
    "inflow": "t/year",
    "circular_inflow": "t/year",
    "outflow": "t/year",
    "circular_outflow": "t/year",
    "waste": "t/year",
    "energy": "MWh/year",
    "emissions": "t CO2e/year",
}
