"""U4: what each sheet weighs in a figure: the figure again without it, and how far ranks move among those who stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.dimensions import about
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.ranking import placed
from pacte_graph.metrics.registry import show
from pacte_graph.metrics.sureness.ranked import Key, apart, ranked
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

MOST = 1_000
"""More sheets than this are left out one by one only when they are named."""
SHEETS = ("Project", "Actor")
Told = float | int | str | None


@dataclass(frozen=True)
class Change:
    """A figure of the whole network with and without the sheet ``id``; ``change`` is None where either is not a number."""

    id: str
    dimension: Mapping[str, str | int]
    before: Told
    after: Told
    change: float | None
    sentence: Words


@dataclass(frozen=True)
class Move:
    """The node whose rank moves most without the sheet ``id``; both ranks are among the nodes that stay."""

    id: str
    dimension: Mapping[str, str | int]
    node: str
    before: int
    after: int
    sentence: Words


@dataclass(frozen=True)
class LeaveOneOut:
    """The influence of each sheet on a metric, largest first; ``sheets`` counts those left out one by one."""

    metric: str
    parameters: Mapping[str, Any]
    over: str
    sheets: int
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        return {
            "metric": self.metric,
            "parameters": dict(self.parameters),
            "over": self.over,
            "sheets": self.sheets,
            "changes": [_plain(item, ("id", "before", "after", "change")) for item in self.changes],
            "moves": [_plain(item, ("id", "node", "before", "after")) for item in self.moves],
        }


def _plain(item: Change | Move, names: tuple[str, ...]) -> dict[str, Any]:
    sentence = {"fr": item.sentence.fr, "en": item.sentence.en}
    return {**{name: getattr(item, name) for name in names}, "dimension": dict(item.dimension), "explanation": sentence}


def without(network: Network, sheet: str) -> Network:
    """Return the snapshot as if the sheet of ``sheet`` had not been filled in.

    The node goes, with its links, what only it holds (objectives, milestones, indicators and their values), and the links
    that it declares between others. Everybody else stays, if need be without any link.
    """
    gone = {sheet}
    held = [link for link in network.links if link.type.startswith("HAS_")]
    grown = True
    while grown:
        kept = {link.target for link in held if link.source not in gone}
        more = {link.target for link in held if link.source in gone} - kept - gone
        gone |= more
        grown = bool(more)
    nodes = tuple(node for node in network.nodes if node.id not in gone)
    links = tuple(
        link
        for link in network.links
        if link.source not in gone and link.target not in gone and link.properties.get("declared_by") != sheet
    )
    return Network(network.scope, network.programme, nodes, links, network.sources, network.documents)


def leave_one_out(
    network: Network,
    metric_id: str,
    parameters: Mapping[str, Any] | None = None,
    over: str = "Project",
    only: Sequence[str] = (),
) -> LeaveOneOut:
    """Return what each node of the label ``over`` (or those named in ``only``) weighs in the metric, largest influence first.

    Figures of the whole network: with and without. Values of nodes: the greatest change of rank, among the nodes that stay.
    Cost: one run a sheet. Raises UsageError above 1,000 sheets, UnknownName for one that isn't there, MetricUndefined
    when the metric is undefined with all of them.
    """
    metric = show(metric_id)
    given = metric.checked(parameters)
    sheets = _chosen(network, over, only)
    reference = metric.run(network, given)
    by_type = apart(reference)
    whole, before = _whole(reference), ranked(reference, by_type)
    changes: list[Change] = []
    moves: list[Move] = []
    for sheet in sheets:
        try:
            result = metric.run(without(network, sheet), given)
        except MetricUndefined:
            result = None
        changes += _changes(network, metric, sheet, whole, _whole(result))
        moves += _moves(network, sheet, before, ranked(result, by_type) if result else {})
    changes.sort(key=_weight)
    moves.sort(key=lambda item: (-abs(item.after - item.before), item.id, str(dict(item.dimension))))
    return LeaveOneOut(metric.id, given, over, len(sheets), tuple(changes), tuple(moves))


def _weight(item: Change) -> tuple[float, str, str]:
    """Return what sorts changes: what becomes (or ceases to be) undefined first, then the largest, then by id."""
    size = abs(item.change) if item.change is not None else np.inf if item.before != item.after else 0.0
    return (-float(size), item.id, str(sorted(item.dimension.items())))


def _chosen(network: Network, over: str, only: Sequence[str]) -> list[str]:
    if over not in SHEETS:
        raise UsageError(f"Sheets of {over!r} can't be left out: one of {', '.join(SHEETS)} is expected.")
    known = [node.id for node in network.nodes_of(over)]
    if not only:
        if len(known) > MOST:
            raise UsageError(
                f"Leaving out {len(known):,} sheets one by one would take too long: name at most {MOST:,} of them.",
                hint="For instance: --only project:… --only project:…",
            )
        return known
    absent = sorted(set(only) - set(known))
    if absent:
        raise UnknownName(f"There is no {over} {', '.join(absent)} in this network.")
    return sorted(set(only))


def _whole(result: MetricResult | None) -> dict[Key, Value]:
    if result is None:
        return {}
    return {frozenset(value.dimension.items()): value for value in result.values if value.id is None}


def _changes(
    network: Network, metric: Metric, sheet: str, before: Mapping[Key, Value], after: Mapping[Key, Value]
) -> list[Change]:
    found = []
    for key, value in before.items():
        other = after[key].value if key in after else None
        numbers = [item for item in (value.value, other) if isinstance(item, int | float)]
        change = float(numbers[1] - numbers[0]) if len(numbers) == 2 else None
        named = Words(
            f"{metric.label.fr}, {value.label}", f"{metric.label.en}, {about(value.dimension, network).en or value.label}"
        )
        sentence = _sentence(words.quoted(network.by_id[sheet]), named, metric, value.value, other)
        found.append(
            Change(sheet, value.dimension, value.value, other, change, words.ended(sentence, words.scope(network, metric.unit)))
        )
    return found


def _sentence(sheet: Words, named: Words, metric: Metric, before: Told, after: Told) -> Words:
    old, new = (_said(metric, told) for told in (before, after))
    if old == new:
        return Words(
            f"Sans la fiche {sheet.fr}, « {named.fr} » resterait à {old.fr}.",
            f"Without the sheet {sheet.en}, “{named.en}” would stay at {old.en}.",
        )
    return Words(
        f"Sans la fiche {sheet.fr}, « {named.fr} » passerait de {old.fr} à {new.fr}.",
        f"Without the sheet {sheet.en}, “{named.en}” would go from {old.en} to {new.en}.",
    )


def _said(metric: Metric, told: Told) -> Words:
    if told is None:
        return Words("« non défini »", "“undefined”")
    if isinstance(told, str):
        return Words(f"« {told} »", f"“{told}”")
    if not metric.unit.en.startswith("share"):
        return words.number(told)
    share = words.number(100 * told, 1)
    return Words(f"{share.fr}{words.HARD}%", f"{share.en}%")


def _moves(
    network: Network, sheet: str, before: Mapping[Key, Mapping[str, float]], after: Mapping[Key, Mapping[str, float]]
) -> list[Move]:
    """Return, a dimension, the node whose rank moves most; ranks are taken again among those with a value in both."""
    found = []
    for key, numbers in before.items():
        both = sorted(set(numbers) & set(after.get(key, {})) - {sheet})
        if not both:
            continue
        old, new = (placed(np.array([told[name] for name in both])) for told in (numbers, after[key]))
        most = int(np.abs(new - old).argmax())
        dimension, node = dict(sorted(key)), both[most]
        sentence = _moved(network, sheet, node, dimension, int(old[most]), int(new[most]))
        found.append(Move(sheet, dimension, node, int(old[most]), int(new[most]), sentence))
    return found


def _moved(network: Network, sheet: str, node: str, dimension: Mapping[str, str | int], old: int, new: int) -> Words:
    left, who, subject = words.quoted(network.by_id[sheet]), words.quoted(network.by_id[node]), about(dimension, network)
    for_ = Words(f" ({subject.fr})", f" ({subject.en})") if subject.fr else Words("", "")
    if old == new:
        sentence = Words(
            f"Sans la fiche {left.fr}, aucun rang ne bougerait{for_.fr}.",
            f"Without the sheet {left.en}, no rank would move{for_.en}.",
        )
    else:
        a, b = words.number(old), words.number(new)
        sentence = Words(
            f"Sans la fiche {left.fr}, {who.fr} passerait du rang {a.fr} au rang {b.fr} parmi les autres{for_.fr}.",
            f"Without the sheet {left.en}, {who.en} would go from rank {a.en} to rank {b.en} among the others{for_.en}.",
        )
    return words.ended(sentence, words.scope(network, Words("rangs recalculés sans elle", "ranks taken again without it")))
