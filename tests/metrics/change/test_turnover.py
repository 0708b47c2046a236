"""What came, went and lasted, against a reference worked by hand (and R's correlations) and brute force."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph.metrics.change.turnover import kendall, spearman, turnover

ORACLES = Path(__file__).resolve().parents[3].parent / "shared" / "oracles"
# by hand, correlations by R's cor(): here so that a clone alone proves it
BEFORE = ["a-b", "a-c", "b-c", "c-d", "e-f"]
AFTER = ["a-b", "b-c", "c-d", "d-e", "e-f", "f-g"]
WANTED = {
    "kept": 4, "born": 2, "died": 1, "jaccard_edges": 0.571428571428571, "persistence": 0.8, "node_entries": 1,
    "node_exits": 0, "jaccard_nodes": 0.857142857142857, "kendall_tau_b_degree_common": -0.269679944985297,
    "spearman": -0.282842712474619,
}  # fmt: skip


def checked(before: list[str], after: list[str], wanted: dict[str, Any]) -> None:
    found = turnover(np.array(before), np.array(after))
    assert [len(found.kept), len(found.born), len(found.died)] == [wanted["kept"], wanted["born"], wanted["died"]]
    assert found.jaccard == pytest.approx(wanted["jaccard_edges"], abs=1e-12)
    assert found.persistence == pytest.approx(wanted["persistence"], abs=1e-12)
    ends = [[end for edge in edges for end in edge.split("-")] for edges in (before, after)]
    nodes = turnover(*(np.array(names) for names in ends))
    assert (len(nodes.born), len(nodes.died)) == (wanted["node_entries"], wanted["node_exits"])
    assert nodes.jaccard == pytest.approx(wanted["jaccard_nodes"], abs=1e-12)
    degrees = [np.array([names.count(name) for name in nodes.kept]) for names in ends]
    assert kendall(*degrees) == pytest.approx(wanted["kendall_tau_b_degree_common"], abs=1e-12)
    assert spearman(*degrees) == pytest.approx(wanted["spearman"], abs=1e-12)


def test_the_reference_written_here() -> None:
    checked(BEFORE, AFTER, WANTED)


def test_the_reference_beside_the_checkout() -> None:
    path = ORACLES / "temporal_oracle.json"
    if not path.exists():
        pytest.skip("the reference values temporal_oracle.json are not beside this checkout")
    told = json.loads(path.read_text(encoding="utf-8"))
    checked(told["t0"], told["t1"], told)


def test_nothing_at_all() -> None:
    none = np.zeros(0, dtype=int)
    found = turnover(none, none)
    assert (found.jaccard, found.persistence) == (None, None)
    assert turnover(none, np.array([1])).jaccard == 0
    assert turnover(none, np.array([1])).persistence is None
    assert kendall(none, none) is None
    assert spearman(np.ones(4), np.arange(4)) is None


def tau(one: list[int], other: list[int]) -> float | None:
    """Return τ-b by going through all pairs."""
    pairs = list(itertools.combinations(range(len(one)), 2))
    signs = [(np.sign(one[i] - one[j]), np.sign(other[i] - other[j])) for i, j in pairs]
    left, right = (sum(s[side] != 0 for s in signs) for side in (0, 1))
    return float(sum(a * b for a, b in signs) / np.sqrt(left * right)) if left and right else None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9))
def test_correlations_by_all_pairs(rows: list[tuple[int, int]]) -> None:
    one, other = [row[0] for row in rows], [row[1] for row in rows]
    wanted = tau(one, other)
    found = kendall(np.array(one), np.array(other))
    assert (found is None) == (wanted is None) == (spearman(np.array(one), np.array(other)) is None)
    if wanted is not None:
        assert found == pytest.approx(wanted, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9)))
def test_a_set_against_itself(keys: list[int]) -> None:
    found = turnover(np.array(keys), np.array(keys[::-1]))
    assert found.jaccard == (1 if keys else None)
    assert len(found.born) == len(found.died) == 0
    assert found.after == found.before == len(set(keys))
    if len(set(keys)) > 1:
        assert kendall(np.array(keys), np.array(keys)) == pytest.approx(1)
        assert spearman(np.array(keys), np.array(keys)) == pytest.approx(1)
