"""The picture: one value that the canvas of the explorer and the printed figure are both drawn from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Layout = Literal["force", "nesting", "circles"]
Layer = Literal["Project", "Actor", "Territory", "Person"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to show and how: the explorer's state, and the file ``pacte figure`` replays on next year's data.

    ``layers`` are the labels shown; ``hidden_groups`` are legend entries switched off (``Node.group`` values, or link
    types); ``focus`` and ``depth`` keep the neighbourhood of one node; ``expanded`` adds neighbours of these nodes;
    ``hidden`` removes nodes; ``path`` keeps (highlights) the shortest paths between two nodes; ``positions`` fixes places.
    Sizes are printed millimetres and dots per inch.
    """

    programme: str
    title: str = ""
    date: dt.date | None = None
    layers: tuple[Layer, ...] = ("Project", "Actor")
    hidden_groups: tuple[str, ...] = ()
    focus: str | None = None
    depth: int = 1
    expanded: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    path: tuple[str, str] | None = None
    layout: Layout = "force"
    size_by: str = "degree"
    query: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    language: Literal["fr", "en"] = "fr"
    width_mm: float = 240.0
    height_mm: float = 160.0
    dpi: int = 300


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A node as drawn: place (canvas units, y downwards), size, colour, shape; ``marked`` for search, path or focus."""

    id: str
    label: str
    group: str
    caption: str
    x: float
    y: float
    size: float
    colour: str
    shape: str
    marked: bool = False
    faded: bool = False
    badge: str = ""
    """A short text that fits inside the mark: the number of a project."""


@dataclass(frozen=True, slots=True)
class PictureLink:
    """A link as drawn: width, colour, line style (``solid``, ``dashed``, ``dotted``), arrow or not."""

    id: str
    type: str
    source: str
    target: str
    caption: str
    width: float
    colour: str
    line: str
    arrow: bool
    marked: bool = False
    faded: bool = False
    arrow_back: bool = False
    """True when the direction goes both ways: an arrow at the source too."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A row of the legend: what it stands for, how it looks, how many are shown of how many, and whether it is on.

    ``key`` is what ``Recipe.hidden_groups`` takes: a node group, a link type, or a type and its variant (``LINKED_TO:pulls``).
    ``shape`` is the node's shape, or the link's line style. Entries of aspect ``size`` can't be switched.
    """

    key: str
    aspect: Literal["node", "link", "size"]
    text: str
    colour: str
    shape: str
    shown: int
    total: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class PictureBand:
    """A column of the layout by scale: its heading, and where it starts and ends (canvas units)."""

    key: str
    text: str
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on screen. ``captions`` are the lines under a figure: date of the data, filters, source, warnings.

    ``left_out`` counts what the cap did not draw, by reason; it is always said.
    """

    recipe: Recipe
    title: str
    nodes: tuple[PictureNode, ...]
    links: tuple[PictureLink, ...]
    legend: tuple[LegendEntry, ...]
    captions: tuple[str, ...]
    alt_text: str
    left_out: Mapping[str, int] = field(default_factory=dict)
    bands: tuple[PictureBand, ...] = ()
    """Headings of the columns, for the layout ``nesting``; empty for the others."""
