"""E6a, the numbers: what a matrix of coefficients loses when nodes are taken out (hypothetical extraction), in closed form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy import linalg, sparse

from pacte_graph.metrics.pull.effects import DENSE, Vector, emitted, received, total_effects
from pacte_graph.metrics.pull.influence import refuse_divergence

Variant = Literal["full", "backward", "keep_own"]
VARIANTS: tuple[Variant, ...] = ("full", "backward", "keep_own")
CANDIDATES = 100
BLOCK = 50
"""How many columns of T are made at once above 3000 nodes."""


@dataclass(frozen=True)
class Activity:
    """What a network does before anything is removed: ``matrix`` A (row pulls), impulses f, value weights c.

    ``got`` is y = Tᵀf (what each node does in all), ``sets`` is T·c, ``whole`` the value cᵀy of all of it.
    """

    matrix: sparse.csr_array
    impulses: Vector
    weights: Vector
    got: Vector
    sets: Vector
    whole: float

    @property
    def first_order(self) -> Vector:
        """Return y_k·(T c)_k: never less than the loss, for t_kk ≥ 1."""
        found: Vector = self.got * self.sets
        return found

    @cached_property
    def effects(self) -> Vector:
        """Return T, for at most 3000 nodes."""
        return total_effects(self.matrix)

    def block(self, places: Vector) -> Vector:
        """Return T_SS: what the nodes at ``places`` pull among themselves, through anybody."""
        if self.matrix.shape[0] <= DENSE:
            inner: Vector = self.effects[np.ix_(places, places)]
            return inner
        parts = [columns[places] for _, columns in self._columns(places)]
        return np.concatenate(parts, axis=1) if parts else np.zeros((0, 0))

    def diagonal(self, places: Vector) -> Vector:
        """Return t_kk (≥ 1) of the nodes at ``places``."""
        if self.matrix.shape[0] <= DENSE:
            return self.effects.diagonal()[places]
        parts = [columns[some, np.arange(len(some))] for some, columns in self._columns(places)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _columns(self, places: Vector) -> Iterator[tuple[Vector, Vector]]:
        """Give the columns of T at ``places``, a block at a time."""
        for start in range(0, len(places), BLOCK):
            some = places[start : start + BLOCK]
            seeds = np.zeros((self.matrix.shape[0], len(some)))
            seeds[some, np.arange(len(some))] = 1.0
            yield some, emitted(self.matrix, seeds)


@dataclass(frozen=True)
class Loss:
    """Losses of ``nodes`` (places), in the unit of c·f, with t_kk of each; ``certain``: how many of the greatest are sure.

    Above 3000 nodes only candidates are computed; one that isn't cannot lose more than its first-order score.
    """

    nodes: Vector
    loss: Vector
    diagonal: Vector
    certain: int


def activity(
    matrix: sparse.csr_array, *, impulses: Vector | None = None, weights: Vector | None = None, names: tuple[str, ...] = ()
) -> Activity:
    """Return the activity of A for impulses f and value weights c (ones by default). Raises MetricUndefined when ρ(A) ≥ 1."""
    size = matrix.shape[0]
    refuse_divergence(matrix, names or tuple(map(str, range(size))))
    first = np.ones(size) if impulses is None else np.asarray(impulses, dtype=float)
    worth = np.ones(size) if weights is None else np.asarray(weights, dtype=float)
    got = received(matrix, first)
    return Activity(matrix, first, worth, got, emitted(matrix, worth), float(got @ worth))


def loss(found: Activity, *, nodes: Sequence[int] | None = None, variant: Variant = "full") -> Loss:
    """Return what is lost when each node is removed alone: loss_k = y_k·(T c)_k / t_kk.

    ``full``: row, column and own impulse go. ``backward``: the node stops pulling, the rest stays. ``keep_own``: its links go,
    its own impulse stays. ``nodes``: places asked for; by default all, and above 3000 nodes the 100 of the greatest first-order
    score. Sources: Dietzenbacher & van der Linden 1997; Miller & Blair 2009, ch. 12 (``keep_own``).
    """
    size = found.matrix.shape[0]
    scores = found.first_order
    if nodes is not None:
        places = np.asarray(nodes, dtype=int)
    elif size <= DENSE:
        places = np.arange(size)
    else:
        places = np.sort(np.lexsort((np.arange(size), -scores))[:CANDIDATES])
    diagonal = found.diagonal(places)
    at = found.sets[places] - (found.weights[places] if variant == "backward" else 0.0)
    losses = found.got[places] * at / diagonal
    if variant == "keep_own":
        losses = losses - own(found, places)
    others = np.delete(scores, places)
    certain = int((losses >= others.max()).sum()) if len(others) else len(places)
    return Loss(places, losses, diagonal, certain)


def own(found: Activity, places: Vector) -> Vector:
    """Return what each node's own impulse is worth when it is alone: c_k·f_k/(1 − a_kk)."""
    alone: Vector = found.weights[places] * found.impulses[places] / (1.0 - found.matrix.diagonal()[places])
    return alone


def group_loss(found: Activity, nodes: Sequence[int], *, variant: Variant = "full") -> float:
    """Return what is lost when all of ``nodes`` go together: y_Sᵀ (T_SS)⁻¹ (T c)_S; 0 for nobody.

    Less than the sum of the losses one by one where they pull each other: the key group isn't the top of the list
    (Temurshoev 2010).
    """
    places = np.asarray(sorted(set(nodes)), dtype=int)
    if not len(places):
        return 0.0
    block = found.block(places)
    at = found.sets[places] - (found.weights[places] if variant == "backward" else 0.0)
    lost = float(found.got[places] @ linalg.solve(block, at))
    if variant == "keep_own":
        inner = np.eye(len(places)) - found.matrix[places][:, places].toarray()
        lost -= float(found.impulses[places] @ linalg.solve(inner, found.weights[places]))
    return lost


def group_loss_on(found: Activity, nodes: Sequence[int], weights: Vector) -> Vector:
    """Return the full loss of a group for each column of value weights c (n × k), as in ``group_loss``."""
    places = np.asarray(sorted(set(nodes)), dtype=int)
    if not len(places) or not weights.shape[1]:
        return np.zeros(weights.shape[1])
    lost: Vector = found.got[places] @ linalg.solve(found.block(places), emitted(found.matrix, weights)[places])
    return lost


def key_group(found: Activity, count: int, *, nodes: Sequence[int] | None = None) -> list[tuple[int, float]]:
    """Return ``count`` nodes chosen one after the other, each for the greatest further loss, with the loss of all so far.

    Greedy: near the best group, not proved to be it. Ties go to the first place. Candidates as in ``loss``.
    """
    places = loss(found, nodes=nodes).nodes
    block = found.block(places)
    got, sets = found.got[places].copy(), found.sets[places].copy()
    chosen: list[tuple[int, float]] = []
    left, lost = np.ones(len(places), dtype=bool), 0.0
    for _ in range(min(count, len(places))):
        gains = np.where(left, got * sets / np.where(left, block.diagonal(), 1.0), -np.inf)
        best = int(np.flatnonzero(gains >= gains.max() - 1e-12 * max(1.0, abs(gains.max())))[0])
        lost += float(gains[best])
        chosen.append((int(places[best]), lost))
        left[best] = False
        pivot, row, column = block[best, best], block[best].copy(), block[:, best].copy()
        got, sets = got - row * (got[best] / pivot), sets - column * (sets[best] / pivot)
        block = block - np.outer(column, row) / pivot
    return chosen
