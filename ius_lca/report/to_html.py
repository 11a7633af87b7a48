"""The report as one HTML page that asks for nothing from anywhere."""

from __future__ import annotations

from pathlib import Path

from ius_lca.paths import shipped
from ius_lca.report.context import Context
from ius_lca.results import Assessment, parse_result, to_json
from ius_lca.store import write_whole


def render_html(assessment: Assessment) -> str:
    """The page as text; what is shown is what would be stored, so a report from result.json alone is the same page."""
    return render_stored(parse_result(to_json(assessment)))


def render_stored(stored: Assessment) -> str:
    """The page of a result that was read from its file: styles and pictures inside, everything a user wrote escaped."""
    return _rendered("report.html", stored)


def render_network(stored: Assessment) -> str:
    """The picture of who gives what to whom, as an SVG file of its own."""
    return _rendered("network.svg", stored)


def _rendered(template: str, stored: Assessment) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(report=Context(stored), result=stored)


def write_report(assessment: Assessment, path: str | Path) -> None:
    """Write the report, whole or not at all.

    Raises OutputError if the folder cannot be written.
    """
    write_whole(Path(path), render_html(assessment))
