"""E10b: the formula on its reference matrix, and what holes and foreign links do."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.errors import UsageError
from pacte_graph.metrics.pull.mactor import mactor
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

# Godet's formula computed apart (no published table): direct influences, then M, D and r*
MID = [[0, 2, 1, 0, 3], [1, 0, 2, 1, 0], [0, 3, 0, 2, 1], [2, 1, 0, 0, 0], [1, 0, 2, 1, 0]]
INFLUENCE, DEPENDENCE = [15, 10, 13, 10, 12], [11, 14, 13, 13, 9]
RELATION = [1.52269861286255, 0.507566204287516, 1.01513240857503, 0.794451450189155, 1.16015132408575]


def test_reference_matrix() -> None:
    found = mactor(np.array(MID))
    assert found.influence.tolist() == INFLUENCE
    assert found.dependence.tolist() == DEPENDENCE
    assert found.relation == pytest.approx(RELATION, abs=1e-12)


def test_reference_file() -> None:
    told = load("mactor_oracle.json")
    found = mactor(np.array(told["MID"]))
    assert found.midi.tolist() == told["MIDI"]
    assert found.relation == pytest.approx(told["r_star"], abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_brute_force_and_order(rows: list[list[int]], chance: random.Random) -> None:
    marks = [[0 if a == b else rows[a][b] for b in range(4)] for a in range(4)]
    found = mactor(np.array(rows))  # the diagonal given is dropped
    midi = [[marks[a][b] + sum(min(marks[a][k], marks[k][b]) for k in range(4)) for b in range(4)] for a in range(4)]
    assert found.midi.tolist() == midi
    if found.relation is None:
        assert sum(sum(row) for row in marks) == 0 or all(value == 0 for value in found.influence)
        return
    assert np.nansum(found.relation) == pytest.approx(4)
    assert np.nanmin(found.relation) >= 0
    order = list(range(4))
    chance.shuffle(order)
    again = mactor(np.array(rows)[np.ix_(order, order)]).relation
    assert again == pytest.approx(found.relation[order], nan_ok=True)


def test_bad_matrices_are_refused() -> None:
    for bad in ([[0, 1, 2], [1, 0, 2]], [[0, -1], [1, 0]], [[0, np.nan], [1, 0]]):
        with pytest.raises(UsageError, match="matrix of influences"):
            mactor(np.array(bad))
    assert mactor(np.zeros((3, 3))).relation is None
    assert mactor(np.zeros((0, 0))).relation is None


def network(*links: tuple[str, str, dict[str, Any]], count: int = 3) -> Network:
    nodes = [Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(1, count + 1)]
    table = [Link("COOPERATES_WITH", a, b, str(at), properties) for at, (a, b, properties) in enumerate(links)]
    return Network.of(nodes, table, programme={"name": "N"})


def marked(weight: Any) -> dict[str, Any]:
    return {"frame": "influence", "weight": weight}


def test_marks_come_from_influence_links_alone() -> None:
    links = [(f"a{a + 1}", f"a{b + 1}", marked(float(MID[a][b]))) for a in range(5) for b in range(5) if MID[a][b]]
    foreign = [("a6", "a1", {"frame": "convention", "weight": 4.0}), ("a1", "a6", {"weight": 4.0})]
    result = metrics.run("mactor", network(*links, *foreign, count=6))
    told = {value.id: value for value in result.values}
    assert [told[f"a{n}"].value for n in range(1, 6)] == pytest.approx(RELATION)
    assert [told[f"a{n}"].rank for n in range(1, 6)] == [1, 5, 3, 4, 2]
    assert told["a6"].value is None
    assert "pas dans la matrice" in told["a6"].explanation.fr
    assert "1,52" in told["a1"].explanation.fr
    assert "pèse plus" in told["a1"].explanation.fr
    assert "pèse moins" in told["a2"].explanation.fr
    assert "dans la moyenne" in told["a3"].explanation.fr
    assert [row["influence"] for row in result.details["rows"]] == INFLUENCE


def test_a_hole_makes_the_matrix_undefined() -> None:
    hole = metrics.run("mactor", network(("a1", "a2", marked(3.0)), ("a2", "a1", {"frame": "Influence"})))
    assert [value.value for value in hole.values] == [None, None, None]
    assert "1 influence n'est pas notée" in hole.values[0].explanation.fr
    assert hole.unknown["influences_without_mark"] == 1
    off = metrics.run("mactor", network(("a1", "a2", marked(3.5))))
    assert "note n'est pas un entier de 0 à 4" in off.values[0].explanation.fr
    assert off.unknown["influences_out_of_scale"] == 1


def test_participations_are_never_read(mini: Network) -> None:
    result = metrics.run("mactor", mini)
    assert all(value.value is None for value in result.values)
    assert "aucune influence entre acteurs n'a été notée" in result.values[0].explanation.fr


def test_nobody_and_neither() -> None:
    nothing = metrics.run("mactor", network(("a1", "a2", marked(0.0))))
    assert nothing.values[0].value is None
    apart = metrics.run("mactor", network(("a1", "a2", marked(4.0)), ("a3", "a1", marked(0.0))))
    assert apart.values[0].value == 3  # the only one with influence: 3 actors, all the weight
    assert apart.values[1].value == 0
    assert apart.values[2].value is None
    assert "n'influence personne et personne" in apart.values[2].explanation.fr
