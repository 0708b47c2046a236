"""E-I, participation, mixing, null models and bridge projects against references, brute force, and what must hold."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.mixing_matrix import assortativity, mixing, over_representation, residuals
from pacte_graph.metrics.cooperation.openness import expected_index, openness, participation, ratio, role, within_module
from pacte_graph.metrics.cooperation.pairs import only_here
from pacte_graph.metrics.cooperation.triangles import ties
from pacte_graph.metrics.scheme.dolls import nodf
from pacte_graph.metrics.sureness.nulls import MARGINS, compared, curveball, permuted, with_margins
from pacte_graph.network import Link, Network, Node
from tests.metrics.cooperation.test_brokerage import NETWORKS, emon, karate
from tests.metrics.oracles import load

# Newman 2003, Table I, as printed; the published r is 0.621
NEWMAN = [[0.258, 0.016, 0.035, 0.013], [0.012, 0.157, 0.058, 0.019], [0.013, 0.023, 0.306, 0.035], [0.005, 0.007, 0.024, 0.016]]


def undirected(matrix: Any) -> sparse.csr_array:
    return sparse.csr_array(((matrix + matrix.T) > 0).astype(float))


@pytest.mark.parametrize("name", NETWORKS)
def test_openness_of_real_networks(name: str) -> None:
    matrix, kinds, told = emon(name)
    names, groups = numbered(kinds)
    both = undirected(matrix)
    found, wanted = openness(ties(both), groups), told["ei_index_undirected"]
    assert (found.external, found.internal) == (wanted["external"], wanted["internal"])
    assert found.index == pytest.approx(wanted["ei"], abs=1e-9)
    assert expected_index(np.bincount(groups)) == pytest.approx(wanted["ei_expected_random"], abs=1e-9)
    for kind, value in wanted["by_group"].items():
        assert ratio(*found.by_group[names.index(kind)].tolist()) == (None if value is None else pytest.approx(value, abs=1e-9))
    assert [ratio(*row) for row in found.by_node.tolist()] == [
        None if value is None else pytest.approx(value, abs=1e-9) for value in wanted["by_node"]
    ]
    spread, _ = participation(ties(both), groups)
    assert spread == pytest.approx(
        np.array([np.nan if v is None else v for v in told["participation_undirected"]], dtype=float), abs=1e-9, nan_ok=True
    )
    oneway = np.zeros((len(names), len(names)))
    for sender, receiver in zip(*matrix.nonzero(), strict=True):
        oneway[groups[sender], groups[receiver]] += sender != receiver
    assert assortativity(oneway / oneway.sum()) == pytest.approx(told["assortativity_nominal_directed"], abs=1e-9)
    assert assortativity(mixing(ties(both), groups)) == pytest.approx(told["assortativity_nominal_undirected"], abs=1e-9)


def test_karate_clubs() -> None:
    """Zachary's clubs: E-I −0.717949 (11 external, 67 internal), assortativity 0.717531 (igraph)."""
    matrix, kinds = karate()
    _, groups = numbered(kinds)
    found = openness(ties(matrix), groups)
    assert (found.external, found.internal) == (11, 67)
    assert found.index == pytest.approx(-0.717948717948718, abs=1e-12)
    assert assortativity(mixing(ties(matrix), groups)) == pytest.approx(0.717530864197531, abs=1e-12)
    graph = nx.karate_club_graph()
    assert assortativity(mixing(ties(matrix), groups)) == pytest.approx(nx.attribute_assortativity_coefficient(graph, "club"))


def test_karate_against_the_references() -> None:
    matrix, kinds = karate()
    names, groups = numbered(kinds)
    told, more = load("karate_oracle.json"), load("karate_extra_oracle.json")
    spread, scaled = participation(ties(matrix), groups)
    assert spread == pytest.approx(np.array(told["participation_club"]), abs=1e-9)
    assert scaled == pytest.approx(2 * np.array(told["participation_club"]), abs=1e-9)
    assert within_module(ties(matrix), groups) == pytest.approx(np.array(more["within_module_z_club"]), abs=1e-9)
    order = [names.index(label) for label in more["mixing_club"]["labels"]]
    counts = mixing(ties(matrix), groups)[np.ix_(order, order)] * matrix.nnz  # each tie from both ends, as igraph counts them
    assert counts == pytest.approx(np.array(more["mixing_club"]["counts"]))


