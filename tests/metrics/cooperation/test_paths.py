"""Centralities, communities, backbone, cohesion and robustness against references, networkx, and what must hold."""

from __future__ import annotations

import math
import sys
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sknetwork.topology import get_core_decomposition

from pacte_graph import metrics
from pacte_graph.metrics.articulation import more_pieces
from pacte_graph.metrics.cooperation import paths
from pacte_graph.metrics.cooperation.attack import adaptive, by_degree, curve, robustness
from pacte_graph.metrics.cooperation.connection import component_sizes, fragmentation, two_mode_clustering, within_two
from pacte_graph.metrics.cooperation.core import core_numbers
from pacte_graph.metrics.cooperation.families import families
from pacte_graph.metrics.cooperation.leiden import leiden
from pacte_graph.metrics.cooperation.partition import (
    adjusted_rand,
    bipartite_modularity,
    modularity,
    nmi,
    variation_of_information,
)
from pacte_graph.metrics.cooperation.paths import betweenness, eigenvector, harmonic
from pacte_graph.metrics.cooperation.projection import projection
from pacte_graph.metrics.cooperation.significance import benjamini_hochberg, disparity, hypergeometric
from pacte_graph.metrics.cooperation.triangles import ties
from pacte_graph.metrics.cooperation.two_mode import (
    greatest_betweenness,
    singular,
    two_mode_betweenness,
    two_mode_closeness,
)
from pacte_graph.network import Link, Network, Node
from pacte_graph.network.views import Incidence, two_sided
from tests.metrics.cooperation.test_brokerage import NETWORKS, emon, karate
from tests.metrics.oracles import load

# Padgett's marriages among Florentine families (Padgett & Ansell 1994); the Medici's betweenness among all 16, Pucci isolated
MEDICI = 0.521978021978022
MARRIAGES = (
    "Acciaiuoli-Medici Castellani-Peruzzi Castellani-Strozzi Castellani-Barbadori Medici-Barbadori Medici-Ridolfi "
    "Medici-Tornabuoni Medici-Albizzi Medici-Salviati Salviati-Pazzi Peruzzi-Strozzi Peruzzi-Bischeri Strozzi-Ridolfi "
    "Strozzi-Bischeri Ridolfi-Tornabuoni Tornabuoni-Guadagni Albizzi-Ginori Albizzi-Guadagni Bischeri-Guadagni Guadagni-Lamberteschi"
)


def csr(graph: Any, weight: str | None = None) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), weight=weight, format="csr").astype(float))


def davis() -> tuple[sparse.csr_array, list[str], list[str], Any]:
    edges, told = load("davis_edges.csv"), load("davis_oracle.json")
    women, events = told["women"], told["events"]
    places = ([events.index(row["event"]) for row in edges], [women.index(row["woman"]) for row in edges])
    return sparse.csr_array((np.ones(len(edges)), places), shape=(len(events), len(women))), events, women, told


def test_the_medici_stand_alone() -> None:
    graph = nx.Graph([pair.split("-") for pair in MARRIAGES.split()])
    graph.add_node("Pucci")
    names = sorted(graph)
    assert betweenness(ties(csr(graph))).values[names.index("Medici")] == pytest.approx(0.47, abs=0.02)  # among 16
    graph.remove_node("Pucci")
    names = sorted(graph)
    assert betweenness(ties(csr(graph))).values[names.index("Medici")] == pytest.approx(MEDICI, abs=1e-9)


def test_florentine_families() -> None:
    told = load("florentine_oracle.json")
    graph = nx.Graph(told["edges"])
    graph.add_nodes_from(told["families"])
    names = sorted(graph)
    found = ties(csr(graph))
    assert betweenness(found).values * 15 * 14 / 2 == pytest.approx([told["betweenness_raw"][name] for name in names], abs=1e-8)
    assert core_numbers(csr(graph)).tolist() == [told["coreness"][name] for name in names]
    vector, wanted = eigenvector(csr(graph)), told["eigenvector15_unit2"]
    assert math.isnan(vector[names.index("Pucci")])
    assert vector == pytest.approx(np.array([wanted.get(name) or np.nan for name in names], dtype=float), abs=1e-8, nan_ok=True)
    assert harmonic(found).values[names.index("Pucci")] == 0
    assert [name for name, more in zip(names, more_pieces(csr(graph)), strict=True) if more] == told["articulation"]


