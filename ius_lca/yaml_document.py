"""A YAML file as plain text values, each with its line.

No tag is resolved: `NO` stays Norway, `12:30` stays text, `1e6` is read by whoever expects a number. Hostile or careless
files (bombs of aliases, deep nesting, duplicate keys, over 5 MB) are refused with a message before they are built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ius_lca.errors import CaseError, Finding, Level

if TYPE_CHECKING:
    import yaml

LARGEST_BYTES = 5_000_000
DEEPEST = 50
MOST_ALIASES = 100
MOST_VALUES = 200_000

#: What a document holds: text, nothing, lists and mappings of these.
Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
#: Where a value stands in the tree: keys and indices from the top.
Place: TypeAlias = tuple[str | int, ...]

_MEND_YAML = (
    "Check this line and the one before it: indentation (spaces, no tabs), quotes, and colons: a key has one after it, "
    "and text that holds ': ' goes in quotes."
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a file and where each stands.

    name: what findings call the file.  tree: its values.  lines: `file:line` (from 1) of every path in the tree.
    """

    name: str
    tree: Tree
    lines: dict[Place, str]

    def where(self, path: Sequence[str | int]) -> str:
        """`file:line` of a path, or of the nearest thing above it that is in the file."""
        known = tuple(path)
        while known and known not in self.lines:
            known = known[:-1]
        return self.lines.get(known, f"{self.name}:1")

    def where_of(self, dotted: str) -> str:
        """`file:line` of a place as `dotted` writes it, such as `needs[0].by`; nothing for what is no part of the file."""
        place = place_of(dotted)
        return self.where(place) if place[:1] in self.lines else ""


def place_of(dotted: str) -> Place:
    """A place as `dotted` writes it, part by part.

    >>> place_of("needs[0].by")
    ('needs', 0, 'by')
    """
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", dotted))


def dotted(path: Iterable[str | int]) -> str:
    """A place of a document as people write it.

    >>> dotted(("exchanges", "heat", "needs", 0, "by"))
    'exchanges.heat.needs[0].by'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises CaseError if it cannot be read, is not YAML, or is refused.
    """
    try:
        if path.is_dir():
            inside = path / "case.yaml"
            mend = f"Name the case file, for example '{inside if inside.is_file() else 'case.yaml'}'."
            raise _refusal(str(path), "not-a-file", "this is a folder, not a file.", mend)
        with path.open("rb") as file:
            # No more than is needed to see that it is too much: what stands behind a name may have no end.
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        raise _refusal(str(path), "missing-file", "there is no such file.", "Check the path.") from error
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})."
        raise _refusal(str(path), "unreadable", message, "Check the path, and whether you may read it.") from error
    if len(content) > LARGEST_BYTES:
        mend = "Take out what is no part of a case."
        raise _refusal(str(path), "too-large", f"the file has more than {LARGEST_BYTES // 10**6} MB.", mend)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = (
            "it is UTF-16, or no text at all" if b"\0" in content else f"byte 0x{content[error.start]:02x} means nothing in it"
        )
        raise _refusal(path.name, "not-utf8", f"the file is not UTF-8 text: {found}.", "Save it as UTF-8.", line) from error
    return read_text(text, path.name)


