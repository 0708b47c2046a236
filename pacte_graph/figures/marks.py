"""Nodes and links as marks on a page in millimetres (y downwards), in the shapes and lines of ``style``."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Patch, Polygon, Rectangle

from pacte_graph.figures import style
from pacte_graph.figures.labels import Disc
from pacte_graph.figures.model import PictureLink

_LINES: Mapping[str, Any] = {"solid": "solid", "dashed": (0, (3.2, 2.0)), "dotted": (0, (0.9, 1.6))}
_SIDES = {"triangle": (3, -90.0), "diamond": (4, -90.0), "pentagon": (5, -90.0), "hexagon": (6, 0.0), "octagon": (8, 22.5)}
_POINT_MM = 25.4 / 72


def node(x: float, y: float, radius: float, shape: str, colour: str, *, hatched: bool = False, **look: Any) -> Patch:
    """Return the mark of a node; a hatched one is white under grey strokes, so that it reads as unknown without colour."""
    paint: dict[str, Any] = {"facecolor": colour, "edgecolor": style.BACKGROUND, "linewidth": 0.5, "zorder": 3, **look}
    if hatched:
        paint |= {"facecolor": "#EDEDED", "edgecolor": colour, "hatch": "//////", "linewidth": 0.8}
    if shape == "round-rectangle":
        corner, half = radius * 0.3, radius * 0.88
        style_ = f"round,pad=0,rounding_size={corner}"
        return FancyBboxPatch((x - half, y - half), 2 * half, 2 * half, boxstyle=style_, **paint)
    if shape == "rectangle":
        return Rectangle((x - radius * 0.85, y - radius * 0.85), 1.7 * radius, 1.7 * radius, **paint)
    if shape == "star":
        return Polygon(_star(x, y, radius), closed=True, **paint)
    if shape in _SIDES:
        return Polygon(_regular(x, y, radius, *_SIDES[shape]), closed=True, **paint)
    return Circle((x, y), radius, **paint)


def _regular(x: float, y: float, radius: float, sides: int, start: float) -> Any:
    angles = np.radians(start + np.arange(sides) * 360 / sides)
    return np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])


def _star(x: float, y: float, radius: float) -> Any:
    angles = np.radians(-90 + np.arange(10) * 36)
    reach = np.where(np.arange(10) % 2 == 0, radius, radius * 0.45)
    return np.column_stack([x + reach * np.cos(angles), y + reach * np.sin(angles)])


def draw_nodes(axes: Axes, discs: Sequence[Disc]) -> None:
    """Draw the nodes, the larger first so that none hides a smaller one; a marked one has a ring."""
    for disc in sorted(discs, key=lambda d: (-d.radius, d.node.id)):
        look = {"alpha": style.FADED_OPACITY} if disc.node.faded else {}
        if disc.node.marked:
            axes.add_patch(
                Circle((disc.x, disc.y), disc.radius + 0.7, fill=False, edgecolor=style.MARK, linewidth=1.4, zorder=2.9)
            )
        hatched = style.hatched(disc.node.group)
        axes.add_patch(node(disc.x, disc.y, disc.radius, disc.node.shape, disc.node.colour, hatched=hatched, **look))


def draw_links(axes: Axes, links: Iterable[PictureLink], discs: Mapping[str, Disc]) -> None:
    """Draw the links from edge to edge of their nodes; parallel ones are bent apart, a loop is a ring beside its node."""
    pairs: dict[tuple[str, str], list[PictureLink]] = defaultdict(list)
    for one in sorted(links, key=lambda item: item.id):
        pairs[min(one.source, one.target), max(one.source, one.target)].append(one)
    for (first, second), group in pairs.items():
        for place, one in enumerate(group):
            if first == second:
                _draw_loop(axes, one, discs[first], place)
            else:
                bend = 0.0 if len(group) == 1 else 0.28 * (place - (len(group) - 1) / 2)
                _draw_link(axes, one, discs, bend if one.source == first else -bend)


def _opacity(one: PictureLink) -> float:
    return style.FADED_OPACITY if one.faded else 1.0 if one.marked else 0.72


def line_points(width: float) -> float:
    """Return the printed line width, in points, of a link's width in canvas units."""
    return 0.3 + 0.32 * width


def _draw_loop(axes: Axes, one: PictureLink, disc: Disc, place: int) -> None:
    reach = disc.radius * 0.7 + 0.5 * place
    axes.add_patch(
        Circle(
            (disc.x + disc.radius, disc.y - disc.radius),
            reach,
            fill=False,
            edgecolor=one.colour,
            linestyle=_LINES[one.line],
            linewidth=line_points(one.width),
            alpha=_opacity(one),
            zorder=1,
        )
    )


def _draw_link(axes: Axes, one: PictureLink, discs: Mapping[str, Disc], bend: float) -> None:
    start, end = discs[one.source], discs[one.target]
    if math.dist((start.x, start.y), (end.x, end.y)) <= start.radius + end.radius:
        return
    shape = ("<|-|>" if one.arrow_back else "-|>") if one.arrow else "-"
    shared: dict[str, Any] = {
        "connectionstyle": f"arc3,rad={bend:.3f}",
        "shrinkA": start.radius / _POINT_MM,
        "shrinkB": end.radius / _POINT_MM,
        "capstyle": "butt",
        "joinstyle": "miter",
    }
    ends = ((start.x, start.y), (end.x, end.y))
    wide = line_points(one.width)
    if one.marked:
        axes.add_patch(
            FancyArrowPatch(*ends, arrowstyle="-", color=style.MARK, linewidth=wide + 1.8, alpha=0.45, zorder=1.5, **shared)
        )
    axes.add_patch(
        FancyArrowPatch(
            *ends,
            arrowstyle=shape,
            mutation_scale=5 + 2 * wide,
            color=one.colour,
            linestyle=_LINES[one.line],
            linewidth=wide,
            alpha=_opacity(one),
            zorder=2 if one.marked else 1,
            **shared,
        )
    )


def sample_line(x: float, y: float, length: float, entry_line: str, colour: str, *, arrow: bool, both: bool) -> Patch:
    """Return a short line for the legend, with an arrow at its end or at both."""
    shape = "<|-|>" if both else "-|>" if arrow else "-"
    return FancyArrowPatch(
        (x, y),
        (x + length, y),
        arrowstyle=shape,
        mutation_scale=6,
        color=colour,
        linestyle=_LINES[entry_line],
        linewidth=1.1,
        shrinkA=0,
        shrinkB=0,
        zorder=3,
    )
