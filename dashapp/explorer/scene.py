"""From the state to what is on screen: one function of the state, so that a test can ask what a link shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashapp.alerts import alert, sentence
from dashapp.explorer import canvas, details, naming, sidebar
from dashapp.explorer.controls import button
from dashapp.explorer.elements import Element, elements, stylesheet
from dashapp.explorer.legend import legend
from dashapp.explorer.listing import listing
from dashapp.explorer.neighbours import neighbours
from dashapp.explorer.sizes import sizes_of
from dashapp.explorer.state import View, read
from dashapp.explorer.words import count, say
from pacte_graph.errors import PacteError
from pacte_graph.figures.model import Picture
from pacte_graph.network.model import Network

if TYPE_CHECKING:
    from dashapp.services import Services

Children = Sequence[Component | str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a state shows. ``camera`` tells the script what was fitted; ``live`` is announced."""

    elements: list[Element]
    stylesheet: list[dict[str, Any]]
    toolbar: Children
    sidebar: Children
    card: Children
    listing: Children
    list_title: str
    captions: Children
    notes: Children
    empty: Children
    live: str
    camera: dict[str, Any]


def scene(services: Services, state: Mapping[str, str]) -> Scene:
    """Return what ``state`` shows; what can't be shown becomes one sentence in its place, never a broken page."""
    view = read(state)
    try:
        network = canvas.network_of(services, view)
        marks = canvas.marks_of(services, view)
        picture = canvas.picture_of(network, view, marks.ids, sizes_of(services, view))
    except PacteError as error:
        return _refused(view, error)
    return _drawn(services, view, network, picture, marks)


def _drawn(services: Services, view: View, network: Network, picture: Picture, marks: canvas.Marks) -> Scene:
    language = view.language
    shown = frozenset(node.id for node in picture.nodes)
    return Scene(
        elements=elements(picture, view.selected),
        stylesheet=stylesheet(picture),
        toolbar=sidebar.layouts(view),
        sidebar=[*sidebar.choices(view), *legend(picture)],
        card=details.card(services, view, network, picture, shown),
        listing=listing(picture, network, view.selected),
        list_title=say("tab_list", language, n=len(picture.nodes)),
        captions=[html.P(text) for text in picture.captions],
        notes=_notes(view, network, picture, marks),
        empty=_empty(view, network, picture),
        live=_live(view, network, picture),
        camera=_camera(view, picture),
    )


def _refused(view: View, error: PacteError) -> Scene:
    said = sentence(error, view.language)
    title = say("tab_list", view.language, n=0)
    camera = {"key": "", "frame": [], "selected": ""}
    return Scene([], [], sidebar.layouts(view), [], [], [], title, [], [], [alert(error, view.language)], said, camera)


def _camera(view: View, picture: Picture) -> dict[str, Any]:
    """Say what to fit: the path when there is one, else everything; ``key`` changes when the camera should move.

    Other nodes, another layout, another path move it; a drag or a selection doesn't.
    """
    ids = sorted(node.id for node in picture.nodes)
    frame = [node.id for node in picture.nodes if node.marked] if picture.recipe.path else []
    text = "\n".join([picture.recipe.layout, *(picture.recipe.path or ()), *ids])
    return {"key": hashlib.sha256(text.encode()).hexdigest()[:16], "frame": frame, "selected": view.selected or ""}


def _notes(view: View, network: Network, picture: Picture, marks: canvas.Marks) -> list[Component]:
    language, notes = view.language, []
    start = network.by_id.get(view.start or "")
    if start is not None:
        text = say("path_pick", language, name=naming.short_caption(start, language))
        notes.append(html.P([html.Span(text), button(say("cancel", language), "no-path")]))
    if view.recipe.query:
        found = count("nodes", sum(node.id in marks.ids for node in picture.nodes), language)
        text = marks.problem or say("query_on", language, name=marks.title, n=found)
        notes.append(html.P([html.Span(text), button(say("query_off", language), "no-query")]))
    return notes


def _empty(view: View, network: Network, picture: Picture) -> list[Component]:
    if picture.nodes:
        return []
    if not network.nodes:
        return [html.P(say("empty", view.language))]
    return [html.Div([html.P(say("all_hidden", view.language)), button(say("show_all", view.language), "show-all")])]


def _live(view: View, network: Network, picture: Picture) -> str:
    language = view.language
    node = network.by_id.get(view.selected or "") if view.kind == "node" else None
    if node is not None:
        links = count("links", len(neighbours(network, node.id)), language)
        name, kind = naming.caption(node, language), naming.type_text(node, language)
        return say("said_node", language, name=name, type=kind, links=links)
    link = details.link_of(network, view)
    if link is not None:
        a, b = (naming.caption(network.by_id[end], language) for end in (link.source, link.target))
        return say("said_link", language, a=a, verb=naming.verb(link.type, language), b=b)
    nodes, links = count("nodes", len(picture.nodes), language), count("links", len(picture.links), language)
    return say("said_nothing", language, nodes=nodes, links=links)
