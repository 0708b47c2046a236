"""Equity: the Lorenz curve of the amounts located on communes, and where the gaps lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from dashapp.explorer.formatting import number
from dashapp.explorer.naming import caption
from dashapp.indicators.charts import BLUE, STEEL, fill, layout, said, shown
from dashapp.indicators.leverage import euros
from dashapp.indicators.section import plain_table, sentences
from dashapp.indicators.words import say
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the sentences, the curve with the two-part bar of the gaps, and the communes as a table."""
    lang, curve = state["lang"], result.details["lorenz"]
    told = sentences(*(text for key in ("gini", "between") for text in said(result, lang, measure=key)), lang=lang)
    if curve is None:
        return [told]
    rows = sorted(result.details["rows"], key=lambda row: (-row["per_unit"], row["id"]))
    cells = [
        [
            caption(network.by_id[row["id"]], lang),
            euros(row["amount"], lang),
            number(row["denominator"], lang),
            euros(row["per_unit"], lang),
        ]
        for row in rows
    ]
    headings = [say(key, lang) for key in ("commune", "amount", "population", "per_person")]
    table = plain_table(headings, cells, numbers=frozenset({1, 2, 3}))
    return [
        told,
        shown(lorenz(curve, result.details["decomposition"], lang), say("equity_alt", lang)),
        html.Details([html.Summary(say("figures", lang)), table], className="fold"),
    ]


def lorenz(curve: Mapping[str, list[float]], split: Mapping[str, Any] | None, lang: str) -> go.Figure:
    """Return the curve under the line of equal shares, and beside it how much of the gaps lies between territories."""
    figure = go.Figure(
        [
            go.Scatter(
                x=[0, 1], y=[0, 1], mode="lines", name=say("equal", lang),
                line={"color": STEEL, "dash": "dash", "width": 1.4},
            ),
            go.Scatter(
                x=curve["people"], y=curve["amount"], mode="lines+markers", name=say("received", lang),
                line={"color": BLUE, "width": 2.4}, marker={"size": 5}, fill="tozeroy", fillcolor="rgba(29, 78, 216, 0.08)",
            ),
        ]
    )  # fmt: skip
    sign = "%" if lang == "en" else "\N{NO-BREAK SPACE}%"
    marks = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": [f"{share}{sign}" for share in (0, 25, 50, 75, 100)]}
    axis = {"range": [0, 1.02], **marks, "gridcolor": "#eceff3", "zeroline": False}
    layout(
        figure, lang, 380, margin={"l": 62, "r": 12, "t": 10, "b": 92},
        legend={"orientation": "h", "y": -0.22, "yanchor": "top", "x": 0},
    )  # fmt: skip
    wide = split is not None and split["total"] > 0
    figure.update_xaxes(title={"text": say("people_share", lang)}, domain=[0, 0.58 if wide else 1], **axis)
    figure.update_yaxes(title={"text": say("amount_share", lang)}, **axis)
    if wide and split is not None:
        _gaps(figure, split, lang)
    return figure


def _gaps(figure: go.Figure, split: Mapping[str, Any], lang: str) -> None:
    """Add the bar of the gaps in two parts, each with its share written."""
    parts = (("between", split["between"], BLUE, "", "#fff"), ("within", split["within"], "#8a94a3", "/", "#1f2933"))
    for key, amount, colour, pattern, ink in parts:
        share = amount / split["total"]
        sign = "%" if lang == "en" else "\N{NO-BREAK SPACE}%"
        figure.add_trace(
            go.Bar(
                x=[share], y=[say("gaps", lang)], orientation="h", name=say(key, lang), xaxis="x2", yaxis="y2",
                text=[f"{number(round(100 * share), lang)}{sign}"] if share > 0.06 else [""], textposition="inside",
                insidetextanchor="middle", textangle=0, textfont={"color": ink},
                marker=fill(colour, pattern),
            )
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        xaxis2={"domain": [0.68, 1], "range": [0, 1], "visible": False, "anchor": "y2"},
        yaxis2={"domain": [0.4, 0.66], "visible": False, "anchor": "x2"},
        annotations=[
            {
                "text": say("gaps", lang),
                "xref": "paper",
                "yref": "paper",
                "x": 0.68,
                "y": 0.72,
                "xanchor": "left",
                "showarrow": False,
            }
        ],
    )
