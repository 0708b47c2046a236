"""Reads for saved queries: the engine itself refuses to write and to open files, and stops what runs too long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pacte_graph.errors import PacteError, QueryRefused, TimeLimit, UsageError
from pacte_graph.store import GuardedRows, NodeValue, Store

WRITES = {
    "create": "CREATE (n:Project {id: 'new'}) RETURN n",
    "merge": "MERGE (n:Project {id: 'new'}) RETURN n",
    "set": "MATCH (n:Project) SET n.name = 'changed' RETURN n",
    "remove": "MATCH (n:Project) REMOVE n.name RETURN n",
    "delete": "MATCH (n:Project) DETACH DELETE n",
    "foreach": "MATCH (n:Project) FOREACH (x IN [1] | SET n.name = 'changed')",
    "subquery": "MATCH (n:Project) CALL (n) { SET n.name = 'changed' } RETURN n",
    "in transactions": "MATCH (n:Project) CALL (n) { SET n.name = 'changed' } IN TRANSACTIONS RETURN n",
    "link": "MATCH (n:Project) CREATE (n)-[:LINKED_TO]->(n)",
    "new label": "CREATE (n:SomethingElse {id: 'new'})",
}
SCHEMA = {
    "constraint": "CREATE CONSTRAINT later IF NOT EXISTS FOR (n:Project) REQUIRE n.name IS UNIQUE",
    "index": "CREATE INDEX later IF NOT EXISTS FOR (n:Project) ON (n.name)",
    "drop": "DROP CONSTRAINT unique_project_id",
}
ADMINISTRATION = {
    "user": "CREATE USER someone SET PASSWORD 'abcdefgh1'",
    "users": "SHOW USERS",
    "settings": "SHOW SETTINGS",
    "configuration": "CALL dbms.listConfig() YIELD name RETURN name",
    "kill": "TERMINATE TRANSACTION 'neo4j-transaction-1'",
}


@pytest.fixture
def loaded(store: Store) -> Store:
    store.write("UNWIND range(1, 3000) AS i CREATE (:Project {id: 'p' + toString(i), name: 'Projet'})")
    return store


def ask(store: Store, query: str, *, seconds: float = 20, rows: int = 5) -> GuardedRows:
    return store.read_guarded(query, {}, seconds=seconds, rows=rows)


def refused(store: Store, query: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        ask(store, query)
    assert caught.value.exit_code == 2
    assert store.counts() == {"nodes": 3000, "links": 0}
    assert store.read("MATCH (n:Project) RETURN DISTINCT n.name AS name") == [{"name": "Projet"}]


@pytest.mark.parametrize("query", WRITES.values(), ids=WRITES)
def test_writes_are_refused_by_the_engine(loaded: Store, query: str) -> None:
    refused(loaded, query)


@pytest.mark.parametrize("query", SCHEMA.values(), ids=SCHEMA)
def test_schema_changes_are_refused_by_the_engine(loaded: Store, query: str) -> None:
    refused(loaded, query)


@pytest.mark.parametrize("query", ADMINISTRATION.values(), ids=ADMINISTRATION)
def test_administration_is_refused(loaded: Store, query: str) -> None:
    refused(loaded, query)


def test_files_are_refused_by_the_engine(loaded: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("top,secret\n")
    for address in (secret.as_uri(), "file:///etc/passwd", "file:///secret.csv", "/etc/passwd"):
        refused(loaded, f"LOAD CSV FROM '{address}' AS line RETURN line")


def test_addresses_are_refused_by_the_engine(loaded: Store) -> None:
    for address in ("http://127.0.0.1:9/x.csv", "https://localhost/x.csv", "ftp://127.0.0.1/x.csv"):
        refused(loaded, f"LOAD CSV FROM '{address}' AS line RETURN line")


def test_the_house_itself_may_not_read_files_either(loaded: Store) -> None:
    with pytest.raises(PacteError):
        loaded.read("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")


def test_a_query_that_takes_too_long_is_stopped_by_the_engine(loaded: Store) -> None:
    start = time.monotonic()
    with pytest.raises(TimeLimit) as caught:
        ask(loaded, "MATCH (a:Project), (b:Project), (c:Project) WHERE a.id + b.id = c.id RETURN count(*) AS c", seconds=2)
    assert time.monotonic() - start < 25  # the engine stops by itself at 30
    assert caught.value.exit_code == 3
    assert ask(loaded, "RETURN 1 AS one").rows == ((1,),)


def test_an_answer_in_time_is_given(loaded: Store) -> None:
    answer = ask(loaded, "MATCH (n:Project) RETURN n.id AS id, n.name AS name ORDER BY id", rows=2)
    assert answer.columns == ("id", "name")
    assert answer.rows == (("p1", "Projet"), ("p10", "Projet"))
    assert answer.truncated
    assert answer.elapsed_ms > 0


@pytest.mark.parametrize(("rows", "truncated"), [(1, True), (2, True), (3, False), (4, False)])
def test_rows_beyond_the_limit_are_said_to_be_cut(store: Store, rows: int, truncated: bool) -> None:
    answer = ask(store, "UNWIND [1, 2, 3] AS number RETURN number", rows=rows)
    assert (len(answer.rows), answer.truncated) == (min(rows, 3), truncated)


def test_no_rows_are_an_answer(store: Store) -> None:
    answer = ask(store, "MATCH (n:Project) RETURN n.id AS id, n.name AS name ORDER BY id")
    assert (answer.rows, answer.truncated) == ((), False)
    assert answer.columns in {("id", "name"), ()}  # the embedded engine names columns only when it has rows


def test_parameters_and_graph_values(store: Store) -> None:
    store.write("CREATE (:Project {id: 'p', name: 'Pacte'})")
    answer = store.read_guarded("MATCH (n:Project {id: $id}) RETURN n", {"id": "p"}, seconds=10, rows=5)
    assert answer.rows == ((NodeValue("p", "Project", {"name": "Pacte"}),),)


@pytest.mark.parametrize("query", ["MATCH (n:Project RETURN n", "CALL no.such() YIELD x RETURN x", "RETURN nosuch(1)"])
def test_bad_cypher_is_wrong_usage(store: Store, query: str) -> None:
    with pytest.raises(UsageError):
        ask(store, query)


def test_what_keeps_reads_from_writing_is_said(store: Store) -> None:
    said = store.info().reads_enforced_by
    assert ("account" in said) if store.info().engine == "embedded" else ("READ" in said)
