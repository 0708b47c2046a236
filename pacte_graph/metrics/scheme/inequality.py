"""Inequality of a quantity among places of different sizes: Gini, Theil and its exact decomposition, Lorenz, concentration.

``x`` is the quantity for one inhabitant of each place, ``w`` how many inhabitants it has; both ≥ 0, the weights above zero. All
zero gives None (nothing is shared out); one place gives 0; a negative quantity raises MetricUndefined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.errors import MetricUndefined

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's T and its two parts: ``total`` = ``between`` + ``within`` exactly; ``groups``: (name, share of the sum, own T)."""

    total: float
    between: float
    within: float
    groups: tuple[tuple[str, float, float], ...]


def _checked(x: Sequence[float], w: Sequence[float] | None) -> tuple[Vector, Vector] | None:
    values = np.asarray(x, dtype=float)
    weights = np.ones(len(values)) if w is None else np.asarray(w, dtype=float)
    if (values < 0).any() or (weights <= 0).any():
        raise MetricUndefined("Inequality is measured on amounts that are not below zero and populations above zero.")
    return (values, weights) if len(values) and values.sum() > 0 else None


def gini(x: Sequence[float], w: Sequence[float] | None = None) -> float | None:
    """Return Gini = 1 − Σ w_c (L_c + L_{c−1}), weights summing to one, places sorted by x: 0 equal, 1 − 1/n when one has all.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8])
    (0.0, 0.75)
    """
    points = lorenz(x, w)
    if points is None:
        return None
    people, share = points
    return max(0.0, float(1 - (np.diff(people) * (share[1:] + share[:-1])).sum()))


def lorenz(x: Sequence[float], w: Sequence[float] | None = None) -> tuple[Vector, Vector] | None:
    """Return the Lorenz curve from (0, 0) to (1, 1): cumulated share of inhabitants, cumulated share of the quantity."""
    found = _checked(x, w)
    if found is None:
        return None
    values, weights = found
    order = np.argsort(values, kind="stable")
    people, quantity = (np.concatenate([[0.0], np.cumsum(part[order])]) for part in (weights, weights * values))
    return people / people[-1], quantity / quantity[-1]


def theil(x: Sequence[float], w: Sequence[float] | None = None, groups: Sequence[str] | None = None) -> Theil | None:
    """Return T = Σ w s ln s (s: relative to the mean; 0 ln 0 = 0) and its parts between and within ``groups`` (one by default).

    T = Σ_g S_g ln(μ_g / μ) + Σ_g S_g T_g, with S_g the group's share of the sum (Theil 1967; Shorrocks 1984).
    """
    found = _checked(x, w)
    if found is None:
        return None
    values, weights = found
    names = np.asarray(groups if groups is not None else ["all"] * len(values))
    mean, everything = float(values @ weights / weights.sum()), float(values @ weights)
    between, rows = 0.0, []
    for name in sorted(set(names.tolist())):
        own_x, own_w = values[names == name], weights[names == name]
        share, own_mean = float(own_x @ own_w) / everything, float(own_x @ own_w / own_w.sum())
        between += share * float(np.log(own_mean / mean)) if share > 0 else 0.0
        rows.append((str(name), share, _theil(own_x, own_w)))
    within = sum(share * own for _, share, own in rows)
    return Theil(_theil(values, weights), between, within, tuple(rows))


def _theil(x: Vector, w: Vector) -> float:
    mean = x @ w / w.sum()
    if mean <= 0:
        return 0.0
    s, p = x / mean, w / w.sum()
    logs = np.log(s, out=np.zeros(len(s)), where=s > 0)
    return max(0.0, float((p * s * logs).sum()))


def herfindahl(amounts: Sequence[float]) -> float | None:
    """Return Σ s² of the shares: 1 when one has all, 1/n when equal; its inverse is the number of equal places it amounts to."""
    values = np.asarray(amounts, dtype=float)
    everything = float(values.sum()) if len(values) else 0.0
    return float(((values / everything) ** 2).sum()) if everything > 0 else None