def read_text(text: str, name: str) -> Document:
    r"""Read YAML text; `name` stands for the file in findings.

    >>> document = read_text("place: NO\nquantity: 12:30", "case.yaml")
    >>> document.tree, document.where(("quantity",))
    ({'place': 'NO', 'quantity': '12:30'}, 'case.yaml:2')
    """
    import yaml

    if "\x00" in text:
        raise _refusal(name, "not-yaml", "the file is binary, not YAML.", "Write it as text.", _line_at(text, text.index("\x00")))
    # libyaml's parser is C; some installations of PyYAML come without it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_bombs(yaml.parse(text, Loader=loader), name)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        found = _sign_at(text, error.problem_mark) if "character that cannot start" in str(error.problem) else ""
        raise _refusal(name, "not-yaml", f"this is not YAML: {error.problem}{found}.", _MEND_YAML, line) from error
    except yaml.YAMLError as error:  # a sign that no YAML may hold
        control = _CONTROL.search(text)
        line = _line_at(text, control.start() if control else 0)
        what = f"it holds the control character U+{ord(control[0]):04X}" if control else "it holds a control character"
        raise _refusal(name, "not-yaml", f"this is not YAML: {what}.", "Take it out.", line) from error
    lines: dict[Place, str] = {}
    findings: list[Finding] = []
    tree = None if node is None else _plain(node, (), lines, findings, name)
    if findings:
        raise CaseError(findings)
    return Document(name, tree, lines)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _refuse_bombs(events: object, name: str) -> None:
    import yaml

    depth = aliases = 0
    for event in events:  # type: ignore[attr-defined]
        if isinstance(event, yaml.events.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.events.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.events.AliasEvent):
            aliases += 1
        if depth > DEEPEST:
            line = event.start_mark.line + 1
            raise _refusal(name, "too-deep", f"nested deeper than {DEEPEST} levels.", "Flatten it.", line)
        if aliases > MOST_ALIASES:
            line = event.start_mark.line + 1
            raise _refusal(name, "too-many-aliases", f"more than {MOST_ALIASES} aliases.", "Write the values out.", line)


def _sign_at(text: str, mark: yaml.Mark | None) -> str:
    """What stands there, for a message; nothing where the file ends."""
    lines = text.splitlines()
    sign = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    return {"": "", "\t": ": a tab"}.get(sign, f": {sign!r}")


def _plain(node: object, path: Place, lines: dict[Place, str], findings: list[Finding], name: str) -> Tree:
    """Composed nodes as plain values; an alias is the same node again and is expanded (their number is bounded)."""
    import yaml

    line = node.start_mark.line + 1  # type: ignore[attr-defined]
    lines.setdefault(path, f"{name}:{line}")
    if len(path) > DEEPEST:  # only aliases get here: what is written out was measured before
        raise _refusal(name, "too-deep", f"nested deeper than {DEEPEST} levels.", "Flatten it.", line)
    if len(lines) > MOST_VALUES:
        message = f"it holds more than {MOST_VALUES} values, its aliases written out."
        raise _refusal(name, "too-many-values", message, "Take out what is no part of a case.", node.start_mark.line + 1)  # type: ignore[attr-defined]
    match node:
        case yaml.ScalarNode(style=None | "", value=value) if value in _EMPTY:
            return None
        case yaml.ScalarNode(value=value):
            return str(value)
        case yaml.SequenceNode(value=items):
            return [_plain(item, (*path, index), lines, findings, name) for index, item in enumerate(items)]
        case yaml.MappingNode(value=pairs):
            result: dict[str, Tree] = {}
            for key_node, value_node in pairs:
                line = key_node.start_mark.line + 1
                if not isinstance(key_node, yaml.ScalarNode):
                    findings.append(_finding(name, "not-yaml", "a key must be plain text.", "Check brackets.", line))
                    continue
                key = str(key_node.value)
                if key in result:
                    message, mend = f"the key '{key}' stands twice.", "Remove one of them."
                    findings.append(_finding(name, "duplicate-key", message, mend, line))
                    continue
                lines[(*path, key)] = f"{name}:{line}"
                result[key] = _plain(value_node, (*path, key), lines, findings, name)
            return result
        case _:  # pragma: no cover - compose yields these three kinds only
            raise TypeError(type(node))


def _finding(name: str, code: str, message: str, mend: str, line: int | None = None) -> Finding:
    return Finding(Level.ERROR, code, message, mend, f"{name}:{line}" if line else name)


def _refusal(name: str, code: str, message: str, mend: str, line: int | None = None) -> CaseError:
    return CaseError([_finding(name, code, message, mend, line)])
