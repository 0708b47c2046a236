from __future__ import annotations

import pytest

from pacte_graph.errors import PacteError, QueryRefused, UsageError
from pacte_graph.loading.absorbed import absorb
from pacte_graph.queries import catalogue, only_programme, run, run_query
from pacte_graph.queries.model import Column, SavedQuery
from pacte_graph.records import Ref
from pacte_graph.schema.kinds import Words
from pacte_graph.settings import Settings
from pacte_graph.store import Store
from pacte_graph.store.values import NodeValue

ARGUMENTS = {
    "programme": "programme:petit",
    "project": "project:petit:1",
    "territory": "territory:petit:commune",
    "node": "actor:petit:a",
}
# what each file must answer on the small network: (rows, nodes of the graph, first cells in the order of the query)
EXPECTED = {
    "actors-in-most-projects": (3, ["actor:petit:a", "actor:petit:b", "actor:petit:c"]),
    "actors-within-two-steps": (1, ["actor:petit:c"]),
    "both-sides-of-the-partnership": (1, ["actor:petit:a"]),
    "declination-by-scale": (5, ["metropolis", "agglomeration", "city_network", "bimetropolitan", "region"]),
    "links-declared-by-one-side": (1, ["project:petit:1"]),
    "links-without-direction": (1, ["project:petit:1"]),
    "people-behind-a-project": (3, ["actor:petit:a", "person:petit:p", "actor:petit:b"]),
    "projects-by-territory": (2, ["project:petit:1", "project:petit:2"]),
    "projects-of-a-territory": (1, ["project:petit:2"]),
    "projects-sharing-actors": (1, ["project:petit:1"]),
    "regional-funding": (3, ["project:petit:1", "project:petit:2", "project:petit:3"]),
    "savings-from-pooling": (1, ["project:petit:2"]),
    "what-is-unknown": (2, ["project:petit:3", "project:petit:2"]),
    "who-says-so": (1, ["actor:petit:a"]),
}


def arguments(name: str) -> dict[str, str]:
    return {item.name: ARGUMENTS[item.name] for item in catalogue()[name].parameters if item.name in ARGUMENTS}


def test_no_file_goes_untested() -> None:
    assert set(EXPECTED) == set(catalogue())


@pytest.mark.parametrize("name", list(catalogue()))
def test_each_file_answers_on_each_engine(small: Store, name: str) -> None:
    result = run(small, name, arguments(name), Settings())
    first = [row[0].id if isinstance(row[0], NodeValue) else row[0] for row in result.rows]
    assert (len(result.rows), first) == EXPECTED[name]
    assert all(len(row) == len(result.columns) for row in result.rows)
    assert not result.truncated
    assert not [node for node in result.graph.nodes if node.startswith("project:autre")]
    _types_as_declared(result.columns, result.rows)


TWINS = [
    ("Actor", "actor:petit:a2", "actor:petit:a", ("BASED_IN", "Territory", "territory:petit:commune", {})),
    ("Project", "project:petit:1b", "project:petit:1", ("APPLIES_IN", "Territory", "territory:petit:two", {"status": "unknown"})),
    ("Person", "person:petit:p2", "person:petit:p", None),
    ("Territory", "territory:petit:bourg", "territory:petit:commune", None),
]
"""Records to merge into others: each is in the perimeter too, and states what the other one states."""


@pytest.mark.parametrize("name", list(catalogue()))
def test_merged_records_do_not_answer_twice(small: Store, name: str) -> None:
    before = run(small, name, arguments(name), Settings()).rows
    for label, twin, kept, link in TWINS:
        told = {"id": twin, "name": "Jumeau", "number": 1, "budget": 7.0, "joint_cost": 1.0, "standalone_cost": 2.0}
        statements = [
            (f"CREATE (n:{label}) SET n = $told", {"told": told}),
            (
                f"MATCH (n:{label} {{id: $id}})\nMATCH (p:Programme {{id: $programme}})\nCREATE (n)-[:PART_OF {{key: ''}}]->(p)",
                {"id": twin, "programme": ARGUMENTS["programme"]},
            ),
        ]
        if link:
            type_, other, target, properties = link
            text = f"MATCH (n:{label} {{id: $id}})\nMATCH (t:{other} {{id: $target}})\nCREATE (n)-[r:{type_}]->(t)\nSET r = $told"
            statements.append((text, {"id": twin, "target": target, "told": {"key": "", **properties}}))
        small.write_many(statements)
        absorb(small, Ref(label, kept), Ref(label, twin))
    assert [_shown(row) for row in run(small, name, arguments(name), Settings()).rows] == [_shown(row) for row in before]


