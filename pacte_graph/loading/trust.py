"""Whom to believe when sources disagree: an order of trust among sources, and decisions taken by hand above all.

A decision is a statement like any other, of the source ``source:decisions``: it is shown with who took it and when, the values
that lost
stay beside it, and later imports meet it as they meet any source's word. Taking it back withdraws that word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pacte_graph.errors import DataRefused, Told, UnknownName, tell
from pacte_graph.loading import comparing, holding, keys, origin
from pacte_graph.loading.applying import apply, write_updates
from pacte_graph.loading.comparing import DECISIONS, Held
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.planning import plan
from pacte_graph.loading.plans import Update
from pacte_graph.loading.runs import new_id, ranks
from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord, Reader, Ref, Value, Where
from pacte_graph.schema import LINKS, NODES

if TYPE_CHECKING:
    from pacte_graph.store import Store

CARD = Card(
    DECISIONS,
    "Décisions de l'équipe",
    "Decisions of the team",
    scope="Valeurs retenues à la main quand les sources divergent / values chosen by hand where sources disagree",
)
VERSION = "1"
_NOBODY = "unknown"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision by hand, as the place of its statement tells it: property, who took it (empty: unknown) and when."""

    name: str
    by: str
    on: dt.date


def decided(column: str | None) -> Decided | None:
    """Return the decision that the column of a place tells, or None when it tells none.

    >>> decided("name, Martin, Jean, 2026-11-28")
    Decided(name='name', by='Martin, Jean', on=datetime.date(2026, 11, 28))
    """
    name, _, rest = (column or "").partition(", ")
    by, _, day = rest.rpartition(", ")
    try:
        return Decided(name, "" if by == _NOBODY else by, dt.date.fromisoformat(day))
    except ValueError:
        return None


def order(store: Store, sources: Sequence[str]) -> int:
    """Trust ``sources`` in that order, first most, above all others; return how many facts hold another value now.

    Disagreements that stand are settled again. Raises UnknownName for a source that was never loaded, DataRefused for one named
    twice.
    """
    known = {row["id"] for row in store.read("MATCH (s:`Source`)\nRETURN s.id AS id\nORDER BY id")}
    for source in sources:
        if source not in known:
            told = tell("There is no source {source!r}.", "Il n'y a pas de source « {source} ».", source=source)
            names = ", ".join(sorted(known)) or Told("none", "aucune")
            raise UnknownName(told, hint=tell("Sources: {names}.", "Sources : {names}.", names=names))
    if len(set(sources)) != len(sources):
        twice = "A source is named twice in the order of trust."
        raise DataRefused(Told(twice, "Une source est nommée deux fois dans l'ordre de confiance."))
    rows = [{"id": source, "trust": len(sources) - place} for place, source in enumerate(sources)]
    clear: tuple[str, dict[str, Any]] = ("MATCH (s:`Source`)\nWHERE s.trust IS NOT NULL\nSET s.trust = null", {})
    store.write_many([clear, ("UNWIND $rows AS row\nMATCH (s:`Source` {id: row.id})\nSET s.trust = row.trust", {"rows": rows})])
    updates = [update for fact in _disputed(store) if (update := _settled(fact, ranks(store))) is not None]
    write_updates(store, updates)
    return sum(update.old.properties != update.new.properties for update in updates)


def decide(store: Store, identifier: str, name: str, value: Value, *, by: str = "") -> None:
    """Keep ``value`` for a property of a node or link, whatever sources say, until the decision is taken back.

    Raises UnknownName for an unknown fact or property, DataRefused for a value the schema doesn't allow.
    """
    fact = origin.find(store, identifier)
    declared = NODES[fact.key.label] if isinstance(fact.key, Ref) else LINKS[fact.key.type]
    if declared.property(name) is None:
        known = ", ".join(item.name for item in declared.properties)
        raise UnknownName(
            tell(
                "{fact} has no property {name!r}.",
                "{fact} n'a pas de propriété « {name} ».",
                fact=keys.words(fact.key),
                name=name,
            ),
            hint=tell("Properties: {names}.", "Propriétés : {names}.", names=known),
        )
    decisions = _decisions(store)
    places, values = decisions.get(fact.key, ((), {}))
    here = Where("decision", column=f"{name}, {by or _NOBODY}, {dt.datetime.now(dt.UTC):%Y-%m-%d}")
    kept = tuple(place for place in places if not (place.column or "").startswith(f"{name},"))
    decisions[fact.key] = ((*kept, here), {**values, name: value})
    _write(store, decisions)


