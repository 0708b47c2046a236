"""What the database holds, as rows of the workbook's tables: every fact once, and who states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pacte_graph.errors import UnknownName
from pacte_graph.records import Reader, Ref
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, PROVENANCE
from pacte_graph.schema.sheets import TABLES

_LEFT = frozenset({*PROVENANCE, "id", "key"})
_SCOPED = tuple(item.label for item in NODES.values() if item.scoped)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: what it is, its own properties, the sources that state it, and the programmes and documents it only names."""

    ref: Ref
    properties: Mapping[str, Any]
    sources: tuple[str, ...]
    programmes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its ends, its key (empty when it has none), its own properties, and the sources that state it."""

    type: str
    source: Ref
    target: Ref
    key: str
    properties: Mapping[str, Any]
    sources: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Return a sort key: links are always written the same way."""
        return (*self.source, *self.target, self.key)


@dataclass(slots=True)
class Content:
    """What a workbook holds: nodes by label, links by type, the cards of the sources, and the conflicts left out."""

    nodes: dict[str, list[Node]] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    sources: list[Mapping[str, Any]] = field(default_factory=list)
    conflicts: int = 0

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many nodes and links there are; memberships of a perimeter and attestations included."""
        named = sum(len(node.programmes) + len(node.documents) for group in self.nodes.values() for node in group)
        return sum(map(len, self.nodes.values())), sum(map(len, self.links.values())) + named


def read(reader: Reader, programme: str | None = None) -> Content:
    """Return all that the database holds, or a programme's part of it. Raises UnknownName when there is no such programme."""
    nodes = {node.ref: node for label in NODES if label not in BOOKKEEPING for node in _nodes(reader, label)}
    links = [link for kind in TABLES.values() if kind.table in _LINK_TABLES for link in _links(reader, _LINK_TABLES[kind.table])]
    if programme is not None:
        nodes, links = _part(nodes, links, programme)
    found = Content()
    for node in _folded(nodes, links):
        found.nodes.setdefault(node.ref.label, []).append(node)
    for link in sorted(links, key=lambda item: item.order):
        if not _foldable(link, nodes):
            found.links.setdefault(link.type, []).append(link)
    stating = {source for node in nodes.values() for source in node.sources} | {name for link in links for name in link.sources}
    found.sources = [row for row in _sources(reader) if row["id"] in stating]
    found.conflicts = _conflicts(reader, {ref.id for ref in nodes})
    return found


_LINK_TABLES = {item.table: item.type for item in LINKS.values() if item.type != "ABOUT"}


def _nodes(reader: Reader, label: str) -> Iterator[Node]:
    rows = reader.read(f"MATCH (n:`{label}`)\nWITH n\nORDER BY n.id\nRETURN collect(properties(n)) AS nodes")
    for told in rows[0]["nodes"] if rows else ():
        yield Node(Ref(label, str(told["id"])), _own(told), tuple(sorted(told.get("sources") or ())))


def _links(reader: Reader, type_: str) -> Iterator[Link]:
    for label in LINKS[type_].sources:
        rows = reader.read(
            f"MATCH (a:`{label}`)-[r:`{type_}`]->(b)\n"
            "RETURN collect({source: a.id, labels: labels(b), target: b.id, told: properties(r)}) AS links"
        )
        for row in rows[0]["links"] if rows else ():
            told = row["told"]
            target = next((name for name in row["labels"] if name in LINKS[type_].targets), row["labels"][0])
            ends = Ref(label, str(row["source"])), Ref(target, str(row["target"]))
            yield Link(type_, *ends, str(told.get("key") or ""), _own(told), tuple(sorted(told.get("sources") or ())))


def _own(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in _LEFT and value is not None}


def _part(nodes: dict[Ref, Node], links: list[Link], programme: str) -> tuple[dict[Ref, Node], list[Link]]:
    """Return a programme's nodes, what hangs on them (passages, documents), and the links among all these."""
    start = Ref("Programme", programme)
    if start not in nodes:
        known = ", ".join(sorted(ref.id for ref in nodes if ref.label == "Programme")) or "none"
        raise UnknownName(
            f"There is no programme {programme}; the database holds: {known}.", hint="pacte export without --programme"
        )
    kept = {start, *(link.source for link in links if link.type == "PART_OF" and link.target == start)}
    hanging: dict[Ref, list[Ref]] = {}
    for link in links:
        if link.target.label not in (*_SCOPED, "Programme"):
            hanging.setdefault(link.source, []).append(link.target)
    new = kept
    while new:
        new = {target for ref in new for target in hanging.get(ref, ())} - kept
        kept |= new
    named = {
        str(link.properties["document"]) for link in links if {link.source, link.target} <= kept and "document" in link.properties
    }
    kept |= {Ref("Document", name) for name in named} & nodes.keys()
    return {ref: node for ref, node in nodes.items() if ref in kept}, [x for x in links if {x.source, x.target} <= kept]


def _foldable(link: Link, nodes: Mapping[Ref, Node]) -> bool:
    """Tell whether a link says nothing more than a cell of its source's row can: no property, the same sources."""
    fits = link.source.label in _SCOPED if link.type == "PART_OF" else link.type == "STATED_IN" and link.source in nodes
    return fits and not link.properties and not link.key and link.sources == nodes[link.source].sources


def _folded(nodes: Mapping[Ref, Node], links: list[Link]) -> Iterator[Node]:
    """Yield the nodes, sorted, with what their rows name."""
    named: dict[tuple[Ref, str], list[str]] = {}
    for link in links:
        if _foldable(link, nodes):
            named.setdefault((link.source, link.type), []).append(link.target.id)
    for ref in sorted(nodes):
        node = nodes[ref]
        programmes, documents = (tuple(sorted(named.get((ref, type_), ()))) for type_ in ("PART_OF", "STATED_IN"))
        yield Node(ref, node.properties, node.sources, programmes, documents)


def _sources(reader: Reader) -> list[dict[str, Any]]:
    rows = reader.read("MATCH (s:`Source`)\nRETURN s.id AS id, properties(s) AS told\nORDER BY id")
    return [{**row["told"], "id": row["id"]} for row in rows]


def _conflicts(reader: Reader, ids: set[str]) -> int:
    rows = reader.read("MATCH (s:`Statement`)\nWHERE s.kept = false\nRETURN s.about AS about\nORDER BY about")
    return sum(1 for row in rows if str(row["about"]) in ids or "|" in str(row["about"]))
