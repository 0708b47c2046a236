"""Betweenness, harmonic closeness and eigenvector centrality of an undirected network, exact or estimated with a stated error.

Paths are counted in steps: no weight is read as a distance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

from pacte_graph.metrics.cooperation import fast
from pacte_graph.metrics.cooperation.attack import by_degree
from pacte_graph.metrics.cooperation.distances import affordable, counted
from pacte_graph.metrics.cooperation.triangles import Ties, ties

Vector = np.ndarray[Any, Any]
EXACT_BETWEENNESS = 20_000_000
"""Nodes × ties up to which betweenness is computed exactly by networkx (some seconds)."""
ERROR, RISK = 0.01, 0.1
"""Of the estimate: all scores within ERROR of the truth with probability 1 − RISK (Borassi & Natale 2019)."""
PIVOTS, SOURCES = 20, 1_000


@dataclass(frozen=True)
class Scores:
    """One score a node, NaN where undefined. ``error`` bounds it where it is estimated, by ``how``; None: exact."""

    values: Vector
    error: Vector | None = None
    how: str = "exact"


def betweenness(found: Ties, *, seed: int = 1) -> Scores:
    """Return the share of shortest paths between others that pass through each node, in [0, 1]; 0 below three nodes.

    Exact (Brandes 2001) up to EXACT_BETWEENNESS. Above: KADABRA by networkit (the extra ``fast``), else pivots by networkx with
    Hoeffding's bound. The same seed gives the same scores.
    """
    if found.size * max(len(found.first), 1) <= EXACT_BETWEENNESS:
        told = nx.betweenness_centrality(_graph(found))
        return Scores(np.array([told[node] for node in range(found.size)], dtype=float))
    return _kadabra(found, seed) or _pivots(found, seed)


def _graph(found: Ties) -> Any:
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(found.size))
    graph.add_edges_from(zip(found.first.tolist(), found.second.tolist(), strict=True))
    return graph


def _kadabra(found: Ties, seed: int) -> Scores | None:
    if not fast.installed():
        return None
    place = np.empty(found.size, dtype=np.int64)
    place[by_degree(found)] = np.arange(
        found.size
    )  # the most tied first: what the searches pass through lies close together in memory
    with fast.networkit(seed) as module:
        graph = fast.graph_of(module, found.size, place[found.first], place[found.second])  # the search does not keep it alive
        search = module.centrality.KadabraBetweenness(graph, ERROR, RISK)
        search.run()
        # networkit 11.3 gives, on undirected networks, twice the share of all ordered pairs, ends included
        values = np.array(search.scores(), dtype=float)[place] / 2 * found.size / (found.size - 2)
    return Scores(values, np.full(found.size, ERROR * found.size / (found.size - 2)), "kadabra")


def _pivots(found: Ties, seed: int) -> Scores:
    told = nx.betweenness_centrality(_graph(found), k=PIVOTS, seed=seed)
    bound = float(np.sqrt(np.log(2 * found.size / RISK) / (2 * PIVOTS)))
    return Scores(np.array([told[node] for node in range(found.size)], dtype=float), np.full(found.size, bound), "pivots")


def harmonic(found: Ties, *, seed: int = 1) -> Scores:
    """Return the mean of 1/distance to all others, in [0, 1]: 0 for an isolate, NaN for a node alone (Marchiori & Latora 2000).

    Exact where the distances from all are affordable (10,000 nodes and 300,000 ties are); above, from 1,000 sources drawn at
    random, with twice the standard error.
    """
    size = found.size
    if size < 2:
        return Scores(np.full(size, np.nan))
    ends = np.concatenate([found.first, found.second]), np.concatenate([found.second, found.first])
    matrix = sparse.csr_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
    exact = affordable(size, matrix.nnz) or size <= SOURCES
    sources = np.arange(size) if exact else np.sort(np.random.default_rng(seed).choice(size, SOURCES, replace=False))
    total, squares = np.zeros(size), np.zeros(size)
    for steps, counts in counted(matrix, sources):
        total += counts / steps
        squares += counts / steps**2
    if exact:
        return Scores(total / (size - 1))
    mean = total / len(sources)
    spread = np.sqrt(np.maximum(squares / len(sources) - mean**2, 0.0) / len(sources))
    return Scores(mean * size / (size - 1), 2 * spread, "sources")


def eigenvector(matrix: sparse.csr_array) -> Vector:
    """Return the leading eigenvector of a symmetric non-negative matrix on its largest component (length 1, no sign), else NaN.

    The largest by nodes, then by the first of them. All NaN without a tie (Bonacich 1972). Above 400 nodes by ARPACK, which
    starts from the strengths: they are near the answer, and halve its rounds.
    """
    size = matrix.shape[0]
    values = np.full(size, np.nan)
    members = largest(matrix)
    if len(members) < 2:
        return values
    block = matrix if len(members) == size else sparse.csr_array(matrix[members][:, members])
    block = block.astype(float, copy=False)
    if len(members) <= 400:
        _, vectors = np.linalg.eigh(block.toarray())
        lead = vectors[:, -1]
    else:
        _, vectors = sparse.linalg.eigsh(block, k=1, which="LA", v0=np.asarray(block.sum(axis=1)).ravel())
        lead = vectors[:, 0]
    values[members] = np.abs(lead) / np.sqrt((lead**2).sum())  # a product by BLAS would wake its threads: longer than the sum
    return values


def largest(matrix: sparse.csr_array) -> Vector:
    """Return the places of the largest component of a symmetric matrix; the one with the first node where two are as large."""
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    # both ways along every tie: what is strongly connected is connected, and needs no transpose
    _, labels = sparse.csgraph.connected_components(matrix, connection="strong")
    sizes = np.bincount(labels)
    return np.flatnonzero(labels == labels[np.argmax(sizes[labels])])


def of_matrix(measure: Callable[[Ties], Scores], matrix: sparse.csr_array) -> Scores:
    """Return a measure of ties on a symmetric matrix."""
    return measure(ties(matrix))
