"""When actors joined projects, read once: who was in what at a date, and by which project each came in first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import remembered

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Joining:
    """Participations of actors over time: a row a participation, by places in ``actors`` and ``projects``.

    ``since`` and ``until`` are those of the link, else of its project, as day numbers; −∞ and ∞ where neither says.
    """

    actors: tuple[Node, ...]
    projects: tuple[Node, ...]
    actor: Vector
    project: Vector
    since: Vector
    until: Vector
    lead: Vector

    def in_force(self, day: dt.date) -> Vector:
        """Return which participations hold that day: since ≤ day < until."""
        number = day.toordinal()
        found: Vector = (self.since <= number) & (number < self.until)
        return found

    def matrix(self, day: dt.date, *, lead: bool = False) -> sparse.csr_array:
        """Return who is in what that day, actors × projects of 0 and 1; with ``lead``, who leads what."""
        kept = self.in_force(day) & (self.lead if lead else True)
        cells = (self.actor[kept], self.project[kept])
        found = sparse.csr_array((np.ones(int(kept.sum())), cells), shape=(len(self.actors), len(self.projects)))
        found.sum_duplicates()
        found.data[:] = 1.0
        return found

    @cached_property
    def pairs(self) -> tuple[Vector, Vector, Vector]:
        """Actor, project and first day of each pair; −∞ where one of its participations has an unknown start."""
        keys = self.actor * max(len(self.projects), 1) + self.project
        found, place = np.unique(keys, return_inverse=True)
        first = np.full(len(found), np.inf)
        np.minimum.at(first, place, self.since)
        size = max(len(self.projects), 1)
        return found // size, found % size, first

    def joined(self, after: dt.date, until: dt.date) -> Vector:
        """Return which actors joined a project they were not in before: first day after ``after``, at the latest ``until``."""
        actor, _, first = self.pairs
        new = (first > after.toordinal()) & (first <= until.toordinal())
        found = np.zeros(len(self.actors), dtype=bool)
        found[actor[new]] = True
        return found

    def without_start(self) -> int:
        """Return how many pairs of actor and project have no known start."""
        return int(np.isneginf(self.pairs[2]).sum())


def joining(network: Network) -> Joining:
    """Return the participations of actors (people are left out) over time, read once."""
    return remembered(network, "joining", lambda: _joining(network))


def _joining(network: Network) -> Joining:
    actors, projects = network.nodes_of("Actor"), network.nodes_of("Project")
    row, column = ({node.id: at for at, node in enumerate(nodes)} for nodes in (actors, projects))
    links = [link for link in network.links_of("TAKES_PART_IN") if link.source in row and link.target in column]
    own = [node.properties for node in projects]
    there = [column[link.target] for link in links]
    since = [_number(link.properties, own[at], "since", -np.inf) for link, at in zip(links, there, strict=True)]
    until = [_number(link.properties, own[at], "until", np.inf) for link, at in zip(links, there, strict=True)]
    return Joining(
        actors,
        projects,
        np.array([row[link.source] for link in links], dtype=np.int64),
        np.array(there, dtype=np.int64),
        np.array(since, dtype=float),
        np.array(until, dtype=float),
        np.array([link.properties.get("role") == "lead" for link in links], dtype=bool),
    )


def _number(link: Mapping[str, Any], project: Mapping[str, Any], name: str, unknown: float) -> float:
    day = link.get(name) or project.get(name)
    return unknown if day is None else float(day.toordinal())


@dataclass(frozen=True)
class Newcomers:
    """By which project each actor came in, up to a date. Arrays are a project each; ``first`` is an actor each.

    ``first``: the place of an actor's first project, −1 where there is none or several might be it. ``brought`` counts those;
    ``possible`` adds actors for whom the project is one of several that might be first (same day, or an unknown start).
    ``stayed``: those brought who are in another project that day. ``chain``: other projects led that day by one of those.
    """

    first: Vector
    brought: Vector
    possible: Vector
    stayed: Vector
    chain: Vector


def newcomers(found: Joining, day: dt.date) -> Newcomers:
    """Return who came in by which project up to ``day``, and where they are that day."""
    size, many = len(found.actors), len(found.projects)
    actor, project, start = found.pairs
    kept = start <= day.toordinal()
    actor, project, start = actor[kept], project[kept], start[kept]
    known = ~np.isneginf(start)
    earliest = np.full(size, np.inf)
    np.minimum.at(earliest, actor[known], start[known])
    might = ~known | (start == earliest[actor])
    firsts = np.bincount(actor[might], minlength=size)
    sure = might & (firsts[actor] == 1)
    first = np.full(size, -1, dtype=np.int64)
    first[actor[sure]] = project[sure]
    placed = first >= 0
    now = found.matrix(day)
    elsewhere = np.asarray(now.sum(axis=1)).ravel() - _cells(now, first, placed)
    stayed = placed & (elsewhere > 0)
    return Newcomers(
        first,
        np.bincount(first[placed], minlength=many),
        np.bincount(project[might], minlength=many),
        np.bincount(first[stayed], minlength=many),
        _chain(found.matrix(day, lead=True), first, many),
    )


def _cells(matrix: sparse.csr_array, first: Vector, placed: Vector) -> Vector:
    """Return the cell of each actor's first project."""
    rows = np.flatnonzero(placed)
    found: Vector = np.zeros(len(first))
    if len(rows):
        chosen = sparse.csr_array((np.ones(len(rows)), (rows, first[rows])), shape=matrix.shape)
        found = np.asarray(matrix.multiply(chosen).sum(axis=1)).ravel()
    return found


def _chain(leads: sparse.csr_array, first: Vector, many: int) -> Vector:
    """Return, for each project, how many other projects are led by an actor who came in by it."""
    cells = leads.tocoo()
    who, what = cells.coords
    kept = (first[who] >= 0) & (first[who] != what)
    pairs = np.unique(first[who[kept]] * max(many, 1) + what[kept])
    return np.bincount(pairs // max(many, 1), minlength=many)
