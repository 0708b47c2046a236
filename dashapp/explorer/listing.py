"""What is shown, as a table in words: the equivalent of the canvas for keyboards and screen readers."""

from __future__ import annotations

from collections import Counter

from dash import html
from dash.development.base_component import Component

from dashapp.explorer import naming
from dashapp.explorer.controls import button, node_swatch
from dashapp.explorer.words import say
from pacte_graph.figures import style
from pacte_graph.figures.model import Picture, PictureNode
from pacte_graph.network.model import Network


def listing(picture: Picture, network: Network, selected: str | None) -> list[Component]:
    """Return the table of the nodes shown, in the legend's order then by number or name, with the links shown for each."""
    language = picture.recipe.language
    degrees: Counter[str] = Counter()
    for link in picture.links:
        degrees.update({link.source, link.target})
    names = [say(key, language) for key in ("list_name", "list_type", "list_links")]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    texts = {entry.key: entry.text for entry in picture.legend if entry.aspect == "node"}
    groups = {key: place for place, key in enumerate(texts)}
    rows = []
    for node in sorted(picture.nodes, key=lambda item: (groups.get(item.group, len(groups)), _natural(item, network), item.id)):
        name = naming.caption(network.by_id[node.id], language)
        rows.append(_row(node, name, texts.get(node.group, node.group), degrees[node.id], chosen=node.id == selected))
    return [
        html.P(say("list_help", language), className="explorer-help"),
        html.Table([head, html.Tbody(rows)], className="explorer-table"),
    ]


def _row(node: PictureNode, name: str, kind: str, degree: int, *, chosen: bool) -> Component:
    link = button(
        [node_swatch(node.colour, node.shape, hatched=style.hatched(node.group)), html.Span(name)],
        "select",
        node.id,
        className="explorer-link",
        **({"aria-current": "true"} if chosen else {}),
    )
    return html.Tr(
        [html.Td(link), html.Td(kind), html.Td(str(degree), className="explorer-number")],
        className="explorer-marked" if node.marked or chosen else "",
    )


def _natural(node: PictureNode, network: Network) -> tuple[int, str]:
    """Order projects by number, the rest by name."""
    source = network.by_id[node.id]
    return int(source.properties.get("number") or 0), source.caption.casefold()
