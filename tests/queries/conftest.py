"""A small invented network in which every saved query finds something."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pacte_graph.store import Store

PROGRAMME = "programme:petit"
NODES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Project",
        "project:petit:1",
        {"number": 1, "name": "Accueil", "budget": 200.0, "regional_funding": 50.0, "sheet_date": "2016-01-01"},
    ),
    ("Project", "project:petit:2", {"number": 2, "name": "=Formule", "standalone_cost": 90.0, "joint_cost": 50.0}),
    ("Project", "project:petit:3", {"number": 3}),
    (
        "Actor",
        "actor:petit:a",
        {"name": "Alpha", "kind": "company", "sources": ["essai"], "first_run": "run:1", "last_run": "run:1"},
    ),
    ("Actor", "actor:petit:b", {"name": "Bêta", "kind": "university"}),
    ("Actor", "actor:petit:c", {"name": "Gamma"}),
    ("Person", "person:petit:p", {"name": "Personne", "function": "chargée de mission"}),
    ("Territory", "territory:petit:commune", {"name": "Bourg", "level": "commune"}),
    ("Territory", "territory:petit:one", {"name": "Première", "level": "metropolis"}),
    ("Territory", "territory:petit:two", {"name": "Seconde", "level": "metropolis"}),
    ("Territory", "territory:petit:both", {"name": "Partenariat", "level": "bimetropolitan"}),
]
LINKS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("LINKED_TO", "project:petit:1", "project:petit:2", {"key": "1", "sense": "pulls", "declared_by": "project:petit:1"}),
    ("LINKED_TO", "project:petit:1", "project:petit:3", {"key": "1", "declared_by": "project:petit:1"}),
    ("LINKED_TO", "project:petit:2", "project:petit:1", {"key": "2", "declared_by": "project:petit:2", "sense": "pulls"}),
    ("TAKES_PART_IN", "actor:petit:a", "project:petit:1", {"key": "lead", "role": "lead", "amount": 10.0}),
    ("TAKES_PART_IN", "actor:petit:a", "project:petit:2", {"key": "partner", "role": "partner"}),
    ("TAKES_PART_IN", "actor:petit:b", "project:petit:2", {"key": "partner", "role": "partner"}),
    ("TAKES_PART_IN", "actor:petit:b", "project:petit:1", {"key": "partner", "role": "partner"}),
    ("TAKES_PART_IN", "actor:petit:c", "project:petit:3", {"key": "partner", "role": "partner"}),
    ("TAKES_PART_IN", "person:petit:p", "project:petit:1", {"key": "manager", "role": "manager"}),
    ("MEMBER_OF", "person:petit:p", "actor:petit:a", {"key": ""}),
    ("BASED_IN", "actor:petit:a", "territory:petit:commune", {"key": ""}),
    ("APPLIES_IN", "project:petit:1", "territory:petit:two", {"key": "", "status": "declined"}),
    ("APPLIES_IN", "project:petit:2", "territory:petit:one", {"key": "", "status": "unknown"}),
    ("WITHIN", "territory:petit:commune", "territory:petit:one", {"key": ""}),
    ("WITHIN", "territory:petit:one", "territory:petit:both", {"key": ""}),
    ("WITHIN", "territory:petit:two", "territory:petit:both", {"key": ""}),
]


def fill(store: Store) -> None:
    """Write the small network, and one node of another programme that no query may show."""
    statements: list[tuple[str, dict[str, Any]]] = [
        ("CREATE (:Programme {id: $id, name: 'Petit', fictitious: true})", {"id": programme})
        for programme in (PROGRAMME, "programme:autre")
    ]
    statements.append(("CREATE (:Source {id: 'essai', name: 'Essai'})", {}))
    for label, identifier, properties in NODES:
        statements.append((f"CREATE (n:{label}) SET n = $properties", {"properties": {"id": identifier, **properties}}))
        statements.append((_part(label), {"id": identifier, "programme": PROGRAMME}))
    statements.append(("CREATE (:Project {id: 'project:autre:1', number: 1, name: 'Ailleurs'})", {}))
    statements.append((_part("Project"), {"id": "project:autre:1", "programme": "programme:autre"}))
    labels = {identifier: label for label, identifier, _ in NODES} | {"project:autre:1": "Project"}
    foreign = ("LINKED_TO", "project:petit:1", "project:autre:1", {"key": "9"})
    for type_, source, target, properties in [*LINKS, foreign]:
        text = (
            f"MATCH (a:{labels[source]} {{id: $source}})\nMATCH (b:{labels[target]} {{id: $target}})\n"
            f"CREATE (a)-[r:{type_}]->(b)\nSET r = $properties"
        )
        statements.append((text, {"source": source, "target": target, "properties": properties}))
    doubted = {"id": "s1", "property": "name", "value": json.dumps("Alfa"), "source": "essai", "kept": False, "place": "x.csv:2"}
    about = "MATCH (a:Actor {id: 'actor:petit:a'})\nCREATE (s:Statement)-[:ABOUT]->(a)\nSET s = $properties"
    statements.append((about, {"properties": doubted}))
    store.write_many(statements)


def _part(label: str) -> str:
    return f"MATCH (n:{label} {{id: $id}})\nMATCH (p:Programme {{id: $programme}})\nCREATE (n)-[:PART_OF]->(p)"


@pytest.fixture
def small_embedded(embedded_store: Store) -> Store:
    """The small network on the embedded engine alone: the one a command line finds by itself."""
    fill(embedded_store)
    return embedded_store


@pytest.fixture
def small(store: Store) -> Store:
    """A store, on each engine, that holds the small network."""
    fill(store)
    return store
