"""The rankings inside a result: which nodes are ranked against which, along each dimension."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pacte_graph.metrics.column import bare
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.metrics.ranking import placed

Key = frozenset[tuple[str, str | int]]
"""A dimension; with ``("type", label)`` more where a metric ranks projects and actors apart along one dimension."""


def apart(result: MetricResult) -> frozenset[Key]:
    """Return the dimensions along which the ranks given are not those of everybody together: types are ranked apart."""
    groups: dict[Key, list[Value]] = {}
    for value in _told(result):
        groups.setdefault(frozenset(value.dimension.items()), []).append(value)
    return frozenset(
        key
        for key, values in groups.items()
        if placed(np.array([value.value for value in values], dtype=float)).tolist() != [value.rank for value in values]
    )


def ranked(result: MetricResult, by_type: frozenset[Key] = frozenset()) -> Mapping[Key, Mapping[str, float]]:
    """Return the numbers of the nodes that are ranked, a ranking after the other; along ``by_type``, a ranking a type."""
    found: dict[Key, dict[str, float]] = {}
    for value in _told(result):
        found.setdefault(ranking_of(value, by_type), {})[value.id or ""] = float(value.value or 0)
    return found


def ranking_of(value: Value, by_type: frozenset[Key]) -> Key:
    """Return which ranking a value belongs to."""
    key: Key = frozenset(value.dimension.items())
    return key | {("type", value.type)} if key in by_type else key


def _told(result: MetricResult) -> list[Value]:
    return [v for v in bare(result.values) if v.id is not None and v.rank is not None and isinstance(v.value, int | float)]
