"""The difference between what a source states and what the database holds, as values that print and serialise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pacte_graph.loading import keys
from pacte_graph.loading.keys import Key
from pacte_graph.loading.statements import plain
from pacte_graph.loading.thesaurus import Verdict
from pacte_graph.matching import Certainty
from pacte_graph.records import Card, NotUnderstood, Ref, Rejected, SourceFile, Value
from pacte_graph.schema.kinds import Words

if TYPE_CHECKING:
    from pacte_graph.loading.comparing import Held

_REFUSED = ("file", "sheet", "line", "page", "value", "reason")
CHANGES_SHOWN = 1_000
"""Most property changes a plan lists in its machine-readable form; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One property of one fact: ``old`` to ``new``; None means absent."""

    key: Key
    property: str
    old: Value | None
    new: Value | None

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return {"about": keys.identifier(self.key), "property": self.property, "old": plain(self.old), "new": plain(self.new)}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that give a property different values: which one is kept, which one isn't."""

    key: Key
    property: str
    kept: Value
    kept_source: str
    other: Value
    other_source: str

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return {
            "about": keys.identifier(self.key),
            "property": self.property,
            "kept": {"value": plain(self.kept), "source": self.kept_source},
            "other": {"value": plain(self.other), "source": self.other_source},
        }


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two nodes of one label that are probably one: their names, a score from 0 to 1, how sure it is, and why."""

    label: str
    first: str
    second: str
    names: tuple[str, str]
    score: float
    certainty: Certainty
    reasons: tuple[Words, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return {
            "label": self.label,
            "ids": [self.first, self.second],
            "names": list(self.names),
            "score": round(self.score, 3),
            "certainty": self.certainty,
            "reasons": [{"fr": reason.fr, "en": reason.en} for reason in self.reasons],
        }


Fate = Literal["removed", "withdrawn", "bare", "doubt"]


@dataclass(frozen=True, slots=True)
class Vanished:
    """A fact this source stated and no longer states, and what pruning would do to it.

    ``removed``: nobody else states it. ``withdrawn``: others do, only this source's word goes. ``bare``: nobody states the
    node any more but another source's links need it; it stays without sources. ``doubt``: a row about it was refused in this
    load, so that nobody knows whether the source still states it; it stays as it is.
    """

    key: Key
    fate: Fate
    changes: tuple[Change, ...] = ()
    """What pruning would change in a fact that stays: another source's value shows, or none."""

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        changes = [change.as_dict() for change in self.changes]
        return {"about": keys.identifier(self.key), "pruned": self.fate, **({"changes": changes} if changes else {})}


@dataclass(frozen=True, slots=True)
class Counts:
    """A number of nodes and a number of links."""

    nodes: int = 0
    links: int = 0

    @classmethod
    def of(cls, found: Iterable[Key]) -> Counts:
        """Return how many of the identities are nodes and how many are links."""
        nodes = links = 0
        for key in found:
            if isinstance(key, Ref):
                nodes += 1
            else:
                links += 1
        return cls(nodes, links)

    def __str__(self) -> str:
        return f"{self.nodes} nodes, {self.links} links"

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.nodes + other.nodes, self.links + other.links)

    def as_dict(self) -> dict[str, int]:
        """Return the machine-readable form."""
        return {"nodes": self.nodes, "links": self.links}


@dataclass(frozen=True, slots=True)
class Update:
    """A fact that is held and will be held otherwise; ``restated`` when only the source's words about it change."""

    old: Held
    new: Held
    restated: bool


