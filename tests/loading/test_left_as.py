"""A source that says what it said last isn't compared fact by fact, unless something happened to the database since."""

from __future__ import annotations

import pytest

from pacte_graph import loading
from pacte_graph.loading import trust
from pacte_graph.loading.absorbed import absorb, restore
from pacte_graph.records import Ref
from pacte_graph.store import Store

A, B = Ref("Actor", "actor:a"), Ref("Actor", "actor:b")


@pytest.fixture
def load(store: Store, make, node):
    """Return a loader of two actors by one source, and whether it saw that a name was changed behind its back."""

    def done(source: str = "source:one", *, name: str = "A", full: bool = False, line: int = 1) -> bool:
        batch = make([node("Actor", A.id, line, name=name), node("Actor", B.id, name="B")], source=source)
        (report,) = loading.write(store, loading.compare(store, [batch], full=full))
        return bool(report.plan.changes)

    return done


def behind(store: Store) -> None:
    store.write("MATCH (n:Actor {id: 'actor:a'}) SET n.name = 'behind'")


def test_the_same_again_is_taken_as_it_was_left(store: Store, load) -> None:
    load()
    behind(store)
    assert not load()
    assert load(full=True)


def test_anything_that_happened_since_makes_it_compare(store: Store, load) -> None:
    load()
    behind(store)
    load("source:two", name="behind")
    assert load(name="A", full=False) or loading.provenance(store, A.id)[0]["disagrees"]


@pytest.mark.parametrize("what", ["other line", "merge", "undone merge", "trust"])
def test_what_makes_it_compare(store: Store, load, what: str) -> None:
    load()
    behind(store)
    if what == "merge":
        absorb(store, A, B)
    elif what == "undone merge":
        absorb(store, A, B)
        restore(store, B.id)
        assert not load(), "the database is as it was left"
        return
    elif what == "trust":
        trust.order(store, ["source:one"])
    assert load(line=2 if what == "other line" else 1)


def test_a_disagreement_is_shown_at_every_load(store: Store, make, node) -> None:
    def conflicts(source: str, name: str) -> int:
        (plan,) = loading.compare(store, [make([node("Actor", A.id, name=name)], source=source)])
        loading.write(store, [plan])
        return len(plan.conflicts)

    conflicts("source:one", "A")
    assert [conflicts("source:two", "B") for _ in range(3)] == [1, 1, 1]


def test_what_vanished_is_listed_until_it_is_pruned(store: Store, make, node) -> None:
    def gone(*nodes, prune: bool = False) -> int:
        (plan,) = loading.compare(store, [make(nodes)], prune=prune)
        loading.write(store, [plan], prune=prune)
        return len(plan.vanished)

    one, two = node("Actor", A.id, name="A"), node("Actor", B.id, name="B")
    gone(one, two)
    assert [gone(one), gone(one), gone(one, prune=True), gone(one)] == [1, 1, 1, 0]
