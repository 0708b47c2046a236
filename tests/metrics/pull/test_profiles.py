"""E5 and E9, all projects and one: by other ways, on small networks; the ways of large networks on small ones too."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import UnknownName
from pacte_graph.metrics.column import Rows
from pacte_graph.metrics.pull import by_kind, reach
from pacte_graph.metrics.pull.effects import total_effects
from pacte_graph.metrics.pull.influence import influence, normalised
from pacte_graph.metrics.pull.rings import first_rings, steps_from
from pacte_graph.network import Link, Network, Node


@st.composite
def networks(draw: st.DrawFn) -> Network:
    projects, actors = draw(st.integers(1, 5)), draw(st.integers(0, 6))
    nodes = [Node(f"p{n}", "Project", {"number": n}) for n in range(projects)]
    kinds = st.sampled_from(["company", "university", None])
    for n in range(actors):
        kind = draw(kinds)
        nodes.append(Node(f"a{n}", "Actor", {"name": f"A{n}", **({"kind": kind} if kind else {})}))
    links: dict[Any, Any] = {}
    for actor, project in draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=12)):
        if actor < actors and project < projects:
            links["TAKES_PART_IN", f"a{actor}", f"p{project}", ""] = {"role": "partner"}
    for one, other in draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6)):
        if one < projects and other < projects:
            links["LINKED_TO", f"p{one}", f"p{other}", ""] = {"sense": "pulls"}
    return Network.of(nodes, [Link(*key, told) for key, told in links.items()], programme={"name": "N"})


def rows_of(network: Network, name: str, **given_: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in metrics.run(name, network, given_).details["rows"]]


@settings(max_examples=40, deadline=None)
@given(networks())
def test_pull_on_each_kind_by_the_whole_inverse(network: Network) -> None:
    found = influence(network)
    direct = normalised(found.matrix, "symmetric", 0.5).toarray()
    effects = np.linalg.inv(np.eye(len(found.ids)) - direct)
    kind = {node.id: node.group for node in network.nodes_of("Actor")}
    rows = rows_of(network, "pull_by_type")
    assert {(row["id"], row["kind"]) for row in rows} == {(p.id, k) for p in network.nodes_of("Project") for k in kind.values()}
    everyone: dict[str, float] = {}
    for row in rows:
        place = found.ids.index(row["id"])
        there = [at for at, name in enumerate(found.ids) if kind.get(name) == row["kind"]]
        assert row["size"] == len(there)
        assert row["total"] == pytest.approx(effects[place, there].sum(), abs=1e-9)
        assert row["direct"] == pytest.approx(direct[place, there].sum(), abs=1e-12)
        assert row["reached"] == (effects[place, there] > 0.01).sum()
        assert row["per_actor"] == pytest.approx(row["total"] / len(there))
        everyone[row["id"]] = everyone.get(row["id"], 0.0) + row["total"]
    for row in rows:
        whole = everyone[row["id"]]
        if whole > 1e-9:
            assert row["share"] == pytest.approx(row["total"] / whole)
            assert row["lift"] == pytest.approx(row["share"] / (row["size"] / len(kind)))


@settings(max_examples=25, deadline=None)
@given(networks())
def test_one_project_is_its_row_of_all(network: Network) -> None:
    everything = {(row["id"], row["kind"]): row for row in rows_of(network, "pull_by_type")}
    for project in network.nodes_of("Project"):
        alone = metrics.run("pull_by_type", network, {"project": project.id})
        assert {value.id for value in alone.values} <= {project.id}
        assert all(value.rank is None for value in alone.values)
        for row in alone.details["rows"]:
            other = everything[project.id, row["kind"]]
            assert row["total"] == pytest.approx(other["total"], abs=1e-9)
            assert {**row, "total": 0, "per_actor": 0, "share": 0, "lift": 0} == {
                **other,
                "total": 0,
                "per_actor": 0,
                "share": 0,
                "lift": 0,
            }


def test_large_networks_go_another_way(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the inverse the totals are the same, and nobody is said to be reached; one project is still told in full."""
    small = rows_of(mini, "pull_by_type")
    monkeypatch.setattr(by_kind, "DENSE", 0)
    large = metrics.run("pull_by_type", mini)
    for one, other in zip(small, large.details["rows"], strict=True):
        assert (one["id"], one["kind"]) == (other["id"], other["kind"])
        assert other["total"] == pytest.approx(one["total"], abs=1e-9)
        assert other["reached"] is other["breadth"] is None
    assert "acteurs sur" not in large.values[0].explanation.fr
    assert all(row["reached"] is not None for row in rows_of(mini, "pull_by_type", project="P18"))


