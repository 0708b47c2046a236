"""Read the snapshot of one scope from a database: the nodes of a programme's perimeter and the links among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pacte_graph import schema
from pacte_graph.errors import UnknownName
from pacte_graph.memory import uncollected
from pacte_graph.network.model import Link, Milestone, Network, Node, Scope
from pacte_graph.records import Reader

LABELS = tuple(item.label for item in schema.NODES.values() if item.scoped)
TYPES = (
    "APPLIES_IN",
    "BASED_IN",
    "COOPERATES_WITH",
    "LINKED_TO",
    "MEMBER_OF",
    "REPRESENTS",
    "TAKES_PART_IN",
    "WITHIN",
)
_LEFT = frozenset({*schema.PROVENANCE, "id", "key", "contour"})
"""Not of the network: provenance and identity, and contours, which only a map needs (they are large)."""


@dataclass(frozen=True, slots=True)
class ProgrammeInfo:
    """A programme of the database, for selectors: ``projects`` counts those in its perimeter."""

    id: str
    name: str
    acronym: str
    fictitious: bool
    reference_dates: tuple[dt.date, ...]
    projects: int


def programmes(reader: Reader) -> tuple[ProgrammeInfo, ...]:
    """Return the programmes of the database, real ones first, then in the order they were first loaded; empty when there is none.

    So the first one, which the screen opens on, stays the same when another one is loaded.
    """
    rows = reader.read("MATCH (p:Programme)\nRETURN p.id AS id, properties(p) AS told\nORDER BY id")
    counted = reader.read(
        "MATCH (n:Project)-[:PART_OF]->(p:Programme)\nRETURN p.id AS id, count(DISTINCT n) AS total\nORDER BY id"
    )
    totals = {row["id"]: int(row["total"]) for row in counted}
    runs = reader.read("MATCH (r:ImportRun)\nRETURN r.id AS id\nORDER BY r.started_at, id")
    moments = {row["id"]: at for at, row in enumerate(runs)}
    loaded = {row["id"]: moments.get(row["told"].get("first_run"), len(moments)) for row in rows}
    found = [_info(row["id"], row["told"], totals.get(row["id"], 0)) for row in rows]
    return tuple(sorted(found, key=lambda info: (info.fictitious, loaded[info.id], info.id)))


def _info(identifier: str, told: Mapping[str, Any], projects: int) -> ProgrammeInfo:
    dates = tuple(sorted(dt.date.fromisoformat(text) for text in told.get("reference_dates") or ()))
    name, acronym = str(told.get("name") or identifier), str(told.get("acronym") or "")
    return ProgrammeInfo(identifier, name, acronym, bool(told.get("fictitious")), dates, projects)


def contours(reader: Reader, programme: str) -> list[dict[str, Any]]:
    """Return the contours of a programme's territories, sorted by id: id, name, level, contour (GeoJSON geometry as text)."""
    query = (
        "MATCH (t:Territory)-[:PART_OF]->(:Programme {id: $programme})\nWHERE t.contour IS NOT NULL\n"
        "WITH DISTINCT t\nRETURN t.id AS id, t.name AS name, t.level AS level, t.contour AS contour\nORDER BY id"
    )
    return reader.read(query, {"programme": programme})


def read(reader: Reader, scope: Scope) -> Network:
    """Return the network of ``scope``. Raises UnknownName when there is no such programme."""
    told = reader.read("MATCH (p:Programme {id: $programme})\nRETURN properties(p) AS told", {"programme": scope.programme})
    if not told:
        known = ", ".join(info.id for info in programmes(reader)) or "none"
        raise UnknownName(f"There is no programme {scope.programme}; the database holds: {known}.", hint="Load one: pacte demo")
    with uncollected():
        return _read(reader, scope, told[0]["told"])


def _read(reader: Reader, scope: Scope, told: Mapping[str, Any]) -> Network:
    nodes = {node.id: node for label in LABELS for node in _nodes(reader, scope, label) if _kept(node, scope)}
    labels = {node.label for node in nodes.values()}
    links = [
        link for type_ in TYPES for link in _links(reader, scope, type_, labels) if {link.source, link.target} <= nodes.keys()
    ]
    kept = [link for link in links if _in_force(link, scope)]
    programme = {key: value for key, value in told.items() if key not in schema.PROVENANCE}
    sources = _names(reader, "Source", _sources(told, reader, scope))
    documents = _names(
        reader, "Document", sorted({str(link.properties["document"]) for link in kept if "document" in link.properties})
    )
    return Network.of(
        nodes.values(),
        kept,
        scope=replace(scope),
        programme=programme,
        sources=sorted(sources.values()),
        documents=documents,
        milestones=_milestones(reader, scope) if "Project" in labels else (),
    )


