"""From the picture to what Cytoscape draws. Style travels in ``data``: the component loses classes and selections."""

from __future__ import annotations

import re
from typing import Any

from pacte_graph.figures import style
from pacte_graph.figures.model import Picture, PictureLink, PictureNode

MANY_LINKS = 600
"""Above so many links, straight links without arrows: the canvas stays fluid."""
LABEL_LENGTH = 46
SHAPES = frozenset(
    [
        "ellipse",
        "triangle",
        "round-triangle",
        "rectangle",
        "round-rectangle",
        "bottom-round-rectangle",
        "cut-rectangle",
        "barrel",
        "rhomboid",
        "diamond",
        "round-diamond",
        "pentagon",
        "round-pentagon",
        "hexagon",
        "round-hexagon",
        "heptagon",
        "octagon",
        "star",
        "tag",
        "vee",
    ]
)
CHOSEN = "#1D4ED8"
"""Ring of what the reader selected: a matter of the screen, never printed."""
BAND = "\N{SYMBOL FOR NULL}band:"
"""Start of the ids of column headings: no identifier of the data starts so."""
STRIPES = ("0% 20% 20% 40% 40% 60% 60% 80% 80% 100%", 5)

Element = dict[str, Any]


def elements(picture: Picture, selected: str | None = None) -> list[Element]:
    """Return nodes then links, sorted by id; a link to a node that isn't drawn is left out (the browser would fail on it)."""
    shown = {node.id for node in picture.nodes}
    nodes = [_node(node, node.id == selected) for node in sorted(picture.nodes, key=lambda item: item.id)]
    links = [
        _link(link, link.id == selected)
        for link in sorted(picture.links, key=lambda item: item.id)
        if link.source in shown and link.target in shown
    ]
    return [*_bands(picture), *nodes, *links]


def _bands(picture: Picture) -> list[Element]:
    """Return the headings of the columns as nodes that only carry a text."""
    return [
        {
            "data": {"id": f"{BAND}{band.key}", "label": band.text, "band": 1, "level": 0},
            "position": {"x": round((band.left + band.right) / 2, 1), "y": round(band.top, 1)},
            "group": "nodes",
            "grabbable": False,
            "selectable": False,
        }
        for band in picture.bands
    ]


def short(text: str, length: int = LABEL_LENGTH) -> str:
    """Return text cut at a word, with an ellipsis, when it is longer than ``length``."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:(–-")
    return f"{cut or text[: length - 1]}…"


def _node(node: PictureNode, chosen: bool) -> Element:  # noqa: FBT001 - one private caller
    data = {
        "id": node.id,
        "label": short(node.label),
        "size": round(node.size, 1),
        "colour": node.colour,
        "shape": node.shape if node.shape in SHAPES else "ellipse",
        "ring": 5 if chosen else 3 if node.marked else 1,
        "ringColour": CHOSEN if chosen else style.MARK if node.marked else style.BACKGROUND,
        "opacity": style.FADED_OPACITY if node.faded and not chosen else 1,
        "level": 3 if chosen else 2 if node.marked else 1,
        "title": node.caption,
        "ink": style.INK,
        "short": _number(node),
        "hatched": int(style.hatched(node.group)),
    }
    return {"data": data, "position": {"x": round(node.x, 1), "y": round(node.y, 1)}, "group": "nodes"}


def _number(node: PictureNode) -> str:
    """Return the number of a project, written inside its shape where the label has no room; else nothing."""
    found = re.search(r"\d+", node.label) if node.group == "Project" else None
    return found.group() if found else ""


def _link(link: PictureLink, chosen: bool) -> Element:  # noqa: FBT001 - one private caller
    strong = chosen or link.marked
    data = {
        "id": link.id,
        "source": link.source,
        "target": link.target,
        "width": round(link.width + (2 if strong else 0), 1),
        "colour": CHOSEN if chosen else style.MARK if link.marked else link.colour,
        "line": link.line,
        "title": link.caption,
        "arrow": "triangle" if link.arrow else "none",
        "arrowBack": "triangle" if link.arrow_back else "none",
        "opacity": 1 if strong else style.FADED_OPACITY if link.faded else 0.75,
        "level": 2 if strong else 0,
    }
    return {"data": data, "group": "edges"}


def stylesheet(picture: Picture) -> list[dict[str, Any]]:
    """Return the style rules: every look comes from ``data``; many links are drawn straight and without arrows."""
    many = len(picture.links) > MANY_LINKS
    node = {
        "label": "data(label)",
        "width": "data(size)",
        "height": "data(size)",
        "background-color": "data(colour)",
        "shape": "data(shape)",
        "border-width": "data(ring)",
        "border-color": "data(ringColour)",
        "opacity": "data(opacity)",
        "z-index": "data(level)",
        "font-family": "Inter, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
        "font-size": 12,
        "color": style.INK,
        "text-wrap": "wrap",
        "text-max-width": 120,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-background-color": style.BACKGROUND,
        "text-background-opacity": 0 if many else 0.75,
        "text-background-padding": 1,
        "min-zoomed-font-size": 9 if many else 7,
    }
    edge = {
        "width": "data(width)",
        "line-color": "data(colour)",
        "opacity": "data(opacity)",
        "z-index": "data(level)",
        "curve-style": "haystack" if many else "bezier",
    }
    dashes = [] if many else _lines_and_arrows()
    headings = {"selector": "node[band = 1]", "style": _HEADING}
    return [{"selector": "node[!band]", "style": node}, _hatches(), headings, {"selector": "edge", "style": edge}, *dashes]


_HEADING = {
    "label": "data(label)",
    "width": 1,
    "height": 1,
    "background-opacity": 0,
    "border-width": 0,
    "events": "no",
    "font-size": 17,
    "font-weight": "bold",
    "color": style.QUIET,
    "text-wrap": "wrap",
    "text-max-width": 190,
    "text-valign": "top",
}


def _hatches() -> dict[str, Any]:
    """Stripes for what is unknown, so that it never looks like one kind among others."""
    positions, count = STRIPES
    stripes = " ".join(pair for index in range(count) for pair in [(style.UNKNOWN_COLOUR, style.BACKGROUND)[index % 2]] * 2)
    look = {
        "background-fill": "linear-gradient",
        "background-gradient-direction": "to-bottom-right",
        "background-gradient-stop-colors": stripes,
        "background-gradient-stop-positions": positions,
        "border-width": 1.5,
        "border-color": style.UNKNOWN_COLOUR,
    }
    return {"selector": "node[hatched = 1][level = 1]", "style": look}


def _lines_and_arrows() -> list[dict[str, Any]]:
    arrow = {"target-arrow-shape": "data(arrow)", "target-arrow-color": "data(colour)", "arrow-scale": 0.9}
    back = {"source-arrow-shape": "data(arrowBack)", "source-arrow-color": "data(colour)"}
    return [
        {"selector": "edge", "style": {"line-style": "data(line)", **arrow, **back}},
        {"selector": "edge:active, node:active", "style": {"overlay-opacity": 0.08}},
    ]
