"""Whom to believe: an order of trust among sources, decisions by hand above it; both survive later imports."""

from __future__ import annotations

import datetime as dt

import pytest

from pacte_graph import cli, loading
from pacte_graph.errors import DataRefused, UnknownName
from pacte_graph.loading import trust
from pacte_graph.records import Ref
from pacte_graph.store import Store

A = Ref("Actor", "actor:p:a")
P = Ref("Project", "project:p:1")
PART = f"TAKES_PART_IN|{A.id}|{P.id}|lead"


@pytest.fixture
def load(store: Store, make, node, link):
    """Return a loader of what a source says of the actor's name and the participation's amount."""

    def done(source: str, name: str, amount: float):
        nodes = [node("Actor", A.id, name=name), node("Project", P.id, number=1)]
        links = [link("TAKES_PART_IN", A, P, key="lead", role="lead", amount=amount)]
        (report,) = loading.write(store, loading.compare(store, [make(nodes, links, source=source)]))
        return report

    return done


def said(store: Store, identifier: str, name: str):
    return loading.fact(store, identifier)["properties"][name]


def test_without_an_order_the_first_value_stays(store: Store, load) -> None:
    load("source:one", "A", 1.0)
    load("source:two", "B", 2.0)
    assert (said(store, A.id, "name"), said(store, PART, "amount")) == ("A", 1.0)


def test_an_order_of_trust_settles_at_once_and_at_later_imports(store: Store, load) -> None:
    load("source:one", "A", 1.0)
    load("source:two", "B", 2.0)
    assert trust.order(store, ["source:two", "source:one"]) == 2
    assert (said(store, A.id, "name"), said(store, PART, "amount")) == ("B", 2.0)
    load("source:one", "C", 1.0)
    assert said(store, A.id, "name") == "B"
    load("source:two", "D", 2.0)
    assert said(store, A.id, "name") == "D"
    shown = {row["source"]: row["disagrees"] for row in loading.provenance(store, A.id)}
    assert shown == {"source:one": {"name": {"value": "C", "kept": "D"}}, "source:two": {}}
    assert trust.order(store, ["source:one"]) == 2
    assert said(store, A.id, "name") == "C"


def test_a_source_that_comes_later_and_is_trusted_more_wins(store: Store, load) -> None:
    load("source:one", "A", 1.0)
    load("source:two", "A", 1.0)
    trust.order(store, ["source:two"])
    report = load("source:two", "B", 1.0)
    assert [(item.kept, item.other) for item in report.plan.conflicts] == [("B", "A")]
    assert said(store, A.id, "name") == "B"


def test_a_decision_by_hand_survives_imports_and_can_be_taken_back(store: Store, load) -> None:
    load("source:one", "A", 1.0)
    load("source:two", "B", 2.0)
    trust.choose(store, A.id, "name", "source:two", by="me")
    trust.decide(store, PART, "amount", 3.0, by="me")
    assert (said(store, A.id, "name"), said(store, PART, "amount")) == ("B", 3.0)
    load("source:one", "C", 9.0)
    load("source:two", "D", 9.0)
    assert (said(store, A.id, "name"), said(store, PART, "amount")) == ("B", 3.0)
    (decision,) = [row for row in loading.provenance(store, A.id) if row["source"] == "source:decisions"]
    found = trust.decided(decision["where"][0]["column"])
    assert found is not None
    assert (found.name, found.by) == ("name", "me")
    trust.withdraw(store, A.id, "name")
    assert said(store, A.id, "name") in {"C", "D"}
    assert said(store, PART, "amount") == 3.0
    trust.withdraw(store, PART, "amount")
    assert said(store, PART, "amount") == 9.0
    assert [row["source"] for row in loading.provenance(store, PART)] == ["source:one", "source:two"]


def test_a_decision_shows_as_a_sentence(embedded_store: Store, make, node, monkeypatch, capsys) -> None:
    monkeypatch.setenv("PACTE_HOME", str(embedded_store.settings.home))
    loading.write(embedded_store, loading.compare(embedded_store, [make([node("Actor", A.id, name="A")])]))
    trust.decide(embedded_store, A.id, "name", "B", by="Martin, Jean")
    with pytest.raises(SystemExit):
        cli.main(["show", A.id])
    said = capsys.readouterr().out
    assert f"name, chosen by Martin, Jean on {dt.datetime.now(dt.UTC):%Y-%m-%d}; loaded" in said
    assert "at f.csv:1; loaded" in said


@pytest.mark.parametrize("column", [None, "", "name", "name, me", "name, me, yesterday"])
def test_what_is_no_decision_is_not_read_as_one(column: str | None) -> None:
    assert trust.decided(column) is None


def test_two_decisions_on_one_node_are_told_apart(store: Store, load) -> None:
    load("source:one", "A", 1.0)
    trust.decide(store, A.id, "name", "X")
    trust.decide(store, A.id, "town", "Y")
    trust.decide(store, A.id, "name", "Z")
    assert (said(store, A.id, "name"), said(store, A.id, "town")) == ("Z", "Y")
    trust.withdraw(store, A.id, "name")
    assert (said(store, A.id, "name"), said(store, A.id, "town")) == ("A", "Y")


def test_what_can_t_be_decided_is_refused(embedded_store: Store, make, node) -> None:
    loading.write(embedded_store, loading.compare(embedded_store, [make([node("Actor", A.id, name="A")])]))
    with pytest.raises(UnknownName, match="no property"):
        trust.decide(embedded_store, A.id, "colour", "red")
    with pytest.raises(DataRefused, match="must be one of"):
        trust.decide(embedded_store, A.id, "kind", "dragon")
    with pytest.raises(UnknownName, match="doesn't state"):
        trust.choose(embedded_store, A.id, "name", "source:nobody")
    with pytest.raises(UnknownName, match="Nothing was decided"):
        trust.withdraw(embedded_store, A.id, "name")
    with pytest.raises(UnknownName, match="no source"):
        trust.order(embedded_store, ["source:nobody"])
    with pytest.raises(DataRefused, match="twice"):
        trust.order(embedded_store, ["source:one", "source:one"])
    with pytest.raises(UnknownName):
        trust.decide(embedded_store, "actor:p:nobody", "name", "x")
