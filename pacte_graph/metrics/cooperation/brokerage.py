"""C9: brokerage between kinds of actors (Gould & Fernandez 1989): who ties two that are not tied, and which kinds they are.

Directed: v brokers a → v → b when a does not reach b directly. Undirected: each unordered pair of partners that do not work
together counts once, and representative and gatekeeper, which are then the same, are one role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.cooperation.triangles import Ties, corners, ties, triangles

Vector = np.ndarray[Any, Any]
DIRECTED = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""A-A-A, A-B-A, A-A-B, A-B-B, A-B-C: sna calls them w_I, w_O, b_IO, b_OI and b_O."""
UNDIRECTED = ("coordinator", "itinerant", "boundary", "liaison")
"""``boundary``: one end of the broker's own kind, the other not."""


@dataclass(frozen=True)
class Expected:
    """What ties drawn at random with the same density would give a broker of a kind: mean and standard deviation a role."""

    mean: Vector
    sd: Vector


def directed_roles(matrix: sparse.csr_array, groups: Sequence[int]) -> Vector:
    """Return n × 5 counts of open two-paths by role, as sna::brokerage does. ``groups`` numbers the kinds from 0.

    open(a, b) = in_a · out_b − [a = b] · reciprocated_a − closed_ab, for each broker and pair of kinds. O(Σ d²).
    """
    size = matrix.shape[0]
    arcs: Any = sparse.csr_array(matrix).astype(float)
    arcs.eliminate_zeros()
    arcs.data[:] = 1.0
    arcs.setdiag(0)
    arcs.eliminate_zeros()
    kinds, back = np.asarray(groups), sparse.csr_array(arcs.T)
    roles = np.zeros((size, len(DIRECTED)))
    chosen = [sparse.diags_array((kinds == kind).astype(float)) for kind in range(int(kinds.max(initial=-1)) + 1)]
    for a, of_a in enumerate(chosen):
        entering = back @ of_a  # v × u: u of kind a reaches v
        reached = sparse.csr_array(entering @ arcs).multiply(arcs)  # v × w: how many such u reach w, where v reaches w
        mutual = np.asarray(entering.multiply(arcs).sum(axis=1)).ravel()
        into = np.asarray(entering.sum(axis=1)).ravel()
        for b, of_b in enumerate(chosen):
            out = np.asarray((arcs @ of_b).sum(axis=1)).ravel()
            closed = np.asarray((reached @ of_b).sum(axis=1)).ravel()
            opened = into * out - closed - (mutual if a == b else 0.0)
            roles[np.arange(size), _directed_role(a, b, kinds)] += opened
    return np.rint(roles).astype(np.int64)


def _directed_role(a: int, b: int, kinds: Vector) -> Vector:
    """Return the place of the role of each broker for ends of kinds a → b."""
    if a == b:
        return np.where(kinds == a, 0, 1)
    return np.where(kinds == a, 2, np.where(kinds == b, 3, 4))


def roles(found: Ties, groups: Vector) -> Vector:
    """Return n × 4 counts of unordered open pairs by role (``UNDIRECTED``). O(triangles)."""
    kinds = int(groups.max(initial=-1)) + 1
    by_kind = np.zeros((found.size, kinds))
    for end, other in ((found.first, found.second), (found.second, found.first)):
        by_kind += np.bincount(end * kinds + groups[other], minlength=found.size * kinds).reshape(found.size, kinds)
    closed = np.zeros(found.size * len(UNDIRECTED))
    for one, two, _ in triangles(found):
        a, b, c = corners(found, one, two)
        for broker, left, right in ((a, b, c), (b, a, c), (c, a, b)):
            place = broker * len(UNDIRECTED) + _role(groups[broker], groups[left], groups[right])
            closed += np.bincount(place, minlength=len(closed))
    return np.rint(_pairs(by_kind, groups) - closed.reshape(found.size, len(UNDIRECTED))).astype(np.int64)


def _role(own: Vector, left: Vector, right: Vector) -> Vector:
    same = left == right
    return np.where(same, np.where(left == own, 0, 1), np.where((left == own) | (right == own), 2, 3))


