"""Plan a load: read what a source states, check it, compare it with the database. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pacte_graph.errors import DataRefused
from pacte_graph.loading import checking, comparing, duplicates, holding, keys, merging, runs
from pacte_graph.loading.comparing import Held, Outcome, Voice
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated, digest
from pacte_graph.loading.plans import Counts, Duplicate, Plan, Update, Vanished
from pacte_graph.loading.vanishing import vanished
from pacte_graph.records import Batch, Reader, Ref, Rejected

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
    this source
    no longer states will be removed, so that it can't make a cycle. Raises DataRefused, listing the problems, when a fact
    breaks the schema, a source contradicts itself, a link has a missing end or the nesting would have a cycle.
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
                f"Two of the files given are the same source, {batch.card.id}; nothing was written.",
                hint="Give only one version of each document.",
            )
        plans.append(plan(reader, batch, prune=prune, after=plans, settled=settled, full=full, progress=progress))
    return plans


def _rejected(item: Rejected) -> str:
    at = item.file if item.line is None else f"{item.file}:{item.line}"
    return f"{at}: {item.reason}"


def _pending(plans: Sequence[Plan]) -> dict[Key, Held]:
    found: dict[Key, Held] = {}
    for earlier in plans:
        found.update({fact.key: fact for fact in earlier.created})
        found.update({update.new.key: update.new for update in earlier.updates})
    return found


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
        """Raise DataRefused when something can't be loaded; rows rejected before are said with it, so that one run tells all."""
        if self.problems:
            checking.refuse([*self.problems, *(_rejected(item) for item in self.batch.rejected)])

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
            digest=self.digest,
            changes=tuple(change for item in self.outcomes for change in item.changes),
            vanished=() if self.as_before else self._vanished(),
            conflicts=tuple(conflict for item in self.outcomes for conflict in item.conflicts),
            duplicates=self._duplicates({**self.pending, **after}),
            rejected=tuple(batch.rejected),
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
                self.problems.append(f"{key.id} names nodes of two labels, {labels[key.id]} and {key.label}")

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
        links = [key for key in self.facts if isinstance(key, LinkKey)]
        known = {key for key in (*self.facts, *self.pending) if isinstance(key, Ref)}
        others = {end for link in links for end in (link.source, link.target)} - known
        known |= holding.existing(self.reader, others)
        for link in links:
            for end in (link.source, link.target):
                if end not in known:
                    place = self.facts[link].where[0]
                    self.problems.append(f"{keys.words(link)} at {place}: there is no {end.label} {end.id}")

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
                place = self.facts[after.key].where[0]
                self.problems.append(f"{keys.words(after.key)} at {place}: {', '.join(lacking)} is missing")

    def _check_held_labels(self) -> None:
        """See that no new node takes the identifier of a node of another label: identifiers name nodes without labels."""
        new = [fact.key for fact in self.created if isinstance(fact.key, Ref)]
        taken = holding.labels_of(self.reader, (ref.id for ref in new))
        for ref in self.pending:
            if isinstance(ref, Ref):
                taken.setdefault(ref.id, set()).add(ref.label)
        self.problems.extend(
            f"{ref.id} already names a node of label {label}, it can't name one of label {ref.label}"
            for ref in new
            for label in sorted(taken.get(ref.id, ()))
        )

    def _check_nesting(self) -> None:
        new = [fact.key for fact in self.created if isinstance(fact.key, LinkKey) and fact.key.type == "WITHIN"]
        if not new:
            return
        held = {link for link in [*holding.nesting(self.reader), *self.pending] if isinstance(link, LinkKey)}
        if self.prune:
            held -= {item.key for item in self._vanished() if item.fate == "removed" and isinstance(item.key, LinkKey)}
        found = checking.cycle({*new, *(link for link in held if link.type == "WITHIN")})
        if found:
            self.problems.append(f"the territories would be within each other in a circle: {' ⊂ '.join(found)}")

    def _vanished(self) -> tuple[Vanished, ...]:
        if not runs.source_known(self.reader, self.voice.source):
            return ()
        return vanished(self.reader, self.voice.source, self.facts, self.pending)

    def _written(self, outcome: Outcome) -> bool:
        return outcome.held is not self.held[outcome.held.key]
