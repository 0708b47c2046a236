"""What the panel's first tab holds: the path, then the card of what is selected, or how to begin."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.card import Said, link_card, node_card
from dashapp.explorer.controls import button, section
from dashapp.explorer.naming import short_caption
from dashapp.explorer.paths import WRITTEN, Paths, shortest
from dashapp.explorer.provenance import merged_said, said
from dashapp.explorer.sentences import sentences
from dashapp.explorer.state import View
from dashapp.explorer.words import count, say
from pacte_graph.errors import UnknownName
from pacte_graph.figures.model import Picture
from pacte_graph.network.model import Link, Network, Node

if TYPE_CHECKING:
    from dashapp.services import Services


def card(services: Services, view: View, network: Network, picture: Picture, shown: Collection[str]) -> list[Component]:
    """Return the path's section, if there is a path, then the card of the selection or the beginner's sentence."""
    return [*_path(view, network, picture), *_selection(services, view, network, shown)]


def link_of(network: Network, view: View) -> Link | None:
    """Return the selected link, or None."""
    if view.kind != "link" or not view.selected:
        return None
    return next((link for link in network.links if link.id == view.selected), None)


def _selection(services: Services, view: View, network: Network, shown: Collection[str]) -> list[Component]:
    language, link = view.language, link_of(network, view)
    if link is not None:
        return link_card(view, network, link, _said(services, link.id, link.type, language))
    node = network.by_id.get(view.selected or "")
    if node is not None:
        numbers = sentences(services, network.scope, node, language)
        told = [*_said(services, node.id, node.label, language), *_merged(services, node, language)]
        return node_card(view, network, node, shown, told, numbers)
    if view.selected:
        return [html.P(say("gone", language, id=view.selected), className="explorer-missing")]
    title = html.H2(say("nothing_selected", language), id="explorer-card-title", tabIndex=-1)
    return [html.Div([title, html.P(say("how_to", language))], className="explorer-card-head")]


def _said(services: Services, identifier: str, kind: str, language: str) -> list[Said]:
    try:
        return said(services.provenance(identifier), kind, language)
    except UnknownName:
        return []  # the fact left the database since the snapshot was read: the card then says that no source is recorded


def _merged(services: Services, node: Node, language: str) -> list[Said]:
    """Return what sources say of the records merged into a node: they go on stating these, not the node."""
    merged = [item.node.id for item in services.merges() if item.into == node.id]
    if not merged:
        return []
    try:
        facts = services.records(merged)
    except UnknownName:
        return []  # a merge was undone since: the next refresh shows two nodes
    return [row for fact in facts.values() for row in merged_said(fact, node, language)]


def _path(view: View, network: Network, picture: Picture) -> list[Component]:
    if view.recipe.path is None:
        return []
    language = view.language
    start, end = view.recipe.path
    names = [short_caption(network.by_id[item], language) if item in network.by_id else item for item in (start, end)]
    body = _written(shortest(picture, start, end), network, language)
    clear = button(say("path_end", language), "no-path")
    return [section(say("path_title", language, a=names[0], b=names[1]), *body, clear, key="explorer-path")]


def _written(paths: Paths, network: Network, language: str) -> list[Component]:
    if not paths.found:
        return [html.P(say("path_none", language))]
    length = count("links", paths.length, language)
    many = len(paths.found) > 1
    number = f"{len(paths.found)}+" if paths.cut else str(len(paths.found))
    text = say("path_count.many", language, n=number, length=length) if many else say("path_count.one", language, length=length)
    rows = [html.Li(_steps(path, network, language)) for path in paths.found[:WRITTEN]]
    more = [html.P(say("path_more", language, shown=WRITTEN))] if len(paths.found) > WRITTEN else []
    return [html.P(text), html.Ol(rows, className="explorer-paths"), *more]


def _steps(path: tuple[str, ...], network: Network, language: str) -> list[Component | str]:
    steps: list[Component | str] = []
    for place, identifier in enumerate(path):
        if place:
            steps.append(" → ")
        steps.append(button(short_caption(network.by_id[identifier], language), "select", identifier, className="explorer-link"))
    return steps
