"""What a case may say of a heat exchange: temperatures, loss, and who has and takes how much in each month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator

from ius_lca import units
from ius_lca.errors import UnitsError
from ius_lca.quantity import Evidence, Frozen, Stated, certain, worst

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class MonthlyProfile(Frozen):
    """Heat of every month of a year."""

    unit: str
    """Of each month's number: an energy, such as `GWh`."""
    months: tuple[float, ...]
    """Twelve numbers, January first."""
    evidence: Evidence = Evidence.ASSUMED
    source: str = ""
    note: str = ""

    @field_validator("unit")
    @classmethod
    def _energy(cls, written: str) -> str:
        try:
            units.factor_between(written, "MWh")
        except UnitsError as error:
            raise ValueError(f"each month's heat is an energy: {error}") from error
        return written

    @field_validator("months")
    @classmethod
    def _twelve(cls, months: tuple[float, ...]) -> tuple[float, ...]:
        if len(months) != len(MONTHS):
            raise ValueError(f"{len(months)} months are stated: write {len(MONTHS)} numbers, January first, with decimal points")
        if negative := [name for name, amount in zip(MONTHS, months, strict=True) if amount < 0]:
            raise ValueError(f"the heat of {negative[0]} is negative: write 0 where there is none")
        return months

    @model_validator(mode="after")
    def _sourced(self) -> MonthlyProfile:
        if self.evidence is Evidence.PUBLISHED and not self.source:
            raise ValueError("evidence 'published' needs a 'source'")
        return self


@dataclass(frozen=True, slots=True)
class Month:
    """What the donor has available, what the receiver can take, and the smaller of both [unit of the donor's profile]."""

    name: str
    donor: float
    receiver: float

    @property
    def used(self) -> float:
        """What is handed over."""
        return min(self.donor, self.receiver)


class Heat(Frozen):
    """Temperatures, months and loss of a heat exchange."""

    supply: Stated
    """Temperature at which the heat comes."""
    needed: Stated
    """Temperature that the receiver needs; above `supply` only with a heat pump in `needs`."""
    return_: Annotated[Stated | None, Field(alias="return")] = None
    """Temperature of what flows back."""
    donor_profile: MonthlyProfile | None = None
    """What the donor has in each month, before `availability`. With `receiver_profile`, the yearly quantity is the sum of the
    smaller of both over the months, and may be left out."""
    receiver_profile: MonthlyProfile | None = None
    """What the receiver can take in each month."""
    availability: Stated | None = None
    """Share of the time in which the donor delivers; multiplies the donor's profile."""
    loss: Stated | None = None
    """Share lost between the exchange and the point of comparison, such as the inlet of the network; what it replaces and
    saves counts for the rest."""

    @model_validator(mode="after")
    def _both_profiles(self) -> Heat:
        if (self.donor_profile is None) != (self.receiver_profile is None):
            raise ValueError("state both 'donor_profile' and 'receiver_profile', or neither: what is used is the smaller of both")
        return self

    def months(self) -> tuple[Month, ...]:
        """What is available, taken and used by month, in the unit of the donor's profile; none without profiles.

        Raises UnitsError if the availability is no plain number.
        """
        if self.donor_profile is None or self.receiver_profile is None:
            return ()
        available = self.availability.to("") if self.availability is not None else 1.0
        factor = units.factor_between(self.receiver_profile.unit, self.donor_profile.unit)
        pairs = zip(MONTHS, self.donor_profile.months, self.receiver_profile.months, strict=True)
        return tuple(Month(name, donor * available, receiver * factor) for name, donor, receiver in pairs)

    def yearly(self) -> Stated | None:
        """What is handed over in a year: q = sum over the months of min(donor, receiver); none without profiles.

        Raises UnitsError if the availability is no plain number.

        >>> january = {"unit": "GWh", "months": [3] + [0] * 11}
        >>> flat = {"unit": "MWh", "months": [2000] * 12}
        >>> heat = Heat(supply="95 degC", needed="85 degC", donor_profile=flat, receiver_profile=january)
        >>> heat.yearly().value, heat.yearly().unit
        (2000.0, 'MWh/year')
        """
        if self.donor_profile is None or self.receiver_profile is None:
            return None
        evidence = [self.donor_profile.evidence, self.receiver_profile.evidence]
        evidence += [self.availability.evidence] if self.availability is not None else []
        return Stated(
            value=sum(month.used for month in self.months()),
            unit=units.per(self.donor_profile.unit, "year"),
            evidence=worst(evidence),
            note="sum over the months of the smaller of what the donor has and what the receiver can take",
        )


def with_yearly_quantity(written: object) -> object:
    """An exchange as written, with the quantity that its monthly profiles give if it states none itself."""
    if not isinstance(written, dict) or written.get("quantity") is not None:
        return written
    heat = written.get("heat")
    if not isinstance(heat, dict) or not {"donor_profile", "receiver_profile"} & heat.keys():
        return written
    try:
        quantity = Heat.model_validate(heat).yearly()
    except (ValidationError, UnitsError):
        # What is wrong stands in the heat and is told there; that the quantity is missing would only confuse.
        quantity = certain(0, "MWh/year")
    return {**written, "quantity": quantity}
