"""U2: what ranks become over a grid of hypotheses (θ × κ × weights of roles), and whether the first five hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import MetricUndefined, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.dimensions import about
from pacte_graph.metrics.pull.by_kind import families
from pacte_graph.metrics.pull.convergence import converges
from pacte_graph.metrics.pull.effects import emitted_for
from pacte_graph.metrics.pull.influence import ROLE_SETS, influence, shares, structure, with_data
from pacte_graph.metrics.registry import show
from pacte_graph.metrics.sureness.concordance import Tally, places, top
from pacte_graph.metrics.sureness.ranked import apart, ranked
from pacte_graph.metrics.sureness.verdict import ending, opened, verdict
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
STABLE = 0.9
"""Share of the runs that must have the same first five for a ranking to be called robust."""


@dataclass(frozen=True)
class Grid:
    """The hypotheses gone through: every θ with every κ with every set of role weights."""

    thetas: tuple[float, ...] = (0.2, 0.35, 0.5, 0.65, 0.8)
    kappas: tuple[float, ...] = (0.0, 0.5, 1.0)
    roles: tuple[str, ...] = tuple(ROLE_SETS)


@dataclass(frozen=True)
class Ranking:
    """The ranks along one dimension: of ``ids``, in the reference and at best and worst over the runs (0: not ranked).

    ``stable`` is the share of runs with the same first five as the reference; ``robust`` says whether it is at least 90 %,
    and is None where there is nothing to choose (five or fewer ranked, or all alike).
    """

    dimension: Mapping[str, str | int]
    ids: tuple[str, ...]
    reference: Vector
    best: Vector
    worst: Vector
    kendall_w: float | None
    top: tuple[str, ...]
    stable: float | None
    robust: bool | None
    runs: int
    statement: Words


@dataclass(frozen=True)
class Robustness:
    """The rankings of a metric over a grid; ``refused`` counts the runs where it is undefined (the rebounds don't fade)."""

    metric: str
    parameters: Mapping[str, Any]
    grid: Mapping[str, tuple[Any, ...]]
    runs: int
    refused: int
    rankings: tuple[Ranking, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form."""
        return {
            "metric": self.metric,
            "parameters": dict(self.parameters),
            "grid": {name: list(values) for name, values in self.grid.items()},
            "runs": self.runs,
            "refused": self.refused,
            "rankings": [_ranking_dict(ranking) for ranking in self.rankings],
        }


def _ranking_dict(ranking: Ranking) -> dict[str, Any]:
    columns = (ranking.ids, ranking.reference.tolist(), ranking.best.tolist(), ranking.worst.tolist())
    return {
        "dimension": dict(ranking.dimension),
        "robust": ranking.robust,
        "stable": ranking.stable,
        "kendall_w": ranking.kendall_w,
        "top": list(ranking.top),
        "statement": {"fr": ranking.statement.fr, "en": ranking.statement.en},
        "ranks": [
            {"id": name, "rank": rank or None, "rank_low": low or None, "rank_high": high or None}
            for name, rank, low, high in zip(*columns, strict=True)
        ],
    }


@dataclass(frozen=True)
class Numbers:
    """The numbers of one run: a dimension's ids are the same in all runs."""

    dimension: Mapping[str, str | int]
    ids: tuple[str, ...]
    numbers: Vector


Runs = Callable[[Network, Mapping[str, Any], Mapping[str, tuple[Any, ...]]], Iterator[list[Numbers] | None]]


def rank_intervals(
    network: Network, metric_id: str, parameters: Mapping[str, Any] | None = None, grid: Grid | None = None
) -> Robustness:
    """Return the ranks of a metric over the grid, against those of ``parameters`` (the defaults of the metric).

    Drive and dependence (E3) and the pull on each kind (E5) share the powers of one matrix between rates; any other metric
    is run once a point of the grid. Raises UsageError for a metric that none of the hypotheses touches; MetricUndefined
    when the reference itself is undefined.
    """
    metric, grid = show(metric_id), grid or Grid()
    names = {item.name for item in metric.parameters}
    axes = {"theta": grid.thetas, "kappa": grid.kappas, "roles": grid.roles}
    used = {name: tuple(values) for name, values in axes.items() if name in names}
    if not used:
        raise UsageError(f"Metric {metric.id} rests on no hypothesis of the grid (theta, kappa, roles): its ranks don't move.")
    given = metric.checked(parameters)
    if "project" in names:
        given = {**given, "project": None}
    key = ("rank intervals", metric.id, tuple(sorted((name, str(value)) for name, value in given.items())), tuple(used.items()))
    return remembered(network, key, lambda: _intervals(network, metric.id, given, used))


def _intervals(network: Network, name: str, given: Mapping[str, Any], axes: Mapping[str, tuple[Any, ...]]) -> Robustness:
    through = _FAST.get(name, _each(name))
    reference = next(through(network, given, {axis: (given[axis],) for axis in axes}))
    if reference is None:
        show(name).run(network, given)  # raises, with the reason
        raise MetricUndefined(f"Metric {name} is undefined with these parameters.")
    tallies, refused, count = [Tally(len(part.ids)) for part in reference], 0, 0
    for run in through(network, given, axes):
        count += 1
        if run is None:
            refused += 1
            continue
        for tally, part in zip(tallies, run, strict=True):
            tally.add(part.numbers)
    told = [_ranking(network, part, tally, axes) for part, tally in zip(reference, tallies, strict=True)]
    return Robustness(name, given, axes, count, refused, tuple(told))


def _ranking(network: Network, part: Numbers, tally: Tally, axes: Mapping[str, tuple[Any, ...]]) -> Ranking:
    first = places(part.numbers)
    chosen = top(first)
    choice = len(chosen) < int((first.least > 0).sum())
    same = sum(other == chosen for other in tally.tops)
    stable = same / tally.runs if tally.runs else None
    robust = stable >= STABLE if choice and stable is not None else None
    names = tuple(part.ids[place] for place in sorted(chosen, key=lambda place: (first.least[place], part.ids[place])))
    at = part.ids.index(names[0]) if names else 0
    said = verdict(
        first=network.by_id[names[0]] if names else None,
        size=len(names),
        same=same,
        runs=tally.runs,
        robust=robust,
        agreement=tally.kendall_w,
        best=int(tally.best[at]) if names else 0,
        worst=int(tally.worst[at]) if names else 0,
    )
    statement = words.ended(opened(about(part.dimension, network), said), ending(network, axes))
    agreement, runs = tally.kendall_w, tally.runs
    return Ranking(
        part.dimension, part.ids, first.least, tally.best, tally.worst, agreement, names, stable, robust, runs, statement
    )


def _through(
    network: Network, given: Mapping[str, Any], axes: Mapping[str, tuple[Any, ...]]
) -> Iterator[tuple[sparse.csr_array, list[bool]]]:
    """Return A/θ for each κ and set of roles, with which of the rates converge."""
    how = given["normalisation"]
    for kappa, roles in product(axes["kappa"], axes["roles"]):
        found = influence(network, kappa=kappa, roles=roles)
        base = with_data(found.matrix, shares(found.matrix, how))
        proved = how != "none"  # θ < 1 bounds the radius of the four others
        yield base, [proved or converges(with_data(base, theta * base.data)) for theta in axes["theta"]]


_SIDES = ("drive", "dependence")


def _linkages_runs(
    network: Network, given: Mapping[str, Any], axes: Mapping[str, tuple[Any, ...]]
) -> Iterator[list[Numbers] | None]:
    ids, own = structure(network).ids, 0.0 if given["include_self"] else 1.0
    for base, sound in _through(network, given, axes):
        rates = [theta for theta, fine in zip(axes["theta"], sound, strict=True) if fine]
        sides = [emitted_for(side, rates) - own for side in (base, sparse.csr_array(base.T))]
        runs = iter(zip(*sides, strict=True))
        for fine in sound:
            if not fine:
                yield None
                continue
            pair = next(runs)
            total = float(pair[0].sum())
            scale = len(ids) / total if total > 1e-12 else np.nan
            yield [Numbers({"axis": axis}, ids, side * scale) for axis, side in zip(_SIDES, pair, strict=True)]


def _pull_runs(network: Network, given: Mapping[str, Any], axes: Mapping[str, tuple[Any, ...]]) -> Iterator[list[Numbers] | None]:
    nodes, groups = structure(network).nodes, families(network)
    projects = np.array([place for place, node in enumerate(nodes) if node.label == "Project"], dtype=np.int64)
    ids, members = tuple(nodes[place].id for place in projects), groups.columns(len(nodes))
    for base, sound in _through(network, given, axes):
        rates = [theta for theta, fine in zip(axes["theta"], sound, strict=True) if fine]
        runs = iter(emitted_for(base, rates, members))
        for fine in sound:
            if not fine:
                yield None
                continue
            found = next(runs)[projects]
            yield [Numbers({"kind": kind}, ids, found[:, place]) for place, kind in enumerate(groups.kinds)]


def _each(name: str) -> Runs:
    """Return what runs the metric once a point of the grid and lines its values up with those of the first run."""

    def through(
        network: Network, given: Mapping[str, Any], axes: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[list[Numbers] | None]:
        first = show(name).run(network, given)
        by_type = apart(first)
        shape = ranked(first, by_type)
        for point in product(*axes.values()):
            try:
                result = show(name).run(network, {**given, **dict(zip(axes, point, strict=True))})
            except MetricUndefined:
                yield None
                continue
            found = ranked(result, by_type)
            yield [
                Numbers(
                    dict(sorted(key)), tuple(ids), np.array([found.get(key, {}).get(one, np.nan) for one in ids], dtype=float)
                )
                for key, ids in shape.items()
            ]

    return through


_FAST: Mapping[str, Runs] = {"linkages": _linkages_runs, "pull_by_type": _pull_runs}
