"""One fact as a source states it against the same fact as the database holds it: what changes, and who disagrees.

Rules, for each property, among the sources that state it and are trusted most (all of them, when nobody chose an order):

- one of them states the value held: that value stays, whoever comes later with another one;
- none does: the value of the source being loaded is kept if it is one of them, else that of the smallest source id;
- nobody states the property any more: it is removed.

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

DECISIONS = "source:decisions"
"""The source whose statements are the decisions taken by hand."""
_ABOVE_ALL = 2**62


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
    trust: Mapping[str, int] = field(default_factory=dict)
    """Rank of sources, the highest believed first; 0 for a source it doesn't name. Decisions by hand come before all."""

    def rank(self, source: str) -> int:
        """Return how much a source is trusted."""
        return _ABOVE_ALL if source == DECISIONS else self.trust.get(source, 0)


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


def resettle(held: Held, voice: Voice) -> Held:
    """Return a fact with the values that another order of trust keeps; the fact itself when they are those it has."""
    properties = dict(held.properties)
    for name in sorted({name for name, _ in held.spoken}):
        _put(properties, name, _kept(held.properties.get(name), held.voices(name), voice))
    return held if properties == held.properties else replace(held, properties=properties, last_run=voice.run)


def _settle(held: Held, voice: Voice, mine: Mapping[str, Value], said: Statement | None) -> Outcome:
    before = held.statements.get(voice.source)
    properties, spoken = dict(held.properties), dict(held.spoken)
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    for name in sorted({*mine, *(before.properties if before else ())}):
        others = held.voices(name)
        others.pop(voice.source, None)
        voices = others | ({voice.source: mine[name]} if name in mine else {})
        old, new = held.properties.get(name), _kept(held.properties.get(name), voices, voice)
        _put(properties, name, new)
        if not same(old, new):
            changes.append(Change(held.key, name, old, new))
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


def _kept(held: Value | None, voices: Mapping[str, Value], voice: Voice) -> Value | None:
    """Return the value to keep, by the rules above."""
    if not voices:
        return None
    best = max(voice.rank(source) for source in voices)
    heard = {source: value for source, value in voices.items() if voice.rank(source) == best}
    if any(same(held, value) for value in heard.values()):
        return held
    return heard.get(voice.source, heard[min(heard)])


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
