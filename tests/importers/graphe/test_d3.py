"""JSON as d3's examples hold it: nodes with a name alone, links by the places of their ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.graphe import IMPORTER
from pacte_graph.errors import DataRefused, in_language
from pacte_graph.records import Batch

NODES = [{"name": "Myriel", "group": 1}, {"name": "Napoléon", "group": 1}, {"name": "Valjean", "group": 2}]


def read(folder: Path, nodes: list[Any], links: list[Any]) -> Batch:
    path = folder / "miserables.json"
    path.write_text(json.dumps({"nodes": nodes, "links": links}), encoding="utf-8")
    return IMPORTER.read([path])[0]


def ties(batch: Batch) -> list[tuple[str, str]]:
    found = [link for link in batch.links if link.type == "COOPERATES_WITH"]
    return [(link.source.id.rpartition(":")[2], link.target.id.rpartition(":")[2]) for link in found]


def names(batch: Batch) -> dict[str, Any]:
    return {node.id.rpartition(":")[2]: node.properties["name"] for node in batch.nodes if node.label == "Actor"}


def test_a_name_identifies_and_links_give_places(tmp_path: Path) -> None:
    batch = read(tmp_path, NODES, [{"source": 1, "target": 0, "weight": 3}, {"source": 2, "target": 0}])
    assert names(batch) == {"Myriel": "Myriel", "Napoléon": "Napoléon", "Valjean": "Valjean"}
    assert ties(batch) == [("Napoléon", "Myriel"), ("Valjean", "Myriel")]
    assert [link.properties for link in batch.links if link.key] == [{"weight": 3.0}, {}]
    assert batch.rejected == []


def test_ends_may_be_names_or_the_nodes_themselves(tmp_path: Path) -> None:
    links = [{"source": "Myriel", "target": "Valjean"}, {"source": {**NODES[1], "index": 1}, "target": NODES[2]}]
    assert ties(read(tmp_path, NODES, links)) == [("Myriel", "Valjean"), ("Napoléon", "Valjean")]


def test_places_count_everything_in_the_list_and_names_that_are_shared_are_told_apart(tmp_path: Path) -> None:
    nodes = [7, {"name": "A"}, {"name": "B"}, {"name": "A"}, {"name": "A#1"}]
    batch = read(tmp_path, nodes, [{"source": 1, "target": 2}, {"source": 3, "target": 2}, {"source": 4, "target": 2}])
    assert names(batch) == {"A#1": "A", "B": "B", "A#3": "A", "A#1#4": "A#1"}
    assert ties(batch) == [("A#1", "B"), ("A#3", "B"), ("A#1#4", "B")]
    assert [item.reason for item in batch.rejected] == ["An object was expected."]


def test_a_place_outside_the_list_or_no_place_at_all_is_rejected(tmp_path: Path) -> None:
    links = [{"source": 0, "target": 9}, {"source": 0, "target": -1}, {"source": 0, "target": True}, {"source": 0, "target": 1}]
    batch = read(tmp_path, NODES, links)
    assert [item.reason for item in batch.rejected] == [
        "The link lacks one of its ends.",
        "No node 'nodes[9]' is declared.",
        "No node 'nodes[-1]' is declared.",
    ]
    assert ties(batch) == [("Myriel", "Napoléon")]


def test_identifiers_come_first_where_there_are_some(tmp_path: Path) -> None:
    nodes = [{"id": 5, "name": "A"}, {"id": 0, "name": "B"}]
    assert ties(read(tmp_path, nodes, [{"source": 5, "target": 0}])) == [("5", "0")]


def test_nodes_with_neither_are_all_named_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(DataRefused) as refused:
        read(tmp_path, [{"group": 1}, {"name": " "}], [])
    assert refused.value.message == (
        "miserables.json holds no node:\n"
        "- miserables.json: The node has no identifier.\n"
        "- miserables.json: The node has no identifier."
    )
    assert in_language(refused.value.message, "fr").endswith("- miserables.json : Le nœud n'a pas d'identifiant.")
