"""One load from end to end, for the command line and the screen: plan, refuse what looks wrong, write, obey the thesaurus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.loading import review, thesaurus
from pacte_graph.loading.applying import apply_all
from pacte_graph.loading.planning import Progress, plan_all
from pacte_graph.loading.plans import Counts, Plan, Report
from pacte_graph.memory import set_aside, uncollected
from pacte_graph.records import Batch

if TYPE_CHECKING:
    from pacte_graph.store import Store


_FORCE = Told(
    "If the file is whole, import it again with --prune --force.",
    "Si le fichier est entier, l'importer de nouveau avec --prune --force.",
)
_CORRECT = Told(
    "Correct the rows that --dry-run lists as rejected, or import again with --prune --force if what is gone must go.",
    "Corriger les lignes que --dry-run dit rejetées, ou réimporter avec --prune --force si ce qui a disparu doit partir.",
)


def compare(
    store: Store, batches: Sequence[Batch], *, prune: bool = False, full: bool = False, progress: Progress | None = None
) -> list[Plan]:
    """Return the plans of batches, without the duplicates that were reviewed. Raises DataRefused as ``plan_all`` does."""
    settled = thesaurus.settled(thesaurus.load(store.settings.thesaurus_file))
    with uncollected():
        return plan_all(store, batches, prune=prune, settled=settled, full=full, progress=progress)


def write(
    store: Store, plans: Sequence[Plan], *, prune: bool = False, force: bool = False, progress: Progress | None = None
) -> list[Report]:
    """Write plans, then do the merges that the thesaurus asks for; the last report names them.

    Raises DataRefused, with nothing written, when a pruned source states less than half of before, or has refused rows that
    don't say what they are about beside facts it no longer states (not with ``force``).
    """
    verdicts = thesaurus.load(store.settings.thesaurus_file)
    refusals = [refusal for plan in plans for refusal in _refusals(plan)] if prune and not force else []
    if refusals:
        raise refusals[0]
    with set_aside():
        reports = apply_all(store, plans, prune=prune, progress=progress)
    merged = review.obey(store, verdicts)
    return [*reports[:-1], replace(reports[-1], merged=tuple(merged))] if reports and merged else reports


def dry_run(plans: Sequence[Plan], *, prune: bool = False) -> list[Report]:
    """Return what writing plans would do, as reports, with why pruning would be refused without force."""
    return [
        Report(
            plan,
            None,
            dry_run=True,
            removed=plan.prunable() if prune else Counts(),
            prune_refused=tuple(refusal.message for refusal in _refusals(plan)) if prune else (),
        )
        for plan in plans
    ]


def _refusals(plan: Plan) -> list[DataRefused]:
    """Return why what a source no longer states isn't removed without force: too much of it, or rows that may state it."""
    found: list[DataRefused] = []
    if plan.shrunk:
        told = tell(
            "{source} states less than half of what it stated before ({gone} facts are gone); nothing was written.",
            "{source} affirme moins de la moitié de ce qu'elle affirmait ({gone} faits ont disparu) ; rien n'a été écrit.",
            source=plan.card.id,
            gone=len(plan.gone),
        )
        found.append(DataRefused(told, hint=_FORCE))
    blind = [item for item in plan.rejected if not item.about]
    if blind and plan.gone:
        told = tell(
            "{source} has {rows} refused rows that don't say what they are about, and {gone} facts are gone: "
            "these rows may be what states them; nothing was written.",
            "{source} a {rows} lignes refusées dont on ne sait pas de quoi elles parlent, et {gone} faits ont disparu : "
            "ce sont peut-être ces lignes qui les affirment ; rien n'a été écrit.",
            source=plan.card.id,
            rows=len(blind),
            gone=len(plan.gone),
        )
        found.append(DataRefused(told, hint=_CORRECT))
    return found
