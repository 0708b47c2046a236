"""What identifies a fact: a node by label and id, a link by type, ends and key."""

from __future__ import annotations

from typing import NamedTuple

from pacte_graph.records import LinkRecord, NodeRecord, Ref


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


def words(key: Key) -> str:
    """Return a fact's name for a sentence.

    >>> words(Ref("Actor", "actor:a"))
    'Actor actor:a'
    """
    if isinstance(key, Ref):
        return f"{key.label} {key.id}"
    text = f"{key.source.id} -{key.type}-> {key.target.id}"
    return f"{text} [{key.key}]" if key.key else text
