"""Goal and scope of a case (ISO 14044, 4.2), and the claims that are to be made of it."""

from __future__ import annotations

from typing import Literal

from ius_lca.quantity import Frozen


class Electricity(Frozen):
    """How the study treats electricity; printed as stated."""

    kind: Literal["average", "marginal", ""] = ""
    """Average mixes describe what is used, marginal ones what changes."""
    mix: Literal["production", "consumption", ""] = ""
    """What a country makes, or what is used there with its imports."""
    path: str = ""
    """How it changes over the years, in your words; nothing said: it does not."""


class FurtherHeadline(Frozen):
    """An indicator whose figure stands at the top of a report beside CO2, primary resources, landfill and value."""

    indicator: str
    """Id of an indicator, such as `eutrophication_marine`."""
    exchange: str = ""
    """The exchange whose figure alone it is, where others are not covered; that of all of them if not stated."""


class Study(Frozen):
    """Goal and scope (ISO 14044, 4.2); printed as stated, and read by the claim linter."""

    goal: str = ""
    """Why the study is made."""
    decision: str = ""
    """What is to be decided with it."""
    audience: Literal["funder", "company", "research", ""] = ""
    commissioner: str = ""
    """Who pays for it."""
    practitioner: str = ""
    """Who made it."""
    modelling: Literal["attributional", "consequential", ""] = ""
    functional_unit: str = ""
    boundary: str = ""
    """Where it begins and ends."""
    cut_off: str = ""
    """What is left out within the boundary, and by which rule."""
    electricity: Electricity = Electricity()
    review: str = ""
    """Who reviewed it, and how."""
    public_comparison: bool = False
    """A public comparative assertion; refused on the embedded library."""
    headlines: tuple[FurtherHeadline, ...] = ()
    """What the study is about beside the four headlines of every report; each shows its number only where it is covered."""
    claims: tuple[str, ...] = ()
    """Sentences you mean to publish, word for word. They are read for what a figure of avoided emissions cannot carry."""
