"""Partitions of nodes: modularity, and how alike two partitions are (NMI, adjusted Rand, variation of information)."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]


def modularity(matrix: sparse.csr_array, labels: Vector, *, resolution: float = 1.0) -> float | None:
    """Return Q = Σ_c [L_c/m − γ (k_c/2m)²] of a symmetric weighted network; None without a tie (Newman & Girvan 2004)."""
    whole = float(matrix.sum())
    if whole == 0:
        return None
    pairs = matrix.tocoo()
    rows, columns = pairs.coords
    inside = float(pairs.data[labels[rows] == labels[columns]].sum())
    strength = np.bincount(labels, np.asarray(matrix.sum(axis=1)).ravel())
    return inside / whole - resolution * float(((strength / whole) ** 2).sum())


def bipartite_modularity(incidence: sparse.csr_array, rows: Vector, columns: Vector) -> float | None:
    """Return Barber's Q = Σ (B_ij − k_i d_j/m) δ / m of a two-mode network; None without a participation (Barber 2007)."""
    whole = float(incidence.sum())
    if whole == 0:
        return None
    pairs = incidence.tocoo()
    at, to = pairs.coords
    inside = float(pairs.data[rows[at] == columns[to]].sum())
    kinds = int(max(rows.max(initial=-1), columns.max(initial=-1))) + 1
    of_rows = np.bincount(rows, np.asarray(incidence.sum(axis=1)).ravel(), kinds)
    of_columns = np.bincount(columns, np.asarray(incidence.sum(axis=0)).ravel(), kinds)
    return inside / whole - float((of_rows * of_columns).sum()) / whole**2


def crossed(one: Vector, other: Vector) -> Vector:
    """Return the counts of nodes by group of each partition (contingency table)."""
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table: Vector = sparse.csr_array((np.ones(len(first)), (first, second))).toarray() if len(first) else np.zeros((0, 0))
    return table


def _entropy(counts: Vector) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def nmi(one: Vector, other: Vector) -> float | None:
    """Return the normalised mutual information 2I/(H₁ + H₂), in [0, 1]; 1 when both are one group; None without a node."""
    table = crossed(one, other)
    if not table.size:
        return None
    first, second = _entropy(table.sum(axis=1)), _entropy(table.sum(axis=0))
    shared = first + second - _entropy(table.ravel())
    return min(1.0, max(0.0, 2 * shared / (first + second))) if first + second > 1e-12 else 1.0


def variation_of_information(one: Vector, other: Vector) -> float | None:
    """Return H(1|2) + H(2|1) in nats (Meilă 2007); 0 for the same partition; None without a node."""
    table = crossed(one, other)
    if not table.size:
        return None
    return max(0.0, 2 * _entropy(table.ravel()) - _entropy(table.sum(axis=1)) - _entropy(table.sum(axis=0)))


def adjusted_rand(one: Vector, other: Vector) -> float | None:
    """Return the Rand index adjusted for chance (Hubert & Arabie 1985), at most 1; None without a node."""
    table = crossed(one, other)
    if not table.size:
        return None
    pairs, rows, columns = (float((x * (x - 1) / 2).sum()) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    size = float(table.sum())
    whole = size * (size - 1) / 2
    chance = rows * columns / whole if whole else 0.0
    most = (rows + columns) / 2
    return (pairs - chance) / (most - chance) if abs(most - chance) > 1e-12 else 1.0
