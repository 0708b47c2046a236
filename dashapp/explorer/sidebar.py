"""The choices beside the canvas: layout, layers, size. Each is a row of toggles: few, and all in sight."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.controls import button
from dashapp.explorer.state import LAYERS, LAYOUTS, View
from dashapp.explorer.words import say
from pacte_graph.figures import sizing
from pacte_graph.schema import NODES


def layouts(view: View) -> list[Component]:
    """Return the layout switch: network, Russian dolls, circles."""
    return [button(say(f"layout.{name}", view.language), "layout", name, pressed=view.recipe.layout == name) for name in LAYOUTS]


def choices(view: View) -> list[Component]:
    """Return layers and sizes, each under its heading."""
    language = view.language
    return [
        *_part("layers", language, [_layer(view, layer) for layer in LAYERS]),
        *_part("size", language, _sizes(view)),
    ]


def _part(key: str, language: str, buttons: list[Component]) -> list[Component]:
    if not buttons:
        return []
    title = say(key, language)
    return [html.H2(title), html.Div(buttons, className="explorer-chips", role="group", **{"aria-label": title})]


def _layer(view: View, layer: str) -> Component:
    return button(NODES[layer].plural.get(view.language), "layer", layer, pressed=layer in view.recipe.layers)


def _sizes(view: View) -> list[Component]:
    """Return the sizes on offer, and the one that is on when a recipe or a link brought another."""
    names = [*sizing.NAMED, *([view.recipe.size_by] if view.recipe.size_by not in sizing.NAMED else [])]
    return [
        button(_capital(sizing.words(name).get(view.language)), "size", name, pressed=view.recipe.size_by == name)
        for name in names
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
