"""From ``pacte db start`` to an engine that answered its first query, and stopped again; a new home each time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from benchmarks.measure import line


def _pacte(home: str, *words: str) -> float:
    start = perf_counter()
    env = os.environ | {"PACTE_HOME": home}
    subprocess.run([sys.executable, "-m", "pacte_graph", *words], env=env, check=True, capture_output=True)
    return perf_counter() - start


def run(runs: int = 3) -> Iterator[str]:
    for engine in ("embedded", "neo4j"):
        first, again = [], []
        for _ in range(runs):
            with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
                first.append(_pacte(home, "db", "start", "--engine", engine))
                _pacte(home, "db", "stop")
                again.append(_pacte(home, "db", "start", "--engine", engine))
                _pacte(home, "db", "stop")
        yield line(f"start {engine} (whole command, median of {runs})", new_home_s=median(first), same_home_s=median(again))
