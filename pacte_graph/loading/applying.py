"""Apply plans: one transaction a batch, a run that says it is under way until its last one.

A load that is cut off leaves whole batches behind and a run that is still ``running``; planning and applying the same
source again finds these batches unchanged, writes the rest and ends with the same database as a load that wasn't cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pacte_graph.errors import DataRefused, Told
from pacte_graph.loading import cypher, holding, rows, runs
from pacte_graph.loading.absorbed import Absorptions, absorptions, physical
from pacte_graph.loading.comparing import Held, Voice
from pacte_graph.loading.creating import creation, ready
from pacte_graph.loading.keys import Key
from pacte_graph.loading.planning import Progress
from pacte_graph.loading.plans import Counts, Plan, Report, Update
from pacte_graph.loading.runs import Statement
from pacte_graph.loading.vanishing import Removal, link_removal, node_removal
from pacte_graph.records import Ref

if TYPE_CHECKING:
    from pacte_graph.store import Store


def apply(
    store: Store, plan: Plan, *, prune: bool = False, progress: Progress | None = None, batch_size: int | None = None
) -> Report:
    """Write a plan and return what was done. Raises as :func:`apply_all`."""
    return apply_all(store, [plan], prune=prune, progress=progress, batch_size=batch_size)[0]


def apply_all(
    store: Store,
    plans: Sequence[Plan],
    *,
    prune: bool = False,
    progress: Progress | None = None,
    batch_size: int | None = None,
) -> list[Report]:
    """Write plans that were made together, in their order; return one report each.

    ``prune`` removes what the sources no longer state, after everything is written; ``batch_size`` is how many facts a
    transaction carries (default: the settings'). Raises DataRefused when the database
    changed since the plans were made (nothing is written), DatabaseError when the engine is lost (loading again finishes).
    """
    size = batch_size or store.settings.batch_size
    _check_stamp(store, plans)
    store.prepare()
    merged = absorptions(store)
    for plan in plans:
        store.write_many(runs.begin(plan, known=runs.source_known(store, plan.card.id)))
        _write(store, _pieces(plan, merged, size), len(plan.created) + len(plan.updates), progress, size)
    reports = [_end(store, plan, prune=prune, batch_size=size) for plan in plans]
    store.write_many(runs.leave(plans, runs.stamp(store), prune=prune))
    return reports


def write_updates(store: Store, updates: Sequence[Update]) -> None:
    """Write facts that are held otherwise now, in transactions of the settings' size."""
    size = store.settings.batch_size
    _write(store, _update_pieces(updates, absorptions(store), size), len(updates), None, size)


def _check_stamp(store: Store, plans: Sequence[Plan]) -> None:
    now = runs.stamp(store)
    if any(plan.stamp != now for plan in plans):
        raise DataRefused(
            Told(
                "The database changed since this plan was made; nothing was written.",
                "La base a changé depuis que cette différence a été calculée ; rien n'a été écrit.",
            ),
            hint=Told("Run the import again to compare anew.", "Relancer l'import pour comparer de nouveau."),
        )


def _end(store: Store, plan: Plan, *, prune: bool, batch_size: int) -> Report:
    removed = _prune(store, plan, batch_size) if prune and plan.gone else Counts()
    store.write_many(runs.finish(plan, removed))
    return Report(plan, run=plan.run, removed=removed)


def _prune(store: Store, plan: Plan, batch_size: int) -> Counts:
    """Withdraw this source's word from what it no longer states, links first, and remove what nobody states any more."""
    voice = Voice(plan.card.id, plan.run, plan.importer_version, runs.ranks(store))
    merged = absorptions(store)
    links = link_removal(store, plan.gone, voice)
    _write(store, _removal_pieces(links, merged, batch_size), 0, None, batch_size)
    nodes = node_removal(store, plan.gone, links, voice)
    _write(store, _removal_pieces(nodes, merged, batch_size), 0, None, batch_size)
    return Counts.of([*links.removed, *nodes.removed])


Piece = tuple[list[Statement], int]
"""Statements that belong in one transaction, and how many facts they write."""


def _write(store: Store, pieces: Iterable[Piece], total: int, progress: Progress | None, batch_size: int) -> None:
    """Write pieces in order, as many as fit in one transaction of about ``batch_size`` facts.

    While the engine writes one transaction the next one is made: at most one is under way, and none starts after one failed.
    """
    waiting: list[Statement] = []
    done = counted = 0
    with _Ahead(store) as ahead:
        for statements, size in pieces:
            if waiting and counted + size > batch_size:
                ahead.write(waiting)
                done, waiting, counted = done + counted, [], 0
                if progress:
                    progress("write", done, total)
            waiting.extend(statements)
            counted += size
        if waiting:
            ahead.write(waiting)
    if progress:
        progress("write", total, total)


class _Ahead:
    """Writes transactions one after the other on a thread of its own; leaving waits for the last one, or raises its error."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pacte-write")
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def write(self, statements: list[Statement]) -> None:
        """Wait for the transaction under way, then start the next."""
        self._wait()
        self._last = self._thread.submit(self._store.write_many, statements)

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                self._wait()
        finally:
            self._thread.shutdown(wait=True)


def _pieces(plan: Plan, merged: Absorptions, size: int) -> Iterator[Piece]:
    """Return what a plan writes: nodes before links, what is new before what changes. Rows are made as they are needed."""
    for group, facts in _groups(plan.created, merged):
        for part in holding.chunks(facts, size):
            yield [creation(group, part, merged)], len(part)
    yield from _update_pieces(plan.updates, merged, size)


def _removal_pieces(removal: Removal, merged: Absorptions, size: int) -> Iterator[Piece]:
    for group, found in _grouped(removal.removed, merged):
        for part in holding.chunks(found, size):
            yield [(_delete(group), {"rows": [rows.place(key, merged) for key in part]})], len(part)
    yield from _update_pieces(removal.kept, merged, size)


def _update_pieces(updates: Sequence[Update], merged: Absorptions, size: int) -> Iterator[Piece]:
    """Return the changes: what doesn't touch a disagreement goes by group, the others one by one with their Statements."""
    plain = [update.new for update in updates if not (update.old.spoken or update.new.spoken)]
    for group, facts in _groups(plain, merged):
        for part in holding.chunks(facts, size):
            yield [(_set(group), {"rows": ready([rows.row(fact, merged) for fact in part])})], len(part)
    for update in updates:
        if update.old.spoken or update.new.spoken:
            yield _disputed(update, merged), 1


def _disputed(update: Update, merged: Absorptions) -> list[Statement]:
    """Return the writes of one fact on which sources disagree (or no longer do), its Statements with it."""
    old, new = rows.spoken_rows(update.old), rows.spoken_rows(update.new)
    key = update.new.key
    found: list[Statement] = [(_set(_group(key, merged)), {"rows": [rows.row(update.new, merged)]})]
    gone = [{"id": id_} for id_ in old if id_ not in new]
    changed = [{"id": id_, "properties": row} for id_, row in new.items() if id_ in old and old[id_] != row]
    added = [{"id": id_, "properties": row} for id_, row in new.items() if id_ not in old]
    if gone:
        found.append((cypher.delete_nodes("Statement"), {"rows": gone}))
    if changed:
        found.append((cypher.set_nodes("Statement"), {"rows": changed}))
    if added and isinstance(key, Ref):
        node = physical(key.id, merged)
        found.append((cypher.create_statements(key.label), {"rows": [{**row, "node": node} for row in added]}))
    elif added:
        found.append((cypher.create_nodes("Statement"), {"rows": added}))
    return found


Group = tuple[str, ...]
"""A label, or a link's type with the labels of its two ends."""


def _group(key: Key, merged: Absorptions) -> Group:
    if isinstance(key, Ref):
        return ("Absorbed",) if key.id in merged else (key.label,)
    return (key.type, key.source.label, key.target.label)


def _grouped(found: Iterable[Key], merged: Absorptions) -> list[tuple[Group, list[Key]]]:
    """Return identities by what writes them, nodes first; within a group in the order given, which plans keep sorted."""
    groups: dict[Group, list[Key]] = {}
    for key in found:
        groups.setdefault(_group(key, merged), []).append(key)
    return sorted(groups.items(), key=lambda item: _group_order(item[0]))


def _groups(facts: Iterable[Held], merged: Absorptions) -> list[tuple[Group, list[Held]]]:
    groups: dict[Group, list[Held]] = {}
    for fact in facts:
        groups.setdefault(_group(fact.key, merged), []).append(fact)
    return sorted(groups.items(), key=lambda item: _group_order(item[0]))


def _group_order(group: Group) -> tuple[int, Group]:
    return len(group), group


def _set(group: Group) -> str:
    return cypher.set_nodes(group[0]) if len(group) == 1 else cypher.set_links(*group)


def _delete(group: Group) -> str:
    return cypher.delete_nodes(group[0]) if len(group) == 1 else cypher.delete_links(*group)
