"""One value of an answer, as a reader sees it and as a machine reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pacte_graph.queries.model import Column
from pacte_graph.schema import LINKS, PROVENANCE
from pacte_graph.schema.kinds import Words
from pacte_graph.store.values import LinkValue, NodeValue, PathValue

_YES, _NO = Words("oui", "yes"), Words("non", "no")
_PROJECT = Words("Projet {n} (titre inconnu)", "Project {n} (title unknown)")


def node_text(node: NodeValue, language: str) -> str:
    """Return the name of a node: a project's number and title, a name, else its identifier."""
    name = next((str(node.properties[key]) for key in ("short_name", "name", "text") if node.properties.get(key)), "")
    number = node.properties.get("number")
    if node.label == "Project" and number is not None:
        return f"{number} · {name}" if name else _PROJECT.get(language).format(n=number)
    return name or node.id


def text(value: Any, language: str, column: Column | None = None) -> str:
    """Return ``value`` as a reader sees it; unknown (None) is empty, values of closed lists are named."""
    if value is None:
        return ""
    for choice in column.choices if column else ():
        if choice.value == value:
            return choice.label.get(language)
    if isinstance(value, list | tuple):
        return ", ".join(text(item, language, column) for item in value)
    if isinstance(value, NodeValue | LinkValue | PathValue):
        return _graph_text(value, language)
    return _scalar_text(value, language)


def _graph_text(value: NodeValue | LinkValue | PathValue, language: str) -> str:
    if isinstance(value, NodeValue):
        return node_text(value, language)
    if isinstance(value, PathValue):
        return " – ".join(node_text(node, language) for node in value.nodes)
    return LINKS[value.type].words.get(language) if value.type in LINKS else value.type


def _scalar_text(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return (_YES if value else _NO).get(language)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if value in LINKS:
        return LINKS[value].words.get(language)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def plain(value: Any) -> Any:
    """Return ``value`` in JSON's terms: nodes, links and paths as objects, without the bookkeeping of provenance."""
    if isinstance(value, NodeValue):
        return {"id": value.id, "label": value.label, "properties": _facts(value.properties)}
    if isinstance(value, LinkValue):
        ends = {"type": value.type, "source": value.source, "target": value.target, "key": value.key}
        return {**ends, "properties": _facts(value.properties)}
    if isinstance(value, PathValue):
        return {"nodes": [plain(node) for node in value.nodes], "links": [plain(link) for link in value.links]}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    return value


def _facts(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: plain(value) for key, value in sorted(properties.items()) if key not in PROVENANCE}
