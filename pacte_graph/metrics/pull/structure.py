"""E6b, the numbers: who and what is cut off when nodes are taken out of the two-mode network; integers that can be listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.pull.effects import Vector
from pacte_graph.network.model import Network
from pacte_graph.network.views import Incidence, incidence, remembered, two_sided

INSTITUTIONS = frozenset({"local_authority", "state", "development_council", "chamber", "university", "research", "agency"})
"""Kinds of actors whose pairs are counted: public bodies, chambers, councils, universities and research."""


@dataclass(frozen=True)
class Lost:
    """What the network loses when ``removed`` go together. Identifiers everywhere, sorted; amounts None when none is known."""

    removed: tuple[str, ...]
    orphans: tuple[str, ...]
    """Actors with a project before and none after."""
    deserted: tuple[str, ...]
    """Projects with an actor before and none after."""
    leaving: tuple[str, ...]
    """Actors of the giant component before, outside its largest piece after."""
    components_before: int
    components_after: int
    ties: tuple[tuple[str, str], ...]
    """Pairs of actors of different known kinds that share no project any more."""
    ties_of_unknown_kind: int
    uncovered: tuple[str, ...]
    """Territories where a project was declined, and none is any more."""
    amount: float | None
    regional: float | None
    amounts_unknown: int
    regional_unknown: int
    institution_pairs: tuple[tuple[str, str], ...] | None
    """Pairs of institutions within 2 steps before (a shared project, or a partner in common), not after; None: not asked for."""
    project_links: int
    """Declared links between projects that go."""


def components(graph: sparse.csr_array, actors: Vector | None = None) -> tuple[int, Vector]:
    """Return how many components a graph has, and which nodes are in the largest.

    Ties: the one of most actors where ``actors`` tells them, else the one of the first node.
    """
    if not graph.shape[0]:
        return 0, np.zeros(0, dtype=bool)
    total, labels = sparse.csgraph.connected_components(graph, directed=False)
    people = np.zeros(total) if actors is None else np.bincount(labels, weights=actors, minlength=total)
    best = np.lexsort((np.arange(total), -people, -np.bincount(labels)))[0]
    return int(total), labels == best


@dataclass(frozen=True)
class Exact:
    """What each project's removal loses, exact for all at once: arrays in the order of ``incidence(network).projects``."""

    orphans: Vector
    ties: Vector
    ties_unknown: Vector
    uncovered: Vector


def exact(network: Network) -> Exact:
    """Return the counts that can be had for all projects at once, kept with the network."""
    return remembered(network, "structural losses", lambda: _exact(network))


def _exact(network: Network) -> Exact:
    found = incidence(network)
    matrix = found.matrix
    only = (np.asarray(matrix.sum(axis=0)).ravel() == 1).astype(float)
    ties, unknown = _lone_ties(network, found)
    count = len(found.projects)
    covered = coverage(network)
    row = {name: at for at, name in enumerate(found.projects)}
    uncovered = np.zeros(count, dtype=int)
    for projects in covered.values():
        if len(projects) == 1:
            uncovered[row[next(iter(projects))]] += 1
    return Exact(np.asarray(matrix @ only).ravel().astype(int), ties, unknown, uncovered)


def _lone_ties(network: Network, found: Incidence) -> tuple[Vector, Vector]:
    """Return for each project the pairs of actors of different kinds that share it alone; and those where a kind is unknown."""
    matrix, count = found.matrix, len(found.projects)
    if not matrix.nnz:
        return np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    numbered = sparse.csr_array(sparse.diags_array(np.arange(1.0, count + 1)) @ matrix)
    shared, which = (sparse.csr_array(matrix.T @ other) for other in (matrix, numbered))  # the same cells, in the same order
    shared.sort_indices()
    which.sort_indices()
    pairs = sparse.coo_array(shared)
    once = (shared.data == 1) & (pairs.coords[0] < pairs.coords[1])
    first, second = pairs.coords[0][once], pairs.coords[1][once]
    project = which.data[once].astype(int) - 1
    different, unknown = _different(network, found.actors, first, second)
    return tuple(np.bincount(project[mask], minlength=count) for mask in (different, unknown))  # type: ignore[return-value]


def _different(network: Network, actors: tuple[str, ...], first: Vector, second: Vector) -> tuple[Vector, Vector]:
    kinds = np.array([network.by_id[name].group for name in actors])
    unknown = (kinds[first] == "unknown") | (kinds[second] == "unknown")
    return (kinds[first] != kinds[second]) & ~unknown, unknown


def coverage(network: Network) -> Mapping[str, frozenset[str]]:
    """Return territory → the projects declined on it (its own, not by nesting)."""
    found: dict[str, set[str]] = {}
    for link in network.links_of("APPLIES_IN"):
        if link.properties.get("status") == "declined":
            found.setdefault(link.target, set()).add(link.source)
    return {place: frozenset(projects) for place, projects in sorted(found.items())}


