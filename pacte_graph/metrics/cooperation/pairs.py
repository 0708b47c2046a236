"""Pairs that a project alone makes: partners of different groups who share no other project (C18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
BLOCK = 4_000_000


@dataclass(frozen=True)
class Only:
    """Unordered pairs of actors that one project alone brings together: ``project``, ``first``, ``second`` (columns of B)."""

    project: Vector
    first: Vector
    second: Vector


def only_here(incidence: sparse.csr_array, groups: Vector) -> Only:
    """Return the pairs of different groups that share exactly one project, with that project. O(Σ n_k²).

    ``incidence`` is projects × actors of 0 and 1; a negative group is unknown and makes no pair.
    """
    sizes = np.diff(incidence.indptr).astype(np.int64)
    parts: list[tuple[Vector, Vector]] = []
    begin = 0
    while begin < len(sizes):
        ends = np.cumsum(sizes[begin:] ** 2)
        stop = begin + max(1, int(np.searchsorted(ends, BLOCK, side="right")))
        parts.append(_pairs(incidence, begin, min(stop, len(sizes)), groups))
        begin = stop
    if not parts:
        blank = np.zeros(0, dtype=np.int64)
        return Only(blank, blank, blank)
    keys, projects = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    _, where, counts = np.unique(keys, return_index=True, return_counts=True)
    alone = where[counts == 1]
    order = np.lexsort((keys[alone], projects[alone]))
    chosen = alone[order]
    actors = incidence.shape[1]
    return Only(projects[chosen], keys[chosen] // actors, keys[chosen] % actors)


def _pairs(incidence: sparse.csr_array, begin: int, stop: int, groups: Vector) -> tuple[Vector, Vector]:
    """Return key and project of each cross-group pair of the projects from ``begin`` to ``stop``."""
    starts = incidence.indptr[begin : stop + 1].astype(np.int64)
    sizes = np.diff(starts)
    each = np.repeat(np.arange(begin, stop), sizes)
    entries = np.arange(starts[0], starts[-1])
    times = np.repeat(sizes, sizes)
    first = np.repeat(entries, times)
    second = (
        np.repeat(np.repeat(starts[:-1], sizes), times) + np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    )
    one, other = incidence.indices[first].astype(np.int64), incidence.indices[second].astype(np.int64)
    kept = (one < other) & (groups[one] != groups[other]) & (groups[one] >= 0) & (groups[other] >= 0)
    return one[kept] * incidence.shape[1] + other[kept], np.repeat(each, times)[kept]
