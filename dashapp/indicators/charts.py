"""What the charts of the indicators share: fonts, separators, bars that rise and fall, and the sentences of a result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from pacte_graph.figures import style
from pacte_graph.metrics.model import MetricResult

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
SEPARATORS = {"fr": ",\N{NARROW NO-BREAK SPACE}", "en": ".,"}
QUIET = {"displayModeBar": False, "responsive": True}
BLUE, RUST, STEEL, PALE = "#1d4ed8", "#9a3412", "#52606d", "#dfe4ea"
"""A whole, what is added, what is taken off, what is not there: told apart in grey too."""


def said(result: MetricResult, lang: str, **dimension: str) -> list[str]:
    """Return the sentences of the values of the whole network with this dimension."""
    return [
        value.explanation.get(lang)
        for value in result.values
        if value.id is None and all(value.dimension.get(key) == told for key, told in dimension.items())
    ]


def layout(figure: go.Figure, lang: str, height: int, **more: Any) -> go.Figure:
    """Set what all charts have in common."""
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 13, "color": style.INK},
        separators=SEPARATORS[lang],
        height=height,
        hoverlabel={"align": "left", "bgcolor": "#fff", "font": {"family": FONT, "size": 13}},
        **more,
    )
    return figure


def steps(names: Sequence[str], amounts: Sequence[float], kinds: Sequence[str], texts: Sequence[str], lang: str) -> go.Figure:
    """Return a waterfall, top to bottom: ``kinds`` are ``absolute``, ``relative`` or ``total``; each bar says its amount."""
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=list(names),
            x=list(amounts),
            measure=list(kinds),
            text=list(texts),
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            connector={"line": {"color": "#9aa5b1", "width": 1}},
            totals={"marker": {"color": BLUE}},
            increasing={"marker": {"color": STEEL}},
            decreasing={"marker": {"color": RUST}},
        )
    )
    layout(figure, lang, 70 + 38 * len(names), margin={"l": 10, "r": 110, "t": 8, "b": 14}, showlegend=False)
    figure.update_xaxes(visible=False, rangemode="tozero")
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ", showgrid=False)
    return figure


def fill(colour: str, pattern: str, *, solidity: float = 0.25) -> dict[str, Any]:
    """Return the marker of a part of a bar: plain in its colour, or hatched on white, always with its edge."""
    return {
        "color": "#fff" if pattern else colour,
        "line": {"color": "#5b6270", "width": 0.8},
        "pattern": {"shape": pattern, "fgcolor": colour, "size": 7, "solidity": solidity},
    }


def shown(figure: go.Figure, alt: str) -> Component:
    """Return a chart that can't be moved, with what it shows for those who don't see it."""
    chart = dcc.Graph(figure=figure, config={**QUIET, "staticPlot": True}, style={"height": f"{figure.layout.height}px"})
    return html.Div(chart, role="img", **{"aria-label": alt})
