"""GraphML and GEXF, by networkx's writers: typed attributes, the same bytes for the same network."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from pacte_graph.schema import interchange

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def graphml(graph: nx.MultiDiGraph[Any]) -> bytes:
    """Return the graph as GraphML; attributes are declared with their types, links have their key as id."""
    made = GraphMLWriter(encoding="utf-8", prettyprint=True)
    made.add_graph_element(graph)
    made.indent(made.xml)
    return (_DECLARATION + tostring(made.xml, encoding="unicode").replace("\r", "&#13;") + "\n").encode()


def gexf(graph: nx.MultiDiGraph[Any]) -> bytes:
    """Return the graph as GEXF 1.2; what the graph says of itself is in the description of ``meta``."""
    named: nx.MultiDiGraph[Any] = nx.MultiDiGraph(name=graph.graph.get("name", ""))
    named.add_nodes_from(graph.nodes(data=True))
    for source, target, key, told in graph.edges(keys=True, data=True):
        named.add_edge(source, target, key=key, id=key, **told)
    made = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    made.add_graph(named)
    _describe(made.xml, graph)
    made.indent(made.xml)
    return (_DECLARATION + tostring(made.xml, encoding="unicode") + "\n").encode()


def _describe(root: Element, graph: nx.MultiDiGraph[Any]) -> None:
    """Replace the writer's own ``meta``, which holds the day of writing, by the scope and the sources."""
    meta = root.find("meta")
    if meta is None:
        return
    meta.clear()
    SubElement(meta, "creator").text = "Pacte Graph"
    told = [f"{name}: {graph.graph[name]}" for name in (interchange.SCOPE, interchange.SOURCES) if graph.graph.get(name)]
    SubElement(meta, "description").text = "; ".join(told)
