"""What tables and findings both ask of a computed case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ius_lca.computed import Computed
from ius_lca.sensitivity.break_even import BreakEven, break_evens
from ius_lca.sharing.allocation import SharedOut, shared_out


@dataclass(frozen=True)
class Analysis:
    """Shares and break-evens of a case, each computed once, and only if somebody asks."""

    computed: Computed

    @cached_property
    def shares(self) -> SharedOut:
        """Every rule under every reference."""
        return shared_out(self.computed)

    @cached_property
    def break_evens(self) -> tuple[BreakEven, ...]:
        """Every break-even under every reference."""
        return tuple(break_evens(self.computed))
