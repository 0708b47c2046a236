"""Small parts used everywhere: buttons that carry an event, swatches that show a look, section headings.

A button carries its event in ``data-do`` and ``data-id``; one listener in the page's script sends it to the server. So a list
of 500 neighbours costs one callback, not 500, and every control is a native button: keyboard and screen readers included.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

Children = str | Component | Sequence[Any] | None
_POLYGONS = {
    "triangle": "8,2 15,14 1,14",
    "rectangle": "1,3 15,3 15,13 1,13",
    "diamond": "8,1 15,8 8,15 1,8",
    "pentagon": "8,1 15,6.4 12.3,15 3.7,15 1,6.4",
    "hexagon": "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
    "heptagon": "8,1 13.5,3.6 14.8,9.5 11,14.5 5,14.5 1.2,9.5 2.5,3.6",
    "octagon": "5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5",
    "star": "8,1 10,6 15.3,6.1 11.1,9.4 12.6,14.7 8,11.6 3.4,14.7 4.9,9.4 0.7,6.1 6,6",
    "rhomboid": "1,3 11,3 15,13 5,13",
    "tag": "1,3 11,3 15,8 11,13 1,13",
    "vee": "1,2 8,6 15,2 8,15",
    "barrel": "3,2 13,2 15,8 13,14 3,14 1,8",
}
_DASHES = {"solid": "", "dashed": "6 4", "dotted": "1.5 3"}


def button(text: Children, do: str, subject: str = "", *, pressed: bool | None = None, **props: Any) -> html.Button:
    """Return a native button that sends ``{"do": do, "id": subject}``; ``pressed`` makes it a toggle."""
    state = {} if pressed is None else {"aria-pressed": "true" if pressed else "false"}
    names = f"explorer-button {props.pop('className', '')}".strip()
    return html.Button(text, type="button", className=names, **{"data-do": do, "data-id": subject, **state, **props})


def _svg(body: str, width: int = 16) -> html.Img:
    text = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} 16' width='{width}' height='16'>{body}</svg>"
    source = "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()
    return html.Img(src=source, alt="", className="explorer-swatch", width=width, height=16)


def node_swatch(colour: str, shape: str, *, hatched: bool = False) -> html.Img:
    """Return the small picture of a node: its colour and its shape, striped for what is unknown.

    Decorative: the text beside it says the same.
    """
    if hatched:
        band = f"<rect width='2.5' height='5' fill='{colour}'/>"
        turned = "width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'"
        stripe = f"<pattern id='h' {turned}>{band}</pattern>"
        return _svg(f"<defs>{stripe}</defs><circle cx='8' cy='8' r='7' fill='url(#h)' stroke='{colour}'/>")
    plain = shape.removeprefix("round-").removeprefix("bottom-round-").removeprefix("cut-")
    corner = "stroke-linejoin='round' stroke-width='2'" if shape != plain else "stroke-width='1'"
    paint = f"fill='{colour}' stroke='{colour}' {corner}"
    if plain in _POLYGONS:
        return _svg(f"<polygon points='{_POLYGONS[plain]}' {paint}/>")
    return _svg(f"<circle cx='8' cy='8' r='7' {paint}/>")


def line_swatch(colour: str, line: str) -> html.Img:
    """Return the small picture of a link: its colour and its line."""
    dash = f" stroke-dasharray='{_DASHES[line]}'" if _DASHES.get(line) else ""
    return _svg(f"<line x1='1' y1='8' x2='27' y2='8' stroke='{colour}' stroke-width='3'{dash}/>", 28)


def section(title: str, *children: Children, key: str = "") -> html.Section:
    """Return a titled part of the panel."""
    heading = html.H3(title, className="explorer-section-title")
    return html.Section([heading, *children], className=f"explorer-section {key}".strip())


def facts_table(rows: Sequence[tuple[str, str]]) -> html.Dl:
    """Return (label, value) rows as a description list."""
    return html.Dl(
        [part for label, value in rows for part in (html.Dt(label), html.Dd(value))],
        className="explorer-facts",
    )
