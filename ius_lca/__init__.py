"""ius_lca: what an industrial or urban symbiosis is worth, in CO2, resources, landfill and money."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ius_lca.assessment import assess
    from ius_lca.case.check import check_case
    from ius_lca.case.read_yaml import read_case
    from ius_lca.report.to_html import write_report
    from ius_lca.results import Assessment, read_result, write_result

#: Public names and where they live; they are imported when first used, so that `import ius_lca` costs nothing.
#: No module may bear one of these names: once imported, it would hide the function.
_HOMES = {
    "Assessment": "ius_lca.results",
    "assess": "ius_lca.assessment",
    "check_case": "ius_lca.case.check",
    "read_case": "ius_lca.case.read_yaml",
    "read_result": "ius_lca.results",
    "write_report": "ius_lca.report.to_html",
    "write_result": "ius_lca.results",
}

__all__ = ["Assessment", "assess", "check_case", "read_case", "read_result", "write_report", "write_result"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ius_lca' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
