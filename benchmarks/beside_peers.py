"""Our metrics beside those of other libraries, on the same network and in the same run.

Peers have each a process, 60 s a measure and 8 GB; their graph is built before the clock starts, as our shared views are. igraph
and rustworkx are looked for in ``.venv/bench-peers`` (made by ``make bench``) or in ``$BENCH_PEERS``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.measure import Work, line, timed
from benchmarks.metric_peers import LEVEL, LIBRARIES
from benchmarks.views import keep, share
from pacte_graph.metrics.articulation import more_pieces
from pacte_graph.metrics.cooperation import brokerage, holes, leiden, paths
from pacte_graph.metrics.cooperation.connection import component_sizes
from pacte_graph.metrics.cooperation.core import core_numbers
from pacte_graph.metrics.cooperation.mixing_matrix import assortativity, mixing
from pacte_graph.metrics.cooperation.partition import modularity
from pacte_graph.metrics.cooperation.passing import tied_pairs
from pacte_graph.metrics.cooperation.projection import projection, tied
from pacte_graph.metrics.cooperation.significance import disparity
from pacte_graph.metrics.cooperation.two_mode import singular
from pacte_graph.metrics.pull.diffusion import attenuation, katz, personalised_pagerank
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.metrics.pull.rings import steps_from
from pacte_graph.network import Network
from pacte_graph.network.views import adjacency, incidence

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(os.environ.get("BENCH_PEERS", ROOT / ".venv" / "bench-peers"))
LIMIT = 60.0


@dataclass(frozen=True)
class Taken:
    """Median seconds of ``runs`` calls, and a number by which two libraries can be seen to have done the same."""

    median: float
    runs: int
    told: float


def common(network: Network) -> dict[str, Work]:
    """Return our side of what peers compute too, each from the shared view that stands for a peer's ready graph."""
    found, (_, matrix), (_, pairs) = incidence(network), tied(network), tied_pairs(network)
    two, search = adjacency(network), leiden.searcher(matrix)
    works: dict[str, Work] = {
        "projection": lambda: projection(found).nnz / 2,
        "leiden": lambda: modularity(matrix, search(0)),
        "betweenness": lambda: paths.betweenness(pairs).values[0] * np.nan,
        "constraint": lambda: float(np.nansum(holes.holes(pairs).constraint)),
        "effective_size": lambda: float(np.nansum(holes.holes(pairs).effective_size)),
        "core": lambda: float(core_numbers(two).sum()),
        "components": lambda: float(len(component_sizes(two, len(found.projects)))),
        "articulation": lambda: float((more_pieces(two) > 0).sum()),
    }
    return works | _walks(network)


def _walks(network: Network) -> dict[str, Work]:
    """Return the measures by rounds or steps from one node or all, and those of how kinds and weights are spread."""
    found, (_, matrix), (_, pairs) = incidence(network), tied(network), tied_pairs(network)
    two, seed, pulls = adjacency(network), _seed(network), influence(network).matrix
    alpha, radius = attenuation(pulls, 0.5)
    groups = _groups(network)
    return {
        "pagerank": lambda: float(personalised_pagerank(two, seed, symmetric=True)[seed]),
        "eigenvector": lambda: float(np.nansum(paths.eigenvector(matrix))),
        "two_mode_eigenvector": lambda: float(np.nansum(singular(found.matrix))),
        "harmonic": lambda: float(paths.harmonic(pairs, seed=1).values.sum()),
        "assortativity": lambda: assortativity(mixing(pairs, groups)) or np.nan,
        "katz": lambda: _over_least(katz(pulls, alpha, radius=radius)),
        "steps": lambda: float(np.maximum(steps_from(two, seed), 0).sum()),
        "disparity": lambda: float((disparity(pairs) < LEVEL).sum()),
    }


def _over_least(values: Any) -> float:
    """Return the sum over the least: a number that tells Katz's receptions apart whatever length they are given."""
    return float(values.sum() / values.min())


def _groups(network: Network) -> Any:
    return brokerage.numbered([network.by_id[name].group for name in tied(network)[0]])[1]


def _seed(network: Network) -> int:
    return int(np.argmax(np.asarray(incidence(network).matrix.sum(axis=1)).ravel()))


def hand_over(network: Network, file: Path) -> None:
    """Write the network as arrays that any library can read."""
    found, (_, pairs) = incidence(network), tied_pairs(network)
    rows, columns = found.matrix.tocoo().coords
    pulls = influence(network).matrix
    pullers, pulled = pulls.tocoo().coords
    of_pull = {"pullers": pullers, "pulled": pulled, "pull": pulls.tocoo().data, "alpha": attenuation(pulls, 0.5)[0]}
    sizes = {"projects": len(found.projects), "actors": len(found.actors), "seed": _seed(network)}
    ends = {"rows": rows.astype(np.int64), "columns": columns.astype(np.int64) + len(found.projects)}
    np.savez(
        file, first=pairs.first, second=pairs.second, weight=pairs.weight, groups=_groups(network), **ends, **sizes, **of_pull
    )


