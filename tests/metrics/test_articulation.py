"""What falls apart when a node leaves, against removing each one with networkx."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph.metrics.articulation import more_pieces, splits


def csr(graph: Any) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), format="csr").astype(float))


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Trees with some more ties, in several components, isolates among them."""
    size = draw(st.integers(0, 14))
    graph = nx.empty_graph(size)
    for node in range(1, size):
        above = draw(st.none() | st.integers(0, node - 1))
        if above is not None:
            graph.add_edge(node, above)
    if size > 2:
        pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] != pair[1])
        graph.add_edges_from(draw(st.lists(pairs, max_size=6)))
    return nx.relabel_nodes(graph, dict(zip(graph, draw(st.permutations(list(graph))), strict=True)))


def removed(graph: Any, node: int, people: list[int]) -> tuple[int, int]:
    """Return in how many pieces the rest of the node's component is, and the people of it out of its largest piece."""
    component = nx.node_connected_component(graph, node)
    pieces = list(nx.connected_components(graph.subgraph(component - {node})))
    counted = [(len(piece), sum(people[one] for one in piece)) for piece in pieces]
    return len(pieces), sum(count for _, count in counted) - max(counted, default=(0, 0))[1]


@settings(max_examples=200, deadline=None)
@given(graphs(), st.data())
def test_removing_each_node(graph: Any, data: st.DataObject) -> None:
    people = data.draw(st.lists(st.integers(0, 1), min_size=len(graph), max_size=len(graph)))
    told = splits(csr(graph), np.array(people, dtype=int)) if len(graph) else None
    wanted = [removed(graph, node, people) for node in sorted(graph)]
    if told is not None:
        assert list(zip(told.pieces.tolist(), told.cut.tolist(), strict=True)) == wanted
    assert more_pieces(csr(graph) if len(graph) else sparse.csr_array((0, 0))).tolist() == [max(n - 1, 0) for n, _ in wanted]


@pytest.mark.parametrize(
    ("graph", "wanted"),
    [
        (nx.star_graph(4), [3, 0, 0, 0, 0]),
        (nx.cycle_graph(4), [0, 0, 0, 0]),
        (nx.path_graph(4), [0, 1, 1, 0]),
        (nx.complete_graph(5), [0, 0, 0, 0, 0]),
        (nx.disjoint_union(nx.path_graph(3), nx.path_graph(2)), [0, 1, 0, 0, 0]),
        (nx.barbell_graph(3, 1), [0, 0, 1, 1, 1, 0, 0]),
        (nx.empty_graph(3), [0, 0, 0]),
        (nx.disjoint_union(nx.barbell_graph(3, 1), nx.path_graph(5)), [0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0]),
    ],
)
def test_known_shapes(graph: Any, wanted: list[int]) -> None:
    assert more_pieces(csr(graph)).tolist() == wanted


def test_a_long_chain_needs_no_recursion() -> None:
    """Deeper than Python's own limit."""
    size = 30_000
    found = more_pieces(csr(nx.path_graph(size)))
    assert found.sum() == size - 2
    assert splits(csr(nx.path_graph(size)), np.ones(size, dtype=int)).cut[size // 4] == size // 4


def test_at_scale_as_networkx() -> None:
    graph = nx.gnm_random_graph(3_000, 3_200, seed=4)
    blocks = np.zeros(len(graph), dtype=int)
    for members in nx.biconnected_components(graph):
        blocks[list(members)] += 1
    assert more_pieces(csr(graph)).tolist() == np.maximum(blocks - 1, 0).tolist()
