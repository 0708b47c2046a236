"""How many nodes are at each distance from a node, for many nodes at once.

64 searches go side by side, a bit of a word each (Then et al. 2014): a step of all of them is one pass over the ties. From 1,000
of 36,000 organisations this takes a twentieth of the time of a search after the other, and no table of distances is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
TOGETHER = 64
AFFORDABLE = 8_000_000_000
"""Nodes × (stored cells + 8 × nodes) up to which the distances from all are counted: about two seconds."""


def affordable(nodes: int, cells: int) -> bool:
    """Return whether the distances from all of ``nodes`` can be counted while one waits."""
    return nodes * (cells + 8 * nodes) <= AFFORDABLE


def counted(matrix: sparse.csr_array, sources: Vector) -> Iterator[tuple[int, Vector]]:
    """Yield (steps, counts): from how many of ``sources`` each node is exactly that many steps away, in several parts to add up.

    ``matrix`` (n × n) is symmetric, each stored cell a tie whatever its value; ``sources`` are distinct places. Steps start at
    1: a source is not told of itself, nor what none reaches.
    """
    size, word = matrix.shape[0], np.uint64
    tied = np.flatnonzero(np.diff(matrix.indptr))
    starts = matrix.indptr[:-1][tied]
    for begin in range(0, len(sources) if len(tied) else 0, TOGETHER):
        part = sources[begin : begin + TOGETHER]
        front = np.zeros(size, dtype=word)
        front[part] = word(1) << np.arange(len(part), dtype=word)
        unseen, steps = ~front, 0
        while front.any():
            steps += 1
            beside = np.zeros(size, dtype=word)
            beside[tied] = np.bitwise_or.reduceat(front[matrix.indices], starts)
            front = beside & unseen
            unseen &= ~front
            if front.any():
                yield steps, np.bitwise_count(front).astype(np.int64)
