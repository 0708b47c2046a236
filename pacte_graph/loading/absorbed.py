"""Merged nodes: how what sources say of them is still told apart, and how they are split again.

Loading always reasons about what sources name: a source that names B goes on stating B after B was merged into A. Only the
place in the database differs. B's own node is replaced by an ``Absorbed`` record that holds everything stated of B, and B's
links are
A's, each with the identifier its sources give that end (``as_source``, ``as_target``). So later imports obey a merge, pruning
is right,
nothing is lost, and undoing a merge moves these links back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pacte_graph.errors import DataRefused, Told, UnknownName, tell
from pacte_graph.loading import cypher
from pacte_graph.loading.keys import label_words
from pacte_graph.records import Reader, Ref
from pacte_graph.schema import LINKS

if TYPE_CHECKING:
    from pacte_graph.store import Store

OWN = ("absorbed_label", "absorbed_into", "absorbed_parent", "absorbed_by", "absorbed_at")
"""What an ``Absorbed`` record holds besides what the node held."""


@dataclass(frozen=True, slots=True)
class Absorption:
    """One merged node: the node that stays, the one that the decision names (merged itself since, perhaps), who and when."""

    node: Ref
    into: str
    by: str = ""
    at: dt.datetime | None = None
    parent: str = ""

    @property
    def own(self) -> dict[str, Any]:
        """Return the record's own properties."""
        told = {
            "absorbed_label": self.node.label,
            "absorbed_into": self.into,
            "absorbed_parent": self.parent,
            "absorbed_by": self.by,
            "absorbed_at": self.at,
        }
        return {name: value for name, value in told.items() if value}


_FOLLOW = "UNWIND $rows AS row\nMATCH (n:`Absorbed` {id: row.id})\nSET n.absorbed_into = row.into"

Absorptions = Mapping[str, Absorption]
"""Merged nodes by identifier."""


def absorptions(reader: Reader) -> dict[str, Absorption]:
    """Return every merged node of the database, by identifier, sorted."""
    rows = reader.read(
        "MATCH (n:`Absorbed`)\n"
        "RETURN n.id AS id, n.absorbed_label AS label, n.absorbed_into AS into, n.absorbed_by AS by, n.absorbed_at AS at, "
        "n.absorbed_parent AS parent\n"
        "ORDER BY id"
    )
    return {
        row["id"]: Absorption(Ref(row["label"], row["id"]), row["into"], row["by"] or "", row["at"], row["parent"] or row["into"])
        for row in rows
    }


def physical(identifier: str, merged: Absorptions) -> str:
    """Return the identifier of the node that stands for one a source names."""
    found = merged.get(identifier)
    return found.into if found else identifier


def following(merged: Absorptions, identifier: str) -> list[Absorption]:
    """Return the nodes that were merged into one, or into one of these: what follows it wherever it goes."""
    found: list[Absorption] = []
    parents = {identifier}
    while parents:
        found += (children := [item for item in merged.values() if item.parent in parents])
        parents = {item.node.id for item in children}
    return found


def absorb(store: Store, kept: Ref, other: Ref, *, by: str = "", parent: str = "") -> None:
    """Merge ``other`` into ``kept``, in one transaction. Nodes merged into ``other`` before follow it.

    ``parent`` is the record that the decision names, where it was merged into ``kept`` itself.

    Raises DataRefused when they are one node, of two labels, or one of them was merged already; UnknownName when one isn't there.
    """
    merged = absorptions(store)
    if kept == other or kept.label != other.label:
        raise DataRefused(
            tell(
                "{other} can't be merged into {kept}.",
                "{other} ne peut pas être fusionné dans {kept}.",
                other=other.id,
                kept=kept.id,
            ),
            hint=Told("Merge two different nodes of one type.", "Fusionner deux nœuds différents d'un même type."),
        )
    for ref in (kept, other):
        if ref.id in merged:
            told = tell(
                "{id} is already merged into {into}.", "{id} est déjà fusionné dans {into}.", id=ref.id, into=merged[ref.id].into
            )
            raise DataRefused(told, hint=Told("Undo that first.", "Défaire d'abord cette fusion."))
    _node(store, kept)
    record = Absorption(other, kept.id, by, dt.datetime.now(dt.UTC), parent or kept.id)
    row = {"id": other.id, "properties": {**_node(store, other), **record.own}}
    followers = [{"id": item.node.id, "into": kept.id} for item in merged.values() if item.into == other.id]
    statements: list[tuple[str, Mapping[str, Any]]] = [
        (cypher.delete_nodes(other.label), {"rows": [{"id": other.id}]}),
        (cypher.create_absorbed(), {"rows": [row]}),
        *_links(store, other, kept.id),
        (_FOLLOW, {"rows": followers}),
    ]
    store.write_many(statements)


def restore(store: Store, identifier: str) -> Ref:
    """Undo the merge of a node, in one transaction; return it. Raises UnknownName when it isn't merged.

    What had been merged into it follows it back.
    """
    merged = absorptions(store)
    found = merged.get(identifier)
    if found is None:
        raise not_merged(identifier)
    (row,) = store.read(cypher.read_absorbed(), {"ids": [identifier]})
    properties = {name: value for name, value in row["properties"].items() if name not in OWN}
    kept = Ref(found.node.label, found.into)
    statements: list[tuple[str, Mapping[str, Any]]] = [
        (cypher.delete_nodes("Absorbed"), {"rows": [{"id": identifier}]}),
        (cypher.create_nodes(kept.label), {"rows": [{"id": identifier, "properties": properties}]}),
    ]
    followers = [item.node.id for item in following(merged, identifier)]
    statements.append((_FOLLOW, {"rows": [{"id": name, "into": identifier} for name in followers]}))
    statements += _back(store, kept, identifier, {identifier, *followers})
    store.write_many(statements)
    return found.node


