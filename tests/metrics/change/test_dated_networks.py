"""What must hold on any network with dates: two dates counted again by sets, a date against itself, order of input."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.network import Link, Network, Node

BEFORE, AFTER = dt.date(2030, 1, 1), dt.date(2031, 1, 1)
DAYS = (None, dt.date(2029, 1, 1), BEFORE, dt.date(2030, 6, 1), AFTER, dt.date(2032, 1, 1))


def bounds(since: dt.date | None, until: dt.date | None) -> dict[str, Any]:
    return {key: day for key, day in (("since", since), ("until", until)) if day}


@st.composite
def dated_networks(draw: st.DrawFn) -> Network:
    projects, actors = draw(st.integers(0, 4)), draw(st.integers(0, 6))
    days = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}", **bounds(*draw(days))}) for n in range(projects)]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}", **({"kind": "company"} if n % 2 else {})}) for n in range(actors)]
    links: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    rows = st.tuples(st.integers(0, 5), st.integers(0, 3), st.sampled_from(["lead", "partner", None]), days)
    for actor, project, role, day in draw(st.lists(rows, max_size=14)):
        if actor < actors and project < projects:
            key = ("TAKES_PART_IN", f"a{actor}", f"p{project}", role or "")
            links[key] = {**({"role": role} if role else {}), **bounds(*day)}
    for one, other, day in draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), days), max_size=2)):
        if one < actors and other < actors:
            links["COOPERATES_WITH", f"a{one}", f"a{other}", ""] = bounds(*day)
    told = [Link(*key, properties) for key, properties in links.items()]
    return Network.of(nodes, told, programme={"name": "N", "reference_dates": [BEFORE.isoformat(), AFTER.isoformat()]})


def shuffled(network: Network, chance: random.Random) -> Network:
    nodes, links = list(network.nodes), list(network.links)
    chance.shuffle(nodes)
    chance.shuffle(links)
    return Network.of(nodes, links, programme=network.programme)


def by_measure(network: Network, **parameters: Any) -> dict[frozenset[tuple[str, str | int]], Any]:
    result = metrics.run("change", network, parameters)
    return {frozenset(value.dimension.items()): value.value for value in result.values if value.id is None}


def told(**dimension: str) -> frozenset[tuple[str, str | int]]:
    return frozenset(dimension.items())


def force(properties: Any, day: dt.date) -> bool:
    return properties.get("since", dt.date.min) <= day < properties.get("until", dt.date.max)


def sets(network: Network, day: dt.date) -> dict[str, set[Any]]:
    """Return who is there at a date and who works with whom, by plain loops."""
    projects = {node.id for node in network.nodes_of("Project") if force(node.properties, day)}
    taking = {
        (link.source, link.target)
        for link in network.links_of("TAKES_PART_IN")
        if force(link.properties, day) and link.target in projects
    }
    actors = {actor for actor, _ in taking}
    for link in network.links_of("COOPERATES_WITH"):
        if force(link.properties, day) and link.source != link.target:
            actors |= {link.source, link.target}
    pairs = {
        (one, other)
        for project in projects
        for one, other in itertools.combinations(sorted(a for a, p in taking if p == project), 2)
    }
    return {"projects": projects, "actors": actors, "participations": taking, "cooperations": pairs}


@settings(max_examples=40, deadline=None)
@given(dated_networks())
def test_counts_by_sets(network: Network) -> None:
    first, second = sets(network, BEFORE), sets(network, AFTER)
    found = by_measure(network)
    if not (first["projects"] | first["actors"]) or not (second["projects"] | second["actors"]):
        assert set(found.values()) == {None}
        return
    for kind in ("participations", "cooperations"):
        one, other = first[kind], second[kind]
        assert found[told(links=kind, measure="kept")] == len(one & other)
        assert found[told(links=kind, measure="born")] == len(other - one)
        assert found[told(links=kind, measure="died")] == len(one - other)
        assert found[told(links=kind, measure="jaccard")] == (len(one & other) / len(one | other) if one | other else None)
        assert found[told(links=kind, measure="persistence")] == (len(one & other) / len(one) if one else None)
    entrants = second["actors"] - first["actors"]
    new = [pair for pair in second["cooperations"] - first["cooperations"] if entrants & set(pair)]
    assert found[told(links="cooperations", measure="born_with_entrants")] == len(new)
    for kind in ("actors", "projects"):
        assert found[told(nodes=kind, measure="entered")] == len(second[kind] - first[kind])
        assert found[told(nodes=kind, measure="left")] == len(first[kind] - second[kind])
        assert found[told(nodes=kind, measure="stayed")] == len(first[kind] & second[kind])
    result = metrics.run("change", network)
    changes = {value.id: value.value for value in result.values if value.id is not None}
    counts = [{a: sum(a == who for who, _ in side["participations"]) for a in changes} for side in (first, second)]
    assert changes == {a: counts[1][a] - counts[0][a] for a in first["actors"] | second["actors"]}
    rows = {(row["source"], row["target"], row["status"]): row["with_entrant"] for row in result.details["links"]}
    wanted = {(*pair, "born"): bool(entrants & set(pair)) for pair in second["cooperations"] - first["cooperations"]}
    wanted |= {(*pair, "kept"): False for pair in second["cooperations"] & first["cooperations"]}
    wanted |= {(*pair, "died"): False for pair in first["cooperations"] - second["cooperations"]}
    assert {key: new for key, new in rows.items() if key[1].startswith("a")} == wanted


@settings(max_examples=40, deadline=None)
@given(dated_networks())
def test_a_date_against_itself(network: Network) -> None:
    found = by_measure(network, before=BEFORE, after=BEFORE)
    ones = [
        told(links=kind, measure=measure) for kind in ("participations", "cooperations") for measure in ("jaccard", "persistence")
    ]
    ones += [told(of=of, measure=measure) for of in ("activity", "strength") for measure in ("kendall", "spearman")]
    ones += [told(of="communities", measure=measure) for measure in ("nmi", "adjusted_rand")]
    for key in ones:
        assert found.get(key) is None or found[key] == pytest.approx(1)
    for key, value in found.items():
        if dict(key)["measure"] in {"born", "died", "entered", "left"}:
            assert value == 0


@settings(max_examples=40, deadline=None)
@given(dated_networks(), st.randoms(use_true_random=False), st.sampled_from(["change", "observed_pull"]))
def test_order_of_input_does_not_matter(network: Network, chance: random.Random, name: str) -> None:
    first, again = metrics.run(name, network), metrics.run(name, shuffled(network, chance))
    assert list(again.values) == list(first.values)
    for value in first.values:
        assert value.value is None or np.isfinite(value.value)
        assert "toutes dates confondues" in value.explanation.fr
