"""A metric's result with, beside each rank, the best and the worst it can be over the grid of hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pacte_graph.metrics.column import Lazy
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.metrics.registry import show
from pacte_graph.metrics.sureness.hypotheses import Grid, Ranking, rank_intervals
from pacte_graph.network.model import Network

FILLED = ("linkages", "pull_by_type")
"""Metrics whose ranks are given an interval by ``pacte metrics run``."""
EVERY = 100_000
"""From this many nodes on, intervals are not made unless asked for."""


class _Ranged(Lazy):
    """Values with the interval of their ranks, each made when it is asked for."""

    def __init__(self, values: Sequence[Value], rankings: Sequence[Ranking]) -> None:
        self.inner = self._values = values
        self._found = {
            frozenset(ranking.dimension.items()): (ranking, {name: place for place, name in enumerate(ranking.ids)})
            for ranking in rankings
        }

    def __len__(self) -> int:
        return len(self._values)

    def made(self, at: int) -> Value:
        """Return the value at a place."""
        value = self._values[at]
        key = frozenset(value.dimension.items())
        found = self._found.get(key) or self._found.get(key | {("type", value.type)})
        place = found[1].get(value.id or "") if found else None
        if found is None or place is None or value.rank is None:
            return value
        ranking = found[0]
        return replace(value, rank_low=int(ranking.best[place]) or None, rank_high=int(ranking.worst[place]) or None)


def with_intervals(result: MetricResult, network: Network, grid: Grid | None = None) -> MetricResult:
    """Return the result with the interval of each rank, and the rankings' verdicts in ``details["robustness"]``.

    A result for one project only has no ranks, and one that rests on no hypothesis has no interval: they are returned as
    they are.
    """
    names = {item.name for item in show(result.metric).parameters}
    if not names & {"theta", "kappa", "roles"} or result.parameters.get("project"):
        return result
    found = rank_intervals(network, result.metric, result.parameters, grid)
    told = [
        {
            "dimension": dict(ranking.dimension),
            "robust": ranking.robust,
            "stable": ranking.stable,
            "kendall_w": ranking.kendall_w,
            "runs": ranking.runs,
            "statement": ranking.statement,
        }
        for ranking in found.rankings
    ]
    details = {**result.details, "robustness": told}
    return replace(result, values=_Ranged(result.values, found.rankings), details=details)