def test_karate_club() -> None:
    told = load("karate_oracle.json")
    matrix, _ = karate()
    found = ties(matrix)
    assert betweenness(found).values * 33 * 32 / 2 == pytest.approx(np.array(told["betweenness_raw"]), abs=1e-9)
    assert core_numbers(matrix).tolist() == told["coreness"]
    assert eigenvector(matrix) == pytest.approx(np.array(told["eigen_unit2"]), abs=1e-8)


def test_robustness_of_the_karate_club() -> None:
    """R = 0.141868 in the static order of degrees, 0.135813 when degrees are counted anew (igraph)."""
    found = ties(karate()[0])
    assert robustness(curve(found, by_degree(found))) == pytest.approx(0.14186851211, abs=1e-9)
    assert robustness(curve(found, adaptive(found))) == pytest.approx(0.13581314879, abs=1e-9)
    told = load("karate_extra_oracle.json")
    # igraph ranks nodes of the same degree by index, as we do
    assert (by_degree(found) + 1).tolist() == told["static"]["order_1based"]
    assert curve(found, by_degree(found)) == pytest.approx(np.array(told["static"]["S"]), abs=1e-9)
    assert (adaptive(found) + 1).tolist() == told["adaptive"]["order_1based"]
    assert curve(found, adaptive(found)) == pytest.approx(np.array(told["adaptive"]["S"]), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 9), st.integers(0, 10**6))
def test_the_curve_by_brute_force(size: int, seed: int) -> None:
    graph = nx.gnp_random_graph(size, 0.4, seed=seed)
    order = np.random.default_rng(seed).permutation(size)
    wanted = []
    for gone in range(1, size + 1):
        left = graph.subgraph(set(graph) - set(order[:gone].tolist()))
        wanted.append(max((len(part) for part in nx.connected_components(left)), default=0) / size)
    assert curve(ties(csr(graph)), order) == pytest.approx(wanted)


@pytest.mark.parametrize("name", NETWORKS)
def test_real_networks(name: str) -> None:
    matrix, _, told = emon(name)
    both = sparse.csr_array(((matrix + matrix.T) > 0).astype(float))
    assert core_numbers(both).tolist() == told["coreness_undirected"]


def test_partitions_of_the_karate_club() -> None:
    told = load("karate_oracle.json")
    matrix, kinds = karate()
    clubs = np.array([sorted(set(kinds)).index(kind) for kind in kinds])
    other = np.array(told["compare_example"]["fast_greedy"])
    assert modularity(matrix, clubs) == pytest.approx(told["modularity_club"], abs=1e-9)
    assert nmi(clubs, other) == pytest.approx(told["compare_example"]["nmi"], abs=1e-9)
    assert adjusted_rand(clubs, other) == pytest.approx(told["compare_example"]["ari"], abs=1e-9)
    assert variation_of_information(clubs, other) == pytest.approx(told["compare_example"]["vi_nats"], abs=1e-9)


def test_leiden_finds_the_optimum_of_the_karate_club() -> None:
    """Four communities, Q = 0.4198 (igraph, 20 seeds of 20); networkx has the name and no algorithm."""
    with pytest.raises(NotImplementedError):
        nx.community.leiden_communities(nx.karate_club_graph())
    matrix, _ = karate()
    found = families(matrix)
    assert found.count == 4
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert found.modularity == pytest.approx(
        nx.community.modularity(
            nx.Graph(nx.karate_club_graph().edges), [set(np.flatnonzero(found.labels == group).tolist()) for group in range(4)]
        )
    )
    assert leiden(matrix, seed=3).tolist() == leiden(matrix, seed=3).tolist()
    assert nmi(found.labels, found.labels) == 1
    assert adjusted_rand(found.labels, found.labels) == 1
    alone = families(sparse.csr_array((3, 3)))
    assert (alone.count, alone.modularity) == (0, None)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_partition_indices(one: list[int], chance: Any) -> None:
    first, other = np.array(one), np.array([chance.randrange(3) for _ in one])
    assert nmi(first, first) == pytest.approx(1)
    assert variation_of_information(first, first) == pytest.approx(0, abs=1e-12)
    assert 0 <= (nmi(first, other) or 0) <= 1
    renamed = np.array([7, 5, 9, 2])[first]
    assert adjusted_rand(renamed, other) == pytest.approx(adjusted_rand(first, other))