def _shown(row: tuple[object, ...]) -> list[object]:
    return [cell.id if isinstance(cell, NodeValue) else cell for cell in row]


def _types_as_declared(columns: tuple[Column, ...], rows: tuple[tuple[object, ...], ...]) -> None:
    types = {"integer": int, "number": int | float, "text": str, "boolean": bool, "list": list, "node": NodeValue}
    for place, column in enumerate(columns):
        for row in rows:
            assert row[place] is None or column.type not in types or isinstance(row[place], types[column.type]), column.name  # type: ignore[arg-type]


def test_the_small_network_in_figures(small: Store) -> None:
    scales = {row[0]: row[1:] for row in run(small, "declination-by-scale", arguments("declination-by-scale"), Settings()).rows}
    assert scales["metropolis"] == (3, 1, 2, 0)  # 1 declined; 2 says unknown; 3 says nothing
    assert scales["region"] == (3, 0, 1, 2)
    (pooled,) = run(small, "savings-from-pooling", arguments("savings-from-pooling"), Settings()).rows
    assert pooled[5:] == (40.0, None)  # coordination unknown: no net saving is claimed
    funding = {row[1]: row[4] for row in run(small, "regional-funding", arguments("regional-funding"), Settings()).rows}
    assert funding == {1: 25.0, 2: None, 3: None}


def test_a_path_says_how_an_actor_is_reached(small: Store) -> None:
    result = run(small, "actors-within-two-steps", arguments("actors-within-two-steps"), Settings())
    assert result.graph.nodes == ("actor:petit:c", "project:petit:1", "project:petit:3")
    assert result.graph.links == (
        "LINKED_TO|project:petit:1|project:petit:3|1",
        "TAKES_PART_IN|actor:petit:c|project:petit:3|partner",
    )


def test_an_answer_cut_by_the_limit_says_so(small: Store) -> None:
    result = run(small, "regional-funding", arguments("regional-funding"), Settings(query_rows=2))
    assert (len(result.rows), result.truncated, result.limit) == (2, True, 2)


def test_an_answer_cut_by_its_own_limit_says_so_and_one_that_just_fits_does_not(small: Store) -> None:
    cut = run(small, "regional-funding", {**arguments("regional-funding"), "limit": "2"}, Settings())
    assert (len(cut.rows), cut.truncated, cut.limit) == (2, True, 2)
    whole = run(small, "regional-funding", {**arguments("regional-funding"), "limit": "3"}, Settings())
    assert (len(whole.rows), whole.truncated) == (3, False)
    with pytest.raises(UsageError, match="limit of regional-funding can't be 0"):
        run(small, "regional-funding", {**arguments("regional-funding"), "limit": "0"}, Settings())


@pytest.mark.parametrize(
    "clause", ["CREATE (x:Project {id: 'x'})", "SET p.name = 'x'", "LOAD CSV FROM 'file:///etc/passwd' AS row"]
)
def test_the_engine_itself_refuses_what_a_saved_query_may_not_do(small: Store, clause: str) -> None:
    cypher = f"MATCH (p:Project)-[:PART_OF]->(:Programme {{id: $programme}})\n{clause}\nRETURN p.id AS id"
    words = Words("x", "x")
    programme = catalogue()["regional-funding"].parameters[0]
    query = SavedQuery("evil", words, words, "data", (programme,), (Column("id", "text", words),), cypher)
    with pytest.raises(PacteError) as caught:
        run_query(small, query, {"programme": "programme:petit"}, Settings())
    assert isinstance(caught.value, QueryRefused) or "Cannot load from URL" in caught.value.message
    assert small.read("MATCH (p:Project {id: 'x'})\nRETURN p.id AS id") == []
    assert small.read("MATCH (p:Project {id: 'project:petit:1'})\nRETURN p.name AS name") == [{"name": "Accueil"}]


def test_several_programmes_must_be_chosen_from(small: Store) -> None:
    with pytest.raises(UsageError, match="Several programmes are loaded: programme:autre, programme:petit"):
        only_programme(small)


def test_nothing_loaded_says_what_to_do(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        only_programme(store)
    assert "pacte demo" in caught.value.hint
