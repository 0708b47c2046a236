"""Numbers of nodes at each distance, counted for many nodes at once, against a search after the other."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph.metrics.cooperation import distances, paths
from pacte_graph.metrics.cooperation.paths import harmonic
from pacte_graph.metrics.cooperation.triangles import ties
from pacte_graph.metrics.cooperation.two_mode import two_mode_closeness
from tests.metrics.cooperation.test_paths import csr


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 150), st.integers(0, 10**6))
def test_distances_of_many_are_those_of_each(size: int, seed: int) -> None:
    """More than 64 sources go in several words, few in less than one."""
    graph = nx.gnp_random_graph(size, 1.2 / size, seed=seed)
    chance = np.random.default_rng(seed)
    sources = chance.choice(size, int(chance.integers(0, size + 1)), replace=False)
    wanted: Counter[tuple[int, int]] = Counter()
    for source in sources.tolist():
        for node, steps in nx.single_source_shortest_path_length(graph, source).items():
            wanted[steps, node] += steps > 0
    found: Counter[tuple[int, int]] = Counter()
    for steps, counts in distances.counted(csr(graph), sources):
        found.update({(steps, node): count for node, count in enumerate(counts.tolist())})
    assert +found == +wanted


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 10**6))
def test_closeness_of_two_modes_is_within_each_component(rows: int, columns: int, seed: int) -> None:
    graph = nx.bipartite.random_graph(rows, columns, 0.4, seed=seed)
    found = two_mode_closeness(nx.bipartite.biadjacency_matrix(graph, range(rows), range(rows, rows + columns), format="csr"))
    for part in nx.connected_components(graph):
        theirs = nx.bipartite.closeness_centrality(graph.subgraph(part), part & set(range(rows)))
        for node in part:
            assert np.isnan(found[node]) if len(part) == 1 else found[node] == pytest.approx(theirs[node])


def test_many_nodes_are_estimated_from_some_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(300, 2, seed=1)
    exact = harmonic(ties(csr(graph)))
    assert (exact.how, exact.error) == ("exact", None)
    theirs = nx.harmonic_centrality(graph)
    assert exact.values == pytest.approx([theirs[node] / 299 for node in range(300)])
    monkeypatch.setattr(distances, "AFFORDABLE", 0)
    monkeypatch.setattr(paths, "SOURCES", 100)
    drawn = [harmonic(ties(csr(graph)), seed=seed) for seed in range(20)]
    assert {near.how for near in drawn} == {"sources"}
    assert np.mean([np.abs(near.values - exact.values) <= (near.error) for near in drawn]) > 0.95
    assert harmonic(ties(csr(graph)), seed=2).values.tolist() == drawn[2].values.tolist()
    assert drawn[1].values.tolist() != drawn[2].values.tolist()
