"""E10: powers against exact integer powers, and a message for each case the classical tool is silent about."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.metrics.pull.powers import kept, power_sums, ranking, structure
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

# exact integer powers in R; the Perron limit of M6 puts the third first although powers 5 and 6 agree on the first
M6 = [[0, 3, 2, 0, 1, 0], [1, 0, 0, 2, 0, 0], [0, 2, 0, 1, 3, 0], [2, 0, 1, 0, 0, 1], [0, 1, 0, 3, 0, 2], [0, 0, 1, 0, 2, 0]]
RIGHT = [0.205474127998668, 0.115163194695843, 0.206466118258742, 0.161769048308195, 0.185441588537956, 0.125685922200597]
LEFT = [0.140754440306418, 0.190506543903136, 0.13841396694362, 0.228030654771973, 0.176017245454212, 0.126277148617641]
FIFTH = [2620, 1384, 2585, 2003, 2255, 1595]
PERIOD2 = [[0, 1, 1], [1, 0, 0], [1, 0, 0]]
DAG = [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]
CYCLE3 = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


def square(rows: list[list[int]]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, dtype=float))


@pytest.mark.parametrize("name", ["M3", "M6", "DAG", "CYCLE3", "PERIOD2"])
def test_powers_are_exact(name: str) -> None:
    told = load("micmac_oracle.json")[name]
    found = power_sums(square(told["M"]))
    for step in told["powers"]:
        rows = next(found, None)
        if not any(step["motricite"]):
            assert rows is None
            break
        assert rows is not None
        for sums, axis in zip(rows, ("motricite", "dependance"), strict=True):
            wanted = np.array(step[axis], dtype=float)
            assert sums == pytest.approx(wanted / wanted.mean(), abs=1e-12)
            assert ranking(sums).tolist() == step[f"rank_{axis}"]


@pytest.mark.parametrize("name", ["M3", "M6"])
def test_limit_is_the_pair_of_perron_vectors(name: str) -> None:
    told = load("micmac_oracle.json")[name]
    found, size = structure(square(told["M"])), len(told["M"])
    assert found.drive == pytest.approx(size * np.array(told["limit"]["right"]), abs=1e-8)
    assert found.dependence == pytest.approx(size * np.array(told["limit"]["left"]), abs=1e-8)


def test_two_equal_rankings_are_not_the_end() -> None:
    found = structure(square(M6))
    assert found.status == "converged"
    assert found.drive == pytest.approx(6 * np.array(RIGHT), abs=1e-8)
    assert found.dependence == pytest.approx(6 * np.array(LEFT), abs=1e-8)
    assert ranking(found.drive).tolist() == [2, 6, 1, 4, 3, 5]
    fifth = next(islice(power_sums(square(M6)), 4, None))[0]
    assert fifth == pytest.approx(np.array(FIFTH) / np.mean(FIFTH), abs=1e-12)
    assert ranking(fifth).tolist() == [1, 6, 2, 4, 3, 5]
    assert (found.classical_stop, found.false_stop) == (6, True)
    assert found.steps > 20
    assert found.close == 1  # first and third, 0.5 % apart for drive; 1.7 % apart for dependence
    assert [power for power, _, _ in found.stability[:3]] == [2, 3, 4]
    assert {power: drive for power, drive, _ in found.stability}[6] == 1
    assert {power: drive for power, drive, _ in found.stability}[7] == pytest.approx(14 / 15)  # one pair of 15 swapped


def test_no_loop_says_so() -> None:
    found = structure(square(DAG))
    assert (found.status, found.longest, found.drive) == ("nilpotent", 2, None)
    assert structure(square(DAG), memory=True).status == "nilpotent"
    assert found.direct_drive.tolist() == [2, 1, 1, 0]
    assert found.direct_dependence.tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize(("rows", "period"), [(PERIOD2, 2), (CYCLE3, 3)])
def test_periodic_matrices_are_refused_unless_the_direct_is_kept(rows: list[list[int]], period: int) -> None:
    found = structure(square(rows))
    assert (found.status, found.period, found.drive) == ("periodic", period, None)
    kept_ = structure(square(rows), memory=True)
    assert kept_.status == "converged"
    assert kept_.drive is not None
    matrix = square(rows).toarray()
    values, vectors = np.linalg.eig(matrix)
    perron = np.abs(vectors[:, np.argmax(values.real)])
    assert kept_.drive == pytest.approx(len(rows) * perron / perron.sum(), abs=1e-7)


def test_project_and_actor_influence_is_bipartite_and_refused(mini: Network) -> None:
    pairs = [(link.target, link.source) for link in mini.links_of("TAKES_PART_IN")]
    graph: nx.DiGraph[str] = nx.DiGraph([*pairs, *(pair[::-1] for pair in pairs)])
    assert structure(sparse.csr_array(nx.to_scipy_sparse_array(graph))).period == 2


def test_the_strongest_loop_takes_all() -> None:
    """Two parts: a pair at 3 and a pair at 1; the weaker is left at zero, and said so."""
    matrix = np.zeros((5, 5))
    matrix[0, 1] = matrix[1, 0] = matrix[0, 0] = 3
    matrix[2, 3] = matrix[3, 2] = 1
    found = structure(sparse.csr_array(matrix), memory=True)
    assert found.dominant == (0, 1)
    assert found.outside == 2
    assert found.drive == pytest.approx([2.5, 2.5, 0, 0, 0], abs=1e-8)


def test_equal_loops_in_a_row_never_settle() -> None:
    """A loop that feeds another of the same strength grows like k: no limit in a thousand powers, so no number."""
    matrix = square([[0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    found = structure(matrix, memory=True)
    assert (found.status, found.drive) == ("not_converged", None)


def test_large_intensities_do_not_overflow() -> None:
    found = structure(sparse.csr_array(np.array(M6) * 1e200))
    assert found.drive == pytest.approx(6 * np.array(RIGHT), abs=1e-8)


def test_kept_pairs() -> None:
    assert kept(np.array([1, 2, 3]), np.array([1, 2, 3])) == 1
    assert kept(np.array([1, 2, 3]), np.array([3, 2, 1])) == 0
    assert kept(np.array([1, 2, 3]), np.array([1, 3, 2])) == pytest.approx(2 / 3)  # τ = 1/3
    assert kept(np.array([1, 1]), np.array([1, 1])) == 1
    assert kept(np.array([1, 1]), np.array([1, 2])) == 0.5
    assert kept(np.array([1]), np.array([1])) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=5, max_size=5),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_any_matrix_settles_on_an_eigenvector_or_says_why(rows: list[list[int]], memory: bool, chance: random.Random) -> None:
    matrix = np.array(rows, dtype=float)
    np.fill_diagonal(matrix, 0)
    found = structure(sparse.csr_array(matrix), memory=memory)
    order = list(range(5))
    chance.shuffle(order)
    again = structure(sparse.csr_array(matrix[order][:, order]), memory=memory)
    assert (again.status, again.period, again.longest) == (found.status, found.period, found.longest)
    if found.drive is None:
        assert found.status in {"no_link", "nilpotent", "periodic", "not_converged"}
        return
    assert found.dependence is not None
    assert again.drive == pytest.approx(found.drive[order], abs=1e-6)
    for side, sums in ((matrix, found.drive), (matrix.T, found.dependence)):
        image = (side + memory * np.eye(5)) @ sums
        assert image / image.mean() == pytest.approx(sums, abs=1e-6)
        assert sums.mean() == pytest.approx(1)


def projects(*links: tuple[str, str, dict[str, Any]], count: int = 4) -> Network:
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}"}) for n in range(1, count + 1)]
    return Network.of(nodes, [Link("LINKED_TO", a, b, "", properties) for a, b, properties in links], programme={"name": "N"})


def test_a_leader_outside_the_loops_loses_its_place() -> None:
    """The direct leader feeds dead ends; the loop's members overtake it once the rebounds are counted."""
    pull = {"sense": "pulls", "intensity": 1}
    links = [("p1", f"p{n}", pull) for n in (5, 6, 7)]
    links += [("p2", "p3", {"sense": "pulls", "intensity": 2}), ("p3", "p4", pull), ("p4", "p2", pull), ("p3", "p2", pull)]
    result = metrics.run("micmac", projects(*links, count=8))
    rows = {row["id"]: row for row in result.details["rows"]}
    assert set(rows) == {f"p{n}" for n in range(1, 8)}  # the eighth has no link
    assert rows["p1"]["rank_direct_drive"] == 1
    assert rows["p1"]["indirect_drive"] == pytest.approx(0, abs=1e-8)
    assert rows["p4"]["rank_direct_drive"] == 4
    assert rows["p4"]["rank_indirect_drive"] == 3
    assert {"rank_total_drive", "total_dependence", "quadrant", "displacement", "hidden"} <= rows["p4"].keys()
    told = {(value.id, value.dimension.get("axis"), value.dimension.get("order")): value for value in result.values}
    assert told["p1", "drive", "direct"].value == 3
    assert "sa motricité indirecte est nulle" in told["p1", "drive", "indirect"].explanation.fr
    assert "n'a aucun lien déclaré" in told["p8", "drive", "indirect"].explanation.fr
    assert "décide seule" in told[None, None, None].explanation.fr


