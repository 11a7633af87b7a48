"""The report as one HTML page that asks for nothing from anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.results import Assessment, parse_result, to_json
from ius_lca.store import write_whole

#: A heading that the contents name: one without a class.
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its number and its title, as they stand there."""

    number: int
    title: str


def render_html(assessment: Assessment) -> str:
    """The page as text; what is shown is what would be stored, so a report from result.json alone is the same page."""
    return render_stored(parse_result(to_json(assessment)))


def render_stored(stored: Assessment) -> str:
    """The page of a result that was read from its file: styles and pictures inside, everything a user wrote escaped."""
    return _rendered("report.html", stored)


def render_network(stored: Assessment) -> str:
    """The picture of who gives what to whom, as an SVG file of its own."""
    return _rendered("network.svg", stored)


def sections_of(page: str) -> dict[str, Section]:
    """The numbered parts of a page by the id of their heading, in order.

    >>> sections_of('<h2 id="map">Who</h2> <h2 id="aside" class="quiet">By the way</h2> <h2 id="end">Sources</h2>')["end"]
    Section(number=2, title='Sources')
    """
    return {found[1]: Section(number, found[2]) for number, found in enumerate(_HEADING.finditer(page), start=1)}


def css_text(text: str) -> str:
    r"""A text as a string of a style sheet, in which nothing can end the string or the sheet.

    >>> css_text('Frövi "1"')
    '"Fr\\f6 vi \\22 1\\22 "'
    """
    kept = (one if one.isascii() and (one.isalnum() or one == " ") else f"\\{ord(one):x} " for one in text)
    return f'"{"".join(kept)}"'


def _rendered(template: str, stored: Assessment) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"sections": sections_of, "css_text": css_text}
    return environment.get_template(template).render(report=Context(stored), result=stored)


def write_report(assessment: Assessment, path: str | Path) -> None:
    """Write the report, whole or not at all.

    Raises OutputError if the folder cannot be written.
    """
    write_whole(Path(path), render_html(assessment))
