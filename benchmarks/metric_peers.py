"""What other libraries take for the same measures: ``python -m benchmarks.metric_peers LIBRARY TASK FILE``, a process each.

The graph is built in the library's own form before the clock starts. Each call prints its seconds and a number to compare: so
a process that is stopped at the limit still leaves the calls it ended. Nothing of ours is imported here.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

MEMORY = 8_000_000_000
"""Bytes of address space a peer may take: the machine is shared."""
Work = Callable[[], float | None]
DAMPING, SAMPLED = 0.85, 500


class Given:
    """The network handed over: ties between actors (``first``, ``second``, ``weight``) and the two-mode ``rows``, ``columns``."""

    def __init__(self, file: Path) -> None:
        held = np.load(file)
        self.first, self.second, self.weight = held["first"], held["second"], held["weight"]
        self.rows, self.columns = held["rows"], held["columns"]
        self.projects, self.actors, self.seed = (int(held[name]) for name in ("projects", "actors", "seed"))

    @property
    def whole(self) -> int:
        return self.projects + self.actors

    def modularity(self, labels: Any) -> float:
        """Return Newman's modularity of a partition of the actors, to compare what Leiden and Louvain find."""
        labels = np.asarray(labels)
        inside = labels[self.first] == labels[self.second]
        strength = np.bincount(self.first, self.weight, self.actors) + np.bincount(self.second, self.weight, self.actors)
        by_group = np.bincount(labels, strength)
        total = float(self.weight.sum())
        return float(self.weight[inside].sum()) / total - float(((by_group / (2 * total)) ** 2).sum())


def with_networkx(task: str, given: Given) -> Work:
    import networkx as nx

    one: Any = nx.Graph()
    one.add_nodes_from(range(given.actors))
    two: Any = nx.Graph()
    two.add_nodes_from(range(given.whole))
    if task in {"leiden", "betweenness", "constraint", "effective_size", "components"}:
        one.add_weighted_edges_from(
            zip(given.first.tolist(), given.second.tolist(), given.weight.tolist(), strict=True), weight="weight"
        )
    else:
        two.add_edges_from(zip(given.rows.tolist(), given.columns.tolist(), strict=True))

    def louvain() -> float:
        labels = np.zeros(given.actors, dtype=np.int64)
        for number, members in enumerate(nx.community.louvain_communities(one, weight="weight", seed=1)):
            labels[list(members)] = number
        return given.modularity(labels)

    def projected() -> float:
        found = nx.bipartite.collaboration_weighted_projected_graph(two, range(given.projects, given.whole))
        return float(found.number_of_edges())

    def pagerank() -> float:
        start = {given.seed: 1.0}
        told = nx.pagerank(two, DAMPING, personalization=start, dangling=start, tol=1e-13 / given.whole, max_iter=1000)
        return float(told[given.seed])

    tasks: dict[str, Work] = {
        "projection": projected,
        "leiden": louvain,  # networkx 3.6 has no Leiden
        "betweenness": lambda: nx.betweenness_centrality(one)[0] and None,
        "constraint": lambda: float(np.nansum(list(nx.constraint(one, weight="weight").values()))),
        "effective_size": lambda: float(np.nansum(list(nx.effective_size(one, weight="weight").values()))),
        "core": lambda: float(sum(nx.core_number(two).values())),
        "components": lambda: float(nx.number_connected_components(one)),
        "articulation": lambda: float(len(list(nx.articulation_points(two)))),
        "pagerank": pagerank,
    }
    return tasks[task]


def with_igraph(task: str, given: Given) -> Work:
    import igraph

    one = igraph.Graph(given.actors, np.column_stack([given.first, given.second]).tolist())
    two = igraph.Graph(given.whole, np.column_stack([given.rows, given.columns]).tolist())
    weight, side = given.weight.tolist(), [place >= given.projects for place in range(given.whole)]
    sources = np.random.default_rng(1).choice(given.actors, min(SAMPLED, given.actors), replace=False).tolist()
    start = [float(place == given.seed) for place in range(given.whole)]

    def leiden() -> float:
        found = one.community_leiden(objective_function="modularity", weights=weight, n_iterations=-1)
        return given.modularity(found.membership)

    def sampled() -> None:
        one.betweenness(sources=sources)

    tasks: dict[str, Work] = {
        "projection": lambda: float(two.bipartite_projection(types=side, multiplicity=True, which=1).ecount()),
        "leiden": leiden,
        "betweenness": sampled,
        "constraint": lambda: float(np.nansum(one.constraint(weights=weight))),
        "core": lambda: float(sum(two.coreness())),
        "components": lambda: float(len(one.connected_components())),
        "articulation": lambda: float(len(two.articulation_points())),
        "pagerank": lambda: float(two.personalized_pagerank(damping=DAMPING, reset=start, directed=False)[given.seed]),
    }
    return tasks[task]


