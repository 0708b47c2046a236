"""What two sets of ties have in common, and how alike two rankings are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Turnover:
    """Ties kept, born and died between two days; ratios are None where there is nothing to compare."""

    kept: frozenset[Any]
    born: frozenset[Any]
    died: frozenset[Any]

    @property
    def jaccard(self) -> float | None:
        """Return kept over all that was ever there."""
        whole = len(self.kept) + len(self.born) + len(self.died)
        return len(self.kept) / whole if whole else None

    @property
    def persistence(self) -> float | None:
        """Return kept over what was there first."""
        first = len(self.kept) + len(self.died)
        return len(self.kept) / first if first else None


def turnover(before: AbstractSet[Hashable], after: AbstractSet[Hashable]) -> Turnover:
    """Return what stayed, came and went."""
    return Turnover(frozenset(before & after), frozenset(after - before), frozenset(before - after))


def alike(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[float | None, float | None]:
    """Return Kendall's τ-b and Spearman's ρ on the nodes of both; None with fewer than two of them or no variation."""
    common = sorted(before.keys() & after.keys())
    one, other = (np.array([values[name] for name in common], dtype=float) for values in (before, after))
    if len(common) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None, None
    return float(stats.kendalltau(one, other).statistic), float(stats.spearmanr(one, other).statistic)
