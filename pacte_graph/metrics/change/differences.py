"""Two dates of a network side by side: links kept, born and died, who entered and left. Nodes are one by their identifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pacte_graph.metrics.change.snapshots import there
from pacte_graph.metrics.change.turnover import Turnover, kendall, spearman, turnover
from pacte_graph.metrics.column import Rows
from pacte_graph.metrics.cooperation.communities import found_families
from pacte_graph.metrics.cooperation.partition import adjusted_rand, nmi
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import incidence, remembered

Vector = np.ndarray[Any, Any]
RESOLUTION, RUNS = 1.0, 20


@dataclass(frozen=True)
class Side:
    """One date, in places of the tables of all dates: who is present, what links there are, how much each does.

    ``participations``: project × (number of actors) + actor; ``cooperations``: least actor × (number of actors) + greatest.
    ``activity`` (projects an actor is in) and ``strength`` (Newman) are NaN for actors who are not present.
    """

    network: Network
    actors: Vector
    projects: Vector
    participations: Vector
    cooperations: Vector
    activity: Vector
    strength: Vector

    @property
    def empty(self) -> bool:
        """Return True when neither an actor nor a project is present."""
        return not len(self.actors) and not len(self.projects)


@dataclass(frozen=True)
class Difference:
    """What changed between two dates. Keys and places are those of ``Side``, in the tables ``actors`` and ``projects``."""

    actors: tuple[Node, ...]
    projects: tuple[Node, ...]
    before: Side
    after: Side

    @cached_property
    def of_actors(self) -> Turnover:
        """Who stayed, entered and left, among actors."""
        return turnover(self.before.actors, self.after.actors)

    @cached_property
    def of_projects(self) -> Turnover:
        """What stayed, began and ended, among projects."""
        return turnover(self.before.projects, self.after.projects)

    @cached_property
    def participations(self) -> Turnover:
        """Participations, an actor's roles in one project being one."""
        return turnover(self.before.participations, self.after.participations)

    @cached_property
    def cooperations(self) -> Turnover:
        """Pairs of actors who share a project."""
        return turnover(self.before.cooperations, self.after.cooperations)

    def with_entrants(self, keys: Vector) -> Vector:
        """Return which pairs of actors have an entrant among them."""
        size = max(len(self.actors), 1)
        found: Vector = self._entered[keys // size] | self._entered[keys % size]
        return found

    @cached_property
    def _entered(self) -> Vector:
        entered = np.zeros(len(self.actors), dtype=bool)
        entered[self.of_actors.born] = True
        return entered

    def rankings(self, of: str) -> tuple[float | None, float | None]:
        """Return Kendall's τ-b and Spearman of ``activity`` or ``strength``, among the actors present at both dates."""
        common = self.of_actors.kept
        one, other = (getattr(side, of)[common] for side in (self.before, self.after))
        return kendall(one, other), spearman(one, other)

    def communities(self) -> tuple[float | None, float | None, int]:
        """Return NMI and adjusted Rand of the communities of both dates, and among how many actors: those in one at both."""
        sides = [_labels(side, len(self.actors)) for side in (self.before, self.after)]
        both = (sides[0] >= 0) & (sides[1] >= 0)
        one, other = sides[0][both], sides[1][both]
        return nmi(one, other), adjusted_rand(one, other), int(both.sum())

    def links(self) -> Sequence[dict[str, Any]]:
        """Return a row a link of the graph of differences: ends, type, status, and whether an entrant has part in it."""
        parts = (("participation", self.participations), ("cooperation", self.cooperations))
        blocks = [(type_, status, getattr(found, status)) for type_, found in parts for status in ("kept", "born", "died")]
        ends = np.cumsum([len(keys) for _, _, keys in blocks])
        size, entered = max(len(self.actors), 1), self._entered

        def row(place: int) -> dict[str, Any]:
            block = int(np.searchsorted(ends, place, side="right"))
            type_, status, keys = blocks[block]
            key = int(keys[place - (int(ends[block - 1]) if block else 0)])
            first, second = key // size, key % size
            if type_ == "participation":
                source, target, new = self.actors[second].id, self.projects[first].id, entered[second]
            else:
                source, target, new = self.actors[first].id, self.actors[second].id, entered[first] or entered[second]
            return {"source": source, "target": target, "type": type_, "status": status, "with_entrant": bool(new)}

        return Rows(int(ends[-1]), row)

    def nodes(self, status: str) -> Sequence[dict[str, Any]]:
        """Return a row a node that is ``kept`` (stayed), ``born`` (entered) or ``died`` (left): projects, then actors."""
        found = [self.projects[at] for at in getattr(self.of_projects, status).tolist()]
        found += [self.actors[at] for at in getattr(self.of_actors, status).tolist()]

        def row(place: int) -> dict[str, Any]:
            node = found[place]
            return {"id": node.id, "label": node.caption, "type": node.label, "group": node.group}

        return Rows(len(found), row)


def difference(network: Network, before: dt.date, after: dt.date) -> Difference:
    """Return what changed between two dates of a network of all dates. O(m + Σ n²), like the projection."""
    actors, projects = network.nodes_of("Actor"), network.nodes_of("Project")
    return remembered(
        network,
        ("difference", before, after),
        lambda: Difference(actors, projects, _side(network, before), _side(network, after)),
    )


def _side(network: Network, date: dt.date) -> Side:
    return remembered(network, ("side", date), lambda: _made(network, date))


def _made(network: Network, date: dt.date) -> Side:
    snapshot = there(network, date)
    found, everybody = incidence(snapshot), network.nodes_of("Actor")
    who, what = _places(everybody, found.actors), _places(network.nodes_of("Project"), found.projects)
    size = max(len(everybody), 1)
    pairs, shared = found.matrix.tocoo(), tied(snapshot, "count")[1].tocoo()
    first, second = shared.coords
    half = first < second
    activity, strength = np.full(len(everybody), np.nan), np.full(len(everybody), np.nan)
    activity[who] = np.asarray(found.matrix.sum(axis=0)).ravel()
    strength[who] = np.asarray(tied(snapshot)[1].sum(axis=1)).ravel()
    return Side(
        snapshot,
        who,
        what,
        what[pairs.coords[0]] * size + who[pairs.coords[1]],
        who[first[half]] * size + who[second[half]],
        activity,
        strength,
    )


def _places(nodes: Sequence[Node], names: Sequence[str]) -> Vector:
    place = {node.id: at for at, node in enumerate(nodes)}
    return np.array([place[name] for name in names], dtype=np.int64)


def _labels(side: Side, size: int) -> Vector:
    labels = np.full(size, -1, dtype=np.int64)
    labels[side.actors] = found_families(side.network, RESOLUTION, RUNS)[1].labels
    return labels
