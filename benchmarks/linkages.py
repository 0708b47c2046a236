"""Drive and dependence of every node (E3, symmetric normalisation) at 10,000 projects, 15,000 actors and 40,000 participations.

The peer in the same run is the same computation written on a networkx graph with dictionaries: same matrix, same rounds.
The dense numpy inverse is not run at this size: 25,000² doubles are 5 GB before it starts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import networkx as nx

from benchmarks import synthetic
from benchmarks.measure import line, peak_megabytes, seconds
from benchmarks.views import fresh
from pacte_graph.metrics.pull.influence import influence, normalised
from pacte_graph.metrics.pull.linkages import linkages
from pacte_graph.network import Network
from pacte_graph.network.views import ROLE_WEIGHTS

SIZE = (10_000, 15_000, 40_000)
THETA, KAPPA = 0.5, 0.5


def _ours(network: Network) -> list[float]:
    fresh(network)
    found = linkages(normalised(influence(network, kappa=KAPPA).matrix, "symmetric", THETA))
    assert found.drive is not None
    return found.drive.tolist()


def _peer(network: Network) -> list[float]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in network.nodes)
    for link in network.links_of("TAKES_PART_IN"):
        weight = ROLE_WEIGHTS[link.properties["role"]]
        graph.add_edge(link.target, link.source, weight=weight)
        graph.add_edge(link.source, link.target, weight=KAPPA * weight)
    out, into = dict(graph.out_degree(weight="weight")), dict(graph.in_degree(weight="weight"))
    share = {(a, b): THETA * w / math.sqrt(out[a] * into[b]) for a, b, w in graph.edges(data="weight")}
    sides = []
    for forward in (True, False):
        total = term = dict.fromkeys(graph, 1.0)
        while max(term.values()) > 1e-12:
            new = dict.fromkeys(graph, 0.0)
            for (a, b), value in share.items():
                if forward:
                    new[a] += value * term[b]
                else:
                    new[b] += value * term[a]
            term = new
            total = {node: total[node] + term[node] for node in total}
        sides.append(total)
    whole = sum(sides[0].values())
    return [len(graph) * sides[0][node.id] / whole for node in network.nodes]


def run() -> Iterator[str]:
    network = synthetic.network(*SIZE)
    assert max(abs(a - b) for a, b in zip(_ours(network), _peer(network), strict=True)) < 1e-8
    ours, peer = seconds(lambda: _ours(network)), seconds(lambda: _peer(network), runs=3, warmup=0)
    yield line("E3, ours (from the snapshot)", least_s=ours[0], median_s=ours[1], most_s=ours[2], peak_mb=peak_megabytes())
    yield line("E3, networkx with dictionaries", least_s=peer[0], median_s=peer[1], most_s=peer[2])
    yield line("ratio", networkx_over_ours=peer[1] / ours[1])
