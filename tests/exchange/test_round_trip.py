"""What is written comes back: networkx reads it with its types, the importer reads the very same records."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.graphe import IMPORTER
from pacte_graph import ids
from pacte_graph.exchange import WRITERS, clean, graph_of
from pacte_graph.network import Link, Network, Node, Scope
from pacte_graph.network.read import LABELS, TYPES
from pacte_graph.records import Batch
from pacte_graph.schema import LINKS, NODES, Property

TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=12)
    | st.sampled_from(
        ["=1+1", "'=x", "-5", "a | b", "a\\|b", 'dit "Le Pôle"', "deux\nlignes", "a\r\nb\tc", "%22", "123", "vrai", "l'été 🙂"]
    )
).filter(str.strip)
VALUES = {
    "string": TEXTS,
    "integer": st.integers(0, 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.dates(),
    "strings": st.lists(TEXTS, min_size=1, max_size=3),
}
IDENTIFIERS = TEXTS.filter(lambda text: ids.part(text) == text or len(ids.part(text)) < 40)
WHOLE = frozenset({".graphml", ".json"})


def value(item: Property) -> st.SearchStrategy[Any]:
    if item.choices:
        return st.sampled_from([choice.value for choice in item.choices])
    found = VALUES[item.type]
    return found.filter(lambda number: number >= item.minimum) if item.minimum is not None else found


@st.composite
def properties(draw: Any, kind: Any) -> dict[str, Any]:
    optional = [item for item in kind.properties if not item.required and item.name != "contour"]
    chosen = [item for item in kind.properties if item.required] + draw(
        st.lists(st.sampled_from(optional), max_size=4, unique=True)
    )
    return {item.name: draw(value(item)) for item in chosen}


@st.composite
def networks(draw: Any) -> Network:
    names = draw(st.lists(st.tuples(st.sampled_from(LABELS), IDENTIFIERS), min_size=1, max_size=6, unique=True))
    nodes = {ids.make(label.lower(), name): label for label, name in names}
    drawn = [Node(name, label, draw(properties(NODES[label]))) for name, label in nodes.items()]
    links: dict[tuple[str, str, str, str], Link] = {}
    for _ in range(draw(st.integers(0, 6))):
        kind = LINKS[draw(st.sampled_from(TYPES))]
        starts = [name for name, label in nodes.items() if label in kind.sources]
        ends = [name for name, label in nodes.items() if label in kind.targets]
        if starts and ends:
            source, target = draw(st.sampled_from(starts)), draw(st.sampled_from(ends))
            key = draw(st.just("") | IDENTIFIERS.map(ids.part)) if kind.keyed else ""
            links[kind.type, source, target, key] = Link(kind.type, source, target, key, draw(properties(kind)))
    programme = {"name": draw(TEXTS), **draw(properties(NODES["Programme"]))}
    return Network.of(drawn, links.values(), scope=Scope("programme:essai"), programme=programme, sources=["Une source"])


def facts(found: Network) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return what the importer must state, by identity."""
    labels = {node.id: node.label for node in found.nodes}
    nodes = {(node.label, node.id): dict(node.properties) for node in found.nodes}
    links = {(x.type, (labels[x.source], x.source), (labels[x.target], x.target), x.key): dict(x.properties) for x in found.links}
    return nodes, links


def stated(batch: Batch) -> tuple[dict[Any, Any], dict[Any, Any]]:
    nodes = {(node.label, node.id): dict(node.properties) for node in batch.nodes}
    links = {(x.type, tuple(x.source), tuple(x.target), x.key): dict(x.properties) for x in batch.links}
    return nodes, links


def taken(found: Network, suffix: str, folder: Path) -> Batch:
    path = folder / f"réseau{suffix}"
    path.write_bytes(WRITERS[suffix](found, "fr"))
    (batch,) = IMPORTER.read([path])
    return batch


QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".json"])
@given(found=networks())
@QUIET
def test_the_importer_states_what_was_exported(suffix: str, found: Network) -> None:
    with tempfile.TemporaryDirectory() as folder:
        batch = taken(found, suffix, Path(folder))
    assert (batch.rejected, batch.not_understood) == ([], [])
    nodes, links = stated(batch)
    programme = nodes.pop(("Programme", "programme:essai"))
    told = dict(found.programme)
    assert programme == (
        told if suffix in WHOLE else {"name": told["name"], **({"fictitious": True} if found.fictitious else {})}
    )
    assert batch.card.fictitious == found.fictitious
    perimeter = {key for key in links if key[0] == "PART_OF"}
    assert {key[1] for key in perimeter} == set(nodes)
    assert (nodes, {key: told for key, told in links.items() if key not in perimeter}) == facts(found)


