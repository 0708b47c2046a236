"""What holds the network: the share that stays in one piece as nodes are taken away one by one (Schneider et al. 2011)."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.cooperation.triangles import Ties

Vector = np.ndarray[Any, Any]


def curve(found: Ties, order: Vector) -> Vector:
    """Return S(q), q = 1…n: the share of all nodes in the largest piece once the first q of ``order`` are gone.

    Nodes come back in reverse order; only the ties of a spanning tree of latest returns can change a piece, so that the pieces
    are followed over n − 1 ties and not over all. O(m log m + n).
    """
    size = found.size
    left = np.empty(size, dtype=np.int64)
    left[order] = np.arange(size)  # when a node goes: the tie goes with the first of its ends
    until = np.minimum(left[found.first], left[found.second]) + 1
    weights = (size + 1 - until).astype(float)
    tree = sparse.csgraph.minimum_spanning_tree(
        sparse.csr_array((weights, (found.first, found.second)), shape=(size, size))
    ).tocoo()
    rows, columns = tree.coords
    back = np.argsort(tree.data, kind="stable")
    ends, times = (
        list(zip(rows[back].tolist(), columns[back].tolist(), strict=True)),
        (size + 1 - tree.data[back]).astype(int).tolist(),
    )
    parent, pieces = list(range(size)), [1] * size

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    shares, greatest, at = np.zeros(size), 0, 0
    for gone in range(size - 1, 0, -1):  # after ``gone`` removals, the node order[gone] and later ones are there
        greatest = max(greatest, 1)
        while at < len(ends) and times[at] > gone:
            one, other = root(ends[at][0]), root(ends[at][1])
            if one != other:
                parent[one] = other
                pieces[other] += pieces[one]
                greatest = max(greatest, pieces[other])
            at += 1
        shares[gone - 1] = greatest / size
    return shares


def robustness(shares: Vector) -> float | None:
    """Return R = (1/n) Σ S(q), in [0, ½]; None below two nodes."""
    return float(shares.mean()) if len(shares) > 1 else None


def by_degree(found: Ties) -> Vector:
    """Return the nodes, the most tied first; ties by place."""
    return np.lexsort((np.arange(found.size), -found.degrees))


def adaptive(found: Ties) -> Vector:
    """Return the nodes, the most tied of those left first, counted anew after each. For at most some hundred nodes."""
    neighbours: list[set[int]] = [set() for _ in range(found.size)]
    for one, other in zip(found.first.tolist(), found.second.tolist(), strict=True):
        neighbours[one].add(other)
        neighbours[other].add(one)
    there, order = set(range(found.size)), []
    while there:
        node = min(there, key=lambda item: (-len(neighbours[item]), item))
        order.append(node)
        there.remove(node)
        for other in neighbours[node]:
            neighbours[other].discard(node)
        neighbours[node].clear()
    return np.array(order, dtype=np.int64)
