"""Graphs in JSON: node-link (networkx, d3) and Cytoscape's ``elements`` (``.cyjs``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from importers.decoding import decode
from importers.graphe.raw import RawGraph
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where

_SHAPES = Told(
    "Give node-link JSON (nodes, edges or links) or Cytoscape's (elements: nodes, edges).",
    "Donnez un JSON nœuds-liens (nodes, edges ou links) ou celui de Cytoscape (elements : nodes, edges).",
)
_BESIDE = {"data", "group", "position", "selected", "selectable", "locked", "grabbable", "classes", "removed", "pannable"}


def read(data: bytes, name: str) -> RawGraph:
    """Return the graph. Raises DataRefused when the file isn't JSON, is nested too deep or has neither of the two shapes."""
    try:
        told = json.loads(decode(data, name))
    except RecursionError as error:
        deep = tell("{name} is nested too deep to be a graph.", "{name} est trop imbriqué pour être un réseau.", name=name)
        raise DataRefused(deep, hint=_SHAPES) from error
    except ValueError as error:
        raise _not_json(name, error) from error
    if not isinstance(told, dict):
        raise _no_graph(name)
    graph = RawGraph(name)
    if "elements" in told:
        _cytoscape(told, graph)
    elif isinstance(told.get("nodes"), list):
        _node_link(told, graph)
    else:
        raise _no_graph(name)
    return graph.finish()


def _no_graph(name: str) -> DataRefused:
    return DataRefused(tell("{name} is JSON, not a graph.", "{name} est du JSON, mais pas un réseau.", name=name), hint=_SHAPES)


def _not_json(name: str, error: ValueError) -> DataRefused:
    place = Told("", "")
    if isinstance(error, json.JSONDecodeError):
        place = tell("", " (ligne {line}, colonne {column})", line=error.lineno, column=error.colno)
    return DataRefused(
        tell("{name} is not JSON: {error}.", "{name} n'est pas du JSON lisible{place}.", name=name, error=error, place=place),
        hint=Told("Save the graph again.", "Enregistrez de nouveau le réseau."),
    )


def _node_link(told: dict[str, Any], graph: RawGraph) -> None:
    directed = told.get("directed") if isinstance(told.get("directed"), bool) else None
    about = told.get("graph")
    graph.about = graph.plain(about, Where(graph.file)) if isinstance(about, dict) else {}
    links = "edges" if "edges" in told else "links"
    for name in sorted(told.keys() - {"nodes", links, "graph", "directed", "multigraph"}):
        graph.notice(_beside(name, links))
    names = _Names.of(told["nodes"])
    for place, item, where in _items(told["nodes"], "nodes", graph):
        graph.add_node(names.node(item, place), graph.plain(item, where, "id"), where)
    for _, item, where in _items(told.get(links, []), links, graph):
        rest = graph.plain(item, where, "source", "target", "key", "id")
        graph.add_link(names.end(item.get("source")), names.end(item.get("target")), rest, where, directed=directed)


def _beside(name: str, links: str) -> Told:
    return tell(
        "“{name}” beside nodes and {links} is not read",
        "« {name} », à côté de nodes et {links}, n'est pas lu",
        name=name[:80],
        links=links,
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What identifies the nodes: their ``id``; where none has any (d3), ``name``, links then giving places in the list."""

    listed: tuple[str, ...] | None = None

    @classmethod
    def of(cls, nodes: list[Any]) -> _Names:
        """Return how these nodes are named."""
        items = [item if isinstance(item, dict) else {} for item in nodes]
        if any(_name(item.get("id")) is not None for item in items):
            return cls()
        return cls(_apart([(_name(item.get("name")) or "").strip() for item in items]))

    def node(self, item: dict[str, Any], place: int) -> str | None:
        """Return the identifier of the node at a place of the list."""
        return _name(item.get("id")) if self.listed is None else self.listed[place]

    def end(self, value: Any) -> str | None:
        """Return the node that a link's end names: by its identifier, by its place, or as the node itself."""
        if isinstance(value, dict):
            value = value.get("id") if self.listed is None else value.get("index", value.get("name"))
        if self.listed is None or isinstance(value, bool) or not isinstance(value, int):
            return _name(value)
        return self.listed[value] if 0 <= value < len(self.listed) else f"nodes[{value}]"


def _apart(names: list[str]) -> tuple[str, ...]:
    """Return the names, each once: one that several nodes share is followed by its place, as labels of Pajek are."""
    shared, taken = Counter(names), set[str]()
    for place, name in enumerate(names):
        told = f"{name}#{place}" if name and shared[name] > 1 else name
        while told and told in taken:
            told += f"#{place}"
        taken.add(told)
        names[place] = told
    return tuple(names)


def _cytoscape(told: dict[str, Any], graph: RawGraph) -> None:
    directed = told.get("directed") if isinstance(told.get("directed"), bool) else None
    about = told.get("data")
    graph.about = graph.plain(about, Where(graph.file)) if isinstance(about, dict) else {}
    elements = told["elements"]
    for place, item, where in _elements(elements, graph):
        data = item.get("data")
        if not isinstance(data, dict):
            graph.reject(where, "", Told("The element has no data.", "L'élément n'a pas de « data »."))
            continue
        for name in sorted(item.keys() - _BESIDE):
            graph.notice(_beside_data(name), where)
        if place == "edges":
            rest = graph.plain(data, where, "source", "target", "id", "key")
            graph.add_link(_name(data.get("source")), _name(data.get("target")), rest, where, directed=directed)
        else:
            graph.add_node(_name(data.get("id")), graph.plain(data, where, "id"), where)


def _beside_data(name: str) -> Told:
    return tell(
        "“{name}” beside the data of an element is not read",
        "« {name} », à côté du « data » d'un élément, n'est pas lu",
        name=name[:80],
    )


def _elements(elements: Any, graph: RawGraph) -> Iterator[tuple[str, dict[str, Any], Where]]:
    """Yield each element with what it is; a flat list tells edges by their ends."""
    if isinstance(elements, dict):
        for place in ("nodes", "edges"):
            yield from ((place, item, where) for _, item, where in _items(elements.get(place, []), place, graph))
        return
    for _, item, where in _items(elements, "elements", graph):
        data = item.get("data")
        yield "edges" if isinstance(data, dict) and "source" in data else "nodes", item, where


def _items(found: Any, place: str, graph: RawGraph) -> Iterator[tuple[int, dict[str, Any], Where]]:
    """Yield each object of a list with its place in it, from 0."""
    if not isinstance(found, list):
        said = tell("{file}: “{place}” is not a list.", "{file} : « {place} » n'est pas une liste.", file=graph.file, place=place)
        raise DataRefused(said, hint=_SHAPES)
    for number, item in enumerate(found):
        where = Where(graph.file, column=f"{place}[{number}]")
        if isinstance(item, dict):
            yield number, item, where
        else:
            graph.reject(where, str(item)[:80], Told("An object was expected.", "Il faut un objet JSON, entre accolades."))


def _name(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
