"""Which names fit beside their nodes: the most important first, none over another, none over a node, none cut by the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pacte_graph.figures import type as typesetting
from pacte_graph.figures.model import PictureNode

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres."""


CLEAR = 0.6
"""How much nearer its own node than any other a name must stand, in millimetres."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A node on the page: its place and half its width, in millimetres."""

    node: PictureNode
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name that found room: its lines, the box they fill and how they are aligned (``center``, ``left``, ``right``)."""

    node: PictureNode
    lines: tuple[str, ...]
    box: Box
    align: str


def place(discs: Sequence[Disc], area: Box, points: float, *, limit: float = 30.0) -> list[Label]:
    """Return the labels that fit in ``area``: marked nodes first, then the largest (ties by id); faded nodes have none.

    Each is tried all around its node; one that would everywhere cover another label or node, or be
    read as a neighbour's, is left out.
    """
    crowd = np.array([(d.x, d.y, d.radius) for d in discs], dtype=np.float64).reshape(-1, 3)
    taken = _Taken([(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in discs])
    placed = []
    for disc in sorted(discs, key=lambda d: (not d.node.marked, -d.node.size, d.node.id)):
        if disc.node.faded or not disc.node.label.strip():
            continue
        tries = (label for label in _tries(disc, points, limit) if taken.free(label.box, area))
        found = next((label for label in tries if _unmistakable(label.box, disc, crowd)), None)
        if found:
            taken.add(found.box)
            placed.append(found)
    return placed


def weight(node: PictureNode) -> str:
    """Return the weight of a node's name: bold where it is marked."""
    return "bold" if node.marked else "normal"


def _unmistakable(box: Box, disc: Disc, crowd: npt.NDArray[np.float64]) -> bool:
    """Return True when no other node stands as near the box as its own: a name must not be read as a neighbour's."""
    across = np.maximum(np.maximum(box[0] - crowd[:, 0], crowd[:, 0] - box[2]), 0.0)
    down = np.maximum(np.maximum(box[1] - crowd[:, 1], crowd[:, 1] - box[3]), 0.0)
    gaps = np.hypot(across, down) - crowd[:, 2]
    own = (crowd[:, 0] == disc.x) & (crowd[:, 1] == disc.y)
    return bool(np.all(gaps[~own] > gaps[own].min() + CLEAR))


def _tries(disc: Disc, points: float, limit: float) -> Iterator[Label]:
    """Yield the label at every place it may stand, the best first: on two lines, then narrower on three, then farther away."""
    for most, lines_most, gap in ((limit, 2, 0.5), (limit * 0.6, 3, 0.5), (limit, 2, 3.0), (limit * 0.6, 3, 3.0)):
        lines = tuple(typesetting.wrap(disc.node.label, points, most, lines=lines_most, weight=weight(disc.node)))
        for box, align in _places(disc, lines, points, gap):
            yield Label(disc.node, lines, box, align)


def _places(disc: Disc, lines: tuple[str, ...], points: float, gap: float) -> Iterator[tuple[Box, str]]:
    wide = max(typesetting.width(line, points, weight(disc.node)) for line in lines)
    high = len(lines) * points * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT
    reach = disc.radius + gap
    slant = 0.72 * reach
    for x, y, align in (
        (disc.x - wide / 2, disc.y + reach, "center"),
        (disc.x - wide / 2, disc.y - reach - high, "center"),
        (disc.x + reach, disc.y - high / 2, "left"),
        (disc.x - reach - wide, disc.y - high / 2, "right"),
        (disc.x + slant, disc.y + slant, "left"),
        (disc.x + slant, disc.y - slant - high, "left"),
        (disc.x - slant - wide, disc.y + slant, "right"),
        (disc.x - slant - wide, disc.y - slant - high, "right"),
    ):
        yield (x, y, x + wide, y + high), align


class _Taken:
    """Boxes that are taken, by cells of the page so that a free place is found fast."""

    _CELL = 12.0

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take the box."""
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box, area: Box) -> bool:
        """Return True when ``box`` lies inside ``area`` and covers nothing."""
        left, top, right, bottom = box
        if left < area[0] or top < area[1] or right > area[2] or bottom > area[3]:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in self._over(box)
            for other in self._cells.get(cell, ())
        )

    def _over(self, box: Box) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(side // self._CELL) for side in box)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield column, row
