"""One load from end to end, for the command line and the screen: plan, refuse what looks wrong, write, obey the thesaurus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pacte_graph.errors import DataRefused
from pacte_graph.loading import review, thesaurus
from pacte_graph.loading.applying import apply_all
from pacte_graph.loading.planning import Progress, plan_all
from pacte_graph.loading.plans import Counts, Plan, Report
from pacte_graph.memory import set_aside, uncollected
from pacte_graph.records import Batch

if TYPE_CHECKING:
    from pacte_graph.store import Store


def compare(
    store: Store, batches: Sequence[Batch], *, prune: bool = False, full: bool = False, progress: Progress | None = None
) -> list[Plan]:
    """Return the plans of batches, without the duplicates that were reviewed. Raises DataRefused as ``plan_all`` does."""
    settled = {verdict.pair for verdict in thesaurus.load(store.settings.thesaurus_file)}
    with uncollected():
        return plan_all(store, batches, prune=prune, settled=settled, full=full, progress=progress)


def write(
    store: Store, plans: Sequence[Plan], *, prune: bool = False, force: bool = False, progress: Progress | None = None
) -> list[Report]:
    """Write plans, then do the merges that the thesaurus asks for; the last report names them.

    Raises DataRefused, with nothing written, when a pruned source states less than half of before (not with ``force``).
    """
    verdicts = thesaurus.load(store.settings.thesaurus_file)
    _refuse_shrinking(plans, prune=prune and not force)
    with set_aside():
        reports = apply_all(store, plans, prune=prune, progress=progress)
    merged = review.obey(store, verdicts)
    return [*reports[:-1], replace(reports[-1], merged=tuple(merged))] if reports and merged else reports


def dry_run(plans: Sequence[Plan], *, prune: bool = False) -> list[Report]:
    """Return what writing plans would do, as reports."""
    return [Report(plan, None, dry_run=True, removed=plan.prunable() if prune else Counts()) for plan in plans]


def _refuse_shrinking(plans: Sequence[Plan], *, prune: bool) -> None:
    shrunk = [plan for plan in plans if plan.shrunk] if prune else []
    if shrunk:
        told = f"{shrunk[0].card.id} states less than half of what it stated before ({len(shrunk[0].vanished)} facts are gone)"
        raise DataRefused(f"{told}; nothing was written.", hint="If the file is whole, import it again with --prune --force.")