def with_networkit(task: str, given: Given, *, threads: int = 0) -> Work:
    import networkit as nk

    if threads:
        nk.setNumberOfThreads(threads)

    def graph(size: int, ends: tuple[Any, Any], weight: Any = None) -> Any:
        both = tuple(side.astype(np.uint64) for side in ends)
        numbers = np.ones(len(ends[0])) if weight is None else weight
        return nk.GraphFromCoo((numbers, both), n=size, directed=False, weighted=weight is not None)

    nk.setSeed(1, True)
    heavy = task == "leiden"
    one = graph(given.actors, (given.first, given.second), given.weight if heavy else None)
    two = graph(given.whole, (given.rows, given.columns))

    def leiden() -> float:
        search = nk.community.ParallelLeiden(one)
        search.run()
        labels = np.unique(search.getPartition().getVector(), return_inverse=True)[1]
        return given.modularity(labels)

    def ran(search: Any) -> Any:
        search.run()
        return search

    def cuts() -> float:
        found = ran(nk.components.BiconnectedComponents(two))
        blocks = np.bincount(np.concatenate([np.array(block) for block in found.getComponents()]).astype(np.int64))
        return float((blocks > 1).sum())

    def pagerank() -> None:  # no restart from one node: the plain one
        ran(nk.centrality.PageRank(two, DAMPING, 1e-13)).scores()

    tasks: dict[str, Work] = {
        "leiden": leiden,
        "betweenness": lambda: ran(nk.centrality.KadabraBetweenness(one, 0.01, 0.1)).scores() and None,
        "core": lambda: float(sum(ran(nk.centrality.CoreDecomposition(two)).scores())),
        "components": lambda: float(ran(nk.components.ConnectedComponents(one)).numberOfComponents()),
        "articulation": cuts,
        "pagerank": pagerank,
    }
    return tasks[task]


def with_scikit_network(task: str, given: Given) -> Work:
    from scipy import sparse
    from sknetwork.clustering import Leiden
    from sknetwork.ranking import PageRank
    from sknetwork.topology import get_connected_components, get_core_decomposition

    def square(size: int, ends: tuple[Any, Any], weight: Any) -> Any:
        oneway = sparse.csr_matrix((weight, tuple(side.astype(np.int32) for side in ends)), shape=(size, size))
        return sparse.csr_matrix(oneway + oneway.T)

    one = square(given.actors, (given.first, given.second), given.weight)
    two = square(given.whole, (given.rows, given.columns), np.ones(len(given.rows)))

    def pagerank() -> float:
        walk = PageRank(DAMPING, solver="piteration", n_iter=1000, tol=1e-13)
        return float(walk.fit_predict(two, weights={given.seed: 1})[given.seed])

    tasks: dict[str, Work] = {
        "leiden": lambda: given.modularity(Leiden(modularity="newman", shuffle_nodes=False, random_state=0).fit_predict(one)),
        "core": lambda: float(get_core_decomposition(two).sum()),
        "components": lambda: float(len(np.unique(get_connected_components(one)))),
        "pagerank": pagerank,
    }
    return tasks[task]


def with_rustworkx(task: str, given: Given) -> Work:
    import rustworkx as rx

    def graph(size: int, ends: tuple[Any, Any], kind: Any) -> Any:
        made = kind()
        made.add_nodes_from(range(size))
        made.add_edges_from_no_data(list(zip(ends[0].tolist(), ends[1].tolist(), strict=True)))
        return made

    one = graph(given.actors, (given.first, given.second), rx.PyGraph)
    two = graph(given.whole, (given.rows, given.columns), rx.PyGraph)
    arcs = two.to_directed()  # its pagerank is of directed graphs only

    def pagerank() -> float:
        start = {given.seed: 1.0}
        told = rx.pagerank(arcs, DAMPING, personalization=start, dangling=start, tol=1e-13 / given.whole, max_iter=1000)
        return float(told[given.seed])

    tasks: dict[str, Work] = {
        "betweenness": lambda: rx.graph_betweenness_centrality(one)[0] and None,
        "core": lambda: float(sum(rx.core_number(two).values())),
        "components": lambda: float(rx.number_connected_components(one)),
        "articulation": lambda: float(len(rx.articulation_points(two))),
        "pagerank": pagerank,
    }
    return tasks[task]


LIBRARIES: dict[str, tuple[Callable[[str, Given], Work], tuple[str, ...]]] = {
    "networkx": (
        with_networkx,
        (
            "projection",
            "leiden",
            "betweenness",
            "constraint",
            "effective_size",
            "core",
            "components",
            "articulation",
            "pagerank",
        ),
    ),
    "igraph": (
        with_igraph,
        ("projection", "leiden", "betweenness", "constraint", "core", "components", "articulation", "pagerank"),
    ),
    "networkit": (with_networkit, ("leiden", "betweenness", "core", "components", "articulation", "pagerank")),
    "networkit on one core": (partial(with_networkit, threads=1), ("leiden", "betweenness")),
    "scikit-network": (with_scikit_network, ("leiden", "core", "components", "pagerank")),
    "rustworkx": (with_rustworkx, ("betweenness", "core", "components", "articulation", "pagerank")),
}
"""What makes a measure of each library, and which measures it has."""


def main() -> None:
    library, task, file = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        start = time.perf_counter()
        work = LIBRARIES[library][0](task, Given(Path(file)))
        print("built", time.perf_counter() - start, flush=True)
        calls, wanted = 0, 6
        while calls < wanted:
            start = time.perf_counter()
            told = work()
            seconds = time.perf_counter() - start
            print("took", seconds, "nan" if told is None else repr(told), flush=True)
            calls += 1
            if calls == 1 and seconds > 5:
                wanted = 4 if seconds < 12 else 1  # one warm-up and three; above that the limit leaves room for one
    except MemoryError:
        print("memory", MEMORY, flush=True)


if __name__ == "__main__":
    main()
