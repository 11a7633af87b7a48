"""What is made once is counted once: co-products that are handed on, and ids that mean one thing."""

from __future__ import annotations

from textwrap import dedent

import pytest
from pydantic import ValidationError

from ius_lca.case.check import check_case
from ius_lca.errors import Level
from ius_lca.library.record import Library
from ius_lca.result_findings.whole import result_findings
from tests.scoring import HEADER, CaseFrom, scored, terms

#: kg of digestate per kg of food waste: what does not leave as gas, as the record computes it.
DIGESTATE_PER_KG = 1 - 0.2324 * 0.4892 * 0.7967 * (0.6 * 16 / 12 + 0.4 * 44 / 12)

CHAIN = """\
    exchanges:
      food:
        from: giver
        to: taker
        resource: food waste
        quantity: 1000 t/year
        disposal: {all: [{factor: waste.landfill.food}]}
        needs:
          - factor: waste.digestion.food
            amount: 1 kg/kg
            by: taker
            makes_up: {biogas: unused, digestate: DIGESTATE}
      fertiliser:
        from: taker
        to: other
        resource: digestate
        quantity: QUANTITY t/year
        supply: {substitution: 3 kg/t, all: [{factor: fertiliser.nitrogen}]}
"""


def _messages(case_from: CaseFrom, library: Library, text: str, level: Level) -> list[str]:
    case, document = case_from(HEADER + dedent(text))
    return [str(finding) for finding in check_case(case, library, document) if finding.level is level]


def _chain(quantity: str, digestate: str = "fertiliser") -> str:
    return CHAIN.replace("QUANTITY", quantity).replace("DIGESTATE", digestate)


def test_as_much_handed_on_as_made_is_no_error(case_from: CaseFrom, library: Library) -> None:
    assert round(1000 * DIGESTATE_PER_KG) == 795
    assert _messages(case_from, library, _chain("795"), Level.ERROR) == []


def test_more_handed_on_than_made_is_an_error_with_its_line(case_from: CaseFrom, library: Library) -> None:
    (told,) = _messages(case_from, library, _chain("2400"), Level.ERROR)
    assert told.startswith("case.yaml:19  error  exchanges.food.needs[0].makes_up.digestate: 2,400,000 kg of digestate")
    assert f"but {1e6 * DIGESTATE_PER_KG:,.0f} are made" in told


@pytest.mark.parametrize(
    ("quantity", "giver", "told"),
    [
        ("260", "taker", ["260,000 kg of digestate a year are counted as handed on, but 238,"]),
        ("238.4", "taker", []),
        ("238", "giver", ["'taker' has the digestate, but the donor of 'fertiliser' is 'giver'."]),
    ],
)
def test_a_residue_hands_on_no_more_than_is_made_of_it(
    case_from: CaseFrom, library: Library, quantity: str, giver: str, told: list[str]
) -> None:
    """30 % of 1000 t are rejected and digested: 300 t x 0.7947 = 238.4 t of digestate, which the receiver has."""
    assert round(300 * DIGESTATE_PER_KG, 1) == 238.4
    text = _chain(quantity).replace("quantity: 1000 t/year", "usable: 70 %\n        quantity: 1000 t/year")
    text = text.replace("        needs:\n          - factor", "        residue:\n            factor")
    text = text.replace("            amount: 1 kg/kg\n            by: taker\n", "").replace("from: taker", f"from: {giver}")
    found = _messages(case_from, library, text, Level.ERROR)
    assert len(found) == len(told)
    assert all(part in one for part, one in zip(told, found, strict=True))
    assert all("exchanges.food.residue.makes_up.digestate" in one for one in found)


def test_a_coproduct_that_counts_for_nothing_may_be_counted_by_the_supply(case_from: CaseFrom, library: Library) -> None:
    """Made up as well as counted in the supply, it would be counted twice; what is avoided hands nothing on."""
    treated, avoided = "waste.digestion.food", "waste.landfill.food"
    taken = (
        _chain("795").replace("            makes_up: {biogas: unused, digestate: fertiliser}\n", "").split("      fertiliser:")[0]
    )
    told = [one for one in _messages(case_from, library, taken, Level.WARNING) if "also yields biogas" in one]
    assert "'makes_up: {biogas: FACTOR}', with an exchange for FACTOR if its supply counts it already, or 'unused'" in told[0]
    other = taken.replace(treated, "electricity.mix.SE").replace("1 kg/kg", "1 kWh/kg").replace(avoided, treated)
    told = [one for one in _messages(case_from, library, other, Level.WARNING) if "also yields biogas" in one]
    assert "'makes_up: {biogas: FACTOR}', or 'unused'" in told[0]


def test_less_handed_on_than_made_is_a_note(case_from: CaseFrom, library: Library) -> None:
    assert any("the rest counts for nothing" in told for told in _messages(case_from, library, _chain("100"), Level.NOTE))


def test_only_who_has_the_coproduct_hands_it_on(case_from: CaseFrom, library: Library) -> None:
    text = _chain("795").replace("from: taker", "from: giver")
    (told,) = _messages(case_from, library, text, Level.ERROR)
    assert "'taker' has the digestate, but the donor of 'fertiliser' is 'giver'." in told


