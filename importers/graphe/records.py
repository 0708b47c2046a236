"""What a file becomes: records, and the programme whose perimeter its nodes enter so that the explorer shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from pacte_graph import ids
from pacte_graph.errors import Told
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Value, Where
from pacte_graph.schema import LINKS, NODES

DRAWN = frozenset({
    "x", "y", "z", "r", "g", "b", "color", "colour", "couleur", "size", "taille", "shape", "position", "viz",
    "graphics", "suid", "selected", "networkx_key",
})  # fmt: skip
"""Attributes that draw a node or number it inside another software: ignored, and named on the card."""


def drawing(name: str) -> bool:
    """Tell whether an attribute only draws."""
    return name.casefold() in DRAWN


def in_words(name: str) -> Told:
    """Return a label or a relationship type as refusals name it: as it is in English, by its words in French."""
    if name in NODES:
        return Told(name, NODES[name].words.fr.lower())
    return Told(name, f"lien « {LINKS[name].words.fr} »")


@dataclass(slots=True)
class Records:
    """The nodes and links of one file."""

    nodes: list[NodeRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A programme: its identifier, its properties (None: it is only named, and must exist), where the file says so."""

    id: str
    properties: Mapping[str, Value] | None
    where: Where

    @classmethod
    def named(cls, name: str | None, file: str) -> Perimeter:
        """Return the programme of that name, or the one that has this identifier (``programme:…``); the file's by default."""
        if name is not None and name.startswith("programme:"):
            return cls(ids.check(name), None, Where(file))
        told = name or PurePath(file).stem
        return cls(ids.make("programme", "graphe", told), {"name": told}, Where(file))

    def join(self, records: Records) -> None:
        """Make every node of ``records`` that can be part of a programme part of this one."""
        here = Ref("Programme", self.id)
        scoped = [node for node in records.nodes if NODES[node.label].scoped and node.label != "Programme"]
        records.links += [LinkRecord("PART_OF", node.ref, here, {}, node.where) for node in scoped]
        if self.properties is not None:
            records.nodes.append(NodeRecord("Programme", self.id, self.properties, (self.where,)))
