"""An invented two-mode network of any size: participations drawn with heavy-tailed actors, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pacte_graph import ids
from pacte_graph.network.model import Link, Network, Node, Scope
from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord, Ref, Where

PROGRAMME = ids.make("programme", "banc-d-essai")
KINDS = ("local_authority", "university", "company", "cluster", "chamber", "research")
ROLES = ("lead", "funder", "partner", "associate")


def pairs(projects: int, actors: int, participations: int, *, seed: int = 1) -> list[tuple[int, int, int]]:
    """Return distinct (project, actor, role index) triples, sorted; every project has one at least if there are enough."""
    rng = np.random.default_rng(seed)
    weight = rng.pareto(1.6, actors) + 0.2
    chosen: dict[tuple[int, int], int] = {}
    while len(chosen) < participations:
        size = participations - len(chosen)
        whom = rng.choice(actors, size=size, p=weight / weight.sum())
        which = rng.integers(0, projects, size=size)
        for project, actor, role in zip(which, whom, rng.integers(0, len(ROLES), size=size), strict=True):
            chosen.setdefault((int(project), int(actor)), int(role))
    return sorted((project, actor, role) for (project, actor), role in chosen.items())


def _project(number: int) -> str:
    return ids.make("project", "banc", number)


def _actor(number: int) -> str:
    return ids.make("actor", "banc", number)


def batch(projects: int, actors: int, participations: int) -> Batch:
    """Return the network as records, as an importer would give them."""
    where = (Where("synthetic", 1),)
    programme = Ref("Programme", PROGRAMME)

    def nodes() -> Iterator[NodeRecord]:
        yield NodeRecord("Programme", PROGRAMME, {"name": "Banc d'essai (fictif)", "fictitious": True}, where)
        for number in range(projects):
            yield NodeRecord("Project", _project(number), {"number": number, "name": f"Projet d'essai {number}"}, where)
        for number in range(actors):
            kind = KINDS[number % len(KINDS)]
            yield NodeRecord("Actor", _actor(number), {"name": f"Acteur d'essai {number}", "kind": kind}, where)

    def links() -> Iterator[LinkRecord]:
        for number in range(projects):
            yield LinkRecord("PART_OF", Ref("Project", _project(number)), programme, {}, where)
        for number in range(actors):
            yield LinkRecord("PART_OF", Ref("Actor", _actor(number)), programme, {}, where)
        for project, actor, role in pairs(projects, actors, participations):
            ends = Ref("Actor", _actor(actor)), Ref("Project", _project(project))
            yield LinkRecord(
                "TAKES_PART_IN", *ends, {"role": ROLES[role], "amount": 1000.0 * (1 + actor % 7)}, where, key=ROLES[role]
            )

    card = Card("source:banc-d-essai", "Banc d'essai", "Benchmark", fictitious=True)
    return Batch(card, "banc-d-essai", "1", (), nodes(), links())


def network(projects: int, actors: int, participations: int) -> Network:
    """Return the same network as a snapshot, without a database."""
    nodes = [Node(_project(n), "Project", {"number": n, "name": f"Projet d'essai {n}"}) for n in range(projects)]
    nodes += [Node(_actor(n), "Actor", {"name": f"Acteur {n}", "kind": KINDS[n % len(KINDS)]}) for n in range(actors)]
    links = [
        Link("TAKES_PART_IN", _actor(actor), _project(project), ROLES[role], {"role": ROLES[role]})
        for project, actor, role in pairs(projects, actors, participations)
    ]
    return Network.of(nodes, links, scope=Scope(PROGRAMME), programme={"name": "Banc d'essai (fictif)", "fictitious": True})
