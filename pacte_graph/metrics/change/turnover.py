"""What came, went and lasted between two sets, and how alike two rankings are: numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Turnover:
    """The members of two sets: in both, in the second only, in the first only; each sorted."""

    kept: Vector
    born: Vector
    died: Vector

    @property
    def before(self) -> int:
        """Return the size of the first set."""
        return len(self.kept) + len(self.died)

    @property
    def after(self) -> int:
        """Return the size of the second set."""
        return len(self.kept) + len(self.born)

    @property
    def jaccard(self) -> float | None:
        """Return |E₀∩E₁| / |E₀∪E₁|; None when both are empty."""
        union = len(self.kept) + len(self.born) + len(self.died)
        return len(self.kept) / union if union else None

    @property
    def persistence(self) -> float | None:
        """Return |E₀∩E₁| / |E₀|; None when the first is empty."""
        return len(self.kept) / self.before if self.before else None


def turnover(before: Vector, after: Vector) -> Turnover:
    """Return what is in both of two arrays of keys (numbers or texts, repeated ones merged), in one only, in the other only."""
    first, second = np.unique(before), np.unique(after)
    return Turnover(
        np.intersect1d(first, second, assume_unique=True),
        np.setdiff1d(second, first, assume_unique=True),
        np.setdiff1d(first, second, assume_unique=True),
    )


DIGITS = 10


def kendall(one: Vector, other: Vector) -> float | None:
    """Return Kendall's τ-b of two series of the same nodes; None with fewer than two, or when one of them does not vary."""
    first, second = np.round(one, DIGITS), np.round(other, DIGITS)
    if _flat(first) or _flat(second):
        return None
    from scipy import stats

    return float(stats.kendalltau(first, second, variant="b").statistic)


def spearman(one: Vector, other: Vector) -> float | None:
    """Return Spearman's rank correlation (mean ranks for ties); None with fewer than two, or when one does not vary."""
    first, second = np.round(one, DIGITS), np.round(other, DIGITS)
    if _flat(first) or _flat(second):
        return None
    from scipy import stats

    ranked = (stats.rankdata(series) for series in (first, second))
    centred = [series - series.mean() for series in ranked]
    lengths = float(np.sqrt((centred[0] ** 2).sum() * (centred[1] ** 2).sum()))
    return max(-1.0, min(1.0, float((centred[0] * centred[1]).sum()) / lengths))


def _flat(series: Vector) -> bool:
    return len(series) < 2 or bool((series == series[0]).all())
