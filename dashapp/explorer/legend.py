"""The legend that filters: each row shows a look, says what it stands for and how many, and is a switch."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.controls import button, line_swatch, node_swatch
from dashapp.explorer.words import say
from pacte_graph.figures import style
from pacte_graph.figures.model import LegendEntry, Picture


def legend(picture: Picture) -> list[Component]:
    """Return the rows by aspect: nodes, links, then what size means (which can't be switched off)."""
    language = picture.recipe.language
    parts: list[Component] = []
    for aspect in ("node", "link", "size"):
        entries = [entry for entry in picture.legend if entry.aspect == aspect]
        if entries:
            parts += _part(aspect, entries, language)
    return parts


def _part(aspect: str, entries: list[LegendEntry], language: str) -> list[Component]:
    title = say({"node": "legend_nodes", "link": "legend_links", "size": "legend_size"}[aspect], language)
    heading = html.H3(title, className="explorer-legend-title")
    if aspect == "size":
        return [heading, *(html.P(entry.text, className="explorer-legend-size") for entry in entries)]
    rows = [html.Li(_switch(entry)) for entry in entries]
    return [heading, html.Ul(rows, className="explorer-legend-rows", **{"aria-label": title})]


def _switch(entry: LegendEntry) -> Component:
    if entry.aspect == "link":
        swatch = line_swatch(entry.colour, entry.shape)
    else:
        swatch = node_swatch(entry.colour, entry.shape, hatched=style.hatched(entry.key))
    counts = (
        str(entry.total)
        if entry.shown == entry.total
        else f"{entry.shown}\N{NARROW NO-BREAK SPACE}/\N{NARROW NO-BREAK SPACE}{entry.total}"
    )
    content = [
        swatch,
        html.Span(entry.text, className="explorer-legend-text"),
        html.Span(counts, className="explorer-legend-count"),
    ]
    return button(content, "toggle", entry.key, pressed=entry.on, className="explorer-legend-row")
