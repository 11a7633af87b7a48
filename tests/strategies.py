"""Random valid cases as the trees that a case file holds, with real factors of the embedded library."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ius_lca.case.check import check_case
from ius_lca.case.schema.case import Case
from ius_lca.errors import Level

Tree = dict[str, Any]

ACTORS = ("plant", "city", "farm")
REFERENCES = ("likely", "conservative", "favourable")


@dataclass(frozen=True)
class Stream:
    """A kind of exchange: unit handed over, unit of what it displaces, and what may stand in for it."""

    unit: str
    product_unit: str
    supplies: tuple[Tree, ...]
    disposals: tuple[Tree, ...]
    residue: Tree


STREAMS = (
    Stream(
        unit="MWh",
        product_unit="MWh",
        supplies=(
            {"factor": "heat.district.wood_chips"},
            {"factor": "heat.boiler.natural_gas"},
            {"factor": "heat.district.heavy_fuel_oil"},
            {"factor": "heat.district.heat_pump"},
        ),
        disposals=({"factor": "treatment.heat_rejection"},),
        residue={"factor": "treatment.heat_rejection"},
    ),
    Stream(
        unit="t",
        product_unit="kg",
        supplies=({"factor": "fertiliser.nitrogen"}, {"factor": "fertiliser.potassium"}, {"process": "fertiliser"}),
        disposals=(
            {"factor": "waste.landfill.food"},
            {"factor": "waste.composting.food", "makes_up": {"compost": "unused"}},
            {
                "factor": "waste.incineration.food",
                "makes_up": {"heat": "heat.district.wood_chips", "electricity": "electricity.mix.SE"},
            },
        ),
        residue={"factor": "waste.landfill.inert"},
    ),
    Stream(
        unit="m3",
        product_unit="m3",
        supplies=({"factor": "water.tap"},),
        disposals=({"factor": "water.wastewater_treatment"},),
        residue={"factor": "water.wastewater_treatment"},
    ),
)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers as people write them: four digits, and nothing between zero and a millionth."""
    return st.floats(low, high).map(lambda value: float(f"{value:.4g}") if abs(value) >= 1e-6 else 0.0)


@st.composite
def uses(draw: st.DrawFn, choices: tuple[Tree, ...]) -> list[Tree]:
    """One use, or two with shares that sum to the whole."""
    first = deepcopy(draw(st.sampled_from(choices)))
    if draw(st.booleans()):
        return [first]
    second = deepcopy(draw(st.sampled_from(choices)))
    share = draw(st.integers(0, 100))
    return [{**first, "share": f"{share} %"}, {**second, "share": f"{100 - share} %"}]


@st.composite
def roles(draw: st.DrawFn, choices: tuple[Tree, ...], references: list[str]) -> Tree:
    """The same under all references, or by each."""
    if draw(st.booleans()):
        return {"all": draw(uses(choices))}
    return {"by_reference": {reference: draw(uses(choices)) for reference in references}}


@st.composite
def burdens(draw: st.DrawFn, stream: Stream) -> Tree:
    """What an exchange takes itself: needs, transport, equipment, backup."""
    actor = st.sampled_from(ACTORS)
    result: Tree = {}
    if draw(st.booleans()):
        factor = draw(st.sampled_from(["electricity.mix.SE", "electricity.mix.PL"]))
        amount, price = draw(numbers(0, 50)), draw(numbers(0, 2))
        result["needs"] = [
            {"factor": factor, "amount": f"{amount} kWh/{stream.unit}", "by": draw(actor), "price": f"{price} SEK/kWh"}
        ]
    if draw(st.booleans()):
        distance, mass, price = draw(numbers(0, 300)), draw(numbers(0.1, 3)), draw(numbers(0, 5))
        result["transport"] = [
            {
                "factor": "transport.lorry_40t",
                "distance": f"{distance} km",
                "wet_mass": f"{mass} t/{stream.unit}",
                "by": draw(actor),
                "price": f"{price} SEK/tkm",
            }
        ]
    if draw(st.booleans()):
        amount, life = draw(numbers(0, 500)), draw(st.integers(1, 40))
        result["equipment"] = [
            {"factor": "electricity.mix.SE", "amount": f"{amount} MWh", "life": f"{life} years", "by": draw(actor)}
        ]
    if draw(st.booleans()):
        amount = draw(numbers(0, 50))
        result["backup"] = [{"factor": "fuel.light_fuel_oil.combustion", "amount": f"{amount} GJ/year", "by": draw(actor)}]
    return result


