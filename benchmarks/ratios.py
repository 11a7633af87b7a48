"""How long the commands take, as ratios of importing Brightway in the same run.

    python benchmarks/ratios.py

Prints the first run (with an empty cache) and the median of several warm ones; the bounds we hold are printed beside.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ius_lca.paths import shipped

REPEATS = 7
#: Seconds to read the library and all its unit scores after the imports, printed by a process of its own.
LIBRARY = """
import time
import numpy, ius_lca.assessment
from ius_lca.impact.methods import chosen
from ius_lca.impact.unit_scores import unit_scores
from ius_lca.library.read import embedded_library
begun = time.perf_counter()
unit_scores(embedded_library(), chosen())
print(time.perf_counter() - begun)
"""
CASE = str(shipped("examples") / "helsingborg" / "case.yaml")


def seconds(command: list[str], cache: str, more: dict[str, str] | None = None) -> float:
    """Wall time of a command; raises CalledProcessError if it fails."""
    environment = os.environ | {"IUS_LCA_CACHE": cache, "BRIGHTWAY2_DIR": cache} | (more or {})
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


def library_seconds(cache: str) -> float:
    """Seconds to read the library and its unit scores, after the imports."""
    environment = os.environ | {"IUS_LCA_CACHE": cache, "BRIGHTWAY2_DIR": cache}
    done = subprocess.run([sys.executable, "-c", LIBRARY], check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as cache:
        out = str(Path(cache) / "out")
        commands = {
            "import bw2data, bw2calc": [sys.executable, "-W", "ignore", "-c", "import bw2data, bw2calc"],
            "ius-lca run helsingborg": [sys.executable, "-m", "ius_lca", "run", CASE, "-o", out],
            "ius-lca check helsingborg": [sys.executable, "-m", "ius_lca", "check", CASE],
        }
        first = seconds(commands["ius-lca run helsingborg"], cache)
        times: dict[str, list[float]] = {name: [] for name in commands}
        # Taken in turns, so that whatever else the machine does falls on all of them.
        for _ in range(REPEATS):
            for name, command in commands.items():
                times[name].append(seconds(command, cache))
    medians = {name: statistics.median(values) for name, values in times.items()}
    base = medians["import bw2data, bw2calc"]
    bounds = {"ius-lca run helsingborg": 2.5, "ius-lca check helsingborg": 0.8}
    for name, median in medians.items():
        bound = f"  (bound {bounds[name]})" if name in bounds else ""
        print(f"{name:28s} {median:6.2f} s   ratio {median / base:5.2f}{bound}")
    with tempfile.TemporaryDirectory() as cache:
        # pip compiles what it installs; some installers leave that to the first run.
        fresh = {"PYTHONPYCACHEPREFIX": str(Path(cache) / "compiled")}
        uncompiled = seconds([sys.executable, "-m", "ius_lca", "run", CASE, "-o", str(Path(cache) / "out")], cache, fresh)
        fresh = {"PYTHONPYCACHEPREFIX": str(Path(cache) / "compiled again")}
        imported = seconds([sys.executable, "-W", "ignore", "-c", "import bw2data, bw2calc"], cache, fresh)
    with tempfile.TemporaryDirectory() as cache:
        cold = library_seconds(cache)
        loaded = statistics.median(library_seconds(cache) for _ in range(REPEATS))
    print(f"{'library, unit scores, warm':28s} {loaded:6.2f} s   ratio {loaded / base:5.2f}  (bound 0.3 s)")
    print(f"{'library, unit scores, first':28s} {cold:6.2f} s   ratio {cold / base:5.2f}  (bound 3 s)")
    warm = medians["ius-lca run helsingborg"]
    for name, taken in (("first run, empty cache", first), ("first run, nothing compiled", uncompiled)):
        print(f"{name:28s} {taken:6.2f} s   {taken - warm:.2f} s more than a warm one (bound 4 s)")
    print(f"{'  Brightway alone, the same':28s} {imported:6.2f} s   {imported - base:.2f} s more than once it is compiled")


if __name__ == "__main__":
    main()
