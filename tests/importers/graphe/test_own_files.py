"""Our own exports, as people edit them since: what they add is listed, what can't be ours is rejected with its reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.graphe import IMPORTER
from pacte_graph.errors import DataRefused
from pacte_graph.records import Batch, Ref
from pacte_graph.schema import LINKS, NODES, interchange

ACTOR = {"id": "actor:a", "label": "Mairie", "pacte_label": "Actor", "name": "Mairie d'Albi", "pacte_programme": "programme:p"}
PROJECT = {"id": "project:p:3", "pacte_label": "Project", "number": 3, "since": "2016-02-18", "pacte_programme": "programme:p"}
LINK = {"source": "actor:a", "target": "project:p:3", "pacte_type": "TAKES_PART_IN", "pacte_key": "lead", "role": "lead"}


def read(tmp_path: Path, nodes: list[Any], edges: list[Any], programme: str | None = None, **about: Any) -> Batch:
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"graph": about, "nodes": nodes, "edges": edges}), encoding="utf-8")
    return IMPORTER.read([path], programme=programme)[0]


def reasons(batch: Batch) -> list[str]:
    return [item.reason for item in batch.rejected]


def test_identifiers_types_and_dates_are_ours_again(tmp_path: Path) -> None:
    batch = read(tmp_path, [ACTOR, PROJECT], [LINK], **{"programme.name": "Schéma", "programme.adopted_on": "2016-02-18"})
    nodes = {node.id: node.properties for node in batch.nodes}
    assert nodes == {
        "actor:a": {"name": "Mairie d'Albi"},
        "project:p:3": {"number": 3, "since": dt.date(2016, 2, 18)},
        "programme:p": {"name": "Schéma", "adopted_on": dt.date(2016, 2, 18)},
    }
    (link,) = [x for x in batch.links if x.type == "TAKES_PART_IN"]
    assert (link.source, link.target, link.key) == (Ref("Actor", "actor:a"), Ref("Project", "project:p:3"), "lead")
    assert batch.rejected == batch.not_understood == []


def test_what_gephi_adds_is_listed_and_what_it_draws_is_not(tmp_path: Path) -> None:
    added = {**ACTOR, "Modularity Class": 3, "size": 10.0, "x": 1.0}
    batch = read(
        tmp_path,
        [added, {**PROJECT, "Modularity Class": 1}],
        [{**LINK, "weight": 1.0}, {**LINK, "pacte_key": "x", "weight": 2.5}],
    )
    assert [item.text for item in batch.not_understood] == [
        "Attribute “Modularity Class” of Actor is no property of the schema",
        "Attribute “Modularity Class” of Project is no property of the schema",
        "Attribute “weight” of TAKES_PART_IN is no property of the schema",
    ]


@pytest.mark.parametrize(
    ("nodes", "edges", "reason"),
    [
        ([{"id": "new"}], [], "pacte_label is “”, which is no label of the schema."),
        ([{"id": "s", "pacte_label": "Source"}], [], "pacte_label is “Source”, which is no label of the schema."),
        ([{"id": "t", "pacte_label": "Territory"}], [], "name must be given."),
        (
            [{**ACTOR, "id": "b", "sme": "peut-être"}],
            [],
            "Column sme: “peut-être” is not oui or non. The rest of the row is taken.",
        ),
        ([{**ACTOR, "id": "b", "kind": "club"}], [], "Column kind: “club” is not one of: local_authority, state"),
        ([{**PROJECT, "id": "b", "number": 2**63}], [], "Column number: 9223372036854775808 is too large."),
        ([{**PROJECT, "id": "b", "number": -1}], [], "Column number: -1 is below 0."),
        ([{**PROJECT, "id": "b", "budget": "1e999"}], [], "Column budget: “1e999” is not a number (1 234,5)."),
        ([], [{"source": "actor:a", "target": "project:p:3"}], "pacte_type is “”, which is no relationship type of the schema."),
        ([], [{**LINK, "pacte_type": "ABOUT"}], "pacte_type is “ABOUT”, which is no relationship type of the schema."),
        ([], [{**LINK, "pacte_type": "COOPERATES_WITH"}], "The target of the link is a Project; it must be: Actor."),
        ([], [LINK, LINK], "The same link is stated at export.json (edges[0])."),
        ([], [{**LINK, "pacte_type": "APPLIES_IN"}], "The source of the link is a Actor; it must be: Project."),
        (
            [],
            [{**LINK, "source": "project:p:3", "pacte_type": "PART_OF"}],
            "The target of the link is a Project; it must be: Programme.",
        ),
    ],
)
def test_rows_that_cannot_be_ours_are_rejected(tmp_path: Path, nodes: list[Any], edges: list[Any], reason: str) -> None:
    batch = read(tmp_path, [ACTOR, PROJECT, *nodes], edges)
    assert len(batch.rejected) == 1
    assert reasons(batch)[0].startswith(reason)
    assert {"actor:a", "project:p:3"} <= {node.id for node in batch.nodes}


def test_the_programme_given_comes_first_and_two_are_refused(tmp_path: Path) -> None:
    batch = read(tmp_path, [ACTOR, PROJECT], [], programme="programme:autre")
    assert {x.target.id for x in batch.links} == {"programme:autre"}
    with pytest.raises(DataRefused, match="several programmes: programme:p, programme:q"):
        read(tmp_path, [ACTOR, {**PROJECT, "pacte_programme": "programme:q"}], [])
    unnamed = read(tmp_path, [ACTOR], [])
    assert [node.id for node in unnamed.nodes] == ["actor:a"]
    alone = read(tmp_path, [{name: x for name, x in ACTOR.items() if name != "pacte_programme"}], [])
    assert {x.target.id for x in alone.links} == {"programme:graphe:export"}


def test_a_file_can_be_read_as_ours_or_not_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps({"nodes": [ACTOR], "edges": []}), encoding="utf-8")
    (batch,) = IMPORTER.read([path], mode="un-mode")
    assert batch.nodes[0].id == "actor:graphe:e:actor%3Aa"
    path.write_text(json.dumps({"nodes": [{"id": 1}], "edges": []}), encoding="utf-8")
    with pytest.raises(DataRefused, match="pacte_label"):
        IMPORTER.read([path], mode="pacte")


@given(items=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_lists_come_back(items: list[str]) -> None:
    assert interchange.split(interchange.joined(items)) == items


@given(text=st.text("'=+-@\t\r\nab%u\"\\\x85\u2028F0 ", max_size=12))
def test_cells_and_quoted_texts_come_back(text: str) -> None:
    assert interchange.rearmed(interchange.disarmed(text)) == text
    assert not interchange.disarmed(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    quoted = interchange.quotable(text)
    assert interchange.unquoted(quoted) == text
    assert not set('"\\\n\r\t\x85\u2028') & set(quoted)


def test_no_property_of_the_schema_takes_the_name_of_a_column_of_exports() -> None:
    kept = {value for name, value in vars(interchange).items() if name.isupper() and not name.startswith("_")} | {
        "id",
        "key",
        "source",
        "target",
    }
    scoped = [*[kind for kind in NODES.values() if kind.scoped], *LINKS.values()]
    assert [(kind, item.name) for kind in scoped for item in kind.properties if item.name in kept] == []
