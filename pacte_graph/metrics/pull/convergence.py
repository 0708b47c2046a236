"""Whether the sum of rebounds converges: the spectral radius, a cheap proof that it is below 1, the refusal when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import MetricUndefined

Vector = np.ndarray[Any, Any]
CERTIFICATE = 400
"""Powers of A tried before the spectral radius is computed."""


def spectral_radius(matrix: sparse.csr_array) -> tuple[float, Vector]:
    """Return ρ(matrix) and the places of the strongly connected component that reaches it (empty when there is no cycle).

    Components are taken from the one with the greatest bound down (the least of its greatest row sum and column sum,
    inside it), until no bound is above what was found.
    """
    if not matrix.shape[0]:
        return 0.0, np.array([], dtype=int)
    total, labels = sparse.csgraph.connected_components(matrix, directed=True, connection="strong")
    members = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels, minlength=total))[:-1])
    bounds = _bounds(matrix, labels, total)
    best, where = 0.0, np.array([], dtype=int)
    for component in np.argsort(-bounds, kind="stable"):
        if bounds[component] <= best:
            break
        radius = _radius(sparse.csr_array(matrix[members[component]][:, members[component]]))
        if radius > best:
            best, where = radius, members[component]
    return best, where


def _bounds(matrix: sparse.csr_array, labels: Vector, total: int) -> Vector:
    """Return for each component what its spectral radius can't exceed."""
    rows, columns = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), matrix.indices
    inside = labels[rows] == labels[columns]
    both = []
    for ends in (rows, columns):
        sums, greatest = np.bincount(ends[inside], weights=matrix.data[inside], minlength=matrix.shape[0]), np.zeros(total)
        np.maximum.at(greatest, labels, sums)
        both.append(greatest)
    found: Vector = np.minimum(*both)
    return found


def _radius(block: sparse.csr_array) -> float:
    size = block.shape[0]
    if size <= 400:
        return float(np.abs(np.linalg.eigvals(block.toarray())).max())
    found = sparse.linalg.eigs(block, k=1, which="LM", v0=np.ones(size), return_eigenvectors=False, tol=1e-10)
    return float(np.abs(found).max())


def converges(matrix: sparse.csr_array) -> bool:
    """Return True when ρ(A) < 1 is proved cheaply, for A ≥ 0; False proves nothing.

    The proof: the column sums of A, or the row sums of some power of A, are all below 1.
    """
    if float(matrix.sum(axis=0).max(initial=0.0)) < 1 - 1e-9:
        return True
    term: Vector = np.ones(matrix.shape[0])
    for _ in range(CERTIFICATE):
        term = matrix @ term
        greatest = float(term.max(initial=0.0))
        if greatest < 1 - 1e-9:
            return True
        if greatest > 1e12:
            return False
    return False


def refuse_divergence(matrix: sparse.csr_array, names: Sequence[str]) -> None:
    """Raise MetricUndefined, naming the component, when the sum of rebounds does not converge (ρ ≥ 1).

    The spectral radius is computed only where no cheap proof is found; ``names`` are read only to refuse.
    """
    if converges(matrix):
        return
    radius, members = spectral_radius(matrix)
    if radius >= 1 - 1e-12:
        shown = ", ".join(names[place] for place in members[:6])
        more = f" and {len(members) - 6} more" if len(members) > 6 else ""
        raise MetricUndefined(
            f"The rebounds do not fade out (spectral radius {radius:.3f} ≥ 1) in the component of {shown}{more}.",
            hint="Lower theta, or choose a normalisation (symmetric, global, received, emitted).",
        )