def test_two_modes_of_barber() -> None:
    matrix = sparse.csr_array(np.kron(np.eye(2), np.ones((2, 2))))
    assert bipartite_modularity(matrix, np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1])) == pytest.approx(0.5)
    assert bipartite_modularity(matrix, np.zeros(4, dtype=int), np.zeros(4, dtype=int)) == pytest.approx(0)
    assert bipartite_modularity(sparse.csr_array((2, 2)), np.zeros(2, dtype=int), np.zeros(2, dtype=int)) is None


def test_southern_women_in_two_modes() -> None:
    matrix, events, women, told = davis()
    assert (greatest_betweenness(18, 14), greatest_betweenness(14, 18)) == (445, 452)
    names = [*events, *women]
    assert two_mode_betweenness(matrix).values == pytest.approx([told["betweenness_norm"][name] for name in names], abs=1e-9)
    assert two_mode_closeness(matrix) == pytest.approx([told["closeness_norm"][name] for name in names], abs=1e-9)
    vector = singular(matrix)
    assert vector[len(events) :] == pytest.approx([abs(told["svd1"]["women"][name]) for name in women], abs=1e-8)
    theirs = nx.bipartite.betweenness_centrality(nx.from_scipy_sparse_array(two_sided(matrix)), range(len(events)))
    assert two_mode_betweenness(matrix).values == pytest.approx([theirs[at] for at in range(len(names))], abs=1e-9)


def test_what_networkx_gets_wrong_in_two_modes_we_do_not() -> None:
    pieces = nx.Graph([("p1", "a"), ("p2", "a"), ("p2", "b")])
    pieces.add_nodes_from(["p3", "p4", "c", "d"])
    assert max(nx.bipartite.closeness_centrality(pieces, ["p1", "p2", "p3", "p4"]).values()) > 1
    with pytest.raises(ZeroDivisionError):
        nx.bipartite.betweenness_centrality(nx.Graph([("p", "a")]), ["p"])
    matrix = sparse.csr_array(np.array([[1.0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    assert np.nanmax(two_mode_closeness(matrix)) <= 1
    one = two_mode_betweenness(sparse.csr_array(np.ones((1, 1)))).values
    assert np.isnan(one).all()


def test_eigenvector_stays_on_one_component() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (0, 2), (3, 4)])
    with pytest.raises(nx.AmbiguousSolution):
        nx.eigenvector_centrality_numpy(graph)
    found = eigenvector(csr(graph))
    assert found[:3] == pytest.approx(np.full(3, 1 / np.sqrt(3)))
    assert np.isnan(found[3:]).all()


def test_of_two_components_as_large_the_eigenvector_takes_the_first() -> None:
    graph = nx.Graph([(4, 5), (5, 3), (3, 4), (0, 1), (1, 2), (2, 0)])  # numbered as they are met: 4, 5, 3 come first
    matrix = sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=range(6), format="csr").astype(float))
    assert np.flatnonzero(~np.isnan(eigenvector(matrix))).tolist() == [0, 1, 2]


@pytest.mark.parametrize("apart", [False, True])
def test_eigenvector_of_a_large_network_is_the_one_of_the_whole_spectrum(apart: bool) -> None:
    """Above 400 nodes by rounds of products; beside a denser component that is smaller it stays where it belongs."""
    graph = nx.barabasi_albert_graph(600, 3, seed=1)
    if apart:
        graph = nx.disjoint_union(graph, nx.complete_graph(100))
    found = eigenvector(csr(graph))
    _, vectors = np.linalg.eigh(csr(graph).toarray()[:600, :600])
    assert found[:600] == pytest.approx(np.abs(vectors[:, -1]), abs=1e-9)
    assert np.isnan(found[600:]).all()


def test_singular_vectors_of_a_large_network_are_those_of_the_whole() -> None:
    matrix = sparse.csr_array(sparse.random_array((220, 400), density=0.02, rng=np.random.default_rng(3)) > 0).astype(float)
    members = paths.largest(two_sided(matrix))
    for one in (matrix, sparse.csr_array(matrix.T)):
        rows = one.shape[0]
        left, _, right = np.linalg.svd(one.toarray(), full_matrices=False)
        found = singular(one)
        assert len(members) == np.count_nonzero(~np.isnan(found))
        told = np.nan_to_num(found)
        assert told[:rows] == pytest.approx(np.abs(left[:, 0]), abs=1e-9)
        assert told[rows:] == pytest.approx(np.abs(right[0]), abs=1e-9)