@dataclass(frozen=True)
class Plan:
    """What loading a batch will do, fact by fact. Nothing is written until ``apply``.

    ``unchanged`` counts the facts whose values stay, ``restated`` how many of these get their provenance updated (another
    line, another property named). ``stamp`` is the state of the database that was compared: a plan is for that state only.
    """

    card: Card
    importer: str
    importer_version: str
    run: str
    stamp: str
    files: tuple[SourceFile, ...]
    created: tuple[Held, ...] = ()
    updates: tuple[Update, ...] = ()
    unchanged: Counts = field(default_factory=Counts)
    changes: tuple[Change, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    digest: str = ""
    """Tells everything the source states from anything else it could state; empty when some of it could not be taken."""

    @property
    def counts(self) -> dict[str, Counts]:
        """Return how many facts are created, changed, unchanged, restated (part of unchanged) and vanished."""
        return {
            "created": Counts.of(item.key for item in self.created),
            "changed": Counts.of(item.new.key for item in self.updates if not item.restated),
            "unchanged": self.unchanged,
            "restated": Counts.of(item.new.key for item in self.updates if item.restated),
            "vanished": Counts.of(item.key for item in self.vanished),
        }

    @property
    def gone(self) -> tuple[Vanished, ...]:
        """Return what this source no longer states for sure: what pruning takes its word back from."""
        return tuple(item for item in self.vanished if item.fate != "doubt")

    @property
    def empty(self) -> bool:
        """Tell whether applying would write no fact at all."""
        return not self.created and not self.updates

    @property
    def shrunk(self) -> bool:
        """Tell whether the source states less than half of what it stated before: a cut file rather than a change of mind."""
        stated = self.counts["changed"] + self.unchanged
        kept, lost = stated.nodes + stated.links, len(self.gone)
        return kept + len(self.created) < (kept + lost) / 2

    def __str__(self) -> str:
        """Return the plan in one line: what is created, changed, unchanged and vanished, and what needs a look."""
        counts = [f"{name} {count}" for name, count in self.counts.items() if count != Counts()]
        heard = {"conflicts": self.conflicts, "probable duplicates": self.duplicates, "rejected": self.rejected}
        looks = [f"{name} {len(items)}" for name, items in {**heard, "not understood": self.not_understood}.items() if items]
        return f"{self.card.id}: {'; '.join([*counts, *looks]) or 'nothing'}"

    def prunable(self) -> Counts:
        """Return how many facts pruning would remove."""
        return Counts.of(item.key for item in self.vanished if item.fate == "removed")

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form of a dry run, as ``pacte import --dry-run --json`` prints it."""
        return Report(self, run=None, dry_run=True).as_dict()


@dataclass(frozen=True)
class Report:
    """What a load did (or, for a dry run, would do): a plan, its run and what was removed."""

    plan: Plan
    run: str | None
    dry_run: bool = False
    removed: Counts = field(default_factory=Counts)
    merged: tuple[Verdict, ...] = ()
    """Merges that the thesaurus asked for and that this load did."""
    prune_refused: tuple[str, ...] = ()
    """Of a dry run with pruning: why the load itself will be refused without force."""

    def __str__(self) -> str:
        """Return the report in one line."""
        state = "dry run" if self.dry_run else f"run {self.run}"
        return f"{self.plan} ({state}; removed {self.removed})"

    def as_dict(self) -> dict[str, Any]:
        """Return the machine-readable form, as ``pacte import --json`` prints it."""
        plan = self.plan
        return {
            "source": plan.card.id,
            "run": self.run,
            "dry_run": self.dry_run,
            "files": [{"path": item.path, "sha256": item.sha256} for item in plan.files],
            **{name: counts.as_dict() for name, counts in plan.counts.items()},
            "removed": self.removed.as_dict(),
            "changes": [change.as_dict() for change in plan.changes[:CHANGES_SHOWN]],
            "changes_not_shown": max(0, len(plan.changes) - CHANGES_SHOWN),
            "vanished_items": [item.as_dict() for item in plan.vanished[:CHANGES_SHOWN]],
            "conflicts": [item.as_dict() for item in plan.conflicts],
            "duplicates": [item.as_dict() for item in plan.duplicates],
            "merged": [{"kept": item.kept, "other": item.other} for item in self.merged],
            **({"prune_refused": list(self.prune_refused)} if self.dry_run else {}),
            "rejected": [_refused(item) for item in plan.rejected],
            "not_understood": [
                {"file": item.file, "line": item.line, "page": item.page, "text": item.text} for item in plan.not_understood
            ],
        }


def _refused(item: Rejected) -> dict[str, Any]:
    return {**{name: getattr(item, name) for name in _REFUSED}, "about": list(item.about)}


def merged(reports: Sequence[Report]) -> dict[str, Any]:
    """Return the machine-readable form of one import: the report itself, or several added up with each in ``batches``.

    With several sources ``source`` and ``run`` are lists, in the order loaded.
    """
    found = [report.as_dict() for report in reports]
    if len(found) == 1:
        return found[0]
    total: dict[str, Any] = {
        "source": [item["source"] for item in found],
        "run": [item["run"] for item in found],
        "dry_run": any(item["dry_run"] for item in found),
    }
    for name in found[0].keys() - total.keys() if found else ():
        total[name] = _added([item[name] for item in found])
    return {**{name: total[name] for name in (found[0] if found else total)}, "batches": found}


def _added(values: list[Any]) -> Any:
    """Return lists joined, numbers added, and counts added one by one."""
    if isinstance(values[0], list):
        return [item for value in values for item in value]
    if isinstance(values[0], dict):
        return {name: sum(value[name] for value in values) for name in values[0]}
    return sum(values)
