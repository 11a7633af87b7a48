"""Write docs/findings/README.md: every finding in order of weight, from the pages and from `ius_lca/finding_order.py`.

Run it after a change of a page's title, level or stage, or of a weight:  python tools/generate_finding_list.py
"""

from __future__ import annotations

import re

from ius_lca.finding_order import CODES
from ius_lca.paths import shipped

FOLDER = shipped("examples").parent / "docs" / "findings"
INTRODUCTION = """# Findings

What `ius-lca check` and `ius-lca run` tell of a case, heaviest first. The word in brackets at the end of a finding is the
name of its page. An *error* stops the assessment, a *warning* weakens a claim, a *note* tells what stands in for what is not
known better. `check` prints what needs no scores; `run` prints that, and what only the result shows.

Each page holds a fragment that raises its finding and one that does not. They change [a case that raises nothing](base.yaml):
keys replace those of the case, and `null` takes a key out. The tests run both.

Mistakes of input (a unit that does not fit, an unknown id, a missing key) are errors too. Their message says what is expected
and how to mend it, and they have no page.

| finding | level | found by | |
|---|---|---|---|
"""


def text() -> str:
    """The whole file."""
    return INTRODUCTION + "".join(_line(code) for code in CODES)


def _line(code: str) -> str:
    page = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    head = re.match(r"# `[a-z0-9-]+`: (?P<title>.+)\n\n(?P<levels>.+) · found by (?P<stage>`\w+`)\n", page)
    if head is None:
        raise ValueError(f"{code}.md does not begin with its title, level and stage")
    return f"| [`{code}`]({code}.md) | {head['levels']} | {head['stage']} | {head['title']} |\n"


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(text(), encoding="utf-8", newline="\n")
