"""Shared by all tests: a cache folder of their own, the embedded library, and cases written as text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import settings

from ius_lca.case.schema.case import Case
from ius_lca.library.read import embedded_library
from ius_lca.library.record import Library
from ius_lca.yaml_document import Document, read_text
from tests.cash import case_with, money_of
from tests.scoring import CaseFrom

# Examples that solve a library for the first time take longer than any deadline worth setting.
# Every run tries the same examples, so that a change is judged and not the luck of the day; see CONTRIBUTING for new ones.
settings.register_profile("ius_lca", deadline=None, derandomize=not os.environ.get("IUS_LCA_EXPLORE"))
settings.load_profile("ius_lca")


@pytest.fixture(scope="session", autouse=True)
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache that starts empty and is shared by the tests of this session, and by processes they start."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IUS_LCA_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def library(own_cache_folder: Path) -> Library:
    """The library that this installation ships."""
    return embedded_library()


@pytest.fixture(scope="session")
def case_from() -> Callable[[str], tuple[Case, Document]]:
    """From the text of a case file (indented as the test wants) to the case and its document."""

    def read(text: str) -> tuple[Case, Document]:
        document = read_text(dedent(text), "case.yaml")
        return Case.model_validate(document.tree), document

    return read


@pytest.fixture
def paid(case_from: CaseFrom, library: Library) -> Any:
    """From keys of an exchange in `tests.cash` to its money by actor and item."""
    return lambda added="", **others: money_of(case_with(case_from, library, added, **others), library)
