"""Every metric on all of H2020 (35,871 organisations, 31,451 projects), on a scheme's own size, and as networks grow.

Times are of ``run(network)``: the numbers of all nodes; sentences and ranks are made when they are read. Before each repeat
the views are what is said: none at all (``from the snapshot``), or only those shared by many metrics — participations, W,
incidence, projection, ties — (``views kept``); a metric's own result is never kept. H2020 needs ``../shared/data``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks import snapshots, synthetic
from benchmarks.beside_peers import against_peers
from benchmarks.measure import Work, line, peak_megabytes, timed
from benchmarks.views import fresh, keep, share
from pacte_graph.errors import PacteError
from pacte_graph.metrics.cooperation import brokerage, holes, leiden
from pacte_graph.metrics.cooperation.passing import tied_pairs
from pacte_graph.metrics.cooperation.projection import projection, tied
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.metrics.registry import REGISTRY
from pacte_graph.metrics.sureness.intervals import with_intervals
from pacte_graph.network import Network
from pacte_graph.network.views import incidence, participations

DEFAULT = ("linkages", "declination", "nesting", "pull_by_type", "leverage", "savings", "coverage", "equity")
"""What the page of indicators shows."""
BOTH_WAYS = (
    "linkages",
    "total_effect",
    "katz",
    "proximity",
    "projection",
    "two_mode_centrality",
    "betweenness",
    "harmonic",
    "eigenvector",
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