def _milestones(reader: Reader, scope: Scope) -> list[Milestone]:
    """Return the milestones of the perimeter's projects; nothing is asked for where the database holds none."""
    if not reader.read("MATCH ()-[r:HAS_MILESTONE]->()\nRETURN 1 AS one\nLIMIT 1"):
        return []
    query = (
        "MATCH (:Programme {id: $programme})<-[:PART_OF]-(p:Project)-[:HAS_MILESTONE]->(m:Milestone)\n"
        "RETURN collect(DISTINCT [m.id, p.id, m.text, m.date_from, m.date_to, m.date_text]) AS steps"
    )
    rows = _collected(reader, query, scope, "steps")
    return [
        Milestone(str(name), str(project), str(text or name), since, until, str(written or ""))
        for name, project, text, since, until, written in rows
    ]


def _names(reader: Reader, label: str, ids: list[str]) -> dict[str, str]:
    """Return the names of the nodes of one label, by identifier."""
    rows = reader.read(f"MATCH (n:{label})\nWHERE n.id IN $ids\nRETURN n.id AS id, n.name AS name\nORDER BY id", {"ids": ids})
    return {str(row["id"]): str(row["name"]) for row in rows}


def _nodes(reader: Reader, scope: Scope, label: str) -> list[Node]:
    names = ["id", *(item.name for item in schema.NODES[label].properties if item.name not in _LEFT)]
    query = (
        f"MATCH (n:{label})-[:PART_OF]->(:Programme {{id: $programme}})\n"
        f"RETURN collect(DISTINCT [{_values('n', names)}]) AS nodes"
    )
    return [Node(str(row[0]), label, _told(names, row, 1)) for row in _collected(reader, query, scope, "nodes")]


def _links(reader: Reader, scope: Scope, type_: str, labels: set[str]) -> list[Link]:
    """Return the links of a type that start in the perimeter; labels it has no node of aren't asked for."""
    ends = schema.LINKS[type_]
    own = ["key", *schema.MOVED]
    names = [*own, *(item.name for item in ends.properties)]
    found: list[Link] = []
    starts = [label for label in ends.sources if label in labels] if labels & set(ends.targets) else []
    if not starts or not reader.read(f"MATCH ()-[r:{type_}]->()\nRETURN 1 AS one\nLIMIT 1"):
        return found
    for label in starts:
        query = (
            f"MATCH (:Programme {{id: $programme}})<-[:PART_OF]-(a:{label})\nWITH DISTINCT a\nMATCH (a)-[r:{type_}]->(b)\n"
            f"RETURN collect([a.id, b.id, {_values('r', names)}]) AS links"
        )
        for row in _collected(reader, query, scope, "links"):
            key = _key(*row[2 : 2 + len(own)])
            found.append(Link(type_, str(row[0]), str(row[1]), key, _told(["", "", *names], row, 2 + len(own))))
    return _without_echoes(found, keyed=ends.keyed)


def _values(name: str, properties: list[str]) -> str:
    """Return the values of a node or link as items of a list: shorter than maps, and without the provenance."""
    return ", ".join(f"{name}.`{item}`" for item in properties)


def _told(names: list[str], row: list[Any], start: int) -> dict[str, Any]:
    return {name: value for name, value in zip(names[start:], row[start:], strict=True) if value is not None}


def _collected(reader: Reader, query: str, scope: Scope, name: str) -> list[list[Any]]:
    rows = reader.read(query, {"programme": scope.programme})
    return list(rows[0][name]) if rows else []


def _key(key: str | None, *moved: str | None) -> str:
    """Return a link's key; a merged node's links say whose they were, so that they stay parallel to the other's."""
    return "~".join([key or "", *filter(None, moved)]) if any(moved) else key or ""


def _without_echoes(links: list[Link], *, keyed: bool) -> list[Link]:
    """Drop what a merge makes meaningless: a link of a node to itself, and a second link where there can be one only."""
    links = [link for link in links if link.source != link.target or "~" not in link.key]
    if keyed:
        return links
    first: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda link: link.key):
        first.setdefault((link.source, link.target), link)
    return list(first.values())


def _kept(node: Node, scope: Scope) -> bool:
    if scope.kinds and node.label == "Actor":
        return node.group in scope.kinds
    if scope.levels and node.label == "Territory":
        return node.group in scope.levels
    return True


def _in_force(link: Link, scope: Scope) -> bool:
    if scope.roles and link.type == "TAKES_PART_IN" and link.properties.get("role") not in scope.roles:
        return False
    if scope.date is None:
        return True
    since, until = link.properties.get("since"), link.properties.get("until")
    return (since is None or since <= scope.date) and (until is None or scope.date < until)


def _sources(told: Mapping[str, Any], reader: Reader, scope: Scope) -> list[str]:
    """Return the ids of the sources behind the programme and its projects."""
    rows = reader.read(
        "MATCH (n:Project)-[:PART_OF]->(:Programme {id: $programme})\nRETURN collect(n.sources) AS lists",
        {"programme": scope.programme},
    )
    lists = [told.get("sources") or [], *(rows[0]["lists"] if rows else [])]
    return sorted({name for names in lists for name in names})