def choose(store: Store, identifier: str, name: str, source: str, *, by: str = "") -> None:
    """Keep what ``source`` says of a property. Raises UnknownName when it says nothing of it."""
    voices = origin.find(store, identifier).voices(name)
    if source not in voices:
        said = ", ".join(sorted(set(voices) - {DECISIONS})) or Told("nobody", "personne")
        raise UnknownName(
            tell(
                "{source} doesn't state {name} of {id}.",
                "{source} ne dit rien de {name} pour {id}.",
                source=source,
                name=keys.property_words(origin.find(store, identifier).key, name),
                id=identifier,
            ),
            hint=tell("It is stated by: {said}.", "Affirmé par : {said}.", said=said),
        )
    decide(store, identifier, name, voices[source], by=by)


def withdraw(store: Store, identifier: str, name: str) -> None:
    """Take a decision back: sources and their order of trust decide again. Raises UnknownName when there is none."""
    fact = origin.find(store, identifier)
    decisions = _decisions(store)
    places, values = decisions.get(fact.key, ((), {}))
    if name not in values:
        raise UnknownName(
            tell(
                "Nothing was decided by hand on {name} of {id}.",
                "Rien n'a été décidé à la main sur {name} pour {id}.",
                name=keys.property_words(fact.key, name),
                id=identifier,
            )
        )
    left = {key: value for key, value in values.items() if key != name}
    if left:
        decisions[fact.key] = (tuple(place for place in places if not (place.column or "").startswith(f"{name},")), left)
    else:
        del decisions[fact.key]
    _write(store, decisions)


def disagreements(reader: Reader) -> list[Held]:
    """Return the facts on which sources disagree, sorted."""
    return sorted(_disputed(reader), key=lambda fact: keys.order(fact.key))


_Decisions = dict[Key, tuple[tuple[Where, ...], dict[str, Value]]]


def _decisions(reader: Reader) -> _Decisions:
    """Return what was decided by hand: places and values, by fact."""
    held = holding.held(reader, holding.stated_by(reader, DECISIONS))
    found: _Decisions = {}
    for key, fact in held.items():
        said = fact.statements[DECISIONS]
        values = {name: fact.voices(name)[DECISIONS] for name in said.properties if DECISIONS in fact.voices(name)}
        found[key] = (said.where, values)
    return found


def _write(store: Store, decisions: _Decisions) -> None:
    nodes = [NodeRecord(key.label, key.id, values, places) for key, (places, values) in decisions.items() if isinstance(key, Ref)]
    links = [
        LinkRecord(key.type, key.source, key.target, values, places, key.key)
        for key, (places, values) in decisions.items()
        if isinstance(key, LinkKey)
    ]
    batch = Batch(CARD, "decisions", VERSION, (), nodes, links)
    apply(store, plan(store, batch, prune=True), prune=True)


def _disputed(reader: Reader) -> list[Held]:
    rows = reader.read("MATCH (s:`Statement`)\nRETURN DISTINCT s.about AS about\nORDER BY about")
    return [origin.find(reader, row["about"]) for row in rows]


def _settled(fact: Held, trust: Mapping[str, int]) -> Update | None:
    """Return the fact with the values that an order of trust keeps, or None when they are those it has."""
    voice = comparing.Voice("", new_id(), fact.importer_version, trust)
    after = comparing.resettle(fact, voice)
    return None if after is fact else Update(fact, after, restated=False)
