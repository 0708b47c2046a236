"""Views of a snapshot as sparse matrices and networkx graphs, made on demand, nodes always in sorted order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from scipy import sparse

from pacte_graph.network.model import Link, Network

Made = TypeVar("Made")
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


def participations(network: Network) -> dict[tuple[str, str], tuple[float, float | None]]:
    """Return (project, actor) → (role weight, amount): parallel roles merged, greatest weight and sum of known amounts."""
    return remembered(network, "participations", lambda: _participations(network))


def _participations(network: Network) -> dict[tuple[str, str], tuple[float, float | None]]:
    actors = {node.id for node in network.nodes_of("Actor")}
    merged: dict[tuple[str, str], tuple[float, float | None]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        if link.source not in actors:
            continue
        weight, amount = ROLE_WEIGHTS.get(str(link.properties.get("role")), UNKNOWN_ROLE_WEIGHT), link.properties.get("amount")
        before = merged.get((link.target, link.source), (0.0, None))
        known = [value for value in (before[1], amount) if value is not None]
        merged[link.target, link.source] = (max(before[0], weight), sum(known) if known else None)
    return dict(sorted(merged.items()))


def incidence(network: Network) -> Incidence:
    """Return the two-mode incidence of projects and actors; isolates have an empty row or column."""
    return remembered(network, "incidence", lambda: _incidence(network))


def _incidence(network: Network) -> Incidence:
    projects = tuple(node.id for node in network.nodes_of("Project"))
    actors = tuple(node.id for node in network.nodes_of("Actor"))
    row, column = ({name: place for place, name in enumerate(names)} for names in (projects, actors))
    pairs = participations(network)
    places = ([row[p] for p, _ in pairs], [column[a] for _, a in pairs])
    matrix = sparse.csr_array((np.ones(len(pairs)), places), shape=(len(projects), len(actors)))
    amounts = {pair: amount for pair, (_, amount) in pairs.items() if amount is not None}
    return Incidence(projects, actors, matrix, amounts)


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
