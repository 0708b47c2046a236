"""The pull that was observed, against what plain loops over dates give; shuffles enumerated one by one; empty cells."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pacte_graph import metrics
from pacte_graph.errors import UnknownName
from pacte_graph.metrics.change.exposure import Table, shuffled_p, table
from pacte_graph.network import Link, Network, Node

BEFORE, AFTER = dt.date(2030, 1, 1), dt.date(2031, 1, 1)
EARLY, MIDDLE = dt.date(2029, 1, 1), dt.date(2030, 6, 1)


def link(actor: str, project: str, role: str = "partner", **told: Any) -> Link:
    return Link("TAKES_PART_IN", actor, project, role, {"role": role, **told})


def scheme(*more: Link) -> Network:
    """Return p (a, b since 2029), q (b, c since 2029), r that a and d join in 2030 and a leads, s of d alone since 2029."""
    projects = {"p": EARLY, "q": EARLY, "r": MIDDLE, "s": EARLY}
    nodes = [Node(name, "Project", {"name": name.upper(), "since": day}) for name, day in projects.items()]
    nodes += [Node(name, "Actor", {"name": name.upper(), "kind": "company"}) for name in "abcdez"]
    links = [link("a", "p"), link("b", "p", since=dt.date(2028, 1, 1)), link("b", "q"), link("c", "q"), link("a", "r", "lead")]
    links += [link("d", "s"), link("d", "r"), link("e", "r")]
    return Network.of(nodes, [*links, *more], programme={"name": "N", "reference_dates": ["2030-01-01", "2031-01-01"]})


def values(network: Network, **parameters: Any) -> dict[tuple[str | None, str], Any]:
    result = metrics.run("observed_pull", network, parameters)
    return {(v.id, str(v.dimension["measure"])): v for v in result.values if "kind" not in v.dimension}


def test_newcomers_retention_chain() -> None:
    found = values(scheme())
    # a and b came in by p (b's own date is before q's), c by q, d by s, e by r
    assert [found[name, "newcomers"].value for name in "pqrs"] == [2, 1, 1, 1]
    assert [found[name, "retention"].value for name in "pqrs"] == [1.0, 0.0, 0.0, 1.0]
    assert [found[name, "chain"].value for name in "pqrs"] == [1, 0, 0, 0]  # r is led by a
    assert found["p", "newcomers"].explanation.fr.startswith(
        "2 acteurs sont entrés dans le schéma par « P » et 2 d'entre eux participent au 01/01/2031 à un autre projet. [N, toutes"
    )
    rows = metrics.run("observed_pull", scheme(), {"project": "p"}).details["rows"]
    (row,) = rows
    assert [(one["id"], one["projects"], one["leads"]) for one in row["newcomers"]] == [("a", ["r"], ["r"]), ("b", ["q"], [])]


def test_several_first_projects_are_bounds_not_a_choice() -> None:
    result = metrics.run("observed_pull", scheme(link("c", "s")))
    found = {(v.id, v.dimension["measure"]): v for v in result.values}
    for name, wanted in (("q", (0, 0, 1)), ("s", (1, 1, 2))):
        value = found[name, "newcomers"]
        assert (value.value, value.low, value.high) == wanted
        assert "peut-être" in value.explanation.fr
    assert result.unknown["actors_without_a_sure_first_project"] == 1
    undated = Network.of(
        [
            Node("p", "Project", {}),
            Node("q", "Project", {}),
            Node("a", "Actor", {"name": "A"}),
            Node("b", "Actor", {"name": "B"}),
        ],
        [link("a", "p"), link("a", "q", since=EARLY), link("b", "p")],
        programme={"name": "N", "reference_dates": [BEFORE, AFTER]},
    )
    told = values(undated)
    assert (told["p", "newcomers"].value, told["p", "newcomers"].high) == (
        1,
        2,
    )  # b has one project only; a may have been in p first
    assert (told["q", "newcomers"].value, told["q", "newcomers"].high) == (0, 1)


def test_exposure_and_outcome() -> None:
    # there at the start: a b (p), b c (q), d (s). Ring 1 of p: a b; ring 2: also c. Joined: a and d (r). e was not there.
    near = metrics.run("observed_pull", scheme(), {"project": "p", "ring": 1}).details
    assert near["table"] == {"exposed_joined": 1, "exposed_not": 1, "others_joined": 1, "others_not": 1}
    assert (near["exposed"], near["joined"]) == (["a", "b"], ["a", "d"])
    found = values(scheme(), project="p", ring=1)
    assert found["p", "risk_ratio"].value == 1
    assert found["p", "risk_difference"].value == 0
    # partners elsewhere than p: (0 + 1)/2 → (1 + 1)/2; others c, d: (1 + 1)/2 → (1 + 2)/2
    assert found["p", "difference_in_differences"].value == pytest.approx(0.5 - 0.5)
    wide = values(scheme(), project="p", ring=2)
    assert metrics.run("observed_pull", scheme(), {"project": "p", "ring": 2}).details["exposed"] == ["a", "b", "c"]
    assert wide["p", "risk_ratio"].value is None
    assert "une des quatre cases est vide" in wide["p", "risk_ratio"].explanation.fr
    assert "1 sur 3, contre 1 sur 1" in wide["p", "risk_ratio"].explanation.fr
    assert wide["p", "risk_difference"].value == pytest.approx(1 / 3 - 1)


def test_a_project_that_has_not_started_exposes_nobody() -> None:
    found = values(scheme(), project="r")
    assert {found["r", name].value for name in ("risk_ratio", "risk_difference", "p_value", "difference_in_differences")} == {
        None
    }
    assert "personne n'y est exposé" in found["r", "risk_ratio"].explanation.fr
    with pytest.raises(UnknownName, match="nowhere"):
        metrics.run("observed_pull", scheme(), {"project": "nowhere"})


def test_limits_are_said() -> None:
    metric = metrics.show("E12")
    assert metric.id == "observed_pull"
    assert metric.all_dates
    assert "homophilie" in metric.limits.fr
    assert "Shalizi & Thomas 2011" in metric.limits.en


def test_without_dates_there_is_nothing_to_observe() -> None:
    network = scheme()
    (value,) = metrics.run("observed_pull", Network.of(network.nodes, network.links, programme={"name": "N"})).values
    assert value.value is None
    assert "dates de référence" in value.explanation.fr


def test_nothing_is_added_to_an_empty_cell() -> None:
    assert Table(2, 2, 1, 3).risk_ratio == 2
    assert Table(2, 2, 1, 3).risk_difference == 0.25
    assert {Table(*cells).risk_ratio for cells in ((0, 2, 1, 1), (2, 0, 1, 1), (1, 1, 0, 2), (1, 1, 2, 0))} == {None}
    assert Table(0, 0, 1, 1).risk_difference is None
    assert Table(1, 1, 0, 0).risk_difference is None


def exact(exposed: list[bool], outcome: list[bool], strata: list[int]) -> float:
    """Return the probability of at least as many exposed who joined, over every shuffle of exposure within strata."""
    groups = [[place for place, one in enumerate(strata) if one == stratum] for stratum in sorted(set(strata))]
    seen = sum(a and b for a, b in zip(exposed, outcome, strict=True))
    options = [list(itertools.combinations(group, sum(exposed[place] for place in group))) for group in groups]
    every = [sum(outcome[place] for part in chosen for place in part) for chosen in itertools.product(*options)]
    return sum(count >= seen for count in every) / len(every)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 1)), max_size=8))
def test_shuffling_one_by_one(rows: list[tuple[bool, bool, int]]) -> None:
    exposed, outcome, strata = ([row[at] for row in rows] for at in (0, 1, 2))
    draws = 1999
    found = shuffled_p(np.array(exposed, dtype=bool), np.array(outcome, dtype=bool), strata, draws=draws, seed=1)
    mixed = [
        stratum
        for stratum in set(strata)
        if all(len({series[at] for at in range(len(rows)) if strata[at] == stratum}) == 2 for series in (exposed, outcome))
    ]
    assert (found is None) == (not mixed)
    if found is not None:
        p = exact(exposed, outcome, strata)
        assert found == pytest.approx(p, abs=6 * np.sqrt(p * (1 - p) / draws) + 2 / draws)
        assert found >= 1 / (draws + 1)


def test_one_stratum_is_fisher_and_the_seed_is_kept() -> None:
    exposed, outcome = np.arange(40) < 15, np.arange(40) % 3 == 0
    counts = table(exposed, outcome)
    cells = [[counts.exposed_joined, counts.exposed_not], [counts.others_joined, counts.others_not]]
    p = stats.fisher_exact(cells, alternative="greater").pvalue
    first, again, other = (shuffled_p(exposed, outcome, [0] * 40, draws=20_000, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    assert first == pytest.approx(p, abs=0.02)


DAYS = st.sampled_from((None, EARLY, BEFORE, MIDDLE, AFTER, dt.date(2032, 1, 1)))
ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.sampled_from(["lead", "partner"]), DAYS, DAYS), max_size=14)


def span(row: tuple[Any, ...], own: list[tuple[Any, Any]]) -> tuple[dt.date, dt.date]:
    return row[3] or own[row[1]][0] or dt.date.min, row[4] or own[row[1]][1] or dt.date.max


@settings(max_examples=40, deadline=None)
@given(ROWS, st.lists(st.tuples(DAYS, DAYS), min_size=4, max_size=4), st.integers(1, 3))
def test_by_plain_loops(rows: list[tuple[Any, ...]], own: list[tuple[Any, Any]], steps: int) -> None:
    rows = list({row[:3]: row for row in rows}.values())
    nodes = [
        Node(f"p{n}", "Project", {key: day for key, day in zip(("since", "until"), own[n], strict=True) if day}) for n in range(4)
    ]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}", "kind": "company"}) for n in range(6)]
    links = [
        link(f"a{a}", f"p{p}", role, **{key: day for key, day in (("since", s), ("until", u)) if day})
        for a, p, role, s, u in rows
    ]
    network = Network.of(nodes, links, programme={"name": "N", "reference_dates": [BEFORE.isoformat(), AFTER.isoformat()]})
    result = metrics.run("observed_pull", network, {"project": "p0", "ring": steps, "draws": 99})
    found = {str(v.dimension["measure"]): v.value for v in result.values if "kind" not in v.dimension}

    def holds(day: dt.date, *, lead: bool = False) -> set[tuple[int, int]]:
        spans = ((row, *span(row, own)) for row in rows)
        return {row[:2] for row, since, until in spans if since <= day < until and (row[2] == "lead" or not lead)}

    starts: dict[tuple[int, int], dt.date] = {}
    for row in rows:
        starts[row[:2]] = min(span(row, own)[0], starts.get(row[:2], dt.date.max))
    came = set()
    for actor in {a for a, _ in starts}:
        mine = {p: day for (a, p), day in starts.items() if a == actor and day <= AFTER}
        known = [day for day in mine.values() if day != dt.date.min]
        might = [p for p, day in mine.items() if day == dt.date.min or day == min(known)]
        if might == [0]:
            came.add(actor)
    late = holds(AFTER)
    assert found["newcomers"] == len(came)
    stayed = {a for a in came if any(who == a and p != 0 for who, p in late)}
    assert found["retention"] == (len(stayed) / len(came) if came else None)
    assert found["chain"] == len({p for a, p in holds(AFTER, lead=True) if a in came and p != 0})

    early = holds(BEFORE)
    partners = {a for a, p in early if p == 0}
    if not partners:
        assert found["risk_difference"] is None
        return
    near = set(partners)
    for _ in range(steps - 1):
        projects = {p for a, p in early if a in near}
        near |= {a for a, p in early if p in projects}
    there = {a for a, _ in early}
    joined = {a for (a, _), day in starts.items() if BEFORE < day <= AFTER}
    cells = [len(there & group & outcome) for group in (near, there - near) for outcome in (joined, there - joined)]
    assert list(result.details["table"].values()) == cells
    assert found["risk_ratio"] == (
        None if 0 in cells else pytest.approx((cells[0] / (cells[0] + cells[1])) / (cells[2] / (cells[2] + cells[3])))
    )
    gains = []
    for group in (partners, there - partners):
        counts = [sum(a in group and p != 0 for a, p in pairs) for pairs in (early, late)]
        gains.append((counts[1] - counts[0]) / len(group) if group else None)
    wanted = None if None in gains else gains[0] - gains[1]
    assert found["difference_in_differences"] == (None if wanted is None else pytest.approx(wanted))
