"""Which ties are stronger than chance: the disparity filter for weights, the hypergeometric null for shared projects."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from pacte_graph.metrics.cooperation.triangles import Ties

Vector = np.ndarray[Any, Any]


def disparity(found: Ties) -> Vector:
    """Return α of each tie, the lesser of its two ends': (1 − w/s)^(k−1), 1 from an end of one tie (Serrano et al. 2009)."""
    strength, degrees = found.sums(found.weight), found.degrees
    sides = [(1 - found.weight / strength[end]) ** (degrees[end] - 1) for end in (found.first, found.second)]
    found_: Vector = np.minimum(np.clip(sides[0], 0.0, 1.0), np.clip(sides[1], 0.0, 1.0))
    return found_


def hypergeometric(shared: Vector, one: Vector, other: Vector, projects: int) -> Vector:
    """Return P(X ≥ shared) for two actors of ``one`` and ``other`` projects out of ``projects`` (Neal 2014: fixed degrees)."""
    rows, back = np.unique(np.column_stack([shared, np.minimum(one, other), np.maximum(one, other)]), axis=0, return_inverse=True)
    tail: Any = stats.hypergeom.sf(rows[:, 0] - 1, projects, rows[:, 1], rows[:, 2])
    chance: Vector = np.clip(np.asarray(tail, dtype=float), 0.0, 1.0)[back.ravel()]
    return chance


def benjamini_hochberg(p: Vector, tests: int) -> Vector:
    """Return adjusted p-values when ``tests`` tests were made, those not given having p = 1 (Benjamini & Hochberg 1995)."""
    if not len(p):
        return p
    order = np.argsort(p, kind="stable")
    adjusted = p[order] * tests / np.arange(1, len(p) + 1)
    adjusted = np.minimum(np.minimum.accumulate(adjusted[::-1])[::-1], 1.0)
    found = np.empty_like(adjusted)
    found[order] = adjusted
    return found
