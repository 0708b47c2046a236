"""Best sets of k: coverage (greedy, then exact by integer programming) and joint extraction loss (enumeration or greedy)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from scipy import optimize, sparse

Vector = np.ndarray[Any, Any]
EXACT = 500
PAIRS = 10_000
BRANCHES = 200
SUBSETS = 20_000
BATCH = 2_000


@dataclass(frozen=True)
class Chosen:
    """Places chosen, in order, with the running total ``reached``; ``exact`` when proven best; ``bound``: the best possible."""

    places: tuple[int, ...]
    reached: tuple[float, ...]
    exact: bool
    bound: float


def greedy_cover(cover: sparse.csr_array, count: int) -> tuple[int, ...]:
    """Return at most ``count`` rows that cover the most columns, each the best addition; ties to the least place.

    Stops when a row adds nothing. At least 1 − 1/e of the optimum (Nemhauser, Wolsey & Fisher 1978).
    """
    by_column = sparse.csc_array(cover)
    gains = np.diff(cover.indptr).astype(np.int64)
    covered = np.zeros(cover.shape[1], dtype=bool)
    chosen: list[int] = []
    for _ in range(min(count, cover.shape[0])):
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(best)
        mine = cover.indices[cover.indptr[best] : cover.indptr[best + 1]]
        fresh = mine[~covered[mine]]
        covered[fresh] = True
        for column in fresh.tolist():
            gains[by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]]] -= 1
    return tuple(chosen)


def best_cover(cover: sparse.csr_array, count: int) -> Chosen:
    """Return at most ``count`` rows of a 0/1 matrix that cover the most columns.

    The greedy set is kept when nothing beats it; up to 500 rows and 10 000 ones an integer program (HiGHS, 200 branches at
    most) proves it or finds better. The order of a better set is greedy within it.
    """
    cover = sparse.csr_array((np.ones(cover.nnz), cover.indices, cover.indptr), shape=cover.shape)
    greedy = greedy_cover(cover, count)
    reached = _running(cover, greedy)
    top = float(reached[-1]) if reached else 0.0
    sizes = np.sort(np.diff(cover.indptr))[::-1]
    ceiling = float(min(int((np.diff(sparse.csc_array(cover).indptr) > 0).sum()), int(sizes[:count].sum())))
    if top >= ceiling or len(greedy) <= 1:
        return Chosen(greedy, reached, exact=True, bound=top)
    loose = min(ceiling, float(np.floor(top / (1 - 1 / np.e) + 1e-9)))
    if cover.shape[0] > EXACT or cover.nnz > PAIRS:
        return Chosen(greedy, reached, exact=False, bound=loose)
    found, bound, proven = _program(cover, count)
    if found is not None and len(_covered(cover, found)) > top:
        inside = greedy_cover(sparse.csr_array(cover[list(found)]), count)
        greedy = tuple(found[place] for place in inside)
        reached = _running(cover, greedy)
    top = float(reached[-1])
    return Chosen(greedy, reached, exact=proven, bound=top if proven else max(top, min(loose, bound)))


def _covered(cover: sparse.csr_array, places: tuple[int, ...]) -> set[int]:
    return {int(column) for place in places for column in cover.indices[cover.indptr[place] : cover.indptr[place + 1]]}


def _running(cover: sparse.csr_array, places: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(float(len(_covered(cover, places[: end + 1]))) for end in range(len(places)))


def _program(cover: sparse.csr_array, count: int) -> tuple[tuple[int, ...] | None, float, bool]:
    """Return the rows found, the bound, and whether they are proven best: max Σ w z, z_j ≤ Σ_{i covers j} x_i, Σ x ≤ k."""
    by_column = sparse.csc_array(cover)
    groups: dict[tuple[int, ...], int] = {}
    for column in range(cover.shape[1]):
        owners = tuple(sorted(by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]].tolist()))
        if owners:
            groups[owners] = groups.get(owners, 0) + 1
    rows, kinds = cover.shape[0], sorted(groups.items())
    aim = np.concatenate([np.zeros(rows), [-weight for _, weight in kinds]])
    places = [(at, owner) for at, (owners, _) in enumerate(kinds) for owner in owners]
    lines, owners_of = ([pair[side] for pair in places] for side in (0, 1))
    owned = sparse.csr_array((-np.ones(len(places)), (lines, owners_of)), shape=(len(kinds), rows))
    size: Any = sparse.csr_array(np.repeat([[1.0, 0.0]], [rows, len(kinds)], axis=1))
    limits: Any = sparse.vstack([sparse.hstack([owned, sparse.eye_array(len(kinds))]), size], format="csr")
    upper = np.concatenate([np.zeros(len(kinds)), [float(count)]])
    found = optimize.milp(
        aim,
        integrality=np.repeat([1, 0], [rows, len(kinds)]),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(limits, -np.inf, upper),
        options={"node_limit": BRANCHES, "mip_rel_gap": 0.0},
    )
    bound = -float(found.mip_dual_bound) if found.mip_dual_bound is not None else np.inf
    if found.x is None:
        return None, bound, False
    taken = tuple(np.flatnonzero(np.round(found.x[:rows]) == 1).tolist())
    return taken, float(np.floor(bound + 1e-6)), bool(found.status == 0)


def joint_loss(effects: Vector, places: tuple[int, ...]) -> float:
    """Return what the network loses without ``places``: y_Sᵀ (T_SS)⁻¹ (T c)_S, y and T c the column and row sums of T.

    ``effects`` is T (n × n). Impulses and values are 1 each. Source: Temurshoev 2010; Ballester, Calvó-Armengol & Zenou 2006.
    """
    if not places:
        return 0.0
    chosen = np.array(places)
    return float(_losses(effects, effects.sum(axis=0), effects.sum(axis=1), chosen[None, :])[0])


def _losses(effects: Vector, received: Vector, emitted: Vector, sets: Vector) -> Vector:
    blocks = effects[sets[:, :, None], sets[:, None, :]]
    solved = np.linalg.solve(blocks, emitted[sets][:, :, None])[:, :, 0]
    return np.asarray((received[sets] * solved).sum(axis=1))


def best_loss(effects: Vector, candidates: tuple[int, ...], count: int) -> Chosen:
    """Return the ``count`` candidates whose joint removal loses the most: all sets tried up to 20 000, else greedy.

    The loss is not submodular: greedy has no guarantee here, and ``bound`` is then the whole. Order: greedy within the set.
    """
    received, emitted = effects.sum(axis=0), effects.sum(axis=1)
    count, whole = min(count, len(candidates)), float(effects.sum())
    if count == 0:
        return Chosen((), (), exact=True, bound=0.0)
    exact = comb(len(candidates), count) <= SUBSETS
    pool = candidates
    if exact:
        best, pool = -1.0, ()
        sets = np.array(list(combinations(candidates, count)))
        for first in range(0, len(sets), BATCH):
            losses = np.round(_losses(effects, received, emitted, sets[first : first + BATCH]), 10)
            at = int(np.argmax(losses))
            if losses[at] > best:
                best, pool = float(losses[at]), tuple(sets[first + at].tolist())
    order, reached = _greedy_loss(effects, pool, count)
    return Chosen(order, reached, exact=exact, bound=reached[-1] if exact else whole)


def _greedy_loss(effects: Vector, pool: tuple[int, ...], count: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return the pool's best additions one after the other, T brought up to date after each removal (rank one)."""
    left, places, total = effects.copy(), list(pool), 0.0
    chosen: list[int] = []
    reached: list[float] = []
    for _ in range(count):
        losses = np.round(left.sum(axis=0)[places] * left.sum(axis=1)[places] / left[places, places], 10)
        at = int(np.argmax(losses))
        place = places.pop(at)
        total += float(losses[at])
        chosen.append(place)
        reached.append(total)
        left -= np.outer(left[:, place], left[place]) / left[place, place]
        left[place, :] = left[:, place] = 0.0
    return tuple(chosen), tuple(reached)
