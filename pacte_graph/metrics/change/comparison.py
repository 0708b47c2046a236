"""Any metric at two dates: each value before and after, and what of a change comes from who is there, what from who is tied.

Values are those of each date's snapshot, as ``pacte metrics run --date`` gives them; with ``present_only`` each date keeps those
alone who are there (projects under way, actors with a link in force). The change of a value of the whole network is split in two:

- *rewiring*: its change among the nodes present at both dates, and the links among them;
- *composition*: the rest, what entrants and exits make.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pacte_graph.errors import MetricUndefined, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.change import words_of_change as said
from pacte_graph.metrics.change.differences import Difference, difference
from pacte_graph.metrics.change.relative import Run, comparable, notes, runner, undated
from pacte_graph.metrics.change.snapshots import among, at, dates, present, there
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.dimensions import about
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.metrics.registry import show
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.schema.kinds import Words

DIGITS = 10
Told = float | int | str | None
Key = tuple[str | None, str, str, tuple[tuple[str, str | int], ...]]
"""Identifier, label, type and dimension of a value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value at two dates. ``difference`` is None where one of them is undefined, or where a difference has no meaning.

    ``composition`` and ``rewiring`` add up to the difference; None for a node, or where a part is undefined.
    """

    id: str | None
    label: str
    type: str
    before: Told
    after: Told
    difference: float | int | None
    dimension: Mapping[str, str | int] = field(default_factory=dict)
    composition: float | None = None
    rewiring: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        names = ("id", "label", "type", "before", "after", "difference", "composition", "rewiring")
        return {**{name: getattr(self, name) for name in names}, "dimension": dict(self.dimension)}


@dataclass(frozen=True)
class Comparison:
    """A metric at two dates. ``rows``: values of the whole network first, then nodes by the size of their change.

    ``undefined``: why the metric has no meaning at one of the dates (then ``rows`` is empty). ``notes``: what must be known to
    compare. ``change``: who entered and left, which links are new (see ``differences``).
    """

    metric: str
    parameters: Mapping[str, Any]
    network: Network
    before: dt.date
    after: dt.date
    rows: tuple[Row, ...]
    change: Difference
    sentence: Words
    notes: tuple[Words, ...] = ()
    undefined: Words | None = None

    @property
    def entered(self) -> tuple[Node, ...]:
        """Return the actors and projects that are there after and not before."""
        return _nodes(self.change, "born")

    @property
    def left(self) -> tuple[Node, ...]:
        """Return the actors and projects that are there before and not after."""
        return _nodes(self.change, "died")

    def explanation(self, row: Row) -> Words:
        """Return a row in words, with the scope."""
        return words.ended(_row_said(row, self), _ending(self.network, self.before, self.after))

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        counts = self.change
        links = {
            name: {how: len(getattr(found, how)) for how in ("kept", "born", "died")}
            for name, found in (("cooperations", counts.cooperations), ("participations", counts.participations))
        }
        return {
            "metric": self.metric,
            "scope": {**self.network.scope.as_dict(), "parameters": dict(self.parameters)},
            "before": self.before.isoformat(),
            "after": self.after.isoformat(),
            "sentence": _both(self.sentence),
            "notes": [_both(note) for note in self.notes],
            "undefined": _both(self.undefined) if self.undefined else None,
            "entered": [{"id": node.id, "label": node.caption, "type": node.label} for node in self.entered],
            "left": [{"id": node.id, "label": node.caption, "type": node.label} for node in self.left],
            "stayed": len(counts.of_actors.kept) + len(counts.of_projects.kept),
            "links": links,
            "rows": [{**row.as_dict(), "explanation": _both(self.explanation(row))} for row in self.rows],
        }


def compare(
    metric: str,
    network: Network,
    before: dt.date | None = None,
    after: dt.date | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    present_only: bool = False,
) -> Comparison:
    """Return a metric at two dates of a network of all dates; the programme's reference dates by default.

    ``present_only`` keeps at each date those alone who are there. Cost: two runs, and two more among the common nodes when the
    metric has values of the whole network. Raises UnknownName, UsageError (no dates; a metric that compares dates by itself).
    """
    chosen, days = show(metric), dates(network, before, after)
    given = chosen.checked(parameters)
    if chosen.all_dates:
        raise UsageError(f"{chosen.id} already compares two dates.", hint=f"Run it: pacte metrics run {chosen.id}")
    if days.both is None:
        reason = days.reason.en if days.reason else "there are no two dates."
        raise UsageError(f"Nothing to compare. {reason}", hint="Give --from DATE --to DATE.")
    first, last = days.both
    sides = tuple(there(network, day) if present_only else at(network, day) for day in (first, last))
    found = difference(network, first, last)
    run = runner(chosen, given, sides[0])
    rows: list[Row] = []
    undefined = None
    try:
        rows = list(_rows(run, sides, [present(network, day) for day in (first, last)], chosen.id))
    except MetricUndefined as problem:
        undefined = Words(
            f"Non défini à l'une des deux dates : {problem.message}", f"Undefined at one of the dates: {problem.message}"
        )
    rows.sort(key=_order)
    sentence = words.ended(overview(found, first), _ending(network, first, last))
    told = notes(chosen, given)
    early = set() if present_only else {link.id for day in (first, last) for link in _too_early(network, day)}
    if early:
        told = (*told, undated(len(early)))
    return Comparison(chosen.id, given, network, first, last, tuple(rows), found, sentence, told, undefined)


def _too_early(network: Network, day: dt.date) -> list[Link]:
    """Return the participations in force that day in a project that is not under way."""
    known = present(network, day)
    return [link for link in at(network, day).links_of("TAKES_PART_IN") if link.target not in known]


def overview(found: Difference, before: dt.date) -> Words:
    """Return ``Depuis 2030, 8 coopérations sur 10 ont duré, 14 sont nouvelles dont 9 avec des entrants``."""
    ties = found.cooperations
    opening = said.since(before)
    lasted = said.lasted(len(ties.kept), ties.before, said.TIES["cooperations"])
    fresh = said.new(len(ties.born), with_entrants=int(found.with_entrants(ties.born).sum()))
    return Words(f"{opening.fr}, {lasted.fr}, {fresh.fr}.", f"{opening.en}, {lasted.en}, {fresh.en}.")


def _rows(run: Run, sides: Sequence[Network], there_then: Sequence[frozenset[str]], name: str) -> Iterator[Row]:
    metric = show(name)
    first, last = (_values(run(side)) for side in sides)
    split = any(key[0] is None for key in (*first, *last))
    common = there_then[0] & there_then[1]
    within = _within(run, sides, common) if split else None
    for key in dict.fromkeys((*first, *last)):
        identifier, label, type_, dimension = key
        one, other = first.get(key), last.get(key)
        gap = _gap(one, other) if comparable(metric, dict(dimension)) else None
        rewiring = None
        if identifier is None and within is not None and gap is not None:
            rewiring = _gap(*(table.get(key) for table in within))
        composition = None if rewiring is None or gap is None else _gap(rewiring, gap)
        yield Row(identifier, label, type_, one, other, gap, dict(dimension), composition, rewiring)


def _within(run: Run, sides: Sequence[Network], common: frozenset[str]) -> tuple[Mapping[Key, Told], Mapping[Key, Told]] | None:
    """Return the values among the nodes present at both dates; None where the metric has no meaning there."""
    try:
        one, other = (_values(run(among(side, common))) for side in sides)
    except MetricUndefined:
        return None
    return one, other


def _gap(one: Told, other: Told) -> float | int | None:
    if isinstance(one, int | float) and isinstance(other, int | float):
        gap = other - one
        return round(gap, DIGITS) if isinstance(gap, float) else gap
    return None


def _values(result: MetricResult) -> dict[Key, Told]:
    return dict(_flat(result.values))


def _flat(values: Sequence[Value]) -> Iterator[tuple[Key, Told]]:
    """Give the values of a result without making the sentences of those in columns."""
    if isinstance(values, Joined):
        for part in values.parts:
            yield from _flat(part)
    elif isinstance(values, Column):
        dimension = tuple(sorted(values.dimension.items()))
        for node, number in zip(values.nodes, values.numbers.tolist(), strict=True):
            yield (node.id, node.caption, node.label, dimension), None if np.isnan(number) else number
    else:
        for value in values:
            yield (value.id, value.label, value.type, tuple(sorted(value.dimension.items()))), value.value


def _order(row: Row) -> tuple[bool, float, str, str]:
    size = 0.0 if row.id is None else -abs(row.difference) if row.difference is not None else np.inf
    return row.id is not None, float(size), str(sorted(row.dimension.items())), row.id or ""


def _nodes(found: Difference, status: str) -> tuple[Node, ...]:
    projects, actors = getattr(found.of_projects, status), getattr(found.of_actors, status)
    return (*(found.projects[at] for at in projects.tolist()), *(found.actors[at] for at in actors.tolist()))


def _ending(network: Network, before: dt.date, after: dt.date) -> Words:
    return words.scope(network, said.period(before, after))


def _both(told: Words) -> dict[str, str]:
    return {"fr": told.fr, "en": told.en}


def _row_said(row: Row, found: Comparison) -> Words:
    metric, days = show(found.metric), said.period(found.before, found.after)
    node = found.network.by_id.get(row.id) if row.id else None
    name = words.quoted(node) if node else Words(f"« {metric.label.fr}, {row.label} »", f"“{metric.label.en}{_also(row, found)}”")
    one, other = (_told(value) for value in (row.before, row.after))
    axis = about(row.dimension, found.network) if node else Words("", "")
    what = Words(f" ({axis.fr})", f" ({axis.en})") if axis.fr else axis
    if row.difference is None and row.before is not None and row.after is not None:
        return Words(
            f"{name.fr}{what.fr} : {one.fr}, puis {other.fr}, qui ne se comparent pas.",
            f"{name.en}{what.en}: {one.en}, then {other.en}, which are not compared.",
        )
    if one == other:
        sentence = Words(f"{name.fr}{what.fr} reste à {one.fr} {days.fr}", f"{name.en}{what.en} stays at {one.en} {days.en}")
    else:
        sentence = Words(
            f"{name.fr}{what.fr} passe de {one.fr} à {other.fr} {days.fr}",
            f"{name.en}{what.en} goes from {one.en} to {other.en} {days.en}",
        )
    parts = Words("", "")
    if row.rewiring is not None and row.composition is not None and one != other:
        entrants, ties = _signed(row.composition), _signed(row.rewiring)
        parts = Words(
            f", dont {entrants.fr} par les entrées et sorties et {ties.fr} entre ceux qui sont restés",
            f", {entrants.en} of it by entries and exits and {ties.en} among those who stayed",
        )
    return Words(f"{sentence.fr}{parts.fr}.", f"{sentence.en}{parts.en}.")


def _also(row: Row, found: Comparison) -> str:
    """Return the English name of a number of the whole network, whose label is French."""
    told = about(row.dimension, found.network).en
    return f", {told}" if told else ""


def _told(value: Told) -> Words:
    if value is None:
        return Words("« non défini »", "“undefined”")
    return words.number(round(value, DIGITS)) if isinstance(value, int | float) else Words(f"« {value} »", f"“{value}”")


def _signed(value: float) -> Words:
    rounded = round(value, 2)
    shown = words.number(abs(rounded))
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return Words(f"{sign}{shown.fr}", f"{sign}{shown.en}")
