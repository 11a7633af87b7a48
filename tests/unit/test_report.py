"""The report: figures as people read them, everything escaped, nothing fetched, every chart with words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ius_lca as ius
from ius_lca.case.schema.case import Case
from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.report.figures import fitting, percent, significant
from ius_lca.report.taken import lines_taken
from ius_lca.report.to_html import render_html
from ius_lca.results import Assessment
from tests.scoring import CaseFrom


@pytest.fixture(scope="module")
def helsingborg() -> Assessment:
    return ius.assess(ius.read_case(shipped("examples") / "helsingborg" / "case.yaml"))


@pytest.fixture(scope="module")
def page(helsingborg: Assessment) -> str:
    return render_html(helsingborg)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1, "1.00"),
        (20340315.2, "20\u202f300\u202f000"),
        (-0.2819, "−0.282"),
        (999.6, "1\u202f000"),
        (99.96, "100"),
        (0.00012345, "0.000123"),
        (0.0000123, "1.23e−05"),
        (float("inf"), "–"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([1499.0], "kg CO2e", (1e3, "t CO₂e")),
        ([2.5e6, 1.0], "kg CO2e", (1e6, "kt CO₂e")),
        ([12.0], "kg", (1.0, "kg")),
        ([-3e6], "MJ", (1e6, "TJ")),
        ([1.2e5], "EUR/year", (1e3, "kEUR")),
        ([5.0], "EUR/year", (1, "EUR")),
        ([0.0], "SEK/year", (1.0, "SEK")),
        ([0.0], "kg", (1e3, "t")),
        ([0.0], "kg Ne", (1.0, "kg Ne")),
        ([3.0], "disease incidence", (1.0, "disease incidence")),
        ([], "m3", (1.0, "m³")),
    ],
)
def test_a_unit_that_fits(values: list[float], unit: str, expected: tuple[float, str]) -> None:
    assert fitting(values, unit) == expected


def test_small_shares_are_not_shown_as_nothing() -> None:
    assert [percent(share) for share in (0, 0.001, 0.994, 1)] == ["0\u00a0%", "under 1\u00a0%", "99\u00a0%", "100\u00a0%"]


class _Page(HTMLParser):
    """Tags that open and close in order, and every address a browser would fetch."""

    VOID = frozenset({"meta", "br", "img", "link", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.fetched += [str(value) for name, value in attrs if name in {"src", "href", "srcset", "data", "action"}]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.update([tag, *(name for name, _ in attrs if name == "onload")])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_asks_for_nothing(page: str) -> None:
    parser = _Page()
    parser.feed(page)
    assert parser.open == []
    assert [address for address in parser.fetched if not address.startswith("#")] == []
    assert parser.tags.isdisjoint({"script", "link", "iframe", "img", "object", "form"})
    assert "@import" not in page
    assert not re.search(r"url\((?!['\"]?(data:|#))", page)


def test_the_four_headlines_state_their_reference(helsingborg: Assessment, page: str) -> None:
    context = Context(helsingborg)
    assert [card.title for card in context.headlines] == [
        "CO₂ avoided",
        "Primary resources saved",
        "Landfill avoided",
        "Economic value",
    ]
    assert f"compared with “{helsingborg.case['references']['likely']['title']}”" in page
    told = f"indicator == 'climate_change' and basis == 'in_year' and year == {helsingborg.year}"
    benefits = helsingborg.benefits.query(told).set_index("reference").benefit
    assert context.headlines[0].figure == significant(benefits["likely"] / 1e6)
    for reference in ("conservative", "favourable"):
        assert significant(benefits[reference] / 1e6) in context.headlines[0].span


def test_every_picture_has_words(page: str) -> None:
    pictures = re.findall(r"<svg [^>]*>", page)
    assert len(pictures) == page.count("<figure>") > 3
    assert all('role="img"' in picture and ("aria-label=" in picture or "aria-labelledby=" in picture) for picture in pictures)
    assert len(re.findall(r"<svg [^>]*>\s*<title", page)) == len(pictures)


def test_every_section_of_a_benefit_report_is_there(page: str) -> None:
    for heading in (
        "Who gives what to whom",
        "The reference decides",
        "Where the CO₂ benefit comes from",
        "Exchange by exchange",
        "Actor by actor",
        "What it is worth in money",
        "Money in a year",
        "All indicators",
        "What it rests on",
        "Findings",
        "Disclosures",
        "Sources of the factors",
    ):
        assert f">{heading}</h2>" in page


def test_the_contents_name_every_numbered_part_in_order(page: str) -> None:
    told = re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', page[page.index('<nav class="contents"') : page.index("</nav>")])
    assert told == re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', page)
    assert len(told) > 15
    findings = 1 + [key for key, _ in told].index("findings")
    assert f"</a> (part {findings})." in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


def test_the_answer_comes_before_its_parts_and_its_sources(page: str) -> None:
    order = ["headlines", "map", "contents", "references", "terms", "exchanges", "findings", "numbers", "sources"]
    places = [page.index(f' id="{key}"') for key in order]
    assert places == sorted(places)


def test_a_name_cannot_leave_the_style_sheet(case_text: str, case_from: CaseFrom) -> None:
    page = render_html(ius.assess(case_from(case_text.replace("NAME", "'\"; } </style><b>x'"))[0]))
    assert page.count("</style>") == 1
    assert r'content: "\22 \3b  \7d  \3c \2f style\3e \3c b\3e x"' in page


def test_what_a_user_writes_is_escaped(case_text: str, case_from: CaseFrom) -> None:
    hostile = "<script>alert('x')</script> & {{ 7*7 }}"
    case: Case = case_from(case_text.replace("NAME", f'"{hostile}"'))[0]
    page = render_html(ius.assess(case))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


@pytest.fixture
def case_text() -> str:
    return """
        ius_lca: 1
        name: NAME
        place: SE
        period: {start: 2023}
        currency: EUR
        actors:
          donor: {name: NAME}
          taker: {name: NAME}
        references:
          likely: {title: NAME}
        exchanges:
          heat:
            from: donor
            to: taker
            resource: NAME
            quantity: {value: 1 GWh/year, evidence: published, source: NAME}
            supply:
              substitution: 1 MWh/MWh
              all: [{factor: heat.district.DK}]
            co_benefits: [NAME]
    """


def test_a_headline_that_is_not_covered_shows_no_number(case_text: str, case_from: CaseFrom) -> None:
    """Danish district heat is a bare CO2e figure, so primary energy is not covered, and no price is stated."""
    context = Context(ius.assess(case_from(case_text.replace("NAME", "x"))[0]))
    shown = {card.title: (card.shown, card.figure, card.word) for card in context.headlines}
    assert shown["CO₂ avoided"][0]
    assert shown["Primary resources saved"] == (False, "–", "not covered")
    assert shown["Economic value"] == (False, "–", "no prices stated")


NITROGEN = """
          water:
            from: donor
            to: taker
            resource: water
            quantity: {value: 9 m3/year, evidence: measured}
            disposal: {all: [{factor: discharge.nitrogen_sea, amount: {value: 500 g/m3, evidence: measured}}]}
            needs: [{factor: discharge.nitrogen_sea, amount: {value: 100 g/m3, evidence: assumed}, by: taker}]
          vapour:
            from: donor
            to: taker
            resource: vapour
            quantity: {value: 2 t/year, evidence: measured}
            transport: []
            disposal: {all: [{factor: discharge.nitrogen_sea, amount: {value: 1 kg/t, evidence: measured}}]}