def test_newmans_table() -> None:
    table = np.array(NEWMAN) / np.sum(NEWMAN)
    assert assortativity(table) == pytest.approx(0.621, abs=3e-3)
    told = load("newman2003_mixing_oracle.json")
    assert assortativity(np.array(told["e"])) == pytest.approx(told["r"], abs=1e-9)


def test_one_kind_alone_is_undefined_and_never_a_warning() -> None:
    """networkx divides 0 by 0 there, and takes a missing attribute for a class named None: both are seen here, so that we know."""
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, "x", "kind")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.isnan(nx.attribute_assortativity_coefficient(graph, "kind"))
        del graph.nodes[0]["kind"]
        assert None in dict(nx.attribute_mixing_dict(graph, "kind"))
    path = sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr").astype(float))
    assert assortativity(mixing(ties(path), np.zeros(3, dtype=int))) is None
    assert assortativity(mixing(ties(sparse.csr_array((3, 3))), np.array([0, 1, 1]))) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_what_must_hold(size: int, chance: Any) -> None:
    graph = nx.gnp_random_graph(size, 0.5, seed=chance.randrange(10**6))
    matrix = sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr").astype(float))
    found = ties(matrix)
    if not len(found.first):
        assert openness(found, np.zeros(size, dtype=int)).index is None
        return
    assert openness(found, np.zeros(size, dtype=int)).index == -1
    assert openness(found, np.arange(size)).index == 1
    groups = np.array([chance.randrange(3) for _ in range(size)])
    assert -1 <= (openness(found, groups).index or 0) <= 1
    spread, _ = participation(found, groups)
    kinds = int(groups.max()) + 1
    assert np.nanmax(spread) <= 1 - 1 / kinds + 1e-12
    assert np.nanmax(participation(found, np.zeros(size, dtype=int))[0]) == 0
    r = assortativity(mixing(ties(matrix), groups))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nx.set_node_attributes(graph, dict(enumerate(groups.tolist())), "kind")
        theirs = nx.attribute_assortativity_coefficient(graph, "kind")
    assert r is None or r == pytest.approx(theirs, abs=1e-9)


def test_roles_and_over_representation() -> None:
    assert [role(0, 0.04), role(0, 0.5), role(0, 0.7), role(0, 0.9)] == ["ultra_peripheral", "peripheral", "connector", "kinless"]
    assert [role(3, 0.2), role(3, 0.5), role(3, 0.8)] == ["provincial_hub", "connector_hub", "kinless_hub"]
    shares = np.array([[0.4, 0.1], [0.1, 0.4]])
    assert over_representation(shares).tolist() == [[1.6, 0.4], [0.4, 1.6]]
    assert residuals(shares, 100)[0, 0] == pytest.approx((0.4 - 0.25) / np.sqrt(0.25 * 0.25 / 100))
    assert np.isnan(over_representation(np.array([[1.0, 0], [0, 0]]))[0, 1])


def test_p_values_count_the_observation() -> None:
    found = compared(5.0, [1.0, 2.0, 3.0, 9.0], seed=1, null=MARGINS)
    assert found.p == (3 + 1) / 5  # three of the four draws are at least as far from their mean, 3.75, as 5 is
    assert compared(None, [1.0], 1, MARGINS).p is None
    assert compared(1.0, [], 1, MARGINS).p is None
    assert compared(1.0, [1.0, 1.0], 1, MARGINS).z is None


def test_permutations_are_seeded_and_keep_group_sizes() -> None:
    groups = np.array([0, 0, 1, 1, 2])
    seen: list[list[int]] = []
    first = permuted(lambda dealt: seen.append(sorted(dealt.tolist())) or float(dealt[0]), groups, draws=20, seed=3)
    assert all(one == [0, 0, 1, 1, 2] for one in seen)
    assert first == permuted(lambda dealt: float(dealt[0]), groups, draws=20, seed=3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=1, max_size=6), st.integers(0, 99))
