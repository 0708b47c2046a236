"""A fact held as rows of the database and back: its own properties, its provenance, and who says what when sources disagree."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pacte_graph.loading import keys
from pacte_graph.loading.absorbed import Absorptions, physical
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import same
from pacte_graph.loading.statements import Statement, decode, decode_value, encode, encode_value
from pacte_graph.records import Ref, Value
from pacte_graph.schema import LINKS, MOVED, NODES, PROVENANCE

Row = dict[str, Any]

_KEPT_APART = frozenset({*PROVENANCE, "id", "key"})


def properties(held: Held) -> Row:
    """Return everything the node or link carries: facts, identity and provenance; sources sorted.

    A link that one source stated in one run says so in its one statement: its runs aren't written a second time.
    """
    sources = sorted(held.statements)
    found: Row = {**held.properties, "sources": sources, "statements": [encode(held.statements[source]) for source in sources]}
    if isinstance(held.key, Ref):
        found["id"] = held.key.id
    else:
        if held.key.key:
            found["key"] = held.key.key
        only = held.statements[sources[0]] if len(sources) == 1 else None
        if only and only.run == held.first_run == held.last_run and only.importer_version == held.importer_version:
            return found
    return {
        **found,
        "first_run": held.first_run,
        "last_run": held.last_run,
        "importer_version": held.importer_version,
    }


def row(held: Held, merged: Absorptions) -> Row:
    """Return the row by which a fact is created or set; ``merged`` tells which node stands for the one that sources name."""
    found = place(held.key, merged)
    if isinstance(held.key, Ref):
        absorbed = merged.get(held.key.id)
        return {**found, "properties": {**properties(held), **(absorbed.own if absorbed else {})}}
    moved = {end: found[end] for end in MOVED if found[end] != found[end.removeprefix("as_")]}
    return {**found, "properties": {**properties(held), **moved}}


def place(key: Key, merged: Absorptions) -> Row:
    """Return the row by which a fact is found."""
    if isinstance(key, Ref):
        return {"id": key.id}
    return {
        "source": physical(key.source.id, merged),
        "target": physical(key.target.id, merged),
        "as_source": key.source.id,
        "as_target": key.target.id,
        "key": key.key,
    }


def held(key: Key, found: Mapping[str, Any], spoken: Mapping[tuple[str, str], Value] | None = None) -> Held:
    """Return the fact that the database holds under ``key``."""
    statements = [decode(text) for text in found.get("statements") or []]
    only = statements[0] if len(statements) == 1 else None
    return Held(
        key,
        {name: value for name, value in found.items() if name not in _KEPT_APART},
        {statement.source: statement for statement in statements},
        str(found.get("first_run") or (only.run if only else "")),
        str(found.get("last_run") or (only.run if only else "")),
        str(found.get("importer_version") or (only.importer_version if only else "")),
        spoken or {},
    )


def spoken_rows(fact: Held) -> dict[str, Row]:
    """Return one Statement row, by id, for each source's word on each property on which sources disagree."""
    about = keys.identifier(fact.key)
    return {
        spoken_id(about, name, source): {
            "id": spoken_id(about, name, source),
            "about": about,
            "property": name,
            "value": encode_value(value),
            "source": source,
            "kept": same(value, fact.properties.get(name)),
            "place": _where(fact.statements[source]),
        }
        for (name, source), value in sorted(fact.spoken.items(), key=lambda item: item[0])
    }


def spoken_id(about: str, name: str, source: str) -> str:
    """Return a Statement's identifier: a digest, because a link's name may be longer than an identifier may be."""
    parts = f"{about}\x00{name}\x00{source}"
    return f"statement:{hashlib.sha256(parts.encode()).hexdigest()[:32]}"


def spoken_value(key: Key, name: str, text: str) -> Value:
    """Return a value that a Statement row holds, as the schema types it."""
    declared = NODES[key.label].property(name) if isinstance(key, Ref) else LINKS[key.type].property(name)
    return decode_value(text, declared.type if declared else "string")


def link_key(type_: str, source: Ref, target: Ref, key: object) -> LinkKey:
    """Return a link's identity from what the database returns; an absent key is the empty one."""
    return LinkKey(type_, source, target, "" if key is None else str(key))


def shown(key: LinkKey, merged: Absorptions) -> str:
    """Return the name the network gives a link: between the nodes that stand for its ends, with whose it was."""
    found = place(key, merged)
    moved = [found[end] for end in MOVED if found[end] != found[end.removeprefix("as_")]]
    return f"{key.type}|{found['source']}|{found['target']}|{'~'.join([key.key, *moved])}"


def _where(statement: Statement) -> str:
    return str(statement.where[0]) if statement.where else ""


def with_spoken(fact: Held, spoken: Mapping[tuple[str, str], Value]) -> Held:
    """Return a fact with the values on which its sources disagree."""
    return replace(fact, spoken=dict(spoken))
