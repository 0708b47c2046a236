"""What must hold on any network: invariants, degenerate cases, second opinions by networkx and brute force."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics.column import places_of
from pacte_graph.metrics.cooperation.projection import projection
from pacte_graph.metrics.pull.effects import emitted, received, total_effects
from pacte_graph.metrics.pull.influence import normalised, spectral_radius
from pacte_graph.metrics.pull.linkages import linkages
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.scheme.declination import Rate
from pacte_graph.metrics.scheme.dolls import nodf
from pacte_graph.network import Link, Network, Node, Scope
from pacte_graph.network.views import Incidence, incidence, shortest_paths

SCALED = ("global", "received", "emitted", "symmetric")
NAMES = list(metrics.REGISTRY)


@st.composite
def strengths(draw: st.DrawFn) -> sparse.csr_array:
    size = draw(st.integers(2, 7))
    cells = draw(st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0, 3.0]), min_size=size * size, max_size=size * size))
    matrix = np.array(cells).reshape(size, size)
    np.fill_diagonal(matrix, 0)
    return sparse.csr_array(matrix)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    projects, actors = draw(st.integers(0, 4)), draw(st.integers(0, 5))
    nodes = [Node(f"p{n}", "Project", {"number": n}) for n in range(projects)]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}", **({"kind": "company"} if n % 2 else {})}) for n in range(actors)]
    nodes += [
        Node("t1", "Territory", {"level": "metropolis", "name": "T1"}),
        Node("t2", "Territory", {"level": "region", "name": "T2"}),
    ]
    links = {("WITHIN", "t1", "t2", ""): {}}
    for actor, project, role in draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(["lead", "partner", None])))
    ):
        if actor < actors and project < projects:
            links["TAKES_PART_IN", f"a{actor}", f"p{project}", role or ""] = {"role": role} if role else {}
    for one, other, sense in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["pulls", "depends_on", "mutual", None])))
    ):
        if one < projects and other < projects:
            links["LINKED_TO", f"p{one}", f"p{other}", ""] = {"sense": sense} if sense else {}
    return Network.of(nodes, [Link(*key, properties) for key, properties in links.items()], programme={"name": "N"})


@settings(max_examples=60, deadline=None)
@given(strengths(), st.sampled_from(SCALED), st.sampled_from([0.2, 0.5, 0.8]))
def test_total_effects_are_the_sum_of_rebounds(matrix: sparse.csr_array, how: str, theta: float) -> None:
    coefficients = normalised(matrix, how, theta)
    if how == "global" and spectral_radius(matrix)[0] == 0:
        assert spectral_radius(coefficients)[0] == 0
    else:
        assert spectral_radius(coefficients)[0] <= theta + 1e-9
    effects = total_effects(coefficients)
    term = total = np.eye(matrix.shape[0])
    for _ in range(400):
        term = term @ coefficients.toarray()
        total = total + term
    assert effects == pytest.approx(total, abs=1e-9)
    assert emitted(coefficients) == pytest.approx(effects.sum(axis=1), abs=1e-9)
    assert received(coefficients) == pytest.approx(effects.sum(axis=0), abs=1e-9)
    assert (effects.diagonal() >= 1 - 1e-12).all()


@settings(max_examples=60, deadline=None)
@given(strengths(), st.sampled_from(SCALED), st.floats(0.1, 50))
def test_means_are_one_and_scale_does_not_matter(matrix: sparse.csr_array, how: str, factor: float) -> None:
    first = linkages(normalised(matrix, how, 0.5))
    assert first.drive is not None
    assert first.dependence is not None
    assert np.mean(first.drive) == pytest.approx(1)
    assert np.mean(first.dependence) == pytest.approx(1)
    again = linkages(normalised(sparse.csr_array(matrix * factor), how, 0.5))
    assert again.drive == pytest.approx(first.drive, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(strengths(), st.randoms(use_true_random=False))
def test_relabelling_permutes(matrix: sparse.csr_array, chance: random.Random) -> None:
    order = list(range(matrix.shape[0]))
    chance.shuffle(order)
    first, other = (linkages(normalised(sparse.csr_array(m), "symmetric", 0.5)) for m in (matrix, matrix[order][:, order]))
    assert first.drive is not None
    assert other.drive == pytest.approx(first.drive[order], abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(strengths())
def test_symmetric_normalisation_is_bounded(matrix: sparse.csr_array) -> None:
    assert np.linalg.norm(normalised(matrix, "symmetric", 0.5).toarray(), 2) <= 0.5 + 1e-9


@settings(max_examples=20, deadline=None)
@given(networks(), st.randoms(use_true_random=False))
@pytest.mark.parametrize("name", NAMES)
def test_any_network_has_a_value_a_null_or_a_refusal(name: str, network: Network, chance: random.Random) -> None:
    result = metrics.run(name, network)
    nodes, links = list(network.nodes), list(network.links)
    chance.shuffle(nodes)
    chance.shuffle(links)
    again = metrics.run(name, Network.of(nodes, links, programme={"name": "N"}))
    assert [value.explanation for value in again.values] == [value.explanation for value in result.values]
    for value in result.values:
        assert value.value is None or np.isfinite(value.value)
        assert value.explanation.fr
        assert "nan" not in value.explanation.fr.split()


@pytest.mark.parametrize("name", NAMES)
def test_empty_network(name: str) -> None:
    result = metrics.run(name, Network.of([], []))
    assert all(value.value is None for value in result.values)


@pytest.mark.parametrize("name", NAMES)
def test_sentences_name_scope_date_and_weight(name: str, mini: Network) -> None:
    for value in metrics.run(name, mini).values:
        assert "[MINI, toutes dates confondues" in value.explanation.fr
        assert "[MINI, all dates together" in value.explanation.en


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_bounds_hold_and_verdicts_never_flip(declined: int, unknown: int, stated_no: int) -> None:
    rate = Rate(declined, unknown, declined + unknown + stated_no)
    if not rate.total:
        assert rate.verdict is None
        return
    assert rate.low is not None
    assert rate.high is not None
    assert rate.low <= rate.high
    if rate.known is not None:
        assert rate.low <= rate.known <= rate.high
    for turned in range(unknown + 1):
        after = Rate(declined + turned, 0, rate.total).verdict
        assert rate.verdict in {"undetermined", after}
    assert (rate.verdict == "met") == (3 * declined >= rate.total)


def test_exactly_one_third_is_met() -> None:
    assert Rate(1, 0, 3).verdict == "met"
    assert Rate(1, 0, 3).low == Fraction(1, 3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=6))
def test_projection_agrees_with_networkx(rows: list[list[bool]]) -> None:
    matrix = sparse.csr_array(np.array(rows, dtype=float))
    found = Incidence(tuple(f"p{n}" for n in range(len(rows))), tuple("abcd"), matrix, {})
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from([*found.projects, *found.actors])
    graph.add_edges_from((f"p{n}", "abcd"[m]) for n, row in enumerate(rows) for m, there in enumerate(row) if there)
    peers: dict[str, Any] = {
        "newman": nx.bipartite.collaboration_weighted_projected_graph(graph, list("abcd")),
        "count": nx.bipartite.weighted_projected_graph(graph, list("abcd")),
        "jaccard": nx.bipartite.overlap_weighted_projected_graph(graph, list("abcd"), jaccard=True),
    }
    for weight, peer in peers.items():
        ours = projection(found, weight).toarray()
        wanted = nx.to_numpy_array(peer, nodelist=list("abcd"))
        assert ours == pytest.approx(wanted)
    newman = projection(found, "newman").sum(axis=1)
    several = matrix.toarray()[np.array(rows).sum(axis=1) >= 2].sum(axis=0)
    assert newman == pytest.approx(several)


def test_fractional_budgets_add_up() -> None:
    found = Incidence(("p",), ("a", "b", "c"), sparse.csr_array(np.ones((1, 3))), {})
    assert projection(found, "budget", {"p": 900.0}).sum() / 2 == pytest.approx(900)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_nestedness_ignores_order(table: list[list[int]], chance: random.Random) -> None:
    shuffled = [row[:] for row in table]
    chance.shuffle(shuffled)
    assert nodf(shuffled)["nodf"] == pytest.approx(nodf(table)["nodf"])


def test_reach_agrees_with_networkx(mini: Network) -> None:
    rows = {row["id"]: row for row in metrics.run("reach", mini).details["rows"]}
    assert sum(rows["P17"]["out_of_reach"].values()) == 1  # the isolate
    assert rows["P18"]["by_ring"][1] == 1
    assert sum(rows["P03"]["by_ring"].values()) + sum(rows["P03"]["out_of_reach"].values()) == 14


def test_parallel_roles_are_merged_and_self_links_dropped() -> None:
    nodes = [Node("p", "Project", {}), Node("a", "Actor", {"name": "A"})]
    links = [Link("TAKES_PART_IN", "a", "p", role, {"role": role, "amount": 10.0}) for role in ("lead", "associate")]
    network = Network.of(nodes, [*links, Link("LINKED_TO", "p", "p", "", {"sense": "pulls"})])
    found = metrics.run("influence", network, {"normalisation": "none", "theta": 0.5}).details
    assert found["matrix"].toarray().tolist() == [[0, 0.75], [1.5, 0]]
    assert incidence(network).amounts == {("p", "a"): 20.0}


def test_raw_coefficients_that_diverge_are_refused(mini: Network) -> None:
    with pytest.raises(MetricUndefined, match="do not fade out"):
        metrics.run("linkages", mini, {"normalisation": "none"})


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_title_is_said_in_both_languages(name: str) -> None:
    network = Network.of([Node("p", "Project", {"number": 2})], [], programme={"name": "N"})
    for value in metrics.run(name, network).values:
        assert "titre inconnu" not in value.explanation.en
        assert "title unknown" not in value.explanation.fr


def test_ranks_share_ties() -> None:
    assert ranks({"a": 1.0, "b": 3.0, "c": 3.0 + 1e-14, "d": None}) == {"a": 3, "b": 1, "c": 1}


def test_unknown_names_and_bad_parameters(mini: Network) -> None:
    with pytest.raises(UnknownName, match="declination"):
        metrics.run("nothing", mini)
    with pytest.raises(UnknownName, match="no parameter"):
        metrics.run("E3", mini, {"tetha": 1})
    with pytest.raises(UsageError, match="theta"):
        metrics.run("E3", mini, {"theta": "2"})


def test_shortest_paths_are_all_and_sorted(mini: Network) -> None:
    paths = shortest_paths(mini, "UNI1", "ENT1")
    assert paths == (("UNI1", "P02", "ENT1"),)
    assert shortest_paths(mini, "UNI1", "ISOL") == ()


def test_scope_is_said_with_its_date_and_filters() -> None:
    import datetime as dt

    scope = Scope("programme:x", dt.date(2030, 1, 1), kinds=frozenset({"company"}))
    network = Network.of([Node("p", "Project", {"name": "P"})], [], scope=scope, programme={"name": "X"})
    said = metrics.run("degree", network).values[0].explanation
    assert "[X, au 01/01/2030, filtré : Entreprise ; poids : 1 par participation]" in said.fr


@pytest.mark.parametrize("name", NAMES)
def test_the_values_of_a_node_are_found_without_the_others(name: str, mini: Network) -> None:
    values = metrics.run(name, mini).values
    for identifier in ("P03", "TM", "C1", "nobody"):
        assert places_of(values, identifier) == [at for at, value in enumerate(values) if value.id == identifier]
