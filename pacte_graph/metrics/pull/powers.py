"""Structural analysis by powers of a matrix of influences (MICMAC), with the cases the classical tool is silent about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.pull.influence import spectral_radius
from pacte_graph.metrics.ranking import placed

Vector = np.ndarray[Any, Any]
TOLERANCE = 1e-9
POLISHED = 1e-13
LIMIT = 1_000
SHOWN = 30
PAIRS = 500
CLOSE = 0.01


@dataclass(frozen=True)
class Structure:
    """What MICMAC says of a matrix of influences.

    ``status``: ``converged``, or why the indirect sums are undefined: ``no_link``, ``nilpotent`` (no loop: the powers
    vanish after ``longest`` steps), ``periodic`` (of ``period``: the ranks alternate for ever), ``not_converged``.
    ``drive``/``dependence``: indirect sums, their mean 1. ``direct_*``: row and column sums of M.
    ``steps``: powers until the sums moved by less than 1e-9. ``stability``: for each power from the second, the share of
    pairs kept in order, for drive and for dependence. ``classical_stop``: the first power with both rankings unchanged;
    ``false_stop``: whether the final rankings differ from those. ``dominant``: the places of the loops that decide;
    ``outside``: how many linked places they leave at zero on either axis; ``close``: neighbours in a ranking within 1 %.
    """

    status: str
    direct_drive: Vector
    direct_dependence: Vector
    drive: Vector | None = None
    dependence: Vector | None = None
    steps: int = 0
    stability: tuple[tuple[int, float, float], ...] = ()
    classical_stop: int | None = None
    false_stop: bool = False
    dominant: tuple[int, ...] = ()
    period: int = 1
    longest: int = 0
    outside: int = 0
    close: int = 0


def power_sums(matrix: sparse.csr_array) -> Iterator[tuple[Vector, Vector]]:
    """Yield the row sums and column sums of M, M², M³…, each scaled to mean 1 (no overflow); ends when a power is null."""
    across = sparse.csr_array(matrix.T)
    rows: Vector = np.ones(matrix.shape[0])
    columns = rows
    while True:
        rows, columns = matrix @ rows, across @ columns
        if rows.sum() <= 0:
            return
        rows, columns = rows / rows.mean(), columns / columns.mean()
        yield rows, columns


def kept(before: Vector, after: Vector) -> float:
    """Return the share of pairs kept in order between two rankings: (1 + τ)/2 without ties; tied in one only counts half."""
    size = len(before)
    if size < 2:
        return 1.0
    first, second = (np.sign(ranks[:, None] - ranks[None, :]) for ranks in (before, after))
    return float(1 - np.abs(first - second).sum() / 2 / (size * (size - 1)))


def structure(matrix: sparse.csr_array, *, memory: bool = False) -> Structure:
    """Return the direct and indirect drive and dependence of M (n × n, ≥ 0, row pulls; the diagonal is dropped).

    Indirect: row and column sums of M^k as k grows, until the scaled sums settle (1e-9): never on two equal rankings,
    which can be a false stop. ``memory`` takes I + M, which no period can hold. Source: Duperrin & Godet 1973; the limit
    is the pair of Perron vectors.
    """
    whole = sparse.csr_array(matrix.astype(float))
    bare = sparse.csr_array(whole - sparse.diags_array(whole.diagonal()))
    bare.eliminate_zeros()
    direct = (np.asarray(bare.sum(axis=1)).ravel(), np.asarray(bare.sum(axis=0)).ravel())
    if not bare.nnz:
        return Structure("no_link", *direct)
    dominant, period = _dominant(bare)
    if not dominant:
        return Structure("nilpotent", *direct, longest=sum(1 for _ in power_sums(bare)))
    if period > 1 and not memory:
        return Structure("periodic", *direct, dominant=dominant, period=period)
    used = sparse.csr_array(bare + sparse.eye_array(bare.shape[0])) if memory else bare
    return _settle(used, direct, dominant, period)


def _settle(matrix: sparse.csr_array, direct: tuple[Vector, Vector], dominant: tuple[int, ...], period: int) -> Structure:
    linked = (direct[0] > 0) | (direct[1] > 0)
    before: tuple[Vector, Vector] | None = None
    ranked: tuple[Vector, Vector] | None = None
    steps, stop, stopped = 0, None, None
    stability: list[tuple[int, float, float]] = []
    for power, sums in enumerate(power_sums(matrix), 1):
        moved = np.inf if before is None else max(float(np.abs(x - y).max()) for x, y in zip(sums, before, strict=True))
        steps = steps or (power if moved < TOLERANCE else 0)
        if power <= SHOWN or stop is None:
            ranks = (ranking(sums[0][linked]), ranking(sums[1][linked]))
            if ranked is not None:
                if power <= SHOWN and len(ranks[0]) <= PAIRS:
                    stability.append((power, kept(ranked[0], ranks[0]), kept(ranked[1], ranks[1])))
                if stop is None and all(np.array_equal(x, y) for x, y in zip(ranks, ranked, strict=True)):
                    stop, stopped = power, ranks
            ranked = ranks
        before = sums
        if moved < POLISHED or power >= LIMIT:
            break
    told: dict[str, Any] = {"dominant": dominant, "period": period, "classical_stop": stop, "stability": tuple(stability)}
    if before is None or not steps:
        return Structure("not_converged", *direct, **told)
    final = (ranking(before[0][linked]), ranking(before[1][linked]))
    false = stopped is not None and any(not np.array_equal(x, y) for x, y in zip(stopped, final, strict=True))
    vanished = [(np.round(side, 8) == 0) & linked for side in before]
    told |= {"outside": int((vanished[0] | vanished[1]).sum()), "close": sum(_close(side[linked]) for side in before)}
    return Structure("converged", *direct, *before, steps=steps, false_stop=false, **told)


def ranking(sums: Vector) -> Vector:
    """Return ranks (1 the highest, ties share the least), equal to 1e-8."""
    return placed(np.round(sums, 8))


def _close(sums: Vector) -> int:
    ordered = np.sort(np.round(sums, 8))[::-1]
    high, low = ordered[:-1], ordered[1:]
    return int(((high > low) & (high - low <= CLOSE * high)).sum())


def _dominant(matrix: sparse.csr_array) -> tuple[tuple[int, ...], int]:
    """Return the places of the strongly connected parts of largest ρ, and their common period; none where there is no loop."""
    total, labels = sparse.csgraph.connected_components(matrix, directed=True, connection="strong")
    sizes = np.bincount(labels, minlength=total)
    parts = [np.flatnonzero(labels == part) for part in np.flatnonzero(sizes > 1)]
    blocks = [sparse.csr_array(matrix[places][:, places]) for places in parts]
    radii = [spectral_radius(block)[0] for block in blocks]
    top = max(radii, default=0.0)
    best = [at for at, radius in enumerate(radii) if radius >= top * (1 - 1e-9)]
    members = tuple(sorted(int(place) for at in best for place in parts[at]))
    return members, int(np.lcm.reduce([_period(blocks[at]) for at in best])) if best else 1


def _period(block: sparse.csr_array) -> int:
    """Return the greatest common divisor of the lengths of the loops of a strongly connected block."""
    depth = sparse.csgraph.dijkstra(block, indices=np.array([0]), unweighted=True)[0].astype(int)
    rows, columns = block.nonzero()
    return int(np.gcd.reduce(np.abs(depth[rows] + 1 - depth[columns])))
