"""Networks of real data as the explorer would load them, straight from what an importer states: no database is needed."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.h2020 import FILE
from importers.cordis import IMPORTER
from pacte_graph import cases, loading
from pacte_graph.network.model import Link, Milestone, Network, Node, Scope
from pacte_graph.network.read import LABELS, TYPES
from pacte_graph.records import Batch


def snapshot(batches: Iterable[Batch]) -> Network:
    """Return the network of batches that state one programme; what is stated several times is there once."""
    nodes: dict[str, Node] = {}
    texts: dict[str, dict[str, object]] = {}
    links: dict[tuple[str, str, str, str], Link] = {}
    steps: list[tuple[str, str]] = []
    programme: dict[str, object] = {}
    name = "programme:test"
    for batch in batches:
        for record in batch.nodes:
            if record.label == "Programme":
                name = record.id
                programme.update(record.properties)
            elif record.label == "Milestone":
                texts.setdefault(record.id, {}).update(record.properties)
            elif record.label in LABELS:
                before = nodes[record.id].properties if record.id in nodes else {}
                nodes[record.id] = Node(record.id, record.label, {**before, **record.properties})
        for record in batch.links:
            if record.type == "HAS_MILESTONE":
                steps.append((record.source.id, record.target.id))
            elif record.type in TYPES:
                key = record.type, record.source.id, record.target.id, record.key
                before = links[key].properties if key in links else {}
                links[key] = Link(*key, {**before, **record.properties})
    whole = [link for link in links.values() if link.source in nodes and link.target in nodes]
    milestones = [_step(project, step, texts[step]) for project, step in steps if project in nodes]
    return Network.of(nodes.values(), whole, scope=Scope(name), programme=programme, milestones=milestones)


def _step(project: str, step: str, told: dict[str, object]) -> Milestone:
    since, until, written = told.get("date_from"), told.get("date_to"), str(told.get("date_text", ""))
    return Milestone(step, project, str(told.get("text") or step), since, until, written)  # type: ignore[arg-type]


def h2020() -> Network | None:
    """Return all of H2020; None where the file is not beside this checkout."""
    return snapshot(IMPORTER.read([FILE])) if FILE.exists() else None


def fictitious() -> Network:
    """Return the built-in fictitious case."""
    return snapshot(loading.importer("tableur").read([cases.paths()["fictitious"]]))
