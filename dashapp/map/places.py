"""What the map shows, as plain values: shapes grouped by where they lie, and addresses with what their actors take part in."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pacte_graph.network.model import Network

APART = 0.25
"""Degrees between two shapes beyond which they are drawn in frames of their own."""
Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory with its rings (longitude, latitude), how many actors are based there and their participations."""

    id: str
    name: str
    level: str
    rings: tuple[Ring, ...]
    based: int = 0
    parts: int = 0
    population: int | None = None

    @property
    def box(self) -> Box:
        """Return west, south, east and north."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Address:
    """One place where actors are: how many, their participations, and the name of the one that takes part most."""

    longitude: float
    latitude: float
    actors: int
    parts: int
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Shapes that lie together, with the addresses among them."""

    shapes: tuple[Shape, ...]
    addresses: tuple[Address, ...]

    @property
    def box(self) -> Box:
        """Return west, south, east and north of all shapes."""
        boxes = [shape.box for shape in self.shapes]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def frames(network: Network, contours: Iterable[Mapping[str, Any]]) -> tuple[Frame, ...]:
    """Return the frames of a network's map, largest first; ``contours`` has id, name, level and contour (GeoJSON)."""
    parts = Counter(link.source for link in network.links_of("TAKES_PART_IN"))
    based: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for link in network.links_of("BASED_IN"):
        based[link.target] += 1
        there[link.target] += parts[link.source]
    shapes = [shape for row in contours if (shape := _shape(row, network, based, there)) is not None]
    addresses = _addresses(network, parts)
    groups = sorted(_groups(shapes), key=lambda group: (-len(group), group[0].id))
    return tuple(_frame(group, addresses) for group in groups)


def _shape(row: Mapping[str, Any], network: Network, based: Counter[str], there: Counter[str]) -> Shape | None:
    rings = rings_of(str(row["contour"]))
    if not rings or row["id"] not in network.by_id:
        return None
    people = network.by_id[row["id"]].properties.get("population")
    return Shape(row["id"], row["name"], row["level"] or "", rings, based[row["id"]], there[row["id"]], people)


def rings_of(text: str) -> tuple[Ring, ...]:
    """Return the rings of a GeoJSON polygon or multipolygon; none for anything else."""
    try:
        told = json.loads(text)
        parts = told["coordinates"] if told["type"] == "MultiPolygon" else [told["coordinates"]]
        return tuple(tuple((float(point[0]), float(point[1])) for point in ring) for part in parts for ring in part)
    except (ValueError, KeyError, TypeError, IndexError):
        return ()


def _addresses(network: Network, parts: Counter[str]) -> list[Address]:
    found: dict[tuple[float, float], list[Any]] = {}
    for node in network.nodes_of("Actor"):
        x, y = node.properties.get("longitude"), node.properties.get("latitude")
        if x is not None and y is not None:
            found.setdefault((round(x, 3), round(y, 3)), []).append(node)
    return [
        Address(
            x,
            y,
            len(nodes),
            sum(parts[node.id] for node in nodes),
            max(nodes, key=lambda node: (parts[node.id], node.id)).caption,
        )
        for (x, y), nodes in sorted(found.items())
    ]


def _groups(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """Return shapes that are within ``APART`` of one another, directly or from one to the next."""
    left, groups = list(shapes), []
    while left:
        group, edge = [left.pop(0)], 0
        while edge < len(group):
            near = [shape for shape in left if _gap(shape.box, group[edge].box) <= APART]
            left = [shape for shape in left if shape not in near]
            group += near
            edge += 1
        groups.append(sorted(group, key=lambda shape: shape.id))
    return groups


def _gap(a: Box, b: Box) -> float:
    return math.hypot(max(0.0, a[0] - b[2], b[0] - a[2]), max(0.0, a[1] - b[3], b[1] - a[3]))


def _frame(group: Sequence[Shape], addresses: Sequence[Address]) -> Frame:
    west, south, east, north = Frame(tuple(group), ()).box
    inside = [item for item in addresses if west <= item.longitude <= east and south <= item.latitude <= north]
    return Frame(tuple(group), tuple(inside))
