"""E7: Katz reception against the inverse and networkx, its bound, and walks that restart, against networkx."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics.pull.diffusion import attenuation, katz, personalised_pagerank
from pacte_graph.metrics.pull.effects import total_effects
from pacte_graph.metrics.pull.influence import influence, normalised
from pacte_graph.network import Link, Network, Node


@st.composite
def matrices(draw: st.DrawFn) -> sparse.csr_array:
    size = draw(st.integers(1, 7))
    cells = draw(st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0, 3.0]), min_size=size * size, max_size=size * size))
    matrix = np.array(cells).reshape(size, size)
    np.fill_diagonal(matrix, 0)
    return sparse.csr_array(matrix)


def graph(matrix: sparse.csr_array) -> nx.DiGraph[int]:
    return nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.sampled_from([0.2, 0.5, 0.8]))
def test_katz_is_the_column_sums_of_the_total_effects(matrix: sparse.csr_array, theta: float) -> None:
    alpha, _ = attenuation(matrix, theta)
    found = katz(matrix, alpha)
    assert found == pytest.approx(total_effects(normalised(matrix, "global", theta)).sum(axis=0), abs=1e-9)
    if matrix.shape[0] > 1:  # the peer fails on a single node
        peer = nx.katz_centrality_numpy(graph(matrix), alpha=alpha, beta=1.0, normalized=False, weight="weight")
        assert found == pytest.approx([peer[at] for at in range(matrix.shape[0])], abs=1e-8)
    assert (found >= 1).all()


def test_networkx_is_silent_beyond_the_bound_and_ours_refuses() -> None:
    """K5: 1/ρ = 0.25. The peer returns −5 for each node; should it refuse one day, this test says so."""
    clique = sparse.csr_array(np.ones((5, 5)) - np.eye(5))
    wrong = nx.katz_centrality_numpy(graph(clique), alpha=0.3, normalized=False)
    assert list(wrong.values()) == pytest.approx([-5.0] * 5)
    assert min(nx.katz_centrality_numpy(graph(clique), alpha=0.3).values()) > 0
    with pytest.raises(MetricUndefined, match=r"1\.200"):
        katz(clique, 0.3)
    assert attenuation(clique, 0.5) == pytest.approx((0.125, 4.0))
    assert katz(clique, 0.125) == pytest.approx([2.0] * 5)


def test_katz_without_any_loop_takes_the_greatest_row() -> None:
    chain = sparse.csr_array(np.array([[0, 2.0, 2.0], [0, 0, 1.0], [0, 0, 0]]))
    alpha, radius = attenuation(chain, 0.5)
    assert (alpha, radius) == (0.125, 0.0)
    assert katz(chain, alpha) == pytest.approx([1, 1.25, 1 + 0.25 + 0.125 * 1.25])
    assert katz(sparse.csr_array((2, 2)), 0.0).tolist() == [1, 1]
    assert attenuation(sparse.csr_array((0, 0)), 0.5) == (0.0, 0.0)


def test_a_frozen_factor_is_kept_and_refused_beyond_the_bound(mini: Network) -> None:
    usual = metrics.run("katz", mini)
    bound = usual.details["bound"]
    assert usual.details["alpha"] == pytest.approx(0.5 * bound)
    frozen = metrics.run("katz", mini, {"alpha": bound * 0.5, "theta": 0.9})
    assert [value.value for value in frozen.values] == pytest.approx([value.value for value in usual.values])
    assert "α figé" in frozen.values[0].explanation.fr
    with pytest.raises(MetricUndefined, match="do not fade out"):
        metrics.run("katz", mini, {"alpha": bound * 1.01})


def test_katz_of_the_isolate_is_its_own_unit(mini: Network) -> None:
    told = {value.id: value for value in metrics.run("katz", mini).values}
    assert told["ISOL"].value == 1
    assert "Personne n'entraîne « ISOL »" in told["ISOL"].explanation.fr
    matrix, ids = influence(mini).matrix, influence(mini).ids
    wanted = total_effects(normalised(matrix, "global", 0.5)).sum(axis=0)
    assert [told[name].value for name in ids] == pytest.approx(wanted.tolist())


@settings(max_examples=40, deadline=None)
@given(matrices(), st.integers(0, 6), st.sampled_from([0.0, 0.3, 0.85, 0.99]), st.randoms(use_true_random=False))
def test_walks_agree_with_networkx_and_sum_to_one(
    matrix: sparse.csr_array, at: int, damping: float, chance: random.Random
) -> None:
    seed = at % matrix.shape[0]
    found = personalised_pagerank(matrix, seed, damping)
    assert found.sum() == pytest.approx(1)
    if damping == 0:
        assert found.tolist() == [float(place == seed) for place in range(matrix.shape[0])]
    else:
        peer = nx.pagerank(graph(matrix), alpha=damping, personalization={seed: 1}, tol=1e-13, max_iter=10_000)
        assert found == pytest.approx([peer[place] for place in range(matrix.shape[0])], abs=1e-9)
    order = list(range(matrix.shape[0]))
    chance.shuffle(order)
    again = personalised_pagerank(sparse.csr_array(matrix[order][:, order]), order.index(seed), damping)
    assert again == pytest.approx(found[order], abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.integers(0, 6), st.sampled_from([0.0, 0.3, 0.85, 0.99]))
def test_a_symmetric_walk_ends_where_any_walk_does(matrix: sparse.csr_array, at: int, damping: float) -> None:
    both, seed = sparse.csr_array(matrix + matrix.T), at % matrix.shape[0]
    found = personalised_pagerank(both, seed, damping, symmetric=True)
    slow = personalised_pagerank(both, seed, damping)
    assert found == pytest.approx(slow, abs=1e-12)
    assert ((found == 0) == (slow == 0)).all()
    assert found.sum() == pytest.approx(1)


def test_a_symmetric_walk_far_from_its_seed() -> None:
    """Shares fall by the step and stay above 0; isolates have none."""
    size = 60
    ends = np.arange(size - 1)
    path = sparse.csr_array((np.ones(size - 1), (ends, ends + 1)), shape=(size + 2, size + 2))
    line = sparse.csr_array(path + path.T)
    found = personalised_pagerank(line, 0, symmetric=True)
    assert (found[:size] > 0).all()
    assert found[size:].tolist() == [0, 0]
    assert found[:size] == pytest.approx(personalised_pagerank(line, 0)[:size], abs=1e-13)
    assert personalised_pagerank(line, size, symmetric=True).tolist() == [float(place == size) for place in range(size + 2)]


def test_mass_of_a_dead_end_returns_to_the_seed() -> None:
    """p → a: networkx and igraph both give 0.5405 and 0.4595."""
    found = personalised_pagerank(sparse.csr_array(np.array([[0, 1.0], [0, 0]])), 0)
    assert found == pytest.approx([1 / 1.85, 0.85 / 1.85])
    assert personalised_pagerank(sparse.csr_array((3, 3)), 1).tolist() == [0, 1, 0]


def test_proximity_on_the_mini_scheme(mini: Network) -> None:
    result = metrics.run("proximity", mini)
    assert result.parameters["start"] == "P05"  # six participants, the most
    told = {value.id: value.value for value in result.values}
    assert sum(told.values()) == pytest.approx(1)
    assert told["ISOL"] == 0
    graph_: nx.Graph[str] = nx.Graph()
    graph_.add_nodes_from(told)
    graph_.add_edges_from((link.source, link.target) for link in mini.links_of("TAKES_PART_IN"))
    peer: Any = nx.pagerank(graph_, alpha=0.85, personalization={"P05": 1}, tol=1e-13, max_iter=1000)
    assert told == pytest.approx(peer, abs=1e-9)
    assert result.details["nearest_actors"][0]["id"] == "TM"
    alone = {value.id: value.value for value in metrics.run("proximity", mini, {"start": "ISOL"}).values}
    assert alone["ISOL"] == 1
    assert sum(alone.values()) == 1


def test_roles_weigh_the_steps() -> None:
    nodes = [Node("p", "Project", {"name": "P"}), Node("a", "Actor", {"name": "A"}), Node("b", "Actor", {"name": "B"})]
    links = [Link("TAKES_PART_IN", who, "p", "", {"role": role}) for who, role in (("a", "lead"), ("b", "associate"))]
    network = Network.of(nodes, links)
    told = {value.id: value.value for value in metrics.run("proximity", network, {"weight": "role"}).values}
    assert told["a"] == pytest.approx(3 * told["b"])
    assert metrics.run("proximity", network).values[0].value == metrics.run("proximity", network).values[1].value


def test_bad_starts_are_refused_in_words(mini: Network) -> None:
    with pytest.raises(UnknownName, match="no node nobody"):
        metrics.run("proximity", mini, {"start": "nobody"})
    with pytest.raises(UsageError, match="a project or an actor"):
        metrics.run("proximity", mini, {"start": mini.nodes_of("Territory")[0].id})
    without = Network.of([Node("a", "Actor", {"name": "A"})], [])
    assert metrics.run("proximity", without).values[0].value is None
    assert metrics.run("proximity", without, {"start": "a"}).values[0].value == 1


def test_absolute_values_of_an_inverse_hide_a_divergence() -> None:
    """R StakeholderAnalysis takes row means of |(I − A)⁻¹| without looking at ρ: coefficients of 0.75 soon pass 1.

    Three who influence one another at 0.75: ρ = 1.5, the inverse is negative everywhere, its absolute values look fine.
    """
    matrix = 0.75 * (np.ones((3, 3)) - np.eye(3))
    inverse = np.linalg.inv(np.eye(3) - matrix)
    assert (inverse.sum(axis=1) < 0).all()
    assert (np.abs(inverse).mean(axis=1) > 0).all()
    with pytest.raises(MetricUndefined, match=r"1\.500"):
        total_effects(sparse.csr_array(matrix))
    with pytest.raises(MetricUndefined, match=r"1\.500"):
        katz(sparse.csr_array(matrix), 1.0)
    chain = np.array([[0, 0.75, 0.5], [0, 0, 0.9], [0, 0, 0]])  # no loop: nothing to refuse, and nothing negative
    assert katz(sparse.csr_array(chain), 1.0) == pytest.approx([1, 1.75, 1 + 0.5 + 0.9 * 1.75])
