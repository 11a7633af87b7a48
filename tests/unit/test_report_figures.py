"""Units and columns of the report's tables: as those of the headlines, and none twice."""

from __future__ import annotations

import re

import ius_lca as ius
from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.report.to_html import render_html
from tests.scoring import CaseFrom


def test_the_table_of_references_has_the_unit_of_the_headline(case_from: CaseFrom) -> None:
    context = Context(ius.assess(case_from((shipped("templates") / "case.yaml").read_text(encoding="utf-8"))[0]))
    shown = {entry["name"]: entry["unit"] for entry in context.comparison["entries"]}
    assert list(shown.values()) == [card.unit for card in context.headlines]
    # 256 t under the main reference, 4 680 t under the favourable one
    assert shown["Climate change"] == "t CO₂e a year"


def test_a_figure_reads_the_same_in_every_table(case_from: CaseFrom) -> None:
    context = Context(ius.assess(case_from((shipped("templates") / "case.yaml").read_text(encoding="utf-8"))[0]))
    headline = context.headlines[0]
    assert (headline.figure, headline.unit) == ("256", "t CO₂e a year")
    over_years, among_all = context.years["rows"][0], context.indicator_table[0]
    assert (over_years["unit"], over_years["values"]) == ("t CO₂e", ["256", "2\u202f560", "2\u202f560"])
    assert (among_all["unit"], among_all["benefit"]) == ("t CO₂e", "256")


def test_a_period_of_one_year_has_one_column(case_from: CaseFrom) -> None:
    text = (shipped("templates") / "case.yaml").read_text(encoding="utf-8")
    one = re.sub(r"years: \d+", "years: 1", text)
    page = render_html(ius.assess(case_from(one)[0]))
    assert "whole period (" not in page
    assert "The period is this one year." in page
    assert "whole period (" in render_html(ius.assess(case_from(text)[0]))
