"""The part of the report that says when the benefit happens."""

from __future__ import annotations

from dataclasses import replace

import pytest

import ius_lca as ius
from ius_lca.paths import shipped
from ius_lca.report.emission_years import emission_years
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment, Row

TITLES = {"likely": "burnt", "landfill": "buried", "other": "buried elsewhere"}


def _years(reference: str, benefits: list[float]) -> list[Row]:
    return [
        {"reference": reference, "indicator": "climate_change", "unit": "kg CO2e", "year": 2020 + index, "baseline": value,
         "symbiosis": 0.0, "benefit": value, "later": sum(benefits[index + 1 :])}
        for index, value in enumerate(benefits)
    ]  # fmt: skip


def _booked(reference: str, benefit: float, coverage: str = "full") -> Row:
    return {"reference": reference, "indicator": "climate_change", "basis": "in_year", "year": 2020, "benefit": benefit,
            "coverage": coverage}  # fmt: skip


@pytest.fixture(scope="module")
def helsingborg() -> Assessment:
    return ius.assess(ius.read_case(shipped("examples") / "helsingborg" / "case.yaml"))


def _result(helsingborg: Assessment, booked: list[Row], years: list[Row]) -> Assessment:
    tables = {"benefits": tuple(booked), "emission_years": tuple(years)}
    return replace(helsingborg, main_reference="likely", tables={**helsingborg.tables, **tables})


def test_the_benefit_is_split_by_year(helsingborg: Assessment) -> None:
    benefits = [6e6, 2e6, 1.5e6, *[0.0] * 18, 0.5e6]  # kg; the last one 21 years after the exchange
    booked = [_booked("likely", 3e6), _booked("landfill", 10e6, "at_least"), {**_booked("landfill", 7e6), "year": 2021}]
    twenty = [{**row, "indicator": "climate_change_gwp20", "benefit": 1e9} for row in _years("other", benefits)]
    view = emission_years(_result(helsingborg, booked, [*_years("landfill", benefits), *twenty]), TITLES)
    assert view is not None
    assert (view.year, view.unit, view.spans) == (2020, "kt CO₂e", ("later than 1 year", "later than 20 years"))
    (split,) = view.splits
    assert (split.reference, split.word) == ("landfill: buried", "at least")
    assert split.cells == (("10.0", "100\u00a0%"), ("6.00", "60\u00a0%"), ("2.00", "20\u00a0%"), ("0.500", "5\u00a0%"))
    assert view.at_once == ("likely", "other")
    assert view.drawn == "buried"


def test_no_share_is_told_of_parts_that_cancel(helsingborg: Assessment) -> None:
    view = emission_years(_result(helsingborg, [_booked("landfill", 1e3)], _years("landfill", [-2e3, 1e3, 2e3])), TITLES)
    assert view is not None
    assert [share for _, share in view.splits[0].cells] == ["100\u00a0%", "", "", "0\u00a0%"]


@pytest.mark.parametrize(("main", "drawn"), [("likely", "buried elsewhere"), ("landfill", "buried")])
def test_the_chart_shows_the_main_reference_or_the_one_with_most_to_come(helsingborg: Assessment, main: str, drawn: str) -> None:
    years = [*_years("landfill", [0.0, 1e3, 1e3]), *_years("other", [0.0, 1e3, 5e3])]
    result = _result(helsingborg, [_booked("landfill", 2e3), _booked("other", 6e3)], years)
    view = emission_years(replace(result, main_reference=main), TITLES)
    assert view is not None
    assert view.drawn == drawn
    assert "buried" in view.chart


def test_nothing_is_shown_where_everything_happens_in_the_year_itself(helsingborg: Assessment) -> None:
    result = replace(helsingborg, tables={**helsingborg.tables, "emission_years": ()})
    assert emission_years(result, TITLES) is None
    assert 'id="years"' not in render_html(result)


def test_the_example_tells_of_the_landfill_that_the_published_claim_needs(helsingborg: Assessment) -> None:
    page = render_html(helsingborg)
    part = page[page.index('id="years"') : page.index('id="actors"')]
    assert "Under likely and conservative, everything happens in the year itself." in part
    # 1000 t of food waste, 63.0 kg of methane per tonne, 27 kg CO2e per kg: 1700 t, of which e^-0.185 after the first year.
    assert "1\u202f410" in part