def test_weight_is_never_read_as_a_distance() -> None:
    """networkx reads ``weight`` as a length: a strong tie would be a long one."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 9.0), ("b", "c", 9.0), ("a", "c", 1.0)])
    assert nx.betweenness_centrality(graph, weight="weight")["b"] == 0
    assert betweenness(ties(csr(graph, "weight"))).values.tolist() == [0, 0, 0]  # steps, not strengths


def test_star_has_the_greatest_betweenness() -> None:
    assert betweenness(ties(csr(nx.star_graph(5)))).values.tolist() == [1, 0, 0, 0, 0, 0]
    assert harmonic(ties(csr(nx.star_graph(4)))).values.tolist() == [1, 0.625, 0.625, 0.625, 0.625]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 9), st.integers(0, 10**6))
def test_harmonic_and_cohesion_agree_with_networkx(size: int, seed: int) -> None:
    graph = nx.gnp_random_graph(size, 0.3, seed=seed)
    theirs = nx.harmonic_centrality(graph)
    assert core_numbers(csr(graph)).tolist() == [nx.core_number(graph)[node] for node in sorted(graph)]
    assert harmonic(ties(csr(graph))).values * (size - 1) == pytest.approx([theirs[node] for node in sorted(graph)])
    sizes = component_sizes(csr(graph))
    assert sizes.tolist() == sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    steps = dict(nx.all_pairs_shortest_path_length(graph, cutoff=2))
    near = sum(len(reached) - 1 for reached in steps.values()) / (size * (size - 1))
    told = within_two(csr(graph))
    assert told is not None
    assert told.share == pytest.approx(near)
    apart = 1 - sum(nx.has_path(graph, a, b) for a in graph for b in graph if a != b) / (size * (size - 1))
    assert fragmentation(sizes) == pytest.approx(apart)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=2, max_size=5))
def test_two_mode_clustering_agrees_with_networkx(rows: list[list[bool]]) -> None:
    matrix = sparse.csr_array(np.array(rows, dtype=float))
    shared = projection(Incidence(tuple(map(str, range(len(rows)))), tuple("abcde"), matrix, {}), "count")
    graph = nx.from_scipy_sparse_array(two_sided(matrix))
    theirs = nx.bipartite.robins_alexander_clustering(graph)
    assert (two_mode_clustering(matrix, shared) or 0) == pytest.approx(theirs)


def test_backbone_of_southern_women() -> None:
    matrix, events, women, _ = davis()
    wanted = {(row["u"], row["v"]): row for row in load("davis_projection_oracle.csv")}
    shared = projection(Incidence(tuple(events), tuple(women), matrix, {}), "count")
    found, activity = ties(shared), np.asarray(matrix.sum(axis=0)).ravel()
    p = hypergeometric(found.weight, activity[found.first], activity[found.second], len(events))
    newman = ties(projection(Incidence(tuple(events), tuple(women), matrix, {}), "newman"))
    alphas = {}
    for name, one in (("count", found), ("newman", newman)):
        for a, b, value in zip(one.first, one.second, disparity(one), strict=True):
            alphas[name, frozenset((women[a], women[b]))] = value
    agree = dict.fromkeys(("count", "newman"), True)
    for a, b, value in zip(found.first, found.second, p, strict=True):
        row = wanted.get((women[a], women[b])) or wanted[women[b], women[a]]
        assert value == pytest.approx(float(row["hypergeom_p"]), abs=1e-9)
        for name in agree:
            agree[name] &= alphas[name, frozenset((women[a], women[b]))] == pytest.approx(float(row["disparity_alpha"]), abs=1e-9)
    assert any(agree.values())


def test_benjamini_hochberg() -> None:
    assert benjamini_hochberg(np.array([0.01, 0.04, 0.03]), 4) == pytest.approx([0.04, 0.04 * 4 / 3, 0.04 * 4 / 3])
    assert benjamini_hochberg(np.zeros(0), 3).tolist() == []


def test_large_networks_are_estimated_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("networkit", reason="the extra “fast” is not installed")
    monkeypatch.setattr(paths, "EXACT_BETWEENNESS", 0)
    graph = nx.karate_club_graph()
    truth = nx.betweenness_centrality(graph)
    found = betweenness(ties(csr(graph)))
    assert found.how == "kadabra"
    assert found.error is not None
    # networkit's scores of undirected networks are doubled and count the ends: ours are put right, and checked here
    assert all(abs(found.values[node] - truth[node]) <= found.error[node] for node in graph)
    assert betweenness(ties(csr(graph))).values.tolist() == found.values.tolist()


def test_without_the_extra_betweenness_is_rough_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "EXACT_BETWEENNESS", 0)
    monkeypatch.setitem(sys.modules, "networkit", None)
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}"}) for n in range(12)] + [
        Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(25)
    ]
    links = [Link("TAKES_PART_IN", f"a{(2 * n + k) % 25}", f"p{n}", "", {}) for n in range(12) for k in range(3)]
    result = metrics.run("betweenness", Network.of(nodes, links, programme={"name": "N"}))
    assert result.details["how"] == "pivots"
    value = max(result.values, key=lambda item: item.value or 0)
    assert "estimation lente et grossière" in value.explanation.fr
    assert value.low is not None
    assert value.high is not None
    assert value.low <= value.value <= value.high


def test_cutting_a_bridge_adds_a_piece() -> None:
    nodes = [Node(name, "Project", {"name": name}) for name in ("p", "q")] + [
        Node(name, "Actor", {"name": name}) for name in ("a", "b", "c")
    ]
    links = [Link("TAKES_PART_IN", actor, project, "", {}) for actor, project in (("a", "p"), ("b", "p"), ("b", "q"), ("c", "q"))]
    result = metrics.run("robustness", Network.of(nodes, links, programme={"name": "N"}))
    pieces = {value.id: value.value for value in result.values if value.id}
    assert pieces == {"p": 1, "q": 1, "a": 0, "b": 1, "c": 0}
    assert result.details["articulation"] == ["p", "q", "b"]


def test_indices_of_any_width_are_taken() -> None:
    """scikit-network's kernels refuse 64-bit indices, which products of large matrices have; ours are narrowed first."""
    matrix, _ = karate()
    wide = sparse.csr_matrix(matrix)
    wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)
    with pytest.raises(ValueError, match="dtype mismatch"):
        get_core_decomposition(wide)
    ours = sparse.csr_array(matrix)
    ours.indices, ours.indptr = ours.indices.astype(np.int64), ours.indptr.astype(np.int64)
    assert leiden(ours, seed=1).tolist() == leiden(matrix, seed=1).tolist()
    assert core_numbers(ours).tolist() == core_numbers(matrix).tolist()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.floats(0, 0.4), st.integers(0, 10**6))
