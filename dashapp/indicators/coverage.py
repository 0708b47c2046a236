"""Coverage: one bar a scale: territories with a project of their own, reached by nesting only, unknown, without any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.explorer.formatting import number
from dashapp.explorer.naming import caption
from dashapp.indicators.charts import BLUE, PALE, fill, layout, said, shown
from dashapp.indicators.section import plain_table, sentences
from dashapp.indicators.words import say
from pacte_graph.figures import style
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network

STATES = (("own", BLUE, "", "#fff"), ("inherited", "#5b8def", "/", "#1f2933"), ("unknown", "#8a94a3", ".", "#1f2933"),
          ("none", PALE, "", "#1f2933"))  # fmt: skip
"""State of a territory, its colour, its pattern, and the colour of the figure inside."""


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the sentences on communes and inhabitants, the bars, and the table of territories, the uncovered first."""
    lang, rows = state["lang"], result.details["rows"]
    told = sentences(
        *(text for key in ("share", "people") for text in said(result, lang, scale="commune", measure=key)), lang=lang
    )
    if not rows:
        return [told, notice(say("no_territory", lang))]
    order = [key for key, *_ in reversed(STATES)]
    cells = [
        [
            caption(network.by_id[row["id"]], lang),
            style.group_words(row["level"], "Territory").get(lang),
            say("cell_unknown", lang) if row["population"] is None else number(row["population"], lang),
            number(row["own"], lang),
            say(f"covered.{row['state']}", lang),
        ]
        for row in sorted(rows, key=lambda row: (order.index(row["state"]), row["level"], row["label"]))
    ]
    headings = [say(key, lang) for key in ("territory", "scale", "population", "own_projects", "covered")]
    table = plain_table(headings, cells, numbers=frozenset({2, 3}))
    return [
        told,
        shown(bars(rows, result.details["levels"], lang), say("coverage_alt", lang)),
        html.Details([html.Summary(say("territories", lang)), table], className="fold"),
    ]


def bars(rows: list[Mapping[str, Any]], levels: list[str], lang: str) -> go.Figure:
    """Return the stacked bars: shares of the territories of a scale, counts written inside."""
    counted = {level: Counter(row["state"] for row in rows if row["level"] == level) for level in levels}
    kept = [level for level in levels if counted[level]]
    names = [style.group_words(level, "Territory").get(lang) for level in kept]
    figure = go.Figure([_bar(key, names, [counted[level] for level in kept], colours, lang) for key, *colours in STATES])
    layout(
        figure, lang, 84 + 38 * len(kept), barmode="stack", bargap=0.32, margin={"l": 10, "r": 20, "t": 6, "b": 46},
        legend={"orientation": "h", "traceorder": "normal", "y": -0.06, "yanchor": "top", "x": 0},
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ", showgrid=False)
    return figure


def _bar(key: str, names: list[str], counts: list[Counter[str]], colours: list[str], lang: str) -> go.Bar:
    colour, pattern, ink = colours
    return go.Bar(
        y=names,
        x=[count[key] / count.total() for count in counts],
        name=say(f"covered.{key}", lang),
        orientation="h",
        marker=fill(colour, pattern),
        text=[str(count[key]) if count[key] else "" for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": 13},
    )
