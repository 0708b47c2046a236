"""E2: total effects T = (I − A)⁻¹, the direct pull and all its rebounds; never formed as a matrix on large networks."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg, sparse

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.pull.influence import refuse_divergence

Vector = np.ndarray[Any, Any]
DENSE = 3_000
TOLERANCE = 1e-12
ROUNDS = 10_000


def total_effects(matrix: sparse.csr_array, names: tuple[str, ...] = ()) -> Vector:
    """Return T (n × n, T ≥ 0, diagonal ≥ 1), for n ≤ 3000. Raises MetricUndefined when ρ(A) ≥ 1."""
    refuse_divergence(matrix, names or tuple(map(str, range(matrix.shape[0]))))
    size = matrix.shape[0]
    if size == 0:
        return np.zeros((0, 0))
    inverse: Vector = linalg.inv(np.eye(size) - matrix.toarray())
    return np.maximum(inverse, 0.0)  # what is below zero is rounding: the series has only non-negative terms


def emitted(matrix: sparse.csr_array, weights: Vector | None = None) -> Vector:
    """Return T·c for c = ``weights`` (ones by default): what each node sets going in all, its own impulse included.

    ``weights`` may be a matrix of several columns. Sums the series A^r·c until a term is below 1e-12; raises
    MetricUndefined when none is after 10 000 rounds (ρ(A) too near 1).
    """
    term: Vector = np.ones(matrix.shape[0]) if weights is None else np.asarray(weights, dtype=float)
    total = term.copy()
    for _ in range(ROUNDS):
        term = matrix @ term
        total += term
        if np.abs(term).max(initial=0.0) < TOLERANCE:
            return total
    raise MetricUndefined(
        f"The rebounds have not died out after {ROUNDS} rounds: a truncated sum would be a wrong number.",
        hint="Lower theta, or choose another normalisation.",
    )


def received(matrix: sparse.csr_array, weights: Vector | None = None) -> Vector:
    """Return Tᵀ·f: what each node is set going in all, for impulses f (ones by default)."""
    return emitted(sparse.csr_array(matrix.T), weights)


def rounds(matrix: sparse.csr_array, count: int = 7) -> list[float]:
    """Return the share of the total reached after 0, 1, 2… rounds of rebounds (own impulses included)."""
    total = float(emitted(matrix).sum())
    if total == 0:
        return []
    term: Vector = np.ones(matrix.shape[0])
    running, shares = 0.0, []
    for _ in range(count):
        running += float(term.sum())
        shares.append(running / total)
        term = matrix @ term
    return shares
