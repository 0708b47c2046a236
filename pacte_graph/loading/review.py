"""Duplicates, reviewed: merge, keep apart, undo; every decision goes to the thesaurus, and later imports obey it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pacte_graph.errors import DataRefused, Told, UnknownName, tell
from pacte_graph.loading import cypher, duplicates, origin, thesaurus, trust
from pacte_graph.loading.absorbed import Absorptions, absorb, absorptions, not_merged, physical, restore
from pacte_graph.loading.comparing import DECISIONS
from pacte_graph.loading.plans import Duplicate
from pacte_graph.loading.thesaurus import Verdict
from pacte_graph.records import Reader, Ref

if TYPE_CHECKING:
    from pacte_graph.store import Store


def merge(store: Store, path: Path, kept: str, other: str, *, name: str = "", by: str = "", note: str = "") -> Verdict:
    """Merge ``other`` into ``kept`` and write the decision down; ``name`` is the name chosen for what stays.

    Raises UnknownName or DataRefused, with nothing written, when they can't be one.
    """
    first, second = (_ref(store, identifier) for identifier in (kept, other))
    apart = _apart(thesaurus.load(path), absorptions(store), (kept, other), frozenset((kept, other)))
    if apart:
        raise DataRefused(
            tell(
                "{kept} and {other} can't be one: {first} and {second} were told apart.",
                "{kept} et {other} ne peuvent pas être une seule fiche : {first} et {second} ont été dites différentes.",
                kept=kept,
                other=other,
                first=apart.kept,
                second=apart.other,
            ),
            hint=tell(
                "Take that back first: `pacte duplicates --reopen {first} {second}`.",
                "Revenir d'abord sur cette décision : `pacte duplicates --reopen {first} {second}`.",
                first=apart.kept,
                second=apart.other,
            ),
        )
    absorb(store, first, second, by=by)
    if name:
        trust.decide(store, kept, "name", name, by=by)
    return thesaurus.record(path, Verdict("same", first.label, kept, other, name=name, by=by, note=note))


def refuse(store: Store, path: Path, first: str, second: str, *, by: str = "", note: str = "") -> Verdict:
    """Write down that two records are not the same: they aren't proposed again.

    Raises DataRefused when they are merged, with each other or into one third: the database would say the contrary.
    """
    label = _ref(store, first).label
    _ref(store, second)
    merged = absorptions(store)
    if first == second:
        raise DataRefused(tell("{id} is one record.", "{id} est une seule fiche.", id=first))
    if physical(first, merged) == physical(second, merged):
        other = second if second in merged else first
        raise DataRefused(
            tell(
                "{first} and {second} are merged; they can't be told apart.",
                "{first} et {second} sont fusionnés ; ils ne peuvent pas être dits différents.",
                first=first,
                second=second,
            ),
            hint=tell(
                "Undo the merge first: `pacte duplicates --undo {other}`.",
                "Défaire d'abord la fusion : `pacte duplicates --undo {other}`.",
                other=other,
            ),
        )
    return thesaurus.record(path, Verdict("different", label, min(first, second), max(first, second), by=by, note=note))


def reopen(path: Path, first: str, second: str) -> None:
    """Take back that two records differ, so that they are proposed again. Raises UnknownName when it wasn't decided."""
    pair = frozenset((first, second))
    if not any(item.verdict == "different" and item.pair == pair for item in thesaurus.load(path)):
        raise UnknownName(
            tell(
                "{first} and {second} were not told apart.",
                "{first} et {second} n'ont pas été dites différentes.",
                first=first,
                second=second,
            ),
            hint=Told("`pacte duplicates --merged` lists the decisions.", "`pacte duplicates --merged` liste les décisions."),
        )
    thesaurus.forget(path, first, second)


def undo(store: Store, path: Path, other: str) -> Ref:
    """Undo a merge: the record is back with its links, what was merged into it, and all that is said of it.

    Raises UnknownName when it isn't merged.
    """
    found = absorptions(store).get(other)
    if found is None:
        raise not_merged(other)
    verdicts = [item for item in thesaurus.load(path) if item.pair == frozenset((found.parent, other))]
    restored = restore(store, other)
    thesaurus.forget(path, found.parent, other)
    if any(item.name for item in verdicts):
        fact = origin.find(store, found.parent)
        if DECISIONS in fact.statements and "name" in fact.statements[DECISIONS].properties:
            trust.withdraw(store, found.parent, "name")
    return restored


def obey(store: Store, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Do the merges that the thesaurus asks for and the database doesn't show yet; return those done.

    A decision on a record that isn't loaded waits for it, and one that would make one of records told apart isn't obeyed.
    """
    same = [item for item in verdicts if item.verdict == "same"]
    merged = absorptions(store) if same else {}
    waiting = [item for item in same if item.other not in merged]
    there = _present(store, waiting, merged)
    done = []
    for item in waiting:
        kept = physical(item.kept, merged)
        both = (item.label, kept) in there and (item.label, item.other) in there
        if both and kept != item.other and not _apart(verdicts, merged, (kept, item.other), item.pair):
            absorb(store, Ref(item.label, kept), Ref(item.label, item.other), by=item.by, parent=item.kept)
            merged = absorptions(store)
            if item.name:
                trust.decide(store, item.kept, "name", item.name, by=item.by)
            done.append(item)
    return done


def _apart(verdicts: Sequence[Verdict], merged: Absorptions, roots: tuple[str, str], decided: frozenset[str]) -> Verdict | None:
    """Return a decision that tells apart what merging two nodes would make one, other than on the pair decided now."""
    groups = [{root, *(item.node.id for item in merged.values() if item.into == root)} for root in roots]
    return next(
        (
            item
            for item in verdicts
            if item.verdict == "different"
            and item.pair != decided
            and any(item.kept in group and item.other in rest for group, rest in (groups, groups[::-1]))
        ),
        None,
    )


def proposals(reader: Reader, verdicts: Sequence[Verdict] = ()) -> list[Duplicate]:
    """Return the records that are probably one and on which nothing was decided, surest first."""
    settled = thesaurus.settled(verdicts)
    return [item for item in duplicates.find(reader, {}) if frozenset((item.first, item.second)) not in settled]


def _present(store: Store, verdicts: Sequence[Verdict], merged: Absorptions) -> set[tuple[str, str]]:
    """Return which of the records that decisions name, or of those that stand for them, are nodes of the database."""
    wanted: dict[str, set[str]] = {}
    for item in verdicts:
        wanted.setdefault(item.label, set()).update((*item.pair, physical(item.kept, merged)))
    return {
        (label, row["id"])
        for label, ids in sorted(wanted.items())
        for row in store.read(cypher.find_nodes(label), {"ids": sorted(ids)})
    }


def _ref(store: Store, identifier: str) -> Ref:
    key = origin.find(store, identifier).key
    if not isinstance(key, Ref):
        raise UnknownName(
            tell("{id} is a link; only nodes are merged.", "{id} est un lien ; seuls des nœuds se fusionnent.", id=identifier)
        )
    return key
