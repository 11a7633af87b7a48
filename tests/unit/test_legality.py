"""Whether a disposal is legal where the case lies: what is known, what a case is told, what its report says."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ius_lca as ius
from ius_lca.case.check import check_case
from ius_lca.errors import Finding, Level
from ius_lca.library.bans import Ban
from ius_lca.library.record import Library
from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.report.factor_page import factor_page
from ius_lca.results import Assessment, Row, parse_result, to_json
from ius_lca.tables import result_tables
from tests.scoring import CaseFrom, scored

#: A case whose place, years and disposals each test chooses.
CASE = """\
ius_lca: 1
name: A case of the tests
place: PLACE
period: {start: START, years: YEARS}
currency: EUR
actors: {giver: {name: Giver}, taker: {name: Taker}}
references: {likely: {title: a}, favourable: {title: b}}
exchanges:
  waste:
    from: giver
    to: taker
    resource: a waste
    quantity: 9 t/year
    disposal: {by_reference: {likely: [{LIKELY}], favourable: [{FAVOURABLE}]}}
"""
SOIL = "factor: waste.landfill.soil"
FOOD = "factor: waste.landfill.food"


def _case(place: str = "SE", start: int = 2023, years: int = 10, likely: str = SOIL, favourable: str = SOIL) -> str:
    chosen = {"PLACE": place, "START": str(start), "YEARS": str(years), "LIKELY": likely, "FAVOURABLE": favourable}
    text = CASE
    for word, value in chosen.items():
        text = text.replace(word, value)
    return text


def _told(case_from: CaseFrom, library: Library, text: str) -> list[Finding]:
    """What is said of legality."""
    case, document = case_from(text)
    codes = {"illegal-reference", "illegal-treatment", "without-effect"}
    return [finding for finding in check_case(case, library, document) if finding.code in codes]


def _rows(case_from: CaseFrom, text: str) -> dict[tuple[str | None, str], Row]:
    table = result_tables(scored(case_from(text)[0]))["legality"]
    return {(str(row["reference"]) if row["reference"] else None, str(row["factor"])): row for row in table}


def test_every_ban_says_where_it_was_read(library: Library) -> None:
    held = library.legality
    assert len(held.bans) >= 16
    for key, ban in held.bans.items():
        assert key.startswith(f"{ban.place}.{ban.treatment}"), key
        source = held.sources[ban.source]
        assert ban.act, key
        assert ban.where, key
        assert ban.printed, key
        assert source.address.startswith("http"), key
        assert source.licence, key
    assert {ban.source for ban in held.bans.values()} == set(held.sources)


def test_every_landfill_record_has_a_kind_of_waste(library: Library) -> None:
    landfills = {key for key, record in library.records.items() if record.category == "waste/landfill"}
    assert set(library.legality.wastes) == landfills


def test_helsingborg_is_told_that_its_favourable_reference_is_history(library: Library) -> None:
    case = ius.read_case(shipped("examples") / "helsingborg" / "case.yaml")
    (finding,) = [one for one in check_case(case, library) if one.code == "illegal-reference"]
    assert finding.level is Level.WARNING
    assert finding.path == "exchanges.port_food_waste.disposal.by_reference.favourable[0]"
    assert finding.message == (
        "waste.landfill.food: landfill of organic waste is banned in Sweden since 2005 "
        "(Förordning (2001:512) om deponering av avfall, 10 §); "
        "reference 'favourable' is no legal alternative, and its benefit no claim of today."
    )
    assert "Name another disposal" in finding.mend


def test_under_the_main_reference_the_words_are_stronger(case_from: CaseFrom, library: Library) -> None:
    (finding,) = _told(case_from, library, _case(likely=FOOD))
    assert finding.message.endswith("the main reference 'likely' is no legal alternative, and no claim can rest on it.")


def test_processes_that_share_others_are_looked_through_once(case_from: CaseFrom, library: Library) -> None:
    """A chain in which each process takes twice of the next: 2^60 ways lead to the landfill."""
    chain = "".join(
        f"  p{at}: {{product: p, unit: t, inputs: [{line}, {line}]}}\n"
        for at in range(60)
        for line in [f"{{process: p{at + 1}, amount: 0.5 t/t}}"]
    )
    last = f"  p60: {{product: p, unit: t, inputs: [{{{FOOD}, amount: 1 t/t}}]}}\n"
    (finding,) = _told(case_from, library, f"{_case(likely='process: p0')}processes:\n{chain}{last}")
    assert finding.code == "illegal-reference"


def test_a_disposal_under_all_references_is_told_once(case_from: CaseFrom, library: Library) -> None:
    by_reference = f"{{by_reference: {{likely: [{{{FOOD}}}], favourable: [{{{FOOD}}}]}}}}"
    text = _case(likely=FOOD, favourable=FOOD)
    assert len(_told(case_from, library, text)) == 2
    (finding,) = _told(case_from, library, text.replace(by_reference, f"{{all: [{{{FOOD}}}]}}"))
    assert "the main reference" in finding.message


@pytest.mark.parametrize(
    ("place", "factor", "told"),
    [
        ("SE", "waste.landfill.soil", False),
        ("SE", "waste.landfill.plasterboard", False),
        ("SE", "waste.landfill.inert", False),
        ("SE", "waste.landfill.plastics", True),  # organic, as Sweden means it
        ("NO", "waste.landfill.plastics", False),  # not biodegradable
        ("NO", "waste.landfill.wood", True),
        ("SE", "waste.landfill.sewage_sludge", False),  # exempt by rule if it can be composted
        ("FI", "waste.landfill.sewage_sludge", True),
        ("DK", "waste.landfill.food", True),
        ("DE", "waste.landfill.municipal", True),
        ("NL", "waste.landfill.cardboard", True),
        ("EE", "waste.landfill.municipal", True),
        ("EE", "waste.landfill.food", False),
        ("AT", "waste.landfill.textiles", True),
        ("SE", "waste.landfill.clinical", True),  # by the directive, within the European Union
        ("NO", "waste.landfill.clinical", False),
        ("US", "waste.landfill.food", False),  # nothing is known of it
        ("SE", "waste.incineration.food, makes_up: {heat: unused, electricity: unused}", False),
    ],
)
def test_a_ban_holds_for_its_country_and_kind_of_waste(
    case_from: CaseFrom, library: Library, place: str, factor: str, told: bool
) -> None:
    found = _told(case_from, library, _case(place, favourable=f"factor: {factor}"))
    assert [one.code for one in found] == ["illegal-reference"] * told
    row = _rows(case_from, _case(place, favourable=f"factor: {factor}"))[("favourable", factor.partition(",")[0])]
    assert row["legal"] == ("no" if told else "not known")


@pytest.mark.parametrize(
    ("years", "legal", "first"),
    [
        ((2004, 1), "not known", None),  # the year before the ban of 2005
        ((2000, 5), "not known", None),
        ((2004, 2), "no", 2005),
        ((2000, 10), "no", 2005),
        ((2005, 1), "no", 2005),
        ((2030, 1), "no", 2030),
    ],
)
def test_a_ban_holds_from_its_year(
    case_from: CaseFrom, library: Library, years: tuple[int, int], legal: str, first: int | None
) -> None:
    text = _case(start=years[0], years=years[1], favourable=FOOD)
    row = _rows(case_from, text)[("favourable", "waste.landfill.food")]
    # Also before it begins, the row says of which ban is known.
    assert (row["legal"], row["from_year"], row["since"]) == (legal, first, "2005")
    found = _told(case_from, library, text)
    assert len(found) == (legal == "no")
    for finding in found:
        assert (f"in this case from {first} on" in finding.message) == (first != years[0])


def test_the_years_are_those_in_which_the_exchange_runs(case_from: CaseFrom, library: Library) -> None:
    text = _case(start=2000, years=10, favourable=FOOD)
    assert _told(case_from, library, text + "    life: 5 years\n") == []
    assert len(_told(case_from, library, text + "    life: 6 years\n")) == 1
    (finding,) = _told(case_from, library, text + "    start: 2006\n")
    assert "in this case from" not in finding.message  # it was banned when the exchange began


def test_a_life_that_is_no_time_is_told_once_and_breaks_nothing(case_from: CaseFrom, library: Library) -> None:
    case, document = case_from(_case(favourable=FOOD) + "    life: 6 kg\n")
    errors = [finding for finding in check_case(case, library, document) if finding.level is Level.ERROR]
    assert [finding.path for finding in errors] == ["exchanges.waste.life"]


def test_the_ban_without_a_condition_is_told_first(case_from: CaseFrom) -> None:
    rows = _rows(case_from, _case(favourable="factor: waste.landfill.paper"))
    assert rows[("favourable", "waste.landfill.paper")]["ban"] == "landfill of organic waste"
    # From 2002 to 2004 only the ban of combustible waste that is sorted out held.
    rows = _rows(case_from, _case(start=2003, years=2, favourable="factor: waste.landfill.paper"))
    assert rows[("favourable", "waste.landfill.paper")]["condition"] == "it is sorted out (utsorterat)"


EXEMPT = 'factor: waste.landfill.food, legality: {exemption: "dispensation of the county board, 2021", source: letter}'


def test_an_exemption_silences_the_warning_and_is_printed(case_from: CaseFrom, library: Library) -> None:
    text = _case(favourable=EXEMPT)
    assert _told(case_from, library, text) == []
    row = _rows(case_from, text)[("favourable", "waste.landfill.food")]
    assert (row["legal"], row["exemption"]) == ("exempt", "dispensation of the county board, 2021 (letter)")
    disclosed = dict(Context(ius.assess(case_from(text)[0])).disclosures)["Legality of the reference disposal"]
    assert disclosed == (
        "a waste: landfill of organic waste is banned in SE since 2005 (Förordning (2001:512) om deponering av avfall, 10 §; "
        "read with the authority), exempt by dispensation of the county board, 2021 (letter) (under favourable); "
        "not known for waste.landfill.soil: the library holds no ban for these years, which is no permission"
    )


def test_an_exemption_that_nothing_needs_is_a_note(case_from: CaseFrom, library: Library) -> None:
    (finding,) = _told(case_from, library, _case(place="US", favourable=EXEMPT))
    assert (finding.level, finding.code) == (Level.NOTE, "without-effect")
    assert finding.path == "exchanges.waste.disposal.by_reference.favourable[0].legality"


PROCESS = """\
processes:
  dumping:
    product: waste brought to the landfill
    unit: kg
    inputs:
      - {FOOD, amount: 1 kg/kg}
