"""The communities of the cooperation network over several seeds of Leiden, how alike the runs are, and who stands on a border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.cooperation.leiden import library, searcher
from pacte_graph.metrics.cooperation.partition import adjusted_rand, modularity, nmi

Vector = np.ndarray[Any, Any]
BORDER = 0.3
"""A node that leaves its consensus community in more than this share of the runs stands on a border."""


@dataclass(frozen=True)
class Families:
    """The best of several runs. ``labels``: −1 for isolates, then 0 for the largest. ``astray``: share of runs elsewhere."""

    labels: Vector
    modularity: float | None
    runs: int
    agreement_nmi: float | None
    agreement_rand: float | None
    astray: Vector
    library: str | None = None

    @property
    def count(self) -> int:
        """Return the number of communities; isolates make none."""
        return int(self.labels.max(initial=-1)) + 1


def families(matrix: sparse.csr_array, *, resolution: float = 1.0, runs: int = 20) -> Families:
    """Return the partition of greatest modularity over ``runs`` seeds, how alike the runs are, and who changes side."""
    size = matrix.shape[0]
    tied = np.diff(matrix.indptr) > 0
    if not tied.any():
        return Families(np.full(size, -1), None, 0, None, None, np.full(size, np.nan))
    among = sparse.csr_array(matrix[tied][:, tied])
    search = searcher(among, resolution=resolution)
    found = [search(seed) for seed in range(max(1, runs))]
    scores = [modularity(among, labels, resolution=resolution) or 0.0 for labels in found]
    best = int(np.argmax(np.round(scores, 12)))
    chosen = _by_size(found[best])
    alike = [(nmi(one, other), adjusted_rand(one, other)) for i, one in enumerate(found) for other in found[i + 1 :]]
    labels, astray = np.full(size, -1), np.full(size, np.nan)
    labels[tied] = chosen
    astray[tied] = np.mean([_strayed(chosen, labels_of) for labels_of in found], axis=0)
    means = [float(np.mean([pair[side] for pair in alike if pair[side] is not None])) if alike else None for side in (0, 1)]
    return Families(labels, modularity(among, chosen), len(found), means[0], means[1], astray, library(among))


def _by_size(labels: Vector) -> Vector:
    """Return the same groups, 0 the largest; equal sizes by their first member."""
    names, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    found: Vector = place[np.searchsorted(names, labels)]
    return found


def _strayed(chosen: Vector, other: Vector) -> Vector:
    """Return 1 for each node that is not where most of its community went in another run."""
    keys = chosen * (int(other.max()) + 1) + other
    names, counts = np.unique(keys, return_counts=True)
    order = np.lexsort((names, -counts))
    home: dict[int, int] = {}
    for key in names[order].tolist():
        home.setdefault(key // (int(other.max()) + 1), key)
    wanted = np.array([home[group] for group in range(int(chosen.max()) + 1)])
    strayed: Vector = (keys != wanted[chosen]).astype(float)
    return strayed
