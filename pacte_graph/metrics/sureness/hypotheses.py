"""U2: what ranks become over a grid of hypotheses (θ × κ × weights of roles), and whether the first five hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, overload

import numpy as np
from scipy import sparse

from pacte_graph.errors import MetricUndefined, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.metrics.pull.by_kind import families
from pacte_graph.metrics.pull.convergence import converges
from pacte_graph.metrics.pull.effects import emitted_for
from pacte_graph.metrics.pull.influence import ROLE_SETS, influence, shares, structure, with_data
from pacte_graph.metrics.registry import show
from pacte_graph.metrics.sureness.concordance import TOP, Tally, places, top
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
STABLE = 0.9
"""Share of the runs that must have the same first five for a ranking to be called robust."""
FILLED = ("linkages", "pull_by_type")
"""Metrics whose ranks are given an interval by ``pacte metrics run``."""
EVERY = 3_000
"""From this many nodes on, intervals are not made unless asked for."""
Key = frozenset[tuple[str, str | int]]


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
    told = _statement(network, part, tally, names, first.least, same, robust)
    statement = words.ended(told, words.scope(network, _weight(axes)))
    return Ranking(
        part.dimension,
        part.ids,
        first.least,
        tally.best,
        tally.worst,
        tally.kendall_w,
        names,
        stable,
        robust,
        tally.runs,
        statement,
    )


def _statement(
    network: Network, part: Numbers, tally: Tally, names: tuple[str, ...], ranks: Vector, same: int, robust: bool | None
) -> Words:
    about = _dimension(part.dimension)
    agreement = tally.kendall_w
    if not names or not tally.runs:
        return Words(
            f"{about.fr}rien à classer : aucune valeur n'est définie.", f"{about.en}nothing to rank: no value is defined."
        )
    if robust is None:
        return Words(
            f"{about.fr}pas de premiers à comparer : {TOP} membres classés ou moins, ou tous à égalité.",
            f"{about.en}no first ones to compare: {TOP} members ranked or fewer, or all alike.",
        )
    verdict = Words("classement robuste", "robust ranking") if robust else Words("classement fragile", "fragile ranking")
    runs = words.count(
        tally.runs, Words("jeu d'hypothèses", "set of hypotheses"), Words("jeux d'hypothèses", "sets of hypotheses")
    )
    shown = Words("", "")
    if agreement is not None:
        w = words.number(agreement)
        shown = Words(f" ; concordance W de Kendall {w.fr}", f"; Kendall's concordance W {w.en}")
    place = part.ids.index(names[0])
    named, best, worst = words.quoted(network.by_id[names[0]]), int(tally.best[place]), int(tally.worst[place])
    return Words(
        f"{about.fr}{verdict.fr} : les {len(names)} premiers sont les mêmes dans {same} cas sur {runs.fr}{shown.fr}. "
        f"{named.fr}, rang {ranks[place]}, va du rang {best} au rang {worst} selon les hypothèses.",
        f"{about.en}{verdict.en}: the first {len(names)} are the same in {same} of {runs.en}{shown.en}. "
        f"{named.en}, rank {ranks[place]}, goes from rank {best} to rank {worst} with the hypotheses.",
    )


_AXES = {"drive": Words("Motricité", "Drive"), "dependence": Words("Dépendance", "Dependence")}


def _dimension(dimension: Mapping[str, str | int]) -> Words:
    """Return what a ranking is about, to open a sentence; nothing when a metric has one ranking only."""
    told = [_AXES.get(str(value)) or words.kind(str(value)) for value in dimension.values()]
    if not told:
        return Words("", "")
    return Words(f"{', '.join(item.fr for item in told)} : ", f"{', '.join(item.en for item in told)}: ")


def _weight(axes: Mapping[str, tuple[Any, ...]]) -> Words:
    said = {"theta": ("θ", "θ"), "kappa": ("κ", "κ")}
    parts = [
        Words(*(f"{said[name][0]} = {', '.join(words.number(value).get(lang) for value in values)}" for lang in ("fr", "en")))
        for name, values in axes.items()
        if name in said
    ]
    if "roles" in axes:
        parts.append(
            words.count(
                len(axes["roles"]),
                Words("poids des rôles", "set of role weights"),
                Words("poids des rôles", "sets of role weights"),
            )
        )
    return Words("hypothèses : " + " ; ".join(part.fr for part in parts), "hypotheses: " + "; ".join(part.en for part in parts))


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
            yield [Numbers({"axis": axis}, ids, side * scale) for axis, side in zip(_AXES, pair, strict=True)]


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
        shape = _by_dimension(show(name).run(network, given))
        for point in product(*axes.values()):
            try:
                result = show(name).run(network, {**given, **dict(zip(axes, point, strict=True))})
            except MetricUndefined:
                yield None
                continue
            found = _by_dimension(result)
            yield [
                Numbers(dict(key), tuple(ids), np.array([found.get(key, {}).get(one, np.nan) for one in ids], dtype=float))
                for key, ids in shape.items()
            ]

    return through


def _by_dimension(result: MetricResult) -> dict[Key, dict[str, float]]:
    """Return the numbers of nodes by dimension; those that are not ranked are left out."""
    found: dict[Key, dict[str, float]] = {}
    for value in result.values:
        if value.id is not None and value.rank is not None and isinstance(value.value, int | float):
            found.setdefault(frozenset(value.dimension.items()), {})[value.id] = float(value.value)
    return found


_FAST: Mapping[str, Runs] = {"linkages": _linkages_runs, "pull_by_type": _pull_runs}


class _Ranged(Sequence[Value]):
    """Values with the interval of their ranks, each made when it is asked for."""

    def __init__(self, values: Sequence[Value], rankings: Sequence[Ranking]) -> None:
        self._values = values
        self._found = {
            frozenset(ranking.dimension.items()): (ranking, {name: place for place, name in enumerate(ranking.ids)})
            for ranking in rankings
        }

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        value = self._values[place]
        ranking, places_ = self._found.get(frozenset(value.dimension.items()), (None, {}))
        at = places_.get(value.id or "")
        if ranking is None or at is None or value.rank is None:
            return value
        return replace(value, rank_low=int(ranking.best[at]) or None, rank_high=int(ranking.worst[at]) or None)


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
