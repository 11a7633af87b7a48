"""Write factors/characterisation/factors.csv: the factors that bw2io ships, for the flows our records use.

Run it after a change of flows.yaml or indicators.yaml, or of bw2io:  python tools/generate_characterisation.py
"""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path

from ius_lca.paths import shipped
from ius_lca.yaml_document import read_document

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
    """(indicator, flow, factor) for every flow of ours that a method of an indicator characterises, sorted."""
    folder = shipped("factors") / "characterisation"
    flows = read_document(folder / "flows.yaml").tree
    indicators = read_document(folder / "indicators.yaml").tree
    assert isinstance(flows, dict)
    assert isinstance(indicators, dict)
    methods = shipped_methods()
    return [
        (indicator, flow, factor)
        for indicator, definition in indicators.items()
        if "method" in definition
        for flow, entry in sorted(flows.items())
        if (factor := methods[tuple(definition["method"])].get(entry["code"])) is not None
    ]


def text() -> str:
    """The whole file."""
    return HEADER + "".join(f"{indicator},{flow},{factor!r}\n" for indicator, flow, factor in rows())


if __name__ == "__main__":
    target = shipped("factors") / "characterisation" / "factors.csv"
    target.write_text(text(), encoding="utf-8", newline="\n")
