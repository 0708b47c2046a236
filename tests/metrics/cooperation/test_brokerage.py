"""Brokerage against sna::brokerage, brute force, and what must hold."""

from __future__ import annotations

import itertools
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph.metrics.cooperation.brokerage import (
    directed_roles,
    ego_roles,
    expected,
    numbered,
    roles,
    standardised,
)
from pacte_graph.metrics.cooperation.triangles import ties, triangles
from tests.metrics.oracles import load

NETWORKS = ("Texas", "MtStHelens", "MtSi", "LakePomona")
CODES = ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")
# karate club, brokers 1 and 34 between the two clubs, undirected (igraph, sna; each pair twice there): Mr. Hi and the officer
KARATE = {0: (87, 0, 15, 0), 33: (78, 3, 40, 0)}


def emon(name: str) -> tuple[sparse.csr_array, list[str], Any]:
    nodes, edges = load(f"emon_{name}_nodes.csv"), load(f"emon_{name}_edges.csv")
    matrix = np.zeros((len(nodes), len(nodes)))
    for row in edges:
        matrix[int(row["source"]) - 1, int(row["target"]) - 1] = 1
    return sparse.csr_array(matrix), [row["sponsorship"] for row in nodes], load(f"emon_{name}_oracle.json")


def karate() -> tuple[sparse.csr_array, list[str]]:
    graph = nx.karate_club_graph()
    # networkx's graph carries weights that the published figures don't use
    assert nx.get_edge_attributes(graph, "weight")
    matrix = nx.to_scipy_sparse_array(graph, weight=None, format="csr").astype(float)
    return sparse.csr_array(matrix), [graph.nodes[node]["club"] for node in graph]


@pytest.mark.parametrize("name", NETWORKS)
def test_roles_are_those_of_sna(name: str) -> None:
    matrix, kinds, told = emon(name)
    names, groups = numbered(kinds)
    found = directed_roles(matrix, groups.tolist())
    wanted = np.array([[row[code] for code in CODES[:5]] for row in told["brokerage"]["raw"]])
    assert found.tolist() == wanted.tolist()
    assert found.sum(axis=0).tolist() == [told["brokerage"]["global_raw"][code] for code in CODES[:5]]
    sizes = [kinds.count(kind) for kind in names]
    chance = expected(sizes, told["density"], directed=True)
    for row in told["brokerage"]["exp_by_group"]:
        assert chance[names.index(row["_row"])].mean == pytest.approx([row[code] for code in CODES], abs=1e-9)
    for row in told["brokerage"]["sd_by_group"]:
        assert chance[names.index(row["_row"])].sd == pytest.approx([row[code] for code in CODES], abs=1e-9)
    scores = standardised(np.column_stack([found, found.sum(axis=1)]), groups, chance)
    z = np.array([[np.nan if row[code] is None else row[code] for code in CODES] for row in told["brokerage"]["z"]], dtype=float)
    assert scores == pytest.approx(z, abs=1e-9, nan_ok=True)


def test_karate_brokers() -> None:
    matrix, kinds = karate()
    _, groups = numbered(kinds)
    found = roles(ties(matrix), groups)
    for node, wanted in KARATE.items():
        assert tuple(found[node]) == wanted


def test_karate_against_sna() -> None:
    matrix, kinds = karate()
    _, groups = numbered(kinds)
    found = roles(ties(matrix), groups)
    for ours, row in zip(found.tolist(), load("karate_oracle.json")["gould_fernandez_club_undirected"], strict=True):
        assert [2 * ours[0], 2 * ours[1], ours[2], ours[2], 2 * ours[3]] == [row[code] for code in CODES[:5]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[np.ndarray, list[int]]:
    size = draw(st.integers(1, 7))
    cells = draw(st.lists(st.sampled_from([0, 0, 1, 2]), min_size=size * size, max_size=size * size))
    return np.array(cells, dtype=float).reshape(size, size), draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_directed_roles_by_brute_force(drawn: tuple[np.ndarray, list[int]]) -> None:
    arcs, kinds = drawn
    np.fill_diagonal(arcs, 0)
    found = directed_roles(sparse.csr_array(arcs), kinds)
    wanted = np.zeros((len(arcs), 5), dtype=int)
    for a, v, b in itertools.permutations(range(len(arcs)), 3):
        if arcs[a, v] and arcs[v, b] and not arcs[a, b]:
            x, y, z = kinds[a], kinds[v], kinds[b]
            role = (0 if y == x else 1) if x == z else 2 if x == y else 3 if z == y else 4
            wanted[v, role] += 1
    assert found.tolist() == wanted.tolist()
    turned = directed_roles(sparse.csr_array(arcs.T), kinds)
    assert turned[:, [0, 1, 3, 2, 4]].tolist() == found.tolist()  # reversing all arcs swaps representative and gatekeeper
    alone = directed_roles(sparse.csr_array(arcs), [0] * len(arcs))
    assert alone[:, 1:].sum() == 0  # one kind: everybody is a coordinator
    assert alone.sum() == found.sum()


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_undirected_roles_and_triangles_by_brute_force(drawn: tuple[np.ndarray, list[int]]) -> None:
    arcs, kinds = drawn
    arcs = arcs + arcs.T
    np.fill_diagonal(arcs, 0)
    matrix, groups = sparse.csr_array(arcs), np.array(kinds)
    found = roles(ties(matrix), groups)
    wanted = np.zeros((len(arcs), 4), dtype=int)
    for v in range(len(arcs)):
        for a, b in itertools.combinations([at for at in range(len(arcs)) if arcs[v, at]], 2):
            if not arcs[a, b]:
                wanted[
                    v,
                    (0 if kinds[a] == kinds[v] else 1) if kinds[a] == kinds[b] else 2 if kinds[v] in (kinds[a], kinds[b]) else 3,
                ] += 1
        assert ego_roles(matrix, v, groups).tolist() == wanted[v].tolist()
    assert found.tolist() == wanted.tolist()
    listed = {frozenset(nodes) for one, two, _ in triangles(ties(matrix)) for nodes in _corners(matrix, one, two)}
    graph = nx.from_numpy_array(arcs)
    assert listed == {frozenset(clique) for clique in nx.enumerate_all_cliques(graph) if len(clique) == 3}


def _corners(matrix: sparse.csr_array, one: np.ndarray, two: np.ndarray) -> Any:
    from pacte_graph.metrics.cooperation.triangles import corners

    return zip(*(part.tolist() for part in corners(ties(matrix), one, two)), strict=True)


def test_star_and_clique() -> None:
    star, clique = (nx.to_scipy_sparse_array(graph, format="csr") for graph in (nx.star_graph(5), nx.complete_graph(5)))
    assert roles(ties(star), np.zeros(6, dtype=int))[0].tolist() == [10, 0, 0, 0]  # C(5, 2)
    assert roles(ties(clique), np.zeros(5, dtype=int)).sum() == 0


def test_undirected_chance_by_simulation() -> None:
    sizes, density, rng = [4, 3, 2], 0.4, np.random.default_rng(1)
    groups = np.repeat(np.arange(3), sizes)
    drawn = []
    for _ in range(3000):
        upper = np.triu(rng.random((9, 9)) < density, 1)
        drawn.append(roles(ties(sparse.csr_array((upper | upper.T).astype(float))), groups)[0])
    told = expected(sizes, density, directed=False)[0]
    assert np.mean(drawn, axis=0) == pytest.approx(told.mean[:4], rel=0.06, abs=0.02)
    assert np.std(drawn, axis=0) == pytest.approx(told.sd[:4], rel=0.06, abs=0.02)
