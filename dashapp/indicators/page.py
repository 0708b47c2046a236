"""The page of indicators: the questions of a strategist, each with its picture, its sentences and its method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import Dash, html
from dash.development.base_component import Component

from dashapp.indicators import coverage, declination, equity, kinds, leverage, nesting, pull, savings
from dashapp.indicators.section import section
from dashapp.indicators.whatif import section as whatif
from dashapp.indicators.whatif import wiring
from dashapp.indicators.whatif.words import say as say_whatif
from dashapp.indicators.words import say

if TYPE_CHECKING:
    from dashapp.services import Services

PARTS = (
    ("pull", "linkages", pull.draw),
    ("declination", "declination", declination.draw),
    ("nesting", "nesting", nesting.draw),
    ("kinds", "pull_by_type", kinds.draw),
    ("leverage", "leverage", leverage.draw),
    ("savings", "savings", savings.draw),
    ("coverage", "coverage", coverage.draw),
    ("equity", "equity", equity.draw),
)
"""Key of the section (its anchor), id of the metric, and the function that draws it."""


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page for the programme and date of the address."""
    from pacte_graph.metrics.registry import REGISTRY  # scipy: not needed before the first number

    lang = state["lang"]
    links = [html.Li(html.A(say(key, lang), href=f"#{key}")) for key, _, _ in PARTS]
    links.append(html.Li(html.A(say_whatif(whatif.KEY, lang), href=f"#{whatif.KEY}")))
    contents = html.Nav(html.Ul(links), className="indicators-contents", **{"aria-label": say("contents", lang)})
    sections = [section(services, key, REGISTRY[name], draw, state) for key, name, draw in PARTS]
    note = html.P(say("descriptive", lang), className="indicators-lead")
    return html.Div([note, contents, *sections, whatif.section(services, state)], className="indicators")


def register(app: Dash, services: Services) -> None:
    """Register what the form of « Et si… ? » needs; the rest of the page is drawn for its address."""
    wiring.register(app, services)
