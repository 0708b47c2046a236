"""Views of a snapshot as sparse matrices and networkx graphs, made on demand, nodes always in sorted order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, islice
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
    row, column = ({name: place for place, name in enumerate(names)} for names in (projects, actors))
    roles: tuple[str | None, ...] = (*(choice.value for choice in ROLES), None)
    code = {role: place for place, role in enumerate(roles)}
    links = [link for link in network.links_of("TAKES_PART_IN") if link.source in column and link.target in row]
    told = [link.properties for link in links]
    there = np.array([row[link.target] for link in links], dtype=np.int64)
    who = np.array([column[link.source] for link in links], dtype=np.int64)
    role = np.array([code.get(properties.get("role"), len(roles) - 1) for properties in told], dtype=np.int64)
    amount = np.array([properties.get("amount") for properties in told], dtype=float)
    key = there * max(len(actors), 1) + who
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    without = sum(not properties.get("role") for properties in told)
    firsts = order[starts]
    return TakingPart(projects, actors, there[firsts], who[firsts], starts, role[order], amount[order], roles, without)


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
