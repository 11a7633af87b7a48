"""Where a number or a fact was published."""

from __future__ import annotations

from ius_lca.quantity import Frozen


class Source(Frozen):
    """A publication that numbers come from."""

    title: str
    publisher: str
    year: int | None
    """Year of publication; none if the publication states none."""
    address: str
    licence: str
    """Under which its facts may be shipped."""
    read_in: str = ""
    """The copy the numbers were read in, if not the publication itself."""
