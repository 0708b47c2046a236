"""Force layout: a deterministic drawing of one connected part, components packed side by side, isolated nodes in a grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

Places = dict[str, tuple[float, float]]
Array = npt.NDArray[np.float64]

CELL_WIDTH, CELL_HEIGHT = 112.0, 66.0
"""Room a node and the label under it take, in canvas units."""
GAP = 90.0
"""Distance between components."""


def force(graph: nx.Graph[str], seed: int) -> Places:
    """Return places for every node of an undirected graph; the same graph and seed always give the same places.

    Each component starts from classical scaling of its graph distances and is relaxed by springs (Fruchterman and Reingold,
    1991); overlaps are then pushed apart; components are packed in rows, the largest first; isolated nodes come last, in a grid.
    """
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    drawn = [_component(graph, part, seed) for part in parts if len(part) > 1]
    singles = [part[0] for part in parts if len(part) == 1]
    if singles:
        drawn.append(grid(singles))
    return pack(drawn)


def _component(graph: nx.Graph[str], names: Sequence[str], seed: int) -> Places:
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(names)
    part.add_edges_from(sorted(graph.subgraph(names).edges()))
    start = _scaling(part, names, seed)
    relaxed: Mapping[str, Any] = nx.spring_layout(
        part,
        pos=dict(zip(names, start, strict=True)),
        k=1.4 / math.sqrt(len(names)),
        iterations=90 if len(names) <= 400 else 45,
        seed=seed,
        method="force",
        weight=None,
    )
    points = np.array([relaxed[name] for name in names], dtype=np.float64)
    points = _landscape(points)
    points *= _scale(points)
    points = spread(points)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points - points.min(axis=0), strict=True)}


def _scaling(part: nx.Graph[str], names: Sequence[str], seed: int) -> Array:
    """Return classical scaling of graph distances to the plane, with a little noise so that twins don't coincide."""
    matrix = nx.to_scipy_sparse_array(part, nodelist=list(names), weight=None, format="csr")
    squared = shortest_path(matrix, unweighted=True, directed=False) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    basis = np.random.default_rng(seed).normal(size=(len(names), 2))
    for _ in range(30):  # power iteration: two leading axes are enough, and its result doesn't depend on a solver
        basis, _upper = np.linalg.qr(-centred @ basis)
    points = basis * np.sqrt(len(names)) * 0.5
    noise = np.random.default_rng(seed).normal(scale=0.05, size=points.shape)
    return np.asarray(points / (np.abs(points).max() or 1.0) + noise, dtype=np.float64)


def _landscape(points: Array) -> Array:
    """Return the points turned so that their longest axis lies flat: screens and pages are wider than high."""
    centred = points - points.mean(axis=0)
    _values, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    signs = np.sign(turned[np.argmax(np.abs(turned), axis=0), (0, 1)])
    return np.asarray(turned * np.where(signs == 0, 1, signs), dtype=np.float64)


def _scale(points: Array) -> float:
    """Return the factor that gives the typical node room for itself and its label."""
    distances, _neighbours = cKDTree(points).query(points, k=2)
    nearest = np.asarray(distances)[:, 1]
    typical = float(np.median(nearest)) or 1.0
    extent = float(np.ptp(points, axis=0).max()) or 1.0
    return min(CELL_WIDTH / typical, 190.0 * math.sqrt(len(points)) / extent)


def spread(points: Array, *, rounds: int = 240) -> Array:
    """Return the points pushed apart until no two share a cell (a node with its label).

    Every 20 rounds that don't suffice the whole is widened by a twentieth, so that crowded parts get room; gives up after
    ``rounds``.
    """
    cell = np.array([CELL_WIDTH, CELL_HEIGHT])
    moved = points / cell
    for turn in range(1, rounds + 1):
        pairs = cKDTree(moved).query_pairs(1.0 - 1e-6, p=np.inf, output_type="ndarray")
        if not len(pairs):
            break
        moved = (moved + _push(moved, pairs)) * (1.05 if turn % 20 == 0 else 1.0)
    return np.asarray(moved * cell, dtype=np.float64)


def _push(moved: Array, pairs: npt.NDArray[np.intp]) -> Array:
    first, second = pairs[:, 0], pairs[:, 1]
    apart = moved[first] - moved[second]
    missing = 1.0 - np.abs(apart)
    sign = np.where(apart >= 0, 1.0, -1.0)
    flat = missing[:, 0] < missing[:, 1]
    step = np.where(flat[:, None], [1.0, 0.0], [0.0, 1.0]) * missing * sign * 0.51
    push = np.zeros_like(moved)
    np.add.at(push, first, step)
    np.add.at(push, second, -step)
    crowd = np.bincount(pairs.ravel(), minlength=len(moved)).astype(np.float64)
    return np.asarray(push / np.sqrt(np.maximum(1.0, crowd))[:, None], dtype=np.float64)


def grid(names: Iterable[str], *, columns: int | None = None) -> Places:
    """Return places in reading order, wider than high."""
    listed = list(names)
    wide = columns or max(1, math.ceil(math.sqrt(len(listed) * CELL_HEIGHT / CELL_WIDTH * 1.6)))
    return {name: ((place % wide) * CELL_WIDTH, (place // wide) * CELL_HEIGHT) for place, name in enumerate(listed)}


def pack(parts: Sequence[Places]) -> Places:
    """Return the parts set side by side in rows, none overlapping, in the order given."""
    if not parts:
        return {}
    boxes = [_extent(part) for part in parts]
    area = sum((width + GAP) * (height + GAP) for width, height in boxes)
    limit = max([math.sqrt(area * 1.7), *(width for width, _ in boxes)])
    placed: Places = {}
    x = y = row = 0.0
    for part, (width, height) in zip(parts, boxes, strict=True):
        if x and x + width > limit:
            x, y, row = 0.0, y + row + GAP, 0.0
        left, top = min(p[0] for p in part.values()), min(p[1] for p in part.values())
        placed |= {name: (px - left + x, py - top + y) for name, (px, py) in part.items()}
        x, row = x + width + GAP, max(row, height)
    return placed


def _extent(part: Places) -> tuple[float, float]:
    xs, ys = [p[0] for p in part.values()], [p[1] for p in part.values()]
    return max(xs) - min(xs) + CELL_WIDTH, max(ys) - min(ys) + CELL_HEIGHT
