"""The explorer's page: toolbar, choices and legend, canvas with its captions, panel; all drawn for the state of the URL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import dash_cytoscape as cyto
import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.explorer.controls import button
from dashapp.explorer.figure_form import figure_form
from dashapp.explorer.scene import Scene, scene
from dashapp.explorer.state import query_string, read, write
from dashapp.explorer.words import say

if TYPE_CHECKING:
    from dashapp.services import Services

CANVAS = {"width": "100%", "height": "100%"}


def packed(state: Mapping[str, str], past: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return what the page's store holds: the state, the ones before it (for undo), and its URL."""
    now = write(read(state))
    return {"now": now, "past": past or [], "url": query_string(now)}


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page for a decoded query string; it is complete before any callback runs."""
    language = read(state).language
    now = packed(state)
    shown = scene(services, now["now"])
    return html.Div(
        [
            dcc.Store(id="explorer-state", data=now),
            dcc.Store(id="explorer-event"),
            dcc.Store(id="explorer-camera", data=shown.camera),
            dcc.Download(id="explorer-download"),
            _toolbar(shown, language),
            html.Aside(
                shown.sidebar, id="explorer-sidebar", className="explorer-side", **{"aria-label": say("legend", language)}
            ),
            _centre(shown, language),
            _panel(shown, language),
            html.Div(shown.live, id="explorer-live", role="status", className="explorer-hidden", **{"aria-live": "polite"}),
            figure_form(read(state)),
        ],
        id="explorer",
        className="explorer",
        **{"data-url": now["url"], "data-camera": json.dumps(shown.camera)},
    )


def _toolbar(shown: Scene, language: str) -> Component:
    search = html.Div(
        [
            dmc.TextInput(
                id="explorer-search",
                placeholder=say("search", language),
                debounce=150,
                size="sm",
                **{"aria-label": say("search", language), "aria-controls": "explorer-results"},
            ),
            html.Div(id="explorer-results", className="explorer-results"),
        ],
        className="explorer-search",
        role="search",
    )
    return html.Div(
        [
            search,
            html.Div(
                shown.toolbar,
                id="explorer-layouts",
                className="explorer-segment",
                role="group",
                **{"aria-label": say("layout", language)},
            ),
            html.Div(className="explorer-spring"),
            button(say("undo", language), "undo", id="explorer-undo", disabled=True),
            button(say("show_all", language), "show-all"),
            button(say("fit", language), "fit"),
            html.Button(say("figure", language), id="explorer-figure-open", type="button", className="explorer-button"),
        ],
        className="explorer-toolbar",
    )


def _centre(shown: Scene, language: str) -> Component:
    drawing = cyto.Cytoscape(
        id="explorer-canvas",
        elements=shown.elements,
        stylesheet=shown.stylesheet,
        layout={"name": "preset", "fit": True, "padding": 36},
        style=CANVAS,
        autoRefreshLayout=False,
        boxSelectionEnabled=False,
        autounselectify=True,
        responsive=True,
    )
    frame = html.Div(
        [
            html.Div(drawing, role="img", **{"aria-label": f"{say('canvas', language)}. {say('canvas_help', language)}"}),
            html.Div(shown.empty, id="explorer-empty", className="explorer-empty"),
            html.Div(shown.notes, id="explorer-notes", className="explorer-note"),
        ],
        className="explorer-frame",
    )
    captions = html.Div(shown.captions, id="explorer-captions", className="explorer-captions", tabIndex=0, role="note")
    return html.Div([frame, captions], className="explorer-centre")


def _panel(shown: Scene, language: str) -> Component:
    tabs = dmc.Tabs(
        [
            dmc.TabsList(
                [
                    dmc.TabsTab(say("tab_card", language), value="card"),
                    dmc.TabsTab(html.Span(shown.list_title, id="explorer-list-title"), value="list"),
                ],
                grow=True,
            ),
            dmc.TabsPanel(html.Div(shown.card, id="explorer-card"), value="card", className="explorer-tab"),
            dmc.TabsPanel(html.Div(shown.listing, id="explorer-list"), value="list", className="explorer-tab"),
        ],
        id="explorer-tabs",
        value="card",
    )
    return html.Aside(tabs, className="explorer-panel", **{"aria-label": say("panel", language)})
