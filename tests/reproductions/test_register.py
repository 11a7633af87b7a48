"""The register of reproductions is as its claims, its rule and today's results make it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures import block
from tests.tool import REPOSITORY, tool

PAGE = REPOSITORY / "docs" / "reproductions.md"
FOLDER = Path(__file__).parent
FEWEST = 20


def test_the_page_is_as_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == tool("generate_reproductions").text(), "run tools/generate_reproductions.py"


def test_there_are_enough_claims_and_some_come_out_against_us() -> None:
    rows = [entry for own in tool("generate_reproductions").entries().values() for entry in own]
    assert len(rows) >= FEWEST
    assert len({entry.id for entry in rows}) == len(rows)
    assert {entry.status for entry in rows} == {"reproduced", "near", "cannot be reproduced"}


def test_the_readme_says_how_many_claims_there_are() -> None:
    rows = [entry for own in tool("generate_reproductions").entries().values() for entry in own]
    assert f"[{len(rows)} published claims](docs/reproductions.md)" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_what_is_not_reproduced_is_explained() -> None:
    rows = [entry for own in tool("generate_reproductions").entries().values() for entry in own]
    silent = [
        entry.id for entry in rows if entry.status != "reproduced" and not (entry.result.difference or entry.result.missing)
    ]
    assert silent == []


def test_every_example_shows_the_claims_about_its_place() -> None:
    for readme in sorted((REPOSITORY / "examples").glob("*/README.md")):
        claims = tool("generate_reproductions").claims_of(readme.parent.name)
        assert block(readme.read_text(encoding="utf-8"), "claims").strip() == claims, "run tools/generate_reproductions.py"


def test_every_small_case_is_used() -> None:
    used = {entry.result.case for own in tool("generate_reproductions").entries().values() for entry in own}
    cases = {str(path.relative_to(REPOSITORY)) for path in (FOLDER / "cases").glob("*.yaml")}
    assert cases <= used


@pytest.mark.parametrize(
    ("ours", "independent", "status"),
    [
        (105.0, True, "reproduced"),
        (105.0, False, "near"),
        (112.0, True, "near"),
        (200.0, True, "near"),
        (201.0, True, "cannot be reproduced"),
        (-100.0, True, "cannot be reproduced"),
        (None, True, "cannot be reproduced"),
    ],
)
def test_the_status_follows_from_the_rule(ours: float | None, independent: bool, status: str) -> None:
    register = tool("generate_reproductions")
    claim = register.Claim(
        claim="it saves", value=100, unit="t/year", year="2020", place="here", reference="coal", source="a page", read="seen",
        tolerance="10 %", tolerance_why="of the fuel",
    )  # fmt: skip
    result = register.Result(inputs="ours", case="case.yaml", table="benefits", column="benefit", independent=independent)
    assert register.Entry("one", claim, result, ours).status == status


def test_a_span_is_met_anywhere_inside_it() -> None:
    register = tool("generate_reproductions")
    claim = register.Claim(
        claim="it saves", value=(4.4, 4.8), unit="t/t", year="2020", place="here", reference="none", source="a page", read="seen",
        tolerance="0 %", tolerance_why="arithmetic",
    )  # fmt: skip
    result = register.Result(inputs="ours", case="case.yaml", table="benefits", column="benefit")
    assert [register.Entry("one", claim, result, ours).status for ours in (4.4, 4.6, 2.3, 2.1)] == [
        "reproduced", "reproduced", "near", "cannot be reproduced",
    ]  # fmt: skip


def _row(**cells: object) -> dict[str, object]:
    return {"exchange": "heat", "term": "transport", "basis": "in_year", "year": 2020, "unit": "kg CO2e", "value": 2.0} | cells


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [_row(), _row(year=2021)],
        [_row(), _row(unit="MJ")],
        [_row(reference="oil"), _row(reference="gas")],
        [_row(basis="over_period")],
        [_row(value=None)],
    ],
)
def test_rows_that_are_no_parts_of_one_sum_are_refused(rows: list[dict[str, object]]) -> None:
    register = tool("generate_reproductions")
    with pytest.raises(KeyError):
        register._sum({"exchanges": rows}, register.Selection(table="exchanges", select={"exchange": "heat"}, column="value"))


def test_terms_and_exchanges_are_summed() -> None:
    register = tool("generate_reproductions")
    rows = [_row(), _row(term="processing"), _row(exchange="steam")]
    wanted = register.Selection(table="exchanges", select={"exchange": ["heat", "steam"]}, column="value")
    assert register._sum({"exchanges": rows}, wanted) == (6.0, "kg")


def test_what_an_amount_causes_has_not_its_unit() -> None:
    register = tool("generate_reproductions")
    rows = [_row(unit="MWh/year", amount=3.0, climate_change=5.0)]
    for column, sum_and_unit in (("amount", (3.0, "MWh")), ("climate_change", (5.0, "kg"))):
        assert register._sum({"inventory": rows}, register.Selection(table="inventory", select={}, column=column)) == sum_and_unit