def not_merged(identifier: str) -> UnknownName:
    """Return the refusal to undo a merge that wasn't made."""
    return UnknownName(
        tell("{id} is not merged into another node.", "{id} n'est fusionné dans aucun autre nœud.", id=identifier),
        hint=Told("`pacte duplicates --merged` lists what is.", "`pacte duplicates --merged` liste ce qui l'est."),
    )


def _node(reader: Reader, ref: Ref) -> dict[str, Any]:
    rows = reader.read(cypher.read_nodes(ref.label), {"ids": [ref.id]})
    if not rows:
        missing = "There is no {label} {id} in the database."
        raise UnknownName(tell(missing, "Il n'y a pas de {label} {id} dans la base.", label=label_words(ref.label), id=ref.id))
    found: dict[str, Any] = rows[0]["properties"]
    return found


@dataclass(frozen=True, slots=True)
class _Link:
    """One link of a node as the database holds it; ``outgoing`` from the node looked at."""

    type: str
    outgoing: bool
    other: Ref
    properties: dict[str, Any]

    def row(self, node: str, properties: dict[str, Any]) -> dict[str, Any]:
        source, target = (node, self.other.id) if self.outgoing else (self.other.id, node)
        return {
            "source": source,
            "target": target,
            "key": properties.get("key") or "",
            "as_source": properties.get("as_source", source),
            "as_target": properties.get("as_target", target),
            "properties": properties,
        }

    def group(self, label: str) -> tuple[str, str, str]:
        return (self.type, label, self.other.label) if self.outgoing else (self.type, self.other.label, label)


def _of(reader: Reader, node: Ref) -> list[_Link]:
    """Return every link of a node, each once (a link to itself as outgoing)."""
    found: list[_Link] = []
    for type_, declared in LINKS.items():
        for outgoing, allowed in ((True, declared.sources), (False, declared.targets)):
            if node.label not in allowed:
                continue
            rows = reader.read(cypher.links_of(type_, node.label, outgoing=outgoing), {"id": node.id})
            found += [
                _Link(type_, outgoing, Ref(row["labels"][0], row["other"]), row["properties"])
                for row in rows
                if outgoing or row["other"] != node.id
            ]
    return found


def _links(reader: Reader, other: Ref, kept: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the statements that give the links of ``other`` to ``kept``; each remembers which end was ``other``."""
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for link in _of(reader, other):
        itself = link.other.id == other.id
        moved = _Link(link.type, link.outgoing, Ref(other.label, kept) if itself else link.other, link.properties)
        ends = ("as_source", "as_target") if itself else (("as_source",) if link.outgoing else ("as_target",))
        properties = {**dict.fromkeys(ends, other.id), **link.properties} if link.type != "ABOUT" else link.properties
        rows.setdefault(moved.group(other.label), []).append(moved.row(kept, properties))
    return [(cypher.create_links(*group), {"rows": found}) for group, found in sorted(rows.items())]


def _back(reader: Reader, kept: Ref, other: str, those: set[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the statements that give ``other`` its links again, and those of all that follows it (``those``: all of them)."""
    gone: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    made: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for link in _of(reader, kept):
        moved = {end for end in ("as_source", "as_target") if link.properties.get(end) in those}
        here = {"as_source"} if link.outgoing else {"as_target"}
        itself = link.other.id == kept.id
        if not moved or not (itself or moved & here):
            continue
        group = link.group(kept.label)
        gone.setdefault(group, []).append(link.row(kept.id, link.properties))
        own = {end for end in moved if link.properties[end] == other}
        row = link.row(kept.id, {name: value for name, value in link.properties.items() if name not in own})
        row["source"] = other if "as_source" in moved else row["source"]
        row["target"] = other if "as_target" in moved else row["target"]
        made.setdefault(group, []).append(row)
    statements: list[tuple[str, Mapping[str, Any]]] = []
    statements += [(cypher.delete_links(*group), {"rows": rows}) for group, rows in sorted(gone.items())]
    statements += [(cypher.create_links(*group), {"rows": rows}) for group, rows in sorted(made.items())]
    return [*statements, *_about(reader, kept, other, those)]


def _about(reader: Reader, kept: Ref, other: str, those: set[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the statements that turn the Statements about ``other``, and what follows it, to it again."""
    query = "MATCH (s:`Statement`)\nWHERE s.about IN $about\nRETURN s.id AS id\nORDER BY id"
    found = [{"id": row["id"]} for row in reader.read(query, {"about": sorted(those)})]
    if not found:
        return []
    drop = cypher.lines("UNWIND $rows AS row", "MATCH (s:`Statement` {id: row.id})-[r:`ABOUT`]->()", "DELETE r")
    make = cypher.lines(
        "UNWIND $rows AS row",
        "MATCH (s:`Statement` {id: row.id})",
        f"MATCH (n:{cypher.name(kept.label)} {{id: row.node}})",
        "CREATE (s)-[:`ABOUT`]->(n)",
    )
    return [(drop, {"rows": found}), (make, {"rows": [{**row, "node": other} for row in found]})]


def absorbing(merged: Absorptions) -> set[Ref]:
    """Return the nodes that others are merged into."""
    return {Ref(item.node.label, item.into) for item in merged.values()}


def logical_ids(identifiers: Iterable[str], merged: Absorptions) -> dict[str, list[str]]:
    """Return the identifiers by the node that stands for them."""
    found: dict[str, list[str]] = {}
    for identifier in identifiers:
        found.setdefault(physical(identifier, merged), []).append(identifier)
    return found
