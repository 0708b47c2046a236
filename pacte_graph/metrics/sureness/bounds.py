"""U1: what the unknown changes: bounds of counts and ratios by worst and best case, and a metric with the unknown off and on.

A count of k yes and u unknown lies between k and k + u (Manski 2003). A metric of the graph has no such formula: it is computed
again with what is unknown left out and with it counted in full, and the least and greatest of all these are its fork.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.column import Column, Joined, Lazy
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.network.model import Link, Network

Vector = np.ndarray[Any, Any]
Key = tuple[str | None, tuple[tuple[str, str | int], ...]]
STRONGEST = 3
"""The intensity of a link of unknown intensity when it is counted in full."""
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Interval:
    """The least, the known-only and the greatest value; all None when there is nothing to count."""

    low: float | None
    known: float | None
    high: float | None

    @property
    def sure(self) -> bool:
        """Return True when nothing unknown changes the value."""
        return self.low == self.high

    def verdict(self, target: float) -> bool | None:
        """Return True or False when the target is reached, or not, in every case; None when that depends on the unknown."""
        if self.low is None or self.high is None:
            return None
        if self.low >= target:
            return True
        return False if self.high < target else None


def count(yes: int, unknown: int) -> Interval:
    """Return the bounds of a count.

    >>> count(5, 2)
    Interval(low=5, known=5, high=7)
    """
    return Interval(yes, yes, yes + unknown)


def ratio(yes: float, unknown: float, total: float) -> Interval:
    """Return the bounds of yes / total with ``unknown`` of the total undecided; known is yes / (total − unknown).

    >>> ratio(5, 2, 10)
    Interval(low=0.5, known=0.625, high=0.7)
    """
    if total <= 0:
        return Interval(None, None, None)
    stated = total - unknown
    return Interval(yes / total, yes / stated if stated > 0 else None, (yes + unknown) / total)


@dataclass(frozen=True, slots=True)
class Unknown:
    """The links of a network that leave something open."""

    direction: tuple[Link, ...]
    """Links between projects without a direction."""
    intensity: tuple[Link, ...]
    """Links between projects without an intensity."""
    role: tuple[Link, ...]
    """Participations without a role."""

    def as_dict(self) -> dict[str, int]:
        """Return how many there are of each."""
        return {
            "links_without_direction": len(self.direction),
            "links_without_intensity": len(self.intensity),
            "participations_without_role": len(self.role),
        }


def unknown_links(network: Network) -> Unknown:
    """Return the links that leave something open, sorted as in the network."""
    between = network.links_of("LINKED_TO")
    return Unknown(
        tuple(x for x in between if x.properties.get("sense") in {None, "unspecified"}),
        tuple(x for x in between if x.properties.get("intensity") is None),
        tuple(x for x in network.links_of("TAKES_PART_IN") if x.properties.get("role") is None),
    )


def variants(network: Network) -> Iterator[Network]:
    """Yield the network with each sort of unknown off (the link is left out) and on (both ways, strongest, lead): 2ᵏ of them.

    Nothing when nothing is unknown.
    """
    found = unknown_links(network)
    sorts = [
        (frozenset(link.id for link in links), filled)
        for links, filled in (
            (found.direction, {"sense": "mutual"}),
            (found.intensity, {"intensity": STRONGEST}),
            (found.role, {"role": "lead"}),
        )
        if links
    ]
    for choice in product((False, True), repeat=len(sorts)) if sorts else ():
        yield _variant(network, [(ids, filled if on else None) for (ids, filled), on in zip(sorts, choice, strict=True)])


def _variant(network: Network, changes: Sequence[tuple[frozenset[str], Mapping[str, Any] | None]]) -> Network:
    links = []
    for link in network.links:
        told = dict(link.properties)
        for ids, filled in changes:
            if link.id in ids:
                told |= filled if filled is not None else {DROPPED: True}
        if DROPPED not in told:
            links.append(link if told == link.properties else replace(link, properties=told))
    return replace(network, links=tuple(links))


def bounded(metric: Metric, network: Network, parameters: Mapping[str, Any] | None = None) -> MetricResult:
    """Return the metric's result, each number with the least and greatest it takes with the unknown off or on.

    ``low`` ≤ ``value`` ≤ ``high``; equal when nothing is unknown. A fork, not a proof: a metric that does not rise with links may
    leave it somewhere between. A variant where the metric is refused is left out, and counted in ``details["refused"]``.
    Runs the metric up to nine times. ``unknown`` gains the counts of ``unknown_links``.
    """
    result = metric.run(network, parameters)
    keys, numbers = _read(result.values)
    lows, highs, refused, ran = numbers.copy(), numbers.copy(), 0, 0
    for variant in variants(network):
        try:
            other_keys, other = _read(metric.run(variant, parameters).values)
        except MetricUndefined:
            refused += 1
            continue
        ran += 1
        if other_keys != keys:
            places = {key: place for place, key in enumerate(other_keys)}
            other = np.array([other[places[key]] if key in places else np.nan for key in keys])
        lows, highs = np.fmin(lows, other), np.fmax(highs, other)
    undefined = np.isnan(numbers)
    lows[undefined], highs[undefined] = np.nan, np.nan
    values = Bounded(result.values, lows, highs)
    told = {**result.details, "variants": ran, "refused": refused}
    return replace(result, values=values, unknown={**result.unknown, **unknown_links(network).as_dict()}, details=told)


class Bounded(Lazy):
    """Values with the bounds of their numbers, none made before it is asked for; a metric's own wider bounds are kept."""

    def __init__(self, values: Sequence[Value], lows: Vector, highs: Vector) -> None:
        self._values, self.lows, self.highs = values, lows, highs
        self.inner = values

    def __len__(self) -> int:
        return len(self._values)

    def made(self, at: int) -> Value:
        """Return the value at a place."""
        value = self._values[at]
        low, high = (None if np.isnan(side[at]) else float(side[at]) for side in (self.lows, self.highs))
        return replace(value, low=_outer(min, value.low, low), high=_outer(max, value.high, high))


def _outer(choose: Callable[..., float], one: float | None, other: float | None) -> float | None:
    known = [number for number in (one, other) if number is not None]
    return choose(known) if known else None


def _read(values: Sequence[Value]) -> tuple[list[Key], Vector]:
    """Return the keys (node, dimension) of values and their numbers, without making the sentences of a column."""
    parts = values.parts if isinstance(values, Joined) else (values,)
    read = [_column(part) if isinstance(part, Column) else _plain(part) for part in parts]
    numbers = np.concatenate([numbers for _, numbers in read]) if read else np.empty(0)
    return [key for keys, _ in read for key in keys], numbers


def _column(values: Column) -> tuple[list[Key], Vector]:
    dimension = tuple(sorted(values.dimension.items()))
    return [(node.id, dimension) for node in values.nodes], values.numbers


def _plain(values: Sequence[Value]) -> tuple[list[Key], Vector]:
    keys: list[Key] = [(value.id, tuple(sorted(value.dimension.items()))) for value in values]
    numbers = [float(value.value) if isinstance(value.value, int | float) else np.nan for value in values]
    return keys, np.array(numbers, dtype=float)
