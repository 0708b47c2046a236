"""The page of saved queries: from an address to a question put, and from an answer to cells."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from dashapp.queries.asking import asked, explorer_href, export_href, page_state
from dashapp.queries.form import choices, field, suggestions
from dashapp.queries.page import cuts
from dashapp.queries.table import cell, column_definition, rows
from pacte_graph.network.model import Network, Node
from pacte_graph.queries import Column, QueryGraph, QueryParameter, QueryResult, SavedQuery, catalogue
from pacte_graph.schema.kinds import Words
from pacte_graph.store.values import NodeValue

STATE = {"programme": "programme:x", "lang": "fr"}
W = Words("Mot", "Word")


def parameter(name: str, type_: str = "text", **more: object) -> QueryParameter:
    return QueryParameter(name, type_, W, **more)  # type: ignore[arg-type]


def query(*parameters: QueryParameter, columns: tuple[Column, ...] = ()) -> SavedQuery:
    return SavedQuery("some-query", W, W, "projects", parameters, columns, "RETURN 1")


def test_the_programme_comes_from_the_scope_and_strangers_are_left_out() -> None:
    question = asked(
        query(parameter("programme", "node"), parameter("project", "node")),
        {**STATE, "p.project": "project:x:1", "p.stranger": "1"},
    )
    assert question.given == {"programme": "programme:x", "project": "project:x:1"}
    assert not question.missing


def test_what_must_be_chosen_first_is_named() -> None:
    question = asked(
        query(parameter("project", "node"), parameter("kind", optional=True), parameter("limit", "integer", default=5)), STATE
    )
    assert [item.name for item in question.missing] == ["project"]


def test_the_same_question_travels_to_the_explorer_and_to_files() -> None:
    question = asked(query(parameter("programme", "node"), parameter("project", "node")), {**STATE, "p.project": "project:x:é&1"})
    assert page_state(question) == {"q": "some-query", "p.project": "project:x:é&1"}
    assert "p.project=project%3Ax%3A%C3%A9%261" in explorer_href(question, STATE)
    assert "p.programme=programme%3Ax" in explorer_href(question, STATE)
    assert export_href(question, STATE, "csv").startswith(
        "/telecharger/some-query.csv?programme=programme%3Ax&lang=fr&q=some-query"
    )


def network() -> Network:
    nodes = [
        Node("project:x:10", "Project", {"number": 10, "name": "Dix"}),
        Node("project:x:2", "Project", {"number": 2}),
        Node("actor:x:a", "Actor", {"name": "Ville"}),
    ]
    return Network.of(nodes, [])


def test_nodes_are_listed_by_number_under_their_names() -> None:
    found = choices(parameter("project", "node", node="Project"), network(), "en")
    assert [item["label"] for item in found] == ["Project 2 (title unknown)", "10 · Dix"]


def test_suggestions_hold_every_node_the_suggested_label_first() -> None:
    found = suggestions(parameter("node", suggest="Project"), network(), "fr")
    assert [item["value"] for item in found] == ["project:x:2", "project:x:10", "actor:x:a"]


@pytest.mark.parametrize(
    "item", [item for saved in catalogue().values() for item in saved.parameters if item.name != "programme"]
)
def test_every_parameter_of_the_catalogue_has_a_field(item: QueryParameter) -> None:
    drawn = field(item, None, network(), "fr")
    assert drawn.id == {"type": "queries-field", "name": item.name}
    assert drawn.label == item.label.fr


def column(type_: str, **more: object) -> Column:
    return Column("c", type_, W, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "type_", "shown"),
    [
        (None, "text", "—"),
        (None, "number", None),
        (0, "integer", 0),
        (False, "boolean", "non"),
        (dt.date(2030, 1, 2), "date", "2030-01-02"),
        ([], "list", "—"),
        (["a", "b"], "list", "a, b"),
    ],
)
def test_unknown_zero_and_no_stay_apart(value: object, type_: str, shown: object) -> None:
    assert cell(value, column(type_), "fr") == shown


def answer(values: list[tuple[object, ...]], *, truncated: bool = False) -> QueryResult:
    asked_ = query(columns=(column("node"), column("integer")))
    return QueryResult(asked_, MappingProxyType({}), asked_.columns, tuple(values), QueryGraph((), ()), truncated, 10_000, 3.0)


def test_a_node_leads_to_its_card() -> None:
    found = rows(answer([(NodeValue("actor:x:a", "Actor", {"name": "=1+1"}), 4)]), STATE)
    assert found[0]["c0"] == "=1+1"
    assert found[0]["c1"] == 4
    assert "select=actor%3Ax%3Aa" in found[0]["c0_href"]


def test_numbers_of_things_have_no_separators() -> None:
    told = column_definition(0, Column("number", "integer", W), "fr")
    assert told["valueFormatter"]["function"].endswith("'fr', true)")


def test_a_cut_answer_says_at_how_many_rows() -> None:
    assert cuts(answer([(None, 1)]), "fr") == []
    assert "10\N{NARROW NO-BREAK SPACE}000 lignes" in cuts(answer([(None, 1)], truncated=True), "fr")[0]
