"""How mixed the partners of each project are: types, Blau, effective types, and how much they already work together elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
HELIX: Mapping[str, str] = {
    "local_authority": "public",
    "state": "public",
    "agency": "public",
    "university": "research",
    "research": "research",
    "company": "economy",
    "chamber": "economy",
    "competitiveness_cluster": "economy",
    "cluster": "economy",
    "association": "civil_society",
    "development_council": "civil_society",
}
"""The four helices of each kind of actor (Carayannis & Campbell 2009): chambers and clusters speak for companies."""


def blau(counts: Sequence[int] | Vector) -> float | None:
    """Return 1 − Σ q²: the chance that two partners drawn with replacement differ in type; None without a partner.

    >>> blau([2, 1, 1])
    0.625
    """
    sizes = np.asarray(counts, dtype=float)
    total = float(sizes.sum())
    return float(1 - ((sizes / total) ** 2).sum()) if total > 0 else None


def blau_bounds(counts: Sequence[int], unknown: int, types: int) -> tuple[float | None, float | None]:
    """Return the least and greatest Blau when ``unknown`` partners get a type among ``types``.

    Least: all of them in the largest type; greatest: each in the smallest at the time.
    """
    sizes = sorted((*counts, *([0] * max(types - len(counts), 0))))
    if sum(sizes) + unknown == 0 or not sizes:
        return None, None
    low = blau([*sizes[:-1], sizes[-1] + unknown])
    for _ in range(unknown):
        sizes[sizes.index(min(sizes))] += 1
    return low, blau(sizes)


def table(matrix: sparse.csr_array, types: Vector, size: int) -> Vector:
    """Return projects × types: how many partners of each; ``types`` numbers the actors' types, −1 for an unknown one."""
    known = types >= 0
    places = (np.flatnonzero(known), types[known])
    membership = sparse.csr_array((np.ones(int(known.sum())), places), shape=(len(types), max(size, 1)))
    found: Vector = np.rint((matrix @ membership).toarray()).astype(int)
    return found


def diversity(counts: Vector) -> tuple[Vector, Vector, Vector]:
    """Return for each row of projects × types: number of types, Blau, effective types exp(H); NaN when the row is empty."""
    totals = counts.sum(axis=1, keepdims=True)
    q = np.divide(counts, totals, out=np.full(counts.shape, np.nan), where=totals > 0)
    logs = np.log(q, out=np.zeros(q.shape), where=q > 0)
    types = np.where(totals.ravel() > 0, (counts > 0).sum(axis=1), np.nan)
    return types, 1 - (q**2).sum(axis=1), np.exp(-(q * logs).sum(axis=1))


def other_projects(matrix: sparse.csr_array) -> Vector:
    """Return each project's mean, over its pairs of partners, of the other projects the pair shares; NaN below two partners.

    0 is a new coalition, a high number an old club. ``matrix``: projects × actors of 0 and 1. O(Σ n²) pairs in memory.
    """
    sizes = np.diff(matrix.indptr)
    pairs = sizes * (sizes - 1) // 2
    owner = np.repeat(np.arange(len(sizes)), pairs)
    if not len(owner):
        return np.full(len(sizes), np.nan)
    first, second = _pairs(matrix, sizes)
    _, inverse, times = np.unique(first.astype(np.int64) * matrix.shape[1] + second, return_inverse=True, return_counts=True)
    sums = np.bincount(owner, weights=times[inverse] - 1, minlength=len(sizes))
    mean: Vector = np.divide(sums, pairs, out=np.full(len(sizes), np.nan), where=pairs > 0)
    return mean


def _pairs(matrix: sparse.csr_array, sizes: Vector) -> tuple[Vector, Vector]:
    """Return both actors of each pair of partners, least first, project by project."""
    tidy = matrix.copy()
    tidy.sort_indices()
    left: list[Vector] = []
    right: list[Vector] = []
    shapes = {int(size): np.triu_indices(int(size), 1) for size in np.unique(sizes)}
    for start, size in zip(tidy.indptr, sizes, strict=False):
        members, (rows, columns) = tidy.indices[start : start + size], shapes[int(size)]
        left.append(members[rows])
        right.append(members[columns])
    return np.concatenate(left), np.concatenate(right)
