"""Ranks over the grid of hypotheses: against 45 separate runs, Kendall's W against a formula written here."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.sureness.concordance import Tally, places
from pacte_graph.metrics.sureness.hypotheses import Grid, rank_intervals
from pacte_graph.metrics.sureness.intervals import with_intervals
from pacte_graph.network import Link, Network, Node

GRID = Grid()
POINTS = list(product(GRID.thetas, GRID.kappas, GRID.roles))


def brute(network: Network, name: str) -> dict[Any, list[dict[str, int]]]:
    """Return, a dimension, the ranks of each of 45 separate runs."""
    found: dict[Any, list[dict[str, int]]] = defaultdict(list)
    for theta, kappa, roles in POINTS:
        told: dict[Any, dict[str, Any]] = defaultdict(dict)
        for value in metrics.run(name, network, {"theta": theta, "kappa": kappa, "roles": roles}).values:
            told[tuple(value.dimension.items())][value.id or ""] = value.value
        for key, numbers in told.items():
            found[key].append(ranks(numbers))
    return found


def concordance(runs: list[dict[str, int]]) -> float:
    """Kendall's W, written from its definition: mean ranks for ties, and the correction for them."""
    names, m = sorted(runs[0]), len(runs)
    n, ties = len(names), 0
    sums = dict.fromkeys(names, 0.0)
    for run in runs:
        for name in names:
            alike = sum(other == run[name] for other in run.values())
            sums[name] += run[name] + (alike - 1) / 2
        for rank in set(run.values()):
            alike = sum(other == rank for other in run.values())
            ties += alike**3 - alike
    mean = sum(sums.values()) / n
    return 12 * sum((total - mean) ** 2 for total in sums.values()) / (m**2 * (n**3 - n) - m * ties)


@pytest.mark.parametrize("name", ["linkages", "pull_by_type", "total_effect"])
def test_intervals_are_those_of_separate_runs(mini: Network, name: str) -> None:
    found, wanted = rank_intervals(mini, name), brute(mini, name)
    assert (found.runs, found.refused) == (45, 0)
    assert {tuple(ranking.dimension.items()) for ranking in found.rankings} == set(wanted)
    for ranking in found.rankings:
        runs = wanted[tuple(ranking.dimension.items())]
        assert len(runs) == 45
        reference = runs[POINTS.index((0.5, 0.5, "standard"))]
        for place, one in enumerate(ranking.ids):
            assert ranking.reference[place] == reference[one]
            assert ranking.best[place] == min(run[one] for run in runs)
            assert ranking.worst[place] == max(run[one] for run in runs)
        assert ranking.kendall_w == pytest.approx(concordance(runs), abs=1e-9)
        tops = [{one for one, rank in run.items() if rank <= 5} for run in runs]
        same = sum(top == set(ranking.top) for top in tops) / 45
        assert set(ranking.top) == {one for one, rank in reference.items() if rank <= 5}
        assert ranking.stable == pytest.approx(same)
        assert ranking.robust is (same >= 0.9)


def test_what_the_mini_scheme_says(mini: Network) -> None:
    drive = rank_intervals(mini, "E3").rankings[0]
    assert drive.dimension == {"axis": "drive"}
    assert drive.robust is False
    assert drive.stable == pytest.approx(29 / 45)
    assert drive.statement.fr.startswith("Motricité : classement fragile : les 5 premiers sont les mêmes dans 29 cas sur 45")
    assert (
        "[MINI, all dates together; hypotheses: θ from 0.20 to 0.80, κ from 0 to 1, 3 sets of role weights]" in drive.statement.en
    )


def test_concordance_by_hand() -> None:
    """Sums of ranks 4, 6, 8, 12 about 7.5: S = 35, W = 12·35 / (9·60) = 7/9."""
    tally = Tally(4)
    for order in ([4, 3, 2, 1], [4, 2, 3, 1], [3, 4, 2, 1]):  # the highest number is first
        tally.add(np.array(order, dtype=float))
    assert tally.kendall_w == pytest.approx(7 / 9)
    assert tally.best.tolist() == [1, 1, 2, 4]
    assert tally.worst.tolist() == [2, 3, 3, 4]


def test_concordance_with_ties_by_hand() -> None:
    """Ranks (1.5, 1.5, 3) and (1, 2, 3): sums 2.5, 3.5, 6, S = 6.5; W = 12·6.5 / (4·24 − 2·6) = 78/84."""
    tally = Tally(3)
    tally.add(np.array([2.0, 2.0, 1.0]))
    tally.add(np.array([3.0, 2.0, 1.0]))
    assert tally.kendall_w == pytest.approx(78 / 84)