@given(found=networks())
@QUIET
def test_a_table_of_links_states_links_alone(found: Network) -> None:
    if not found.links:
        return
    with tempfile.TemporaryDirectory() as folder:
        batch = taken(found, ".csv", Path(folder))
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert stated(batch) == ({}, facts(found)[1])


def read_back(suffix: str, content: bytes) -> nx.MultiDiGraph:
    if suffix == ".graphml":
        return nx.read_graphml(io.BytesIO(content), edge_key_type=str, force_multigraph=True)
    if suffix == ".gexf":
        return nx.read_gexf(io.BytesIO(content))
    return nx.node_link_graph(json.loads(content))


def plain(graph: nx.MultiDiGraph) -> tuple[dict[Any, Any], dict[Any, Any]]:
    nodes = {node: dict(told) for node, told in graph.nodes(data=True)}
    links = {
        (u, v, key): {name: x for name, x in told.items() if name != "id"}
        for u, v, key, told in graph.edges(keys=True, data=True)
    }
    return nodes, links


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json"])
@given(found=networks())
@QUIET
def test_networkx_reads_the_same_graph_with_its_types(suffix: str, found: Network) -> None:
    wanted = graph_of(found, "fr", lists=suffix == ".json")
    graph = read_back(suffix, WRITERS[suffix](found, "fr"))
    if not graph.is_multigraph():  # GEXF says nothing of it: networkx makes a plain graph when no link is parallel
        graph = nx.MultiDiGraph([(u, v, told.pop("key", told.get("id")), told) for u, v, told in graph.edges(data=True)])
        graph.add_nodes_from(nx.read_gexf(io.BytesIO(WRITERS[suffix](found, "fr"))).nodes(data=True))
    assert plain(graph) == plain(wanted)
    for (_, told), (_, other) in zip(sorted(graph.nodes(data=True)), sorted(wanted.nodes(data=True)), strict=True):
        assert {name: type(x) for name, x in told.items()} == {name: type(x) for name, x in other.items()}


@given(found=networks())
@QUIET
def test_networkx_reads_pajek_with_every_value_as_text(found: Network) -> None:
    graph = nx.parse_pajek(WRITERS[".net"](found, "fr").decode().replace("\r\n", "\n"))
    assert (len(graph), graph.number_of_edges()) == (len(found.nodes), len(found.links))
    for node, told in graph.nodes(data=True):
        assert told["pacte_label"] in LABELS
        assert all(isinstance(x, str) for name, x in told.items() if name not in {"x", "y"}), node


@given(found=networks())
@QUIET
def test_the_same_network_gives_the_same_bytes(found: Network) -> None:
    again = Network.of(
        reversed(found.nodes), reversed(found.links), scope=found.scope, programme=found.programme, sources=found.sources
    )
    for suffix, write in WRITERS.items():
        assert write(found, "fr") == write(again, "fr"), suffix


def test_dates_lists_and_numbers_are_what_they_say() -> None:
    told = {"name": "A", "aliases": ["un|deux", "trois"], "latitude": 43, "sme": True}
    found = Network.of(
        [Node("actor:a", "Actor", told), Node("project:p", "Project", {"since": dt.date(2016, 2, 18)})],
        [Link("TAKES_PART_IN", "actor:a", "project:p", "lead", {"role": "lead", "amount": 10})],
    )
    graph = graph_of(found, "en")
    assert graph.nodes["actor:a"]["aliases[]"] == r"un\|deux | trois"
    assert graph.nodes["actor:a"]["latitude"] == 43.0
    assert isinstance(graph.nodes["actor:a"]["latitude"], float)
    assert graph.nodes["actor:a"]["sme"] is True
    assert graph.nodes["project:p"]["since"] == "2016-02-18"
    assert graph.edges["actor:a", "project:p", "TAKES_PART_IN|actor:a|project:p|lead"]["label"] == "takes part in"
    assert graph_of(found, lists=True).nodes["actor:a"]["aliases"] == ["un|deux", "trois"]


def test_what_xml_cannot_hold_is_removed_everywhere() -> None:
    found = Network.of([Node("actor:a", "Actor", {"name": "a\x00b\x0bc\ud800d\ufffe", "note": "\x1b"})], [])
    for suffix, write in WRITERS.items():
        assert b"\x0b" not in write(found, "fr"), suffix
    assert nx.node_link_graph(json.loads(WRITERS[".json"](found, "fr"))).nodes["actor:a"]["name"] == "abcd"
    assert clean("a\tb\r\nc") == "a\tb\r\nc"
