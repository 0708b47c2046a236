"""Plan a load: read what a source states, check it, compare it with the database. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.loading import checking, comparing, duplicates, holding, keys, merging, runs
from pacte_graph.loading.comparing import Held, Outcome, Voice
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated, digest
from pacte_graph.loading.plans import Counts, Duplicate, Plan, Update, Vanished
from pacte_graph.loading.vanishing import vanished
from pacte_graph.records import Batch, Reader, Ref, Rejected, Where

Progress = Callable[[str, int, int], None]
"""Told the step, how much is done and how much there is in all."""


def plan(
    reader: Reader,
    batch: Batch,
    *,
    prune: bool = False,
    after: Sequence[Plan] = (),
    settled: Collection[frozenset[str]] = (),
    full: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Return what loading ``batch`` would do to the database.

    ``after`` names plans that will be applied before this one: they are taken as done. ``settled`` names pairs that were
    reviewed: they are not proposed as duplicates. A source that states to the letter what its last run left in the database,
    which nobody loaded into, merged in or ranked since, isn't compared fact by fact, unless ``full``. ``prune`` says that what
    this source no longer states will be removed, so that it can't make a cycle.

    A link to a node that is nowhere is set aside, among the rows rejected; the rest loads. Raises DataRefused, listing the
    problems, when a fact breaks the schema, a source contradicts itself, the nesting would have a cycle, or nothing is left
    but links set aside.
    """
    comparison = _Comparison(reader, batch, prune=prune, pending=_pending(after), settled=settled)
    comparison.invented = {card.id for card in (batch.card, *(item.card for item in after)) if card.fictitious}
    comparison.compare(progress, full=full)
    return comparison.plan()


def plan_all(
    reader: Reader,
    batches: Iterable[Batch],
    *,
    prune: bool = False,
    settled: Collection[frozenset[str]] = (),
    full: bool = False,
    progress: Progress | None = None,
) -> list[Plan]:
    """Return the plans of several batches, each made as if those before it were applied. Raises as :func:`plan`.

    Two batches of one source are refused: the second would make what only the first states vanish.
    """
    plans: list[Plan] = []
    for batch in batches:
        if any(batch.card.id == earlier.card.id for earlier in plans):
            raise DataRefused(
                tell(
                    "Two of the files given are the same source, {source}; nothing was written.",
                    "Deux des fichiers donnés sont la même source, {source} ; rien n'a été écrit.",
                    source=batch.card.id,
                ),
                hint=Told("Give only one version of each document.", "Ne donner qu'une version de chaque document."),
            )
        plans.append(plan(reader, batch, prune=prune, after=plans, settled=settled, full=full, progress=progress))
    return plans


def _rejected(item: Rejected) -> Told:
    at = item.file if item.line is None else f"{item.file}:{item.line}"
    return tell("{at}: {reason}", "{at} : {reason}", at=at, reason=item.reason)


def _set_aside(item: Rejected) -> Told:
    at = Where(item.file, item.line, item.sheet)
    return tell("{link} at {at}: {reason}", "{link} ({at}) : {reason}", link=item.value, at=at, reason=item.reason)


def _pending(plans: Sequence[Plan]) -> dict[Key, Held]:
    found: dict[Key, Held] = {}
    for earlier in plans:
        found.update({fact.key: fact for fact in earlier.created})
        found.update({update.new.key: update.new for update in earlier.updates})
    return found


def _two_labels(ref: Ref, earlier: str) -> Told:
    return tell(
        "{id} names nodes of two labels, {one} and {other}",
        "{id} désigne des nœuds de deux types, {one} et {other}",
        id=ref.id,
        one=keys.label_words(earlier),
        other=keys.label_words(ref.label),
    )


def _taken(ref: Ref, label: str) -> Told:
    return tell(
        "{id} already names a node of label {taken}, it can't name one of label {wanted}",
        "{id} désigne déjà un nœud de type {taken}, il ne peut pas désigner un nœud de type {wanted}",
        id=ref.id,
        taken=keys.label_words(label),
        wanted=keys.label_words(ref.label),
    )


def _circle(territories: Sequence[str]) -> Told:
    return tell(
        "the territories would be within each other in a circle: {circle}",
        "les territoires seraient inclus les uns dans les autres en rond : {circle}",
        circle=" ⊂ ".join(territories),
    )