@pytest.mark.parametrize("name", ["pull_by_type", "reach"])
def test_only_a_project_of_the_network(name: str, mini: Network) -> None:
    for wrong in ("P99", "UNI1", "a", "zzzz"):
        with pytest.raises(UnknownName, match=wrong):
            metrics.run(name, mini, {"project": wrong})
    with pytest.raises(UnknownName):
        metrics.run(name, Network.of([], []), {"project": "P18"})


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_steps_agree_with_networkx(size: int, pairs: list[tuple[int, int]]) -> None:
    dense = np.zeros((size, size))
    for one, other in pairs:
        if one < size and other < size:
            dense[one, other] = 1.0
    matrix = sparse.csr_array(dense)
    graph = nx.from_numpy_array(dense, create_using=nx.DiGraph)
    for source in range(size):
        wanted = nx.single_source_shortest_path_length(graph, source)
        assert steps_from(matrix, source).tolist() == [wanted.get(node, -1) for node in range(size)]


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from([0.0, 0.5]))
def test_reach_by_networkx(network: Network, kappa: float) -> None:
    found = influence(network, kappa=kappa)
    graph = nx.from_scipy_sparse_array(found.matrix, create_using=nx.DiGraph)
    kind = {at: network.by_id[name].group for at, name in enumerate(found.ids) if network.by_id[name].label == "Actor"}
    rows = rows_of(network, "reach", kappa=kappa)
    assert [row["id"] for row in rows] == [node.id for node in network.nodes_of("Project")]
    for row in rows:
        steps = nx.single_source_shortest_path_length(graph, found.ids.index(row["id"]))
        rings: dict[tuple[int, str], int] = {}
        for at, group in kind.items():
            if at in steps:
                rings[steps[at], group] = rings.get((steps[at], group), 0) + 1
        assert row["rings"] == rings
        assert sum(row["out_of_reach"].values()) == len([at for at in kind if at not in steps])
        if len(found.ids) > 1:
            assert row["harmonic"] == pytest.approx(sum(1 / far for far in steps.values() if far) / (len(found.ids) - 1))
        (alone,) = rows_of(network, "reach", kappa=kappa, project=row["id"])
        assert alone == row


@settings(max_examples=30, deadline=None)
@given(networks())
def test_first_rings_of_all_are_those_of_each(network: Network) -> None:
    found, groups = influence(network), by_kind.families(network)
    projects = by_kind.chosen_projects([network.by_id[name] for name in found.ids], None)
    near, far = first_rings(found.matrix, projects, groups.columns(len(found.ids)))
    for at, place in enumerate(projects.tolist()):
        steps = steps_from(found.matrix, place)
        for kind, members in enumerate(groups.members):
            assert near[at, kind] == (steps[members] == 1).sum()
            assert far[at, kind] == (steps[members] == 2).sum()


def test_reach_of_a_large_network_says_what_it_leaves_out(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {(v.id, tuple(v.dimension.items())): v.value for v in metrics.run("reach", mini).values}
    monkeypatch.setattr(reach, "EVERY", 3)
    result = metrics.run("reach", mini)
    for value in result.values:
        if "measure" in value.dimension:
            assert value.value is None
            assert "que pour un projet choisi" in value.explanation.fr
        else:
            assert value.value == small.get((value.id, tuple(value.dimension.items())), 0)
    rows = {row["id"]: row for row in result.details["rows"]}
    assert rows["P18"]["by_ring"] == {1: 1, 2: rows["P18"]["by_ring"][2]}
    assert rows["P18"]["harmonic"] is None
    alone = metrics.run("reach", mini, {"project": "P18"})
    assert alone.values[0].value == pytest.approx(small["P18", (("measure", "harmonic"),)])


def test_one_project_without_any_other_node() -> None:
    network = Network.of([Node("p", "Project", {"name": "P"})], [])
    assert len(metrics.run("pull_by_type", network, {"project": "p"}).values) == 0
    (value,) = metrics.run("reach", network, {"project": "p"}).values
    assert value.value is None


def test_rows_are_made_when_asked_for() -> None:
    made: list[int] = []

    def make(place: int) -> dict[str, int]:
        made.append(place)
        return {"n": place}

    rows = Rows(5, make)
    assert len(rows) == 5
    assert not made
    assert rows[-1] == {"n": 4}
    assert rows[1:3] == ({"n": 1}, {"n": 2})
    assert made == [4, 1, 2]
    assert [row["n"] for row in rows] == [0, 1, 2, 3, 4]
    with pytest.raises(IndexError):
        rows[5]


def test_effects_of_an_empty_matrix() -> None:
    assert total_effects(sparse.csr_array((0, 0))).shape == (0, 0)
