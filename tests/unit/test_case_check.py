"""Every error of a case has its broken file in `tests/bad_cases`: what is said of it, and of which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca.assessment import assess
from ius_lca.case.check import check_case
from ius_lca.case.read_yaml import read_case, read_with_lines
from ius_lca.errors import CaseError, Level
from ius_lca.library.record import Library
from tests.broken import errors_of

FOLDER = Path(__file__).parents[1] / "bad_cases"

#: File, line of the finding, part of its text.
BAD = [
    ("aliases_that_nest", 3, "nested deeper than 50 levels. Flatten it."),
    ("aliases_that_unfold", 4, "it holds more than 200000 values, its aliases written out."),
    ("binary", 16, "the file is binary, not YAML."),
    ("control_character", 16, "this is not YAML: it holds the control character U+0007. Take it out."),
    ("evidence_stated_twice", 23, "'evidence' stands both beside 'amount' and inside it: keep one."),
    ("handed_on_by_another", 20, "'taker' has the digestate, but the donor of 'fertiliser' is 'giver'."),
    ("handed_on_without_supply", 20, "named for its digestate, but it has no 'supply' that uses it."),
    ("key_that_is_a_list", 22, "a key must be plain text."),
    ("months_of_what_is_no_energy", 17, "the profiles are energies: 't/year' (mass per calendar years) does not convert"),
    ("more_handed_on_than_made", 20, "2,400,000 kg of digestate a year are counted as handed on, but 794,692 are made."),
    ("negative_equipment", 23, "equipment[0].amount: the amount is negative. Write burdens positive."),
    ("negative_need", 23, "needs[0].amount: the amount is negative. Write burdens positive."),
    ("negative_substitution", 19, "the substitution ratio is negative."),
    ("negative_wet_mass", 23, "the wet mass is negative."),
    ("nested_too_deep", 16, "nested deeper than 50 levels. Flatten it."),
    ("not_utf8", 8, "the file is not UTF-8 text: byte 0xe4 means nothing in it. Save it as UTF-8."),
    ("process_in_a_unit_of_other_characters", 23, "processes.boiler.unit: 'MWh & year' is not a unit. Write for example"),
    ("process_in_an_unknown_unit", 23, "processes.boiler.unit: no unit 'MWhh'. Did you mean 'MWh'"),
    ("process_named_as_an_exchange", 23, "processes.heat: an exchange has the same id. Rename one of them."),
    ("range_the_wrong_way_round", 17, "the range [950, 850] is the wrong way round: write [850, 950]."),
    ("three_decimals_or_thousands", 17, "'1.250 MWh/year' could be 1.25 or 1250. Write '1.25' or '1250'."),
    ("too_many_aliases", 16, "more than 100 aliases. Write the values out."),
    ("unit_of_other_characters", 17, "'900 MWh & year' is not a number with a unit."),
    ("unit_with_a_great_power", 17, "no unit 'MWh**99/year'."),
    ("weights_of_one_exchange_of_two", 33, "no weights for exchange 'steam'. State them."),
    ("path_with_a_gap", 17, "exchanges.heat.quantity.by_year: the path says nothing for 2023 to 2024 and 2031 to 2032."),
    ("path_outside_the_period", 17, "2040 lies outside the years of the case, 2023 to 2032."),
    ("path_and_value", 17, "'value' and 'by_year' exclude each other"),
    ("path_with_a_year_that_is_none", 17, "'soon' is no year."),
    ("path_in_two_dimensions", 17, "'t/year'"),
    ("path_that_is_no_mapping", 17, "'by_year' holds years with their quantities"),
    ("path_below_zero", 17, "the path falls to -5. Write it positive."),
    ("path_of_shares_over_one", 21, "disposal.all: the shares sum to 1.1 of the whole in 2032: 110 %."),
    ("path_where_none_is_read", 22, "this number is the same in every year: no path is read here."),
    ("start_after_the_period", 22, "the exchange runs from 2040, outside the period 2023 to 2032."),
    ("end_before_the_period", 22, "the exchange runs to 2009, outside the period 2023 to 2032."),
    ("life_of_a_million_years_in_a_cascade", 18, "the life is 1e+12 years; it is a whole number of years, from 1 to 200."),
    ("life_of_a_million_years", 22, "the life is 1e+06 years; it is a whole number of years, from 1 to 200."),
    ("life_of_half_a_year", 22, "the life is 0.5 years; it is a whole number of years, from 1 to 200."),
    ("geometric_without_rate", 22, "'geometric' needs a 'rate', and only it"),
    ("rate_over_one", 22, "the loss a year is 1.2; it lies between 0 and 1."),
    ("follows_an_unknown_exchange", 22, "no exchange 'steem'."),
    ("follows_in_a_wrong_unit", 22, "'t' (mass) does not convert to 'MWh' (energy)"),
    ("follows_less_than_nothing", 22, "the amount is negative."),
    ("exchanges_in_a_loop_without_solution", 13, "the loop heat -> steam -> heat takes as much of its own product as it makes"),
    ("exchange_taken_as_a_reference", 20, "an exchange is taken in 'needs', or in the inputs of a process."),
    ("exchange_taken_with_a_price", 22, "what is paid for 'steam' is the price of that exchange."),
    ("driving_process_as_a_reference", 20, "the process 'boiler' takes from an exchange, so it runs with the symbiosis alone."),
    ("actor_defined_twice", 9, "the key 'bakery' stands twice. Remove one of them."),
    ("all_and_by_reference", 18, "exchanges.heat.supply: write either 'all' or 'by_reference'."),
    ("amount_where_substitution_is_due", 20, "an 'amount' has no meaning here"),
    ("available_in_a_wrong_unit", 18, "donor_available: 't/year' (mass per calendar years) does not convert to 'MWh/year'"),
    ("available_in_two_amounts", 29, "'heat' says that the donor has 2,000 MWh/year of this stream in 2023."),
    ("backup_not_per_year", 23, "'GJ' (energy) does not convert to 'GJ/year' (energy per calendar years)."),
    ("coproduct_made_up_in_the_wrong_dimension", 21, "makes_up.heat: 'kWh' (energy) does not convert to 'm3' (volume)."),
    ("decimal_comma", 17, "'0,9 GWh/year' has a decimal comma. Write '0.9 GWh/year'"),
    ("discount_rate_of_400_percent", 6, "the discount rate is 4; it lies between -0.5 and 1."),
    ("displacement_of_1_2", 20, "the displacement is 1.2; it lies between 0 and 1."),
    ("empty", 1, "the file is empty"),
    ("empty_exemption", 21, "legality.exemption: 'exemption' must not be empty."),
    ("empty_price", 22, "exchanges.heat.money.price: 'free' is not a number with a unit."),
    ("empty_quantity", 17, "exchanges.heat.quantity: expected a quantity such as '400 GWh/year'."),
    ("factor_and_process", 20, "name either a 'factor', a 'process' or an 'exchange'."),
    ("infinite", 17, "'1e999 MWh/year' is not a finite number."),
    ("life_in_a_wrong_unit", 23, "'km' (length) does not convert to 'year' (calendar years)."),
    ("list_instead_of_mapping", 1, "this is not a case"),
    ("made_up_in_a_process", 23, "the heat is made up only where a supply, disposal, need or residue"),
    ("missing_key", 1, "'place' is missing."),
    ("missing_key_inside", 13, "exchanges.heat.resource: 'resource' is missing."),
    ("missing_reference", 20, "nothing is said for reference 'conservative'. Add it, with an empty list"),
    ("missing_unit", 17, "a number without unit is no yearly amount. Write for example '400 GWh/year'."),
    ("more_than_available", 17, "900 MWh/year are handed over in 2023, but the donor has 800. Lower the quantity."),
    ("comma_in_the_note_of_a_formula", 19, "unknown key '000 kWh from each oven'. A comma between { } starts a new key"),
    ("range_below_zero", 17, "the range begins at -100 MWh/year: there is no less than nothing. Begin it at 0 or above."),
    ("range_of_a_share_over_one", 18, "the range of the usable share reaches 1.9; it lies between 0 and 1. Mend the range."),
    ("united_kingdom", 3, "'UK' is no country code of ISO 3166: write 'GB'."),
    ("need_without_unit", 22, "a plain number does not say how many kWh go with a MWh. Expected an amount such as '1 kWh/MWh'."),
    ("negative_cost", 23, "equipment[0].cost: it is negative: -3. Write it positive."),
    ("exchange_not_indented", 12, "exchanges: expected keys with values here. Indent what belongs to it, by two spaces more"),
    ("period_as_text", 4, "period: '2023-2032': expected keys with values here. Allowed here: start, years."),
    ("negative_distance", 23, "the distance is negative."),
    (
        "distance_without_unit",
        23,
        "transport[0].distance: a plain number does not convert to 'km' (length). Write it with its unit, km.",
    ),
    (
        "substitution_in_a_wrong_unit",
        19,
        "'t' (mass) does not convert to 'MWh' (energy). Expected an amount such as '1 MWh/MWh'.",
    ),
    ("prices_for_all_and_by_reference", 24, "avoided_purchase: write either 'all' or 'by_reference'."),
    ("price_for_all_in_kroner", 24, "avoided_purchase.all: 'kr/MWh' cannot be read: 'kr' is Swedish, Danish or Norwegian"),
    ("negative_quantity", 17, "the quantity is -900. Write it positive."),
    ("no_exchange", 12, "there is no exchange. Add one."),
    ("no_id", 8, "'the baths' is no id: use letters from a to z, digits and underscores, starting with a letter."),
    ("no_substitution", 18, "'substitution' is missing."),
    ("not_a_number", 17, "'.nan' is not a number with a unit."),
    ("not_per_year", 17, "'MWh' (energy) is no yearly amount. Write it as 'MWh/year'."),
    ("not_yaml", 8, "this is not YAML"),
    ("nothing_usable", 18, "the usable share is 0: a stream of which nothing can be used is no exchange."),
    ("nothing_to_compare_with", 13, "neither 'supply' nor 'disposal' is stated"),
    ("one_actor", 6, "actors: "),
    ("price_for_an_unknown_reference", 24, "no reference 'conservativ'. Did you mean 'conservative'?"),
    ("price_of_need_per_wrong_unit", 23, "needs[0].price: 'kg' (mass) does not convert to 'kWh' (energy)."),
    ("price_per_wrong_unit", 22, "money.price: 't' (mass) does not convert to 'MWh' (energy)."),
    ("process_with_a_credit", 27, "the amount of co2_fossil is negative: a credit has no place in a process."),
    (
        "promised_twice",
        29,
        "heat and warmth take of the same stream: 1,100 MWh/year are handed over in 2023, but",
    ),
    ("public_comparison", 7, "a public comparative assertion on the embedded library alone is refused"),
    ("published_without_source", 17, "evidence 'published' needs a 'source'."),
    ("quality_in_a_unit", 20, "supply.quality: 'kg' (mass) does not convert to a plain number."),
    ("quantity_without_value", 17, "a quantity written with keys needs 'value'."),
    ("refused_spelling", 17, "'mwh/year' cannot be read: write 'MWh'."),
    ("released_carbon", 21, "100 kg of CO2 per t count as avoided, and nothing says that they are released again"),
    ("same_actor_twice", 15, "donor and receiver are the same actor."),
    ("separated_thousands", 17, "'1 900 MWh/year' has separated thousands."),
    ("share_above_one", 20, "the share is 1.2; it lies between 0 and 1."),
    ("shares_of_90_percent", 20, "the shares sum to 0.9 of the whole: 90 %. They must sum to 100 %."),
    ("text_for_a_list", 20, "'heat.boiler.natural_gas': expected a list here (lines that start with '-')."),
    ("time_for_a_number", 17, "'12:30' is not a number with a unit."),
    ("too_cold_heat", 21, "the heat comes at 40 °C and is needed at 60 °C. Add a heat pump to 'needs'."),
    ("unknown_actor", 15, "no actor 'bath'. Did you mean 'baths'?"),
    ("unknown_actor_of_need", 23, "no actor 'city'. Known: bakery, baths."),
    ("unknown_coproduct", 21, "no co-product 'steam'."),
    ("unknown_covers", 23, "no indicator 'climate'. Did you mean 'climate_change'?"),
    ("unknown_evidence", 17, "'guessed' is not one of 'measured', 'published', 'estimated' or 'assumed'."),
    ("unknown_factor", 20, "no factor 'heat.boiler.naturalgas'. Did you mean 'heat.boiler.natural_gas'"),
    ("unknown_factor_makes_up", 21, "no factor 'heat.boiler.gas'. Did you mean 'heat.boiler.biogas'"),
    ("unknown_flow", 23, "no elementary flow 'co2_fosil'. Did you mean 'co2_fossil'?"),
    ("unknown_key", 16, "unknown key 'resourse'. Did you mean 'resource'"),
    ("unknown_key_at_the_top", 6, "unknown key 'discount'. Did you mean 'discount_rate'?"),
    ("unknown_legal_status", 17, "'byproduct' is not one of 'waste', 'by-product', 'end-of-waste' or 'product'."),
    ("unknown_process", 20, "no process 'old_boiler'."),
    ("unknown_reference", 23, "no reference 'favorable'. Known: likely, conservative."),
    ("unknown_headline", 6, "no indicator 'eutrofication_marine'. Did you mean 'eutrophication_marine'"),
    ("unknown_exchange_of_a_headline", 6, "no exchange 'water'. Known: heat."),
    ("unknown_rule", 22, "'halves' is not one of"),
    ("unknown_unit", 17, "no unit 'MWg/year'. Did you mean 'MW/year' or 'MWh/year'"),
    ("value_outside_its_range", 17, "the value 900 lies outside its range [950, 990]."),
    ("availability_in_hours", 20, "heat.availability: 'h' (time) does not convert to a plain number."),
    ("circular_inflow_of_nothing", 8, "'circular_inflow' is a part of 'inflow', which is not stated. State 'inflow'."),
    ("inflow_below_its_exchanges", 8, "the exchanges make 900 t/year, more than the whole of 800 t/year."),
    ("main_product_in_a_wrong_unit", 20, "upstream.amount: fertiliser.nitrogen: 'MWh' (energy) does not convert to 'kg' (mass)."),
    ("main_product_priced_per_a_wrong_unit", 20, "upstream.price: 'MWh' (energy) does not convert to 'kg' (mass)."),
    ("main_product_without_a_price", 20, "the price of the main product is 0."),
    ("negative_total", 7, "operations.waste: a total is negative."),
    ("total_in_a_wrong_unit", 7, "'MWh/year' (energy per calendar years) does not convert to 't/year'"),
    ("unknown_main_product", 20, "no factor 'fertiliser.nitrogenium'. Did you mean 'fertiliser.nitrogen'"),
    ("eleven_months", 20, "donor_profile.months: 11 months are stated: write 12 numbers"),
    ("loss_of_120_percent", 18, "heat.loss: the loss is 1.2; it lies between 0 and 1."),
    ("negative_month", 20, "the heat of February is negative: write 0 where there is none."),
    ("profile_in_megawatts", 20, "each month's heat is an energy: 'MW' (power) does not convert to 'MWh' (energy)."),
    ("profile_of_the_donor_alone", 17, "state both 'donor_profile' and 'receiver_profile', or neither"),
    ("published_profile_without_source", 20, "donor_profile: evidence 'published' needs a 'source'."),
    ("quantity_that_the_months_contradict", 17, "the quantity is 900 MWh/year, but the months give 830 MWh/year."),
    ("return_as_hot_as_the_supply", 18, "the heat comes at 80 °C and flows back at 80 °C."),
    ("weights_missing", 22, "rule 'weights' needs weights."),
    ("weights_of_an_unknown_actor", 25, "no actor 'bath'. Did you mean 'baths'?"),
    ("weights_of_an_unknown_exchange", 26, "no exchange 'steam'. Known: heat."),
    ("weights_that_do_not_sum", 25, "the weights sum to 0.9 of the whole: 90 %. They must sum to 100 %."),
    (
        "wet_mass_missing",
        23,
        (
            "what is moved is counted in MWh, so its mass is not known. "
            "State 'wet_mass: ... t/MWh', or a 'material' of known density or calorific value."
        ),
    ),
    ("wrong_dimension", 19, "'kg' (mass) does not convert to 'MWh' (energy)."),
    ("wrong_dimension_of_need", 23, "electricity.mix.SE: 'kg' (mass) does not convert to 'kWh' (energy)."),
    ("wrong_format", 1, "format '2' is not known: this version reads format 1. Write 'ius_lca: 1'."),
    ("wrong_place", 3, "place: 'Sweden'"),
    ("years_with_a_fraction", 4, "period.years: '10.5': expected a whole number."),
    ("zero_life", 23, "the life is 0 years; it lies between 1 and 200."),
    (
        "factor_of_another_dimension_instead",
        20,
        "'water.tap' is counted in m3, 'electricity.mix.EU27' in kWh.",
    ),
    ("own_factor_in_an_unknown_unit", 25, "factors.wood.unit: 'mwh' cannot be read: write 'MWh'."),
    ("own_factor_named_as_an_exchange", 23, "an exchange or process has the same id. Rename one of them."),
    ("own_factor_per_a_wrong_unit", 26, "'t' (mass) does not convert to 'MWh' (energy). Write for example '58 kg CO2e/MWh'."),
    ("own_factor_with_an_emission_in_a_wrong_unit", 26, "'m3' (volume) does not convert to 'kg' (mass)."),
    ("own_factor_with_an_unknown_flow", 26, "no elementary flow 'co2_fosil'. Did you mean 'co2_fossil'?"),
    ("own_factor_without_figure", 23, "state either 'co2e' or 'emissions'."),
    ("own_factor_without_gwp", 23, "'co2e' needs 'gwp' (AR4, AR5 or AR6), and only it does."),
    ("own_factor_without_source", 23, "'source' is missing."),
    ("parameter_in_a_wrong_unit", 20, "with.efficiency: 'kg' (mass) does not convert to 'MWh/MWh' (a plain ratio)."),
    ("parameter_of_a_process", 20, "a process or exchange of the case has no parameters."),
    ("parameter_that_turns_a_sign", 21, "with these values the amount of methane_biogenic would be -0.0378, where it was 0.063."),
    ("parameter_without_a_model_value", 20, "'1/efficiency' has no finite value"),
    ("place_without_a_record", 20, "there is no electricity.mix for US or a wider region. There are: electricity.mix."),
    (
        "property_missing",
        22,
        "'m3' (volume) converts to 'kg' (mass) with density alone, which fuel.wood_chips",
    ),
    ("unknown_factor_instead", 20, "no factor 'electricity.mix.SV'. Did you mean 'electricity.mix.SE'"),
    ("unknown_input", 20, "takes nothing from 'electricity.mix.SE'. Did you mean 'electricity.mix.EU27'?"),
    ("unknown_material", 18, "no material 'property.straww'."),
    ("unknown_parameter", 20, "heat.boiler.natural_gas has no parameter 'eficiency'. Did you mean 'efficiency'?"),
    ("own_factor_that_covers_too_much", 23, "a bare 'co2e' covers climate change alone: leave 'covers' out."),
    ("own_factor_with_a_credit", 23, "a figure is negative: a credit has no place in a factor."),
    ("own_factor_of_nowhere", 29, "no place 'Atlantis'."),
    ("own_factor_material_and_treatment", 23, "'material' and 'treats_waste' exclude each other"),
    ("own_factor_with_a_figure_among_its_flows", 27, "a bare CO2e figure is no elementary flow. Write it as 'co2e', with 'gwp'."),
    ("own_factor_with_an_unknown_indicator", 28, "no indicator 'climate'. Did you mean 'climate_change'?"),
    ("broken_factor_in_transport", 25, "factors.wood.unit: 'mwh' cannot be read: write 'MWh'."),
    ("parameter_of_a_million_years", 21, "'years' must be a whole number of years, at least 1 and at most 1000"),
    ("parameter_that_overflows", 21, "waste.landfill.food: math range error."),
    ("price_instead_of_a_factor", 21, "'tax.landfill.DK' is a price, no factor."),
    (
        "material_instead_of_a_factor",
        21,
        "'property.food_waste' is a set of properties, no factor.",
    ),
]

#: What is wrong in a file with several errors: line and part of the text.
SEVERAL = {
    "several_errors": [
        (15, "no actor 'bath'."),
        (17, "the quantity is -900."),
        (20, "no factor 'heat.boiler.naturalgas'."),
        (21, "no factor 'treatment.heat_rejecton'."),
    ],
    "several_errors_of_form": [
        (1, "'place' is missing."),
        (3, "'ten': expected a whole number."),
        (12, "'resource' is missing."),
        (15, "unknown key 'resourse'."),
        (16, "'0,9 GWh/year' has a decimal comma."),
    ],
    "errors_of_form_and_of_content": [
        (15, "no actor 'bath'."),
        (17, "'0,9 GWh/year' has a decimal comma."),
        (20, "no factor 'heat.boiler.naturalgas'."),
        (22, "'1 500 kWh/GWh' has separated thousands."),
        (22, "unknown key 'whyy'."),
        (27, "the quantity is -30."),
        (31, "the shares sum to 0.9 of the whole"),
    ],
}


@pytest.mark.parametrize(("name", "line", "text"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_case_is_told_with_its_line(name: str, line: int, text: str, library: Library) -> None:
    found = [(finding.where, str(finding)) for finding in errors_of(FOLDER / f"{name}.yaml", library)]
    assert [place for place, message in found if text in message] == [f"{name}.yaml:{line}"], found


@pytest.mark.parametrize("name", SEVERAL)
def test_all_errors_are_told_at_once(name: str, library: Library) -> None:
    found = sorted(errors_of(FOLDER / f"{name}.yaml", library), key=lambda finding: int(finding.where.rpartition(":")[2]))
    expected = SEVERAL[name]
    assert [finding.where for finding in found] == [f"{name}.yaml:{line}" for line, _ in expected]
    for finding, (_, text) in zip(found, expected, strict=True):
        assert text in str(finding)


def test_loop_without_solution_is_told_with_its_cycle() -> None:
    case, document = read_with_lines(FOLDER / "loop_without_solution.yaml")
    told = "the loop boiler -> pump -> boiler takes"
    (finding,) = [one for one in check_case(case, document=document) if one.level is Level.ERROR]
    assert told in finding.message
    assert finding.where == "loop_without_solution.yaml:23"  # the first process of the loop
    with pytest.raises(CaseError, match=told):
        assess(case, document=document)


def test_norway_without_quotes_is_a_country(library: Library) -> None:
    case, document = read_with_lines(FOLDER / "unquoted_norway.yaml")
    assert case.place == "NO"
    assert [finding for finding in check_case(case, library, document) if finding.level is Level.ERROR] == []


def test_every_bad_case_is_tested() -> None:
    tested = {name for name, _, _ in BAD} | set(SEVERAL) | {"loop_without_solution", "unquoted_norway"}
    assert {path.stem for path in FOLDER.glob("*.yaml")} == tested


def test_a_case_with_errors_is_not_assessed() -> None:
    case, document = read_with_lines(FOLDER / "unknown_factor.yaml")
    with pytest.raises(CaseError, match=r"unknown_factor\.yaml:20 .* no factor 'heat\.boiler\.naturalgas'"):
        assess(case, document=document)


def test_missing_file_and_folder_are_told() -> None:
    with pytest.raises(CaseError, match="there is no such file"):
        read_case(FOLDER / "not_there.yaml")
    with pytest.raises(CaseError, match="this is a folder, not a file"):
        read_case(FOLDER)


def test_errors_come_before_warnings_and_notes(library: Library) -> None:
    case, document = read_with_lines(FOLDER / "negative_quantity.yaml")
    levels = [finding.level for finding in check_case(case, library, document)]
    assert levels == sorted(levels, key=list(Level).index)
    assert levels[0] is Level.ERROR
    assert Level.NOTE in levels  # that all of it displaces production is an assumption