def test_hidden_driver_is_said() -> None:
    """The second pulls little by itself, but all of it goes to the loop's other half, which pulls the most."""
    links = [
        ("p1", "p3", 3),
        ("p3", "p5", 3),
        ("p5", "p6", 2),
        ("p4", "p1", 2),
        ("p4", "p5", 2),
        ("p4", "p2", 1),
        ("p2", "p4", 1),
    ]
    moved = metrics.run(
        "micmac", projects(*((a, b, {"sense": "pulls", "intensity": n}) for a, b, n in links), count=6), {"memory": True}
    )
    rows = {row["id"]: row for row in moved.details["rows"]}
    assert [name for name, row in rows.items() if row["hidden"]] == ["p2"]
    assert (rows["p2"]["rank_direct_drive"], rows["p2"]["rank_indirect_drive"], rows["p2"]["displacement"]) == (5, 1, 4)
    assert (rows["p6"]["rank_direct_drive"], rows["p6"]["rank_indirect_drive"]) == (6, 3)  # climbs among ties at nil: not hidden
    said = {
        value.id: value.explanation.fr
        for value in moved.values
        if value.dimension.get("axis") == "drive" and value.dimension["order"] == "indirect"
    }
    assert "passe de la 5e à la 1re place en motricité : c'est un moteur caché du schéma" in said["p2"]
    assert "sa motricité indirecte est nulle" in said["p6"]


