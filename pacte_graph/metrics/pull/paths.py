"""The paths of an influence matrix that carry most, from one node to a set of nodes, through no node twice."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pacte_graph.metrics.pull.effects import Vector

LONGEST = 6
EFFORT = 50_000
"""How many walks are opened before the search stops and says so."""


@dataclass(frozen=True)
class Carried:
    """Paths (places, first the source) with their weights, heaviest first. ``whole`` False: the search was cut short."""

    paths: tuple[tuple[tuple[int, ...], float], ...]
    whole: bool


def heaviest_paths(matrix: sparse.csr_array, source: int, sinks: Vector, count: int, *, longest: int = LONGEST) -> Carried:
    """Return the ``count`` simple paths from ``source`` to any of ``sinks`` (0/1) of the greatest product of a_ij.

    At most ``longest`` steps. Exact: a path is opened only while its best end could still be among the first (the bound is the
    greatest product over walks of the steps left). Ties go by places. Weights may exceed 1 (raw coefficients).
    """
    ends = np.where(np.arange(matrix.shape[0]) == source, 0.0, np.asarray(sinks, dtype=float))
    bounds = _bounds(matrix, ends, longest)
    waiting: list[tuple[float, tuple[int, ...], bool, float]] = [(-float(bounds[longest][source]), (source,), False, 1.0)]
    found: list[tuple[tuple[int, ...], float]] = []
    opened = 0
    while waiting and len(found) < count:
        bound, path, done, weight = heapq.heappop(waiting)
        if bound == 0.0:
            break
        if done:
            found.append((path, weight))
            continue
        opened += 1
        if opened > EFFORT:
            return Carried(tuple(found), whole=False)
        left, here = longest - len(path), path[-1]
        row = slice(matrix.indptr[here], matrix.indptr[here + 1])
        for near, strength in zip(matrix.indices[row].tolist(), matrix.data[row].tolist(), strict=True):
            if near in path:
                continue
            onward = weight * strength
            if ends[near]:
                heapq.heappush(waiting, (-onward, (*path, near), True, onward))
            if left > 0 and bounds[left][near] > 0:
                heapq.heappush(waiting, (-onward * float(bounds[left][near]), (*path, near), False, onward))
    return Carried(tuple(found), whole=True)


def _bounds(matrix: sparse.csr_array, ends: Vector, longest: int) -> list[Vector]:
    """Return for 0, 1, 2… steps left the greatest product over walks from each node to an end (0 where there is none)."""
    size = matrix.shape[0]
    best = [np.zeros(size)]
    rows = np.flatnonzero(np.diff(matrix.indptr))
    for _ in range(longest):
        reached = np.maximum(ends, best[-1])
        onward = np.zeros(size)
        if len(rows):
            onward[rows] = np.maximum.reduceat(matrix.data * reached[matrix.indices], matrix.indptr[rows])
        best.append(onward)
    return best