def test_concordance_at_its_ends() -> None:
    same, opposite, flat, one = Tally(5), Tally(3), Tally(3), Tally(3)
    for _ in range(4):
        same.add(np.arange(5.0))
        flat.add(np.ones(3))
    opposite.add(np.array([1.0, 2.0, 3.0]))
    opposite.add(np.array([3.0, 2.0, 1.0]))
    one.add(np.arange(3.0))
    assert same.kendall_w == pytest.approx(1.0)
    assert opposite.kendall_w == pytest.approx(0.0)
    assert flat.kendall_w is None  # everybody tied: 0/0
    assert one.kendall_w is None


def test_ties_share_the_least_rank_and_undefined_has_none() -> None:
    found = places(np.array([2.0, np.nan, 3.0, 2.0 + 1e-13]))
    assert found.least.tolist() == [2, 0, 1, 2]
    assert found.middle.tolist()[2:] == [1.0, 2.5]
    assert found.ties == 6
    tally = Tally(2)
    tally.add(np.array([np.nan, np.nan]))
    assert tally.runs == 0


def scheme(projects: int, actors: int, chance: random.Random) -> Network:
    nodes = [Node(f"p{n:02}", "Project", {"number": n}) for n in range(projects)]
    nodes += [
        Node(f"a{n:02}", "Actor", {"name": f"A{n}", "kind": chance.choice(["company", "university"])}) for n in range(actors)
    ]
    links = {}
    for actor in range(actors):
        for project in chance.sample(range(projects), min(projects, chance.randint(0, 3))):
            role = chance.choice(["lead", "partner", "funder", "associate", None])
            links["TAKES_PART_IN", f"a{actor:02}", f"p{project:02}", role or ""] = {"role": role} if role else {}
    for _ in range(projects):
        one, other = chance.randrange(projects), chance.randrange(projects)
        links["LINKED_TO", f"p{one:02}", f"p{other:02}", ""] = {"sense": chance.choice(["pulls", "mutual"]), "intensity": 2}
    return Network.of(nodes, [Link(*key, told) for key, told in links.items()], programme={"name": "N"})


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6), st.integers(0, 8), st.integers(0, 10_000))
def test_on_any_scheme(projects: int, actors: int, seed: int) -> None:
    chance = random.Random(seed)
    network = scheme(projects, actors, chance)
    nodes, links = list(network.nodes), list(network.links)
    chance.shuffle(nodes)
    chance.shuffle(links)
    shuffled = Network.of(nodes, links, programme={"name": "N"})
    for name in ("linkages", "pull_by_type"):
        found, again = rank_intervals(network, name), rank_intervals(shuffled, name)
        for one, other in zip(found.rankings, again.rankings, strict=True):
            assert one.statement == other.statement
            assert (one.best.tolist(), one.worst.tolist()) == (other.best.tolist(), other.worst.tolist())
            assert ((one.best <= one.reference) & (one.reference <= one.worst)).all()
            assert one.kendall_w is None or -1e-9 <= one.kendall_w <= 1 + 1e-9
        told = with_intervals(metrics.run(name, network), network)
        for value in told.values:
            if value.rank is None:
                assert value.rank_low is None
            else:
                assert value.rank_low is not None
                assert value.rank_high is not None
                assert value.rank_low <= value.rank <= value.rank_high


def test_a_reference_outside_the_grid_is_compared_with_it(mini: Network) -> None:
    found = rank_intervals(mini, "linkages", {"theta": 0.05}, Grid((0.8,), (1.0,), ("flat",)))
    assert found.runs == 1
    near, far = (
        metrics.run("linkages", mini, told).values for told in ({"theta": 0.05}, {"theta": 0.8, "kappa": 1, "roles": "flat"})
    )
    size = len(found.rankings[0].ids)
    assert found.rankings[0].reference.tolist() == [value.rank for value in near[:size]]
    assert found.rankings[0].best.tolist() == found.rankings[0].worst.tolist() == [value.rank for value in far[:size]]
    assert found.rankings[0].kendall_w is None


def test_a_metric_with_some_of_the_hypotheses_only(mini: Network) -> None:
    found = rank_intervals(mini, "reach")
    assert found.runs == 3  # κ alone
    assert [dict(ranking.dimension) for ranking in found.rankings] == [{"measure": "harmonic"}]


