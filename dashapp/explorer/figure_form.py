"""The form that saves what is on screen: a figure at a printed size, or the recipe that draws it again next year."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashapp.buttons import SETTLE
from dashapp.explorer.state import View
from dashapp.explorer.words import say

FORMATS = ("svg", "pdf", "png")


def figure_form(view: View) -> Component:
    """Return the dialogue, closed; its fields start from the recipe."""
    language, recipe = view.language, view.recipe
    fields = [
        html.P(say("figure_help", language), className="explorer-help"),
        dmc.TextInput(id="explorer-figure-title", label=say("figure_name", language), value=recipe.title),
        html.Div([_formats(language), *_sizes(view)], className="explorer-form-row"),
        html.P(id="explorer-figure-refused", className="explorer-refused", role="alert"),
        html.Div(
            [
                _button("figure_download", "explorer-figure-download", language, "explorer-primary"),
                _button("recipe_download", "explorer-recipe-download", language),
            ],
            className="explorer-form-row",
        ),
    ]
    return dmc.Modal(
        html.Div(fields, className="explorer-form"),
        id="explorer-figure-dialog",
        title=say("figure_title", language),
        opened=False,
        size=560,
        centered=True,
        closeButtonProps={"aria-label": say("close_form", language)},
    )


def _button(key: str, identifier: str, language: str, more: str = "") -> Component:
    return html.Button(say(key, language), id=identifier, type="button", className=f"explorer-button {more}".strip(), **SETTLE)


def _formats(language: str) -> Component:
    choice = dmc.SegmentedControl(
        id="explorer-figure-format", data=[{"value": name, "label": name.upper()} for name in FORMATS], value="pdf", size="sm"
    )
    return dmc.InputWrapper(html.Div(choice), label=say("figure_format", language))


def _sizes(view: View) -> list[Component]:
    language, recipe = view.language, view.recipe
    rows = (
        ("width", recipe.width_mm, 140, "figure_width"),
        ("height", recipe.height_mm, 140, "figure_height"),
        ("dpi", recipe.dpi, 220, "figure_dpi"),
    )
    return [
        dmc.NumberInput(
            id=f"explorer-figure-{name}", label=say(key, language), value=value, allowNegative=False, hideControls=True, w=width
        )
        for name, value, width, key in rows
    ]
