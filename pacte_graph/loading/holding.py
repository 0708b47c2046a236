"""What the database holds of the facts a source states, read in chunks by identifier."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from pacte_graph.loading import cypher, keys, rows
from pacte_graph.loading.absorbed import OWN, Absorptions, absorptions, logical_ids
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.records import Reader, Ref, Value
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES

CHUNK = 2_000
"""Identifiers asked for at once."""

_SPOKEN = (
    "MATCH (s:`Statement`)\n"
    "RETURN s.about AS about, s.property AS property, s.source AS source, s.value AS value, s.id AS id\n"
    "ORDER BY id"
)

_STATED_ABSORBED = "MATCH (n:`Absorbed`)\nWHERE $source IN n.sources\nRETURN n.id AS id, n.absorbed_label AS label\nORDER BY id"

Seen = Callable[[int], None]
"""Told how many more facts were read."""

Item = TypeVar("Item")


def held(reader: Reader, wanted: Collection[Key], seen: Seen | None = None) -> dict[Key, Held]:
    """Return the facts of ``wanted`` that the database holds. Labels it has no node of cost nothing."""
    labels = present(reader)
    merged = absorptions(reader) if "Absorbed" in labels else {}
    found: dict[Key, Held] = {}
    nodes: dict[str, list[str]] = {}
    links: dict[tuple[str, str], dict[str, set[LinkKey]]] = {}
    for key in wanted:
        if isinstance(key, Ref):
            nodes.setdefault(key.label, []).append(key.id)
        else:
            links.setdefault((key.type, key.source.label), {}).setdefault(key.source.id, set()).add(key)
    for label in sorted(labels & nodes.keys()):
        found.update(_nodes(reader, label, [id_ for id_ in nodes[label] if id_ not in merged], seen))
    found.update(_merged(reader, [key for key in wanted if isinstance(key, Ref) and key.id in merged], merged))
    for type_, label in sorted(links):
        if label in labels:
            found.update(_links(reader, type_, label, links[type_, label], merged, seen))
    return with_disagreements(reader, found)


def present(reader: Reader) -> set[str]:
    """Return the labels that have at least one node."""
    return {label for row in reader.read(cypher.present_labels()) for label in row["labels"]}


def stated_by(reader: Reader, source: str) -> list[Key]:
    """Return every fact a source states in the database, sorted."""
    found: list[Key] = []
    labels = present(reader) - set(BOOKKEEPING)
    for label in sorted(labels & NODES.keys()):
        found.extend(Ref(label, row["id"]) for row in reader.read(cypher.stated_nodes(label), {"source": source}))
    found.extend(Ref(row["label"], row["id"]) for row in reader.read(_STATED_ABSORBED, {"source": source}))
    for type_ in LINKS if labels else ():
        for row in reader.read(cypher.stated_links(type_), {"source": source}):
            ends = Ref(row["source_labels"][0], row["source"]), Ref(row["target_labels"][0], row["target"])
            found.append(rows.link_key(type_, *ends, row["key"]))
    return sorted(found, key=keys.order)


def existing(reader: Reader, refs: Iterable[Ref]) -> set[Ref]:
    """Return which of the nodes the database holds."""
    labels = present(reader)
    return {key for key in held(reader, [ref for ref in refs if ref.label in labels]) if isinstance(key, Ref)}


def labels_of(reader: Reader, ids: Iterable[str]) -> dict[str, set[str]]:
    """Return the labels under which the database holds each identifier; those it doesn't hold are left out."""
    wanted = sorted(ids)
    found: dict[str, set[str]] = {}
    for label in sorted(present(reader) & NODES.keys() - set(BOOKKEEPING)) if wanted else ():
        for chunk in chunks(wanted):
            for row in reader.read(cypher.find_nodes(label), {"ids": chunk}):
                found.setdefault(row["id"], set()).add(label)
    for item in absorptions(reader).values() if wanted else ():
        if item.node.id in set(wanted):
            found.setdefault(item.node.id, set()).add(item.node.label)
    return found


def nesting(reader: Reader) -> list[LinkKey]:
    """Return every WITHIN link held, as sources name its ends."""
    ends = reader.read(
        "MATCH (a:`Territory`)-[r:`WITHIN`]->(b:`Territory`)\n"
        "RETURN coalesce(r.as_source, a.id) AS source, coalesce(r.as_target, b.id) AS target, r.key AS key"
    )
    return [rows.link_key("WITHIN", Ref("Territory", row["source"]), Ref("Territory", row["target"]), row["key"]) for row in ends]


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Return items in lists of at most ``size``."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


def _nodes(reader: Reader, label: str, ids: Sequence[str], seen: Seen | None) -> Iterator[tuple[Key, Held]]:
    for chunk in chunks(ids):
        for row in reader.read(cypher.read_nodes(label), {"ids": chunk}):
            key = Ref(label, row["id"])
            yield key, rows.held(key, row["properties"])
        if seen:
            seen(len(chunk))


def _merged(reader: Reader, wanted: Sequence[Ref], merged: Absorptions) -> Iterator[tuple[Key, Held]]:
    """Return merged nodes, from the records that hold what is stated of them."""
    labels = {ref.id: ref for ref in wanted if merged[ref.id].node == ref}
    for chunk in chunks(sorted(labels)):
        for row in reader.read(cypher.read_absorbed(), {"ids": chunk}):
            told = {name: value for name, value in row["properties"].items() if name not in OWN}
            yield labels[row["id"]], rows.held(labels[row["id"]], told)


def _links(
    reader: Reader, type_: str, label: str, wanted: dict[str, set[LinkKey]], merged: Absorptions, seen: Seen | None
) -> Iterator[tuple[Key, Held]]:
    stands = logical_ids(wanted, merged)
    for chunk in chunks(stands):
        for row in reader.read(cypher.read_links(type_, label), {"ids": chunk}):
            properties = row["properties"]
            ends = Ref(label, row["source"]), Ref(row["labels"][0], row["target"])
            key = rows.link_key(type_, *ends, properties.get("key"))
            if key in wanted.get(row["source"], ()):
                yield key, rows.held(key, properties)
        if seen:
            seen(sum(len(wanted[source]) for name in chunk for source in stands[name]))


def with_disagreements(reader: Reader, found: dict[Key, Held]) -> dict[Key, Held]:
    """Add who says what, to the facts that several sources state (others can't hold a disagreement)."""
    shared = {keys.identifier(key): key for key, fact in found.items() if len(fact.statements) > 1}
    if not shared:
        return found
    spoken: dict[Key, dict[tuple[str, str], Value]] = {}
    for row in reader.read(_SPOKEN):
        key = shared.get(row["about"])
        if key is not None:
            value = rows.spoken_value(key, row["property"], row["value"])
            spoken.setdefault(key, {})[row["property"], row["source"]] = value
    for key, words in spoken.items():
        found[key] = rows.with_spoken(found[key], words)
    return found
