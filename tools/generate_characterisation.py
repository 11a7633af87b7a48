"""Write factors/characterisation/factors.csv: the factors that bw2io ships, for the flows our records use.

Run it after a change of flows.yaml or indicators.yaml, or of bw2io:  python tools/generate_characterisation.py
"""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path

from ius_lca.library.indicators import definitions
from ius_lca.library.read import embedded_library
from ius_lca.paths import shipped

HEADER = "indicator,flow,factor\n"


def shipped_methods() -> dict[tuple[str, ...], dict[str, float]]:
    """Every method of bw2io's bundled file: name, and factor by flow UUID. bw2io itself is not imported (it is slow)."""
    spec = importlib.util.find_spec("bw2io")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("bw2io is not installed")
    archive = Path(spec.origin).parent / "data" / "lcia" / "lcia_39_ecoinvent.zip"
    with zipfile.ZipFile(archive) as opened:
        methods = json.loads(opened.read("data.json"))
    return {
        tuple(method["name"]): {exchange["input"][1]: float(exchange["amount"]) for exchange in method["exchanges"]}
        for method in methods
    }


def rows() -> list[tuple[str, str, float]]:
    """(indicator, flow, factor) for every flow of ours that the method of an indicator characterises, sorted."""
    flows = embedded_library().flows
    methods = shipped_methods()
    return [
        (indicator, flow, factor)
        for indicator, definition in definitions().items()
        if definition.method
        for flow in sorted(flows)
        if (factor := methods[definition.method].get(flows[flow].code)) is not None
    ]


def text() -> str:
    """The whole file."""
    return HEADER + "".join(f"{indicator},{flow},{factor!r}\n" for indicator, flow, factor in rows())


if __name__ == "__main__":
    target = shipped("factors") / "characterisation" / "factors.csv"
    target.write_text(text(), encoding="utf-8", newline="\n")
