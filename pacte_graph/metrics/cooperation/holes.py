"""Structural holes (Burt 1992): constraint, effective size, efficiency, hierarchy; from the list of triangles, never n × n.

All of them read the symmetric strengths s_ij = a_ij + a_ji. networkx's vectorised ``effective_size`` is wrong with weights or
directions, and its ``constraint`` gives NaN for pure sinks when nodes are named; neither is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.cooperation.triangles import Ties, corners, ties, triangles

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Holes:
    """One value a node each; NaN for isolates. Constraint may pass 1 (1.125 in a triad): it is not cut off."""

    constraint: Vector
    effective_size: Vector
    efficiency: Vector
    hierarchy: Vector


def structural_holes(matrix: sparse.csr_array) -> Holes:
    """Return Burt's measures for all nodes of a weighted, directed or undirected network (n × n). O(triangles)."""
    return holes(ties(sparse.csr_array(matrix + matrix.T)))


def holes(found: Ties) -> Holes:
    """Return Burt's measures from the ties of a symmetric network."""
    size, strength = found.size, found.sums(found.weight)
    greatest = np.zeros(size)
    np.maximum.at(greatest, found.first, found.weight)
    np.maximum.at(greatest, found.second, found.weight)
    through, redundant = np.zeros(len(found.first)), np.zeros(size)
    for one, two, three in triangles(found):
        a, b, c = corners(found, one, two)
        ab, ac, bc = found.weight[one], found.weight[two], found.weight[three]
        for tie, left, right, middle in ((one, ac, bc, c), (two, ab, bc, b), (three, ab, ac, a)):
            through += np.bincount(tie, left * right / strength[middle], len(through))
        for node, to_left, to_right, between, left, right in (
            (a, ab, ac, bc, b, c),
            (b, ab, bc, ac, a, c),
            (c, ac, bc, ab, a, b),
        ):
            shared = (to_right * between / greatest[left] + to_left * between / greatest[right]) / strength[node]
            redundant += np.bincount(node, shared, size)
    degrees = found.degrees.astype(float)
    alone = degrees == 0
    ends = np.concatenate([found.first, found.second])
    parts = (np.tile(found.weight + through, 2) / strength[ends]) ** 2  # c_ij, seen from each end
    total = np.bincount(ends, parts, size)
    relative = parts / np.divide(total, degrees, out=np.ones(size), where=~alone)[ends]
    logs = np.bincount(ends, relative * np.log(relative), size)
    several = degrees > 1
    hierarchy = np.divide(logs, degrees * np.log(np.maximum(degrees, 2)), out=np.ones(size), where=several)
    effective = degrees - redundant
    blank = np.where(alone, np.nan, 1.0)
    efficiency = np.divide(effective, degrees, out=np.full(size, np.nan), where=~alone)
    return Holes(total * blank, effective * blank, efficiency, np.maximum(hierarchy, 0.0) * blank)


def ego(matrix: sparse.csr_array, place: int) -> tuple[float, float] | None:
    """Return constraint and effective size of one node of a symmetric matrix, from its partners alone; None for an isolate."""
    row = sparse.csr_array(matrix[[place]])
    kept = (row.indices != place) & (row.data != 0)
    partners, weight = row.indices[kept], row.data[kept]
    if not len(partners):
        return None
    rows = sparse.csr_array(matrix[partners])
    rows_without_self = rows.copy()
    strength = np.asarray(rows_without_self.sum(axis=1)).ravel() - np.asarray(matrix.diagonal())[partners]
    greatest = np.asarray(rows.max(axis=1).toarray()).ravel()
    among = sparse.csr_array(rows[:, partners])
    among.setdiag(0)
    own = weight / weight.sum()
    through = (own / strength * weight.sum()) @ among / weight.sum()
    constraint = float(((own + through) ** 2).sum())
    redundant = float(((among.T @ own) / greatest).sum())
    return constraint, float(len(partners)) - redundant
