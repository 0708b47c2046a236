"""What is refused before it is sent, and what only looks like it."""

from __future__ import annotations

import pytest

from pacte_graph.errors import QueryRefused
from pacte_graph.store.guard import check

FILES = [
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load\n\tcsv with headers from $url as row return row",
    "LOAD /* hidden */ CSV FROM 'x' AS l RETURN l",
    "LOAD // hidden\nCSV FROM 'x' AS l RETURN l",
    "MATCH (n:`'`) LOAD CSV FROM 'x' AS l RETURN n.`'`",
    "MATCH (n {a: \"'\"}) LOAD CSV FROM 'x' AS l RETURN l",
    "\\u004cOAD CSV FROM 'x' AS l RETURN l",
    "RETURN '\\u0027 LOAD CSV FROM \\u0027x' AS l",
    "CALL apoc.load.json('http://x') YIELD value RETURN value",
    "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
    "CALL apoc . export . csv . all('x', {})",
    "CALL apoc.cypher.runFile('x')",
]
ADMIN = [
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL dbms . killConnection('x')",
    "CALL `dbms`.listConfig()",
    "SHOW USERS",
    "show current user",
    "SHOW ALL PRIVILEGES",
    "SHOW SETTINGS YIELD name",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTION 'x'",
    "CREATE OR REPLACE USER bob SET PASSWORD 'x'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "DROP DATABASE neo4j",
    "GRANT ROLE reader TO bob",
    "USE system SHOW DATABASES",
]
INNOCENT = [
    "MATCH (n:Actor) WHERE n.name = 'LOAD CSV' RETURN n",
    'RETURN "CALL dbms.listConfig()" AS text',
    "RETURN 1 // LOAD CSV later",
    "RETURN 1 /* SHOW USERS */",
    "RETURN 'it\\'s LOAD CSV' AS text",
    "MATCH (n:`LOAD CSV`) RETURN n",
    "MATCH (n:Project) RETURN n.show AS show, n.users AS users",
    "MATCH (user:Person)-[:TAKES_PART_IN]->(p) RETURN user",
    "MATCH (p:Project) WHERE p.grant > 3 RETURN p.grant AS grant",
]


@pytest.mark.parametrize("query", FILES)
def test_files_are_refused_on_a_foreign_server(query: str) -> None:
    with pytest.raises(QueryRefused):
        check(query, foreign=True)


@pytest.mark.parametrize("foreign", [True, False])
@pytest.mark.parametrize("query", ADMIN)
def test_administration_is_refused_everywhere(query: str, foreign: bool) -> None:
    with pytest.raises(QueryRefused, match="may not do"):
        check(query, foreign=foreign)


@pytest.mark.parametrize("query", INNOCENT)
def test_what_only_looks_like_it_passes(query: str) -> None:
    check(query, foreign=True)


def test_our_own_engines_refuse_files_themselves() -> None:
    check(FILES[0], foreign=False)
