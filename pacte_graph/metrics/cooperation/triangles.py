"""Every triangle of an undirected network, found once: who of one's partners work together is what brokerage and constraint ask.

Each tie is directed from the lesser to the greater degree (ties by place), so that even a hub has few ties going out
(Chiba & Nishizeki 1985): 15 million triangles among 36,000 organisations are listed in seconds, where a product of the
matrix with itself would pass through 750 million pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
BLOCK = 4_000_000
"""Pairs of ties looked at together: what bounds the memory."""


@dataclass(frozen=True)
class Ties:
    """The ties of an undirected network: ``first`` and ``second`` ends and ``weight``, each tie once."""

    size: int
    first: Vector
    second: Vector
    weight: Vector

    def sums(self, values: Vector) -> Vector:
        """Return, for each node, the sum of ``values`` (one a tie) over its ties."""
        both = np.bincount(self.first, values, self.size) + np.bincount(self.second, values, self.size)
        return np.asarray(both)

    @property
    def degrees(self) -> Vector:
        """Return the number of ties of each node."""
        return np.bincount(self.first, minlength=self.size) + np.bincount(self.second, minlength=self.size)


def ties(matrix: sparse.csr_array) -> Ties:
    """Return the ties of a symmetric matrix: self-loops and zeros are dropped; the first end has the lesser degree."""
    whole = sparse.csr_array(matrix).tocoo()
    rows, columns = whole.coords
    kept = (rows != columns) & (whole.data != 0)
    rows, columns, data = rows[kept], columns[kept], whole.data[kept]
    degrees = np.bincount(rows, minlength=matrix.shape[0])
    order = np.lexsort((np.arange(len(degrees)), degrees))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    once = place[rows] < place[columns]
    rows, columns, data = rows[once], columns[once], data[once]
    sorted_ = np.lexsort((place[columns], place[rows]))
    return Ties(matrix.shape[0], rows[sorted_].astype(np.int64), columns[sorted_].astype(np.int64), data[sorted_].astype(float))


def triangles(found: Ties) -> Iterator[tuple[Vector, Vector, Vector]]:
    """Yield the triangles in blocks, each as three arrays of tie numbers: (a–b), (a–c), (b–c); each triangle once."""
    total = len(found.first)
    if total == 0:
        return
    degrees = found.degrees
    order = np.lexsort((np.arange(found.size), degrees))
    place = np.empty(found.size, dtype=np.int64)
    place[order] = np.arange(found.size)
    low, high = place[found.first], place[found.second]
    keys = low * found.size + high  # sorted, for ties are
    starts = np.searchsorted(low, np.arange(found.size + 1))
    after = starts[low + 1] - np.arange(total) - 1  # how many later ties leave the same node: each makes a pair with this one
    ends = np.cumsum(after)
    begin = 0
    while begin < total:
        before = ends[begin - 1] if begin else 0
        stop = max(begin + 1, int(np.searchsorted(ends, before + BLOCK, side="right")))
        yield from _closed(np.arange(begin, min(stop, total)), after, high, keys, found.size)
        begin = stop


def _closed(chosen: Vector, after: Vector, high: Vector, keys: Vector, size: int) -> Iterator[tuple[Vector, Vector, Vector]]:
    counts = after[chosen]
    whole = int(counts.sum())
    if whole == 0:
        return
    one = np.repeat(chosen, counts)
    other = one + 1 + np.arange(whole) - np.repeat(np.cumsum(counts) - counts, counts)
    wanted = high[one] * size + high[other]
    where = np.searchsorted(keys, wanted)
    where[where == len(keys)] = 0
    there = keys[where] == wanted
    if there.any():
        yield one[there], other[there], where[there]


def corners(found: Ties, one: Vector, other: Vector) -> tuple[Vector, Vector, Vector]:
    """Return the three nodes a, b, c of triangles given by their ties (a–b), (a–c)."""
    return found.first[one], found.second[one], found.second[other]
