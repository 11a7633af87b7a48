"""The class of each stream, and what the receiver's footprint carries under each allocation."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ius_lca.case.check import check_case
from ius_lca.computed import Computed
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.streams.classes import StreamClass, class_of
from ius_lca.streams.footprints import economic_share
from ius_lca.tables import result_tables
from tests.scoring import HEADER, CaseFrom, scored, unit_score

ASH = """\
    exchanges:
      ash:
        from: giver
        to: taker
        resource: ash
        quantity: 200 t/year
        usable: 80 %
        residue: {factor: waste.landfill.inert, price: 0 SEK/t}
        supply:
          substitution: 40 kg/t
          quality: 0.5
          by_reference:
            likely: [{factor: fertiliser.potassium}]
            conservative: [{factor: fertiliser.potassium}]
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs: [{factor: electricity.mix.SE, amount: 30 kWh/t, by: taker}]
        transport: [{factor: transport.lorry_40t, distance: 50 km, by: taker}]
        equipment: [{factor: electricity.mix.PL, amount: 4 MWh, life: 10 years, by: taker}]
"""
TWO = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
#: What one tonne of usable ash takes on its way: pumping and lorry per tonne handed over, a fifth of which is residue.
ON_THE_WAY = (
    30 * unit_score("electricity.mix.SE")
    + 50 * unit_score("transport.lorry_40t")
    + 0.2 * 1000 * unit_score("waste.landfill.inert")
    + 4000 / 10 / 200 * unit_score("electricity.mix.PL")
) / 0.8


def _computed(case_from: CaseFrom, money: str, upstream: str = "") -> Computed:
    return scored(case_from(TWO + dedent(ASH + f"        money: {{{money}}}\n" + upstream))[0])


def _footprints(computed: Computed, indicator: str = "climate_change") -> dict[tuple[str, str], object]:
    return {
        (str(row["reference"]), str(row["allocation"])): row["value"]
        for row in result_tables(computed)["footprints"]
        if row["indicator"] == indicator
    }


UPSTREAM = "        upstream: {factor: electricity.mix.DK, amount: 500 kWh/t, price: 0.4 SEK/kWh}\n"
#: The main product that comes with a tonne of ash is worth 500 kWh x 0.4 SEK/kWh.
MAIN = 500 * 0.4


@pytest.mark.parametrize(
    ("price", "expected"),
    [(-1, "waste"), (0, "contested"), (1, "by_product"), (None, "not_stated")],
)
def test_class_follows_the_sign_of_the_price(price: float | None, expected: str) -> None:
    assert class_of(price) is StreamClass(expected)


@pytest.mark.parametrize(("stream", "main", "share"), [(0, 5, 0), (-3, 5, 0), (5, 5, 0.5), (15, 5, 0.75)])
def test_share_by_value(stream: float, main: float, share: float) -> None:
    assert economic_share(stream, main) == share


def test_cut_off_footprint_is_what_lies_between_the_gates(case_from: CaseFrom) -> None:
    footprints = _footprints(_computed(case_from, "price: 25 SEK/t"))
    assert footprints == {
        ("likely", "cut_off"): pytest.approx(ON_THE_WAY, rel=1e-12),
        ("conservative", "cut_off"): pytest.approx(ON_THE_WAY, rel=1e-12),
    }


def test_priced_stream_carries_upstream_by_its_price(case_from: CaseFrom) -> None:
    footprints = _footprints(_computed(case_from, "price: 50 SEK/t", UPSTREAM))
    allocated = 50 / (50 + MAIN) * 500 * unit_score("electricity.mix.DK") / 0.8
    assert footprints[("likely", "economic")] == pytest.approx(ON_THE_WAY + allocated, rel=1e-12)


def test_free_stream_carries_upstream_by_what_it_saves_under_each_reference(case_from: CaseFrom) -> None:
    money = "price: 0 SEK/t, avoided_purchase: {by_reference: {likely: 6 SEK/kg}}"
    computed = _computed(case_from, money, UPSTREAM)
    saved = 0.8 * 40 * 0.5 * 6  # usable x S [kg/t] x Q x price [SEK/kg]
    allocated = saved / (saved + MAIN) * 500 * unit_score("electricity.mix.DK") / 0.8
    footprints = _footprints(computed)
    assert footprints[("likely", "economic")] == pytest.approx(ON_THE_WAY + allocated, rel=1e-12)
    # Nothing is borrowed where the purchase is not stated.
    assert ("conservative", "economic") not in footprints
    (row,) = result_tables(computed)["upstream_shares"]
    assert (row["reference"], row["value_from"], row["unit"]) == ("likely", "saving", "SEK/t")
    assert row["value"] == pytest.approx(saved)
    assert row["share"] == pytest.approx(saved / (saved + MAIN))


@pytest.mark.parametrize("price", ["-90 SEK/t", "0 SEK/t", "90 SEK/t"])
def test_no_benefit_changes_with_class_or_upstream(case_from: CaseFrom, price: str) -> None:
    plain = result_tables(_computed(case_from, "avoided_purchase: 6 SEK/kg"))
    with_upstream = result_tables(_computed(case_from, f"price: {price}, avoided_purchase: 6 SEK/kg", UPSTREAM))
    assert plain["exchanges"] == with_upstream["exchanges"]
    own = [row for row in plain["benefits"] if row["indicator"] != "value"]
    assert own == [row for row in with_upstream["benefits"] if row["indicator"] != "value"]


def test_upstream_may_be_a_process_of_the_case(case_from: CaseFrom) -> None:
    text = ASH + "        money: {price: 50 SEK/t}\n        upstream: {process: paper, amount: 2 t/t, price: 100 SEK/t}\n"
    text += "    processes:\n      paper: {product: paper, unit: t, inputs: [{factor: electricity.mix.DK, amount: 250 kWh/t}]}\n"
    footprints = _footprints(scored(case_from(TWO + dedent(text))[0]))
    allocated = 50 / (50 + 2 * 100) * 2 * 250 * unit_score("electricity.mix.DK") / 0.8
    assert footprints[("likely", "economic")] == pytest.approx(ON_THE_WAY + allocated, rel=1e-12)


def test_coproducts_of_the_processing_earn_a_footprint_no_credit(case_from: CaseFrom) -> None:
    body = """\
        exchanges:
          food:
            from: giver
            to: taker
            resource: food waste
            quantity: 10 t/year
            disposal: {all: [{factor: waste.landfill.food}]}
            needs:
              - {factor: waste.composting.food, amount: 1 kg/kg, by: taker, makes_up: {compost: fertiliser.nitrogen}}
        """
    computed = scored(case_from(HEADER + dedent(body))[0])
    assert _footprints(computed) == {("likely", "cut_off"): pytest.approx(1000 * unit_score("waste.composting.food"), rel=1e-12)}


def test_footprint_with_gaps_is_at_least_what_is_covered(case_from: CaseFrom) -> None:
    rows = result_tables(_computed(case_from, "price: 5 SEK/t"))["footprints"]
    levels = {str(row["indicator"]): (row["coverage"], row["value"] is None) for row in rows if row["reference"] == "likely"}
    assert levels["climate_change"] == ("full", False)
    assert levels["primary_energy"] == ("at_least", False)  # the record of landfilling counts no energy
    assert {level for level, missing in levels.values() if missing} <= {"none"}
    assert not {"virgin_material", "landfill_direct"} & levels.keys()  # they say what part a stream plays, not what it takes


@pytest.mark.parametrize("change", [("200 t/year", "0 t/year"), ("80 %", "0 %")])
def test_nothing_reaches_the_receiver_and_no_footprint_is_stated(case_from: CaseFrom, change: tuple[str, str]) -> None:
    text = (ASH + UPSTREAM + "        money: {price: 5 SEK/t}\n").replace(*change)
    assert result_tables(scored(case_from(TWO + dedent(text))[0]))["footprints"] == ()


def test_sources_of_the_upstream_are_listed(case_from: CaseFrom) -> None:
    def cited(upstream: str) -> str:
        return ", ".join(
            str(row["cited_for"]) for row in result_tables(_computed(case_from, "price: 5 SEK/t", upstream))["sources"]
        )

    assert "mineral.clinker" not in cited("")
    assert "mineral.clinker" in cited("        upstream: {factor: mineral.clinker, amount: 9 kg/t, price: 1 SEK/kg}\n")


def test_free_stream_without_upstream_is_noted(case_from: CaseFrom, library: Library) -> None:
    def codes(money: str, upstream: str = "") -> list[str]:
        case, document = case_from(TWO + dedent(ASH + f"        money: {{{money}}}\n" + upstream))
        findings = check_case(case, library, document)
        assert not [one for one in findings if one.level is Level.ERROR]
        return [one.code for one in findings if one.code == "contested"]

    assert codes("price: 0 SEK/t") == ["contested"]
    assert codes("price: 0 SEK/t", UPSTREAM) == codes("price: 1 SEK/t") == codes("price: -1 SEK/t") == []


def test_footprint_of_heat_is_per_unit_that_arrives(case_from: CaseFrom) -> None:
    body = """\
        exchanges:
          heat:
            from: giver
            to: taker
            resource: heat
            quantity: 3 GWh/year
            heat: {supply: 95 degC, needed: 85 degC, loss: 20 %}
            disposal: {all: [{factor: treatment.heat_rejection}]}
            needs: [{factor: electricity.mix.SE, amount: 10 kWh/MWh, by: taker}]
        """
    footprints = _footprints(scored(case_from(HEADER + dedent(body))[0]))
    assert footprints[("likely", "cut_off")] == pytest.approx(10 * 1000 * unit_score("electricity.mix.SE") / 0.8, rel=1e-12)


#: A bare CO2e figure covers climate change alone.
SCREENED = """\
    exchanges:
      ash:
        from: giver
        to: taker
        resource: ash
        quantity: 200 t/year
        disposal: {all: [{factor: waste.landfill.inert}]}
        needs: [{factor: NEED, amount: AMOUNT kWh/t, by: taker}]
        upstream: {factor: screened, amount: 3 kWh/t, price: 1 SEK/kWh}
        money: {price: PRICE SEK/t}
    factors:
      screened: {product: power, unit: kWh, co2e: 0.3 kg CO2e/kWh, gwp: AR6, source: a report}
