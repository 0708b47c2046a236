"""Callbacks of the explorer: thin; each hands over to a plain function that tests call without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashapp.alerts import sentence
from dashapp.explorer.controls import button
from dashapp.explorer.download import figure_file, recipe_file
from dashapp.explorer.events import apply
from dashapp.explorer.naming import caption, type_text
from dashapp.explorer.page import packed
from dashapp.explorer.scene import Scene, scene
from dashapp.explorer.search import LIMIT, Others, find, merged_names
from dashapp.explorer.state import read, write
from dashapp.explorer.words import say
from pacte_graph.errors import PacteError
from pacte_graph.network.model import Network, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

UNDO = 40
"""How many steps back the page remembers."""

Store = dict[str, Any]


def next_state(store: Store, event: Mapping[str, Any]) -> Store | None:
    """Return the store after ``event``, or None when it changes nothing.

    ``undo`` goes back one step; ``go`` (the browser's back button) takes the state that the event carries.
    """
    now, past = store["now"], list(store["past"])
    if event.get("do") == "undo":
        return packed(past[-1], past[:-1]) if past else None
    kept = {key: now[key] for key in ("programme", "lang") if key in now}
    after = write(read({**kept, **event["state"]})) if event.get("do") == "go" else write(apply(read(now), event))
    if after == now:
        return None
    return packed(after, [*past, now][-UNDO:])


def results(network: Network, text: str, language: str, others: Others | None = None) -> list[Component]:
    """Return the list of what a search finds, each a button that selects it; ``others``: names of merged records."""
    if not text.strip():
        return []
    found = find(network, text, others)
    if not found:
        return [html.P(say("no_result", language, text=text.strip()), role="status")]
    rows = [
        html.Li(
            button(
                [html.Span(caption(node, language)), html.Small(type_text(node, language))],
                "select",
                node.id,
                className="explorer-result",
            )
        )
        for node in found[:LIMIT]
    ]
    more = [html.P(say("more_results", language, n=len(found) - LIMIT))] if len(found) > LIMIT else []
    return [html.Ul(rows, **{"aria-label": say("results", language)}), *more]


def shown_parts(drawn: Scene, before: Mapping[str, Any] | None, *, undoable: bool) -> tuple[Any, ...]:
    """Return the values of the rendering callback's outputs; the card comes to the front when the selection changes."""
    chosen = drawn.camera["selected"] and drawn.camera["selected"] != (before or {}).get("selected")
    return (
        drawn.elements,
        drawn.stylesheet,
        drawn.toolbar,
        drawn.sidebar,
        drawn.card,
        drawn.listing,
        drawn.list_title,
        drawn.captions,
        drawn.notes,
        drawn.empty,
        drawn.live,
        drawn.camera,
        "card" if chosen else no_update,
        not undoable,
    )


RENDERED = (
    ("explorer-canvas", "elements"),
    ("explorer-canvas", "stylesheet"),
    ("explorer-layouts", "children"),
    ("explorer-sidebar", "children"),
    ("explorer-card", "children"),
    ("explorer-list", "children"),
    ("explorer-list-title", "children"),
    ("explorer-captions", "children"),
    ("explorer-notes", "children"),
    ("explorer-empty", "children"),
    ("explorer-live", "children"),
    ("explorer-camera", "data"),
    ("explorer-tabs", "value"),
    ("explorer-undo", "disabled"),
)


def register(app: Dash, services: Services) -> None:
    """Wire the page: event -> state -> everything that is shown; search; figure; address bar and camera in the browser."""
    _register_state(app, services)
    _register_search(app, services)
    _register_figure(app, services)
    app.clientside_callback(ClientsideFunction("explorer", "drawn"), Input("explorer-camera", "data"))
    app.clientside_callback(ClientsideFunction("explorer", "address"), Input("explorer-state", "data"))


def _register_state(app: Dash, services: Services) -> None:
    @app.callback(
        Output("explorer-state", "data"),
        Input("explorer-event", "data"),
        State("explorer-state", "data"),
        prevent_initial_call=True,
    )
    def on_event(event: dict[str, Any] | None, store: Store) -> Any:
        return (next_state(store, event) if event else None) or no_update

    @app.callback(
        *(Output(item, prop) for item, prop in RENDERED),
        Input("explorer-state", "data"),
        State("explorer-camera", "data"),
        prevent_initial_call=True,
    )
    def render(store: Store, before: dict[str, Any] | None) -> tuple[Any, ...]:
        return shown_parts(scene(services, store["now"]), before, undoable=bool(store["past"]))


def _register_search(app: Dash, services: Services) -> None:
    @app.callback(
        Output("explorer-results", "children"),
        Input("explorer-search", "value"),
        State("explorer-state", "data"),
        prevent_initial_call=True,
    )
    def on_search(text: str | None, store: Store) -> list[Component]:
        view = read(store["now"])
        try:
            network = services.network(Scope(view.recipe.programme, view.recipe.date))
            others = merged_names(services)
        except PacteError as error:
            return [html.P(sentence(error, view.language), role="status")]
        return results(network, text or "", view.language, others)


def _register_figure(app: Dash, services: Services) -> None:
    form = [State(f"explorer-figure-{name}", "value") for name in ("title", "width", "height", "dpi")]

    @app.callback(
        Output("explorer-figure-dialog", "opened"), Input("explorer-figure-open", "n_clicks"), prevent_initial_call=True
    )
    def on_open(_: int) -> bool:
        return True

    @app.callback(
        Output("explorer-download", "data"),
        Output("explorer-figure-refused", "children"),
        Input("explorer-figure-download", "n_clicks"),
        State("explorer-state", "data"),
        State("explorer-figure-format", "value"),
        *form,
        prevent_initial_call=True,
    )
    def on_figure(_: int, store: Store, kind: str, *fields: Any) -> tuple[Any, str]:
        try:
            content, name = figure_file(services, store["now"], kind, fields)
        except PacteError as error:
            return no_update, error.message
        return dcc.send_bytes(content, name), ""

    @app.callback(
        Output("explorer-download", "data", allow_duplicate=True),
        Output("explorer-figure-refused", "children", allow_duplicate=True),
        Input("explorer-recipe-download", "n_clicks"),
        State("explorer-state", "data"),
        *form,
        prevent_initial_call=True,
    )
    def on_recipe(_: int, store: Store, *fields: Any) -> tuple[Any, str]:
        try:
            content, name = recipe_file(services, store["now"], fields)
        except PacteError as error:
            return no_update, error.message
        return dcc.send_bytes(content, name), ""
