"""What `indicators.yaml` says of each indicator: its name, its unit, and what makes it complete."""

from __future__ import annotations

from ius_lca.paths import shipped
from ius_lca.quantity import Frozen
from ius_lca.yaml_document import read_document


class Definition(Frozen):
    """What `indicators.yaml` says of an indicator."""

    name: str
    unit: str
    group: str
    covered_by: str
    """The word in a record's `covers` that makes it complete, or `always`."""
    non_negative: bool
    method: tuple[str, ...] = ()
    """Name of the method as bw2io ships it."""
    own: dict[str, float] = {}
    """Own characterization factors by flow."""
    part_of: str = ""
    on_request: bool = False
    excludes_screening: bool = False


def definitions() -> dict[str, Definition]:
    """The shipped definitions by id, in the order reports show them."""
    tree = read_document(shipped("factors") / "characterisation" / "indicators.yaml").tree
    return {key: Definition.model_validate(entry) for key, entry in tree.items()} if isinstance(tree, dict) else {}