def test_what_rests_on_no_hypothesis_is_refused(mini: Network) -> None:
    with pytest.raises(UsageError, match="no hypothesis"):
        rank_intervals(mini, "degree")
    result = metrics.run("degree", mini)
    assert with_intervals(result, mini) is result
    with pytest.raises(UnknownName):
        rank_intervals(mini, "linkages", None, Grid(roles=("invented",)))


def test_raw_coefficients_that_diverge_are_counted_or_refused(mini: Network) -> None:
    with pytest.raises(MetricUndefined, match="do not fade out"):
        rank_intervals(mini, "linkages", {"normalisation": "none"})
    found = rank_intervals(mini, "linkages", {"normalisation": "none", "theta": 0.05}, Grid((0.05, 0.8)))
    assert found.runs == 18
    refused = 0
    for theta, kappa, roles in product((0.05, 0.8), GRID.kappas, GRID.roles):
        try:
            metrics.run("linkages", mini, {"normalisation": "none", "theta": theta, "kappa": kappa, "roles": roles})
        except MetricUndefined:
            refused += 1
    assert 0 < found.refused == refused < 18
    assert found.rankings[0].runs == 18 - refused


@pytest.mark.parametrize("name", ["linkages", "pull_by_type"])
def test_degenerate_networks(name: str) -> None:
    actor, project = Node("a", "Actor", {"name": "A", "kind": "company"}), Node("p", "Project", {"name": "P"})
    for nodes in ([], [actor], [project], [actor, project], [actor, Node("b", "Actor", {"name": "B"}), project]):
        network = Network.of(nodes, [])
        found = rank_intervals(network, name)
        assert found.runs == 45
        for ranking in found.rankings:
            assert ranking.robust is None
            assert ranking.statement.fr.endswith("]")
    tied = [Node(f"a{n}", "Actor", {"name": "A", "kind": "company"}) for n in range(9)]
    star = Network.of([*tied, project], [Link("TAKES_PART_IN", node.id, "p", "", {"role": "partner"}) for node in tied])
    drive = rank_intervals(star, "linkages").rankings[0]
    at = dict(zip(drive.ids, zip(drive.best.tolist(), drive.worst.tolist(), strict=True), strict=True))
    assert at["p"] == (1, 1)
    assert {at[node.id] for node in tied} == {(2, 2)}  # nine actors alike share the second place in every run
    assert drive.robust is None  # the first five, ties with them, are everybody


def test_a_flattened_axis_has_no_first_ones(mini: Network) -> None:
    """Trap: emitted shares give one drive to all but isolates; there is nothing to be robust about."""
    drive, dependence = rank_intervals(mini, "linkages", {"normalisation": "emitted", "include_self": True}).rankings
    assert len(drive.top) > 20
    assert len(dependence.top) == 5
    said = metrics.run("linkages", mini, {"normalisation": "emitted"})
    assert said.details["constant_axis"] == "drive"
    axes = {value.dimension["axis"]: value.explanation.fr for value in said.values}
    assert "il ne classe personne" in axes["drive"]
    assert "il ne classe personne" not in axes["dependence"]
    other = metrics.run("linkages", mini, {"normalisation": "received"})
    assert "it ranks nobody" in next(v.explanation.en for v in other.values if v.dimension["axis"] == "dependence")
    plain = metrics.run("linkages", mini)
    assert plain.details["constant_axis"] is None
    assert not [value for value in plain.values if "ne classe personne" in value.explanation.fr]


def test_json_and_details(mini: Network) -> None:
    told = rank_intervals(mini, "E5").as_dict()
    assert told["grid"] == {
        "theta": [0.2, 0.35, 0.5, 0.65, 0.8],
        "kappa": [0.0, 0.5, 1.0],
        "roles": ["standard", "flat", "leader"],
    }
    assert set(told["rankings"][0]["ranks"][0]) == {"id", "rank", "rank_low", "rank_high"}
    result = with_intervals(metrics.run("E5", mini), mini)
    assert len(result.details["robustness"]) == len(result.details["kinds"])
    value = result.as_dict()["values"][0]
    assert value["rank_low"] <= value["rank"] <= value["rank_high"]
    assert [item.rank_low for item in result.values[:3]] == [result.values[n].rank_low for n in range(3)]


def test_one_projects_profile_has_no_interval(mini: Network) -> None:
    result = metrics.run("E5", mini, {"project": "P18"})
    assert with_intervals(result, mini) is result
    assert rank_intervals(mini, "E5", {"project": "P18"}).rankings[0].ids == rank_intervals(mini, "E5").rankings[0].ids