"""


@pytest.mark.parametrize(
    ("exchange", "of", "figure"),
    [
        # 9 m3 x (500 - 100) g: complete, and 100 of 600 g of nitrogen are assumed.
        ("water", "water alone", ("3.60", "complete", "17\xa0% rests on assumed numbers")),
        # Danish district heat says nothing of nitrogen.
        ("heat", "x alone", ("–", "not covered", "because of: District heat, Danish average 2023, at the…")),
        # With 2 kg more: what the heat would let out comes on top. 0.9 of 4.5 + 0.9 + 2 kg are assumed.
        ("", "all exchanges", ("5.60", "at least", "12\xa0% rests on assumed numbers")),
    ],
)
def test_a_study_may_name_further_headlines(
    case_text: str, case_from: CaseFrom, exchange: str, of: str, figure: tuple[str, str, str]
) -> None:
    named = f"indicator: eutrophication_marine, exchange: {exchange}" if exchange else "indicator: eutrophication_marine"
    study = f"study: {{headlines: [{{{named}}}]}}\n        actors:"
    text = case_text.replace("NAME", "x").replace("actors:", study).rstrip() + NITROGEN
    context = Context(ius.assess(case_from(text)[0]))
    *four, card = context.headlines
    assert len(four) == 4
    assert (card.title, card.subtitle) == ("Eutrophication, marine, avoided", of)
    assert (card.figure, card.word, card.assumed if card.shown else card.span) == figure
    assert card.unit == "kg Ne a year"
    assert context.comparison["entries"][-1]["name"] == "Eutrophication, marine" + (f", of {of}" if exchange else "")


def test_a_loss_and_nothing_at_all_do_not_look_like_gains(case_text: str, case_from: CaseFrom) -> None:
    """With a boiler of its own the exchange costs more than the mean heat that it replaces; no waste is in the case."""
    study = "needs: [{factor: heat.boiler.light_fuel_oil, amount: 1 MWh/MWh, by: taker}]\n            co_benefits:"
    text = case_text.replace("NAME", "x").replace("co_benefits:", study)
    text = text.replace("likely: {title: x}", "likely: {title: x}\n          other: {title: y}")
    taken = "by_reference: {likely: [{factor: heat.district.DK}], other: [{factor: heat.boiler.hard_coal}]}"
    assessment = ius.assess(case_from(text.replace("all: [{factor: heat.district.DK}]", taken))[0])
    cards = {card.title: card for card in Context(assessment).headlines}
    assert cards["CO₂ avoided"].figure.startswith("−")
    tones = {title: card.tone for title, card in cards.items()}
    assert tones == {
        "CO₂ avoided": "loss",
        "Primary resources saved": "loss",
        "Landfill avoided": "nothing",
        "Economic value": "nothing",
    }
    assert cards["CO₂ avoided"].span.endswith(" under the references tested, so the sign depends on the reference")
    assert '<div class="card loss">' in render_html(assessment)


def test_a_headline_stands_once(case_text: str, case_from: CaseFrom) -> None:
    alone = "{indicator: climate_change, exchange: heat}"
    study = f"study: {{headlines: [{{indicator: climate_change}}, {alone}, {alone}]}}\n        actors:"
    cards = Context(ius.assess(case_from(case_text.replace("NAME", "x").replace("actors:", study))[0])).headlines
    assert [(card.title, card.subtitle) for card in cards[3:]] == [
        ("Economic value", "savings minus running costs of all actors, investment not counted"),
        ("CO₂ avoided", "x alone"),
    ]


MORE_HEAT = """
          more:
            from: donor
            to: taker
            resource: more heat
            quantity: {value: 9 GWh/year, evidence: measured}
            supply: {substitution: 1 MWh/MWh, all: [{factor: heat.district.DK}]}
