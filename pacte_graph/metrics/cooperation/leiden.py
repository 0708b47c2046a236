"""Leiden communities of a symmetric weighted network, one seed at a time (Traag, Waltman & van Eck 2019).

networkx 3.6 has no Leiden of its own (``leiden_communities`` raises NotImplementedError). scikit-network has: its refinement
draws from the C library's ``rand``, which ``random_state`` does not seed, so that it is seeded here, one run at a time; and it
leaves communities in several pieces, which Leiden never does: each piece is made a community here, and modularity only grows.
Large networks go to networkit (the extra ``fast``) where it is installed: faster, and of greater modularity.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse
from sknetwork.clustering import Leiden

from pacte_graph.metrics.cooperation import fast

Vector = np.ndarray[Any, Any]
LARGE = 100_000
"""Ties above which networkit is used where it is installed. Below, the same library everywhere gives the same communities."""

_ONE_AT_A_TIME = threading.Lock()


def library(matrix: sparse.csr_array) -> str:
    """Return which library finds the communities of this network here."""
    return "networkit" if matrix.nnz > 2 * LARGE and fast.installed() else "scikit-network"


def searcher(matrix: sparse.csr_array, *, resolution: float = 1.0) -> Callable[[int], Vector]:
    """Return what gives, for a seed, a community for each node of a symmetric matrix; isolates have their own.

    The network is made ready once for all seeds. A seed gives one answer.
    """
    return _by_networkit(matrix, resolution) if library(matrix) == "networkit" else _by_scikit_network(matrix, resolution)


def leiden(matrix: sparse.csr_array, *, resolution: float = 1.0, seed: int = 0) -> Vector:
    """Return a community for each node of a symmetric weighted network; isolates have their own. A seed gives one answer."""
    return searcher(matrix, resolution=resolution)(seed)


def _by_networkit(matrix: sparse.csr_array, resolution: float) -> Callable[[int], Vector]:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    once = rows < matrix.indices
    with fast.networkit(1) as module:
        graph = fast.graph_of(module, matrix.shape[0], rows[once], matrix.indices[once], matrix.data[once])

    def search(seed: int) -> Vector:
        with fast.networkit(seed + 1) as module:
            run = module.community.ParallelLeiden(graph, gamma=resolution)
            run.run()
            labels: Vector = np.unique(run.getPartition().getVector(), return_inverse=True)[1]
            return labels

    return search


def _by_scikit_network(matrix: sparse.csr_array, resolution: float) -> Callable[[int], Vector]:
    # its kernels want 32-bit indices
    parts = matrix.data.astype(float), matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    plain = sparse.csr_matrix(parts, shape=matrix.shape)

    def search(seed: int) -> Vector:
        with _ONE_AT_A_TIME:
            ctypes.CDLL(None).srand(seed + 1)
            run = Leiden(resolution=resolution, modularity="newman", shuffle_nodes=seed > 0, random_state=seed)
            return _whole(plain, run.fit_predict(plain))

    return search


def _whole(matrix: sparse.csr_matrix, labels: Vector) -> Vector:
    """Return the communities with each of their pieces a community of its own."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = labels[rows] == labels[matrix.indices]
    within = sparse.csr_array((np.ones(inside.sum()), (rows[inside], matrix.indices[inside])), shape=matrix.shape)
    pieces: Vector = sparse.csgraph.connected_components(within, directed=True, connection="weak")[1]
    return pieces
