"""What falls apart when one node of an undirected network leaves, for all nodes at once (Hopcroft & Tarjan 1973).

One depth-first walk numbers the nodes; a subtree hangs on the node above it when nothing in it reaches farther up. The walk
is scipy's; only the passage of the reach from children to parents is a loop here, over the nodes that have children.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Walk:
    """A depth-first walk over all components, its nodes numbered from 1 as they are met; number 0 stands above the first of each.

    ``order``: the nodes as they are met. By number (0 first): ``above``, the number of the node each was met from; ``reach``,
    the least number that its subtree touches by one tie, the tie to the node above being one of them; ``leaves``, the numbers
    of those that no other was met from; ``inner``, all others but 0, the last first.
    """

    order: Vector
    above: Vector
    reach: Vector
    leaves: Vector
    inner: Vector

    @cached_property
    def hangs(self) -> Vector:
        """Return, by number, whether a node's subtree is cut off when the node above it leaves; not for those met first."""
        return (self.reach >= self.above) & (self.above > 0)

    def totals(self, weights: Vector) -> Vector:
        """Return, by number, the sums of ``weights`` (one a node, whole numbers) over each subtree; what 0 gets means nothing."""
        sums = np.concatenate([[0], weights[self.order]])
        sums += np.bincount(self.above[self.leaves], sums[self.leaves], len(sums)).astype(sums.dtype)
        found = sums.tolist()
        for place, above in zip(self.inner.tolist(), self.above[self.inner].tolist(), strict=True):
            found[above] += found[place]
        return np.array(found)

    def by_node(self, numbers: Vector) -> Vector:
        """Return an array by number put in the order of the nodes."""
        found = np.empty_like(numbers[1:])
        found[self.order] = numbers[1:]
        return found


def walked(graph: sparse.csr_array) -> Walk:
    """Return a depth-first walk of a symmetric adjacency (n × n, no self-link, no stored zero)."""
    size, degrees = graph.shape[0], np.diff(graph.indptr)
    order, met = _depth_first(graph)
    number = np.empty(size, dtype=np.int32)
    number[order] = np.arange(1, size + 1, dtype=np.int32)
    above = np.zeros(size + 1, dtype=np.int32)
    above[1:] = np.where(met < 0, 0, number[met])[order]
    reach, tied = number.copy(), np.flatnonzero(degrees)
    if len(tied):
        reach[tied] = np.minimum(reach[tied], np.minimum.reduceat(number[graph.indices], graph.indptr[:-1][tied]))
    reach, alone = np.append(np.int32(0), reach[order]), np.ones(size + 1, dtype=bool)
    alone[above] = False
    leaves, inner = np.flatnonzero(alone[1:]) + 1, np.flatnonzero(~alone[1:])[::-1] + 1
    np.minimum.at(reach, above[leaves], reach[leaves])
    found = reach.tolist()
    for place, parent in zip(inner.tolist(), above[inner].tolist(), strict=True):
        if found[place] < found[parent]:  # noqa: PLR1730 - min() here costs as much as all the rest of the walk
            found[parent] = found[place]
    return Walk(order, above, np.array(found, dtype=np.int32), leaves, inner)


def _depth_first(graph: sparse.csr_array) -> tuple[Vector, Vector]:
    """Return the nodes in depth-first order, component by component, and whom each was met from (−1: nobody).

    The component of the most tied node comes first: it holds almost all of most networks. scipy looks through a node's ties
    anew for each branch it comes back from: a node of 40,000 branches takes it a quarter of a second.
    """
    size = graph.shape[0]
    if not size:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    start = int(np.diff(graph.indptr).argmax())
    order, met = sparse.csgraph.depth_first_order(graph, start, directed=True)
    met[start] = -1
    if len(order) == size:
        return order, met
    others = np.ones(size, dtype=bool)
    others[order] = False
    place, number = np.flatnonzero(others).astype(np.int32), np.cumsum(others, dtype=np.int32) - 1
    rest = graph[place]
    further, from_whom = _chained(_adjacency(number[rest.indices], rest.indptr))
    met[place] = np.where(from_whom < 0, -1, place[from_whom])
    return np.append(order, place[further]), met


