"""What ``--add FILE`` adds: a small TOML or JSON file of nodes and links in the schema's terms, checked against the schema."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pacte_graph import schema
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.loading.checking import check, missing, tidy
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated
from pacte_graph.network import Link, Milestone, Network, Node
from pacte_graph.network.read import LABELS, TYPES
from pacte_graph.records import Ref, Where
from pacte_graph.schema import LINKS, NODES

OWN = {"nodes": {"id", "label"}, "links": {"type", "source", "target", "key"}}
"""What a node and a link say of themselves besides the properties of the schema."""


@dataclass(frozen=True)
class Additions:
    """What a file adds to a network."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    milestones: tuple[Milestone, ...] = ()


def additions(path: Path, network: Network) -> Additions:
    """Return what a file adds. Raises UsageError for a file that can't be read, DataRefused for what the schema refuses."""
    told = _parsed(path)
    found = [*_nodes(told, path), *_links(told, path, network)]
    for at, fact in found:
        problems = check(fact) + [f"{name} is required" for name in missing(fact.key, fact.properties)]
        if problems:
            raise DataRefused(f"{path.name}, {at}: {problems[0]}.", hint="`pacte schema` shows what is allowed.")
    facts = [tidy(fact) for _, fact in found]
    return _sorted_out(facts, path)


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        told = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as problem:
        raise UsageError(f"{path} can't be read: {problem.strerror}.") from problem
    except (ValueError, RecursionError) as problem:
        kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
        raise UsageError(f"{path} is not {kind}: {problem}.", hint="It holds [[nodes]] and [[links]] tables.") from problem
    if not isinstance(told, dict) or set(told) - OWN.keys():
        raise UsageError(
            f"{path.name} holds something else than nodes and links.", hint="It holds [[nodes]] and [[links]] tables."
        )
    for name in told:
        if not isinstance(told[name], list) or not all(isinstance(item, dict) for item in told[name]):
            raise UsageError(f"{name} of {path.name} is not a list of tables.", hint=f"Write each as a [[{name}]] table.")
    return told


def _nodes(told: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Stated]]:
    for place, item in enumerate(told.get("nodes", []), 1):
        at = f"node {place}"
        label, name = (_text(item, key, at, path) for key in ("label", "id"))
        _known(label, (*LABELS, "Milestone"), NODES, "label", at, path)
        yield at, Stated(Ref(label, name), _properties(item, "nodes", NODES[label]), (Where(path.name),))


def _links(told: Mapping[str, Any], path: Path, network: Network) -> Iterator[tuple[str, Stated]]:
    labels = {str(item.get("id")): str(item.get("label")) for item in told.get("nodes", [])}
    labels |= {step.id: "Milestone" for step in network.milestones} | {node.id: node.label for node in network.nodes}
    for place, item in enumerate(told.get("links", []), 1):
        at = f"link {place}"
        type_, source, target = (_text(item, key, at, path) for key in ("type", "source", "target"))
        _known(type_, (*TYPES, "HAS_MILESTONE"), LINKS, "relationship type", at, path)
        for end in (source, target):
            if end not in labels:
                raise DataRefused(f"{path.name}, {at}: there is no {end} in this network, nor among the nodes added.")
        properties = _properties(item, "links", LINKS[type_])
        key = str(item.get("key") or (properties.get("role") if LINKS[type_].keyed else None) or "")
        yield (
            at,
            Stated(
                LinkKey(type_, Ref(labels[source], source), Ref(labels[target], target), key), properties, (Where(path.name),)
            ),
        )


def _text(item: Mapping[str, Any], key: str, at: str, path: Path) -> str:
    found = item.get(key)
    if not isinstance(found, str) or not found:
        raise DataRefused(f"{path.name}, {at}: {key} is missing.")
    return found


def _known(name: str, accepted: tuple[str, ...], declared: Mapping[str, Any], what: str, at: str, path: Path) -> None:
    if name in accepted:
        return
    problem = f"the network of a what-if has no {what} {name}" if name in declared else f"the schema has no {what} {name}"
    raise DataRefused(f"{path.name}, {at}: {problem}; there are: {', '.join(accepted)}.")


def _properties(item: Mapping[str, Any], kind: str, declared: schema.NodeType | schema.LinkType) -> dict[str, Any]:
    found = {name: value for name, value in item.items() if name not in OWN[kind]}
    for name, value in found.items():
        known = declared.property(name)
        if known is not None and known.type == "date" and isinstance(value, str):
            found[name] = _day(value)
    return found


def _day(text: str) -> Any:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text  # the check says that it must be a date


def _sorted_out(facts: list[Stated], path: Path) -> Additions:
    nodes, links, owners = [], [], []
    steps: dict[str, Mapping[str, Any]] = {}
    for fact in facts:
        key: Key = fact.key
        if isinstance(key, Ref):
            if key.label == "Milestone":
                steps[key.id] = fact.properties
            else:
                nodes.append(Node(key.id, key.label, MappingProxyType(fact.properties)))
        elif key.type == "HAS_MILESTONE":
            owners.append((key.source.id, key.target.id))
        else:
            links.append(Link(key.type, key.source.id, key.target.id, key.key, MappingProxyType(fact.properties)))
    alone = sorted(set(steps) - {name for _, name in owners})
    if alone:
        raise DataRefused(f"{path.name}: the milestone {alone[0]} belongs to no project.", hint="Add a HAS_MILESTONE link.")
    milestones = [_milestone(project, name, steps[name]) for project, name in owners if name in steps]
    return Additions(tuple(nodes), tuple(links), tuple(milestones))


def _milestone(project: str, name: str, told: Mapping[str, Any]) -> Milestone:
    return Milestone(name, project, str(told.get("text") or name), told.get("date_from"), told.get("date_to"),
                     str(told.get("date_text") or ""))  # fmt: skip
