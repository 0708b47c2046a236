from __future__ import annotations

from pathlib import Path

import pytest

from pacte_graph.errors import QueryRefused, UnknownName, UsageError
from pacte_graph.queries import catalogue, find
from pacte_graph.queries.loader import folder, parse
from pacte_graph.queries.text import forbidden, parameters

HEAD = """
// title = { fr = "Titre", en = "Title" }
// question = { fr = "Quoi ?", en = "What?" }
// category = "data"
//
// [[parameters]]
// name = "programme"
// type = "node"
// node = "Programme"
// label = { fr = "Programme", en = "Programme" }
//
// [[columns]]
// name = "id"
// type = "text"
// fr = "Identifiant"
// en = "Identifier"
""".lstrip()
BODY = "\nMATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})\nRETURN p.id AS id\nORDER BY id\nLIMIT 10\n"


def test_a_file_is_read_into_its_words_parameters_columns_and_cypher() -> None:
    query = parse("a-question", HEAD + BODY)
    assert query.title.en == "Title"
    assert [item.name for item in query.parameters] == ["programme"]
    assert [column.label.fr for column in query.columns] == ["Identifiant"]
    assert query.cypher == BODY.strip()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD.replace("category", "categorie") + BODY, "categorie: Extra inputs are not permitted"),
        (HEAD.replace('en = "Title"', 'de = "Titel"') + BODY, "title"),
        (HEAD.replace('"data"', '"divers"') + BODY, "category"),
        (HEAD.replace("title = {", "title = {{") + BODY, "not TOML"),
        (HEAD + BODY.replace("$programme", "$other"), "parameters declared and used differ: other, programme"),
        (HEAD + BODY.replace("{id: $programme}", "{id: '$programme'}"), "differ: programme"),
        (HEAD.replace('node = "Programme"\n', 'node = "Programm"\n') + BODY, "there is no label Programm"),
        (HEAD.replace('type = "text"', 'type = "words"') + BODY, "columns.0.type"),
        (HEAD + '// choices_of = "Project.colour"\n' + BODY, "Project.colour is not a property"),
        (BODY, "Field required"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_name_and_the_place(content: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse("a-question", content)
    assert caught.value.message.startswith("a-question.cypher")
    assert said in caught.value.message


@pytest.mark.parametrize(
    "clause",
    [
        "CREATE (x:Project)",
        "SET p.name = 'x'",
        "detach delete p",
        "MERGE (x:Project {id: 'a'})",
        "REMOVE p.name",
        "LOAD  CSV FROM 'file:///etc/passwd' AS row",
        "CALL dbms.components() YIELD name",
        "CALL apoc.load.json('x') YIELD value",
        "FOREACH (x IN [1] | SET p.n = x)",
        "DROP CONSTRAINT c",
    ],
)
def test_a_writing_query_is_refused_when_its_file_is_read(clause: str) -> None:
    with pytest.raises(QueryRefused, match=r"a-question\.cypher holds"):
        parse("a-question", HEAD + BODY.replace("RETURN", f"{clause}\nRETURN"))


@pytest.mark.parametrize(
    "harmless",
    [
        "RETURN 'CREATE', \"SET x\", n.`DELETE`, n.set // MERGE",
        "RETURN {set: 1} /* LOAD CSV */",
        "CALL { RETURN 1 AS x } RETURN x",
        "CALL (n) { RETURN 1 AS x } RETURN x",
        "MATCH (n)-[:CREATE]->() RETURN n.created_at AS create_date",
    ],
)
def test_words_inside_strings_names_and_comments_are_no_clauses(harmless: str) -> None:
    assert forbidden(harmless) is None


def test_parameters_are_found_past_strings_back_ticks_and_comments() -> None:
    text = (
        "MATCH (n {a: $a, u: 'https://x/$no', q: 'it\\'s $no'}) // $no\nWHERE n.`$no` = $b /* $no\n$no */ RETURN \"$no\", $`c d`"
    )
    assert parameters(text) == {"a", "b", "c d"}


def test_the_catalogue_holds_the_sheets_own_questions() -> None:
    known = catalogue()
    assert len(known) >= 10
    assert list(known) == sorted(known)
    assert {
        "projects-by-territory",
        "actors-within-two-steps",
        "both-sides-of-the-partnership",
        "projects-sharing-actors",
    } <= set(known)
    assert len({query.question.fr for query in known.values()}) == len(known)


@pytest.mark.parametrize("name", list(catalogue()))
def test_house_style_of_every_file(name: str) -> None:
    query = catalogue()[name]
    clauses = query.cypher.splitlines()
    assert query.question.fr.endswith(" ?")
    assert query.question.en.endswith("?")
    assert any(line.startswith("ORDER BY") for line in clauses)
    assert clauses[-1].startswith("LIMIT")
    assert "collect(" not in query.cypher or "][0]" not in query.cypher


def test_the_folder_does_not_depend_on_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = folder()
    (tmp_path / "cypher").mkdir()
    monkeypatch.chdir(tmp_path)
    assert folder() == here
    assert here.is_absolute()


def test_an_empty_folder_is_an_error_and_not_an_empty_catalogue(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No saved query was found"):
        catalogue(tmp_path)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        find("projets")
    assert "projects-by-territory" in caught.value.hint
