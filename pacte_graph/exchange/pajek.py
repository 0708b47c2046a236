"""Pajek (``.net``): vertices, one section of arcs, and everything else as the name-value pairs that networkx reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from pacte_graph.schema import interchange

_PLACE = "0.0 0.0 ellipse"


def pajek(graph: nx.MultiDiGraph[Any]) -> bytes:
    """Return the graph as Pajek: a vertex is named by its identifier, since readers merge vertices of one name.

    Pajek has no types and a value on every line: a weight that isn't known is written 1, the weight itself is among the
    pairs. Quotes, backslashes and line ends are percent-encoded, and so is ``%``.
    """
    return ("\r\n".join(_lines(graph)) + "\r\n").encode()


def _lines(graph: nx.MultiDiGraph[Any]) -> Iterator[str]:
    yield f"*Network {interchange.quotable(str(graph.graph.get('name') or 'network'))}"
    yield f"*Vertices {len(graph)}"
    places = {node: place for place, node in enumerate(graph, start=1)}
    for node, told in graph.nodes(data=True):
        yield f"{places[node]} {_quoted(node)} {_PLACE}{_pairs(told)}"
    yield "*Arcs"
    for source, target, told in graph.edges(data=True):
        yield f"{places[source]} {places[target]} {told.get('weight', 1.0)}{_pairs(told)}"


def _pairs(told: dict[str, Any]) -> str:
    return "".join(f" {_quoted(name)} {_quoted(value)}" for name, value in told.items())


def _quoted(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{interchange.quotable(text)}"'
