"""E6a: the closed forms of hypothetical extraction against a published table, another software, and removal by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph.metrics.pull import removal
from pacte_graph.metrics.pull.influence import influence, normalised
from pacte_graph.metrics.pull.removal import activity, group_loss, key_group, loss
from pacte_graph.network import Network
from tests.metrics.oracles import load

MODES = {"global": "global", "recus": "received", "emis": "emitted", "sym": "symmetric"}

# Germany 1995, six sectors (Beutel; Eurostat Manual of Supply, Use and Input-Output Tables 2008, ch. 15, pp. 506–507):
# intermediate flows, output and final demand; the losses are those of CRAN ioanalysis 0.3.4 and of a recomputation in R.
FLOWS = [
    [1131, 25480, 1, 607, 710, 762],
    [7930, 304584, 64167, 41082, 11981, 30360],
    [426, 7334, 3875, 5296, 23457, 9155],
    [3559, 72717, 14190, 74399, 10835, 21008],
    [3637, 96115, 31027, 65755, 193176, 34223],
    [1552, 14986, 1747, 11225, 15058, 22070],
]
OUTPUT = [43910, 1079446, 245606, 540063, 692487, 508918]
DEMAND = [15219, 619342, 196063, 343355, 268554, 442280]
FULL = [72406.8572992235, 1390742.78201265, 432910.14205706, 734895.671330614, 781951.174198386, 667064.53998338]
BACKWARD = [29935.4638707354, 635437.463974618, 194211.544330299, 276593.593655458, 291716.272917381, 183069.710313096]
KEEP_OWN = [56785.4942472586, 527948.833500525, 233704.209934163, 336682.944203329, 409497.625612434, 204734.915459914]
GROUP_12 = 1413376.51471882


def germany() -> removal.Activity:
    table = np.array(FLOWS, dtype=float) / np.array(OUTPUT, dtype=float)
    return activity(sparse.csr_array(table.T), impulses=np.array(DEMAND, dtype=float))  # row pulls: the transpose of the table


@pytest.mark.parametrize(("variant", "wanted"), [("full", FULL), ("backward", BACKWARD), ("keep_own", KEEP_OWN)])
def test_published_table(variant: removal.Variant, wanted: list[float]) -> None:
    found = loss(germany(), variant=variant)
    assert found.loss == pytest.approx(wanted, rel=1e-11)
    assert found.certain == 6
    assert germany().whole == pytest.approx(sum(OUTPUT))


def test_a_group_of_the_published_table() -> None:
    assert group_loss(germany(), [1, 0]) == pytest.approx(GROUP_12, rel=1e-11)
    assert group_loss(germany(), []) == 0
    assert group_loss(germany(), range(6)) == pytest.approx(sum(OUTPUT), rel=1e-12)


def test_reference_files() -> None:
    told, other = load("io_germany1995_oracle.json"), load("io_germany1995_ioanalysis.json")
    found = activity(sparse.csr_array(np.array(told["A"]).T), impulses=np.array(told["final_demand"], dtype=float))
    assert loss(found).loss == pytest.approx(told["hem_full_removal_loss"], rel=1e-9)
    for variant, key in (("backward", "extraction_backward"), ("keep_own", "extraction_backward_total")):
        assert loss(found, variant=variant).loss == pytest.approx(other[key], rel=1e-9)
    assert group_loss(found, [0, 1]) == pytest.approx(told["hem_group_12_loss"], rel=1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_the_mini_scheme(mini: Network, expected: dict[str, Any], mode: str) -> None:
    w, wanted = influence(mini), expected["linkages"]["modes"][mode]
    found = loss(activity(normalised(w.matrix, MODES[mode], 0.5)))
    told = dict(zip(w.ids, found.loss.tolist(), strict=True))
    assert told == pytest.approx(wanted["extraction_closed"], abs=1e-9)
    assert told == pytest.approx(wanted["extraction_brute"], abs=1e-9)


def brute(matrix: np.ndarray, f: np.ndarray, c: np.ndarray, nodes: list[int], variant: str) -> float:
    """Return the loss by removing and solving again, without any closed form."""
    size = len(f)
    whole = f @ np.linalg.solve(np.eye(size) - matrix, c)
    kept = [n for n in range(size) if n not in nodes]
    if variant == "backward":
        cut = matrix.copy()
        cut[nodes] = 0
        return float(whole - f @ np.linalg.solve(np.eye(size) - cut, c))
    rest = matrix[np.ix_(kept, kept)]
    left = f[kept] @ np.linalg.solve(np.eye(len(kept)) - rest, c[kept]) if kept else 0.0
    if variant == "keep_own":
        inner = matrix[np.ix_(nodes, nodes)]
        left += f[nodes] @ np.linalg.solve(np.eye(len(nodes)) - inner, c[nodes])
    return float(whole - left)


@st.composite
def cases(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    size = draw(st.integers(1, 6))
    cells = st.sampled_from([0.0, 0.0, 0.3, 0.7, 1.0])
    matrix = np.array(draw(st.lists(cells, min_size=size * size, max_size=size * size))).reshape(size, size) / (size + 0.5)
    numbers = st.lists(st.sampled_from([0.0, 1.0, 2.5, 40.0]), min_size=size, max_size=size)
    nodes = draw(st.sets(st.integers(0, size - 1), min_size=1))
    return matrix, np.array(draw(numbers)), np.array(draw(numbers)), sorted(nodes)


@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from(removal.VARIANTS))
def test_closed_form_is_brute_force(case: tuple[np.ndarray, np.ndarray, np.ndarray, list[int]], variant: removal.Variant) -> None:
    matrix, f, c, nodes = case
    found = activity(sparse.csr_array(matrix), impulses=f, weights=c)
    single = loss(found, variant=variant).loss
    for place in range(len(f)):
        assert single[place] == pytest.approx(brute(matrix, f, c, [place], variant), abs=1e-8)
        assert single[place] >= -1e-9
    assert group_loss(found, nodes, variant=variant) == pytest.approx(brute(matrix, f, c, nodes, variant), abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_large_networks_take_another_way_to_the_same_numbers(case: tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]) -> None:
    matrix, f, c, nodes = case
    small = activity(sparse.csr_array(matrix), impulses=f, weights=c)
    wanted, group, greedy = loss(small), group_loss(small, nodes), key_group(small, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(removal, "DENSE", 0)
        patch.setattr(removal, "BLOCK", 2)
        large = activity(sparse.csr_array(matrix), impulses=f, weights=c)
        assert loss(large, nodes=range(len(f))).loss == pytest.approx(wanted.loss, abs=1e-8)
        assert group_loss(large, nodes) == pytest.approx(group, abs=1e-8)
        assert [lost for _, lost in key_group(large, 3)] == pytest.approx([lost for _, lost in greedy], abs=1e-8)
        patch.setattr(removal, "CANDIDATES", 2)
        few = loss(large)
        assert len(few.nodes) == min(2, len(f))
        best = np.sort(wanted.loss)[::-1]
        assert np.sort(few.loss)[::-1][: few.certain] == pytest.approx(best[: few.certain], abs=1e-8)


def test_an_isolate_loses_its_own_impulse_and_the_relabelled_network_the_same() -> None:
    matrix = np.array([[0, 0.4, 0.1, 0], [0.2, 0, 0.3, 0], [0, 0.5, 0, 0], [0, 0, 0, 0]])
    found = loss(activity(sparse.csr_array(matrix), impulses=np.array([1.0, 1, 1, 7]), weights=np.array([1.0, 1, 1, 3])))
    assert found.loss[3] == pytest.approx(21)
    order = [2, 3, 0, 1]
    again = loss(
        activity(sparse.csr_array(matrix[order][:, order]), impulses=np.array([1.0, 7, 1, 1]), weights=np.array([1.0, 3, 1, 1]))
    )
    assert again.loss == pytest.approx(found.loss[order])


def test_the_key_group_is_not_the_top_of_the_list() -> None:
    """Two twins behind the same hub: each alone loses much, together little more (Temurshoev 2010)."""
    matrix = np.zeros((6, 6))
    matrix[0, 1] = matrix[1, 2] = matrix[2, 3] = 0.9  # a chain: 1 and 2 are the two greatest losses and overlap
    matrix[4, 5] = matrix[5, 4] = 0.45
    found = activity(sparse.csr_array(matrix))
    single = loss(found).loss
    top = sorted(np.lexsort((np.arange(6), -single))[:2].tolist())
    chosen = key_group(found, 2)
    assert top == [1, 2]
    assert sorted(place for place, _ in chosen) != top
    assert chosen[-1][1] > group_loss(found, top)
    assert chosen[-1][1] == pytest.approx(group_loss(found, [place for place, _ in chosen]))


def test_nothing_to_remove() -> None:
    nobody = activity(sparse.csr_array((0, 0)))
    assert len(loss(nobody).loss) == 0
    assert nobody.whole == 0
    assert key_group(nobody, 3) == []
    alone = activity(sparse.csr_array((1, 1)))
    assert loss(alone).loss.tolist() == [1]
    assert loss(alone, variant="keep_own").loss.tolist() == [0]
