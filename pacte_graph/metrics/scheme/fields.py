"""What a sheet should state: the fields that count for completeness, where they apply, and which indicator reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.network.model import Link, Network, Node
from pacte_graph.schema import LINKS, NODES
from pacte_graph.schema.kinds import Words

Told = Mapping[str, Any]


def _always(_: Told) -> bool:
    return True


def _pooling(told: Told) -> bool:
    names = ("standalone_cost", "joint_cost", "coordination_cost", "cost_basis")
    return any(told.get(name) is not None for name in names)


def _declined(told: Told) -> bool:
    return told.get("status") == "declined"


def _pays(told: Told) -> bool:
    return told.get("role") in {"lead", "funder"}


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a type. ``weight``: its part in a project's completeness; ``empty``: values that say nothing."""

    on: str
    name: str
    weight: float = 1.0
    applies: Callable[[Told], bool] = _always
    empty: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Return the field's name with its type: ``Project.budget``."""
        return f"{self.on}.{self.name}"

    @property
    def label(self) -> Words:
        """Return the words of the schema: type, then property."""
        owner = NODES[self.on].words if self.on in NODES else LINKS[self.on].words
        told = next(item.label for item in (NODES.get(self.on) or LINKS[self.on]).properties if item.name == self.name)
        return Words(f"{owner.fr} : {told.fr}", f"{owner.en}: {told.en}")

    def filled(self, told: Told) -> bool:
        """Return True when the property is known."""
        value = told.get(self.name)
        return value is not None and value not in self.empty


FIELDS = (
    Field("Project", "name"),
    Field("Project", "axis", 0.5),
    Field("Project", "state", 0.5),
    Field("Project", "declination", 2.0, empty=frozenset({"unknown"})),
    Field("Project", "budget", 2.0),
    Field("Project", "regional_funding", 2.0),
    Field("Project", "since"),
    Field("Project", "sheet_date", 0.5),
    Field("Project", "standalone_cost", applies=_pooling),
    Field("Project", "joint_cost", applies=_pooling),
    Field("Project", "coordination_cost", applies=_pooling),
    Field("Project", "cost_basis", applies=_pooling),
    Field("Actor", "kind"),
    Field("Territory", "level"),
    Field("Territory", "population"),
    Field("TAKES_PART_IN", "role", 2.0),
    Field("TAKES_PART_IN", "amount", 1.0, _pays),
    Field("LINKED_TO", "sense", 1.0, empty=frozenset({"unspecified"})),
    Field("LINKED_TO", "intensity", 0.5),
    Field("APPLIES_IN", "status", 2.0, empty=frozenset({"unknown"})),
    Field("APPLIES_IN", "amount", 0.5, _declined),
)
_BY_KEY = {field.key: field for field in FIELDS}
_TIES = ("LINKED_TO.sense", "LINKED_TO.intensity", "TAKES_PART_IN.role")
INPUTS: Mapping[str, tuple[str, ...]] = {
    "declination": ("Project.declination", "APPLIES_IN.status"),
    "nesting": ("APPLIES_IN.status", "Territory.level"),
    "leverage": ("Project.budget", "Project.regional_funding", "TAKES_PART_IN.amount"),
    "savings": ("Project.standalone_cost", "Project.joint_cost", "Project.coordination_cost", "Project.cost_basis"),
    "coverage": ("APPLIES_IN.status", "Project.declination", "Territory.population"),
    "equity": ("APPLIES_IN.amount", "Project.declination", "Territory.population"),
    "collaboration": ("Actor.kind", "TAKES_PART_IN.role", "TAKES_PART_IN.amount"),
    "dialogue": ("Actor.kind", "TAKES_PART_IN.role"),
    "influence": _TIES,
    "total_effect": _TIES,
    "linkages": _TIES,
    "pull_by_type": (*_TIES, "Actor.kind"),
    "reach": ("LINKED_TO.sense", "Actor.kind"),
}
"""Metric → the fields it reads that may be unknown."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How many of the applicable cells are filled."""

    filled: int
    applicable: int

    @property
    def share(self) -> float | None:
        """Return filled / applicable; None when the field applies nowhere."""
        return self.filled / self.applicable if self.applicable else None


def filling(network: Network) -> dict[str, Filling]:
    """Return each field with how much of it is filled."""
    return {field.key: _filling(field, _owners(network, field)) for field in FIELDS}


def _owners(network: Network, field: Field) -> Iterable[Node | Link]:
    if field.on in NODES:
        return network.nodes_of(field.on)
    links = network.links_of(field.on)
    if field.on != "TAKES_PART_IN":
        return links
    actors = {node.id for node in network.nodes_of("Actor")}
    return (link for link in links if link.source in actors)


def _filling(field: Field, owners: Iterable[Node | Link]) -> Filling:
    filled = applicable = 0
    for owner in owners:
        if field.applies(owner.properties):
            applicable += 1
            filled += field.filled(owner.properties)
    return Filling(filled, applicable)


def inputs_known(found: Mapping[str, Filling], metric: str) -> Filling:
    """Return how much of what a metric reads is filled, all its fields together."""
    parts = [found[key] for key in INPUTS[metric]]
    return Filling(sum(part.filled for part in parts), sum(part.applicable for part in parts))


def by_project(network: Network) -> dict[str, tuple[float, float]]:
    """Return project → (weight filled, weight applicable): its own fields, and the mean filling of its links of each type.

    A field of many links weighs as much as one field: a project isn't more complete for having more partners.
    """
    sums: dict[str, tuple[float, float]] = {node.id: (0.0, 0.0) for node in network.nodes_of("Project")}
    for field in FIELDS:
        if field.on in {"Actor", "Territory"}:
            continue
        counted: dict[str, list[int]] = {}
        for owner in _owners(network, field):
            if field.applies(owner.properties):
                for project in _projects(owner):
                    counted.setdefault(project, [0, 0])
                    counted[project][0] += field.filled(owner.properties)
                    counted[project][1] += 1
        for project, (filled, applicable) in counted.items():
            if project in sums:
                before = sums[project]
                sums[project] = (before[0] + field.weight * filled / applicable, before[1] + field.weight)
    return sums


def _projects(owner: Node | Link) -> tuple[str, ...]:
    """Return the project a node or link belongs to: a link between projects, the one that declares it, else its source."""
    if isinstance(owner, Node):
        return (owner.id,)
    if owner.type == "TAKES_PART_IN":
        return (owner.target,)
    return (str(owner.properties.get("declared_by") or owner.source),)
