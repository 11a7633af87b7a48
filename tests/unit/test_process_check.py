"""Every error of formulas, co-products, substitution, previous uses and donors has its broken file: text and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca.library.record import Library
from tests.broken import assert_told_once

FOLDER = Path(__file__).parents[1] / "bad_cases" / "processes"

#: File, line of the finding, part of its text.
BAD = [
    ("formula_that_is_none", 16, "'1 -' is not a formula. Write for example '1/efficiency'."),
    ("formula_that_overflows", 16, "usable: 'loss*1e308*1e10' has no finite value."),
    ("formula_too_long", 16, "a formula of 1397 characters; at most 500 are read."),
    ("formula_without_a_real_value", 16, "'(-1)**0.5' has no real value."),
    ("made_up_by_an_unknown_process", 14, "makes_up.bran: no factor or process 'crushr'. Did you mean 'crusher'?"),
    ("allocated_and_takes_from_an_exchange", 26, "what takes from an exchange has all of it handed over"),
    ("coproduct_by_year", 20, "this number is the same in every year: no path is read here."),
    ("formula_beside_a_path", 16, "usable: 'by_year' stands beside a formula"),
    ("parameter_by_year", 8, "this number is the same in every year: no path is read here."),
    ("allocated_and_made_up", 14, "crusher is allocated (mass), so its bran is not made up."),
    ("allocation_by_an_unknown_rule", 20, "'volume' is not one of 'substitution', 'mass', 'energy', 'exergy', 'economic'"),
    ("allocation_by_energy_without_calorific_value", 20, "needs the calorific value of meal: add 'net_calorific_value:"),
    ("allocation_by_exergy_of_cold_heat", 20, "heat at 10 °C is no warmer than its surroundings, 15 °C."),
    ("allocation_by_mass_of_heat", 20, "allocation by mass needs masses, and heat is counted in MWh."),
    ("allocation_by_price_without_price", 21, "economic allocation needs the price of bran: add 'price: ... SEK/t'."),
    ("allocation_by_prices_of_nothing", 21, "meal and bran count nothing, so there is nothing to share by."),
    ("allocation_of_one_product", 19, "there is nothing to allocate by mass: the process has one product."),
    ("allocation_to_what_costs", 21, "bran counts less than nothing: what costs is a waste"),
    ("coproduct_in_an_unknown_unit", 19, "coproducts.bran.amount: 'MWh' (energy) does not convert to 't' (mass)."),
    ("coproduct_that_is_taken", 19, "coproducts.bran.amount: the amount is negative."),
    ("coproduct_that_is_the_product", 19, "'meal' is the product itself."),
    ("donor_changed_and_not_modelled", 15, "a donor that changed its process for the exchange must be modelled in both"),
    ("donor_changed_in_nothing", 16, "neither 'before' nor 'after' says anything."),
    ("donor_modelled_and_not_changed", 15, "Write 'donor_changed: true'."),
    ("donor_process_in_another_unit", 16, "donor_process.before[0].amount: electricity.mix.SE: 'kg' (mass) does not convert"),
    ("equal_between_two_measures", 16, "'MJ' (energy) does not convert to 'kg' (mass)."),
    ("equal_in_a_property_that_the_material_lacks", 16, "the methane potential of what is handed over is not known: "),
    ("equal_in_a_property_that_the_product_lacks", 16, "the net calorific value of heat.boiler.natural_gas is not known."),
    ("equal_in_an_unknown_property", 16, "no property 'net_caloric_value'. Did you mean 'net_calorific_value'"),
    ("equal_in_density", 16, "equal densities displace nothing. Write 'equal: volume'."),
    ("equal_in_nothing", 16, "must be above zero; that of fuel.hard_coal.upstream is 0."),
    ("equal_without_a_material", 15, "is not known: the exchange names no 'material'. Add 'stream: ...'."),
    ("formula_beside_a_range", 16, "usable: 'range' stands beside a formula: state it with the parameters"),
    ("formula_beside_another_value", 16, "the formula gives 92, the value beside it is 80: keep one of them."),
    ("formula_of_another_world", 16, "usable: 8e+15 t/t is no quantity of this world."),
    ("formula_of_itself", 9, "parameters.heat: the formula refers to itself: heat -> heat."),
    ("formula_out_of_meaning", 16, "the usable share is 1.08; it lies between 0 and 1."),
    ("formula_outside_the_whitelist", 16, "'loss.real': only numbers, names, + - * / **, min, max and exp are allowed."),
    ("formula_with_an_unknown_name", 16, "usable: '1 - los': no parameter 'los'. Did you mean 'loss'?"),
    ("formula_without_a_finite_value", 16, "usable: '1/loss' has no finite value"),
    ("formula_without_unit", 16, "a formula needs a 'unit'; write 'unit: 1' for a plain number."),
    ("formulas_in_a_circle", 9, "the formula refers to itself: heat -> power -> heat. State one of them as a value."),
    ("made_up_by_what_must_be_made_up", 14, "makes_up.bran: press also yields cake, which nothing makes up here."),
    ("parameter_named_as_a_word_of_formulas", 8, "'yield' is a word of the grammar of formulas"),
    ("parameter_that_is_no_number", 8, "parameters.loss: '8,0 %' has a decimal comma."),
    ("previous_use_by_nobody", 15, "previous_use.by: no actor 'farmer'. Known: mill, works."),
    ("previous_use_in_another_unit", 15, "electricity.mix.SE: 't' (mass) does not convert to 'kWh' (energy)."),
    ("previous_use_of_more_than_all", 15, "the share is 1.2; it lies between 0 and 1."),
    ("previous_use_that_hands_on", 15, "'bran' is an exchange, but this hands nothing on."),
    ("previous_use_under_one_reference", 15, "previous_use.by_reference: nothing is said for reference 'other'."),
    ("property_of_a_product_that_is_not_displaced", 16, "no displaced product 'fuel.peat'. Known: fuel.hard_coal.upstream."),
    ("property_without_equal", 16, "'product' is a property of something: say with 'equal' which"),
    ("purchase_of_products_in_two_units", 18, "money.avoided_purchase: 'GJ' (energy) does not convert to 'kg' (mass)."),
    ("substituted_inside_a_process", 19, "processes.crusher.inputs[0]: press also yields cake, which nothing makes up here."),
    ("unknown_coproduct_of_a_process", 14, "makes_up.husk: no co-product 'husk'. Known: bran."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_once_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    assert_told_once(FOLDER / f"{name}.yaml", line, text, library)


def test_every_bad_case_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {name for name, _, _ in BAD}