"""


def test_a_headline_of_one_exchange_names_no_factor_that_it_takes_under_another_reference(
    case_text: str, case_from: CaseFrom
) -> None:
    study = "study: {headlines: [{indicator: primary_energy, exchange: heat}]}\n        actors:"
    taken = "by_reference: {likely: [{factor: heat.district.lund_2022}], other: [{factor: heat.district.DK}]}"
    text = case_text.replace("NAME", "x").replace("actors:", study).replace("all: [{factor: heat.district.DK}]", taken)
    text = text.replace("likely: {title: x}", "likely: {title: x}\n          other: {title: y}").rstrip() + MORE_HEAT
    *_, card = Context(ius.assess(case_from(text)[0])).headlines
    assert (card.shown, card.span) == (False, "because of: District heat, Lund 2022 (local average), at…")


def test_disclosures_say_what_is_not_stated(case_text: str, case_from: CaseFrom) -> None:
    stated = dict(Context(ius.assess(case_from(case_text.replace("NAME", "x"))[0])).disclosures)
    assert stated["Goal"] == "not stated"
    assert stated["Substitution, quality, displacement"] == "x: 1 MWh/MWh (assumed), 1 (assumed), 100 % (assumed)"
    assert stated["Class of each stream"] == "x: price not stated"
    assert "published with AR5: heat.district.DK" in stated["Warming potentials"]


def test_write_report_is_whole(helsingborg: Assessment, page: str, tmp_path: Path) -> None:
    ius.write_report(helsingborg, tmp_path / "deep" / "report.html")
    assert (tmp_path / "deep" / "report.html").read_text(encoding="utf-8") == page
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report.html"]


def test_the_report_lists_what_is_taken_factor_by_factor(helsingborg: Assessment, page: str) -> None:
    main = helsingborg.main_reference
    table = lines_taken(helsingborg, main)
    inventory = [row for row in helsingborg.tables["inventory"] if row["reference"] == main and row["amount"]]
    assert {row["target"] for group in table["groups"] for row in group["rows"]} == {row["target"] for row in inventory}
    heat = next(group for group in table["groups"] if group["name"] == "hot water from sulphuric acid production")
    first = heat["rows"][0]
    assert (heat["scenario"], first["target"]) == ("without the exchange", "heat.district.wood_pellets")
    assert first["amount"] == f"{significant(400_000)} MWh"
    assert "What is taken, factor by factor" in page


def test_numbers_of_a_case_are_told_by_the_factor_they_belong_to(helsingborg: Assessment) -> None:
    paths = [row["path"] for _, rows in Context(helsingborg).inputs for row in rows]
    assert "supply, likely, heat.district.wood_pellets, share" in paths
    assert "needs, biogas in buses, price" in paths


def test_the_head_names_the_period_the_year_and_the_findings(helsingborg: Assessment, page: str) -> None:
    levels = [finding.level.value for finding in helsingborg.findings]
    warnings, notes = levels.count("warning"), levels.count("note")
    assert "SE · 2019 to 2033 · " in page
    assert "In one year (2019), compared with" in page
    assert f">{warnings} warning{'s' * (warnings != 1)} and {notes} note{'s' * (notes != 1)}</a>" in page


def test_a_later_year_says_why(case_from: CaseFrom) -> None:
    text = (shipped("templates") / "case.yaml").read_text(encoding="utf-8")
    later = text.replace("    resource: hot water at 90 degC", "    resource: hot water\n    start: 2025")
    page = render_html(ius.assess(case_from(later)[0]))
    assert "2025 is the first year in which as many exchanges run as ever do." in page
    assert "ever do." not in render_html(ius.assess(case_from(text)[0]))


def test_a_life_in_months_and_a_rate_as_a_share_are_told_in_years_and_per_cent(case_from: CaseFrom) -> None:
    text = (shipped("templates") / "case.yaml").read_text(encoding="utf-8")
    course = "life: 24 months\n    persistence: {kind: geometric, rate: 0.125}"
    later = text.replace("    resource: hot water at 90 degC", f"    resource: hot water\n    {course}")
    told = Context(ius.assess(case_from(later)[0])).years["courses"]
    assert told == ["hot water: runs for 2 years; loses 12.5 % from each year to the next"]


def test_long_lists_are_folded(page: str) -> None:
    assert page.count("<details>") == page.count("</details>") == 8
    assert "<details open" not in page


def test_money_of_an_exchange_without_prices_is_not_nothing(case_from: CaseFrom) -> None:
    text = (shipped("templates") / "case.yaml").read_text(encoding="utf-8")
    unpriced = text.replace(", price: 0.8 SEK/kWh", "").partition("    money:")[0] + text[text.index("# A factor may be") :]
    [group] = Context(ius.assess(case_from(unpriced)[0])).money_table["groups"]
    assert (group["rows"], group["total"]) == ([], "–")


def test_every_sum_of_the_page_stands_in_the_result(helsingborg: Assessment) -> None:
    report = Context(helsingborg)
    sums = {
        (str(row["exchange"]), row["indicator"], row["term"]): row["value"]
        for row in helsingborg.tables["sums"]
        if row["reference"] == helsingborg.main_reference
    }
    size = {"kSEK": 1e3, "MSEK": 1e6}[str(report.money_table["unit"])]
    network = [sums["network", "climate_change", term] for term in ("avoided_production", "avoided_disposal", "processing")]
    assert report.exchange_table["total"]["terms"][:3] == [significant(float(value or 0) / 1000) for value in network]  # t
    for key, row, group in zip(
        helsingborg.case["exchanges"], report.exchange_table["rows"], report.money_table["groups"], strict=True
    ):
        assert row["total"] == significant(float(sums[key, "climate_change", "benefit"] or 0) / 1000)
        assert group["total"] == significant(float(sums[key, "value", "benefit"] or 0) / size)
