"""E8: the estimate against exhaustive enumeration, the closed form on trees and the Leontief bound."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.pull.cascade import Spread, probabilities, spread
from pacte_graph.metrics.pull.effects import emitted
from pacte_graph.metrics.pull.influence import spectral_radius
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

# exhaustive enumeration of the 2^7 live-edge graphs, in R
ARCS = {(0, 1): 0.5, (0, 2): 0.4, (1, 3): 0.3, (2, 3): 0.6, (3, 4): 0.7, (4, 1): 0.2, (2, 5): 0.1}
EXACT = {(0,): 2.5586, (2,): 2.204, (1, 2): 3.324}


def chances(arcs: dict[tuple[int, int], float], size: int) -> sparse.csr_array:
    rows, columns = ([pair[side] for pair in arcs] for side in (0, 1))
    return sparse.csr_array((np.array(list(arcs.values()), dtype=float), (rows, columns)), shape=(size, size))


def enumerated(arcs: dict[tuple[int, int], float], size: int, seeds: tuple[int, ...]) -> list[float]:
    """Return the activation probability of each node, over every live-edge graph: for at most 20 arcs."""
    pairs, found = list(arcs), np.zeros(size)
    for alive in product((False, True), repeat=len(pairs)):
        weight = np.prod([arcs[pair] if there else 1 - arcs[pair] for pair, there in zip(pairs, alive, strict=True)])
        reached, fresh = set(seeds), set(seeds)
        while fresh:
            fresh = {b for (a, b), there in zip(pairs, alive, strict=True) if there and a in fresh} - reached
            reached |= fresh
        found[list(reached)] += weight
    return found.tolist()


def within(found: tuple[float, float, float], wanted: float) -> bool:
    """Four standard errors (low and high are two), as the reference values ask."""
    mean, low, high = found
    return 2 * low - mean - 1e-12 <= wanted <= 2 * high - mean + 1e-12


def single(told: Spread, at: int) -> tuple[float, float, float]:
    return float(told.mean[at]), float(told.low[at]), float(told.high[at])


@pytest.mark.parametrize("seeds", EXACT)
def test_enumeration_and_estimate_agree_with_the_reference(seeds: tuple[int, ...]) -> None:
    assert sum(enumerated(ARCS, 6, seeds)) == pytest.approx(EXACT[seeds], abs=1e-9)
    sure = spread(chances(ARCS, 6), together=seeds)
    assert (sure.sets, sure.group) == (0, pytest.approx((EXACT[seeds],) * 3, abs=1e-12))
    told = spread(chances(ARCS, 6), together=seeds, exact=0)
    assert told.group is not None
    assert within(told.group, EXACT[seeds])
    if len(seeds) == 1:
        assert told.group == pytest.approx(single(told, seeds[0]))
    assert told.sets == 19_998  # as many for each of the six roots
    assert told.group[2] - told.group[1] < 0.15


def test_reference_file() -> None:
    told = load("cascade_oracle.json")
    arcs = {(a - 1, b - 1): p for (a, b), p in zip(told["edges"], told["p"], strict=True)}
    for key, seeds in (("spread_from_1", (0,)), ("spread_from_3", (2,)), ("spread_from_2_3", (1, 2))):
        assert enumerated(arcs, told["n"], seeds) == pytest.approx(told[key]["prob"], abs=1e-9)
        found = spread(chances(arcs, told["n"]), together=seeds, exact=0).group
        assert found is not None
        assert within(found, told[key]["spread"])


def test_probability_of_each_to_be_reached() -> None:
    for seeds in EXACT:
        wanted = enumerated(ARCS, 6, seeds)
        sure, drawn = (spread(chances(ARCS, 6), together=seeds, exact=most).halo for most in (10, 0))
        assert sure == pytest.approx(wanted)
        assert drawn == pytest.approx(wanted, abs=0.035)  # four standard errors of 3 333 draws each
    few = spread(chances(ARCS, 6), together=(0,), exact=0, sets=100)
    assert few.halo is None
    some = spread(chances(ARCS, 6), together=(0,), counted=np.array([1, 2])).halo
    assert some is not None
    assert np.isnan(some).tolist() == [False, False, False, True, True, True]


def test_closed_form_on_a_tree() -> None:
    """The product of probabilities along the path; the chain .5, .5 is 1.75, which is also its Leontief row sum."""
    arcs = {(0, 1): 0.5, (1, 2): 0.5, (0, 3): 0.3, (3, 4): 0.2, (3, 5): 1.0}
    matrix = chances(arcs, 6)
    wanted = [1 + 0.5 + 0.25 + 0.3 * (1 + 0.2 + 1), 1.5, 1, 2.2, 1, 1]
    assert emitted(matrix) == pytest.approx(wanted)
    assert spread(matrix).mean == pytest.approx(wanted, abs=1e-12)
    told = spread(matrix, sets=50_000, exact=0)
    assert all(within(single(told, at), wanted[at]) for at in range(6))
    assert single(told, 2) == single(told, 5) == (1, 1, 1)


@st.composite
def arcs_of(draw: st.DrawFn) -> dict[tuple[int, int], float]:
    pairs = draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]), max_size=8, unique=True)
    )
    return {pair: draw(st.sampled_from([0.1, 0.3, 0.5, 1.0])) for pair in pairs}


@settings(max_examples=25, deadline=None)
@given(arcs_of())
def test_estimate_is_near_the_enumeration_and_below_the_leontief_bound(arcs: dict[tuple[int, int], float]) -> None:
    matrix = chances(arcs, 5)
    told = spread(matrix, sets=5_000, exact=0)
    exact = [sum(enumerated(arcs, 5, (at,))) for at in range(5)]
    for at in range(5):
        mean, low, high = single(told, at)
        assert low - 1e-12 <= mean <= high + 1e-12
        assert abs(mean - exact[at]) <= max(2.5 * (high - mean), 2.5 * (mean - low)) + 0.005  # five standard errors
    assert spread(matrix).mean == pytest.approx(exact, abs=1e-9)
    if spectral_radius(matrix)[0] < 0.999:
        assert (np.array(exact) <= emitted(matrix) + 1e-9).all()


@settings(max_examples=20, deadline=None)
@given(arcs_of(), st.permutations(range(5)))
def test_cascades_are_monotone_and_submodular_and_groups_are_estimated(
    arcs: dict[tuple[int, int], float], order: list[int]
) -> None:
    matrix, small, large, more = chances(arcs, 5), (order[0],), (order[0], order[1]), order[2]
    exact = {key: sum(enumerated(arcs, 5, key)) for key in (small, large, (*small, more), (*large, more))}
    assert exact[large] >= exact[small] - 1e-12
    assert exact[*small, more] - exact[small] >= exact[*large, more] - exact[large] - 1e-12
    for key, wanted in exact.items():
        sure, found = spread(matrix, together=key).group, spread(matrix, sets=5_000, together=key, exact=0).group
        assert found is not None
        assert sure == pytest.approx((wanted, wanted, wanted))
        assert abs(found[0] - wanted) <= 2.5 * (found[2] - found[0]) + 0.005  # five standard errors


def test_more_likely_links_spread_further() -> None:
    means = [spread(chances({pair: p * factor for pair, p in ARCS.items()}, 6), exact=0).mean[0] for factor in (0.5, 1.0, 1.4)]
    assert means == sorted(means)
    assert means[2] - means[0] > 1


def test_same_seed_same_numbers_and_another_seed_others() -> None:
    first, again, other = (spread(chances(ARCS, 6), sets=1_000, seed=seed, exact=0).mean for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


def test_only_the_counted_count() -> None:
    arcs = {(0, 1): 1.0, (1, 2): 1.0}
    told, drawn = (spread(chances(arcs, 4), counted=np.array([2, 3]), exact=most) for most in (0, -1))
    assert told.mean.tolist() == drawn.mean.tolist() == [1, 1, 1, 1]
    assert (told.sets, drawn.sets) == (0, 20_000)
    none = spread(sparse.csr_array((2, 2)), together=(0,))
    assert none.mean.tolist() == [1, 1]
    assert none.group == (1, 1, 1)
    assert spread(sparse.csr_array((0, 0))).mean.tolist() == []


def test_fewer_sets_are_drawn_where_they_are_large() -> None:
    size = 200
    ring = chances({(at, (at + step) % size): 0.9 for at in range(size) for step in (1, 2, 3)}, size)
    told = spread(ring, effort=150_000)
    assert 100 <= told.sets < 20_000
    assert (told.high - told.low).max() > 0
    assert told.low.max() <= size


def test_a_node_never_met_has_an_upper_bound() -> None:
    told = spread(chances({(0, 1): 1e-9}, 2), sets=100, exact=0)
    assert single(told, 0) == pytest.approx((1, 1, 1.06))  # 2 counted · 3/100 above its own 1
    assert single(told, 1) == (1, 1, 1)


def test_probabilities() -> None:
    weights = sparse.csr_array(np.array([[0, 1.0, 3.0], [0.5, 0, 1.0], [2.0, 4.0, 0]]))
    ladder = probabilities(weights, "intensity").toarray()
    assert ladder == pytest.approx(np.array([[0, 0.1, 0.5], [0.05, 0, 0.1], [0.3, 0.5, 0]]))
    shares = probabilities(weights, "weighted").toarray()
    assert shares.sum(axis=0) == pytest.approx([1, 1, 1])
    assert shares[2, 1] == pytest.approx(0.8)


def test_cascade_on_the_mini_scheme(mini: Network) -> None:
    result = metrics.run("cascade", mini, {"together": "P03,P10"})
    told = {value.id: value for value in result.values}
    assert told["ISOL"].value == 1
    best = max((value for value in result.values if value.id), key=lambda value: value.value)
    assert best.rank == 1
    assert told[None].dimension == {"measure": "together"}
    halo = {row["id"]: row["probability"] for row in result.details["halo"]}
    assert halo["P03"] == halo["P10"] == 1
    assert sum(chance for name, chance in halo.items() if not name.startswith("P") or name == "POLE") == pytest.approx(
        told[None].value
    )
    assert max(told["P03"].value, told["P10"].value) < told[None].value <= told["P03"].value + told["P10"].value + 0.2
    assert "19 992 tirages" in told["P03"].explanation.fr.replace("\u202f", " ")
    members = {value.id: value.value for value in metrics.run("cascade", mini, {"counted": "members"}).values}
    assert all(members[name] >= 1 for name in members)
    assert members["P03"] > told["P03"].value


def test_bad_starts_and_networks_without_actors(mini: Network) -> None:
    with pytest.raises(UnknownName, match="no node nobody"):
        metrics.run("cascade", mini, {"together": "nobody"})
    with pytest.raises(UsageError, match="a project or an actor"):
        metrics.run("cascade", mini, {"together": mini.nodes_of("Territory")[0].id})
    alone = Network.of(
        [Node("p", "Project", {"name": "P"}), Node("q", "Project", {"name": "Q"})], [Link("LINKED_TO", "p", "q", "", {})]
    )
    assert [value.value for value in metrics.run("cascade", alone).values] == [None, None]
    members = metrics.run("cascade", alone, {"counted": "members"}).values[0]
    assert members.value == members.low == members.high == pytest.approx(1.05)  # half an intensity of 1: 0.05
    assert "calcul exact" in members.explanation.fr


def test_a_large_network_without_doubt_is_drawn_all_the_same() -> None:
    """Exact sums are for small networks: a long chain of certain links would need a cube of its length."""
    size = 60
    told = spread(chances({(at, at + 1): 1.0 for at in range(size - 1)}, size), sets=600)
    assert told.sets == 600
    assert told.mean.tolist() == pytest.approx(list(range(size, 0, -1)))