def test_an_exchange_without_supply_does_not_use_its_own_coproduct(case_from: CaseFrom, library: Library) -> None:
    (told,) = _messages(case_from, library, _chain("795", "food"), Level.ERROR)
    assert "it has no 'supply' that uses it" in told


def test_what_is_avoided_hands_nothing_on(case_from: CaseFrom, library: Library) -> None:
    text = _chain("795").replace(
        "[{factor: waste.landfill.food}]",
        "[{factor: waste.incineration.food, makes_up: {heat: fertiliser, electricity: unused}}]",
    )
    (told,) = _messages(case_from, library, text, Level.ERROR)
    assert "'fertiliser' is an exchange, but what is avoided hands nothing on." in told


def test_one_id_is_one_thing(case_from: CaseFrom, library: Library) -> None:
    text = dedent(_chain("795")) + "processes:\n  food: {product: food, unit: t}\n"
    assert any("an exchange has the same id." in told for told in _messages(case_from, library, text, Level.ERROR))


@pytest.mark.parametrize("word", ["all", "market", "network", "unused"])
def test_words_of_the_format_are_no_ids(case_from: CaseFrom, word: str) -> None:
    with pytest.raises(ValidationError, match=f"'{word}' is a word of the format"):
        case_from(HEADER.replace("other:", f"{word}:") + dedent(_chain("795")))


def test_negative_wet_mass_is_an_error(case_from: CaseFrom, library: Library) -> None:
    leg = "        transport: [{factor: transport.rail, distance: 9 km, by: giver, wet_mass: -1 t/t}]\n"
    text = _chain("795").replace("        needs:\n", leg + "        needs:\n", 1)
    (told,) = _messages(case_from, library, text, Level.ERROR)
    assert "the wet mass is negative." in told


def test_what_is_made_follows_the_path_of_what_is_treated(case_from: CaseFrom, library: Library) -> None:
    """Both exchanges start when half as much is treated as at first; that year is the headline year."""
    path = "amount: {by_year: {2023: 1 kg/kg, 2025: 0.5 kg/kg}}"
    later = _chain("795").replace("amount: 1 kg/kg", path).replace("resource:", "start: 2025\n        resource:")
    case, document = case_from(HEADER + dedent(later))
    (told,) = [one for one in check_case(case, library, document) if one.code == "handed-on"]
    assert told.level is Level.ERROR
    assert f"but {1e6 * 0.5 * DIGESTATE_PER_KG:,.0f} are made" in told.message


def test_empty_weights_are_refused(case_from: CaseFrom) -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        case_from(HEADER + dedent(_chain("795")) + "sharing: {rule: weights, weights: {food: {}, fertiliser: {taker: 100 %}}}\n")


def test_investment_in_a_wrong_unit_is_an_error(case_from: CaseFrom, library: Library) -> None:
    item = "        equipment: [{factor: fertiliser.nitrogen, amount: 1 t, life: 9 years, by: giver, cost: 5 t}]\n"
    (told,) = _messages(case_from, library, _chain("795").replace("        needs:\n", item + "        needs:\n", 1), Level.ERROR)
    assert "'t' (mass) does not convert to 'SEK' (money in SEK)." in told


def test_landfill_of_a_process_counts_where_it_treats_the_stream_and_not_where_it_is_displaced(case_from: CaseFrom) -> None:
    case, _ = case_from(HEADER + dedent("""\
        exchanges:
          dumped:
            from: giver
            to: taker
            resource: rubble
            quantity: 1000 t/year
            supply: {substitution: 1 t/t, all: [{process: quarry}]}
            disposal: {all: [{process: dump}]}
        processes:
          dump: {product: dumping, unit: t, emissions: [{flow: waste_to_landfill, amount: 0.9 t/t}], covers: [landfill_direct]}
          quarry: {product: stone, unit: t, emissions: [{flow: waste_to_landfill, amount: 0.3 t/t}]}
        """))  # fmt: skip
    computed = scored(case)
    assert terms(computed, indicator="landfill_direct") == {"avoided_disposal": pytest.approx(1e6 * 0.9)}  # kg
    assert computed.levels[("likely", "landfill_direct", None)] == "full"
    assert terms(computed, indicator="landfill_life_cycle") == {
        "avoided_disposal": pytest.approx(1e6 * 0.9),
        "avoided_production": pytest.approx(1e6 * 0.3),
    }


def test_references_that_do_not_differ_are_told(case_from: CaseFrom) -> None:
    two = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
    codes = [finding.code for finding in result_findings(scored(case_from(two + dedent(_chain("795")))[0]))]
    assert "same-references" in codes


def test_nothing_would_happen_is_a_reference(case_from: CaseFrom, library: Library) -> None:
    two = HEADER.replace("{likely: {title: without the exchange}}", "{likely: {title: a}, conservative: {title: b}}")
    text = two + dedent(_chain("795")).replace(
        "{all: [{factor: waste.landfill.food}]}", "{by_reference: {likely: [{factor: waste.landfill.food}], conservative: []}}"
    )
    case, document = case_from(text)
    assert [finding for finding in check_case(case, library, document) if finding.level is Level.ERROR] == []
    assert "avoided_disposal" not in terms(scored(case), reference="conservative")
