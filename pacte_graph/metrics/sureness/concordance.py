"""How well several rankings agree: Kendall's W, and the least and the greatest rank of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.metrics.ranking import DIGITS

Vector = np.ndarray[Any, Any]
TOP = 5


@dataclass(frozen=True)
class Places:
    """One ranking: ``least`` shared by ties (0: undefined), ``middle`` the mean of the places tied, ``ties`` Σ(t³ − t)."""

    least: Vector
    middle: Vector
    ties: float


def places(numbers: Vector) -> Places:
    """Return the ranks of numbers, 1 the highest; NaN is undefined; ties as in ``ranking.placed``."""
    rounded = np.round(np.asarray(numbers, dtype=float), DIGITS)
    known = ~np.isnan(rounded)
    _, group, counts = np.unique(-rounded[known], return_inverse=True, return_counts=True)
    first = np.cumsum(counts) - counts + 1
    least, middle = np.zeros(len(rounded), dtype=np.int64), np.full(len(rounded), np.nan)
    least[known] = first[group]
    middle[known] = (first + (counts - 1) / 2)[group]
    sizes = counts.astype(float)
    return Places(least, middle, float((sizes**3 - sizes).sum()))


def top(ranking: Places) -> frozenset[int]:
    """Return where the first five are; ties at the fifth place all belong."""
    return frozenset(np.flatnonzero((ranking.least > 0) & (ranking.least <= TOP)).tolist())


class Tally:
    """Rankings of the same nodes, taken in one by one."""

    def __init__(self, size: int) -> None:
        self.runs = 0
        self.best = np.zeros(size, dtype=np.int64)
        """Least rank of each; 0 where it was never ranked."""
        self.worst = np.zeros(size, dtype=np.int64)
        self.tops: list[frozenset[int]] = []
        self._sums, self._ties = np.zeros(size), 0.0

    def add(self, numbers: Vector) -> None:
        """Take in the ranking of ``numbers``; one where nothing is defined counts for nothing."""
        ranking = places(numbers)
        if not ranking.least.any():
            return
        self.runs += 1
        ranked = ranking.least > 0
        self.best = np.where(ranked & ((self.best == 0) | (ranking.least < self.best)), ranking.least, self.best)
        self.worst = np.maximum(self.worst, ranking.least)
        self.tops.append(top(ranking))
        self._sums += ranking.middle
        self._ties += ranking.ties

    @property
    def kendall_w(self) -> float | None:
        """Return Kendall's coefficient of concordance, corrected for ties, over the nodes ranked in every run.

        W = 12·S / (m²(n³ − n) − m·Σ(t³ − t)), S the squared deviations of the sums of mean ranks. 1: all agree; None for
        fewer than two runs or nodes, or when every run ties everybody, or when a node is ranked in some runs only.
        Source: Kendall & Babington Smith 1939.
        """
        sums = self._sums[self.best > 0]
        size, runs = float(len(sums)), float(self.runs)
        if runs < 2 or size < 2 or np.isnan(sums).any():
            return None
        below = runs**2 * (size**3 - size) - runs * self._ties
        if below <= 1e-9 * runs**2 * size**3:
            return None
        return float(12 * ((sums - sums.mean()) ** 2).sum() / below)
