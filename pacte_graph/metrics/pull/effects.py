"""E2: total effects T = (I − A)⁻¹, the direct pull and all its rebounds; never formed as a matrix on large networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import linalg, sparse

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.pull.convergence import refuse_divergence

Vector = np.ndarray[Any, Any]
DENSE = 3_000
TOLERANCE = 1e-12
ROUNDS = 10_000


def total_effects(matrix: sparse.csr_array, names: Sequence[str] = ()) -> Vector:
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


def emitted_for(shares: sparse.csr_array, thetas: Sequence[float], weights: Vector | None = None) -> Vector:
    """Return T·c for A = θ·``shares`` and each θ of ``thetas``, stacked: the powers of ``shares`` are shared by all of them.

    ``weights`` is c, a vector or several columns (ones by default). Raises MetricUndefined as ``emitted`` does.
    """
    rates = np.asarray(thetas, dtype=float)
    order = np.argsort(-rates, kind="stable")
    term: Vector = np.ones(shares.shape[0]) if weights is None else np.asarray(weights, dtype=float)
    total = np.repeat(term[None], len(rates), axis=0)
    powers, alive = np.ones(len(rates)), len(rates)
    for _ in range(ROUNDS):
        term = shares @ term
        greatest = float(np.abs(term).max(initial=0.0))
        powers = powers * rates[order]
        alive = int((powers[:alive] * greatest >= TOLERANCE).sum())
        if not alive:
            return total[np.argsort(order)]
        total[:alive] += powers[:alive].reshape(-1, *(1,) * term.ndim) * term
    raise MetricUndefined(
        f"The rebounds have not died out after {ROUNDS} rounds: a truncated sum would be a wrong number.",
        hint="Lower theta, or choose another normalisation.",
    )


def received(matrix: sparse.csr_array, weights: Vector | None = None) -> Vector:
    """Return Tᵀ·f: what each node is set going in all, for impulses f (ones by default)."""
    return emitted(sparse.csr_array(matrix.T), weights)


def rounds(matrix: sparse.csr_array, count: int = 7, *, total: float | None = None) -> list[float]:
    """Return the share of the total reached after 0, 1, 2… rounds of rebounds (own impulses included).

    ``total`` is the sum of all of T, where it is known already.
    """
    total = float(emitted(matrix).sum()) if total is None else total
    if total == 0:
        return []
    term: Vector = np.ones(matrix.shape[0])
    running, shares = 0.0, []
    for _ in range(count):
        running += float(term.sum())
        shares.append(running / total)
        term = matrix @ term
    return shares
