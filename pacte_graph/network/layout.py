"""Where things stand: places for the nodes of a network, the same on screen and in print.

Coordinates are canvas units, y downwards. Every layout is deterministic (same network, same seed, same places) and leaves each
node room for the label under it. Places that are passed as ``fixed`` never move: what is new is set around its neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, get_args

import networkx as nx

from pacte_graph.errors import UsageError
from pacte_graph.network.circles import circles
from pacte_graph.network.force import CELL_HEIGHT, CELL_WIDTH, Places, force
from pacte_graph.network.model import Network
from pacte_graph.network.nesting import nesting_places

LayoutName = Literal["force", "nesting", "circles"]
LAYOUTS: tuple[str, ...] = get_args(LayoutName)
SEED = 20151208
"""The seed every picture uses unless told otherwise."""


def positions(
    network: Network,
    layout: str = "force",
    *,
    seed: int = SEED,
    fixed: Mapping[str, tuple[float, float]] | None = None,
    focus: str | None = None,
    context: Network | None = None,
) -> Places:
    """Return ``{node id: (x, y)}`` for every node of ``network``.

    ``force``: linked nodes near one another. ``nesting``: columns by territorial scale, from commune to region (see
    ``network.nesting``; ``context`` is the whole network when ``network`` is only what is shown of it). ``circles``: rings by
    graph distance around ``focus`` (default: the most linked node).
    With ``fixed`` places, these are returned unchanged and only the other nodes are placed, around their placed neighbours.
    An empty network gives ``{}``. Raises UsageError for a layout that doesn't exist.
    """
    if layout not in LAYOUTS:
        raise UsageError(f"There is no layout {layout!r}; there are: {', '.join(LAYOUTS)}.")
    kept = {name: place for name, place in (fixed or {}).items() if name in network.by_id}
    if len(kept) == len(network.nodes):
        return {name: (float(x), float(y)) for name, (x, y) in sorted(kept.items())}
    graph = undirected(network)
    if kept:
        return _around(graph, kept)
    if layout == "nesting":
        return nesting_places(network, context).places
    if layout == "circles":
        return circles(graph, focus)
    return force(graph, seed)


def undirected(network: Network) -> nx.Graph[str]:
    """Return the network as a simple undirected graph, nodes and links in the snapshot's order; loops left out."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    graph.add_edges_from((link.source, link.target) for link in network.links if link.source != link.target)
    return graph


def _around(graph: nx.Graph[str], fixed: Mapping[str, tuple[float, float]]) -> Places:
    """Place what is new near the middle of its placed neighbours, the best-connected first; nothing placed moves."""
    places: Places = {name: (float(x), float(y)) for name, (x, y) in fixed.items()}
    taken = _Cells(places)
    waiting = [name for name in sorted(graph) if name not in places]
    right = max(x for x, _ in places.values()) + 2 * CELL_WIDTH
    top = min(y for _, y in places.values())
    while waiting:
        known = {name: [other for other in graph[name] if other in places] for name in waiting}
        name = min(waiting, key=lambda item: (-len(known[item]), item))
        near = [places[other] for other in sorted(known[name])]
        wish = (sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)) if near else (right, top)
        places[name] = taken.take(wish)
        waiting.remove(name)
    return dict(sorted(places.items()))


class _Cells:
    """The places taken, looked up by cell so that a free one is found fast."""

    def __init__(self, places: Places) -> None:
        self._by_cell: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for place in places.values():
            self._add(place)

    def take(self, wish: tuple[float, float]) -> tuple[float, float]:
        """Return the free place nearest to ``wish`` on a spiral around it, and take it."""
        for step in range(20_000):
            radius, angle = 0.45 * math.sqrt(step), step * math.pi * (3 - math.sqrt(5))
            place = (wish[0] + radius * CELL_WIDTH * math.cos(angle), wish[1] + radius * CELL_HEIGHT * math.sin(angle))
            if self._free(place):
                self._add(place)
                return place
        return wish

    def _add(self, place: tuple[float, float]) -> None:
        self._by_cell.setdefault(self._cell(place), []).append(place)

    def _free(self, place: tuple[float, float]) -> bool:
        column, row = self._cell(place)
        return not any(
            abs(x - place[0]) < CELL_WIDTH and abs(y - place[1]) < CELL_HEIGHT
            for near_column in range(column - 1, column + 2)
            for near_row in range(row - 1, row + 2)
            for x, y in self._by_cell.get((near_column, near_row), ())
        )

    @staticmethod
    def _cell(place: tuple[float, float]) -> tuple[int, int]:
        return math.floor(place[0] / CELL_WIDTH), math.floor(place[1] / CELL_HEIGHT)
