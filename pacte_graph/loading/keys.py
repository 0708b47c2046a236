"""What identifies a fact: a node by label and id, a link by type, ends and key."""

from __future__ import annotations

from typing import NamedTuple

from pacte_graph.errors import Told, tell
from pacte_graph.records import LinkRecord, NodeRecord, Ref
from pacte_graph.schema import LINKS, NODES


class LinkKey(NamedTuple):
    """A link's identity: two links with the same four values are one link."""

    type: str
    source: Ref
    target: Ref
    key: str


Key = Ref | LinkKey
"""A node's or a link's identity."""

Record = NodeRecord | LinkRecord


def of(record: Record) -> Key:
    """Return the identity of a record."""
    if isinstance(record, NodeRecord):
        return record.ref
    return LinkKey(record.type, record.source, record.target, record.key)


def identifier(key: Key) -> str:
    """Return the text that names a fact everywhere: a node's id, or ``type|source|target|key`` as the network writes links."""
    if isinstance(key, Ref):
        return key.id
    return f"{key.type}|{key.source.id}|{key.target.id}|{key.key}"


def order(key: Key) -> tuple[str, ...]:
    """Return a sort key: nodes first, then label or type, then ends, so that facts are always listed the same way."""
    if isinstance(key, Ref):
        return ("nodes", *key)
    return ("then links", key.type, key.source.label, key.source.id, key.target.label, key.target.id, key.key)


def words(key: Key) -> Told:
    """Return a fact's name for a sentence, in both languages.

    >>> words(Ref("Actor", "actor:a")), words(Ref("Actor", "actor:a")).fr
    ('Actor actor:a', 'acteur actor:a')
    """
    if isinstance(key, Ref):
        return tell("{label} {id}", "{label} {id}", label=label_words(key.label), id=key.id)
    end = f" [{key.key}]" if key.key else ""
    verb = LINKS[key.type].words.fr if key.type in LINKS else key.type
    return Told(f"{key.source.id} -{key.type}-> {key.target.id}{end}", f"« {key.source.id} {verb} {key.target.id} »{end}")


def label_words(label: str) -> Told:
    """Return the name of a label for a sentence: as the schema writes it in English, the French word in French."""
    return Told(label, NODES[label].words.fr.lower() if label in NODES else label)


def property_words(key: Key, name: str) -> Told:
    """Return the name of a property of a fact for a sentence: as the schema writes it in English, its French label in French."""
    declared = NODES.get(key.label) if isinstance(key, Ref) else LINKS.get(key.type)
    found = declared.property(name) if declared else None
    return Told(name, f"« {found.label.fr} »" if found else f"« {name} »")