def _chained(graph: sparse.csr_array) -> tuple[Vector, Vector]:
    """Return what ``_depth_first`` does, for many components: the first node of each leads, last of all, to that of the next."""
    size = graph.shape[0]
    count, labels = sparse.csgraph.connected_components(graph, directed=True, connection="weak")
    first = np.empty(count, dtype=np.int32)
    first[labels[::-1]] = np.arange(size - 1, -1, -1)
    indices = np.insert(graph.indices, graph.indptr[first[:-1] + 1], first[1:])
    more = np.zeros(size + 1, dtype=np.int32)
    more[first[:-1] + 1] = 1
    chained = _adjacency(indices, graph.indptr + np.cumsum(more))
    order, met = sparse.csgraph.depth_first_order(chained, int(first[0]), directed=True)
    met[first] = -1
    return order, met


def _adjacency(indices: Vector, indptr: Vector) -> sparse.csr_array:
    size = len(indptr) - 1
    return sparse.csr_array(
        (np.ones(len(indices)), indices.astype(np.int32, copy=False), indptr.astype(np.int32, copy=False)), shape=(size, size)
    )


def more_pieces(graph: sparse.csr_array) -> Vector:
    """Return, for each node, how many more components there are once it has left: 0 for all but articulation points.

    ``graph`` is a symmetric adjacency (n × n, no self-link, no stored zero). An isolate takes its component with it: 0.
    """
    branching, inner, hung, tied = _without_ends(graph)
    walk = walked(inner)
    found = np.bincount(walk.above[walk.hangs], minlength=len(walk.above))
    found[walk.above == 0] -= 1
    more = np.where(branching, hung - 1, 0)
    more[tied] += walk.by_node(found) + 1  # the ends hung on it, one piece each, and what is left of the rest
    return np.maximum(more, 0)


def _without_ends(graph: sparse.csr_array) -> tuple[Vector, sparse.csr_array, Vector, Vector]:
    """Return what is left of a network whose nodes of one tie are put aside: they cut nothing, and are most of many networks.

    By node: whether it has two ties or more; how many nodes of one tie hang on it; whether it is in what is left, which is the
    adjacency of the nodes of two ties or more that have such a neighbour.
    """
    degrees = np.diff(graph.indptr)
    branching = degrees > 1
    within = branching[graph.indices]
    left = np.diff(np.append(np.int32(0), np.cumsum(within, dtype=np.int32))[graph.indptr])
    tied = branching & (left > 0)
    number = np.cumsum(tied, dtype=np.int32) - 1
    indices = number[np.compress(within & np.repeat(tied, degrees), graph.indices)]
    inner = _adjacency(indices, np.append(np.int32(0), np.cumsum(left[tied], dtype=np.int32)))
    return branching, inner, degrees - left, tied


@dataclass(frozen=True)
class Splits:
    """What the removal of each node of an undirected graph alone does, one place a node.

    ``pieces``: what is left of its component, in how many pieces. ``cut``: actors of its component out of its largest piece.
    """

    pieces: Vector
    cut: Vector


def splits(graph: sparse.csr_array, actors: Vector) -> Splits:
    """Return what each node's removal does to its component.

    ``graph`` as in ``more_pieces``; ``actors``: 1 where a node is an actor. An isolate leaves no piece; the end of a branch
    leaves one; an articulation several. The largest piece is that of most nodes, then of most actors.
    """
    walk = walked(graph)
    size = len(walk.above)
    people = np.concatenate([[0], np.asarray(actors, dtype=np.int64)[walk.order]])
    nodes, tree = walk.totals(np.ones(size - 1, dtype=np.int64)), walk.totals(np.asarray(actors, dtype=np.int64))
    starts = np.flatnonzero(walk.above[1:] == 0) + 1  # the first met of each component: all of it is below
    root = starts[np.searchsorted(starts, np.arange(1, size), side="right") - 1]
    hanging = np.flatnonzero(walk.hangs)
    on = walk.above[hanging]
    pieces = np.bincount(on, minlength=size)
    apart = [np.bincount(on, sums[hanging], size).astype(np.int64) for sums in (nodes, tree)]
    largest = np.zeros(size, dtype=np.int64)
    np.maximum.at(largest, on, nodes[hanging] * size + tree[hanging])
    whole = [np.concatenate([[0], sums[root]]) for sums in (nodes, tree)]
    rest = [whole[0] - 1 - apart[0], whole[1] - people - apart[1]]  # what is neither the node nor hangs on it
    pieces += rest[0] > 0
    largest = np.maximum(largest, np.maximum(rest[0], 0) * size + np.maximum(rest[1], 0))
    cut = whole[1] - people - largest % size
    return Splits(walk.by_node(pieces), walk.by_node(cut))
