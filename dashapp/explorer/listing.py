"""What is shown, as a table in words: the equivalent of the canvas for keyboards and screen readers."""

from __future__ import annotations

from collections import Counter

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.controls import button, node_swatch
from dashapp.explorer.words import say
from pacte_graph.figures.model import Picture, PictureNode


def listing(picture: Picture, selected: str | None) -> list[Component]:
    """Return the table of the nodes shown, by group then name, with the number of links shown for each."""
    language = picture.recipe.language
    degrees: Counter[str] = Counter()
    for link in picture.links:
        degrees.update({link.source, link.target})
    names = [say(key, language) for key in ("list_name", "list_type", "list_links")]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    texts = {entry.key: entry.text for entry in picture.legend if entry.aspect == "node"}
    ordered = sorted(picture.nodes, key=lambda node: (texts.get(node.group, node.group), _natural(node), node.id))
    rows = [_row(node, texts.get(node.group, node.group), degrees[node.id], selected) for node in ordered]
    return [
        html.P(say("list_help", language), className="explorer-help"),
        html.Table([head, html.Tbody(rows)], className="explorer-table"),
    ]


def _row(node: PictureNode, kind: str, degree: int, selected: str | None) -> Component:
    name = button(
        [node_swatch(node.colour, node.shape), html.Span(node.caption or node.label)],
        "select",
        node.id,
        className="explorer-link",
        **({"aria-current": "true"} if node.id == selected else {}),
    )
    return html.Tr(
        [html.Td(name), html.Td(kind), html.Td(str(degree), className="explorer-number")],
        className="explorer-marked" if node.marked or node.id == selected else "",
    )


def _natural(node: PictureNode) -> tuple[int, str]:
    digits = "".join(char for char in node.label.split()[0] if char.isdigit()) if node.label.strip() else ""
    return (int(digits) if digits else 0, (node.caption or node.label).casefold())
