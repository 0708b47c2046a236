"""One fact as a source states it against the same fact as the database holds it: what changes, and who disagrees.

Rules, for each property:

- nobody else states it: this source's value is kept (a new value is a change, no value any more is a removal);
- another source states the value held: that value stays, whoever comes later with another one;
- only this source stated the value held and now drops it, and others state another: theirs is kept, the smallest source id
  first.

While sources disagree on a property, each one's value is kept apart (``spoken``); agreement ends that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pacte_graph.loading.keys import Key
from pacte_graph.loading.merging import Stated, same
from pacte_graph.loading.plans import Change, Conflict
from pacte_graph.loading.statements import Statement
from pacte_graph.records import Value


@dataclass(frozen=True, slots=True)
class Held:
    """A fact as the database holds it (or will, once a plan is applied).

    ``spoken`` holds, by (property, source), the values of the properties on which sources disagree.
    """

    key: Key
    properties: Mapping[str, Value]
    statements: Mapping[str, Statement]
    first_run: str
    last_run: str
    importer_version: str
    spoken: Mapping[tuple[str, str], Value] = field(default_factory=dict)

    def voices(self, name: str) -> dict[str, Value]:
        """Return what each source says of a property, sources sorted."""
        found: dict[str, Value] = {}
        for source in sorted(self.statements):
            if name in self.statements[source].properties:
                value = self.spoken.get((name, source), self.properties.get(name))
                if value is not None:
                    found[source] = value
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact after a plan: as it will be held, what changes in it, and the disagreements that stand."""

    held: Held
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    restated: bool = False
    """True when the values stay but the source's own words about them don't: other places, other properties named."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is loading: source, run and importer version."""

    source: str
    run: str
    importer_version: str


def create(fact: Stated, voice: Voice) -> Held:
    """Return a fact nobody stated before."""
    statement = Statement(voice.source, voice.run, voice.importer_version, fact.where, tuple(sorted(fact.properties)))
    return Held(fact.key, fact.properties, {voice.source: statement}, voice.run, voice.run, voice.importer_version)


def compare(fact: Stated, held: Held, voice: Voice) -> Outcome:
    """Return what a source's word does to a fact held. Equal words give an outcome without change, equal to ``held``."""
    said = Statement(voice.source, voice.run, voice.importer_version, fact.where, tuple(sorted(fact.properties)))
    return _settle(held, voice, fact.properties, said)


def withdraw(held: Held, voice: Voice) -> Outcome:
    """Return a fact without what the source of ``voice`` states of it: values nobody else states are gone."""
    return _settle(held, voice, {}, None)


def _settle(held: Held, voice: Voice, mine: Mapping[str, Value], said: Statement | None) -> Outcome:
    before = held.statements.get(voice.source)
    properties, spoken = dict(held.properties), dict(held.spoken)
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    for name in sorted({*mine, *(before.properties if before else ())}):
        others = held.voices(name)
        others.pop(voice.source, None)
        old, new = held.properties.get(name), _kept(held.properties.get(name), others, mine.get(name))
        _put(properties, name, new)
        if not same(old, new):
            changes.append(Change(held.key, name, old, new))
        voices = others | ({voice.source: mine[name]} if name in mine else {})
        _record(spoken, name, voices)
        conflicts.extend(_disagreements(held.key, name, new, voices, voice.source))
    if before is None and said is not None:
        old_sources = sorted(held.statements)
        changes.append(Change(held.key, "sources", old_sources, sorted([*old_sources, voice.source])))
    restated = before is not None and (said is None or not said.says_as(before))
    if not changes and not restated and spoken == held.spoken:
        return Outcome(held, (), tuple(conflicts))
    return Outcome(_after(held, voice, properties, spoken, said), tuple(changes), tuple(conflicts), restated=not changes)


def _after(
    held: Held,
    voice: Voice,
    properties: dict[str, Value],
    spoken: dict[tuple[str, str], Value],
    said: Statement | None,
) -> Held:
    statements = {source: statement for source, statement in held.statements.items() if source != voice.source}
    if said is not None:
        statements[voice.source] = said
    return replace(
        held,
        properties=properties,
        statements=statements,
        spoken=spoken,
        last_run=voice.run,
        importer_version=voice.importer_version,
    )


def _kept(held: Value | None, others: Mapping[str, Value], mine: Value | None) -> Value | None:
    """Return the value to keep, by the rules above."""
    if not others:
        return mine
    if any(same(held, value) for value in others.values()):
        return held
    return mine if mine is not None else others[min(others)]


def _put(properties: dict[str, Value], name: str, value: Value | None) -> None:
    if value is None:
        properties.pop(name, None)
    else:
        properties[name] = value


def _record(spoken: dict[tuple[str, str], Value], name: str, voices: Mapping[str, Value]) -> None:
    """Keep every source's value of a property apart while they differ; forget them when they agree."""
    for place in [place for place in spoken if place[0] == name]:
        del spoken[place]
    values = list(voices.values())
    if any(not same(value, values[0]) for value in values[1:]):
        spoken.update({(name, source): value for source, value in voices.items()})


def _disagreements(key: Key, name: str, kept: Value | None, voices: Mapping[str, Value], source: str) -> list[Conflict]:
    """Return the disagreements on a property that the source being loaded takes part in, one for each source that disagrees."""
    if source not in voices or kept is None:
        return []
    mine = voices[source]
    pairs = [(other, value) for other, value in voices.items() if other != source and not same(value, mine)]
    if same(mine, kept):
        return [Conflict(key, name, kept, source, value, other) for other, value in pairs]
    return [Conflict(key, name, kept, other, mine, source) for other, value in pairs if same(value, kept)]
