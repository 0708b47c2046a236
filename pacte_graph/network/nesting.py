"""The nesting as an axis: columns by territorial scale, from the commune to the region, for territories, projects and actors."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pacte_graph.network.force import CELL_HEIGHT, CELL_WIDTH, Places
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.choices import TERRITORY_LEVELS

LEVELS = tuple(choice.value for choice in TERRITORY_LEVELS)
UNKNOWN, NOT_DECLINED, ELSEWHERE = "unknown", "not_declined", "elsewhere"
COLUMNS = (*LEVELS, NOT_DECLINED, UNKNOWN, ELSEWHERE)
"""Columns, left to right. ``unknown``: declination or scale not known. ``elsewhere``: no link to a project that is shown."""
COLUMN_GAP, ROW_GAP = 110.0, 90.0
_ROWS = ("Territory", "Project", "Actor", "Person")


@dataclass(frozen=True, slots=True)
class Nesting:
    """Places, the column of every node, and where each column that is used starts and ends (x), left to right."""

    places: Places
    columns: Mapping[str, str]
    spans: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def nesting_places(network: Network, context: Network | None = None) -> Nesting:
    """Return the network laid out by scale; columns are read from ``context`` (default: the network itself).

    Pass the whole network as context when only some of its nodes are shown: a project keeps its column when
    territories are hidden.

    A territory stands in the column of its level. A project stands at the widest scale it is declined at; when it isn't
    declined, or nobody says, in a column of its own. Actors and people stand under most of their projects (ties: the widest
    scale), or else under the territory they are linked to. Rows, top to bottom: territories, projects, actors, people, others.
    """
    columns = _columns(context or network)
    cells: dict[tuple[str, str], list[Node]] = {}
    for node in network.nodes:
        cells.setdefault((columns[node.id], _row(node)), []).append(node)
    used = [column for column in COLUMNS if any(key[0] == column for key in cells)]
    rows = [row for row in (*_ROWS, "") if any(key[1] == row for key in cells)]
    wide = {column: _wide([len(cells.get((column, row), ())) for row in rows]) for column in used}
    tops = _tops(cells, used, rows, wide)
    spans, places, left = {}, Places(), 0.0
    for column in used:
        spans[column] = (left, left + (wide[column] - 1) * CELL_WIDTH)
        for row in rows:
            for place, node in enumerate(_sorted(cells.get((column, row), []))):
                places[node.id] = (
                    left + (place % wide[column]) * CELL_WIDTH,
                    tops[row] + (place // wide[column]) * CELL_HEIGHT * 1.15,
                )
        left = spans[column][1] + CELL_WIDTH + COLUMN_GAP
    return Nesting(places, columns, spans)


def _wide(counts: list[int]) -> int:
    return max(1, math.ceil(math.sqrt(max(counts) * 0.6)))


def _tops(
    cells: Mapping[tuple[str, str], list[Node]], used: list[str], rows: list[str], wide: Mapping[str, int]
) -> dict[str, float]:
    tops, top = {}, 0.0
    for row in rows:
        tops[row] = top
        high = max(math.ceil(len(cells.get((column, row), ())) / wide[column]) for column in used)
        top += high * CELL_HEIGHT * 1.15 + ROW_GAP
    return tops


def _row(node: Node) -> str:
    return node.label if node.label in _ROWS else ""


def _sorted(nodes: list[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (node.properties.get("number", math.inf), node.group, node.id))


def _columns(network: Network) -> dict[str, str]:
    columns = {node.id: _level(node) for node in network.nodes if node.label == "Territory"}
    columns |= {node.id: _project_column(network, node, columns) for node in network.nodes if node.label == "Project"}
    neighbours: dict[str, list[str]] = {}
    for link in network.links:
        neighbours.setdefault(link.source, []).append(link.target)
        neighbours.setdefault(link.target, []).append(link.source)
    projects = {node.id for node in network.nodes_of("Project")}
    for node in network.nodes:
        if node.id not in columns:
            near = sorted(neighbours.get(node.id, []))
            columns[node.id] = _most(
                [columns[other] for other in near if other in projects] or [columns[other] for other in near if other in columns]
            )
    return columns


def _level(node: Node) -> str:
    level = str(node.properties.get("level") or UNKNOWN)
    return level if level in LEVELS else UNKNOWN


def _project_column(network: Network, project: Node, columns: Mapping[str, str]) -> str:
    applies = [link for link in network.links_of("APPLIES_IN") if link.source == project.id]
    declined = [columns.get(link.target, UNKNOWN) for link in applies if link.properties.get("status") == "declined"]
    known = [level for level in declined if level in LEVELS]
    if known:
        return max(known, key=LEVELS.index)
    unknown = declined or any(link.properties.get("status", UNKNOWN) == UNKNOWN for link in applies)
    stated = project.properties.get("declination", UNKNOWN)
    return UNKNOWN if unknown or (stated in {UNKNOWN, "declined"} and not applies) else NOT_DECLINED


def _most(columns: list[str]) -> str:
    if not columns:
        return ELSEWHERE
    counts = Counter(columns)
    return max(counts, key=lambda column: (counts[column], COLUMNS.index(column)))
