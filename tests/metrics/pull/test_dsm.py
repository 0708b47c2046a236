"""E11: the published six-element example, loops, order, bounds; a second opinion by networkx."""

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
from pacte_graph.metrics.pull import dsm
from pacte_graph.metrics.pull.dsm import visibility
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

# MacCormack, Rusnak & Baldwin 2006: printed propagation cost 42 % (15 of 36)
SIX = [[0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]]


def test_published_example() -> None:
    found = visibility(sparse.csr_array(np.array(SIX)))
    assert found.cost == pytest.approx(15 / 36)
    assert found.fan_out.tolist() == [6, 2, 3, 1, 2, 1]
    assert found.fan_in.tolist() == [1, 2, 2, 3, 3, 4]
    assert found.blocks == ()
    assert found.order == (0, 1, 2, 3, 4, 5)


def test_reference_file() -> None:
    told = load("dsm_oracle.json")
    found = visibility(sparse.csr_array(np.array(told["A"])))
    assert found.cost == pytest.approx(told["propagation_cost"], abs=1e-12)
    assert found.fan_out / 6 == pytest.approx(list(told["fan_out"].values()), abs=1e-12)
    assert found.fan_in / 6 == pytest.approx(list(told["fan_in"].values()), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 11).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=n, max_size=n), min_size=n, max_size=n)
    ),
    st.randoms(use_true_random=False),
)
def test_agrees_with_networkx_and_ignores_labels(rows: list[list[int]], chance: random.Random) -> None:
    matrix, size = np.array(rows), len(rows)
    found = visibility(sparse.csr_array(matrix))
    graph = nx.from_numpy_array(matrix, create_using=nx.DiGraph)
    closed = nx.transitive_closure(graph, reflexive=True)
    assert found.fan_out.tolist() == [closed.out_degree(at) for at in range(size)]
    assert found.fan_in.tolist() == [closed.in_degree(at) for at in range(size)]
    assert found.cost == pytest.approx(closed.number_of_edges() / size**2)
    assert set(found.blocks) == {tuple(sorted(part)) for part in nx.strongly_connected_components(graph) if len(part) > 1}
    assert sorted(found.order) == list(range(size))
    at = {place: rank for rank, place in enumerate(found.order)}
    block = {place: number for number, part in enumerate(found.blocks) for place in part}
    assert all(at[a] < at[b] for a, b in graph.edges if a != b and block.get(a, -1) != block.get(b, -2))
    for part in found.blocks:
        places = sorted(at[place] for place in part)
        assert places == list(range(places[0], places[0] + len(part)))
    order = list(range(size))
    chance.shuffle(order)
    again = visibility(sparse.csr_array(matrix[np.ix_(order, order)]))
    assert again.fan_out.tolist() == found.fan_out[order].tolist()


def test_empty_single_and_self() -> None:
    assert visibility(sparse.csr_array((0, 0))).cost is None
    one = visibility(sparse.csr_array(np.array([[1]])))
    assert (one.cost, one.blocks, one.order) == (1.0, (), (0,))
    assert visibility(sparse.csr_array((4, 4))).cost == pytest.approx(1 / 4)


def network(*links: tuple[str, str, dict[str, Any]], count: int = 4) -> Network:
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}"}) for n in range(1, count + 1)]
    return Network.of(nodes, [Link("LINKED_TO", a, b, "", properties) for a, b, properties in links], programme={"name": "N"})


def test_a_link_without_direction_bounds_the_cost() -> None:
    result = metrics.run("dependency_structure", network(("p1", "p2", {"sense": "pulls"}), ("p2", "p3", {})))
    told = {(value.id, value.dimension["measure"]): value for value in result.values}
    cost = told[None, "propagation_cost"]
    assert (cost.low, cost.value, cost.high) == pytest.approx((5 / 16, 8 / 16, 8 / 16))
    assert (told["p1", "fan_out"].low, told["p1", "fan_out"].value) == (0.5, 0.75)
    assert result.details["blocks"] == [["p2", "p3"]]
    assert [row["block"] for row in result.details["rows"]] == [None, 1, 1, None]
    assert "« P2 » et « P3 » forment une boucle" in cost.explanation.fr
    assert "50\u00a0%" in cost.explanation.fr
    assert told[None, "block"].value == 2
    assert result.unknown["links_without_direction"] == 1


def test_no_link_and_too_many_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    none = metrics.run("dependency_structure", network())
    assert all(value.value is None for value in none.values)
    assert "aucun lien entre projets" in none.values[0].explanation.fr
    monkeypatch.setattr(dsm, "LARGEST", 1)
    large = metrics.run("dependency_structure", network(("p1", "p2", {"sense": "pulls"})))
    assert all(value.value is None for value in large.values)
    assert "trop pour la matrice" in large.values[-1].explanation.fr


def test_without_loop_the_order_is_enough() -> None:
    result = metrics.run("dependency_structure", network(("p3", "p1", {"sense": "pulls"}), ("p1", "p2", {"sense": "pulls"})))
    assert [row["id"] for row in result.details["rows"]] == ["p3", "p1", "p2", "p4"]
    told = {(value.id, value.dimension["measure"]): value for value in result.values}
    assert "aucune boucle" in told[None, "propagation_cost"].explanation.fr
    assert "touche 2 autres projets sur 3" in told["p3", "fan_out"].explanation.fr
    assert "d'aucun autre projet" in told["p3", "fan_in"].explanation.fr
