"""What a case file may say. Unknown keys are errors; the docstring under a key is its documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from ius_lca.quantity import Frozen, Id, Stated, certain, with_evidence_beside

Currency = Literal["EUR", "SEK", "DKK", "NOK", "PLN", "GBP", "USD"]
Rule = Literal["receiver", "donor", "half_half", "weights"]


#: In `makes_up`: nobody takes the co-product.
UNUSED = "unused"


def _whole() -> Stated:
    return certain(100, "%")


class Period(Frozen):
    """The years that are assessed."""

    start: Annotated[int, Field(ge=1900, le=2200)]
    """First year; the figures of one year are stated for it."""
    years: Annotated[int, Field(ge=1, le=100)] = 1
    """How many years, all alike."""


class Study(Frozen):
    """Goal and scope (ISO 14044, 4.2); printed as stated."""

    goal: str = ""
    audience: Literal["funder", "company", "research", ""] = ""
    modelling: Literal["attributional", "consequential", ""] = ""
    functional_unit: str = ""
    boundary: str = ""
    commissioner: str = ""
    review: str = ""
    public_comparison: bool = False
    """A public comparative assertion; refused on the embedded library."""


class Actor(Frozen):
    """Somebody who gives or takes."""

    name: str
    kind: str = ""
    """In your words: industry, utility, municipality, farm."""
    discount_rate: Stated | None = None
    """Kept; no figure uses it yet."""


class ReferenceScenario(Frozen):
    """What would happen without the exchanges."""

    title: str
    """What would happen, in a few words; stands wherever a figure under this reference stands."""
    kind: str = ""
    """For example hypothetical, or the current situation."""
    description: str = ""


class Target(Frozen):
    """Something taken: a factor of the library or a process of the case."""

    factor: str | None = None
    """Id of a record of the library; find them with `ius-lca factors`. Either this or `process`."""
    process: Id | None = None
    """Id of a process of this case."""
    amount: Stated | None = None
    """Of the factor per unit it serves; needed where the dimensions differ."""
    makes_up: dict[str, str] = {}
    """For each co-product of the factor, what supplies it where this does not run: a factor or a process. Where the
    exchanges take the factor, the name of an exchange says that the co-product is handed on and counted there; `unused`
    says that nobody takes it."""
    why: str = ""
    """Stands in the inventory in place of the factor's name."""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "amount")

    @model_validator(mode="after")
    def _one(self) -> Target:
        if (self.factor is None) == (self.process is None):
            raise ValueError("name either a 'factor' or a 'process'")
        return self

    @property
    def target(self) -> str:
        """The id it points at."""
        return self.factor or self.process or ""


class Use(Target):
    """One part of what stands in for the exchange."""

    share: Stated = Field(default_factory=_whole)
    """Of the whole; the shares of one list sum to 100 %."""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "amount", "share", otherwise="100 %")


class ByReference(Frozen):
    """What stands in for the exchange, the same under `all` references or by each."""

    all: tuple[Use, ...] = ()
    by_reference: dict[str, tuple[Use, ...]] = {}

    @model_validator(mode="after")
    def _either(self) -> ByReference:
        if bool(self.all) == bool(self.by_reference):
            raise ValueError("write either 'all' or 'by_reference'")
        return self

    def under(self, reference: str) -> tuple[Use, ...]:
        """The uses under one reference."""
        return self.all or self.by_reference.get(reference, ())


class Supply(ByReference):
    """What the receiver would otherwise buy."""

    substitution: Stated
    """Reference product displaced per usable quantity (S), on a functional basis."""
    quality: Stated = Field(default_factory=lambda: Stated(value=1, unit=""))
    """Quality of the surplus against the product it displaces (Q), 0 to 1."""
    displacement: Stated = Field(default_factory=lambda: Stated(value=100, unit="%"))
    """Share that really displaces production on the market (D), 0 to 1. 1 is an assumption."""


class Need(Target):
    """What the exchange itself takes, per unit handed over."""

    by: Id
    """The actor who takes it and pays for it."""
    amount: Stated
    """Of the factor per unit handed over, all of it, usable or not."""
    price: Stated | None = None
    """What `by` pays per unit of the factor."""


class Transport(Frozen):
    """A leg of the way from donor to receiver."""

    factor: str
    distance: Stated
    """From donor to receiver."""
    by: Id
    """The actor who carries it and pays for it."""
    wet_mass: Stated | None = None
    """Mass moved per unit handed over; needed if the quantity is no mass."""
    price: Stated | None = None
    """What `by` pays per tonne-kilometre."""
    why: str = ""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "distance")


class Residue(Target):
    """Treatment of the share that is not usable."""

    by: Id | None = None
    """Who has it treated; the receiver if nothing is said."""
    price: Stated | None = None
    """What `by` pays per unit of the factor."""


class Equipment(Target):
    """Something built for the exchange."""

    amount: Stated
    """Of the factor, for the whole equipment."""
    life: Stated
    """Years over which it is spread."""
    by: Id
    cost: Stated | None = None
    """The investment; listed, not yet part of the value."""


