"""All shortest paths between two nodes of what is shown, for the panel that writes them out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import networkx as nx

from pacte_graph.figures.model import Picture

WRITTEN = 12
"""Paths written out in the panel; all are drawn."""
COUNTED = 500
"""Paths are counted up to here."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Every shortest path (node ids, ends included) up to ``COUNTED``; ``cut`` says that there are more."""

    found: tuple[tuple[str, ...], ...]
    cut: bool = False

    @property
    def length(self) -> int:
        """Return the number of links of each path; 0 when there is none."""
        return len(self.found[0]) - 1 if self.found else 0


def shortest(picture: Picture, start: str, end: str) -> Paths:
    """Return the shortest paths from ``start`` to ``end``, whatever the direction of links, in the order of their ids."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(node.id for node in picture.nodes))
    graph.add_edges_from(sorted((link.source, link.target) for link in picture.links))
    if start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return Paths(())
    found = [tuple(path) for path in islice(nx.all_shortest_paths(graph, start, end), COUNTED + 1)]
    return Paths(tuple(sorted(found[:COUNTED])), len(found) > COUNTED)
