"""What a source stated and no longer states: listed always, removed only when asked, and never what another source states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pacte_graph.loading import comparing, cypher, holding, keys
from pacte_graph.loading.absorbed import absorbing, absorptions, physical
from pacte_graph.loading.checking import missing
from pacte_graph.loading.comparing import Held, Voice
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import same
from pacte_graph.loading.plans import Change, Fate, Update, Vanished
from pacte_graph.records import Reader, Ref
from pacte_graph.schema import NODES

STAYS = frozenset({"withdrawn", "bare"})
"""Fates of facts that pruning leaves, with one word less."""

_Query = Callable[[str], str]


def vanished(
    reader: Reader,
    voice: Voice,
    facts: Collection[Key],
    pending: Mapping[Key, Held] | None = None,
    *,
    doubted: Collection[str] = (),
) -> tuple[Vanished, ...]:
    """Return the facts that the source of ``voice`` states in the database, not in ``facts``, and what pruning would do.

    ``pending`` holds facts as they will be once earlier plans are applied; ``doubted`` names the nodes that refused rows are
    about: nothing is taken back from these, from their links and from the other ends of these.
    """
    source, later = voice.source, pending or {}
    gone = [key for key in holding.stated_by(reader, source) if key not in facts]
    held = {**holding.held(reader, gone), **{key: later[key] for key in gone if key in later}}
    sole = {key for key, fact in held.items() if set(fact.statements) <= {source}}
    needed = {end for key in (*facts, *later) if isinstance(key, LinkKey) for end in (key.source, key.target)}
    needed |= absorbing(absorptions(reader))
    needed |= _linked(reader, cypher.linked_by_others, [key for key in sole if isinstance(key, Ref)], source)
    doubts = _in_doubt(held, doubted)

    def fate(key: Key) -> Fate:
        if key in doubts:
            return "doubt"
        if key not in sole:
            return "withdrawn"
        return "bare" if key in needed else "removed"

    fates = {key: fate(key) for key in sorted(held, key=keys.order)}
    return tuple(Vanished(key, told, _changes(held[key], voice) if told in STAYS else ()) for key, told in fates.items())


def _changes(fact: Held, voice: Voice) -> tuple[Change, ...]:
    """Return the values that a fact which stays would have otherwise, without this source's word."""
    after = _without(fact, voice).properties
    names = sorted({*fact.properties, *after})
    return tuple(
        Change(fact.key, name, fact.properties.get(name), after.get(name))
        for name in names
        if not same(fact.properties.get(name), after.get(name))
    )


def _in_doubt(found: Iterable[Key], doubted: Collection[str]) -> set[Key]:
    """Return which facts a refused row may still state; a link in doubt needs both its ends as they are."""
    links = {key for key in found if isinstance(key, LinkKey) and (key.source.id in doubted or key.target.id in doubted)}
    kept = {*doubted, *(end.id for link in links for end in (link.source, link.target))}
    return {*links, *(key for key in found if isinstance(key, Ref) and key.id in kept)}


@dataclass(frozen=True, slots=True)
class Removal:
    """What pruning writes: facts to remove, and facts that stay without this source's word."""

    removed: tuple[Key, ...]
    kept: tuple[Update, ...]


def link_removal(reader: Reader, items: Iterable[Vanished], voice: Voice) -> Removal:
    """Return what pruning does to links: those that only this source states go."""
    held = holding.held(reader, [item.key for item in items if isinstance(item.key, LinkKey)])
    gone = {key for key, fact in held.items() if set(fact.statements) <= {voice.source}}
    return Removal(_sorted(gone), _withdrawn(held, gone, voice))


def node_removal(reader: Reader, items: Iterable[Vanished], links: Removal, voice: Voice) -> Removal:
    """Return what pruning does to nodes, once ``links`` are gone: those that nobody states and no link needs go.

    The ends of removed links are looked at again: a node that stayed bare for a link's sake goes with its last link.
    A node that stays bare keeps its name and what the schema requires of it, so that it can still be shown, and no source.
    """
    ends = {end for key in links.removed if isinstance(key, LinkKey) for end in (key.source, key.target)}
    held = holding.held(reader, {item.key for item in items if isinstance(item.key, Ref)} | ends)
    sole = [key for key, fact in held.items() if isinstance(key, Ref) and set(fact.statements) <= {voice.source}]
    stated_still = ends - {item.key for item in items}
    sole = [key for key in sole if key not in stated_still or not held[key].statements]
    gone = set(sole) - _linked(reader, cypher.linked, sole, voice.source) - absorbing(absorptions(reader))
    touched = {key: fact for key, fact in held.items() if key not in stated_still or key in gone}
    return Removal(_sorted(gone), _withdrawn(touched, gone, voice))


def _withdrawn(held: Mapping[Key, Held], gone: Collection[Key], voice: Voice) -> tuple[Update, ...]:
    kept = [held[key] for key in _sorted(held.keys() - set(gone))]
    return tuple(Update(fact, _without(fact, voice), restated=False) for fact in kept)


def _without(fact: Held, voice: Voice) -> Held:
    after = comparing.withdraw(fact, voice).held
    needed = missing(fact.key, after.properties)
    if not after.statements and isinstance(fact.key, Ref):
        needed.append(NODES[fact.key.label].caption)
    lacking = {name: fact.properties[name] for name in needed if name in fact.properties}
    return replace(after, properties={**after.properties, **lacking})


def _linked(reader: Reader, query: _Query, refs: Iterable[Ref], source: str) -> set[Ref]:
    merged = absorptions(reader)
    by_label: dict[str, list[dict[str, str]]] = {}
    for ref in sorted(refs):
        by_label.setdefault(ref.label, []).append({"id": ref.id, "node": physical(ref.id, merged)})
    return {
        Ref(label, row["id"])
        for label, rows in by_label.items()
        for chunk in holding.chunks(rows)
        for row in reader.read(query(label), {"rows": chunk, "source": source})
    }


def _sorted(found: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(found, key=keys.order))