def peer(library: str, task: str, file: Path, *, limit: float = LIMIT) -> Taken | str:
    """Return what a library took, in a process of its own, or why it has no figure."""
    folder = str(ROOT) if library not in {"igraph", "rustworkx"} else os.pathsep.join([str(ROOT), str(PEERS)])
    command = [sys.executable, "-m", "benchmarks.metric_peers", library, task, str(file)]
    environment = {**os.environ, "PYTHONPATH": folder}
    # the text of a failure is short enough to wait in its pipe
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        stopped = threading.Timer(limit, process.kill)
        stopped.start()
        calls: list[tuple[float, float]] = []
        said = ""
        for text in process.stdout or ():
            kind, *numbers = text.split()
            if kind == "built":  # from here on the limit is of the measure alone
                stopped.cancel()
                stopped = threading.Timer(limit, process.kill)
                stopped.start()
            elif kind == "took":
                calls.append((float(numbers[0]), float(numbers[1])))
            elif kind == "memory":
                said = f"can't finish in {float(numbers[0]) / 1e9:.0f} GB"
        failure = (process.stderr.read() if process.stderr else "").strip().splitlines()
        code = process.wait()
        stopped.cancel()
    if not calls:
        if "ModuleNotFoundError" in "".join(failure[-1:]):
            return "left out, not installed (make bench)"
        return said or (f"can't finish in {limit:.0f} s" if code < 0 else f"failed: {' '.join(failure[-1:])}")
    counted = [taken for taken, _ in calls[1:]] or [calls[0][0]]
    return Taken(median(counted), len(counted), calls[-1][1])


def against_peers(network: Network, *, libraries: Sequence[str] = tuple(LIBRARIES), limit: float = LIMIT) -> Iterator[str]:
    """Yield our medians beside the peers', the ratio to the fastest of them, and to networkx over all that both have."""
    keep(network, share(network))
    works = common(network)
    whole: list[tuple[float, Taken | str]] = []
    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as folder:
        file = Path(folder) / "network.npz"
        hand_over(network, file)
        for task, work in works.items():
            ours, told = timed(work), float(work())
            yield line(f"{task}, ours", median_s=ours.median, least_s=ours.least, cpu_s=ours.cpu, **_check(told))
            found = {name: peer(name, task, file, limit=limit) for name in libraries if task in LIBRARIES[name][1]}
            for name, taken in found.items():
                yield _beside(task, name, ours.median, told, taken)
            ended = {name: taken.median for name, taken in found.items() if isinstance(taken, Taken)}
            if ended:
                fastest = min(ended, key=lambda name: ended[name])
                yield line(f"{task}, ours over the fastest peer", ratio=ours.median / ended[fastest], peer=fastest)
            if "networkx" in found:
                whole.append((ours.median, found["networkx"]))
    yield from _against_networkx(whole, limit)


def _against_networkx(whole: Sequence[tuple[float, Taken | str]], limit: float) -> Iterator[str]:
    """Yield the ratio over what networkx ends, then with what it was stopped at counted as ``limit`` seconds; memory apart."""
    ended = [(ours, theirs.median) for ours, theirs in whole if isinstance(theirs, Taken)]
    stopped = [(ours, limit) for ours, theirs in whole if isinstance(theirs, str) and theirs.endswith(" s")]
    for name, pairs in (
        (f"the {len(ended)} it can finish", ended),
        (f"with the {len(stopped)} it was stopped at, counted as {limit:.0f} s each", ended + stopped if stopped else []),
    ):
        if pairs:
            ours, theirs = (sum(pair[side] for pair in pairs) for side in (0, 1))
            yield line(f"networkx over ours, {name}", ours_s=ours, networkx_s=theirs, ratio=theirs / ours)
    none = len(whole) - len(ended) - len(stopped)
    if none:
        yield f"networkx over ours: {none} more have no figure from it"


def _check(told: float) -> dict[str, float | str]:
    return {} if np.isnan(told) else {"told": f"{told:.6g}"}


def _beside(task: str, name: str, ours: float, told: float, taken: Taken | str) -> str:
    if isinstance(taken, str):
        return f"{task}, {name}: {taken}"
    figures: dict[str, float | str] = {"median_s": taken.median, "runs": str(taken.runs), "ours_over_it": ours / taken.median}
    if not (np.isnan(told) or np.isnan(taken.told)):
        same = abs(told - taken.told) <= 1e-6 * max(1.0, abs(told))
        figures["told"] = "the same" if same else f"{taken.told:.6g}" + ("" if task == "leiden" else ", not the same")
    return line(f"{task}, {name}", **figures)
