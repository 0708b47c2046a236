"""Mixing of groups (Newman 2003): who is tied with whom, compared with what group sizes alone would give."""

from __future__ import annotations

from typing import Any

import numpy as np

from pacte_graph.metrics.cooperation.triangles import Ties

Vector = np.ndarray[Any, Any]


def mixing(found: Ties, groups: Vector) -> Vector:
    """Return the K × K shares of ties between groups, each tie counted once from each end: they add up to 1.

    All zero without a tie; weights are not read. O(m).
    """
    kinds = int(groups.max(initial=-1)) + 1
    oneway: Vector = np.bincount(groups[found.first] * kinds + groups[found.second], minlength=kinds * kinds)
    table = (oneway + oneway.reshape(kinds, kinds).T.ravel()).reshape(kinds, kinds)
    return table / max(int(table.sum()), 1)


def assortativity(shares: Vector) -> float | None:
    """Return r = (Σ e_ss − Σ a_s b_s)/(1 − Σ a_s b_s), at most 1; None without a tie or with one group alone (0/0)."""
    if shares.size == 0 or shares.sum() == 0:
        return None
    by_chance = float((shares.sum(axis=1) * shares.sum(axis=0)).sum())
    return float((np.trace(shares) - by_chance) / (1 - by_chance)) if by_chance < 1 - 1e-12 else None


def over_representation(shares: Vector) -> Vector:
    """Return e_st/(a_s b_t): 2 is twice as often as sizes give; NaN where a group has no tie."""
    chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    found: Vector = np.divide(shares, chance, out=np.full(shares.shape, np.nan), where=chance > 0)
    return found


def residuals(shares: Vector, ties: int) -> Vector:
    """Return adjusted residuals of ``ties`` ties, NaN where undefined: a scale of colour, no test (ties depend on each other)."""
    a, b = shares.sum(axis=1), shares.sum(axis=0)
    chance = np.outer(a, b)
    spread = np.sqrt(np.outer(a * (1 - a), b * (1 - b)) / ties) if ties else np.zeros(shares.shape)
    found: Vector = np.divide(shares - chance, spread, out=np.full(shares.shape, np.nan), where=spread > 1e-15)
    return found
