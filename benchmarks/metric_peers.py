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
SIDES = float(np.sqrt(2))
"""By which the leading vector of both sides together is less than the vectors of each side, each of length 1."""
LEVEL = 0.05
"""Of the backbone."""
ON_ACTORS = (
    *("leiden", "betweenness", "constraint", "effective_size"),
    *("components", "eigenvector", "harmonic", "assortativity"),
)
"""Measures of the ties between actors; the others read who takes part in what, Katz who pulls whom."""
Work = Callable[[], float | None]
DAMPING, SAMPLED, DRAWN = 0.85, 500, 1_000


class Given:
    """The network handed over, as arrays.

    Ties between actors (``first``, ``second``, ``weight``), the actors' ``groups`` (kinds, numbered), the two-mode ``rows`` and
    ``columns``, and who pulls whom (``pullers``, ``pulled``, ``pull``) with Katz's ``alpha``.
    """

    def __init__(self, file: Path) -> None:
        held = np.load(file)
        self.first, self.second, self.weight = held["first"], held["second"], held["weight"]
        self.rows, self.columns, self.groups = held["rows"], held["columns"], held["groups"]
        self.pullers, self.pulled, self.pull, self.alpha = held["pullers"], held["pulled"], held["pull"], float(held["alpha"])
        self.projects, self.actors, self.seed = (int(held[name]) for name in ("projects", "actors", "seed"))

    @property
    def whole(self) -> int:
        return self.projects + self.actors

    @property
    def sources(self) -> list[int]:
        """Return the actors from which distances are counted: those our estimate draws with seed 1."""
        chance = np.random.default_rng(1)
        return np.sort(chance.choice(self.actors, min(DRAWN, self.actors), replace=False)).tolist()

    def nearness(self, of_sources: Any) -> float:
        """Return the sum over all actors of the estimate, from the harmonic closeness (a sum) of each source."""
        return float(np.sum(of_sources)) / len(self.sources) * self.actors / (self.actors - 1)

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
    pulls: Any = nx.DiGraph()
    if task == "katz":
        pulls.add_nodes_from(range(given.whole))
        ends = given.pullers.tolist(), given.pulled.tolist()
        pulls.add_weighted_edges_from(zip(*ends, given.pull.tolist(), strict=True), weight="weight")
    elif task in ON_ACTORS:
        nx.set_node_attributes(one, dict(enumerate(given.groups.tolist())), "kind")
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

    def lead() -> float:
        told = nx.eigenvector_centrality(one, max_iter=1000, tol=1e-12, weight="weight")
        return float(sum(told.values()))

    def main_pattern() -> float:
        told = nx.eigenvector_centrality(two, max_iter=5000, tol=1e-12)
        return float(sum(told.values()) * SIDES)

    def received() -> float:
        told = nx.katz_centrality(pulls, given.alpha, max_iter=1000, tol=1e-13, normalized=False, weight="weight")
        return float(sum(told.values()) / min(told.values()))

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
        "eigenvector": lead,
        "two_mode_eigenvector": main_pattern,
        "harmonic": lambda: given.nearness(list(nx.harmonic_centrality(one, sources=given.sources).values())),
        "assortativity": lambda: float(nx.attribute_assortativity_coefficient(one, "kind")),
        "katz": received,
        "steps": lambda: float(sum(nx.single_source_shortest_path_length(two, given.seed).values())),
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

    def lead(graph: Any, weights: Any = None) -> float:
        told = np.array(graph.eigenvector_centrality(weights=weights))  # 1 for the greatest
        return float(told.sum() / np.linalg.norm(told))

    def near() -> float:
        return given.nearness(one.harmonic_centrality(vertices=given.sources, normalized=False))

    def steps() -> float:
        far = np.array(two.distances(source=given.seed)[0])
        return float(far[np.isfinite(far)].sum())

    kinds = given.groups.tolist()

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
        "eigenvector": lambda: lead(one, weight),
        "two_mode_eigenvector": lambda: lead(two) * SIDES,
        "harmonic": near,
        "assortativity": lambda: float(one.assortativity_nominal(kinds, directed=False)),
        "steps": steps,
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
    heavy = task in {"leiden", "eigenvector", "disparity"}
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

    def near() -> float:
        far = ran(nk.distance.SPSP(one, given.sources)).getDistances(asarray=True)
        far = np.where((far > 0) & (far < given.actors), far, np.inf)  # out of reach is the greatest number there is
        return given.nearness((1 / far).sum())

    def steps() -> float:
        far = np.array(ran(nk.distance.BFS(two, given.seed, storePaths=False)).getDistances())
        return float(far[far < given.whole].sum())

    def strong() -> float:
        one.indexEdges()
        return float((np.array(nk.sparsification.MultiscaleSparsifier().scores(one)) > 1 - LEVEL).sum())

    tasks: dict[str, Work] = {
        "eigenvector": lambda: float(np.sum(ran(nk.centrality.EigenvectorCentrality(one, 1e-12)).scores())),
        "two_mode_eigenvector": lambda: float(np.sum(ran(nk.centrality.EigenvectorCentrality(two, 1e-12)).scores()) * SIDES),
        "harmonic": near,
        "steps": steps,
        "disparity": strong,
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
    from sknetwork.path import get_distances
    from sknetwork.ranking import PageRank
    from sknetwork.topology import get_connected_components, get_core_decomposition

    def square(size: int, ends: tuple[Any, Any], weight: Any) -> Any:
        oneway = sparse.csr_matrix((weight, tuple(side.astype(np.int32) for side in ends)), shape=(size, size))
        return sparse.csr_matrix(oneway + oneway.T)

    one = square(given.actors, (given.first, given.second), given.weight)
    two = square(given.whole, (given.rows, given.columns), np.ones(len(given.rows)))

    def steps() -> float:
        far = get_distances(two, given.seed)
        return float(far[far > 0].sum())

    def pagerank() -> float:
        walk = PageRank(DAMPING, solver="piteration", n_iter=1000, tol=1e-13)
        return float(walk.fit_predict(two, weights={given.seed: 1})[given.seed])

    tasks: dict[str, Work] = {
        "leiden": lambda: given.modularity(Leiden(modularity="newman", shuffle_nodes=False, random_state=0).fit_predict(one)),
        "core": lambda: float(get_core_decomposition(two).sum()),
        "components": lambda: float(len(np.unique(get_connected_components(one)))),
        "pagerank": pagerank,
        "steps": steps,
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
    if task == "eigenvector":
        one = rx.PyGraph()
        one.add_nodes_from(range(given.actors))
        one.add_edges_from(list(zip(given.first.tolist(), given.second.tolist(), given.weight.tolist(), strict=True)))
    pulls: Any = rx.PyDiGraph()
    if task == "katz":
        pulls.add_nodes_from(range(given.whole))
        pulls.add_edges_from(list(zip(given.pullers.tolist(), given.pulled.tolist(), given.pull.tolist(), strict=True)))
    two = graph(given.whole, (given.rows, given.columns), rx.PyGraph)
    arcs = two.to_directed()  # its pagerank is of directed graphs only

    def pagerank() -> float:
        start = {given.seed: 1.0}
        told = rx.pagerank(arcs, DAMPING, personalization=start, dangling=start, tol=1e-13 / given.whole, max_iter=1000)
        return float(told[given.seed])

    def lead(graph: Any, weight: Any = None) -> float:
        told = rx.eigenvector_centrality(graph, weight_fn=weight, max_iter=5000, tol=1e-12)
        return float(sum(told.values()))

    def received() -> float:  # told at length 1: hence all are compared to the least
        told = np.array(list(rx.katz_centrality(pulls, given.alpha, weight_fn=float, max_iter=1000, tol=1e-13).values()))
        return float(told.sum() / told.min())

    tasks: dict[str, Work] = {
        "eigenvector": lambda: lead(one, float),
        "two_mode_eigenvector": lambda: lead(two) * SIDES,
        "katz": received,
        "betweenness": lambda: rx.graph_betweenness_centrality(one)[0] and None,
        "core": lambda: float(sum(rx.core_number(two).values())),
        "components": lambda: float(rx.number_connected_components(one)),
        "articulation": lambda: float(len(rx.articulation_points(two))),
        "pagerank": pagerank,
    }
    return tasks[task]


def _named(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMMON = "betweenness core components articulation pagerank eigenvector two_mode_eigenvector "
LIBRARIES: dict[str, tuple[Callable[[str, Given], Work], tuple[str, ...]]] = {
    "networkx": (
        with_networkx,
        _named(COMMON + "projection leiden constraint effective_size harmonic assortativity katz steps"),
    ),
    "igraph": (with_igraph, _named(COMMON + "projection leiden constraint harmonic assortativity steps")),
    "networkit": (with_networkit, _named(COMMON + "leiden harmonic steps disparity")),
    "networkit on one core": (partial(with_networkit, threads=1), _named("leiden betweenness eigenvector")),
    "scikit-network": (with_scikit_network, _named("leiden core components pagerank steps")),
    "rustworkx": (with_rustworkx, _named(COMMON + "katz")),
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
            print("took", seconds, "nan" if told is None else repr(float(told)), flush=True)
            calls += 1
            if calls == 1 and seconds > 5:
                wanted = 4 if seconds < 12 else 1  # one warm-up and three; above that the limit leaves room for one
    except MemoryError:
        print("memory", MEMORY, flush=True)


if __name__ == "__main__":
    main()
