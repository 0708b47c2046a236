"""Views of a snapshot as sparse matrices and networkx graphs, made on demand, nodes always in sorted order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, islice, repeat
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from scipy import sparse

from pacte_graph.network.model import Link, Network
from pacte_graph.schema.choices import ROLES

Made = TypeVar("Made")
Vector = np.ndarray[Any, Any]
ROLE_WEIGHTS = {"lead": 3.0, "funder": 2.0, "partner": 2.0, "associate": 1.0}
UNKNOWN_ROLE_WEIGHT = 1.0


@dataclass(frozen=True)
class Incidence:
    """Who takes part in what: ``matrix`` is projects × actors of 0 and 1; ``amounts`` maps known contributions."""

    projects: tuple[str, ...]
    actors: tuple[str, ...]
    matrix: sparse.csr_array
    amounts: dict[tuple[str, str], float]


def remembered(network: Network, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what ``make`` makes of the snapshot, made once and kept with it. Nobody may change what is returned."""
    kept: dict[Hashable, Any] = network.__dict__.setdefault("_views", {})
    if key not in kept:
        kept[key] = make()
    found: Made = kept[key]
    return found


@dataclass(frozen=True)
class TakingPart:
    """Actors' participations in columns: who (place in ``actors``), in what (place in ``projects``), in which role, for how much.

    Rows are sorted by (project, actor), parallel ones together; ``starts`` is where each pair begins, ``project`` and
    ``actor`` are per pair; ``role`` (place in ``roles``, the last being an unknown one) and ``amount`` (NaN: unknown) per row.
    """

    projects: tuple[str, ...]
    actors: tuple[str, ...]
    project: Vector
    actor: Vector
    starts: Vector
    role: Vector
    amount: Vector
    roles: tuple[str | None, ...]
    without_role: int

    def merged(self, weights: Mapping[str, float], unknown: float = UNKNOWN_ROLE_WEIGHT) -> Vector:
        """Return the weight of each pair: the greatest of its roles' weights, ``unknown`` for a role not listed."""
        table = np.array([unknown if role is None else weights.get(role, unknown) for role in self.roles], dtype=float)
        return np.maximum.reduceat(table[self.role], self.starts) if len(self.starts) else np.zeros(0)

    def amounts(self) -> Vector:
        """Return the sum of the known amounts of each pair; NaN where none is known."""
        if not len(self.starts):
            return np.zeros(0)
        known = ~np.isnan(self.amount)
        sums = np.add.reduceat(np.where(known, self.amount, 0.0), self.starts)
        return np.where(np.logical_or.reduceat(known, self.starts), sums, np.nan)


def taking_part(network: Network) -> TakingPart:
    """Return the participations of actors (people are left out) in columns, read once."""
    return remembered(network, "taking_part", lambda: _taking_part(network))


def _taking_part(network: Network) -> TakingPart:
    projects, actors = (tuple(node.id for node in network.nodes_of(label)) for label in ("Project", "Actor"))
    roles: tuple[str | None, ...] = (*(choice.value for choice in ROLES), None)
    code: dict[Any, int] = {role: place for place, role in enumerate(roles)}
    links = network.links_of("TAKES_PART_IN")
    there, who = _places([link.target for link in links], projects), _places([link.source for link in links], actors)
    told = [link.properties for link in links]
    stated = [properties.get("role") for properties in told]
    role = np.fromiter(map(code.get, stated, repeat(len(roles) - 1)), dtype=np.int64, count=len(stated))
    amount = np.array([properties.get("amount") for properties in told], dtype=float)
    key = there * max(len(actors), 1) + who
    order = np.argsort(key, kind="stable")
    order = order[((there >= 0) & (who >= 0))[order]]
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    without = sum(not stated[place] for place in order.tolist())
    firsts = order[starts]
    return TakingPart(projects, actors, there[firsts], who[firsts], starts, role[order], amount[order], roles, without)


def _places(names: list[str], table: tuple[str, ...]) -> Vector:
    """Return where each name is in the table; −1 for one that isn't there."""
    place = dict(zip(table, range(len(table)), strict=True))
    return np.fromiter(map(place.get, names, repeat(-1)), dtype=np.int64, count=len(names))


