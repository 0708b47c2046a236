"""Which milestones slip when projects are late: along the declared links, for sure or possibly, with old and new dates.

A project that is pulled by a late one, or depends on it, is late with it. No margin is known, so a delay is passed on whole:
the dates given are the worst case. A link whose direction nobody stated gives a possible slip, told apart.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.whatif.dates import UNKNOWN, period, shifted
from pacte_graph.network.model import Milestone, Network
from pacte_graph.schema.kinds import Words

LONGEST = 600
"""Months: fifty years."""
CLOSED = frozenset({"done", "dropped"})
"""States of a project that is late no more, whatever happens elsewhere."""

Onward = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Slip:
    """A milestone that slips by ``months``. ``via``: the projects the delay comes through, the late one first.

    ``sure`` False: along a link whose direction isn't stated, or the milestone has no date. New dates are as precise as the old.
    """

    milestone: Milestone
    months: int
    sure: bool
    via: tuple[str, ...]
    date_from: dt.date | None
    date_to: dt.date | None
    explanation: Words

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form: identifiers, old and new dates (ISO, or null), both in words."""
        step = self.milestone
        new, old = period(self.date_from, self.date_to), _written(step)
        return {
            "id": step.id,
            "text": step.text,
            "project": step.project,
            "months": self.months,
            "sure": self.sure,
            "via": list(self.via),
            "before": {"from": _iso(step.date_from), "to": _iso(step.date_to), "fr": old.fr, "en": old.en},
            "after": {"from": _iso(self.date_from), "to": _iso(self.date_to), "fr": new.fr, "en": new.en},
            "explanation": {"fr": self.explanation.fr, "en": self.explanation.en},
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _written(step: Milestone) -> Words:
    return Words(step.date_text, step.date_text) if step.date_text else period(step.date_from, step.date_to)


def checked(network: Network, delays: Mapping[str, int]) -> dict[str, int]:
    """Return the delays, sorted. Raises UnknownName for a project that isn't there, UsageError for what can't be late."""
    for name, months in delays.items():
        node = network.by_id.get(name)
        if node is None:
            raise UnknownName(f"There is no {name} in this network.")
        if node.label != "Project":
            raise UsageError(f"{name} is not a project: only projects have milestones.")
        if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= LONGEST:
            raise UsageError(f"{name} can't be late by {months!r} months: a whole number from 1 to {LONGEST} is expected.")
    return dict(sorted(delays.items()))


def slips(network: Network, delays: Mapping[str, int]) -> tuple[Slip, ...]:
    """Return the milestones that slip when each project of ``delays`` is late by so many months, sorted by project and date.

    A milestone over before the delay begins (the first milestone of the late project still to come) stays; so do those before
    the date of the scope, and those of projects done or dropped. Several delays reaching one milestone: the longest counts.
    A milestone that slips for sure by less than it possibly does is there twice.
    """
    late = checked(network, delays)
    steps: dict[str, list[Milestone]] = {}
    for step in network.milestones:
        steps.setdefault(step.project, []).append(step)
    closed = {node.id for node in network.nodes_of("Project") if node.properties.get("state") in CLOSED} - late.keys()
    certain, possible = (followers(network, sure_only=sure) for sure in (True, False))
    sure = _longest(network, late, steps, certain, closed, sure=True)
    perhaps = _longest(network, late, steps, possible, closed, sure=False)
    found = [_slip(network, step, *told, sure=True) for step, told in sure.items()]
    found += [
        _slip(network, step, *told, sure=False) for step, told in perhaps.items() if step not in sure or told[0] > sure[step][0]
    ]
    order = {step: at for at, step in enumerate(network.milestones)}
    return tuple(sorted(found, key=lambda slip: (order[slip.milestone], not slip.sure)))


def followers(network: Network, *, sure_only: bool) -> Onward:
    """Return project → the projects that are late with it: those it pulls, those that depend on it, and mutual ones.

    ``sure_only`` False adds both ends of the links whose direction isn't stated.
    """
    found: dict[str, set[str]] = {}
    for link in network.links_of("LINKED_TO"):
        sense = link.properties.get("sense") or "unspecified"
        if sense == "unspecified" and sure_only:
            continue
        if sense != "depends_on":
            found.setdefault(link.source, set()).add(link.target)
        if sense != "pulls":
            found.setdefault(link.target, set()).add(link.source)
    return {name: tuple(sorted(others - {name})) for name, others in sorted(found.items())}


def _longest(
    network: Network,
    late: Mapping[str, int],
    steps: Mapping[str, list[Milestone]],
    onward: Onward,
    closed: set[str],
    *,
    sure: bool,
) -> dict[Milestone, tuple[int, tuple[str, ...]]]:
    """Return milestone → (months, via): the longest delay that reaches it, by the shortest way."""
    best: dict[Milestone, tuple[int, tuple[str, ...]]] = {}
    for source, months in late.items():
        for project, (begins, via) in _reached(network, source, steps, onward, closed).items():
            for step in steps.get(project, []):
                dated = _end(step) is not None
                if sure and not dated and project != source:
                    continue
                if not _to_come(step, begins):
                    continue
                before = best.get(step)
                if before is None or (-months, len(via), via) < (-before[0], len(before[1]), before[1]):
                    best[step] = (months, via)
    return best


def _reached(
    network: Network, source: str, steps: Mapping[str, list[Milestone]], onward: Onward, closed: set[str]
) -> dict[str, tuple[dt.date, tuple[str, ...]]]:
    """Return project → (when the delay begins there, by which projects), the earliest beginning first."""
    start = _begins(steps.get(source, []), network.scope.date or dt.date.min)
    waiting: list[tuple[dt.date, int, tuple[str, ...]]] = [(start, 1, (source,))]
    found: dict[str, tuple[dt.date, tuple[str, ...]]] = {}
    while waiting:
        begins, _, via = heapq.heappop(waiting)
        here = via[-1]
        if here in found:
            continue
        found[here] = (begins, via)
        for other in onward.get(here, ()):
            if other not in found and other not in closed:
                heapq.heappush(waiting, (_begins(steps.get(other, []), begins), len(via) + 1, (*via, other)))
    return found


def _begins(steps: Iterable[Milestone], since: dt.date) -> dt.date:
    """Return when the first milestone still to come after ``since`` falls; ``since`` itself when none does."""
    starts = [step.date_from or step.date_to for step in steps if _end(step) is not None and _to_come(step, since)]
    return max(since, min((day for day in starts if day), default=since))


def _end(step: Milestone) -> dt.date | None:
    return step.date_to or step.date_from


def _to_come(step: Milestone, since: dt.date) -> bool:
    end = _end(step)
    return end is None or end >= since


def _slip(network: Network, step: Milestone, months: int, via: tuple[str, ...], *, sure: bool) -> Slip:
    first, last = (shifted(day, months) if day else None for day in (step.date_from, step.date_to))
    return Slip(step, months, sure, via, first, last, _explanation(network, step, months, via, (first, last), sure=sure))


def _explanation(
    network: Network,
    step: Milestone,
    months: int,
    via: tuple[str, ...],
    dates: tuple[dt.date | None, dt.date | None],
    *,
    sure: bool,
) -> Words:
    old, new = _written(step), period(*dates)
    later = words.count(months, Words("mois", "month"), Words("mois", "months"))
    chain = [words.quoted(network.by_id[name]) for name in via]
    by = Words(" → ".join(one.fr for one in chain), " → ".join(one.en for one in chain))
    if new == UNKNOWN:
        moved = Words(f"date inconnue, {later.fr} plus tard", f"unknown date, {later.en} later")
    else:
        moved = Words(f"{old.fr} → {new.fr}, {later.fr} plus tard", f"{old.en} → {new.en}, {later.en} later")
    verb = Words("glisse", "slips") if sure else Words("pourrait glisser", "might slip")
    why = Words("", "")
    if not sure and new == UNKNOWN and len(via) > 1:
        why = Words(" ; le jalon n'a pas de date", "; the milestone has no date")
    elif not sure:
        why = Words(" ; le sens d'un lien n'est pas précisé", "; the direction of a link is not stated")
    return Words(
        f"Le jalon « {step.text} » {verb.fr} ({moved.fr}) par {by.fr}{why.fr}.",
        f"The milestone “{step.text}” {verb.en} ({moved.en}) by {by.en}{why.en}.",
    )
