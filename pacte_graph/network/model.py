"""The network snapshot: immutable tables of nodes and links for one scope, sorted by id.

Sorted, because seeded algorithms depend on insertion order: the same scope gives the same numbers every time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pacte_graph.schema.kinds import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """What a number, a picture or a page is about. Two scopes that compare equal show the same network.

    ``date``: only links in force that day (``since <= date < until``; unknown bounds count as open). ``None``: all dates.
    ``kinds``: keep only actors of these kinds (empty: all). ``roles``: keep only these roles. ``levels``: only these scales.
    """

    programme: str
    date: dt.date | None = None
    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: ``{"programme", "date", "filters": {...}}``, lists sorted."""
        names = ("kinds", "roles", "levels")
        filters = {name: sorted(getattr(self, name)) for name in names if getattr(self, name)}
        return {"programme": self.programme, "date": self.date.isoformat() if self.date else None, "filters": filters}


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the snapshot; ``properties`` is read-only and holds no provenance bookkeeping."""

    id: str
    label: str
    properties: Mapping[str, Any]

    @property
    def captions(self) -> Words:
        """Return the name shown, in both languages: short name, name, else the number with “titre inconnu”, else the id.

        The number of what open data gives without a name is the end of its identifier.
        """
        for key in ("short_name", "name", "text"):
            if self.properties.get(key):
                return Words(str(self.properties[key]), str(self.properties[key]))
        number = self.properties.get("number", self.id.rpartition(":")[2])
        if self.label == "Project":
            return Words(f"Projet {number} (titre inconnu)", f"Project {number} (title unknown)")
        if self.label == "Actor":
            return Words(f"Organisme {number} (nom inconnu)", f"Body {number} (name unknown)")
        return Words(self.id, self.id)

    @property
    def caption(self) -> str:
        """Return the name shown, in French."""
        return self.captions.fr

    @property
    def group(self) -> str:
        """Return the key for colours and types: actor kind (``unknown`` when absent), territory level, else the label."""
        if self.label == "Actor":
            return str(self.properties.get("kind") or "unknown")
        if self.label == "Territory":
            return str(self.properties.get("level") or "unknown")
        return self.label


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the snapshot, source to target."""

    type: str
    source: str
    target: str
    key: str
    properties: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Return a stable identifier, unique in a network."""
        return f"{self.type}|{self.source}|{self.target}|{self.key}"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of a project. Dates bound when it falls (absent: unknown); ``date_text`` is what the source wrote.

    One that several projects share is there once a project.
    """

    id: str
    project: str
    text: str
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    date_text: str = ""


@dataclass(frozen=True)
class Network:
    """An immutable snapshot. ``nodes`` sorted by id; ``links`` by (type, source, target, key); no link to a missing node.

    ``programme`` holds the Programme node's own properties (name, acronym, fictitious, reference_dates…).
    """

    scope: Scope
    programme: Mapping[str, Any]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    sources: tuple[str, ...] = field(default=())
    """Names of the sources behind the snapshot, for source lines of figures."""
    documents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Names of the documents that links say attest them, by identifier."""
    milestones: tuple[Milestone, ...] = ()
    """The milestones of its projects, sorted by (project, date, id); unknown dates last."""

    @classmethod
    def of(
        cls,
        nodes: Iterable[Node],
        links: Iterable[Link],
        *,
        scope: Scope | None = None,
        programme: Mapping[str, Any] | None = None,
        sources: Iterable[str] = (),
        documents: Mapping[str, str] | None = None,
        milestones: Iterable[Milestone] = (),
    ) -> Network:
        """Return a snapshot from unsorted tables. Raises ValueError on a repeated node or what leads to a missing node."""
        table = tuple(sorted(nodes, key=lambda node: node.id))
        known = {node.id for node in table}
        if len(known) != len(table):
            raise ValueError("two nodes share an id")
        edges = tuple(sorted(links, key=lambda link: (link.type, link.source, link.target, link.key)))
        for link in edges:
            if link.source not in known or link.target not in known:
                raise ValueError(f"link {link.id} leads to a node that is not in the network")
        steps = tuple(sorted(milestones, key=_when))
        for step in steps:
            if step.project not in known:
                raise ValueError(f"milestone {step.id} is of a project that is not in the network")
        told, named = MappingProxyType(dict(programme or {})), MappingProxyType(dict(documents or {}))
        return cls(scope or Scope("programme:test"), told, table, edges, tuple(sorted(sources)), named, steps)

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Nodes by identifier."""
        return MappingProxyType({node.id: node for node in self.nodes})

    @property
    def fictitious(self) -> bool:
        """Return True when the programme says that all of it is invented."""
        return bool(self.programme.get("fictitious"))

    def nodes_of(self, label: str) -> tuple[Node, ...]:
        """Return the nodes of one label, sorted by id."""
        return self._nodes_by_label.get(label, ())

    def links_of(self, type_: str) -> tuple[Link, ...]:
        """Return the links of one type, sorted."""
        return self._links_by_type.get(type_, ())

    @cached_property
    def _nodes_by_label(self) -> Mapping[str, tuple[Node, ...]]:
        return _grouped(self.nodes, "label")

    @cached_property
    def _links_by_type(self) -> Mapping[str, tuple[Link, ...]]:
        return _grouped(self.links, "type")


def _when(step: Milestone) -> tuple[str, dt.date, str]:
    return step.project, step.date_from or step.date_to or dt.date.max, step.id


def _grouped(items: Iterable[Any], name: str) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(getattr(item, name), []).append(item)
    return {key: tuple(members) for key, members in found.items()}
