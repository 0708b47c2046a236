"""A network as a networkx graph whose attributes every format can hold: texts, whole numbers, numbers, booleans."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.network import Link, Network, Node
from pacte_graph.schema import LINKS, NODES, LinkType, NodeType, interchange

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def graph_of(network: Network, language: str = "fr", *, lists: bool = False) -> nx.MultiDiGraph[str]:
    """Return the network with identifiers as nodes and the links' own ids as keys, in the network's order.

    ``label`` is the caption in ``language``; ``pacte_label``, ``pacte_type`` and ``pacte_key`` say what each thing is in
    our model; properties keep their names. Dates become ISO texts. A list becomes one text under its name followed by
    ``[]``, unless ``lists``. Characters that XML can't hold are removed. Raises DataRefused when an identifier has one.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_about(network, lists=lists))
    perimeter = dict(_perimeter(network))
    for node in network.nodes:
        graph.add_node(_identifier(node.id), **{**_node(node, language, lists=lists), **perimeter})
    labels = {node.id: node.label for node in network.nodes}
    for link in network.links:
        graph.add_edge(link.source, link.target, key=link.id, **_link(link, labels, language, lists=lists))
    return graph


def clean(text: str) -> str:
    """Return the text without the characters that XML 1.0 can't hold (controls but tab and line ends, lone surrogates)."""
    return _UNWRITABLE.sub("", text)


def _identifier(text: str) -> str:
    if clean(text) != text:
        raise DataRefused(
            tell(
                "The identifier {text} holds a character that graph files can't.",
                "L'identifiant {text} contient un caractère qu'un fichier de graphe ne peut pas contenir.",
                text=Told(repr(text), f"« {repr(text)[1:-1]} »"),
            ),
            hint=Told("Correct it in its source.", "Corrigez-le dans sa source."),
        )
    return text


def _node(node: Node, language: str, *, lists: bool) -> dict[str, Any]:
    names = {interchange.CAPTION: clean(node.captions.get(language)), interchange.LABEL: node.label}
    return {**names, **_attributes(NODES.get(node.label), node.properties, lists=lists)}


def _link(link: Link, labels: Mapping[str, str], language: str, *, lists: bool) -> dict[str, Any]:
    kind = LINKS.get(link.type)
    told = {
        interchange.CAPTION: kind.words.get(language) if kind else link.type,
        interchange.TYPE: link.type,
        interchange.SOURCE_LABEL: labels[link.source],
        interchange.TARGET_LABEL: labels[link.target],
    }
    if link.key:
        told[interchange.KEY] = _identifier(link.key)
    return {**told, **_attributes(kind, link.properties, lists=lists)}


def _attributes(kind: NodeType | LinkType | None, properties: Mapping[str, Any], *, lists: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in properties.items():
        declared = kind.property(name) if kind else None
        if isinstance(value, list | tuple):
            items = [clean(_text(item)) for item in value]
            found[name if lists else name + interchange.LIST_SUFFIX] = items if lists else interchange.joined(items)
        elif isinstance(value, bool):
            found[name] = value
        elif isinstance(value, int | float):
            found[name] = float(value) if declared is not None and declared.type == "float" else value
        else:
            found[name] = clean(_text(value))
    return found


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _perimeter(network: Network) -> Iterator[tuple[str, Any]]:
    """Yield what every node says of its programme: it survives software that keeps no attribute of the graph."""
    yield interchange.PROGRAMME, _identifier(network.scope.programme)
    if network.programme.get("name"):
        yield interchange.PROGRAMME_NAME, clean(str(network.programme["name"]))
    if network.fictitious:
        yield interchange.FICTITIOUS, True


def _about(network: Network, *, lists: bool) -> dict[str, Any]:
    """Return what the graph says of itself: its scope, the sources behind it, the programme's properties."""
    told = {name: value for name, value in network.programme.items() if name != "id"}
    programme = _attributes(NODES["Programme"], told, lists=lists)
    return {
        "name": clean(str(network.programme.get("name") or network.scope.programme)),
        interchange.SCOPE: json.dumps(network.scope.as_dict(), ensure_ascii=False, sort_keys=True),
        interchange.SOURCES: interchange.joined(clean(name) for name in network.sources),
        **{interchange.PROGRAMME_PREFIX + name: value for name, value in programme.items()},
    }
