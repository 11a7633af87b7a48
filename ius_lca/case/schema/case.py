"""What a case file may say. Unknown keys are errors; the docstring under a key is its documentation."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from ius_lca.case.schema.coproducts import Yields
from ius_lca.case.schema.economics import Economics
from ius_lca.case.schema.exchange import Exchange
from ius_lca.case.schema.formulas import ParameterId, with_formulas
from ius_lca.case.schema.operations import Operations
from ius_lca.case.schema.study import Study
from ius_lca.case.schema.target import Target
from ius_lca.quantity import Frozen, Id, Stated, Year

Currency = Literal["EUR", "SEK", "DKK", "NOK", "PLN", "GBP", "USD"]
Rule = Literal["receiver", "donor", "half_half", "surplus", "weights", "shapley"]
#: Codes that the European Union writes another way.
_ISO = {"UK": "GB", "EL": "GR"}


class Period(Frozen):
    """The years that are assessed."""

    start: Year
    """First year; the figures of one year are stated for it."""
    years: Annotated[int, Field(ge=1, le=100)] = 1
    """How many years; what states no start, life or path is the same in each."""


class Actor(Frozen):
    """Somebody who gives or takes."""

    name: str
    kind: str = ""
    """In your words: industry, utility, municipality, farm."""
    discount_rate: Stated | None = None
    """A year; that of the case if not stated. Real, without inflation, unless `economics` says `nominal`."""
    tax_rate: Stated | None = None
    """Income tax; that of `economics` if not stated."""
    operations: Operations | None = None
    """What the actor takes in, puts out and emits in all."""


class ReferenceScenario(Frozen):
    """What would happen without the exchanges."""

    title: str
    """What would happen, in a few words; stands wherever a figure under this reference stands."""
    kind: str = ""
    """For example hypothetical, or the current situation."""
    date: str = ""
    """When it holds or held, in your words, such as 2023 or before the ban of 2005."""
    description: str = ""


class ProcessInput(Target):
    """What a process takes per unit of its product."""

    amount: Stated


class ProcessEmission(Frozen):
    """An elementary flow of a process, per unit of its product."""

    flow: str
    amount: Stated


class Activity(Frozen):
    """Something of the case's own that has a product."""

    product: str
    unit: str
    emissions: tuple[ProcessEmission, ...] = ()
    material: bool = False
    """Whether the product is a material, so that displacing it counts as virgin material displaced."""
    covers: tuple[str, ...] | None = None
    """Indicators for which its own emissions are complete; if not stated: all without emissions, else climate change."""


class Process(Activity, Yields):
    """A unit process of the case's own, for uses that no factor describes."""

    by: Id | None = None
    inputs: tuple[ProcessInput, ...] = ()


class OwnFactor(Activity):
    """A factor of the case's own, from a publication: a CO2e figure, or elementary flows.

    Its numbers count as published by its source unless they say otherwise.
    """

    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    """The publication, with table or page."""
    licence: str = ""
    year: Year | None = None
    """The year the figure describes; if not stated, the first year of the case, with a note."""
    place: str = ""
    """Where it is valid; if not stated, the place of the case, with a note."""
    co2e: Stated | None = None
    """A bare figure in CO2 equivalents per unit; needs `gwp`, and covers climate change alone."""
    gwp: Literal["AR4", "AR5", "AR6"] | None = None
    """The set of warming potentials behind `co2e`."""
    treats_waste: bool = False
    """Whether it treats waste, so that what it puts in a landfill can be the case's."""

    @model_validator(mode="before")
    @classmethod
    def _published(cls, written: object) -> object:
        if not isinstance(written, dict) or not written.get("source"):
            return written
        parsed = {**written}
        if written.get("co2e") is not None:
            parsed["co2e"] = _with_source(written["co2e"], written["source"])
        if isinstance(emissions := written.get("emissions"), list):
            stated = [isinstance(one, dict) and "amount" in one for one in emissions]
            parsed["emissions"] = [
                {**one, "amount": _with_source(one["amount"], written["source"])} if told else one
                for one, told in zip(emissions, stated, strict=True)
            ]
        return parsed

    @model_validator(mode="after")
    def _figure(self) -> OwnFactor:
        if (self.co2e is None) == (not self.emissions):
            raise ValueError("state either 'co2e' or 'emissions'")
        if (self.co2e is None) != (self.gwp is None):
            raise ValueError("'co2e' needs 'gwp' (AR4, AR5 or AR6), and only it does")
        if self.co2e is not None and self.covers is not None:
            raise ValueError("a bare 'co2e' covers climate change alone: leave 'covers' out")
        if self.material and self.treats_waste:
            raise ValueError("'material' and 'treats_waste' exclude each other: make two factors of it")
        return self

    def amounts(self) -> tuple[Stated, ...]:
        """Its numbers."""
        return (*((self.co2e,) if self.co2e is not None else ()), *(emission.amount for emission in self.emissions))


