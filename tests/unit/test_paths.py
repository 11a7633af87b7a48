"""Where the shipped folders and the cache lie, in a source tree and in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from ius_lca import paths


def test_the_source_tree_wins_over_a_bundled_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "ius_lca"
    (package / "bundled" / "factors").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.shipped("factors") == package / "bundled" / "factors"
    (tmp_path / "factors").mkdir()
    assert paths.shipped("factors") == package / "bundled" / "factors"  # some folder of that name beside an installed package
    (tmp_path / "pyproject.toml").write_text("")
    (package / "bundled" / "examples").mkdir()
    assert paths.shipped("examples") == package / "bundled" / "examples"
    assert paths.shipped("factors") == tmp_path / "factors"


def test_a_folder_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    with pytest.raises(FileNotFoundError, match="lacks its folder 'factors': install it again"):
        paths.shipped("factors")


def test_the_cache_lies_where_the_user_says_or_where_the_system_keeps_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IUS_LCA_CACHE", str(tmp_path))
    assert paths.cache_folder() == tmp_path
    monkeypatch.setenv("IUS_LCA_CACHE", "")
    assert "ius_lca" in paths.cache_folder().parts
