"""E13: greedy, exact and enumerated portfolios against brute force; the joint loss against real removal."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.pull import portfolio, selection
from pacte_graph.metrics.pull.effects import total_effects
from pacte_graph.metrics.pull.influence import influence, normalised
from pacte_graph.metrics.pull.selection import best_cover, best_loss, greedy_cover, joint_loss
from pacte_graph.network import Link, Network, Node

# The classical case where greedy is not best: it takes the middle four first, then needs two more
TRAP = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 0]]


def table(rows: list[list[int]]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, dtype=float))


def brute(rows: list[list[int]], count: int) -> int:
    matrix = np.array(rows, dtype=bool)
    return max(int(matrix[list(chosen)].any(axis=0).sum()) for chosen in combinations(range(len(rows)), min(count, len(rows))))


def test_greedy_falls_in_the_trap_and_the_program_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert greedy_cover(table(TRAP), 2) == (2, 0)
    found = best_cover(table(TRAP), 2)
    assert found.places == (0, 1)
    assert found.reached == (3, 6)
    assert found.exact
    monkeypatch.setattr(selection, "EXACT", 2)
    rough = best_cover(table(TRAP), 2)
    assert (rough.places, rough.reached, rough.exact, rough.bound) == ((2, 0), (4, 5), False, 6)
    monkeypatch.setattr(selection, "EXACT", 500)
    monkeypatch.setattr(selection, "PAIRS", 9)
    assert best_cover(table(TRAP), 2) == rough


def test_a_program_cut_short_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "_program", lambda cover, count: (None, np.inf, False))
    found = best_cover(table(TRAP), 2)
    assert (found.places, found.exact, found.bound) == ((2, 0), False, 6)


def test_shares_below_one_in_a_hundred_are_not_nil() -> None:
    nodes = [Node("p", "Project", {"name": "P"}), *(Node(f"a{n:03}", "Actor", {"name": str(n)}) for n in range(300))]
    network = Network.of(nodes, [Link("TAKES_PART_IN", "a000", "p", "", {})], programme={"name": "N"})
    told = metrics.run("portfolio", network).values[0].explanation
    assert "toucher moins de 1\u00a0% du total, soit 1 acteur sur 300" in told.fr
    assert "less than 1%" in told.en


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 1), min_size=7, max_size=7), min_size=1, max_size=7),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_coverage_is_the_brute_force_optimum(rows: list[list[int]], count: int, chance: random.Random) -> None:
    wanted, found = brute(rows, count), best_cover(table(rows), count)
    assert (found.reached[-1] if found.reached else 0) == wanted
    assert found.exact
    assert found.bound == wanted
    assert len(set(found.places)) == len(found.places) <= count
    greedy = greedy_cover(table(rows), count)
    reached = int(np.array(rows, dtype=bool)[list(greedy)].any(axis=0).sum()) if greedy else 0
    assert reached >= (1 - 1 / np.e) * wanted - 1e-9
    order = list(range(len(rows)))
    chance.shuffle(order)
    again = best_cover(table([rows[at] for at in order]), count)
    assert again.bound == found.bound


def test_bound_holds_where_greedy_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "EXACT", 0)
    chance = np.random.default_rng(7)
    for _ in range(30):
        rows = (chance.random((6, 12)) < 0.3).astype(int).tolist()
        found = best_cover(table(rows), 3)
        assert found.bound >= brute(rows, 3) >= (found.reached[-1] if found.reached else 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0]), min_size=5, max_size=5), min_size=5, max_size=5), st.integers(1, 3)
)
def test_joint_loss_is_what_removal_loses(rows: list[list[float]], count: int) -> None:
    matrix = np.array(rows)
    np.fill_diagonal(matrix, 0)
    coefficients = normalised(sparse.csr_array(matrix), "symmetric", 0.6).toarray()
    effects = total_effects(sparse.csr_array(coefficients))
    removed = {}
    for chosen in combinations(range(5), count):
        left = [at for at in range(5) if at not in chosen]
        removed[chosen] = float(effects.sum() - total_effects(sparse.csr_array(coefficients[np.ix_(left, left)])).sum())
        assert joint_loss(effects, chosen) == pytest.approx(removed[chosen], abs=1e-9)
    found = best_loss(effects, tuple(range(5)), count)
    assert found.exact
    assert found.reached[-1] == pytest.approx(max(removed.values()), abs=1e-8)
    assert joint_loss(effects, ()) == 0


def test_greedy_loss_is_labelled_and_adds_up(monkeypatch: pytest.MonkeyPatch, mini: Network) -> None:
    exact = metrics.run("portfolio", mini, {"objective": "loss", "k": 4})
    monkeypatch.setattr(selection, "SUBSETS", 0)
    rough = metrics.run("portfolio", mini, {"objective": "loss", "k": 4})
    assert exact.details["exact"]
    assert not rough.details["exact"]
    assert "sans garantie" in rough.values[0].explanation.fr
    assert exact.values[0].value >= rough.values[0].value - 1e-9
    found = influence(mini)
    effects = total_effects(normalised(found.matrix, "symmetric", 0.5))
    chosen = tuple(found.ids.index(value.id) for value in rough.values[1:])
    assert rough.values[0].value == pytest.approx(joint_loss(effects, chosen), abs=1e-8)
    assert sum(value.value for value in rough.values[1:]) == pytest.approx(rough.values[0].value)


def test_portfolio_of_the_mini_scheme(mini: Network) -> None:
    result = metrics.run("portfolio", mini)
    assert result.values[0].value == 13  # all but the isolate
    assert "Ces 5 projets suffisent à toucher 93\u00a0% du total" in result.values[0].explanation.fr
    assert "13 acteurs sur 14" in result.values[0].explanation.fr
    assert [row["reached"] for row in result.details["rows"]] == [6, 9, 11, 12, 13]
    assert [value.rank for value in result.values[1:]] == [1, 2, 3, 4, 5]
    types = metrics.run("portfolio", mini, {"objective": "types", "k": 2})
    assert types.values[0].value == 6
    assert types.details["whole"] == 6
    one = metrics.run("portfolio", mini, {"k": 1})
    assert "Ce projet suffit" in one.values[0].explanation.fr


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_rings_are_those_of_networkx(mini: Network, steps: int) -> None:
    projects, actors, cover = portfolio.within(mini, steps, 0.5)
    found = influence(mini)
    graph = nx.from_scipy_sparse_array(found.matrix, create_using=nx.DiGraph)
    for row, project in enumerate(projects):
        near = nx.single_source_shortest_path_length(graph, found.ids.index(project), cutoff=steps)
        wanted = {found.ids[at] for at in near} & set(actors)
        assert {actors[column] for column in cover.indices[cover.indptr[row] : cover.indptr[row + 1]]} == wanted


def test_rings_too_large_are_refused(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "STEPS", 10)
    with pytest.raises(MetricUndefined, match="too large"):
        metrics.run("portfolio", mini, {"d": 2})
    monkeypatch.setattr(portfolio, "DENSE", 3)
    with pytest.raises(MetricUndefined, match="the limit is 3"):
        metrics.run("portfolio", mini, {"objective": "loss"})


@pytest.mark.parametrize("aim", ["actors", "types", "loss"])
def test_nothing_to_choose_is_said(aim: str) -> None:
    lonely = Network.of([Node("a", "Actor", {"name": "A"})], [], programme={"name": "N"})
    result = metrics.run("portfolio", lonely, {"objective": aim})
    assert [value.value for value in result.values] == [None]
    assert "non défini" in result.values[0].explanation.fr


def test_unknown_kinds_are_no_kind_and_ties_go_by_id() -> None:
    nodes = [Node(name, "Project", {"name": name}) for name in ("p1", "p2")]
    nodes += [Node("a1", "Actor", {"name": "A1"}), Node("a2", "Actor", {"name": "A2", "kind": "company"})]
    links = [Link("TAKES_PART_IN", "a1", "p1", "", {}), Link("TAKES_PART_IN", "a2", "p2", "", {})]
    network = Network.of(nodes, links, programme={"name": "N"})
    types = metrics.run("portfolio", network, {"objective": "types"})
    assert types.values[0].value == 1
    assert types.unknown == {"actors_of_unknown_kind": 1}
    assert [value.id for value in metrics.run("portfolio", network, {"k": 1}).values] == [None, "p1"]
    only = metrics.run("portfolio", Network.of([nodes[0]], [], programme={"name": "N"}), {"objective": "loss"})
    assert only.values[0].value == 1  # its own impulse, and nobody else's
