"""Every saved query finds something in the built-in fictitious case, on each engine; the Toulouse case never mixes in."""

from __future__ import annotations

from pathlib import Path

import pytest

import pacte_graph
from importers.tables import IMPORTER
from pacte_graph import loading
from pacte_graph.queries import catalogue, run
from pacte_graph.settings import Settings
from pacte_graph.store import Store

CASES = Path(pacte_graph.__file__).parent / "cases"
PROJECT = "MATCH (p:Project {number: 3})-[:PART_OF]->(:Programme {id: 'programme:fictif'})\nRETURN p.id AS id"
COMMUNE = (
    "MATCH (c:Territory)-[:WITHIN]->(:Territory)<-[:APPLIES_IN {status: 'declined'}]-(:Project)"
    "-[:PART_OF]->(:Programme {id: 'programme:fictif'})\nWHERE c.level = 'commune'\nRETURN c.id AS id\nORDER BY id\nLIMIT 1"
)


def load(store: Store, name: str) -> None:
    for batch in IMPORTER.read([CASES / name]):
        loading.apply(store, loading.plan(store, batch))


@pytest.mark.slow
def test_every_question_has_an_answer_in_the_fictitious_case(store: Store) -> None:
    for case in ("fictitious", "toulouse"):
        load(store, case)
    project, commune = (str(store.read(query)[0]["id"]) for query in (PROJECT, COMMUNE))
    given = {"programme": "programme:fictif", "project": project, "territory": commune, "node": project}
    for name, query in catalogue().items():
        result = run(store, name, {item.name: given[item.name] for item in query.parameters if item.name in given}, Settings())
        assert result.rows, name
        assert all(len(row) == len(query.columns) for row in result.rows), name
        assert not [node for node in result.graph.nodes if ":sdeirm:" in node], name


@pytest.mark.slow
def test_the_toulouse_case_answers_without_inventing(store: Store) -> None:
    load(store, "toulouse")
    unknown = run(store, "what-is-unknown", {"programme": "programme:sdeirm"}, Settings())
    known = {row[1] for row in unknown.rows if row[2]}
    assert len(unknown.rows) >= 9
    assert known <= {3, None}  # only project 03 has both a number and a title that are attested
    sides = run(store, "both-sides-of-the-partnership", {"programme": "programme:sdeirm"}, Settings())
    assert {row[0].id for row in sides.rows} == {"actor:siren:243100518", "actor:siren:243400017"}  # by their framework agreement
    for name in ("projects-by-territory", "declination-by-scale", "links-without-direction"):
        assert not run(store, name, {"programme": "programme:sdeirm"}, Settings()).truncated
