"""The pages of the methods: each is listed where a reader begins."""

from __future__ import annotations

import re
from pathlib import Path

METHODS = Path(__file__).parents[2] / "docs" / "methods"


def test_every_page_is_listed_once_with_its_title() -> None:
    listed = re.findall(r"^\| \[(.+)\]\((.+)\) \|", (METHODS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    pages = [page for page in sorted(METHODS.glob("*.md")) if page.name != "README.md"]
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in pages}
    assert sorted((name, title) for title, name in listed) == sorted(titles.items())
