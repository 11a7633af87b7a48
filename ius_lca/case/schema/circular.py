"""What a case may say of the Circular Footprint Formula for an exchange of material."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ius_lca.case.schema.target import Target
from ius_lca.quantity import Frozen, Stated

#: The activities of the formula by the standard's symbol, in its order; their burdens are per unit of the material, those of
#: substituted energy per MJ.
ACTIVITIES = ("Ev", "Erec", "ErecEoL", "E*v", "EER", "ESE_heat", "ESE_elec", "ED")
#: Substituted energy, whose amounts are per MJ.
PER_MJ = ("ESE_heat", "ESE_elec")


class CircularFootprint(Frozen):
    """The Circular Footprint Formula of the EU Product Environmental Footprint, with the symbols of Recommendation 2021/2279.

    The product is one unit of the usable material, in the unit of the quantity. What is not stated follows from the exchange
    or is a default, and the result says which.
    """

    kind: str = ""
    """Kind of material in `factors/circular_footprint.yaml` whose published defaults are taken, such as steel or glass."""
    A: Stated | None = None
    """Share of the burdens and credits of recycling that the user of recycled material bears; 0.2 to 0.8."""
    B: Stated | None = None
    """The same for energy recovery; 0 if not stated."""
    R1: Stated | None = None
    """Recycled share of the material that goes in; 100 % if not stated, as the exchange hands over secondary material."""
    R2: Stated | None = None
    """Share of the material that is recycled at the end of its life; 0 if not stated."""
    R3: Stated | None = None
    """Share of the material that is burnt for its energy at the end of its life; 0 if not stated."""
    quality_in: Stated | None = None
    """Qsin/Qp: quality of the recycled material that goes in against virgin material; the quality of the supply if not
    stated."""
    quality_out: Stated | None = None
    """Qsout/Qp: quality of the material recycled at the end of life against virgin material; as `quality_in` if not stated."""
    LHV: Stated | None = None
    """Lower heating value of the material, such as 15 MJ/kg; needed with R3."""
    X_heat: Stated | None = None
    """Efficiency of the energy recovery for heat; needed with R3."""
    X_elec: Stated | None = None
    """Efficiency of the energy recovery for electricity; needed with R3."""
    Ev: tuple[Target, ...] | None = None
    """Production of the virgin material; the supply that is replaced if not stated. Activities are lists, an empty list is
    none, and their amounts are per unit of the material."""
    Erec: tuple[Target, ...] | None = None
    """Recycling of the material that goes in; needs, transport and residue of the exchange if not stated."""
    ErecEoL: tuple[Target, ...] | None = None
    """Recycling at the end of life; as Erec if not stated."""
    E_star_v: Annotated[tuple[Target, ...] | None, Field(alias="E*v")] = None
    """Production of the virgin material that is substituted at the end of life; as Ev if not stated."""
    EER: tuple[Target, ...] | None = None
    """Energy recovery: burning the material; needed with R3."""
    ESE_heat: tuple[Target, ...] | None = None
    """Heat that is substituted, per MJ; needed with X_heat."""
    ESE_elec: tuple[Target, ...] | None = None
    """Electricity that is substituted, per MJ; needed with X_elec."""
    ED: tuple[Target, ...] | None = None
    """Disposal of what is neither recycled nor burnt at the end of life; the disposal of the exchange if not stated."""

    def stated(self, activity: str) -> tuple[Target, ...] | None:
        """The activity of that symbol, if it is stated."""
        targets: tuple[Target, ...] | None = getattr(self, activity.replace("E*v", "E_star_v"))
        return targets