@st.composite
def exchanges(draw: st.DrawFn, references: list[str]) -> Tree:
    """One exchange with everything that a case may say of it."""
    stream = draw(st.sampled_from(STREAMS))
    giver, taker = draw(st.permutations(ACTORS))[:2]
    percent = numbers(0, 100)
    result: Tree = {
        "from": giver,
        "to": taker,
        "resource": "a stream",
        "quantity": f"{draw(numbers(1, 1e5))} {stream.unit}/year",
        "usable": f"{draw(numbers(0.1, 100))} %",
        "supply": {
            "substitution": f"{draw(numbers(0, 30))} {stream.product_unit}/{stream.unit}",
            "quality": f"{draw(percent)} %",
            "displacement": draw(paths("%", 100)),
            **draw(roles(stream.supplies, references)),
        },
        "residue": dict(stream.residue),
        "money": {
            "price": f"{draw(numbers(-500, 500))} SEK/{stream.unit}",
            "avoided_purchase": {
                "by_reference": {name: f"{draw(numbers(0, 900))} SEK/{stream.product_unit}" for name in references}
            },
        },
        **draw(burdens(stream)),
    }
    if draw(st.booleans()):
        result["disposal"] = draw(roles(stream.disposals, references))
        result["money"]["avoided_disposal"] = f"{draw(numbers(0, 900))} SEK/{stream.unit}"
    return result


def _per_unit(draw: st.DrawFn, streams: Tree, key: str, other: str) -> str:
    own, base = (streams[name]["quantity"].split(" ")[1].removesuffix("/year") for name in (key, other))
    return f"{draw(numbers(0, 0.4))} {own}/{base}"


@st.composite
def courses(draw: st.DrawFn) -> Tree:
    """When an exchange runs, and how its quantity goes on."""
    result: Tree = {}
    if draw(st.booleans()):
        result["start"] = draw(st.integers(2018, 2030))
        # To the end of the period at most, so that every path of the case covers all its years.
        shortest = max(1, 2024 - result["start"])
        result["life"] = f"{draw(st.integers(shortest, 2033 - result['start']))} years"
    if draw(st.booleans()):
        rate = draw(numbers(0, 40))
        result["persistence"] = draw(st.sampled_from(["linear", {"kind": "geometric", "rate": f"{rate} %"}]))
    return result


