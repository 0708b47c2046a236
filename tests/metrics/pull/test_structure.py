"""E6b: what removal cuts off, against plain sets and networkx, on any small network."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.articulation import splits
from pacte_graph.metrics.pull.structure import INSTITUTIONS, exact, structural_loss
from pacte_graph.network import Link, Network, Node
from pacte_graph.network.views import adjacency, incidence

KINDS = ("university", "company", "state", None)


def network(ties: list[tuple[int, int]], projects: int, actors: int, applies: list[tuple[int, int]] | None = None) -> Network:
    nodes = [Node(f"p{n}", "Project", {"number": n, **({"budget": 10.0 * n} if n else {})}) for n in range(projects)]
    for n in range(actors):
        kind = KINDS[n % 4]
        nodes.append(Node(f"a{n}", "Actor", {"name": f"A{n}", **({"kind": kind} if kind else {})}))
    nodes += [Node(f"t{n}", "Territory", {"name": f"T{n}", "level": "commune"}) for n in range(2)]
    links = [Link("TAKES_PART_IN", f"a{a}", f"p{p}", role, {"role": role}) for a, p in ties for role in ("lead", "partner")]
    links += [Link("APPLIES_IN", f"p{p}", f"t{t}", "", {"status": "declined"}) for p, t in applies or []]
    return Network.of(nodes, links)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    projects, actors = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    ties = draw(st.sets(st.tuples(st.integers(0, actors - 1), st.integers(0, projects - 1)), max_size=14))
    applies = draw(st.sets(st.tuples(st.integers(0, projects - 1), st.integers(0, 1))))
    return network(sorted(ties), projects, actors, sorted(applies))


def graph_of(found: Network, gone: set[str] = frozenset()) -> nx.Graph:  # type: ignore[assignment]
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(node.id for node in found.nodes if node.label != "Territory" and node.id not in gone)
    graph.add_edges_from(
        (link.source, link.target) for link in found.links_of("TAKES_PART_IN") if not {link.source, link.target} & gone
    )
    return graph


def projects_of(graph: nx.Graph, actor: str) -> set[str]:
    return set(graph[actor]) if actor in graph else set()


def within_two(graph: nx.Graph, a: str, b: str) -> bool:
    return nx.has_path(graph, a, b) and nx.shortest_path_length(graph, a, b) <= 4


@settings(max_examples=40, deadline=None)
@given(networks(), st.data())
def test_against_plain_sets(found: Network, data: st.DataObject) -> None:
    everybody = [node.id for node in found.nodes if node.label != "Territory"]
    gone = data.draw(st.sets(st.sampled_from(everybody), min_size=1, max_size=3))
    lost = structural_loss(found, gone)
    before, after = graph_of(found), graph_of(found, gone)
    actors = [node.id for node in found.nodes_of("Actor") if node.id not in gone]
    assert set(lost.orphans) == {a for a in actors if projects_of(before, a) and not projects_of(after, a)}
    projects = [node.id for node in found.nodes_of("Project") if node.id not in gone]
    assert set(lost.deserted) == {p for p in projects if projects_of(before, p) and not projects_of(after, p)}
    assert lost.components_before == nx.number_connected_components(before)
    assert lost.components_after == nx.number_connected_components(after)
    kinds = {node.id: node.group for node in found.nodes}
    cut = [(a, b) for a, b in combinations(actors, 2)
           if projects_of(before, a) & projects_of(before, b) and not projects_of(after, a) & projects_of(after, b)]  # fmt: skip
    known = {(a, b) for a, b in cut if "unknown" not in {kinds[a], kinds[b]}}
    assert set(lost.ties) == {(a, b) for a, b in known if kinds[a] != kinds[b]}
    assert lost.ties_of_unknown_kind == len(cut) - len(known)
    institutions = [a for a in actors if kinds[a] in INSTITUTIONS]
    assert lost.institution_pairs is not None
    assert set(lost.institution_pairs) == {
        (a, b) for a, b in combinations(institutions, 2) if within_two(before, a, b) and not within_two(after, a, b)
    }
    assert structural_loss(found, gone, pairs=False).institution_pairs is None


@settings(max_examples=40, deadline=None)
@given(networks())
def test_all_at_once_is_one_by_one(found: Network) -> None:
    """The counts made for every project together are those of removing each; so are pieces and cuts (property 16)."""
    told, table = exact(found), incidence(found)
    places = {name: place for place, name in enumerate((*table.projects, *table.actors))}
    giant = set(max(sorted(nx.connected_components(graph_of(found)), key=lambda part: min(places[n] for n in part)), key=len))
    actors = np.array([0] * len(table.projects) + [1] * len(table.actors))
    parts = splits(adjacency(found), actors)
    articulations = set(nx.articulation_points(graph_of(found)))
    for place, name in enumerate((*table.projects, *table.actors)):
        lost = structural_loss(found, [name])
        assert lost.components_after == lost.components_before - 1 + parts.pieces[place]
        assert (name in articulations) == (lost.components_after > lost.components_before)
        assert len(lost.leaving) == (parts.cut[place] if name in giant else 0)
        if place < len(table.projects):
            assert told.orphans[place] == len(lost.orphans)
            assert told.ties[place] == len(lost.ties)
            assert told.ties_unknown[place] == lost.ties_of_unknown_kind
            assert told.uncovered[place] == len(lost.uncovered)


def test_a_bridge_by_hand() -> None:
    """a0, a1 – p1 – a2 – p2 – a3, a4: p1 orphans two; without a2 the network falls in two."""
    found = network([(0, 1), (1, 1), (2, 1), (2, 2), (3, 2), (4, 2)], 3, 5, [(1, 0), (2, 1), (1, 1)])
    lost = structural_loss(found, ["p1"])
    assert lost.orphans == ("a0", "a1")
    assert lost.leaving == ("a0", "a1")
    assert (lost.components_before, lost.components_after) == (2, 4)
    assert lost.uncovered == ("t0",)
    assert lost.amount == 10
    assert (lost.regional, lost.regional_unknown) == (None, 1)
    assert lost.institution_pairs == (("a0", "a2"), ("a0", "a4"))  # a1 is a company, a3's kind is unknown
    assert lost.ties == (("a0", "a1"), ("a0", "a2"), ("a1", "a2"))
    actor = structural_loss(found, ["a2"])
    assert (actor.orphans, actor.components_after) == ((), 3)
    assert actor.leaving == ("a3", "a4")  # two pieces alike: that of the first project stays
    assert structural_loss(found, ["p0"]).amount is None
    assert structural_loss(found, ["p1", "p2"]).orphans == ("a0", "a1", "a2", "a3", "a4")


def test_degenerate() -> None:
    empty = Network.of([], [])
    assert structural_loss(empty, []).components_after == 0
    assert len(exact(empty).orphans) == 0
    isolates = network([], 2, 2)
    lost = structural_loss(isolates, ["p0"])
    assert (lost.components_before, lost.components_after, lost.orphans, lost.leaving) == (4, 3, (), ())
    with pytest.raises(UnknownName, match="nobody"):
        structural_loss(isolates, ["nobody"])