def _pairs(by_kind: Vector, groups: Vector) -> Vector:
    """Return n × 4: pairs of partners by role, whether they are tied or not."""
    whole = by_kind.sum(axis=1)
    alike = by_kind * (by_kind - 1) / 2
    own = np.take_along_axis(by_kind, groups[:, None], 1)[:, 0] if by_kind.size else np.zeros(len(groups))
    inside = own * (own - 1) / 2
    outside = alike.sum(axis=1) - inside
    boundary = own * (whole - own)
    return np.column_stack([inside, outside, boundary, whole * (whole - 1) / 2 - inside - outside - boundary])


def ego_roles(matrix: sparse.csr_array, place: int, groups: Vector) -> Vector:
    """Return the four counts of one broker, from its own partners alone."""
    row = sparse.csr_array(matrix[[place]])
    partners = row.indices[(row.indices != place) & (row.data != 0)]
    among = sparse.csr_array(matrix[partners][:, partners])
    inside = ties(among)
    near = groups[partners]
    own = np.full(len(inside.first), groups[place])
    closed = np.bincount(_role(own, near[inside.first], near[inside.second]), minlength=len(UNDIRECTED))
    counted = np.bincount(near, minlength=int(groups.max()) + 1)[None, :].astype(float)
    found: Vector = np.rint(_pairs(counted, groups[[place]])[0] - closed).astype(np.int64)
    return found


def expected(sizes: Sequence[int], density: float, *, directed: bool) -> list[Expected]:
    """Return for each kind what a broker of it would have by chance: ties independent, each there with probability ``density``.

    Mean d²(1−d)·pairs; variance pairs·q(1−q) + d³(1−d)³·(pairs that share an end), q = d²(1−d). Each role, then the total.
    """
    return [_expected(np.asarray(sizes, dtype=float), kind, density, directed=directed) for kind in range(len(sizes))]


def _expected(sizes: Vector, kind: int, density: float, *, directed: bool) -> Expected:
    own, others = max(sizes[kind] - 1, 0.0), np.delete(sizes, kind)
    rest, whole = others.sum(), max(sizes.sum() - 1, 0.0)
    far = rest - others
    inside = (own * (own - 1), 2 * own * (own - 1) * (own - 2))
    outside = ((others * (others - 1)).sum(), 2 * (others * (others - 1) * (others - 2)).sum())
    across = (own * rest, own * rest * (rest - 1) + rest * own * (own - 1))
    liaison = ((others * far).sum(), 2 * (others * far * (far - 1)).sum())
    everything = (whole * (whole - 1), 2 * whole * (whole - 1) * (whole - 2))
    if directed:
        counted = [inside, outside, across, across, liaison, everything]
    else:  # an unordered pair stands for two ordered ones; pairs that share an end are counted from that end once
        halved = [(pairs / 2, shared / 2) for pairs, shared in (inside, outside, liaison, everything)]
        counted = [halved[0], halved[1], across, halved[2], halved[3]]
    chance = density**2 * (1 - density)
    shared = density**3 * (1 - density) ** 3
    mean = np.array([pairs * chance for pairs, _ in counted])
    variance = np.array([pairs * chance * (1 - chance) + overlaps * shared for pairs, overlaps in counted])
    return Expected(mean, np.sqrt(np.maximum(variance, 0.0)))


def standardised(counts: Vector, groups: Vector, by_kind: Sequence[Expected]) -> Vector:
    """Return z-scores, NaN where chance leaves no room (sd = 0); ``counts`` has one column a role, and the total last."""
    mean, sd = (np.array([getattr(item, name) for item in by_kind])[groups] for name in ("mean", "sd"))
    scores: Vector = np.divide(counts - mean, sd, out=np.full(counts.shape, np.nan), where=sd > 1e-12)
    return scores


def numbered(kinds: Sequence[str]) -> tuple[list[str], Vector]:
    """Return the kinds in order and, for each item, the place of its kind.

    >>> numbered(["b", "a", "b"])[0]
    ['a', 'b']
    """
    names = sorted(set(kinds))
    place: Mapping[str, int] = {name: at for at, name in enumerate(names)}
    return names, np.array([place[kind] for kind in kinds], dtype=np.int64)
