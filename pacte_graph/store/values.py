"""What a query returns, as plain frozen values: nothing of a driver leaves this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node a query returned: its business identifier, label and properties (internal ids never leave the driver)."""

    id: str
    label: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkValue:
    """A relationship a query returned; ``source`` and ``target`` are business identifiers, empty where the engine hides them."""

    type: str
    source: str
    target: str
    key: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path a query returned: its nodes in order and the links between them."""

    nodes: tuple[NodeValue, ...]
    links: tuple[LinkValue, ...]


@dataclass(frozen=True, slots=True)
class GuardedRows:
    """The answer to a reading query: at most the limit's rows; ``truncated`` says whether there were more.

    ``columns`` may be empty when there are no rows: the embedded engine then does not name them.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The engine behind a store: ``embedded``, ``neo4j`` (started by us) or ``server`` (someone else's, by NEO4J_URI)."""

    engine: str
    version: str
    uri: str
    reads_enforced_by: str


_AS_IT_IS = frozenset({str, bool, int, float, type(None), dt.date})
"""Types that travel as they are; most values are of these, so they are told apart first."""


def plain(value: Any) -> Any:
    """Return a driver's value as plain Python: temporal types of ``datetime`` (in UTC), graph types as values of this module."""
    exact = type(value)
    if exact in _AS_IT_IS:
        return value
    if exact is list:
        return [item if type(item) in _AS_IT_IS else plain(item) for item in value]
    if exact is dict:
        return {key: item if type(item) in _AS_IT_IS else plain(item) for key, item in value.items()}
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    return value


def _datetime(value: neo4j.time.DateTime) -> dt.datetime:
    native = value.to_native()
    return native.replace(tzinfo=dt.UTC) if native.tzinfo is None else native.astimezone(dt.UTC)


def _properties(entity: neo4j.graph.Entity) -> dict[str, Any]:
    return {key: plain(value) for key, value in sorted(dict(entity).items())}


def _node(node: neo4j.graph.Node) -> NodeValue:
    properties = _properties(node)
    return NodeValue(str(properties.pop("id", "")), min(node.labels, default=""), properties)


def _link(link: neo4j.graph.Relationship) -> LinkValue:
    properties = _properties(link)
    ends = [str(node.get("id", "")) if node is not None else "" for node in (link.start_node, link.end_node)]
    return LinkValue(link.type, ends[0], ends[1], str(properties.pop("key", "")), properties)


class Ready(list[Any]):
    """Rows made of what travels as it is (texts, numbers, days, lists and maps of them): sent without a second look."""

    __slots__ = ()


def sendable(value: Any) -> Any:
    """Return a value the driver can send on every engine (tuples as lists; aware datetimes in UTC)."""
    exact = type(value)
    if exact is Ready:
        return list(value)
    if exact in _AS_IT_IS:
        return value
    if exact is dict:
        return {key: item if type(item) in _AS_IT_IS else sendable(item) for key, item in value.items()}
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC)
    if isinstance(value, tuple | list | frozenset | set):
        return [sendable(item) for item in (sorted(value) if isinstance(value, frozenset | set) else value)]
    if isinstance(value, Mapping):
        return {key: sendable(item) for key, item in value.items()}
    return value


_CONVERSIONS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (str | bool | int | float, lambda value: value),
    (neo4j.graph.Node, _node),
    (neo4j.graph.Relationship, _link),
    (neo4j.graph.Path, lambda path: PathValue(tuple(map(_node, path.nodes)), tuple(map(_link, path.relationships)))),
    (neo4j.time.DateTime, _datetime),
    (neo4j.time.Date | neo4j.time.Time, lambda value: value.to_native()),
    (neo4j.time.Duration, lambda value: value.iso_format()),
    (neo4j.spatial.Point, str),
    (list | tuple, lambda values: [plain(value) for value in values]),
    (dict, lambda values: {key: plain(value) for key, value in values.items()}),
)
