"""What the factor library holds: sources, elementary flows and records, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ius_lca.formula import evaluate
from ius_lca.library.bans import Legality
from ius_lca.library.models import MODELS
from ius_lca.library.source import Source
from ius_lca.quantity import Frozen
from ius_lca.units import Value

#: Indicators whose completeness a record may declare; others follow from these (see `impact/methods.py`).
COVERABLE = (
    "climate_change",
    "primary_energy",
    "raw_materials",
    "fresh_water",
    "landfill_direct",
    "landfill_life_cycle",
    "acidification",
    "eutrophication_freshwater",
    "eutrophication_marine",
    "eutrophication_terrestrial",
    "particulate_matter",
    "photochemical_ozone",
)

#: The own elementary flow that carries a bare CO2e figure.
SCREENING_FLOW = "co2e_screening"

Kind = Literal["unit_process", "mix", "parametric", "screening"]

#: How records are named: words with dots between them, from the general to the particular.
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-zA-Z0-9_]+)+$")]


def _share_of_one(written: object) -> object:
    """`15 %` as 0.15."""
    if isinstance(written, str) and written.strip().endswith("%"):
        return float(written.strip().rstrip("%")) / 100
    return written


class Place(Frozen):
    """A country or region that records are valid for."""

    name: str
    within: str | None = None
    """The next wider region; none for the whole world."""


class Flow(Frozen):
    """An elementary flow."""

    name: str
    compartment: tuple[str, ...]
    unit: str
    code: str
    """UUID in biosphere3; own flows have a code that starts with `ius_lca:`."""
    own: bool = False
    """True for flows that no published list has; each has one meaning, stated in its note."""
    note: str = ""


class Reference(Frozen):
    """The product or service a record gives; everything else is per this amount."""

    product: str
    amount: Annotated[float, Field(gt=0)] = 1
    unit: str


class Parameter(Frozen):
    """A named number of a record, with its meaning, range and source."""

    value: float
    unit: str
    what: str
    source: str
    range: tuple[float, float] | None = None


class Exchange(Frozen):
    """A number of a record: how much, in which unit, from which source."""

    amount: str
    """A number or a formula of the record's parameters."""
    unit: str
    source: str
    range: tuple[float, float] | None = None
    """95 % interval of the amount, where the source gives one."""
    note: str = ""


class Input(Exchange):
    """Something a record takes from another record."""

    input: str


class Emission(Exchange):
    """An elementary flow to or from nature."""

    flow: str


class Coproduct(Exchange):
    """What a record yields beside its reference product; listed, never credited."""

    product: str


class Property(Frozen):
    """A property of the reference product, such as its net calorific value."""

    value: float
    unit: str
    source: str
    range: tuple[float, float] | None = None


class Boundary(Frozen):
    """What is inside the record and what is not."""

    scope: str
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    allocation: str = ""


class Citation(Frozen):
    """Where in a source the numbers stand."""

    ref: str
    where: str
    printed: str = ""
    """The values as printed, before conversion."""


class Quality(Frozen):
    """Weidema's pedigree, 1 (best) to 5: reliability, completeness, time, place, technology."""

    pedigree: tuple[int, int, int, int, int]
    verified: bool
    """The numbers were read in the source; what was not may not ship."""


class Figure(Frozen):
    """A second figure for the whole record, from another source than its own."""

    ref: str
    indicator: str
    value: Annotated[float, Field(gt=0)]
    unit: str
    note: Annotated[str, Field(min_length=1)]
    """What the figure is and what it contains; for a cross-check why the tolerance is what it is, else why it differs."""
    independent: bool = True
    """Whether it measures the same and shares no data with the record and the other figures; only then it counts for the
    spread between sources."""
    with_: Annotated[dict[str, float], Field(alias="with")] = {}
    """Parameter values under which the figure was made, so that like is compared with like."""


class CrossCheck(Figure):
    """A second figure that the record must agree with."""

    tolerance: Annotated[float, BeforeValidator(_share_of_one), Field(gt=0)]
    """The larger of both figures is at most this share above the smaller: 30 % is a ratio of 1.3, 100 % a factor of two."""


class Interval(Frozen):
    """What a source says of the uncertainty of a whole record: 95 % lie between two multiples of its value."""

    low: Annotated[float, Field(gt=0, lt=1)]
    high: Annotated[float, Field(gt=1)]
    source: str
    printed: str
    """As the source prints it."""


