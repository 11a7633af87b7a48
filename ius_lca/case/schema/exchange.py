"""What a case may say of an exchange: what it is, what it replaces, avoids and takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from ius_lca.case.schema.circular import CircularFootprint
from ius_lca.case.schema.heat import Heat, with_yearly_quantity
from ius_lca.case.schema.legality import LegalStatus
from ius_lca.case.schema.money import Invested, Money, Prices
from ius_lca.case.schema.substitution import Substitution
from ius_lca.case.schema.target import Target
from ius_lca.quantity import Frozen, Id, Stated, Year, certain, with_evidence_beside


def _whole() -> Stated:
    return certain(100, "%")


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

    substitution: Substitution
    """Reference product displaced per usable quantity (S), on a functional basis: a number, or the property in which both are
    equal."""
    quality: Stated = Field(default_factory=lambda: Stated(value=1, unit=""))
    """Quality of the surplus against the product it displaces (Q), 0 to 1."""
    displacement: Stated = Field(default_factory=lambda: Stated(value=100, unit="%"))
    """Share that really displaces production on the market (D), 0 to 1. 1 is an assumption."""


class PreviousUse(ByReference):
    """What those who had the stream before take now instead, per unit handed over; `share` is the part of the stream they had."""

    by: Id | None = None
    """Who takes it; the donor if nothing is said."""
    cost: Prices | None = None
    """What that costs them per unit handed over."""


class DonorProcess(Frozen):
    """What the donor's own process takes per unit handed over, where it changed for the exchange."""

    before: tuple[Target, ...] = ()
    """Without the exchange."""
    after: tuple[Target, ...] = ()
    """With it."""
    cost: Stated | None = None
    """What the change costs the donor per unit handed over, net of what it saves; negative if it saves more."""


class Need(Target):
    """What the exchange itself takes, per unit handed over."""

    by: Id
    """The actor who takes it and pays for it."""
    amount: Stated
    """Of the factor per unit handed over, all of it, usable or not."""
    price: Stated | None = None
    """What `by` pays per unit of the factor."""
    tax: Stated | None = None
    """Tax that `by` pays on top, per unit of the factor."""


class Transport(Frozen):
    """A leg of the way from donor to receiver."""

    factor: str
    distance: Stated
    """From donor to receiver."""
    by: Id
    """The actor who carries it and pays for it."""
    wet_mass: Stated | None = None
    """Mass moved per unit handed over; needed if the quantity is no mass."""
    load: Stated | None = None
    """What one vehicle carries; needed for a price per kilometre."""
    price: Stated | None = None
    """What `by` pays per tonne-kilometre, or per kilometre of a vehicle with its load."""
    tax: Stated | None = None
    """Tax that `by` pays on top, per tonne-kilometre or per kilometre."""
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
    tax: Stated | None = None
    """Tax that `by` pays on top, per unit of the factor."""


class Equipment(Target, Invested):
    """Something built for the exchange."""

    amount: Stated
    """Of the factor, for the whole equipment."""
    cost: Stated | None = None
    """The investment, at the prices of the price year."""


class Backup(Target):
    """What the exchange adds for standby, per year."""

    amount: Stated
    by: Id
    price: Stated | None = None
    """What `by` pays per unit of the factor."""
    tax: Stated | None = None
    """Tax that `by` pays on top, per unit of the factor."""


class Follows(Frozen):
    """How much is handed over for each unit of another exchange."""

    exchange: Id
    """The exchange whose quantity it follows."""
    amount: Stated
    """Handed over here per unit handed over there."""

    @model_validator(mode="before")
    @classmethod
    def _evidence_beside(cls, written: object) -> object:
        return with_evidence_beside(written, "amount")


class Persistence(Frozen):
    """How the quantity goes on after the first year."""

    kind: Literal["none", "linear", "geometric"]
    """`none`: the same in every year; `linear`: in equal steps down to nothing after the life; `geometric`: by `rate` a year."""
    rate: Stated | None = None
    """Share that is lost from each year to the next; for `geometric` alone."""

    @model_validator(mode="before")
    @classmethod
    def _word(cls, written: object) -> object:
        return {"kind": written} if isinstance(written, str) else written

    @model_validator(mode="after")
    def _rated(self) -> Persistence:
        if (self.rate is not None) != (self.kind == "geometric"):
            raise ValueError("'geometric' needs a 'rate', and only it: {kind: geometric, rate: 3 %}")
        return self