def participations(network: Network) -> dict[tuple[str, str], tuple[float, float | None]]:
    """Return (project, actor) → (role weight, amount): parallel roles merged, greatest weight and sum of known amounts."""
    return remembered(network, "participations", lambda: _participations(network))


def _participations(network: Network) -> dict[tuple[str, str], tuple[float, float | None]]:
    table = taking_part(network)
    weights, amounts = table.merged(ROLE_WEIGHTS).tolist(), table.amounts().tolist()
    told = (None if np.isnan(amount) else amount for amount in amounts)
    return dict(zip(_pairs(table), zip(weights, told, strict=True), strict=True))


def _pairs(table: TakingPart) -> Iterable[tuple[str, str]]:
    projects, actors = table.projects, table.actors
    return ((projects[p], actors[a]) for p, a in zip(table.project.tolist(), table.actor.tolist(), strict=True))


def incidence(network: Network) -> Incidence:
    """Return the two-mode incidence of projects and actors; isolates have an empty row or column."""
    return remembered(network, "incidence", lambda: _incidence(network))


def _incidence(network: Network) -> Incidence:
    table = taking_part(network)
    shape = (len(table.projects), len(table.actors))
    ends = np.searchsorted(table.project, np.arange(shape[0] + 1))
    cells = np.ones(len(table.actor)), table.actor.astype(np.int32), ends.astype(np.int32)
    matrix = sparse.csr_array(cells, shape=shape)
    sums = table.amounts()
    amounts = dict(compress(zip(_pairs(table), sums.tolist(), strict=True), ~np.isnan(sums)))
    return Incidence(table.projects, table.actors, matrix, amounts)


def two_sided(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the symmetric adjacency of an incidence (rows × columns of 0 and 1): its rows first, then its columns."""
    rows, across = matrix.shape[0], sparse.csr_array(matrix.T)
    indices = np.concatenate([matrix.indices + rows, across.indices]).astype(np.int32)
    indptr = np.concatenate([matrix.indptr, matrix.indptr[-1] + across.indptr[1:]]).astype(np.int32)
    return sparse.csr_array((np.ones(len(indices)), indices, indptr), shape=(sum(matrix.shape), sum(matrix.shape)))


def adjacency(network: Network) -> sparse.csr_array:
    """Return who takes part in what as a symmetric adjacency: the projects of ``incidence(network)``, then its actors."""
    return remembered(network, "adjacency", lambda: two_sided(incidence(network).matrix))


def nesting(network: Network) -> nx.DiGraph[str]:
    """Return the territories, child → parent. A cycle is an error of the data and is refused when loading."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in network.nodes_of("Territory"))
    graph.add_edges_from((link.source, link.target) for link in network.links_of("WITHIN"))
    return graph


def multigraph(network: Network) -> nx.MultiDiGraph[str]:
    """Return everything as one directed multigraph: node attributes are the properties and the label."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(node.id, label=node.label, **node.properties)
    for link in network.links:
        graph.add_edge(link.source, link.target, key=link.id, type=link.type, **link.properties)
    return graph


def plain_graph(network: Network, types: Iterable[str] | None = None) -> nx.Graph[str]:
    """Return who is linked to whom, whatever the direction, by links of ``types`` (all by default)."""
    chosen = None if types is None else set(types)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    graph.add_edges_from((x.source, x.target) for x in network.links if chosen is None or x.type in chosen)
    return graph


def neighbours(network: Network, identifier: str) -> tuple[tuple[Link, str], ...]:
    """Return each link of a node with the node at its other end, sorted."""
    found = [(x, x.target if x.source == identifier else x.source) for x in network.links if identifier in {x.source, x.target}]
    return tuple(sorted(found, key=lambda pair: (pair[0].type, pair[1], pair[0].id)))


def shortest_paths(network: Network, start: str, end: str, *, limit: int = 20) -> tuple[tuple[str, ...], ...]:
    """Return at most ``limit`` shortest paths between two nodes, whatever the direction, sorted; empty when there is none."""
    graph = plain_graph(network)
    if start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return ()
    paths: Any = nx.all_shortest_paths(graph, start, end)
    return tuple(sorted(tuple(path) for path in islice(paths, limit)))
