"""Graphs in JSON: node-link (networkx, d3) and Cytoscape's ``elements`` (``.cyjs``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from importers.decoding import decode
from importers.graphe.raw import Attributes, RawGraph
from pacte_graph.errors import DataRefused
from pacte_graph.records import Where

_SHAPES = "Give node-link JSON (nodes, edges or links) or Cytoscape's (elements: nodes, edges)."
_BESIDE = {"data", "group", "position", "selected", "selectable", "locked", "grabbable", "classes", "removed", "pannable"}


def read(data: bytes, name: str) -> RawGraph:
    """Return the graph. Raises DataRefused when the file isn't JSON, is nested too deep or has neither of the two shapes."""
    try:
        told = json.loads(decode(data, name))
    except RecursionError as error:
        raise DataRefused(f"{name} is nested too deep to be a graph.", hint=_SHAPES) from error
    except ValueError as error:
        raise DataRefused(f"{name} is not JSON: {error}.", hint="Save the graph again.") from error
    if not isinstance(told, dict):
        raise DataRefused(f"{name} is JSON, not a graph.", hint=_SHAPES)
    graph = RawGraph(name)
    if "elements" in told:
        _cytoscape(told, graph)
    elif isinstance(told.get("nodes"), list):
        _node_link(told, graph)
    else:
        raise DataRefused(f"{name} is JSON, not a graph.", hint=_SHAPES)
    return graph.finish()


def _node_link(told: dict[str, Any], graph: RawGraph) -> None:
    directed = told.get("directed") if isinstance(told.get("directed"), bool) else None
    about = told.get("graph")
    graph.about = _attributes(about, graph, Where(graph.file)) if isinstance(about, dict) else {}
    links = "edges" if "edges" in told else "links"
    for name in sorted(told.keys() - {"nodes", links, "graph", "directed", "multigraph"}):
        graph.notice(f"“{name[:80]}” beside nodes and {links} is not read")
    for item, where in _items(told.get("nodes"), "nodes", graph):
        graph.add_node(_name(item.get("id")), _attributes(item, graph, where, "id"), where)
    for item, where in _items(told.get(links, []), links, graph):
        rest = _attributes(item, graph, where, "source", "target", "key", "id")
        graph.add_link(_name(_end(item.get("source"))), _name(_end(item.get("target"))), rest, where, directed=directed)


def _cytoscape(told: dict[str, Any], graph: RawGraph) -> None:
    directed = told.get("directed") if isinstance(told.get("directed"), bool) else None
    about = told.get("data")
    graph.about = _attributes(about, graph, Where(graph.file)) if isinstance(about, dict) else {}
    elements = told["elements"]
    for place, item, where in _elements(elements, graph):
        data = item.get("data")
        if not isinstance(data, dict):
            graph.reject(where, "", "The element has no data.")
            continue
        for name in sorted(item.keys() - _BESIDE):
            graph.notice(f"“{name[:80]}” beside the data of an element is not read", where)
        if place == "edges":
            rest = _attributes(data, graph, where, "source", "target", "id", "key")
            graph.add_link(_name(data.get("source")), _name(data.get("target")), rest, where, directed=directed)
        else:
            graph.add_node(_name(data.get("id")), _attributes(data, graph, where, "id"), where)


def _elements(elements: Any, graph: RawGraph) -> Iterator[tuple[str, dict[str, Any], Where]]:
    """Yield each element with what it is; a flat list tells edges by their ends."""
    if isinstance(elements, dict):
        for place in ("nodes", "edges"):
            yield from ((place, item, where) for item, where in _items(elements.get(place, []), place, graph))
        return
    for item, where in _items(elements, "elements", graph):
        data = item.get("data")
        yield "edges" if isinstance(data, dict) and "source" in data else "nodes", item, where


def _items(found: Any, place: str, graph: RawGraph) -> Iterator[tuple[dict[str, Any], Where]]:
    if not isinstance(found, list):
        raise DataRefused(f"{graph.file}: “{place}” is not a list.", hint=_SHAPES)
    for number, item in enumerate(found):
        where = Where(graph.file, column=f"{place}[{number}]")
        if isinstance(item, dict):
            yield item, where
        else:
            graph.reject(where, str(item)[:80], "An object was expected.")


def _attributes(item: dict[str, Any], graph: RawGraph, where: Where, *left: str) -> Attributes:
    """Return the values that are texts, numbers, booleans or lists of texts; nested ones are listed; null is unknown."""
    found: Attributes = {}
    for name, value in item.items():
        if name in left or value is None or value in ("", []):
            continue
        if isinstance(value, str | int | float):
            found[name] = value
        elif isinstance(value, list) and all(isinstance(part, str) for part in value):
            found[name] = [part for part in value if part]
        else:
            graph.notice(f"The nested value of “{name[:80]}” is not read", where)
    return found


def _end(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def _name(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