"""


@pytest.mark.parametrize(
    ("taken", "cut_off", "economic"),
    [
        ({"NEED": "electricity.mix.SE", "AMOUNT": "5", "PRICE": "9"}, "full", "at_least"),  # the upstream has the gap
        (
            {"NEED": "electricity.mix.SE", "AMOUNT": "5", "PRICE": "0"},
            "full",
            None,
        ),  # a free stream that saves nothing stated has no share
        ({"NEED": "screened", "AMOUNT": "5", "PRICE": "9"}, "none", "none"),
        ({"NEED": "screened", "AMOUNT": "0", "PRICE": "9"}, "full", "none"),  # what is not taken leaves no gap
    ],
)
def test_coverage_is_of_what_each_footprint_holds(
    case_from: CaseFrom, taken: dict[str, str], cut_off: str, economic: str | None
) -> None:
    text = SCREENED
    for word, written in taken.items():
        text = text.replace(word, written)
    rows = result_tables(scored(case_from(HEADER + dedent(text))[0]))["footprints"]
    found = {row["allocation"]: row for row in rows if row["indicator"] == "primary_energy"}
    assert found["cut_off"]["coverage"] == cut_off
    assert (found["economic"]["coverage"] if "economic" in found else None) == economic
    assert all((row["value"] is None) == (row["coverage"] == "none") for row in found.values())


def test_class_and_footprint_are_those_of_the_headline_year(case_from: CaseFrom) -> None:
    money = "price: {by_year: {2023: 50 SEK/t, 2024: 0 SEK/t, 2032: 0 SEK/t}}"
    text = (ASH + f"        money: {{{money}}}\n        life: 3 years\n" + UPSTREAM).replace(
        "usable: 80 %", "usable: {by_year: {2023: 80 %, 2032: 20 %}}"
    )
    first = result_tables(scored(case_from(TWO + dedent(text))[0]))
    assert [(row["class"], row["price"]) for row in first["stream_classes"]] == [("by_product", 50)]
    # A year later it is free and saves nothing stated; a ninth of the way from 80 to 20 % is 73.3 %.
    later = scored(case_from(TWO + dedent(text + "        start: 2024\n"))[0])
    assert [(row["class"], row["price"]) for row in result_tables(later)["stream_classes"]] == [("contested", 0)]
    usable = 0.8 - 0.6 / 9
    more_residue_kg = (0.8 - usable) * 1000
    handed_over = ON_THE_WAY * 0.8 + more_residue_kg * unit_score("waste.landfill.inert")
    assert _footprints(later) == {
        ("likely", "cut_off"): pytest.approx(handed_over / usable, rel=1e-12),
        ("conservative", "cut_off"): pytest.approx(handed_over / usable, rel=1e-12),
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (ASH + UPSTREAM.replace("0.4 SEK/kWh", "{by_year: {2023: 1 SEK/kWh, 2032: 2 SEK/kWh}}"), "exchanges.ash.upstream.price"),
        (
            ASH + UPSTREAM.replace("factor: electricity.mix.DK", "exchange: ash").replace("kWh", "t"),
            "exchanges.ash.upstream.exchange",
        ),
    ],
)
def test_upstream_is_one_factor_or_process_at_one_price(case_from: CaseFrom, library: Library, text: str, place: str) -> None:
    errors = [one.path for one in check_case(case_from(TWO + dedent(text))[0], library) if one.level is Level.ERROR]
    assert len(errors) == 1
    assert errors[0].startswith(place)