@st.composite
def paths(draw: st.DrawFn, unit: str, high: float) -> str | Tree:
    """A number, or the same number by year."""
    first, last = draw(numbers(0, high)), draw(numbers(0, high))
    return f"{first} {unit}" if draw(st.booleans()) else {"by_year": {"2023": f"{first} {unit}", "2032": f"{last} {unit}"}}


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A whole case: 1 to 3 exchanges under 2 or 3 references, with two processes of its own that need each other."""
    references = list(REFERENCES[: draw(st.integers(2, 3))])
    streams = {f"exchange_{index}": draw(exchanges(references)) for index in range(draw(st.integers(1, 3)))}
    for key, exchange in streams.items():
        exchange.update(draw(courses()))
        if followed := draw(st.lists(st.sampled_from(sorted(streams)), max_size=2, unique=True)):
            # Two links of at most 0.4 leave every loop a solution, even one that an exchange has with itself.
            exchange["follows"] = [{"exchange": other, "amount": _per_unit(draw, streams, key, other)} for other in followed]
    tree: Tree = {
        "ius_lca": "1",
        "name": "a random case",
        "place": "SE",
        "period": {"start": "2023", "years": "10"},
        "currency": "SEK",
        "actors": {name: {"name": name} for name in ACTORS},
        "references": {name: {"title": name} for name in references},
        "exchanges": streams,
        "processes": {
            "fertiliser": {
                "product": "fertiliser",
                "unit": "kg",
                "inputs": [
                    {"factor": "fertiliser.nitrogen", "amount": draw(paths("kg/kg", 2))},
                    {"process": "steam", "amount": f"{draw(numbers(0, 0.9))} kg/kg"},
                ],
                "emissions": [{"flow": "nitrous_oxide", "amount": f"{draw(numbers(0, 20))} g/kg"}],
            },
            "steam": {
                "product": "steam",
                "unit": "t",
                "inputs": [
                    {"factor": "heat.boiler.wood_chips", "amount": "0.7 MWh/t"},
                    {"process": "fertiliser", "amount": f"{draw(numbers(0, 0.9))} t/t"},
                ],
            },
        },
    }
    if draw(st.booleans()):
        share = draw(st.integers(0, 100))
        weights = {"plant": f"{share} %", "farm": f"{100 - share} %"}
        tree["sharing"] = {"rule": "weights", "weights": dict.fromkeys(streams, weights)}
    return tree


@st.composite
def richer(draw: st.DrawFn) -> Tree:
    """A random case in which every exchange has a previous use and a changed donor, and the processes two more products."""
    tree: Tree = draw(trees())
    rule = draw(st.sampled_from(["mass", "economic", "cut_off"]))
    tree["parameters"] = {"dose": f"{draw(numbers(0, 5))}", "more": {"formula": "1 + dose", "unit": "1"}}
    by = draw(numbers(0.1, 4))
    tree["processes"]["fertiliser"] |= {
        "allocation": rule,
        "price": "9 SEK/kg",
        "coproducts": {
            "lime": {"amount": f"{by} kg/kg", "price": "2 SEK/kg"},
            "gypsum": {"amount": "0.5 kg/kg", "price": "0 SEK/kg"},
        },
    }
    tree["processes"]["feed"] = {
        "product": "feed",
        "unit": "kg",
        "coproducts": {"straw": {"amount": "0.3 kg/kg"}},
        "emissions": [{"flow": "co2_fossil", "amount": f"{draw(numbers(0, 9))} kg/kg"}],
    }
    for exchange in tree["exchanges"].values():
        unit = exchange["quantity"].split(" ")[1].removesuffix("/year")
        feed = {"process": "feed", "amount": {"formula": "dose/10", "unit": f"kg/{unit}"}, "makes_up": {"straw": "steam"}}
        power = {"factor": "electricity.mix.PL", "amount": {"formula": "more", "unit": f"kWh/{unit}"}}
        exchange["previous_use"] = {"by": "farm", "all": [{**feed, "share": f"{draw(st.integers(0, 100))} %"}]}
        exchange["donor_changed"] = "true"
        exchange["donor_process"] = {"before": [power, feed], "after": [feed]}
    return tree


@st.composite
def rates(draw: st.DrawFn) -> Tree:
    """How a case counts money over the years: a rate for all and some of their own, income tax, inflation, what is left."""
    tree: Tree = {"discount_rate": f"{draw(numbers(0, 20))} %", "actors": {name: {"name": name} for name in ACTORS}}
    for actor in tree["actors"].values():
        if draw(st.booleans()):
            actor["discount_rate"] = f"{draw(numbers(-2, 30))} %"
        if draw(st.booleans()):
            actor["tax_rate"] = f"{draw(numbers(0, 60))} %"
    economics: Tree = {"remaining_value": draw(st.sampled_from(["straight_line", "none"]))}
    if draw(st.booleans()):
        economics |= {"nominal": "true", "inflation": f"{draw(numbers(-1, 8))} %"}
    if draw(st.booleans()):
        economics["tax_rate"] = f"{draw(numbers(0, 60))} %"
    return {**tree, "economics": economics}


@st.composite
def investments(draw: st.DrawFn) -> Tree:
    """Something bought, which may be replaced before the period ends, last beyond it, or leave something."""
    cost, left = draw(numbers(0, 1e6)), draw(numbers(0, 90))
    item = {"what": "a thing", "cost": f"{cost} SEK", "by": draw(st.sampled_from(ACTORS))}
    item["life"] = f"{draw(st.sampled_from([1, 1.5, 2, 3, 4, 7, 10, 15, 40]))} years"
    if draw(st.booleans()):
        item["residual_value"] = f"{float(f'{cost * left / 100:.3g}')} SEK"
    if draw(st.booleans()):
        item["operation"] = draw(st.sampled_from(["3 %/year", "1200 SEK/year"]))
    return item


@st.composite
def payments(draw: st.DrawFn, unit: str) -> Tree:
    """Money that one pays another per unit, a year or once; society and the market among them."""
    first, second = draw(st.permutations(ACTORS))[:2]
    other = draw(st.sampled_from([second, "society", "market"]))
    payer, paid = draw(st.permutations([first, other]))
    per = draw(st.sampled_from([f"/{unit}", "/year", ""]))
    return {"what": "something", "from": payer, "to": paid, "amount": f"{draw(numbers(0, 300 if per else 1e6))} SEK{per}"}


@st.composite
def moneyed(draw: st.DrawFn) -> Tree:
    """A random case in which every price is stated, with investments, payments, taxes and rates."""
    tree: Tree = {**draw(trees()), **draw(rates())}
    for exchange in tree["exchanges"].values():
        unit = exchange["quantity"].split(" ")[1].removesuffix("/year")
        money = exchange["money"]
        exchange["residue"] = {**exchange["residue"], "price": f"{draw(numbers(0, 50))} SEK/{unit}"}
        for item in exchange.get("equipment", []):
            item["cost"] = f"{draw(numbers(0, 1e6))} SEK"
        for item in exchange.get("backup", []):
            item["price"] = f"{draw(numbers(0, 100))} SEK/GJ"
        for item in exchange.get("transport", []):
            item["tax"] = f"{draw(numbers(0, 2))} SEK/tkm"
        for item in exchange.get("needs", []):
            item["tax"] = f"{draw(numbers(0, 1))} SEK/kWh"
        if draw(st.booleans()):
            money["avoided_disposal_tax"] = draw(paths(f"SEK/{unit}", 500))
        if draw(st.booleans()):
            money["price"] = draw(paths(f"SEK/{unit}", 500))
        money["investments"] = draw(st.lists(investments(), max_size=2))
        money["payments"] = draw(st.lists(payments(unit), max_size=3))
    return tree


@st.composite
def paying(draw: st.DrawFn) -> Tree:
    """A random case of money with sums in other years, and what is paid and bought for the network as a whole."""
    tree: Tree = draw(moneyed())
    for exchange in tree["exchanges"].values():
        for payment in exchange["money"]["payments"]:
            if payment["amount"].endswith(" SEK") and draw(st.booleans()):
                payment["year"] = draw(st.integers(2022, 2032))
        if draw(st.booleans()):
            exchange["money"]["avoided_purchase_tax"] = {"by_reference": {"likely": "2 SEK/" + _product(exchange)}}
    tree["economics"]["facilitation"] = [
        one for one in draw(st.lists(payments("t"), max_size=2)) if not one["amount"].endswith("/t")
    ]
    tree["economics"]["investments"] = draw(st.lists(investments(), max_size=2))
    for item in tree["economics"]["investments"]:
        if draw(st.booleans()):
            item["year"] = draw(st.integers(2022, 2031))
    return tree


def _product(exchange: Tree) -> str:
    """The unit of what an exchange replaces."""
    substitution: str = exchange["supply"]["substitution"]
    return substitution.split(" ")[1].split("/", maxsplit=1)[0]


def case_of(tree: Tree) -> Case:
    """The case that a tree describes."""
    return Case.model_validate(deepcopy(tree))


def sound_case_of(tree: Tree) -> Case:
    """The case that a tree describes, which has passed its check."""
    case = case_of(tree)
    assert [str(finding) for finding in check_case(case) if finding.level is Level.ERROR] == []
    return case


def with_each_exchange(tree: Tree, change: Callable[[Tree], None]) -> Tree:
    """A copy of a tree in which every exchange was changed."""
    copy = deepcopy(tree)
    for exchange in copy["exchanges"].values():
        change(exchange)
    return copy


def scaled(written: str, by: float) -> str:
    """`12 SEK/t` times 2 is `24.0 SEK/t`."""
    amount, unit = written.split(" ", 1)
    return f"{float(amount) * by!r} {unit}"