@dataclass
class _Comparison:
    """The work of one plan, step by step; each step leaves its result for the next."""

    reader: Reader
    batch: Batch
    prune: bool
    pending: Mapping[Key, Held]
    settled: Collection[frozenset[str]] = ()
    invented: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    set_aside: list[Rejected] = field(default_factory=list)
    facts: dict[Key, Stated] = field(default_factory=dict)
    held: dict[Key, Held] = field(default_factory=dict)
    created: list[Held] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    digest: str = ""
    as_before: bool = False

    def __post_init__(self) -> None:
        self.voice = Voice(self.batch.card.id, runs.new_id(), self.batch.importer_version, runs.ranks(self.reader))
        self.stamp = runs.stamp(self.reader)

    def compare(self, progress: Progress | None, *, full: bool) -> None:
        """Read the batch, check it and compare it; raise DataRefused when it can't be loaded."""
        self.facts = self._stated()
        self.digest = digest(self.facts)
        if not (self.problems or self.pending or full) and runs.left_as(self.reader, self.voice.source, self.digest, self.stamp):
            self.as_before = True
            return
        self.held = self._held(progress)
        self._check_ends()
        self._settle()
        self._check_nesting()
        self._refuse()

    def _refuse(self) -> None:
        """Raise DataRefused when something can't be loaded; rows rejected before are said with it, so that one run tells all.

        A source of which nothing is left but links without an end is refused too: it would load nothing and look done.
        """
        if self.problems or (self.set_aside and not self.facts):
            aside = [_set_aside(item) for item in self.set_aside]
            checking.refuse([*self.problems, *aside, *(_rejected(item) for item in self.batch.rejected)])

    def plan(self) -> Plan:
        """Return the plan; the comparison is done."""
        batch = self.batch
        updates = [Update(self.held[item.held.key], item.held, item.restated) for item in self.outcomes if self._written(item)]
        after = {fact.key: fact for fact in [*self.created, *(item.held for item in self.outcomes)]}
        same = self.facts if self.as_before else (item.held.key for item in self.outcomes if not item.changes)
        return Plan(
            batch.card,
            batch.importer,
            batch.importer_version,
            self.voice.run,
            self.stamp,
            tuple(batch.files),
            created=tuple(self.created),
            updates=tuple(updates),
            unchanged=Counts.of(same),
            digest="" if self.set_aside else self.digest,
            changes=tuple(change for item in self.outcomes for change in item.changes),
            vanished=() if self.as_before else self._vanished(),
            conflicts=tuple(conflict for item in self.outcomes for conflict in item.conflicts),
            duplicates=self._duplicates({**self.pending, **after}),
            rejected=(*batch.rejected, *self.set_aside),
            not_understood=tuple(batch.not_understood),
        )

    def _duplicates(self, after: Mapping[Key, Held]) -> tuple[Duplicate, ...]:
        renamed = [item.held.key for item in self.outcomes if any(change.property == "name" for change in item.changes)]
        touched = {key for key in (*(fact.key for fact in self.created), *renamed) if isinstance(key, Ref)}
        found = duplicates.find(self.reader, after, touched, self.invented)
        return tuple(item for item in found if frozenset((item.first, item.second)) not in self.settled)

    def _stated(self) -> dict[Key, Stated]:
        """Return the facts of the batch that are sound in themselves; the others are problems."""
        merged = merging.merge(chain(self.batch.nodes, self.batch.links), self.problems)
        self._check_labels(merged)
        sound: dict[Key, Stated] = {}
        for key in list(merged):
            fact = merged.pop(key)
            found = checking.check(fact)
            self.problems.extend(found)
            if not found:
                sound[key] = checking.tidy(fact)
        return sound

    def _check_labels(self, merged: Mapping[Key, Stated]) -> None:
        labels: dict[str, str] = {}
        for key in merged:
            if isinstance(key, Ref) and labels.setdefault(key.id, key.label) != key.label:
                self.problems.append(_two_labels(key, labels[key.id]))

    def _held(self, progress: Progress | None) -> dict[Key, Held]:
        done, total = 0, len(self.facts)

        def seen(more: int) -> None:
            nonlocal done
            done += more
            if progress:
                progress("compare", done, total)

        found = holding.held(self.reader, self.facts, seen)
        found.update({key: self.pending[key] for key in self.facts if key in self.pending})
        return found

    def _check_ends(self) -> None:
        """Set aside the links that name a node nobody states: they are rejected, the rest loads."""
        links = [key for key in self.facts if isinstance(key, LinkKey)]
        known = {key for key in (*self.facts, *self.pending) if isinstance(key, Ref)}
        others = {end for link in links for end in (link.source, link.target)} - known
        known |= holding.existing(self.reader, others)
        for link in links:
            lacking = [end for end in dict.fromkeys((link.source, link.target)) if end not in known]
            if lacking:
                self.set_aside.append(checking.without_end(self.facts.pop(link), lacking))

    def _settle(self) -> None:
        """Compare each fact with what is held under its identity, and see that what results has what it must have."""
        for key, fact in self.facts.items():
            held = self.held.get(key)
            if held is None:
                self.created.append(comparing.create(fact, self.voice))
            else:
                self.outcomes.append(comparing.compare(fact, held, self.voice))
        self._check_held_labels()
        for after in [*self.created, *(item.held for item in self.outcomes if item.changes)]:
            lacking = checking.missing(after.key, after.properties)
            if lacking:
                self.problems.append(checking.lacks(self.facts[after.key], lacking))

    def _check_held_labels(self) -> None:
        """See that no new node takes the identifier of a node of another label: identifiers name nodes without labels."""
        new = [fact.key for fact in self.created if isinstance(fact.key, Ref)]
        taken = holding.labels_of(self.reader, (ref.id for ref in new))
        for ref in self.pending:
            if isinstance(ref, Ref):
                taken.setdefault(ref.id, set()).add(ref.label)
        self.problems.extend(_taken(ref, label) for ref in new for label in sorted(taken.get(ref.id, ())))

    def _check_nesting(self) -> None:
        new = [fact.key for fact in self.created if isinstance(fact.key, LinkKey) and fact.key.type == "WITHIN"]
        if not new:
            return
        held = {link for link in [*holding.nesting(self.reader), *self.pending] if isinstance(link, LinkKey)}
        if self.prune:
            held -= {item.key for item in self._vanished() if item.fate == "removed" and isinstance(item.key, LinkKey)}
        found = checking.cycle({*new, *(link for link in held if link.type == "WITHIN")})
        if found:
            self.problems.append(_circle(found))

    def _vanished(self) -> tuple[Vanished, ...]:
        if not runs.source_known(self.reader, self.voice.source):
            return ()
        doubted = {about for item in (*self.batch.rejected, *self.set_aside) for about in item.about}
        return vanished(self.reader, self.voice, self.facts, self.pending, doubted=doubted)

    def _written(self, outcome: Outcome) -> bool:
        return outcome.held is not self.held[outcome.held.key]
