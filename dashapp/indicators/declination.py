"""Declination: one bar a scale, the unknown hatched, the one-third mark, the verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.explorer.formatting import number
from dashapp.indicators.charts import FONT, QUIET, SEPARATORS, fill
from dashapp.indicators.section import plain_table, sentences
from dashapp.indicators.words import say
from pacte_graph.figures import style
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network

STATES = (
    ("declined", "declined", "#1d4ed8", "", "#fff"),
    ("unknown", "state_unknown", "#8a94a3", "/", "#1f2933"),
    ("not_declined", "not_declined", "#dfe4ea", "", "#1f2933"),
)
"""Key of the counts, key of the text, colour, pattern, colour of the figure inside."""


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the verdict, the bars and their table."""
    del network
    lang, rates = state["lang"], result.details["rates"]
    if not rates[0]["total"]:
        return [notice(say("no_projects", lang))]
    chart = dcc.Graph(figure=bars(result, lang), config={**QUIET, "staticPlot": True}, className="chart-declination")
    headings = [say(key, lang) for key in ("scale", "declined", "state_unknown", "not_declined", "total", "bounds", "verdict")]
    rows = [_row(rate, lang) for rate in rates]
    table = plain_table(headings, rows, numbers=frozenset({1, 2, 3, 4, 5}))
    return [
        sentences(result.values[0].explanation.get(lang), lang=lang),
        html.Div(chart, role="img", **{"aria-label": say("declination_alt", lang)}),
        html.Details([html.Summary(say("figures", lang)), table], className="fold"),
    ]


def bars(result: MetricResult, lang: str) -> go.Figure:
    """Return the stacked bars: shares of all projects, counts written inside, verdict at the end."""
    rates = result.details["rates"]
    target = result.details["target"]["numerator"] / result.details["target"]["denominator"]
    names = [_capital(rate["label"].get(lang)) for rate in rates]
    figure = go.Figure([_bar(rates, names, *item, lang) for item in STATES])
    verdicts = [
        {
            "x": 1.01,
            "xref": "paper",
            "y": name,
            "xanchor": "left",
            "showarrow": False,
            "text": verdict(rate, lang),
            "font": {"size": 13},
        }
        for rate, name in zip(rates, names, strict=True)
    ]
    mark = {
        "x": target,
        "y": 1.0,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "text": f"<b>{say('third', lang)}</b>",
    }
    figure.update_layout(
        template="none",
        barmode="stack",
        bargap=0.32,
        height=70 + 44 * len(rates),
        font={"family": FONT, "size": 13, "color": style.INK},
        margin={"l": 10, "r": 120, "t": 26, "b": 36},
        separators=SEPARATORS[lang],
        legend={"orientation": "h", "traceorder": "normal", "y": -0.09, "yanchor": "top", "x": 0},
        annotations=[*verdicts, mark],
        shapes=[
            {
                "type": "line", "xref": "x", "yref": "paper", "x0": target, "x1": target, "y0": 0, "y1": 1,
                "line": {"color": "#c4006a", "width": 2.5, "dash": "dash"},
            }
        ],
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], tickformat=".0%", showgrid=False, zeroline=False, visible=False)
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ", showgrid=False)
    return figure


def _bar(
    rates: list[Mapping[str, Any]], names: list[str], key: str, text: str, colour: str, pattern: str, ink: str, lang: str
) -> go.Bar:
    return go.Bar(
        y=names,
        x=[rate[key] / rate["total"] for rate in rates],
        name=say(text, lang),
        orientation="h",
        marker=fill(colour, pattern, solidity=0.2),
        text=[str(rate[key]) if rate[key] else "" for rate in rates],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": 13},
    )


def verdict(rate: Mapping[str, Any], lang: str) -> str:
    """Return the verdict of one rate in words."""
    return say(f"verdict.{rate['verdict'] or 'none'}", lang)


def _row(rate: Mapping[str, Any], lang: str) -> list[str]:
    amounts = [number(rate[key], lang) for key in ("declined", "unknown", "not_declined", "total")]
    return [_capital(rate["label"].get(lang)), *amounts, _bounds(rate, lang), verdict(rate, lang)]


def _bounds(rate: Mapping[str, Any], lang: str) -> str:
    sign = "%" if lang == "en" else "\N{NO-BREAK SPACE}%"
    ends = [f"{number(round(100 * rate[key]), lang)}{sign}" for key in ("low", "high")]
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
