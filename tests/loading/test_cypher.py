from __future__ import annotations

import pytest

from pacte_graph.errors import DataRefused
from pacte_graph.loading import cypher


@pytest.mark.parametrize("text", ["", "a b", "a`b", "é", "A:B", "1a", "a-b", "a\n", "A) DETACH DELETE (n"])
def test_a_name_that_cannot_be_represented_is_refused(text: str) -> None:
    with pytest.raises(DataRefused):
        cypher.name(text)


def test_creating_links() -> None:
    assert cypher.create_links("PART_OF", "Project", "Programme") == (
        "UNWIND $rows AS row\n"
        "MATCH (a:`Project` {id: row.source})\n"
        "MATCH (b:`Programme` {id: row.target})\n"
        "CREATE (a)-[r:`PART_OF`]->(b)\n"
        "SET r = row.properties"
    )


def test_setting_links_looks_at_the_key() -> None:
    assert cypher.set_links("LINKED_TO", "Project", "Project") == (
        "UNWIND $rows AS row\n"
        "MATCH (a:`Project` {id: row.source})-[r:`LINKED_TO`]->(b:`Project` {id: row.target})\n"
        "WHERE coalesce(r.key, '') = row.key\n"
        "AND coalesce(r.as_source, row.source) = row.as_source AND coalesce(r.as_target, row.target) = row.as_target\n"
        "SET r = row.properties"
    )


def test_creating_nodes() -> None:
    assert cypher.create_nodes("Actor") == "UNWIND $rows AS row\nCREATE (n:`Actor` {id: row.id})\nSET n += row.properties"


def test_nothing_merges() -> None:
    queries = [
        cypher.create_nodes("Actor"),
        cypher.create_links("PART_OF", "Actor", "Programme"),
        cypher.create_statements("Actor"),
    ]
    assert not any("MERGE" in query for query in queries)


def test_many_facts_are_created_from_lists() -> None:
    assert cypher.create_listed_nodes("Actor", ["id", "name"], ["sources"]) == (
        "UNWIND $rows AS row\nCREATE (n:`Actor` {`id`: row[0], `name`: row[1], `sources`: $same.`sources`})"
    )
    assert cypher.create_listed_links("PART_OF", "Actor", "Programme", ["statements"], []) == (
        "UNWIND $rows AS row\n"
        "MATCH (a:`Actor` {id: row[0]})\n"
        "MATCH (b:`Programme` {id: row[1]})\n"
        "CREATE (a)-[r:`PART_OF` {`statements`: row[2]}]->(b)"
    )
    with pytest.raises(DataRefused):
        cypher.create_listed_nodes("Actor", ["a: 1}) DETACH DELETE (n"], [])