def _with_source(written: object, source: object) -> object:
    """An amount with evidence `published` and its source, unless it says what it rests on."""
    own = written if isinstance(written, dict) else {"value": written}
    return own if "evidence" in own or "value" not in own else {"source": source, **own, "evidence": "published"}


class Sharing(Frozen):
    """How the benefit is split among the actors."""

    rule: Rule = "half_half"
    """All to the receiver or the donor of an exchange, half to each, as its price splits the surplus, in stated weights, or by
    what each actor adds to the network (Shapley). Every rule is computed; this one is named as the choice."""
    weights: dict[str, Annotated[dict[str, Stated], Field(min_length=1)]] = {}
    """For rule `weights`: by exchange, the share of each actor."""


class Case(Frozen):
    """One symbiosis network, assessed over a period."""

    ius_lca: Literal[1]
    """Format number."""
    variant_of: str | None = None
    """The case, a file in the same folder, that this one is laid over: it then says only what differs. Mappings are merged key
    by key, an empty value removes a key, everything else replaces; a number with its evidence is replaced whole."""
    name: str
    description: str = ""
    place: str
    """Country code (ISO 3166)."""
    period: Period
    currency: Currency
    """Of every figure of money in the result; amounts in other currencies are converted at the mean rate of the price year."""
    price_year: Year | None = None
    """The year in whose prices the case counts; the first of its period if not stated. Amounts in prices of another year are
    deflated."""
    discount_rate: Stated | None = None
    """A year: of the network, of society and of actors who state none. Real, without inflation, unless `economics` says
    `nominal`. It is never taken as zero: without one there is no net present value."""
    economics: Economics = Economics()
    study: Study = Study()
    actors: Annotated[dict[Id, Actor], Field(min_length=2)]
    """Everybody who gives, takes, carries or pays."""
    references: Annotated[dict[Id, ReferenceScenario], Field(min_length=1)]
    """What would happen without the symbiosis; `likely` is the main one, else the first."""
    parameters: dict[ParameterId, Stated] = {}
    """Named numbers for formulas: `{formula: "1/cop*(1 + loss)", unit: MWh/MWh}` may stand for any quantity, also here. A
    parameter counts in its own unit, a percentage as a plain number."""
    exchanges: dict[Id, Exchange]
    processes: dict[Id, Process] = {}
    """Own unit processes, which may feed each other."""
    factors: dict[Id, OwnFactor] = {}
    """Own factors with their source, used like those of the library."""
    sharing: Sharing = Sharing()
    co_benefits: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _formulas(cls, written: object) -> object:
        return with_formulas(written)

    @field_validator("place")
    @classmethod
    def _country(cls, written: str) -> str:
        if not re.fullmatch(r"[A-Z]{2}(-[A-Za-z0-9]+)?", written):
            raise ValueError(f"'{written}' is no country code: write two capital letters, such as SE or DK")
        if instead := _ISO.get(written[:2]):
            raise ValueError(f"'{written[:2]}' is no country code of ISO 3166: write '{instead}'")
        return written

    @field_validator("ius_lca", mode="before")
    @classmethod
    def _format(cls, written: object) -> object:
        if str(written).strip() != "1":
            named = "no format is named" if written is None else f"format '{written}' is not known"
            raise ValueError(f"{named}: this version reads format 1. Write 'ius_lca: 1'")
        return 1

    @property
    def prices_of(self) -> int:
        """The year in whose prices the case counts."""
        return self.price_year if self.price_year is not None else self.period.start

    @property
    def main_reference(self) -> str:
        """The reference whose figures are headlines."""
        return "likely" if "likely" in self.references else next(iter(self.references))
