"""What every engine must do with data: constraints, create, update, delete, types there and back, batches, rollback."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pacte_graph import schema
from pacte_graph.errors import DatabaseError, PacteError
from pacte_graph.store import LinkValue, NodeValue, PathValue, Store

VALUES = {
    "text": "Réseau de villes « Dialogue métropolitain » — œuvre",
    "emoji": "🏙️🤝🏽",
    "quotes": 'l\'apostrophe, the "quote", back\\slash, `tick`, $dollar, {brace}',
    "lines": "one\ntwo\r\nthree\ttab",
    "empty": "",
    "long": "déclinaison " * 50_000,
    "integer": 37,
    "negative": -(2**53) - 1,
    "large": 2**62,
    "float": 0.1 + 0.2,
    "whole": 3.0,
    "tiny": 5e-324,
    "yes": True,
    "no": False,
    "date": dt.date(2015, 12, 8),
    "leap": dt.date(2016, 2, 29),
    "old": dt.date(1789, 7, 14),
    "moment": dt.datetime(2016, 6, 21, 12, 30, 15, 250_000, tzinfo=dt.UTC),
    "strings": ["é", "🙂", ""],
    "integers": [3, 1, 2],
    "floats": [0.5, 2.0],
}


def one(store: Store, query: str, **parameters: Any) -> Any:
    (row,) = store.read(query, parameters)
    (value,) = row.values()
    return value


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_as_it_was(store: Store, name: str) -> None:
    store.write("CREATE (n:Project {id: 'p'}) SET n += $properties", {"properties": {name: VALUES[name]}})
    found = one(store, f"MATCH (n:Project) RETURN n.{name} AS value")
    assert found == VALUES[name]
    assert type(found) is type(VALUES[name])


def test_all_values_on_a_link_come_back_too(store: Store) -> None:
    store.write("CREATE (:Actor {id: 'a'})-[r:TAKES_PART_IN]->(:Project {id: 'p'}) SET r = $properties", {"properties": VALUES})
    found = one(store, "MATCH (:Actor)-[r:TAKES_PART_IN]->(:Project) RETURN properties(r) AS p")
    assert found == VALUES


def test_an_offset_is_the_same_moment(store: Store) -> None:
    moment = dt.datetime(2016, 6, 21, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    store.write("CREATE (n:Project {id: 'p', at: $at})", {"at": moment})
    assert one(store, "MATCH (n:Project) RETURN n.at AS at") == moment


def test_dates_order_and_compare(store: Store) -> None:
    days = [dt.date(2016, 12, 31), dt.date(2015, 12, 8), dt.date(2016, 6, 21)]
    store.write("UNWIND $days AS day CREATE (:Milestone {id: toString(day), date_to: day})", {"days": days})
    rows = store.read("MATCH (m:Milestone) WHERE m.date_to > $day RETURN m.date_to AS day ORDER BY day", {"day": days[1]})
    assert [row["day"] for row in rows] == [days[2], days[0]]


def test_unknown_is_absent(store: Store) -> None:
    store.write("CREATE (n:Project {id: 'p'}) SET n += {name: $name}", {"name": None})
    assert one(store, "MATCH (n:Project) RETURN properties(n) AS p") == {"id": "p"}


def test_an_identifier_is_unique_in_its_label(store: Store) -> None:
    store.write("CREATE (:Project {id: 'same'})")
    with pytest.raises(DatabaseError):
        store.write("CREATE (:Project {id: 'same'})")
    store.write("CREATE (:Actor {id: 'same'})")
    assert one(store, "MATCH (n) WHERE n.id = 'same' RETURN count(n) AS c") == 2


def test_every_label_of_the_schema_has_its_constraint(store: Store) -> None:
    for label in schema.NODES:
        store.write(f"CREATE (:{label} {{id: 'same'}})")
        with pytest.raises(DatabaseError):
            store.write(f"CREATE (:{label} {{id: 'same'}})")


def test_preparing_again_changes_nothing(store: Store) -> None:
    store.write("CREATE (:Project {id: 'p'})")
    store.prepare()
    store.prepare()
    assert one(store, "MATCH (n:Project) RETURN count(n) AS c") == 1


def test_update_replace_and_remove(store: Store) -> None:
    store.write("CREATE (:Project {id: 'p', name: 'avant', number: 3})")
    store.write("MATCH (n:Project {id: 'p'}) SET n.name = $name", {"name": "après"})
    assert one(store, "MATCH (n:Project) RETURN properties(n) AS p") == {"id": "p", "name": "après", "number": 3}
    store.write("MATCH (n:Project {id: 'p'}) SET n = $properties", {"properties": {"id": "p", "title": "t"}})
    assert one(store, "MATCH (n:Project) RETURN properties(n) AS p") == {"id": "p", "title": "t"}
    store.write("MATCH (n:Project {id: 'p'}) REMOVE n.title")
    assert one(store, "MATCH (n:Project) RETURN properties(n) AS p") == {"id": "p"}


def test_delete_a_link_then_a_node_with_its_links(store: Store) -> None:
    store.write("CREATE (a:Project {id: 'a'})-[:LINKED_TO {key: '1'}]->(b:Project {id: 'b'})-[:LINKED_TO]->(a)")
    store.write("MATCH (:Project {id: 'a'})-[r:LINKED_TO]->() WHERE r.key = '1' DELETE r")
    assert store.counts() == {"nodes": 2, "links": 1}
    store.write("MATCH (n:Project {id: 'b'}) DETACH DELETE n")
    assert store.counts() == {"nodes": 1, "links": 0}


def test_an_identifier_is_free_again_after_delete(store: Store) -> None:
    for _ in range(3):
        store.write("CREATE (:Project {id: 'p'})")
        store.write("MATCH (n:Project {id: 'p'}) DELETE n")
    assert store.counts()["nodes"] == 0


def test_parallel_links_stay_apart(store: Store) -> None:
    rows = [{"key": "lead"}, {"key": "funder"}]
    store.write(
        "CREATE (a:Actor {id: 'a'}), (p:Project {id: 'p'}) WITH a, p UNWIND $rows AS row "
        "CREATE (a)-[r:TAKES_PART_IN]->(p) SET r = row",
        {"rows": rows},
    )
    found = store.read("MATCH (:Actor {id: 'a'})-[r:TAKES_PART_IN]->() RETURN r.key AS key ORDER BY key")
    assert [row["key"] for row in found] == ["funder", "lead"]


def test_batches_of_thousands(store: Store) -> None:
    size = 12_000
    rows = [{"id": f"p{number:05}", "properties": {"number": number, "name": f"Projet {number}"}} for number in range(size)]
    for start in range(0, size, 5_000):
        store.write(
            "UNWIND $rows AS row CREATE (n:Project {id: row.id}) SET n += row.properties", {"rows": rows[start : start + 5_000]}
        )
    pairs = [{"a": f"p{number:05}", "b": f"p{(number * 7 + 1) % size:05}"} for number in range(5_000)]
    store.write(
        "UNWIND $rows AS row MATCH (a:Project {id: row.a}) MATCH (b:Project {id: row.b}) CREATE (a)-[:LINKED_TO]->(b)",
        {"rows": pairs},
    )
    assert store.counts() == {"nodes": size, "links": 5_000}
    streamed = [row["id"] for row in store.stream("MATCH (n:Project) RETURN n.id AS id ORDER BY id")]
    assert streamed == [row["id"] for row in rows]


def test_a_transaction_is_whole_or_not_at_all(store: Store) -> None:
    store.write("CREATE (:Project {id: 'there'})")
    with pytest.raises(PacteError):
        store.write_many(
            [
                ("CREATE (:Project {id: $id})", {"id": "first"}),
                ("MATCH (n:Project {id: 'there'}) SET n.name = 'changed'", None),
                ("CREATE (:Project {id: 'there'})", None),
            ]
        )
    rows = store.read("MATCH (n:Project) RETURN n.id AS id, n.name AS name ORDER BY id")
    assert rows == [{"id": "there", "name": None}]


def test_a_statement_that_fails_half_way_writes_nothing(store: Store) -> None:
    with pytest.raises(PacteError):
        store.write("UNWIND $ids AS id CREATE (:Project {id: id})", {"ids": ["a", "b", "c", "a"]})
    assert store.counts()["nodes"] == 0


def test_statements_of_one_transaction_see_each_other(store: Store) -> None:
    store.write_many(
        [
            ("CREATE (:Project {id: 'a'})", None),
            ("CREATE (:Project {id: 'b'})", {}),
            ("MATCH (a:Project {id: 'a'}) MATCH (b:Project {id: 'b'}) CREATE (a)-[:LINKED_TO]->(b)", {}),
        ]
    )
    assert store.counts() == {"nodes": 2, "links": 1}


def test_graph_values_are_plain(store: Store) -> None:
    store.write("CREATE (:Actor {id: 'a', name: 'A'})-[:TAKES_PART_IN {key: 'lead', role: 'lead'}]->(:Project {id: 'p'})")
    (row,) = store.read("MATCH path = (a:Actor)-[r]->(p:Project) RETURN a, r, p, path, [a, p] AS both, {node: a} AS map")
    actor, project = NodeValue("a", "Actor", {"name": "A"}), NodeValue("p", "Project", {})
    link = LinkValue("TAKES_PART_IN", "a", "p", "lead", {"role": "lead"})
    assert row["a"] == actor
    assert row["p"] == project
    assert row["path"] == PathValue((actor, project), (link,))
    assert row["both"] == [actor, project]
    assert row["map"] == {"node": actor}
    assert (row["r"].type, row["r"].key, row["r"].properties) == ("TAKES_PART_IN", "lead", {"role": "lead"})


def test_a_parameter_is_never_part_of_the_query(store: Store) -> None:
    evil = "x'}) DETACH DELETE n //"
    store.write("CREATE (:Project {id: $id})", {"id": evil})
    assert one(store, "MATCH (n:Project {id: $id}) RETURN n.id AS id", id=evil) == evil


def test_the_data_version_changes_with_each_run_that_starts_or_ends(store: Store) -> None:
    seen = [store.data_version()]
    now = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
    store.write("CREATE (:ImportRun {id: 'run:1', status: 'running', started_at: $now})", {"now": now})
    seen.append(store.data_version())
    store.write("MATCH (r:ImportRun) SET r.status = 'complete', r.ended_at = $now", {"now": now + dt.timedelta(minutes=1)})
    seen.append(store.data_version())
    assert store.data_version() == seen[-1]
    assert len(set(seen)) == 3


def test_bad_cypher_is_a_sentence_that_says_where(store: Store) -> None:
    with pytest.raises(PacteError) as caught:
        store.read("MATCH (n:Project RETURN n")
    assert caught.value.exit_code == 2
    assert caught.value.__cause__ is not None