class Backup(Target):
    """What the exchange adds for standby, per year."""

    amount: Stated
    by: Id
    price: Stated | None = None
    """What `by` pays per unit of the factor."""


class Heat(Frozen):
    """Temperatures and availability of a heat exchange."""

    supply: Stated
    needed: Stated
    return_: Annotated[Stated | None, Field(alias="return")] = None
    availability: Stated | None = None


class Prices(Frozen):
    """One price, or one by reference."""

    all: Stated | None = None
    by_reference: dict[str, Stated] = {}

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, written: object) -> object:
        if isinstance(written, dict) and "by_reference" in written:
            return written
        return {"all": written}

    def under(self, reference: str) -> Stated | None:
        """The price under a reference; none if not stated, and never borrowed from another."""
        return self.all or self.by_reference.get(reference)

    def stated(self) -> Iterator[tuple[tuple[str, ...], Stated]]:
        """Every price with the keys under which it stands."""
        if self.all is not None:
            yield (), self.all
        for reference, price in self.by_reference.items():
            yield ("by_reference", reference), price


class Money(Frozen):
    """Prices of the exchange, without VAT."""

    price: Stated | None = None
    """The receiver pays the donor, per unit handed over; negative if the donor pays."""
    avoided_purchase: Prices | None = None
    """What the receiver would pay per unit of the displaced product."""
    avoided_disposal: Prices | None = None
    """What the donor would pay per unit handed over."""


class Exchange(Frozen):
    """One stream from a donor to a receiver."""

    from_: Annotated[Id, Field(alias="from")]
    """The donor."""
    to: Id
    """The receiver."""
    resource: str
    """What is handed over, in a few words."""
    description: str = ""
    quantity: Stated
    """Handed over by the donor, per year."""
    usable: Stated = Field(default_factory=_whole)
    """Share that the receiver can use (y); the rest is residue."""
    donor_changed: bool = False
    """Whether the donor changed its process for the exchange."""
    heat: Heat | None = None
    supply: Supply | None = None
    """What it replaces."""
    disposal: ByReference | None = None
    """What it avoids."""
    needs: tuple[Need, ...] = ()
    """What it takes: pumping, cleaning, a heat pump's electricity."""
    transport: tuple[Transport, ...] = ()
    residue: Residue | None = None
    """Where the unusable share goes; per unit of what is rejected."""
    equipment: tuple[Equipment, ...] = ()
    backup: tuple[Backup, ...] = ()
    money: Money = Money()
    co_benefits: tuple[str, ...] = ()
    """Further benefits in the user's words; printed, never counted."""


class ProcessInput(Target):
    """What a process takes per unit of its product."""

    amount: Stated


class ProcessEmission(Frozen):
    """An elementary flow of a process, per unit of its product."""

    flow: str
    amount: Stated


class Process(Frozen):
    """A unit process of the case's own, for uses that no factor describes."""

    product: str
    unit: str
    by: Id | None = None
    inputs: tuple[ProcessInput, ...] = ()
    emissions: tuple[ProcessEmission, ...] = ()
    material: bool = False
    """Whether the product is a material, so that displacing it counts as virgin material displaced."""
    covers: tuple[str, ...] | None = None
    """Indicators for which its own emissions are complete; if not stated: all without emissions, else climate change."""


class Sharing(Frozen):
    """How the benefit is split among the actors."""

    rule: Rule = "half_half"
    weights: dict[str, Annotated[dict[str, Stated], Field(min_length=1)]] = {}
    """For rule `weights`: by exchange, the share of each actor."""


class Case(Frozen):
    """One symbiosis network, assessed over a period."""

    ius_lca: Literal[1]
    """Format number."""
    name: str
    description: str = ""
    place: str
    """Country code (ISO 3166)."""
    period: Period
    currency: Currency
    """Of every price in the case."""
    price_year: int | None = None
    """Kept; no figure uses it yet."""
    discount_rate: Stated | None = None
    """Kept; no figure uses it yet."""
    study: Study = Study()
    actors: Annotated[dict[Id, Actor], Field(min_length=2)]
    """Everybody who gives, takes, carries or pays."""
    references: Annotated[dict[Id, ReferenceScenario], Field(min_length=1)]
    """What would happen without the symbiosis; `likely` is the main one, else the first."""
    exchanges: dict[Id, Exchange]
    processes: dict[Id, Process] = {}
    """Own unit processes, which may feed each other."""
    sharing: Sharing = Sharing()
    co_benefits: tuple[str, ...] = ()

    @field_validator("place")
    @classmethod
    def _country(cls, written: str) -> str:
        if not re.fullmatch(r"[A-Z]{2}(-[A-Za-z0-9]+)?", written):
            raise ValueError(f"'{written}' is no country code: write two capital letters, such as SE or DK")
        return written

    @field_validator("ius_lca", mode="before")
    @classmethod
    def _format(cls, written: object) -> object:
        if str(written).strip() != "1":
            raise ValueError(f"format '{written}' is not known: this version reads format 1. Write 'ius_lca: 1'")
        return 1

    @property
    def main_reference(self) -> str:
        """The reference whose figures are headlines."""
        return "likely" if "likely" in self.references else next(iter(self.references))