def test_cores_as_networkx_and_scikit_network(size: int, share: float, seed: int) -> None:
    graph = nx.gnp_random_graph(size, share, seed=seed)
    theirs = nx.core_number(graph)
    told = core_numbers(csr(graph)).tolist()
    assert told == [theirs[node] for node in sorted(graph)]
    if graph.number_of_edges():
        narrow = sparse.csr_matrix(csr(graph))
        narrow.indices, narrow.indptr = narrow.indices.astype(np.int32), narrow.indptr.astype(np.int32)
        assert told == get_core_decomposition(narrow).tolist()


def test_cores_of_a_large_network() -> None:
    """Rounds that touch much of the network are counted another way than small ones."""
    graph = nx.barabasi_albert_graph(4_000, 5, seed=2)
    theirs = nx.core_number(graph)
    assert core_numbers(csr(graph)).tolist() == [theirs[node] for node in sorted(graph)]
    assert core_numbers(sparse.csr_array((0, 0))).tolist() == []


def test_pieces_of_the_projection_are_those_of_the_two_modes() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        rows, columns = rng.integers(1, 9, 2)
        matrix = sparse.csr_array((rng.random((rows, columns)) < 0.2).astype(float))
        shared = sparse.csr_array(matrix.T @ matrix)
        shared.setdiag(0)
        shared.eliminate_zeros()
        assert component_sizes(two_sided(matrix), rows).tolist() == component_sizes(shared).tolist()
