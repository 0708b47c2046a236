"""Who says so: the statements behind one node or link, with source, file, line, run and date."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pacte_graph.errors import UnknownName, tell
from pacte_graph.loading import cypher, keys, rows, runs
from pacte_graph.loading.absorbed import absorptions, physical
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.holding import held, present, with_disagreements
from pacte_graph.loading.statements import Statement, plain
from pacte_graph.records import Reader, Ref
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES


def provenance(reader: Reader, identifier: str) -> list[dict[str, Any]]:
    """Return what each source states of a node (its id) or link (``type|source|target|key``), sources sorted.

    Each row: source, name, name_en, fictitious, run, date (of the run), importer_version, where (list of file, sheet, line,
    column, text), properties (the names stated) and disagrees (property: value of this source, value kept) where sources
    differ. Raises UnknownName when there is no such node or link.
    """
    fact = find(reader, identifier)
    cards = {row["source"]: row for row in runs.sources(reader)}
    dates = {
        row["id"]: row["at"] for row in reader.read("MATCH (r:`ImportRun`)\nRETURN r.id AS id, r.started_at AS at\nORDER BY id")
    }
    return [_described(fact, fact.statements[source], cards.get(source, {}), dates) for source in sorted(fact.statements)]


def fact(reader: Reader, identifier: str) -> dict[str, Any]:
    """Return one node or link: id, type (label or link type), properties, statements (see :func:`provenance`), merges.

    ``merged_into`` names the node that stands for it (None: itself), ``merged`` those merged into it. Raises UnknownName.
    """
    found = find(reader, identifier)
    merges = absorptions(reader)
    return {
        "id": keys.identifier(found.key),
        "type": found.key.label if isinstance(found.key, Ref) else found.key.type,
        "properties": {name: plain(value) for name, value in sorted(found.properties.items())},
        "merged_into": merges[identifier].into if identifier in merges else None,
        "merged": [
            {"id": item.node.id, "by": item.by, "at": plain(item.at)} for item in merges.values() if item.into == identifier
        ],
        "first_run": found.first_run,
        "last_run": found.last_run,
        "statements": provenance(reader, identifier),
    }


def names(reader: Reader, identifiers: Collection[str]) -> dict[str, str]:
    """Return the names of nodes, those merged into others too, by identifier; the unknown and the nameless aren't there."""
    found: dict[str, str] = {}
    labels = present(reader) & {*(NODES.keys() - set(BOOKKEEPING)), "Absorbed"} if identifiers else set()
    for label in sorted(labels):
        query = f"MATCH (n:`{label}`)\nWHERE n.id IN $ids AND n.name IS NOT NULL\nRETURN n.id AS id, n.name AS name\nORDER BY id"
        found.update({row["id"]: row["name"] for row in reader.read(query, {"ids": sorted(set(identifiers))})})
    return found


def find(reader: Reader, identifier: str) -> Held:
    """Return a node or link by the name it has everywhere. Raises UnknownName when there is none."""
    found = _link(reader, identifier) if identifier.partition("|")[0] in LINKS else _node(reader, identifier)
    if found is None:
        missing = "There is no node or link {id!r} in the database."
        raise UnknownName(tell(missing, "Il n'y a ni nœud ni lien « {id} » dans la base.", id=identifier))
    return with_disagreements(reader, {found.key: found})[found.key]


def _node(reader: Reader, identifier: str) -> Held | None:
    for key, fact in held(reader, [item.node for item in absorptions(reader).values() if item.node.id == identifier]).items():
        return fact if isinstance(key, Ref) else None
    for label in sorted(present(reader) & NODES.keys() - set(BOOKKEEPING)):
        for row in reader.read(cypher.read_nodes(label), {"ids": [identifier]}):
            return rows.held(Ref(label, identifier), row["properties"])
    return None


def _link(reader: Reader, identifier: str) -> Held | None:
    """Find a link by trying each bar of its name as the end of the source's id (an id may hold a bar itself)."""
    merged = absorptions(reader)
    type_, *parts = identifier.split("|")
    starts = [physical("|".join(parts[:count]), merged) for count in range(1, len(parts))]
    for label in LINKS[type_].sources:
        for row in reader.read(cypher.read_links(type_, label), {"ids": starts}):
            ends = Ref(label, row["source"]), Ref(row["labels"][0], row["target"])
            key = rows.link_key(type_, *ends, row["properties"].get("key"))
            if identifier in (keys.identifier(key), rows.shown(key, merged)):
                return rows.held(key, row["properties"])
    return None


def _described(fact: Held, statement: Statement, card: dict[str, Any], dates: dict[str, Any]) -> dict[str, Any]:
    differing = {
        name: {"value": plain(value), "kept": plain(fact.properties.get(name))}
        for (name, source), value in fact.spoken.items()
        if source == statement.source and value != fact.properties.get(name)
    }
    return {
        "source": statement.source,
        "name": card.get("name", statement.source),
        "name_en": card.get("name_en", statement.source),
        "fictitious": card.get("fictitious", False),
        "run": statement.run,
        "date": dates.get(statement.run),
        "importer_version": statement.importer_version,
        "where": [
            {"file": place.file, "sheet": place.sheet, "line": place.line, "column": place.column, "text": str(place)}
            for place in statement.where
        ],
        "properties": list(statement.properties),
        "disagrees": differing,
    }