"""


def test_a_landfill_inside_a_process_is_found_and_can_be_exempt_there(case_from: CaseFrom, library: Library) -> None:
    text = _case(favourable="process: dumping") + PROCESS
    (finding,) = _told(case_from, library, text.replace("FOOD", FOOD))
    assert (finding.code, finding.path) == (
        "illegal-reference",
        "exchanges.waste.disposal.by_reference.favourable[0]",
    )
    assert _told(case_from, library, text.replace("FOOD", EXEMPT)) == []


@pytest.mark.parametrize(
    ("added", "role"),
    [
        (f"    usable: 90 %\n    residue: {{{FOOD}}}\n", "residue"),
        (f"    needs: [{{{FOOD}, amount: 0.1 kg/kg, by: taker}}]\n", "needs"),
        (f"    previous_use: {{all: [{{{FOOD}, amount: 0.1 kg/kg}}]}}\n", "previous_use"),
        (f"    donor_changed: true\n    donor_process: {{after: [{{{FOOD}, amount: 0.1 kg/kg}}]}}\n", "donor_process"),
    ],
)
def test_what_the_symbiosis_itself_may_not_do_is_told(case_from: CaseFrom, library: Library, added: str, role: str) -> None:
    (finding,) = _told(case_from, library, _case() + added)
    assert finding.code == "illegal-treatment"
    assert finding.message.endswith("the exchange cannot run without an exemption.")
    row = _rows(case_from, _case() + added)[(None, "waste.landfill.food")]
    assert (row["role"], row["legal"]) == (role, "no")


def test_what_the_donor_did_before_its_change_is_a_reference(case_from: CaseFrom, library: Library) -> None:
    text = _case() + "    donor_changed: true\n    donor_process: {before: [{FOOD, amount: 0.1 kg/kg}]}\n"
    (finding,) = _told(case_from, library, text.replace("FOOD", FOOD))
    assert (finding.code, finding.path) == ("illegal-reference", "exchanges.waste.donor_process.before[0]")
    assert _rows(case_from, text.replace("FOOD", FOOD))[("likely", "waste.landfill.food")]["legal"] == "no"
    assert _told(case_from, library, text.replace("FOOD", EXEMPT)) == []


def test_a_changed_factor_is_the_same_disposal(case_from: CaseFrom, library: Library) -> None:
    changed = "factor: waste.landfill.food, with: {gas_recovery: 60 %}"
    assert [one.code for one in _told(case_from, library, _case(favourable=changed))] == ["illegal-reference"]


def _assessed(case_from: CaseFrom, added: str) -> Assessment:
    return ius.assess(case_from(_case() + added)[0])


@pytest.mark.parametrize(
    ("added", "printed"),
    [
        ("", "not stated"),
        ("    legal_status: by-product\n", "a waste: by-product"),
        ('    legal_status: {status: end-of-waste, why: "criteria of the fertiliser regulation"}\n',
         "a waste: end-of-waste (criteria of the fertiliser regulation)"),
    ],
)  # fmt: skip
def test_the_legal_status_of_a_stream_is_printed_as_stated(case_from: CaseFrom, added: str, printed: str) -> None:
    assert dict(Context(_assessed(case_from, added)).disclosures)["Legal status of each stream"] == printed


def test_streams_without_a_legal_status_are_named_beside_those_with_one(case_from: CaseFrom) -> None:
    second = dedent("""\
        second:
          from: giver
          to: taker
          resource: another
          quantity: 1 t/year
          legal_status: waste
          disposal: {all: [{factor: waste.landfill.soil}]}
    """)
    result = _assessed(case_from, "".join(f"  {line}\n" for line in second.splitlines()))
    assert dict(Context(result).disclosures)["Legal status of each stream"] == "another: waste; not stated for a waste"


def test_the_page_of_a_factor_lists_its_bans(library: Library) -> None:
    page = " ".join(factor_page(library.records["waste.landfill.wood"], library).split())
    assert "landfill of organic waste is banned in Sweden since 2005" in page
    assert "by dispensation of the county board" in page
    assert "Banned" not in factor_page(library.records["waste.landfill.soil"], library)


def test_the_table_survives_the_file(case_from: CaseFrom) -> None:
    result = _assessed(case_from, "")
    assert parse_result(to_json(result)).tables["legality"] == tuple(json.loads(to_json(result))["legality"])


YEAR = st.integers(1990, 2040)


@given(since=YEAR, lasts=st.none() | st.integers(0, 20), start=YEAR, years=st.integers(1, 30))
def test_the_first_banned_year_is_the_smallest_of_the_case_in_which_the_ban_holds(
    since: int, lasts: int | None, start: int, years: int
) -> None:
    until = None if lasts is None else str(since + lasts)
    ban = Ban(
        name="landfill of x", place="SE", treatment="landfill", waste="x", since=f"{since}-07-01", until=until,
        act="a", article="1", source="s", where="w", printed="p", read="primary",
    )  # fmt: skip
    held = [year for year in range(start, start + years) if since <= year and (lasts is None or year <= since + lasts)]
    assert ban.within(start, start + years - 1) == (held[0] if held else None)
