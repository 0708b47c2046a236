"""E4: direct, indirect and the multiplier, against a published table, by brute force, and on degenerate networks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.metrics.pull.decomposition import decomposition
from pacte_graph.network import Link, Network, Node


def chain() -> Network:
    nodes = [Node(name, "Project", {"name": name.upper()}) for name in ("p1", "p2", "p3", "p4")]
    pulls = {"sense": "pulls", "intensity": 1}
    return Network.of(nodes, [Link("LINKED_TO", a, b, "", pulls) for a, b in (("p1", "p2"), ("p2", "p3"))])


def test_a_chain_by_hand() -> None:
    """p1 → p2 → p3 with ½ each: p1 pulls ½ directly and ¼ through p2; p3 and the isolate p4 pull nobody."""
    result = metrics.run("E4", chain(), {"kappa": 0})
    told = {(value.id, value.dimension["measure"]): value.value for value in result.values}
    assert told["p1", "multiplier"] == pytest.approx(1.5)
    assert told["p1", "indirect_share"] == pytest.approx(1 / 3)
    assert told["p2", "multiplier"] == pytest.approx(1)
    assert told["p2", "indirect_share"] == pytest.approx(0)
    assert {told[name, measure] for name in ("p3", "p4") for measure in ("multiplier", "indirect_share")} == {None}
    assert result.unknown["nodes_without_direct_pull"] == 2
    said = {(value.id, value.dimension["measure"]): value.explanation for value in result.values}
    assert said["p1", "indirect_share"].fr.startswith("33\u202f%") or "33" in said["p1", "indirect_share"].fr
    assert "n'entraîne personne" in said["p4", "multiplier"].fr
    assert "pulls nobody" in said["p4", "multiplier"].en
    assert next(row for row in result.details["rows"] if row["id"] == "p1")["indirect"] == pytest.approx(0.25)


def test_published_table() -> None:
    """Miller & Blair 2009, §2.3: column sums .35, .30 of A and 1.5181, 1.4521 of the printed inverse (here rows: A is transposed)."""
    found = decomposition(sparse.csr_array(np.array([[0.15, 0.2], [0.25, 0.05]])))
    assert found.direct == pytest.approx([0.35, 0.30])
    assert found.total == pytest.approx([0.5181, 0.4521], abs=1e-4)
    assert found.multiplier == pytest.approx([0.5181 / 0.35, 0.4521 / 0.30], abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_by_brute_force(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((size, size)) < 0.5, rng.random((size, size)) / (size + 1), 0.0)
    found = decomposition(sparse.csr_array(matrix))
    term, total = matrix.copy(), np.zeros(size)
    for _ in range(300):
        total += term.sum(axis=1)
        term = term @ matrix
    assert found.total == pytest.approx(total, abs=1e-9)
    for place, direct in enumerate(matrix.sum(axis=1)):
        if direct == 0:
            assert np.isnan(found.multiplier[place])
            assert np.isnan(found.indirect[place])
        else:
            assert found.multiplier[place] == pytest.approx(total[place] / direct)
            assert found.indirect[place] == pytest.approx(1 - direct / total[place], abs=1e-9)
            assert 0 <= found.indirect[place] < 1


def test_degenerate_networks() -> None:
    nobody = metrics.run("decomposition", Network.of([], []))
    assert len(nobody.values) == 0
    isolates = metrics.run(
        "decomposition", Network.of([Node("p", "Project", {"number": 1}), Node("a", "Actor", {"name": "A"})], [])
    )
    assert [value.value for value in isolates.values] == [None] * 4
    star = Network.of(
        [Node("p", "Project", {"name": "P"}), *(Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(4))],
        [Link("TAKES_PART_IN", f"a{n}", "p", "", {"role": "lead"}) for n in range(4)],
    )
    told = {(v.id, v.dimension["measure"]): v.value for v in metrics.run("decomposition", star, {"kappa": 0}).values}
    assert told["p", "multiplier"] == pytest.approx(1)
