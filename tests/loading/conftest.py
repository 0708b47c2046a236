"""A small source that has a bit of everything, and the whole content of a database as one comparable value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import pytest

from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord, Ref, SourceFile, Where

BatchMaker = Callable[..., Batch]

PROGRAMME = Ref("Programme", "programme:p")


def make_batch(nodes: Iterable[NodeRecord] = (), links: Iterable[LinkRecord] = (), source: str = "source:one") -> Batch:
    card = Card(source, f"Nom de {source}", f"Name of {source}", publisher="Éditeur", fictitious=True)
    return Batch(card, "tests", "1.0", (SourceFile("f.csv", "0" * 64),), iter(nodes), iter(links))


def node(label: str, id_: str, line: int = 1, file: str = "f.csv", **properties: Any) -> NodeRecord:
    return NodeRecord(label, id_, properties, (Where(file, line),))


def link(
    type_: str, source: Ref, target: Ref, line: int = 1, key: str = "", file: str = "f.csv", **properties: Any
) -> LinkRecord:
    return LinkRecord(type_, source, target, properties, (Where(file, line),), key)


def sample(size: int = 12) -> tuple[list[NodeRecord], list[LinkRecord]]:
    """Return a programme, ``size`` projects and actors, five nested territories, and their links."""
    nodes = [node("Programme", PROGRAMME.id, name="Schéma « P »", fictitious=True)]
    links: list[LinkRecord] = []
    towns = [Ref("Territory", f"territory:{number}") for number in range(5)]
    nodes += [node("Territory", ref.id, 10 + number, name=f"Échelle {number}") for number, ref in enumerate(towns)]
    links += [link("WITHIN", low, high, 20) for low, high in pairwise(towns)]
    links += [link("PART_OF", ref, PROGRAMME, 30) for ref in towns]
    for number in range(size):
        project, actor = Ref("Project", f"project:p:{number}"), Ref("Actor", f"actor:p:{number}")
        nodes += [node("Project", project.id, 100 + number, number=number, budget=1.5 * number)]
        nodes += [node("Actor", actor.id, 200 + number, name=f"Acteur {number}", aliases=["é", "🙂"])]
        links += [link("PART_OF", ref, PROGRAMME, 300 + number) for ref in (project, actor)]
        links += [link("TAKES_PART_IN", actor, project, 400 + number, key=role, role=role) for role in ("lead", "funder")]
        links += [link("APPLIES_IN", project, towns[number % 5], 500 + number, status="declined")]
    return nodes, links


@pytest.fixture
def make() -> BatchMaker:
    """Return the maker of a batch from nodes, links and a source's id."""
    return make_batch


@pytest.fixture(name="node")
def node_fixture() -> Callable[..., NodeRecord]:
    """Return the maker of a node record."""
    return node


@pytest.fixture(name="link")
def link_fixture() -> Callable[..., LinkRecord]:
    """Return the maker of a link record."""
    return link


@pytest.fixture(name="sample")
def sample_fixture() -> Callable[..., tuple[list[NodeRecord], list[LinkRecord]]]:
    """Return the maker of the sample's records."""
    return sample


@pytest.fixture
def sample_batch() -> Callable[..., Batch]:
    """Return a maker of the sample's batch, for a source and a size."""
    return lambda source="source:one", size=12: make_batch(*sample(size), source=source)


@pytest.fixture
def content() -> Callable[..., dict[str, Any]]:
    """Return the reader of a database's whole content."""
    return content_of


def content_of(store: Any, *, with_runs: bool = False) -> dict[str, Any]:
    """Return every node and link with its properties; the runs only ``with_runs`` (their identifiers are never the same)."""
    nodes = store.read("MATCH (n) WHERE NOT n:ImportRun RETURN labels(n) AS labels, n.id AS id, properties(n) AS p ORDER BY id")
    links = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p, coalesce(r.key, '') AS k, "
        "coalesce(r.as_source, a.id) AS s, coalesce(r.as_target, b.id) AS e "
        "ORDER BY t, a, b, k, s, e"
    )
    shown = (
        (lambda properties: dict(sorted((k, v) for k, v in properties.items() if k != "left_as"))) if with_runs else _without_runs
    )
    return {
        "nodes": [(row["labels"], row["id"], shown(row["p"])) for row in nodes],
        "links": [(row["t"], row["a"], row["b"], row["k"], shown(row["p"])) for row in links],
    }


def _without_runs(properties: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in properties.items() if name not in ("first_run", "last_run", "left_as")}
    if "statements" in found:
        found["statements"] = [re.sub(r'"run":"[^"]*"', '"run":"RUN"', text) for text in found["statements"]]
    return dict(sorted(found.items()))
