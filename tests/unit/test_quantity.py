"""Quantities as their author states them: short and long form, range, evidence."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from ius_lca.quantity import EVIDENCE_ORDER, Evidence, Id, Stated, certain, worst


def refusal_of(written: object) -> str:
    """The messages of a validation that fails."""
    with pytest.raises(ValidationError) as caught:
        Stated.model_validate(written)
    return "\n".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in caught.value.errors())


def test_the_short_form_is_value_and_unit_and_counts_as_assumed() -> None:
    stated = Stated.model_validate("400 GWh/year")
    assert (stated.value, stated.unit, stated.range, stated.evidence) == (400.0, "GWh/year", None, Evidence.ASSUMED)


@pytest.mark.parametrize(("written", "value"), [(3, 3.0), (0.25, 0.25), ("7", 7.0), ("-2", -2.0)])
def test_a_bare_number_has_no_unit(written: object, value: float) -> None:
    stated = Stated.model_validate(written)
    assert (stated.value, stated.unit) == (value, "")


def test_the_long_form_says_more_about_the_same_number() -> None:
    written = {
        "value": "400 GWh/year",
        "evidence": "published",
        "source": "CLC 2016",
        "pedigree": ["1", "2", "3", "4", "5"],
        "note": "net",
    }
    stated = Stated.model_validate({**written, "range": ["360", "440"], "distribution": "triangular"})
    assert (stated.value, stated.unit, stated.range) == (400.0, "GWh/year", (360.0, 440.0))
    assert (stated.evidence, stated.source, stated.pedigree, stated.note) == (
        Evidence.PUBLISHED,
        "CLC 2016",
        (1, 2, 3, 4, 5),
        "net",
    )
    assert stated.distribution == "triangular"


def test_a_range_may_have_units_of_its_own() -> None:
    stated = Stated.model_validate({"value": "400 GWh/year", "range": ["0.36 TWh/year", "440"]})
    assert stated.range == pytest.approx((0.36 * 1000, 440), rel=1e-12)  # GWh in a TWh
    assert Stated.model_validate({"value": 0.5, "range": ["40 %", 0.6]}).range == pytest.approx((0.4, 0.6), rel=1e-12)


def test_a_bare_end_of_a_range_is_in_the_unit_of_the_value() -> None:
    assert Stated.model_validate({"value": "50 %", "range": [40, 60]}).range == (40.0, 60.0)


def test_values_within_the_program_are_taken_as_they_are() -> None:
    stated = Stated(value=2.0, unit="t", range=(1.0, 3.0))
    assert (stated.value, stated.unit, stated.range) == (2.0, "t", (1.0, 3.0))
    assert Stated.model_validate_json(stated.model_dump_json()) == stated
    assert stated.to("kg") == 2000.0


@pytest.mark.parametrize("limits", [["410", "440"], ["360", "390"], ["0.41 TWh/year", "440"]])
def test_a_value_outside_its_range_is_refused(limits: list[str]) -> None:
    assert "the value 400 lies outside its range [" in refusal_of({"value": "400 GWh/year", "range": limits})


def test_a_range_the_wrong_way_round_is_told_as_that() -> None:
    told = refusal_of({"value": "400 GWh/year", "range": ["440", "360"]})
    assert "the range [440, 360] is the wrong way round: write [360, 440]" in told


@pytest.mark.parametrize("limits", [["400", "440"], ["360", "400"], ["400", "400"]])
def test_a_value_at_an_end_of_its_range_is_read(limits: list[str]) -> None:
    assert Stated.model_validate({"value": "400 GWh/year", "range": limits}).range == (float(limits[0]), float(limits[1]))


def test_a_range_of_another_dimension_is_refused() -> None:
    told = refusal_of({"value": "400 GWh/year", "range": ["360 t/year", "440"]})
    assert "'t/year' (mass per calendar years) does not convert to 'GWh/year' (energy per calendar years)." in told


@pytest.mark.parametrize("limits", [["360"], ["1", "2", "3"], [], "360-440", {"low": "1"}])
def test_a_range_has_two_ends(limits: object) -> None:
    assert refusal_of({"value": "2", "range": limits}).startswith("range")


@pytest.mark.parametrize("written", [True, False, None])
def test_true_false_and_nothing_are_no_quantities(written: object) -> None:
    assert "expected a quantity such as '400 GWh/year'" in refusal_of(written)


@pytest.mark.parametrize(
    "written", ["nan", "inf kg", "-inf", float("nan"), float("inf"), True, None, "", "GWh", ["1 t"], {"x": 1}]
)
@pytest.mark.parametrize("long_form", [False, True])
def test_what_is_not_a_finite_number_is_refused(written: object, long_form: bool) -> None:
    assert refusal_of({"value": written} if long_form else written)


def test_numbers_that_are_not_finite_are_refused_within_the_program_too() -> None:
    for value in (float("nan"), float("inf"), float("-inf")):
        assert "is not a number with a unit" in refusal_of({"value": value, "unit": "kg"})
        assert "is not a number with a unit" in refusal_of({"value": 0.0, "unit": "kg", "range": (-1.0, value)})


@pytest.mark.parametrize(("written", "told"), [("1e16 t", "1e+16 t"), ("-2e15 t", "-2e+15 t"), ("1e-16", "1e-16")])
def test_a_slip_of_the_pen_is_refused_before_it_overflows(written: str, told: str) -> None:
    assert f"{told} is no quantity of this world" in refusal_of(written).replace("  ", " ")


@pytest.mark.parametrize("written", ["0 t", "1e15 t", "-1e15 t", "1e-15 t"])
def test_the_largest_the_smallest_and_none_are_read(written: str) -> None:
    assert Stated.model_validate(written).value == float(written.removesuffix(" t"))


def test_the_unit_may_stand_apart_and_is_read_as_strictly() -> None:
    assert Stated.model_validate({"value": "5", "unit": "t"}) == Stated.model_validate("5 t")
    assert "write 't' for tonnes" in refusal_of({"value": 5, "unit": "ton"})


def test_the_hint_of_a_refused_spelling_reaches_the_author() -> None:
    assert "write 't' for tonnes" in refusal_of("5 ton")
    assert "write 't' for tonnes" in refusal_of({"value": "5 t", "range": ["4 ton", "6"]})
    assert "Write '1.5 t'" in refusal_of({"value": "1,5 t"})


def test_published_evidence_needs_a_source() -> None:
    assert "evidence 'published' needs a 'source'" in refusal_of({"value": "5 t", "evidence": "published"})
    assert "evidence 'published' needs a 'source'" in refusal_of({"value": "5 t", "evidence": "published", "source": ""})
    assert Stated.model_validate({"value": "5 t", "evidence": "published", "source": "CLC 2016"}).source == "CLC 2016"


def test_unknown_words_are_refused() -> None:
    assert "evidence: " in refusal_of({"value": "5 t", "evidence": "guessed"})
    assert "distribution: " in refusal_of({"value": "5 t", "distribution": "beta"})
    assert "valeu: Extra inputs are not permitted" in refusal_of({"value": "5 t", "valeu": "6 t"})
    assert "a quantity written with keys needs 'value'" in refusal_of({"range": ["1", "2"]})


def test_a_quantity_cannot_be_changed_later() -> None:
    stated = Stated.model_validate("5 t")
    with pytest.raises(ValidationError, match="frozen"):
        stated.value = 6.0  # type: ignore[misc]


def test_the_weakest_evidence_counts() -> None:
    assert EVIDENCE_ORDER == (Evidence.MEASURED, Evidence.PUBLISHED, Evidence.ESTIMATED, Evidence.ASSUMED)
    for position, evidence in enumerate(EVIDENCE_ORDER):
        assert worst(list(EVIDENCE_ORDER[: position + 1])) is evidence
        assert worst(list(reversed(EVIDENCE_ORDER[: position + 1]))) is evidence
    assert worst([]) is Evidence.MEASURED
    assert certain(1, "kWh/kWh").evidence is Evidence.MEASURED


@pytest.mark.parametrize("name", ["mill", "excess_heat", "Mill2", "a"])
def test_an_id_is_a_word(name: str) -> None:
    assert TypeAdapter(Id).validate_python(name) == name


@pytest.mark.parametrize("name", ["", "2nd_mill", "excess-heat", "excess heat", "_mill", "mill.se", "ångpanna", "mill\n"])
def test_what_is_no_id_is_refused(name: str) -> None:
    with pytest.raises(
        ValidationError, match="is no id: use letters from a to z, digits and underscores, starting with a letter"
    ):
        TypeAdapter(Id).validate_python(name)


@pytest.mark.parametrize("name", ["all", "market", "network", "unused"])
def test_a_word_of_the_format_is_no_id(name: str) -> None:
    with pytest.raises(ValidationError, match=f"'{name}' is a word of the format and cannot be an id: choose another"):
        TypeAdapter(Id).validate_python(name)


def test_a_path_may_change_its_unit_and_counts_in_that_of_its_first_year() -> None:
    heat = Stated.model_validate({"by_year": {"2025": "500 MWh/year", "2023": "1 GWh/year", "2027": "360 GJ/year"}})
    assert (heat.value, heat.unit) == (1.0, "GWh/year")
    assert heat.by_year == {2023: 1.0, 2025: pytest.approx(0.5), 2027: pytest.approx(0.1)}  # 360 GJ over 3600 GJ/GWh