class Upstream(Target):
    """The donor's main product, for the part of its upstream that an allocation by value gives to the stream."""

    amount: Stated
    """Of the main product made per unit handed over."""
    price: Stated
    """Of the main product, per unit of the factor or process."""


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
    """Handed over by the donor, per year. May be left out where `follows` says all of it, or where
    `heat` has profiles."""
    follows: tuple[Follows, ...] = ()
    """What is handed over beside `quantity`, because another exchange runs."""
    start: Year | None = None
    """First year in which it runs; that of the period if not stated."""
    life: Stated | None = None
    """Years for which it runs; to the end of the period if not stated. May reach beyond the period: the figures of the
    lifetime count them all."""
    persistence: Persistence = Persistence(kind="none")
    """How `quantity` goes on after the first year; what follows from another exchange goes on as that does."""
    stream: str = ""
    """Name of the donor's stream, where several exchanges take of the same; the resource itself if nothing is said."""
    donor_available: Stated | None = None
    """How much of that stream the donor has, per year: all exchanges that take of it together cannot take more."""
    carbon_stored: str = ""
    """Of CO2 that is handed over: why it is not released again, with the source, such as mineralised in concrete."""
    material: str = ""
    """Id of an entry of the library whose properties (net calorific value, density) convert what is handed over between
    mass, volume and energy, such as `property.food_waste`: for disposal, needs, residue and transport. The substitution and
    prices are stated in units of their own."""
    usable: Stated = Field(default_factory=_whole)
    """Share that the receiver can use (y); the rest is residue."""
    legal_status: LegalStatus | None = None
    """What the stream is to the law: waste, by-product, end-of-waste or product; printed, never checked."""
    donor_changed: bool = False
    """Whether the donor changed its process for the exchange; then `donor_process` says how."""
    donor_process: DonorProcess | None = None
    """What its process takes before and after the change, in the terms of the exchange: part of the processing."""
    heat: Heat | None = None
    supply: Supply | None = None
    """What it replaces."""
    disposal: ByReference | None = None
    """What it avoids."""
    previous_use: PreviousUse | None = None
    """What those who used the stream before take now instead; netted in avoided disposal."""
    needs: tuple[Need, ...] = ()
    """What it takes: pumping, cleaning, a heat pump's electricity."""
    transport: tuple[Transport, ...] = ()
    """The way from donor to receiver; an empty list says that there is none to count."""
    residue: Residue | None = None
    """Where the unusable share goes; per unit of what is rejected."""
    equipment: tuple[Equipment, ...] = ()
    backup: tuple[Backup, ...] = ()
    """Standby that the exchange adds; an empty list says that it adds none."""
    money: Money = Money()
    upstream: Upstream | None = None
    """What the donor makes beside the stream: shows the receiver's footprint with an allocated upstream; no benefit changes."""
    circular_footprint: CircularFootprint | None = None
    """Parameters of the Circular Footprint Formula, for another view of an exchange of material; `{}` takes the defaults."""
    co_benefits: tuple[str, ...] = ()
    """Further benefits in the user's words; printed, never counted."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_of_its_own(cls, written: object) -> object:
        """An exchange that only follows others hands nothing over by itself, in the unit in which it follows."""
        if not isinstance(written, dict) or "quantity" in written or not isinstance(written.get("follows"), list):
            return written
        first = written["follows"][0] if written["follows"] else None
        try:
            unit = Follows.model_validate(first).amount.unit.partition("/")[0].strip()
        except ValidationError:
            return written  # told where it stands
        return {**written, "quantity": certain(0, f"{unit}/year")} if unit else written

    @model_validator(mode="before")
    @classmethod
    def _quantity_of_months(cls, written: object) -> object:
        return with_yearly_quantity(written)

    @property
    def loss(self) -> Stated:
        """Share lost between the exchange and the point of comparison; only heat states one."""
        return self.heat.loss if self.heat is not None and self.heat.loss is not None else certain(0, "%")