def structural_loss(network: Network, ids: Iterable[str], *, pairs: bool = True) -> Lost:
    """Return what is lost when projects and actors are removed together. Raises UnknownName for one that isn't in the network.

    ``pairs`` False leaves out the pairs of institutions, the only part whose cost grows with the size of the neighbourhood.
    """
    removed = tuple(sorted(set(ids)))
    missing = [name for name in removed if name not in network.by_id]
    if missing:
        raise UnknownName(f"There is no {', '.join(missing)} in this network.")
    gone, found = set(removed), incidence(network)
    keep = tuple(np.array([name not in gone for name in names], dtype=bool) for names in (found.projects, found.actors))
    before = found.matrix
    after = _masked(before, *keep)
    some = (np.asarray(before.sum(axis=axis)).ravel() > 0 for axis in (1, 0))
    still = (np.asarray(after.sum(axis=axis)).ravel() > 0 for axis in (1, 0))
    lonely = [had & ~has & kept for had, has, kept in zip(some, still, keep, strict=True)]
    parts = _parts(found, before, after, keep)
    ties, unknown = _ties(network, found, before, after, keep)
    covered = {place for place, projects in coverage(network).items() if projects <= gone and place not in gone}
    amounts = [network.by_id[name].properties for name in removed if network.by_id[name].label == "Project"]
    money = {name: [told[name] for told in amounts if told.get(name) is not None] for name in ("budget", "regional_funding")}
    return Lost(
        removed,
        _at(found.actors, lonely[1]),
        _at(found.projects, lonely[0]),
        _at(found.actors, parts[2]),
        parts[0],
        parts[1],
        ties,
        unknown,
        tuple(sorted(covered)),
        _sum(money["budget"]),
        _sum(money["regional_funding"]),
        len(amounts) - len(money["budget"]),
        len(amounts) - len(money["regional_funding"]),
        _institution_pairs(network, found, before, after, keep) if pairs else None,
        sum(bool({link.source, link.target} & gone) for link in network.links_of("LINKED_TO")),
    )


def _sum(known: list[float]) -> float | None:
    return float(sum(known)) if known else None


def _at(names: tuple[str, ...], mask: Vector) -> tuple[str, ...]:
    return tuple(names[at] for at in np.flatnonzero(mask))


def _masked(matrix: sparse.csr_array, rows: Vector, columns: Vector) -> sparse.csr_array:
    """Return the incidence with empty rows and columns where something went."""
    found = sparse.csr_array(sparse.diags_array(rows.astype(float)) @ matrix @ sparse.diags_array(columns.astype(float)))
    found.eliminate_zeros()
    return found


def _parts(
    found: Incidence, before: sparse.csr_array, after: sparse.csr_array, keep: tuple[Vector, ...]
) -> tuple[int, int, Vector]:
    """Return the number of components before and after, and the actors that leave the giant."""
    projects = len(found.projects)
    kept = np.concatenate(keep)
    graphs = [two_sided(matrix) for matrix in (before, after)]
    total, giant = components(graphs[0])
    left, _ = components(sparse.csr_array(graphs[1][kept][:, kept]))
    inside = np.flatnonzero(giant & kept)
    leaving = np.zeros(len(kept), dtype=bool)
    if len(inside):
        largest = components(sparse.csr_array(graphs[1][inside][:, inside]), inside >= projects)[1]
        leaving[inside[~largest]] = True
    return total, left, leaving[projects:]


def _ties(
    network: Network, found: Incidence, before: sparse.csr_array, after: sparse.csr_array, keep: tuple[Vector, ...]
) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return the pairs of actors left that shared a project and share none any more, of different kinds; and of unknown kinds."""
    gone = np.flatnonzero(~keep[0])
    members = np.unique(before[gone].indices) if len(gone) else np.zeros(0, dtype=int)
    members = members[keep[1][members]]
    if len(members) < 2:
        return (), 0
    had, has = (sparse.csr_array(matrix.T)[members] @ matrix[:, members] for matrix in (before, after))
    lost = sparse.triu(_ones(had) - _ones(has), k=1, format="coo")
    some = lost.data > 0
    first, second = members[lost.coords[0][some]], members[lost.coords[1][some]]
    different, unknown = _different(network, found.actors, first, second)
    pairs = sorted((found.actors[a], found.actors[b]) for a, b in zip(first[different], second[different], strict=True))
    return tuple(pairs), int(unknown.sum())


def _institution_pairs(
    network: Network, found: Incidence, before: sparse.csr_array, after: sparse.csr_array, keep: tuple[Vector, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of institutions left that were within 2 steps and aren't any more: one of them was touched."""
    gone = [np.flatnonzero(~mask) for mask in keep]
    touched = np.unique(np.concatenate([gone[0], sparse.csr_array(before.T)[gone[1]].indices]).astype(int))
    institutions = np.array([network.by_id[name].group in INSTITUTIONS for name in found.actors], dtype=bool) & keep[1]
    columns = np.flatnonzero(institutions)
    starts = np.unique(before[touched].indices) if len(touched) else np.zeros(0, dtype=int)
    starts = starts[institutions[starts]]
    if not len(starts):
        return ()
    had, has = (_within_two(matrix, starts, columns) for matrix in (before, after))
    lost = sparse.coo_array(had > has)
    names = found.actors
    ends = ((names[starts[a]], names[columns[b]]) for a, b in zip(*lost.coords, strict=True))
    return tuple(sorted({(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}))


def _within_two(matrix: sparse.csr_array, starts: Vector, columns: Vector) -> Any:
    """Return which of ``columns`` each of ``starts`` shares a project with, or has a partner in common with."""
    members = sparse.csr_array(matrix.T)
    near = _ones(members[starts] @ matrix)
    projects = _ones((near + _unit(starts, matrix.shape[1])) @ members)
    return _ones(projects @ matrix[:, columns])


def _ones(matrix: Any) -> sparse.csr_array:
    """Return a product of matrices that hold nothing negative with 1 wherever it holds something."""
    found = sparse.csr_array(matrix)
    found.data = np.ones(len(found.data))
    return found


def _unit(starts: Vector, size: int) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(starts)), (np.arange(len(starts)), starts)), shape=(len(starts), size))
