"""Savings of pooling: from what each would have spent alone to what it costs together, coordination included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.explorer.naming import caption
from dashapp.indicators.charts import said, shown, steps
from dashapp.indicators.leverage import amount_text, euros
from dashapp.indicators.section import plain_table, sentences
from dashapp.indicators.words import say
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network

Row = Mapping[str, Any]


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the total in words, a waterfall of the established savings by period (never added up), and all pooled projects."""
    lang, rows = state["lang"], result.details["rows"]
    sure = [row for row in rows if row["established"]]
    told = sentences(*said(result, lang, measure="net"), lang=lang)
    if not rows:
        return [told]
    periods = [(key, [row for row in sure if (row["period"] or "none") == key]) for key in ("once", "yearly", "none")]
    pictures = [
        html.Div([html.H3(say(f"period.{key}", lang)), shown(_waterfall(members, lang), say("savings_alt", lang))])
        for key, members in periods
        if members
    ]
    picture = html.Div(pictures, className="indicator-columns") if pictures else notice(say("no_saving", lang))
    headings = [say(key, lang) for key in ("project", "alone", "joint", "coordination", "net", "period", "basis")]
    cells = [
        [
            caption(network.by_id[row["id"]], lang),
            *(amount_text(row[key], lang) for key in ("standalone", "joint", "coordination")),
            amount_text(row["net"], lang) if row["established"] else say("not_established", lang),
            say(f"period.{row['period'] or 'none'}", lang),
            say(f"basis.{row['basis'] or 'none'}", lang),
        ]
        for row in rows
    ]
    table = plain_table(headings, cells, numbers=frozenset({1, 2, 3, 4}))
    return [told, picture, html.Details([html.Summary(say("figures", lang)), table], className="fold")]


def _waterfall(rows: list[Row], lang: str) -> Any:
    alone, joint, extra = (sum(row[key] or 0.0 for row in rows) for key in ("standalone", "joint", "coordination"))
    amounts = [alone, joint - alone, extra, joint + extra]
    names = [say(key, lang) for key in ("alone", "pooling", "coordination", "together")]
    return steps(names, amounts, ["absolute", "relative", "relative", "total"], [euros(amount, lang) for amount in amounts], lang)
