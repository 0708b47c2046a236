"""Collaborative character and institutional dialogue: the mini scheme, brute force, degenerate networks."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.metrics import MetricResult
from pacte_graph.metrics.scheme.dialogue import dialogue
from pacte_graph.metrics.scheme.mixture import HELIX, blau, blau_bounds, diversity, other_projects
from pacte_graph.network import Link, Network, Node
from pacte_graph.schema.choices import ACTOR_KINDS

KINDS = {"CODEV": "development_council", "CCI": "chamber", "ETAT": "state", "POLE": "competitiveness_cluster", "CLUS": "cluster"}
KINDS |= {
    "TM": "local_authority",
    "REG": "local_authority",
    "AGGLO": "local_authority",
    "UNI1": "university",
    "UNI2": "university",
}


def listed(mini: Network) -> Network:
    """Return the mini scheme with the kinds of the schema instead of its own."""
    nodes = [
        replace(node, properties={**node.properties, "kind": KINDS.get(node.id, "company")}) if node.label == "Actor" else node
        for node in mini.nodes
    ]
    return Network.of(nodes, mini.links, scope=mini.scope, programme=mini.programme)


def told(result: MetricResult, node: str | None) -> dict[str, Any]:
    return {str(v.dimension["measure"]): v for v in result.values if v.id == node}


def joined(kinds: dict[str, str], partners: dict[str, str], roles: dict[tuple[str, str], str | None] | None = None) -> Network:
    """Return actors of kinds and projects with the letters of their partners."""
    nodes = [Node(a, "Actor", {"name": a, **({"kind": kind} if kind else {})}) for a, kind in kinds.items()]
    nodes += [Node(p, "Project", {"name": p}) for p in partners]
    links = []
    for project, actors in partners.items():
        for actor in actors:
            role = (roles or {}).get((actor, project), "partner")
            links.append(Link("TAKES_PART_IN", actor, project, "", {"role": role} if role else {}))
    return Network.of(nodes, links, programme={"name": "N"})


def test_mini_collaboration(mini: Network, expected: dict[str, Any]) -> None:
    result = metrics.run("collaboration", mini)
    for project, wanted in expected["collaboration"].items():
        found = told(result, project)
        for measure, number in wanted.items():
            assert found[measure].value == (None if number is None else pytest.approx(number, abs=1e-9)), (project, measure)
    assert told(result, "P02")["blau"].value == 0.625  # in R, apart from this code
    assert told(result, "P05")["lead_share"].value == pytest.approx(0.6)


def test_mini_worlds_scales_and_prior_ties(mini: Network) -> None:
    result = metrics.run("collaboration", listed(mini))
    assert told(result, "P02")["helix"].value == 3
    assert told(result, "P05")["helix"].value == 4
    assert told(result, "P16")["helix"].value == 2
    assert told(result, "P03")["scales"].value == 3  # TM, AGGLO and REG represent three scales
    assert told(result, "P16")["scales"].value is None
    assert told(result, "P17")["prior_ties"].value is None
    # P11 joins TM and CCI, who share P10 and P13 besides
    assert told(result, "P11")["prior_ties"].value == 2
    assert told(result, "P02")["blau_normalised"].value == pytest.approx(0.625 / (1 - 1 / 11))
    assert "0 : alliance nouvelle" in told(result, "P11")["prior_ties"].explanation.fr


def test_every_kind_of_the_schema_has_a_world() -> None:
    assert set(HELIX) == {choice.value for choice in ACTOR_KINDS}
    assert len(set(HELIX.values())) == 4


def test_partners_of_unknown_kind_give_bounds() -> None:
    network = joined({"a": "company", "b": "", "c": "university", "d": ""}, {"p": "abc", "q": "bd"})
    result = metrics.run("collaboration", network)
    found = told(result, "p")
    assert (found["types"].low, found["types"].value, found["types"].high) == (2, 2, 3)
    assert (found["blau"].low, found["blau"].value, found["blau"].high) == pytest.approx((4 / 9, 0.5, 2 / 3))
    assert (found["helix"].low, found["helix"].value, found["helix"].high) == (2, 2, 3)
    assert "1 partenaire de famille inconnue" in found["blau"].explanation.fr
    blank = told(result, "q")
    assert (blank["types"].value, blank["types"].low, blank["types"].high) == (None, 1, 2)
    assert blank["blau"].value is None
    assert result.unknown["partners_of_unknown_kind"] == 3


def test_degenerate_projects() -> None:
    found = told(metrics.run("collaboration", joined({"a": "company"}, {"p": "a", "q": ""})), "p")
    assert (found["blau"].value, found["effective_types"].value, found["partners"].value) == (0, 1, 1)
    empty = told(metrics.run("collaboration", joined({"a": "company"}, {"p": "a", "q": ""})), "q")
    assert (empty["partners"].value, empty["types"].value, empty["blau"].value, empty["helix"].value) == (0, 0, None, 0)


def test_parallel_roles_count_once() -> None:
    links = [Link("TAKES_PART_IN", "a", "p", role, {"role": role, "amount": 10.0}) for role in ("lead", "associate")]
    network = Network.of([Node("p", "Project", {"name": "P"}), Node("a", "Actor", {"name": "A"})], links, programme={"name": "N"})
    found = told(metrics.run("collaboration", network), "p")
    assert (found["partners"].value, found["lead_share"].value) == (1, 1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3), st.integers(0, 3))
def test_blau_bounds_by_brute_force(counts: list[int], unknown: int) -> None:
    types = 4
    low, high = blau_bounds(counts, unknown, types)
    tried = []
    for choice in product(range(types), repeat=unknown):
        full = [*counts, *([0] * (types - len(counts)))]
        for kind in choice:
            full[kind] += 1
        tried.append(blau(full))
    if sum(counts) + unknown == 0:
        assert (low, high) == (None, None)
        return
    known = [value for value in tried if value is not None]
    assert (low, high) == (pytest.approx(min(known)), pytest.approx(max(known)))


MATRICES = st.lists(st.lists(st.integers(0, 1), min_size=5, max_size=5), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(MATRICES)
def test_prior_ties_by_brute_force(rows: list[list[int]]) -> None:
    table = np.array(rows)
    found = other_projects(sparse.csr_array(table.astype(float)))
    for project, row in enumerate(table):
        members = np.flatnonzero(row)
        shared = [int((table[:, a] * table[:, b]).sum()) - 1 for a, b in combinations(members, 2)]
        assert found[project] == (pytest.approx(np.mean(shared)) if shared else pytest.approx(np.nan, nan_ok=True))


def test_effective_types_are_the_number_of_equal_types() -> None:
    types, diverse, effective = diversity(np.array([[2, 2, 2, 2], [5, 0, 0, 0], [0, 0, 0, 0]]))
    assert effective[:2] == pytest.approx([4, 1])
    assert diverse[:2] == pytest.approx([0.75, 0])
    assert np.isnan([types[2], diverse[2]]).all()


# dialogue


def test_mini_dialogue(mini: Network) -> None:
    result = metrics.run("dialogue", listed(mini))
    whole = told(result, None)
    # institutions TM, REG, ETAT, AGGLO: only ETAT (P05) and AGGLO (P03) never meet, and both work with TM
    assert (whole["density"].value, whole["within_two"].value) == (pytest.approx(5 / 6), 1)
    assert whole["steered"].value == 4  # P02, P03, P05, P10: TM leads, REG funds
    assert "5 sur 6 couples" in whole["density"].explanation.fr
    assert [row["id"] for row in result.details["steered"]] == ["P02", "P03", "P05", "P10"]
    rows = {row["id"]: (row["institutions"], row["others"]) for row in result.details["rows"]}
    assert rows["AGGLO"] == (2, 1)
    assert next(row["ei"] for row in result.details["rows"] if row["id"] == "AGGLO") == pytest.approx((1 - 2) / 3)
    assert result.details["matrix"].sum() == 4 + 1 + 1 + 1 + 1  # TM–REG on four projects, four pairs on one
    assert told(metrics.run("dialogue", listed(mini), {"kinds": "authorities"}), None)["density"].value == 1


def test_an_unknown_role_raises_the_upper_bound() -> None:
    kinds = {"a": "local_authority", "b": "state"}
    network = joined(kinds, {"p": "ab", "q": "ab"}, {("a", "p"): "lead", ("b", "p"): None, ("a", "q"): "lead"})
    found = told(metrics.run("dialogue", network), None)["steered"]
    assert (found.value, found.low, found.high) == (0, 0, 1)


@pytest.mark.parametrize("kinds", [{}, {"a": "state"}, {"a": "company", "b": "company"}])
def test_dialogue_takes_two(kinds: dict[str, str]) -> None:
    whole = told(metrics.run("dialogue", joined(kinds, {"p": "".join(kinds)})), None)
    assert [found.value for found in whole.values()] == [None, None, None]
    assert "il en faut deux" in whole["density"].explanation.fr


def test_isolated_institutions_are_listed() -> None:
    result = metrics.run("dialogue", joined({"a": "state", "b": "state"}, {"p": "a"}))
    assert told(result, "b")["institutions"].value == 0
    assert told(result, None)["density"].value == 0
    assert result.details["rows"][0]["others"] == 0


@settings(max_examples=40, deadline=None)
@given(MATRICES, st.sets(st.integers(0, 4)))
def test_pairs_within_two_steps_agree_with_networkx(rows: list[list[int]], chosen: set[int]) -> None:
    table = np.array(rows)
    found = dialogue(sparse.csr_array(table.astype(float)), np.array(sorted(chosen), dtype=int))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(5))
    graph.add_edges_from((a, b) for row in table for a, b in combinations(np.flatnonzero(row).tolist(), 2))
    pairs = list(combinations(sorted(chosen), 2))
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    assert found.pairs == len(pairs)
    assert found.tied == sum(graph.has_edge(a, b) for a, b in pairs)
    assert found.near == sum(lengths[a].get(b, 9) <= 2 for a, b in pairs)