def test_reasons_are_said_in_the_values() -> None:
    mutual = projects(("p1", "p2", {"sense": "mutual"}), ("p2", "p3", {}))
    result = metrics.run("micmac", mutual)
    told = {(value.id, value.dimension.get("axis"), value.dimension.get("order")): value for value in result.values}
    assert told["p1", "drive", "indirect"].value is None
    assert "alternerait sans fin" in told["p1", "drive", "indirect"].explanation.fr
    direct = told["p2", "drive", "direct"]
    assert (direct.low, direct.value, direct.high) == (1, 1.5, 6)  # unknown: one direction, two intensities (1 to 3)
    assert result.unknown == {"links_without_direction": 1, "links_without_intensity": 2}
    assert metrics.run("micmac", mutual, {"memory": True}).values[-1].value > 2
    line = metrics.run("micmac", projects(("p1", "p2", {"sense": "pulls"}), ("p2", "p3", {"sense": "pulls"})))
    assert "s'arrêtent après 2 pas" in line.values[-1].explanation.fr
    none = metrics.run("micmac", projects(("p1", "p1", {"sense": "pulls"})))
    assert all(value.value is None for value in none.values)
    assert "aucun lien entre projets n'est déclaré" in none.values[0].explanation.fr


def test_dependence_is_reversed_and_repeats_are_merged() -> None:
    nodes = [Node(name, "Project", {"name": name}) for name in ("p1", "p2")]
    links = [
        Link("LINKED_TO", "p1", "p2", "a", {"sense": "depends_on", "intensity": 2}),
        Link("LINKED_TO", "p2", "p1", "b", {"sense": "pulls", "intensity": 3}),
    ]
    told = {
        (value.id, value.dimension.get("axis"), value.dimension.get("order")): value.value
        for value in metrics.run("micmac", Network.of(nodes, links)).values
    }
    assert told["p2", "drive", "direct"] == 3
    assert told["p1", "drive", "direct"] == 0
    assert told["p1", "dependence", "direct"] == 3
