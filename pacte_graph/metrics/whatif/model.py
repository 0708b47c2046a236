"""The answer to a what-if: what was, what would be, who is touched, and the sentences that say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pacte_graph.metrics.whatif.changes import Changes
from pacte_graph.metrics.whatif.slipping import Slip
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

LIMITS = Words(
    "Une supposition, pas une prévision : personne ne remplace ce qui disparaît, un retard se transmet en entier, sans marge.",
    "A supposition, not a forecast: nobody replaces what goes, a delay is passed on whole, without margin.",
)
Number = float | int | str | None


@dataclass(frozen=True)
class Compared:
    """One number before and after. ``metric``: its id in the registry, or ``count``; None is undefined or unknown."""

    metric: str
    code: str
    label: Words
    before: Number
    after: Number
    dimension: Mapping[str, str | int] = field(default_factory=dict)
    before_bounds: tuple[Number, Number] = (None, None)
    after_bounds: tuple[Number, Number] = (None, None)
    explanations: tuple[Words, Words] | None = None
    """The sentence of the metric before, and after."""

    @property
    def difference(self) -> float | int | None:
        """Return after − before; None where one of them isn't a number."""
        if isinstance(self.before, int | float) and isinstance(self.after, int | float):
            return self.after - self.before
        return None

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        told: dict[str, Any] = {
            "metric": self.metric,
            "code": self.code,
            "label": _both(self.label),
            "dimension": dict(self.dimension),
            "before": {"value": self.before, "low": self.before_bounds[0], "high": self.before_bounds[1]},
            "after": {"value": self.after, "low": self.after_bounds[0], "high": self.after_bounds[1]},
            "difference": self.difference,
        }
        if self.explanations:
            told["before"]["explanation"], told["after"]["explanation"] = (_both(said) for said in self.explanations)
        return told


@dataclass(frozen=True)
class Moved:
    """The dates of a late project, before and after; None: unknown. ``since`` stays where the project has started."""

    id: str
    label: str
    months: int
    since: tuple[dt.date | None, dt.date | None]
    until: tuple[dt.date | None, dt.date | None]

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        dates = {
            name: {"before": pair[0].isoformat() if pair[0] else None, "after": pair[1].isoformat() if pair[1] else None}
            for name, pair in (("since", self.since), ("until", self.until))
        }
        return {"id": self.id, "label": self.label, "months": self.months, **dates}


@dataclass(frozen=True)
class WhatIf:
    """A what-if. ``before`` and ``after`` are the networks, for views; the rest is what ``as_dict`` gives.

    ``pull``: the linear reading (E6a), with A as it is before: ``removed`` (what goes) and ``added`` (what comes), each None or
    ``{"loss", "whole", "share", "net_share", "by_kind", "sentence"}``. ``structure``: the structural reading (E6b) of what is
    removed, ``gained`` of what is added (see ``structural_words.row``). ``skipped``: metrics that have no meaning here, and why.
    """

    changes: Changes
    before: Network
    after: Network
    counts: tuple[Compared, ...]
    indicators: tuple[Compared, ...]
    skipped: tuple[tuple[str, str], ...]
    pull: Mapping[str, Mapping[str, Any] | None]
    structure: Mapping[str, Any] | None
    gained: Mapping[str, Any] | None
    slips: tuple[Slip, ...]
    moved: tuple[Moved, ...]
    weight: Words
    sentences: tuple[Words, ...]

    @property
    def orphaned(self) -> tuple[str, ...]:
        """Return the actors left without any project."""
        return _ids(self.structure, "orphans")

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Return the territories no longer covered."""
        return _ids(self.structure, "uncovered")

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form (``pacte whatif --json``): plain values only, keys that stay."""
        return {
            "scope": {**self.before.scope.as_dict(), "weight": self.weight.fr},
            "changes": self.changes.as_dict(),
            "removed": sorted(self.changes.removed),
            "orphaned": list(self.orphaned),
            "uncovered": list(self.uncovered),
            "leaving_giant": list(_ids(self.structure, "leaving_giant")),
            "late": sorted(self.changes.delays),
            "added": sorted(node.id for node in self.changes.nodes),
            "counts": [one.as_dict() for one in self.counts],
            "indicators": [one.as_dict() for one in self.indicators],
            "skipped": [{"metric": name, "reason": reason} for name, reason in self.skipped],
            "pull": _plain(self.pull),
            "structure": _plain(self.structure),
            "gained": _plain(self.gained),
            "milestones": {
                "sure": [slip.as_dict() for slip in self.slips if slip.sure],
                "possible": [slip.as_dict() for slip in self.slips if not slip.sure],
            },
            "projects": [one.as_dict() for one in self.moved],
            "sentences": [_both(said) for said in self.sentences],
            "limits": _both(LIMITS),
        }


def _ids(row: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    return tuple(item["id"] for item in row[name]) if row else ()


def _both(said: Words) -> dict[str, str]:
    return {"fr": said.fr, "en": said.en}


def _plain(told: Any) -> Any:
    """Return mappings and lists with their words as two languages."""
    if isinstance(told, Words):
        return _both(told)
    if isinstance(told, Mapping):
        return {key: _plain(value) for key, value in told.items()}
    return [_plain(item) for item in told] if isinstance(told, list | tuple) else told
