"""Any indicator on two days: what it was, what it is, and how much of the change comes from who came and left.

Composition is the part of arrivals and departures; rewiring is what changed among those present on both days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.errors import MetricUndefined, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.change.change import cooperation
from pacte_graph.metrics.change.difference import Turnover, turnover
from pacte_graph.metrics.change.snapshots import Pair, pair, present, restricted
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.metrics.registry import show
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

RELATIVE = frozenset({"linkages", "eigenvector", "katz", "core", "communities", "mixing"})
"""Metrics whose scale is each network's own: their values on two days are not on one scale."""
NOTE = Words(
    "Rapporté à la moyenne ou à l'échelle de chaque date : une hausse peut venir de la baisse des autres. Pour comparer deux "
    "dates, lire plutôt l'entraînement total (total_effect).",
    "Relative to each date's own mean or scale: a rise may come from the others' fall. To compare two dates read the total "
    "effect (total_effect).",
)
Key = tuple[str | None, frozenset[tuple[str, Any]]]


@dataclass(frozen=True)
class Row:
    """One value on both days. ``composition`` and ``rewiring`` split the difference of a value of the whole network."""

    id: str | None
    label: str
    dimension: Mapping[str, Any]
    before: float | None
    after: float | None
    difference: float | None
    composition: float | None = None
    rewiring: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        names = ("id", "label", "dimension", "before", "after", "difference", "composition", "rewiring")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Comparison:
    """A metric on two days: its rows, who came and left, what cooperation lasted, and what must be said beside it."""

    metric: str
    first: dt.date
    second: dt.date
    rows: tuple[Row, ...]
    entries: tuple[str, ...]
    exits: tuple[str, ...]
    ties: Turnover
    born_with_entrants: int
    sentence: Words
    note: Words | None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        both = {"fr": self.sentence.fr, "en": self.sentence.en}
        return {
            "metric": self.metric,
            "from": self.first.isoformat(),
            "to": self.second.isoformat(),
            "rows": [row.as_dict() for row in self.rows],
            "entries": list(self.entries),
            "exits": list(self.exits),
            "cooperation": {
                "kept": len(self.ties.kept),
                "born": len(self.ties.born),
                "died": len(self.ties.died),
                "born_with_entrants": self.born_with_entrants,
            },
            "sentence": both,
            "note": None if self.note is None else {"fr": self.note.fr, "en": self.note.en},
        }


def compare(
    name: str,
    network: Network,
    before: dt.date | None = None,
    after: dt.date | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Comparison:
    """Return a metric on two days (the programme's reference dates by default) of the network of all dates.

    Raises UsageError without two different days or for a metric that compares dates itself; UnknownName.
    """
    metric = show(name)
    if metric.all_dates:
        raise UsageError(f"{metric.id} compares two dates by itself.", hint=f"Run it: pacte metrics run {metric.id}")
    two = pair(network, {"before": before, "after": after})
    if two is None:
        raise UsageError("Two different dates are needed.", hint="Give --from and --to (YYYY-MM-DD).")
    given = dict(parameters or {})
    there, then = present(two.before, two.first), present(two.after, two.second)
    one, other = (_values(metric.id, restricted(side, who), given) for side, who in ((two.before, there), (two.after, then)))
    both = there & then
    kept = [_values(metric.id, restricted(side, both), given, whole=True) for side in (two.before, two.after)]
    rows = tuple(_row(key, one, other, kept) for key in _keys(one, other))
    came, left = sorted(then - there), sorted(there - then)
    ties = turnover(cooperation(two.before), cooperation(two.after))
    new = set(came)
    with_new = sum(bool(new & set(pair_)) for pair_ in ties.born)
    sentence = _sentence(two, ties, with_new, len(came), len(left))
    note = NOTE if metric.id in RELATIVE else None
    return Comparison(metric.id, two.first, two.second, rows, tuple(came), tuple(left), ties, with_new, sentence, note)


def _values(name: str, network: Network, given: Mapping[str, Any], *, whole: bool = False) -> dict[Key, Value]:
    """Return the values by node and dimension; none when the metric has no meaning on that network."""
    try:
        result: MetricResult = show(name).run(network, given)
    except MetricUndefined:
        return {}
    return {(value.id, frozenset(value.dimension.items())): value for value in result.values if not whole or value.id is None}


def _keys(one: Mapping[Key, Value], other: Mapping[Key, Value]) -> list[Key]:
    return sorted(one.keys() | other.keys(), key=lambda key: (key[0] or "", sorted(map(str, key[1]))))


def _row(key: Key, one: Mapping[Key, Value], other: Mapping[Key, Value], kept: list[dict[Key, Value]]) -> Row:
    value = other.get(key) or one[key]
    before, after = (_number(side.get(key)) for side in (one, other))
    difference = None if before is None or after is None else after - before
    rewiring = composition = None
    if key[0] is None and difference is not None:
        first, second = (_number(side.get(key)) for side in kept)
        if first is not None and second is not None:
            rewiring = second - first
            composition = difference - rewiring
    return Row(key[0], value.label, dict(value.dimension), before, after, difference, composition, rewiring)


def _number(value: Value | None) -> float | None:
    return float(value.value) if value is not None and isinstance(value.value, int | float) else None


def _sentence(two: Pair, ties: Turnover, with_new: int, came: int, left: int) -> Words:
    first = len(ties.kept) + len(ties.died)
    born = words.count(len(ties.born), Words("est nouvelle", "is new"), Words("sont nouvelles", "are new"))
    return Words(
        f"Du {two.first:%d/%m/%Y} au {two.second:%d/%m/%Y} : {came} arrivées, {left} départs ; {len(ties.kept)} coopérations sur "
        f"{first} ont duré, {born.fr}, dont {with_new} avec des entrants.",
        f"From {two.first} to {two.second}: {came} entries, {left} exits; {len(ties.kept)} of {first} cooperations lasted, "
        f"{born.en}, {with_new} of them with newcomers.",
    )
