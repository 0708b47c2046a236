"""Components, fragmentation, reach within two steps and two-mode clustering, in sparse algebra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
EXACT, SAMPLE = 3_000, 2_000


def component_sizes(matrix: sparse.csr_array, start: int = 0) -> Vector:
    """Return the sizes of the components of a symmetric matrix, the largest first; isolates are components of one.

    Only nodes from place ``start`` on are counted: in an adjacency of projects then actors, who share a component are the
    actors that share one in the projection, which has many more ties.
    """
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    _, labels = sparse.csgraph.connected_components(matrix, directed=True, connection="weak")
    sizes = np.sort(np.bincount(labels[start:]))[::-1]
    return sizes[sizes > 0]


def fragmentation(sizes: Vector) -> float | None:
    """Return F = 1 − Σ s(s−1)/(n(n−1)): the share of pairs that no path joins; None below two nodes (Borgatti 2003)."""
    whole = int(sizes.sum())
    return 1 - float((sizes * (sizes - 1)).sum()) / (whole * (whole - 1)) if whole > 1 else None


@dataclass(frozen=True)
class Within:
    """The share of pairs that two steps or fewer join; ``error`` is twice the standard error where it was sampled, else None."""

    share: float
    error: float | None
    sample: int | None


def within_two(matrix: sparse.csr_array, *, seed: int = 1) -> Within | None:
    """Return the share of pairs at two steps or fewer; None below two nodes. Sampled on 2000 nodes above 3000."""
    size = matrix.shape[0]
    if size < 2:
        return None
    exact = size <= EXACT
    chosen = np.arange(size) if exact else np.sort(np.random.default_rng(seed).choice(size, SAMPLE, replace=False))
    reached = np.zeros(len(chosen))
    plain = sparse.csr_array((np.ones(matrix.nnz, dtype=np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)
    for start in range(0, len(chosen), 100):
        rows = plain[chosen[start : start + 100]]
        near = sparse.csr_array(rows + rows @ plain)
        own = near[np.arange(near.shape[0]), chosen[start : start + 100]]
        reached[start : start + 100] = np.diff(near.indptr) - (np.asarray(own).ravel() > 0)
    shares = reached / (size - 1)
    error = None if exact else 2 * float(shares.std(ddof=1) / np.sqrt(len(shares)))
    return Within(float(shares.mean()), error, None if exact else SAMPLE)


def two_mode_clustering(incidence: sparse.csr_array, shared: sparse.csr_array) -> float | None:
    """Return four times the four-cycles over the paths of three steps; None without such a path (Robins & Alexander 2004).

    ``incidence`` is projects × actors of 0 and 1, ``shared`` the numbers of shared projects of pairs of actors.
    """
    of_rows, of_columns = np.asarray(incidence.sum(axis=1)).ravel(), np.asarray(incidence.sum(axis=0)).ravel()
    pairs = incidence.tocoo()
    rows, columns = pairs.coords
    paths = float(((of_rows[rows] - 1) * (of_columns[columns] - 1)).sum())
    cycles = float((shared.data * (shared.data - 1) / 2).sum()) / 2
    return 4 * cycles / paths if paths > 0 else None
