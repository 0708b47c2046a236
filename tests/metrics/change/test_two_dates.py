"""Two dates: the reference by hand, brute force on small schemes, and what must hold."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.change.comparison import compare
from pacte_graph.metrics.change.difference import alike, turnover
from pacte_graph.metrics.change.entries import entries
from pacte_graph.metrics.change.observed import Outcome, circle, outcome, shuffled
from pacte_graph.metrics.change.snapshots import at, pair, present, restricted
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

ONE, TWO = dt.date(2030, 1, 1), dt.date(2031, 1, 1)
DAYS = ["2030-01-01", "2031-01-01"]


def scheme(*takes: tuple[str, str, Any, Any], roles: dict[tuple[str, str], str] | None = None) -> Network:
    projects, actors = sorted({project for _, project, _, _ in takes}), sorted({actor for actor, _, _, _ in takes})
    nodes = [Node(name, "Project", {"name": name}) for name in projects]
    nodes += [Node(name, "Actor", {"name": name, "kind": "company" if name < "c" else "chamber"}) for name in actors]
    links = []
    for actor, project, since, until in takes:
        told = {"role": (roles or {}).get((actor, project), "partner"), "since": since, "until": until}
        links.append(Link("TAKES_PART_IN", actor, project, "", {key: value for key, value in told.items() if value is not None}))
    return Network.of(nodes, links, programme={"name": "N", "reference_dates": DAYS})


EARLY, MIDDLE = dt.date(2029, 1, 1), dt.date(2030, 6, 1)
SMALL = scheme(
    ("a", "p", EARLY, None), ("b", "p", EARLY, None), ("c", "q", EARLY, MIDDLE), ("d", "q", EARLY, None),
    ("a", "r", MIDDLE, None), ("e", "r", MIDDLE, None), roles={("a", "r"): "lead"},
)  # fmt: skip


def test_two_snapshots_by_hand() -> None:
    told = load("temporal_oracle.json")
    found = turnover(set(told["t0"]), set(told["t1"]))
    assert (len(found.kept), len(found.born), len(found.died)) == (told["kept"], told["born"], told["died"])
    assert found.jaccard == pytest.approx(told["jaccard_edges"])
    assert found.persistence == pytest.approx(told["persistence"])
    nodes = [{end for edge in told[day] for end in edge.split("-")} for day in ("t0", "t1")]
    assert turnover(*nodes).jaccard == pytest.approx(told["jaccard_nodes"])
    degrees = [
        {name: float(sum(name in edge.split("-") for edge in told[day])) for name in side}
        for day, side in zip(("t0", "t1"), nodes, strict=True)
    ]
    tau, rho = alike(*degrees)
    assert tau == pytest.approx(told["kendall_tau_b_degree_common"], abs=1e-12)
    assert rho == pytest.approx(told["spearman"], abs=1e-12)


def test_a_snapshot_keeps_what_is_in_force() -> None:
    assert {(x.source, x.target) for x in at(SMALL, ONE).links} == {("a", "p"), ("b", "p"), ("c", "q"), ("d", "q")}
    assert {(x.source, x.target) for x in at(SMALL, TWO).links} == {("a", "p"), ("b", "p"), ("d", "q"), ("a", "r"), ("e", "r")}
    assert at(SMALL, MIDDLE).scope.date == MIDDLE
    assert ("c", "q") not in {(x.source, x.target) for x in at(SMALL, MIDDLE).links}  # the end is excluded
    assert present(at(SMALL, TWO), TWO) == {"a", "b", "d", "e", "p", "q", "r"}


def told(name: str, network: Network, parameters: Any = None) -> dict[Any, Any]:
    return {(value.id, *sorted(value.dimension.items())): value.value for value in metrics.run(name, network, parameters).values}


def test_what_changed_in_a_small_scheme() -> None:
    found = told("change", SMALL)
    wanted = {"kept": 3, "born": 2, "died": 1, "jaccard": 0.5, "persistence": 0.75}
    assert {name: found[None, ("measure", name), ("of", "participations")] for name in wanted} == wanted
    ties = {name: found[None, ("measure", name), ("of", "cooperation")] for name in ("kept", "born", "died")}
    assert ties == {"kept": 1, "born": 1, "died": 1}  # a–b; a–e; c–d
    assert (found[None, ("measure", "entries")], found[None, ("measure", "exits")]) == (1, 1)
    rows = metrics.run("change", SMALL).details["rows"]
    assert {(row["source"], row["target"]) for row in rows if row["what"] == "died"} == {("q", "c"), ("c", "d")}


def test_a_snapshot_against_itself_has_not_changed() -> None:
    still = scheme(
        *((actor, project, EARLY, None) for actor, project in (("a", "p"), ("b", "p"), ("b", "q"), ("c", "q"), ("d", "q")))
    )
    found = told("change", still)
    for of in ("participations", "cooperation"):
        assert (found[None, ("measure", "jaccard"), ("of", of)], found[None, ("measure", "died"), ("of", of)]) == (1, 0)
    for measure in ("kendall", "spearman", "communities_nmi", "communities_rand"):
        assert found[None, ("measure", measure)] == pytest.approx(1)
    same = compare("degree", still)
    assert all(row.difference == 0 for row in same.rows)


@pytest.mark.parametrize("name", ["change", "observed_pull"])
def test_without_two_dates_nothing_is_said(name: str) -> None:
    bare = Network.of(SMALL.nodes, SMALL.links, programme={"name": "N", "reference_dates": DAYS[:1]})
    (value,) = metrics.run(name, bare).values
    assert value.value is None
    assert "deux dates" in value.explanation.fr
    assert pair(bare, {"before": TWO, "after": ONE}).first == ONE  # type: ignore[union-attr]


def test_change_is_composition_and_rewiring() -> None:
    found = compare("cohesion", SMALL)
    assert found.entries == ("e",)
    assert found.exits == ("c",)
    assert "1 coopérations sur 2 ont duré" in found.sentence.fr
    for row in found.rows:
        if row.composition is not None:
            assert row.composition + row.rewiring == pytest.approx(row.difference)  # type: ignore[operator]
    pieces = next(row for row in found.rows if row.dimension == {"measure": "components"})
    # a–b, c–d: two pieces; a–b–e joined by a, d alone: two pieces. Among a, b and d: two, then two.
    assert (pieces.before, pieces.after, pieces.rewiring, pieces.composition) == (2, 2, 0, 0)
    density = next(row for row in found.rows if row.dimension == {"measure": "density"})
    assert density.difference is not None
    assert compare("linkages", SMALL).note is not None
    assert compare("total_effect", SMALL).note is None


def test_comparisons_that_make_no_sense_are_refused() -> None:
    with pytest.raises(UsageError, match="by itself"):
        compare("change", SMALL)
    with pytest.raises(UsageError, match="Two different dates"):
        compare("degree", SMALL, ONE, ONE)
    with pytest.raises(UnknownName):
        metrics.run("observed_pull", SMALL, {"project": "nobody"})


def test_only_the_chosen_stay() -> None:
    left = restricted(SMALL, {"a", "p"})
    assert [node.id for node in left.nodes] == ["a", "p"]
    assert [(x.source, x.target) for x in left.links] == [("a", "p")]


def test_entries_by_hand() -> None:
    found = entries(SMALL, TWO)
    assert found.newcomers == {"p": ("a", "b"), "q": ("c", "d"), "r": ("e",)}
    assert found.stayed == {"p": ("a",), "q": (), "r": ()}
    assert found.chain == {"p": ("r",), "q": (), "r": ()}
    assert (found.several, found.undated) == (0, 0)
    unsure = scheme(("a", "p", None, None), ("b", "p", EARLY, None), ("b", "q", EARLY, None))
    assert (entries(unsure, TWO).undated, entries(unsure, TWO).several) == (1, 1)
    assert entries(unsure, TWO).newcomers == {"p": (), "q": ()}


def test_observed_pull_by_hand() -> None:
    found = told("observed_pull", SMALL, {"project": "p", "draws": 0})
    # at first: a and b are partners of p (a joined r, b nothing); c and d are not (nothing)
    assert found[None, ("measure", "risk_difference")] == 0.5
    assert found[None, ("measure", "risk_ratio")] is None  # none of the others joined: never a half added
    assert found[None, ("measure", "difference_in_differences")] == pytest.approx((1 + 0) / 2 - (-1 + 0) / 2)
    assert (found["p", ("measure", "newcomers")], found["p", ("measure", "retention")]) == (2, 0.5)
    assert found["r", ("measure", "retention")] == 0
    assert "0 autres sur 2" in metrics.run("observed_pull", SMALL, {"project": "p"}).values[0].explanation.fr


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
def test_the_four_cells_by_brute_force(rows: list[tuple[bool, bool]]) -> None:
    found = outcome(np.array([e for e, _ in rows], dtype=bool), np.array([j for _, j in rows], dtype=bool))
    assert found.exposed == (rows.count((True, True)), rows.count((True, False)))
    assert found.others == (rows.count((False, True)), rows.count((False, False)))
    if found.ratio is not None:
        assert found.ratio == pytest.approx((found.exposed[0] / sum(found.exposed)) / (found.others[0] / sum(found.others)))
    assert Outcome((1, 1), (0, 0)).difference is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=4), st.integers(1, 4))
def test_circles_by_brute_force(rows: list[list[bool]], rings: int) -> None:
    table = np.array(rows)
    reached = {actor for actor in range(5) if table[0, actor]}
    for _ in range(rings - 1):
        reached |= {other for row in rows if any(row[actor] for actor in reached) for other in range(5) if row[other]}
    assert set(np.flatnonzero(circle(sparse.csr_array(table.astype(float)), 0, rings)).tolist()) == reached


def test_exposure_is_dealt_out_within_strata() -> None:
    exposed, strata = np.array([True, False, True, False, True]), ["x", "x", "y", "y", "y"]
    seen = {tuple(shuffled(exposed, strata, np.random.default_rng(seed)).tolist()) for seed in range(60)}
    assert all(sum(one[:2]) == 1 and sum(one[2:]) == 2 for one in seen)
    assert len(seen) == 2 * 3
    assert len(list(itertools.chain(seen))) == 6
