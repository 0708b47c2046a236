"""The network of a date from that of all dates: what the database gives for that date; who is present."""

from __future__ import annotations

import datetime as dt

import pytest

from pacte_graph import cases, loading, network
from pacte_graph.errors import UsageError
from pacte_graph.metrics.change.snapshots import among, at, dates, in_force, present, reference_dates, there
from pacte_graph.network import Link, Milestone, Network, Node, Scope
from pacte_graph.store import Store

FICTITIOUS = "programme:fictif"
DAYS = (dt.date(2028, 1, 1), dt.date(2029, 1, 15), dt.date(2030, 1, 1), dt.date(2030, 11, 15), dt.date(2031, 1, 1))


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"lead", "funder"})])
def test_a_snapshot_is_what_the_database_gives_for_the_date(embedded_store: Store, roles: frozenset[str]) -> None:
    batches = loading.importer("tableur").read([cases.paths()["fictitious"]])
    loading.apply_all(embedded_store, loading.plan_all(embedded_store, batches))
    whole = network.read(embedded_store, Scope(FICTITIOUS, roles=roles))
    for day in DAYS:
        wanted = network.read(embedded_store, Scope(FICTITIOUS, day, roles=roles))
        assert at(whole, day) == wanted
    assert len({len(at(whole, day).links) for day in DAYS}) > 2
    assert reference_dates(whole) == (dt.date(2030, 1, 1), dt.date(2031, 1, 1))


def test_documents_are_those_of_the_links_in_force(embedded_store: Store) -> None:
    batches = loading.importer("tableur").read([cases.paths()["toulouse"]])
    loading.apply_all(embedded_store, loading.plan_all(embedded_store, batches))
    whole = network.read(embedded_store, Scope("programme:sdeirm"))
    day = dt.date(2020, 1, 1)
    assert at(whole, day) == network.read(embedded_store, Scope("programme:sdeirm", day))


def small() -> Network:
    nodes = [Node("p1", "Project", {}), Node("p2", "Project", {"since": dt.date(2030, 6, 1)}), Node("t", "Territory", {})]
    nodes += [Node(name, "Actor", {"name": name}) for name in ("a", "b", "c", "d", "e", "f")]
    links = [
        Link("TAKES_PART_IN", "a", "p1", "", {}),
        Link("TAKES_PART_IN", "b", "p1", "", {"until": dt.date(2030, 6, 1)}),
        Link("TAKES_PART_IN", "c", "p2", "", {}),
        Link("COOPERATES_WITH", "d", "e", "", {"since": dt.date(2030, 6, 1), "document": "document:x"}),
        Link("COOPERATES_WITH", "f", "f", "", {}),
    ]
    steps = [Milestone("m1", "p1", "one"), Milestone("m2", "p2", "two")]
    return Network.of(nodes, links, documents={"document:x": "X"}, milestones=steps)


def test_who_is_present() -> None:
    whole = small()
    early, late = dt.date(2030, 5, 31), dt.date(2030, 6, 1)
    assert present(whole, early) == {"p1", "t", "a", "b"}  # c's project has not started; d and e not yet; f with itself only
    assert present(whole, late) == {"p1", "p2", "t", "a", "c", "d", "e"}  # the day of the end is after the end
    assert at(whole, early).documents == {}
    assert at(whole, late).documents == {"document:x": "X"}
    assert len(at(whole, early).nodes) == len(whole.nodes)
    alone = there(whole, early)
    assert [node.id for node in alone.nodes] == ["a", "b", "p1", "t"]
    assert [link.source for link in alone.links] == ["a", "b"]
    assert [step.id for step in alone.milestones] == ["m1"]
    assert among(whole, ()).links == ()


def test_bounds() -> None:
    day = dt.date(2030, 1, 1)
    assert in_force({}, day)
    assert in_force({"since": day}, day)
    assert not in_force({"until": day}, day)


def test_a_network_of_one_date_says_nothing_of_another() -> None:
    early, late = dt.date(2030, 5, 31), dt.date(2030, 6, 1)
    snapshot = at(small(), early)
    assert at(snapshot, early) is snapshot
    with pytest.raises(UsageError, match="2030-05-31"):
        at(snapshot, late)
    assert dates(snapshot, early, late).both is None


def test_which_dates_are_compared() -> None:
    told = Network.of([], [], programme={"reference_dates": ["2031-01-01", "2029-01-01", "2030-01-01"]})
    one, other = dt.date(2029, 1, 1), dt.date(2031, 1, 1)
    assert dates(told).both == (one, other)
    assert dates(told, after=dt.date(2030, 1, 1)).both == (one, dt.date(2030, 1, 1))
    assert dates(told, one, one).both == (one, one)
    assert dates(Network.of([], [])).both is None
    assert dates(Network.of([], [], programme={"reference_dates": ["2030-01-01"]})).both is None
    with pytest.raises(UsageError, match="later"):
        dates(told, before=dt.date(2032, 1, 1))
