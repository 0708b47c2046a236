"""How far things are in steps: from one node over a whole graph, or one and two steps from many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]


def steps_from(matrix: sparse.csr_array, source: int) -> Vector:
    """Return the number of steps from ``source`` along the stored cells of ``matrix`` (row → column); −1 out of reach.

    A breadth-first order lists the rings one behind the other: a ring is what was found from the ring before. O(m).
    """
    order, before = sparse.csgraph.breadth_first_order(matrix, source, directed=True, return_predecessors=True)
    found = np.full(matrix.shape[0], -1, dtype=np.int64)
    place = np.empty(matrix.shape[0], dtype=np.int64)
    place[order] = np.arange(len(order))
    parents = place[before[order[1:]]]  # never decreasing, by the order
    start, end, steps = 0, 1, 0
    while start < end:
        found[order[start:end]] = steps
        start, end, steps = end, 1 + int(np.searchsorted(parents, end - 1, side="right")), steps + 1
    return found


def first_rings(matrix: sparse.csr_array, sources: Vector, members: Vector) -> tuple[Vector, Vector]:
    """Return how many of each group of ``members`` (n × groups, 0 and 1) are one step, and two steps, from each source."""
    size, wanted = matrix.shape[0], np.flatnonzero(members.any(axis=1))
    pattern = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=(size, size))
    near, groups = pattern[sources], members[wanted]
    into = sparse.csr_array(pattern[:, wanted])
    direct, onward = sparse.csr_array(near[:, wanted]), sparse.csr_array(near @ into)
    onward.data[:] = 1.0
    second = sparse.csr_array(onward - onward.multiply(direct))
    return direct @ groups, second @ groups
