"""Loading on both engines: twice is once, what changes is said, what vanishes stays until pruned, who says so is kept."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest

from pacte_graph import loading
from pacte_graph.errors import DatabaseError, DataRefused, UnknownName
from pacte_graph.loading import creating
from pacte_graph.records import Ref

ZERO = {"nodes": 0, "links": 0}
P1, A1, A2 = Ref("Project", "project:p:1"), Ref("Actor", "actor:p:1"), Ref("Actor", "actor:p:2")
PROGRAMME = Ref("Programme", "programme:p")


def load(store, batch, **options) -> dict:
    return loading.apply(store, loading.plan(store, batch), **options).as_dict()


def runs(store) -> list[str]:
    return [
        row["s"] for row in store.read("MATCH (r:ImportRun) RETURN r.status AS s, r.started_at AS t, r.id AS i ORDER BY t, i")
    ]


def properties(store, ref: Ref) -> dict:
    (row,) = store.read(f"MATCH (n:{ref.label} {{id: $id}}) RETURN properties(n) AS p", {"id": ref.id})
    return row["p"]


def test_loading_twice_is_loading_once(store, sample_batch, content) -> None:
    first = load(store, sample_batch())
    assert (first["created"], first["changed"], first["unchanged"]) == ({"nodes": 30, "links": 69}, ZERO, ZERO)
    before = content(store)
    again = load(store, sample_batch())
    assert (again["created"], again["changed"], again["removed"], again["vanished"]) == (ZERO, ZERO, ZERO, ZERO)
    assert (again["unchanged"], again["restated"]) == ({"nodes": 30, "links": 69}, ZERO)
    assert content(store) == before
    assert runs(store) == ["complete", "complete"]


def test_the_second_load_touches_no_run_of_any_fact(store, sample_batch, content) -> None:
    load(store, sample_batch())
    before = content(store, with_runs=True)
    load(store, sample_batch())
    assert content(store, with_runs=True) == before


def test_every_fact_says_who_states_it(store, sample_batch) -> None:
    report = load(store, sample_batch())
    found = properties(store, A1)
    assert found["sources"] == ["source:one"]
    assert found["first_run"] == found["last_run"] == report["run"]
    assert found["importer_version"] == "1.0"
    assert json.loads(found["statements"][0]) == {
        "source": "source:one",
        "run": report["run"],
        "importer_version": "1.0",
        "where": [{"file": "f.csv", "line": 201}],
        "properties": ["aliases", "name"],
    }
    unsigned = store.read("MATCH (a)-[r]->(b) WHERE r.sources IS NULL OR r.statements IS NULL RETURN a.id AS id ORDER BY id")
    assert unsigned == []


def test_values_come_back_as_they_were(store, sample_batch) -> None:
    load(store, sample_batch())
    assert properties(store, A1)["aliases"] == ["é", "🙂"]
    assert properties(store, P1)["budget"] == 1.5
    assert properties(store, PROGRAMME)["name"] == "Schéma « P »"
    assert properties(store, PROGRAMME)["fictitious"] is True


def test_a_dry_run_writes_nothing(store, sample_batch, content) -> None:
    plan = loading.plan(store, sample_batch())
    assert plan.as_dict()["created"] == {"nodes": 30, "links": 69}
    assert plan.as_dict()["run"] is None
    assert content(store) == {"nodes": [], "links": []}
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize("size", [1, 7, 5000])
def test_the_size_of_a_batch_changes_nothing(embedded_store, sample_batch, content, size) -> None:
    store = embedded_store
    load(store, sample_batch(size=3), batch_size=size)
    ours = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    load(store, sample_batch(size=3))
    assert content(store) == ours


def test_many_facts_travel_as_lists_and_end_the_same(store, make, node, sample, content, monkeypatch) -> None:
    nodes, links = sample()
    nodes += [
        node("Project", "project:p:bare"),
        node("Project", "project:p:one", name="Né d'un \\u0027\"`${x}", since=dt.date(2026, 1, 2)),
    ]
    load(store, make(nodes, links))
    ours = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr(creating, "MANY", 1)
    load(store, make(nodes, links))
    assert content(store) == ours
    assert store.read("MATCH (n:Project) WHERE n.name IS NULL RETURN count(n) AS n") == [{"n": 13}]
    again = loading.plan(store, make(nodes, links)).as_dict()
    assert (again["created"], again["changed"]) == ({"nodes": 0, "links": 0}, {"nodes": 0, "links": 0})


def test_the_order_of_the_records_changes_nothing(embedded_store, make, sample, content) -> None:
    nodes, links = sample()
    load(embedded_store, make(nodes, links))
    ours = content(embedded_store)
    embedded_store.write("MATCH (n) DETACH DELETE n")
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(links)
    load(embedded_store, make(nodes, links))
    assert content(embedded_store) == ours


def test_a_difference_is_said_property_by_property(store, make, node) -> None:
    load(store, make([node("Project", P1.id, number=1, name="Old", note="n")]))
    report = load(store, make([node("Project", P1.id, number=1, name="New", budget=3)]))
    assert report["changes"] == [
        {"about": P1.id, "property": "budget", "old": None, "new": 3.0},
        {"about": P1.id, "property": "name", "old": "Old", "new": "New"},
        {"about": P1.id, "property": "note", "old": "n", "new": None},
    ]
    assert report["changed"] == {"nodes": 1, "links": 0}
    found = properties(store, P1)
    assert (found["name"], found["budget"], found["number"]) == ("New", 3.0, 1)
    assert "note" not in found
    assert found["first_run"] != found["last_run"] == report["run"]


def test_other_lines_update_the_places_only(store, make, node) -> None:
    load(store, make([node("Actor", A1.id, 4, name="A")]))
    report = load(store, make([node("Actor", A1.id, 9, name="A")]))
    assert (report["changed"], report["unchanged"], report["restated"]) == (
        ZERO,
        {"nodes": 1, "links": 0},
        {"nodes": 1, "links": 0},
    )
    assert loading.provenance(store, A1.id)[0]["where"][0]["line"] == 9
    assert load(store, make([node("Actor", A1.id, 9, name="A")]))["restated"] == ZERO


def test_links_change_too_and_parallel_ones_stay_apart(store, make, node, link) -> None:
    nodes = [node("Actor", A1.id, name="A"), node("Project", P1.id)]
    lead, funder = (link("TAKES_PART_IN", A1, P1, key=role, role=role) for role in ("lead", "funder"))
    load(store, make(nodes, [lead, funder]))
    paid = link("TAKES_PART_IN", A1, P1, key="funder", role="funder", amount=5)
    report = load(store, make(nodes, [lead, paid]))
    assert report["changes"] == [
        {"about": f"TAKES_PART_IN|{A1.id}|{P1.id}|funder", "property": "amount", "old": None, "new": 5.0}
    ]
    found = store.read("MATCH (:Actor)-[r:TAKES_PART_IN]->(:Project) RETURN r.key AS k, r.role AS role, r.amount AS a ORDER BY k")
    assert found == [{"k": "funder", "role": "funder", "a": 5.0}, {"k": "lead", "role": "lead", "a": None}]


def test_what_vanishes_is_kept_until_pruned(store, make, sample, content) -> None:
    load(store, make(*sample(3)))
    less = sample(2)
    report = load(store, make(*less))
    assert (report["vanished"], report["removed"]) == ({"nodes": 2, "links": 5}, ZERO)
    assert {item["pruned"] for item in report["vanished_items"]} == {"removed"}
    assert len(content(store)["links"]) == 24
    pruned = load(store, make(*less), prune=True)
    assert pruned["removed"] == {"nodes": 2, "links": 5}
    left = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    load(store, make(*less))
    assert content(store) == left


def test_pruning_never_removes_what_another_source_states(store, make, node, link) -> None:
    nodes = [node("Actor", A1.id, name="A", note="n"), node("Actor", A2.id, name="B"), node("Project", P1.id, number=1)]
    links = [link("TAKES_PART_IN", ref, P1, key="lead", role="lead") for ref in (A1, A2)]
    load(store, make(nodes, links))
    load(store, make([nodes[2], node("Actor", A1.id, name="A")], links[1:], source="source:two"))
    report = load(store, make([], []), prune=True)
    assert {item["about"]: item["pruned"] for item in report["vanished_items"]} == {
        A1.id: "withdrawn",
        A2.id: "bare",
        P1.id: "withdrawn",
        f"TAKES_PART_IN|{A1.id}|{P1.id}|lead": "removed",
        f"TAKES_PART_IN|{A2.id}|{P1.id}|lead": "withdrawn",
    }
    assert report["removed"] == {"nodes": 0, "links": 1}
    assert properties(store, A1)["sources"] == ["source:two"]
    assert "note" not in properties(store, A1)
    bare = properties(store, A2)
    assert (bare["name"], bare["sources"], bare["statements"]) == ("B", [], [])
    gone = load(store, make([], [], source="source:two"), prune=True)
    assert gone["removed"] == {"nodes": 3, "links": 1}
    assert store.read("MATCH (n) WHERE n:Actor OR n:Project RETURN n.id AS id ORDER BY id") == []


def test_two_sources_that_agree(store, make, node) -> None:
    load(store, make([node("Actor", A1.id, name="A")]))
    report = load(store, make([node("Actor", A1.id, file="g.csv", name="A", kind="state")], source="source:two"))
    assert report["conflicts"] == []
    assert [change["property"] for change in report["changes"]] == ["kind", "sources"]
    assert [row["source"] for row in loading.provenance(store, A1.id)] == ["source:one", "source:two"]
    assert store.read("MATCH (s:Statement) RETURN count(s) AS n") == [{"n": 0}]


def test_two_sources_that_disagree(store, make, node, content) -> None:
    load(store, make([node("Actor", A1.id, name="A")]))
    other = [node("Actor", A1.id, 7, file="g.csv", name="B")]
    report = load(store, make(other, source="source:two"))
    conflict = {
        "about": A1.id,
        "property": "name",
        "kept": {"value": "A", "source": "source:one"},
        "other": {"value": "B", "source": "source:two"},
    }
    assert report["conflicts"] == [conflict]
    assert properties(store, A1)["name"] == "A"
    found = store.read(
        "MATCH (s:Statement)-[:ABOUT]->(n:Actor {id: $id}) "
        "RETURN s.property AS p, s.value AS v, s.source AS s, s.kept AS k, s.place AS w ORDER BY v",
        {"id": A1.id},
    )
    assert found == [
        {"p": "name", "v": '"A"', "s": "source:one", "k": True, "w": "f.csv:1"},
        {"p": "name", "v": '"B"', "s": "source:two", "k": False, "w": "g.csv:7"},
    ]
    assert loading.provenance(store, A1.id)[1]["disagrees"] == {"name": {"value": "B", "kept": "A"}}
    before = content(store)
    assert load(store, make(other, source="source:two"))["conflicts"] == [conflict]
    assert content(store) == before
    load(store, make([node("Actor", A1.id, name="B")]))
    assert properties(store, A1)["name"] == "B"
    assert store.read("MATCH (s:Statement) RETURN count(s) AS n") == [{"n": 0}]


def test_a_disagreement_on_a_link_is_kept_and_shown(store, make, node, link) -> None:
    nodes = [node("Actor", A1.id, name="A"), node("Project", P1.id)]
    load(store, make(nodes, [link("TAKES_PART_IN", A1, P1, key="lead", role="lead", amount=1)]))
    load(store, make([], [link("TAKES_PART_IN", A1, P1, key="lead", role="lead", amount=2)], source="source:two"))
    name = f"TAKES_PART_IN|{A1.id}|{P1.id}|lead"
    found = store.read("MATCH (s:Statement) RETURN s.about AS a, s.value AS v, s.kept AS k ORDER BY v")
    assert found == [{"a": name, "v": "1.0", "k": True}, {"a": name, "v": "2.0", "k": False}]
    assert loading.provenance(store, name)[1]["disagrees"] == {"amount": {"value": 2.0, "kept": 1.0}}


def test_probable_duplicates_are_listed_and_not_merged(store, make, node, link) -> None:
    first = [node("Programme", PROGRAMME.id, name="P"), node("Actor", A1.id, name="Université d'Albi")]
    load(store, make(first, [link("PART_OF", A1, PROGRAMME)]))
    second = [node("Actor", A2.id, name="UNIVERSITE D’ALBI")]
    report = load(store, make(second, [link("PART_OF", A2, PROGRAMME)], source="source:two"))
    (found,) = report["duplicates"]
    assert (found["label"], found["ids"], found["certainty"]) == ("Actor", [A1.id, A2.id], "certain")
    assert found["names"][1] == "UNIVERSITE D’ALBI"
    assert report["created"]["nodes"] == 1


def test_sources_that_name_each_other_are_planned_together(store, make, node, content) -> None:
    batches = [
        make([node("Project", P1.id, number=1)]),
        make([node("Project", P1.id, number=1, name="Titre")], source="source:two"),
    ]
    plans = loading.plan_all(store, batches)
    assert [plan.counts["created"].nodes for plan in plans] == [1, 0]
    assert content(store)["nodes"] == []
    loading.apply_all(store, plans)
    assert properties(store, P1)["name"] == "Titre"
    assert properties(store, P1)["sources"] == ["source:one", "source:two"]
    assert runs(store) == ["complete", "complete"]


def test_one_bad_batch_stops_all(store, make, node) -> None:
    with pytest.raises(DataRefused):
        loading.plan_all(store, [make([node("Actor", A1.id, name="A")]), make([node("Person", A2.id)], source="source:two")])
    with pytest.raises(DataRefused, match="same source"):
        loading.plan_all(store, [make([node("Actor", A1.id, name="A")]), make([node("Actor", A2.id, name="B")])])
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("nothing but a missing end", "there is no Project project:p:9"),
        ("no name", "name is missing"),
        ("contradiction", "name is 'A' at f.csv:1 and 'B' at f.csv:2"),
        ("two labels", "names nodes of two labels"),
        ("circle", "within each other in a circle"),
        ("unknown", "no property colour"),
    ],
)
def test_refused_and_nothing_written(store, make, node, link, facts, sentence) -> None:
    towns = [Ref("Territory", f"territory:{letter}") for letter in "ab"]
    circle = [link("WITHIN", *towns), link("WITHIN", *reversed(towns))]
    given = {
        "nothing but a missing end": ([], [link("TAKES_PART_IN", A1, Ref("Project", "project:p:9"))]),
        "no name": ([node("Person", A1.id)], []),
        "contradiction": ([node("Actor", A1.id, 2, name="B"), node("Actor", A1.id, 1, name="A")], []),
        "two labels": ([node("Actor", "x", name="A"), node("Person", "x", name="A")], []),
        "circle": ([node("Territory", ref.id, name="T") for ref in towns], circle),
        "unknown": ([node("Actor", A1.id, name="A", colour="red")], []),
    }[facts]
    with pytest.raises(DataRefused, match=sentence):
        loading.plan(store, make(*given))
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_a_circle_closed_by_a_second_source_is_refused(store, make, node, link) -> None:
    low, high = Ref("Territory", "territory:a"), Ref("Territory", "territory:b")
    load(store, make([node("Territory", ref.id, name="T") for ref in (low, high)], [link("WITHIN", low, high)]))
    with pytest.raises(DataRefused, match="territory:a"):
        loading.plan(store, make([], [link("WITHIN", high, low)], source="source:two"))
    turned = make([node("Territory", ref.id, name="T") for ref in (low, high)], [link("WITHIN", high, low)])
    report = loading.apply(store, loading.plan(store, turned, prune=True), prune=True)
    assert report.removed == loading.Counts(0, 1)


def test_an_identifier_names_one_node(store, make, node) -> None:
    load(store, make([node("Actor", "x", name="A")]))
    with pytest.raises(DataRefused, match="x already names a node of label Actor"):
        loading.plan(store, make([node("Person", "x", name="A")], source="source:two"))
    with pytest.raises(DataRefused, match="y already names a node of label Person"):
        loading.plan_all(
            store,
            [
                make([node("Person", "y", name="A")], source="source:two"),
                make([node("Actor", "y", name="A")], source="source:three"),
            ],
        )


def test_a_plan_is_for_the_database_it_was_made_on(store, make, node) -> None:
    plan = loading.plan(store, make([node("Actor", A1.id, name="A")]))
    load(store, make([node("Actor", A1.id, name="A")]))
    with pytest.raises(DataRefused, match="changed since"):
        loading.apply(store, plan)
    assert runs(store) == ["complete"]


def test_a_lost_engine_leaves_the_run_unfinished_and_a_later_one_finishes(store, sample_batch, content, monkeypatch) -> None:
    plan = loading.plan(store, sample_batch())
    write, calls = store.write_many, []

    def lost(statements):
        calls.extend(query for query, _ in statements if query.startswith("UNWIND"))
        if len(calls) > 4:
            raise DatabaseError("The engine is lost.")
        write(statements)

    monkeypatch.setattr(store, "write_many", lost)
    with pytest.raises(DatabaseError):
        loading.apply(store, plan, batch_size=10)
    monkeypatch.undo()
    assert [(run["source"], run["run"]) for run in loading.unfinished_runs(store)] == [("source:one", plan.run)]
    assert loading.sources(store)[0]["unfinished"] == [plan.run]
    report = load(store, sample_batch())
    assert report["unchanged"]["nodes"] == 30 - report["created"]["nodes"] > 0
    assert runs(store) == ["superseded", "complete"]
    assert loading.unfinished_runs(store) == []
    ours = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    load(store, sample_batch())
    assert content(store) == ours


def test_provenance_of_what_is_not_there(store) -> None:
    for name in ("actor:nobody", "PART_OF|a|b|", "PART_OF|"):
        with pytest.raises(UnknownName):
            loading.provenance(store, name)


def test_a_bar_in_an_identifier_does_not_hide_a_link(store, make, node, link) -> None:
    odd = Ref("Actor", "actor:a|b")
    load(store, make([node("Actor", odd.id, name="A"), node("Project", P1.id)], [link("TAKES_PART_IN", odd, P1, key="k|l")]))
    assert loading.provenance(store, f"TAKES_PART_IN|{odd.id}|{P1.id}|k|l")[0]["where"][0]["file"] == "f.csv"


def test_progress_ends_at_the_total(store, sample_batch) -> None:
    told: list[tuple[str, int, int]] = []
    plan = loading.plan(store, sample_batch(), progress=lambda *step: told.append(step))
    loading.apply(store, plan, progress=lambda *step: told.append(step), batch_size=10)
    written = [step for step in told if step[0] == "write"]
    assert written[-1] == ("write", 99, 99)
    assert len(written) > 5
    assert [step[1] for step in written] == sorted(step[1] for step in written)


def test_what_was_loaded_is_told_by_source(store, sample_batch) -> None:
    load(store, sample_batch())
    load(store, sample_batch(source="source:two"))
    told = loading.sources(store)
    assert [(item["source"], item["runs"], item["last_run"]["status"]) for item in told] == [
        ("source:one", 1, "complete"),
        ("source:two", 1, "complete"),
    ]
    assert told[0]["name"] == "Nom de source:one"
    assert told[0]["fictitious"] is True
    assert told[0]["last_run"]["files"] == [f"f.csv sha256:{'0' * 64}"]
