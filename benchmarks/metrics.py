"""Every metric on all of H2020 (35,871 organisations, 31,451 projects), on a scheme's own size, and as networks grow.

Times are of ``run(network)``: the numbers of all nodes; sentences and ranks are made when they are read. Before each repeat
the views are what is said: none at all (``from the snapshot``), or only those shared by many metrics — participations, W,
incidence, projection, ties — (``views kept``); a metric's own result is never kept. Peers have each a process, 60 s a measure
and 8 GB; their graph is built before the clock starts, as our shared views are. H2020 needs ``../shared/data``; igraph and
rustworkx are looked for in ``.venv/bench-peers`` (made by ``make bench``) or in ``$BENCH_PEERS``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks import snapshots, synthetic
from benchmarks.measure import line, peak_megabytes, seconds
from benchmarks.metric_peers import LIBRARIES
from pacte_graph.errors import PacteError
from pacte_graph.metrics.articulation import more_pieces
from pacte_graph.metrics.cooperation import brokerage, holes, leiden, paths
from pacte_graph.metrics.cooperation.connection import component_sizes
from pacte_graph.metrics.cooperation.core import core_numbers
from pacte_graph.metrics.cooperation.partition import modularity
from pacte_graph.metrics.cooperation.passing import tied_pairs
from pacte_graph.metrics.cooperation.projection import projection, tied
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.metrics.registry import REGISTRY
from pacte_graph.metrics.sureness.intervals import with_intervals
from pacte_graph.network import Network
from pacte_graph.network.views import adjacency, incidence, participations, taking_part

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(os.environ.get("BENCH_PEERS", ROOT / ".venv" / "bench-peers"))
LIMIT = 60.0
DEFAULT = ("linkages", "declination", "nesting", "pull_by_type", "leverage", "savings", "coverage", "equity")
"""What the page of indicators shows."""
BOTH_WAYS = (
    "linkages",
    "total_effect",
    "katz",
    "proximity",
    "projection",
    "betweenness",
    "core",
    "brokerage",
    "structural_holes",
    "cohesion",
    "robustness",
    "mixing",
    "communities",
)
"""Metrics measured by medians, from the snapshot and with the shared views kept; those not registered are left out."""
GROWTH = ((3_900, 4_500, 18_000), (7_800, 9_000, 36_000), (15_600, 18_000, 72_000), (31_200, 36_000, 144_000))
Work = Callable[[], Any]


@dataclass(frozen=True)
class Taken:
    """Median seconds of ``runs`` calls, and a number by which two libraries can be seen to have done the same."""

    median: float
    runs: int
    told: float


def fresh(network: Network) -> None:
    """Forget every view."""
    network.__dict__.pop("_views", None)


def share(network: Network) -> dict[Any, Any]:
    """Make the views that many metrics share, and nothing else; return them, to be put back by ``keep``."""
    fresh(network)
    for view in (taking_part, participations, incidence, tied, lambda found: tied(found, "count"), tied_pairs, influence):
        view(network)
    return dict(network.__dict__["_views"])


def keep(network: Network, views: Mapping[Any, Any]) -> None:
    """Put the shared views back, without what was computed since."""
    network.__dict__["_views"] = dict(views)


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


def slope(sizes: Sequence[float], taken: Sequence[float]) -> float:
    """Return by which power of the size the time grows (least squares on logarithms).

    >>> round(slope([1, 2, 4], [3, 12, 48]), 6)
    2.0
    """
    return float(np.polyfit(np.log(sizes), np.log(taken), 1)[0])


def _row(name: str, work: Work) -> str:
    return timed(work).row(name)


def measured(network: Network) -> Iterator[str]:
    """Yield the medians, from the snapshot and with the shared views kept."""

    def cold(work: Work) -> Work:
        return lambda: (fresh(network), work())

    views = share(network)

    def warm(work: Work) -> Work:
        return lambda: (keep(network, views), work())

    yield _row("participations and W, from the snapshot", cold(lambda: (participations(network), influence(network))))
    yield _row("E2 + E3, from the snapshot", cold(lambda: [REGISTRY[i].run(network) for i in ("total_effect", "linkages")]))
    project = max(_by_size(network))[1]
    for code, name in (("E5", "pull_by_type"), ("E9", "reach")):
        profile = warm(lambda name=name: REGISTRY[name].run(network, {"project": project}))
        yield _row(f"{code} of one project (the largest), views kept", profile)
    yield _row("C2 projection, incidence kept", warm(lambda: projection(incidence(network))))
    for name in BOTH_WAYS:
        if name not in REGISTRY:
            yield f"{name}: left out, not registered"
            continue
        metric = REGISTRY[name]
        yield _row(f"{metric.code} {name}, from the snapshot", cold(lambda metric=metric: metric.run(network)))
        yield _row(f"{metric.code} {name}, views kept", warm(lambda metric=metric: metric.run(network)))
    yield from _egos(network, views)
    chosen = [REGISTRY[name] for name in DEFAULT if name in REGISTRY]
    yield _row(f"the {len(chosen)} of the indicators page, from the snapshot", cold(lambda: [m.run(network) for m in chosen]))


def _by_size(network: Network) -> list[tuple[int, str]]:
    """Return the projects with how many take part."""
    found = incidence(network)
    return list(zip(np.asarray(found.matrix.sum(axis=1)).ravel().astype(int).tolist(), found.projects, strict=True))


def _egos(network: Network, views: Mapping[Any, Any]) -> Iterator[str]:
    keep(network, views)
    names, matrix = tied(network)
    _, groups = brokerage.numbered([network.by_id[name].group for name in names])
    degrees = np.diff(matrix.indptr)
    hub, middle = int(degrees.argmax()), int(np.argsort(degrees, kind="stable")[len(degrees) // 2])
    for said, place in ((f"the hub ({degrees[hub]} partners)", hub), (f"a median node ({degrees[middle]} partners)", middle)):
        yield _row(f"C9 of {said}, views kept", lambda place=place: brokerage.ego_roles(matrix, place, groups))
        yield _row(f"C13 of {said}, views kept", lambda place=place: holes.ego(matrix, place))


def once(network: Network) -> Iterator[tuple[str, float, str]]:
    """Yield each metric of the registry with the seconds of one run from the snapshot; a refusal is said."""
    for name, metric in REGISTRY.items():
        fresh(network)
        start, said = time.perf_counter(), ""
        try:
            metric.run(network)
        except PacteError as problem:
            said = f" ({problem})"
        yield name, time.perf_counter() - start, said


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
    if "proximity" in REGISTRY:
        from pacte_graph.metrics.pull.diffusion import personalised_pagerank

        seed = _seed(network)
        works["pagerank"] = lambda: float(personalised_pagerank(two, seed, symmetric=True)[seed])
    return works


def _seed(network: Network) -> int:
    return int(np.argmax(np.asarray(incidence(network).matrix.sum(axis=1)).ravel()))


def hand_over(network: Network, file: Path) -> None:
    """Write the network as arrays that any library can read."""
    found, (_, pairs) = incidence(network), tied_pairs(network)
    rows, columns = found.matrix.tocoo().coords
    sizes = {"projects": len(found.projects), "actors": len(found.actors), "seed": _seed(network)}
    ends = {"rows": rows.astype(np.int64), "columns": columns.astype(np.int64) + len(found.projects)}
    np.savez(file, first=pairs.first, second=pairs.second, weight=pairs.weight, **ends, **sizes)


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


def catalogue(network: Network) -> dict[str, float]:
    """Return the seconds of each metric with the intervals of its ranks and all its sentences, views shared."""
    fresh(network)
    taken = {}
    for name, metric in REGISTRY.items():
        start = time.perf_counter()
        try:
            list(with_intervals(metric.run(network), network).values)
        except PacteError:
            continue  # it has no meaning on this network
        taken[name] = time.perf_counter() - start
    return taken


def growth(sizes: Sequence[tuple[int, int, int]] = GROWTH) -> Iterator[str]:
    """Yield the time of four computations at several sizes, and by which power of the participations each grows."""
    taken: dict[str, list[float]] = {}
    for size in sizes:
        network = synthetic.network(*size)
        keep(network, share(network))
        found, (_, matrix), (names, pairs) = incidence(network), tied(network), tied_pairs(network)
        _, groups = brokerage.numbered([network.by_id[name].group for name in names])
        works: dict[str, Work] = {
            "linkages": lambda network=network: REGISTRY["linkages"].run(network),
            "projection": lambda found=found: projection(found),
            "brokerage and holes": lambda pairs=pairs, groups=groups: (brokerage.roles(pairs, groups), holes.holes(pairs)),
            "Leiden": lambda matrix=matrix: leiden.leiden(matrix),
        }
        for name, work in works.items():
            taken.setdefault(name, []).append(timed(work).median)
        figures = {name.replace(" ", "_") + "_s": values[-1] for name, values in taken.items()}
        yield line(f"invented, {size[2]} participations, {len(pairs.first)} ties", **figures)
    for name, values in taken.items():
        yield line(f"growth of {name}", power_of_participations=slope([size[2] for size in sizes], values))


def run() -> Iterator[str]:
    small = snapshots.fictitious()
    catalogue(small)  # imports, once
    before = time.process_time()
    runs = sorted((catalogue(small) for _ in range(5)), key=lambda taken: sum(taken.values()))
    cpu = (time.process_time() - before) / 5
    middle = runs[2]
    counts = [len(small.nodes_of(label)) for label in ("Project", "Actor")]
    yield line(
        f"the whole catalogue with rank intervals, {counts[0]} projects × {counts[1]} actors",
        metrics=f"{len(middle)} of {len(REGISTRY)}",
        median_s=sum(middle.values()),
        least_s=sum(runs[0].values()),
        most_s=sum(runs[-1].values()),
        cpu_s=cpu,
    )
    for name in sorted(middle, key=lambda name: -middle[name])[:5]:
        yield line(f"its slowest, {name}", seconds=middle[name])
    yield from growth()
    start = time.perf_counter()
    network = snapshots.h2020()
    if network is None:
        yield "H2020: left out, ../shared/data is not beside this checkout"
        return
    yield line("H2020 from the file to a snapshot, no database", seconds=time.perf_counter() - start, peak_mb=peak_megabytes())
    yield from measured(network)
    for name, taken, said in once(network):
        yield f"{line(f'once, {REGISTRY[name].code} {name}', seconds=taken, peak_mb=peak_megabytes())}{said}"
    yield from against_peers(network)
