"""Structural holes against Burt's example, R's formula, networkx where it is right, and the traps where it is not."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph.metrics.cooperation.holes import ego, structural_holes
from tests.metrics.cooperation.test_brokerage import NETWORKS, emon, karate
from tests.metrics.oracles import load

# the 7-node graph of networkx's tests, checked there with UCINET; igraph and the formula in R agree
BURT = [("A", "B", 2), ("A", "F", 3), ("A", "G", 5), ("A", "E", 2), ("E", "F", 1), ("E", "G", 4), ("E", "D", 3), ("F", "G", 10),
        ("F", "D", 1), ("B", "D", 1), ("B", "G", 2), ("G", "D", 3), ("G", "C", 10)]  # fmt: skip


def burt(weight: str | None) -> tuple[Any, list[str]]:
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        load("burt7_oracle.json")["edges"] and [(r["V1"], r["V2"], r["V3"]) for r in load("burt7_oracle.json")["edges"]]
    )
    names = sorted(graph)
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=names, weight=weight, format="csr").astype(float)), names


def close(ours: Any, told: Any) -> None:
    wanted = [np.nan if value is None else float(value) for value in told]
    assert np.asarray(ours) == pytest.approx(np.array(wanted), abs=1e-9, nan_ok=True)


def test_burts_seven_nodes() -> None:
    for weight, key in ((None, "unweighted"), ("weight", "weighted")):
        matrix, names = burt(weight)
        found, told = structural_holes(matrix), load("burt7_oracle.json")[key]
        for name in ("constraint", "effective_size", "efficiency", "hierarchy"):
            close(getattr(found, name), [told[name][node] for node in names])


def test_the_core_figures_stand_without_any_file() -> None:
    graph = nx.Graph()
    graph.add_edges_from(
        [
            ("A", "B"),
            ("A", "F"),
            ("A", "G"),
            ("A", "E"),
            ("E", "F"),
            ("E", "G"),
            ("F", "G"),
            ("B", "G"),
            ("G", "D"),
            ("D", "F"),
            ("G", "C"),
        ]
    )
    names = sorted(graph)
    found = structural_holes(sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=names, format="csr").astype(float)))
    theirs = nx.constraint(graph)
    assert found.constraint == pytest.approx([theirs[name] for name in names], abs=1e-9)
    assert found.effective_size == pytest.approx([nx.effective_size(graph)[name] for name in names], abs=1e-9)


@pytest.mark.parametrize("name", NETWORKS)
def test_real_directed_networks(name: str) -> None:
    matrix, _, told = emon(name)
    found = structural_holes(matrix)
    for measure, values in told["burt_directed_binary"].items():
        close(getattr(found, measure), values)
    close(found.constraint, told["igraph_constraint_directed_binary"])


def test_karate() -> None:
    told, found = load("karate_oracle.json"), structural_holes(karate()[0])
    close(found.constraint, told["constraint_igraph"])
    for measure in ("effective_size", "efficiency", "hierarchy"):
        close(getattr(found, measure), told[measure])


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 8), st.randoms(use_true_random=False))
def test_agrees_with_networkx_and_with_one_node(size: int, chance: Any) -> None:
    cells = np.array([[chance.choice([0, 0, 1, 2, 3]) for _ in range(size)] for _ in range(size)], dtype=float)
    np.fill_diagonal(cells, 0)
    both = cells + cells.T
    graph: Any = nx.from_numpy_array(both)
    found = structural_holes(sparse.csr_array(both))
    constraint, effective = (
        nx.constraint(graph, nodes=list(graph), weight="weight"),
        nx.effective_size(graph, nodes=list(graph), weight="weight"),
    )
    for node in graph:
        if graph.degree(node) == 0:
            assert math.isnan(found.constraint[node])
            assert ego(sparse.csr_array(both), node) is None
            continue
        assert found.constraint[node] == pytest.approx(constraint[node], abs=1e-9)
        assert found.effective_size[node] == pytest.approx(effective[node], abs=1e-9)
        assert ego(sparse.csr_array(both), node) == pytest.approx((constraint[node], effective[node]), abs=1e-9)


def test_star_clique_and_triad() -> None:
    star, clique, triad = (
        sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr").astype(float))
        for graph in (nx.star_graph(5), nx.complete_graph(5), nx.complete_graph(3))
    )
    assert structural_holes(star).constraint[0] == pytest.approx(1 / 5)
    assert structural_holes(star).effective_size[0] == pytest.approx(5)
    assert structural_holes(clique).effective_size == pytest.approx(np.ones(5))
    assert structural_holes(triad).constraint == pytest.approx(np.full(3, 9 / 8))  # above 1, and not cut off


def test_what_networkx_gets_wrong_we_do_not() -> None:
    """networkx 3.6: the vectorised effective size divides along the wrong axis; when this fails, the trap is gone."""
    graph = nx.karate_club_graph()
    vectorised, right = nx.effective_size(graph, weight="weight"), nx.effective_size(graph, nodes=list(graph), weight="weight")
    assert max(abs(vectorised[node] - right[node]) for node in graph) > 0.1
    matrix = sparse.csr_array(nx.to_scipy_sparse_array(graph, weight="weight", format="csr").astype(float))
    assert structural_holes(matrix).effective_size == pytest.approx([right[node] for node in graph], abs=1e-9)


def test_a_pure_sink_has_a_constraint() -> None:
    arcs = nx.DiGraph([(0, 1), (0, 2), (1, 2)])
    assert math.isnan(nx.constraint(arcs, nodes=[2])[2])  # the trap
    found = structural_holes(sparse.csr_array(nx.to_scipy_sparse_array(arcs, format="csr").astype(float)))
    assert found.constraint[2] == pytest.approx(9 / 8)
