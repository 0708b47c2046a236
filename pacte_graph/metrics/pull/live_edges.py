"""Cascades computed exactly, over every way in which a few uncertain links pass or do not."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]


def uncertain(chances: sparse.csr_array) -> int:
    """Return how many links neither surely pass nor surely fail."""
    return int(((chances.data > 0) & (chances.data < 1)).sum())


def ends(chances: sparse.csr_array) -> int:
    """Return how many nodes have a link."""
    return int(((np.diff(chances.indptr) > 0) | (np.diff(sparse.csc_array(chances).indptr) > 0)).sum())


def activations(chances: sparse.csr_array, groups: tuple[tuple[int, ...], ...]) -> Vector:
    """Return the probability (groups × n) that each node is activated when a group is launched, itself at 1.

    Sums over the 2^u graphs of the u uncertain links of ``chances`` (row activates column): for u up to about ten.
    Source: Kempe, Kleinberg & Tardos 2003.
    """
    size = chances.shape[0]
    linked = np.flatnonzero((np.diff(chances.indptr) > 0) | (np.diff(sparse.csc_array(chances).indptr) > 0))
    block = chances[linked][:, linked].toarray()
    sources, targets = np.nonzero((block > 0) & (block < 1))
    passing = block[sources, targets]
    alive = (np.arange(2 ** len(sources))[:, None] >> np.arange(len(sources))) & 1 == 1
    weight = np.where(alive, passing, 1 - passing).prod(axis=1)
    worlds = np.repeat(((block >= 1) | np.eye(len(linked), dtype=bool))[None, :, :], len(alive), axis=0)
    worlds[:, sources, targets] = alive
    for _ in range(max(len(linked) - 1, 1).bit_length()):
        steps = worlds.astype(np.float32)
        worlds = steps @ steps > 0
    found = np.zeros((len(groups), size))
    place = {int(name): at for at, name in enumerate(linked)}
    for row, group in enumerate(groups):
        found[row, list(group)] = 1.0
        inside = [place[name] for name in group if name in place]
        if inside:
            reached = np.tensordot(weight, worlds[:, inside, :].any(axis=1), axes=1)
            found[row, linked] = np.maximum(found[row, linked], reached)
    return found
