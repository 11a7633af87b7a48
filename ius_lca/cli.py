"""The command line: one function per verb. The only file that has something printed, and the only one that exits.

Exit codes: 0 done, 1 the case has errors, 2 wrong usage, 3 a fault of ours.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ius_lca.errors import CaseError, Finding, FindingsError, IusError, Level, OutputError, VerificationError, did_you_mean
from ius_lca.terminal import never_fail_on_letters, progress_told, table, width, write

if TYPE_CHECKING:
    from ius_lca.library.record import Entry, Library
    from ius_lca.results import Assessment

DONE, CASE_ERRORS, WRONG_USAGE, OUR_FAULT = range(4)

_SEARCH = "Search with 'ius-lca factors WORDS'."

app = typer.Typer(
    name="ius-lca",
    help=(
        "What an industrial or urban symbiosis is worth: CO2, primary resources, landfill and money.\n\n"
        "Start with:  ius-lca new mycase  then edit mycase/case.yaml,  ius-lca check mycase/case.yaml,  "
        "ius-lca run mycase/case.yaml -o out  and open out/report.html."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; every expected failure ends in a message and a code, never a traceback."""
    never_fail_on_letters()
    with _exit_codes(), _no_search_for_garbage():
        app()


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """A command ends soon and leaves few cycles of objects: looking for them would take a tenth of its time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def _exit_codes() -> Iterator[None]:
    try:
        yield
    except FindingsError as error:
        with suppress(OutputError):
            _print_findings(error.findings)
        raise SystemExit(CASE_ERRORS) from error
    except OutputError as error:
        _stop(WRONG_USAGE, str(error))
    except VerificationError as error:
        _stop(OUR_FAULT, str(error))
    except IusError as error:
        _stop(CASE_ERRORS, str(error))
    except Exception as error:  # whatever is left is a fault of ours, and says so
        _stop(OUR_FAULT, f"a fault of ius-lca: {type(error).__name__}: {error}. Please report it with the case.")


def _stop(code: int, message: str) -> NoReturn:
    with suppress(OutputError):
        _tell(f"ius-lca: {message}")
    raise SystemExit(code)


def _say(text: str) -> None:
    write(f"{text}\n", sys.stdout)


def _tell(text: str) -> None:
    write(f"{text}\n", sys.stderr)


def _print_findings(findings: tuple[Finding, ...] | list[Finding]) -> None:
    for finding in findings:
        _tell(f"{finding} [{finding.code}]")
    errors = sum(finding.level is Level.ERROR for finding in findings)
    if errors:
        _tell(f"{errors} error{'s' * (errors != 1)}.")


def _version(wanted: bool) -> None:
    if wanted:
        from ius_lca import __version__

        _say(f"ius-lca {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


CaseFile = Annotated[Path, typer.Argument(help="The case file (YAML).", show_default=False)]


@app.command(short_help="Make a folder with a commented case.")
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.", show_default=False)],
    example: Annotated[str, typer.Option("--from", help="Start from a shipped example instead of the commented template.")] = "",
) -> None:
    """Make a folder with a commented case to start from.

    For example:  ius-lca new mycase  or  ius-lca new mycase --from helsingborg
    """
    from ius_lca.paths import shipped
    from ius_lca.store import is_there, write_together

    sources = [shipped("templates") / "case.yaml"]
    if example:
        known = sorted(path.parent.name for path in shipped("examples").glob("*/case.yaml"))
        if example not in known:
            hint = did_you_mean(example, known) or f"There are: {', '.join(known)}."
            _stop(WRONG_USAGE, f"no example '{example}'. {hint}")
        # The case, and the variants that are laid over it.
        sources = sorted((shipped("examples") / example).glob("*.yaml"), key=lambda path: (path.name != "case.yaml", path.name))
    targets = [folder / source.name for source in sources]
    for target in targets:
        if is_there(target):
            _stop(WRONG_USAGE, f"'{target}' is there already; it is not overwritten. Choose another folder.")
    write_together(folder, {source.name: source.read_text(encoding="utf-8") for source in sources})
    _say("\n".join(str(target) for target in targets))
    _say(f"Edit it, then run:  ius-lca check {targets[0]}")


@app.command(short_help="Say what is wrong or weak in a case.")
def check(case: CaseFile) -> None:
    """Print what is wrong or weak in a case: file, line, what it is, and how to mend it.

    An error must be mended (exit code 1); a warning is what a reviewer would object to; a note is what a reader must know.
    """
    from ius_lca.case.check import check_case
    from ius_lca.case.read_yaml import read_with_lines

    parsed, document = read_with_lines(case)
    findings = check_case(parsed, None, document)
    _print_findings(findings)
    if any(finding.level is Level.ERROR for finding in findings):
        raise SystemExit(CASE_ERRORS)
    counts = {level: sum(finding.level is level for finding in findings) for level in (Level.WARNING, Level.NOTE)}
    told = ", ".join(f"{count} {level}{'s' * (count != 1)}" for level, count in counts.items() if count)
    _say(f"{case}: no error{f', {told}' if told else ''}.")


@app.command(short_help="Assess a case: result.json, report.html.")
def run(
    case: CaseFile,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for the results; made if it is not there.", show_default=False)
    ],
    formats: Annotated[
        str, typer.Option("--format", help="html, json, or both with a comma. result.json is always written.")
    ] = "html",
    methods: Annotated[
        list[str] | None, typer.Option("--method", help="Indicator on request, such as climate_change_gwp20.")
    ] = None,
) -> None:
    """Assess a case: print findings and headlines, write result.json and report.html.

    For example:  ius-lca run mycase/case.yaml -o out  and open out/report.html. Nothing is written if the case has errors.
    """
    from ius_lca.case.read_yaml import read_with_lines
    from ius_lca.store import require_writable, write_together

    chosen = _formats(formats)
    requested = _requested(methods or [])
    require_writable(output, ("result.json", *(("report.html",) if "html" in chosen else ())))
    # The form of the file first: it needs no numpy, so a mistyped case fails at once.
    parsed, document = read_with_lines(case)
    with progress_told() as progress:
        progress("starting")
        from ius_lca.assessment import assess
        from ius_lca.results import parse_result, to_json

        assessment = assess(parsed, methods=requested, document=document, progress=progress)
        # Everything is made before anything is written, so that a failure leaves no half of a result.
        files: dict[str, str] = {"result.json": to_json(assessment)}
        if "html" in chosen:
            progress("drawing the report")
            from ius_lca.report.to_html import render_stored

            files["report.html"] = render_stored(parse_result(files["result.json"]))
        write_together(output, files)
    _print_findings(assessment.findings)
    _print_headlines(assessment)
    for name in sorted(files):
        _say(str(output / name))


def _print_headlines(assessment: Assessment) -> None:
    from ius_lca.report.context import Context

    context = Context(assessment)
    _tell(f"In one year, compared with '{context.main_title}':")
    for card in context.headlines:
        figure = f"{card.figure} {card.unit}" if card.shown else "no headline"
        _tell(f"  {card.title}: {figure} ({card.word}{'; ' if card.span else ''}{card.span})")


def _formats(written: str) -> set[str]:
    known, later = {"html", "json"}, {"pdf", "xlsx", "docx"}
    chosen = {part.strip() for part in written.split(",") if part.strip()}
    if unknown := sorted(chosen - known):
        reason = "is not written yet" if unknown[0] in later else "is not known"
        _stop(WRONG_USAGE, f"format '{unknown[0]}' {reason}. Choose from: {', '.join(sorted(known))}.")
    if not chosen:
        _stop(WRONG_USAGE, f"no format is named. Choose from: {', '.join(sorted(known))}.")
    return chosen


def _requested(methods: list[str]) -> tuple[str, ...]:
    if not methods:
        return ()
    from ius_lca.impact.methods import indicators

    for name in methods:
        if name not in indicators():
            hint = did_you_mean(name, indicators()) or f"There are: {', '.join(indicators())}."
            _stop(WRONG_USAGE, f"no indicator '{name}'. {hint}")
    return tuple(methods)


@app.command(short_help="Write a report from a stored result.")
def report(
    result: Annotated[Path, typer.Argument(help="A stored result.json.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The report to write, such as report.html.", show_default=False)],
) -> None:
    """Write a report from a stored result, without calculating.

    For example:  ius-lca report out/result.json -o report.html
    """
    from ius_lca.report.to_html import render_stored
    from ius_lca.results import read_result
    from ius_lca.store import write_whole

    if output.suffix.casefold() not in {".html", ".htm"}:
        _stop(WRONG_USAGE, f"'{output.name}': only .html is written. Name it for example 'report.html'.")
    stored = read_result(result)
    try:
        page = render_stored(stored)
    except Exception as error:  # a stored file may hold anything; what we write ourselves renders (see the tests)
        message = f"it does not hold what a report needs ({type(error).__name__}: {error})."
        raise CaseError([Finding(Level.ERROR, "not-a-result", message, "Run the case again.", result.name)]) from error
    write_whole(output, page)
    _say(str(output))


@app.command(short_help="Find factors, and look into one.")
def factors(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Words to search for, in English, Swedish or Danish; or: show ID; or: diff OLD NEW (folders)."),
    ] = None,
    category: Annotated[str, typer.Option("--category", help="How the category begins, such as energy or waste/landfill.")] = "",
    place: Annotated[str, typer.Option("--place", help="For a place, such as SE; regions around it count too.")] = "",
    form: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
) -> None:
    """Find factors (factors WORDS), look into one (factors show ID), compare two libraries (factors diff OLD NEW).

    For example:  ius-lca factors district heat  or  ius-lca factors show heat.district.wood_chips
    """
    from ius_lca.library.read import embedded_library
    from ius_lca.library.search import entries, hint_for

    if form not in {"text", "json", "csv"}:
        _stop(WRONG_USAGE, f"no format '{form}'. Choose from: csv, json, text.")
    match words or []:
        case ["diff", old, new]:
            _print_differences(old, new, form)
        case ["diff", *_]:
            _stop(WRONG_USAGE, "name two folders: ius-lca factors diff OLD NEW ('embedded' is the shipped library)")
        case ["show", factor]:
            library = embedded_library()
            known = entries(library)
            if factor not in known:
                _stop(WRONG_USAGE, f"no factor '{factor}'. {hint_for(factor, library) or _SEARCH}")
            if form == "csv":
                _stop(WRONG_USAGE, "one factor is no table: choose text or json.")
            _show(known[factor], library, form)
        case ["show", *_]:
            _stop(WRONG_USAGE, "name one factor: ius-lca factors show ID")
        case searched:
            _list_factors(embedded_library(), searched, category, place, form)


def _show(entry: Entry, library: Library, form: str) -> None:
    if form == "json":
        from ius_lca.report.factor_data import as_json, described

        _say(as_json(described(entry, library)))
        return
    from ius_lca.report.factor_page import factor_page

    _say(factor_page(entry, library))


def _list_factors(library: Library, words: list[str], category: str, place: str, form: str) -> None:
    from ius_lca.library.search import categories, near_words, place_of, search

    place = place_of(place, library)
    if place and place not in library.places:
        _stop(WRONG_USAGE, f"no place '{place}'. There are: {', '.join(library.places)}.")
    if category and category.rstrip("/").casefold() not in categories(library):
        _stop(WRONG_USAGE, f"no category '{category}'. There are: {', '.join(categories(library))}.")
    found = search(library, words, category=category.casefold(), place=place)
    if not found:
        near = near_words(library, words)
        told = f"no factor has all of: {' '.join(words)}" if words else "no factor"
        limits = "".join(f", {name} {value}" for name, value in (("category", category), ("place", place)) if value)
        _stop(WRONG_USAGE, f"{told}{limits}. {'Near: ' + ', '.join(near) + '.' if near else 'Try fewer words.'}")
    if form != "text":
        from ius_lca.report.factor_data import as_csv, as_json, listed

        _say(as_json(listed(found)) if form == "json" else as_csv(listed(found)))
        return
    from ius_lca.library.search import entries, unit_of
    from ius_lca.library.values import written_values

    values = written_values()
    shown = [(one.id, values.get(one.id, ""), unit_of(one), one.location, str(one.year), one.name) for one in found]
    _say(table(("id", "kg CO2e", "per", "place", "year", "what"), shown, width()))
    _say(f"\n{len(found)} of {len(entries(library))} factors. Look into one with:  ius-lca factors show ID")


def _print_differences(old: str, new: str, form: str) -> None:
    from ius_lca.library.diff import differences, in_words
    from ius_lca.library.read import embedded_library, read_unchecked
    from ius_lca.report.factor_data import as_csv, as_json

    libraries = [embedded_library() if name == "embedded" else read_unchecked(_library_folder(name)) for name in (old, new)]
    changes = differences(*libraries)
    rows = [{"entry": one.entry, "where": one.where, "old": one.old, "new": one.new} for one in changes]
    if form != "text":
        _say(as_json(rows) if form == "json" else as_csv(rows, ("entry", "where", "old", "new")))
        return
    same = "" if libraries[0].sha256 == libraries[1].sha256 else ", though other files do"
    _say("\n".join(in_words(changes)) if changes else f"No entry differs{same}.")


def _library_folder(name: str) -> Path:
    folder = Path(name)
    if not (folder / "sources.yaml").is_file():
        _stop(
            WRONG_USAGE, f"'{name}' is no folder of a factor library (it has no sources.yaml). Name such a folder, or 'embedded'."
        )
    return folder