class Entry(Frozen):
    """What every entry of the factor library states."""

    id: Id
    kind: str
    name: str
    synonyms: tuple[str, ...] = ()
    """Other words people search for, in English, Swedish and Danish."""
    category: str
    location: str
    """Key in `places.yaml`."""
    year: int
    """The year the data describe."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    quality: Quality
    notes: str = ""

    @property
    def kind_in_words(self) -> str:
        """The kind as a reader writes it."""
        return {"property": "properties of a material"}.get(self.kind, self.kind.replace("_", " "))


class Material(Entry):
    """Properties of a material that no record supplies, such as a waste: what lets mass, volume and energy be converted."""

    kind: Literal["property"]
    properties: Annotated[dict[str, Property], Field(min_length=1)]


class Price(Entry):
    """A price, tax, fee, rate of exchange or inflation, by year, as published."""

    kind: Literal["price"]
    unit: str
    vat: Literal["included", "excluded", "none"]
    """`none`: value added tax does not apply, as to a rate of exchange."""
    by_year: Annotated[dict[int, float], Field(min_length=1)]


class Record(Entry):
    """A factor that can be computed: an activity with one product, its inputs and its elementary flows."""

    kind: Kind
    reference: Reference
    gwp: Literal["AR4", "AR5", "AR6"] | None = None
    """Of a bare CO2e figure: the set of warming potentials its publisher used."""
    model: str | None = None
    parameters: dict[str, Parameter] = {}
    technosphere: tuple[Input, ...] = ()
    biosphere: tuple[Emission, ...] = ()
    coproducts: tuple[Coproduct, ...] = ()
    properties: dict[str, Property] = {}
    virgin: bool = True
    """Of materials: whether displacing it saves virgin material; not so for recycled materials, by-products and services."""
    boundary: Boundary
    covers: tuple[str, ...]
    """Indicators for which the record's own exchanges are complete; its inputs answer for themselves."""
    uncertainty: Interval | None = None
    """If a source states it for the whole record; else it follows from the cross-checks or the pedigree."""
    cross_checks: tuple[CrossCheck, ...] = ()
    other_figures: tuple[Figure, ...] = ()
    """Published figures that lie further away than a cross-check may; they widen the uncertainty and stand for the reader."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All second figures, those it must agree with first."""
        return (*self.cross_checks, *self.other_figures)

    @property
    def is_treatment(self) -> bool:
        """Whether it treats waste or waste water."""
        return self.category.startswith(("waste/", "water/treatment"))

    @property
    def treatment(self) -> str:
        """What it does with waste, as its category says it: landfill, incineration."""
        return self.category.rpartition("/")[2]

    @property
    def is_virgin_material(self) -> bool:
        """Whether its product is a material whose displacement counts as virgin material displaced."""
        return self.virgin and self.category.startswith("materials/")

    def own_covers(self, covered_by: str, *, excludes_screening: bool) -> bool:
        """Whether its own exchanges are complete for an indicator.

        Only treatments can put the case's streams in a landfill, so all other records are complete for that.
        """
        if excludes_screening and any(emission.flow == SCREENING_FLOW for emission in self.biosphere):
            return False
        if covered_by == "always" or (covered_by == "landfill_direct" and not self.is_treatment):
            return True
        return covered_by in self.covers

    def values(self, changed: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """Every name its formulas may use: parameters, and what its model derives from them."""
        names: dict[str, Value] = {key: parameter.value for key, parameter in self.parameters.items()}
        names |= changed or {}
        if self.model is not None:
            names |= MODELS[self.model](names)
        return names

    def coproduct(self, product: str) -> tuple[float, str]:
        """Amount and unit of a co-product per one unit of the reference product.

        Raises KeyError if the record does not yield it.
        """
        names = self.values()
        for entry in self.coproducts:
            if entry.product == product:
                return float(evaluate(entry.amount, names)) / self.reference.amount, entry.unit
        raise KeyError(product)


class CircularDefault(Frozen):
    """A published default of the Circular Footprint Formula."""

    value: Annotated[float, Field(ge=0, le=1)]
    source: str
    where: str
    """The place in the source; `read_in` of the source says whether it was read there or where it is quoted."""


class CircularKind(Frozen):
    """A kind of material with the published defaults of the Circular Footprint Formula, by the formula's symbols."""

    name: str
    values: Annotated[dict[Literal["A", "R2", "quality_in", "quality_out"], CircularDefault], Field(min_length=1)]


class Library(Frozen):
    """All records with what they refer to.

    sha256: hash of every file the library was read from.
    own: ids of records that a case brought along: they are solved with the case, the others are its background.
    A record may also stand under a second name, that of its kind without the place; its id says which it is.
    """

    version: str
    sha256: str
    sources: dict[str, Source]
    flows: dict[str, Flow]
    places: dict[str, Place] = {}
    records: dict[str, Record]
    materials: dict[str, Material] = {}
    prices: dict[str, Price] = {}
    circular_footprint: dict[str, CircularKind] = {}
    legality: Legality = Legality()
    own: tuple[str, ...] = ()

    def around(self, place: str) -> tuple[str, ...]:
        """A place and the wider regions it lies in, the nearest first; of a part that is not known, its country."""
        name: str | None = place if place in self.places else place.partition("-")[0]
        found: list[str] = []
        while name is not None and name not in found:
            found.append(name)
            name = self.places[name].within if name in self.places else None
        return tuple(found)

    def id_of(self, name: str) -> str:
        """The id behind a name: a factor without its place is that of the place; what is no record keeps its name."""
        return self.records[name].id if name in self.records else name

    @cached_property
    def background(self) -> dict[str, Record]:
        """The records that no case brought along."""
        return {key: record for key, record in self.records.items() if key == record.id and key not in self.own}
