"""Concentric layout: rings by graph distance around one node."""

from __future__ import annotations

import math

import networkx as nx

from pacte_graph.network.force import CELL_HEIGHT, CELL_WIDTH, GAP, Places, grid

RING = 150.0
"""Least distance between two rings, in canvas units."""
SPACING = math.hypot(CELL_WIDTH, CELL_HEIGHT)
"""Room of a node along its ring, whatever the angle."""
LANE = SPACING
"""Distance between the lanes of one crowded ring."""


def circles(graph: nx.Graph[str], focus: str | None) -> Places:
    """Return places on rings around ``focus`` (None or absent: the most linked node, ties by id).

    A ring is wide enough for its labels, a crowded one has several lanes; nodes of a ring follow the angle of their neighbours
    nearer the middle. What the focus doesn't reach stands in a grid below. An empty graph gives ``{}``.
    """
    if not len(graph):
        return {}
    centre = focus if focus is not None and focus in graph else min(graph, key=lambda name: (-len(graph[name]), name))
    distances: dict[str, int] = nx.single_source_shortest_path_length(graph, centre)
    places: Places = {centre: (0.0, 0.0)}
    angles = {centre: 0.0}
    radius = 0.0
    for distance in range(1, max(distances.values()) + 1):
        ring = sorted(name for name, far in distances.items() if far == distance)
        turned = _ring_angles(graph, ring, angles)
        lanes = max(1, round(math.sqrt(len(ring) / 12)))
        inner = max(radius + RING, len(ring) / lanes * SPACING / (2 * math.pi))
        for place, (name, angle) in enumerate(turned.items()):
            radius = inner + (place % lanes) * LANE
            places[name] = (radius * math.cos(angle), radius * math.sin(angle))
        radius = inner + (lanes - 1) * LANE
        angles |= turned
    lonely = sorted(name for name in graph if name not in distances)
    return places | {name: (x - radius, y + radius + GAP + CELL_HEIGHT) for name, (x, y) in grid(lonely).items()}


def _ring_angles(graph: nx.Graph[str], ring: list[str], angles: dict[str, float]) -> dict[str, float]:
    """Return evenly spaced angles in the order of the mean direction of each node's neighbours already placed."""
    ordered = sorted(ring, key=lambda name: (_direction(graph, name, angles), name))
    shift = _direction(graph, ordered[0], angles)
    return {name: shift + place * 2 * math.pi / len(ordered) for place, name in enumerate(ordered)}


def _direction(graph: nx.Graph[str], name: str, angles: dict[str, float]) -> float:
    known = [angles[other] for other in graph[name] if other in angles]
    if not known:
        return 0.0
    mean = math.atan2(sum(map(math.sin, known)), sum(map(math.cos, known)))
    return mean % (2 * math.pi)