def test_curveball_keeps_the_margins(rows: list[list[int]], seed: int) -> None:
    table = np.array(rows)
    drawn = curveball(table, np.random.default_rng(seed), 50)
    assert drawn.sum(axis=0).tolist() == table.sum(axis=0).tolist()
    assert drawn.sum(axis=1).tolist() == table.sum(axis=1).tolist()


def test_curveball_visits_every_table_of_its_margins() -> None:
    """3 × 3 with all margins 1: six permutation matrices, each about as often."""
    rng, table = np.random.default_rng(5), np.eye(3, dtype=int)
    seen: dict[str, int] = {}
    for _ in range(1200):
        table = curveball(table, rng, 6)
        seen[str(table.tolist())] = seen.get(str(table.tolist()), 0) + 1
    assert len(seen) == 6
    assert min(seen.values()) > 120
    assert with_margins(lambda one: nodf(one.tolist())["nodf"], np.eye(3, dtype=int), draws=20, seed=1).z is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=5),
    st.lists(st.integers(-1, 2), min_size=5, max_size=5),
)
def test_pairs_of_one_project_by_brute_force(rows: list[list[bool]], kinds: list[int]) -> None:
    matrix = sparse.csr_array(np.array(rows, dtype=float))
    found = only_here(matrix, np.array(kinds))
    wanted = []
    for project, row in enumerate(rows):
        for i, j in itertools.combinations([at for at, there in enumerate(row) if there], 2):
            others = [q for q, other in enumerate(rows) if q != project and other[i] and other[j]]
            if kinds[i] != kinds[j] and -1 not in (kinds[i], kinds[j]) and not others:
                wanted.append((project, i, j))
    assert list(zip(found.project.tolist(), found.first.tolist(), found.second.tolist(), strict=True)) == sorted(wanted)


def front_network() -> Network:
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}", "budget": 100.0 * n}) for n in (1, 2, 3)]
    nodes += [
        Node(f"a{n}", "Actor", {"name": f"A{n}", "kind": kind})
        for n, kind in enumerate(("company", "company", "chamber", "university"))
    ]
    nodes += [
        Node(name, "Territory", {"name": name, "level": level})
        for name, level in (("m1", "metropolis"), ("m2", "metropolis"), ("c", "commune"))
    ]
    takes = [("a0", "p1"), ("a2", "p1"), ("a0", "p2"), ("a1", "p2"), ("a3", "p3")]
    links = [Link("TAKES_PART_IN", actor, project, "", {"role": "partner"}) for actor, project in takes]
    links += [
        Link("WITHIN", "c", "m1", "", {}),
        *(Link("BASED_IN", a, t, "", {}) for a, t in (("a0", "c"), ("a1", "m1"), ("a2", "m2"))),
    ]
    return Network.of(nodes, links, programme={"name": "N"})


def test_the_front_between_two_metropoles() -> None:
    found = metrics.run("mixing", front_network())
    front = found.details["front"]
    assert (front["projects"], front["budget"], front["pairs"]) == (("p1",), 100.0, 1)
    told = {value.dimension["measure"]: value.value for value in found.values if "one" not in value.dimension}
    assert told["front_share"] == 1.0  # a0–a2 joins the metropoles; a0–a1, of a commune and of its metropolis, joins no two
    assert told["vertical"] == 1.0
    assert metrics.run("mixing", front_network(), {"first": "c", "second": "m2"}).details["front"]["pairs"] == 1


def test_two_communes_of_one_metropolis_are_two_territories_for_the_share_of_the_front() -> None:
    before = front_network()
    nodes = [*before.nodes, Node("c2", "Territory", {"name": "c2", "level": "commune"})]
    links = [link for link in before.links if (link.source, link.target) != ("a1", "m1")]
    links += [Link("WITHIN", "c2", "m1", "", {}), Link("BASED_IN", "a1", "c2", "", {})]
    found = metrics.run("mixing", Network.of(nodes, links, programme={"name": "N"}))
    assert found.details["front"]["share"] == 0.5


def test_bridge_projects_name_a_pair() -> None:
    values = {value.id: value for value in metrics.run("bridging", front_network()).values}
    assert {name: value.value for name, value in values.items()} == {"p1": 1, "p2": 0, "p3": 0}
    assert "« A0 » et « A2 »" in values["p1"].explanation.fr
