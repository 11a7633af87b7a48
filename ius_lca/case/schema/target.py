"""Something taken: what uses, needs and inputs of a case have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ius_lca.case.schema.legality import Permit
from ius_lca.quantity import Frozen, Id, Stated, with_evidence_beside

#: In `makes_up`: nobody takes the co-product.
UNUSED = "unused"


class Target(Frozen):
    """Something taken: a factor of the library, a process or the stream of an exchange of the case."""

    factor: str | None = None
    """Id of a record of the library (find them with `ius-lca factors`) or of a factor of this case. Either this or `process`.
    Without the place at its end, as in `electricity.mix`, the one of the case's place is taken."""
    process: Id | None = None
    """Id of a process of this case."""
    exchange: Id | None = None
    """Id of an exchange of this case whose stream is taken: more of it is then handed over. In needs and in inputs of
    processes that run with the symbiosis; either this, `factor` or `process`."""
    amount: Stated | None = None
    """Of the factor per unit it serves; needed where the dimensions differ."""
    with_: Annotated[dict[str, Stated], Field(alias="with")] = {}
    """Parameters of the factor that are otherwise here, such as `{gas_recovery: 60 %}`; `ius-lca factors show ID` lists them."""
    instead: dict[str, str] = {}
    """Inputs of the factor that are supplied by another factor here, such as `{electricity.mix.EU27: electricity.mix.SE}`."""
    makes_up: dict[str, str] = {}
    """For each co-product of the factor, what supplies it where this does not run: a factor or a process. Where the
    exchanges take the factor, the name of an exchange says that the co-product is handed on and counted there; `unused`
    says that nobody takes it."""
    why: str = ""
    """Stands in the inventory in place of the factor's name."""
    legality: Permit | None = None
    """What permits a treatment of waste that is banned here as a rule, such as `{exemption: "dispensation, 2021"}`."""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "amount")

    @model_validator(mode="after")
    def _one(self) -> Target:
        if sum(one is not None for one in (self.factor, self.process, self.exchange)) != 1:
            raise ValueError("name either a 'factor', a 'process' or an 'exchange'")
        return self

    @property
    def target(self) -> str:
        """The id it points at; a factor that is changed here is one of its own, named after what is changed."""
        changes = [f"{name} = {stated.value:.12g} {stated.unit}".rstrip() for name, stated in self.with_.items()]
        changes += [f"{other} for {name}" for name, other in self.instead.items()]
        return f"{self.factor or self.process or self.exchange or ''}{' with ' if changes else ''}{', '.join(changes)}"
