"""How figures are taken: wall time by the monotonic clock, memory as the peak of the process, medians of several runs."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Any]


def seconds(work: Callable[[], Any], *, runs: int = 5, warmup: int = 1) -> tuple[float, float, float]:
    """Return least, median and most wall seconds of ``runs`` calls after ``warmup`` uncounted ones."""
    for _ in range(warmup):
        work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken), statistics.median(taken), max(taken)


def peak_megabytes() -> float:
    """Return the peak resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def line(name: str, **figures: float | str) -> str:
    """Return one printed row: ``name: key value, key value``."""
    texts = (f"{key} {value:.3g}" if isinstance(value, float) else f"{key} {value}" for key, value in figures.items())
    return f"{name}: {', '.join(texts)}"


@dataclass(frozen=True)
class Clock:
    """Wall seconds of several calls, and the mean seconds of processor of one: what a busy machine changes least."""

    least: float
    median: float
    most: float
    cpu: float
    runs: int

    def row(self, name: str) -> str:
        figures = {"median_s": self.median, "least_s": self.least, "most_s": self.most, "cpu_s": self.cpu}
        return line(name, **figures, runs=str(self.runs), peak_mb=peak_megabytes())


def timed(work: Work) -> Clock:
    """Return the seconds of five calls after a warm-up; of three where one takes more than 5 s."""
    start = time.perf_counter()
    work()
    runs = 5 if time.perf_counter() - start <= 5 else 3
    before = time.process_time()
    taken = seconds(work, runs=runs, warmup=0)
    return Clock(*taken, (time.process_time() - before) / runs, runs)
